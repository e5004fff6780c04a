"""A rulebook over Spark DataFrames: each task evaluates whole people, and nothing is collected on the driver.

    from leavingcare import spark as lc_spark

    answers = lc_spark.evaluate("england", {"date_of_birth": births, "care": care}, as_at="2024-03-31")
    answers.statuses.write.parquet("statuses")            # Spark DataFrames, in the columns of lc.Result

The rows of all fact tables about one person are brought to one task, and evaluated there by the engine that evaluates on one machine, so that
the answers are the same ones, whatever the number of partitions. Every worker needs this package, in the same version, and pyarrow. PySpark is
imported with this module: `pip install "leavingcare[spark]"`; it needs Java 17.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike, fspath
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import IntegralType, StringType

import leavingcare as lc

__all__ = ["Answers", "evaluate"]

_PEOPLE_AT_A_TIME = 10_000  # enough that the engine's batches are full, few enough that a task needs little memory
_FACT = "fact"  # which fact a row of the grouped frame is about; the facts' own columns stand in structs named f0, f1, ...


@dataclass(frozen=True)
class _Job:
    """All that a task has to know, as it is sent to the workers."""

    rulebook: str
    parameters: tuple[tuple[str, str | int | float], ...]
    digest: str
    facts: tuple[str, ...]
    options: tuple[tuple[str, Any], ...]
    people_at_a_time: int


class Answers:
    """What evaluate gives: a Spark DataFrame for each table of lc.Result, in its columns and types (text where Arrow has dictionaries).

    Each is evaluated when Spark needs it, and again for each action; `.cache()` or write what is used more than once. Rows stand in no order; within a
    task those of one person are together, in the order in which lc.Result has them.
    """

    def __init__(self, grouped: DataFrame, job: _Job, nobody: lc.Result) -> None:
        self._grouped = grouped
        self._job = job
        self._nobody = nobody  # the tables without rows, of which Spark learns the columns

    @property
    def statuses(self) -> DataFrame:
        """Who is what, from which day to which day; see lc.Result.statuses."""
        return self._table("statuses")

    @property
    def entitlements(self) -> DataFrame:
        """What is owed; see lc.Result.entitlements."""
        return self._table("entitlements")

    @property
    def categories(self) -> DataFrame:
        """What the forms call them; see lc.Result.categories."""
        return self._table("categories")

    @property
    def obligations(self) -> DataFrame:
        """Each thing to be done and what became of it; see lc.Result.obligations."""
        return self._table("obligations")

    @property
    def findings(self) -> DataFrame:
        """Days on which a limit is passed; see lc.Result.findings."""
        return self._table("findings")

    @property
    def indicators(self) -> DataFrame:
        """Refused: an indicator is about everyone at once, and a task sees only its own people."""
        raise AttributeError(
            "indicators are about everyone at once, and a Spark task sees only its own people; count them from the other tables, "
            "or evaluate on one machine with Rulebook.evaluate"
        )

    def _table(self, name: str) -> DataFrame:
        schema = _without_dictionaries(getattr(self._nobody, name).to_arrow()).schema
        return self._grouped.mapInArrow(functools.partial(_evaluate_partition, self._job, name), from_arrow_schema(schema))


def evaluate(
    rulebook: str | PathLike[str],
    frames: Mapping[str, DataFrame],
    *,
    parameters: Mapping[str, str | int | float] | None = None,
    as_at: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    unrecorded: Literal["unknown", "none"] = "unknown",
    rules: Sequence[str] = (),
    partitions: int | None = None,
) -> Answers:
    """Evaluates a rulebook over fact tables that are Spark DataFrames.

    rulebook, parameters: as for lc.load. It is loaded here, where its problems are raised, and once in each Python worker, which refuses a rulebook
    that differs from the driver's.
    frames: for each fact a DataFrame with the columns of lc.read_facts. `person` is text or a whole number. A frame that is there is complete for
    everyone in date_of_birth; one that is not is unknown.
    as_at, readings, unrecorded, rules: as for Rulebook.evaluate.
    partitions: how many groups of people there are; by default Spark's own number for shuffles. Changes no answer.

    Raises RulebookError, DataError for a fact or column that does not exist, ValueError for an option, and TypeError, before Spark runs anything. What is
    wrong in the rows is a DataError within the exception that Spark raises for the action; its rows are counted within the people that the task had in hand.
    """
    if not isinstance(frames, Mapping) or not all(isinstance(frame, DataFrame) for frame in frames.values()):
        raise TypeError('frames: expected a dict from fact to Spark DataFrame, such as {"date_of_birth": births, "care": care}')
    figures = tuple(sorted((parameters or {}).items()))
    options: dict[str, Any] = {"as_at": as_at, "readings": dict(readings or {}), "unrecorded": unrecorded, "rules": list(rules)}
    book = lc.load(rulebook, parameters=dict(figures))
    # A cohort of nobody in the same columns finds every fact, column and option that does not exist.
    empty: dict[str, dict[str, list[Any]]] = {name: {column: [] for column in frame.columns} for name, frame in frames.items()}
    nobody = book.evaluate(lc.people(empty, rulebook=book), threads=1, **options)
    for name, frame in frames.items():
        kind = frame.schema["person"].dataType
        if not isinstance(kind, (StringType, IntegralType)):
            raise TypeError(f"{name}: person: expected text or whole numbers, not {kind.simpleString()}")
    job = _Job(fspath(rulebook), figures, book.digest, tuple(frames), tuple(options.items()), _PEOPLE_AT_A_TIME)
    return Answers(_grouped(list(frames.values()), partitions), job, nobody)


def _grouped(frames: list[DataFrame], partitions: int | None) -> DataFrame:
    """All rows of all facts in one frame, those of a person together: the person, the number of the fact, and its columns in a struct of its own."""
    structs = [F.struct(*[frame[_quoted(column)] for column in frame.columns if column != "person"]) for frame in frames]
    kinds = [frame.select(struct.alias("f")).schema["f"].dataType for frame, struct in zip(frames, structs)]
    rows = [
        frame.select(
            frame["person"].cast("string").alias("person"),
            F.lit(place).alias(_FACT),
            *[struct.alias(f"f{other}") if other == place else F.lit(None).cast(kind).alias(f"f{other}") for other, kind in enumerate(kinds)],
        )
        for place, (frame, struct) in enumerate(zip(frames, structs))
    ]
    everything = functools.reduce(DataFrame.unionAll, rows)
    apart = everything.repartition("person") if partitions is None else everything.repartition(partitions, "person")
    return apart.sortWithinPartitions("person", _FACT, *[f"f{place}" for place in range(len(frames))])


def _quoted(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"


# --- In the workers --------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8)
def _loaded(rulebook: str, parameters: tuple[tuple[str, str | int | float], ...], digest: str) -> lc.Rulebook:
    """The rulebook, loaded once in a worker; again where the driver has another by now."""
    book = lc.load(rulebook, parameters=dict(parameters))
    if book.digest != digest:
        raise RuntimeError(
            f"the rulebook {book.name!r} of this worker is not the driver's (SHA-256 {book.digest[:12]}, not {digest[:12]}): "
            "install the same version of leavingcare everywhere, and the same rules where LEAVINGCARE_RULES points"
        )
    return book


def _evaluate_partition(job: _Job, table: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    book = _loaded(job.rulebook, job.parameters, job.digest)
    options = dict(job.options)
    for rows in _whole_people(batches, job.people_at_a_time):
        people = lc.people({name: _fact_table(rows, place) for place, name in enumerate(job.facts)}, rulebook=book)
        result = book.evaluate(people, threads=1, **options)  # Spark has a task for each core
        yield from _without_dictionaries(getattr(result, table).to_arrow()).to_batches()


def _whole_people(batches: Iterator[pa.RecordBatch], at_a_time: int) -> Iterator[pa.Table]:
    """The sorted rows in tables that no person is torn between: of that many people, or of one batch more."""
    waiting: list[pa.RecordBatch] = []
    people = 0
    last = None
    for batch in batches:
        if not batch.num_rows:
            continue
        person = batch.column("person")
        begins = pc.not_equal(person.slice(1), person.slice(0, len(person) - 1))
        people += (pc.sum(begins).as_py() or 0) + (person[0].as_py() != last)
        last = person[-1].as_py()
        waiting.append(batch)
        if people > at_a_time:
            rows = pa.Table.from_batches(waiting)
            begins_last = pc.index(rows["person"], last).as_py() if last is not None else 0
            if begins_last:
                yield rows.slice(0, begins_last)
            waiting = rows.slice(begins_last).to_batches()
            people = 1
    if waiting:
        yield pa.Table.from_batches(waiting)


def _fact_table(rows: pa.Table, place: int) -> pa.Table:
    own = rows.filter(pc.equal(rows[_FACT], place))
    fields = own[f"f{place}"].combine_chunks()
    columns = {"person": own["person"]}
    columns |= {field.name: pc.struct_field(fields, number) for number, field in enumerate(fields.type)}
    return pa.table(columns)


def _without_dictionaries(table: pa.Table) -> pa.Table:
    """Spark has no dictionaries; the words stand in each row."""
    plain = [field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in table.schema]
    return table.cast(pa.schema(plain))
