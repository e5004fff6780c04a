"""The bar of `evaluate(..., progress=True)`: tqdm's where it is installed, else a line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable


def bar(people: int) -> Callable[[int], None]:
    """Something to call with the number of people done so far, from any thread, one at a time."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _plain(people)
    shown = tqdm(total=people, unit=" people")

    def tell(done: int) -> None:
        shown.update(done - shown.n)
        if done >= people:
            shown.close()

    return tell


def _plain(people: int) -> Callable[[int], None]:
    last = -1

    def tell(done: int) -> None:
        nonlocal last
        percent = 100 * done // people if people else 100
        if percent == last:
            return
        last = percent
        sys.stderr.write(f"\r{done} of {people} people ({percent}%)" + ("\n" if done >= people else ""))
        sys.stderr.flush()

    return tell
