"""A notebook, run and shown: prose, code, and what came of it."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import nbformat
from markdown_it import MarkdownIt
from nbclient import NotebookClient


def run(path: Path) -> Any:
    """The notebook with what its cells give, executed in a fresh kernel. Raises nbclient's CellExecutionError."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def title(notebook: Any) -> str:
    """Its first heading."""
    first = notebook.cells[0].source.splitlines()[0]
    return first.lstrip("# ")


def as_html(notebook: Any) -> str:
    """The cells one after another. The outputs are our own, and go in as they are."""
    markdown = MarkdownIt("commonmark").enable("table")
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(markdown.render(cell.source))
            continue
        parts.append(f'<pre class="code">{html.escape(cell.source)}</pre>')
        parts += [_output(output) for output in cell.outputs]
    return "\n".join(parts)


def _output(output: Any) -> str:
    if output.output_type == "stream":
        return f'<pre class="said">{html.escape(output.text)}</pre>'
    data = output.get("data", {})
    if "text/html" in data:
        return f'<div class="given">{data["text/html"]}</div>'
    return f'<pre class="said">{html.escape(data.get("text/plain", ""))}</pre>'
