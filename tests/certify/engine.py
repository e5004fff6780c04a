"""Running the program, and reading the tables it writes."""

import csv
import json
import subprocess
from pathlib import Path

from days import ALWAYS, NEVER, number_of, parse, span
import datetime


class Refused(Exception):
    """The program did not end well."""


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused(f"exit {done.returncode} from: {' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def day_or(text, otherwise):
    if not text:
        return otherwise
    return number_of(datetime.date.fromisoformat(text))


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Answers:
    """What `evaluate` wrote into a folder."""

    def __init__(self, folder):
        folder = Path(folder)
        self.truths = {}  # (person, rule): [yes days, unknown days]
        self.amounts = {}  # (person, entitlement): [(from, until, amount as written, depends_on)] on yes days
        self.rows = {}  # (person, rule): [(from, until, truth)]
        for name, column in (("statuses", "status"), ("entitlements", "entitlement"), ("findings", "limit")):
            for row in table(folder / f"{name}.csv"):
                key = row["person"], row[column]
                start, until = day_or(row["from"], ALWAYS), day_or(row["until"], NEVER)
                known = self.truths.setdefault(key, [0, 0])
                known[row["truth"] == "unknown"] |= span(start, until)
                self.rows.setdefault(key, []).append((start, until, row["truth"]))
                if name == "entitlements" and row["truth"] == "yes":
                    self.amounts.setdefault(key, []).append((start, until, row["amount"], row["depends_on"]))
        self.obligations = {}
        for row in table(folder / "obligations.csv"):
            self.obligations.setdefault((row["person"], row["duty"]), []).append(row)

    def yes(self, person, rule):
        return self.truths.get((person, rule), [0, 0])[0]

    def unknown(self, person, rule):
        return self.truths.get((person, rule), [0, 0])[1]


class Program:
    def __init__(self, command):
        self.command = command

    def options(self, rules, facts, chosen, figures, as_at=None, threads=None):
        some = ["--rules", rules, "--facts", facts, "--quiet"]
        for name, option in chosen.items():
            some += ["--reading", f"{name}={option}"]
        for name, figure in figures.items():
            some += ["--parameter", f"{name}={figure}"]
        if as_at is not None:
            some += ["--as-at", as_at]
        if threads is not None:
            some += ["--threads", threads]
        return some

    def operators(self):
        return run([self.command, "list", "--operators"])

    def evaluate(self, rules, facts, out, chosen, figures, as_at=None, threads=None):
        run([self.command, "evaluate", *self.options(rules, facts, chosen, figures, as_at, threads), "--out", out])
        return Answers(out)

    def explain(self, rules, facts, person, rule, day, chosen, figures, as_at=None):
        return json.loads(run([self.command, "explain", *self.options(rules, facts, chosen, figures, as_at), "--person", person, "--rule", rule,
                               *(["--on", day] if day else []), "--format", "json"]))

    def indicators(self, rules, facts, chosen, figures, as_at, since):
        return json.loads(run([self.command, "indicators", *self.options(rules, facts, chosen, figures, as_at), "--from", since, "--format", "json"]))
