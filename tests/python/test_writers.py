"""What is written can be read back the same: CSV, Parquet, Excel; list 9, ssd_care_leavers, OC3."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys

import leavingcare as lc
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest

ON = "2024-03-31"


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def people(book) -> lc.People:
    frames = {
        "date_of_birth": {"person": ["007", "b", "c", "d"], "value": ["2006-03-01", "2007-01-10", "2004-02-29", "2015-01-01"]},
        "care": {
            "person": ["007", "b", "c"],
            "from": ["2019-05-01", "2020-01-10", "2017-01-01"],
            "until": ["2024-03-01", None, "2022-02-28"],
            "legal_status": ["C2", "V2", "C1"],
        },
        "pathway_plan_reviews": {"person": ["007", "007", "c"], "on": ["2023-10-02", "2024-02-03", "2024-05-05"]},
    }
    return lc.people(frames, rulebook=book)


@pytest.fixture(scope="module")
def result(book, people) -> lc.Result:
    return book.evaluate(people, as_at=ON, unrecorded="none")


@pytest.fixture(scope="module")
def list_9(result, people):
    details = {"Child Unique ID": ["007", "zz"], "Allocated Team": ["=cmd()", "nobody's"], "LA in Touch": ["a) Yes", ""]}
    return lc.list_9(result, people, details=details)


def test_list_9_has_its_columns_and_what_we_can_tell(list_9):
    assert len(list_9.columns) == 17 and list_9.columns[10] == "Eligibility Category"
    assert list_9["Child Unique ID"] == ["007", "b", "c"], "the child of nine is not on it"
    assert list_9["Eligibility Category"] == ["b) Former relevant child", "d) Eligible child", "b) Former relevant child"]
    assert list_9["Date of Birth"][2] == dt.date(2004, 2, 29)
    assert list_9["Age of Child (Years)"] == [18, 17, 20]
    assert list_9["Latest Pathway Plan Review Date"] == [dt.date(2024, 2, 3), None, None], "a review after the day of the list is not on it"
    assert list_9["Allocated Team"] == ["=cmd()", "", ""]
    assert list_9["LA in Touch"] == ["a) Yes", "", ""]


@pytest.mark.parametrize("on, leap, age", [("2025-02-28", "1_march", 20), ("2025-03-01", "1_march", 21), ("2025-02-28", "28_february", 21)])
def test_the_age_on_29_february_is_the_reading_s(book, people, on, leap, age):
    result = book.evaluate(people, as_at=ON, unrecorded="none", readings={"leap_birthday": leap})
    assert lc.list_9(result, people, on=on)["Age of Child (Years)"][2] == age


def test_where_nobody_can_tell_the_category_is_blank_and_the_person_is_listed(book, people):
    table = lc.list_9(book.evaluate(people, as_at=ON), people)
    assert "" in table["Eligibility Category"] and "007" in table["Child Unique ID"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_list_9_is_read_back_the_same(ending, tmp_path, list_9, people, book):
    path = lc.write(list_9, tmp_path / f"list 9{ending}", form="annex_a_list_9")
    again = lc.read_annex_a(path, as_at=ON, rulebook=book)
    assert again.ids == list_9["Child Unique ID"]
    assert again.fact("date_of_birth")["value"] == list_9["Date of Birth"]
    assert again.fact("pathway_plan_reviews").to_dicts() == [{"person": "007", "on": dt.date(2024, 2, 3)}]
    recorded = again.recorded_categories
    assert recorded["written"] == list_9["Eligibility Category"]
    assert recorded["category"] == ["former_relevant_child", "eligible_child", "former_relevant_child"]
    assert len(again.unknown_words) == 0


@pytest.mark.parametrize("make", [lambda table: table.to_pandas(), lambda table: table.to_polars(), lambda table: table.to_arrow()], ids=["pandas", "polars", "pyarrow"])
def test_list_9_is_read_back_the_same_from_memory_and_parquet(make, tmp_path, list_9, book):
    assert lc.read_annex_a({"list": make(list_9)}, as_at=ON, rulebook=book).recorded_categories["written"] == list_9["Eligibility Category"]
    again = pyarrow.parquet.read_table(lc.write(list_9, tmp_path / "list.parquet", form="annex_a_list_9"))
    assert again.to_pylist() == list_9.to_dicts()
    assert pl.read_parquet(tmp_path / "list.parquet").to_dicts() == list_9.to_dicts()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_ssd_care_leavers_is_read_back_the_same(ending, tmp_path, result, people, book):
    table = lc.ssd_care_leavers(result, people)
    assert table["clea_care_leaver_eligibility"] == ["Former Relevant", "Eligible", "Former Relevant"]
    assert table["clea_pathway_plan_review_date"] == [dt.date(2024, 2, 3), None, None]
    path = lc.write(table, tmp_path / f"ssd_care_leavers{ending}", form="ssd_care_leavers")
    frame = pd.read_csv(path, dtype=str, encoding="utf-8-sig") if ending == ".csv" else pd.read_parquet(path)
    assert len(frame.columns) == 12
    if ending == ".csv":
        assert frame["clea_pathway_plan_review_date"][0] == "2024-02-03"
    births = {"pers_person_id": people.ids, "pers_dob": people.fact("date_of_birth")["value"]}
    episodes = {"clae_person_id": ["007"], "clae_cla_episode_start_date": ["2019-05-01"], "clae_cla_episode_ceased_date": ["2024-03-01"]}
    again = lc.read_ssd({"leavers": frame, "p": births, "e": episodes}, as_at=ON, rulebook=book)
    assert dict(zip(again.recorded_categories["person"], again.recorded_categories["category"])) == {
        "007": "former_relevant_child",
        "b": "eligible_child",
        "c": "former_relevant_child",
    }


def test_what_is_written_has_no_conflict_with_the_rules(tmp_path, list_9, people, result, book):
    """List 9 as written, with the care behind it, set against the rules again: all agree."""
    path = lc.write(lc.ssd_care_leavers(result, people), tmp_path / "leavers.csv", form="ssd_care_leavers")
    care = people.fact("care").to_pandas()
    tables = {
        "p": {"pers_person_id": people.ids, "pers_dob": people.fact("date_of_birth")["value"]},
        "e": pd.DataFrame({"clae_person_id": care["person"], "clae_cla_episode_start_date": care["from"], "clae_cla_episode_ceased_date": care["until"]}),
        "l": pd.DataFrame({"lega_person_id": care["person"], "lega_legal_status": care["legal_status"], "lega_legal_status_start_date": care["from"], "lega_legal_status_end_date": care["until"]}),
        "c": pd.read_csv(path, dtype=str, encoding="utf-8-sig"),
    }  # fmt: skip
    again = lc.read_ssd(tables, as_at=ON, rulebook=book)
    found = lc.conflicts(book.evaluate(again, unrecorded="none"), again)
    assert (found.compared, found.agree, len(found)) == (3, 3, 0)


# -- files ------------------------------------------------------------------------------------------------------------


def test_csv_is_as_the_form_wants_it(tmp_path, list_9, result):
    content = lc.write(list_9, tmp_path / "a.csv", form="annex_a_list_9").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfChild Unique ID,") and b"\r\n007," in content
    assert b"29/02/2004" in content and b"03/02/2024" in content
    plain = lc.write(result.statuses, tmp_path / "b.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(plain.splitlines()))[0] == result.statuses.columns and "2024-03-01" in plain


def test_a_workbook_opens_cleanly(tmp_path, list_9):
    path = lc.write(list_9, tmp_path / "a.xlsx", form="annex_a_list_9")
    sheet = openpyxl.load_workbook(path)["List 9"]
    assert [cell.value for cell in sheet[1]] == list_9.columns
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:Q4"
    assert sheet["A2"].value == "007" and sheet["A2"].data_type == "s", "noughts are kept"
    assert sheet["D2"].value == dt.datetime(2006, 3, 1) and sheet["D2"].number_format == "dd/mm/yyyy"
    assert sheet["E2"].value == 18
    assert sheet["H2"].value == "=cmd()" and sheet["H2"].data_type == "s", "text is never a formula"
    # openpyxl takes what begins with "=" for a formula when it writes; in the file it must be a string.
    import zipfile

    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_an_ending_we_do_not_know_and_a_table_of_another_form_are_refused(tmp_path, list_9, result):
    with pytest.raises(ValueError, match="none of .csv, .parquet and .xlsx"):
        lc.write(list_9, tmp_path / "a.doc")
    with pytest.raises(ValueError, match="not in the columns"):
        lc.write(result.statuses, tmp_path / "a.csv", form="annex_a_list_9")
    with pytest.raises(ValueError, match="is none of annex_a_list_9"):
        lc.write(list_9, tmp_path / "a.csv", form="list_10")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path, list_9):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OSError):
        lc.write(list_9, tmp_path / "a.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_details_that_do_not_fit_are_refused(result, people):
    for details, words in [
        ({"Allocated Team": ["x"]}, "'Child Unique ID' is missing"),
        ({"Child Unique ID": ["007"], "Team": ["x"]}, "no column 'Team'"),
        ({"Child Unique ID": ["007"], "Eligibility Category": ["x"]}, "worked out, not given"),
        ({"Child Unique ID": ["007", "007"], "Gender": ["x", "y"]}, "twice"),
    ]:
        with pytest.raises(ValueError, match=words):
            lc.list_9(result, people, details=details)


def test_a_fact_comes_back_in_the_columns_of_its_table(people, book):
    care = people.fact("care")
    assert care.columns[:3] == ["person", "from", "until"] and "legal_status" in care.columns
    again = lc.people({"date_of_birth": people.fact("date_of_birth"), "care": care}, rulebook=book)
    assert again.fact("care").to_dicts() == care.to_dicts()
    with pytest.raises(KeyError, match="does not hold 'died'"):
        people.fact("died")


def test_a_result_knows_its_rulebook(result, book):
    assert result.rulebook.digest == book.digest and result.rulebook.name == "england"


def test_writing_csv_needs_no_data_frame_library(tmp_path):
    program = (
        "import sys, leavingcare as lc\n"
        "people = lc.read_ssda903(lc.sample_returns())\n"
        "result = lc.load('england').evaluate(people)\n"
        f"lc.write(lc.list_9(result, people), {str(tmp_path / 'a.csv')!r}, form='annex_a_list_9')\n"
        "print([name for name in ('pandas', 'polars', 'pyarrow', 'numpy', 'openpyxl') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
