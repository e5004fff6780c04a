"""The installed package brings what it needs: it runs where no library of ours is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import leavingcare as lc
import pytest
from leavingcare import _core

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wheel bundles libraries on Linux only")

PACKAGE = Path(lc.__file__).parent
LIBS = PACKAGE / "libs"

# What a Python that runs at all has.
PART_OF_EVERY_LINUX = re.compile(r"(ld-linux[-\w]*|lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s))\.so(\.\d+)*")

USE = "import leavingcare as lc; print(len(lc.load('england').evaluate(lc.read_ssda903(lc.sample_returns())).statuses))"


def run(program: str, *before: str) -> str:
    """What a fresh Python prints, in which nothing tells where libraries are."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LD_", "PYTHON"))}
    done = subprocess.run([*before, sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def bundled() -> list[Path]:
    return sorted(file for file in LIBS.iterdir() if not file.name.endswith(".copyright"))


def test_each_library_is_in_the_package_with_its_licence():
    names = [file.name for file in bundled()]
    for library in ("libyaml-cpp", "libnettle", "libcsv"):
        assert any(name.startswith(f"{library}.so") for name in names), names
    if shutil.which("dpkg-query"):
        assert not [file for file in bundled() if not file.with_name(f"{file.name}.copyright").stat().st_size]
    assert not [file for file in bundled() if file.is_symlink()]


@pytest.mark.skipif(not shutil.which("readelf"), reason="no readelf")
def test_what_the_module_and_its_libraries_need_is_in_the_package_or_part_of_every_linux():
    there = {file.name for file in bundled()}
    for file in (Path(_core.__file__), *bundled()):
        told = subprocess.run(["readelf", "-d", str(file)], capture_output=True, text=True, check=True).stdout
        needed = re.findall(r"\(NEEDED\).*\[(.+)\]", told)
        assert needed, file
        assert not [name for name in needed if name not in there and not PART_OF_EVERY_LINUX.fullmatch(name)], file


def test_a_process_that_evaluates_maps_no_library_from_elsewhere():
    mapped = run(
        "import re, sys\n"
        "libraries = lambda: set(re.findall(r' (/\\S+[.]so\\S*)$', open('/proc/self/maps').read(), re.M))\n"
        "import json, hashlib, datetime, pathlib, zipfile\n"  # those of Python itself
        "before = libraries()\n"
        f"{USE}\n"
        "print(*sorted(libraries() - before), sep='\\n')"
    ).splitlines()[1:]
    assert any("libyaml-cpp" in file for file in mapped)
    elsewhere = [Path(file) for file in mapped if not Path(file).is_relative_to(PACKAGE.resolve())]
    of_python = [file for file in elsewhere if "lib-dynload" in file.parts]
    assert not [file for file in elsewhere if file not in of_python and not PART_OF_EVERY_LINUX.fullmatch(file.name)]


def test_it_runs_where_the_systems_copies_are_hidden(tmp_path):
    """In a mount namespace of its own, with an empty file over each of the system's copies."""
    hide = ["unshare", "--mount", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*hide, "true"], capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody make a mount namespace")
    nothing = tmp_path / "nothing"
    nothing.touch()
    names = [file.name for file in bundled()]
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    copies = {Path(path).resolve() for name, path in re.findall(r"^\s*(\S+) .* => (.+)$", known, re.M) if name in names}
    mounts = "".join(f"mount --bind '{nothing}' '{copy}' && " for copy in copies)
    hidden = (
        "import ctypes\n"
        f"for name in {names}:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: continue\n"
        "    raise SystemExit(name + ' is not hidden')\n"
    )
    within = [*hide, "sh", "-c", mounts + 'exec "$@"', "sh"]
    assert run(hidden + USE, *within) == run(USE)
