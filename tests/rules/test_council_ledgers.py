"""The documents of councils, provision by provision: each stands in the ledger once, with its rules or a reason why not.

council_documents.yaml says what was counted in each document, and how to read it. Here each council's folder is read anew,
without the program, and held against that: every provision is in the ledger and nothing else is, every rule comes of a
provision, and every line is either cited or listed as one without rules. That the rules and their scenarios are sound is
for `leavingcare check` and `leavingcare test` to show.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COUNCILS = ROOT / "rules" / "councils"
LIST = Path(__file__).with_name("council_documents.yaml")

RULES = ("statuses", "entitlements", "duties", "limits", "indicators")
NAMED = (*RULES, "definitions", "categories", "parameters")  # what an entry may name
SUPPLIED = ("facts", "parameters")  # what an entry may need
STATES = {"in_force", "in_progress", "proposed", "contract", "plan_target", "monitor_only", "spent", "description"}
KEYS = {"lines", "says", "kind", "state", "rules", "not_computable", "needs", "reads", "law", "against"}
NOT_YET = ("proposed", "in_progress")
NO_BOOKS = ("ledger", "scenarios")  # folders of a rulebook that hold no rulebook


class Reader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
    """All scalars as text, as the rulebooks' own reader takes them; and, as there, a key written twice is refused."""

    def construct_mapping(self, node, deep=False):
        written = Counter(key.value for key, _ in node.value)
        twice = [key for key, count in written.items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"written twice: {', '.join(twice)}", node.start_mark)
        return super().construct_mapping(node, deep)


def read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Reader) or {}


def numbers(lines: str) -> set[int]:
    """The lines that "5-11, 27" speaks of."""
    found = set()
    for part in lines.split(","):
        first, _, last = part.strip().partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def shown(lines: set[int]) -> str:
    return ", ".join(str(line) for line in sorted(lines))


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def cites_in(value) -> list[dict]:
    """Every citation anywhere in a rule, its versions and its values."""
    if isinstance(value, list):
        return [cite for one in value for cite in cites_in(one)]
    if not isinstance(value, dict):
        return []
    here = [cite for cite in as_list(value.get("cite", [])) if isinstance(cite, dict)]
    return here + [cite for key, one in value.items() if key != "cite" for cite in cites_in(one)]


def versions_of(rule: dict) -> list[dict]:
    return rule.get("versions", [rule])


# --- What was counted -------------------------------------------------------------------------------------------------


class Document:
    """A document as council_documents.yaml has it."""

    def __init__(self, name: str, counted: dict):
        self.name = name
        self.counted = counted
        self.lines = int(counted["lines"])
        self.blank = numbers(counted["blank"]) if counted["blank"].strip() else set()
        self.kind = {entry: kind for kind, one in counted["kinds"].items() for entry in one["ids"]}
        self.not_expressed = set(counted.get("not_expressed", []))
        self.rules_all_the_same = set(counted.get("rules_all_the_same", []))

    def written(self) -> set[int]:
        return set(range(1, self.lines + 1)) - self.blank


DOCUMENTS = {name: Document(name, counted) for name, counted in read(LIST).items()}
EVERY_ENTRY = {entry for document in DOCUMENTS.values() for entry in document.kind}


def supplied_by(folder: Path) -> set[str]:
    files = [read(path) for path in sorted(folder.glob("*.yaml"))]
    return {name for file in files for section in SUPPLIED for name in file.get(section, {})}


ENGLAND = supplied_by(ROOT / "rules" / "england")


# --- A council's folder against it ------------------------------------------------------------------------------------


class Council:
    """A council's folder: its rulebook, those in the folders within, and the ledger. Each check gives what is wrong."""

    def __init__(self, folder: Path, document: Document):
        self.document = document
        within = [one for one in sorted(folder.iterdir()) if one.is_dir() and one.name not in NO_BOOKS]
        self.books = [[read(path) for path in sorted(one.glob("*.yaml"))] for one in (folder, *within)]
        self.ledger = [read(path) for path in sorted((folder / "ledger").glob("*.yaml"))]
        self.entries = [(name, entry) for file in self.ledger for name, entry in file.get("entries", {}).items()]
        self.supplied = ENGLAND.union(*(supplied_by(one) for one in (folder, *within)))
        self.declared = {name: one for file in self.books[0] for name, one in file.get("documents", {}).items()}
        self.things: dict[str, dict] = {}
        self.rules: list[str] = []
        for book in self.books:
            for file in book:
                for section in NAMED:
                    self.things |= file.get(section, {})
                    self.rules += file.get(section, {}) if section in RULES else []

    def without_rules(self) -> list[dict]:
        return self.declared.get(self.document.name, {}).get("without_rules", [])

    def cited_by_entries(self) -> set[int]:
        return set().union(*(numbers(entry["lines"]) for _, entry in self.entries))

    # The document.

    def wrong_document(self) -> list[str]:
        name = self.document.name
        wrong = [f"a ledger file is of {file.get('document')}" for file in self.ledger if file.get("document") != name]
        if list(self.declared) != [name]:
            return [*wrong, f"the rulebook declares {list(self.declared)}, not {name}"]
        if self.declared[name].get("lines") != str(self.document.lines):
            wrong.append(f"it is said to have {self.declared[name].get('lines')} lines, not {self.document.lines}")
        blank = numbers(self.declared[name]["blank_lines"]) if self.declared[name].get("blank_lines") else set()
        if blank != self.document.blank:
            wrong.append(f"of these lines it is not certain that they are blank: {shown(blank ^ self.document.blank)}")
        return wrong

    # Every provision, once.

    def missing_and_surplus(self) -> list[str]:
        here = Counter(name for name, _ in self.entries)
        expected = set(self.document.kind)
        return (
            [f"{name} is missing" for name in sorted(expected - set(here))]
            + [f"{name} is not in the document" for name in sorted(set(here) - expected)]
            + [f"{name} is there {count} times" for name, count in here.items() if count > 1]
        )

    def wrong_kind_or_state(self) -> list[str]:
        wrong = []
        for name, entry in self.entries:
            if entry.get("kind") != self.document.kind.get(name):
                wrong.append(f"{name} is a {entry.get('kind')}, and was counted as a {self.document.kind.get(name)}")
            if entry.get("state") not in STATES:
                wrong.append(f"{name} has the state {entry.get('state')}")
            if not entry.get("says"):
                wrong.append(f"{name} does not say what it is")
            wrong += [f"{name} has the key {key}" for key in sorted(set(entry) - KEYS)]
        return wrong

    # Rules, or a reason.

    def neither_rules_nor_reason(self) -> list[str]:
        """Or both of them."""
        return [name for name, entry in self.entries if bool(entry.get("rules")) == bool(entry.get("not_computable"))]

    def wrong_side(self) -> list[str]:
        """Qualitative provisions have no rules and all others have some, but for those that are listed by name."""
        qualitative = {name for name, kind in self.document.kind.items() if kind == "qualitative"}
        with_rules = {name for name, entry in self.entries if entry.get("rules")}
        without = {name for name, _ in self.entries} - with_rules
        unexpressed = without - qualitative
        beyond = with_rules & qualitative
        return (
            [f"{name} has no rules" for name in sorted(unexpressed - self.document.not_expressed)]
            + [f"{name} has rules" for name in sorted(beyond - self.document.rules_all_the_same)]
            + [f"{name} is listed as not expressed, and is" for name in sorted(self.document.not_expressed - unexpressed)]
            + [f"{name} is listed as having rules, and has none" for name in sorted(self.document.rules_all_the_same - beyond)]
        )

    def rules_that_do_not_exist(self) -> list[str]:
        return [f"{name}: {rule}" for name, entry in self.entries for rule in entry.get("rules", []) if rule not in self.things]

    def rules_without_a_provision(self) -> list[str]:
        named = {rule for _, entry in self.entries for rule in entry.get("rules", [])}
        return sorted(set(self.rules) - named)

    def names_written_twice(self) -> list[str]:
        return sorted(name for name, count in Counter(self.rules).items() if count > 1)

    def pointers_to_nothing(self) -> list[str]:
        wrong = []
        for name, entry in self.entries:
            names = [one for one in as_list(entry.get("needs", [])) if " " not in one]  # what has no name is said in words
            wrong += [f"{name} needs {one}" for one in names if one not in self.supplied]
            ids = [one for one in as_list(entry.get("against", [])) if one[:4] in {known[:4] for known in EVERY_ENTRY}]
            wrong += [f"{name} is against {one}" for one in ids if one not in EVERY_ENTRY or one == name]
        return wrong

    # What is not so yet, or no longer.

    def given_by_what_is_not_in_force(self) -> list[str]:
        """A proposal gives nobody anything: its rule applies on no day, or is only that it be brought about. What is spent ends."""
        wrong = []
        for name, entry in self.entries:
            rules = {rule: self.things[rule] for rule in entry.get("rules", []) if rule in self.rules}
            spans = {rule: [one.get("in_force", {}) for one in versions_of(thing)] for rule, thing in rules.items()}
            if rules and entry.get("state") in NOT_YET:
                on_no_day = any(set(NOT_YET) & set(span) for all_spans in spans.values() for span in all_spans)
                if not on_no_day and any(thing.get("standing") != "plan_target" for thing in rules.values()):
                    wrong.append(f"{name} is {entry['state']}, and {', '.join(rules)} in force")
            if entry.get("state") == "spent":
                wrong += [f"{name} is spent, and {rule} goes on" for rule, own in spans.items() if "until" not in own[-1]]
        return wrong

    # Every line.

    def lines_unaccounted_for(self) -> set[int]:
        listed = set().union(*(numbers(one["lines"]) for one in self.without_rules()))
        return self.document.written() - self.cited_by_entries() - listed

    def lines_on_both_lists(self) -> set[int]:
        listed = set().union(*(numbers(one["lines"]) for one in self.without_rules()))
        return listed & self.cited_by_entries()

    def lines_that_are_not_there(self) -> list[str]:
        wrong = []
        for name, lines in [(name, entry["lines"]) for name, entry in self.entries] + [
            ("without_rules", one["lines"]) for one in self.without_rules()
        ]:
            found = numbers(lines)
            if max(found) > self.document.lines or min(found) < 1:
                wrong.append(f"{name}: {lines} of {self.document.lines}")
            elif name != "without_rules" and not found - self.document.blank:
                wrong.append(f"{name}: {lines} are blank")
        return wrong + [f"no reason for {one['lines']}" for one in self.without_rules() if not one.get("because")]

    def rules_from_elsewhere(self) -> list[str]:
        """A rule cites lines of its provision."""
        wrong = []
        for name, entry in self.entries:
            for rule in entry.get("rules", []):
                cites = [cite for cite in cites_in(self.things.get(rule, {})) if cite.get("document") == self.document.name]
                cited = set().union(*(numbers(cite["lines"]) for cite in cites if "lines" in cite))
                if not cited & numbers(entry["lines"]):
                    wrong.append(f"{name} is in {entry['lines']}, and {rule} cites {shown(cited) or 'nothing'}")
        return wrong


CHECKS = {
    "the document is the one that was counted": Council.wrong_document,
    "every provision is in the ledger once and nothing else is": Council.missing_and_surplus,
    "each is of the kind that was counted": Council.wrong_kind_or_state,
    "each has rules or a reason why not": Council.neither_rules_nor_reason,
    "what can be computed has rules": Council.wrong_side,
    "its rules exist": Council.rules_that_do_not_exist,
    "every rule comes of a provision": Council.rules_without_a_provision,
    "no two rules share a name": Council.names_written_twice,
    "what it needs and what it contradicts exist": Council.pointers_to_nothing,
    "what is not in force gives nothing": Council.given_by_what_is_not_in_force,
    "every line is accounted for": Council.lines_unaccounted_for,
    "no line is both cited and without rules": Council.lines_on_both_lists,
    "only lines that are there are spoken of": Council.lines_that_are_not_there,
    "rules cite the lines of their provision": Council.rules_from_elsewhere,
}

PRESENT = sorted(path.name for path in COUNCILS.iterdir() if path.is_dir()) if COUNCILS.is_dir() else []
BY_COUNCIL = {document.counted["council"]: document for document in DOCUMENTS.values()}


@pytest.fixture(scope="module")
def council_of():
    """Each folder is read once."""
    read_already = {}

    def council(folder: str) -> Council:
        if folder not in read_already:
            read_already[folder] = Council(COUNCILS / folder, BY_COUNCIL[folder])
        return read_already[folder]

    return council


@pytest.mark.parametrize("folder", PRESENT)
def test_a_council_has_a_document_that_was_counted(folder):
    assert folder in BY_COUNCIL


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("folder", [folder for folder in PRESENT if folder in BY_COUNCIL])
def test_the_ledger_is_complete(council_of, folder, check):
    assert not CHECKS[check](council_of(folder))


# --- The counts themselves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_counts_agree_with_one_another(name):
    document = DOCUMENTS[name]
    kinds = document.counted["kinds"]
    for kind, one in kinds.items():
        assert len(one["ids"]) == int(one["entries"]), kind
    written = [entry for one in kinds.values() for entry in one["ids"]]
    assert len(written) == len(set(written)) == int(document.counted["entries"])
    assert len({entry[:4] for entry in written}) == 1
    assert len(written) - len(kinds.get("qualitative", {"ids": []})["ids"]) == int(document.counted["computable"])
    assert document.blank < set(range(1, document.lines + 1))
    assert document.not_expressed <= set(written) and document.rules_all_the_same <= set(written)


def test_every_document_belongs_to_a_council_of_its_own():
    assert len(BY_COUNCIL) == len(DOCUMENTS)


# --- And the checks notice --------------------------------------------------------------------------------------------

COUNTED = """
lines: 8
blank: "2, 6"
entries: 3
computable: 2
kinds:
  entitlement: {entries: 2, ids: [WES-01, WES-02]}
  qualitative: {entries: 1, ids: [WES-03]}
"""

RULEBOOK = """
rulebook: westmarch
extends: england
documents:
  westmarch_offer:
    lines: 8
    blank_lines: "2, 6"
    without_rules:
      - {lines: "1, 5", because: heading}
parameters:
  westmarch_limit: {cite: {document: westmarch_offer, lines: 3}}
entitlements:
  westmarch_grant:
    in_force: {from: 2024-04-01}
    cite: [{instrument: Children Act 1989, provision: s.23C}, {document: westmarch_offer, lines: 3-4}]
  westmarch_card:
    versions:
      - {in_force: {proposed: 2024-04-01}, cite: {document: westmarch_offer, lines: 7}}
"""

LEDGER = """
document: westmarch_offer
entries:
  WES-01: {lines: 3-4, says: A grant, kind: entitlement, state: in_force, rules: [westmarch_grant], needs: [westmarch_limit, care]}
  WES-02: {lines: 7, says: A card, kind: entitlement, state: proposed, rules: [westmarch_card]}
  WES-03: {lines: "7-8", says: We care, kind: qualitative, state: in_force, not_computable: No measure, against: [line 3]}
"""


def westmarch(folder: Path, rulebook: str = RULEBOOK, ledger: str = LEDGER, counted: str = COUNTED) -> Council:
    (folder / "ledger").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text(rulebook, encoding="utf-8")
    (folder / "ledger" / "offer.yaml").write_text(ledger, encoding="utf-8")
    return Council(folder, Document("westmarch_offer", yaml.load(counted, Reader)))


def test_a_complete_ledger_has_nothing_wrong(tmp_path):
    council = westmarch(tmp_path)
    assert {check: wrong for check, wrong_of in CHECKS.items() if (wrong := wrong_of(council))} == {}


# What is changed, what it is changed into, and the check that has to notice.
FAULTS = {
    "another document": ("ledger", "document: westmarch_offer", "document: westmarch_plan", "wrong_document"),
    "another number of lines": ("rulebook", "    lines: 8", "    lines: 9", "wrong_document"),
    "a line called blank": ("rulebook", 'blank_lines: "2, 6"', 'blank_lines: "2, 6, 7"', "wrong_document"),
    "a provision left out": ("ledger", "  WES-03:", "  # WES-03:", "missing_and_surplus"),
    "a provision too many": ("ledger", "  WES-03:", "  WES-04:", "missing_and_surplus"),
    "another kind": ("ledger", "A card, kind: entitlement", "A card, kind: qualitative", "wrong_kind_or_state"),
    "a state misspelt": ("ledger", "kind: entitlement, state: in_force", "kind: entitlement, state: inforce", "wrong_kind_or_state"),
    "a key misspelt": ("ledger", "not_computable: No measure", "not_computeable: No measure", "wrong_kind_or_state"),
    "no words": ("ledger", "says: A card, ", "", "wrong_kind_or_state"),
    "no reason": ("ledger", "not_computable: No measure, ", "", "neither_rules_nor_reason"),
    "rules and a reason": ("ledger", "[westmarch_card]}", "[westmarch_card], not_computable: Hard}", "neither_rules_nor_reason"),
    "rules given up": ("ledger", "rules: [westmarch_card]", "not_computable: Too hard", "wrong_side"),
    "rules for what is qualitative": ("ledger", "not_computable: No measure", "rules: [westmarch_card]", "wrong_side"),
    "given up with leave, and expressed": ("counted", "entries: 3", "entries: 3\nnot_expressed: [WES-02]", "wrong_side"),
    "a rule misspelt": ("ledger", "rules: [westmarch_card]", "rules: [westmarch_cart]", "rules_that_do_not_exist"),
    "a rule of no provision": ("ledger", "rules: [westmarch_card]", "rules: [westmarch_grant]", "rules_without_a_provision"),
    "a need misspelt": ("ledger", "[westmarch_limit, care]", "[westmarch_limit, car]", "pointers_to_nothing"),
    "a contradiction misspelt": ("ledger", "against: [line 3]", "against: [OVR-77]", "pointers_to_nothing"),
    "a proposal in force": ("rulebook", "{proposed: 2024-04-01}", "{from: 2024-04-01}", "given_by_what_is_not_in_force"),
    "spent, and without an end": ("ledger", "entitlement, state: in_force", "entitlement, state: spent", "given_by_what_is_not_in_force"),
    "a line nobody speaks of": ("rulebook", '"1, 5"', '"1"', "lines_unaccounted_for"),
    "a line on both lists": ("rulebook", '"1, 5"', '"1, 5, 7"', "lines_on_both_lists"),
    "a line beyond the end": ("ledger", '"7-8"', '"7-9"', "lines_that_are_not_there"),
    "a blank line": ("ledger", "WES-02: {lines: 7", "WES-02: {lines: 6", "lines_that_are_not_there"),
    "no reason why a line has no rules": ("rulebook", "because: heading", "why: heading", "lines_that_are_not_there"),
    "a rule from other lines": ("rulebook", "lines: 7}", "lines: 3}", "rules_from_elsewhere"),
    "a rule of another document": ("rulebook", "westmarch_offer, lines: 7", "westmarch_plan, lines: 7", "rules_from_elsewhere"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(tmp_path, fault):
    where, was, becomes, noticed_by = FAULTS[fault]
    files = {"rulebook": RULEBOOK, "ledger": LEDGER, "counted": COUNTED}
    assert files[where].count(was) == 1
    files[where] = files[where].replace(was, becomes)
    assert getattr(Council, noticed_by)(westmarch(tmp_path, **files))


def test_a_target_that_is_being_brought_about_may_apply(tmp_path):
    target = RULEBOOK.replace("in_force: {proposed: 2024-04-01}", "in_force: {from: 2024-04-01}")
    target = target.replace("  westmarch_card:\n", "  westmarch_card:\n    standing: plan_target\n")
    assert westmarch(tmp_path, rulebook=target).given_by_what_is_not_in_force() == []


def test_a_rule_of_a_rulebook_within_has_to_come_of_a_provision_too(tmp_path):
    (tmp_path / "service").mkdir()
    (tmp_path / "service" / "rulebook.yaml").write_text("indicators: {westmarch_rate: {unit: percent}}", encoding="utf-8")
    assert westmarch(tmp_path).rules_without_a_provision() == ["westmarch_rate"]


def test_a_provision_in_two_files_is_noticed(tmp_path):
    council = westmarch(tmp_path)
    (tmp_path / "ledger" / "more.yaml").write_text(LEDGER, encoding="utf-8")
    assert "WES-01 is there 2 times" in Council(tmp_path, council.document).missing_and_surplus()


def test_a_provision_twice_in_one_file_is_refused(tmp_path):
    with pytest.raises(yaml.constructor.ConstructorError, match="WES-01"):
        westmarch(tmp_path, ledger=LEDGER.replace("  WES-02:", "  WES-01:"))
