"""docs/national_run.md: its tables are made of the figures beside it, by the formulas that it names."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import leavingcare as lc
import pytest

BENCH = Path(__file__).parents[2] / "bench"
DOCS = Path(lc.__file__).parent / "docs"


@pytest.fixture
def national_run(monkeypatch):
    pytest.importorskip("numpy")
    monkeypatch.syspath_prepend(BENCH)
    spec = importlib.util.spec_from_file_location("national_run", BENCH / "national_run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    for name in ("chunks", "arrow_million"):
        sys.modules.pop(name)


def figures() -> dict:
    return json.loads((DOCS / "national_run.json").read_text(encoding="utf-8"))


def test_the_page_is_what_its_figures_make_of_it(national_run):
    page = (DOCS / "national_run.md").read_text(encoding="utf-8")
    assert national_run.with_table(page, figures()) == page


def test_the_plan_has_room_for_the_published_figures():
    plan = figures()["plan"]
    assert plan["children_in_care_on_31_march_2004"] + plan["years"] * plan["starts_a_year"] == 722_100
    assert plan["people"] == 750_000
    page = (DOCS / "national_run.md").read_text(encoding="utf-8")
    assert "61,100 + 20 × 33,050 = 722,100, planned as 750,000" in page


def test_the_formulas_on_figures_worked_by_hand(national_run):
    runs = {"people": 1_000, "one_core": {"seconds": 0.32}, "all_cores": {"seconds": 0.2}, "spark_seconds": 0.8}
    given = {"plan": {"people": 100_000, "cores_used_well": 0.8}, "machine": {"cores": 2}, "runs": {"none": runs}}
    # 100 thousands of people, 0.2 s each, and 10 s: 30 s.
    assert national_run.seconds({"as": "all_cores", "cores": 2, "starts_in": 10}, given, "none") == pytest.approx(30)
    # 32 s of one core, on 4 cores used to 80 %: 10 s, and 10 s.
    assert national_run.seconds({"as": "one_core", "cores": 4, "starts_in": 10}, given, "none") == pytest.approx(20)
    # 80 s of two cores are 160 s of one; on 10 cores used to 80 % 20 s, and 60 s.
    assert national_run.seconds({"as": "spark", "cores": 10, "starts_in": 60}, given, "none") == pytest.approx(80)
