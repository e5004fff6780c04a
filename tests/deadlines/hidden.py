#!/usr/bin/env python3
"""Hides tables at random and checks that what the engine still says of deadlines is true whatever the hidden facts are.

    hidden.py --engine build/leavingcare --oracle build/deadlines --facts DIR --as-at DATE [--rounds 20] [--seed 1] [--completions 3]

Each round leaves out some tables (absent means unknown), runs the engine, and compares with the truth of several *completions*: the whole lives
as they were, and lives in which each hidden table is the original one, an empty one, or one in which each person has the rows of another, moved so
that the ages fit. Faults:

  wrong      a row whose state is not unknown that a completion does not have (same person, duty, arose, number, due and state)
  silent     an obligation of a completion of which the engine says nothing: neither that row nor any unknown row of the person and the duty
  unsaid     the state is true, but the day it arose or the last day is blank because it is unknown, and depends_on does not say so
  groundless an unknown row that names no hidden fact in depends_on

Knowing little is no fault; the share of known rows is printed. Exit 1 if there is a fault. (--silent no leaves the second kind out.)
"""

import argparse
import csv
import datetime
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from generate import LAST
from oracle import run_oracle

DAY = datetime.timedelta(days=1)


def read_facts(folder):
    """{table: (header, {person: [row, ...]})} for each CSV in the folder."""
    tables = {}
    for path in sorted(Path(folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            header, people = next(rows), defaultdict(list)
            for row in rows:
                people[row[0]].append(row[1:])
        tables[path.stem] = (header, people)
    return tables


def write_table(folder, name, header, people):
    with open(Path(folder) / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for person, rows in people.items():
            writer.writerows([person] + row for row in rows)


def moved(rows, by):
    """Rows of another life, each date moved; what would lie where working days are no longer known is left out."""
    out = []
    for row in rows:
        new = []
        for cell in row:
            try:
                day = datetime.date.fromisoformat(cell) + by * DAY
            except ValueError:
                new.append(cell)
                continue
            if day > LAST:
                break
            new.append(day.isoformat())
        else:
            out.append(new)
    return out


def other_lives(rng, born, people):
    names, others = list(born), list(born)
    rng.shuffle(others)
    return {a: moved(people.get(b, []), (born[a] - born[b]).days) for a, b in zip(names, others)}


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def identity(row):
    return row["person"], row["duty"], row["arose"], row["number"]


def judgement(row):
    """What is said of an obligation; a last day that lies after its end says nothing."""
    due = row["due"]
    if row["state"] in ("lapsed", "met", "due") and row["ended"] and due >= row["ended"]:
        due = ""
    return row["arose"], row["person"], row["duty"], row["number"], due, row["state"]


def as_written(row):
    return row["arose"], row["person"], row["duty"], row["number"], row["due"], row["state"]


def by_duty(rows):
    out = defaultdict(Counter)
    for row in rows:
        out[row["person"], row["duty"]][judgement(row)] += 1
    return out


def run_engine(arguments, facts, out):
    subprocess.run([arguments.engine, "evaluate", "--rules", arguments.rules, "--facts", facts, "--as-at", arguments.as_at, "--out", out, "--quiet"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--oracle", required=True, help="the deadlines program")
    parser.add_argument("--statuses-by", help="the day_by_day program")
    parser.add_argument("--rules", default="england", help="a rulebook by name, or its folder")
    parser.add_argument("--facts", type=Path, required=True, help="a folder from generate.py")
    parser.add_argument("--as-at", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--completions", type=int, default=3, help="completions a round, the original among them (default 3)")
    parser.add_argument("--hide", action="append", default=[], metavar="TABLE", help="hide these instead of tables chosen at random")
    parser.add_argument("--silent", choices=["yes", "no"], default="yes")
    parser.add_argument("--limit", type=int, default=3, help="faults of each kind to print a round")
    arguments = parser.parse_args()

    tables = read_facts(arguments.facts)
    born = {p: datetime.date.fromisoformat(rows[0][0]) for p, rows in tables["date_of_birth"][1].items()}
    hideable = sorted(set(tables) - {"date_of_birth"})
    faults = Counter()
    for number in range(1, arguments.rounds + 1):
        rng = random.Random(f"{arguments.seed}/{number}")
        hidden = set(arguments.hide or rng.sample(hideable, rng.choice([1, 1, 1, 2, 3, 6])))
        if "died" in hidden and not arguments.hide and rng.random() < 0.7:  # without it little is ever known
            hidden.discard("died")
        if not hidden:
            hidden = {"social_worker_visits"}
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            shown = folder / "shown"
            shown.mkdir()
            for name, (header, people) in tables.items():
                if name not in hidden:
                    write_table(shown, name, header, people)
            run_engine(arguments, shown, folder / "engine")
            engine = read_rows(folder / "engine" / "obligations.csv")
            known = [r for r in engine if r["state"] != "unknown"]
            unknown = [r for r in engine if r["state"] == "unknown"]
            open_questions = {(r["person"], r["duty"]) for r in unknown}
            said = {identity(r) for r in engine}
            undated = {(r["person"], r["duty"]) for r in engine if not r["arose"]}

            found, errors = defaultdict(list), 0
            for r in unknown:
                if not hidden & set(re.findall(r"[a-z_0-9]+", r["depends_on"].lower())):
                    found["groundless"].append(r)
            for trial in range(arguments.completions):
                complete, how = folder / f"completion{trial}", {}
                complete.mkdir()
                for name, (header, people) in tables.items():
                    if name in hidden:
                        how[name] = "original" if trial == 0 else rng.choice(["empty", "other lives", "other lives"])
                        people = {"empty": {}, "original": people}[how[name]] if how[name] in ("empty", "original") else other_lives(rng, born, people)
                    write_table(complete, name, header, people)
                truth = read_rows(run_oracle(arguments.oracle, arguments.statuses_by, complete, arguments.as_at, folder / f"truth{trial}"))
                # What the engine says of these lives when it knows everything. Where that differs from the truth it errs, which is the
                # business of compare.py and not of this test: those people are left out for that duty. Duties that the oracle
                # does not have are held to what the engine itself says when it knows everything.
                run_engine(arguments, complete, folder / f"engine{trial}")
                sure = read_rows(folder / f"engine{trial}" / "obligations.csv")
                duties = {r["duty"] for r in truth}
                truth += [r for r in sure if r["duty"] not in duties]
                said_of_all, true_of_all = by_duty(sure), by_duty(truth)
                errs = {key for key in set(said_of_all) | set(true_of_all) if said_of_all[key] != true_of_all[key]}
                errors += len(errs)
                true = set(map(judgement, truth)) | set(map(as_written, truth))
                states = {judgement(r)[:4] + (r["state"],) for r in truth}   # whatever the last day is
                ever = {(r["person"], r["duty"], r["state"]) for r in truth}  # whenever it arose
                for r in known:
                    if (r["person"], r["duty"]) in errs:
                        continue
                    if judgement(r) in true or as_written(r) in true:
                        continue
                    same = judgement(r)[:4] + (r["state"],) in states if r["arose"] else (r["person"], r["duty"], r["state"]) in ever
                    if not same or r["due"] and r["arose"]:
                        found["wrong"].append({**r, "completion": how})
                    elif not r["depends_on"]:
                        found["unsaid"].append({**r, "completion": how})
                for r in truth:
                    key = r["person"], r["duty"]
                    if arguments.silent == "yes" and key not in errs and identity(r) not in said and key not in open_questions and key not in undated:
                        found["silent"].append({**r, "completion": how})
        for kind, rows in found.items():
            faults[kind] += len(rows)
            print(f"round {number}: {kind}: {len(rows)}: " + ", ".join(f"{d} {n}" for d, n in Counter(r['duty'] for r in rows).most_common(6)))
            for r in rows[: arguments.limit]:
                print("   ", {k: v for k, v in r.items() if v})
        print(f"round {number}: hidden {', '.join(sorted(hidden))}: {len(known)} rows known, {len(unknown)} unknown; {errors} answers left out, as "
              f"wrong with every fact known")
    print(f"{arguments.rounds} rounds; " + (", ".join(f"{n} {k}" for k, n in faults.items()) or "no fault"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
