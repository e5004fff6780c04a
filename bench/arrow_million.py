"""A million people, from Arrow columns in memory to Arrow tables in memory, and other threads of Python running meanwhile.

    .venv/bin/python bench/arrow_million.py [--people 1000000] [--rules peers|england] [--threads 0]

The cohort is that of bench/README.md, made with numpy: births over eight years, five episodes on average of 10 to 499 days, one in ten a short
break (V3), some open. `peers` is the small rulebook of the four simplified statuses; `england` evaluates England's four statuses and personal
adviser with every other fact recorded as none. Before anything is timed, the four simplified statuses of some hundred people are compared with a
decision made day by day here, from the words of bench/README.md.

Printed are seconds, people a second, the memory that the process grew by, and how many times another thread of Python came to run while the
evaluation went on: where the lock were held, it would be none.
"""

from __future__ import annotations

import argparse
import resource
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

import leavingcare as lc

HERE = Path(__file__).parent
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


def check(book: lc.Rulebook, people: int = 300) -> None:
    tables = cohort(people, seed=11)
    episodes: dict[str, list[tuple[date, date | None, str]]] = {}
    for row in tables["care"].to_pylist():
        episodes.setdefault(row["person"], []).append((row["from"], row["until"], row["legal_status"]))
    expected = {row["person"]: day_by_day(row["value"], episodes[row["person"]]) for row in tables["date_of_birth"].to_pylist()}
    answered = {person: {name: set() for name in STATUSES} for person in expected}
    for row in book.evaluate(lc.people(tables, rulebook=book)).statuses.to_dicts():
        last = min(row["until"] or date(2100, 1, 1), date(2100, 1, 1))
        answered[row["person"]][row["status"]] |= {row["from"] + timedelta(days=n) for n in range((last - row["from"]).days)}
    wrong = sum(expected[person] != answered[person] for person in expected)
    if wrong:
        raise SystemExit(f"the answers of {wrong} of {people} people differ from those decided day by day; nothing is timed")
    print(f"{people} people: every status on every day is as decided day by day")


def grown() -> float:
    """The most memory the process has taken so far, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rules", choices=("peers", "england"), default="peers")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as the machine has")
    chosen = parser.parse_args()
    peers = lc.load(HERE / "peers.yaml")
    check(peers)
    book = peers if chosen.rules == "peers" else lc.load("england")
    rules = [] if chosen.rules == "peers" else ["eligible_child", "relevant_child", "former_relevant_child", "qualifying", "personal_adviser"]
    tables = cohort(chosen.people, seed=12)
    size = sum(table.nbytes for table in tables.values()) / 1e9
    print(f"{chosen.people:,} people, {len(tables['care']):,} episodes, {size:.2f} GB of Arrow columns")

    turns, stop = 0, threading.Event()

    def take_turns() -> None:
        nonlocal turns
        while not stop.wait(0.001):
            turns += 1

    before = grown()
    moments = [time.perf_counter()]
    people = lc.people(tables, rulebook=book)
    moments.append(time.perf_counter())
    other = threading.Thread(target=take_turns)
    other.start()
    result = book.evaluate(people, unrecorded="none", threads=chosen.threads, rules=rules)
    moments.append(time.perf_counter())
    stop.set()
    other.join()
    statuses = result.statuses.to_arrow()
    moments.append(time.perf_counter())
    names = ("columns in", "evaluate", "tables out")
    for name, since, until in zip(names, moments, moments[1:]):
        print(f"  {name:12} {until - since:8.2f} s")
    whole = moments[-1] - moments[0]
    print(f"  {'in all':12} {whole:8.2f} s, {chosen.people / whole:,.0f} people a second; {len(statuses):,} rows of statuses, {statuses.nbytes / 1e9:.2f} GB")
    print(f"  the process grew by {grown() - before:.2f} GB beyond the columns: {1e9 * (grown() - before) / chosen.people:,.0f} bytes a person")
    print(f"  another thread of Python ran {turns} times in {moments[2] - moments[1]:.2f} s of evaluation")


if __name__ == "__main__":
    main()
