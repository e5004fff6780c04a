"""The truth about a cohort, decided on each single day by itself, in plain Python.

It shares no code with any peer: birthdays are dates, care is a set of days, and each day is asked the four questions as the
job words them. Slow (about a millisecond a person) and short on purpose.
"""

from __future__ import annotations

from datetime import date, timedelta

from cohort import EPOCH, OPEN, STATUSES, Cohort


def birthday(born: date, age: int) -> date:
    """Somebody born on 29 February has the birthday of a common year on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def days_of(cohort: Cohort, person: int) -> dict[str, list[int]]:
    """For each status the days on which the person has it, in order."""
    born = EPOCH + timedelta(int(cohort.born[person]))
    at14, at16, at18, at21 = ((birthday(born, age) - EPOCH).days for age in (14, 16, 18, 21))
    looked_after, counts = set(), set()
    for e in range(cohort.offsets[person], cohort.offsets[person + 1]):
        last = min(int(cohort.until[e]), at21) if cohort.until[e] != OPEN else at21
        days = range(int(cohort.start[e]), last)
        looked_after.update(days)
        if not cohort.short_break[e]:
            counts.update(days)
    days_of_status: dict[str, list[int]] = {status: [] for status in STATUSES}
    counted = 0
    eligible_earlier = False
    looked_after_at_16_or_17_earlier = False
    for day in range(at14, at21):
        counted += day in counts
        is_16_or_17 = at16 <= day < at18
        is_18_to_20 = at18 <= day < at21
        eligible = is_16_or_17 and day in looked_after and counted >= 91
        if eligible:
            days_of_status["eligible"].append(day)
        if is_16_or_17 and day not in looked_after and eligible_earlier:
            days_of_status["relevant"].append(day)
        if is_18_to_20 and eligible_earlier:
            days_of_status["former_relevant"].append(day)
        if (is_16_or_17 or is_18_to_20) and day not in looked_after and looked_after_at_16_or_17_earlier and not eligible_earlier:
            days_of_status["qualifying"].append(day)
        eligible_earlier = eligible_earlier or eligible
        looked_after_at_16_or_17_earlier = looked_after_at_16_or_17_earlier or (is_16_or_17 and day in looked_after)
    return days_of_status


def timelines(cohort: Cohort) -> list[tuple[int, int, int, int]]:
    """All spans (person, status, from, until), as long as they can be, in order."""
    spans = []
    for person in range(cohort.people):
        for status, days in enumerate(days_of(cohort, person).values()):
            begin = None
            for i, day in enumerate(days):
                begin = day if begin is None else begin
                if i + 1 == len(days) or days[i + 1] != day + 1:
                    spans.append((person, status, begin, day + 1))
                    begin = None
    return spans
