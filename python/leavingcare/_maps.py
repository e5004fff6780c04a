"""The map of the forms that we write (rules/sources/forms.yaml), read as strictly as a rulebook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from . import _core, _rules

if TYPE_CHECKING:
    from ._core import People, Result


def forms_map() -> dict[str, Any]:
    """The map, as dicts, lists and text. It is read anew each time, for LEAVINGCARE_RULES may name another."""
    with _rules.search():
        read: dict[str, Any] = _core.read_map(_core.source_map("forms"))
    return read


def form_named(name: str) -> dict[str, Any]:
    """One form of the map. Raises ValueError if there is none of that name."""
    forms = forms_map()["forms"]
    if name not in forms:
        raise ValueError(f"form: {name!r} is none of {', '.join(forms)}")
    form: dict[str, Any] = forms[name]
    return form


def day_of_form(result: Result, on: date | str | None) -> date:
    """The day asked for, else that on which the data were drawn. Raises ValueError if neither is known or it is no day."""
    if on is None:
        if result.as_at is None:
            raise ValueError("on: say which day; the day on which the data were drawn is not known either")
        return result.as_at
    if isinstance(on, str):
        try:
            return date.fromisoformat(on)
        except ValueError as no_day:
            raise ValueError("on: write YYYY-MM-DD") from no_day
    return on


def same_people(result: Result, people: People) -> None:
    """Raises ValueError if the result is of other people: what is told of one set would be set against the other."""
    if result.receipt["inputs"]["sha256"] != people.digest:
        raise ValueError("people: these are not the people whom the result is about; evaluate them, or pass those that were evaluated")


def category_rows(result: Result, category: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of one category in Result.categories, for each person who has any."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in result.categories.to_dicts():
        if row["category"] == category:
            found.setdefault(row["person"], []).append(row)
    return found


def category_on(rows: dict[str, list[dict[str, Any]]], on: date) -> dict[str, dict[str, Any]]:
    """Of such rows, for each person, the one that holds on the day."""
    return {person: row for person, own in rows.items() for row in own if holds_on(row, on)}


def holds_on(row: dict[str, Any], on: date) -> bool:
    """True if the day lies in the row's days, `from` to before `until`, None being no end."""
    return (row["from"] is None or row["from"] <= on) and (row["until"] is None or on < row["until"])
