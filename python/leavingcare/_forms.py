"""Filling in a form: who is on it, and what stands in each column. What the columns are is data, in rules/sources/forms.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from . import _core, _frames
from ._maps import category_on, category_rows, day_of_form, form_named, same_people

if TYPE_CHECKING:
    from ._core import People, Result, Table


def list_9(result: Result, people: People, *, on: date | str | None = None, details: Any = None) -> Table:
    """Annex A list 9: one row for each person who has a category of the list on the day, or of whom nobody can tell.

    result, people: the answers, and the people they are about.
    on: the day of the list, a date or text YYYY-MM-DD; by default that on which the data were drawn.
    details: what no rule can tell (team, worker, accommodation, ...): a table (pandas, polars, pyarrow or a dict of lists) with the
    list's own columns, `Child Unique ID` among them. It may not give what we work out. People who are only in it are left out.

    Gives a Table in the 17 columns of the list, days as days; ages in completed years. The category is blank where it is unknown.
    The columns stand in rules/sources/forms.yaml. Raises ValueError for other people, a day that is not known, or details that do not fit.
    """
    return filled("annex_a_list_9", result, people, on, details)


def ssd_care_leavers(result: Result, people: People, *, on: date | str | None = None, details: Any = None) -> Table:
    """The table ssd_care_leavers of the Standard Safeguarding Dataset: the people of list_9, in its 12 columns and its words.

    result, people, on, details: as for list_9; the id is `clea_person_id`. clea_table_id, the key, is the person's id, so that it stays the
    same from one run to the next. Raises ValueError as list_9 does.
    """
    return filled("ssd_care_leavers", result, people, on, details)


def filled(name: str, result: Result, people: People, on: date | str | None, details: Any) -> Table:
    """A form for those who have a label of its category on the day, or may have one."""
    same_people(result, people)
    day = day_of_form(result, on)
    form = form_named(name)
    rows = category_on(category_rows(result, form["category"]), day)
    return fill(form, [person for person in people.ids if person in rows], result, people, day, details, rows)


def fill(
    form: Mapping[str, Any],
    who: Iterable[str],
    result: Result,
    people: People,
    day: date,
    details: Any = None,
    labels: Mapping[str, Mapping[str, Any]] = {},
) -> Table:
    """The form for these people, in this order. `labels` are the rows of the form's category."""
    persons = list(who)
    given = _details(form, details)
    births = births_of(people)
    columns: list[tuple[str, str, list[Any]]] = []
    for column in form["columns"]:
        name, holds = column["name"], column["holds"]
        if holds == "person":
            columns.append((name, "text", persons))
        elif holds == "birth":
            columns.append((name, "day", [births.get(person) for person in persons]))
        elif holds == "age":
            leap = result.receipt["readings"].get("leap_birthday", "")
            columns.append((name, "whole", [completed_years(births.get(person), day, leap) for person in persons]))
        elif holds == "category":
            columns.append((name, "text", [_in_words(labels.get(person), column) for person in persons]))
        elif holds == "latest" and column["of"] in people.facts:
            latest = _latest(people.fact(column["of"]), day)
            columns.append((name, "day", [latest.get(person) for person in persons]))
        else:
            own = given.get(name, {})
            columns.append((name, "text", [own.get(person, "") for person in persons]))
    if "died" in form and form["died"]["fact"] in people.facts:
        dead = set(_latest(people.fact(form["died"]["fact"]), day))
        cells = form["died"]["cells"]
        columns = [
            (name, kind, [cells[name] if name in cells and person in dead else cell for person, cell in zip(persons, values)])
            for name, kind, values in columns
        ]
    return _core.table(columns)


def births_of(people: People) -> dict[str, date | None]:
    """The day of birth of each person of whom it is known."""
    if "date_of_birth" not in people.facts:
        return {}
    table = people.fact("date_of_birth")
    return dict(zip(table["person"], table["value"]))


def completed_years(born: date | None, on: date, leap: str = "") -> int | None:
    """Completed years; None where the birth is not known or lies ahead. An age is attained at the start of the birthday.

    leap: the reading of leap_birthday: someone born on 29 February has a birthday on 1 March in other years, or, under `28_february`,
    the day before.
    """
    if born is None or on < born:
        return None
    this_year = (born.month, born.day)
    if this_year == (2, 29) and leap == "28_february" and not _is_leap(on.year):
        this_year = (2, 28)
    return on.year - born.year - ((on.month, on.day) < this_year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _in_words(row: Mapping[str, Any] | None, column: Mapping[str, Any]) -> str:
    if row is None or not row["label"]:
        return str(column["unknown"])
    return str(column.get("words", {}).get(row["label"], row["label"]))


def _latest(events: Table, day: date) -> dict[str, date]:
    """The last day of the events on or before the day, for each person who has one. What may not be so is left out."""
    certain = events["certain"] if "certain" in events.columns else ["yes"] * len(events)
    latest: dict[str, date] = {}
    for person, on, sure in zip(events["person"], events["on"], certain):
        if sure == "yes" and on is not None and on <= day and (person not in latest or latest[person] < on):
            latest[person] = on
    return latest


def _details(form: Mapping[str, Any], details: Any) -> dict[str, dict[str, str]]:
    """For each column of the council's own, what it says of each person, as text in the form's way of writing days."""
    if details is None:
        return {}
    rows = _frames.rows_of_text("details", details)
    names = rows[0]
    known = [column["name"] for column in form["columns"]]
    if form["id"] not in names:
        raise ValueError(f"details: the column {form['id']!r} is missing")
    for name in names:
        if name not in known:
            raise ValueError(f"details: the form has no column {name!r}")
    ours = [column["name"] for column in form["columns"] if column["holds"] in ("birth", "age", "category") and column["name"] in names]
    if ours:
        raise ValueError(f"details: {ours[0]!r} is worked out, not given")
    at = names.index(form["id"])
    persons = [row[at] for row in rows[1:]]
    if len(set(persons)) < len(persons):
        raise ValueError("details: somebody is in it twice")
    return {
        name: {person: row[place] for person, row in zip(persons, rows[1:])}
        for place, name in enumerate(names)
        if place != at
    }
