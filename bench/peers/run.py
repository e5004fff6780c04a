"""The peers' job: checks every answer of everybody against the day-by-day truth, then times them in turn.

Nothing is timed if one answer differs. Rounds are interleaved: in each round everybody is asked once, in an order drawn anew, so that a
machine that slows down slows everybody down. Writes rounds.csv (every single measurement); report.py and check_bars.py
read it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

import cohort
import truth
from contests import HERE, PEERS, Worker, lines_of_user_code
from machine import machine

ROOT = HERE.parent.parent
ON = date(2022, 3, 31)  # the one date that is timed
CHECKED_DATES = (date(2016, 1, 1), date(2020, 2, 29), date(2021, 3, 1), ON, date(2024, 3, 31), date(2028, 12, 31))
MONTHS = (date(2016, 1, 1), 156)  # from the first 16th birthday to the last 21st
PACKAGES = ("duckdb", "polars", "pandas", "numpy", "openfisca-core", "zen-engine", "pyarrow")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000, help="for everybody but OpenFisca by month and ZEN")
    parser.add_argument("--openfisca-people", type=int, default=20_000, help="by month")
    parser.add_argument("--zen-people", type=int, default=20_000)
    parser.add_argument("--csv-people", type=int, default=100_000, help="for the job from CSV to CSV; 0 leaves it out")
    parser.add_argument("--check-people", type=int, default=3_000, help="seeded people whose answers are checked, beside as many on the edges")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=20240331)
    parser.add_argument("--only", nargs="+", default=[], help="names of peers (the engine is always there)")
    parser.add_argument("--check-only", action="store_true")
    parser.add_argument("--native", type=Path, default=ROOT / "build/bench/peers/native")
    parser.add_argument("--command", type=Path, default=ROOT / "build/leavingcare")
    parser.add_argument("--module", type=Path, default=ROOT / ".venv/bin/python", help="the Python that has our package; left out if it has not")
    parser.add_argument("--work", type=Path, default=ROOT / "build/bench/peers/work")
    parser.add_argument("--out", type=Path, default=ROOT / "build/bench/results")
    chosen = parser.parse_args()
    available = len(os.sched_getaffinity(0))
    chosen.cores = [cores for cores in chosen.cores if cores <= available]
    chosen.work, chosen.out = chosen.work.resolve(), chosen.out.resolve()
    return chosen


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


def contestants(chosen):
    has_module = chosen.module.exists() and not subprocess.run([chosen.module, "-c", "import leavingcare, pyarrow, numpy"], capture_output=True).returncode
    if not has_module:
        say("our Python module is not there (`make python` makes it), so it is left out")
    for peer in PEERS:
        if (peer.kind != "module" or has_module) and (not chosen.only or peer.name in chosen.only or peer.name == "engine"):
            for cores in chosen.cores:
                if cores in peer.cores:
                    yield peer, cores


def job_words(job: str, day: date = ON) -> tuple:
    return {"timelines": ("timelines",), "one_date": ("on", cohort.number(day)), "months": ("months", cohort.number(MONTHS[0]), MONTHS[1])}[job]


# --- Checking ---


def check(chosen) -> None:
    folder = chosen.work / "check"
    native(chosen, chosen.check_people, folder / "seeded")
    people = cohort.joined(cohort.read(folder / "seeded"), cohort.on_the_edges(chosen.check_people, chosen.seed))
    cohort.write(people, folder)
    say(f"deciding {people.people} people day by day")
    spans = np.array(truth.timelines(people), dtype=np.int32)
    for peer, cores in contestants(chosen):
        worker = Worker(peer, folder, cores, chosen)
        for job in peer.jobs:
            for day in CHECKED_DATES if job == "one_date" else (ON,):
                worker.run(*job_words(job, day))
                prefix = fresh(folder / "answers") / "a_"
                worker.keep(prefix)
                what = f"{peer.title}, {cores} core{'s'[: cores > 1]}, {job}" + (f" {day}" if job == "one_date" else "")
                if job == "timelines":
                    compare_spans(what, kept_spans(prefix), spans)
                else:
                    days = [cohort.number(day)] if job == "one_date" else [cohort.number(month) for month in months()]
                    compare_flags(what, prefix, spans, people.people, days)
        worker.close()
        say(f"same as the truth: {peer.title}, {cores} core{'s'[: cores > 1]} ({', '.join(peer.jobs)})")


def months():
    first, count = MONTHS
    return [date(first.year + k // 12, 1 + k % 12, 1) for k in range(count)]


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def kept_spans(prefix: Path) -> np.ndarray:
    columns = [np.fromfile(f"{prefix}{name}", dtype=kind) for name, kind in (("person.i32", np.int32), ("status.u8", np.uint8), ("from.i32", np.int32), ("until.i32", np.int32))]
    rows = np.stack([column.astype(np.int32) for column in columns], axis=1)
    return rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]


def compare_spans(what: str, found: np.ndarray, expected: np.ndarray) -> None:
    if np.array_equal(found, expected):
        return
    say(f"NOT the truth: {what}; {len(found)} spans instead of {len(expected)}")
    ours, theirs = ({tuple(row) for row in rows.tolist()} for rows in (expected, found))
    for label, rows in (("missing", ours - theirs), ("wrong", theirs - ours)):
        for person, status, begin, end in sorted(rows)[:5]:
            say(f"  {label}: person {person} {cohort.STATUSES[status]} {cohort.EPOCH + timedelta(begin)} to {cohort.EPOCH + timedelta(end)}")
    raise SystemExit("nothing is timed")


def compare_flags(what: str, prefix: Path, spans: np.ndarray, people: int, days: list[int]) -> None:
    for status, name in enumerate(cohort.STATUSES):
        found = np.fromfile(f"{prefix}flags{status}.u8", dtype=np.uint8).reshape(len(days), people)
        of_status = spans[spans[:, 1] == status]
        for day, flags in zip(days, found):
            expected = np.zeros(people, dtype=np.uint8)
            expected[of_status[(of_status[:, 2] <= day) & (day < of_status[:, 3]), 0]] = 1
            if not np.array_equal(flags, expected):
                person = int(np.flatnonzero(flags != expected)[0])
                say(f"NOT the truth: {what}; {name} of person {person} on {cohort.EPOCH + timedelta(day)}")
                raise SystemExit("nothing is timed")


def native(chosen, people: int, folder: Path, *csv_too: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(w) for w in (chosen.native, "cohort", people, chosen.seed, folder, *csv_too)], check=True)


# --- From CSV to CSV, whole processes ---


def csv_commands(chosen, folder: Path, out: Path, cores: int):
    """Name, title, command and the file of statuses it writes."""
    rules = HERE.parent / "peers.yaml"
    yield "engine", "leavingcare, the command", [chosen.command, "evaluate", "--rules", rules, "--facts", folder, "--threads", cores, "--quiet", "--out", out / "ours"], out / "ours/statuses.csv"
    yield "csv_polars", "polars", [sys.executable, "-B", HERE / "csv_polars.py", folder, out / "polars.csv"], out / "polars.csv"
    yield "csv_duckdb", "DuckDB", [sys.executable, "-B", HERE / "csv_duckdb.py", folder, out / "duckdb.csv", cores], out / "duckdb.csv"


def whole_process(command, cores: int) -> tuple[float, float, float]:
    """Runs a command on so many cores: seconds from start to end, of processor time, and the most memory it held, in MiB."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        env=os.environ | {"POLARS_MAX_THREADS": str(cores)},
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit status {process.returncode}: {' '.join(map(str, command))}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def statuses_in(file: Path) -> set[tuple[str, str, str, str]]:
    with open(file, newline="", encoding="utf-8") as lines:
        return {(row["person"], row["status"], row["from"], row["until"]) for row in csv.DictReader(lines)}


def check_csv(chosen) -> None:
    folder = chosen.work / "check_csv"
    native(chosen, chosen.check_people, folder, "csv")
    expected = {
        (f"p{person}", cohort.STATUSES[status], str(cohort.EPOCH + timedelta(begin)), str(cohort.EPOCH + timedelta(end)))
        for person, status, begin, end in truth.timelines(cohort.read(folder))
    }
    for cores in chosen.cores:
        for _, title, command, file in csv_commands(chosen, folder, fresh(folder / "out"), cores):
            whole_process(command, cores)
            if statuses_in(file) != expected:
                raise SystemExit(f"NOT the truth: {title}, from CSV to CSV; nothing is timed")
            say(f"same as the truth: {title}, from CSV to CSV, {cores} core{'s'[: cores > 1]}")


# --- Timing ---


class Rounds:
    """Everything measured, a row each."""

    def __init__(self, chosen):
        self.rows, self.order, self.rounds = [], random.Random(chosen.seed), chosen.rounds

    def run(self, entries) -> None:
        """`entries`: (labels, measure), where measure gives seconds and seconds of processor time. The first round warms up and is not counted."""
        for number in range(self.rounds + 1):
            self.order.shuffle(entries)
            for labels, measure in entries:
                per_person = [seconds / labels["people"] * 1e6 for seconds in measure()]
                if number:
                    self.rows.append({**labels, "round": number, **dict(zip(("us_per_person", "cpu_us_per_person"), per_person))})
            say(f"round {number} of {self.rounds}" if number else "warm")


def time_in_memory(chosen, rounds: Rounds) -> None:
    workers = []
    for peer, cores in contestants(chosen):
        people = getattr(chosen, peer.size)
        folder = chosen.work / f"cohort_{people}"
        if not (folder / "born.i32").exists():
            native(chosen, people, folder)
        workers.append((Worker(peer, folder, cores, chosen), people))
        say(f"loaded: {peer.title}, {cores} core{'s'[: cores > 1]}, {people} people")
    entries, first = [], {}
    for worker, people in workers:
        for job in worker.peer.jobs:
            labels = {"peer": worker.peer.name, "title": worker.peer.title, "job": job, "cores": worker.cores, "people": people, "lines": lines_of_user_code(worker.peer)}
            words = job_words(job)
            labels["peak_mib"] = round(worker.peak_of(*words))
            labels["above_columns_mib"] = round(labels["peak_mib"] - worker.loaded_mib)
            if job == "timelines":  # the answers that are timed are compared as well
                prefix = fresh(chosen.work / "answers") / "a_"
                worker.keep(prefix)
                found = kept_spans(prefix)
                compare_spans(f"{worker.peer.title}, {people} people, against our own", found, first.setdefault(people, found))
            entries.append((labels, lambda worker=worker, words=words: warm_run(worker, words)))
    rounds.run(entries)
    for worker, _ in workers:
        worker.close()


def warm_run(worker: Worker, words: tuple) -> tuple[float, float]:
    """Does a job. Who is quick does it once before, uncounted: a small cohort would otherwise be measured out of cold caches."""
    took = worker.run(*words)
    return worker.run(*words) if took[0] < 0.2 else took


def time_csv(chosen, rounds: Rounds) -> None:
    folder = chosen.work / f"csv_{chosen.csv_people}"
    if not (folder / "care.csv").exists():
        native(chosen, chosen.csv_people, folder, "csv")
    entries = []
    for cores in chosen.cores:
        out = fresh(folder / f"out_{cores}")
        for name, title, command, file in csv_commands(chosen, folder, out, cores):
            _, _, peak = whole_process(command, cores)
            labels = {"peer": name, "title": title, "job": "csv", "cores": cores, "people": chosen.csv_people, "lines": "", "peak_mib": round(peak), "above_columns_mib": ""}
            entries.append((labels, lambda command=command, cores=cores: whole_process(command, cores)[:2]))
    rounds.run(entries)


def about(chosen) -> dict:
    def installed(package):
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    return {
        **machine(),
        "packages": {package: installed(package) for package in PACKAGES},
        "rounds": chosen.rounds,
        "seed": chosen.seed,
    }


def main() -> None:
    chosen = arguments()
    fresh(chosen.work)
    measured_on = about(chosen)
    check(chosen)
    if chosen.csv_people:
        check_csv(chosen)
    if chosen.check_only:
        return
    rounds = Rounds(chosen)
    time_in_memory(chosen, rounds)
    if chosen.csv_people:
        time_csv(chosen, rounds)
    measured_on["load_at_end"] = os.getloadavg()[0]
    chosen.out.mkdir(parents=True, exist_ok=True)
    with open(chosen.out / "rounds.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(rounds.rows[0]))
        writer.writeheader()
        writer.writerows(rounds.rows)
    (chosen.out / "machine.json").write_text(json.dumps(measured_on, indent=2) + "\n")
    shutil.rmtree(chosen.work)
    say(f"every measurement: {chosen.out / 'rounds.csv'}")


if __name__ == "__main__":
    main()
