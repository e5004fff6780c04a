"""A cohort: who is close to a total of days that the law asks for, such as 13 weeks."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _style, _words
from ._lanes import birthday
from ._picture import Picture
from ._rows import MOST, figure_of_rows, legend, rows

if TYPE_CHECKING:
    from .._core import Result

class Total(NamedTuple):
    """Days counted for a person: for certain, at the most (more where a record is in doubt), and how many are wanted."""

    person: str
    counted: int
    possible: int
    wanted: int
    truth: str


def totals_near(
    result: Result,
    rule: str = "eligible_child",
    *,
    below: int = 11,
    above: int = 0,
    ages: tuple[int, int] = (14, 18),
    on: date | str | None = None,
) -> Picture:
    """Who is close to the total of days that a rule asks for, as a Picture: a row for each person, most days first.

    rule: one whose condition has a total in it, itself or by a definition it names; England's "eligible_child" asks for 91 days.
    below, above: how many days fewer and more than wanted are close: 11 and 0 are 80 to 91 of 91 days.
    ages: only people from the first birthday, in years, until the second: after it England's totals can no longer grow.
    on: the day up to which days are counted, a date or text YYYY-MM-DD; by default the day on which the data were drawn.

    A filled dot is the days counted for certain, a line to a hollow dot those that are in doubt. The table has the columns person, days counted,
    possibly, wanted, answer. Of more than 60 people the first 60 are drawn; the table has all.

    Raises ValueError for a rule that does not exist and where no day is known; ImportError without matplotlib.
    """
    day = _words.read(on, "on") or result.as_at
    if day is None:
        raise ValueError("on: say which day; the day on which the data were drawn is not known either")
    asked = _of_age(result, ages, day)
    found = [total for person in asked if (total := _total(result.explain(person, rule, on=day).to_dict(), person))]
    near = [total for total in found if any(-below <= days - total.wanted <= above for days in (total.counted, total.possible))]
    near.sort(key=lambda total: (-total.counted, -total.possible, total.person))
    wanted = near[0].wanted if near else 0
    title = f"Close to {wanted} days: {_words.name(rule)}, on {_words.day(day)}" if near else f"Nobody is close: {_words.name(rule)}, {_words.day(day)}"
    described = (
        f"{_words.count(len(near), 'person has', 'people have')} between {wanted - below} and {wanted + above} counted days, of {wanted} wanted, on "
        f"{_words.day(day)}." if near else f"On {_words.day(day)} nobody is within {below} days of the total that is asked for."
    )  # fmt: skip
    with _style.style():
        figure = figure_of_rows(8, min(len(near), MOST))
        _draw(figure, near[:MOST], title, below, above)
    columns = ("person", "days counted", "possibly", "wanted", "answer")
    return Picture(figure, title, described, columns, [(one.person, one.counted, one.possible, one.wanted, one.truth) for one in near])


def _of_age(result: Result, ages: tuple[int, int], day: date) -> list[str]:
    table = result.people.fact("date_of_birth")
    return [
        person
        for person, born in zip(table["person"], table["value"])
        if born and birthday(born, ages[0]) <= day < birthday(born, ages[1])
    ]


def _total(explained: dict[str, Any], person: str) -> Total | None:
    """The first total among the clauses of an explanation."""
    waiting = [explained["reason"]]
    while waiting:
        clause = waiting.pop(0)
        if counted := re.match(r"(\d+)(?: to (\d+))? of (\d+) days", clause["detail"]):
            least, most, wanted = counted.groups()
            return Total(person, int(least), int(most or least), int(wanted), explained["truth"])
        waiting = clause["parts"] + waiting
    return None


def _draw(figure: Any, near: list[Total], title: str, below: int, above: int) -> None:
    from matplotlib.lines import Line2D

    axes = figure.add_subplot()
    wanted = near[0].wanted if near else 0
    if not rows(axes, title, [one.person for one in near], f"days counted (the line: {wanted} days)", "nobody"):
        return
    axes.axvline(wanted, color=_style.INK, linewidth=1.4, zorder=1)
    for place, one in enumerate(near):
        axes.axhline(place, color=_style.FAINT, linewidth=0.6, zorder=0)
        if one.possible > one.counted:
            axes.hlines(place, one.counted, one.possible, color=_style.GREY, linestyle=(0, (2, 2)), zorder=2)
            axes.plot(one.possible, place, "o", color=_style.INK, markerfacecolor="white", markersize=6, zorder=3)
        axes.plot(one.counted, place, "D" if one.counted >= wanted else "o", color=_style.YES["facecolor"], markersize=6, zorder=3)
        axes.annotate(str(one.counted), (one.counted, place), xytext=(-7, 0), textcoords="offset points", ha="right", va="center", fontsize=8)
    axes.set_xlim(min(wanted - below, *(one.counted for one in near), wanted) - 1.5, max(wanted + above, *(one.possible for one in near), wanted) + 1.5)
    handles = []
    if any(one.counted >= wanted for one in near):
        handles.append(Line2D([], [], linestyle="none", marker="D", color=_style.YES["facecolor"], label="counted, and enough"))
    if any(one.counted < wanted for one in near):
        handles.append(Line2D([], [], linestyle="none", marker="o", color=_style.YES["facecolor"], label="counted, not enough yet"))
    if any(one.possible > one.counted for one in near):
        handles.append(Line2D([], [], linestyle="none", marker="o", color=_style.INK, markerfacecolor="white", label="possibly, days in doubt"))
    legend(figure, handles)
