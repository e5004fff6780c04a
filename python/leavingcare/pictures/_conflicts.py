"""A cohort: what the council's system calls each care leaver against what the rules call them."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from .._maps import forms_map
from . import _style, _words
from ._picture import Picture
from ._rows import legend

if TYPE_CHECKING:
    from .._conflicts import Conflicts

LOOKS: dict[str, dict[str, Any]] = {
    "agrees": _style.YES,
    "differs": _style.LIMIT,
    "cannot tell": _style.UNKNOWN,
    "not understood": _style.DOUBTFUL,
    "not listed": _style.YES_PROJECTED,
    "no records": _style.NO_TARGET,
}
"""The findings, each with a pattern of its own."""


def conflicts(found: Conflicts) -> Picture:
    """The system's categories against the rules', as a Picture: a row for each that the system has, a column for each of ours.

    found: what `leavingcare.conflicts` gives.

    In each field stands how many people there are; its pattern tells what was found: filled where the two agree, dotted where
    they differ, hatched where the records do not settle it. Where people of one field fare differently, it is cut in parts. The table
    has the columns system, rules, finding, people.

    Raises ImportError without matplotlib.
    """
    counts = [
        (_words.name(row["recorded"]) or ("nothing" if row["finding"] == "not listed" else "not understood"),
         row["ours"] or ("nothing" if row["finding"] == "no records" else "no category"), row["finding"], row["people"])
        for row in found.counts.to_dicts()
    ]  # fmt: skip
    title = f"Categories of care leavers on {_words.day(found.on)}: the system and the rules"
    described = f"Of {found.compared} categories in the system the rules agree with {found.agree}. " + "; ".join(
        f"{_words.count(people, 'person', 'people')} whom the system calls {system} and the rules {ours}: {finding}"
        for system, ours, finding, people in counts
        if finding != "agrees"
    )  # fmt: skip
    # In the same order, so that those who agree lie on a diagonal.
    same = forms_map()["conflicts"]["same"]
    systems = _in_order([one[0] for one in counts], [*map(_words.name, same.values()), "none", "not understood", "nothing"])
    labels = _in_order([one[1] for one in counts], [*same, "no category", "unknown", "nothing"])
    with _style.style():
        figure = _style.figure(2.2 + 1.5 * max(2, len(labels)), 1.6 + 0.55 * max(2, len(systems)))
        _draw(figure, counts, systems, labels, title)
    return Picture(figure, title, described, ("system", "rules", "finding", "people"), counts)


def _in_order(names: list[str], order: list[str]) -> list[str]:
    """Each once; what is not in the order stands last."""
    return sorted(set(names), key=lambda name: (order.index(name) if name in order else len(order), name))


def _draw(figure: Any, counts: list[tuple[str, str, str, int]], systems: list[str], labels: list[str], title: str) -> None:
    from matplotlib.patches import Patch, Rectangle

    axes = figure.add_subplot()
    _style.bare(axes)
    fields: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for system, ours, finding, people in counts:
        fields.setdefault((system, ours), []).append((finding, people))
    for (system, ours), parts in fields.items():
        width = 0.92 / len(parts)
        for number, (finding, people) in enumerate(parts):
            left, low = labels.index(ours) - 0.46 + number * width, systems.index(system) - 0.42
            axes.add_patch(Rectangle((left, low), width, 0.84, **LOOKS[finding]))
            axes.text(left + width / 2, low + 0.42, str(people), ha="center", va="center", fontsize=10, fontweight="bold",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})  # fmt: skip
    axes.set_xlim(-0.5, max(len(labels), 1) - 0.5)
    axes.set_ylim(max(len(systems), 1) - 0.5, -0.5)
    axes.set_xticks(range(len(labels)), [fill(label, 16) for label in labels])
    axes.set_yticks(range(len(systems)), systems)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("the rules say")
    axes.xaxis.set_label_position("top")
    axes.set_ylabel("the system says")
    axes.set_title(title, loc="left", fontweight="bold", pad=12)
    legend(figure, [Patch(label=finding, **looks) for finding, looks in LOOKS.items() if any(one[2] == finding for one in counts)])
