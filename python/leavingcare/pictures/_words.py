"""Days and names as a person writes them."""

from __future__ import annotations

from datetime import date

MONTHS = "January February March April May June July August September October November December".split()


def day(value: date | None) -> str:
    """31 March 2024; nothing for no day."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def name(rule: str) -> str:
    """'former_relevant_child': former relevant child."""
    return rule.replace("_", " ")


def count(number: int, one: str, many: str) -> str:
    """1 person, 2 people."""
    return f"{number} {one if number == 1 else many}"


def nth(number: int) -> str:
    """1st, 2nd, 16th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def read(value: date | str | None, argument: str) -> date | None:
    """A day that a caller gave, as a date or as text YYYY-MM-DD."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{argument}: {value!r} is not a date; write it as YYYY-MM-DD") from None
