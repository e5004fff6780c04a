"""Days as small numbers, sets of days as the bits of one number, and the calendar as the guide words it.

Day 0 is 1 January 2006. A set of days is a Python integer: bit d is set if day d belongs to it. Only the days 0 to COUNT-1 are kept. What
is the same on all days before the first is shown by bit 0, what is the same on all days after the last by bit COUNT-1; so every birth,
record and figure must lie well inside. A day that is reckoned and comes near an edge raises Beyond: the case is then left out, and counted.
"""

import csv
import datetime
from functools import lru_cache
from pathlib import Path

FIRST = datetime.date(2006, 1, 1)
COUNT = (datetime.date(2030, 1, 1) - FIRST).days
ALL = (1 << COUNT) - 1
ALWAYS = -10**9  # before every day: where something began that has been so as long as anyone can say
NEVER = 10**9  # after every day: a day that does not come
MARGIN = 20


class Beyond(Exception):
    """The days kept are too few, or the figures too close, to be sure of the answer."""


def inside(day):
    if day not in (ALWAYS, NEVER) and not MARGIN <= day <= COUNT - MARGIN:
        raise Beyond("day")
    return day


def number_of(date):
    return (date - FIRST).days


def date_of(day):
    return FIRST + datetime.timedelta(days=day)


def parse(text):
    return number_of(datetime.date.fromisoformat(text))


def iso(day):
    return date_of(day).isoformat()


# --- periods ------------------------------------------------------------------


def period(text):
    """"13 weeks" as (13, "weeks"), "5 working days" as (5, "working days")."""
    count, unit = text.split(" ", 1)
    return int(count), unit if unit.endswith("s") else unit + "s"


def months_later(date, months):
    """The corresponding date, else the last day of that month."""
    total = date.year * 12 + date.month - 1 + months
    year, month = divmod(total, 12)
    month += 1
    for day in (date.day, 30, 29, 28):
        if day <= date.day:
            try:
                return datetime.date(year, month, day)
            except ValueError:
                pass
    raise AssertionError("every month has 28 days")


def shift(day, length, sign):
    """The day so long after (or, with sign -1, before) another. The two ends of time stay where they are."""
    count, unit = length
    if day in (ALWAYS, NEVER):
        return day
    if unit == "days":
        return day + sign * count
    if unit == "weeks":
        return day + sign * 7 * count
    if unit == "months":
        return number_of(months_later(date_of(day), sign * count))
    if unit == "years":
        return number_of(months_later(date_of(day), sign * 12 * count))
    assert unit == "working days" and sign == 1
    while count > 0:
        day += 1
        if is_working_day(day):
            count -= 1
    return day


@lru_cache(maxsize=300_000)
def after(day, length):
    return shift(day, length, 1)


@lru_cache(maxsize=300_000)
def before(day, length):
    return shift(day, length, -1)


_holidays = set()


def is_working_day(day):
    if not _holidays:
        path = Path(__file__).resolve().parent.parent / "deadlines" / "bank_holidays_england_wales.csv"
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                try:
                    _holidays.add(parse(row[0]))
                except ValueError:
                    pass
    return date_of(day).weekday() < 5 and day not in _holidays


def birthday(born, age, leap):
    """The day on which "16 years" or "15 years 9 months" is attained. `leap`: 1_march or 28_february."""
    if born in (ALWAYS, NEVER):
        return born
    words = age.split()
    months = 0
    for count, unit in zip(words[::2], words[1::2]):
        months += int(count) * (12 if unit.startswith("year") else 1)
    date = date_of(born)
    if (date.month, date.day) == (2, 29) and months % 12 == 0 and leap == "1_march":
        year = date.year + months // 12
        try:
            return number_of(datetime.date(year, 2, 29))
        except ValueError:
            return number_of(datetime.date(year, 3, 1))
    return number_of(months_later(date, months))


# --- sets of days ----------------------------------------------------------------


def span(start, until):
    """All days from `start` on and before `until`."""
    start, until = max(start, 0), min(until, COUNT)
    return ((1 << (until - start)) - 1) << start if until > start else 0


def runs(bits):
    """The unbroken runs as [(first day, first day after)], with the ends of time where a run touches an edge."""
    found, at = [], 0
    while bits:
        skip = (bits & -bits).bit_length() - 1
        bits >>= skip
        at += skip
        inverse = ~bits
        length = (inverse & -inverse).bit_length() - 1
        found.append((ALWAYS if at == 0 else at, NEVER if at + length >= COUNT else at + length))
        bits >>= length
        at += length
    return found


def from_runs(some):
    bits = 0
    for start, until in some:
        bits |= span(start, until)
    return bits


def has(bits, day):
    """Does it hold on that day? The edges stand for what lies beyond them; a day that never comes has nothing."""
    if day == NEVER:
        return False
    if day == ALWAYS:
        return bool(bits & 1)
    return bool(bits >> inside(day) & 1)


_DIGITS = bytes.maketrans(b"01", b"\0\1")
_LETTERS = bytes.maketrans(b"\0\1", b"01")


def cells(bits):
    """One byte for each day, 0 or 1, the first day first."""
    return format(bits, f"0{COUNT}b")[::-1].encode().translate(_DIGITS)


def from_cells(some):
    return int(bytes(some[::-1]).translate(_LETTERS), 2)
