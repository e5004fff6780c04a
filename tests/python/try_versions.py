"""Builds the wheel for each Python that is there, and runs the tests in fresh environments with the oldest and the newest libraries.

    python3 tests/python/try_versions.py [NAME ...]        (or `make test-python-versions`)

Each environment gets the wheel and nothing else of this folder, from a temporary folder. One whose Python is not there is told
and left out; exit 1 if a test fails, or if no Python was there.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTEST = ("pytest==9.2.0",)

# The lowest versions that pyproject.toml allows, and numpy as it was in their days.
OLDEST = ("pandas==1.5.3", "numpy==1.26.4", "polars==1.3.0", "pyarrow==15.0.0", "tqdm==4.40.0",
          "openpyxl==3.1.0", "matplotlib==3.8.0")  # fmt: skip
# Of what the tests of every day have, the libraries that the package works with, which run on all four Pythons.
PINNED = ("pandas==2.3.3", "numpy==2.2.6", "polars==2.0.0", "pyarrow==25.0.1", "tqdm==4.70.1", "openpyxl==3.1.5", "matplotlib==3.10.9")
# The newest ones on the day of writing; pandas 3 needs Python 3.11.
NEWEST = ("pandas==3.1.1", "numpy==2.4.6", "polars==2.1.0", "pyarrow==26.0.1", "tqdm==4.70.1", "openpyxl==3.1.5", "matplotlib==3.10.9")


@dataclass(frozen=True)
class Environment:
    name: str
    python: str
    packages: tuple[str, ...]


ENVIRONMENTS = (
    Environment("3.10-oldest", "3.10", OLDEST),
    Environment("3.10-pinned", "3.10", PINNED),
    Environment("3.11-oldest", "3.11", OLDEST),
    Environment("3.11-newest", "3.11", NEWEST),
    Environment("3.12-pinned", "3.12", PINNED),
    Environment("3.12-newest", "3.12", NEWEST),
    Environment("3.13-pinned", "3.13", PINNED),
    Environment("3.13-newest", "3.13", NEWEST),
)


def find_python(version: str) -> str | None:
    """A Python of that version that runs: on the path, or one of pyenv's."""
    pyenv = os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))
    places = [shutil.which(f"python{version}"), *sorted(glob.glob(f"{pyenv}/versions/{version}.*/bin/python3"))]
    for place in places:
        if place and subprocess.run([place, "-c", "import venv"], capture_output=True).returncode == 0:
            return place
    return None


def run(*command: str | Path, **options: object) -> None:
    subprocess.run([str(part) for part in command], check=True, **options)  # type: ignore[call-overload]


def build_wheel(python: str, version: str, work: Path) -> Path:
    """The wheel for one Python, built as `pip install .` builds it, but in a folder that stays: a second run is quick."""
    folder = work / f"wheel-{version}"
    stays = f"--config-settings=build-dir={ROOT}/build-python-{version}"
    run(python, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps", stays, "-w", folder, ROOT)
    return next(folder.glob("*.whl"))


def try_out(environment: Environment, python: str, wheel: Path, work: Path) -> bool:
    folder = work / environment.name
    run(python, "-m", "venv", folder)
    inside = folder / "bin" / "python"
    run(inside, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, *PYTEST, *environment.packages)
    tests = subprocess.run([str(inside), "-m", "pytest", "-q", "-p", "no:cacheprovider", str(ROOT / "tests" / "python")], cwd=work)
    shutil.rmtree(folder)
    return tests.returncode == 0


def main(names: list[str]) -> int:
    unknown = set(names) - {environment.name for environment in ENVIRONMENTS}
    if unknown:
        print(f"no such environment: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    told: dict[str, str] = {}
    wheels: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for environment in ENVIRONMENTS:
            if names and environment.name not in names:
                continue
            python = find_python(environment.python)
            if python is None:
                told[environment.name] = "left out: no such Python here"
                continue
            print(f"\n==> {environment.name}: {' '.join(environment.packages)}", flush=True)
            if environment.python not in wheels:
                print(f"building the wheel for Python {environment.python}", flush=True)
                wheels[environment.python] = build_wheel(python, environment.python, work)
            passed = try_out(environment, python, wheels[environment.python], work)
            told[environment.name] = "passed" if passed else "FAILED"
    print()
    for name, outcome in told.items():
        print(f"{name:12} {outcome}")
    return 0 if "passed" in told.values() and "FAILED" not in told.values() else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
