"""What the commands print about themselves, for the reference: the operators of the rule language, the problem codes, the options."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
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


def of_the_package() -> str:
    """What `python -m leavingcare` can do, as HTML: the help of each of its commands."""
    start = [sys.executable, "-m", "leavingcare"]
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}

    def help_of(*verb: str) -> str:
        return subprocess.run([*start, *verb, "--help"], check=True, capture_output=True, text=True, env=environment).stdout

    overview = help_of()
    verbs = re.search(r"\{([\w,]+)\}", overview)
    if not verbs:
        raise ValueError("python -m leavingcare --help: no commands are listed")
    parts = ["<h1>From the command line</h1>", f"<pre>{html.escape(overview)}</pre>"]
    for verb in verbs[1].split(","):
        parts.append(f'<h2 id="{verb}">{verb}</h2><pre>{html.escape(help_of(verb))}</pre>')
    return "\n".join(parts)


def _said(command: Path, *arguments: str) -> str:
    return subprocess.run([command, *arguments], check=True, capture_output=True, text=True).stdout
