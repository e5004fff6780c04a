#!/usr/bin/env python3
"""Random rulebooks over random lives: the engine against a naive day-by-day interpreter that shares no code with it.

    certify.py --command build/leavingcare --seed 1 --rounds 40 [--keep FOLDER] [--avoid NAME ...]
    certify.py --command build/leavingcare --case FOLDER/case.json

See README.md. A failure is made small, written to a folder with what is needed to run it again, and printed. Exit 1 if there was one.
"""

import argparse
import copy
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import checks
from engine import Program, Refused
from lives import hide, whole_lives, write_tables
from rulebooks import OPERATORS, Generator, operators_in, read_table, to_yaml
from shrink import shrink


def new_case(rng, table, met, avoid, people):
    """A rulebook and whole lives, with the readings and the missing figures chosen."""
    book = Generator(rng, table, met, avoid).rulebook()
    lives = whole_lives(rng, book, people)
    chosen = {name: rng.choice(list(r["options"])) for name, r in book["readings"].items() if rng.random() < 0.5}
    figures = {name: rng.choice(["1 week", "2 weeks", "13 weeks"]) if "time" in name else rng.choice(["0", "10", "71.50"])
               for name, p in book["parameters"].items() if p["values"] == "missing"}
    as_at = rng.choice(["2012-01-31", "2014-04-01", "2016-02-29", "2018-06-15", "2021-01-01"])
    return {"book": book, "lives": lives, "shown": None, "chosen": chosen, "figures": figures, "as_at": as_at, "seed": rng.randrange(10**9)}


def with_hidden(rng, case):
    case = copy.deepcopy(case)
    case["shown"] = hide(rng, case["book"], case["lives"])
    case["figures"] = {name: figure for name, figure in case["figures"].items() if rng.random() < 0.5}
    return case


CHECKS = {"truths": checks.check_truths, "indicators": checks.check_indicators, "itself": checks.check_itself, "explain": checks.check_explain}


def differences(program, case, check, work, tally=None):
    """What a check finds; that the program refuses a case is a difference too."""
    tally = Counter() if tally is None else tally
    try:
        if check == "explain" and case.get("rule"):
            return CHECKS[check](program, case, work, tally, how_many=4)
        if check in ("truths", "indicators") and case.get("rule"):
            return CHECKS[check](program, case, work, tally, rules=[case["rule"]], count=12)
        return CHECKS[check](program, case, work, tally)
    except Refused as refused:
        return [("refused", None, None, str(refused))]


def small(program, case, check, difference, work, seconds):
    """The case made small, with the difference that is left of it."""
    kind, person, rule, _ = difference
    case = copy.deepcopy(case)
    if rule:
        case["rule"] = rule
        if person:
            case["person"] = person

    def fails(smaller):
        try:
            found = differences(program, smaller, check, work)
        except Exception:  # a part that something else needed was taken away
            return False
        return any(f[0] == kind and f[2] == rule for f in found)

    if "rule" in case and fails(case):
        case = shrink(case, fails, seconds)
    left = [f for f in differences(program, case, check, work) if f[0] == kind and f[2] == rule] or [difference]
    return case, left[0]


def tell(case, check, difference, folder, command):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rulebook.yaml").write_text(to_yaml(case["book"]), encoding="utf-8")
    write_tables(case["shown"] or case["lives"], case["book"], folder / "facts")
    (folder / "case.json").write_text(json.dumps({**case, "check": check}, indent=1), encoding="utf-8")
    kind, person, rule, words = difference
    print(f"\nDIFFERENCE ({check}: {kind}) person {person}, rule {rule}\n  {words}")
    text = (folder / "rulebook.yaml").read_text(encoding="utf-8")
    if len(text) < 6000:
        print("  " + "\n  ".join(line for line in text.splitlines() if not re.match(r"(rulebook|summary|conventions):", line)))
        for table in sorted((folder / "facts").glob("*.csv")):
            print(f"  {table.name}: {' | '.join(table.read_text(encoding='utf-8').splitlines())}")
    print(f"  readings {case['chosen']}; parameters {case['figures']}; drawn on {case.get('as_at')}")
    print(f"  again: certify.py --command {command} --case {folder}/case.json\n", flush=True)


def summary(rounds, tally, met, table, seconds):
    print(f"{rounds} rounds in {seconds:.0f} s")
    for key, count in tally.items():
        print(f"  {' - '.join(key) if isinstance(key, tuple) else key}: {count}")
    pairs = {k for k in met if k[0] == "pair"}
    print(f"operators met, by how often they stood in a rulebook ({len(pairs)} different nestings, counting what stands directly in what):")
    line = "  " + ", ".join(f"{name} {met['operator', name]}" for name in table)
    while len(line) > 150:
        cut = line.rfind(", ", 0, 150)
        print(line[:cut + 1])
        line = "  " + line[cut + 2:]
    print(line)
    return [name for name in table if not met["operator", name]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--command", required=True, help="the program, e.g. build/leavingcare")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=None, help="stop after this time, even if there are rounds left")
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--keep", type=Path, default=Path("certify-failures"), help="where failures are written")
    parser.add_argument("--avoid", action="append", default=[], help="an operator, or begins_anew, to leave out")
    parser.add_argument("--shrink", type=float, default=60, help="seconds to spend on making a failure small")
    parser.add_argument("--failures", type=int, default=3, help="stop after so many")
    parser.add_argument("--shrink-saved", action="store_true", help="with --case: make it smaller once more")
    parser.add_argument("--case", type=Path, help="run one saved case again")
    arguments = parser.parse_args()
    program = Program(arguments.command)

    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / "work"
        if arguments.case:
            case = json.loads(arguments.case.read_text(encoding="utf-8"))
            found = differences(program, case, case["check"], work)
            for kind, person, rule, words in found:
                print(f"{kind}: person {person}, rule {rule}: {words}")
            print(f"{len(found)} differences")
            if found and arguments.shrink_saved:
                case, left = small(program, case, case["check"], found[0], work, arguments.shrink)
                tell(case, case["check"], left, arguments.keep / "smaller", arguments.command)
            return 1 if found else 0

        table = read_table(program.operators())
        met, tally, failures = Counter(), Counter(), 0
        began, rounds = time.monotonic(), 0
        for number in range(1, arguments.rounds + 1):
            if arguments.seconds and time.monotonic() - began > arguments.seconds:
                break
            rng = random.Random(f"{arguments.seed}/{number}")
            case = new_case(rng, table, met, arguments.avoid, arguments.people)
            hidden = with_hidden(rng, case)
            for check, one in (("truths", case), ("truths", hidden), ("indicators", case), ("indicators", hidden), ("itself", hidden if number % 2 else case),
                               ("explain", case if number % 2 else hidden)):
                found = differences(program, one, check, work, tally)
                if found:
                    failures += 1
                    smaller, left = small(program, one, check, found[0], work, arguments.shrink)
                    tell(smaller, check, left, arguments.keep / f"seed{arguments.seed}_round{number}_{check}", arguments.command)
                    break
            rounds = number
            if number % 10 == 0 or failures:
                print(f"  {number} of {arguments.rounds} rounds, {failures} failures, {time.monotonic() - began:.0f} s", flush=True)
            if failures >= arguments.failures:
                break
        unmet = summary(rounds, tally, met, table, time.monotonic() - began)
        if unmet and not arguments.avoid and rounds >= 40:
            print(f"never met: {', '.join(unmet)}")
            return 1
        print(f"{failures} failures")
        return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
