"""The law's duties, row by row: each has a rule with a scenario on either side of its limit, or a reason why not.

statutory_duties.yaml is the list, and says how to read it. Here the rows are counted and every pointer is followed, into
rules/england and its scenarios; that the scenarios come out as written is for `leavingcare test england` to show.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ENGLAND = ROOT / "rules" / "england"
LIST = Path(__file__).with_name("statutory_duties.yaml")

# How many rows each section has, and how many entries: one for each limit of a row. Who adds one, or leaves one out, has to
# say so here.
ROWS = {
    "while_looked_after": (21, 51),
    "eligible_children": (8, 22),
    "relevant_and_former_relevant_children": (19, 38),
    "money_and_education": (6, 19),
    "notices_and_complaints": (3, 7),
}
BEYOND = "beyond_the_rows"

# The two sides of a limit, and the kind of rule that has such sides.
PAIRS = {
    ("in_time", "out_of_time"): {"duties"},
    ("done", "not_done"): {"duties"},
    ("before_it_opens", "after_it_opens"): {"duties"},
    ("arises", "does_not_arise"): {"duties"},
    ("holds", "does_not_hold"): {"entitlements"},
    ("old_amount", "new_amount"): {"entitlements"},
    ("found", "not_found"): {"limits"},
}
SIDES = [side for pair in PAIRS for side in pair]
KEYS = {"row", "rule", "provision", "reason", "cite", "limit", "rules", "cannot_express", *SIDES}


def read(path: Path) -> dict:
    """All scalars as text, as the rulebooks' own reader takes them: 2024-04-01 and yes are words."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))


# --- The list and the rulebook ----------------------------------------------------------------------------------------

DUTIES = read(LIST)
ENTRIES = [(section, entry) for section, entries in DUTIES.items() if section != BEYOND for entry in entries]
POINTING = [entry for _, entry in ENTRIES] + DUTIES[BEYOND]  # every entry with pointers

BOOK = [read(path) for path in sorted(ENGLAND.glob("*.yaml"))]
KINDS = ("definitions", "statuses", "entitlements", "duties", "limits")
RULES = {name: rule for file in BOOK for kind in KINDS for name, rule in file.get(kind, {}).items()}
KIND = {name: kind for file in BOOK for kind in KINDS for name in file.get(kind, {})}
PARAMETERS = {name: value for file in BOOK for name, value in file.get("parameters", {}).items()}
GAPS = [gap["says"] for file in BOOK for gap in file.get("cannot_express", [])]
SCENARIOS = [scenario for path in sorted((ENGLAND / "scenarios").glob("*.yaml")) for scenario in read(path)["scenarios"]]
BY_NAME = {scenario["name"]: scenario for scenario in SCENARIOS}


def called(entry: dict) -> str:
    return f"{entry.get('row', 'beyond')}-{entry.get('provision', entry.get('rule'))}"


def rules_of(entry: dict) -> list[str]:
    return [entry["rule"]] if "rule" in entry else entry.get("rules", [])


def sides_of(entry: dict) -> list[str]:
    return [side for side in SIDES if side in entry]


# --- When a duty falls due --------------------------------------------------------------------------------------------


def versions_of(rule: dict) -> list[dict]:
    return rule.get("versions", [rule])


def due_of(version: dict) -> list[dict]:
    due = version.get("due", [])
    return due if isinstance(due, list) else [due]


def recurs(rule: dict) -> bool:
    return any("then_every" in version or len(due_of(version)) > 1 for version in versions_of(rule))


def has_a_last_day(rule: dict) -> bool:
    fixed = {"within", "by", "on_the_day", "before_next"}
    return any("then_every" in version or any(fixed & set(due) for due in due_of(version)) for version in versions_of(rule))


# --- What a scenario shows --------------------------------------------------------------------------------------------

LATE = {"met late", "overdue"}


def has_last_day(item: dict) -> bool:
    return item.get("due", "none") != "none"


def on_its_last_day(item: dict, scenario: dict, rule: str) -> bool:
    """Done on the last day, or still due on it."""
    return has_last_day(item) and (
        (item.get("state") == "met" and item.get("done") == item["due"])
        or (item.get("state") == "due" and scenario["as_at"] == item["due"])
    )


def a_day_late(item: dict, scenario: dict, rule: str) -> bool:
    return has_last_day(item) and item.get("state") in LATE and item.get("days_late") == "1"


def without_a_last_day(item: dict, rule: str) -> bool:
    """Where the duty never has a last day, an expectation need not say so."""
    return item["due"] == "none" if "due" in item else not has_a_last_day(RULES[rule])


def done_without_a_last_day(item: dict, scenario: dict, rule: str) -> bool:
    return item.get("state") == "met" and without_a_last_day(item, rule)


def due_without_a_last_day(item: dict, scenario: dict, rule: str) -> bool:
    return item.get("state") == "due" and without_a_last_day(item, rule)


def done_before_it_opens(item: dict, scenario: dict, rule: str) -> bool:
    """Not met, although what would meet it is recorded for the day before."""
    days = {day for fact in scenario["facts"].values() if isinstance(fact, list) for day in fact if isinstance(day, str)}
    day_before = str(date.fromisoformat(item["opens"]) - timedelta(days=1)) if "opens" in item else ""
    return item.get("state") == "due" and item.get("done") == "none" and day_before in days


def done_as_it_opens(item: dict, scenario: dict, rule: str) -> bool:
    return item.get("state") == "met" and "opens" in item and item.get("done") == item["opens"]


SHOWN = {
    "in_time": on_its_last_day,
    "out_of_time": a_day_late,
    "done": done_without_a_last_day,
    "not_done": due_without_a_last_day,
    "before_it_opens": done_before_it_opens,
    "after_it_opens": done_as_it_opens,
}


def answer_on(expected, day: str) -> tuple[str, str]:
    """What an expectation says of a day: yes, no or unknown, and the amount if it names one."""
    if expected == "never":
        return "no", ""
    if isinstance(expected, dict) and "on" in expected:
        return expected["on"].get(day, "not asked"), ""
    spans = {"yes": expected} if isinstance(expected, list) else expected
    for truth, held in spans.items():
        for span in held:
            if span.get("from", "") <= day and (not span.get("until") or day < span["until"]):
                return truth, span.get("amount", "")
    return "no", ""


def shows(rule: str, side: str, pointer) -> str:
    """Empty if the scenario shows that side of the rule; otherwise what is wrong."""
    pointer = {"scenario": pointer} if isinstance(pointer, str) else pointer
    scenario = BY_NAME.get(pointer["scenario"])
    if scenario is None:
        return f"no scenario is called {pointer['scenario']!r}"
    expected = scenario["expect"].get(rule)
    if expected is None:
        return f"the scenario {pointer['scenario']!r} does not name {rule}"
    if side == "does_not_arise":
        return "" if expected == "never" else f"{rule} arises there"
    if side == "arises":
        return "" if isinstance(expected, list) else f"{rule} does not arise there"
    if side in SHOWN:
        times = expected if isinstance(expected, list) else []
        which = {key: value for key, value in pointer.items() if key != "scenario"}
        items = [item for item in times if all(item.get(key) == value for key, value in which.items())]
        shown = [item for item in items if SHOWN[side](item, scenario, rule)]
        return "" if len(shown) == 1 else f"{len(shown)} times of {rule} show {side}, where one should: {items}"
    # An entitlement, or a limit, on a day.
    if side == "not_found" and "on" not in pointer:
        return "" if expected == "never" else f"{rule} is found there"
    truth, amount = answer_on(expected, pointer["on"])
    wanted = "no" if side in ("does_not_hold", "not_found") else "yes"
    if truth != wanted:
        return f"{rule} is {truth} on {pointer['on']}, not {wanted}"
    if amount != pointer.get("amount", amount):
        return f"{rule} is {amount} on {pointer['on']}"
    return "amounts need an amount" if side.endswith("amount") and "amount" not in pointer else ""


# --- The list itself --------------------------------------------------------------------------------------------------


def test_every_row_is_there_once_and_in_order():
    assert set(DUTIES) == {*ROWS, BEYOND}
    for section, (row_count, entry_count) in ROWS.items():
        rows = [int(entry["row"]) for entry in DUTIES[section]]
        assert rows == sorted(rows), section
        assert sorted(set(rows)) == list(range(1, row_count + 1)), section
        assert len(rows) == entry_count, section


def test_no_scenario_shares_its_name_with_another():
    assert [name for name, count in Counter(scenario["name"] for scenario in SCENARIOS).items() if count > 1] == []


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=called)
def test_an_entry_says_where_the_law_is_and_where_we_have_it(entry):
    assert set(entry) <= KEYS
    assert entry["provision"] and entry["cite"]
    assert entry.get("rules") or entry.get("cannot_express")
    if entry.get("rules"):
        assert sides_of(entry), "rules without a scenario"


@pytest.mark.parametrize("entry", POINTING, ids=called)
def test_its_rules_exist_and_are_of_the_kind_its_scenarios_speak_of(entry):
    for rule in rules_of(entry):
        assert rule in RULES, f"no rule is called {rule}"
        for pair, kinds in PAIRS.items():
            if set(pair) & set(entry):
                assert KIND[rule] in kinds, f"{rule} is one of the {KIND[rule]}"


@pytest.mark.parametrize("entry", POINTING, ids=called)
def test_both_sides_of_a_limit_are_shown(entry):
    sides = sides_of(entry)
    pairs = [pair for pair in PAIRS if set(pair) & set(sides)]
    assert len(pairs) <= 1
    if "limit" in entry and "cannot_express" not in entry:
        assert pairs, "a limit without scenarios"
    # Without a limit one side may do: that a duty arises at all.
    assert not pairs or set(pairs[0]) == set(sides) or ("limit" not in entry and sides == ["arises"])
    wrong = [problem for rule in rules_of(entry) for side in sides if (problem := shows(rule, side, entry[side]))]
    assert wrong == []


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES if "cannot_express" in entry], ids=called)
def test_what_cannot_be_expressed_is_in_the_rulebook(entry):
    assert sum(says.startswith(entry["cannot_express"]) for says in GAPS) == 1


# --- The limit of an entry is the limit of its rule -------------------------------------------------------------------

PERIOD = re.compile(r"\b(\d+) (working day|day|week|month|year)s?\b")


def periods_of(value, seen: set[str]) -> set[tuple[str, str]]:
    """Every length of time in a rule, and in the definitions and parameters it names. Prose is left out."""
    if isinstance(value, list):
        return set().union(*(periods_of(one, seen) for one in value))
    if isinstance(value, dict):
        prose = {"summary", "note", "cite", "question", "options"}
        return set().union(*(periods_of(one, seen) for key, one in value.items() if key not in prose))
    found = set(PERIOD.findall(value))
    named = RULES.get(value) or PARAMETERS.get(value)
    if named is not None and value not in seen:
        seen.add(value)
        found |= periods_of(named, seen)
    return found


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES if PERIOD.search(entry.get("limit", ""))], ids=called)
def test_the_time_an_entry_names_stands_in_its_rule(entry):
    if "cannot_express" in entry:
        return  # the reason says what stands there instead
    for rule in rules_of(entry):
        missing = set(PERIOD.findall(entry["limit"])) - periods_of(RULES[rule], {rule})
        assert not missing, f"{rule} has no {missing}"


# --- And the other way round ------------------------------------------------------------------------------------------

POINTED_TO = {rule for entry in POINTING for rule in rules_of(entry)}
DUTIES_AND_LIMITS = sorted(name for name, kind in KIND.items() if kind in ("duties", "limits"))


@pytest.mark.parametrize("rule", DUTIES_AND_LIMITS)
def test_every_duty_and_limit_stands_in_a_row_or_has_a_reason(rule):
    assert rule in POINTED_TO


def test_what_stands_beyond_the_rows_stands_in_none_and_has_a_reason():
    in_rows = {rule for _, entry in ENTRIES for rule in rules_of(entry)}
    for entry in DUTIES[BEYOND]:
        assert entry["reason"] and entry["rule"] not in in_rows


def times_of(rule: str):
    for scenario in SCENARIOS:
        expected = scenario["expect"].get(rule)
        for item in expected if isinstance(expected, list) else []:
            yield item, scenario


@pytest.mark.parametrize("rule", [name for name in DUTIES_AND_LIMITS if has_a_last_day(RULES[name])])
def test_every_duty_with_a_last_day_is_shown_in_time_and_out_of_time(rule):
    assert any(has_last_day(item) and item.get("state") in ("met", "due") for item, _ in times_of(rule)), "never in time"
    assert any(has_last_day(item) and item.get("state") in LATE for item, _ in times_of(rule)), "never out of time"


def hides_a_fact(scenario: dict) -> bool:
    return scenario.get("rest") == "unknown" or "unknown" in scenario["facts"].values()


@pytest.mark.parametrize("rule", [name for name in DUTIES_AND_LIMITS if KIND[name] == "duties" and recurs(RULES[name])])
def test_every_recurring_duty_is_unknown_where_a_fact_is_hidden(rule):
    assert any(item.get("state") == "unknown" and hides_a_fact(scenario) for item, scenario in times_of(rule))
