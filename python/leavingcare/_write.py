"""Tables as files: CSV, Parquet, Excel. pyarrow and openpyxl are imported only when they are asked for."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._maps import form_named

if TYPE_CHECKING:
    from ._core import Table

ENDINGS = (".csv", ".parquet", ".xlsx")
"""The files that write() makes."""

_FORMATS = {"YYYY-MM-DD": ("%Y-%m-%d", "yyyy-mm-dd"), "DD/MM/YYYY": ("%d/%m/%Y", "dd/mm/yyyy")}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(table: Table, path: str | os.PathLike[str], *, form: str | None = None) -> Path:
    """Writes a table to a file of the kind that its name ends in: .csv, .parquet or .xlsx. Gives the path.

    form: a form of rules/sources/forms.yaml ("annex_a_list_9", "ssd_care_leavers", "oc3"): days in CSV are written as it wants, and
    the sheet is called what it calls it. Without it days are YYYY-MM-DD. In Parquet and Excel days stay days.

    CSV: UTF-8 with the byte order mark that Excel needs, lines ended by CRLF, null blank; every reader of ours takes it. Excel: text
    stays text (an id of digits keeps its noughts, and no cell is ever a formula), headings are frozen and can be filtered. The file
    is written whole or not at all.

    Raises ValueError for another ending, a form that does not exist or a table that is not in its columns; ImportError without
    pyarrow (.parquet) or openpyxl (.xlsx); OSError.
    """
    target = Path(path)
    wanted: dict[str, Any] = form_named(form) if form is not None else {"dates": "YYYY-MM-DD", "sheet": "Sheet1"}
    if form is not None and table.columns != [column["name"] for column in wanted["columns"]]:
        raise ValueError(f"form: the table is not in the columns of {form!r}")
    in_text, in_excel = _FORMATS[wanted["dates"]]
    ending = target.suffix.lower()
    if ending == ".csv":
        content = _as_csv(table, in_text)
    elif ending == ".parquet":
        content = _as_parquet(table)
    elif ending == ".xlsx":
        content = _as_workbook(table, wanted["sheet"], in_excel)
    else:
        raise ValueError(f"path: {ending or 'no ending'!r} is none of .csv, .parquet and .xlsx")
    write_whole(target, content)
    return target


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises OSError."""
    beside = target.with_name(target.name + ".part")
    try:
        beside.write_bytes(content)
        os.replace(beside, target)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        problem.filename = str(target)  # nobody knows of the other
        problem.filename2 = None
        raise


def _as_csv(table: Table, dates: str) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(table.columns)
    for row in zip(*(table[name] for name in table.columns)):
        rows.writerow([_cell_as_text(cell, dates) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _cell_as_text(cell: Any, dates: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        # strftime does not fill a year up to four digits everywhere.
        return dates.replace("%Y", f"{cell.year:04}").replace("%m", f"{cell.month:02}").replace("%d", f"{cell.day:02}")
    return str(cell)


def _as_parquet(table: Table) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as missing:
        raise ImportError("Parquet needs pyarrow: pip install pyarrow") from missing
    into = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table.to_arrow(), into)
    return bytes(into.getvalue())


def _as_workbook(table: Table, sheet_name: str, dates: str) -> bytes:
    try:
        import openpyxl
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError as missing:
        raise ImportError("a workbook needs openpyxl: pip install openpyxl") from missing
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = sheet_name
    sheet.append(table.columns)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, name in enumerate(table.columns, start=1):
        longest = len(name) // 2
        for row, value in enumerate(table[name], start=2):
            if value is None or value == "":
                continue
            cell = sheet.cell(row=row, column=place)
            if isinstance(value, str):
                cell.value = _without_control(value)
                cell.data_type = "s"  # also where the text begins like a formula
                cell.number_format = "@"
                cell.quotePrefix = value.startswith(_STARTS_A_FORMULA)
            else:
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = dates
            longest = max(longest, 10 if isinstance(value, date) else len(str(value)))
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, 60)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _without_control(text: str) -> str:
    """Excel refuses a file with other control characters in it."""
    return "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")
