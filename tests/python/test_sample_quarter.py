"""The sample quarter: it is what its command makes, nothing in it is later than its last day, and what was planted is there.

The modules are loaded from their files: they need nothing of the rest of the package, and neither do these tests.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "python" / "leavingcare"
SAMPLE = PACKAGE / "sample_quarter"
FOLDERS = ("cornwall", "cornwall_advisers", "cornwall_service")
LAST_DAY = date(2016, 9, 30)


def load_module(name: str):
    spec = importlib.util.spec_from_file_location(name, PACKAGE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up, and one of the two imports the other
    spec.loader.exec_module(module)
    return module


load_module("sample_council")
quarter = load_module("sample_quarter")


def rows(files: dict[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[path].decode(), newline="")))


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    """The shipped sample, from the disk."""
    return {str(path.relative_to(SAMPLE).as_posix()): path.read_bytes() for path in SAMPLE.rglob("*.csv")}


def test_the_shipped_sample_is_what_its_command_makes(sample, tmp_path):
    """The command is read from the README, so that what it says is what is true."""
    command = re.search(r"python3 python/leavingcare/sample_quarter\.py (--out .*)", (SAMPLE / "README.md").read_text())
    arguments = command[1].replace("python/leavingcare/sample_quarter", str(tmp_path)).split()
    subprocess.run([sys.executable, str(PACKAGE / "sample_quarter.py"), *arguments], check=True, capture_output=True)

    made = {str(path.relative_to(tmp_path).as_posix()): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert sorted(made) == sorted(sample)
    assert [path for path in made if made[path] != sample[path]] == []


def test_another_seed_gives_other_people_in_the_same_tables(sample):
    other = quarter.sample_quarter(8)
    assert sorted(other) == sorted(sample)
    assert other["cornwall/date_of_birth.csv"] != sample["cornwall/date_of_birth.csv"]


def test_the_shipped_sample_is_small(sample):
    assert sum(len(content) for content in sample.values()) < 250_000


def test_there_are_160_young_people_with_eight_advisers_and_one_service(sample):
    assert len(rows(sample, "cornwall/date_of_birth.csv")) == 160
    advisers = {row["person"] for row in rows(sample, "cornwall_advisers/posts.csv") if row["role"] == "personal_adviser"}
    assert len(advisers) == 8
    assert [row["value"] for row in rows(sample, "cornwall_service/contract_start.csv")] == ["2016-07-01"]


def test_nothing_is_later_than_the_last_day_and_every_period_ends_after_it_began(sample):
    wrong = []
    for path in sample:
        folder, _, fact = path.partition("/")
        if folder not in FOLDERS:
            continue
        for row in rows(sample, path):
            days = [date.fromisoformat(row[column]) for column in ("from", "on", "until") if row.get(column)]
            if row.get("until") and row["from"] >= row["until"]:
                wrong.append((path, row))
            if any(day > LAST_DAY for day in days) and fact != "contract_ends.csv":
                wrong.append((path, row))
    assert wrong == []


def test_everyone_in_a_table_is_known_and_so_is_everyone_with_an_oddity(sample):
    known = {
        "cornwall": {row["person"] for row in rows(sample, "cornwall/date_of_birth.csv")},
        "cornwall_advisers": {row["person"] for row in rows(sample, "cornwall_advisers/started.csv")},
        "cornwall_service": {"service"},
    }
    for folder in FOLDERS:
        for path in sample:
            if path.startswith(f"{folder}/"):
                assert {row["person"] for row in rows(sample, path)} <= known[folder], path
    for row in rows(sample, "oddities.csv"):
        assert row["person"] in known[row["folder"]], row
    assert {row["person"] for row in rows(sample, "stories.csv")} == known["cornwall"]


def test_an_adviser_holds_the_cases_that_the_young_people_say(sample):
    held = defaultdict(set)
    for row in rows(sample, "cornwall/cornwall_allocated_to_provider.csv"):
        held[row["adviser"]].add(row["person"])
    for row in rows(sample, "cornwall_advisers/cases.csv"):
        assert row["young_person"] in held[row["person"]], row


def test_one_adviser_with_a_full_post_has_more_than_thirty_cases_and_only_in_august_and_september(sample):
    cases = rows(sample, "cornwall_advisers/cases.csv")

    def count(adviser: str, day: str) -> int:
        return sum(
            row["person"] == adviser and row["from"] <= day and (not row["until"] or day < row["until"]) for row in cases
        )

    assert count("a1", "2016-08-11") <= 30 < count("a1", "2016-08-12")
    assert count("a1", "2016-09-05") <= 30 < count("a1", "2016-09-04")


def test_a_payment_of_45_pounds_was_authorised_by_the_wrong_manager_and_another_by_the_right_one(sample):
    payments = rows(sample, "cornwall/cornwall_payments.csv")
    authorised = [row["authorised_by"] for row in payments if row["kind"] == "emergency" and row["amount"] == "45"]
    assert sorted(authorised) == ["manager_16_plus", "provider_manager"]
