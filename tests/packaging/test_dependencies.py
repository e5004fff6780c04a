"""The README's table of what the project is built on names every dependency there is."""

import re
from pathlib import Path

import pytest

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]


def table():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.split("## What it is built on", 1)[1].lower()


def debian_packages():
    found = re.findall(r"^(?:SYSTEM|FUZZ)_PACKAGES := (.*?[^\\])$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M | re.S)
    return [name for line in found for name in line.replace("\\", " ").split()]


def required(file):
    """What a requirements file asks for itself; what those bring with them stands below a line that says so."""
    text = (ROOT / file).read_text(encoding="utf-8").split("# What those bring with them", 1)[0]
    return re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.M)


def in_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    optional = [one for some in project["project"]["optional-dependencies"].values() for one in some]
    return [re.match(r"[A-Za-z0-9_.-]+", one)[0] for one in project["build-system"]["requires"] + optional]


NAMES = sorted({*debian_packages(), *required("python/requirements-test.txt"), *required("bench/requirements.txt"), *in_pyproject()})


def test_the_lists_were_found():
    assert {"libyaml-cpp-dev", "clang", "pybind11", "duckdb", "tqdm"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_is_in_the_table(name):
    assert re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", table())
