#!/usr/bin/env python3
"""Checks deadlines, or the engine, against lives worked by hand from the statute (hand_worked/; the reasons are in reasoning.md).

    check_hand_worked.py --oracle build/deadlines --statuses-by build/tests/day_by_day
    check_hand_worked.py --engine build/leavingcare [--rules england]

expected.csv holds every row that must come out for a person and a duty, asked on as_at; a row without a number says that the duty never
arises; `*` says nothing about that column; duties that are not named for a person are not asked about.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from oracle import run_oracle

HERE = Path(__file__).resolve().parent / "hand_worked"
COLUMNS = ("number", "arose", "opens", "due", "suggested", "done", "state", "days_late", "ended")


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--oracle", help="the deadlines program")
    which.add_argument("--engine", help="the leavingcare program")
    parser.add_argument("--statuses-by", help="the day_by_day program (with --oracle)")
    parser.add_argument("--holidays", help="the list of bank holidays (with --oracle)")
    parser.add_argument("--rules", default="england", help="a rulebook by name, or its folder")
    arguments = parser.parse_args()

    expected = defaultdict(lambda: defaultdict(list))  # {as_at: {(person, duty): rows}}
    for row in rows_of(HERE / "expected.csv"):
        rows = expected[row["as_at"]][row["person"], row["duty"]]
        if row["number"]:
            rows.append([row[c] for c in COLUMNS])
    people = {row["person"] for row in rows_of(HERE / "facts" / "date_of_birth.csv")}
    if missing := people - {person for asked in expected.values() for person, _ in asked}:
        raise SystemExit(f"nothing is expected of {', '.join(sorted(missing))}")

    checked = wrong = 0
    for as_at, asked in sorted(expected.items()):
        with tempfile.TemporaryDirectory() as out:
            if arguments.oracle:
                found = run_oracle(arguments.oracle, arguments.statuses_by, HERE / "facts", as_at, Path(out), arguments.holidays)
            else:
                subprocess.run([arguments.engine, "evaluate", "--rules", arguments.rules, "--facts", HERE / "facts", "--as-at", as_at, "--out",
                                out, "--quiet"], check=True)
                found = Path(out) / "obligations.csv"
            told = defaultdict(list)
            for row in rows_of(found):
                told[row["person"], row["duty"]].append([row[c] for c in COLUMNS])
        for key, rows in asked.items():
            checked += 1
            got = told.get(key, [])
            if len(got) != len(rows) or any(w not in ("*", g) for want, have in zip(rows, got) for w, g in zip(want, have)):
                wrong += 1
                print(f"{' '.join(key)} as at {as_at}")
                for name, lines in (("by hand", rows), ("found", got)):
                    for line in lines or [["never"]]:
                        print(f"  {name:8}", ", ".join(f"{c} {v}" for c, v in zip(COLUMNS, line) if v and v != "*") if len(line) > 1 else "never")
    print(f"{len(people)} lives, {checked} answers checked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
