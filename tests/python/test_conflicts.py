"""What the council's system says against what the rules say: who differs, since when, why, on which record, and under which reading not."""

from __future__ import annotations

import datetime as dt

import leavingcare as lc
import pandas as pd
import pytest

ON = "2024-03-31"

# Person, born, care (from, until, legal status), what the system says.
LIVES = [
    ("short", "2007-01-10", [("2023-01-10", "2023-04-09", "V2")], "Relevant"),  # 89 days: qualifying
    ("grown", "2006-03-01", [("2019-05-01", "2024-03-01", "C2")], "Eligible"),  # 18 on 1 March: former relevant
    ("right", "2006-02-01", [("2019-05-01", "2024-02-01", "C2")], "Former Relevant"),
    (
        "breaks",
        "2006-06-10",
        [("2022-07-01", "2022-07-26", "V3"), ("2022-09-01", "2022-09-26", "V3"), ("2022-11-01", "2022-11-26", "V3"), ("2023-01-01", "2023-01-26", "V3")],
        "Qualifying",
    ),
    ("silent", "2007-06-10", [("2020-01-01", None, "C2")], None),
    ("odd", "2007-06-11", [("2020-01-01", None, "C2")], "Our own word"),
    ("never", "2007-06-12", [("2015-01-01", "2015-02-01", "V2")], "No Current Eligibility"),
]


def tables(lives=LIVES):
    episodes = [(person, *spell) for person, _, care, _ in lives for spell in care]
    return {
        "p": {"pers_person_id": [life[0] for life in lives], "pers_dob": [life[1] for life in lives]},
        "e": {
            "clae_person_id": [one[0] for one in episodes],
            "clae_cla_episode_start_date": [one[1] for one in episodes],
            "clae_cla_episode_ceased_date": [one[2] for one in episodes],
        },
        "l": {
            "lega_person_id": [one[0] for one in episodes],
            "lega_legal_status": [one[3] for one in episodes],
            "lega_legal_status_start_date": [one[1] for one in episodes],
            "lega_legal_status_end_date": [one[2] for one in episodes],
        },
        "c": {
            "clea_person_id": [life[0] for life in lives if life[3]],
            "clea_care_leaver_eligibility": [life[3] for life in lives if life[3]],
        },
    }


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def people(book) -> lc.People:
    return lc.read_ssd(tables(), as_at=ON, rulebook=book)


@pytest.fixture(scope="module")
def found(book, people) -> lc.Conflicts:
    return lc.conflicts(book.evaluate(people, unrecorded="none"), people)


def row(found: lc.Conflicts, person: str) -> dict:
    return next(one for one in found.table.to_dicts() if one["person"] == person)


def test_who_agrees_is_counted_and_not_listed(found):
    assert (found.on, found.compared, found.agree) == (dt.date(2024, 3, 31), 6, 2)
    assert found.table["person"] == ["short", "grown", "breaks", "odd", "silent"]
    assert found.table["finding"] == ["differs", "differs", "differs", "not understood", "not listed"]
    assert len(found) == 5


def test_a_total_that_falls_short_is_the_reason(found):
    one = row(found, "short")
    assert (one["written"], one["recorded"], one["ours"]) == ("Relevant", "relevant_child", "c) Qualifying care leaver")
    assert one["since"] == dt.date(2023, 4, 9)
    assert "89 of 91 days" in one["why_not"]
    assert "care from 10 January 2023" in one["why"]
    assert one["agrees_under"] == ""


def test_a_birthday_that_the_system_has_missed(found):
    one = row(found, "grown")
    assert one["ours"] == "b) Former relevant child" and one["since"] == dt.date(2024, 3, 1)
    assert one["why_not"].startswith("since 1 March 2024: 18th birthday")


def test_the_reading_that_would_agree_is_named(found):
    one = row(found, "breaks")
    assert one["ours"] == "a) Relevant child"
    assert one["agrees_under"] == "short_break_days=disregarded"


def test_the_record_is_named(found):
    one = row(found, "grown")
    assert "'c'" in one["file"] and one["line"] == 3, "the headings are line 1"
    assert row(found, "silent")["file"] == "" and row(found, "silent")["line"] is None


def test_without_the_readings_nothing_is_said_of_them(book, people):
    found = lc.conflicts(book.evaluate(people, unrecorded="none"), people, readings=False)
    assert set(found.table["agrees_under"]) == {""}


def test_what_the_records_do_not_settle_is_not_called_a_conflict(book, people):
    found = lc.conflicts(book.evaluate(people), people, readings=False)
    one = row(found, "short")
    # They may have been detained or in hospital at 16, which would make them relevant; the extract does not say.
    assert (one["finding"], one["ours"]) == ("cannot tell", "unknown")
    assert "detained" in one["settled_by"] and "in_hospital" in one["settled_by"]
    assert row(found, "grown")["finding"] == "differs", "nobody of 18 is an eligible child, whatever is not recorded"


def test_the_report_says_it_all(found):
    text = found.text()
    assert text.startswith("On 31 March 2024, of 6 categories in the system the rules agree with 2. Differs: 3, not understood: 1")
    assert "was taken not to have happened" in text.splitlines()[0]
    assert "Differs (3)" in text and "short_break_days=disregarded" in text and "89 of 91 days" in text


def test_the_page_is_whole_escaped_and_fetches_nothing(book):
    lives = [("<b>x</b>", "2006-03-01", [("2019-05-01", "2024-03-01", "C2")], "Eligible")]
    people = lc.read_ssd(tables(lives), as_at=ON, rulebook=book)
    page = lc.conflicts(book.evaluate(people, unrecorded="none"), people).html()
    assert page.startswith("<!DOCTYPE html>") and "<b>x</b>" not in page and "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<script" not in page and "http" not in page and 'lang="en-GB"' in page and 'scope="row"' in page


def test_a_representation_holds_no_personal_data(found):
    assert repr(found) == "<leavingcare.Conflicts: 6 compared, 2 agree, 5 findings>"


def test_the_table_goes_into_a_data_frame(found):
    frame = found.table.to_pandas()
    assert isinstance(frame, pd.DataFrame) and list(frame.columns) == found.table.columns and len(frame) == 5
    assert found.table.to_polars().height == 5


def test_other_people_are_refused(book, people):
    others = lc.read_ssd(tables(LIVES[:2]), as_at=ON, rulebook=book)
    with pytest.raises(ValueError, match="not the people"):
        lc.conflicts(book.evaluate(others), people)


def test_nobody_who_died_has_a_category(book):
    tables_ = tables([("gone", "2004-03-01", [("2019-05-01", "2022-03-01", "C2")], "Former Relevant")])
    tables_["p"]["pers_death_date"] = ["2023-05-01"]
    people = lc.read_ssd(tables_, as_at=ON, rulebook=book)
    one = row(lc.conflicts(book.evaluate(people, unrecorded="none"), people), "gone")
    assert (one["finding"], one["ours"], one["since"]) == ("differs", "", dt.date(2023, 5, 1))
    assert one["why_not"] == "since 1 May 2023: died"


@pytest.mark.parametrize(
    "life, decisive",
    [
        (("x", "2007-06-12", [("2015-01-01", "2015-02-01", "V2")], "Qualifying"), "not looked after, accommodated or fostered at 16 or 17, and no longer"),
        (("x", "2005-06-12", [("2021-08-01", "2021-10-01", "V2")], "Former Relevant"), "61 of 91 days; 30 short"),
        (("x", "2003-01-12", [("2019-01-20", "2019-02-20", "V2")], "Qualifying"), "since 12 January 2024: 21st birthday"),
    ],
    ids=["never in care at 16", "too few days", "turned 21"],
)
def test_the_decisive_sentence(life, decisive, book):
    people = lc.read_ssd(tables([life]), as_at=ON, rulebook=book)
    (one,) = lc.conflicts(book.evaluate(people, unrecorded="none"), people, readings=False).table.to_dicts()
    assert decisive in one["why_not"]


def test_of_a_child_who_died_before_18_it_says_so(book):
    tables_ = tables([("x", "2005-06-12", [("2020-08-01", "2022-10-01", "C2")], "Former Relevant")])
    tables_["p"]["pers_death_date"] = ["2022-12-01"]
    people = lc.read_ssd(tables_, as_at=ON, rulebook=book)
    (one,) = lc.conflicts(book.evaluate(people, unrecorded="none"), people, readings=False).table.to_dicts()
    assert one["why_not"] == "died on 1 December 2022"


def test_a_day_is_needed(book):
    people = lc.people({"date_of_birth": {"person": ["a"], "value": ["2006-01-01"]}}, rulebook=book)
    with pytest.raises(ValueError, match="say which day"):
        lc.conflicts(book.evaluate(people), people)


# -- what the source does not hold -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def open_questions(book, people) -> lc.Conflicts:
    return lc.conflicts(book.evaluate(people), people, readings=False)


def test_what_it_would_be_if_nothing_else_happened(open_questions):
    one = row(open_questions, "short")
    assert (one["finding"], one["ours"], one["ours_if_none"], one["agrees_under"]) == ("cannot tell", "unknown", "c) Qualifying care leaver", "")
    for one in open_questions.table.to_dicts():
        assert (one["ours_if_none"] != "") == (one["ours"] == "unknown")


def test_what_would_agree_stands_last_and_is_counted(book):
    lives = [
        ("agrees", "2007-01-10", [("2023-01-10", "2023-04-09", "V2")], "Qualifying"),
        ("short", "2007-01-10", [("2023-01-10", "2023-04-09", "V2")], "Relevant"),
    ]
    people = lc.read_ssd(tables(lives), as_at=ON, rulebook=book)
    found = lc.conflicts(book.evaluate(people), people, readings=False)
    assert found.table["person"] == ["short", "agrees"]
    assert found.table["agrees_under"] == ["", "unrecorded=none"]
    assert "would agree with 1 if what the records do not hold did not happen" in found.text()
    assert "c) Qualifying care leaver, as in the system" in found.text() and "unrecorded=none" not in found.text()


def test_care_before_the_extract_begins_is_named_where_it_was_taken_for_none(book):
    """The tables go back six years: of care that ended before there is nothing, which does not say that there was none."""
    lives = [("long ago", "2000-03-12", [], "Former Relevant"), ("now", "2007-06-10", [("2020-01-01", None, "C2")], "Eligible")]
    people = lc.read_ssd(tables(lives), as_at=ON, rulebook=book)
    one = row(lc.conflicts(book.evaluate(people, unrecorded="none"), people, readings=False), "long ago")
    assert one["finding"] == "differs" and "care" in one["settled_by"].split("; ")


def test_an_age_that_ends_the_category_is_the_reason(book):
    """Whether they were a former relevant child is unknown, and nobody of 25 is on the list."""
    lives = [("old", "1998-06-27", [], "Former Relevant"), ("now", "2007-06-10", [("2020-01-01", None, "C2")], "Eligible")]
    people = lc.read_ssd(tables(lives), as_at=ON, rulebook=book)
    one = row(lc.conflicts(book.evaluate(people), people, readings=False), "old")
    assert (one["finding"], one["ours"], one["why_not"]) == ("differs", "", "since 27 June 2023: 25th birthday")


# -- categories from elsewhere -----------------------------------------------------------------------------------------


def test_the_categories_may_come_from_list_9_and_the_history_from_elsewhere(book):
    people = lc.people(
        {
            "date_of_birth": {"person": ["grown", "right"], "value": ["2006-03-01", "2006-02-01"]},
            "care": {"person": ["grown", "right"], "from": ["2019-05-01"] * 2, "until": ["2024-03-01", "2024-02-01"], "legal_status": ["C2"] * 2},
        },
        rulebook=book,
    )
    list_9 = {
        "Child Unique ID": ["grown", "right", "stranger"],
        "Date of Birth": ["01/03/2006", "01/02/2006", "01/01/2006"],
        "Eligibility Category": ["d) Eligible child", "FR", "R"],
    }
    recorded = lc.read_annex_a({"List 9": list_9}, as_at=ON, rulebook=book)
    found = lc.conflicts(book.evaluate(people, as_at=ON, unrecorded="none"), people, recorded=recorded)
    assert (found.compared, found.agree) == (3, 1)
    assert dict(zip(found.table["person"], found.table["finding"])) == {"grown": "differs", "stranger": "no records"}
    assert "no records (1)" in found.text().lower() and "stranger" in found.html()
    assert found.chart().rows


def test_people_without_a_category_of_a_system_are_refused(book):
    people = lc.read_ssda903(lc.sample_returns(), rulebook=book)
    with pytest.raises(ValueError, match="no category of a council's system is recorded"):
        lc.conflicts(book.evaluate(people), people)


# -- counts, progress, notebooks ---------------------------------------------------------------------------------------


def test_the_counts_are_of_everybody(found):
    people = dict(zip(found.counts["finding"], found.counts["people"]))
    assert sum(found.counts["people"]) == found.compared + people["not listed"]
    assert sum(number for finding, number in zip(found.counts["finding"], found.counts["people"]) if finding == "agrees") == found.agree


def test_progress_counts_the_findings_and_the_evaluations(book, people):
    told = []
    found = lc.conflicts(book.evaluate(people), people, progress=told.append)
    others = sum(len(reading["options"]) - 1 for reading in book.readings)
    assert told == list(range(1, len(found) + others + 2))


def test_in_a_notebook_its_style_touches_nothing_else(found):
    shown = found._repr_html_()
    assert "<!DOCTYPE" not in shown and "<body" not in shown
    style = shown.partition("<style>")[2].partition("</style>")[0]
    selectors = [one for rule in style.split("}") if "{" in rule for one in rule.partition("{")[0].split(",")]
    assert selectors and all(selector.strip().startswith(".leavingcare-conflicts ") for selector in selectors)


def test_the_sample_has_something_of_everything(book):
    people = lc.read_ssd(lc.sample_ssd(), as_at=ON, rulebook=book)
    assert len(lc.read_annex_a(lc.sample_annex_a(), as_at=ON, rulebook=book)) > 50
    found = lc.conflicts(book.evaluate(people), people, readings=False)
    assert {"differs", "cannot tell", "not listed"} <= set(found.table["finding"]) and found.agree > 0
    assert set(found.table["file"]) <= {"ssd/ssd_care_leavers.csv", ""}
