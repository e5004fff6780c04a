"""The reference pages: all rules are on them, and every link leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import leavingcare as lc
import pytest

TOP = Path(__file__).parents[2]
BUILDER = TOP / "python" / "reference" / "build_site.py"
COMMAND = Path(os.environ.get("LEAVINGCARE_COMMAND", TOP / "build" / "leavingcare"))


class Page(HTMLParser):
    """The links and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.sources: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            elif name == "href" and value:
                (self.links if tag == "a" else self.sources).append(value)
            elif name == "src" and value:
                self.sources.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    if not COMMAND.exists():
        pytest.skip("the program is not built: make build, or name it in LEAVINGCARE_COMMAND")
    pytest.importorskip("pdoc", reason="what builds the pages is not installed")
    out = tmp_path_factory.mktemp("site") / "pages"
    subprocess.run([sys.executable, BUILDER, "--command", COMMAND, "--out", out, "--without-notebooks"], check=True)
    return out


@pytest.fixture(scope="module")
def pages(site) -> dict[str, Page]:
    return {file.name: Page(file.read_text(encoding="utf-8")) for file in site.glob("*.html")}


def test_every_rule_fact_and_reading_has_its_place(pages):
    book = lc.load("england")
    ids = {one for page in pages.values() for one in page.ids}
    wanted = set(book.rules["rule"]) | {fact["name"] for fact in book.facts} | {reading["name"] for reading in book.readings}
    assert wanted - ids == set()


def test_every_operator_and_problem_code_is_listed(site):
    operators = subprocess.run([COMMAND, "list", "--operators"], capture_output=True, text=True, check=True).stdout
    shown = (site / "operators.html").read_text(encoding="utf-8")
    for name in re.findall(r"^(\w+) ->", operators, re.MULTILINE):
        assert f"<code>{name}</code>" in shown
    codes = subprocess.run([COMMAND, "check", "--codes"], capture_output=True, text=True, check=True).stdout
    shown = (site / "codes.html").read_text(encoding="utf-8")
    assert all(f'id="{code}"' in shown for code in re.findall(r"^([A-Z]\d+) ", codes, re.MULTILINE))


def test_everything_that_is_not_expressed_is_on_its_page(site):
    shown = (site / "cannot_express.html").read_text(encoding="utf-8")
    assert shown.count("<tr><td>") == len(lc.load("england").cannot_express)


def test_every_link_on_our_pages_leads_somewhere(site, pages):
    broken = []
    for name, page in pages.items():
        for link in page.links:
            place, _, part = link.partition("#")
            target = place or name
            if re.match(r"https?:", link) or name == "writing_rules.html" and not place.endswith(".html") and place:
                continue  # the guide's links to folders of the repository
            if target in pages and part and part not in pages[target].ids or not (site / target).exists():
                broken.append(f"{name}: {link}")
    assert broken == []


def test_our_pages_open_from_disk_and_load_nothing_from_elsewhere(pages):
    assert {source for page in pages.values() for source in page.sources} == {"style.css"}


def test_the_python_pages_have_the_docstrings(site):
    shown = (site / "python" / "leavingcare.html").read_text(encoding="utf-8")
    for words in ("read_ssda903", "A rulebook that has passed every check", "Result.obligations"):
        assert words in shown
    assert "statuses_by_month" in (site / "python" / "leavingcare" / "pictures.html").read_text(encoding="utf-8")
