"""Whom the yearly return asks about after care: the cohort of the table OC3, on full history. Who is in it is a rulebook, `oc3`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from . import _core, _frames
from ._forms import fill
from ._maps import form_named, forms_map, holds_on, same_people
from ._reasons import in_words, why

if TYPE_CHECKING:
    from ._core import People, Result, Table


def oc3_cohort(result: Result, year: int) -> Table:
    """Who belongs in the table OC3 of a collection year, and of whom nobody can tell.

    result: the answers of the rulebook `oc3`: `lc.load("oc3").evaluate(people)`. It builds on England's, so people read for either will do.
    year: the calendar year in which the collection year ends: 2024 is 1 April 2023 to 31 March 2024.

    Gives a Table, a row for each, in the order of the people: person, age (whole years, reached in the year), birthday (the day),
    asked_about ('birthday', or 'latest contact'), truth ('yes' or 'unknown'), category (what the law calls them on that birthday: the
    label of Annex A, 'unknown', or blank), depends_on (the facts, joined by '; ', that would settle an unknown).

    The tests of the return are not those of the law: rules/oc3/rulebook.yaml says where they differ, and cites them. Raises ValueError
    for the answers of another rulebook.
    """
    cohort = forms_map()["oc3_cohort"]
    if cohort["rulebook"] not in result.rulebook.chain:
        raise ValueError(f"result: evaluate the rulebook {cohort['rulebook']!r}: lc.load({cohort['rulebook']!r}).evaluate(people)")
    first, last = collection_year(year, cohort["year_begins"])
    kinds = {about["ages"]: (name, about) for name, about in cohort["asked_about"].items()}
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    wanted = {about["status"] for about in cohort["asked_about"].values()}
    for row in result.statuses.to_dicts():
        if row["status"] in wanted:
            held[row["person"], row["status"]].append(row)
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found: list[tuple[str, int, date, str, str, str]] = []
    for row in result.categories.to_dicts():
        if row["category"] == cohort["in_law"]:
            labels[row["person"]].append(row)
        if row["category"] not in kinds or row["from"] is None or not first <= row["from"] <= last:
            continue
        name, about = kinds[row["category"]]
        rows = held[row["person"], about["status"]]
        if about["on"] == "the_birthday":
            counted = [one for one in rows if holds_on(one, row["from"])]
        else:
            counted = [one for one in rows if _meets(one, first, last)]
        if counted:
            best = min(counted, key=lambda one: one["truth"] != "yes")
            found.append((row["person"], int(row["label"]), row["from"], name, best["truth"], best["depends_on"]))
    in_law = [_label_on(labels[person], birthday) for person, _, birthday, *_ in found]
    return _core.table(
        [
            ("person", "text", [one[0] for one in found]),
            ("age", "whole", [one[1] for one in found]),
            ("birthday", "day", [one[2] for one in found]),
            ("asked_about", "text", [one[3] for one in found]),
            ("truth", "text", [one[4] for one in found]),
            ("category", "text", in_law),
            ("depends_on", "text", [one[5] for one in found]),
        ]
    )


def oc3_return(result: Result, people: People, year: int, *, details: Any = None) -> Table:
    """The table OC3 to send: CHILD, DOB, IN_TOUCH, ACTIV, ACCOM, a row for each person who is certain to belong in it.

    result, year: as for oc3_cohort. people: the people the result is about.
    details: the answers, a table with the columns CHILD and any of IN_TOUCH, ACTIV and ACCOM; blank otherwise, but for those who died.
    Raises ValueError as oc3_cohort and list_9 do.
    """
    same_people(result, people)
    cohort = oc3_cohort(result, year)
    certain = [person for person, truth in zip(cohort["person"], cohort["truth"]) if truth == "yes"]
    _, last = collection_year(year, forms_map()["oc3_cohort"]["year_begins"])
    return fill(form_named("oc3"), certain, result, people, last, details)


def check_oc3(result: Result, year: int, oc3: Any) -> Table:
    """A table OC3 against the cohort: who is in it and should not be, who is missing, and answers that cannot stand at that age.

    result, year: as for oc3_cohort. oc3: the table of the return (pandas, polars, pyarrow or a dict of lists) with the column CHILD,
    and ACCOM if it is to be looked at.

    Gives a Table: person, finding ('does not belong', 'missing', 'cannot tell', 'not at this age'), why, row (1 is the first of the table;
    None for who is missing). Raises ValueError for another rulebook, or without CHILD.
    """
    settings = forms_map()["oc3_cohort"]
    form = form_named("oc3")
    rows = _frames.rows_of_text("oc3", oc3)
    names = [name.strip() for name in rows[0]]
    if form["id"] not in names:
        raise ValueError(f"oc3: the column {form['id']!r} is missing")
    cohort = {row["person"]: row for row in oc3_cohort(result, year).to_dicts()}
    first, last = collection_year(year, settings["year_begins"])
    at = names.index(form["id"])
    early = settings["not_before_18"]
    ages = result.categories.to_dicts()
    findings: list[tuple[str, str, str, int | None]] = []
    seen = set()
    for number, cells in enumerate(rows[1:], start=1):
        person = cells[at].strip()
        seen.add(person)
        member = cohort.get(person)
        if member is None:
            findings.append((person, "does not belong", _why_not(result, ages, person, settings, first, last), number))
        elif member["truth"] == "unknown":
            findings.append((person, "cannot tell", f"would be settled by: {member['depends_on']}", number))
        if member is not None and early["column"] in names and str(member["age"]) in early["ages"]:
            answer = cells[names.index(early["column"])].strip().upper()
            for pattern, meaning in early["codes"].items():
                if fnmatchcase(answer, pattern):
                    findings.append((person, "not at this age", f"{early['column']} says {meaning}, at {member['age']}", number))
    for person, member in cohort.items():
        if member["truth"] == "yes" and person not in seen:
            findings.append((person, "missing", f"{member['age']} on {in_words(member['birthday'])}; the return asks about the {member['asked_about']}", None))
    return _core.table(
        [
            ("person", "text", [one[0] for one in findings]),
            ("finding", "text", [one[1] for one in findings]),
            ("why", "text", [one[2] for one in findings]),
            ("row", "whole", [one[3] for one in findings]),
        ]
    )


def collection_year(year: int, begins: str) -> tuple[date, date]:
    """The first and the last day of the collection year that ends in `year`; `begins` is month and day, 04-01."""
    month, day = (int(part) for part in begins.split("-"))
    return date(year - 1, month, day), date(year, month, day) - timedelta(days=1)


def _meets(row: dict[str, Any], first: date, last: date) -> bool:
    """True if the row holds on any day from the first to the last."""
    return (row["from"] is None or row["from"] <= last) and (row["until"] is None or first < row["until"])


def _label_on(rows: list[dict[str, Any]], day: date) -> str:
    for row in rows:
        if holds_on(row, day):
            return row["label"] or "unknown"
    return ""


def _why_not(result: Result, ages: list[dict[str, Any]], person: str, settings: dict[str, Any], first: date, last: date) -> str:
    kinds = {about["ages"]: about["status"] for about in settings["asked_about"].values()}
    for row in ages:
        if row["person"] == person and row["category"] in kinds and row["from"] is not None and first <= row["from"] <= last:
            return f"on {in_words(row['from'])}, at {row['label']}: {why(result.explain(person, kinds[row['category']], on=row['from']))}"
    try:
        result.explain(person, next(iter(kinds.values())), on=last)
    except ValueError:
        return "nobody of that id is among the people"
    return "has no birthday in the year at which the return asks"
