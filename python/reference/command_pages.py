"""What the command prints about itself, for the reference: the operators of the rule language, and the problem codes."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Operator:
    """An operator, what it gives (condition, day, number, ...) and its keys: (name, optional, what it says)."""

    name: str
    gives: str
    says: str
    keys: list[tuple[str, bool, str]] = field(default_factory=list)


def operators(command: Path) -> list[Operator]:
    """As `leavingcare list --operators` prints them. Raises ValueError for a line that is not understood."""
    made: list[Operator] = []
    for line in _said(command, "list", "--operators").splitlines():
        if own := re.fullmatch(r"(\w+) -> ([\w ]+): (.*)", line):
            made.append(Operator(*own.groups()))
        elif (key := re.fullmatch(r"    (\w+)( \(optional\))?: (.*)", line)) and made:
            made[-1].keys.append((key[1], key[2] is not None, key[3]))
        elif line.strip():
            raise ValueError(f"list --operators: a line is not understood: {line}")
    return made


def codes(command: Path) -> list[tuple[str, str, str]]:
    """As `leavingcare check --codes` prints them: code, title, what it means. Raises ValueError likewise."""
    made: list[tuple[str, str, str]] = []
    for line in _said(command, "check", "--codes").splitlines():
        if own := re.fullmatch(r"([A-Z]\d+)  (.*)", line):
            made.append((own[1], own[2], ""))
        elif line.startswith("      ") and made:
            code, title, says = made[-1]
            made[-1] = (code, title, f"{says} {line.strip()}".strip())
        elif line.strip():
            raise ValueError(f"check --codes: a line is not understood: {line}")
    return made


def _said(command: Path, *arguments: str) -> str:
    return subprocess.run([command, *arguments], check=True, capture_output=True, text=True).stdout
