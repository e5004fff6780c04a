"""The cohort of OC3 on full history; the defects of the published validator, each as a case that we get right."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import leavingcare as lc
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("oc3")


def evaluated(book, born, care, **facts):
    """One person, `a`; care is (from, until, legal status). What is not given never happened."""
    frames = {
        "date_of_birth": {"person": ["a"], "value": [born]},
        "care": {
            "person": ["a"] * len(care),
            "from": [one[0] for one in care],
            "until": [one[1] for one in care],
            "legal_status": [one[2] for one in care],
        },
        **{name: {"person": ["a"] * len(days), "on": days} for name, days in facts.items()},
    }
    return book.evaluate(lc.people(frames, rulebook=book), unrecorded="none")


def cohort(book, year, born, care, **facts):
    return lc.oc3_cohort(evaluated(book, born, care, **facts), year).to_dicts()


# -- the cohort -------------------------------------------------------------------------------------------------------


def test_a_row_says_who_when_and_what_the_law_calls_them(book):
    assert cohort(book, 2024, "2004-06-10", [("2018-06-10", "2022-06-10", "C2")]) == [
        {
            "person": "a",
            "age": 19,
            "birthday": dt.date(2023, 6, 10),
            "asked_about": "birthday",
            "truth": "yes",
            "category": "b) Former relevant child",
            "depends_on": "",
        }
    ]


@pytest.mark.parametrize("year, age", [(2021, None), (2022, None), (2023, 18), (2024, 19), (2026, 21), (2027, None)])
def test_from_the_first_birthday_after_care_to_the_21st(book, year, age):
    found = cohort(book, year, "2004-06-10", [("2018-06-10", "2022-06-10", "C2")])
    assert [row["age"] for row in found] == ([] if age is None else [age])


def test_after_21_only_those_who_asked(book):
    life = ("2000-06-10", [("2014-06-10", "2018-06-10", "C2")])
    assert cohort(book, 2024, *life) == []
    asked = cohort(book, 2024, *life, support_requests=["2024-01-15"])
    assert [(row["age"], row["asked_about"], row["truth"]) for row in asked] == [(23, "latest contact", "yes")]
    assert cohort(book, 2024, *life, support_requests=["2022-01-15"], support_declined=["2023-03-01"]) == []


def test_nobody_of_22_before_the_return_asked(book):
    assert cohort(book, 2022, "1999-06-10", [("2013-06-10", "2017-06-10", "C2")], support_requests=["2020-07-01"]) == []


def test_someone_who_qualifies_only_does_not_belong(book):
    assert cohort(book, 2024, "2006-06-10", [("2022-06-10", "2022-08-01", "V2")]) == []


def test_home_for_good_stays_in_the_return_and_not_in_the_law(book):
    frames = {
        "date_of_birth": {"person": ["a"], "value": ["2004-06-10"]},
        "care": {"person": ["a"], "from": ["2018-06-10"], "until": ["2020-09-01"], "legal_status": ["V2"]},
        "living_with_family": {"person": ["a"], "from": ["2020-09-01"], "until": [None], "with": ["parent"]},
    }
    result = book.evaluate(lc.people(frames, rulebook=book), unrecorded="none")
    (row,) = lc.oc3_cohort(result, 2024).to_dicts()
    assert (row["truth"], row["category"]) == ("yes", "c) Qualifying care leaver")


def test_where_history_is_missing_it_is_unknown_and_says_what_would_settle_it(book):
    people = lc.read_ssda903(lc.sample_returns()[-1:], rulebook=book)
    found = lc.oc3_cohort(book.evaluate(people), 2024).to_dicts()
    unknown = [row for row in found if row["truth"] == "unknown"]
    assert unknown and all(row["depends_on"] for row in unknown)


def test_the_answers_of_another_rulebook_are_refused():
    england = lc.load("england")
    people = lc.people({"date_of_birth": {"person": ["a"], "value": ["2006-01-01"]}}, rulebook=england)
    with pytest.raises(ValueError, match=r"lc\.load\('oc3'\)"):
        lc.oc3_cohort(england.evaluate(people), 2024)


def test_people_read_for_england_may_be_evaluated(book):
    england = lc.load("england")
    people = lc.read_ssda903(lc.sample_returns(), rulebook=england)
    assert len(lc.oc3_cohort(book.evaluate(people), 2024)) > 0


# -- the table and the check ------------------------------------------------------------------------------------------


def two_people(book):
    frames = {
        "date_of_birth": {"person": ["a", "b", "c"], "value": ["2004-06-10", "2006-09-01", "2006-06-10"]},
        "care": {
            "person": ["a", "b", "c"],
            "from": ["2018-06-10", "2018-06-10", "2018-06-10"],
            "until": ["2022-06-10", "2022-12-01", "2023-08-01"],
            "legal_status": ["C2", "C2", "C2"],
        },
        "died": {"person": ["a"], "on": ["2024-01-05"]},
    }
    people = lc.people(frames, rulebook=book)
    return people, book.evaluate(people, unrecorded="none")


def test_the_table_to_send(book):
    people, result = two_people(book)
    details = pd.DataFrame({"CHILD": ["b"], "IN_TOUCH": ["YES"], "ACTIV": ["F2"], "ACCOM": ["B1"]})
    table = lc.oc3_return(result, people, 2024, details=details)
    assert table.to_dicts() == [
        {"CHILD": "a", "DOB": dt.date(2004, 6, 10), "IN_TOUCH": "DIED", "ACTIV": "0", "ACCOM": "0"},
        {"CHILD": "b", "DOB": dt.date(2006, 9, 1), "IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "B1"},
    ]


def test_the_check_says_who_should_not_be_there_who_is_missing_and_what_cannot_be(book):
    _, result = two_people(book)
    oc3 = {"CHILD": ["b", "c", "z"], "ACCOM": ["T1", "B1", "B1"]}
    found = [(row["person"], row["finding"], row["row"]) for row in lc.check_oc3(result, 2024, oc3).to_dicts()]
    assert found == [("b", "not at this age", 1), ("c", "does not belong", 2), ("z", "does not belong", 3), ("a", "missing", None)]
    why = {row["person"]: row["why"] for row in lc.check_oc3(result, 2024, oc3).to_dicts()}
    assert why["c"].startswith("on 10 June 2023, at 17: ")
    assert why["z"] == "nobody of that id is among the people"
    assert why["a"] == "19 on 10 June 2023; the return asks about the birthday"


def test_the_sample_s_own_oc3_fits_its_truth(book):
    """The invented council's returns were written from its truth; where the truth is known in full, none of their rows is a stranger."""
    truth = lc.read_facts(lc.sample_returns()[0].parent / "truth", rulebook=book)
    result = book.evaluate(truth)
    members = {row["person"]: row["truth"] for row in lc.oc3_cohort(result, 2024).to_dicts()}
    with open(lc.sample_returns()[-1] / "oc3.csv", encoding="utf-8-sig", newline="") as file:
        sent = [row["CHILD"] for row in csv.DictReader(file) if row["CHILD"] in truth]
    assert sent and sum(person in members for person in sent) / len(sent) > 0.9


# -- the defects of the published validator ---------------------------------------------------------------------------


def test_rule_1001_flags_everybody_of_20_or_over_and_we_do_not(book):
    (row,) = cohort(book, 2024, "2003-06-10", [("2017-06-10", "2021-06-10", "C2")])
    assert (row["age"], row["truth"]) == (20, "yes")


def test_rule_1001_sees_two_returns_and_we_see_all(book):
    # Left at 16 and a half: no episode of the last two returns, and 19 in the year.
    (row,) = cohort(book, 2024, "2004-06-10", [("2018-06-10", "2021-01-10", "C2")])
    assert (row["age"], row["truth"]) == (19, "yes")


def test_rule_1001_never_tests_an_open_episode_and_here_it_counts_until_18(book):
    # Ninety-one days only because the open episode counts; nobody is looked after at 18.
    (row,) = cohort(book, 2025, "2006-06-10", [("2024-03-01", None, "C2")])
    assert (row["age"], row["truth"]) == (18, "yes")


def test_rule_1001_drops_days_of_short_breaks_and_so_do_we(book):
    assert cohort(book, 2024, "2004-06-10", [("2019-01-01", "2020-12-01", "V3")]) == []
    assert cohort(book, 2024, "2004-06-10", [("2019-01-01", "2020-12-01", "V4")]) == []


def test_rule_1007_breaks_on_29_february_and_we_have_1_march(book):
    (row,) = cohort(book, 2023, "2004-02-29", [("2018-06-10", "2021-06-10", "C2")])
    assert (row["age"], row["birthday"]) == (19, dt.date(2023, 3, 1))
    (row,) = cohort(book, 2024, "2004-02-29", [("2018-06-10", "2021-06-10", "C2")])
    assert (row["age"], row["birthday"]) == (20, dt.date(2024, 2, 29))


def test_rule_1007_never_flags_an_open_episode_and_we_do(book):
    life = ("2006-06-10", [("2018-06-10", None, "C2")])
    assert cohort(book, 2024, *life) == [], "still looked after on the 17th birthday"
    result = evaluated(book, *life)
    (finding,) = lc.check_oc3(result, 2024, {"CHILD": ["a"]}).to_dicts()
    assert finding["finding"] == "does not belong"


def test_rule_347_never_fires_and_ours_does(book):
    result = evaluated(book, "2006-06-10", [("2018-06-10", "2023-01-01", "C2")])
    for answer in ("T1", "T2", "t1", "Z1"):
        (finding,) = lc.check_oc3(result, 2024, {"CHILD": ["a"], "ACCOM": [answer]}).to_dicts()
        assert finding["finding"] == "not at this age"
    older = evaluated(book, "2005-06-10", [("2018-06-10", "2023-01-01", "C2")])
    assert len(lc.check_oc3(older, 2024, {"CHILD": ["a"], "ACCOM": ["T1"]})) == 0


def test_rule_1016_takes_17_on_31_march_2026_for_16_and_we_do_not(book):
    (row,) = cohort(book, 2026, "2009-03-31", [("2022-01-01", "2026-03-01", "C2")])
    assert (row["age"], row["birthday"]) == (17, dt.date(2026, 3, 31))


HEADER = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
EPISODES = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"]


def one_return(folder: Path, episodes: list[dict]) -> Path:
    folder.mkdir()
    with open(folder / "header.csv", "w", newline="") as file:
        csv.writer(file).writerows([HEADER, ["1", "F", "10/06/2007", "WBRI", "UN3", "0", ""]])
    with open(folder / "episodes.csv", "w", newline="") as file:
        rows = csv.DictWriter(file, EPISODES, restval="")
        rows.writeheader()
        rows.writerows([{"CHILD": "1", "CIN": "N1", "LS": "C2", **episode} for episode in episodes])
    return folder


def test_rule_146_flags_a_valid_k3_and_we_flag_h5_in_its_place(tmp_path, book):
    new = one_return(tmp_path / "2024-25", [{"DECOM": "01/05/2024", "RNE": "S", "PLACE": "K3"}])
    old = one_return(tmp_path / "again", [{"DECOM": "01/05/2024", "RNE": "S", "PLACE": "H5"}])

    def told(folder):
        return [row["message"] for row in lc.read_ssda903(folder, rulebook=book).remarks.to_dicts() if "PLACE" in row["message"] or "H5" in row["message"]]

    assert told(new) == []
    assert len(told(old)) == 1


def test_rule_503d_lacks_the_move_from_h5_to_k3_and_our_history_does_not_break_there(tmp_path):
    last = one_return(tmp_path / "2023-24", [{"DECOM": "01/05/2023", "RNE": "S", "PLACE": "H5"}])
    this = one_return(tmp_path / "2024-25", [{"DECOM": "01/05/2023", "RNE": "S", "PLACE": "K3"}])
    joined = lc.join_903([last, this])
    rows = joined.episodes.to_dicts()
    assert len(rows) == 1 and rows[0]["from"] == dt.date(2023, 5, 1) and rows[0]["until"] is None and rows[0]["PLACE"] == "K3"
