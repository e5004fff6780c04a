"""The package by itself: what importing it brings along, and whether its stub tells the truth."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import leavingcare as lc
import pytest
from leavingcare import _core

ROOT = Path(__file__).resolve().parents[2]
STUB = ast.parse((Path(lc.__file__).parent / "_core.pyi").read_text(encoding="utf-8"))


def in_a_fresh_python(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_and_evaluating_brings_in_no_data_frame_library():
    program = (
        "import sys, leavingcare as lc\n"
        "result = lc.load('england').evaluate(lc.read_ssda903(lc.sample_returns()))\n"
        "result.statuses.to_dicts(), result.on('2024-03-31')._repr_html_()\n"
        "print([name for name in ('pandas', 'polars', 'pyarrow', 'numpy', 'tqdm') if name in sys.modules])"
    )
    assert in_a_fresh_python(program) == "[]"


def test_it_works_where_no_data_frame_library_is_installed():
    program = (
        "import sys\n"
        "for name in ('pandas', 'polars', 'pyarrow', 'numpy', 'tqdm'): sys.modules[name] = None\n"
        "import leavingcare as lc\n"
        "people = lc.people({'date_of_birth': {'person': [1], 'value': ['04/05/2006']}})\n"
        "statuses = lc.load('england').evaluate(people, progress=True).statuses\n"
        "print(statuses.to_native()['person'][:1])\n"
        "for method in ('to_pandas', 'to_polars', 'to_arrow'):\n"
        "    try: getattr(statuses, method)()\n"
        "    except ModuleNotFoundError as error: print(error.name)"
    )
    assert in_a_fresh_python(program).split() == ["[1]", "pandas", "polars", "pyarrow"]


def test_every_public_name_has_a_docstring():
    for name in lc.__all__:
        assert inspect.getdoc(getattr(lc, name)), name


def test_every_member_of_the_classes_has_a_docstring():
    for kind in (lc.Rulebook, lc.People, lc.Result, lc.Table, lc.Explanation):
        for name, member in vars(kind).items():
            if callable(member) and name.startswith("_") and not name.startswith(("_repr", "__arrow", "__len")):
                continue
            if name not in ("__module__", "__doc__", "__static_attributes__", "__firstlineno__"):
                assert inspect.getdoc(member), f"{kind.__name__}.{name}"


def test_the_package_offers_what_it_lists():
    assert dir(lc) == sorted(lc.__all__)
    assert all(hasattr(lc, name) for name in lc.__all__)


# --- The stub --------------------------------------------------------------------------------------------------------

EVERY_CLASS_HAS = {"__init__", "__new__", "__module__", "__doc__", "__dict__", "__weakref__", "__qualname__"}


def stub_members(body: list[ast.stmt]) -> dict[str, ast.stmt]:
    return {one.name: one for one in body if isinstance(one, (ast.FunctionDef, ast.ClassDef))}


def parameters_of_stub(function: ast.FunctionDef) -> list[str]:
    return [one.arg for one in function.args.args + function.args.kwonlyargs if one.arg != "self"]


def parameters_of_module(function: object) -> list[str]:
    """pybind11 writes the signature into the first line of the docstring."""
    signature = function.__doc__.splitlines()[0]
    return [name for name in re.findall(r"[(,] (\w+)(?=:)|\((\w+)(?=:)", signature) for name in name if name and name != "self"]


@pytest.fixture(scope="module")
def mypy(tmp_path_factory):
    """Runs a module of mypy; what it complains of, or "". All in one folder: the second run finds what the first has read."""
    pytest.importorskip("mypy")
    folder = tmp_path_factory.mktemp("mypy")

    def run(module: str, *arguments: str, **files: str) -> str:
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, cwd=folder)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return run


CONFIG = ROOT / "pyproject.toml"


def test_mypy_finds_the_stub_and_the_module_alike(mypy, tmp_path):
    # Every class of pybind11 has a metaclass and an __init__ of pybind11's own.
    (tmp_path / "allowed").write_text(r"leavingcare\._core\.[A-Z]\w+(\.__init__)?", encoding="utf-8")
    assert mypy("mypy.stubtest", "leavingcare._core", f"--mypy-config-file={CONFIG}", f"--allowlist={tmp_path / 'allowed'}") == ""


# What an analyst writes, checked as strictly as mypy can.
A_PROGRAM = """
import datetime
import leavingcare as lc

book: lc.Rulebook = lc.load("england")
people: lc.People = lc.people({"date_of_birth": {"person": [1], "value": [datetime.date(2006, 5, 4)]}}, rulebook=book)
result: lc.Result = book.evaluate(people, as_at="2024-03-31", progress=True)
statuses: lc.Table = result.statuses
text: str = str(result.explain(1, "qualifying", on=datetime.date(2024, 3, 31)))
days: datetime.date | None = statuses.on
wrong: int = result.receipt_of_what_is_not_there
"""


def test_the_types_serve_whoever_uses_the_package(mypy):
    told = mypy("mypy", "--strict", "--no-error-summary", f"--config-file={CONFIG}", "analysis.py", analysis=A_PROGRAM)
    assert [line.partition(" error: ")[0] for line in told.splitlines()] == ["analysis.py:11:"], told


def test_the_package_itself_is_typed_strictly(mypy):
    assert mypy("mypy", "--strict", "--no-error-summary", f"--config-file={CONFIG}", "-p", "leavingcare") == ""


def test_the_stub_names_what_the_module_has():
    in_module = {name for name in vars(_core) if not name.startswith("__")}
    in_stub = set(stub_members(STUB.body))
    assert in_stub == in_module
    assert "__version__" in vars(_core)


def test_the_stub_names_what_the_classes_have():
    for name, declared in stub_members(STUB.body).items():
        if not isinstance(declared, ast.ClassDef) or issubclass(getattr(_core, name), Exception):
            continue
        in_module = {member for member in vars(getattr(_core, name)) if member not in EVERY_CLASS_HAS}
        in_module = {member for member in in_module if not member.startswith("_pybind11")}
        assert set(stub_members(declared.body)) == in_module, name


def test_the_stub_and_the_module_name_parameters_alike():
    for name, declared in stub_members(STUB.body).items():
        if isinstance(declared, ast.FunctionDef):
            assert parameters_of_stub(declared) == parameters_of_module(getattr(_core, name)), name
            continue
        for member, method in stub_members(declared.body).items():
            if isinstance(vars(getattr(_core, name))[member], property):
                assert method.decorator_list, f"{name}.{member} is a property"
            else:
                found = parameters_of_module(getattr(getattr(_core, name), member))
                assert parameters_of_stub(method) == [one for one in found if one != "arg0"], f"{name}.{member}"
