"""Engine against day by day on many generated lives, under each reading that both know; run by ctest.

    compare_many.py --command build/leavingcare --oracle build/day_by_day --people 20000 --seed 1

The default readings are compared on all the lives, every other option on a tenth as many. Ends with
"N passed, N failed" and exit code 1 if any comparison found a difference.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
READINGS = [
    None,
    "leap_birthday=28_february",
    "short_break_days=disregarded",
    "care_ending_on_16th_birthday=does_not_count",
    "would_be_relevant=tested_every_day",
    "adoption=no_effect",
]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def must(*command):
    code, told = run(*command)
    if code != 0:
        sys.exit(f"{command[0]} ended with {code}:\n{told}")


def compare(arguments, folder, facts, reading):
    given = ["--reading", reading] if reading else []
    must(arguments.oracle, "--facts", facts, "--out", folder / "truth", *given)
    must(arguments.command, "evaluate", "--quiet", "--rules", "england", "--facts", facts, "--out", folder / "engine", *given)
    return run(sys.executable, HERE / "compare.py", "--engine", folder / "engine" / "statuses.csv",
               "--truth", folder / "truth" / "statuses.csv", "--facts", facts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", required=True)
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for people, seed, readings in ((arguments.people, arguments.seed, READINGS[:1]),
                                       (max(arguments.people // 10, 1), arguments.seed + 1, READINGS[1:])):
            facts = folder / f"lives_{seed}"
            must(sys.executable, HERE / "generate_lives.py", "--seed", seed, "--people", people, "--out", facts)
            for reading in readings:
                code, told = compare(arguments, folder, facts, reading)
                failed += code != 0
                print(f"{reading or 'default readings'}: {told if code else told.splitlines()[-2]}", flush=True)
    print(f"{len(READINGS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
