"""Loading a rulebook and looking into it."""

from __future__ import annotations

import re
from pathlib import Path

import leavingcare as lc
import pytest


@pytest.fixture(scope="module")
def england() -> lc.Rulebook:
    return lc.load("england")


def test_england_comes_with_the_package(england):
    assert england.name == "england"
    assert england.chain == ["england"]
    assert england.title and england.summary
    assert re.fullmatch("[0-9a-f]{64}", england.digest)


def test_the_rules_are_a_table_with_citations(england):
    rules = england.rules.to_dicts()
    names = {rule["rule"] for rule in rules if rule["kind"] == "status"}
    assert {"eligible_child", "relevant_child", "former_relevant_child", "qualifying"} <= names
    assert all(rule["cite"] and rule["summary"] for rule in rules)


def test_every_reading_names_its_default_among_its_options(england):
    assert england.readings
    for reading in england.readings:
        assert reading["default"] in reading["options"]


def test_the_facts_say_which_words_a_field_may_hold(england):
    care = next(fact for fact in england.facts if fact["name"] == "care")
    status = next(field for field in care["fields"] if field["name"] == "legal_status")
    assert care["kind"] == "periods"
    assert "V2" in status["one_of"] and status["required"]


def test_categories_and_what_cannot_be_expressed_are_told(england):
    assert england.categories[0]["labels"]["former_relevant_child_under_25"]
    assert all(gap["says"] and gap["reason"] for gap in england.cannot_express)


def test_a_name_that_no_rulebook_has_is_an_error_with_a_hint():
    with pytest.raises(lc.RulebookError, match="did you mean 'england'") as caught:
        lc.load("englnad")
    assert caught.value.diagnostics[0]["code"] == "U101"
    assert isinstance(caught.value, ValueError)


MANY_PROBLEMS = """\
rulebook: broken
title: Broken
summary: Has two problems
facts:
  date_of_birth: {kind: day, summary: The day of birth, colour: red}
statuses:
  grown_up:
    summary: Aged 18
    versions:
      - cite: [{instrument: An Act, provision: s.1}]
        when: {age: {from: 18 yeers}}
"""


def test_an_unsound_rulebook_is_refused_with_every_problem_at_its_place(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(MANY_PROBLEMS, encoding="utf-8")
    with pytest.raises(lc.RulebookError) as caught:
        lc.load(path)
    assert len(caught.value.diagnostics) >= 1
    assert f"{path}:" in str(caught.value)
    for problem in caught.value.diagnostics:
        assert {"code", "severity", "message", "places", "hint"} <= problem.keys()


def test_a_rulebook_elsewhere_may_extend_england(tmp_path, england):
    folder = tmp_path / "council"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(
        "rulebook: council\nextends: england\ntitle: A council\nsummary: Adds nothing of its own\n", encoding="utf-8"
    )
    council = lc.load(folder)
    assert council.chain == ["england", "council"]
    assert len(council.rules) == len(england.rules)
    assert council.digest != england.digest


def test_loading_leaves_the_environment_as_it_was(monkeypatch, tmp_path):
    import os

    monkeypatch.setenv("LEAVINGCARE_RULES", str(tmp_path))
    lc.load("england")
    assert os.environ["LEAVINGCARE_RULES"] == str(tmp_path)
    monkeypatch.delenv("LEAVINGCARE_RULES")
    lc.load("england")
    assert "LEAVINGCARE_RULES" not in os.environ


def test_the_folders_of_the_environment_come_first(monkeypatch, tmp_path):
    folder = Path(tmp_path) / "england"
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(MANY_PROBLEMS, encoding="utf-8")
    monkeypatch.setenv("LEAVINGCARE_RULES", str(tmp_path))
    with pytest.raises(lc.RulebookError):
        lc.load("england")
