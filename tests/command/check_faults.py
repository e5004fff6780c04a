#!/usr/bin/env python3
"""What becomes of the command when the machine fails it: full disks, unreadable folders, signals, no memory, absurd files.

    check_faults.py --command PATH --rules DIR

Each time it must say what is wrong and how it ended, by the right exit code; results must appear whole or not at all, those of an earlier run
must stay, and nothing may be left lying about. Runs as anyone: where root may do what others may not, the command is run as nobody.
Only the standard library is used.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOUND, PROBLEMS, USAGE, FAULT = 0, 1, 2, 3
INSIDES = ("terminate called", "std::", "what():", "Assertion", "Segmentation fault", "basic_string", "vector::")
TABLES = ["categories.csv", "entitlements.csv", "findings.csv", "indicators.csv", "obligations.csv", "receipt.json", "statuses.csv"]
NOBODY = 65534
LONGEST = 60  # seconds

BORN = "person,value\n" + "".join(f"p{i},2005-0{i % 9 + 1}-11\n" for i in range(300))
CARE = "person,from,until,legal_status\n" + "".join(f"p{i},2019-01-{i % 28 + 1:02},2021-03-01,C2\n" for i in range(300))


class Checks:
    def __init__(self, command, rules, temp):
        # A copy of its own, which nobody may run too, wherever the build stands.
        self.temp = temp
        temp.chmod(0o755)
        self.command = temp / "bin" / "leavingcare"
        self.command.parent.mkdir()
        shutil.copy(command, self.command)
        shutil.copytree(rules, temp / "rules")
        self.env = dict(os.environ, LEAVINGCARE_RULES=str(temp / "rules"), LC_ALL="C")
        self.passed = self.failed = 0

    def folder(self, name, **files):
        place = self.temp / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for file, text in files.items():
            (place / f"{file}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def start(self, *words, limits=None, as_nobody=False, ignored=(), **more):
        def prepare():
            for one in ignored:
                signal.signal(one, signal.SIG_IGN)
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a limit on files is an error, as a full disk is
            for what, limit in (limits or {}).items():
                resource.setrlimit(what, (limit, limit))
            if as_nobody and os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen([self.command, *map(str, words)], env=self.env, stdin=subprocess.DEVNULL, preexec_fn=prepare, **more)

    def run(self, *words, **more):
        process = self.start(*words, **more)
        try:
            out, err = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, "", f"it was still running after {LONGEST} seconds"
        return process.returncode, (out or b"").decode("utf-8", "replace"), (err or b"").decode("utf-8", "replace")

    def expect(self, name, ended, wanted, says="", also=()):
        code, _, err = ended
        faults = [fault for fault in also if fault]
        wanted = wanted if isinstance(wanted, tuple) else (wanted,)
        if code not in wanted:
            faults.append(f"ended with {code}, expected {' or '.join(map(str, wanted))}; it said: {err.strip()[:300]}")
        if says not in err:
            faults.append(f"did not say '{says}': {err.strip()[:300]}")
        if code not in (SOUND, None) and code > 0 and not err.strip():
            faults.append("failed without a word")
        faults += [f"shows its insides: {word}" for word in INSIDES if word in err]
        self.passed += not faults
        self.failed += bool(faults)
        if faults:
            print(f"FAILED  {name}")
            for fault in faults:
                print(f"        {fault}")

    # --- what is left in a folder of results ---

    @staticmethod
    def empty(folder):
        left = sorted(p.name for p in folder.iterdir()) if folder.exists() else []
        return f"left behind: {', '.join(left)}" if left else None

    @staticmethod
    def contents(folder):
        return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def evaluate(facts, out, *more):
    return ["evaluate", "--rules", "england", "--facts", facts, "--quiet", "--out", out, *more]


def check_writing(checks, facts):
    out = checks.temp / "out"
    checks.expect("results are written", checks.run(*evaluate(facts, out)), SOUND,
                  also=[None if sorted(p.name for p in out.iterdir()) == TABLES else "not the tables expected"])
    before = checks.contents(out)
    whole = sum(map(len, before.values()))

    for limit in (0, 1, 4096, max(map(len, before.values())) - 1):
        for name, folder in (("a new folder", checks.temp / f"new{limit}"), ("an earlier result", out)):
            ended = checks.run(*evaluate(facts, folder), limits={resource.RLIMIT_FSIZE: limit})
            stays = folder is not out or checks.contents(out) == before
            checks.expect(f"disk full after {limit} bytes of {whole}, {name}", ended, FAULT, "is the disk full",
                          [checks.empty(folder) if folder is not out else None, None if stays else "the earlier result has changed"])

    a_file = checks.temp / "a_file"
    a_file.write_text("x")
    checks.expect("--out is a file", checks.run(*evaluate(facts, a_file)), FAULT, "a_file", [None if a_file.read_text() == "x" else "the file was changed"])
    checks.expect("--out lies in a file", checks.run(*evaluate(facts, a_file / "inner")), FAULT, "a_file")
    taken = checks.temp / "taken"
    (taken / "statuses.csv").mkdir(parents=True)
    (taken / "receipt.json").write_text("{}")
    checks.expect("a table's name is taken by a folder", checks.run(*evaluate(facts, taken)), FAULT, "it is a folder",
                  [None if (taken / "receipt.json").read_text() == "{}" else "the receipt was lost"])

    sealed = checks.temp / "sealed"
    sealed.mkdir()
    (sealed / "receipt.json").write_text("{}")
    sealed.chmod(0o555)
    checks.expect("--out may not be written to", checks.run(*evaluate(facts, sealed), as_nobody=True), FAULT, "sealed",
                  [None if [p.name for p in sealed.iterdir()] == ["receipt.json"] else "something was written"])
    sealed.chmod(0o755)

    calendar = checks.temp / "due.ics"
    upcoming = ["upcoming", "--rules", "england", "--facts", facts, "--quiet", "--as-at", "2020-06-01", "--within", "90d", "--ics"]
    checks.expect("disk full: a calendar", checks.run(*upcoming, calendar, limits={resource.RLIMIT_FSIZE: 10}), FAULT, "is the disk full",
                  [f"left behind: {p.name}" for p in checks.temp.glob("*due.ics*")])
    pipe = checks.temp / "pipe.ics"
    os.mkfifo(pipe)
    process = checks.start(*upcoming, pipe)
    with open(pipe, "rb") as reader:
        text = reader.read()
    _, err = process.communicate(timeout=LONGEST)
    checks.expect("a calendar into a pipe", (process.returncode, "", err.decode()), SOUND,
                  also=[None if text.startswith(b"BEGIN:VCALENDAR") else "no calendar came", None if pipe.is_fifo() else "the pipe was replaced"])


def check_signals(checks, facts):
    """While results are being written: a pipe in the place of the file being written holds the command there until it is read."""
    out = checks.temp / "interrupted"
    checks.expect("results to interrupt", checks.run(*evaluate(facts, out)), SOUND)
    before = checks.contents(out)
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        pipe = out / ".statuses.csv.unfinished"
        os.mkfifo(pipe)
        process = checks.start(*evaluate(facts, out, "--threads", "2"))
        with open(pipe, "rb") as reader:  # opens when the command has opened it
            process.send_signal(one)
            time.sleep(0.1)
            reader.read()
        process.communicate(timeout=LONGEST)
        left = [p.name for p in out.iterdir() if p.name not in before]
        checks.expect(f"{one.name} while writing", (process.returncode, "", "-"), -one,
                      also=[f"left behind: {left}" if left else None, None if checks.contents(out) == before else "the earlier result has changed"])
    # As nohup starts it, the end of the terminal is nothing to it.
    pipe = out / ".statuses.csv.unfinished"
    os.mkfifo(pipe)
    process = checks.start(*evaluate(facts, out), ignored=[signal.SIGHUP])
    with open(pipe, "rb") as reader:
        process.send_signal(signal.SIGHUP)
        reader.read()
    _, err = process.communicate(timeout=LONGEST)
    checks.expect("SIGHUP, ignored, while writing", (process.returncode, "", err.decode()), SOUND)
    (out / "statuses.csv").unlink()  # the pipe, moved into its place
    checks.expect("results to interrupt, again", checks.run(*evaluate(facts, out)), SOUND,
                  also=[None if checks.contents(out) == before else "not the same result"])
    # Killed outright, it can put nothing away: what it leaves is hidden, no result, and replaced by the next run.
    pipe = out / ".statuses.csv.unfinished"
    os.mkfifo(pipe)
    process = checks.start(*evaluate(facts, out))
    with open(pipe, "rb"):
        process.kill()
        process.communicate(timeout=LONGEST)
    pipe.unlink()
    (out / ".statuses.csv.unfinished").write_text("half a ta")
    (out / "receipt.json").unlink()
    checks.expect("after a kill: the next run", checks.run(*evaluate(facts, out)), SOUND,
                  also=[None if checks.contents(out) == before else "not the same result"])


def check_output(checks, facts):
    summary = ["evaluate", "--rules", "england", "--facts", facts, "--quiet", "--on", "2020-06-01"]
    with open("/dev/full", "wb") as full:
        for words in (summary, ["list", "--rules", "england"], ["ledger", "cornwall"], ["compare", "england", "cornwall"], ["test", "england"]):
            checks.expect(f"{words[0]}: standard output is full", checks.run(*words, stdout=full), FAULT, "could not be written")
    reader, writer = os.pipe()
    os.close(reader)
    code, _, err = checks.run(*summary, "--format", "json", stdout=writer)
    os.close(writer)
    checks.expect("standard output is a closed pipe", (code, "", err), (-signal.SIGPIPE, SOUND, FAULT))


def check_reading(checks):
    def read(name, wanted, says, as_nobody=False, limits=None, **files):
        facts = checks.folder("read", **files)
        out = checks.temp / "nothing"
        ended = checks.run(*evaluate(facts, out), as_nobody=as_nobody, limits=limits)
        checks.expect(name, ended, wanted, says, [checks.empty(out)] if wanted != SOUND else [])
        shutil.rmtree(out, ignore_errors=True)

    read("carriage returns and line feeds", SOUND, "", date_of_birth=BORN.replace("\n", "\r\n"), care=CARE.replace("\n", "\r\n"))
    read("carriage returns alone", SOUND, "", date_of_birth=BORN.replace("\n", "\r"), care=CARE)
    read("UTF-16", PROBLEMS, "UTF-16", date_of_birth=BORN.encode("utf-16"))
    read("Latin-1", PROBLEMS, "UTF-8", date_of_birth=BORN, care=CARE.encode() + b"p1,2020-01-01,,C\xe9\n")
    read("zero bytes", PROBLEMS, "zero byte", date_of_birth=BORN.encode() + b"\0" * 100)
    read("nothing at all", PROBLEMS, "date_of_birth.csv", date_of_birth="")
    read("a quote that is never closed", PROBLEMS, "closing quote", date_of_birth=BORN, care=CARE + '"' + CARE * 3)
    read("a cell of two megabytes", PROBLEMS, "which is the limit", date_of_birth=BORN + "p" * 2_000_000 + ",2005-01-01\n")
    read("a quoted cell of two megabytes, in lines", PROBLEMS, "which is the limit", date_of_birth=BORN + '"' + "p\n" * 1_000_000 + '",2005-01-01\n')

    # Cut off anywhere, a table is read or refused, and a record is never made of half a line without its cells.
    text = CARE[:2000].encode()
    for cut in range(0, len(text), 37):
        facts = checks.folder("cut", date_of_birth=BORN, care=text[:cut])
        checks.expect(f"cut off after {cut} bytes", checks.run(*evaluate(facts, checks.temp / "cut_out")), (SOUND, PROBLEMS))

    # Ten gigabytes in one column: a sparse file. It must be refused by its size, not read.
    facts = checks.folder("huge", date_of_birth=BORN)
    with open(facts / "care.csv", "wb") as file:
        file.write(b"person,from,until,legal_status\n")
        file.truncate(10 << 30)
    checks.expect("ten gigabytes", checks.run(*evaluate(facts, checks.temp / "nothing"), limits={resource.RLIMIT_AS: 1 << 30}), PROBLEMS, "which is the limit")

    for name, make in (("a folder in the place of a table", lambda p: p.mkdir()), ("a pipe in the place of a table", os.mkfifo),
                       ("a table that leads nowhere", lambda p: p.symlink_to("nowhere.csv"))):
        facts = checks.folder("odd", date_of_birth=BORN)
        make(facts / "care.csv")
        ended = checks.run(*evaluate(facts, checks.temp / "nothing"))
        checks.expect(name, ended, SOUND if "folder" in name else PROBLEMS, "" if "folder" in name else "care.csv")

    for name, place, mode in (("a table nobody may read", "care.csv", 0), ("a folder nobody may look into", ".", 0o311)):
        facts = checks.folder("locked", date_of_birth=BORN, care=CARE)
        (facts / place).chmod(mode)
        checks.expect(name, checks.run(*evaluate(facts, checks.temp / "nothing"), as_nobody=True), PROBLEMS, "Permission denied")
        (facts / place).chmod(0o755)
    rules = checks.temp / "locked.yaml"
    rules.write_text("rulebook: x\n")
    rules.chmod(0)
    checks.expect("a rulebook nobody may read", checks.run("check", rules, as_nobody=True), PROBLEMS, "Permission denied")


def check_memory(checks):
    """With ever more memory: out of memory says so, in the main thread or in another, and the result is whole or not there."""
    people = 60_000
    facts = checks.folder("many", date_of_birth="person,value\n" + "".join(f"p{i},2005-03-11\n" for i in range(people)),
                          care="person,from,until,legal_status\n" + "".join(f"p{i},2019-01-01,2021-03-01,C2\n" for i in range(people)))
    ended_well = ran_out = 0
    for megabytes in (60, 90, 120, 150, 180, 220, 260, 320, 400, 600, 1200):
        out = checks.temp / "memory"
        ended = checks.run(*evaluate(facts, out, "--threads", "3"), limits={resource.RLIMIT_AS: megabytes << 20})
        if ended[0] == 127:  # too little even for the loader of programs
            continue
        ended_well += ended[0] == SOUND
        ran_out += ended[0] == FAULT
        left = sorted(p.name for p in out.iterdir()) if out.exists() else []
        checks.expect(f"{megabytes} MB", ended, (SOUND, FAULT), "" if ended[0] == SOUND else "memory",
                      [None if left == (TABLES if ended[0] == SOUND else []) else f"there is: {left}"])
        shutil.rmtree(out, ignore_errors=True)
    checks.expect("memory ran out for some and sufficed for others", (0, "", ""), 0,
                  also=[None if ended_well and ran_out else f"{ended_well} ended well, {ran_out} ran out"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--command", required=True, type=Path)
    parser.add_argument("--rules", required=True, type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        checks = Checks(arguments.command, arguments.rules, Path(temporary))
        facts = checks.folder("facts", date_of_birth=BORN, care=CARE)
        check_writing(checks, facts)
        check_signals(checks, facts)
        check_output(checks, facts)
        check_reading(checks)
        check_memory(checks)
    print(f"{checks.passed} checks passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
