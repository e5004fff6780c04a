"""Sheets of an Excel workbook as rows of text. openpyxl is imported only when a workbook is read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from ._core import DataError
from ._frames import as_text

ENDINGS = (".xlsx", ".xlsm")

MOST_BYTES = 200 * 1024 * 1024
"""No Annex A comes near; a workbook is a zip file and may hold far more than its size."""


def sheets(path: Path, until_read: ExitStack) -> list[Callable[[], list[tuple[str, list[list[str]]]]]]:
    """For each sheet something that reads it: its name for messages, and its rows from the first; nothing of an empty sheet.

    The workbook stays open until `until_read` is closed."""
    try:
        import openpyxl
    except ImportError as missing:
        raise ImportError(f"{path.name} is a workbook: install openpyxl (pip install openpyxl), or save it as CSV") from missing
    _refuse_what_is_too_large(path)
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as broken:
        # Its words are not passed on: they may quote a cell.
        raise DataError(f"{path.name}: this is not a workbook that can be read; save it again, or as CSV") from broken
    until_read.callback(workbook.close)
    return [partial(_rows, path, sheet) for sheet in workbook.worksheets]


def first_sheet(path: Path) -> list[list[str]]:
    """The rows of the first sheet with something in it, without those that are empty."""
    with ExitStack() as until_read:
        found = [rows for read in sheets(path, until_read) for _, rows in read()]
    return [row for row in found[0] if any(row)] if found else []


def _rows(path: Path, sheet: Any) -> list[tuple[str, list[list[str]]]]:
    rows = [[as_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [(f"{path.as_posix()}, sheet '{sheet.title}'", rows)] if any(any(row) for row in rows) else []


def _refuse_what_is_too_large(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (OSError, zipfile.BadZipFile) as broken:
        raise DataError(f"{path.name}: this is not a workbook that can be read; save it again, or as CSV") from broken
    if size > MOST_BYTES:
        raise DataError(f"{path.name}: the workbook is larger than {MOST_BYTES} bytes, which is the limit")
