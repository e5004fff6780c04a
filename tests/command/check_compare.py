#!/usr/bin/env python3
"""What `leavingcare compare` finds, and whether it is so.

    check_compare.py --command PATH

The rules of comparisons/fenland.yaml differ from England's in known ways; comparisons/marshland.yaml is a second council.
The verdict of each must be found whatever the seed. Nothing recorded is trusted: each counter-example is written to a case
file and evaluated by `leavingcare evaluate`, and the two rules must differ on the days that were named, in the way that was named, and no
longer differ so without any one of the records that were shown. Only the standard library is used.
"""

import argparse
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
FENLAND = TESTS / "comparisons" / "fenland.yaml"
MARSHLAND = TESTS / "comparisons" / "marshland.yaml"
SEEDS = (1, 2, 3)
LONGEST = 20  # seconds for a comparison of all rules

# rule -> verdict, the day since which it is outdated, what its counter-examples must show
KNOWN = {
    "fenland_adviser_as_in_law": ("same", None, set()),
    "fenland_adviser_from_17_and_a_half": ("less generous", None, {"less generous"}),
    "fenland_adviser_to_25": ("more generous", None, {"more generous"}),
    "fenland_adviser_as_in_2016": ("outdated", "2018-04-01", {"outdated"}),
    "fenland_adviser_to_21_or_25": ("different", "2018-04-01", {"less generous", "more generous", "outdated"}),
    "fenland_home_grant": ("outdated", "2023-04-01", {"outdated"}),
    "fenland_home_grant_up_to_2000": ("less generous", "2023-04-01", {"less generous", "outdated"}),
    "fenland_adviser_proposed": ("not in force", None, {"more generous"}),
    "fenland_relevant_without_13_weeks": ("more generous", None, {"more generous"}),
    "fenland_review_in_accommodation": ("less generous", None, {"less generous"}),
    "fenland_pathway_plan_review": ("same", None, set()),
    "fenland_visits_monthly": ("more generous", None, {"more generous"}),
}


class Checks:
    def __init__(self, command, temp):
        self.command, self.temp = command, temp
        self.passed = self.failed = 0

    def that(self, good, claim, why=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print("FAILED  " + claim)
            for line in str(why).rstrip().splitlines()[:12]:
                print("        " + line)

    def run(self, *words):
        done = subprocess.run([self.command, *map(str, words)], capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout, done.stderr

    def tables(self, facts, rules, as_at=None):
        """The rows of each table for one life."""
        case, out = self.temp / "case.yaml", self.temp / "out"
        case.write_text("person: x\nrest: none\nfacts:\n" + "".join("  " + line + "\n" for line in facts))
        when = ["--as-at", as_at] if as_at else []
        code, said, err = self.run("evaluate", "--rules", rules, "--case", case, "--out", out, "--quiet", *when)
        if code != 0:
            raise AssertionError("evaluate: " + err)
        return {name: list(csv.DictReader(io.StringIO((out / (name + ".csv")).read_text()))) for name in ("statuses", "entitlements", "obligations")}

    def on(self, tables, rule, day):
        """What a rule gives on a day: 0 for nothing, else the amount or 1; for a duty, whether it is broken."""
        for row in tables["entitlements"] + tables["statuses"]:
            name = row.get("entitlement") or row.get("status")
            if name == rule and row["truth"] == "yes" and (not row["from"] or row["from"] <= day) and (not row["until"] or day < row["until"]):
                return float(row.get("amount") or 1)
        broken = 0
        for row in tables["obligations"]:
            if row["duty"] == rule and row["due"] and row["due"] < day and row["state"] in ("overdue", "met late") and (not row["done"] or day < row["done"]) and (
                    not row["ended"] or day < row["ended"]):
                broken = 1
        return float(broken)


def without_each(facts):
    """The facts without each one of their records in turn."""
    for index, line in enumerate(facts):
        name, rest = line.split(": ", 1)
        records = re.findall(r"\{[^}]*\}|\d{4}-\d\d-\d\d", rest) if rest.startswith("[") else []
        for gone in range(len(records)):
            kept = records[:gone] + records[gone + 1:]
            yield facts[:index] + ([name + ": [" + ", ".join(kept) + "]"] if kept else []) + facts[index + 1:]


def check_example(checks, name, rule, one):
    other, shows, day = rule["compared_with"], one["shows"], one["from"]
    if rule["verdict"] == "not in force":
        return
    def differs(facts):
        tables = checks.tables(facts, FENLAND, day)
        ours, law = checks.on(tables, rule["rule"], day), checks.on(tables, other, day)
        return (ours > law) if shows == "more generous" else (ours < law)
    checks.that(differs(one["facts"]), name + ": evaluated alone, the two rules differ as told on " + day, "\n".join(one["facts"]))
    for fewer in without_each(one["facts"]):
        checks.that(not differs(fewer), name + ": without a record there would be no difference on that day", "\n".join(one["facts"]) + "\nwithout one:\n" + "\n".join(fewer))
    for side in ("rule", "compared_with"):
        checks.that(one[side]["says"] and one[side]["source"], name + ": both say why, and where it stands")


def birthday(facts, years, months=0):
    born = datetime.date.fromisoformat(facts[0].split(": ")[1])
    month = born.month - 1 + months
    return datetime.date(born.year + years + month // 12, month % 12 + 1, min(born.day, 28)).isoformat()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--command", required=True)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(os.path.abspath(asked.command), Path(folder))
        for seed in SEEDS:
            began = time.monotonic()
            code, out, err = checks.run("compare", "england", FENLAND, "--seed", seed, "--format", "json")
            took = time.monotonic() - began
            checks.that(code == 0 and not err, "compare ends well", err)
            checks.that(took < LONGEST, "all rules are compared within %d seconds" % LONGEST, "%.1f" % took)
            found = {rule["rule"]: rule for rule in json.loads(out)["rules"]} if code == 0 else {}
            checks.that(set(found) == set(KNOWN), "every rule with compare_with is compared, and no other", set(found) ^ set(KNOWN))
            for rule, (verdict, since, shows) in KNOWN.items():
                if rule not in found:
                    continue
                one = found[rule]
                name = "seed %d: %s" % (seed, rule)
                checks.that((one["verdict"], one["outdated_since"]) == (verdict, since), name + " is " + verdict, (one["verdict"], one["outdated_since"]))
                checks.that({example["shows"] for example in one["examples"]} == shows, name + " shows " + ", ".join(sorted(shows)), [e["shows"] for e in one["examples"]])
                checks.that(one["answered"] > one["lives"] / 20, name + ": the lives have something to do with the rules", one["answered"])
                for example in one["examples"]:
                    if seed == SEEDS[0]:
                        check_example(checks, name, one, example)
                    day = example["from"]
                    if rule == "fenland_adviser_from_17_and_a_half":
                        checks.that(birthday(example["facts"], 15, 11) < day < birthday(example["facts"], 17, 7), name + ": the day lies between 16 and 17 and a half", (day, example["facts"]))
                    if example["shows"] == "outdated":
                        checks.that(since and day >= since, name + ": the day lies after the law changed", day)
                        checks.that(example["compared_with_before"], name + ": what the law said before is told")
            twice = checks.run("compare", "england", FENLAND, "--seed", seed, "--format", "json")[1]
            checks.that(twice == out, "seed %d: the same lives and the same answer twice" % seed)
        # The other way round what is more is less.
        code, out, err = checks.run("compare", FENLAND, "england", "--rule", "fenland_adviser_to_25", "--format", "json")
        checks.that(code == 0 and json.loads(out)["rules"][0]["verdict"] == "less generous", "the other way round it is less generous", err + out[:200])
        # Two councils.
        code, out, err = checks.run("compare", FENLAND, MARSHLAND, "--format", "json")
        found = {(rule["compared_with"], rule["rule"]): rule["verdict"] for rule in json.loads(out)["rules"]} if code == 0 else {}
        checks.that(found.get(("fenland_adviser_as_in_law", "marshland_adviser_to_21")) == "less generous", "of two councils the second gives less", (err, found))
        checks.that(found.get(("fenland_review_in_accommodation", "marshland_review_in_accommodation")) == "more generous", "of two councils the second reviews more often", (err, found))
        # What people read.
        for words in ((), ("--format", "csv")):
            code, out, err = checks.run("compare", "england", FENLAND, *words)
            checks.that(code == 0 and not err, "compare %s ends well" % " ".join(words), err)
            if words:
                rows = list(csv.DictReader(io.StringIO(out)))
                checks.that({row["rule"] for row in rows} == set(KNOWN), "the CSV has every rule")
            else:
                wide = max(out.splitlines(), key=len)
                checks.that(len(wide) <= 120, "no line is wider than 120", wide)
                for rule, (verdict, _, _) in KNOWN.items():
                    checks.that(re.search(r"%s\s+%s" % (rule, verdict), out), "the text names the verdict of " + rule)
    print("%d passed, %d failed" % (checks.passed, checks.failed))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
