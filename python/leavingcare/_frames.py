"""Between our tables and those of others. Nothing here imports pandas, polars, pyarrow or numpy unless a caller uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from ._core import Table


def for_reading(name: str, frame: Any) -> Any:
    """A table as `_core.people` takes it: an Arrow stream where its library can make one, or a dict of lists."""
    if isinstance(frame, Mapping):
        return {column: _as_list(values) for column, values in frame.items()}
    if _is_pandas(frame):
        return _of_pandas(frame)
    if hasattr(frame, "__arrow_c_stream__"):
        return frame.__arrow_c_stream__()
    raise TypeError(
        f"{name}: expected a pandas or polars DataFrame, a pyarrow Table, something with __arrow_c_stream__, "
        f"or a dict of lists, not {type(frame).__name__}"
    )


def _is_pandas(frame: Any) -> bool:
    return type(frame).__module__.split(".")[0] == "pandas" and hasattr(frame, "reset_index") and hasattr(frame, "columns")


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
        return values.astype(object).where(~values.isna(), None).tolist()
    kind = getattr(getattr(values, "dtype", None), "kind", None)
    if kind == "M":  # numpy: a list of datetime64[ns] would be one of whole numbers
        return values.astype("datetime64[us]").tolist()
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(values, method):
            return getattr(values, method)()
    return list(values)


def rows_of_text(name: str, frame: Any) -> list[list[str]]:
    """A table as rows of text, the names of its columns first: for tables whose cells a source map explains."""
    if isinstance(frame, Mapping):
        columns = {str(column): _as_list(values) for column, values in frame.items()}
    elif _is_pandas(frame):
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
    import numpy
    import pandas

    columns = {}
    for name in table.columns:
        buffer = table._buffer(name)
        if buffer is None:
            columns[name] = pandas.Series(table[name], dtype=None if len(table) else object)
            continue
        kind, content = buffer
        if kind == "number":
            columns[name] = pandas.Series(numpy.frombuffer(content, dtype="float64").copy())
            continue
        numbers = numpy.frombuffer(content, dtype="int32")
        null = numbers == numpy.iinfo("int32").min
        if kind == "whole":
            columns[name] = pandas.Series(numbers).astype("Int64").mask(null)
        else:
            days = numbers.astype("datetime64[D]")
            days[null] = numpy.datetime64("NaT")
            columns[name] = pandas.Series(days.astype("datetime64[ns]"))
    return pandas.DataFrame(columns, columns=table.columns)
