"""What becomes of a duty, from the guide's chapter "Duties", for the shapes that stay simple.

Covered: all six ways of arising; one step, and a cycle of one interval with or without a first step; within, by, on_the_day, no last day,
opens_after, suggested; the three done_counts; only_if, owed_while, waived_when of a duty with one step; a law that begins while something is
under way. Left out, because done naively they would be as long as the engine: several steps, alternatives of an interval, before_next,
versions, waivers of a cycle, `from_earlier` in a cycle, a life begun anew. The deadlines of England's duties are checked in ../deadlines.
"""

from days import ALWAYS, COUNT, NEVER, Beyond, after, has, inside, iso, parse, period, runs, span
from naive import versions_of


def first_day(bits, start):
    """The first day of a set on or after another; NEVER if there is none."""
    rest = bits >> max(start, 0) if start < COUNT else 0
    return max(start, 0) + (rest & -rest).bit_length() - 1 if rest else NEVER


def last_day_before(bits, end):
    rest = bits & span(ALWAYS, end)
    return rest.bit_length() - 1 if rest else None


def arisings(life, era, duty, law):
    """[(day it arose, day it is owed no longer, was it under way when the law began)]."""
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
            result.append((start, until, False))
        elif way in ("when", "with_each") and until > law:
            result.append((law, until, True))
    return result


def obligations(life, name, as_at):
    """The rows of one duty: dictionaries with the columns of obligations.csv."""
    duty = life.rulebook.rules[name][1]
    if len(life.eras) > 1:
        raise Beyond("duties of a life begun anew")
    era = life.eras[0][1]
    law = parse(duty["in_force"]["from"])
    as_at = parse(as_at)
    done_days = era.condition(duty["done_by"])
    seen = done_days & span(ALWAYS, as_at + 1)
    rows = []
    before = None  # what discharged it the time before
    for arose, until, under_way in arisings(life, era, duty, law):
        end = min(until, life.death if duty.get("continues_after_death") != "yes" else NEVER)
        if arose >= end:
            continue
        if under_way and ("only_if" in duty or "owed_while" in duty):
            raise Beyond("only_if or owed_while of what was under way")
        if "only_if" in duty and not has(era.condition(duty["only_if"]), arose):
            continue
        if "owed_while" in duty:
            owed = era.condition(duty["owed_while"])
            if not has(owed, arose):
                continue
            end = min(end, first_day(~owed & span(ALWAYS, COUNT), arose))
        if "then_every" in duty:
            rows += cycle(duty, era, arose, end, under_way, seen, as_at)
        elif not under_way:
            row, before = single(duty, era, arose, end, seen, as_at, before)
            rows.append(row)
    return rows


def last_day_of(step, era, clock):
    if "within" in step:
        return after(clock, length_on(era, step["within"], clock))
    if "by" in step:
        return max(era.day(step["by"]), clock)
    return clock if "on_the_day" in step else NEVER


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


def single(duty, era, arose, end, seen, as_at, before):
    step = duty.get("due", {})
    opens = after(arose, length_on(era, step["opens_after"], arose)) if "opens_after" in step else arose
    due = last_day_of(step, era, arose)
    suggested = after(opens, length_on(era, step["suggested"], opens)) if "suggested" in step else None
    row = row_of(1, arose, opens if opens > arose else None, due, suggested, end)
    counts = duty.get("done_counts", "from_the_day")
    done = None
    if counts == "from_earlier":
        if not isinstance(duty["done_by"], dict) or "event" not in duty["done_by"]:
            raise Beyond("from_earlier of what is done by no event")
        earlier = last_day_before(seen, arose + 1)
        if earlier is not None and (before is None or earlier > before):
            done = earlier
            if earlier < arose:
                row["suggested"] = ""  # there was nothing left to aim at
    if done is None:
        first = first_day(seen, max(opens, arose + (counts == "from_the_day_after")))
        done = first if first < end and first != NEVER else None
    if "waived_when" in duty and not (done is not None and done <= due) and not (end <= due and end != NEVER):
        asked = due if due != NEVER else opens
        if has(era.condition(duty["waived_when"]), asked) and (as_at > due or (due == NEVER and as_at >= opens)):
            row["state"] = "waived"  # that is: not done; what was done later has nothing to discharge
            return row, done if done is not None else before
    return settle(row, due, end, done, as_at), done if done is not None else before


def cycle(duty, era, arose, end, under_way, seen, as_at):
    every = period(duty["then_every"])
    step = duty.get("due") if not under_way else None
    clock, number, rows = arose, 0, []
    earliest = arose + (duty.get("done_counts") == "from_the_day_after")
    if under_way:
        last = last_day_before(seen, arose)
        clock = last if last is not None else arose
    while True:
        number += 1
        due = max(last_day_of(step, era, clock) if step else after(clock, every), arose)  # nothing is due before it arose
        step = None
        done = first_day(seen, earliest)
        done = done if done < end and done != NEVER else None
        rows.append(settle(row_of(number, arose, None, due, None, end), due, end, done, as_at))
        if done is None:
            return rows
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
        for other in expected:
            if not any(all(row[k] == other[k] for k in ("number", "arose")) for row in rows):
                return f"the engine does not speak of: {text(other)}"
    return None
