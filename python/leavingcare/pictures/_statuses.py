"""A cohort: how many hold each status, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from . import _style, _words
from ._picture import Picture

if TYPE_CHECKING:
    from .._core import Result


def statuses_by_month(result: Result, *, since: date | str | None = None, until: date | str | None = None) -> Picture:
    """How many people hold each status on the last day of each month, as a Picture: a row of its own for each status.

    since, until: the first and the last month shown, by any day in them; by default the five years before the day on which
    the data were drawn and one year after it, which is a projection of the people in the data and knows of nobody new.

    The filled part are those who hold it, the hatched part on top those of whom it is unknown. The table has the columns
    month (YYYY-MM), status, yes, unknown.

    Raises ValueError where no day is known to choose the months by, for text that is no date, and where since is after until;
    ImportError without matplotlib.
    """
    as_at = result.as_at
    first, last = _words.read(since, "since"), _words.read(until, "until")
    if as_at:
        first = first or date(as_at.year - 5, as_at.month, 1)
        last = last or date(as_at.year + 1, as_at.month, 1)
    if first is None or last is None:
        raise ValueError("since, until: give both, for the day on which the data were drawn is not known")
    if (first.year, first.month) > (last.year, last.month):
        raise ValueError("since: the first month shown must not be after the last")
    days = month_ends(first, last)
    counts = _counts(result, days)
    title = f"Statuses by month, {days[0]:%Y-%m} to {days[-1]:%Y-%m}"
    rows = [(f"{day:%Y-%m}", name, counts[name]["yes"][i], counts[name]["unknown"][i]) for name in counts for i, day in enumerate(days)]
    with _style.style():
        figure = _style.figure(9, 0.9 + 1.15 * max(1, len(counts)))
        _draw(figure, days, counts, as_at)
    return Picture(figure, title, _describe(days, counts, as_at), ("month", "status", "yes", "unknown"), rows)


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from that of `first` to that of `last`."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
    return [date(month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in months]


def _counts(result: Result, days: list[date]) -> dict[str, dict[str, list[int]]]:
    """For each status and answer the number of people on each of the days: what begins less what ends, added up."""
    from bisect import bisect_left
    from itertools import accumulate

    table = result.statuses
    steps: dict[str, dict[str, list[int]]] = {}
    for name, first, end, truth in zip(table["status"], table["from"], table["until"], table["truth"]):
        own = steps.setdefault(name, {"yes": [0] * (len(days) + 1), "unknown": [0] * (len(days) + 1)})[truth]
        own[bisect_left(days, first) if first else 0] += 1
        if end:
            own[bisect_left(days, end)] -= 1
    return {_words.name(name): {truth: list(accumulate(own))[:-1] for truth, own in both.items()} for name, both in steps.items()}


def _draw(figure: Any, days: list[date], counts: dict[str, dict[str, list[int]]], as_at: date | None) -> None:
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    rows = figure.subplots(max(1, len(counts)), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (name, own) in zip(rows, counts.items()):
        total = [yes + unknown for yes, unknown in zip(own["yes"], own["unknown"])]
        axes.fill_between(days, own["yes"], step="post", **_style.YES)
        if any(own["unknown"]):
            axes.fill_between(days, own["yes"], total, step="post", **_style.UNKNOWN)
        axes.set_ylim(0, max(4, *total) * 1.12)
        axes.set_xlim(days[0], days[-1])
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes.grid(axis="y", color=_style.FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_title(name, loc="left", fontweight="bold", pad=3)
        _style.bare(axes)
        if as_at and days[0] < as_at < days[-1]:
            axes.axvspan(as_at, days[-1], color="#ffffff", alpha=0.62, zorder=3, linewidth=0)
            axes.axvline(as_at, color=_style.INK, linewidth=1.4, zorder=4)
    if as_at and days[0] < as_at < days[-1]:
        rows[0].annotate(f"as at {_words.day(as_at)}, then as things stand", (as_at, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
                         textcoords="offset points", ha="right" if (as_at - days[0]) > (days[-1] - days[0]) / 2 else "left", fontsize=8)  # fmt: skip
    figure.supylabel("people, on the last day of the month", fontsize=9)
    figure.legend(handles=[Patch(label="yes", **_style.YES), Patch(label="unknown", **_style.UNKNOWN)], loc="outside lower center", ncol=2,
                  frameon=False)  # fmt: skip


def _describe(days: list[date], counts: dict[str, dict[str, list[int]]], as_at: date | None) -> str:
    day = max((day for day in days if as_at is None or day <= as_at), default=days[0])
    place = days.index(day)
    words = [f"{own['yes'][place]} {name} ({own['unknown'][place]} unknown)" for name, own in counts.items()]
    after = f" What follows {_words.day(as_at)} is a projection." if as_at else ""
    return f"How many people hold each status on the last day of each month. On {_words.day(day)}: {', '.join(words) or 'nobody'}.{after}"
