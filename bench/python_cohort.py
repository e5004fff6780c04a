"""The cohort of the benches in Python, and the truth about it, decided on each day from the words of bench/README.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

import leavingcare as lc

PEERS = Path(__file__).parent / "peers.yaml"  # the small rulebook of the four statuses
EPOCH = date(1970, 1, 1)
STATUSES = ("eligible", "relevant", "former_relevant", "qualifying")


def cohort(people: int, seed: int) -> dict[str, pa.Table]:
    """Births and care as Arrow tables: days are date32, people and codes text."""
    dice = np.random.default_rng(seed)
    first = (date(1998, 1, 1) - EPOCH).days
    births = dice.integers(first, first + 8 * 365, people).astype(np.int32)
    counts = dice.integers(3, 8, people)
    person = np.repeat(np.arange(people), counts)
    lengths = dice.integers(10, 500, len(person))
    gaps = dice.integers(1, 400, len(person))
    # The first episode of each begins between their 10th and 16th birthday, each later one a gap after the one before.
    steps = np.where(np.r_[True, person[1:] != person[:-1]], 0, np.r_[0, lengths[:-1]] + gaps)
    starts = births[person] + 3653 + np.repeat(dice.integers(0, 2190, people), counts)
    along = np.cumsum(steps)
    first_of = np.cumsum(counts) - counts
    since = starts + along - np.repeat(along[first_of], counts)
    until = since + lengths
    last = np.r_[person[1:] != person[:-1], True]
    is_open = last & (dice.random(len(person)) < 0.1)
    codes = np.where(dice.random(len(person)) < 0.1, "V3", "C2")
    ids = pa.array([f"p{number:07}" for number in range(people)])
    return {
        "date_of_birth": pa.table({"person": ids, "value": pa.array(births, pa.date32())}),
        "care": pa.table({
            "person": ids.take(pa.array(person)),
            "from": pa.array(since.astype(np.int32), pa.date32()),
            "until": pa.array(until.astype(np.int32), pa.date32(), mask=is_open),
            "legal_status": pa.array(codes),
        }),
    }  # fmt: skip


def birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def day_by_day(born: date, episodes: list[tuple[date, date | None, str]]) -> dict[str, set[date]]:
    """The days of each status, decided on each day from 14 to 21 in turn."""
    ages = {years: birthday(born, years) for years in (14, 16, 18, 21)}
    found: dict[str, set[date]] = {name: set() for name in STATUSES}
    counted, eligible_before, looked_after_at_16 = 0, False, False
    day = ages[14]
    while day < ages[21]:
        now = [code for since, until, code in episodes if since <= day and (until is None or day < until)]
        counted += any(code != "V3" for code in now)
        if ages[16] <= day < ages[18]:
            looked_after_at_16 = looked_after_at_16 or bool(now)
            if now and counted >= 91:
                found["eligible"].add(day)
            if not now and eligible_before:
                found["relevant"].add(day)
        if day >= ages[18] and eligible_before:
            found["former_relevant"].add(day)
        if day >= ages[16] and not now and looked_after_at_16 and not eligible_before:
            found["qualifying"].add(day)
        eligible_before = eligible_before or day in found["eligible"]
        day += timedelta(days=1)
    return found


def check(frames: Mapping[str, pa.Table], rows: Iterable[Mapping[str, Any]]) -> None:
    """Ends the program unless `rows`, the statuses of everybody in `frames`, are those decided day by day."""
    episodes: dict[str, list[tuple[date, date | None, str]]] = {}
    for row in frames["care"].to_pylist():
        episodes.setdefault(row["person"], []).append((row["from"], row["until"], row["legal_status"]))
    expected = {row["person"]: day_by_day(row["value"], episodes[row["person"]]) for row in frames["date_of_birth"].to_pylist()}
    answered: dict[str, dict[str, set[date]]] = {person: {name: set() for name in STATUSES} for person in expected}
    for row in rows:
        last = min(row["until"] or date(2100, 1, 1), date(2100, 1, 1))
        answered[row["person"]][row["status"]] |= {row["from"] + timedelta(days=n) for n in range((last - row["from"]).days)}
    wrong = sum(expected[person] != answered[person] for person in expected)
    if wrong or not expected:
        raise SystemExit(f"the answers of {wrong} of {len(expected)} people differ from those decided day by day; nothing is timed")
