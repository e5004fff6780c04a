"""Between our tables and those of others. Nothing here imports pandas, polars, pyarrow or numpy unless a caller uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from ._core import Table


def for_reading(name: str, frame: Any) -> Any:
    """A table as `_core.people` takes it: what Arrow's protocol gives where its library speaks it, or a dict of lists."""
    if isinstance(frame, Mapping):
        return {column: _as_list(values) for column, values in frame.items()}
    library = library_of(frame)
    if library == "pandas" and hasattr(frame, "reset_index") and hasattr(frame, "columns"):
        return _of_pandas(frame)
    if library == "polars" and hasattr(frame, "collect"):  # a LazyFrame
        frame = frame.collect()
    if type(frame).__name__ == "DuckDBPyRelation":  # its stream would keep the connection from answering the next one
        frame = frame.to_arrow_table()
    for method in ("__arrow_c_stream__", "__arrow_c_array__"):
        if hasattr(frame, method):
            return getattr(frame, method)(None)  # without the argument polars before 1.4 takes offence
    raise TypeError(
        f"{name}: expected a pandas or polars DataFrame, a pyarrow Table, something else that speaks the Arrow PyCapsule protocol, "
        f"or a dict of lists, not {type(frame).__name__}"
    )


def library_of(frame: Any) -> str:
    """The library whose kind of table it is; "" for one that is not known."""
    if isinstance(frame, Mapping):
        return "dict"
    for kind in type(frame).__mro__:
        library = kind.__module__.split(".")[0]
        if library in ("pandas", "polars", "pyarrow"):
            return library
    return ""


def _of_pandas(frame: Any) -> Any:
    # An index with a name is a column that somebody set aside (`set_index("person")`); one without is only a row number.
    named = any(level is not None for level in frame.index.names)
    frame = frame.reset_index(drop=not named)
    if hasattr(frame, "__arrow_c_stream__"):
        try:
            return frame.__arrow_c_stream__()
        except Exception:
            # No pyarrow, or a column of several types. Its words are not passed on: they may quote a cell.
            pass
    columns = list(frame.columns)
    return {column: _as_list(frame.iloc[:, place]) for place, column in enumerate(columns)}


def _as_list(values: Any) -> list[Any]:
    """A column's values as Python's own, None for null."""
    if hasattr(values, "isna") and hasattr(values, "where"):  # a pandas Series
        return list(values.astype(object).where(~values.isna(), None))
    kind = getattr(getattr(values, "dtype", None), "kind", None)
    if kind == "M":  # numpy: a list of datetime64[ns] would be one of whole numbers
        values = values.astype("datetime64[us]")
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(values, method):
            values = getattr(values, method)()
            break
    return list(values)


def rows_of_text(name: str, frame: Any) -> list[list[str]]:
    """A table as rows of text, the names of its columns first: for tables whose cells a source map explains, and for our own."""
    from ._core import Table

    if isinstance(frame, Table):
        columns = {column: frame[column] for column in frame.columns}
    elif isinstance(frame, Mapping):
        columns = {str(column): _as_list(values) for column, values in frame.items()}
    elif library_of(frame) == "pandas":
        named = any(level is not None for level in frame.index.names)
        frame = frame.reset_index(drop=not named)
        columns = {str(column): _as_list(frame.iloc[:, place]) for place, column in enumerate(frame.columns)}
    elif hasattr(frame, "get_columns"):  # polars
        columns = {column.name: column.to_list() for column in frame.get_columns()}
    elif hasattr(frame, "column_names") and hasattr(frame, "column"):  # pyarrow
        columns = {column: frame.column(column).to_pylist() for column in frame.column_names}
    else:
        raise TypeError(
            f"{name}: expected a pandas or polars DataFrame, a pyarrow Table or a dict of lists, not {type(frame).__name__}"
        )
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"{name}: the columns have different lengths")
    return [list(columns), *([as_text(cell) for cell in row] for row in zip(*columns.values()))]


def as_text(cell: Any) -> str:
    """A cell as a CSV file would have it: no cell is blank, a day is YYYY-MM-DD, a whole number has no point."""
    if cell is None or cell != cell:  # NaN and NaT are not themselves
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())
    return str(cell)


def table_to_pandas(table: Table) -> pandas.DataFrame:
    """What Table.to_pandas gives. It does not go through pyarrow, so that its types do not depend on what is installed."""
    try:
        import pandas
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError("to_pandas needs pandas: pip install pandas", name="pandas") from missing

    # Made of what Series and arrays already are, the frame has nothing to guess.
    return pandas.DataFrame({name: _pandas_column(table, name) for name in table.columns}, columns=table.columns)


def _pandas_column(table: Table, name: str) -> Any:
    import numpy
    import pandas

    buffer = table._buffer(name)
    if buffer is None:
        return pandas.array(table[name], dtype="string")
    kind, content, words = buffer
    if kind == "number":
        return numpy.frombuffer(content, dtype="float64").copy()
    numbers = numpy.frombuffer(content, dtype="int32").copy()
    null = numbers == numpy.iinfo("int32").min
    if kind == "day":
        days = numbers.astype("datetime64[D]")
        days[null] = numpy.datetime64("NaT")
        return days.astype("datetime64[ns]")
    numbers[null] = -1
    if kind == "word":
        # A text for each word and not for each row; null stands last, where -1 finds it.
        return pandas.array(numpy.array([*words, pandas.NA], dtype=object)[numbers], dtype="string")
    return pandas.arrays.IntegerArray(numbers.astype("int64"), null)


def table_to_native(table: Table, library: str, ids_are_whole: bool) -> Any:
    """What Table.to_native gives."""
    whole = ids_are_whole and "person" in table.columns
    if library == "pandas":
        of_pandas = table.to_pandas()
        return of_pandas.astype({"person": "Int64"}) if whole else of_pandas
    if library == "polars":
        import polars

        of_polars = table.to_polars()
        return of_polars.with_columns(polars.col("person").cast(polars.Int64)) if whole else of_polars
    if library == "pyarrow":
        of_arrow = table.to_arrow()
        person = table.columns.index("person") if whole else -1
        return of_arrow.set_column(person, "person", of_arrow["person"].cast("int64")) if whole else of_arrow
    if library == "dict":
        lists: dict[str, list[Any]] = {name: table[name] for name in table.columns}
        return {**lists, "person": [int(person) for person in lists["person"]]} if whole else lists
    return table
