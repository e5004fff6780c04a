#!/usr/bin/env python3
"""Hides tables at random and checks that what the engine still says of deadlines is true whatever the hidden facts are.

    hidden.py --engine build/leavingcare --oracle build/deadlines --facts DIR --as-at DATE [--rounds 20] [--seed 1] [--completions 3]
    hidden.py --engine build/leavingcare --oracle build/deadlines --people 120 --lives 50

The second form makes the lives itself, from that seed. Each round leaves out some tables (absent means unknown), marks some rows `certain: no` and says
of some people that a table is complete on some days only (recorded.csv); runs the engine, and compares with the truth of several *completions*: the lives
as they were, and lives in which each hidden table is the original one, an empty one, or one in which each person has the rows of another, moved so
that the ages fit; in which each uncertain row is there or is not; and in which the days not recorded hold the rows of another. Faults:

  wrong      a row whose state is not unknown that a completion does not have: the same person, duty and state, and all else that the row says
  silent     an obligation of a completion that no row can be: see `Covered`
  unsaid     the state is true, but something that the completion knows is blank, and depends_on does not say why
  groundless an unknown row that names no hidden fact in depends_on

Knowing little is no fault; the share of known rows is printed. Exit 1 if there is a fault.
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

from compare import REST
from generate import LAST
from oracle import HERE, run_oracle

sys.path.append(str(HERE.parent / "day_by_day"))
from fact_tables import births, other_lives, read_facts, records, write_table  # noqa: E402

SETTLED_BY_ITS_END = ("lapsed", "met", "due")


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_duty(rows):
    out = defaultdict(list)
    for row in rows:
        out[row["person"], row["duty"]].append(row)
    return out


def limits_nothing(row, due):
    """True of a last day on or after the end of the duty, which says nothing."""
    return bool(row["state"] in SETTLED_BY_ITS_END and row["ended"] and due and due >= row["ended"])


def whole(row):
    due = "" if limits_nothing(row, row["due"]) else row["due"]
    return row["arose"], row["number"], due, *(row[c] for c in REST if c != "due")


def compared(said, true):
    """How a row of the engine and one of a completion agree: "wrong", "unsaid" or None."""
    open_question, blank = bool(said["depends_on"]), False
    if said["state"] != true["state"]:
        return "wrong"
    if int(said["number"]) != int(true["number"]) and not (open_question and int(said["number"]) < int(true["number"])):
        return "wrong"  # where depends_on is filled in, the number counts the doings that are known
    for column in ("arose", "opens", "due", "suggested", "done", "days_late", "ended"):
        one, other = said[column], true[column]
        if one == other or column == "due" and limits_nothing(true, other or one) and (not one or limits_nothing(true, one)):
            continue
        if one:
            return "wrong"
        blank = blank or column not in ("ended",)  # until when it is owed is often not known, and seldom matters
    return "unsaid" if blank and not open_question else None


def agreement(said, truths):
    """How a row agrees with the best of a completion's."""
    found = {compared(said, true) for true in truths}
    return None if None in found else "unsaid" if "unsaid" in found else "wrong"


class Covered:
    """What the rows of one person and one duty leave room for."""

    def __init__(self, rows):
        self.numbers = {(r["arose"], r["number"]) for r in rows if r["arose"]}
        last = {r["arose"]: r for r in rows if r["arose"]}
        self.open_end = {arose for arose, r in last.items() if r["depends_on"]}  # how often is not known
        self.anything = any(not r["arose"] and r["state"] == "unknown" for r in rows)
        self.undated = [r for r in rows if not r["arose"] and r["state"] != "unknown"]  # each stands for one

    def take(self, true):
        if self.anything or (true["arose"], true["number"]) in self.numbers or true["arose"] in self.open_end:
            return True
        for r in self.undated:
            if r["state"] == true["state"] and int(r["number"]) <= int(true["number"]):
                self.undated.remove(r)
                return True
        return False


class Round:
    """What is hidden in one round."""

    def __init__(self, rng, tables, born, only):
        self.rng, self.tables, self.born = rng, tables, born
        others = sorted(set(tables) - {"date_of_birth"})
        self.hidden = set(only or rng.sample(others, rng.choice([0, 1, 1, 2, 3, 6])))
        self.doubt = {} if only else {name: rng.choice([0.05, 0.3]) for name in rng.sample(others, rng.choice([0, 1, 3]))}
        self.partly = set() if only else set(rng.sample(others, rng.choice([0, 0, 1, 3])))
        if not only and rng.random() < 0.7:  # where it is not known who died, little is ever known
            self.hidden.discard("died")
            self.doubt.pop("died", None)
            self.partly.discard("died")
        if not self.hidden and not self.doubt and not self.partly:
            self.hidden = {"social_worker_visits"}
        self.doubt = {name: share for name, share in self.doubt.items() if name not in self.hidden}
        self.partly -= self.hidden | set(self.doubt)
        self.marked = {name: {(p, i) for p, rows in tables[name][1].items() for i in range(len(rows)) if rng.random() < share}
                       for name, share in self.doubt.items()}
        self.recorded = {(name, p): self.some_days(p) for name in sorted(self.partly) for p in born if rng.random() < 0.5}

    def __str__(self):
        told = [f"hidden {', '.join(sorted(self.hidden))}"] if self.hidden else []
        told += [f"{share:.0%} of {name} uncertain" for name, share in sorted(self.doubt.items())]
        told += [f"{name} recorded in part" for name in sorted(self.partly)]
        return "; ".join(told)

    def concerned(self):
        return self.hidden | set(self.doubt) | self.partly

    def some_days(self, person):
        """From some day on, or until some day, or both."""
        a, b = sorted(self.born[person] + datetime.timedelta(days=self.rng.randrange(14 * 365, 26 * 365)) for _ in range(2))
        return self.rng.choice([("", b.isoformat()), (a.isoformat(), ""), (a.isoformat(), b.isoformat())])

    def show(self, folder):
        for name, (header, people) in self.tables.items():
            if name in self.doubt:
                marks = self.marked[name]
                write_table(folder, name, header + ["certain"],
                            {p: [row + ["no" if (p, i) in marks else ""] for i, row in enumerate(rows)] for p, rows in people.items()})
            elif name not in self.hidden:
                write_table(folder, name, header, people)
        if self.recorded:
            everywhere = {(name, p): ("", "") for name in self.partly for p in self.born if (name, p) not in self.recorded}
            with open(folder / "recorded.csv", "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(["person", "fact", "from", "until"])
                writer.writerows([p, name, *days] for (name, p), days in {**self.recorded, **everywhere}.items())

    def complete(self, folder, original):
        """Writes a completion, and says how it was made."""
        how = {}
        for name, (header, people) in self.tables.items():
            if name in self.concerned():
                how[name] = "original" if original else self.rng.choice(["empty", "other lives", "other lives"])
            if how.get(name, "original") != "original":
                filled = {} if how[name] == "empty" else other_lives(self.rng, self.born, people, LAST)
                if name in self.doubt:
                    marks, keep = self.marked[name], 0.0 if how[name] == "empty" else 0.5
                    people = {p: [row for i, row in enumerate(rows) if (p, i) not in marks or self.rng.random() < keep] for p, rows in people.items()}
                elif name in self.partly:
                    people = {p: self.joined(header, name, p, people.get(p, []), filled.get(p, [])) for p in self.born}
                else:
                    people = filled
            write_table(folder, name, header, people)
        return how

    def joined(self, header, name, person, rows, others):
        """The rows on the days recorded, and another's on the days that are not."""
        if (name, person) not in self.recorded:
            return rows
        a, b = self.recorded[name, person]
        a, b = a or "0001-01-01", b or "9999-12-31"
        if header[1] == "on":
            return [row for row in rows if a <= row[0] < b] + [row for row in others if not a <= row[0] < b]
        def clipped(row, first, end):
            until = min(row[1] or "9999-12-31", end)
            return [[max(row[0], first), "" if until == "9999-12-31" else until, *row[2:]]] if max(row[0], first) < until else []
        found = [piece for row in rows for piece in clipped(row, a, b)]
        return found + [piece for row in others for piece in clipped(row, "0001-01-01", a) + clipped(row, b, "9999-12-31")]


def run_engine(arguments, facts, out):
    subprocess.run([arguments.engine, "evaluate", "--rules", arguments.rules, "--facts", facts, "--as-at", arguments.as_at, "--out", out, "--quiet"], check=True)
    return by_duty(read_rows(out / "obligations.csv"))


def truth_of(arguments, facts, folder):
    """The obligations of lives of which everything is known. Duties that the oracle does not have, and the people of whom the engine then says
    something else than the oracle (which is the business of compare.py), are held to what the engine itself says. Also: how many the latter are."""
    engine = run_engine(arguments, facts, folder / "engine")
    truth = by_duty(read_rows(run_oracle(arguments.oracle, arguments.statuses_by, facts, arguments.as_at, folder / "truth")))
    known = {duty for _, duty in truth}
    differ = {key for key in set(engine) | set(truth) if key[1] in known and Counter(map(whole, engine[key])) != Counter(map(whole, truth[key]))}
    return {key: engine[key] if key[1] not in known or key in differ else truth[key] for key in set(engine) | set(truth)}, len(differ)


def check(arguments, number, tables, born):
    """The faults of one round, {kind: [(row, completion)]}, and what to say of it."""
    hiding = Round(random.Random(f"{arguments.seed}/{number}"), tables, born, arguments.hide)
    found, errors = defaultdict(list), 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "shown").mkdir()
        hiding.show(folder / "shown")
        engine = run_engine(arguments, folder / "shown", folder / "engine")
        rows = [r for of_duty in engine.values() for r in of_duty]
        known = [r for r in rows if r["state"] != "unknown"]
        for r in rows:
            if r["state"] == "unknown" and not hiding.concerned() & set(re.findall(r"[a-z_0-9]+", r["depends_on"])):
                found["groundless"].append((r, None))
        for trial in range(arguments.completions):
            facts = folder / f"completion{trial}"
            facts.mkdir()
            how = hiding.complete(facts, original=trial == 0)
            truth, differ = truth_of(arguments, facts, folder / f"truth{trial}")
            errors += differ
            for r in known:
                fault = agreement(r, truth.get((r["person"], r["duty"]), []))
                if fault:
                    found[fault].append((r, how))
            for key, true in truth.items():
                covered = Covered(engine.get(key, []))
                found["silent"] += [(r, how) for r in true if not covered.take(r)]
            if arguments.records and any(found.values()):
                for r, _ in [faults[0] for faults in found.values() if faults]:
                    print(f"{r['person']} in completion {trial}:\n" + records(read_facts(facts), r["person"]))
    return found, f"{hiding}: {len(known)} rows known, {len(rows) - len(known)} unknown" + (f"; {errors} answers where the oracle differs" if errors else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--oracle", required=True, help="the deadlines program")
    parser.add_argument("--statuses-by", help="the day_by_day program")
    parser.add_argument("--rules", default="england", help="a rulebook by name, or its folder")
    parser.add_argument("--facts", type=Path, help="a folder from generate.py")
    parser.add_argument("--lives", type=int, default=1, help="without --facts: the seed of the lives")
    parser.add_argument("--people", type=int, default=120, help="without --facts: how many")
    parser.add_argument("--as-at", default="2024-03-31")
    parser.add_argument("--seed", type=int, default=1, help="of what is hidden")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the number of the first round, to see one again")
    parser.add_argument("--completions", type=int, default=3, help="completions a round, the original among them (default 3)")
    parser.add_argument("--hide", action="append", default=[], metavar="TABLE", help="hide these, and nothing else, instead of what chance would")
    parser.add_argument("--limit", type=int, default=3, help="faults of each kind to print a round")
    parser.add_argument("--records", action="store_true", help="print the records of the first person with a fault")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        facts = arguments.facts or Path(folder)
        if not arguments.facts:
            subprocess.run([sys.executable, "-B", HERE / "generate.py", "--seed", str(arguments.lives), "--people", str(arguments.people), "--out", facts], check=True)
        tables = read_facts(facts)
    born, faults = births(tables), Counter()
    for number in range(arguments.first, arguments.first + arguments.rounds):
        found, told = check(arguments, number, tables, born)
        for kind, rows in found.items():
            if not rows:
                continue
            faults[kind] += len(rows)
            print(f"round {number}: {kind}: {len(rows)}: " + ", ".join(f"{d} {n}" for d, n in Counter(r["duty"] for r, _ in rows).most_common(6)))
            for r, how in rows[: arguments.limit]:
                print("   ", {k: v for k, v in r.items() if v}, how)
        print(f"round {number}: {told}", flush=True)
    print(f"{arguments.rounds} rounds; " + (", ".join(f"{n} {k}" for k, n in faults.items()) or "no fault"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
