"""A cohort: what is overdue, by team."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import _style, _words
from ._picture import Picture
from ._rows import figure_of_rows, legend, rows

if TYPE_CHECKING:
    from .._core import Result


def overdue(result: Result) -> Picture:
    """What each team has still to do and is overdue, as a Picture: a bar for each, in parts of up to a month late and of more.

    It is the overdue part of `result.upcoming()`: what came to be owed no longer before it was done is not in it. Where no
    team is recorded for anybody, there is a bar for each duty instead. A month is 30 days here, only to tell new arrears from
    old. The table has the columns team (or duty), up to 30 days late, more.

    Raises ValueError where the day on which the data were drawn is not known, for without it nothing is overdue; ImportError
    without matplotlib.
    """
    late_ones = [row for row in result.upcoming(within="1 day").to_dicts() if row["urgency"] == "overdue"]
    by_team = any(row["team"] for row in late_ones)
    late: dict[str, Counter[bool]] = {}
    for row in late_ones:
        name = (row["team"] or "no team recorded") if by_team else _words.name(row["duty"])
        late.setdefault(name, Counter())[(row["days_late"] or 0) > 30] += 1
    ranked = sorted(late.items(), key=lambda item: (-item[1].total(), item[0]))
    what = "team" if by_team else "duty"
    title = f"Overdue obligations by {what}, as at {_words.day(result.as_at)}"
    described = f"{_words.count(len(late_ones), 'obligation is', 'obligations are')} overdue, of {_words.count(len({row['person'] for row in late_ones}), 'person', 'people')}."
    if ranked:
        described += f" Most: {ranked[0][0]}, {ranked[0][1].total()}."
    with _style.style():
        figure = figure_of_rows(9, len(ranked))
        _draw(figure, ranked, title)
    columns = (what, "up to 30 days late", "more")
    return Picture(figure, title, described, columns, [(name, counts[False], counts[True]) for name, counts in ranked])


def _draw(figure: Any, ranked: list[tuple[str, Counter[bool]]], title: str) -> None:
    axes = figure.add_subplot()
    if not rows(axes, title, [name for name, _ in ranked], "overdue obligations", "nothing is overdue"):
        return
    places = range(len(ranked))
    fresh = [counts[False] for _, counts in ranked]
    stale = [counts[True] for _, counts in ranked]
    bars = [
        axes.barh(places, stale, height=0.66, label="more than 30 days late", **_style.YES),
        axes.barh(places, fresh, left=stale, height=0.66, label="up to 30 days late", **_style.YES_PROJECTED | {"linestyle": "-", "hatch": "...."}),
    ]
    for place, (_, counts) in zip(places, ranked):
        axes.annotate(str(counts.total()), (counts.total(), place), xytext=(4, 0), textcoords="offset points", va="center")
    axes.set_xlim(0, max(counts.total() for _, counts in ranked) * 1.08)
    legend(figure, bars)
