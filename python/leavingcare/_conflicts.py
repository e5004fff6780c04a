"""What the council's own system calls each care leaver, against the rules: who differs, since when, why, and under which reading not."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from . import _core
from ._maps import category_on, category_rows, day_of_form, forms_map, holds_on, same_people
from ._reasons import in_words, why

if TYPE_CHECKING:
    from ._core import People, Result, Table

FINDINGS = {
    "differs": "the system says one thing and the rules another",
    "cannot tell": "the records do not settle whether the system is right",
    "not understood": "the system's word has no meaning in the source map",
    "not listed": "the rules give a category, and the system says nothing of the person",
}


@dataclass(frozen=True)
class Conflicts:
    """What `leavingcare.conflicts` finds: the numbers, the table, and a report to read. Shown as HTML in a notebook."""

    on: date
    """The day on which the two are compared."""
    compared: int
    """How many people the system says something of."""
    agree: int
    """Of how many of them the rules say the same."""
    unrecorded: str
    """What was made of facts that the source does not hold: 'unknown', or 'none' for "there were none"."""
    table: Table
    """A row for each finding; `leavingcare.conflicts` lists the columns."""

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.table)

    def text(self) -> str:
        """The report as text, a paragraph for each finding; those that differ come first."""
        lines = [self._heading(), ""]
        for finding, rows in self._grouped():
            lines += [f"{finding.capitalize()} ({len(rows)}): {FINDINGS[finding]}", ""]
            for row in rows:
                lines.append(f"  {row['person']}  {_place(row)}")
                lines.append(f"    system: {row['written'] or 'nothing'}    rules: {row['ours'] or 'no category'}" + _since(row))
                lines += [f"    {label}: {row[name]}" for label, name in _LINES if row[name]]
                lines.append("")
        return "\n".join(lines)

    def html(self) -> str:
        """The report as a page of its own, with no script and nothing fetched; every cell is escaped."""
        body = [f"<h1>{html.escape(_TITLE)}</h1>", f"<p>{html.escape(self._heading())}</p>"]
        for finding, rows in self._grouped():
            body.append(f"<h2>{html.escape(finding.capitalize())} ({len(rows)})</h2><p>{html.escape(FINDINGS[finding])}</p>")
            body.append("<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in _HEADS) + "</tr></thead><tbody>")
            for row in rows:
                reasons = "<br>".join(f"<b>{label}:</b> {html.escape(str(row[name]))}" for label, name in _LINES if row[name])
                since = in_words(row["since"]) if row["since"] else ""
                cells = [row["written"] or "nothing", row["ours"] or "no category", since]
                told = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
                who, where = html.escape(row["person"]), html.escape(_place(row))
                body.append(f'<tr><th scope="row">{who}</th>{told}<td>{reasons}</td><td>{where}</td></tr>')
            body.append("</tbody></table>")
        return _PAGE.format(title=html.escape(_TITLE), body="\n".join(body))

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        """How many, and no personal data."""
        return f"<leavingcare.Conflicts: {self.compared} compared, {self.agree} agree, {len(self)} findings>"

    def _heading(self) -> str:
        counts = Counter(self.table["finding"])
        told = ", ".join(f"{finding}: {counts[finding]}" for finding in FINDINGS if counts[finding])
        agreed = f"On {in_words(self.on)}, of {self.compared} categories in the system the rules agree with {self.agree}."
        found = f"{agreed} {told.capitalize()}." if told else agreed
        return found + (" What the records do not hold was taken not to have happened." if self.unrecorded == "none" else "")

    def _grouped(self) -> list[tuple[str, list[dict[str, Any]]]]:
        rows = self.table.to_dicts()
        groups = [(finding, [row for row in rows if row["finding"] == finding]) for finding in FINDINGS]
        return [(finding, members) for finding, members in groups if members]


def conflicts(result: Result, people: People, *, on: date | str | None = None, readings: bool = True) -> Conflicts:
    """What the council's system calls each care leaver (column 11 of list 9, clea_care_leaver_eligibility) against the rules.

    result: the answers of England's rulebook or one that builds on it.
    people: whom it is about, read by read_annex_a or read_ssd: those whose `recorded_categories` has rows.
    on: the day to compare on; by default that on which the data were drawn.
    readings: evaluate again under each other option of each reading, to say under which the two would agree: an evaluation for each.

    Gives a Conflicts: `.table`, `.text()`, `.html()`. The table has a row for each finding, those that differ first, else in the order
    of the records, each record a row of its own. Its columns:

        person, finding     the id; 'differs', 'cannot tell', 'not understood' or 'not listed'
        written, recorded   as the system has it; the status that it means, or 'none'
        ours, since         the label of the rules, 'unknown' or blank; the day from which that holds, None where nobody knows
        why, why_not        what decides ours; why what is recorded does not hold
        agrees_under        the readings, `question=option`, under which the two agree, joined by '; '
        settled_by          the facts that would settle what is unknown, joined by '; '
        file, line          of the record; None where there is none

    Which word means which status, and which label is which, is data: the source map and rules/sources/forms.yaml. Raises ValueError if
    the people are others, and if no day is known.
    """
    same_people(result, people)
    day = day_of_form(result, on)
    settings = forms_map()["conflicts"]
    categories = category_rows(result, settings["category"])
    labels = category_on(categories, day)
    truths = _truths_on(result, day, set(settings["same"].values()))
    rows, agree, recorded = [], 0, set()
    for record in people.recorded_categories.to_dicts():
        person, says = record["person"], record["category"]
        recorded.add(person)
        label = labels.get(person)
        finding = _compare(says, label, truths, person, settings)
        if finding == "agrees":
            agree += 1
            continue
        rows.append(_row(result, finding, record, label, _end_before(categories.get(person, []), day), day, settings))
    for person, label in labels.items():
        if person not in recorded and label["label"]:
            rows.append(_row(result, "not listed", {"person": person}, label, None, day, settings))
    rows.sort(key=lambda row: list(FINDINGS).index(row["finding"]))
    if readings and rows:
        _under_other_readings(result, people, day, settings, rows)
    compared = len(people.recorded_categories)
    return Conflicts(day, compared, agree, result.receipt["unrecorded"], _core.table([(name, kind, [row[name] for row in rows]) for name, kind in _COLUMNS]))


_TITLE = "Categories of care leavers: the system and the rules"
_HEADS = ("Person", "System", "Rules", "Since", "Why", "Record")
_LINES = (("why", "why"), ("why not as recorded", "why_not"), ("would agree under", "agrees_under"), ("would be settled by", "settled_by"))
_COLUMNS = (
    ("person", "text"), ("finding", "text"), ("written", "text"), ("recorded", "text"), ("ours", "text"), ("since", "day"), ("why", "text"),
    ("why_not", "text"), ("agrees_under", "text"), ("settled_by", "text"), ("file", "text"), ("line", "whole"),
)  # fmt: skip
_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 1rem/1.5 sans-serif; margin: 2rem; max-width: 80rem; color: #111; background: #fff; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #767676; padding: .4rem; text-align: left; vertical-align: top; }}
thead th {{ background: #eee; }}
</style></head><body>
{body}
</body></html>
"""


def _place(row: dict[str, Any]) -> str:
    if not row["file"]:
        return "no record of it"
    file = row["file"].rsplit("/", 1)[-1]
    return f"{file}, line {row['line']}" if row["line"] is not None else str(file)


def _since(row: dict[str, Any]) -> str:
    return f" since {in_words(row['since'])}" if row["since"] else ""


def _truths_on(result: Result, day: date, statuses: set[str]) -> dict[tuple[str, str], str]:
    return {
        (row["person"], row["status"]): row["truth"]
        for row in result.statuses.to_dicts()
        if row["status"] in statuses and holds_on(row, day)
    }


def _compare(says: str, label: dict[str, Any] | None, truths: dict[tuple[str, str], str], person: str, settings: dict[str, Any]) -> str:
    if not says:
        return "not understood"
    if label is None:
        return "agrees" if says == settings["nobody"] else "differs"
    if label["label"]:
        return "agrees" if settings["same"].get(label["label"]) == says else "differs"
    # Which of several is unknown, but what is recorded may be certain not to hold.
    return "differs" if says != settings["nobody"] and truths.get((person, says), "no") == "no" else "cannot tell"


def _row(
    result: Result,
    finding: str,
    record: dict[str, Any],
    label: dict[str, Any] | None,
    ended: date | None,
    day: date,
    settings: dict[str, Any],
) -> dict[str, Any]:
    person, says = record["person"], record.get("category", "")
    ours = "" if label is None else label["label"] or "unknown"
    row: dict[str, Any] = {name: None if kind in ("day", "whole") else "" for name, kind in _COLUMNS}
    row.update(person=person, finding=finding, written=record.get("written", ""), recorded=says, ours=ours)
    row.update(file=record.get("file", ""), line=record.get("line"))
    row["since"] = label["from"] if label is not None else ended
    status = settings["same"].get(ours)
    if status is not None:
        row["why"] = why(result.explain(person, status, on=day))
    if says and says != settings["nobody"] and says != status:
        explanation = result.explain(person, says, on=day)
        if explanation.truth == "unknown":
            row["settled_by"] = "; ".join(explanation.settled_by)
        elif explanation.truth == "yes":
            row["why_not"] = "it holds as well, and the list has one category for each person"
        else:
            row["why_not"] = why(explanation)
    if ours == "unknown" and not row["settled_by"]:
        asked = [result.explain(person, one, on=day) for one in settings["same"].values()]
        facts = dict.fromkeys(fact for one in asked if one.truth == "unknown" for fact in one.settled_by)
        row["settled_by"] = "; ".join(facts)
    return row


def _end_before(rows: list[dict[str, Any]], day: date) -> date | None:
    """Of someone without a category on the day: that on which the last one ended."""
    return max((row["until"] for row in rows if row["until"] is not None and row["until"] <= day), default=None)


def _under_other_readings(result: Result, people: People, day: date, settings: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    receipt = result.receipt
    chosen = receipt["readings"]
    agreeing: dict[int, list[str]] = {}
    for reading in result.rulebook.readings:
        for option in reading["options"]:
            if option == chosen.get(reading["name"], reading["default"]):
                continue
            other = result.rulebook.evaluate(
                people, as_at=result.as_at, readings={**chosen, reading["name"]: option}, unrecorded=receipt["unrecorded"]
            )
            labels = category_on(category_rows(other, settings["category"]), day)
            truths = _truths_on(other, day, set(settings["same"].values()))
            for number, row in enumerate(rows):
                if row["recorded"] and _compare(row["recorded"], labels.get(row["person"]), truths, row["person"], settings) == "agrees":
                    agreeing.setdefault(number, []).append(f"{reading['name']}={option}")
    for number, options in agreeing.items():
        rows[number]["agrees_under"] = "; ".join(options)
