"""What the README shows runs as it stands, from the top down, as somebody would who tries it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def from_python() -> str:
    """The part of the README that is about Python."""
    return README.read_text(encoding="utf-8").partition("## From Python\n")[2].partition("\n## ")[0]


def test_the_python_of_the_readme_runs(tmp_path):
    pytest.importorskip("matplotlib")
    blocks = re.findall(r"```python\n(.*?)```", from_python(), re.DOTALL)
    assert len(blocks) == 4
    done = subprocess.run([sys.executable, "-c", "\n".join(blocks)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "1 May 2024" in done.stdout, "401084 becomes an eligible child then"
    assert {file.name for file in tmp_path.iterdir()} == {"months.svg", "indicators.svg", "conflicts.xlsx", "list 9.xlsx", "ssd_care_leavers.csv", "oc3.csv"}


def test_the_options_of_the_readme_exist():
    for line in re.findall(r"^    python -m leavingcare (.*)$", from_python(), re.MULTILINE):
        verb = line.split()[0]
        help_ = subprocess.run([sys.executable, "-m", "leavingcare", verb, "--help"], capture_output=True, text=True, check=True).stdout
        assert not [option for option in re.findall(r"--[a-z][-\w]*", line) if option not in help_], line
