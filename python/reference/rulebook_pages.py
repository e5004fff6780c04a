"""A rulebook's files as sections for the reference: what each declares, in the order in which it is written.

The files are read here once more, as text, for what the loaded rulebook does not keep: in which file a rule stands, and how it
is written. That they are sound has been checked before, by loading the rulebook.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KINDS = {
    "statuses": "status",
    "entitlements": "entitlement",
    "definitions": "definition",
    "limits": "limit",
    "duties": "duty",
}
"""The keys of a file under which rules stand, and what one of them is called."""

VERSION_KEYS = ("in_force", "cite", "note", "when", "is", "amount")


@dataclass
class Version:
    """A rule as it is, or was, on the days of `in_force`."""

    in_force: str
    cite: list[str]
    note: str


@dataclass
class Rule:
    """A rule as the reference shows it; `source` is its YAML."""

    name: str
    kind: str
    summary: str
    unit: str
    note: str
    versions: list[Version]
    source: str


@dataclass
class Section:
    """One file of a rulebook."""

    name: str
    says: str  # the remark at the top of the file
    rules: list[Rule] = field(default_factory=list)
    other: dict[str, Any] = field(default_factory=dict)


def sections(folder: Path) -> list[Section]:
    """A section for each file of the folder: those with statuses first, then entitlements, and duties last."""
    return sorted((_section(file) for file in folder.glob("*.yaml")), key=lambda section: (_place(section), section.name))


def _place(section: Section) -> int:
    order = list(KINDS.values())
    kinds = [order.index(rule.kind) for rule in section.rules if rule.kind != "definition"]
    return min(kinds, default=order.index("definition"))


def citations(cite: Any) -> list[str]:
    """'Children Act 1989 s.23A(2)', 'Leaving care policy, lines 12-15'."""
    every = cite if isinstance(cite, list) else [cite] if cite else []
    return [
        f"{one['instrument']} {one['provision']}" if "instrument" in one else f"{one['document']}, lines {one.get('lines', '')}"
        for one in every
    ]


def _section(file: Path) -> Section:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    remarks = []
    for line in lines:
        if not line.startswith("#"):
            break
        remarks.append(line.lstrip("# ").rstrip())
    loaded = yaml.load(text, yaml.BaseLoader)  # every scalar as text: no date and no "no" is taken for something else
    made = Section(file.stem, " ".join(remarks))
    made.other = {key: value for key, value in loaded.items() if key not in KINDS}
    for key, node in yaml.compose(text, yaml.BaseLoader).value:
        if key.value in KINDS:
            made.rules += [
                _rule(name.value, KINDS[key.value], loaded[key.value][name.value], _source(lines, name, body))
                for name, body in node.value
            ]
    made.rules.sort(key=lambda rule: rule.kind == "definition")  # what is decided first, then the steps on the way
    return made


def _source(lines: list[str], name: Any, body: Any) -> str:
    last = body.end_mark.line + (1 if body.end_mark.column > name.start_mark.column else 0)
    own = lines[name.start_mark.line : max(last, name.start_mark.line + 1)]
    return "\n".join(line[name.start_mark.column :] for line in own).rstrip()


def _rule(name: str, kind: str, declared: dict[str, Any], source: str) -> Rule:
    versions = declared.get("versions") or [{key: declared[key] for key in VERSION_KEYS if key in declared}]
    own_note = declared.get("note", "") if "versions" in declared or len(versions) == 1 else ""
    return Rule(
        name,
        kind,
        declared.get("summary", ""),
        declared.get("unit", ""),
        own_note,
        [
            Version(
                _in_force(version.get("in_force", declared.get("in_force"))),
                citations(version.get("cite", declared.get("cite"))),
                version.get("note", "") if "versions" in declared else "",
            )
            for version in versions
        ],
        source,
    )


def _in_force(days: dict[str, str] | None) -> str:
    if not days:
        return "on all days"
    if "enacted" in days:
        return f"enacted on {days['enacted']}, not in force"
    words = []
    if "from" in days:
        words.append(f"from {days['from']}")
    if "until" in days:
        words.append(f"until {days['until']} (not included)")
    return " ".join(words)
