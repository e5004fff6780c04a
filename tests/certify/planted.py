#!/usr/bin/env python3
"""Does the certificate notice a fault? Small mistakes, planted one at a time in the naive interpreter, must each lead to a difference.

    planted.py --command build/leavingcare [--seed 1] [--seconds 300] [--only WORDS]

Where the mistake stands makes no difference to whether lives and rulebooks reach it, and in the interpreter it needs no compiler. Each is a
mistake that somebody makes: a day too many, a bound taken in or left out, the calendar forgotten. The engine answers each case once; then the
faults that have not been noticed yet are planted in turn. Exit 1 if one is not noticed in the time given.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import checks
import days
import duties
import indicators
import naive
from certify import new_case
from days import ALL, ALWAYS, NEVER, from_runs, has, runs, span
from engine import Program
from naive import Era
from rulebooks import read_table
from shrink import names_in


def later(count):
    """A function that gives a day so many days later than the true one."""
    return lambda true: lambda *about: shifted(true(*about), count)


def shifted(day, count):
    return day if day in (ALWAYS, NEVER) else day + count


def swapped(words):
    """compared(), with one comparison taken for another."""
    return lambda true: lambda how, one, other: true(words.get(how, how), one, other)


def operand(change):
    """An operator that gets another value than it was given: change(era, about)."""
    return lambda true: lambda era, about: true(era, change(about))


def answer(change):
    """An operator of which the answer is changed: change(days)."""
    return lambda true: lambda era, about: change(true(era, about))


def longer_runs(count):
    return answer(lambda bits: from_runs((a, shifted(b, count)) for a, b in runs(bits)))


def without(key):
    return operand(lambda about: {k: v for k, v in about.items() if k != key} if isinstance(about, dict) else about)


def renamed(key, other):
    return operand(lambda about: {other if k == key else k: v for k, v in about.items()})


def at_most_excluded(true):
    def wrong(era, about):
        if "at_most" not in about:
            return true(era, about)
        some = runs(era.condition(about["of"]))
        return era.over(about["at_most"], lambda p: from_runs((a, b) for a, b in some if a != ALWAYS and b != NEVER and b < days.after(a, p)))
    return wrong


def end_included(true):
    """run_containing, with a run's end taken as one of its days."""
    def wrong(era, about):
        day = era.day(about["day"])
        return 0 if day == NEVER else from_runs((a, b) for a, b in runs(era.condition(about["of"])) if a <= day <= b)
    return wrong


def stop_forgotten_on_the_day(true):
    """between, where a day of both is on."""
    return lambda era, about: true(era, about) | (era.condition(about["start"]) & era.condition(about["end"]))


def months_of_thirty_days(true):
    return lambda day, length: true(day, (30 * length[0], "days") if length[1] == "months" else length)


def other_leap_birthday(true):
    return lambda born, age, leap: true(born, age, "28_february" if leap == "1_march" else "1_march")


def each_once(true):
    """Records that overlap, counted once."""
    return lambda era, some: [min(value, 1) for value in true(era, some)]


def negation_forgotten(true):
    return lambda era, fields, where: true(era, fields, {k: v["not"] if isinstance(v, dict) and "not" in v else v for k, v in (where or {}).items()})


def late_on_the_last_day(true):
    def wrong(row, due, end, done, as_at):
        row = true(row, due, end, done, as_at)
        if done is not None and done == due:
            row["state"] = "met late"
        return row
    return wrong


def counted_after_death(true):
    def wrong(life, *about):
        death, life.death = life.death, NEVER
        try:
            return true(life, *about)
        finally:
            life.death = death
    return wrong


def each_on_a_day_of_its_own(true):
    """on_any_day, with `those` on any day of the period, whether or not the person is counted on it."""
    def wrong(life, name, version, start, until):
        cases = true(life, name, version, start, until)
        if version.get("counted") != "on_any_day" or "those" not in version:
            return cases
        return [bool(life.condition(version["those"]) & span(start, until))] if cases else []
    return wrong


def other_periods(one_after_another=False, by_the_last_day=False):
    """Each period from the end of the one before (after 28 February, months begin on the 28th); a period of the version of its last day."""
    def wrong(rule, since, as_at):
        found = []
        for version, force in naive.versions_of(rule):
            (count, unit), begins = days.period(version["periods"]["every"]), days.parse(version["periods"]["from"])
            start, number = begins, 0
            while start <= days.parse(as_at):
                number += 1
                until = days.after(start, (count, unit)) if one_after_another else days.after(begins, (count * number, unit))
                if start >= days.parse(since) and until <= days.parse(as_at) + 1 and has(force, until - 1 if by_the_last_day else start):
                    found.append((version, start, until))
                start = until
        return sorted(found, key=lambda one: one[1])
    return lambda true: wrong


def from_another_clock(true):
    """Steps of which each is counted from the day that the duty arose."""
    def wrong(versions, era, arose, *rest):
        def on(step, era, arose, clock, as_at, last_day_of=duties.last_day_of):
            return last_day_of(step, era, arose, arose, as_at)
        kept, duties.last_day_of = duties.last_day_of, on
        try:
            return true(versions, era, arose, *rest)
        finally:
            duties.last_day_of = kept
    return wrong


def without_in_intervals(key):
    """An alternative of an interval that forgets a bound."""
    def wrong(true):
        def alternatives(era, version, began):
            every = version["then_every"]
            some = [{k: v for k, v in one.items() if k != key} for one in every] if isinstance(every, list) else every
            return true(era, {**version, "then_every": some}, began)
        return alternatives
    return wrong


# (what is wrong, where it is planted, the name there, the wrong version made from the true one, what a rulebook must hold to be worth trying)
FAULTS = [
    ("someone born on 29 February has birthdays on the other day", naive, "birthday", other_leap_birthday, {"age", "birthday"}),
    ("birthdays are a day late", naive, "birthday", later(1), {"age", "birthday"}),
    ("a month is thirty days", naive, "after", months_of_thirty_days, {"after", "lasting", "total", "events", "sum_of"}),
    ("a record's last day counts", Era, "is_during", longer_runs(1), {"during"}),
    ("running_on is forgotten", Era, "is_during", without("running_on"), {"running_on"}),
    ("the_day_before_it_began is forgotten", Era, "is_during", without("the_day_before_it_began"), {"the_day_before_it_began"}),
    ("`not` of a field is forgotten", Era, "fits", negation_forgotten, {"not"}),
    ("more_than lets the figure itself in", naive, "compared", swapped({"more_than": "at_least"}), {"more_than"}),
    ("at_most leaves the figure itself out", naive, "compared", swapped({"at_most": "less_than"}), {"at_most"}),
    ("from begins a day late", Era, "is_from", answer(lambda bits: bits & (bits << 1)), {"from"}),
    ("until counts the day itself", Era, "is_until", longer_runs(1), {"until"}),
    ("an age's upper bound is counted in", Era, "is_age", longer_runs(1), {"age"}),
    ("earlier counts the day itself", Era, "is_earlier", lambda true: Era.is_ever, {"earlier"}),
    ("ever counts from the day after", Era, "is_ever", lambda true: Era.is_earlier, {"ever"}),
    ("held_on looks at the day before", Era, "is_held_on",
     lambda true: lambda era, about: ALL if has(era.condition(about["condition"]), shifted(era.day(about["day"]), -1)) else 0, {"held_on"}),
    ("completes is taken as passes", Era, "is_lasting", renamed("completes", "passes"), {"completes"}),
    ("passes is taken as completes", Era, "is_lasting", renamed("passes", "completes"), {"passes"}),
    ("a run of at_most a length must be shorter", Era, "is_lasting", at_most_excluded, {"lasting"}),
    ("reaches is taken as exceeds", Era, "is_total", renamed("reaches", "exceeds"), {"reaches"}),
    ("exceeds is taken as reaches", Era, "is_total", renamed("exceeds", "reaches"), {"exceeds"}),
    ("days before `since` are counted", Era, "is_total",
     lambda true: lambda era, about: true(era, {**about, "since": "2009-01-01"} if "since" in about else about), {"since"}),
    ("a window is a day longer", Era, "window", lambda true: lambda era, counted, needed, length: true(era, counted, needed, (length[0] + 1, "days") if length[1] == "days" else (7 * length[0] + 1, "days") if length[1] == "weeks" else length), {"within"}),
    ("a year's days are counted through", Era, "totals",
     lambda true: lambda era, about, *rest: true(era, {k: v for k, v in about.items() if k != "in_years_from"}, *rest), {"in_years_from"}),
    ("a day that begins and ends it is a day on", Era, "is_between", stop_forgotten_on_the_day, {"between"}),
    ("a gap of just the length is filled", Era, "is_bridging",
     lambda true: lambda era, about: true(era, {**about, "gaps_under": f"{period_days(era, about) + 1} days"}), {"bridging"}),
    ("the day after a run is in it", Era, "is_run_containing", end_included, {"run_containing"}),
    ("from_each forgets the limit of its events", Era, "is_from_each", without("event_before"), {"event_before"}),
    ("first_end is the last day", Era, "reckoned",
     lambda true: lambda era, e: shifted(true(era, e), -1) if isinstance(e, dict) and "first_end" in e else true(era, e), {"first_end"}),
    ("the earliest of days is the latest", Era, "reckoned",
     lambda true: lambda era, e: true(era, {"latest": e["earliest"]}) if isinstance(e, dict) and "earliest" in e else true(era, e), {"earliest"}),
    ("records that overlap are counted once", Era, "heaped", each_once, {"count", "events"}),
    ("an event counts on the day its window is over", Era, "windows",
     lambda true: lambda era, within, some: true(era, within, [(value, day + 1) for value, day in some]), {"events"}),
    ("the least of numbers is the greatest", Era, "number_least", lambda true: Era.number_greatest, {"least"}),
    ("what was before a fresh start still counts", naive.Life, "forgotten", lambda true: lambda life, name, start: life.facts[name], {"begins_anew"}),
    ("the day of death still counts", naive.Life, "living",
     lambda true: lambda life, name: (lambda bits: bits if bits == ALL else span(ALWAYS, shifted(life.death, 1)))(true(life, name)), {"ends_with"}),
    ("a time limit ends a day early", duties, "last_day_of", later(-1), {"due"}),
    ("what is done on the last day is late", duties, "settle", late_on_the_last_day, {"due", "then_every"}),
    ("what is done on the day it arose does not count", duties, "first_day",
     lambda true: lambda bits, start: true(bits, start + 1), {"duties"}),
    ("a later step is counted from the day the duty arose", duties, "course", from_another_clock, {"due"}),
    ("steps are those of the first version", duties, "steps_on",
     lambda true: lambda versions, clock: true([(versions[0][0], ALL)], clock), {"versions"}),
    ("an interval is that of the first version", duties, "interval_ends",
     lambda true: lambda versions, *rest: true([(versions[0][0], ALL)], *rest), {"then_every"}),
    ("the last alternative that applies is the interval", duties, "alternatives", lambda true: lambda *about: true(*about)[::-1], {"then_every"}),
    ("`for` of an interval is forgotten", duties, "alternatives", without_in_intervals("for"), {"for"}),
    ("`while` of an interval is forgotten", duties, "alternatives", without_in_intervals("while"), {"while"}),
    ("`until` of an interval is forgotten", duties, "alternatives", without_in_intervals("until"), {"then_every"}),
    ("before_next takes the day itself for the next", duties, "next_day", lambda true: lambda bits, clock: true(bits, clock - 1), {"before_next"}),
    ("what will be is known ahead", duties, "rests_on_dates", lambda true: lambda *about: True, {"before_next"}),
    ("what depends on dates alone is not known ahead", duties, "rests_on_dates", lambda true: lambda *about: False, {"before_next"}),
    ("nothing is waived", duties, "excused", lambda true: lambda *about: None, {"waived_when"}),
    ("a waiver looks at the day after the last", duties, "excused",
     lambda true: lambda duty, era, due, *rest: true(duty, era, shifted(due, 1), *rest), {"waived_when"}),
    ("an indicator looks at the day before the last", indicators, "cases_of",
     lambda true: lambda life, name, version, start, until: true(life, name, version, start, until - 1), {"among"}),
    ("who has died is counted", indicators, "cases_of", counted_after_death, {"ends_with"}),
    ("who is counted on one day and has it on another has it", indicators, "cases_of", each_on_a_day_of_its_own, {"on_any_day"}),
    ("periods begin where the one before ended", indicators, "periods_of", other_periods(one_after_another=True), {"periods"}),
    ("a period belongs to the version of its last day", indicators, "periods_of", other_periods(by_the_last_day=True), {"versions"}),
    ("of nobody, nought per cent have it", indicators, "share", lambda true: lambda part, whole: true(part, whole) or 0, {"those"}),
    ("a sum of nobody is nought", indicators, "summed", lambda true: lambda *about: true(*about) or 0, {"total"}),
    ("a target is met by the figure next to it", indicators, "compared", swapped({"at_least": "more_than", "at_most": "less_than"}), {"target"}),
    ("bank holidays are working days", days, "is_working_day", lambda true: lambda day: days.date_of(day).weekday() < 5, {"duties"}),
]


def period_days(era, about):
    count, unit = era.one_length(about["gaps_under"])
    return count * (7 if unit == "weeks" else 1)


@contextmanager
def planted(fault):
    """The fault is there inside the block. A name that is no longer there is an error: the fault would be no fault."""
    _, place, name, make, _ = fault
    true = getattr(place, name)
    setattr(place, name, make(true))
    days.after.cache_clear()
    days.before.cache_clear()
    try:
        yield
    finally:
        setattr(place, name, true)
        days.after.cache_clear()
        days.before.cache_clear()


class Remembering:
    """The program, asked once for each case."""

    def __init__(self, program):
        self.program = program
        self.answers = None
        self.rows = None

    def evaluate(self, *about):
        if self.answers is None:
            self.answers = self.program.evaluate(*about)
        return self.answers

    def indicators(self, *about):
        if self.rows is None:
            self.rows = self.program.indicators(*about)
        return self.rows


def notices(program, case, work, place):
    """True if the certificate finds a difference. A fault may also make the interpreter trip: then it is noticed as well."""
    check = checks.check_indicators if place is indicators else checks.check_truths
    rules = list(case["book"]["duties"]) if place is duties else None
    try:
        return bool(check(program, case, work, Counter(), rules=rules))
    except (AssertionError, ValueError, KeyError, OverflowError):
        return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--command", required=True, help="the program, e.g. build/leavingcare")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--only", default="", help="faults whose description holds these words")
    arguments = parser.parse_args()
    program = Program(arguments.command)
    table = read_table(program.operators())
    met = Counter()
    left = [fault for fault in FAULTS if arguments.only in fault[0]]
    tried = Counter()
    began, number = time.monotonic(), 0
    print(f"{len(left)} faults")
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / "work"
        while left and time.monotonic() - began < arguments.seconds:
            number += 1
            case = new_case(random.Random(f"planted {arguments.seed}/{number}"), table, met, (), arguments.people)
            remembered = Remembering(program)
            if notices(remembered, case, work, naive) or notices(remembered, case, work, indicators):
                print(f"case {number}: a difference before anything was planted; run certify.py", file=sys.stderr)
                return 1
            still = []
            for fault in left:
                noticed = False
                if names_in(case["book"], fault[4]) or fault[4] & set(case["book"]) or fault[4] & set(case["book"]["subject"]):
                    tried[fault[0]] += 1
                    with planted(fault):
                        noticed = notices(remembered, case, work, fault[1])
                if noticed:
                    print(f"  noticed in case {number}, the {tried[fault[0]]}. tried, after {time.monotonic() - began:3.0f} s: {fault[0]}", flush=True)
                else:
                    still.append(fault)
            left = still
    for fault in left:
        print(f"  NOT NOTICED in {tried[fault[0]]} cases: {fault[0]}")
    print(f"{number} cases, {time.monotonic() - began:.0f} s, {len(left)} faults not noticed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
