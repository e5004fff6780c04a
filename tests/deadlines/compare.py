#!/usr/bin/env python3
"""Compares the engine's obligations.csv with that of deadlines, row by row.

    compare.py --engine obligations.csv --truth obligations.csv [--facts DIR] [--limit 3] [--duty NAME ...] [--ignore COLUMN ...]

Rows belong together by person, duty, arose and number. Per duty it reports how many rows agree, how many differ and in which column, how many
stand on one side only, and the first examples with both rows (with --facts, with the person's records too). A duty that only one side knows
is reported as such. Exit 1 on any difference, else 0.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "day_by_day"))
from fact_tables import read_facts, records  # noqa: E402

KEY = ("person", "duty", "arose", "number")
REST = ("opens", "due", "suggested", "done", "state", "days_late", "ended")


def read_obligations(path):
    """{duty: {key: [values, ...]}}"""
    duties = defaultdict(lambda: defaultdict(list))
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            duties[row["duty"]][tuple(row[c] for c in KEY)].append(tuple(row[c] for c in REST))
    for rows in duties.values():
        for values in rows.values():
            values.sort()
    return duties


def shown(key, values):
    return " ".join(key) + " | " + ", ".join(f"{c} {v}" for c, v in zip(REST, values) if v)


def normal(values):
    """A last day that lies after the end of the duty limits nothing: of such a row only the state counts."""
    row = dict(zip(REST, values))
    if row["state"] in ("lapsed", "met", "due") and row["ended"] and row["due"] >= row["ended"]:
        row["due"] = ""
    return tuple(row[c] for c in REST)


def compare(engine, truth, duties, ignored):
    """Per duty: (agreeing rows, Counter of differing columns, differing rows, only engine, only truth); the rows as (key, a, b)."""
    keep = [i for i, c in enumerate(REST) if c not in ignored]
    result = {}
    for duty in duties:
        agree, columns, differing, extra, lacking = 0, Counter(), [], [], []
        left, right = engine.get(duty, {}), truth.get(duty, {})
        for key in sorted(set(left) | set(right)):
            a, b = left.get(key, []), right.get(key, [])
            for x, y in zip(a, b):
                x, y = normal(x), normal(y)
                wrong = [REST[i] for i in keep if x[i] != y[i]]
                if wrong:
                    columns.update(wrong)
                    differing.append((key, x, y))
                else:
                    agree += 1
            extra += [(key, x, None) for x in a[len(b):]]
            lacking += [(key, None, y) for y in b[len(a):]]
        result[duty] = agree, columns, differing, extra, lacking
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--facts", type=Path, help="print the records of the people in the examples")
    parser.add_argument("--limit", type=int, default=3, help="examples of each kind for each duty (default 3)")
    parser.add_argument("--duty", action="append", help="compare only these")
    parser.add_argument("--ignore", action="append", default=[], choices=REST, help="a column that need not agree")
    arguments = parser.parse_args()

    facts = read_facts(arguments.facts) if arguments.facts else {}
    engine, truth = read_obligations(arguments.engine), read_obligations(arguments.truth)
    wanted = set(arguments.duty or set(engine) | set(truth))
    one_sided = {d: ("engine" if d in engine else "truth") for d in wanted if (d in engine) != (d in truth)}
    result = compare(engine, truth, sorted(wanted - set(one_sided)), set(arguments.ignore))

    failed = bool(one_sided)
    total = 0
    for duty, (agree, columns, differing, extra, lacking) in result.items():
        total += agree
        bad = len(differing) + len(extra) + len(lacking)
        failed |= bad > 0
        told = "" if not bad else f"; {len(differing)} differ" + (f" ({', '.join(f'{c} {n}' for c, n in columns.most_common())})" if columns else "") \
            + f", {len(extra)} only the engine's, {len(lacking)} only the truth's"
        print(f"{duty}: {agree} agree{told}")
        for kind, rows in (("differ", differing), ("only the engine's", extra), ("only the truth's", lacking)):
            for key, a, b in rows[: arguments.limit]:
                print(f"  {kind}:")
                if a:
                    print("    engine " + shown(key, a))
                if b:
                    print("    truth  " + shown(key, b))
                if arguments.facts:
                    print(records(facts, key[0]))
    for duty, side in sorted(one_sided.items()):
        print(f"{duty}: only in the {side}")
    people = {key[0] for _, _, *rows in result.values() for group in rows for key, _, _ in group}
    print(f"{total} rows agree in {len(result)} duties; {sum(len(d) + len(e) + len(t) for _, _, d, e, t in result.values())} do not, in {len(people)} people; "
          f"{len(one_sided)} duties on one side only")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
