"""What a person's picture holds: lanes of spans and marks, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from . import _words

if TYPE_CHECKING:
    from .._core import Result, Table


@dataclass
class Span:
    """Days from `first` to the day before `end`; None where nobody knows that end.

    kind: 'recorded', 'doubtful' (recorded, but may not be so), 'yes', 'unknown' or 'limit'.
    """

    first: date | None
    end: date | None
    kind: str
    label: str = ""
    words: str = ""


@dataclass
class Mark:
    """One obligation. `day` is where it stands; a line runs from `since` to `late_until`, over the days on which it was late."""

    day: date
    state: str
    since: date | None = None
    late_until: date | None = None
    due: date | None = None
    done: date | None = None


@dataclass
class Lane:
    """A row of the picture."""

    part: str
    name: str
    spans: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """False if nothing but "unknown" can be said of it on any day."""
        return any(span.kind != "unknown" for span in self.spans) or any(mark.state != "unknown" for mark in self.marks)

    def touches(self, first: date, end: date) -> bool:
        """True if anything of it lies from `first` to the day before `end`."""
        return any((span.first or first) < end and (span.end or end) > first for span in self.spans) or any(
            (mark.since or mark.day) < end and mark.day >= first for mark in self.marks
        )


def of_records(result: Result, person: str) -> list[Lane]:
    """A lane for each fact that is a span of days and of which the person has a record, care first."""
    people = result.people
    lanes = []
    for fact in sorted(people.facts, key=lambda name: name != "care"):
        table = people.fact(fact)
        if "from" not in table.columns or "value" in table.columns:
            continue
        own = [row for row in _rows(table) if row["person"] == person]
        if own:
            lanes.append(Lane("Recorded", _words.name(fact), [_recorded(row) for row in own]))
    return lanes


def _recorded(row: dict[str, Any]) -> Span:
    fields = {name: value for name, value in row.items() if name not in ("person", "from", "until", "certain") and value}
    certain = row.get("certain", "yes") == "yes"
    words = ", ".join(f"{_words.name(name)} {value}" for name, value in fields.items())
    kind = "recorded" if certain else "doubtful"
    return Span(row["from"], row["until"], kind, str(next(iter(fields.values()), "")), words if certain else f"{words} (in doubt)")


def of_answers(table: Table, column: str, part: str, person: str) -> list[Lane]:
    """A lane for each rule that is so, or may be, on some day; those that are surely so first, by their first such day."""
    spans: dict[str, list[Span]] = {}
    for row in _rows(table):
        if row["person"] == person:
            sure = "limit" if column == "limit" else "yes"
            words = f"unknown: depends on {_words.name(row['depends_on'])}" if row["truth"] == "unknown" else row["truth"]
            amount = f"£{row['amount']:,.0f}" if row.get("amount") is not None and row.get("unit", "").startswith("pounds") else ""
            spans.setdefault(row[column], []).append(
                Span(row["from"], row["until"], sure if row["truth"] == "yes" else "unknown", amount, words)
            )
    lanes = [Lane(part, _words.name(rule), own) for rule, own in spans.items()]
    return sorted(lanes, key=lambda lane: min((span.first or date.min for span in lane.spans if span.kind != "unknown"), default=date.max))


def of_obligations(result: Result, person: str) -> list[Lane]:
    """A lane for each duty that has an obligation."""
    marks: dict[str, list[Mark]] = {}
    for row in _rows(result.obligations):
        if row["person"] != person:
            continue
        state = row["state"]
        late = state in ("met late", "overdue")
        if state in ("met", "met late"):
            at = row["done"]
        elif state == "due":
            at = row["due"] or row["suggested"] or row["opens"] or row["arose"]
            state = "due" if row["due"] else "due, no last day"
        else:
            at = row["due"] or row["ended"] or row["suggested"] or row["arose"]
        own = marks.setdefault(row["duty"], [])
        if at is not None:
            ended = row["done"] if state == "met late" else min(filter(None, (row["ended"], result.as_at)), default=None)
            own.append(Mark(at, state, row["due"] if late else None, ended if late else None, row["due"], row["done"]))
    return [Lane("To be done", _words.name(duty), [], own) for duty, own in marks.items()]


def born(result: Result, person: str) -> date | None:
    """The day of birth, where the source holds it."""
    people = result.people
    if "date_of_birth" not in people.facts:
        return None
    table = people.fact("date_of_birth")
    return next((day for who, day in zip(table["person"], table["value"]) if who == person), None)


def birthday(born_on: date, age: int) -> date:
    """The day on which the age is attained, for drawing: someone born on 29 February attains it on 1 March of a common year."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def _rows(table: Table) -> list[dict[str, Any]]:
    return table.to_dicts()
