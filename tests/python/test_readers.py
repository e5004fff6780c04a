"""The same lives from yearly returns as CSV and as XML, from the Standard Safeguarding Dataset and from Annex A; and what each cannot know."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path

import leavingcare as lc
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "python" / "leavingcare"
AS_AT = "2024-03-31"
FORMS = ("csv", "xml", "ssd", "annex_a")


def load_module():
    spec = importlib.util.spec_from_file_location("sample_council_of_readers", PACKAGE / "sample_council.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


council = load_module()


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("council"), council.sample_council(120, 7, range(2019, 2025), clean=True, forms=FORMS))


def years(folder: Path) -> list[Path]:
    return sorted(folder.glob("20*"))


@pytest.fixture(scope="module")
def people(sample, book) -> dict[str, lc.People]:
    return {
        "csv": lc.read_ssda903(years(sample), rulebook=book),
        "xml": lc.read_ssda903(sample / "xml", rulebook=book),
        "ssd": lc.read_ssd(sample / "ssd", as_at=AS_AT, rulebook=book),
        "annex_a": lc.read_annex_a(sorted((sample / "annex_a").glob("*.csv")), as_at=AS_AT, rulebook=book),
    }


def truths(statuses: list[dict], day: str) -> dict[tuple[str, str], str]:
    on = dt.date.fromisoformat(day)
    return {
        (row["person"], row["status"]): row["truth"]
        for row in statuses
        if (row["from"] is None or row["from"] <= on) and (row["until"] is None or on < row["until"])
    }


# -- the same lives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xml", "ssd", "annex_a"])
def test_no_source_says_yes_where_another_says_no(form, people, book):
    both = set(people["csv"].ids) & set(people[form].ids)
    assert len(both) > 50
    agreed = 0
    all_of_csv, all_other = (book.evaluate(people[one], as_at=AS_AT).statuses.to_dicts() for one in ("csv", form))
    for day in ("2019-03-31", "2021-06-01", "2022-09-15", "2024-03-31", "2026-01-01"):
        of_csv, other = truths(all_of_csv, day), truths(all_other, day)
        for key in set(of_csv) | set(other):
            if key[0] not in both:
                continue
            pair = {of_csv.get(key, "no"), other.get(key, "no")}
            assert pair != {"yes", "no"}, (form, day, key)
            agreed += pair == {"yes"}
    assert agreed > 20


def test_xml_is_the_return_to_the_letter(people, book):
    of_csv, of_xml = (book.evaluate(people[form]).statuses.to_dicts() for form in ("csv", "xml"))
    assert of_csv == of_xml


def test_a_spoilt_return_is_mended_alike_in_both_forms(tmp_path, book):
    folder = written(tmp_path, council.sample_council(150, 11, range(2019, 2025), forms=("csv", "xml")))
    of_csv, of_xml = lc.read_ssda903(years(folder), rulebook=book), lc.read_ssda903(folder / "xml", rulebook=book)
    assert book.evaluate(of_csv).statuses.to_dicts() == book.evaluate(of_xml).statuses.to_dicts()

    def told(people):
        # In XML nobody is without a header (P212), and an unlisted column or lack of one is a matter of CSV.
        rows = people.remarks.to_dicts()
        return sorted((row["code"], row["message"]) for row in rows if row["code"] not in ("P201", "P205", "P212", "P214"))

    assert told(of_csv) == told(of_xml)


def test_the_facts_that_each_source_holds(people):
    duties = {"placements", "looked_after_reviews"}
    for form in FORMS:
        assert {"date_of_birth", "care", "adopted", "died"} <= set(people[form].facts), form
    assert all(duties <= set(people[form].facts) for form in ("csv", "xml", "ssd"))
    assert "support_requests" not in people["ssd"].facts


# -- what the system says ---------------------------------------------------------------------------------------------


def test_recorded_categories_are_data(people):
    for form in ("ssd", "annex_a"):
        table = people[form].recorded_categories
        assert table.columns == ["person", "written", "category", "file", "line"]
        assert set(table["category"]) == {"relevant_child", "former_relevant_child", "qualifying", "eligible_child"}
    assert len(people["csv"].recorded_categories) == 0


# -- frames and workbooks ---------------------------------------------------------------------------------------------


def frames(folder: Path) -> dict[str, pd.DataFrame]:
    return {file.stem: pd.read_csv(file, dtype=str) for file in sorted(folder.glob("*.csv"))}


@pytest.mark.parametrize("make", [
    lambda frame: frame,
    lambda frame: pl.DataFrame(frame.astype(object).where(frame.notna(), None).to_dict("list")),
    lambda frame: pa.table(frame.astype(object).where(frame.notna(), None).to_dict("list")),
    lambda frame: frame.astype(object).where(frame.notna(), None).to_dict("list"),
    lambda frame: frame.assign(**{c: pd.to_datetime(frame[c]) for c in frame if c.endswith(("_date", "_dob"))}),
], ids=["pandas", "polars", "pyarrow", "dict", "datetime64"])  # fmt: skip
def test_ssd_from_frames_is_ssd_from_files(make, sample, people, book):
    of_frames = lc.read_ssd({name: make(frame) for name, frame in frames(sample / "ssd").items()}, as_at=AS_AT, rulebook=book)
    assert book.evaluate(of_frames).statuses.to_dicts() == book.evaluate(people["ssd"]).statuses.to_dicts()


def test_a_workbook_with_a_title_and_real_dates(tmp_path, sample, people, book):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Cover"
    workbook.active.append(["Annex A, for the inspection"])
    for file in sorted((sample / "annex_a").glob("*.csv")):
        sheet = workbook.create_sheet(file.stem)
        sheet.append([f"{file.stem} of an invented council"])
        frame = pd.read_csv(file, dtype=str)
        sheet.append(list(frame.columns))
        for row in frame.itertuples(index=False):
            sheet.append([as_cell(cell) for cell in row])
    path = tmp_path / "Annex A.xlsx"
    workbook.save(path)
    of_workbook = lc.read_annex_a(path, as_at=AS_AT, rulebook=book)
    assert book.evaluate(of_workbook).statuses.to_dicts() == book.evaluate(people["annex_a"]).statuses.to_dicts()
    assert any("'Cover'" in row["file"] for row in of_workbook.remarks.to_dicts()), "a sheet that is no list is told"
    assert "sheet 'List 9'" in of_workbook.recorded_categories["file"][0]


def as_cell(text):
    if not isinstance(text, str):
        return None
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y")
    except ValueError:
        return int(text) if text.isdigit() else text


def test_what_is_no_workbook_is_told(tmp_path, book):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(lc.DataError, match="not a workbook"):
        lc.read_annex_a(path, rulebook=book)


def test_a_map_of_the_councils_own(tmp_path, book):
    tables = {
        "p": {"pers_person_id": [7], "pers_dob": ["2007-01-05"]},
        "e": {"clae_person_id": [7], "clae_cla_episode_start_date": ["2022-02-01"], "clae_cla_episode_ceased_date": [None]},
        "l": {"lega_person_id": [7], "lega_legal_status": ["Our own word"], "lega_legal_status_start_date": ["2022-02-01"],
              "lega_legal_status_end_date": [None]},
    }  # fmt: skip
    without = lc.read_ssd(tables, as_at=AS_AT, rulebook=book)
    assert without.unknown_words.to_dicts() == [
        {"table": "ssd_legal_status", "column": "lega_legal_status", "written": "Our own word", "rows": 1}
    ]
    assert not any("Our own word" in str(row) for row in without.remarks.to_dicts())
    ours = tmp_path / "ours.yaml"
    ours.write_text("extract_map: ssd\nwords: {legal_status: {known: {C2: [our own word]}}}\n")
    assert len(lc.read_ssd(tables, map=ours, as_at=AS_AT, rulebook=book).unknown_words) == 0


# -- joining ----------------------------------------------------------------------------------------------------------


def test_join_903_gives_episodes_and_repairs_as_tables(book):
    joined = lc.join_903(lc.sample_returns())
    assert joined.as_at == dt.date(2024, 3, 31)
    assert joined.episodes.columns[:7] == ["person", "from", "until", "certain", "RNE", "LS", "CIN"]
    assert joined.episodes.columns[-3:] == ["year", "file", "line"]
    assert joined.repairs.columns == ["severity", "code", "title", "message", "file", "line", "field", "hint"]
    frame = joined.repairs.to_pandas()
    assert set(frame[frame["code"] == "P211"]["field"]) == {"DEC"}
    # The same joining as that of the reader of people.
    assert list(frame["message"]) == list(lc.read_ssda903(lc.sample_returns(), rulebook=book).remarks.to_pandas()["message"])


def test_joined_episodes_of_one_person_never_overlap():
    frame = lc.join_903(lc.sample_returns()).episodes.to_pandas()
    certain = frame[frame["certain"] == "yes"].sort_values(["person", "from"])
    following = certain.groupby("person")["from"].shift(-1)
    ends = certain["until"].fillna(pd.Timestamp("2200-01-01"))
    assert ((following.isna()) | (ends <= following)).all()


def test_what_is_joined_can_be_read_again_as_frames(book):
    """Round trip: the joined episodes, with a column map, are the care that the reader makes."""
    read = lc.read_ssda903(lc.sample_returns(), rulebook=book)
    episodes = lc.join_903(lc.sample_returns()).episodes.to_pandas()
    known = {"C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"}
    episodes["LS"] = episodes["LS"].where(episodes["LS"].isin(known))
    care = episodes[["person", "from", "until", "certain", "LS"]]
    births = {"person": read.ids, "value": ["2006-01-01"] * len(read)}
    again = lc.people({"date_of_birth": births, "care": care}, columns={"care": {"LS": "legal_status"}}, rulebook=book)
    assert again.ids == read.ids


# -- frames with other names ------------------------------------------------------------------------------------------


def test_frames_with_a_column_map(book):
    births = {"Child": ["a"], "Born": ["10/03/2006"]}
    care = pd.DataFrame({"Child": ["a"], "Start": ["2020-01-15"], "End": [None], "LS": ["C2"]})
    columns = {
        "date_of_birth": {"Child": "person", "Born": "value"},
        "care": {"Child": "person", "Start": "from", "End": "until", "LS": "legal_status"},
    }
    people = lc.people({"date_of_birth": births, "care": care}, columns=columns, rulebook=book)
    assert people.ids == ["a"]
    statuses = book.evaluate(people, unrecorded="none").statuses.to_dicts()
    assert truths(statuses, "2022-04-01") == {("a", "eligible_child"): "yes", ("a", "personal_adviser"): "yes"}


def test_a_column_map_that_does_not_fit_is_told(book):
    births = {"person": ["a"], "Born": ["2006-03-10"]}
    with pytest.raises(lc.DataError, match="'Borne', to be read as 'value', is missing"):
        lc.people({"date_of_birth": births}, columns={"date_of_birth": {"Borne": "value"}}, rulebook=book)
    with pytest.raises(ValueError, match="there is no frame 'cares'"):
        lc.people({"date_of_birth": births}, columns={"cares": {}}, rulebook=book)


# -- progress ---------------------------------------------------------------------------------------------------------


def test_progress_counts_tables_in_memory_and_the_step_after(sample, book):
    told = []
    tables = frames(sample / "ssd")
    lc.read_ssd(tables, as_at=AS_AT, rulebook=book, progress=told.append)
    assert told == list(range(1, len(tables) + 2))


def test_progress_counts_the_sheets_of_workbooks(sample, tmp_path, book):
    for number in (1, 2):
        with pd.ExcelWriter(tmp_path / f"{number}.xlsx") as workbook:
            for name, frame in frames(sample / "annex_a").items():
                if name == f"List {7 + number}":
                    frame.to_excel(workbook, sheet_name=name, index=False)
            pd.DataFrame({"something": ["else"]}).to_excel(workbook, sheet_name="List 1", index=False)
    told = []
    files = sorted(tmp_path.glob("*.xlsx"))
    of_workbooks = lc.read_annex_a(files, as_at=AS_AT, rulebook=book, progress=told.append)
    assert told == [1, 2, 3, 4, 5]
    of_files = lc.read_annex_a(sample / "annex_a", as_at=AS_AT, rulebook=book)
    assert of_workbooks.ids == of_files.ids and of_workbooks.recorded_categories["written"] == of_files.recorded_categories["written"]


def test_progress_true_draws_a_bar(sample, book, capsys):
    lc.read_ssd(frames(sample / "ssd"), as_at=AS_AT, rulebook=book, progress=True)
    assert "7/7" in capsys.readouterr().err


def test_an_error_in_progress_ends_the_reading(sample, book):
    def stop(done):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        lc.read_ssd(frames(sample / "ssd"), as_at=AS_AT, rulebook=book, progress=stop)
