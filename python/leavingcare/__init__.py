"""leavingcare: English leaving-care law as data. Who is owed what, from which day to which day, and why.

    import leavingcare as lc

    book = lc.load("england")
    people = lc.read_ssda903(lc.sample_returns())
    result = book.evaluate(people)
    result.on("2024-03-31").to_pandas()
    print(result.explain(people.ids[0], "former_relevant_child"))

The engine is C++ and does not need pandas, polars, pyarrow or numpy; each is imported only when a table of its kind is asked
for. In every table `from` is the first day and `until` the first day after; None stands for an end that nobody knows.
"""

from __future__ import annotations

import os as _os
from collections.abc import Mapping as _Mapping, Sequence as _Sequence
from pathlib import Path as _Path
from typing import Any as _Any

from . import _core, _frames, _rules
from ._core import DataError, Explanation, People, Result, Rulebook, RulebookError, Table, __version__

__all__ = [
    "DataError",
    "Explanation",
    "People",
    "Result",
    "Rulebook",
    "RulebookError",
    "Table",
    "__version__",
    "load",
    "people",
    "read_case",
    "read_facts",
    "read_ssda903",
    "sample_returns",
]

def __dir__() -> list[str]:
    return __all__


def load(name_or_path: str | _os.PathLike[str]) -> Rulebook:
    """Loads a rulebook: by name, from those that come with this package ("england"), or by the path of its folder or file.

    Folders named in the environment variable LEAVINGCARE_RULES, separated by colons, are searched first. Rulebooks that it
    extends are found beside it or by name.

    Raises RulebookError if there is no such rulebook, or for everything that is wrong with it: a rulebook with any problem
    does not load.
    """
    with _rules.search():
        return _core.load(_os.fspath(name_or_path))


def read_ssda903(
    folders: _Sequence[str | _os.PathLike[str]] | str | _os.PathLike[str], *, rulebook: Rulebook | None = None
) -> People:
    """Reads yearly SSDA903 returns, and joins them into one history for each child.

    folders: folders of CSV files, one or more collection years each, in any order; or one folder. Files are recognised by
    their columns, not their names.
    rulebook: says which facts there are; England's by default.

    What had to be mended is in `people.remarks`; `people.as_at` is the 31 March on which the last collection year ends.
    Raises DataError, with every problem, if no history can be made of them.
    """
    if isinstance(folders, (str, _os.PathLike)):
        folders = [folders]
    book = _book(rulebook)
    with _rules.search():
        source_map = _core.source_map("ssda903")
    return _core.read_ssda903([_Path(folder) for folder in folders], _Path(source_map), book)


def read_facts(folder: str | _os.PathLike[str], *, rulebook: Rulebook | None = None) -> People:
    """Reads a folder with one CSV table for each fact, named after it: date_of_birth.csv, care.csv, ...

    Columns: a day `person,value`; periods `person,from,until` and the fact's fields; events `person,on` and fields; numbers
    `person,from,until,value`. Dates are YYYY-MM-DD; `until` is the first day on which a row no longer holds, blank where it goes
    on. The people are those in date_of_birth.csv. A table that is there is complete for all of them; one that is not is unknown.
    rulebook: says which facts there are (`Rulebook.facts`); England's by default.

    Raises DataError with every problem: table, row and field, never a cell.
    """
    return _core.read_facts(_Path(folder), _book(rulebook))


def read_case(file: str | _os.PathLike[str], *, rulebook: Rulebook | None = None) -> People:
    """Reads one person, or several, from a YAML file.

        person: A
        facts:
          date_of_birth: 2008-03-10
          care: [{from: 2024-01-15, legal_status: V2}]

    A fact not mentioned is unknown; an empty list says that there was none, and `rest: none` beside `facts` says so of all others.
    rulebook: says which facts there are; England's by default. Raises DataError with every problem.
    """
    return _core.read_case(_Path(file), _book(rulebook))


def people(frames: _Mapping[str, _Any], *, rulebook: Rulebook | None = None) -> People:
    """Makes people of tables in memory: `lc.people({"date_of_birth": births, "care": care})`.

    frames: for each fact a table with the columns of read_facts. A table is a pandas or polars DataFrame, a pyarrow Table,
    anything else that speaks the Arrow PyCapsule protocol, or a dict from column name to list. Arrow's columns are read where
    they lie, and other threads of Python run meanwhile.
    rulebook: says which facts there are; England's by default.

    A date is a date, a datetime at midnight without a time zone (datetime64 of pandas), or text: YYYY-MM-DD or DD/MM/YYYY, one form
    in each column, the day always before the month where there are slashes; null is blank. `until` is exclusive; a row that ends on the day it begins holds on no day and is left out. A
    person is text or a whole number; tables of results give back the same by `to_native()`. A frame that is there is complete for everyone in date_of_birth; one that is not is unknown.

    Raises DataError with every problem: frame, row (1 is the first) and field, never a cell; TypeError for what is no table.
    """
    if not isinstance(frames, _Mapping):
        raise TypeError('frames: expected a dict from fact to table, such as {"date_of_birth": births, "care": care}')
    return _core.people(
        {name: _frames.for_reading(name, frame) for name, frame in frames.items()},
        {name: _frames.library_of(frame) for name, frame in frames.items()},
        _book(rulebook),
    )


def sample_returns() -> list[_Path]:
    """The folders of the invented council that comes with this package: six years of SSDA903 returns, oldest first.

    Beside them, in `truth`, stands what really happened, as tables for read_facts.
    """
    sample = _Path(__file__).parent / "sample"
    return sorted(folder for folder in sample.glob("20*") if folder.is_dir())


def _book(rulebook: Rulebook | None) -> Rulebook:
    return load("england") if rulebook is None else rulebook
