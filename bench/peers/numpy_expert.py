"""NumPy, as an expert writes it: whole columns, no loop over people, running sums taken across everybody and corrected at
each person's first episode.

Limits: one core; the episodes must be in order and may not overlap; every rule is woven into index arithmetic, so a change
of law is a rewrite, and nothing says why somebody is what they are.
"""

import numpy as np

FAR = np.int32(2**31 - 1)


def birthday(born, years):
    """Worked out once for each day on which anybody may be born, then looked up: births share days. Counting days on from the
    first of the month makes 29 February 1 March in a common year."""
    if len(born) == 0:
        return born
    earliest = born.min()
    days = np.arange(earliest, born.max() + 1).astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    birthdays = (month + 12 * years).astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    return birthdays.astype(np.int32)[born - earliest]


def first_of_each(person, day, chosen, people):
    """For each person the day of their first chosen episode, or FAR."""
    first = np.full(people, FAR)
    rows = np.flatnonzero(chosen)[::-1]  # the last assignment stays
    first[person[rows]] = day[rows]
    return first


def first_days(care):
    """For each person the birthdays that matter, the first day as eligible and the first day looked after at 16 or 17; for each
    episode from which day on it makes eligible (FAR: on none) and where it ends by the 18th birthday."""
    born, offsets, person, start, until, short_break = care
    at14, at16, at18, at21 = (birthday(born, years) for years in (14, 16, 18, 21))
    begin = np.maximum(start, at14[person])
    until18 = np.minimum(until, at18[person])
    days = np.maximum(until18 - begin, 0)
    days[short_break] = 0
    total = np.zeros(len(days) + 1, dtype=np.int64)
    np.cumsum(days, out=total[1:])
    before = (total[:-1] - total[offsets[:-1]][person]).astype(np.int32)
    from16 = np.maximum(start, at16[person])
    # From the 91st day on, in the episode that brings it and in every later one.
    reached = np.where(before < 91, begin + (90 - before), begin)
    eligible_from = np.where(before + days >= 91, np.maximum(from16, reached), FAR)
    first_eligible = first_of_each(person, eligible_from, eligible_from < until18, len(born))
    first_at_16 = first_of_each(person, from16, from16 < until18, len(born))
    return at16, at18, at21, first_eligible, first_at_16, eligible_from, until18


def timelines(care):
    """Columns person, status, from, until; status 0 to 3 in the order of the job."""
    born, offsets, person, start, until, short_break = care
    at16, at18, at21, first_eligible, first_at_16, eligible_from, until18 = first_days(care)

    eligible = np.flatnonzero(eligible_from < until18)
    p, begin, end = person[eligible], eligible_from[eligible], until18[eligible]
    touches = (p[1:] == p[:-1]) & (begin[1:] == end[:-1])
    starts = np.concatenate([[True], ~touches])[: len(p)]
    ends = np.concatenate([~touches, [True]])[: len(p)]
    spans = [(p[starts], 0, begin[starts], end[ends])]

    next_start = np.append(start[1:], FAR)
    next_start[offsets[1:][offsets[1:] > offsets[:-1]] - 1] = FAR  # after a person's last episode
    ever, earliest = first_eligible[person], first_at_16[person]
    for status, chosen, last in (1, until > ever, at18), (3, (until > earliest) & (until < ever), at21):
        gap = np.flatnonzero(chosen)
        p = person[gap]
        begin, end = until[gap], np.minimum(next_start[gap], last[p])
        real = begin < end
        spans.append((p[real], status, begin[real], end[real]))

    former = np.flatnonzero(first_eligible < FAR)
    spans.append((former, 2, at18[former], at21[former]))
    return (
        np.concatenate([s[0] for s in spans]),
        np.concatenate([np.full(len(s[0]), s[1], dtype=np.uint8) for s in spans]),
        np.concatenate([s[2] for s in spans]),
        np.concatenate([s[3] for s in spans]),
    )


def on(care, day):
    """For each status a flag for each person."""
    born, offsets, person, start, until, short_break = care
    at16, at18, at21, first_eligible, first_at_16, _, _ = first_days(care)
    looked_after = np.zeros(len(born), dtype=bool)
    looked_after[person[(start <= day) & (day < until)]] = True
    minor, adult = (at16 <= day) & (day < at18), (at18 <= day) & (day < at21)
    ever, at_16 = first_eligible < day, first_at_16 < day
    return (
        minor & looked_after & (first_eligible <= day),
        minor & ~looked_after & ever,
        adult & ever,
        (minor | adult) & ~looked_after & at_16 & ~ever,
    )


# --- What the bench needs to load and to read it ---

days_are_numbers = True


def prepare(cohort, threads):
    return cohort.born, cohort.offsets, cohort.person, cohort.start, cohort.until, cohort.short_break


def spans(found):
    return found


def flags(found):
    return found
