"""Does memory stay flat when the cohort grows and its chunks do not? Time and peak memory of evaluate_in_chunks, each cohort in a process of its own.

    .venv/bin/python bench/chunks.py [--people 100000 200000 400000] [--chunk 50000] [--rules england] [--unrecorded none] [--threads 0]

The cohort is that of arrow_million.py, made chunk by chunk. Every chunk is read from Arrow columns, evaluated with the whole rulebook, and its statuses,
entitlements and obligations are written as Parquet, which is deleted afterwards. `--chunk 0` takes all people at once, for comparison.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arrow_million import cohort

import leavingcare as lc

TABLES = ("statuses", "entitlements", "obligations")


def chunks(people: int, size: int) -> Iterator[dict[str, pa.Table]]:
    for first in range(0, people, size):
        tables = cohort(min(size, people - first), seed=first)
        before = pa.scalar(f"{first:09}-")
        yield {name: table.set_column(0, "person", pc.binary_join_element_wise(before, table["person"], "")) for name, table in tables.items()}


def measure(people: int, size: int, rules: str, unrecorded: Any, threads: int) -> dict[str, float]:
    """Seconds without those in which the cohort was made, peak memory and written Parquet in MB, rows."""
    book = lc.load(rules)
    making, rows, written = 0.0, 0, 0

    def made() -> Iterator[dict[str, pa.Table]]:
        nonlocal making
        since = time.perf_counter()
        for tables in chunks(people, size or people):
            making += time.perf_counter() - since
            yield tables
            since = time.perf_counter()

    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for result in lc.evaluate_in_chunks(book, made(), unrecorded=unrecorded, threads=threads):
            for name in TABLES:
                table = getattr(result, name)
                rows += len(table)
                written += lc.write(table, Path(folder) / f"{name}.parquet").stat().st_size
    seconds = time.perf_counter() - began - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"people": people, "seconds": seconds, "peak_mb": peak / 1e3, "rows": rows, "parquet_mb": written / 1e6}


def in_a_process_of_its_own(people: int, size: int, rules: str, unrecorded: str, threads: int) -> dict[str, float]:
    arguments = ["--measure", "--people", people, "--chunk", size, "--rules", rules, "--unrecorded", unrecorded, "--threads", threads]
    done = subprocess.run([sys.executable, __file__, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[100_000, 200_000, 400_000])
    parser.add_argument("--chunk", type=int, default=50_000, help="people in a chunk; 0: all at once")
    parser.add_argument("--rules", default="england")
    parser.add_argument("--unrecorded", choices=("unknown", "none"), default="none")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as the machine has")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)  # how it calls itself
    chosen = parser.parse_args()
    options = (chosen.chunk, chosen.rules, chosen.unrecorded, chosen.threads)
    if chosen.measure:
        print(json.dumps(measure(chosen.people[0], *options)))
        return
    for people in chosen.people:
        figures = in_a_process_of_its_own(people, *options)
        speed = figures["people"] / figures["seconds"]
        print(f"{people:>10,} people {figures['seconds']:8.1f} s {speed:10,.0f} a second, peak {figures['peak_mb']:,.0f} MB, "
              f"{figures['rows']:,} rows, {figures['parquet_mb']:,.0f} MB of Parquet", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
