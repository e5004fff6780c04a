"""Into Python and out of it: frames of Arrow, pandas and polars; and one person, every status.

    .venv/bin/python bench/python_bench.py [--people 100000] [--rounds 7]

Before anything is timed, the small rulebook's statuses of 300 people, in and out through each library, are compared with those decided day by day,
and one person's under England's rulebook with those worked by hand. Rounds are interleaved: each library is asked once in each.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
from python_cohort import PEERS, check, cohort

import leavingcare as lc

# The README's Sam, looked after from 15 January 2024 to 18: worked by hand there, and for the two last from the Act. No age ends a former
# relevant child (s.23C(1)), and who was looked after at 16 or 17 and no longer is qualifies until 21 (s.24(1B)).
SAM = {
    ("eligible_child", date(2024, 4, 14), date(2026, 3, 10)),
    ("personal_adviser", date(2024, 4, 14), date(2029, 3, 10)),
    ("former_relevant_child", date(2026, 3, 10), None),
    ("qualifying", date(2026, 3, 10), date(2029, 3, 10)),
}
FOUR_AND_ADVISER = ["eligible_child", "relevant_child", "former_relevant_child", "qualifying", "personal_adviser"]


def as_pandas(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(date_as_object=False)


def days_as_dates(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """The rows of a pandas frame, its timestamps as days and its blanks as None."""
    for row in frame.to_dict("records"):
        yield {name: None if value is pd.NaT else value.date() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}


# For each library: a frame of its kind made of Arrow's, a table of ours as its frame, and that frame as rows to be checked.
LIBRARIES: dict[str, tuple[Callable[[pa.Table], Any], Callable[[lc.Table], Any], Callable[[Any], Iterable[dict[str, Any]]]]] = {
    "Arrow": (lambda table: table, lambda table: table.to_arrow(), lambda frame: frame.to_pylist()),
    "pandas": (as_pandas, lambda table: table.to_pandas(), days_as_dates),
    "polars": (pl.from_arrow, lambda table: table.to_polars(), lambda frame: frame.to_dicts()),
}


def seconds(act: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = act()
    return time.perf_counter() - begin, result


def frames_in_and_out(people: int, rounds: int) -> None:
    peers = lc.load(PEERS)
    few = cohort(300, seed=11)
    for name, (make, take, rows) in LIBRARIES.items():
        result = peers.evaluate(lc.people({fact: make(table) for fact, table in few.items()}, rulebook=peers))
        check(few, rows(take(result.statuses)))
    print("300 people through each library: every status on every day is as decided day by day")

    tables = cohort(people, seed=12)
    frames = {name: {fact: make(table) for fact, table in tables.items()} for name, (make, _, _) in LIBRARIES.items()}
    episodes = len(tables["care"])
    taken: dict[str, list[float]] = {name: [] for name in LIBRARIES}
    given = {name: list(times) for name, times in taken.items()}
    evaluated: list[float] = []
    for _ in range(rounds):
        for name, (_, take, _) in LIBRARIES.items():
            into, those = seconds(lambda name=name: lc.people(frames[name], rulebook=peers))
            work, result = seconds(lambda those=those: peers.evaluate(those, threads=1))
            out, frame = seconds(lambda take=take, result=result: take(result.statuses))
            taken[name].append(into)
            evaluated.append(work)
            given[name].append(out)
    print(f"\n{people:,} people, {episodes:,} episodes in, {len(frame):,} rows of statuses out; median of {rounds} interleaved rounds, ns a row\n")
    for name in LIBRARIES:
        print(f"  {name:8} in {1e9 * statistics.median(taken[name]) / episodes:8.0f}   out {1e9 * statistics.median(given[name]) / len(frame):8.0f}")
    print(f"  evaluated meanwhile, one thread: {1e9 * statistics.median(evaluated) / people:.0f} ns a person")


def one_person(rounds: int) -> None:
    book = lc.load("england")
    facts: dict[str, dict[str, list[Any]]] = {
        "date_of_birth": {"person": ["sam"], "value": [date(2008, 3, 10)]},
        "care": {"person": ["sam"], "from": [date(2024, 1, 15)], "until": [None], "legal_status": ["V2"]},
    }
    people = lc.people(facts, rulebook=book)

    def statuses() -> lc.Result:
        return book.evaluate(people, unrecorded="none", threads=1, rules=FOUR_AND_ADVISER)

    def everything() -> lc.Result:
        return book.evaluate(people, unrecorded="none", threads=1)

    for act in (statuses, everything):
        found = {(row["status"], row["from"], row["until"]) for row in act().statuses.to_dicts() if row["status"] in FOUR_AND_ADVISER}
        if found != SAM:
            raise SystemExit("one person's statuses are not those worked by hand; nothing is timed")
    everything_once = everything()
    acts: dict[str, Callable[[], object]] = {
        "people made of dicts of lists": lambda: lc.people(facts, rulebook=book),
        "every status and the adviser": statuses,
        "the same, and their rows as dicts": lambda: statuses().statuses.to_dicts(),
        "everything England knows": everything,
        "one explanation": lambda: str(everything_once.explain("sam", "eligible_child", on="2024-03-10")),
    }
    print("\none person, England, microseconds; median, a hundred times each in a round\n")
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(lambda act=act: [act() for _ in range(100)])[0] / 100)
    for name, taken in times.items():
        print(f"  {name:36} {1e6 * statistics.median(taken):9.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, pyarrow {pa.__version__}, pandas {pd.__version__}, polars {pl.__version__}")
    frames_in_and_out(chosen.people, chosen.rounds)
    one_person(chosen.rounds)


if __name__ == "__main__":
    main()
