"""Builds the reference and how-to pages: a folder of HTML that opens from disk, with no script and nothing from elsewhere.

    python python/reference/build_site.py --command build/leavingcare --out build/site

From the docstrings of the package (by pdoc), the files of the rulebook, the command's own lists, the guide to writing rules
and the notebooks, which are run for it. `make site` does it all.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import command_pages
import jinja2
import leavingcare as lc
import notebook_pages
import python_pages
import rulebook_pages
from markdown_it import MarkdownIt

HERE = Path(__file__).parent
TOP = HERE.parents[1]


class Site:
    """Pages as they are written, each with the same frame."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.contents: list[tuple[str, list[tuple[str, str]]]] = []
        self.waiting: list[tuple[str, Callable[[], str], str]] = []

    def add(self, part: str, file: str, title: str, template: str, **values: object) -> None:
        """A page of a part of the contents; it is written by write(), when all pages are known."""
        if not self.contents or self.contents[-1][0] != part:
            self.contents.append((part, []))
        self.contents[-1][1].append((file, title))
        self.waiting.append((file, lambda: self._page(file, title, template, values), title))

    def write(self) -> None:
        """All pages, one after another."""
        self.out.mkdir(parents=True, exist_ok=True)
        for file, made, _ in self.waiting:
            (self.out / file).write_text(made(), encoding="utf-8")
        shutil.copy(HERE / "templates" / "style.css", self.out / "style.css")

    def _page(self, file: str, title: str, template: str, values: dict[str, object]) -> str:
        frame = self.templates.get_template(template)
        return frame.render(title=title, file=file, contents=self.contents, version=lc.__version__, **values)


def markdown(text: str) -> str:
    """Markdown as HTML, its headings with the ids that links within it expect, its tables as tables."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(text)
    for token, following in zip(tokens, tokens[1:]):
        if token.type == "heading_open":
            token.attrSet("id", re.sub(r"[^\w\- ]", "", following.content.lower()).replace(" ", "-"))
    return reader.renderer.render(tokens, reader.options, {})


def linked(source: str, places: dict[str, str]) -> str:
    """A rule's YAML as HTML, each name of another rule or a fact a link to it."""

    def link(word: re.Match[str]) -> str:
        return f'<a href="{places[word[0]]}">{word[0]}</a>' if word[0] in places else word[0]

    return re.sub(r"\b[a-z][a-z0-9_]+\b", link, html.escape(source, quote=False))


def build(out: Path, command: Path, notebooks: bool = True) -> None:
    """Writes the whole site into `out`, which is emptied first."""
    if out.exists():
        shutil.rmtree(out)
    site = Site(out)
    book = lc.load("england")
    site.add("Start", "index.html", "leavingcare", "index.html", book=book)
    if notebooks:
        for path in sorted((HERE.parent / "examples").glob("*.ipynb")):
            notebook = notebook_pages.run(path)
            site.add("How to", f"{path.stem}.html", notebook_pages.title(notebook), "prose.html", body=notebook_pages.as_html(notebook))
    guide = (TOP / "rules" / "README.md").read_text(encoding="utf-8")
    site.add("How to", "writing_rules.html", "Writing rules", "prose.html", body=markdown(guide))
    site.add("How to", "command_line.html", "From the command line", "prose.html", body=command_pages.of_the_package())
    for file, title in (
        ("calculators", "How public calculators differ"),
        ("larger_than_memory", "Larger than memory: DuckDB, polars"),
        ("national_run", "A national run"),
    ):
        page = (Path(lc.__file__).parent / "docs" / f"{file}.md").read_text(encoding="utf-8").replace(".md)", ".html)")
        site.add("How to", f"{file}.html", title, "prose.html", body=markdown(page))
    add_rulebook(site, book)
    site.add("The rule language", "operators.html", "Operators", "operators.html", operators=command_pages.operators(command))
    site.add("The rule language", "codes.html", "Problem codes", "codes.html", codes=command_pages.codes(command))
    # pdoc makes pages of its own; they stand in a folder.
    site.contents.append(("Python", [("python/leavingcare.html", "The package leavingcare"), ("python/leavingcare/pictures.html", "Pictures"), ("python/leavingcare/spark.html", "On Spark")]))
    site.write()
    python_pages.write(out / "python")


def add_rulebook(site: Site, book: lc.Rulebook) -> None:
    """A page for each file with rules; facts, readings and what is not expressed on pages of their own."""
    sections = rulebook_pages.sections(TOP / "rules" / book.name)
    places = {fact["name"]: f"facts.html#{fact['name']}" for fact in book.facts}
    places |= {reading["name"]: f"readings.html#{reading['name']}" for reading in book.readings}
    parameters = {name: declared for section in sections for name, declared in section.other.get("parameters", {}).items()}
    places |= {name: f"parameters.html#{name}" for name in parameters}
    places |= {rule.name: f"{section.name}.html#{rule.name}" for section in sections for rule in section.rules}
    part = book.title
    for section in sections:
        if section.rules:
            sources = {rule.name: linked(rule.source, {name: place for name, place in places.items() if name != rule.name}) for rule in section.rules}
            site.add(part, f"{section.name}.html", section.name.replace("_", " ").capitalize(), "rules.html", section=section, sources=sources,
                     citations=rulebook_pages.citations)  # fmt: skip
    site.add(part, "facts.html", "Facts", "facts.html", facts=book.facts)
    site.add(part, "readings.html", "Readings", "readings.html", readings=book.readings)
    site.add(part, "parameters.html", "Parameters", "parameters.html", parameters=parameters, citations=rulebook_pages.citations)
    site.add(part, "cannot_express.html", "What is not expressed", "cannot_express.html", gaps=book.cannot_express)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Builds the reference and how-to pages.")
    parser.add_argument("--command", type=Path, required=True, help="the program leavingcare")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; what is in it goes")
    parser.add_argument("--without-notebooks", action="store_true", help="do not run the notebooks")
    chosen = parser.parse_args(arguments)
    build(chosen.out, chosen.command, not chosen.without_notebooks)
    print(f"{chosen.out / 'index.html'}")


if __name__ == "__main__":
    main()
