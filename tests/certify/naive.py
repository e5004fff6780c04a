"""The rule language once more, day by day, from the guide (rules/README.md) alone.

It knows no "unknown": it is given a life of which everything is known, a choice of each reading and a figure for each missing parameter, and
says of each day yes or no. It shares no code with the engine and its author had not read the engine's evaluator. Nothing is made fast but by
keeping a set of days as the bits of one number (days.py).

A rulebook is what its YAML says, as dictionaries, lists and words. A life is {fact: records}: for periods (start, until, fields), for events
(day, fields), for numbers (start, until, value), for the fact of the birth a day.
"""

from fractions import Fraction

from days import (ALL, ALWAYS, COUNT, NEVER, Beyond, after, before, birthday, cells, from_cells, from_runs, has, inside, parse, period, runs,
                  span)
import datetime

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def exact(text):
    value = Fraction(str(text))
    return value.numerator if value.denominator == 1 else value


def is_date(text):
    return len(text) == 10 and text[4] == text[7] == "-" and text[:4].isdigit()


def listed(value):
    return value if isinstance(value, list) else [value]


COMPARISONS = {
    "at_least": lambda a, b: a >= b,
    "more_than": lambda a, b: a > b,
    "at_most": lambda a, b: a <= b,
    "less_than": lambda a, b: a < b,
    "exactly": lambda a, b: a == b,
}


def six_places(number):
    """The nearest number of six decimal places; of two that are equally near, the one further from zero."""
    nearest = int(abs(number) * 10**6 + Fraction(1, 2))
    return Fraction(nearest if number >= 0 else -nearest, 10**6)


def compared(how, one, other):
    """Does the comparison hold? Where there is no number, none does."""
    if one is None or other is None:
        return False
    if one != other and abs(one - other) < Fraction(1, 10**5):
        raise Beyond("figures")  # the engine reckons with about sixteen digits
    return COMPARISONS[how](one, other)


def same_again(some, answer):
    """What `answer` says of the values of each day; not asked again while the values are the very same objects."""
    result, last, said = [], (), None
    for values in some:
        if len(last) != len(values) or any(a is not b for a, b in zip(values, last)):
            last, said = values, answer(values)
        result.append(said)
    return result


class Rulebook:
    """Where each name of a rulebook leads."""

    def __init__(self, source):
        self.source = source
        self.facts = source["facts"]
        self.parameters = source.get("parameters", {})
        self.readings = source.get("readings", {})
        self.rules = {}
        for kind in ("definitions", "statuses", "entitlements", "limits", "duties", "indicators"):
            for name, rule in source.get(kind, {}).items():
                self.rules[name] = (kind, rule)
        self.subject = source["subject"]

    def option(self, reading, chosen):
        return chosen.get(reading, self.readings[reading]["default"])


def versions_of(rule):
    """[(version, the days on which it is in force)]."""
    found = []
    for version in rule.get("versions", [rule]):
        force = version.get("in_force", {})
        if "enacted" in force or "proposed" in force or "in_progress" in force:
            continue
        start = parse(force["from"]) if "from" in force else ALWAYS
        until = parse(force["until"]) if "until" in force else NEVER
        found.append((version, span(inside(start), inside(until))))
    return found


class Life:
    """One person under one rulebook: the answer to each rule on each day."""

    def __init__(self, rulebook, facts, chosen=None, figures=None, doubts=None):
        self.rulebook = rulebook
        self.chosen = chosen or {}
        self.figures = figures or {}
        self.doubts = doubts or {}  # which days of a `doubtful` condition hold after all: {its text: days}
        facts = {name: self.as_read(name, records) for name, records in facts.items()}
        self.facts = facts
        subject = rulebook.subject
        self.death = NEVER
        if "ends_with" in subject:
            self.death = min((day for day, _ in facts[subject["ends_with"]]), default=NEVER)

        # From each event that begins the life anew, the days are decided as if the records before it had never been.
        starts = [ALWAYS]
        anew = subject.get("begins_anew")
        if anew and all(rulebook.option(r, self.chosen) == o for r, o in anew["under"].items()):
            starts += sorted({day for day, _ in facts[anew["with"]]})
        self.eras = []
        for at, start in enumerate(starts):
            until = starts[at + 1] if at + 1 < len(starts) else NEVER
            seen = dict(facts)
            if start != ALWAYS:
                for name in anew["forgets"]:
                    seen[name] = self.forgotten(name, start)
            self.eras.append((span(start, until), Era(self, seen)))

    def as_read(self, name, records):
        """Without records of no days, and without those that the reading denies."""
        declared = self.rulebook.facts[name]
        if declared["kind"] == "day":
            return records
        if declared["kind"] in ("periods", "numbers"):
            records = [r for r in records if r[0] < r[1]]
        for doubt in declared.get("doubtful", []):
            if "reading" in doubt and self.rulebook.option(doubt["reading"], self.chosen) == "as_denied":
                records = [r for r in records if r[-1].get(doubt["field"]) not in listed(doubt["is"])]
        return records

    def forgotten(self, name, start):
        kind = self.rulebook.facts[name]["kind"]
        if kind == "events":
            return [r for r in self.facts[name] if r[0] >= start]
        return [(max(r[0], start), r[1], *r[2:]) for r in self.facts[name] if r[1] > start]

    def rule(self, name):
        """The days on which a condition of that name holds."""
        bits = 0
        for days, era in self.eras:
            bits |= era.named(name) & days
        return bits & self.living(name)

    def living(self, name):
        """The days on which a rule can hold: all but definitions, and what continues after it, end with death."""
        kind, rule = self.rulebook.rules[name]
        return ALL if kind == "definitions" or rule.get("continues_after_death") == "yes" else span(ALWAYS, self.death)

    def number(self, expression):
        result = [None] * COUNT
        for days, era in self.eras:
            values = era.number(expression)
            if days == ALL:
                return values
            for start, until in runs(days):
                start, until = max(start, 0), min(until, COUNT)
                result[start:until] = values[start:until]
        return result

    def amount(self, name):
        """The amount on each day, or None where there is no number; nothing at all if the entitlement has no amount."""
        result = None
        for version, days in versions_of(self.rulebook.rules[name][1]):
            if "amount" in version:
                result = result or [None] * COUNT
                values = self.number(version["amount"])
                for start, until in runs(days):
                    start, until = max(start, 0), min(until, COUNT)
                    result[start:until] = values[start:until]
        return result

    def condition(self, expression):
        bits = 0
        for days, era in self.eras:
            bits |= era.condition(expression) & days
        return bits


class Era:
    """The rules over one set of facts."""

    def __init__(self, life, facts):
        self.life = life
        self.rulebook = life.rulebook
        self.facts = facts
        self.born = facts[life.rulebook.subject["born"]]
        self.leap = life.rulebook.option(life.rulebook.source["conventions"]["birthday_on_29_february"], life.chosen)
        self.known = {}

    # --- names, parameters ---------------------------------------------------------

    def named(self, name):
        """A rule that is a condition."""
        if name not in self.known:
            kind, rule = self.rulebook.rules[name]
            bits = 0
            for version, days in versions_of(rule):
                bits |= self.condition(version["when"]) & days
            self.known[name] = bits  # what a rule names of another is its condition alone, which does not end with death
        return self.known[name]

    def values(self, name):
        """A parameter: [(figure, the days for which it is the figure)]."""
        if name in self.life.figures:
            return [(self.life.figures[name], ALL)]
        parameter = self.rulebook.parameters[name]
        assert parameter["values"] != "missing"
        return [(v["value"], span(parse(v["from"]) if "from" in v else ALWAYS, parse(v["until"]) if "until" in v else NEVER))
                for v in parameter["values"]]

    def lengths(self, written):
        """A length of time or an age: [(as a word, the days for which it is that)]."""
        return self.values(written) if written in self.rulebook.parameters else [(written, ALL)]

    def over(self, written, answer):
        """What `answer` says of the length of each day."""
        bits = 0
        for length, days in self.lengths(written):
            bits |= answer(period(length)) & days
        return bits

    def one_length(self, written):
        lengths = {length for length, _ in self.lengths(written)}
        assert len(lengths) == 1
        return period(lengths.pop())

    # --- conditions ----------------------------------------------------------------

    def condition(self, e):
        if isinstance(e, str):
            return ALL if e == "always" else 0 if e == "never" else self.named(e)
        (op, about), = e.items()
        return getattr(self, "is_" + op)(about)

    def is_all(self, parts):
        bits = ALL
        for part in parts:
            bits &= self.condition(part)
        return bits

    def is_any(self, parts):
        bits = 0
        for part in parts:
            bits |= self.condition(part)
        return bits

    def is_not(self, part):
        return ALL & ~self.condition(part)

    def fits(self, fields, where):
        for field, asked in (where or {}).items():
            has_it = fields[field]
            if isinstance(asked, dict) and "not" in asked:
                if has_it in listed(asked["not"]):
                    return False
            elif isinstance(asked, dict):
                (how, figure), = asked.items()
                if figure in self.rulebook.parameters:
                    (figure, _), = self.values(figure)
                if not compared(how, exact(has_it), exact(figure)):
                    return False
            elif has_it not in listed(asked):
                return False
        return True

    def records(self, about):
        """The records of a fact that a `fact` and `where` speak of."""
        if isinstance(about, str):
            about = {"fact": about}
        return [r for r in self.facts[about["fact"]] if self.fits(r[-1], about.get("where"))]

    def is_during(self, about):
        bits = 0
        on = self.day(about["running_on"]) if "running_on" in about else None
        held = self.condition(about["the_day_before_it_began"]) if "the_day_before_it_began" in about else None
        for start, until, _ in self.records(about):
            if on is not None and not start <= on < until:
                continue
            if held is not None and not has(held, start - 1):
                continue
            bits |= span(start, until)
        return bits

    def is_event(self, about):
        return from_runs((day, day + 1) for day, _ in self.records(about))

    def is_age(self, about):
        bits = ALL
        if "from" in about:
            bits &= self.by_age(about["from"], lambda day: span(day, NEVER))
        if "until" in about:
            bits &= self.by_age(about["until"], lambda day: span(ALWAYS, day))
        return bits

    def by_age(self, written, answer):
        bits = 0
        for age, days in self.lengths(written):
            bits |= answer(inside(birthday(self.born, age, self.leap))) & days
        return bits

    def is_from(self, day):
        return span(self.day(day), NEVER)

    def is_until(self, day):
        return span(ALWAYS, self.day(day))

    def is_ever(self, part):
        some = runs(self.condition(part))
        return span(some[0][0], NEVER) if some else 0

    def is_earlier(self, part):
        some = runs(self.condition(part))
        return span(some[0][0] + (some[0][0] != ALWAYS), NEVER) if some else 0

    def is_held_on(self, about):
        day = self.day(about["day"])
        return ALL if has(self.condition(about["condition"]), day) else 0

    def is_lasting(self, about):
        some = runs(self.condition(about["of"]))
        if "completes" in about:
            # The period that begins with the first day is complete on the day before the corresponding date.
            return self.over(about["completes"], lambda p: from_runs((after(a, p) - 1 if a != ALWAYS else a, b) for a, b in some))
        if "passes" in about:
            return self.over(about["passes"], lambda p: from_runs((after(a, p), b) for a, b in some))
        return self.over(about["at_most"], lambda p: from_runs((a, b) for a, b in some if a != ALWAYS and b != NEVER and b <= after(a, p)))

    def is_total(self, about):
        counted = self.condition(about["of"])
        if "since" in about:
            counted &= span(self.day(about["since"]), NEVER)
        if "reaches" in about:
            return self.over(about["reaches"], lambda p: self.totals(about, counted, 0, p))
        return self.over(about["exceeds"], lambda p: self.totals(about, counted, 1, p))

    def totals(self, about, counted, more, enough):
        needed = enough[0] * (7 if enough[1] == "weeks" else 1) + more
        if "within" in about:
            return self.over(about["within"], lambda p: self.window(counted, needed, p))
        if "in_years_from" in about:
            if counted & 1:
                raise Beyond("years before the first day")  # every year, as far back as anyone can say
            day, month = about["in_years_from"].split()
            day, month = int(day), MONTHS.index(month) + 1
            total, result = 0, bytearray(COUNT)
            anniversaries = {parse(datetime.date(y, month, day).isoformat()) for y in range(2006, 2030)}
            for at, counts in enumerate(cells(counted)):
                if at in anniversaries:
                    total = 0
                total += counts
                result[at] = total >= needed
            return from_cells(result)
        if counted & 1:
            return ALL  # as long as anyone can say
        result, total = bytearray(COUNT), 0
        for at, counts in enumerate(cells(counted)):
            total += counts
            result[at] = total >= needed
        return from_cells(result)

    def window(self, counted, needed, length):
        """A day is in the window that ends with another if the length of time that began with it is not yet over on that day."""
        first = 0
        if counted & 1:  # so it was on all days before: begin early enough for the window to be full
            months = length[0] * {"months": 1, "years": 12}.get(length[1], 0)
            if 28 * months < needed <= 31 * months:
                raise Beyond("windows of more and of fewer days, as far back as anyone can say")
            first = before(0, length) - 31
        leaves, total, result = {}, 0, bytearray(COUNT)
        for at, counts in enumerate(bytes([1]) * -first + cells(counted), first):
            if counts:
                total += 1
                end = after(at, length)
                leaves[end] = leaves.get(end, 0) + 1
            total -= leaves.get(at, 0)
            if at >= 0:
                result[at] = total >= needed
        return from_cells(result)

    def is_between(self, about):
        start, end = cells(self.condition(about["start"])), cells(self.condition(about["end"]))
        on, result = False, bytearray(COUNT)
        for at in range(COUNT):
            on = not end[at] and (on or bool(start[at]))
            result[at] = on
        return from_cells(result)

    def is_bridging(self, about):
        some = runs(self.condition(about["of"]))

        def bridged(length):
            count = length[0] * (7 if length[1] == "weeks" else 1)
            gaps = [(a[1], b[0]) for a, b in zip(some, some[1:]) if b[0] - a[1] < count]
            return from_runs(some) | from_runs(gaps)
        return self.over(about["gaps_under"], bridged)

    def is_run_containing(self, about):
        day = self.day(about["day"])
        if day == NEVER:
            return 0
        return from_runs((a, b) for a, b in runs(self.condition(about["of"])) if a <= day < b)

    def is_from_each(self, about):
        bits = 0
        limit = self.day(about["event_before"]) if "event_before" in about else NEVER
        starting_before, otherwise = self.day(about["starting_before"]), self.day(about["otherwise_until"])
        for event, _ in self.facts[about["event"]]:
            if event >= limit:
                continue
            records = self.facts[about["until_end_of"]]
            running = [until for start, until, _ in records if start <= event < until]
            coming = [start for start, _, _ in records if event < start]
            if running:
                end = max(running)
            elif coming and min(coming) < starting_before:
                end = max(until for start, until, _ in records if start == min(coming))
            else:
                end = otherwise
            bits |= span(event, end)
        return bits

    def is_doubtful(self, part):
        """Where the condition holds nobody can say; here somebody has said."""
        return self.condition(part) & self.life.doubts.get(str(part), 0)

    def is_reading(self, about):
        (reading, options), = about.items()
        return self.condition(options[self.rulebook.option(reading, self.life.chosen)])

    def is_compare(self, about):
        (how,) = set(about) - {"the"}
        return from_cells(bytearray(same_again(zip(self.number(about["the"]), self.number(about[how])), lambda v: compared(how, *v))))

    # --- days ------------------------------------------------------------------------

    def day(self, e):
        return inside(self.reckoned(e))

    def reckoned(self, e):
        if isinstance(e, str):
            if is_date(e):
                return parse(e)
            if e in self.rulebook.facts:
                return self.facts[e]
            return self.day(self.rulebook.rules[e][1]["is"])
        (op, about), = e.items()
        if op == "birthday":
            (age,) = {age for age, _ in self.lengths(about)}
            return birthday(self.born, age, self.leap)
        if op == "first_day":
            return next((start for start, _ in runs(self.condition(about))), NEVER)
        if op == "first_end":
            return next((until for _, until in runs(self.condition(about))), NEVER)
        if op == "after":
            return after(self.day(about["day"]), self.one_length(about["period"]))
        if op == "before":
            return before(self.day(about["day"]), self.one_length(about["period"]))
        if op == "earliest":
            return min(self.day(d) for d in about)
        if op == "latest":
            return max(self.day(d) for d in about)
        assert op == "choose_day", op
        (reading, options), = about.items()
        return self.day(options[self.rulebook.option(reading, self.life.chosen)])

    # --- numbers -----------------------------------------------------------------------

    def number(self, e):
        """The number on each day, None where there is none."""
        if isinstance(e, str):
            if e in self.rulebook.parameters:
                return self.pieces((exact(value), days) for value, days in self.values(e))
            if e in self.rulebook.rules:
                if e not in self.known:
                    result = [None] * COUNT
                    for version, days in versions_of(self.rulebook.rules[e][1]):
                        values = self.number(version["is"])
                        for start, until in runs(days):
                            start, until = max(start, 0), min(until, COUNT)
                            result[start:until] = values[start:until]
                    self.known[e] = result
                return self.known[e]
            return [exact(e)] * COUNT
        if not isinstance(e, dict):
            return [exact(e)] * COUNT
        (op, about), = e.items()
        return getattr(self, "number_" + op)(about)

    def pieces(self, some):
        result = [None] * COUNT
        for value, days in some:
            for start, until in runs(days):
                start, until = max(start, 0), min(until, COUNT)
                result[start:until] = [value] * (until - start)
        return result

    def number_number(self, fact):
        return self.pieces((exact(value), span(start, until)) for start, until, value in self.facts[fact])

    def heaped(self, some):
        """Numbers added up on the days for which each counts: [(number, first day, first day after)]."""
        steps = {}
        for value, start, until in some:
            steps[max(start, 0)] = steps.get(max(start, 0), 0) + value
            steps[min(until, COUNT)] = steps.get(min(until, COUNT), 0) - value
        result, total = [0] * COUNT, 0
        for day in sorted(steps):
            total += steps[day]
            result[day:COUNT] = [total] * (COUNT - day)
        return result

    def number_count(self, about):
        return self.heaped((1, start, until) for start, until, _ in self.records(about))

    def number_events(self, about):
        return self.windows(about["within"], [(1, day) for day, _ in self.records(about)])

    def windows(self, within, some):
        lengths = self.lengths(within)
        if len(lengths) == 1 and lengths[0][1] == ALL:
            return self.heaped((value, day, after(day, period(lengths[0][0]))) for value, day in some)
        result = [None] * COUNT
        for length, days in lengths:
            values = self.heaped((value, day, after(day, period(length))) for value, day in some)
            for start, until in runs(days):
                start, until = max(start, 0), min(until, COUNT)
                result[start:until] = values[start:until]
        return result

    def number_sum_of(self, about):
        if "within" in about:
            return self.windows(about["within"], [(exact(fields[about["field"]]), day) for day, fields in self.records(about)])
        return self.heaped((exact(fields[about["field"]]), start, until) for start, until, fields in self.records(about))

    def each_day(self, parts, answer):
        return same_again(zip(*(self.number(p) for p in parts)), lambda values: None if None in values else answer(values))

    def number_sum(self, parts):
        return self.each_day(parts, sum)

    def number_difference(self, about):
        return self.each_day([about["of"], about["less"]], lambda v: v[0] - v[1])

    def number_ratio(self, about):
        return self.each_day([about["of"], about["to"]], lambda v: None if v[1] == 0 else six_places(Fraction(v[0]) / v[1]))

    def number_least(self, parts):
        return self.each_day(parts, min)

    def number_greatest(self, parts):
        return self.each_day(parts, max)
