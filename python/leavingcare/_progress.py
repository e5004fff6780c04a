"""The bar of `progress=True`: tqdm's where it is installed, else a line on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable


def bar(total: int, of: str = "people") -> Callable[[int], None]:
    """Something to call with the number done so far of `total`, from any thread, one at a time. of: what is counted."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _plain(total, of)
    shown = tqdm(total=total, unit=f" {of}")

    def tell(done: int) -> None:
        shown.update(done - shown.n)
        if done >= total:
            shown.close()

    return tell


def teller(progress: bool | Callable[[int], object] | None, total: int, of: str) -> Callable[[int], object]:
    """What an argument `progress` asks for: a bar (True), the caller's own function, or nothing."""
    if progress is True:
        return bar(total, of)
    return progress if callable(progress) else lambda done: None


def _plain(total: int, of: str) -> Callable[[int], None]:
    last = -1

    def tell(done: int) -> None:
        nonlocal last
        percent = 100 * done // total if total else 100
        if percent == last:
            return
        last = percent
        sys.stderr.write(f"\r{done} of {total} {of} ({percent}%)" + ("\n" if done >= total else ""))
        sys.stderr.flush()

    return tell
