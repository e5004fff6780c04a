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

from python_cohort import PEERS, check, cohort

import leavingcare as lc

def grown() -> float:
    """The most memory the process has taken so far, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rules", choices=("peers", "england"), default="peers")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as the machine has")
    chosen = parser.parse_args()
    peers = lc.load(PEERS)
    few = cohort(300, seed=11)
    check(few, peers.evaluate(lc.people(few, rulebook=peers)).statuses.to_dicts())
    print("300 people: every status on every day is as decided day by day")
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
