"""leavingcare.spark on local Spark gives the bytes that one machine gives, whatever the number of partitions."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import sys
from pathlib import Path

import leavingcare as lc
import pyarrow as pa
import pyarrow.csv
import pytest

pytest.importorskip("pyspark")

from leavingcare import spark as lc_spark
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession

TABLES = ("statuses", "entitlements", "categories", "obligations", "findings")
AS_AT = "2024-03-31"


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .appName("leavingcare")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # Batches much shorter than a life, so that people lie across their ends.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


def tables() -> dict[str, pa.Table]:
    """The invented council's lives: the facts that its case system holds (nobody was detained), and no others."""
    people = lc.read_ssd(lc.sample_ssd(), as_at=AS_AT)
    return {name: people.fact(name).to_arrow() for name in people.facts}


def plain(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in table.schema]))


def shuffled(table: pa.Table) -> pa.Table:
    order = list(range(len(table)))
    random.Random(5).shuffle(order)
    return table.take(pa.array(order, pa.int64()))


def frames(spark: SparkSession, of: dict[str, pa.Table]) -> dict[str, DataFrame]:
    return {name: spark.createDataFrame(shuffled(plain(table))) for name, table in of.items()}


def csv_by_person(table: pa.Table) -> bytes:
    """The bytes of the table as CSV: people in order, the rows of each in the order in which they stand."""
    table = plain(table)
    places = table.append_column("place", pa.array(range(len(table))))
    written = io.BytesIO()
    pyarrow.csv.write_csv(places.sort_by([("person", "ascending"), ("place", "ascending")]).drop_columns("place"), written)
    return written.getvalue()


@pytest.mark.parametrize("partitions", [1, 3, 16])
def test_the_bytes_are_those_of_one_machine(spark, book, partitions):
    of = tables()
    expected = book.evaluate(lc.people(of, rulebook=book), as_at=AS_AT)
    answers = lc_spark.evaluate("england", frames(spark, of), as_at=AS_AT, partitions=partitions)
    for name in ("statuses", "obligations"):
        ours = getattr(answers, name).toArrow()
        assert len(ours) > 100, name
        assert csv_by_person(ours) == csv_by_person(getattr(expected, name).to_arrow()), name


def test_every_table_has_the_columns_types_and_bytes_of_the_results(spark, book):
    of = tables()
    expected = book.evaluate(lc.people(of, rulebook=book), as_at=AS_AT, unrecorded="none")
    answers = lc_spark.evaluate("england", frames(spark, of), as_at=AS_AT, unrecorded="none")
    for name in TABLES:
        one_machine = plain(getattr(expected, name).to_arrow())
        ours = getattr(answers, name).toArrow()
        assert [(field.name, field.type) for field in ours.schema] == [(field.name, field.type) for field in one_machine.schema]
        assert csv_by_person(ours) == csv_by_person(one_machine), name


def test_a_person_torn_between_batches_and_groups_is_evaluated_whole(spark, book, monkeypatch):
    monkeypatch.setattr(lc_spark, "_PEOPLE_AT_A_TIME", 2)
    of = tables()
    expected = book.evaluate(lc.people(of, rulebook=book), as_at=AS_AT)
    answers = lc_spark.evaluate("england", frames(spark, of), as_at=AS_AT, partitions=2)
    assert csv_by_person(answers.statuses.toArrow()) == csv_by_person(expected.statuses.to_arrow())


def test_whole_people_come_in_the_batches_that_hold_them():
    ids = ["a", "a", "b", "b", "b", "c", "d", "d"]
    rows = pa.table({"person": ids, "row": list(range(8))})
    for size in (1, 2, 3, 8):
        for at_a_time in (1, 2, 3):
            groups = list(lc_spark._whole_people(iter(rows.to_batches(max_chunksize=size)), at_a_time))
            assert pa.concat_tables(groups).equals(rows)
            met = [set(group["person"].to_pylist()) for group in groups]
            assert sum(len(people) for people in met) == 4, "nobody is in two groups"


def test_readings_rules_and_whole_number_ids_are_passed_along(spark, book):
    of = {
        "date_of_birth": pa.table({"person": [7, 12], "value": [dt.date(2004, 2, 29), dt.date(2005, 5, 1)]}),
        "care": pa.table({"person": [7, 12], "from": [dt.date(2017, 1, 1)] * 2, "until": pa.array([None, None], pa.date32()), "legal_status": ["C2", "V2"]}),
    }
    for readings in ({}, {"leap_birthday": "28_february"}):
        options = {"as_at": "2023-01-01", "readings": readings, "rules": ["eligible_child", "former_relevant_child"]}
        expected = book.evaluate(lc.people(of, rulebook=book), **options).statuses.to_arrow()
        ours = lc_spark.evaluate("england", {name: spark.createDataFrame(table) for name, table in of.items()}, **options)
        assert csv_by_person(ours.statuses.toArrow()) == csv_by_person(expected)
        birthday = dt.date(2022, 2, 28) if readings else dt.date(2022, 3, 1)
        assert birthday in ours.statuses.filter("person = '7'").toArrow()["from"].to_pylist()


def test_a_table_without_rows_is_none_and_a_missing_one_is_unknown(spark, book):
    of = {"date_of_birth": pa.table({"person": ["a", "b"], "value": [dt.date(2006, 1, 1)] * 2})}
    no_care = spark.createDataFrame([], "person string, `from` date, until date, legal_status string")
    missing = lc_spark.evaluate("england", frames(spark, of), rules=["eligible_child"])
    empty = lc_spark.evaluate("england", frames(spark, of) | {"care": no_care}, rules=["eligible_child"])
    assert all("care;" in facts for facts in missing.statuses.toArrow()["depends_on"].to_pylist())
    assert all("care;" not in facts for facts in empty.statuses.toArrow()["depends_on"].to_pylist())
    of |= {"care": no_care.toArrow()}
    assert csv_by_person(empty.statuses.toArrow()) == csv_by_person(book.evaluate(lc.people(of, rulebook=book), rules=["eligible_child"]).statuses.to_arrow())
    nobody = lc_spark.evaluate("england", {"date_of_birth": spark.createDataFrame([], "person string, value date")})
    assert len(nobody.statuses.toArrow()) == 0


def test_parameters_are_passed_along_and_other_rulebooks_than_england(spark):
    started = {"date_of_birth": pa.table({"person": ["a"], "value": [dt.date(2000, 1, 1)]})}
    figures = {"cornwall_in_education_or_work_before": 70}
    cornwall = lc.load("cornwall", parameters=figures)
    ours = lc_spark.evaluate("cornwall", frames(spark, started), parameters=figures, unrecorded="none").obligations
    expected = cornwall.evaluate(lc.people(started, rulebook=cornwall), unrecorded="none").obligations
    assert csv_by_person(ours.toArrow()) == csv_by_person(expected.to_arrow())


def test_indicators_are_refused(spark):
    of = {"date_of_birth": pa.table({"person": ["a"], "value": [dt.date(2006, 1, 1)]})}
    with pytest.raises(AttributeError, match="about everyone at once"):
        lc_spark.evaluate("england", frames(spark, of)).indicators


def test_what_is_wrong_is_told_before_spark_runs(spark):
    births = spark.createDataFrame([("a", dt.date(2006, 1, 1))], "person string, value date")
    with pytest.raises(lc.RulebookError, match="englund"):
        lc_spark.evaluate("englund", {"date_of_birth": births})
    with pytest.raises(ValueError, match="leap_birthday"):
        lc_spark.evaluate("england", {"date_of_birth": births}, readings={"leap_birthday": "never"})
    with pytest.raises(lc.DataError, match="which lists the people"):
        lc_spark.evaluate("england", {"care": spark.createDataFrame([], "person string, `from` date, until date, legal_status string")})
    with pytest.raises(lc.DataError, match="placemints"):
        lc_spark.evaluate("england", {"date_of_birth": births, "placemints": births})
    with pytest.raises(TypeError, match="person: expected text or whole numbers, not double"):
        lc_spark.evaluate("england", {"date_of_birth": spark.createDataFrame([(1.0, dt.date(2006, 1, 1))], "person double, value date")})
    with pytest.raises(TypeError, match="Spark DataFrame"):
        lc_spark.evaluate("england", {"date_of_birth": {"person": ["a"], "value": ["2006-01-01"]}})


def test_what_is_wrong_in_the_rows_reaches_the_driver_in_the_engines_words(spark):
    births = spark.createDataFrame([("a", dt.date(2006, 1, 1))], "person string, value date")
    care = spark.createDataFrame([("a", dt.date(2020, 1, 1), None, "XX")], "person string, `from` date, until date, legal_status string")
    here = {"date_of_birth": {"person": ["a"], "value": ["2006-01-01"]}, "care": {"person": ["a"], "from": ["2020-01-01"], "until": [None], "legal_status": ["XX"]}}
    with pytest.raises(lc.DataError) as expected:
        lc.people(here)
    with pytest.raises(PythonException) as told:
        lc_spark.evaluate("england", {"date_of_birth": births, "care": care}).statuses.toArrow()
    assert str(expected.value).splitlines()[0] in str(told.value)


def test_a_row_about_nobody_is_told(spark):
    births = spark.createDataFrame([("a", dt.date(2006, 1, 1)), (None, dt.date(2006, 1, 1))], "person string, value date")
    with pytest.raises(PythonException, match="frame 'date_of_birth'.*person"):
        lc_spark.evaluate("england", {"date_of_birth": births}, partitions=1).statuses.toArrow()


def test_a_worker_with_other_rules_refuses():
    with pytest.raises(RuntimeError, match="of this worker is not the driver's"):
        lc_spark._loaded("england", (), "0" * 64)


def test_a_rulebook_that_was_changed_is_loaded_again(spark, tmp_path):
    """The Python workers go on living between the two."""
    births = {"date_of_birth": spark.createDataFrame([("a", dt.date(2006, 1, 1))], "person string, value date")}
    file = tmp_path / "peers.yaml"
    written = (Path(__file__).parents[2] / "bench" / "peers.yaml").read_text(encoding="utf-8")
    for change in ("one", "another"):
        file.write_text(f"{written}\n# {change}\n", encoding="utf-8")
        answers = lc_spark.evaluate(file, births, unrecorded="none")
        assert len(answers.statuses.toArrow()) == 0, "somebody without care has none of the four statuses"
