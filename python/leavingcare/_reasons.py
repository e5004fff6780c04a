"""The one sentence of an explanation that decides: for tables and reports, where the whole of it would not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._core import Explanation

_GROUPS = ("all of these", "at least one of these")

# Not strftime's: its names follow the locale.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def why(explanation: Explanation) -> str:
    """Why the answer is what it is on that day.

    yes: what made it so, and when. no: what ended it, if it ever held; else the total that falls short; else the test that fails. unknown: what
    would settle it.
    """
    told = explanation.to_dict()
    on = explanation.on.isoformat()
    if explanation.truth == "unknown":
        return "cannot be told; would be settled by " + _listed(explanation.settled_by or ["what is not recorded"])
    changes = [one for one in told["changes"] if one["on"] is not None and one["on"] <= on and one["to"] == explanation.truth]
    if changes and changes[-1]["because"]:
        return f"since {in_words(changes[-1]['on'])}: {_because(changes[-1]['because'])}"
    if explanation.truth == "yes":
        return str(told["reason"]["sentence"])
    return _what_fails(told["reason"])


def in_words(day: str | date) -> str:
    """'10 June 2024'."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _because(because: Any) -> str:
    return "; ".join(because) if isinstance(because, list) else str(because)


def _what_fails(reason: dict[str, Any]) -> str:
    failing = [part for part in reason["parts"] if part["truth"] == "no"]
    if not failing and reason["records"]:
        return "; ".join(reason["records"])  # what ends everything: death
    short = [one for one in _failing(reason) if one["detail"] and not one["detail"].startswith("none")]
    if short:
        # The same total may be asked for on several days; the one that comes nearest is what is missing.
        nearest = min(short, key=lambda one: _missing(one["detail"]))
        return f"not {nearest['sentence']}: {nearest['detail']}"
    while failing and failing[0]["sentence"] in _GROUPS:
        failing = [part for part in failing[0]["parts"] if part["truth"] == "no"] or failing[1:]
    return f"not {failing[0]['sentence']}" if failing else f"not: {reason['sentence']}"


def _missing(detail: str) -> int:
    """The last whole number of '90 of 91 days; 1 short'; a large one where there is none."""
    numbers = [int(word) for word in detail.replace(";", " ").split() if word.isdigit()]
    return numbers[-1] if numbers else 1 << 30


def _failing(reason: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The clauses that fail, from the top down; what stands under one that does not fail decides nothing."""
    yield reason
    for part in reason["parts"]:
        if part["truth"] == "no":
            yield from _failing(part)
