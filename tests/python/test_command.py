"""`python -m leavingcare`: pictures, forms and the conflict report from the command line."""

from __future__ import annotations

import csv

import leavingcare as lc
import openpyxl
import pandas as pd
import pytest
from leavingcare import __main__ as program

RETURN = str(lc.sample_returns()[-1])
LIST_9 = str(lc.sample_annex_a() / "List 9.csv")


def usage_error(capsys, *arguments: object) -> str:
    with pytest.raises(SystemExit) as wrong_usage:
        program.main([str(one) for one in arguments])
    assert wrong_usage.value.code == 2
    return capsys.readouterr().err


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# -- pictures ----------------------------------------------------------------------------------------------------------


def test_it_draws_into_a_file(tmp_path):
    target = tmp_path / "life.svg"
    assert program.main(["chart", "life", "--sample", "--person", "401084", "--out", str(target)]) == 0
    assert "401084" in target.read_text(encoding="utf-8")
    for picture in ("statuses", "totals", "overdue", "conflicts"):
        assert program.main(["chart", picture, "--sample", "--out", str(tmp_path / f"{picture}.svg")]) == 0


def test_it_says_what_is_wrong_with_a_picture(tmp_path, capsys):
    assert program.main(["chart", "life", "--sample", "--person", "nobody", "--out", str(tmp_path / "a.svg")]) == 1
    assert "nobody among the 64 people" in capsys.readouterr().err
    assert "say whose, with --person" in usage_error(capsys, "chart", "life", "--sample", "--out", tmp_path / "a.svg")
    assert ".svg, .html, .png or .pdf" in usage_error(capsys, "chart", "totals", "--sample", "--out", tmp_path / "a.doc")


# -- forms -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def people() -> lc.People:
    return lc.read_ssda903(lc.sample_returns())


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_list_9_is_what_python_writes(tmp_path, people, ending, capsys):
    ours, theirs = tmp_path / f"ours{ending}", tmp_path / f"theirs{ending}"
    assert program.main(["write", "list_9", "--sample", "--out", str(ours)]) == 0
    lc.write(lc.list_9(lc.load("england").evaluate(people), people), theirs, form="annex_a_list_9")
    if ending == ".xlsx":  # which holds the time of writing
        cells = [[[cell.value for cell in row] for row in openpyxl.load_workbook(path).active] for path in (ours, theirs)]
        assert cells[0] == cells[1]
    else:
        assert ours.read_bytes() == theirs.read_bytes()
    told = capsys.readouterr()
    assert f"{ours}: " in told.out and "remarks on the records" in told.err


def test_the_day_the_reading_and_the_council_s_own_columns_are_taken(tmp_path):
    details = tmp_path / "details.csv"
    details.write_text("Child Unique ID,Allocated Team\n400314,North\n", encoding="utf-8")
    out = tmp_path / "list.csv"
    options = ["--on", "2023-09-30", "--details", str(details), "--unrecorded", "none", "--reading", "care_ending_on_16th_birthday=does_not_count"]
    assert program.main(["write", "list_9", "--sample", "--out", str(out), *options]) == 0
    listed = {row["Child Unique ID"]: row for row in rows(out)}
    assert listed["400314"]["Allocated Team"] == "North"
    assert "400549" not in listed, "under that reading nobody qualifies by care that ended on the 16th birthday"


def test_details_may_be_a_workbook(tmp_path):
    pd.DataFrame({"clea_person_id": ["400314"], "clea_care_leaver_in_touch": ["YES"]}).to_excel(tmp_path / "own.xlsx", index=False)
    out = tmp_path / "leavers.csv"
    assert program.main(["write", "ssd_care_leavers", "--sample", "--details", str(tmp_path / "own.xlsx"), "--out", str(out)]) == 0
    assert {row["clea_person_id"]: row for row in rows(out)}["400314"]["clea_care_leaver_in_touch"] == "YES"


def test_oc3_and_the_statistics_made_of_it(tmp_path, people):
    oc3, table = tmp_path / "oc3.csv", tmp_path / "suitability.csv"
    assert program.main(["write", "oc3_return", "--sample", "--year", "2024", "--out", str(oc3)]) == 0
    result = lc.load("oc3").evaluate(people)
    assert [row["CHILD"] for row in rows(oc3)] == lc.oc3_return(result, people, 2024)["CHILD"]
    options = ["--table", "suitability", "--area", "la_name=Anyshire", "old_la_code=999", "--suppress-under", "3"]
    answers = f"{RETURN}/oc3.csv"
    assert program.main(["write", "official_statistics", "--sample", "--year", "2024", "--oc3", answers, "--out", str(table), *options]) == 0
    want = lc.official_statistics(
        result, 2024, pd.read_csv(answers, dtype=str), table="suitability", area={"la_name": "Anyshire", "old_la_code": "999"}, suppress_under=3
    )
    assert rows(table) == want.to_dicts()


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["oc3_return"], "say which, with --year"),
        (["list_9", "--year", "2024"], "a list has a day, --on"),
        (["oc3_return", "--year", "2024", "--on", "2024-01-01"], "--on is for lists"),
        (["official_statistics", "--year", "2024"], "give the answers, with --oc3"),
        (["list_9", "--oc3", "a.csv"], "--oc3 is for official_statistics"),
        (["official_statistics", "--year", "2024", "--oc3", "a.csv", "--details", "a.csv"], "a row for each person"),
        (["list_9", "--map", "ours.yaml"], "--map: only with"),
        (["list_9", "--reading", "leap_birthday"], "expected NAME=VALUE"),
        (["list_10"], "invalid choice"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(arguments, says, tmp_path, capsys):
    assert says in usage_error(capsys, "write", *arguments, "--sample", "--out", tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_source_and_an_ending_are_needed(tmp_path, capsys):
    assert "is required" in usage_error(capsys, "write", "list_9", "--out", tmp_path / "a.csv")
    assert ".csv, .parquet or .xlsx" in usage_error(capsys, "write", "list_9", "--sample", "--out", tmp_path / "a.doc")


@pytest.mark.parametrize(
    "content, says",
    [
        (None, "own.csv: No such file"),
        (b"", "there is nothing in it"),
        (b"Child Unique ID,Allocated Team\n1,caf\xe9\n", "not UTF-8"),
        (b"Child Unique ID,Allocated Team\n1\n", "row 2 has 1 cells and the headings are 2"),
        (b"Child Unique ID,Gender,Gender\n1,a,b\n", "two columns have the same name"),
        (b"Child Unique ID,Shoe size\n1,44\n", "the form has no column 'Shoe size'"),
        (b"Child Unique ID,Eligibility Category\n1,E\n", "is worked out, not given"),
    ],
)
def test_details_that_do_not_fit_are_told_and_nothing_is_written(content, says, tmp_path, capsys):
    own = tmp_path / "own.csv"
    if content is not None:
        own.write_bytes(content)
    assert program.main(["write", "list_9", "--sample", "--details", str(own), "--out", str(tmp_path / "a.csv")]) == 1
    assert says in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == (["own.csv"] if content is not None else [])


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["--ssd", "nowhere"], "nowhere"),
        (["--sample", "--on", "31/03/2024"], "write YYYY-MM-DD"),
        (["--sample", "--reading", "leap_birthday=never"], "leap_birthday"),
        (["--sample", "--rules", "atlantis"], "atlantis"),
    ],
)
def test_what_cannot_be_done_is_told_and_what_was_there_stays(arguments, says, tmp_path, capsys):
    out = tmp_path / "list.csv"
    out.write_text("before")
    assert program.main(["write", "list_9", *arguments, "--out", str(out)]) == 1
    assert says in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["list.csv"] and out.read_text() == "before"


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path, capsys):
    assert program.main(["write", "list_9", "--sample", "--out", str(tmp_path / "nowhere" / "a.csv")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'nowhere'}: there is no such folder\n"


# -- conflicts ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found() -> lc.Conflicts:
    people = lc.read_ssd(lc.sample_ssd(), as_at="2024-03-31")
    return lc.conflicts(lc.load("england").evaluate(people), people)


def test_the_report_is_printed(found, capsys):
    assert program.main(["conflicts", "--sample"]) == 0
    assert capsys.readouterr().out == found.text() + "\n"


def test_the_report_is_written_by_its_ending(found, tmp_path, capsys):
    for ending in (".html", ".txt", ".csv", ".xlsx", ".parquet"):
        assert program.main(["conflicts", "--ssd", str(lc.sample_ssd()), "--as-at", "2024-03-31", "--out", str(tmp_path / f"found{ending}")]) == 0
    assert (tmp_path / "found.html").read_text(encoding="utf-8") == found.html()
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == found.text()
    assert len(rows(tmp_path / "found.csv")) == len(pd.read_parquet(tmp_path / "found.parquet")) == len(found)
    assert f"found.csv: {len(found)} findings" in capsys.readouterr().out


def test_the_history_may_come_from_returns_and_the_categories_from_list_9(capsys):
    assert program.main(["conflicts", "--ssda903", *map(str, lc.sample_returns()), "--list-9", LIST_9, "--without-readings"]) == 0
    assert "of 39 categories in the system" in capsys.readouterr().out


def test_returns_alone_have_no_categories(capsys):
    assert program.main(["conflicts", "--ssda903", RETURN]) == 1
    assert "no category of a council's system is recorded" in capsys.readouterr().err


def test_list_9_from_a_workbook_with_the_council_s_own_words(tmp_path, capsys):
    own = tmp_path / "ours.yaml"
    own.write_text("extract_map: annex_a\nwords:\n  category: {known: {former_relevant_child: [PA to 25]}}\n", encoding="utf-8")
    table = pd.DataFrame({"Child Unique ID": ["400648"], "Date of Birth": ["15/08/2005"], "Eligibility Category": ["PA to 25"]})
    with pd.ExcelWriter(tmp_path / "Annex A.xlsx") as workbook:
        table.to_excel(workbook, sheet_name="List 9", index=False)
    source = ["--ssda903", *map(str, lc.sample_returns()), "--list-9", str(tmp_path / "Annex A.xlsx"), "--without-readings"]
    assert program.main(["conflicts", *source]) == 0
    assert "not understood: 1" in capsys.readouterr().out.lower()
    assert program.main(["conflicts", *source, "--map", str(own)]) == 0
    assert "the rules agree with 1" in capsys.readouterr().out
