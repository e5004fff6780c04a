"""The sample council: its returns keep the rules of the return, its mess is in the ledger, its truth is the truth.

The module is loaded from its file: it needs nothing of the rest of the package, and neither do these tests.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "python" / "leavingcare"
SAMPLE = PACKAGE / "sample"
YEAR_END = date(2024, 3, 31)
ONE_DAY = timedelta(days=1)


def load_module():
    spec = importlib.util.spec_from_file_location("sample_council", PACKAGE / "sample_council.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["sample_council"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


council = load_module()
YEARS = range(2019, 2025)


def rows(files: dict[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[path].decode("utf-8-sig"), newline="")))


def iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def folders(files: dict[str, bytes]) -> list[str]:
    return sorted({path.split("/")[0] for path in files if re.match(r"\d{4}-\d\d/", path)})


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    """The shipped sample, from the disk."""
    return {
        str(path.relative_to(SAMPLE).as_posix()): path.read_bytes()
        for path in SAMPLE.rglob("*.csv")
    }


@pytest.fixture(scope="module")
def clean() -> dict[str, bytes]:
    return council.sample_council(300, 7, YEARS, clean=True)


@pytest.fixture(scope="module")
def messy() -> dict[str, bytes]:
    return council.sample_council(300, 7, YEARS)


# -- the shipped sample ------------------------------------------------------------------------------------------------


def test_the_shipped_sample_is_what_its_command_makes(sample, tmp_path):
    """The command is read from the README, so that what it says is what is true."""
    command = re.search(r"python3 python/leavingcare/sample_council\.py (--out .*)", (SAMPLE / "README.md").read_text())
    arguments = command[1].replace("python/leavingcare/sample", str(tmp_path)).split()
    subprocess.run([sys.executable, str(PACKAGE / "sample_council.py"), *arguments], check=True, capture_output=True)

    made = {str(path.relative_to(tmp_path).as_posix()): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert sorted(made) == sorted(sample)
    assert [path for path in made if made[path] != sample[path]] == []


def test_the_shipped_sample_is_small(sample):
    assert sum(len(content) for content in sample.values()) < 200_000


def test_the_shipped_sample_holds_every_kind_of_oddity(sample):
    assert {row["kind"] for row in rows(sample, "oddities.csv")} == {
        "bom_and_crlf", "duplicate", "impossible_date", "lower_case", "missing_later", "no_urn_column",
        "not_in_any_header", "not_in_header", "open_then_closed", "other_dob", "overlap", "pipeline_e99",
        "pipeline_liiaf", "rec_without_dec", "replaced", "same_day_episode", "unknown_code", "x1_gap",
    }  # fmt: skip


class PlainStatus:
    """A status from the true facts, for plain cases only: enough to see that a demonstration has something to show.

    Not the law: no readings, no short-break test, no detention. The rulebook decides; this only counts.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.born = {row["person"]: iso(row["value"]) for row in rows(files, "truth/date_of_birth.csv")}
        self.care = defaultdict(list)
        for row in rows(files, "truth/care.csv"):
            if row["legal_status"] not in council.SHORT_BREAKS:
                self.care[row["person"]].append((iso(row["from"]), iso(row["until"]) or date.max))

    def looked_after(self, person: str, day: date) -> bool:
        return any(since <= day < until for since, until in self.care[person])

    def days_since_14(self, person: str, before: date) -> int:
        at_14 = council.birthday(self.born[person], 14)
        return sum(max(0, (min(until, before) - max(since, at_14)).days) for since, until in self.care[person])

    def on(self, person: str, day: date) -> str:
        at_16, at_18, at_21 = (council.birthday(self.born[person], age) for age in (16, 18, 21))
        if day < at_16:
            return "below 16"
        if day < at_18 and self.looked_after(person, day):
            return "eligible" if self.days_since_14(person, day + ONE_DAY) >= 91 else "in care"
        if not any(at_16 < until for _, until in self.care[person]):
            return "never in care at 16"
        if self.days_since_14(person, at_18) >= 91:
            return "relevant" if day < at_18 else "former relevant"
        return "qualifying" if day < at_21 else "none"


def test_on_the_last_year_end_the_sample_shows_every_status(sample):
    status = PlainStatus(sample)
    shown = Counter(status.on(person, YEAR_END) for person in status.born)
    for expected in ("eligible", "relevant", "former relevant", "qualifying"):
        assert shown[expected] >= 3, shown


def test_several_people_of_the_sample_change_status_in_the_90_days_after_the_last_year_end(sample):
    status = PlainStatus(sample)
    later = YEAR_END + timedelta(days=90)
    changes = {(status.on(person, YEAR_END), status.on(person, later)) for person in status.born}
    assert {
        ("below 16", "eligible"), ("in care", "eligible"), ("eligible", "former relevant"),
        ("relevant", "former relevant"), ("qualifying", "none"),
    } <= changes  # fmt: skip


def test_the_sample_is_about_people_near_the_lines_of_the_law(sample):
    status = PlainStatus(sample)
    case = {row["person"]: row["case"] for row in rows(sample, "cases.csv")}
    total = {case[person]: status.days_since_14(person, YEAR_END) for person in status.born}
    assert total["one stay of 90 days"] == 90
    assert total["one stay of 91 days"] == 91
    assert total["one stay of 92 days"] == 92
    assert total["three stays, 90 days in all"] == 90
    assert total["three stays, 91 days in all"] == 91
    assert total["in care before 14, 91 days since"] == 91

    who = {name: person for person, name in case.items()}
    for name, distance in (("the day before 16", -1), ("on the 16th birthday", 0), ("the day after 16", 1)):
        person = who[f"leaves {name}"]
        left = max(until for _, until in status.care[person])
        assert (left - council.birthday(status.born[person], 16)).days == distance
    assert sum(born.month == 2 and born.day == 29 for born in status.born.values()) >= 2


# -- the generator -----------------------------------------------------------------------------------------------------


def test_the_same_arguments_give_the_same_bytes_and_another_seed_gives_others():
    assert council.sample_council(40, 7, YEARS) == council.sample_council(40, 7, YEARS)
    assert council.sample_council(40, 7, YEARS) != council.sample_council(40, 8, YEARS)


def test_the_mess_leaves_the_truth_alone(clean, messy):
    assert {path for path in clean if path.startswith("truth/") and clean[path] != messy[path]} == set()
    assert rows(clean, "oddities.csv") == []
    assert len(rows(messy, "oddities.csv")) > 30


@pytest.mark.parametrize("years", [range(2019, 2020), range(2024, 2025), range(2020, 2026)])
def test_any_run_of_known_years_can_be_made(years):
    files = council.sample_council(80, 3, years)
    assert folders(files) == [f"{end - 1}-{end % 100}" for end in years]


@pytest.mark.parametrize("text", ["2018-2024", "2019-2026", "2024-2019", "last year", "2019-", "-"])
def test_years_whose_codes_are_not_known_are_refused(text, tmp_path, capsys):
    with pytest.raises(SystemExit):
        council.main(["--out", str(tmp_path), f"--years={text}"])
    assert "expected years" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# -- the clean returns -------------------------------------------------------------------------------------------------


def histories(files: dict[str, bytes]) -> dict[str, list[dict]]:
    """Each child's episodes in order, one for each DECOM, as the latest return that holds it has it."""
    latest: dict[tuple[str, date], dict] = {}
    for folder in folders(files):
        for row in rows(files, f"{folder}/episodes.csv"):
            row |= {"DECOM": council.day_of(row["DECOM"]), "DEC": council.day_of(row["DEC"]) if row["DEC"] else None}
            latest[row["CHILD"], row["DECOM"]] = row
    children = defaultdict(list)
    for (child, _), row in sorted(latest.items()):
        children[child].append(row)
    return children


def dates_of_birth(files: dict[str, bytes]) -> dict[str, date]:
    return {row["person"]: iso(row["value"]) for row in rows(files, "truth/date_of_birth.csv")}


def test_each_file_has_exactly_the_columns_of_the_return(clean):
    for folder in folders(clean):
        expected = set(council.COLUMNS) - ({"sw_episodes.csv"} if folder < "2023-24" else set())
        assert {path.split("/")[1] for path in clean if path.startswith(folder)} == expected
        for file in expected:
            assert clean[f"{folder}/{file}"].split(b"\n")[0].decode() == council.COLUMNS[file]


def test_neighbouring_episodes_keep_the_rules_of_adjacency(clean):
    for episodes in histories(clean).values():
        for before, after in zip(episodes, episodes[1:]):
            assert before["DEC"], "only the last may be open: rule 142"
            assert before["DEC"] <= after["DECOM"], "no overlap: rule 501"
            if before["REC"] == "X1":
                assert after["DECOM"] == before["DEC"] and after["RNE"] in "LPTBU", "rules 388, 433"
                moved = [before[c] for c in ("PLACE", "PL_POST")] != [after[c] for c in ("PLACE", "PL_POST")]
                other_status = before["LS"] != after["LS"]
                assert (other_status, moved) == {
                    "L": (True, False), "P": (False, True), "T": (False, True), "B": (True, True), "U": (True, True),
                }[after["RNE"]], "rules 434-436"  # fmt: skip
                assert bool(before["REASON_PLACE_CHANGE"]) == moved
            else:
                assert after["RNE"] == "S" and after["DECOM"] > before["DEC"], "rules 431, 432"
                assert before["REC"] not in ("E2", "E15"), "nothing follows: rule 437"
        assert episodes[-1]["REC"] != "X1", "the last does not end in X1: rule 388"


def test_each_episode_keeps_the_rules_of_its_own(clean):
    born = dates_of_birth(clean)
    limits = {"L1": 3, "L2": 21}
    for child, episodes in histories(clean).items():
        for episode in episodes:
            at_18, end = council.birthday(born[child], 18), episode["DEC"] or YEAR_END
            assert bool(episode["DEC"]) == bool(episode["REC"]), "rules 147, 148"
            assert not episode["DEC"] or episode["DECOM"] < episode["DEC"], "rules 355, 356"
            assert episode["DECOM"] < at_18, "nobody starts at 18: rule 352"
            assert end <= at_18 or (episode["LS"], episode["PLACE"]) == ("V2", "K2"), "rule 359"
            assert (end - episode["DECOM"]).days <= limits.get(episode["LS"], 10_000), "rules 361, 362"
            if episode["PLACE"] in council.TEMPORARY:
                assert episode["RNE"] != "S" and episode["REC"] in ("X1", ""), "rules 380-383"
            if episode["PLACE"] in council.TEMPORARY + ("Z1",):
                assert not episode["PLACE_PROVIDER"]


def test_a_return_holds_the_episodes_open_in_its_year_and_no_others(clean):
    for folder, end in zip(folders(clean), YEARS):
        for row in rows(clean, f"{folder}/episodes.csv"):
            assert council.day_of(row["DECOM"]) <= date(end, 3, 31)
            assert not row["DEC"] or date(end - 1, 4, 1) <= council.day_of(row["DEC"]) <= date(end, 3, 31)


def test_joined_over_the_years_the_returns_give_the_true_care(clean):
    """All of it that a return can show: what ended before the first of April of the first year is in none."""
    from_returns = {
        (child, episode["DECOM"], episode["DEC"], episode["LS"], episode["PLACE"])
        for child, episodes in histories(clean).items()
        for episode in episodes
    }
    true = {
        (row["person"], iso(row["from"]), iso(row["until"]), row["legal_status"], row["placement"])
        for row in rows(clean, "truth/care.csv")
    }
    assert from_returns == {row for row in true if row[2] is None or row[2] >= date(2018, 4, 1)}
    assert from_returns != true


def test_everyone_in_a_return_is_in_its_header_with_one_date_of_birth(clean):
    born = dates_of_birth(clean)
    for folder in folders(clean):
        header = {row["CHILD"] for row in rows(clean, f"{folder}/header.csv")}
        for file in council.COLUMNS:
            for row in rows(clean, f"{folder}/{file}") if f"{folder}/{file}" in clean else []:
                assert row["CHILD"] in header
                assert council.day_of(row.get("DOB") or council.in_return(born[row["CHILD"]])) == born[row["CHILD"]]


def test_codes_belong_to_the_year_of_their_return():
    files = council.sample_council(400, 5, range(2019, 2026), clean=True)
    used = defaultdict(set)
    for folder in folders(files):
        for file, column in (("header", "SEX"), ("episodes", "PLACE"), ("oc3", "ACTIV"), ("oc3", "IN_TOUCH")):
            used[column, folder] |= {row[column] for row in rows(files, f"{folder}/{file}.csv")}
    for folder in folders(files):
        assert used["SEX", folder] == ({"M", "F"} if folder == "2024-25" else {"1", "2"})
        assert ("K3" in used["PLACE", folder]) == (folder == "2024-25")
        assert not used["PLACE", folder] & {"H5", "P2"} or folder < "2024-25"
        assert not used["ACTIV", folder] & ({"F4", "P4", "F5", "P5"} if folder < "2021-22" else {"F3", "P3"})
    assert "F3" in used["ACTIV", "2020-21"] and "F5" in used["ACTIV", "2021-22"]
    assert {"YES", "NO", "RHOM", "DIED"} <= set().union(*(used["IN_TOUCH", folder] for folder in folders(files)))


def test_care_leavers_are_returned_at_the_birthdays_of_the_year(clean):
    born = dates_of_birth(clean)
    ages = defaultdict(set)
    for folder, end in zip(folders(clean), YEARS):
        for row in rows(clean, f"{folder}/oc3.csv"):
            on = next(
                council.birthday(born[row["CHILD"]], age) for age in range(17, 26)
                if date(end - 1, 4, 1) <= council.birthday(born[row["CHILD"]], age) <= date(end, 3, 31)
            )  # fmt: skip
            ages[folder].add(on.year - born[row["CHILD"]].year)
            if row["IN_TOUCH"] == "YES":
                assert "0" not in (row["ACTIV"], row["ACCOM"]), "rule 345"
            if row["IN_TOUCH"] in ("DIED", "RHOM"):
                assert (row["ACTIV"], row["ACCOM"]) == ("0", "0"), "rule 344"
            if row["ACCOM"][0] in "TZ":
                assert on >= council.birthday(born[row["CHILD"]], 18), "rules 347, 3001"
    assert ages["2023-24"] >= {17, 18, 19, 20, 21} and max(ages["2023-24"]) > 21
    assert max(ages["2021-22"]) <= 21, "22 to 25 only from 2022-23"


# -- the ledger --------------------------------------------------------------------------------------------------------


def next_folder(folder: str) -> str:
    start = int(folder[:4]) + 1
    return f"{start}-{(start + 1) % 100:02}"


class Planted:
    """One line of the ledger with what it points at."""

    def __init__(self, files: dict[str, bytes], entry: dict[str, str]) -> None:
        self.files, self.folder, self.entry = files, entry["year"], entry
        path = f"{entry['year']}/{entry['file']}"
        self.raw = files[path]
        self.table = rows(files, path)
        self.row = self.table[int(entry["line"]) - 2] if entry["line"] != "1" else {}

    @property
    def siblings(self) -> list[dict[str, str]]:
        return [row for row in self.table if row["CHILD"] == self.row["CHILD"]]

    @property
    def following(self) -> dict[str, str]:
        return self.siblings[self.siblings.index(self.row) + 1]

    def elsewhere(self, folder: str, file: str = "episodes.csv") -> list[dict[str, str]]:
        return [row for row in rows(self.files, f"{folder}/{file}") if row["CHILD"] == self.row["CHILD"]]

    @property
    def next_year(self) -> dict[str, str]:
        return next(row for row in self.elsewhere(next_folder(self.folder)) if row["DECOM"] == self.row["DECOM"])

    def headers(self) -> list[str]:
        return [folder for folder in folders(self.files) if self.elsewhere(folder, "header.csv")]

    def in_no_later_return(self) -> bool:
        later = [path.split("/") for path in self.files if re.match(r"\d{4}-", path) and path[:7] > self.folder]
        return bool(later) and not any(self.elsewhere(folder, file) for folder, file in later)


def day(text: str) -> date:
    return council.day_of(text)


WHAT_THE_LEDGER_MEANS = {
    "no_urn_column": lambda p: b"URN" not in p.raw and p.folder == "2018-19",
    "bom_and_crlf": lambda p: p.raw.startswith(b"\xef\xbb\xbf") and p.raw.count(b"\r\n") == p.raw.count(b"\n"),
    "overlap": lambda p: day(p.row["DEC"]) > day(p.following["DECOM"]),
    "x1_gap": lambda p: p.row["REC"] == "X1" and day(p.row["DEC"]) < day(p.following["DECOM"]),
    "same_day_episode": lambda p: p.row["DEC"] == p.row["DECOM"],
    "duplicate": lambda p: p.table[int(p.entry["line"]) - 3] == p.row,
    "rec_without_dec": lambda p: p.row["REC"] and not p.row["DEC"],
    "impossible_date": lambda p: p.row["DEC"].startswith("30/02/"),
    "unknown_code": lambda p: p.row["LS"] == "V9" or p.row["PLACE"] == "Q7",
    "lower_case": lambda p: p.row["LS"].islower() and p.row["REC"].islower(),
    "open_then_closed": lambda p: not p.row["DEC"] and p.next_year["DEC"],
    "replaced": lambda p: p.row["PLACE"] != p.next_year["PLACE"] or p.row["DEC"] != p.next_year["DEC"],
    "missing_later": lambda p: not p.row["DEC"] and p.in_no_later_return(),
    "pipeline_e99": lambda p: p.row["REC"] == "E99" and p.row["DEC"].startswith("31/03/") and p.in_no_later_return(),
    "pipeline_liiaf": lambda p: p.row["REASON_PLACE_CHANGE"] == "LIIAF" and p.following["DECOM"] == p.row["DEC"],
    "other_dob": lambda p: day(p.row["DOB"]) == dates_of_birth(p.files)[p.row["CHILD"]] + ONE_DAY,
    "not_in_header": lambda p: p.headers() and p.folder not in p.headers(),
    "not_in_any_header": lambda p: not p.headers() and p.elsewhere(p.folder, "reviews.csv"),
}


def test_each_line_of_the_ledger_points_at_what_it_says(messy, sample):
    for files in (messy, sample):
        for entry in rows(files, "oddities.csv"):
            assert WHAT_THE_LEDGER_MEANS[entry["kind"]](Planted(files, entry)), entry


def test_no_child_suffers_two_faults(messy):
    entries = [Planted(messy, entry) for entry in rows(messy, "oddities.csv")]
    suffering = [entry.row["CHILD"] for entry in entries if entry.row]
    assert len(suffering) == len(set(suffering))


def test_what_is_not_in_the_ledger_is_not_spoilt(clean, messy):
    """Children who are not named by the ledger have the same rows in the clean and in the messy returns."""
    spoilt = {entry.row.get("CHILD") for entry in (Planted(messy, entry) for entry in rows(messy, "oddities.csv"))}
    for path in clean:
        if re.match(r"\d{4}-", path):
            untouched = [[row for row in rows(files, path) if row["CHILD"] not in spoilt] for files in (clean, messy)]
            for row in untouched[0]:
                if path == "2018-19/episodes.csv":
                    del row["URN"]
            assert untouched[0] == untouched[1], path
