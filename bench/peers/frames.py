"""The cohort as frames with dates, and a peer's frames as plain columns for the check. Not part of any peer's job."""

import numpy as np
import pyarrow as pa

from cohort import OPEN, STATUSES


def arrow(cohort):
    """Two tables: people (person, born) and care (person, since, until, legal_status), until NULL where it has not ended."""
    def days(values, missing=None):
        return pa.array(values, type=pa.int32(), mask=missing).cast(pa.date32())

    codes = pa.DictionaryArray.from_arrays(pa.array(cohort.short_break.astype(np.int8)), ["C2", "V3"]).cast(pa.string())
    return {
        "people": pa.table({"person": np.arange(cohort.people, dtype=np.int32), "born": days(cohort.born)}),
        "care": pa.table({
            "person": cohort.person,
            "since": days(cohort.start),
            "until": days(cohort.until, cohort.until == OPEN),
            "legal_status": codes,
        }),
    }


def days_of(column):
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column.cast(pa.date32()).cast(pa.int32()).to_numpy(zero_copy_only=False)


def spans_of(table):
    """person, status, from, until of an Arrow table with those columns (the third called since)."""
    import pyarrow.compute as pc

    status = pc.index_in(table["status"].cast(pa.string()), value_set=pa.array(STATUSES))
    return table["person"].to_numpy(), status.to_numpy(), days_of(table["since"]), days_of(table["until"])


def flags_of(table):
    """A flag for each person and status, of an Arrow table with a row for each person in any order."""
    order = np.argsort(table["person"].to_numpy(), kind="stable")
    return tuple(np.asarray(table[status].to_numpy(zero_copy_only=False), dtype=bool)[order] for status in STATUSES)
