"""docs/larger_than_memory.md: what it shows runs as it stands, and its files together are the answers of everybody at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import leavingcare as lc
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

PAGE = (Path(lc.__file__).parent / "docs" / "larger_than_memory.md").read_text(encoding="utf-8")
FACTS = ("date_of_birth", "care", "looked_after_reviews")


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    people = lc.read_ssd(lc.sample_ssd(), as_at="2024-03-31")
    return {fact: plain(people.fact(fact).to_arrow()) for fact in FACTS}


def plain(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in table.schema]))


def run(library: str, folder: Path) -> None:
    (block,) = re.findall(rf"```python {library}\n(.*?)```", PAGE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", block], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def by_person(table: pa.Table) -> bytes:
    """The table as CSV, people in order, the rows of each in the order in which they stand."""
    placed = plain(table).append_column("place", pa.array(range(len(table))))
    written = pa.BufferOutputStream()
    pyarrow.csv.write_csv(placed.sort_by([("person", "ascending"), ("place", "ascending")]).drop_columns("place"), written)
    return written.getvalue().to_pybytes()


def check(folder: Path, tables: dict[str, pa.Table]) -> None:
    book = lc.load("england")
    at_once = book.evaluate(lc.people(tables, rulebook=book), as_at="2024-03-31")
    for name in ("statuses", "obligations"):
        files = sorted((folder / "answers").glob(f"{name}-*.parquet"))
        assert len(files) == 4
        together = [plain(pyarrow.parquet.read_table(file)) for file in files]
        assert sum(len(part) > 0 for part in together) > 1, "there are people in several chunks"
        assert by_person(pa.concat_tables(together)) == by_person(getattr(at_once, name).to_arrow()), name


def test_duckdb_chunk_by_chunk_is_all_at_once(tables, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(tmp_path / "council.duckdb") as council:
        for name, table in tables.items():
            council.register("given", table)
            council.sql(f"CREATE TABLE {name} AS FROM given")
            council.unregister("given")
    run("duckdb", tmp_path)
    check(tmp_path, tables)


def test_polars_chunk_by_chunk_is_all_at_once(tables, tmp_path):
    (tmp_path / "council").mkdir()
    for name, table in tables.items():
        pyarrow.parquet.write_table(table, tmp_path / "council" / f"{name}.parquet")
    run("polars", tmp_path)
    check(tmp_path, tables)
