#!/usr/bin/env python3
"""Checks day_by_day itself against lives worked by hand from the written positions (hand_worked/; the reasons are in reasoning.md).

    check_hand_worked.py --oracle build/day_by_day
    check_hand_worked.py --oracle "build/leavingcare" --rules england      (the engine takes the same test)

expected.csv holds every row that must come out for a person under a reading (blank: the defaults); a row with a blank status says
that the person is asked about under that reading, so that "no rows at all" can be expected too.
"""

import argparse
import csv
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import STATUSES, differences, iso, ordinal, read_statuses

HERE = Path(__file__).resolve().parent / "hand_worked"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--rules", default="england")
    arguments = parser.parse_args()

    expected = {}  # {reading: {person: {status: rows}}}
    with open(HERE / "expected.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            statuses = expected.setdefault(row["reading"], {}).setdefault(row["person"], {})
            if row["status"]:
                statuses.setdefault(row["status"], []).append((ordinal(row["from"]), ordinal(row["until"]), row["truth"]))
    with open(HERE / "facts" / "date_of_birth.csv", newline="", encoding="utf-8") as file:
        people = [row["person"] for row in csv.DictReader(file)]
    if missing := set(people) - set(expected[""]):
        raise SystemExit(f"nothing is expected of {', '.join(sorted(missing))}")

    wrong = checked = 0
    for reading, lives in expected.items():
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([*shlex.split(arguments.oracle), "evaluate", "--rules", arguments.rules, "--facts", HERE / "facts", "--out", out]
                           + (["--reading", reading] if reading else []), check=True)
            found = read_statuses(Path(out) / "statuses.csv")
        for person, statuses in lives.items():
            checked += 1
            faults = [(status, *fault) for status in STATUSES
                      for fault in differences(found.get((person, status), []), sorted(statuses.get(status, [])))]
            if faults:
                wrong += 1
                print(f"{person}{' with ' + reading if reading else ''}")
            for status, a, b, one, other in faults:
                print(f"  {status} from {iso(a)} until {iso(b)}: the program says {one}, by hand it is {other}")
    print(f"{len(people)} lives, {checked} answers checked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
