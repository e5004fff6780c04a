"""Where the rulebooks that come with the package are: the library is told for as long as it looks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

_VARIABLE = "LEAVINGCARE_RULES"
_lock = Lock()


def folder() -> Path:
    """The rulebooks: in the installed package, or in the tree that the package is part of."""
    package = Path(__file__).parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


@contextmanager
def search() -> Iterator[None]:
    """Within it the library searches the folders of LEAVINGCARE_RULES, and then the package's own."""
    with _lock:
        before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = f"{before}:{folder()}" if before else str(folder())
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before
