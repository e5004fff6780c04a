"""A cohort: indicators, each against its target."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from .. import _frames
from . import _style, _words
from ._picture import Picture
from ._rows import MOST, figure_of_rows, legend, rows

COLUMNS = ("indicator", "from", "until", "numerator", "denominator", "unknown", "value", "least", "most", "target", "met")
LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "yes": ("target met", _style.YES),
    "no": ("target not met", _style.LIMIT),
    "unknown": ("not known whether met", _style.YES_PROJECTED),
    "monitor only": ("no target", _style.NO_TARGET),
}


class Row(NamedTuple):
    """One indicator in one period; `target` is as it is written, `wanted` the figure in it."""

    name: str
    first: date | None
    end: date | None
    numerator: float | None
    denominator: float | None
    unknown: float | None
    value: float | None
    least: float | None
    most: float | None
    target: str
    met: str

    @property
    def wanted(self) -> float | None:
        found = re.search(r"-?\d+(\.\d+)?", self.target)
        return float(found[0]) if found else None

    @property
    def is_rate(self) -> bool:
        """In percent; else a count."""
        return self.denominator is not None

    @property
    def is_counted(self) -> bool:
        """Something was counted; where cases are unknown the value is blank and lies between two bounds."""
        return self.value is not None or self.in_doubt

    @property
    def in_doubt(self) -> bool:
        return self.least is not None and self.most is not None and self.least < self.most


def indicators(table: Any, *, latest: int | None = 1, names: Mapping[str, str] = {}) -> Picture:
    """Indicators against their targets, as a Picture: a bar for each, in percent or as a count, with a mark where the target is.

    table: `result.indicators`, or the part of it that is wanted, as a pandas or polars DataFrame, a pyarrow Table or a dict of lists,
    with the columns indicator, from, until (the first day after the period), numerator, denominator (blank for a count), unknown
    (how many cases are), value (percent or a count, blank if nothing was counted or it is not known), least and most (its bounds,
    whatever the unknown cases turn out to be), target, met ('yes', 'no', 'unknown', 'monitor only', or blank). Other columns are left alone.
    latest: how many periods of each indicator are drawn, from the last one back; None: all.
    names: what indicators are to be called in the picture; by default their own names.

    The bar ends at the least that the value can be; where cases are unknown a hatched part reaches to the most, and a diamond
    marks the value as it was counted. What became of the target is told by the pattern of the bar and in words. Rates and counts have a scale of their own
    each. Of more than 60 rows the first 60 are drawn; the table has all that are asked for.

    Raises ValueError where a column is missing or a cell is not understood, and for `latest` under 1; TypeError for what is no table;
    ImportError without matplotlib.
    """
    if latest is not None and latest < 1:
        raise ValueError("latest: at least one period, or None for all")
    shown = _latest(_read(table), latest)
    periods = {(row.first, row.end) for row in shown}
    when = f", {_period(*next(iter(periods)))}" if len(periods) == 1 else ""
    title = f"Indicators against their targets{when}"
    drawn = shown[:MOST]
    labels = {row: _label(row, names, len(periods) > 1) for row in shown}
    with _style.style():
        figure = figure_of_rows(10, sum(0.9 * (1 + labels[row].count("\n")) for row in drawn) + 2 * (len({row.is_rate for row in drawn}) - 1))
        _draw(figure, drawn, labels, title)
    cells = [(row.name, _iso(row.first), _iso(row.end), *(_figure(cell) for cell in row[3:9]), row.target, row.met) for row in shown]
    return Picture(figure, title, _describe(shown, labels), COLUMNS, cells)


def _read(table: Any) -> list[Row]:
    head, *body = _frames.rows_of_text("table", table)
    if missing := [name for name in COLUMNS if name not in head]:
        raise ValueError(f"table: the column {missing[0]!r} is missing")
    at = [head.index(name) for name in COLUMNS]
    made = []
    for number, cells in enumerate(body, start=1):
        name, first, end, *figures, target, met = (cells[place] for place in at)
        if met and met not in LOOKS:
            raise ValueError(f"table: row {number}, 'met': expected {', '.join(LOOKS)} or blank")
        try:
            numerator, denominator, unknown, value, least, most = (float(cell) if cell else None for cell in figures)
            made.append(Row(name, _day(first), _day(end), numerator, denominator, unknown, value, least, most, target, met))
        except ValueError as no_figure:
            raise ValueError(f"table: row {number}: a day or a figure is not understood") from no_figure
    return made


def _latest(rows: list[Row], latest: int | None) -> list[Row]:
    """The last periods of each indicator, indicators in the order in which they come first, periods in theirs; rates before counts."""
    own: dict[str, list[Row]] = {}
    for row in rows:
        own.setdefault(row.name, []).append(row)
    kept = [row for some in own.values() for row in sorted(some, key=lambda row: row.first or date.min)[-(latest or len(some)) :]]
    return sorted(kept, key=lambda row: not row.is_rate)


def _period(first: date | None, end: date | None) -> str:
    return f"{_words.day(first) or 'the beginning'} to {_words.day(end - timedelta(days=1)) if end else 'now'}"


WIDEST = 46
"""Characters of a name on one line: longer ones would leave no room for the bars."""


def _label(row: Row, names: Mapping[str, str], with_period: bool) -> str:
    name = textwrap.fill(names.get(row.name, _words.name(row.name)), WIDEST)
    return f"{name}\n{_period(row.first, row.end)}" if with_period else name


def _in_words(row: Row) -> str:
    """'80% (4 of 5), target 95: not met'."""
    if not row.is_counted:
        return "nothing was counted"
    percent = "%" if row.is_rate else ""
    bounds = f"{_figure(row.least)} to {_figure(row.most)}"
    words = f"{bounds}{percent}" if row.value is None else f"{_figure(row.value)}{percent}"
    if row.is_rate and row.numerator is not None:
        words += f" ({_figure(row.numerator)} of {_figure(row.denominator)})"
    if row.in_doubt:
        words += f", {_figure(row.unknown)} unknown" if row.value is None else f", {bounds} as {_figure(row.unknown)} unknown"
    if row.target:
        words += f", target {row.target.replace('_', ' ')}"
    return words + {"yes": ": met", "no": ": not met", "unknown": ": not known", "monitor only": ", no target"}.get(row.met, "")


def _draw(figure: Any, shown: list[Row], labels: Mapping[Row, str], title: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator, MultipleLocator

    groups = [group for group in ([row for row in shown if row.is_rate], [row for row in shown if not row.is_rate]) if group]
    ratios = [len(group) + 1 for group in groups] or [1]
    every = figure.subplots(len(ratios), 1, squeeze=False, gridspec_kw={"height_ratios": ratios})[:, 0]
    if not groups:
        rows(every[0], title, [], "", "no indicator")
    for axes, group in zip(every, groups):
        rows(axes, title if group is groups[0] else "", [labels[row] for row in group], "percent" if group[0].is_rate else "count", "")
        top = max(100.0 if group[0].is_rate else 1.0, *(figure or 0.0 for row in group for figure in (row.value, row.most, row.wanted)))
        axes.set_xlim(0, top * 1.02)
        axes.xaxis.set_major_locator(MultipleLocator(20) if group[0].is_rate else MaxNLocator(5, integer=True))
        for place, row in enumerate(group):
            _bar(axes, place, row)
    handles: list[Any] = [Patch(label=words, **looks) for met, (words, looks) in LOOKS.items() if any(row.met == met for row in shown)]
    if any(row.in_doubt for row in shown):
        handles.append(Patch(label="depends on what is unknown", **_style.UNKNOWN))
    if any(row.in_doubt and row.value is not None for row in shown):
        handles.append(Line2D([], [], linestyle="none", label="value as counted", **VALUE))
    if any(row.wanted is not None for row in shown):
        handles.append(Line2D([], [], linestyle="none", label="target", **TARGET))
    legend(figure, handles)


TARGET: dict[str, Any] = {"marker": "|", "color": _style.INK, "markersize": 9, "markeredgewidth": 2.4}
VALUE: dict[str, Any] = {"marker": "D", "color": _style.INK, "markerfacecolor": "white", "markersize": 5}


def _bar(axes: Any, place: int, row: Row) -> None:
    if row.is_counted:
        least, most = (row.least, row.most) if row.in_doubt else (row.value, row.value)
        axes.barh(place, least, height=0.6, zorder=2, **LOOKS[row.met or "monitor only"][1])
        if row.in_doubt and least is not None and most is not None:
            axes.barh(place, most - least, left=least, height=0.6, zorder=2, **_style.UNKNOWN)
            if row.value is not None:
                axes.plot(row.value, place, zorder=4, clip_on=False, **VALUE)
    if row.wanted is not None:
        for color, width in (("white", 5.5), (_style.INK, 2.4)):  # the white edge parts it from a dark bar
            axes.vlines(row.wanted, place - 0.44, place + 0.44, color=color, linewidth=width, zorder=3, clip_on=False)
    axes.annotate(_in_words(row), (1, place), xycoords=axes.get_yaxis_transform(), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)


def _describe(shown: list[Row], labels: Mapping[Row, str]) -> str:
    with_target = [row for row in shown if row.met in ("yes", "no", "unknown")]
    told = [f"{_words.count(len(shown), 'figure', 'figures')}, {len(with_target)} of them against a target."]
    for met, words in (("no", "Not met"), ("unknown", "Not known whether met"), ("yes", "Met")):
        those = [f"{labels[row]}: {_in_words(row)}".replace("\n", ", ") for row in with_target if row.met == met]
        if those:
            told.append(f"{words} ({len(those)}): {'; '.join(those)}.")
    return " ".join(told)


def _figure(value: float | None) -> str:
    """At most one decimal; nothing for no figure."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0")


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell[:10]) if cell else None  # a datetime of pandas is at midnight


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
