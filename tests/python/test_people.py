"""People from folders, files and data frames: the same tables are the same people, and what is wrong is told without personal data."""

from __future__ import annotations

import csv
import datetime as dt
import random

import leavingcare as lc
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

TRUTH = lc.sample_returns()[0].parent / "truth"
AS_AT = "2024-03-31"


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def folder(book) -> lc.People:
    return lc.read_facts(TRUTH, rulebook=book)


def texts() -> dict[str, dict[str, list[str | None]]]:
    """The tables of the folder, as a dict of lists of text."""
    tables = {}
    for file in sorted(TRUTH.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        tables[file.stem] = {name: [row[i] or None for row in rows] for i, name in enumerate(header)}
    return tables


def is_date(column: str) -> bool:
    return column in ("value", "from", "until", "on")


def dates() -> dict[str, dict[str, list[object]]]:
    """The same with dates as datetime.date."""
    return {
        fact: {
            name: [dt.date.fromisoformat(cell) if cell and is_date(name) else cell for cell in cells]
            for name, cells in columns.items()
        }
        for fact, columns in texts().items()
    }


def each(make):
    """A way to make frames of every table."""
    return lambda tables: {fact: make(columns) for fact, columns in tables.items()}


def uk(columns):
    return {
        name: [dt.date.fromisoformat(cell).strftime("%d/%m/%Y") if cell and is_date(name) else cell for cell in cells]
        for name, cells in columns.items()
    }


def with_datetime64(columns):
    frame = pd.DataFrame(columns)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in frame.columns if is_date(name)})


def with_categories(columns):
    frame = pd.DataFrame(columns)
    return frame.assign(**{name: frame[name].astype("category") for name in frame.columns if not is_date(name)})


def without_arrow(columns):
    """A pandas of before 2.2: no __arrow_c_stream__."""

    class OldFrame(pd.DataFrame):
        @property
        def __arrow_c_stream__(self):
            raise AttributeError

        @property
        def _constructor(self):
            return OldFrame

    OldFrame.__module__ = "pandas.core.frame"
    return OldFrame(with_datetime64(columns))


def in_batches(columns):
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    half = len(table) // 2
    return pa.concat_tables([table.slice(0, half), table.slice(half)])


def with_timestamps(columns):
    table = pa.table(columns)
    for i, name in enumerate(table.column_names):
        if is_date(name):
            table = table.set_column(i, name, table[name].cast(pa.date32()).cast(pa.timestamp("us")))
    return table


class StreamOnly:
    """Something of which nothing is known but that it speaks the protocol."""

    def __init__(self, columns):
        self._table = pa.table(columns)

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


class BatchOnly:
    """A single batch that speaks the protocol, and no stream."""

    def __init__(self, columns):
        self._batch = pa.table(columns).combine_chunks().to_batches()[0]

    def __arrow_c_array__(self, requested_schema=None):
        return self._batch.__arrow_c_array__(requested_schema)


WAYS = {
    "dict of text": (texts, dict),
    "dict of text, day first": (texts, uk),
    "dict of dates": (dates, dict),
    "dict of tuples": (dates, lambda columns: {name: tuple(cells) for name, cells in columns.items()}),
    "dict of numpy arrays": (texts, lambda c: {n: np.array(v, dtype="datetime64[ns]" if is_date(n) else object) for n, v in c.items()}),
    "pandas text": (texts, pd.DataFrame),
    "pandas string dtype": (texts, lambda columns: pd.DataFrame(columns, dtype="string")),
    "pandas arrow dtype": (texts, lambda columns: pd.DataFrame(columns, dtype="string[pyarrow]")),
    "pandas day first": (texts, lambda columns: pd.DataFrame(uk(columns))),
    "pandas dates": (dates, pd.DataFrame),
    "pandas datetime64": (texts, with_datetime64),
    "pandas categories": (texts, with_categories),
    "pandas before Arrow": (texts, without_arrow),
    "pandas with persons as index": (texts, lambda columns: pd.DataFrame(columns).set_index("person")),
    "pandas with whole numbers": (texts, lambda columns: pd.DataFrame(columns).astype({"person": "int64"})),
    "pandas with floats": (texts, lambda columns: pd.DataFrame(columns).astype({"person": "float64"})),
    "polars text": (texts, pl.DataFrame),
    "polars dates": (dates, pl.DataFrame),
    "polars datetimes": (dates, lambda c: pl.DataFrame(c).with_columns(pl.col(pl.Date).cast(pl.Datetime("ms")))),
    "polars categories": (texts, lambda c: pl.DataFrame(c).with_columns(pl.col("person").cast(pl.Categorical))),
    "polars whole numbers": (texts, lambda c: pl.DataFrame(c).with_columns(pl.col("person").cast(pl.UInt32))),
    "pyarrow text": (texts, pa.table),
    "pyarrow large text": (texts, lambda c: pa.table({n: pa.array(v, pa.large_string()) for n, v in c.items()})),
    "pyarrow dates": (dates, pa.table),
    "pyarrow date64": (dates, lambda c: pa.table({n: pa.array(v, pa.date64() if is_date(n) else pa.string()) for n, v in c.items()})),
    "pyarrow timestamps": (dates, with_timestamps),
    "pyarrow dictionaries": (texts, lambda c: pa.table({n: pa.array(v, pa.string()).dictionary_encode() for n, v in c.items()})),
    "pyarrow in batches": (texts, in_batches),
    "any Arrow stream": (texts, StreamOnly),
    "any Arrow batch": (texts, BatchOnly),
    "polars lazy": (texts, pl.LazyFrame),
}


@pytest.mark.parametrize("way", WAYS)
def test_frames_are_the_same_people_as_the_folder(way, book, folder):
    read, make = WAYS[way]
    people = lc.people(each(make)(read()), rulebook=book)
    assert people.ids == folder.ids
    assert people.digest == folder.digest
    assert people.facts == folder.facts
    ours = book.evaluate(people, as_at=AS_AT)
    theirs = book.evaluate(folder, as_at=AS_AT)
    for table in ("statuses", "entitlements", "categories"):
        assert getattr(ours, table).to_dicts() == getattr(theirs, table).to_dicts(), table


def test_a_filtered_pandas_frame_needs_no_new_index(book, folder):
    frames = {fact: pd.DataFrame(columns) for fact, columns in texts().items()}
    frames["care"] = pd.concat([frames["care"].iloc[:0], frames["care"]]).sort_index(ascending=False).sort_index()
    frames["care"].index = range(1000, 1000 + len(frames["care"]))
    frames["care"] = frames["care"][frames["care"]["person"] != "nobody"].copy()
    assert lc.people(frames, rulebook=book).digest == folder.digest


def test_the_order_of_rows_changes_no_answer(book, folder):
    tables = texts()
    for fact, columns in tables.items():
        if fact != "date_of_birth":
            order = list(range(len(columns["person"])))
            random.Random(7).shuffle(order)
            tables[fact] = {name: [cells[i] for i in order] for name, cells in columns.items()}
    shuffled = book.evaluate(lc.people(tables, rulebook=book), as_at=AS_AT)
    assert shuffled.statuses.to_dicts() == book.evaluate(folder, as_at=AS_AT).statuses.to_dicts()


# --- Small people ----------------------------------------------------------------------------------------------------

BORN = {"person": ["A", "B"], "value": ["2006-05-04", "2007-06-05"]}


def care(**columns):
    rows = {"person": ["A"], "from": ["2020-01-01"], "until": ["2021-01-01"], "legal_status": ["V2"]}
    rows.update(columns)
    return rows


def test_the_vocabulary_is_englands_unless_told_otherwise():
    assert lc.people({"date_of_birth": BORN, "care": care()}).facts == ["date_of_birth", "care"]


def test_a_row_that_ends_on_the_day_it_begins_holds_on_no_day(book):
    empty = lc.people({"date_of_birth": BORN, "care": care(until=["2020-01-01"])}, rulebook=book)
    none = lc.people({"date_of_birth": BORN, "care": {name: [] for name in care()}}, rulebook=book)
    answers = [book.evaluate(people, as_at=AS_AT).statuses.to_dicts() for people in (empty, none)]
    assert answers[0] == answers[1]


def test_a_blank_date_of_birth_is_unknown_and_not_an_error(book):
    people = lc.people({"date_of_birth": {"person": ["A"], "value": [None]}, "care": care()}, rulebook=book)
    statuses = book.evaluate(people).statuses.to_dicts()
    assert statuses and all(row["truth"] == "unknown" and "date_of_birth" in row["depends_on"] for row in statuses)


def test_a_truth_value_is_yes_or_no(book):
    as_text = lc.people({"date_of_birth": BORN, "care": care(disputed=["yes"])}, rulebook=book)
    as_truth = lc.people({"date_of_birth": BORN, "care": pd.DataFrame(care(disputed=[True]))}, rulebook=book)
    assert as_truth.digest == as_text.digest


def test_certain_and_recorded_mean_what_they_mean_in_a_folder(book, tmp_path):
    frames = {
        "date_of_birth": BORN,
        "care": care(certain=["no"]),
        "recorded": {"person": ["B"], "fact": ["care"], "from": ["2019-04-01"], "until": [""]},
    }
    for name, frame in frames.items():
        pd.DataFrame(frame).to_csv(tmp_path / f"{name}.csv", index=False)
    ours, theirs = lc.people(frames, rulebook=book), lc.read_facts(tmp_path, rulebook=book)
    assert ours.digest == theirs.digest
    answers = [book.evaluate(people, as_at=AS_AT).statuses.to_dicts() for people in (ours, theirs)]
    assert answers[0] == answers[1] and any(row["truth"] == "unknown" for row in answers[0])


# --- What is wrong ---------------------------------------------------------------------------------------------------

SECRET = "13/13/2020"  # as impossible as it is private


def problems(frames) -> lc.DataError:
    with pytest.raises(lc.DataError) as caught:
        lc.people(frames)
    return caught.value


def only(frames) -> dict:
    error = problems(frames)
    assert len(error.diagnostics) == 1, str(error)
    return error.diagnostics[0]


KINDS = {"lists": dict, "pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


@pytest.mark.parametrize("kind", KINDS)
def test_an_impossible_date_names_row_and_field_and_not_the_date(kind):
    frame = KINDS[kind](care(person=["A", "B"], until=["01/02/2021", SECRET], **{"from": ["01/02/2020"] * 2}, legal_status=["V2"] * 2))
    problem = only({"date_of_birth": BORN, "care": frame})
    assert problem["code"] == "P105"
    assert "row 2" in problem["message"] and "'until'" in problem["message"]
    assert problem["places"][0]["line"] == 2 and "care" in problem["places"][0]["file"]
    assert SECRET not in str(problems({"date_of_birth": BORN, "care": frame}))


@pytest.mark.parametrize("written", ["2020-02-30", "30/02/2020", "03/25/2020", "2020/01/01", "1/2/2020", "20200101", "2020-01-01 00:00:00"])
def test_a_text_that_is_no_date_is_refused(written):
    assert only({"date_of_birth": {"person": ["A"], "value": [written]}})["code"] == "P105"


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2006, 5, 4, 13, 0),
        dt.datetime(2006, 5, 4, tzinfo=dt.timezone.utc),
        dt.date(1066, 10, 14),
        20060504,
        2006.5,
        True,
        b"2006-05-04",
    ],
)
def test_a_value_that_is_no_day_is_refused(value):
    assert only({"date_of_birth": {"person": ["A"], "value": [value]}})["code"] == "P105"


def test_timestamps_with_a_time_of_day_or_a_zone_are_refused():
    noon = pd.DataFrame({"person": ["A"], "value": [pd.Timestamp("2006-05-04 12:00")]})
    zone = pd.DataFrame({"person": ["A"], "value": [pd.Timestamp("2006-05-04", tz="Europe/London")]})
    for frame in (noon, zone):
        assert only({"date_of_birth": frame})["code"] == "P105"
        assert only({"date_of_birth": pl.from_pandas(frame)})["code"] == "P105"


def test_a_column_that_mixes_forms_of_dates_is_refused_row_by_row():
    error = problems({"date_of_birth": {"person": ["A", "B", "C"], "value": ["2006-05-04", "05/04/2006", "06/04/2006"]}})
    assert [problem["places"][0]["line"] for problem in error.diagnostics] == [2, 3]
    assert "mixes" in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_us_dates_are_refused_at_the_row_that_gives_them_away(kind):
    frame = KINDS[kind]({"person": ["A", "B", "C"], "value": ["03/04/2006", "04/05/2006", "03/25/2006"]})
    problem = only({"date_of_birth": frame})
    assert problem["places"][0]["line"] == 3 and "row 3" in problem["message"]
    assert "the day stands before the month" in problem["hint"]


def test_two_columns_may_each_have_a_form_of_their_own():
    assert len(lc.people({"date_of_birth": BORN, "care": care(until=["01/01/2021"])})) == 2


def test_everything_that_is_wrong_is_told_at_once():
    error = problems(
        {
            "date_of_birth": {"person": ["A", "A", None], "value": ["2006-05-04", "2006-05-04", "2006-05-04"]},
            "care": care(person=["Z"], until=["2019-01-01"], legal_status=["V9"]),
            "caer": care(),
        }
    )
    assert {problem["code"] for problem in error.diagnostics} == {"P106", "P107", "P108", "P109", "P110", "P115"}
    assert "did you mean 'care'" in str(error)


def test_columns_are_checked_by_name():
    missing = care()
    del missing["legal_status"]
    assert only({"date_of_birth": BORN, "care": missing})["code"] == "P102"
    assert "did you mean 'placement'" in only({"date_of_birth": BORN, "care": care(placment=["U1"])})["hint"]
    assert only({"care": care()})["code"] == "P113"


def test_no_message_repeats_a_cell():
    secrets = ["Sally Secret", "31/02/1999", "Privat3"]
    error = problems(
        {
            "date_of_birth": pd.DataFrame({"person": ["A"], "value": [secrets[1]]}),
            "care": pd.DataFrame(
                {"person": [secrets[0]], "from": [secrets[1]], "until": [{secrets[2]}], "legal_status": [secrets[2]], "disputed": [[secrets[2]]]}
            ),
        }
    )
    told = str(error) + repr(error.diagnostics)
    assert not [secret for secret in secrets if secret in told]


def test_a_broken_column_of_many_rows_is_not_as_many_lines():
    error = problems({"date_of_birth": {"person": [str(i) for i in range(5000)], "value": ["never"] * 5000}})
    assert len(error.diagnostics) == 101
    assert "4900 more" in error.diagnostics[-1]["message"]


def test_what_is_no_table_is_a_type_error():
    with pytest.raises(TypeError, match="care: expected a pandas"):
        lc.people({"date_of_birth": BORN, "care": [1, 2]})
    with pytest.raises(TypeError, match='such as {"date_of_birth": births'):
        lc.people(pd.DataFrame(BORN))


def test_columns_of_unequal_length_are_refused():
    assert only({"date_of_birth": {"person": ["A", "B"], "value": ["2006-05-04"]}})["code"] == "P101"


# --- The other doors -------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_a_data_error(tmp_path):
    with pytest.raises(lc.DataError):
        lc.read_facts(tmp_path / "nothing")


def test_a_case_file_is_read(tmp_path, book):
    file = tmp_path / "case.yaml"
    file.write_text("person: A\nfacts:\n  date_of_birth: 2006-05-04\n  care: [{from: 2020-01-15, legal_status: V2}]\nrest: none\n", encoding="utf-8")
    people = lc.read_case(file, rulebook=book)
    assert people.ids == ["A"] and "A" in people and "B" not in people
    assert book.evaluate(people).on("2023-01-01").to_dicts()[0]["eligible_child"] == "yes"


def test_the_sample_returns_are_read_with_repairs_and_their_day(book):
    people = lc.read_ssda903(lc.sample_returns(), rulebook=book)
    assert len(lc.sample_returns()) == 6
    assert people.as_at == dt.date(2024, 3, 31)
    assert len(people) == len(set(people.ids)) > 0
    assert len(people.remarks) > 0
    assert {row["severity"] for row in people.remarks.to_dicts()} <= {"repair", "warning"}
    assert len(people.remarks.to_pandas()) == len(people.remarks.to_polars()) == len(people.remarks)


def test_one_folder_of_returns_may_be_given_as_it_is(book):
    assert lc.read_ssda903(lc.sample_returns()[0], rulebook=book).as_at == dt.date(2019, 3, 31)


def test_no_repr_holds_personal_data(folder, book):
    result = book.evaluate(folder, as_at=AS_AT)
    shown = [repr(one) for one in (folder, result, result.statuses, result.on(AS_AT))]
    shown.append(repr(result.explain(folder.ids[0], "eligible_child")))
    assert not [person for person in folder.ids for text in shown if person in text]
