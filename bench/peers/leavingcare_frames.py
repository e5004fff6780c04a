"""Ours from Python: Arrow tables in, an Arrow table out. The conversion of the frames is timed as well.

Limits: the rules stand in peers.yaml, and its lines are counted as ours; run with a Python that has the package.
"""

import leavingcare as lc


def timelines(data):
    book, threads, tables = data
    people = lc.people(tables, rulebook=book)
    return book.evaluate(people, threads=threads).statuses.to_arrow()


def on(data, day):
    book, threads, tables = data
    people = lc.people(tables, rulebook=book)
    return book.evaluate(people, threads=threads).on(day).to_arrow()


# --- What the bench needs to load and to read it ---


def prepare(cohort, threads):
    from pathlib import Path

    import frames

    tables = frames.arrow(cohort)
    book = lc.load(Path(__file__).parent.parent / "peers.yaml")
    births = tables["people"].rename_columns(["person", "value"])
    care = tables["care"].rename_columns(["person", "from", "until", "legal_status"])
    return book, threads, {"date_of_birth": births, "care": care}


def spans(found):
    import frames
    import numpy as np

    person, *rest = frames.spans_of(found.rename_columns(["since" if name == "from" else name for name in found.column_names]))
    return np.array(person, dtype=np.int32), *rest
