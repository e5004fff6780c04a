#!/usr/bin/env python3
"""Do the tests notice a fault in the calendar or in an operator? Small changes, one at a time, each of which some test must fail for.

    mutate.py [--build build] [--header NAME]... [--sample N --seed S] [--jobs J]

A mutant is one changed token of one header: another comparison, sign, bound or word. It is compiled into the unit tests of its header, nearest first (the
table of operators and the kernels: into the command, which the checks of the rule language are then run with), and killed by the first that fails or takes too
long; one that does not compile is counted apart. Those that no test kills must stand in survivors.yaml with the reason why they
change nothing that matters; a survivor that does not stand there, or stands there and is killed, ends the run with exit 1. Results are kept in
BUILD/mutation/results.json and used again while header and tests stay the same.

Own code, because Mull, the maintained tool for C++, is not in Debian and wants the compiler that its own build was made with.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INCLUDE = ROOT / "include"
FLAGS = ["-std=c++20", "-O1", "-w", "-DGTEST_HAS_PTHREAD=1", "-D_GLIBCXX_ASSERTIONS"]
LIBRARIES = ["-lgmock_main", "-lgmock", "-lgtest", "-lyaml-cpp", "-lnettle", "-lcsv", "-lpugixml", "-lical", "-lpthread"]
SLACK = 5  # a test program that takes this many times as long as before the change, and as many seconds more, hangs
MEMORY = 4 << 30  # bytes for one test program: a loop that never ends may also never stop allocating
NO_MUTANT = "does not compile"

# Header: the test files that are to kill its mutants, nearest first.
CALENDAR = ["day", "legal_period", "timeline", "timeline_algebra", "timeline_laws", "timeline_measures", "timeline_totals", "steps", "truth", "working_days", "boost_dates"]
KERNELS = ["tests/evaluate/condition_kernels_test.cpp", "tests/evaluate/amounts_test.cpp", "scenarios of England", "examples of the guide",
           "tests/evaluate/evaluate_test.cpp", "two rounds of the certificate"]
# The table of operators is data: rules are read by it, and it is printed.
TABLE = "include/leavingcare/rulebook/operators.hpp"
OPERATORS = ["the table as the certificate knows it", "scenarios of England", "examples of the guide", "refusals"]
READERS = ["src/rulebook/expression_reader.cpp", "src/cli/list.cpp"]
# What is run with the command.
CHECKS = {
    "the table as the certificate knows it": [sys.executable, "-B", "{tests}/certify/certify.py", "--command", "{command}", "--rounds", "0"],
    "scenarios of England": ["{command}", "test", "{rules}/england"],
    "examples of the guide": [sys.executable, "-B", "{tests}/rules/check_readme.py", "--command", "{command}", "--readme", "{rules}/README.md"],
    "refusals": [sys.executable, "-B", "{tests}/command/check_refusals.py", "--command", "{command}", "--rules", "{rules}"],
    "two rounds of the certificate": [sys.executable, "-B", "{tests}/certify/certify.py", "--command", "{command}", "--rounds", "2", "--seed", "3"],
}
# The sources through which a check runs the kernels.
RUNNERS = {"scenarios of England": ["src/results/scenarios.cpp"], "examples of the guide": ["src/results/scenarios.cpp"], "two rounds of the certificate": ["src/cli/evaluate.cpp"]}
NEAREST = {"timeline_measures": ["timeline_measures", "timeline_totals"], "timeline_algebra": ["timeline_algebra", "timeline_laws"], "timeline": ["timeline", "timeline_algebra"]}


def headers():
    """{header: its test files}, both relative to the root."""
    found = {}
    for path in sorted((INCLUDE / "leavingcare" / "calendar").glob("*.hpp")):
        near = [t for t in NEAREST.get(path.stem, [path.stem]) if t in CALENDAR]
        found[str(path.relative_to(ROOT))] = [f"tests/calendar/{t}_test.cpp" for t in [*near, *(t for t in CALENDAR if t not in near)]]
    found[TABLE] = OPERATORS
    for path in sorted((INCLUDE / "leavingcare" / "evaluate").glob("*kernels.hpp")):
        found[str(path.relative_to(ROOT))] = KERNELS
    return found


# (what is looked for in code, what it becomes). Binary operators have spaces about them in this house; template brackets have none.
CHANGES = [
    (r" < ", [" <= ", " >= "]), (r" <= ", [" < ", " > "]), (r" > ", [" >= ", " <= "]), (r" >= ", [" > ", " < "]),
    (r" == ", [" != "]), (r" != ", [" == "]), (r" && ", [" || "]), (r" \|\| ", [" && "]),
    (r" \+ ", [" - "]), (r" - ", [" + "]), (r"(?<![\w.])1(?![\w.'])", ["0", "2"]), (r"(?<![\w.])0(?![\w.'])", ["1"]),
    (r"std::min\b", ["std::max"]), (r"std::max\b", ["std::min"]), (r"\btrue\b", ["false"]), (r"\bfalse\b", ["true"]),
    (r"(?<=[\s(])!(?=[\w(])", [""]), (r"\bbeginning_of_time\b", ["end_of_time"]), (r"\bend_of_time\b", ["beginning_of_time"]),
    (r"\.from\b", [".until"]), (r"\.until\b", [".from"]), (r"\bearliest\b", ["latest"]), (r"\blatest\b", ["earliest"]),
]
# Of the table of operators: what an operator gives, and what an argument must be.
PRESENCE = [r"\brequired\b", r"\boptional\b", r"\bone_of\b"]
TABLE_CHANGES = [
    *zip(PRESENCE, (["optional"], ["required"], ["optional", "required"])),
    (r"ValueKind::condition\b", ["ValueKind::day"]), (r"ValueKind::day\b", ["ValueKind::condition"]), (r"ValueKind::number\b", ["ValueKind::condition"]),
    (r", condition,", [", day,"]), (r", day,", [", condition,"]), (r", conditions,", [", days,"]), (r", days,", [", conditions,"]), (r", numbers,", [", conditions,"]),
    (r"Slot::number\b", ["Slot::condition"]), (r"Slot::age\b", ["period"]), (r", period,", [", Slot::age,"]), (r"\bperiods_fact\b", ["events_fact", "any_fact"]),
    (r"\bevents_fact\b", ["periods_fact", "any_fact"]), (r"\bnumbers_fact\b", ["periods_fact"]), (r"\bany_fact\b", ["periods_fact", "events_fact"]),
    (r", number_field,", [", where,"]), (r", month_day,", [", period,"]), (r", options,", [", conditions,"]), (r", where,", [", month_day,"]),
]
# The table of kernels: another operator's.
KERNEL_CHANGES = [(r"kernels::ever\);", ["kernels::earlier);"]), (r"kernels::(?!ever\))[\w<>]+\);", ["kernels::ever);"])]
# Not code, or code of which a change is no fault: attributes, assertions at compile time, includes, how much memory is taken, how far beyond all dates is counted.
LEFT_ALONE = re.compile(r"^\s*(#|//|static_assert|template|friend|namespace|using |enum |inline constexpr Day (Day::|first_counted|end_of_counting))|\bmake_room\b|\breserve\b|throw |std::string")


def mutants(header):
    """[(line number, column, what stood there, what stands there now)] of one header."""
    found = []
    for number, line in enumerate((ROOT / header).read_text(encoding="utf-8").splitlines(), 1):
        if LEFT_ALONE.search(line) or (header == TABLE and "{" not in line):  # its rows, not the names of its enumerators
            continue
        code = re.sub(r'"(\\.|[^"\\])*"', lambda m: "\0" * len(m[0]), line.split("//")[0])
        for pattern, becomes in CHANGES + (TABLE_CHANGES if header == TABLE else KERNEL_CHANGES if header.endswith("/kernels.hpp") else []):
            if header == TABLE and '{"",' in line and pattern in PRESENCE:
                continue  # an operator's own value is always there
            for match in re.finditer(pattern, code):
                found += [(number, match.start(), match[0], new) for new in becomes]
    return found


def digest(*files):
    """Of a header and its tests; of the checks, only what they are called."""
    return hashlib.sha256(b"".join(f.encode() if f in CHECKS else (ROOT / f).read_bytes() for f in files)).hexdigest()[:16]


class Bench:
    """Where mutants are compiled: a copy of the headers for each job, and one precompiled header of the test library."""

    def __init__(self, build, job):
        self.build = build
        self.longest = {}  # test: seconds
        self.compiled = {}  # source of the command: the object made of it with the mutant at hand
        self.place = build / "mutation" / f"job{job}"
        self.options = [*FLAGS, f"-I{self.place / 'include'}", f"-I{ROOT / 'tests'}", f"-I{ROOT / 'src'}"]
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(INCLUDE, self.place / "include")

    def __del__(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def includes(self, test, header):
        """Whether a test sees a header at all; one that does not cannot notice a change of it."""
        if test in CHECKS:
            return True
        seen = subprocess.run(["g++", *self.options, "-MM", str(ROOT / test)], capture_output=True, text=True, check=True)
        return str(self.place / header) in seen.stdout.split()

    def make_command(self, program, sources):
        """Links the command with these sources compiled anew, beside those that were for an earlier check; false if one does not compile."""
        fresh = [source for source in sources if source not in self.compiled]
        for source in fresh:
            self.compiled[source] = self.place / f"{Path(source).stem}.o"
            if subprocess.run(["g++", *self.options, "-c", str(ROOT / source), "-o", str(self.compiled[source])], capture_output=True).returncode != 0:
                return False
        if not fresh:
            return True
        others = [made for made in sorted(self.build.glob("CMakeFiles/leavingcare_cli.dir/src/cli/*.o")) if f"src/cli/{made.stem}" not in self.compiled]
        return subprocess.run(["g++", *map(str, self.compiled.values()), *map(str, others), "-o", str(program), str(self.build / "libleavingcare.a"), *LIBRARIES],
                              capture_output=True).returncode == 0

    def dies(self, test, header):
        program = self.place / ("leavingcare" if test in CHECKS else "test")
        if test in CHECKS:
            run = [word.format(command=program, rules=ROOT / "rules", tests=ROOT / "tests") for word in CHECKS[test]]
            made = self.make_command(program, READERS if header == TABLE else RUNNERS[test])
        else:
            run = [str(program), "--gtest_brief=1", "--gtest_fail_fast"]
            made = subprocess.run(["g++", *self.options, f"-DLEAVINGCARE_TESTS_FOLDER=\"{ROOT / 'tests'}\"", f"-DLEAVINGCARE_RULES_FOLDER=\"{ROOT / 'rules'}\"",
                                   "-include", str(self.build / "mutation" / "tests.hpp"), str(ROOT / test), "-o", str(program), str(self.build / "libleavingcare.a"), *LIBRARIES],
                                  capture_output=True).returncode == 0
        if not made:
            return NO_MUTANT
        try:
            ran = subprocess.run(["prlimit", f"--as={MEMORY}", *run], capture_output=True, timeout=self.longest.get(test), cwd=ROOT, env=os.environ | {"LEAVINGCARE_RULES": str(ROOT / "rules")})
        except subprocess.TimeoutExpired:
            return "takes too long"
        return None if ran.returncode == 0 else "fails"

    def fate(self, header, tests, mutant):
        """What killed a mutant, and by which test; None if nothing did."""
        number, column, old, new = mutant
        self.compiled.clear()
        target = self.place / Path(header)
        lines = (ROOT / header).read_text(encoding="utf-8").splitlines(True)
        line = lines[number - 1]
        lines[number - 1] = line[:column] + new + line[column + len(old):]
        target.write_text("".join(lines), encoding="utf-8")
        try:
            for test in tests:
                if died := self.dies(test, header):
                    return f"{died}: {Path(test).name}"
            return None
        finally:
            shutil.copy(ROOT / header, target)


def precompile(build):
    place = build / "mutation"
    place.mkdir(parents=True, exist_ok=True)
    (place / "tests.hpp").write_text("#include <gmock/gmock.h>\n#include <gtest/gtest.h>\n", encoding="utf-8")
    subprocess.run(["g++", *FLAGS, "-x", "c++-header", str(place / "tests.hpp"), "-o", str(place / "tests.hpp.gch")], check=True)


def name_of(header, mutant):
    """How a survivor is written: the header, the line as it stands, the change and which of several on that line."""
    number, column, old, new = mutant
    line = (ROOT / header).read_text(encoding="utf-8").splitlines()[number - 1]
    return f"{Path(header).name}: {line.strip()} :: {old.strip() or '!'} -> {new.strip() or 'nothing'} at {column - (len(line) - len(line.lstrip()))}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="a built tree, for libleavingcare.a")
    parser.add_argument("--header", action="append", default=[], help="headers whose path ends so; otherwise the calendar, the table of operators and that of kernels")
    parser.add_argument("--sample", type=int, help="so many mutants of each header, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="say which mutants there are, and stop")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    chosen = {h: t for h, t in headers().items() if (any(h.endswith(e) for e in arguments.header) if arguments.header else not h.endswith("_kernels.hpp"))}
    work = []
    for header, tests in chosen.items():
        some = mutants(header)
        if arguments.sample and len(some) > arguments.sample:
            some = sorted(random.Random(f"{arguments.seed} {header}").sample(some, arguments.sample))
        work += [(header, tests, mutant) for mutant in some]
    print(f"{len(work)} mutants of {len(chosen)} headers", flush=True)
    if arguments.list:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "| head" ends it
        for header, _, mutant in work:
            print("  " + name_of(header, mutant))
        return 0

    precompile(build)
    benches = [Bench(build, job) for job in range(arguments.jobs)]
    seen = {header: [t for t in tests if benches[0].includes(t, header)] for header, tests in chosen.items()}
    if blind := [header for header, tests in seen.items() if not tests]:
        print(f"no test includes {', '.join(blind)}", file=sys.stderr)
        return 1
    work = [(header, seen[header], mutant) for header, _, mutant in work]
    needed = {test: header for header, tests in seen.items() for test in tests}
    kept = build / "mutation" / "results.json"
    results = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    free = list(range(arguments.jobs))

    def one(item):
        header, tests, mutant = item
        key = f"{digest(header, *tests)} {mutant[0]} {name_of(header, mutant)}"
        if key not in results:
            job = free.pop()
            try:
                results[key] = benches[job].fate(header, tests, mutant)
            finally:
                free.append(job)
        return item, results[key]

    for test, header in needed.items():
        began = time.monotonic()
        benches[0].compiled.clear()
        if died := benches[0].dies(test, header):
            print(f"{test} {died} before anything was changed", file=sys.stderr)
            return 1
        longest = SLACK + SLACK * (time.monotonic() - began)  # compiling included: more than enough
        for bench in benches:
            bench.longest[test] = longest

    began, fates = time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for item, fate in pool.map(one, work):
            fates.append((item, fate))
            if fate is None:
                print(f"  survives: {name_of(item[0], item[2])}", flush=True)
            if len(fates) % 20 == 0:
                print(f"  {len(fates)} of {len(work)}, {time.monotonic() - began:.0f} s", flush=True)
            kept.write_text(json.dumps(results, indent=0), encoding="utf-8")
    kept.write_text(json.dumps(results, indent=0), encoding="utf-8")

    known = {one["mutant"]: one["reason"] for one in yaml.safe_load((HERE / "survivors.yaml").read_text(encoding="utf-8")) or []}
    tried = {name_of(header, mutant) for (header, _, mutant), _ in fates}
    survivors = {name_of(header, mutant) for (header, _, mutant), fate in fates if fate is None}  # a line may stand in a header twice
    unexplained = sorted(survivors - set(known))
    all_names = {name_of(h, m) for h in headers() for m in mutants(h)}
    stale = sorted(n for n in known if n not in all_names or (n in tried and n not in survivors))
    survive = sum(fate is None for _, fate in fates)
    stillborn = sum(fate is not None and fate.startswith(NO_MUTANT) for _, fate in fates)
    for header in chosen:
        of_it = [fate for item, fate in fates if item[0] == header]
        count = {word: sum(fate is not None and fate.startswith(word) for fate in of_it) for word in (NO_MUTANT, "fails", "takes too long")}
        print(f"  {Path(header).name}: {len(of_it)} mutants, {count[NO_MUTANT]} do not compile, {count['fails']} killed, {count['takes too long']} timed out, {of_it.count(None)} survive")
    print(f"{len(fates)} mutants, {stillborn} do not compile, {len(fates) - survive - stillborn} killed, {survive} survive, {len(unexplained)} of them without a reason, "
          f"{time.monotonic() - began:.0f} s")
    for name in unexplained:
        print(f"  no test notices: {name}")
    for name in stale:
        print(f"  stands in survivors.yaml, and does not survive: {name}")
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main())
