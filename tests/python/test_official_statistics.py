"""The shape of the official tables, and what counts in them."""

from __future__ import annotations

import leavingcare as lc
import pytest

AREA = {"old_la_code": "201", "new_la_code": "E09000001", "la_name": "City of London"}


@pytest.fixture(scope="module")
def result() -> lc.Result:
    """Ten people of 19 in 2023-24, and one of 17."""
    book = lc.load("oc3")
    ids = [f"p{number}" for number in range(10)] + ["young"]
    frames = {
        "date_of_birth": {"person": ids, "value": ["2004-06-10"] * 10 + ["2006-09-01"]},
        "care": {"person": ids, "from": ["2018-06-10"] * 11, "until": ["2022-06-10"] * 11, "legal_status": ["C2"] * 11},
    }
    return book.evaluate(lc.people(frames, rulebook=book), unrecorded="none")


OC3 = {
    "CHILD": [f"p{number}" for number in range(9)],
    "IN_TOUCH": ["YES", "YES", "YES", "NO", "REFU", "NREQ", "DIED", "RHOM", "YES"],
    "ACTIV": ["F1", "P5", "F4", "0", "0", "G4", "0", "0", "G5"],
    "ACCOM": ["B1", "C2", "G1", "0", "R2", "Z1", "0", "0", "K1"],
}


def counts(table: lc.Table, age: str) -> dict[str, tuple[str, str]]:
    return {
        row["breakdown"]: (row["care_leaver_count"], row["care_leaver_percent"]) for row in table.to_dicts() if row["care_leaver_age"] == age
    }


def test_the_columns_and_the_area(result):
    table = lc.official_statistics(result, 2024, OC3, area=AREA)
    assert len(table.columns) == 14 and table.columns[-2:] == ["care_leaver_count", "care_leaver_percent"]
    first = table.to_dicts()[0]
    assert (first["time_period"], first["time_identifier"], first["geographic_level"], first["country_name"]) == ("2024", "Reporting year", "Local authority", "England")
    assert (first["old_la_code"], first["la_name"], first["region_name"]) == ("201", "City of London", "")


def test_of_activity_those_of_whom_nothing_is_known_are_in_the_total(result):
    of_19 = counts(lc.official_statistics(result, 2024, OC3), "Aged 19 to 21")
    # Ten, less one who died and one who went home.
    assert of_19["Total"] == ("8", "100")
    assert of_19["Total in education, employment or training"] == ("3", "38")
    assert of_19["Total not in education, employment or training"] == ("2", "25")
    assert of_19["Total information not known"] == ("3", "38"), "two without an answer, and one who is not in the table at all"


def test_of_accommodation_those_abroad_deported_or_not_known_are_not(result):
    of_19 = counts(lc.official_statistics(result, 2024, OC3, table="suitability"), "Aged 19 to 21")
    assert of_19 == {
        "Accommodation considered suitable": ("3", "50"),
        "Accommodation considered unsuitable": ("1", "17"),
        "No information": ("2", "33"),
        "Total": ("6", "100"),
    }


def test_in_touch(result):
    of_19 = counts(lc.official_statistics(result, 2024, OC3, table="in_touch"), "Aged 19 to 21")
    assert of_19["Local authority in touch with care leaver"] == ("4", "57")
    assert of_19["Total"] == ("7", "100")


def test_small_counts_are_suppressed_where_asked(result):
    of_19 = counts(lc.official_statistics(result, 2024, OC3, table="suitability", suppress_under=3), "Aged 19 to 21")
    assert of_19["Accommodation considered unsuitable"] == ("c", "c") and of_19["Accommodation considered suitable"] == ("3", "50")


def test_an_age_without_anybody_has_no_percentage(result):
    assert counts(lc.official_statistics(result, 2024, OC3), "23 years")["Total"] == ("0", "z")


def test_what_does_not_exist_is_refused(result):
    with pytest.raises(ValueError, match="none of activity"):
        lc.official_statistics(result, 2024, OC3, table="health")
    with pytest.raises(ValueError, match="'council'"):
        lc.official_statistics(result, 2024, OC3, area={"council": "x"})
    with pytest.raises(ValueError, match="'ACTIV' is missing"):
        lc.official_statistics(result, 2024, {"CHILD": [], "IN_TOUCH": []})
