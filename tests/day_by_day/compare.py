#!/usr/bin/env python3
"""Compares the engine's statuses.csv with that of day_by_day, person by person and day by day.

    compare.py --engine statuses.csv --truth statuses.csv --facts DIR [--limit 20] [--status NAME ...]

For a person without doubtful care (no V4 record, none disputed) every day must agree exactly. For the others the truth is sound
but not complete (see day_by_day.cpp), so only a contradiction is a difference: yes on one side and no on the other; days
where one side knows more than the other are counted and reported, no more. Exit 1 if there is a difference, else 0.
"""

import argparse
import csv
import datetime
import sys
from collections import Counter, defaultdict
from pathlib import Path

from fact_tables import read_facts, records

STATUSES = ["eligible_child", "relevant_child", "former_relevant_child", "qualifying", "personal_adviser"]
FOREVER = datetime.date.max.toordinal()


def ordinal(text):
    return datetime.date.fromisoformat(text).toordinal() if text else FOREVER


def iso(day):
    return "for ever" if day == FOREVER else datetime.date.fromordinal(day).isoformat()


def read_statuses(path):
    """{(person, status): [(from, until, truth), ...]}, sorted."""
    answers = defaultdict(list)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["status"] not in STATUSES:
                continue
            if row["truth"] not in ("yes", "unknown"):
                raise SystemExit(f"{path}: truth is yes or unknown, not {row['truth']!r}")
            if not row["from"]:
                raise SystemExit(f"{path}: a row without a first day: {row}")
            answers[row["person"], row["status"]].append((ordinal(row["from"]), ordinal(row["until"]), row["truth"]))
    for (person, status), rows in answers.items():
        rows.sort()
        for a, b in zip(rows, rows[1:]):
            if a[1] > b[0]:
                raise SystemExit(f"{path}: {person} {status}: rows overlap on {iso(b[0])}")
    return answers


def differences(left, right):
    """The maximal runs of days on which two sorted answers differ: (from, until, left's answer, right's answer)."""
    if left == right:
        return []
    marks = sorted({d for rows in (left, right) for row in rows for d in row[:2]})
    found, i, j = [], 0, 0
    for a, b in zip(marks, marks[1:]):
        while i < len(left) and left[i][1] <= a:
            i += 1
        while j < len(right) and right[j][1] <= a:
            j += 1
        one = left[i][2] if i < len(left) and left[i][0] <= a else "no"
        other = right[j][2] if j < len(right) and right[j][0] <= a else "no"
        if one == other:
            continue
        if found and found[-1][1] == a and found[-1][2:] == (one, other):
            found[-1] = (found[-1][0], b, one, other)
        else:
            found.append((a, b, one, other))
    return found


def doubtful_people(tables):
    header, people = tables["care"]
    code, disputed = header.index("legal_status") - 1, header.index("disputed") - 1 if "disputed" in header else None
    return {p for p, rows in people.items() for row in rows if row[code] == "V4" or (disputed is not None and row[disputed] == "yes")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--facts", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=20, help="people to print (default 20)")
    parser.add_argument("--status", action="append", choices=STATUSES, help="compare only these")
    arguments = parser.parse_args()

    engine, truth, tables = read_statuses(arguments.engine), read_statuses(arguments.truth), read_facts(arguments.facts)
    people = list(tables["date_of_birth"][1])
    doubtful = doubtful_people(tables)
    strangers = sorted({p for p, _ in engine} - set(people))

    wrong, per_status, weaker, stronger = {}, Counter(), 0, 0
    for person in people:
        for status in arguments.status or STATUSES:
            for a, b, one, other in differences(engine.get((person, status), []), truth.get((person, status), [])):
                if person in doubtful and "unknown" in (one, other):
                    weaker += one == "unknown"
                    stronger += other == "unknown"
                    continue
                wrong.setdefault(person, []).append((status, a, b, one, other))
                per_status[status] += 1

    for person in list(wrong)[: arguments.limit]:
        print(f"{person}{' (has doubtful care)' if person in doubtful else ''}")
        for status, a, b, one, other in wrong[person]:
            length = "" if b == FOREVER else f" ({b - a} day{'s' if b - a > 1 else ''})"
            print(f"  {status} from {iso(a)} until {iso(b)}{length}: the engine says {one}, day by day says {other}")
        print(records(tables, person))
    if len(wrong) > arguments.limit:
        print(f"... and {len(wrong) - arguments.limit} more people")
    for stranger in strangers[: arguments.limit]:
        print(f"{stranger}: in the engine's answer, but not in the facts")
    print(f"{len(people)} people, {len(doubtful)} of them with doubtful care: {sum(per_status.values())} differences in {len(wrong)} people"
          + (" (" + ", ".join(f"{s} {n}" for s, n in per_status.most_common()) + ")" if per_status else ""))
    if doubtful:
        print(f"doubtful care: in {weaker} stretches the engine says unknown where day by day knows, in {stronger} the other way about")
    return 1 if wrong or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
