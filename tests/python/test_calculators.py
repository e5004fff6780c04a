"""docs/calculators.md: each answer in its table is worked out here, ours by the engine and theirs by their method restated."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import leavingcare as lc
import pytest

PAGE = (Path(lc.__file__).parent / "docs" / "calculators.md").read_text(encoding="utf-8")
ON = dt.date(2025, 12, 31)
WORDS = {"a) Relevant child": "relevant", "c) Qualifying care leaver": "qualifying", None: "none"}


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text.strip(), "%d/%m/%Y").date()


def cases() -> list[tuple]:
    rows = []
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and re.match(r"[EL]\d:", cells[0]):
            care = [tuple(day(end) for end in spell.split(" to ")) for spell in cells[2].split(";")]
            rows.append((cells[0], day(cells[1]), care, *cells[3:]))
    return rows


def theirs(born: dt.date, years: int) -> dt.date:
    """A birthday as pandas and SQL Server have it: 28 February for someone born on the 29th."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)


def validator(born: dt.date, care: list) -> str:
    """Rule 1001: half-open, at least 91 days since 14 and one since 16."""
    since = {age: sum(max(0, (end - max(start, theirs(born, age))).days) for start, end in care) for age in (14, 16)}
    return f"{since[14]} days, {'yes' if since[14] >= 91 and since[16] >= 1 else 'no'}"


def mosaic(born: dt.date, care: list) -> str:
    """The extract: a day added to each row; somebody who was in care on or after the 16th birthday."""
    fourteen, sixteen = theirs(born, 14), theirs(born, 16)
    days = sum((min(end, ON) - max(start, fourteen)).days + 1 for start, end in care if end >= fourteen)
    candidate = any(end >= sixteen for _, end in care)
    return f"{days} days, {'none' if not candidate else 'relevant' if days >= 91 else 'qualifying'}"


def people_of(born: dt.date, care: list) -> lc.People:
    book = lc.load("england")
    frames: dict = {"date_of_birth": {"person": ["a"], "value": [born]}}
    frames["care"] = {
        "person": ["a"] * len(care), "from": [start for start, _ in care], "until": [end for _, end in care], "legal_status": ["V2"] * len(care),
    }  # fmt: skip
    return lc.people(frames, rulebook=book)


def ours(born: dt.date, care: list, **readings: str) -> str:
    result = lc.load("england").evaluate(people_of(born, care), as_at=ON, readings=readings, unrecorded="none")
    label = next(iter(result.on(ON)["annex_a"]))
    counted = result.explain("a", "thirteen_weeks_since_14", on=ON).to_dict()["reason"]["records"]
    days = sum(int(re.search(r": (\d+) days", record)[1]) for record in counted)
    return f"{days} days, {WORDS[label]}"


@pytest.mark.parametrize(("name", "born", "care", "of_validator", "of_mosaic", "of_us"), cases(), ids=lambda value: value[:2] if isinstance(value, str) else "")
def test_the_table(name, born, care, of_validator, of_mosaic, of_us):
    assert validator(born, care) == of_validator
    assert mosaic(born, care) == of_mosaic
    assert ours(born, care) == of_us


def test_the_table_has_the_five_cases():
    assert [row[0][:2] for row in cases()] == ["E1", "E2", "E3", "E6", "L1"]


def test_the_readings_that_the_page_names():
    by_name = {row[0][:2]: row for row in cases()}
    assert ours(*by_name["L1"][1:3], leap_birthday="28_february") == "91 days, none"
    assert ours(*by_name["E2"][1:3], care_ending_on_16th_birthday="does_not_count") == "90 days, none"
