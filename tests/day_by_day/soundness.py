#!/usr/bin/env python3
"""Hides facts at random and checks that what the engine still says is true whatever the hidden facts are.

    soundness.py --command build/leavingcare --rules england --facts DIR --oracle day_by_day --seed N --rounds K

Each round drops whole tables (an absent table means unknown) and marks some care records disputed, runs

    COMMAND evaluate --rules RULES --facts HIDDEN --out OUT

and compares with the truth of several *completions* of what was hidden. A completion puts a table in place of each dropped one
(the first completion: the original; else the original, an empty one, or one in which each person has the rows of another life, moved so that
the ages fit), and decides each doubtful care record (the first completion: as it was before it was marked; else kept, left out, or kept on
some of its days; a V4 record becomes V3 stays). A "yes" or "no" of the engine that any completion contradicts is a
fault. "Unknown" is never a fault here, but its share is printed, so that an engine that never knows is not taken for a sound one.

It is a sample: it can show that the engine says too much, not that it never does.
"""

import argparse
import datetime
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import STATUSES, differences, iso, read_statuses
from fact_tables import DAY, births, other_lives, read_facts, records, write_table


def some_days(rng, row, code):
    """The record on some of its days only: up to four stretches."""
    start = datetime.date.fromisoformat(row[0])
    until = datetime.date.fromisoformat(row[1]) if row[1] else start + 2500 * DAY
    length = (until - start).days
    if length <= 0:
        return [row]
    cuts = sorted(rng.randrange(length + 1) for _ in range(2 * rng.randint(1, 4)))
    pieces = []
    for a, b in zip(cuts[::2], cuts[1::2]):
        if a < b:
            piece = list(row)
            piece[0], piece[1], piece[code] = (start + a * DAY).isoformat(), (start + b * DAY).isoformat(), row[code]
            pieces.append(piece)
    return pieces


def settle(rng, header, people):
    """A completion of doubtful care: no V4 record and no disputed one is left."""
    code, disputed = header.index("legal_status") - 1, header.index("disputed") - 1
    settled = {}
    for person, rows in people.items():
        out = []
        for row in rows:
            row = list(row)
            v4 = row[code] == "V4"
            doubt = v4 or row[disputed] == "yes"
            row[disputed] = "no"
            if v4:
                row[code] = "V3"
            if not doubt:
                out.append(row)
                continue
            how = rng.randrange(3)
            if how == 0:
                out.append(row)
            elif how == 1:
                out += some_days(rng, row, code)
        settled[person] = out
    return settled


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stderr[-4000:])
        raise SystemExit(f"soundness: exit {done.returncode} from: {shlex.join(map(str, command))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--command", required=True, help="the engine, e.g. build/leavingcare")
    parser.add_argument("--rules", default="england")
    parser.add_argument("--facts", type=Path, required=True, help="a folder from generate_lives.py")
    parser.add_argument("--oracle", default=None, help="the day_by_day program (default: build/day_by_day)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--completions", type=int, default=6, help="completions a round (default 6)")
    parser.add_argument("--keep-tables", action="store_true", help="drop no table; only mark records disputed")
    parser.add_argument("--reading", action="append", default=[], metavar="NAME=OPTION", help="given to both")
    parser.add_argument("--limit", type=int, default=5, help="faults to print a round")
    arguments = parser.parse_args()
    oracle = arguments.oracle or "build/day_by_day"
    readings = [a for r in arguments.reading for a in ("--reading", r)]

    tables = read_facts(arguments.facts)
    born = births(tables)
    faults = 0
    for number in range(1, arguments.rounds + 1):
        rng = random.Random(f"{arguments.seed}/{number}")
        hideable = sorted(set(tables) - {"date_of_birth"})
        hidden = set() if arguments.keep_tables else set(rng.sample(hideable, rng.choice([0, 1, 1, 2, 3, 6])))
        if "died" in hidden and rng.random() < 0.7:  # without it nothing is ever "yes"
            hidden.discard("died")
        share = rng.choice([0, 0.05, 0.3])
        care_header, care = tables["care"]
        disputed = care_header.index("disputed") - 1
        marked = {}
        for person, rows in care.items():
            marked[person] = [list(row) for row in rows]
            for row in marked[person]:
                if rng.random() < share:
                    row[disputed] = "yes"

        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            shown = folder / "hidden"
            shown.mkdir()
            for name, (header, people) in tables.items():
                if name not in hidden:
                    write_table(shown, name, header, marked if name == "care" else people)
            run([*shlex.split(arguments.command), "evaluate", "--rules", arguments.rules, "--facts", shown, "--out", folder / "engine", *readings])
            engine = read_statuses(folder / "engine" / "statuses.csv")
            known = unknown = 0
            for person in born:
                for status in STATUSES:
                    truths = {t for _, _, t in engine.get((person, status), [])}
                    unknown += "unknown" in truths
                    known += "unknown" not in truths

            told, wrong = 0, []
            for trial in range(arguments.completions):
                complete, how = folder / f"completion{trial}", {}
                complete.mkdir()
                for name, (header, people) in tables.items():
                    if name in hidden:
                        how[name] = "original" if trial == 0 else rng.choice(["original", "empty", "other lives", "other lives"])
                        people = (other_lives(rng, born, people) if how[name] == "other lives" else
                                  {} if how[name] == "empty" else people)
                    elif name == "care" and trial > 0:
                        people = marked
                    if name == "care":  # the first time, only the records that were doubtful all along are settled
                        people = settle(rng, header, people)
                    write_table(complete, name, header, people)
                run([oracle, "--facts", complete, "--out", complete / "out", *readings])
                truth = read_statuses(complete / "out" / "statuses.csv")
                for person in born:
                    for status in STATUSES:
                        for a, b, one, other in differences(engine.get((person, status), []), truth.get((person, status), [])):
                            if "unknown" in (one, other):
                                continue
                            told += 1
                            if len(wrong) < arguments.limit:
                                wrong.append((person, status, a, b, one, other, how, read_facts(complete)))
            for person, status, a, b, one, other, how, facts in wrong:
                print(f"round {number}: {person} {status} from {iso(a)} until {iso(b)}: the engine says {one}, a completion says {other}")
                print(f"  hidden: {', '.join(sorted(hidden)) or 'no table'}; completed: {how or 'care records only'}")
                print("  as shown to the engine:")
                print(records({n: t for n, t in read_facts(shown).items()}, person))
                print("  the completion:")
                print(records(facts, person))
            faults += told
            print(f"round {number}: hidden {', '.join(sorted(hidden)) or 'no table'}; {share:.0%} of care disputed; "
                  f"{known} answers known on every day, {unknown} not; {told} contradicted")
    print(f"{arguments.rounds} rounds, {faults} contradictions")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
