"""Duties from Python: obligations, findings, what is next, and an explanation that can be sent."""

from __future__ import annotations

import datetime as dt

import leavingcare as lc
import pytest

OBLIGATIONS = ["person", "duty", "number", "arose", "opens", "due", "suggested", "done", "state", "days_late", "ended", "depends_on"]


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def people(book) -> lc.People:
    """ann: looked after from 12 September 2022, reviewed late and then not again. bob: the same, and no more is known of him."""
    return lc.people(
        {
            "date_of_birth": {"person": ["ann", "bob"], "value": ["2010-03-10", "2010-03-10"]},
            "care": {"person": ["ann", "bob"], "from": ["2022-09-12", "2024-01-02"], "until": [None, None], "legal_status": ["V2", "V2"]},
            "adopted": {"person": [], "on": []},
            "died": {"person": [], "on": []},
            "detained": {"person": [], "from": [], "until": [], "kind": []},
            "looked_after_reviews": {"person": ["ann"], "on": ["2022-10-14"]},
            "allocated_to": {"person": ["ann", "bob"], "from": ["2022-09-12", "2024-01-02"], "until": [None, None], "team": ["North", "South"]},
        },
        rulebook=book,
    )


@pytest.fixture(scope="module")
def result(book, people) -> lc.Result:
    return book.evaluate(people, as_at="2024-01-15")


def reviews(result: lc.Result, person: str) -> list[dict]:
    return [row for row in result.obligations.to_dicts() if row["duty"] == "looked_after_review" and row["person"] == person]


def test_the_table_of_obligations_has_the_columns_of_the_contract(result):
    assert result.obligations.columns == OBLIGATIONS


def test_a_review_held_three_days_late_starts_the_clock_of_the_next(result):
    first, second = reviews(result, "ann")
    # 20 working days from Monday 12 September 2022 end on 11 October: the state funeral of 19 September was a bank holiday.
    assert first["due"] == dt.date(2022, 10, 11) and first["done"] == dt.date(2022, 10, 14)
    assert first["state"] == "met late" and first["days_late"] == 3
    assert second["number"] == 2 and second["due"] == dt.date(2023, 1, 14)
    # From 14 January 2023 to 15 January 2024: a year and a day.
    assert second["state"] == "overdue" and second["days_late"] == 366 and second["done"] is None


def test_what_is_not_recorded_is_unknown_and_names_the_fact(result):
    unknown = {row["duty"]: row for row in result.obligations.to_dicts() if row["person"] == "ann" and row["state"] == "unknown"}
    assert unknown["care_plan"]["depends_on"] == "care_plans"
    assert unknown["care_plan"]["due"] == dt.date(2022, 9, 27)
    assert unknown["visit"]["depends_on"].startswith("placements")


def test_without_the_day_the_data_were_drawn_nothing_is_overdue(book, people):
    states = {row["state"] for row in book.evaluate(people).obligations.to_dicts()}
    assert "overdue" not in states and "due" in states


def test_what_is_next_has_the_overdue_first_and_then_the_soonest(result):
    table = result.upcoming(within="90d")
    rows = table.to_dicts()
    assert table.columns == [*OBLIGATIONS, "urgency", "day", "team", "sentence"]
    assert (rows[0]["person"], rows[0]["duty"], rows[0]["urgency"], rows[0]["team"]) == ("ann", "looked_after_review", "overdue", "North")
    assert rows[0]["sentence"] == "A review of the child's case is 366 days overdue: it was due by 14 January 2023, within 3 months of 14 October 2022"
    due = [(row["person"], row["day"]) for row in rows if row["urgency"] == "due" and row["duty"] == "looked_after_review"]
    assert due == [("bob", dt.date(2024, 1, 30))]
    order = ["overdue", "due", "no last day"]
    keys = [(order.index(row["urgency"]), row["day"]) for row in rows]
    assert keys == sorted(keys)


def test_what_is_next_can_be_asked_for_a_team_or_a_person(result):
    assert {row["person"] for row in result.upcoming(team="South").to_dicts()} == {"bob"}
    assert {row["person"] for row in result.upcoming(person="ann", within="3 months").to_dicts()} == {"ann"}
    with pytest.raises(ValueError, match="within"):
        result.upcoming(within="soon")


def test_what_is_next_needs_a_day_to_be_seen_from(book, people):
    with pytest.raises(ValueError, match="as_at"):
        book.evaluate(people).upcoming()


def test_an_explanation_of_an_overdue_review_could_be_sent_as_it_is(result):
    told = result.explain("ann", "looked_after_review").to_dict()["told"]
    assert told[0] == "A review of the child's case is 366 days overdue: it was due by 14 January 2023, within 3 months of 14 October 2022"
    assert told[1] == "It is required by SI 2010/959 reg. 33(1)-(2)"
    assert told[2].startswith("It arose on 12 September 2022: begins: care from 12 September 2022")
    assert told[3] == "It was last done on 14 October 2022"
    assert told[4] == "No looked after reviews since then are recorded"


def test_a_duty_is_explained_as_it_stood_on_the_day_whatever_was_done_later(result):
    told = result.explain("ann", "looked_after_review", on="2022-10-13").to_dict()["told"]
    assert told[0] == "A review of the child's case is 2 days overdue: it was due by 11 October 2022, within 20 working days of 12 September 2022"


def test_findings_are_the_days_on_which_a_limit_is_passed(book):
    people = lc.people(
        {
            "date_of_birth": {"person": ["ann"], "value": ["2010-03-10"]},
            "care": {"person": ["ann"], "from": ["2024-01-02"], "until": ["2024-02-01"], "legal_status": ["V2"]},
            "placements": {"person": ["ann"], "from": ["2024-01-02"], "until": ["2024-02-01"], "placement": ["Z1"]},
        },
        rulebook=book,
    )
    rows = book.evaluate(people, as_at="2024-02-01", unrecorded="none").findings.to_dicts()
    assert [(row["limit"], row["from"], row["until"], row["truth"]) for row in rows] == [
        ("unregulated_placement_under_16", dt.date(2024, 1, 2), dt.date(2024, 2, 1), "yes")
    ]


def test_tables_go_to_pandas_and_arrow_as_days_and_whole_numbers(result):
    frame = result.obligations.to_pandas()
    assert len(frame) == len(result.obligations)
    arrow = result.obligations.to_arrow()
    assert str(arrow.schema.field("due").type) == "date32[day]" and str(arrow.schema.field("days_late").type) == "int32"
