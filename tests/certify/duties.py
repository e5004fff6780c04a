"""What becomes of a duty, from the guide's chapter "Duties".

Covered: all six ways of arising; steps and their time limits; intervals and their alternatives; versions that differ in both; the three
done_counts; only_if, owed_while, waived_when; a law that begins while something is under way. Left out: versions with days between them of
which there is none, `from_earlier` of more than one doing, only_if and owed_while of what was under way, a life begun anew; and two things on
which the guide is silent: what follows a step without a last day that was waived, and an interval that changes when nothing is owed any more.
"""

from days import ALL, ALWAYS, COUNT, NEVER, Beyond, after, has, inside, iso, parse, period, runs, span
from naive import versions_of
from shrink import closure, names_in


def first_day(bits, start):
    """The first day of a set on or after another; NEVER if there is none."""
    rest = bits >> max(start, 0) if start < COUNT else 0
    return max(start, 0) + (rest & -rest).bit_length() - 1 if rest else NEVER


def last_day_before(bits, end):
    rest = bits & span(ALWAYS, end)
    return rest.bit_length() - 1 if rest else None


def arisings(era, duty, law):
    """[(day it arose, day it is owed no longer, day it began: earlier, if it was under way when the law came)]."""
    (way, what), = duty["arises"].items()
    if way == "when":
        found = runs(era.condition(what))
    elif way == "on_each":
        bits = era.condition(what)
        if bits & 1:
            raise Beyond("a duty that arises on every day")
        found = [(day, NEVER) for start, until in runs(bits) for day in range(start, min(until, COUNT))]
    elif way == "at_end_of":
        found = [(until, NEVER) for _, until in runs(era.condition(what)) if until != NEVER]
    elif way in ("with_each", "after_each"):
        records = sorted((start, until) for start, until, _ in era.records(what))
        found = records if way == "with_each" else sorted((until, NEVER) for _, until in records if until != NEVER)
    else:
        day = era.day(what)
        found = [(day, NEVER)] if day not in (NEVER, ALWAYS) else []
        if day == ALWAYS:
            raise Beyond("a duty that arose as long ago as anyone can say")
    result = []
    for start, until in found:
        if start >= law:
            result.append((start, until, start))
        elif way in ("when", "with_each") and until > law:
            result.append((law, until, start))
    return result


def obligations(life, name, as_at):
    """The rows of one duty: dictionaries with the columns of obligations.csv."""
    versions = versions_of(life.rulebook.rules[name][1])
    if len(life.eras) > 1:
        raise Beyond("duties of a life begun anew")
    era = life.eras[0][1]
    duty = versions[0][0]  # the versions differ in their steps and intervals only
    law = parse(duty["in_force"]["from"])
    as_at = parse(as_at)
    seen = era.condition(duty["done_by"]) & span(ALWAYS, as_at + 1)
    rows = []
    before = None  # what discharged it the time before
    for arose, until, began in arisings(era, duty, law):
        end = min(until, life.death if life.rulebook.rules[name][1].get("continues_after_death") != "yes" else NEVER)
        if arose >= end:
            continue
        under_way = began < arose
        if under_way and ("only_if" in duty or "owed_while" in duty):
            raise Beyond("only_if or owed_while of what was under way")
        if "only_if" in duty and not has(era.condition(duty["only_if"]), arose):
            continue
        if "owed_while" in duty:
            owed = era.condition(duty["owed_while"])
            if not has(owed, arose):
                continue
            end = min(end, first_day(~owed & span(ALWAYS, COUNT), arose))
        if not under_way or "then_every" in duty:
            some, before = course(versions, era, arose, began, end, seen, as_at, before)
            rows += some
    return rows


def last_day_of(step, era, arose, clock, as_at):
    if "within" in step:
        return after(clock, length_on(era, step["within"], clock))
    if "by" in step:
        return max(era.day(step["by"]), arose)
    if "before_next" in step:
        known = span(ALWAYS, NEVER if rests_on_dates(era, step["before_next"]) else as_at + 1)
        following = next_day(era.condition(step["before_next"]) & known, clock)
        return following if following == NEVER else following - 1
    return clock if "on_the_day" in step else NEVER


def next_day(bits, clock):
    return first_day(bits, clock + 1)


def rests_on_dates(era, condition):
    """Whether it is known ahead on which days it holds: no record, other than of the birth, decides it."""
    source = era.rulebook.source
    named = names_in(condition, set(era.rulebook.rules))
    bodies = [era.rulebook.rules[name][1] for name in closure(source, named)]
    return not names_in([condition, *bodies], set(source["facts"]) - {source["subject"]["born"]})


def length_on(era, written, day):
    """A length of time; a parameter's is that of the day the clock started."""
    return next(period(length) for length, days in era.lengths(written) if days >> day & 1)


def row_of(number, arose, opens, due, suggested, end):
    def day(d):
        return "" if d is None or d == NEVER else iso(inside(d))
    return {"number": str(number), "arose": day(arose), "opens": day(opens), "due": day(due), "suggested": day(suggested), "done": "", "state": "",
            "days_late": "", "ended": day(end)}


def settle(row, due, end, done, as_at):
    if done is not None:
        row["done"] = iso(done)
        row["state"] = "met" if done <= due else "met late"
        late = done - due
    elif end <= due and end <= as_at:
        row["state"], late = "lapsed", 0
    elif as_at > due:
        row["state"], late = "overdue", min(as_at, end - 1) - due
    else:
        row["state"], late = "due", 0
    row["days_late"] = str(late) if late > 0 and row["state"] in ("met late", "overdue") else ""
    return row


def steps_on(versions, clock):
    """The steps of the version in force on the day the clock started."""
    steps = next((version.get("due", []) for version, days in versions if has(days, clock)), [])
    return steps if isinstance(steps, list) else [steps]


def alternatives(era, version, began):
    """[(interval, the days on which it applies, if none before it does)]."""
    every = version["then_every"]
    found = []
    for one in every if isinstance(every, list) else [{"every": every}]:
        applies = era.condition(one["while"]) if "while" in one else ALL
        if "for" in one:
            applies &= span(began, after(began, period(one["for"])))
        if "until" in one:
            applies &= span(ALWAYS, first_day(era.condition(one["until"]), began))
        found.append((period(one["every"]), applies))
    return found


def interval_ends(versions, era, clock, arose, began, end):
    """The first day on which the clock's start lies as far back as the interval of that day."""
    due = as_at_the_end = NEVER
    for version, left in versions:
        for every, applies in alternatives(era, version, began):
            mine, earliest = applies & left, max(arose, after(clock, every))
            due = min(due, first_day(mine, earliest))
            if end != NEVER:
                mine = (mine & span(ALWAYS, end)) | (span(end, NEVER) if has(mine, end - 1) else 0)
            as_at_the_end = min(as_at_the_end, first_day(mine, earliest))
            left &= ~applies
    if due != as_at_the_end:
        raise Beyond("an interval that changes when nothing is owed any more")
    return due


def excused(duty, era, due, opens, end, as_at):
    """The day on which it was waived, or None."""
    if "waived_when" not in duty:
        return None
    asked, over = (due, as_at > due) if due != NEVER else (opens, as_at >= opens)
    return asked if over and end > asked and has(era.condition(duty["waived_when"]), asked) else None


def course(versions, era, arose, began, end, seen, as_at, before):
    """The rows of one arising, and what discharged it."""
    duty = versions[0][0]
    counts = duty.get("done_counts", "from_the_day")
    clock, earliest, rows = arose, arose + (counts == "from_the_day_after"), []
    under_way = began < arose
    if under_way:
        last = last_day_before(seen, arose)
        clock = last if last is not None else arose
    while True:
        number = len(rows) + 1
        steps = [] if under_way else steps_on(versions, clock)
        opens, suggested, done = clock, None, None
        if number <= len(steps):
            step = steps[number - 1]
            opens = after(clock, length_on(era, step["opens_after"], clock)) if "opens_after" in step else clock
            due = last_day_of(step, era, arose, clock, as_at)
            suggested = after(opens, length_on(era, step["suggested"], opens)) if "suggested" in step else None
        elif "then_every" in duty:
            due = interval_ends(versions, era, clock, arose, began, end)
        else:
            return rows, before
        row = row_of(number, arose, opens if opens > clock else None, due, suggested, end)
        rows.append(row)
        if counts == "from_earlier":
            earlier = last_day_before(seen, arose + 1)
            if earlier is not None and (before is None or earlier > before):
                done = earlier
                if earlier < arose:
                    row["suggested"] = ""  # there was nothing left to aim at
        if done is None:
            first = first_day(seen, max(opens, earliest))
            done = first if first < end else None
        waived = None
        if done is None or done > due:
            if number <= len(steps) or due != NEVER:  # where no interval applies there is nothing to excuse
                waived = excused(duty, era, due, opens, end, as_at)
        before = done if done is not None else before
        if waived is not None:
            row["state"] = "waived"  # that is: not done; what was done later has nothing to discharge
            done = waived
        else:
            settle(row, due, end, done, as_at)
        if done is None:
            return rows, before
        clock, earliest = done, done + 1


FAR = "2029"
COMPARED = ("number", "arose", "opens", "due", "suggested", "done", "state", "days_late", "ended")


def text(row):
    return ", ".join(f"{k} {row[k]}" for k in COMPARED if row[k])


def differs(rows, expected, is_exact):
    """What is different, in words; None if nothing is. What arises towards the end of the days looked at is left alone: its end is out of sight."""
    rows = [row for row in rows if row["arose"] < FAR]
    expected = [row for row in expected if row["arose"] < FAR]
    if is_exact:
        for one, other in zip(rows, expected):
            if any(one[k] != other[k] for k in COMPARED):
                return f"the engine: {text(one)}; naively: {text(other)}"
        if len(rows) != len(expected):
            more = rows[len(expected):] or expected[len(rows):]
            return f"only {'the engine' if len(rows) > len(expected) else 'naively'}: {text(more[0])}"
        return None
    unknown = any(row["state"] == "unknown" for row in rows)
    for row in rows:  # what the engine is sure of; where it depends on something, `number` counts the doings that are known
        names = ("arose", "due", "state") if row["depends_on"] else ("number", "arose", "due", "state")
        if row["state"] != "unknown" and row["arose"] and not any(all(row[k] == other[k] for k in names if row[k]) for other in expected):
            return f"the engine is sure of: {text(row)}; naively there are: {' | '.join(map(text, expected)) or 'none'}"
    if not unknown:
        on_some_day = [row["number"] for row in rows if not row["arose"]]  # each of these speaks of one, whichever day it arose
        for other in expected:
            if any(all(row[k] == other[k] for k in ("number", "arose")) for row in rows):
                continue
            if other["number"] not in on_some_day:
                return f"the engine does not speak of: {text(other)}"
            on_some_day.remove(other["number"])
    return None
