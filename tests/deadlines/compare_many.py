#!/usr/bin/env python3
"""Engine against deadlines on many generated lives and several days.

    compare_many.py --engine build/leavingcare --oracle build/deadlines [--people 2000] [--seed 1 ...] [--as-at DATE ...] [--limit 2]

Prints for each duty how many rows were compared and how many differ, the first examples of each, and ends with "N passed, N failed": one for each
duty. Exit 1 if anything differs.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from compare import REST, compare, read_facts, read_obligations, records, shown
from oracle import HERE, run_oracle

# Not in the list that deadlines was written from; the rulebook's scenarios hold them.
NOT_COVERED = {"review_before_accommodation_ends", "review_before_custody_ends", "review_before_police_or_remand_accommodation_ends"}

DAYS = ["2011-04-01", "2013-04-26", "2015-04-01", "2018-04-02", "2020-09-25", "2020-09-26", "2024-03-31", "2026-11-25"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--oracle", required=True, help="the deadlines program")
    parser.add_argument("--statuses-by", help="the day_by_day program")
    parser.add_argument("--rules", default="england", help="a rulebook by name, or its folder")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--as-at", action="append")
    parser.add_argument("--ignore", action="append", default=[], choices=REST)
    parser.add_argument("--limit", type=int, default=2, help="examples for each duty")
    parser.add_argument("--keep", type=Path, help="keep the lives and the answers in this folder")
    arguments = parser.parse_args()

    agree, columns, bad, examples, one_sided = Counter(), {}, Counter(), {}, set()
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.keep or Path(name)
        for seed in arguments.seed or [1]:
            facts = folder / f"lives_{seed}"
            subprocess.run([sys.executable, HERE / "generate.py", "--seed", str(seed), "--people", str(arguments.people), "--out", facts], check=True)
            for path in (folder / f"truth_{seed}").glob("statuses.csv"):
                path.unlink()
            for as_at in arguments.as_at or DAYS:
                truth = run_oracle(arguments.oracle, arguments.statuses_by, facts, as_at, folder / f"truth_{seed}")
                out = folder / f"engine_{seed}_{as_at}"
                subprocess.run([arguments.engine, "evaluate", "--rules", arguments.rules, "--facts", facts, "--as-at", as_at, "--out", out, "--quiet"],
                               check=True)
                left, right = read_obligations(out / "obligations.csv"), read_obligations(truth)
                one_sided |= {(d, "engine" if d in left else "truth") for d in set(left) ^ set(right)}
                for duty, (n, which, differing, extra, lacking) in compare(left, right, sorted(set(left) & set(right)), set(arguments.ignore)).items():
                    agree[duty] += n
                    columns.setdefault(duty, Counter()).update(which)
                    columns[duty].update({"only the engine's": len(extra), "only the truth's": len(lacking)})
                    bad[duty] += len(differing) + len(extra) + len(lacking)
                    kept = examples.setdefault(duty, [])
                    for key, a, b in (differing[:2] + extra[:2] + lacking[:2]):
                        if len(kept) < arguments.limit:
                            kept.append((seed, as_at, key, a, b, records(read_facts(facts), key[0]) if arguments.keep else ""))
    for duty in sorted(agree):
        told = ", ".join(f"{c} {n}" for c, n in columns[duty].most_common() if n)
        print(f"{duty}: {agree[duty]} agree, {bad[duty]} do not" + (f" ({told})" if told else ""))
        for seed, as_at, key, a, b, life in examples[duty]:
            print(f"  seed {seed}, as at {as_at}:")
            print("    engine " + (shown(key, a) if a else "has no such row: " + " ".join(key)))
            print("    truth  " + (shown(key, b) if b else "has no such row: " + " ".join(key)))
            if life:
                print(life)
    for duty in sorted(NOT_COVERED & {duty for duty, _ in one_sided}):
        print(f"{duty}: not compared")
    one_sided = {(duty, side) for duty, side in one_sided if duty not in NOT_COVERED}
    for duty, side in sorted(one_sided):
        print(f"{duty}: only in the {side}")
    failed = sum(1 for d in agree if bad[d]) + len(one_sided)
    print(f"{sum(agree.values())} rows agree, {sum(bad.values())} do not")
    print(f"{sum(1 for d in agree if not bad[d])} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
