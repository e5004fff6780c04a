"""How everything is drawn: few colours, each with a pattern or a shape of its own, so that grey paper is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#1a1a1a"
GREY = "#6b6b6b"
FAINT = "#d9d9d9"
TINT = "#f3f3f3"

RECORDED: dict[str, Any] = {"facecolor": "#4d4d4d", "edgecolor": INK, "linewidth": 0.6}
DOUBTFUL: dict[str, Any] = {"facecolor": "#ffffff", "edgecolor": "#4d4d4d", "linewidth": 0.6, "hatch": "xxxx"}
YES: dict[str, Any] = {"facecolor": "#2a6f97", "edgecolor": INK, "linewidth": 0.6}
YES_PROJECTED: dict[str, Any] = {"facecolor": "#cfe3ee", "edgecolor": "#2a6f97", "linewidth": 0.9, "linestyle": (0, (3, 2))}
UNKNOWN: dict[str, Any] = {"facecolor": "#ffffff", "edgecolor": GREY, "linewidth": 0.6, "hatch": "////"}
NO_TARGET: dict[str, Any] = {"facecolor": FAINT, "edgecolor": GREY, "linewidth": 0.6, "hatch": "----"}
LIMIT: dict[str, Any] = {"facecolor": "#9b2226", "edgecolor": INK, "linewidth": 0.6, "hatch": "...."}

MARKS: dict[str, dict[str, Any]] = {
    "met": {"marker": "o", "color": "#2a6f97", "markersize": 5},
    "met late": {"marker": "^", "color": "#2a6f97", "markersize": 6},
    "due": {"marker": "o", "color": INK, "markerfacecolor": "white", "markersize": 6},
    "due, no last day": {"marker": "D", "color": GREY, "markerfacecolor": "white", "markersize": 5},
    "overdue": {"marker": "X", "color": "#9b2226", "markersize": 7},
    "lapsed": {"marker": "|", "color": GREY, "markersize": 7, "markeredgewidth": 1.5},
    "waived": {"marker": "_", "color": GREY, "markersize": 7, "markeredgewidth": 1.5},
    "unknown": {"marker": "$?$", "color": GREY, "markersize": 6},
}
"""The states of obligations: no two have the same shape."""

SETTINGS: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "font.size": 9,
    "axes.edgecolor": GREY,
    "axes.titlesize": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
    "svg.fonttype": "none",  # text stays text, which can be searched and copied
    "svg.hashsalt": "leavingcare",  # the same drawing gives the same bytes
}


@contextmanager
def style() -> Iterator[None]:
    """Our settings, while a figure is made or written; the caller's own come back after."""
    try:
        import matplotlib
    except ImportError as missing:
        raise ImportError("pictures need matplotlib: pip install matplotlib") from missing
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        yield


def figure(width: float, height: float) -> Figure:
    """An empty figure, in inches, that belongs to no window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained", facecolor="white")


def bare(axes: Any) -> None:
    """Takes away the frame of an axes but for its lower line."""
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
