"""leavingcare: English leaving-care law as data. Who is owed what, from which day to which day, and why.

    import leavingcare as lc

    book = lc.load("england")
    people = lc.read_ssda903(lc.sample_returns())
    result = book.evaluate(people)
    result.on("2024-03-31").to_pandas()
    print(result.explain(people.ids[0], "former_relevant_child"))
    result.chart("401084")                                # a picture; cohorts: lc.pictures

The engine is C++ and does not need pandas, polars, pyarrow or numpy; each is imported only when a table of its kind is asked
for. In every table `from` is the first day and `until` the first day after; None stands for an end that nobody knows.
"""

from __future__ import annotations

import os as _os
from collections.abc import Callable as _Callable, Iterable as _Iterable, Iterator as _Iterator, Mapping as _Mapping, Sequence as _Sequence
from contextlib import ExitStack as _ExitStack
from datetime import date as _date
from functools import partial as _partial
from pathlib import Path as _Path
from typing import Any as _Any, Literal as _Literal, NamedTuple as _NamedTuple

from . import _core, _frames, _progress, _rules, _workbooks, pictures
from ._chunks import EarlierChunks as _EarlierChunks
from ._conflicts import Conflicts, conflicts
from ._core import DataError, Explanation, People, Result, Rulebook, RulebookError, Table, __version__
from ._forms import list_9, ssd_care_leavers
from ._oc3 import check_oc3, oc3_cohort, oc3_return
from ._official_statistics import official_statistics
from ._write import write

__all__ = [
    "Conflicts",
    "DataError",
    "Explanation",
    "Joined",
    "People",
    "Result",
    "Rulebook",
    "RulebookError",
    "Table",
    "__version__",
    "check_oc3",
    "conflicts",
    "evaluate_in_chunks",
    "join_903",
    "list_9",
    "load",
    "oc3_cohort",
    "oc3_return",
    "official_statistics",
    "people",
    "pictures",
    "read_annex_a",
    "read_case",
    "read_facts",
    "read_ssd",
    "read_ssda903",
    "sample_annex_a",
    "sample_quarter",
    "sample_returns",
    "sample_ssd",
    "ssd_care_leavers",
    "write",
]

def __dir__() -> list[str]:
    return __all__


def load(
    name_or_path: str | _os.PathLike[str], *, parameters: _Mapping[str, str | int | float] | None = None
) -> Rulebook:
    """Loads a rulebook: by name, from those that come with this package ("england"), or by the path of its folder or file.

    Folders named in the environment variable LEAVINGCARE_RULES, separated by colons, are searched first. Rulebooks that it
    extends are found beside it or by name.

    Raises RulebookError if there is no such rulebook, or for everything that is wrong with it: a rulebook with any problem
    does not load.
    """
    with _rules.search():
        figures = {name: str(figure) for name, figure in (parameters or {}).items()}
        return _core.load(_os.fspath(name_or_path), figures)


def read_ssda903(
    folders: _Sequence[str | _os.PathLike[str]] | str | _os.PathLike[str], *, rulebook: Rulebook | None = None
) -> People:
    """Reads yearly SSDA903 returns, and joins them into one history for each child.

    folders: folders of CSV or XML files, one or more collection years each, in any order; or one folder. Files are recognised
    by what is in them, not their names; a folder may hold both forms.
    rulebook: says which facts there are; England's by default.

    An episode ends on the day of leaving (DEC), which is not a day of care. What had to be mended is in `people.remarks`;
    `people.as_at` is the 31 March on which the last collection year ends. Days before the first return, and years left out,
    are unknown but for episodes that run through them. What the return cannot know stands in rules/sources/ssda903.yaml.
    Raises DataError, with every problem, if no history can be made of them.
    """
    if isinstance(folders, (str, _os.PathLike)):
        folders = [folders]
    return _core.read_ssda903([_Path(folder) for folder in folders], _source_map("ssda903"), _book(rulebook))


class Joined(_NamedTuple):
    """What join_903 makes of yearly returns; join_903 lists the columns."""

    episodes: Table
    """One history of episodes."""
    repairs: Table
    """What had to be mended."""
    as_at: _date | None
    """The 31 March on which the last collection year ends."""


def join_903(folders: _Sequence[str | _os.PathLike[str]] | str | _os.PathLike[str]) -> Joined:
    """Joins yearly SSDA903 returns into one history of episodes: the joining of read_ssda903, usable alone and without a rulebook.

    folders: as for read_ssda903.

    Gives `(episodes, repairs, as_at)`. `episodes` is a Table with the columns person, from, until (the first day that is no longer
    part of it; None: it goes on), certain (yes or no), then the columns of the return's episodes table but CHILD, DECOM and DEC,
    from the row that counts, then year, file and line of that row. An episode of which it is doubtful how long it went on is
    two rows: the certain days, then the doubtful. `repairs` is a Table with the columns severity, code, title, message, file, line,
    field (the column of the return, blank where the whole row or file is meant) and hint.
    `as_at` is the 31 March on which the last collection year ends.

    Raises DataError, with every problem, if no history can be made of them.
    """
    if isinstance(folders, (str, _os.PathLike)):
        folders = [folders]
    return Joined(*_core.join_ssda903([_Path(folder) for folder in folders], _source_map("ssda903")))


def read_ssd(
    source: str | _os.PathLike[str] | _Sequence[str | _os.PathLike[str]] | _Mapping[str, _Any],
    *,
    map: str | _os.PathLike[str] | None = None,
    as_at: _date | str | None = None,
    rulebook: Rulebook | None = None,
    progress: bool | _Callable[[int], object] | None = None,
) -> People:
    """Reads the Standard Safeguarding Dataset: the tables ssd_person, ssd_cla_episodes, ssd_legal_status and others.

    source: a folder of CSV files, or files; or a dict from any name to a table in memory (a pandas or polars DataFrame, a
    pyarrow Table, a dict of lists). Tables are recognised by their columns; those that the map does not have are left out, and told.
    map: a YAML file that adds to rules/sources/ssd.yaml what is the council's own: words for legal statuses, `end_dates: counted`
    where the last day of a record is one of its days (Mosaic), a window of other length.
    as_at: the day on which the extract was drawn; without it the latest day in it, and a warning.
    rulebook: says which facts there are; England's by default.
    progress: True shows a bar; something that can be called is told how many are done. Counted are the tables in memory and the sheets of
    workbooks, and one for all that follows: CSV files are read, and lives made, in one step that is not told apart.

    A record ends on the first day that is no longer part of it, unless the map says otherwise; the reader warns if the records
    meet in the other way. 1900-01-01 and the like are no dates; times of day are cut off; ids are text. Care that had ended six
    years before `as_at` is not in the tables, so what is before is unknown. `people.recorded_categories` is what the system calls
    each care leaver, `people.unknown_words` the words that no map has, `people.remarks` all that was mended.

    Raises DataError with every problem: table, row and field, never a cell.
    """
    return _read_extract("ssd", source, map, as_at, rulebook, progress)


def read_annex_a(
    source: str | _os.PathLike[str] | _Sequence[str | _os.PathLike[str]] | _Mapping[str, _Any],
    *,
    map: str | _os.PathLike[str] | None = None,
    as_at: _date | str | None = None,
    rulebook: Rulebook | None = None,
    progress: bool | _Callable[[int], object] | None = None,
) -> People:
    """Reads lists 8 (children in care) and 9 (care leavers) of Annex A.

    source: CSV files or workbooks (.xlsx; needs openpyxl: `pip install openpyxl`), or a folder of CSV files; or a dict from
    any name to a table in memory. Sheets and columns are matched by patterns, whatever they are called; other lists are left out.
    map, as_at, rulebook, progress: as for read_ssd; the map is rules/sources/annex_a.yaml.

    The lists tell the latest of everything: one period of care, one legal status and its start, the last review and visit. What was before is
    unknown. The day on which a child ceased to be looked after is not a day of care. Column 11 of list 9 is kept as
    `people.recorded_categories` and never used for an answer.

    Raises DataError with every problem: file, row and column, never a cell; ImportError for a workbook without openpyxl.
    """
    return _read_extract("annex_a", source, map, as_at, rulebook, progress)


def _read_extract(
    name: str, source: _Any, own_map: _Any, as_at: _date | str | None, rulebook: Rulebook | None, progress: bool | _Callable[[int], object] | None
) -> People:
    paths: list[_Path] = []
    tables: list[tuple[str, list[list[str]]]] = []
    maps = [_source_map(name)] + ([_Path(own_map)] if own_map is not None else [])
    with _ExitStack() as until_read:
        waiting: list[_Callable[[], list[tuple[str, list[list[str]]]]]] = []  # what reads the tables, one after another
        if isinstance(source, _Mapping):
            waiting += [_partial(_rows_of_frame, key, frame) for key, frame in source.items()]
        else:
            for one in [source] if isinstance(source, (str, _os.PathLike)) else source:
                path = _Path(one)
                if path.suffix.lower() in _workbooks.ENDINGS:
                    waiting += _workbooks.sheets(path, until_read)
                else:
                    paths.append(path)
        tell = _progress.teller(progress, len(waiting) + 1, "tables")
        for done, read in enumerate(waiting, start=1):
            tables += read()
            tell(done)
    people = _core.read_extract(paths, tables, maps, as_at, _book(rulebook))
    tell(len(waiting) + 1)
    return people


def _rows_of_frame(name: str, frame: _Any) -> list[tuple[str, list[list[str]]]]:
    return [(f"frame '{name}'", _frames.rows_of_text(name, frame))]


def _source_map(name: str) -> _Path:
    with _rules.search():
        return _Path(_core.source_map(name))


def read_facts(
    folder: str | _os.PathLike[str], *, rulebook: Rulebook | None = None, progress: bool | _Callable[[int], object] | None = None
) -> People:
    """Reads a folder with one CSV table for each fact, named after it: date_of_birth.csv, care.csv, ...

    Columns: a day `person,value`; periods `person,from,until` and the fact's fields; events `person,on` and fields; numbers
    `person,from,until,value`. Dates are YYYY-MM-DD; `until` is the first day on which a row no longer holds, blank where it goes
    on. The people are those in date_of_birth.csv. A table that is there is complete for all of them; one that is not is unknown.
    rulebook: says which facts there are (`Rulebook.facts`); England's by default.
    progress: True shows a bar of the tables; something that can be called is told how many are done.

    Raises DataError with every problem: table, row and field, never a cell.
    """
    return _core.read_facts(_Path(folder), _book(rulebook), _progress.of_tables(progress))


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


def people(
    frames: _Mapping[str, _Any],
    *,
    columns: _Mapping[str, _Mapping[str, str]] | None = None,
    rulebook: Rulebook | None = None,
) -> People:
    """Makes people of tables in memory: `lc.people({"date_of_birth": births, "care": care})`.

    frames: for each fact a table with the columns of read_facts. A table is a pandas or polars DataFrame, a pyarrow Table, a DuckDB relation,
    anything else that speaks the Arrow PyCapsule protocol, or a dict from column name to list. Arrow's columns are read where
    they lie, and other threads of Python run meanwhile.
    columns: for each fact what its columns are called in the frame, where that is not what read_facts calls them:
    `{"care": {"Start": "from", "End": "until", "LS": "legal_status"}}`.
    rulebook: says which facts there are; England's by default.

    A date is a date, a datetime at midnight without a time zone (datetime64 of pandas), or text: YYYY-MM-DD or DD/MM/YYYY, one form
    in each column, the day always before the month where there are slashes; null is blank. `until` is exclusive; a row that ends on the day it begins holds on no day and is left out. A
    person is text or a whole number; tables of results give back the same by `to_native()`. A frame that is there is complete for everyone in date_of_birth; one that is not is unknown.

    Raises DataError with every problem: frame, row (1 is the first) and field, never a cell; TypeError for what is no table.
    """
    if not isinstance(frames, _Mapping):
        raise TypeError('frames: expected a dict from fact to table, such as {"date_of_birth": births, "care": care}')
    renames = {name: dict(own) for name, own in (columns or {}).items()}
    if strangers := [name for name in renames if name not in frames]:
        raise ValueError(f"columns: there is no frame {strangers[0]!r}")
    return _core.people(
        {name: _frames.for_reading(name, frame) for name, frame in frames.items()},
        {name: _frames.library_of(frame) for name, frame in frames.items()},
        _book(rulebook),
        renames,
    )


def evaluate_in_chunks(
    rulebook: Rulebook,
    chunks: _Iterable[People | _Mapping[str, _Any]],
    *,
    as_at: _date | str | None = None,
    readings: _Mapping[str, str] | None = None,
    unrecorded: _Literal["unknown", "none"] = "unknown",
    threads: int = 0,
    rules: _Sequence[str] = (),
) -> _Iterator[Result]:
    """Evaluates more people than fit into memory: a Result for each chunk of them, one after another.

    chunks: whatever yields, in turn, People or what lc.people takes. All rows about a person belong into one chunk; a fact is in every chunk, if need be
    without rows, or in none.
    as_at, readings, unrecorded, threads, rules: as for Rulebook.evaluate.

    The tables of the Results, one below the other, are those that all people at once would give. Indicators are not: those of a Result are about
    its own chunk. Memory is that of one chunk, and ten bytes for each person met. What is wrong with data is told by the rows of its chunk.

    Raises ValueError for a person who was in an earlier chunk, and whatever lc.people and Rulebook.evaluate raise, when the chunk's turn comes.
    """
    earlier = _EarlierChunks()
    for number, chunk in enumerate(chunks, start=1):
        of_chunk = chunk if isinstance(chunk, People) else people(chunk, rulebook=rulebook)
        if again := earlier.add(of_chunk.ids):
            raise ValueError(
                f"chunks: {again} of the {len(of_chunk)} people of chunk {number} were in an earlier one; all rows about a person belong into one chunk, "
                "so divide every table by person"
            )
        yield rulebook.evaluate(of_chunk, as_at=as_at, readings=readings or {}, unrecorded=unrecorded, threads=threads, rules=rules)


def sample_returns() -> list[_Path]:
    """The folders of the invented council that comes with this package: six years of SSDA903 returns, oldest first.

    Beside them, in `truth`, stands what really happened, as tables for read_facts.
    """
    sample = _Path(__file__).parent / "sample"
    return sorted(folder for folder in sample.glob("20*") if folder.is_dir())


def sample_quarter() -> _Path:
    """The folder of an invented quarter of a leaving care service, 1 July to 30 September 2016: in it a folder of fact tables for each of the
    rulebooks cornwall, cornwall_advisers and cornwall_service."""
    return _Path(__file__).parent / "sample_quarter"


def sample_ssd() -> _Path:
    """The invented council's case system: a folder of tables of the Standard Safeguarding Dataset, drawn on 31 March 2024.

    The lives are those of sample_returns. What the system calls each care leaver is a year old; see lc.conflicts.
    """
    return _Path(__file__).parent / "sample" / "ssd"


def sample_annex_a() -> _Path:
    """The invented council's lists 8 and 9 of Annex A, as of 31 March 2024: a folder of CSV files for read_annex_a."""
    return _Path(__file__).parent / "sample" / "annex_a"


def _book(rulebook: Rulebook | None) -> Rulebook:
    return load("england") if rulebook is None else rulebook
