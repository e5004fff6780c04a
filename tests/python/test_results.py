"""Evaluating, the tables, a look at a day, and why."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import sys
import threading
import time

import leavingcare as lc
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TABLES = {
    "statuses": ["person", "status", "from", "until", "truth", "depends_on"],
    "entitlements": ["person", "entitlement", "from", "until", "truth", "amount", "unit", "depends_on"],
    "categories": ["person", "category", "from", "until", "label", "truth"],
}

FILES = ["categories.csv", "entitlements.csv", "findings.csv", "indicators.csv", "obligations.csv", "receipt.json", "statuses.csv"]


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def people(book) -> lc.People:
    return lc.read_ssda903(lc.sample_returns(), rulebook=book)


@pytest.fixture(scope="module")
def result(book, people) -> lc.Result:
    return book.evaluate(people)


def many_people(book: lc.Rulebook, count: int) -> lc.People:
    born = [dt.date(2005, 1, 1) + dt.timedelta(days=i % 900) for i in range(count)]
    starts = [day + dt.timedelta(days=5100 + i % 400) for i, day in enumerate(born)]
    ids = [f"P{i}" for i in range(count)]
    frames = {
        "date_of_birth": pa.table({"person": ids, "value": born}),
        "care": pa.table(
            {"person": ids, "from": starts, "until": [day + dt.timedelta(days=60 + i % 900) for i, day in enumerate(starts)], "legal_status": ["V2"] * count}
        ),
    }
    return lc.people(frames, rulebook=book)


# --- Tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_of_the_contract(name, result):
    table = getattr(result, name)
    assert table.columns == TABLES[name]
    assert len(table) == len(table.to_dicts()) > 0
    assert list(table.to_dicts()[0]) == TABLES[name]
    assert table["person"] == [row["person"] for row in table.to_dicts()]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_in_every_library(name, result):
    table = getattr(result, name)
    rows = table.to_dicts()
    assert table.to_arrow().to_pylist() == rows
    assert table.to_polars().to_dicts() == rows
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns
    as_python = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in as_python:
        for day in ("from", "until"):
            row[day] = row[day].date() if row[day] is not None else None
    assert as_python == rows


def test_types_are_plain_enough_for_a_spreadsheet(result):
    arrow = result.statuses.to_arrow().schema
    assert arrow.field("person").type == pa.string()
    assert arrow.field("status").type == pa.dictionary(pa.int32(), pa.string())
    assert arrow.field("from").type == pa.date32() and arrow.field("from").nullable
    assert result.entitlements.to_arrow().schema.field("amount").type == pa.float64()
    pandas = result.entitlements.to_pandas()
    assert {name: str(dtype) for name, dtype in pandas.dtypes.items()} == {
        "person": "string", "entitlement": "string", "from": "datetime64[ns]", "until": "datetime64[ns]",
        "truth": "string", "amount": "float64", "unit": "string", "depends_on": "string",
    }  # fmt: skip
    polars = result.statuses.to_polars()
    assert polars.schema["person"] == pl.String and polars.schema["until"] == pl.Date


def tables_of(result, people, book):
    """Every table there is, by name: those that are added later too."""
    made = {"on": result.on("2024-03-31"), "remarks": people.remarks, "rules": book.rules}
    made.update({name: getattr(result, name) for name in dir(result) if isinstance(getattr(result, name), lc.Table)})
    assert made.keys() >= TABLES.keys()
    return made


def test_pandas_gets_no_column_of_objects_and_no_whole_number_as_a_float(result, people, book):
    for name, table in tables_of(result, people, book).items():
        dtypes = {str(dtype) for dtype in table.to_pandas().dtypes}
        assert dtypes <= {"string", "Int64", "float64", "datetime64[ns]"}, name
    assert str(people.remarks.to_pandas()["line"].dtype) == "Int64"


def test_no_table_holds_lists_or_structs(result, people, book):
    for name, table in tables_of(result, people, book).items():
        plain = {pa.string(), pa.dictionary(pa.int32(), pa.string()), pa.date32(), pa.int32(), pa.float64()}
        assert set(table.to_arrow().schema.types) <= plain, name


# --- The kind that came in -------------------------------------------------------------------------------------------

CAME_IN = {
    "pandas": (pd.DataFrame, pd.DataFrame, lambda frame: str(frame["person"].dtype), "Int64", "string"),
    "polars": (pl.DataFrame, pl.DataFrame, lambda frame: frame.schema["person"], pl.Int64, pl.String),
    "polars, lazy": (pl.LazyFrame, pl.DataFrame, lambda frame: frame.schema["person"], pl.Int64, pl.String),
    "pyarrow": (pa.table, pa.Table, lambda frame: frame.schema.field("person").type, pa.int64(), pa.string()),
    "lists": (dict, dict, lambda frame: type(frame["person"][0]), int, str),
}


@pytest.mark.parametrize("kind", CAME_IN)
@pytest.mark.parametrize("ids", ["whole numbers", "text"])
def test_results_are_the_kind_that_came_in(kind, ids, book):
    make, expected, type_of_person, whole, text = CAME_IN[kind]
    persons = [12, 7] if ids == "whole numbers" else ["12", "7"]
    people = lc.people({"date_of_birth": make({"person": persons, "value": ["04/05/2006", "05/06/2007"]})}, rulebook=book)
    result = book.evaluate(people, as_at="2024-03-31")
    for name, table in tables_of(result, people, book).items():
        native = table.to_native()
        if name == "rules":  # not about people
            assert isinstance(native, lc.Table)
            continue
        assert isinstance(native, expected), name
        if "person" in table.columns and len(table):
            assert type_of_person(native) == (whole if ids == "whole numbers" else text), name
    rows = result.on("2024-03-31").to_native()
    assert pl.DataFrame(rows)["person"].to_list() == persons


def test_results_for_people_from_files_are_tables_that_any_library_takes(result):
    assert isinstance(result.statuses.to_native(), lc.Table)
    assert pl.DataFrame(result.statuses.to_native()).equals(result.statuses.to_polars())


def test_results_join_the_frame_that_came_in(book):
    mine = pd.DataFrame({"person": [12, 7], "value": ["04/05/2006", "05/06/2007"], "team": ["North", "South"]})
    result = book.evaluate(lc.people({"date_of_birth": mine[["person", "value"]]}, rulebook=book), as_at="2024-03-31")
    joined = mine.merge(result.on("2024-03-31").to_native(), on="person")
    assert joined["team"].tolist() == ["North", "South"]


def test_ids_of_digits_may_be_asked_for_as_numbers(book):
    people = lc.people({"date_of_birth": {"person": [12], "value": ["04/05/2006"]}}, rulebook=book)
    result = book.evaluate(people, as_at="2024-03-31")
    assert 12 in people and "12" in people and 13 not in people
    assert str(result.explain(12, "qualifying")) == str(result.explain("12", "qualifying"))
    for wrong in (12.0, True, None):
        with pytest.raises(TypeError, match="person: expected an id"):
            result.explain(wrong, "qualifying")


# --- Arrow -----------------------------------------------------------------------------------------------------------


def test_arrow_data_is_sound_and_outlives_its_table(result):
    arrow = pa.table(result.statuses)
    arrow.validate(full=True)
    del result
    for batch in arrow.to_batches():
        batch.validate(full=True)
    assert arrow["truth"].unique().to_pylist() in (["yes", "unknown"], ["unknown", "yes"], ["yes"], ["unknown"])


def test_a_table_may_be_streamed_again_and_again(result):
    statuses = result.statuses
    assert pa.table(statuses).equals(pa.table(statuses))
    assert pa.schema(statuses).names == statuses.columns
    unused = statuses.__arrow_c_stream__()
    del unused  # a stream that nobody reads is let go


def test_one_column_may_be_taken_and_the_rest_dropped(result):
    reader = pa.RecordBatchReader.from_stream(result.statuses)
    until = reader.read_all()["until"]
    assert until.to_pylist() == result.statuses["until"]


def test_an_empty_table_keeps_its_columns_and_types(book):
    nobody = book.evaluate(lc.people({"date_of_birth": {"person": [], "value": []}}, rulebook=book))
    for name, columns in TABLES.items():
        table = getattr(nobody, name)
        assert len(table) == 0 and table.to_dicts() == []
        assert table.to_pandas().columns.tolist() == columns
        assert table.to_polars().schema["from"] == pl.Date
        assert table.to_arrow().schema.field("from").type == pa.date32()


def test_a_table_is_gone_through_by_rows(result):
    assert list(result.statuses) == result.statuses.to_dicts()
    assert pd.DataFrame(result.statuses)["person"].tolist() == result.statuses["person"]


def test_a_column_that_is_not_there_is_a_key_error(result):
    with pytest.raises(KeyError, match="colour"):
        result.statuses["colour"]


def test_html_is_short_and_escaped(book):
    born = {"person": [f"<b>{i}" for i in range(50)], "value": ["2006-05-04"] * 50}
    shown = book.evaluate(lc.people({"date_of_birth": born}, rulebook=book)).statuses._repr_html_()
    assert "<b>" not in shown and "&lt;b&gt;0" in shown
    assert shown.count("<tr>") == 11


def test_results_come_back_as_they_went_out(result, book):
    """A table of results may itself be read as a frame: here, as made-up periods of care."""
    statuses = result.statuses.to_polars().filter(pl.col("from").is_not_null()).select("person", "from", "until")
    born = {"person": statuses["person"].unique(maintain_order=True).to_list()}
    born["value"] = ["2006-05-04"] * len(born["person"])
    again = lc.people({"date_of_birth": born, "care": statuses.with_columns(legal_status=pl.lit("V2"))}, rulebook=book)
    assert again.ids == born["person"]


# --- Evaluating ------------------------------------------------------------------------------------------------------


def test_as_at_is_that_of_the_returns_unless_told_otherwise(book, people, result):
    assert result.as_at == people.as_at == dt.date(2024, 3, 31)
    assert book.evaluate(people, as_at="2024-01-01").as_at == dt.date(2024, 1, 1)
    assert book.evaluate(people, as_at=dt.date(2024, 1, 1)).receipt["as_at"] == "2024-01-01"


def test_the_number_of_threads_changes_no_answer(book):
    crowd = many_people(book, 2000)
    one, four, all_of_them = (book.evaluate(crowd, threads=threads) for threads in (1, 4, 0))
    for table in TABLES:
        first = pa.table(getattr(one, table))
        assert first.equals(pa.table(getattr(four, table)))
        assert first.equals(pa.table(getattr(all_of_them, table)))


def test_the_same_call_gives_the_same_receipt(book, people, result):
    assert book.evaluate(people).receipt == result.receipt
    assert result.receipt["rulebook"]["sha256"] == book.digest
    assert result.receipt["inputs"]["sha256"] == people.digest


def test_what_is_assumed_stands_in_the_receipt(book, people):
    assumed = book.evaluate(people, unrecorded="none", readings={"leap_birthday": "28_february"})
    assert assumed.receipt["unrecorded"] == "none"
    assert assumed.receipt["readings"]["leap_birthday"] == "28_february"
    known = sum(row["truth"] == "yes" for row in assumed.statuses.to_dicts())
    assert known > sum(row["truth"] == "yes" for row in book.evaluate(people).statuses.to_dicts())


@pytest.mark.parametrize(
    "wrong",
    [
        {"readings": {"leap_brithday": "1_march"}},
        {"readings": {"leap_birthday": "2_march"}},
        {"unrecorded": "perhaps"},
        {"as_at": "31/03/2024"},
        {"as_at": dt.datetime(2024, 3, 31, 12)},
    ],
)
def test_an_option_that_does_not_exist_is_a_value_error(wrong, book, people):
    with pytest.raises(ValueError):
        book.evaluate(people, **wrong)


def test_what_is_no_people_is_a_type_error_that_repeats_nothing_of_it(book):
    with pytest.raises(TypeError, match="people: expected People, made by .* not dict") as caught:
        book.evaluate({"date_of_birth": {"person": ["Sally Secret"], "value": ["2006-05-04"]}})
    assert "Sally" not in str(caught.value)


def test_other_threads_run_meanwhile(book):
    crowd = many_people(book, 20_000)
    others_run_during(lambda: book.evaluate(crowd, threads=1))


def test_other_threads_run_while_arrow_columns_are_read(book):
    count = 200_000
    days = pa.array([13_000] * count, pa.int32()).cast(pa.date32())
    born = pa.table({"person": pa.array(range(count)), "value": days})
    others_run_during(lambda: lc.people({"date_of_birth": born}, rulebook=book))


def others_run_during(work):
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        began = time.perf_counter()
        work()
        ended = time.perf_counter()
    finally:
        stop.set()
        ticker.join()
    during = [moment for moment in ticks if began < moment < ended]
    assert len(during) > 3, f"{len(during)} ticks in {ended - began:.3f} s"


def test_progress_reaches_everyone_and_is_told_in_order(book):
    crowd, told = many_people(book, 1000), []
    result = book.evaluate(crowd, threads=2, progress=told.append)
    assert told == sorted(told) and told[-1] == 1000
    before = len(told)
    result.categories, result.explain(crowd.ids[0], "qualifying", on="2024-01-01")
    assert len(told) == before


@pytest.mark.parametrize("tqdm", ["installed", "missing"])
def test_progress_true_draws_on_standard_error(tqdm, book, capsys, monkeypatch):
    if tqdm == "missing":
        monkeypatch.setitem(sys.modules, "tqdm", None)
        monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    else:
        pytest.importorskip("tqdm")
    book.evaluate(many_people(book, 600), progress=True)
    captured = capsys.readouterr()
    assert "600" in captured.err and captured.out == ""
    assert ("people/s" in captured.err) == (tqdm == "installed")


def test_an_error_in_progress_ends_the_evaluation(book):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.evaluate(many_people(book, 2000), threads=2, progress=stop)


# --- A look at a day -------------------------------------------------------------------------------------------------


def test_a_day_has_one_row_for_each_person_and_agrees_with_the_timelines(result, people):
    day = dt.date(2023, 6, 30)
    table = result.on(day)
    assert table["person"] == people.ids
    assert table.columns[0] == "person" and table.columns[-1] == "annex_a"
    held = {
        (row["person"], row["status"]): row["truth"]
        for row in result.statuses.to_dicts()
        if (row["from"] is None or row["from"] <= day) and (row["until"] is None or day < row["until"])
    }
    for row in table.to_dicts():
        for status in table.columns[1:-1]:
            assert row[status] == held.get((row["person"], status), "no")


def test_the_category_of_a_day_is_unknown_where_its_timeline_says_so(result):
    day = dt.date(2024, 3, 31)
    labels = {
        row["person"]: row["label"] or "unknown"
        for row in result.categories.to_dicts()
        if (row["from"] is None or row["from"] <= day) and (row["until"] is None or day < row["until"])
    }
    assert dict(zip(*(result.on(day)[column] for column in ("person", "annex_a")))) == {
        person: labels.get(person) for person in result.on(day)["person"]
    }


def test_days_after_the_data_are_a_projection(book, people, result):
    assert result.on("2024-03-31").projection is False
    assert result.on("2024-04-01").projection is True
    assert result.on("2024-04-01").on == dt.date(2024, 4, 1)
    truth = lc.read_facts(lc.sample_returns()[0].parent / "truth", rulebook=book)
    assert book.evaluate(truth).on("2024-04-01").projection is None
    assert result.statuses.projection is None and result.statuses.on is None


def test_a_day_is_a_date_or_iso_text(result):
    with pytest.raises(ValueError, match="write YYYY-MM-DD, here 2024-03-31"):
        result.on("31/03/2024")
    with pytest.raises(TypeError):
        result.on(20240331)


# --- Why -------------------------------------------------------------------------------------------------------------


def test_an_explanation_agrees_with_the_table(result, people):
    day = dt.date(2024, 3, 31)
    for row in result.on(day).to_dicts()[:8]:
        explanation = result.explain(row["person"], "former_relevant_child", on=day)
        assert explanation.truth == row["former_relevant_child"]
        assert explanation.person == row["person"] and explanation.on == day and not explanation.projection
        if explanation.truth == "unknown":
            assert explanation.settled_by


def test_an_explanation_is_text_for_people_and_a_dict_for_programs(result, people):
    explanation = result.explain(people.ids[0], "eligible_child", on="2022-01-01")
    text = str(explanation)
    assert "eligible_child" in text and "Children Act 1989" in text
    assert json.loads(json.dumps(explanation.to_dict())) == explanation.to_dict()
    assert explanation._repr_html_() == f"<pre>{html.escape(text)}</pre>"


def test_the_day_of_an_explanation_is_that_of_the_data_unless_told_otherwise(book, result, people):
    assert result.explain(people.ids[0], "qualifying").on == people.as_at
    truth = lc.read_facts(lc.sample_returns()[0].parent / "truth", rulebook=book)
    with pytest.raises(ValueError, match="on:"):
        book.evaluate(truth).explain(truth.ids[0], "qualifying")


def test_explaining_what_is_not_there_is_a_value_error(result, people):
    with pytest.raises(ValueError, match="nobody among the"):
        result.explain("Sally Secret", "qualifying")
    with pytest.raises(ValueError, match="did you mean 'qualifying'"):
        result.explain(people.ids[0], "qualifing")
    with pytest.raises(ValueError, match="see Rulebook.rules"):
        result.explain(people.ids[0], "pocket_money")


# --- Files -----------------------------------------------------------------------------------------------------------


def test_the_files_say_what_the_tables_say(result, tmp_path):
    result.write(tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == FILES
    assert json.loads((tmp_path / "out" / "receipt.json").read_text(encoding="utf-8")) == result.receipt
    text = (tmp_path / "out" / "statuses.csv").read_text(encoding="utf-8")
    rows = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in result.statuses.to_dicts()]
    assert list(csv.DictReader(io.StringIO(text))) == rows


def test_a_folder_that_cannot_be_made_is_an_os_error(result, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="cannot make the folder"):
        result.write(tmp_path / "file" / "out")
