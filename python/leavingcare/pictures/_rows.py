"""What pictures of a cohort have in common: a named row for each team, person or indicator, and a legend below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import _style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 60
"""More rows than that make no picture that can be read."""


def figure_of_rows(width: float, rows: float) -> Figure:
    """An empty figure with room for so many rows, a title and a legend; inches."""
    return _style.figure(width, 1.4 + 0.28 * max(2, rows))


def rows(axes: Any, title: str, names: Sequence[str], along: str, nothing: str) -> bool:
    """Names the rows of an axes from the top down, at 0, 1, 2, ...; False where there are none: then it says `nothing` instead.

    along: what the lower line counts, in whole numbers.
    """
    from matplotlib.ticker import MaxNLocator

    axes.set_title(title, loc="left", fontweight="bold")
    _style.bare(axes)
    if not names:
        axes.set_axis_off()
        axes.text(0, 0.5, nothing, transform=axes.transAxes)
        return False
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(along)
    return True


def legend(figure: Figure, handles: Sequence[Any]) -> None:
    """Below the picture; none where there is nothing to tell."""
    if handles:
        figure.legend(handles=list(handles), loc="outside lower center", ncol=min(len(handles), 4), frameon=False, fontsize=8)
