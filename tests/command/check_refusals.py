#!/usr/bin/env python3
"""What the command refuses, and how: broken rulebooks, broken data, wrong usage.

    check_refusals.py --command PATH --rules DIR

Each broken rulebook of bad_rulebooks/ and each broken input of bad_data/ is given to the command. It must end with the
right exit code, name every problem by its code at its place (and no other), as text and as JSON, write nothing to
--out, and never crash, hang or show its own insides. Messages about tables must not repeat an id or a date of birth.
Only the standard library is used.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
LONGEST = 20  # seconds for one run
SECRETS = ("SECRET", "OTHERKID", "2008-03-14", "14/03/2008", "2009-11-02", "14 March 2008", "STRANGER1")
INSIDES = ("terminate called", "std::", "what():", "AddressSanitizer", "runtime error:", "Assertion", "Segmentation fault",
           "leavingcare::", "stack trace", "stod", "stoi", "basic_string", "vector::", "YAML::", "yaml-cpp")
MARK = re.compile(r"@@(\w\d+)@@")
PLACED = re.compile(r"^(?:error|warning|repair)\[(\w\d+)\]", re.M)

# What evaluate --out writes.
TABLES = ["categories.csv", "entitlements.csv", "findings.csv", "indicators.csv", "obligations.csv", "receipt.json", "statuses.csv"]

# A rulebook that counts working days by a calendar of its own, and a sound calendar; the broken ones below say where they break.
COUNTS_WORKING_DAYS = """rulebook: sample
summary: x
extends: england
conventions: {birthday_on_29_february: leap_birthday, working_days: mine}
duties:
  meal:
    summary: A meal
    in_force: {from: 2020-01-01}
    cite: [{instrument: An Act, provision: s.1}]
    arises: {on_each: {event: support_requests}}
    due: {within: 10 working days}
    done_by: {event: adviser_visits}
"""
CALENDAR = """calendar: mine
summary: Holidays
covers: {from: 2024-01-01, until: 2026-01-01}
source: An Act
holidays:
  - {on: 2024-01-01, name: New Year's Day, kind: regular}
  - {on: 2024-12-25, name: Christmas Day}
"""
CALENDARS = {
    "L101 unknown key": CALENDAR + "@@L101@@weekends: none\n",
    "L101 unknown key of what it covers": CALENDAR.replace("until: 2026-01-01", "until: 2026-01-01, @@L101@@to: 2026-01-01"),
    "L101 unknown key of a holiday": CALENDAR.replace("kind: regular", "@@L101@@sort: regular"),
    "L102 no name": CALENDAR.replace("calendar: mine\nsummary", "@@L102@@summary"),
    "L102 covers nothing": "@@L102@@" + CALENDAR.replace("covers: {from: 2024-01-01, until: 2026-01-01}\n", ""),
    "L102 covers all days from one on": CALENDAR.replace("{from: 2024-01-01, until: 2026-01-01}", "@@L102@@{from: 2024-01-01}"),
    "L102 no holidays": "@@L102@@" + CALENDAR.split("holidays:")[0],
    "L102 holiday on no day": CALENDAR.replace("{on: 2024-12-25, ", "@@L102@@{"),
    "L103 a list": "@@L103@@- calendar: mine\n",
    "L103 covers a year": CALENDAR.replace("{from: 2024-01-01, until: 2026-01-01}", "@@L103@@2024"),
    "L103 holidays by name": CALENDAR.split("holidays:")[0] + "holidays:\n  @@L103@@christmas: 2024-12-25\n",
    "L103 holiday that is a date": CALENDAR + "  - @@L103@@2024-12-26\n",
    "L104 holiday without a name": CALENDAR + "  - @@L104@@{on: 2024-12-26}\n",
    "L105 no source": "@@L105@@" + CALENDAR.replace("source: An Act\n", ""),
    "L106 British date": CALENDAR + "  - {on: @@L106@@26/12/2024, name: Boxing Day}\n",
    "L106 covers until a month": CALENDAR.replace("until: 2026-01-01", "until: @@L106@@2026-01"),
    "L108 holiday listed twice": CALENDAR + "  - {on: @@L108@@2024-12-25, name: Boxing Day}\n",
    "L110 ends before it begins": CALENDAR.split("covers:")[0] + "covers: @@L110@@{from: 2024-01-01, until: 2023-01-01}\nsource: x\nholidays: []\n",
    "L110 holiday on the first day not covered": CALENDAR + "  - {on: @@L110@@2026-01-01, name: New Year's Day}\n",
    "L112 kind of holiday": CALENDAR + "  - {on: 2024-12-26, name: Boxing Day, kind: @@L112@@usual}\n",
    "Y101 a folder": "folder",
    "Y103 not text": b"calendar: \xff\xfe\n",
    "Y104 a bracket is not closed": CALENDAR + "  - {on: 2024-12-26\n",
    "Y110 nothing at all": "",
    "four problems": CALENDAR.replace("source: An Act", "@@L101@@sauce: An Act").replace("calendar:", "@@L105@@calendar:") +
                     "  - @@L104@@{on: @@L110@@2019-12-25}\n",
}

# Codes that nothing here provokes, each with its reason.
EXCEPTIONS = {}


def load(name):
    spec = importlib.util.spec_from_file_location(name, TESTS / "bad_data" / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Checks:
    def __init__(self, command, rules):
        self.command = command
        self.env = dict(os.environ, LEAVINGCARE_RULES=str(rules), LC_ALL="C")
        self.passed = self.failed = 0
        self.provoked = set()
        self.temp = Path()

    # -- running --

    def run(self, *words, cwd=None, env=None):
        try:
            done = subprocess.run([self.command, *map(str, words)], cwd=cwd, env=env or self.env, capture_output=True,
                                  timeout=LONGEST, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return None, "", "it was still running after %d seconds" % LONGEST
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def judge(self, name, faults):
        if faults:
            self.failed += 1
            print("FAILED  " + name)
            for fault in faults:
                print("        " + fault)
        else:
            self.passed += 1

    def manners(self, code, out, err, wanted, what="text"):
        """What holds for every run."""
        faults = []
        if code is None:
            return ["%s: %s" % (what, err)]
        if code < 0:
            faults.append("%s: it crashed (signal %d)" % (what, -code))
        if code != wanted:
            faults.append("%s: exit %s, expected %s; it said: %s" % (what, code, wanted, err.strip()[:300].replace("\n", " | ")))
        for word in INSIDES:
            if word in err:
                faults.append("%s: the message shows its insides: %s" % (what, word))
        if wanted != 0 and not err.strip():
            faults.append("%s: it failed without a word" % what)
        return faults

    @staticmethod
    def told(err, faults):
        """The problems of JSON on standard error: (code, severity, file, line, column)."""
        if not err.strip():
            return []
        try:
            found = json.loads(err)
        except ValueError:
            faults.append("json: standard error is not JSON: " + err[:120].replace("\n", " | "))
            return []
        problems = []
        for one in found:
            place = one["places"][0] if one["places"] else {"file": "", "line": 0, "column": 0}
            if not one["message"].strip():
                faults.append("json: a problem without a message")
            problems.append((one["code"], one["severity"], place["file"], place["line"], place["column"]))
        return problems

    def compare(self, wanted, found, faults, columns=True, subset=False):
        """Problems wanted as (code, file, line, column); None stands for any."""
        rest = list(found)
        for code, file, line, column in wanted:
            self.provoked.add(code)
            for one in rest:
                if one[0] == code and (not file or one[1].endswith(file)) and line in (None, one[2]) and (
                        not columns or column in (None, one[3])):
                    rest.remove(one)
                    break
            else:
                near = [one for one in found if one[0] == code]
                faults.append("expected %s at %s:%s:%s; found %s" % (code, file, line, column, near or found[:4]))
        if rest and not subset:
            faults.append("not expected: %s" % rest[:4])

    def private(self, err, faults):
        for secret in SECRETS:
            if secret in err:
                at = err.index(secret)
                faults.append("the message repeats '%s': ...%s" % (secret, err[max(0, at - 60):at + 30].replace("\n", " | ")))

    # -- rulebooks --

    def rulebook(self, file, wanted, cwd):
        faults = []
        code, out, err = self.run("check", file, cwd=cwd)
        faults += self.manners(code, out, err, 1)
        for problem in {one[0] for one in wanted}:
            if "[%s]" % problem not in err:
                faults.append("text: does not tell %s" % problem)
        for problem, name, line, column in wanted:
            if line and column and "error[%s] %s:%d:%d:" % (problem, name, line, column) not in err:
                faults.append("text: no 'error[%s] %s:%d:%d:'" % (problem, name, line, column))
        code, out, err = self.run("check", "--format", "json", file, cwd=cwd)
        faults += self.manners(code, out, err, 1, "json")
        found = [(c, f, l, k) for c, s, f, l, k in self.told(err, faults)]
        self.compare(wanted, found, faults)
        # Nothing is evaluated by it, and nothing written.
        case, out_folder = self.temp / "somebody.yaml", self.temp / "out_of_rules"
        case.write_text(load("case_files").GOOD)
        code, out, err = self.run("evaluate", "--rules", os.path.join(".", file), "--case", case, "--out", out_folder, cwd=cwd)
        faults += self.manners(code, out, err, 1, "evaluate")
        if out_folder.exists():
            faults.append("evaluate: it wrote to --out")
            shutil.rmtree(out_folder)
        return faults

    def rulebooks(self, temp):
        folder = TESTS / "bad_rulebooks"
        expected = {}
        for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            name, *places = line.split()
            expected[name] = []
            for place in places:
                code, row, column, *other = place.split(":")
                number = lambda text: None if text == "*" else int(text)
                expected[name].append((code, other[0] if other else name, number(row), number(column)))
        for file in sorted(folder.glob("*.yaml")):
            wanted = expected.pop(file.name, None)
            if wanted is None:
                self.judge("bad_rulebooks/" + file.name, ["expected.txt does not say what is wrong with it"])
                continue
            faults = self.rulebook(file.name, wanted, folder)
            stem = file.stem.split("_")[0]
            if stem != "several" and stem not in {one[0] for one in wanted}:
                faults.append("its name says %s" % stem)
            self.judge("bad_rulebooks/" + file.name, faults)
        for name in expected:
            self.judge("bad_rulebooks/" + name, ["expected.txt speaks of it and it is not there"])

        head = "rulebook: sample\nsummary: x\nextends: england\n"
        made = {
            "Y102 larger than four megabytes": (head + "# " + "x" * (5 << 20) + "\n", ("Y102", None)),
            "R112 ten thousand and one rules": (head + "definitions:\n" + "".join(
                "  d%d: {summary: x, cite: {instrument: A, provision: s.1}, when: always}\n" % i for i in range(10001)), ("R112", None)),
            "Y108 six hundred thousand words": (head + "title: [" + "a," * 600000 + "a]\n", ("Y108", None)),
        }
        for name, (text, (code, line)) in made.items():
            file = temp / "made.yaml"
            file.write_text(text, encoding="utf-8")
            self.judge(name, self.rulebook("made.yaml", [(code, "made.yaml", line, None)], temp))
        # A thousand rules, each naming the next: deep, yet sound or refused, and no crash.
        for size in (1000, 9000):
            file = temp / "made.yaml"
            file.write_text(head + "definitions:\n" + "".join(
                "  d%d: {summary: x, cite: {instrument: A, provision: s.1}, when: %s}\n" % (i, "d%d" % (i + 1) if i < size else "always")
                for i in range(size + 1)), encoding="utf-8")
            code, out, err = self.run("check", "made.yaml", cwd=temp)
            faults = [] if code in (0, 1) and (code == 0 or "R112" in err) else ["exit %s: %s" % (code, err[:200])]
            self.judge("a chain of %d rules" % size, faults)

        # What cannot be stored as a file of the repository.
        (temp / "empty").mkdir()
        (temp / "folder.yaml").mkdir()
        (temp / "dangling").mkdir()
        os.symlink(temp / "nowhere.yaml", temp / "dangling" / "rulebook.yaml")
        for name in ("empty/", "folder.yaml"):
            faults = []
            code, out, err = self.run("check", name, cwd=temp)
            faults += self.manners(code, out, err, 1)
            if "[Y101]" not in err:
                faults.append("does not tell Y101: " + err[:200])
            self.provoked.add("Y101")
            self.judge("Y101 " + name, faults)
        code, out, err = self.run("check", "dangling/", cwd=temp)
        self.judge("Y101 a link that leads nowhere", self.manners(code, out, err, 1))
        locked = temp / "locked.yaml"
        locked.write_text(head)
        locked.chmod(0)
        if not os.access(locked, os.R_OK):
            self.judge("Y101 nobody may read it", self.rulebook("locked.yaml", [("Y101", "locked.yaml", None, None)], temp))
        # Two rulebooks at once: the problems of both.
        code, out, err = self.run("check", "R102_true.yaml", "england", "R105_definition_that_needs_itself.yaml", cwd=folder)
        faults = self.manners(code, out, err, 1)
        for word in ("[R102]", "[R105]"):
            if word not in err:
                faults.append("does not tell " + word)
        if "england is sound" not in out:
            faults.append("does not say that england is sound")
        self.judge("two broken rulebooks and a sound one", faults)
        # A rule of which nothing is said cannot be explained either.
        case = temp / "case.yaml"
        case.write_text(load("case_files").GOOD)
        code, out, err = self.run("explain", "--rules", folder / "L102_condition_left_blank.yaml", "--case", case, "--person", "1",
                                  "--rule", "hungry", "--on", "2025-01-01")
        self.judge("explain with L102_condition_left_blank.yaml", self.manners(code, out, err, 1))

    def calendars(self, temp):
        """A rulebook is sound only with the calendar it names; a problem is told at its place in the calendar."""
        for index, (name, content) in enumerate({"sound": CALENDAR, **CALENDARS}.items()):
            folder = temp / ("k%03d" % index)
            wanted = [(code, "mine.yaml", line, column) for code, _, line, column in self.build(folder, {"calendars/mine.yaml": content})]
            code = name.split()[0]
            if name != "sound" and not wanted:
                wanted = [(code, "mine.yaml", None, None)]
            (folder / "sample.yaml").write_text(COUNTS_WORKING_DAYS, encoding="utf-8")
            env = dict(self.env, LEAVINGCARE_RULES="%s:%s" % (folder, self.env["LEAVINGCARE_RULES"]))
            faults = []
            code, out, err = self.run("check", "sample.yaml", cwd=folder, env=env)
            faults += self.manners(code, out, err, 1 if wanted else 0)
            for problem, file, line, column in wanted:
                at = "%s:%s:%s:" % (file, line, column) if line else ""
                if not re.search(r"error\[%s\] .*%s" % (problem, re.escape(at)), err):
                    faults.append("text: no 'error[%s] ... %s': %s" % (problem, at, err[:200].replace("\n", " | ")))
            code, out, err = self.run("check", "--format", "json", "sample.yaml", cwd=folder, env=env)
            faults += self.manners(code, out, err, 1 if wanted else 0, "json")
            told = self.told(err, faults)
            self.compare(wanted, [(c, f, l, k) for c, s, f, l, k in told], faults, subset=any(one[2] is None for one in wanted))
            code, out, err = self.run("evaluate", "--rules", "sample.yaml", "--case", self.temp / "somebody.yaml", "--out", "out", cwd=folder, env=env)
            faults += self.manners(code, out, err, 1 if wanted else 0, "evaluate")
            if wanted and (folder / "out").exists():
                faults.append("evaluate: it wrote to --out")
            self.judge("calendar: " + name, faults)
        # A broken calendar in front of England's own: England is refused.
        folder = temp / "in_front"
        wanted = self.build(folder, {"calendars/england_and_wales.yaml": CALENDARS["L105 no source"]})
        env = dict(self.env, LEAVINGCARE_RULES="%s:%s" % (folder, self.env["LEAVINGCARE_RULES"]))
        code, out, err = self.run("check", "england", "--format", "json", env=env)
        faults = self.manners(code, out, err, 1, "json")
        self.compare([(code, "england_and_wales.yaml", line, column) for code, _, line, column in wanted],
                     [(c, f, l, k) for c, s, f, l, k in self.told(err, faults)], faults)
        self.judge("calendar: a broken one in front of England's", faults)

    def councils(self, temp):
        """A council is sound only with its other rulebooks and a complete ledger; a problem is told at its place."""
        made = load("ledgers")
        for index, (name, files) in enumerate({**made.SOUND, **made.COUNCILS}.items()):
            folder = temp / ("g%03d" % index) / "councils" / "westmarch"
            wanted = self.build(folder, files)
            faults = []
            if name in made.COUNCILS and not wanted:
                faults.append("it has no mark")
            env = dict(self.env, LEAVINGCARE_RULES="%s:%s" % (folder.parent.parent, self.env["LEAVINGCARE_RULES"]))
            code, out, err = self.run("check", "westmarch", env=env)
            faults += self.manners(code, out, err, 1 if wanted else 0)
            for problem, file, line, column in wanted:
                at = "%s:%s:%s:" % (file, line, column) if line else ""
                if not re.search(r"error\[%s\] .*%s" % (problem, re.escape(at)), err):
                    faults.append("text: no 'error[%s] ... %s': %s" % (problem, at, err[:200].replace("\n", " | ")))
            code, out, err = self.run("check", "--format", "json", "westmarch", env=env)
            faults += self.manners(code, out, err, 1 if wanted else 0, "json")
            told = self.told(err, faults)
            self.compare(wanted, [(c, f, l, k) for c, s, f, l, k in told], faults, subset=any(one[2] is None for one in wanted))
            code, out, err = self.run("ledger", "westmarch", env=env)
            faults += self.manners(code, out, err, 1 if wanted else 2 if name == "no ledger yet" else 0, "ledger")
            if wanted and out:
                faults.append("ledger: it printed one all the same: " + out[:60])
            self.judge("council: " + name, faults)

    def scenarios(self):
        folder = TESTS / "bad_rulebooks" / "scenarios"
        for file in sorted(folder.glob("*.yaml")):
            first = file.read_text(encoding="utf-8").splitlines()
            wanted = []
            for line in first:
                if line.startswith("# expected:"):
                    for place in line.split(":", 1)[1].split():
                        code, row, column = place.split(":")
                        wanted.append((code, file.name, int(row), int(column)))
            faults = []
            code, out, err = self.run("test", "england", "--scenarios", file.name, cwd=folder)
            faults += self.manners(code, out, err, 1)
            code, out, err = self.run("test", "england", "--format", "json", "--scenarios", file.name, cwd=folder)
            faults += self.manners(code, out, err, 1, "json")
            found = [(c, f, l, k) for c, s, f, l, k in self.told(err, faults)]
            self.compare(wanted, found, faults)
            self.judge("bad_rulebooks/scenarios/" + file.name, faults)

    # -- data --

    @staticmethod
    def build(folder, files):
        """Writes the files; the problems that their marks say."""
        problems = []
        for name, content in files.items():
            if name in ("problems", "folder", "rules", "map"):
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content == "folder":
                path.mkdir()
            elif content == "link":
                os.symlink(folder / "nowhere", path)
            elif content == "locked":
                path.write_text("x\n")
                path.chmod(0)
            elif isinstance(content, bytes):
                path.write_bytes(content)
            else:
                lines = re.split(r"(\r\n|\n|\r)", content)
                text, line = "", 1
                for part in lines:
                    while True:
                        mark = MARK.search(part)
                        if not mark:
                            break
                        problems.append((mark[1], name, line, mark.start() + 1))
                        part = part[:mark.start()] + part[mark.end():]
                    line += part in ("\r\n", "\n", "\r")
                    text += part
                path.write_bytes(text.encode("utf-8"))
        return problems + [tuple(one) for one in files.get("problems", ())]

    def fact_tables(self, temp):
        numbers = temp / "numbers.yaml"
        numbers.write_text("rulebook: numbers\nsummary: x\nextends: england\nfacts:\n  pocket_money: {kind: numbers, summary: x, unit: pounds}\n")
        for index, (name, files) in enumerate(load("fact_tables").FOLDERS.items()):
            folder = temp / ("f%03d" % index)
            folder.mkdir()
            wanted = self.build(folder, files)
            if "locked" in files.values() and os.access(folder / "care.csv", os.R_OK):
                continue  # the one who runs this may read everything
            given = {"missing": temp / "missing", "file": numbers}.get(files.get("folder"), folder)
            rules = numbers if files.get("rules") == "numbers" else "england"
            self.data("fact tables: " + name, ["--rules", rules, "--facts", given], wanted, 1 if wanted else 0, temp)

    def case_files(self, temp):
        numbers = temp / "numbers.yaml"
        for index, (name, content) in enumerate(load("case_files").CASES.items()):
            folder = temp / ("c%03d" % index)
            folder.mkdir()
            rules, more = "england", []
            if isinstance(content, tuple) and content[0] == "numbers":
                rules, content = numbers, content[1]
            if isinstance(content, tuple):
                content, more = content
            files = {} if content is None else {"case.yaml": content}
            wanted = self.build(folder, files) + [(code, "case.yaml", line, column) for code, line, column in more]
            if content in (None, "folder"):
                wanted = [("Y101", "case.yaml", None, None)]
            self.data("case file: " + name, ["--rules", rules, "--case", folder / "case.yaml"], wanted, 1 if wanted else 0, temp,
                      private=False)

    def returns(self, temp):
        for index, (name, (exit_code, files)) in enumerate(load("returns").RETURNS.items()):
            folder = temp / ("r%03d" % index)
            folder.mkdir()
            wanted = [(code, file, line, None) for code, file, line, *_ in self.build(folder, files)]
            if any(content == "locked" and os.access(folder / file, os.R_OK) for file, content in files.items()):
                continue
            given = {"missing": temp / "missing", "file": temp / "numbers.yaml"}.get(files.get("folder"), folder)
            env = None
            if "map" in files:
                sources = temp / ("m%03d" % index) / "sources"
                sources.mkdir(parents=True)
                (sources / "ssda903.yaml").write_text(files["map"])
                env = dict(self.env, LEAVINGCARE_RULES="%s:%s" % (sources.parent, self.env["LEAVINGCARE_RULES"]))
            self.data("return: " + name, ["--ssda903", given], wanted, exit_code, temp, verbose=True, env=env)

    def extracts(self, temp):
        for index, (name, (exit_code, option, files)) in enumerate(load("extracts").EXTRACTS.items()):
            folder = temp / ("x%03d" % index)
            folder.mkdir()
            own = []
            if "map" in files:
                ours = temp / ("y%03d" % index)
                ours.mkdir()
                (ours / "ours.yaml").write_text(files["map"])
                own = ["--map", ours / "ours.yaml"]
            content = {file: text for file, text in files.items() if file not in ("map", "missing")}
            wanted = [(code, file, line, None) for code, file, line, *_ in self.build(folder, content)]
            given = sorted(folder.glob("*.csv")) if option == "--annex-a" else [folder]
            if "missing" in files:
                given = [temp / "missing.csv"]
            self.data("extract: " + name, [option, *given, *own, "--as-at", "2024-03-31"], wanted, exit_code, temp, verbose=True)

    def data(self, name, words, wanted, exit_code, temp, private=True, verbose=False, env=None):
        faults = []
        out_folder = temp / "out"
        more = ["--verbose"] if verbose else []
        code, out, err = self.run("evaluate", *words, *more, "--out", out_folder, "--on", "2025-01-01", cwd=temp, env=env)
        faults += self.manners(code, out, err, exit_code)
        for problem in {one[0] for one in wanted}:
            if "[%s]" % problem not in err:
                faults.append("text: does not tell %s" % problem)
        if private:
            self.private(err, faults)
        if exit_code != 0 and out_folder.exists():
            faults.append("it wrote to --out: %s" % sorted(p.name for p in out_folder.iterdir()))
        if exit_code == 0 and sorted(p.name for p in out_folder.glob("*")) != TABLES:
            faults.append("--out does not hold " + ", ".join(TABLES))
        shutil.rmtree(out_folder, ignore_errors=True)
        code, out, err = self.run("evaluate", *words, *more, "--format", "json", "--on", "2025-01-01", cwd=temp, env=env)
        faults += self.manners(code, out, err, exit_code, "json")
        told = self.told(err, faults)
        found = [(c, f, l, k) for c, s, f, l, k in told if not verbose or (c, l) in {(w[0], w[2]) for w in wanted} or s == "error" and exit_code == 0]
        self.compare(wanted, found, faults, subset=verbose or any(w[2] is None for w in wanted))
        if private:
            self.private(err, faults)
        if exit_code == 0 and out.strip():
            try:
                json.loads(out)
            except ValueError:
                faults.append("json: standard output is not JSON")
        self.judge(name, faults)

    def advice(self, temp):
        """What the hints say to the one who wrote it."""
        folder = temp / "advice"
        folder.mkdir()
        for name, written, hint, never in (
            ("american date", "03/25/2008", "YYYY", "DD/MM/YYYY"),
            ("british date", "25/03/2008", "DD/MM/YYYY", "MM/DD"),
            ("partial date", "2008-03", "day", "time of day"),
        ):
            (folder / "date_of_birth.csv").write_text("person,value\nA,%s\n" % written)
            _, _, err = self.run("evaluate", "--facts", folder)
            faults = [] if hint in err and never not in err else ["it said: " + err.replace("\n", " | ")]
            self.judge("advice: " + name, faults)
        (folder / "date_of_birth.csv").write_text("person;value\nA;2008-03-25\n")
        _, _, err = self.run("evaluate", "--facts", folder)
        self.judge("advice: semicolons", [] if "semicolon" in err or "';'" in err else ["it said: " + err.replace("\n", " | ")])

    # -- wrong usage --

    def usage(self, temp):
        case = temp / "good.yaml"
        case.write_text(load("case_files").GOOD)
        on = ["--on", "2025-01-01"]
        as_at = ["--as-at", "2025-01-01"]
        good = ["--case", case]
        (temp / "folders" / "london").mkdir(parents=True)
        (temp / "lodger.yaml").write_text("person: 1\nfacts: {date_of_birth: 2008-03-10}\n")
        (temp / "lodgers.yaml").write_text(
            "rulebook: lodgers\nsummary: x\nsubject: {name: lodger, born: date_of_birth}\nconventions: {birthday_on_29_february: leap_birthday}\n"
            "readings: {leap_birthday: {question: x, options: {1_march: x, 28_february: x}, default: 1_march, cite: {document: x, lines: 1}}}\n"
            "facts: {date_of_birth: {kind: day, summary: x}}\n")
        runs = {
            "nothing at all": ([], "--help"),
            "unknown command": (["evalute"], "evalute"),
            "unknown command, with options": (["assess", "--on", "2025-01-01"], "assess"),
            "unknown option": (["evaluate", *good, "--onn", "2025-01-01"], "--onn"),
            "no people": (["evaluate", "--rules", "england"], "--facts"),
            "two kinds of people": (["evaluate", *good, "--facts", temp], "--facts"),
            "a workbook": (["evaluate", "--annex-a", "list 9.xlsx"], "CSV UTF-8"),
            "a map of nothing": (["evaluate", *good, "--map", "ours.yaml"], "--map goes with"),
            "joining without a place to write to": (["join", "--ssda903", temp], "--out"),
            "no such rulebook": (["evaluate", "--rules", "englnd", *good], "did you mean 'england'"),
            "no such rulebook at a path": (["evaluate", "--rules", "rules/none.yaml", *good], "rules/none.yaml"),
            "no such rulebook to check": (["check", "walse"], "walse"),
            "no such rulebook to list": (["list", "--rules", "walse"], "walse"),
            "no such rulebook to test": (["test", "walse"], "walse"),
            "a sound rulebook and none": (["check", "england", "walse"], "walse"),
            "british date": (["evaluate", *good, "--on", "01/04/2025"], "2025-04-01"),
            "no such day": (["evaluate", *good, "--on", "2025-02-30"], "2025-02-30"),
            "as-at is no date": (["evaluate", *good, "--as-at", "today"], "today"),
            "on is blank": (["evaluate", *good, "--on", ""], "--on"),
            "as-at is blank": (["evaluate", *good, "--as-at", ""], "--as-at"),
            "on is missing its value": (["evaluate", *good, "--on"], "--on"),
            "no such reading": (["evaluate", *good, *on, "--reading", "adopton=no_effect"], "did you mean 'adoption'"),
            "no such option of a reading": (["evaluate", *good, *on, "--reading", "adoption=no_efect"], "no_effect"),
            "reading without an option": (["evaluate", *good, *on, "--reading", "adoption"], "NAME=OPTION"),
            "unrecorded maybe": (["evaluate", *good, *on, "--unrecorded", "maybe"], "unknown"),
            "format xml": (["evaluate", *good, *on, "--format", "xml"], "json"),
            "threads minus one": (["evaluate", *good, *on, "--threads", "-1"], "--threads"),
            "threads many": (["evaluate", *good, *on, "--threads", "many"], "--threads"),
            "changes within nothing": (["evaluate", *good, *on, "--changes-within", "soon"], "soon"),
            "changes within working days": (["evaluate", *good, *on, "--changes-within", "5 working days"], "5 working days"),
            "one reading twice": (["evaluate", *good, *on, "--reading", "adoption=no_effect", "--reading",
                                   "adoption=earlier_care_no_longer_counts"], "adoption"),
            "out is blank": (["evaluate", *good, *on, "--out", ""], "--out"),
            "explain without a rule": (["explain", *good, *on, "--person", "1"], "--rule"),
            "explain without a person": (["explain", *good, *on, "--rule", "eligible_child"], "--person"),
            "explain without a day": (["explain", *good, "--person", "1", "--rule", "eligible_child"], "--on"),
            "explain nobody": (["explain", *good, *on, "--person", "2", "--rule", "eligible_child"], "--person"),
            "explain no such rule": (["explain", *good, *on, "--person", "1", "--rule", "eligible_chld"], "eligible_child"),
            "explain on no day": (["explain", *good, "--on", "soon", "--person", "1", "--rule", "eligible_child"], "soon"),
            "explain a duty without a day": (["explain", *good, "--person", "1", "--rule", "looked_after_review"], "--on"),
            "upcoming without a day": (["upcoming", *good], "--as-at"),
            "upcoming on a British date": (["upcoming", *good, "--as-at", "01/04/2025"], "2025-04-01"),
            "upcoming soon": (["upcoming", *good, *as_at, "--within", "soon"], "soon"),
            "upcoming within working days": (["upcoming", *good, *as_at, "--within", "5 working days"], "5 working days"),
            "upcoming within nothing": (["upcoming", *good, *as_at, "--within", ""], "--within"),
            "upcoming for nobody": (["upcoming", *good, *as_at, "--person", "2"], "--person"),
            "upcoming for a team, and nobody records teams": (["upcoming", *good, *as_at, "--team", "north"], "allocated_to"),
            "upcoming for a blank team": (["upcoming", *good, *as_at, "--team", ""], "--team"),
            "upcoming in a calendar without a name": (["upcoming", *good, *as_at, "--ics", ""], "--ics"),
            "upcoming without people": (["upcoming", "--rules", "england", *as_at], "--facts"),
            "upcoming where there are no duties": (["upcoming", "--rules", "lodgers.yaml", "--case", "lodger.yaml", *as_at], "duties"),
            "a figure for no parameter": (["evaluate", *good, "--parameter", "adviser_lates=25 years"], "R115"),
            "a figure without a name": (["evaluate", *good, "--parameter", "25"], "NAME=FIGURE"),
            "a figure twice": (["evaluate", *good, "--parameter", "a=1", "--parameter", "a=2"], "twice"),
            "indicators where there are none": (["indicators", *good, *as_at], "indicators"),
            "indicators without a day": (["indicators", "--rules", "cornwall", *good], "--as-at"),
            "indicators from a British date": (["indicators", *good, *as_at, "--from", "01/04/2025"], "2025-04-01"),
            "indicators of folders that are no rulebook's": (["indicators", "--rules", "cornwall", "--facts", "folders", *as_at], "cornwall_advisers"),
            "breaches without a day": (["breaches", *good], "--as-at"),
            "breaches from a later day": (["breaches", *good, *as_at, "--from", "2199-01-01"], "--from"),
            "explain an indicator": (["explain", "--rules", "cornwall", *good, *on, "--person", "1", "--rule", "cornwall_kpi_1_2"], "many people"),
            "check nothing": (["check"], "rulebook"),
            "check in xml": (["check", "england", "--format", "xml"], "json"),
            "test nothing": (["test"], "rules"),
            "the ledger of no council": (["ledger", "walse"], "walse"),
            "the ledger of one that has none": (["ledger", "england"], "ledger/"),
            "the ledger in xml": (["ledger", "england", "--format", "xml"], "csv"),
            "compare one": (["compare", "england"], "second"),
            "compare with itself": (["compare", "england", "england"], "itself"),
            "compare what is not there": (["compare", "england", "walse"], "walse"),
            "compare people with other people": (["compare", "england", "lodgers.yaml"], "same people"),
            "compare no such rule": (["compare", "england", TESTS / "comparisons" / "fenland.yaml", "--rule", "fenland"], "'fenland'"),
            "compare what nothing is compared with": (["compare", "england", TESTS / "comparisons" / "fenland.yaml", "--rule", "looked_after"], "'looked_after'"),
            "compare no lives": (["compare", "england", TESTS / "comparisons" / "fenland.yaml", "--lives", "0"], "--lives"),
            "list on no day": (["list", "--on", "yesterday"], "yesterday"),
            "scenarios that are not there": (["test", "england", "--scenarios", "none.yaml"], "none.yaml"),
        }
        for name, (words, hint) in runs.items():
            code, out, err = self.run(*words, cwd=temp)
            wanted = 1 if name == "scenarios that are not there" else 2
            faults = self.manners(code, out, err, wanted)
            if hint not in err:
                faults.append("the message does not have '%s': %s" % (hint, err.strip()[:200].replace("\n", " | ")))
            self.judge("usage: " + name, faults)
        self.provoked |= {"U101", "R115"}
        # The folder of --out is a file: whatever the exit code, no crash and a message that names it.
        (temp / "taken").write_text("x")
        code, out, err = self.run("evaluate", *good, *on, "--out", temp / "taken")
        faults = self.manners(code, out, err, 2 if code == 2 else 1 if code == 1 else 3)
        if "taken" not in err:
            faults.append("does not name the folder: " + err[:200])
        self.judge("usage: --out is a file", faults)
        code, out, err = self.run("upcoming", *good, *as_at, "--ics", temp / "taken" / "a.ics")
        faults = self.manners(code, out, err, 2 if code == 2 else 1 if code == 1 else 3)
        if "a.ics" not in err:
            faults.append("does not name the file: " + err[:200])
        self.judge("usage: the folder of --ics is a file", faults)
        # JSON stays JSON when tables are written too.
        code, out, err = self.run("evaluate", *good, *on, "--format", "json", "--out", temp / "tables")
        faults = self.manners(code, out, err, 0)
        self.told(err, faults)
        self.judge("usage: --format json with --out", faults)
        # Nobody reads what is printed.
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                done = subprocess.run([self.command, "list"], env=self.env, stdout=full, stderr=subprocess.PIPE, timeout=LONGEST)
            err = done.stderr.decode()
            self.judge("usage: the disk is full", [] if done.returncode == 3 and err.strip() else
                       ["exit %s, said '%s'" % (done.returncode, err.strip())])

    # -- the table of codes --

    def codes(self):
        code, out, err = self.run("check", "--codes")
        known = re.findall(r"^([A-Z]\d{3})  ", out, re.M)
        bad = TESTS / "source" / "bad"
        for file in bad.glob("*.txt"):
            self.provoked |= set(PLACED.findall(file.read_text(encoding="utf-8", errors="replace")))
        for one in known:
            faults = []
            if one not in self.provoked and one not in EXCEPTIONS:
                faults.append("no file, folder or run provokes it")
            if one in self.provoked and one in EXCEPTIONS:
                faults.append("it is provoked, so needs no exception")
            self.judge("code %s is provoked" % one, faults)
        for one in self.provoked - set(known):
            self.judge("code %s" % one, ["the table of codes does not have it"])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--command", required=True, help="the built leavingcare")
    options.add_argument("--rules", required=True, help="the folder rules/ of the repository")
    asked = options.parse_args()
    checks = Checks(os.path.abspath(asked.command), os.path.abspath(asked.rules))
    with tempfile.TemporaryDirectory() as folder:
        temp = Path(folder)
        checks.temp = temp
        checks.rulebooks(temp)
        checks.calendars(temp)
        checks.councils(temp)
        checks.scenarios()
        checks.fact_tables(temp)
        checks.case_files(temp)
        checks.returns(temp)
        checks.extracts(temp)
        checks.advice(temp)
        checks.usage(temp)
        checks.codes()
        for path in temp.rglob("*"):
            if not path.is_symlink() and not os.access(path, os.R_OK):
                path.chmod(0o600)
    print("%d passed, %d failed" % (checks.passed, checks.failed))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
