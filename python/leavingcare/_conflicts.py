"""What the council's own system calls each care leaver, against the rules: who differs, since when, why, and under which reading not."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from . import _core, _progress
from ._maps import category_on, category_rows, day_of_form, forms_map, holds_on, same_people
from ._reasons import in_words, why

if TYPE_CHECKING:
    from ._core import People, Result, Table
    from .pictures import Picture

FINDINGS = {
    "differs": "the system says one thing and the rules another",
    "cannot tell": "the records do not settle whether the system is right",
    "not understood": "the system's word has no meaning in the source map",
    "not listed": "the rules give a category, and the system says nothing of the person",
    "no records": "the system has a category for somebody of whom there are no records",
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
    counts: Table
    """How many people there are of each kind, those who agree as well: recorded, ours, finding ('agrees' or as in `table`), people."""

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.table)

    def chart(self) -> Picture:
        """How the system's categories and ours lie to each other, as a picture: `leavingcare.pictures.conflicts`."""
        from . import pictures

        return pictures.conflicts(self)

    def text(self) -> str:
        """The report as text, a paragraph for each finding; those that differ come first."""
        lines = [self._heading(), ""]
        for finding, rows in self._grouped():
            lines += [f"{finding.capitalize()} ({len(rows)}): {FINDINGS[finding]}", ""]
            for row in rows:
                lines.append(f"  {row['person']}  {_place(row)}")
                lines.append(f"    system: {row['written'] or 'nothing'}    rules: {row['ours'] or 'no category'}" + _since(row))
                lines += [f"    {label}: {told}" for label, told in _reasons(row)]
                lines.append("")
        return "\n".join(lines)

    def html(self) -> str:
        """The report as a page of its own, with no script and nothing fetched; every cell is escaped."""
        return _PAGE.format(title=html.escape(_TITLE), style=_STYLE, body=f"<h1>{html.escape(_TITLE)}</h1>\n{self._body()}")

    def _repr_html_(self) -> str:
        # Part of somebody else's page: its style must touch nothing outside.
        return f'<div class="leavingcare-conflicts"><style>{_STYLE}</style>\n{self._body()}</div>'

    def _body(self) -> str:
        body = [f"<p>{html.escape(self._heading())}</p>"]
        for finding, rows in self._grouped():
            body.append(f"<h2>{html.escape(finding.capitalize())} ({len(rows)})</h2><p>{html.escape(FINDINGS[finding])}</p>")
            body.append("<table><thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in _HEADS) + "</tr></thead><tbody>")
            for row in rows:
                reasons = "<br>".join(f"<b>{label}:</b> {html.escape(told)}" for label, told in _reasons(row))
                since = in_words(row["since"]) if row["since"] else ""
                cells = [row["written"] or "nothing", row["ours"] or "no category", since]
                told = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
                who, where = html.escape(row["person"]), html.escape(_place(row))
                body.append(f'<tr><th scope="row">{who}</th>{told}<td>{reasons}</td><td>{where}</td></tr>')
            body.append("</tbody></table>")
        return "\n".join(body)

    def __repr__(self) -> str:
        """How many, and no personal data."""
        return f"<leavingcare.Conflicts: {self.compared} compared, {self.agree} agree, {len(self)} findings>"

    def _heading(self) -> str:
        counts = Counter(self.table["finding"])
        told = ", ".join(f"{finding}: {counts[finding]}" for finding in FINDINGS if counts[finding])
        agreed = f"On {in_words(self.on)}, of {self.compared} categories in the system the rules agree with {self.agree}."
        found = f"{agreed} {told.capitalize()}." if told else agreed
        if counts["cannot tell"] and self.unrecorded == "unknown":
            pairs = zip(self.table["finding"], self.table["agrees_under"])
            would = sum(finding == "cannot tell" and "unrecorded=none" in under for finding, under in pairs)
            found += f" Of those that cannot be told the rules would agree with {would} if what the records do not hold did not happen."
        return found + (" What the records do not hold was taken not to have happened." if self.unrecorded == "none" else "")

    def _grouped(self) -> list[tuple[str, list[dict[str, Any]]]]:
        rows = self.table.to_dicts()
        groups = [(finding, [row for row in rows if row["finding"] == finding]) for finding in FINDINGS]
        return [(finding, members) for finding, members in groups if members]


def conflicts(
    result: Result,
    people: People,
    *,
    recorded: People | None = None,
    on: date | str | None = None,
    readings: bool = True,
    progress: bool | Callable[[int], object] | None = None,
) -> Conflicts:
    """What the council's system calls each care leaver (column 11 of list 9, clea_care_leaver_eligibility) against the rules.

    result: the answers of England's rulebook or one that builds on it.
    people: whom it is about.
    recorded: whose `recorded_categories` are compared: people read by read_annex_a or read_ssd. By default `people` themselves; others where
    the records come from elsewhere: the history from the yearly returns, and the categories from list 9. Ids must be the same in both.
    on: the day to compare on; by default that on which the data were drawn.
    readings: evaluate again under each other option of each reading, to say under which the two would agree: an evaluation for each.
    progress: True shows a bar; something that can be called is told how many steps are done: each finding and each of these evaluations is one.

    Gives a Conflicts: `.table`, `.counts`, `.text()`, `.html()`, `.chart()`. The table has a row for each finding, each record a row of its
    own: those that differ first, and of what cannot be told first what would differ all the same; else in the order of the records. Its columns:

        person, finding     the id; 'differs', 'cannot tell', 'not understood', 'not listed' or 'no records'
        written, recorded   as the system has it; the status that it means, or 'none'
        ours, since         the label of the rules, 'unknown' or blank; the day from which that holds, None where nobody knows
        why, why_not        what decides ours; why what is recorded does not hold
        agrees_under        the options, `reading=option` or `unrecorded=none`, under which the two agree, joined by '; '
        ours_if_none        where ours is unknown: the label, 'no category' or 'unknown', if what the source does not hold did not happen
        settled_by          the facts that would settle what is unknown, joined by '; '. Under `unrecorded="none"`: the facts that were
                            taken not to have happened and on which the difference rests, such as care before the source begins
        file, line          of the record; None where there is none

    Which word means which status, and which label is which, is data: the source map and rules/sources/forms.yaml. Raises ValueError if
    the people are others, if no category of a system is recorded, and if no day is known.
    """
    same_people(result, people)
    day = day_of_form(result, on)
    records = (people if recorded is None else recorded).recorded_categories
    if not len(records):
        raise ValueError("no category of a council's system is recorded; read_ssd and read_annex_a read them, from ssd_care_leavers and list 9")
    settings = forms_map()["conflicts"]
    ours = _Ours(result, day, settings)
    findings: list[tuple[str, dict[str, Any]]] = []
    counts, listed = Counter[tuple[str, str, str]](), set()
    for record in records.to_dicts():
        listed.add(record["person"])
        finding = ours.compare(record["category"], record["person"]) if record["person"] in people else "no records"
        counts[record["category"], ours.label(record["person"]), finding] += 1
        if finding != "agrees":
            findings.append((finding, record))
    for person in ours.labels:
        if person not in listed and ours.label(person) != "unknown":
            counts["", ours.label(person), "not listed"] += 1
            findings.append(("not listed", {"person": person}))
    rows = _rows(ours, people, findings, readings, progress) if findings else []
    rows.sort(key=lambda row: (list(FINDINGS).index(row["finding"]), "unrecorded=none" in row["agrees_under"]))
    agree = sum(number for (_, _, finding), number in counts.items() if finding == "agrees")
    table = _core.table([(name, kind, [row[name] for row in rows]) for name, kind in _COLUMNS])
    return Conflicts(day, len(records), agree, result.receipt["unrecorded"], table, _counted(counts))


_TITLE = "Categories of care leavers: the system and the rules"
_HEADS = ("Person", "System", "Rules", "Since", "Why", "Record")
_COLUMNS = (
    ("person", "text"), ("finding", "text"), ("written", "text"), ("recorded", "text"), ("ours", "text"), ("since", "day"), ("why", "text"),
    ("why_not", "text"), ("agrees_under", "text"), ("ours_if_none", "text"), ("settled_by", "text"), ("file", "text"), ("line", "whole"),
)  # fmt: skip
_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 1rem/1.5 sans-serif; margin: 2rem; max-width: 80rem; color: #111; background: #fff; }}
{style}
</style></head><body class="leavingcare-conflicts">
{body}
</body></html>
"""
_STYLE = """
.leavingcare-conflicts table { border-collapse: collapse; width: 100%; }
.leavingcare-conflicts th, .leavingcare-conflicts td { border: 1px solid #767676; padding: .4rem; text-align: left; vertical-align: top; }
.leavingcare-conflicts thead th { background: #eee; color: #111; }
"""


def _reasons(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What the report says of a finding beside the categories: headings, and words for people."""
    under = row["agrees_under"].split("; ") if row["agrees_under"] else []
    readings = [option for option in under if option != "unrecorded=none"]
    if_none = row["ours_if_none"] + (", as in the system" if len(readings) < len(under) else "")
    told = [
        ("why", row["why"]),
        ("why not as recorded", row["why_not"]),
        ("would agree under", "; ".join(readings)),
        ("if what is not recorded did not happen", if_none),
        ("would be settled by", row["settled_by"].replace("; ", ", ").replace("_", " ")),
    ]
    return [(heading, words) for heading, words in told if words]


def _short(file: str) -> str:
    """A file as reasons name it: with its folder, and not where on the machine that is."""
    return file if file.startswith("frame ") else "/".join(file.split("/")[-2:])


def _place(row: dict[str, Any]) -> str:
    if not row["file"]:
        return "no record of it"
    file = row["file"].rsplit("/", 1)[-1]
    return f"{file}, line {row['line']}" if row["line"] is not None else str(file)


def _since(row: dict[str, Any]) -> str:
    return f" since {in_words(row['since'])}" if row["since"] else ""


class _Ours:
    """What the rules say of everybody on the day."""

    def __init__(self, result: Result, day: date, settings: dict[str, Any]) -> None:
        self.result = result
        self.day = day
        self.settings = settings
        self.categories = category_rows(result, settings["category"])
        self.labels = category_on(self.categories, day)
        statuses = set(settings["same"].values())
        labelled: dict[str, str] = next((one["labels"] for one in result.rulebook.categories if one["name"] == settings["category"]), {})
        # What puts somebody into the category may ask for more than the status: a former relevant child, and under 25.
        self.rules = {settings["same"][label]: rule for rule, label in labelled.items() if label in settings["same"]}
        self.truths: dict[tuple[str, str], str] = {
            (row["person"], row["status"]): row["truth"]
            for row in result.statuses.to_dicts()
            if row["status"] in statuses and holds_on(row, day)
        }

    def label(self, person: str) -> str:
        """The label of the category, 'unknown', or blank for who has none."""
        return self.labels[person]["label"] or "unknown" if person in self.labels else ""

    def since(self, person: str) -> date | None:
        """From when that holds: of someone without a category, the day on which the last one ended."""
        if person in self.labels:
            since: date | None = self.labels[person]["from"]
            return since
        ends = [row["until"] for row in self.categories.get(person, [])]
        return max((end for end in ends if end is not None and end <= self.day), default=None)

    def compare(self, says: str, person: str) -> str:
        """The finding about a record, or 'agrees'."""
        same, nobody = self.settings["same"], self.settings["nobody"]
        if not says:
            return "not understood"
        label = self.label(person)
        if not label:
            return "agrees" if says == nobody else "differs"
        if label != "unknown":
            return "agrees" if same.get(label) == says else "differs"
        # Which of several is unknown, but what is recorded may be certain not to hold.
        return "differs" if says != nobody and self.truths.get((person, says), "no") == "no" else "cannot tell"

    def agrees_with(self, row: dict[str, Any]) -> bool:
        """True if what is recorded of the person in the row of the report would be right."""
        return row["finding"] not in ("not listed", "no records") and self.compare(row["recorded"], row["person"]) == "agrees"

    def settled_by(self, person: str) -> str:
        """The facts that would settle which category the person has."""
        asked = [self.result.explain(person, one, on=self.day) for one in self.settings["same"].values()]
        return "; ".join(dict.fromkeys(fact for one in asked if one.truth == "unknown" for fact in one.settled_by))


def _row(ours: _Ours, finding: str, record: dict[str, Any]) -> dict[str, Any]:
    person, says = record["person"], record.get("category", "")
    row: dict[str, Any] = {name: None if kind in ("day", "whole") else "" for name, kind in _COLUMNS}
    row.update(person=person, finding=finding, written=record.get("written", ""), recorded=says, ours=ours.label(person))
    row.update(since=ours.since(person), file=_short(record.get("file", "")), line=record.get("line"))
    if finding == "no records":
        return row
    status = ours.settings["same"].get(row["ours"])
    if status is not None:
        row["why"] = why(ours.result.explain(person, status, on=ours.day))
    if says and says != ours.settings["nobody"] and says != status:
        explanation = ours.result.explain(person, says, on=ours.day)
        if explanation.truth != "no" and says in ours.rules:
            explanation = ours.result.explain(person, ours.rules[says], on=ours.day)
        if explanation.truth == "unknown":
            row["settled_by"] = "; ".join(explanation.settled_by)
        elif explanation.truth == "yes":
            alone = "it holds as well, and the list has one category for each person"
            row["why_not"] = "it holds, and another category that goes before it may hold too" if row["ours"] == "unknown" else alone
        else:
            row["why_not"] = why(explanation)
    if row["ours"] == "unknown" and not row["settled_by"]:
        row["settled_by"] = ours.settled_by(person)
    return row


def _rows(
    ours: _Ours, people: People, findings: list[tuple[str, dict[str, Any]]], readings: bool, progress: bool | Callable[[int], object] | None
) -> list[dict[str, Any]]:
    """A row for each finding. Evaluates again, each time with one option changed, and writes into the rows what that would change."""
    result, chosen, unrecorded = ours.result, ours.result.receipt["readings"], ours.result.receipt["unrecorded"]
    options = [
        (reading["name"], option)
        for reading in (result.rulebook.readings if readings else [])
        for option in reading["options"]
        if option != chosen.get(reading["name"], reading["default"])
    ]
    tell = _progress.teller(progress, len(findings) + 1 + len(options), "steps")
    rows = []
    for finding, record in findings:
        rows.append(_row(ours, finding, record))
        tell(len(rows))

    def evaluated(readings: dict[str, str], unrecorded: Literal["unknown", "none"]) -> _Ours:
        other = result.rulebook.evaluate(people, as_at=result.as_at, readings=readings, unrecorded=unrecorded)
        return _Ours(other, ours.day, ours.settings)

    if unrecorded == "unknown":
        _if_nothing_else_happened(evaluated(chosen, "none"), rows)
    else:
        _what_was_taken_for_none(evaluated(chosen, "unknown"), rows)
    tell(len(rows) + 1)
    for done, (name, option) in enumerate(options, start=len(rows) + 2):
        other = evaluated({**chosen, name: option}, unrecorded)
        for row in rows:
            if other.agrees_with(row):
                row["agrees_under"] += ("; " if row["agrees_under"] else "") + f"{name}={option}"
        tell(done)
    return rows


def _if_nothing_else_happened(other: _Ours, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["ours"] == "unknown":
            row["ours_if_none"] = other.label(row["person"]) or "no category"
            if other.agrees_with(row):
                row["agrees_under"] = "unrecorded=none"


def _what_was_taken_for_none(other: _Ours, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["finding"] == "differs" and not row["settled_by"] and other.compare(row["recorded"], row["person"]) == "cannot tell":
            row["settled_by"] = other.settled_by(row["person"])


def _counted(counts: Counter[tuple[str, str, str]]) -> Table:
    order = ["agrees", *FINDINGS]
    found = sorted(counts.items(), key=lambda item: (order.index(item[0][2]), item[0]))
    return _core.table(
        [
            ("recorded", "text", [recorded for (recorded, _, _), _ in found]),
            ("ours", "text", [ours for (_, ours, _), _ in found]),
            ("finding", "text", [finding for (_, _, finding), _ in found]),
            ("people", "whole", [number for _, number in found]),
        ]
    )
