"""Measures what the page about a national run needs, and puts the figures and what follows from them into it.

    .venv/bin/python bench/national_run.py            (or `make bench-national`; some minutes, on a quiet machine)

Measured are: reading Arrow columns, evaluating England's whole rulebook and writing Parquet (chunks.py), on one core and on all, with the facts that the cohort
does not have recorded as none and as unknown; and the same on local Spark. The figures go to python/leavingcare/docs/national_run.json, and the
table between the marks in national_run.md is made of them. `--page-only` makes the table again without measuring.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from chunks import chunks, in_a_process_of_its_own

DOCS = Path(__file__).resolve().parents[1] / "python" / "leavingcare" / "docs"
FIGURES, PAGE = DOCS / "national_run.json", DOCS / "national_run.md"
BEGINS, ENDS = "<!-- made by bench/national_run.py: begins -->\n", "<!-- made by bench/national_run.py: ends -->\n"

PEOPLE = {"none": 200_000, "unknown": 40_000}
CHUNK = {"none": 50_000, "unknown": 20_000}


def processor() -> str:
    told = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")] if told.exists() else []
    return names[0] if names else platform.processor()


def on_spark(people: int, unrecorded: str) -> float:
    """Seconds from Parquet to Parquet on local Spark, a task for each core; starting Spark is not counted."""
    import pyarrow as pa
    import pyarrow.parquet
    from pyspark.sql import SparkSession

    from leavingcare import spark as lc_spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    cores = os.cpu_count() or 1
    session = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        frames = {}
        (tables,) = chunks(people, people)
        for name, table in tables.items():
            pa.parquet.write_table(table, f"{folder}/{name}.parquet")
            frames[name] = session.read.parquet(f"{folder}/{name}.parquet")
        since = time.perf_counter()
        answers = lc_spark.evaluate("england", frames, unrecorded=unrecorded, partitions=2 * cores)  # type: ignore[arg-type]
        for name in ("statuses", "entitlements", "obligations"):
            getattr(answers, name).write.parquet(f"{folder}/{name}")
        seconds = time.perf_counter() - since
    session.stop()
    return seconds


def measure() -> dict[str, Any]:
    figures: dict[str, Any] = {
        "date": date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "processor": processor(), "python": platform.python_version()},
        "command": "python bench/national_run.py",
        "runs": {},
    }
    for unrecorded in ("none", "unknown"):
        people = PEOPLE[unrecorded]
        own: dict[str, Any] = {"people": people, "chunk": CHUNK[unrecorded]}
        for name, threads in (("one_core", 1), ("all_cores", 0)):
            own[name] = in_a_process_of_its_own(people, CHUNK[unrecorded], "england", unrecorded, threads)
        own["spark_seconds"] = on_spark(people, unrecorded)
        figures["runs"][unrecorded] = own
    return figures


def seconds(machine: dict[str, Any], figures: dict[str, Any], unrecorded: str) -> float:
    """How long a machine takes for the people of the plan: the formulas of the page."""
    plan, own = figures["plan"], figures["runs"][unrecorded]
    if machine["as"] == "all_cores":  # one process on as many cores as were measured
        return float(own["all_cores"]["seconds"] / own["people"] * plan["people"] + machine["starts_in"])
    on_one_core = own["one_core"]["seconds"] if machine["as"] == "one_core" else own["spark_seconds"] * figures["machine"]["cores"]
    return float(on_one_core / own["people"] * plan["people"] / machine["cores"] / plan["cores_used_well"] + machine["starts_in"])


def table(figures: dict[str, Any]) -> str:
    """What follows for the people of the plan: the rows of the page."""
    plan = figures["plan"]
    people = plan["people"]
    lines = [
        f"Measured on {figures['date']}: {figures['machine']['cores']} cores ({figures['machine']['processor']}), Python {figures['machine']['python']}; `{figures['command']}`.\n\n",
        "| | people measured | µs a person, one core | µs a person, all cores | peak memory, MB | bytes of Parquet a person | µs a person, local Spark |\n",
        "|---|---|---|---|---|---|---|\n",
    ]
    for unrecorded, title in (("none", "facts not in the return: none"), ("unknown", "facts not in the return: unknown")):
        own = figures["runs"][unrecorded]
        one, both = (1e6 * own[name]["seconds"] / own["people"] for name in ("one_core", "all_cores"))
        size = 1e6 * own["all_cores"]["parquet_mb"] / own["people"]
        spark = 1e6 * own["spark_seconds"] / own["people"]
        lines.append(f"| {title} | {own['people']:,} | {one:.1f} | {both:.1f} | {own['all_cores']['peak_mb']:,.0f} | {size:.0f} | {spark:.0f} |\n")
    lines += ["\n", f"For {people:,} people:\n\n", "| | cores | facts: none | facts: unknown | memory, GB | cost, US dollars |\n", "|---|---|---|---|---|---|\n"]
    for machine in plan["machines"]:
        minutes = [seconds(machine, figures, unrecorded) / 60 for unrecorded in ("none", "unknown")]
        cents = math.ceil(100 * machine["cores"] * max(minutes) / 60 * plan["dollars_a_core_hour"])
        peak = max(own[machine["as"]]["peak_mb"] for own in figures["runs"].values()) if machine["as"] != "spark" else None
        processes = machine["cores"] if machine["as"] == "one_core" else 1
        memory = "not measured" if peak is None else f"{processes * peak / 1e3:.1f}"
        cost = f"at most {cents / 100:.2f}" if machine["rented"] else "none"
        lines.append(f"| {machine['name']} | {machine['cores']} | {minutes[0]:.1f} min | {minutes[1]:.1f} min | {memory} | {cost} |\n")
    gigabytes = [figures["runs"][name]["all_cores"]["parquet_mb"] / figures["runs"][name]["people"] * people / 1e3 for name in ("none", "unknown")]
    lines.append(f"\nAnswers on disk: {gigabytes[0]:.2f} to {gigabytes[1]:.2f} GB of Parquet.\n")
    return "".join(lines)


def with_table(page: str, figures: dict[str, Any]) -> str:
    before, rest = page.split(BEGINS)
    return before + BEGINS + "\n" + table(figures) + "\n" + ENDS + rest.split(ENDS)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--page-only", action="store_true", help="make the table of the figures that are there")
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    if not parser.parse_args().page_only:
        figures |= measure()
        FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
