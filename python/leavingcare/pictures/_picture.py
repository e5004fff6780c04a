"""A drawing, with its words and all that it shows as a table."""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._write import write_whole
from ._style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".svg", ".html", ".png", ".pdf")


class Picture:
    """A drawing that a notebook shows, that can be saved, and that a screen reader can tell.

    title, description: str, what the picture is and what there is to see in it.
    columns, rows: all that is drawn, as a table: names, and a list of tuples of text or numbers.
    figure: the matplotlib Figure, to change as one likes.
    """

    def __init__(
        self, figure: Figure, title: str, description: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        self.figure = figure
        self.title = title
        self.description = description
        self.columns = list(columns)
        self.rows = [tuple(row) for row in rows]

    def __repr__(self) -> str:
        """How much there is; no personal data."""
        return f"<leavingcare.Picture: {len(self.rows)} rows>"

    def svg(self) -> str:
        """The drawing as one SVG element, with its title and description inside: for a page of your own."""
        written = io.StringIO()
        with style():
            self.figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
        element = written.getvalue()
        element = element[element.index("<svg") :]
        mark = hashlib.sha256(element.encode()).hexdigest()[:12]
        element = element.replace(
            "<svg ", f'<svg role="img" aria-labelledby="t{mark} d{mark}" style="max-width:100%;height:auto" ', 1
        )
        words = f'\n <title id="t{mark}">{html.escape(self.title)}</title>\n <desc id="d{mark}">{html.escape(self.description)}</desc>'
        return re.sub(r"(<svg [^>]*>)", lambda start: start[1] + words, element, count=1)

    def html(self) -> str:
        """The drawing, and under it, folded away, all that it shows as a table: for a page of your own."""
        return f'<figure style="margin:0">{self.svg()}<figcaption>{self._table()}</figcaption></figure>'

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the picture: as .svg, .png or .pdf the drawing, as .html a page that holds the table as well.

        The file is written whole or not at all. Raises ValueError for another ending, OSError if it cannot be written.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending not in FORMATS:
            raise ValueError(f"path: a picture is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {ending or 'without an ending'}")
        if ending == ".svg":
            content = f'<?xml version="1.0" encoding="utf-8"?>\n{self.svg()}'.encode()
        elif ending == ".html":
            content = self._page().encode()
        else:
            drawn = io.BytesIO()
            with style():
                self.figure.savefig(drawn, format=ending[1:], dpi=150, metadata={"CreationDate": None} if ending == ".pdf" else None)
            content = drawn.getvalue()
        write_whole(target, content)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_html_(self) -> str:
        return self.html()

    def _table(self) -> str:
        head = "".join(f'<th scope="col" style="text-align:left">{html.escape(column)}</th>' for column in self.columns)
        rows = "".join(
            "<tr>" + "".join(f'<td style="text-align:left">{html.escape(str(cell))}</td>' for cell in row) + "</tr>\n" for row in self.rows
        )
        return (
            f"<details><summary>{html.escape(self.title)}: as a table</summary>\n<p>{html.escape(self.description)}</p>\n"
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></details>"
        )

    def _page(self) -> str:
        return (
            f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{html.escape(self.title)}</title>\n'
            "<style>body{font-family:sans-serif;margin:1rem auto;max-width:75rem;padding:0 1rem}"
            "td,th{padding:.15rem .6rem;vertical-align:top}</style></head>\n"
            f"<body>{self.html()}</body></html>\n"
        )
