"""Random rulebooks, grown from the operator table as `leavingcare list --operators` prints it.

The table says which operators there are, what each gives and which arguments it takes. What may stand in an argument it does not print;
OPERATORS below says so. If the two do not name the same operators and arguments, `read_table` fails: an operator that nobody taught to the
generator and to the naive interpreter must not pass unnoticed.
"""

import re
from collections import Counter

from days import iso, parse
from naive import MONTHS

# Operator: (what it gives, {argument: what may stand there}). The argument "" is the operator's own value. `?`: may be left out.
# An argument under a tuple of names: exactly one of them.
OPERATORS = {
    "all": ("condition", {"": "conditions"}),
    "any": ("condition", {"": "conditions"}),
    "not": ("condition", {"": "condition"}),
    "during": ("condition", {"fact": "periods fact", "where?": "where", "running_on?": "day", "the_day_before_it_began?": "condition"}),
    "event": ("condition", {"fact": "events fact", "where?": "where"}),
    "age": ("condition", {"from?": "age", "until?": "age"}),
    "from": ("condition", {"": "day"}),
    "until": ("condition", {"": "day"}),
    "ever": ("condition", {"": "condition"}),
    "earlier": ("condition", {"": "condition"}),
    "held_on": ("condition", {"day": "day", "condition": "condition"}),
    "lasting": ("condition", {"of": "condition", ("completes", "passes", "at_most"): "period"}),
    "total": ("condition", {"of": "condition", "since?": "day", "within?": "written period", "in_years_from?": "month and day",
                            ("reaches", "exceeds"): "days"}),
    "between": ("condition", {"start": "condition", "end": "condition"}),
    "bridging": ("condition", {"of": "condition", "gaps_under": "days"}),
    "run_containing": ("condition", {"of": "condition", "day": "day"}),
    "from_each": ("condition", {"event": "events fact", "event_before?": "day", "until_end_of": "periods fact", "starting_before": "day",
                                "otherwise_until": "day"}),
    "doubtful": ("condition", {"": "condition"}),
    "reading": ("condition", {"": "conditions by option"}),
    "compare": ("condition", {"the": "number", ("at_least", "more_than", "at_most", "less_than"): "number"}),
    "birthday": ("day", {"": "age"}),
    "first_day": ("day", {"": "condition"}),
    "first_end": ("day", {"": "condition"}),
    "after": ("day", {"day": "day", "period": "one period"}),
    "before": ("day", {"day": "day", "period": "one period"}),
    "earliest": ("day", {"": "days of the calendar"}),
    "latest": ("day", {"": "days of the calendar"}),
    "choose_day": ("day", {"": "days by option"}),
    "number": ("number", {"": "numbers fact"}),
    "count": ("number", {"fact": "periods fact", "where?": "where"}),
    "events": ("number", {"fact": "events fact", "where?": "where", "within": "period"}),
    "sum_of": ("number", {"fact": "events or periods fact", "field": "number field", "where?": "where", "within?": "period"}),
    "sum": ("number", {"": "numbers"}),
    "difference": ("number", {"of": "number", "less": "number"}),
    "ratio": ("number", {"of": "number", "to": "number"}),
    "least": ("number", {"": "numbers"}),
    "greatest": ("number", {"": "numbers"}),
}


def arguments_of(name):
    """{argument: may it be left out?} of OPERATORS, as the table prints them."""
    found = {}
    for key, slot in OPERATORS[name][1].items():
        for one in key if isinstance(key, tuple) else [key]:
            if one:
                found[one.rstrip("?")] = one.endswith("?")
    return found


def read_table(text):
    """Checks the printed table against OPERATORS; the names in its order. Raises SystemExit if they differ."""
    printed, name = {}, None
    for line in text.splitlines():
        head = re.match(r"(\w+) -> (\w+): ", line)
        argument = re.match(r" +(\w+)( \(optional\))?: ", line)
        if head:
            name = head[1]
            printed[name] = (head[2], {})
        elif argument and name:
            printed[name][1][argument[1]] = bool(argument[2])
        elif line.strip():
            raise SystemExit(f"certify: a line of the operator table that is not understood: {line}")
    wrong = []
    for name in sorted(set(printed) | set(OPERATORS)):
        if name not in OPERATORS:
            wrong.append(f"{name}: the program has it, the certificate does not know it")
        elif name not in printed:
            wrong.append(f"{name}: the certificate knows it, the program does not have it")
        elif printed[name] != (OPERATORS[name][0], arguments_of(name)):
            wrong.append(f"{name}: the program prints {printed[name]}, the certificate knows {(OPERATORS[name][0], arguments_of(name))}")
    if wrong:
        raise SystemExit("certify: the operator table has changed; teach rulebooks.py and naive.py:\n  " + "\n  ".join(wrong))
    return list(printed)


WORDS = ["red", "green", "blue"]
CITE = {"document": "Example", "lines": "1"}
# Ends of months, a leap day, days of change: what calendars go wrong on.
EDGES = ["2011-02-28", "2012-02-29", "2012-03-01", "2013-04-01", "2014-08-31", "2015-01-31", "2015-11-30", "2016-02-28", "2016-02-29",
         "2016-12-31", "2017-03-31", "2018-01-01", "2018-05-30"]


class Generator:
    """One random rulebook. `met` counts what was generated, over all of them: what was met least is taken first."""

    def __init__(self, rng, table, met, avoid=()):
        self.rng = rng
        self.table = table
        self.met = met
        self.avoid = set(avoid)
        self.definitions = {"condition": [], "day": [], "number": []}
        self.duty_days = False

    # --- the whole -------------------------------------------------------------------

    def rulebook(self):
        rng = self.rng
        self.facts = {"born": {"kind": "day", "summary": "Birth"}}
        self.readings = {
            "leap_birthday": self.reading(["1_march", "28_february"]),
            "meaning": self.reading(["narrow", "wide", "silent"]),
            "doubts": self.reading(["unknown", "as_asserted", "as_denied"]),
        }
        for name in ("stays", "moves", "homes"):
            self.facts[name] = {"kind": "periods", "summary": name, "fields": self.fields()}
        for name in ("visits", "calls", "talks"):
            self.facts[name] = {"kind": "events", "summary": name, "fields": self.fields()}
        for name in ("income", "rent"):
            self.facts[name] = {"kind": "numbers", "summary": name, "unit": "pounds"}
        for name in ("stays", "visits"):
            doubt = {"field": "disputed", "is": "yes", "because": "somebody disputes it"}
            if rng.random() < 0.6:
                doubt["reading"] = "doubts"
            self.facts[name]["fields"]["disputed"] = {"summary": "Disputed", "one_of": ["yes", "no"], "when_absent": "no"}
            self.facts[name]["doubtful"] = [doubt]
        subject = {"name": "person", "born": "born"}
        if rng.random() < 0.5:
            subject["ends_with"] = "died"
            self.facts["died"] = {"kind": "events", "summary": "Died"}
        if rng.random() < 0.4 and "begins_anew" not in self.avoid:
            self.facts["adopted"] = {"kind": "events", "summary": "Adopted"}
            self.readings["adoption"] = self.reading(["begins_anew", "goes_on"])
            forgets = rng.sample(["stays", "moves", "homes"], rng.randint(1, 3))
            subject["begins_anew"] = {"summary": "What was before does not count", "with": "adopted", "forgets": forgets,
                                      "under": {"adoption": "begins_anew"}, "cite": CITE}
        self.parameters = {"figure": self.parameter("figure"), "another_figure": self.parameter("figure"), "fixed_figure": self.parameter("fixed"),
                           "time": self.parameter("period"), "fixed_time": self.parameter("fixed period"), "span": self.parameter("days"),
                           "grown_up": self.parameter("age")}
        if rng.random() < 0.5:
            self.parameters["missing_figure"] = {"summary": "A figure", "unit": "pounds", "values": "missing", "cite": CITE}
            self.parameters["missing_time"] = {"summary": "A time", "unit": "weeks", "values": "missing", "cite": CITE}

        book = {"rulebook": "generated", "summary": "Generated", "subject": subject,
                "conventions": {"birthday_on_29_february": "leap_birthday", "working_days": "england_and_wales"},
                "facts": self.facts, "parameters": self.parameters, "readings": self.readings,
                "definitions": {}, "statuses": {}, "entitlements": {}, "limits": {}}
        for at in range(rng.randint(3, 6)):
            kind = rng.choice(["condition", "condition", "day", "number"])
            name = f"d{at}_{kind}"
            book["definitions"][name] = self.rule(kind)
            self.definitions[kind].append(name)
        for at in range(rng.randint(6, 9)):
            book["statuses"][f"s{at}"] = self.rule("status")
            if rng.random() < 0.3:
                self.definitions["condition"].append(f"s{at}")
        for at in range(2):
            book["entitlements"][f"e{at}"] = self.rule("entitlement")
        book["limits"]["l0"] = self.rule("limit")
        book["duties"] = {f"u{at}": self.duty() for at in range(6)}
        book["indicators"] = {f"i{at}": self.indicator() for at in range(2)}
        return book

    def indicator(self):
        rng = self.rng

        def body():
            version = {"cite": CITE, "periods": {"every": rng.choice(["1 month", "3 months", "6 months", "1 year", "13 weeks", "100 days"]),
                                                 "from": rng.choice(["2009-04-01", "2011-10-31", "2012-02-29", *EDGES[:4]])}}
            way = rng.choice(["on the last day", "on any day", "on", "on each", "sum", "share"])
            self.met["indicator", way] += 1
            if way in ("sum", "share"):
                version["total"] = self.expression("number", 2, "total of an indicator")
                if way == "share":
                    version["out_of"] = self.expression("number", 2, "out_of")
            else:
                if way == "on any day":
                    version["counted"] = "on_any_day"
                elif way == "on":
                    version["counted"] = {"on": [self.expression("day", 1, "on") for _ in range(rng.choice([1, 1, 2]))]}
                elif way == "on each":
                    version["counted"] = {"on_each": {"event": self.arguments("event", 1)}}
                version["among"] = "always" if rng.random() < 0.2 else self.expression("condition", 2, "among")
                if rng.random() < 0.75:
                    version["those"] = self.expression("condition", 2, "those")
            if rng.random() < 0.75:
                figures = ["0", "1", "50", "100", "33", "66.67", "figure", *(["missing_figure"] if "missing_figure" in self.parameters else [])]
                version["target"] = {rng.choice(["at_least", "more_than", "at_most", "less_than", "exactly"]): rng.choice(figures)}
            else:
                version["monitor_only"] = "yes"
            return version

        rule = {"summary": "indicator"}
        if rng.random() < 0.7:
            return {**rule, "in_force": {"from": rng.choice(["2008-01-01", rng.choice(EDGES)])}, **body()}
        change = rng.choice(EDGES)
        return {**rule, "versions": [{"in_force": {"from": "2008-01-01", "until": change}, **body()}, {"in_force": {"from": change}, **body()}]}

    def duty(self):
        """A duty of the shapes that duties.py knows."""
        rng = self.rng
        way = rng.choice(["when", "on_each", "at_end_of", "with_each", "after_each", "on"])
        what = {"when": lambda: self.expression("condition", 2, "arises"), "at_end_of": lambda: self.expression("condition", 2, "arises"),
                "on": lambda: self.expression("day", 2, "arises"), "on_each": lambda: {"event": self.arguments("event", 1)}}.get(way)
        what = what() if what else self.slot("periods fact", 1, "arises")
        if way in ("with_each", "after_each") and rng.random() < 0.4:
            what = {"fact": what, "where": self.where(what)}
        kind = rng.choice(["once", "once", "once", "steps", "cycle", "cycle", "cycle after steps"])
        again = kind.startswith("cycle")
        counts = rng.choice([None, "from_the_day", "from_the_day_after", *(["from_earlier"] if kind == "once" else [])])
        event = {"event": self.arguments("event", 1)}
        duty = {"cite": CITE, "arises": {way: what}, "done_by": event}
        if kind == "once" and counts != "from_earlier" and rng.random() < 0.3:
            duty["done_by"] = self.expression("condition", 1, "done_by")
        if counts:
            duty["done_counts"] = counts
        for key, chance in (("only_if", 0.25), ("owed_while", 0.4), ("waived_when", 0.25)):
            if rng.random() < chance:
                duty[key] = self.expression("condition", 1, key)

        def limits():
            some = {}
            if kind != "cycle":
                count = 1 if kind == "once" else rng.choice([1, 2, 3]) if again else rng.choice([2, 3])
                steps = [self.step(counts != "from_earlier") for _ in range(count)]
                some["due"] = steps[0] if count == 1 else steps
            if again:
                some["then_every"] = self.interval()
            return some

        self.met["duty", way] += 1
        self.met["duty", kind] += 1
        rule = {"summary": "duty"}
        if rng.random() < 0.15:
            rule["continues_after_death"] = "yes"
        if rng.random() < 0.7:
            return {**rule, "in_force": {"from": "2008-01-01" if rng.random() < 0.6 else rng.choice(EDGES)}, **duty, **limits()}
        self.met["duty", "versions"] += 1
        first, *changes = sorted(rng.sample(EDGES, rng.choice([2, 3])))
        first = "2008-01-01" if rng.random() < 0.5 else first
        rule["versions"] = [{"in_force": {"from": start, **({"until": until} if until else {})}, **duty, **limits()}
                            for start, until in zip([first, *changes], [*changes, None])]
        return rule

    def step(self, may_open_later):
        """By when something is due."""
        rng = self.rng
        kind = rng.choice(["within", "within", "within", "by", "on_the_day", "before_next", "before_next", "none"])
        self.met["step", kind] += 1
        if kind == "by":
            return {"by": self.expression("day", 1, "by")}
        if kind == "on_the_day":
            return {"on_the_day": "yes"}
        if kind == "before_next":
            return {"before_next": {"from": {"birthday": self.slot("age", 0, "birthday")}} if rng.random() < 0.25
                    else self.expression("condition", 1, "before_next")}
        step = {}
        if kind == "within":
            step["within"] = rng.choice(["1 day", "7 days", "28 days", "2 weeks", "1 month", "6 months", "1 year", "1 working day", "5 working days",
                                         "20 working days", "time"])
        if step.get("within") not in ("1 day", "1 working day", "time") and rng.random() < 0.3:
            if kind == "none" and may_open_later:
                step["opens_after"] = rng.choice(["1 day", "28 days", "1 month"])
            step["suggested"] = rng.choice(["1 week", "1 day"]) if kind == "none" else "1 day"
        return step

    def interval(self):
        """How often after that: one length of time, or alternatives."""
        rng = self.rng
        lengths = ["1 week", "28 days", "6 weeks", "1 month", "6 months"]
        if rng.random() < 0.5:
            return rng.choice(lengths)
        some = []
        for _ in range(rng.choice([1, 2, 2])):
            one = {"every": rng.choice(lengths)}
            for key in rng.sample(["while", "for", "until"], rng.choice([1, 1, 2])):
                one[key] = rng.choice(["4 weeks", "6 months", "1 year", "2 years"]) if key == "for" else self.expression("condition", 1, key)
                self.met["interval", key] += 1
            some.append(one)
        return some + ([{"every": rng.choice(lengths)}] if rng.random() < 0.75 else [])

    def reading(self, options):
        return {"question": "Which one", "options": {o: o for o in options}, "default": self.rng.choice(options), "cite": CITE}

    def fields(self):
        kind = {"summary": "Kind", "one_of": WORDS}
        if self.rng.random() < 0.3:
            kind["when_absent"] = self.rng.choice(WORDS)
        return {"kind": kind, "size": {"summary": "Size", "unit": "pounds"}}

    def parameter(self, kind):
        rng = self.rng

        def value():
            return (self.figure() if kind in ("figure", "fixed") else f"{rng.choice([1, 2, 5, 13])} {'weeks'}" if kind in ("period", "fixed period")
                    else f"{rng.choice([1, 7, 30, 91])} days" if kind == "days" else f"{rng.choice([1, 2, 3, 5])} years")
        unit = {"figure": "pounds", "fixed": "pounds", "period": "weeks", "fixed period": "weeks", "days": "days", "age": "years"}[kind]
        days = [] if kind.startswith("fixed") or kind == "age" else sorted(rng.sample(EDGES, rng.choice([0, 1, 1, 2])))
        values = []
        for start, until in zip([None, *days], [*days, None]):
            one = {"value": value(), "cite": CITE}
            if start:
                one["from"] = start
            if until:
                one["until"] = until
            values.append(one)
        return {"summary": kind, "unit": unit, "values": values}

    def rule(self, kind):
        rng = self.rng
        rule = {"summary": kind}
        gives = {"day": "day", "number": "number"}.get(kind, "condition")
        if kind == "number":
            rule["unit"] = "pounds"
        if kind == "entitlement":
            rule["unit"] = "pounds"
        if kind in ("status", "entitlement", "limit") and rng.random() < 0.15:
            rule["continues_after_death"] = "yes"

        def body():
            version = {"cite": CITE}
            if gives == "condition":
                version["when"] = self.expression("condition", rng.choice([2, 3, 3, 4, 4, 5]), "rule")
            else:
                version["is"] = self.expression(gives, rng.choice([1, 2, 3]), "definition")
            if kind == "entitlement" and rng.random() < 0.9:
                version["amount"] = self.expression("number", rng.choice([0, 1, 2, 3]), "amount")
            return version

        shape = rng.random()
        if kind == "day" or shape < 0.6:
            rule.update(body())
            if kind not in ("condition", "day", "number"):
                rule["in_force"] = rng.choice([{"from": "2008-01-01"}, {"from": "2008-01-01"}, {"from": rng.choice(EDGES)},
                                               {"from": "2010-01-01", "until": rng.choice(EDGES)}])
            elif kind != "day" and rng.random() < 0.2:
                rule["in_force"] = rng.choice([{"from": rng.choice(EDGES)}, {"until": rng.choice(EDGES)}])
        elif shape < 0.65 and kind in ("status", "entitlement", "limit"):
            rule.update(body())
            rule["in_force"] = rng.choice([{"enacted": "2014-01-01"}, {"proposed": "2014-01-01"},
                                           {"in_progress": "2014-01-01", "due": "2015-01-01"}])
        else:
            days = sorted(rng.sample(EDGES, rng.choice([1, 2])))
            start = None if kind in ("condition", "number") else "2008-01-01"
            rule["versions"] = []
            for a, b in zip([start, *days], [*days, None]):
                force = {}
                if a:
                    force["from"] = a
                if b:
                    force["until"] = b
                rule["versions"].append({"in_force": force, **body()})
        return rule

    # --- expressions -----------------------------------------------------------------

    LEAVES = {"condition": ["during", "event", "age", "from", "until"], "day": ["birthday"], "number": ["number", "count", "events", "sum_of"]}

    def expression(self, gives, depth, parent):
        rng = self.rng
        # Often the records themselves: what is far from them seldom has just the length that a rule asks for.
        if gives == "condition" and parent != "rule" and rng.random() < 0.3:
            depth = 0
        literal = {"condition": 0.03, "day": 0.2, "number": 0.25}[gives]
        if rng.random() < 0.2 and self.definitions[gives]:
            self.met["names", gives] += 1
            return rng.choice(self.definitions[gives])
        if rng.random() < literal or (depth <= 0 and gives != "condition" and rng.random() < 0.5):
            return self.literal(gives)
        names = [n for n in self.table if OPERATORS[n][0] == gives and n not in self.avoid and (depth > 0 or n in self.LEAVES[gives])]
        if rng.random() < 0.35:  # what has stood there least
            rng.shuffle(names)
            name = min(names, key=lambda n: self.met["pair", parent, n])
        else:
            name = rng.choice(names)
        self.met["operator", name] += 1
        self.met["pair", parent, name] += 1
        return {name: self.arguments(name, depth)}

    def literal(self, gives):
        rng = self.rng
        if gives == "condition":
            return rng.choice(["always", "never"])
        if gives == "day":
            return rng.choice([rng.choice(EDGES), iso(parse("2010-06-01") + rng.randrange(3300)), "born"])
        return rng.choice([self.figure(), self.figure(), "figure", "another_figure", "fixed_figure",
                           *(["missing_figure"] if "missing_figure" in self.parameters else [])])

    def figure(self):
        return self.rng.choice(["0", "1", "2", "3", "10", "50", "71.50", "100", "0.25", "12.34"])

    def arguments(self, name, depth):
        rng, slots = self.rng, OPERATORS[name][1]
        if "" in slots:
            return self.slot(slots[""], depth - 1, name)
        chosen = {}
        extra = None
        if name == "total":  # exactly one of these three
            extra = rng.choice(["since", "within", "in_years_from"])
        for key, slot in slots.items():
            if isinstance(key, tuple):
                key = rng.choice(key)
            elif key.endswith("?"):
                key = key.rstrip("?")
                if name == "total":
                    if key != extra:
                        continue
                elif name == "age":
                    pass
                elif name == "sum_of" and key == "within":
                    if self.facts[chosen["fact"]]["kind"] != "events":
                        continue
                elif rng.random() < 0.6:
                    continue
            if slot == "number field":
                chosen[key] = "size"
            elif slot == "where":
                chosen[key] = self.where(chosen["fact"])
            else:
                chosen[key] = self.slot(slot, depth - 1, name)
            self.met["argument", name, key] += 1
        if name == "age":
            drop = rng.choice(["from", "until", None])
            if drop:
                del chosen[drop]
            else:  # an age that ends before it begins is refused
                chosen = {"from": rng.choice(["1 month", "1 year", "1 year 6 months"]),
                          "until": rng.choice(["2 years", "3 years", "4 years 1 month", "5 years"])}
        if name in ("during", "event") and set(chosen) == {"fact"} and rng.random() < 0.6:
            return chosen["fact"]
        return chosen

    def slot(self, slot, depth, parent):
        rng = self.rng
        if slot in ("condition", "number", "day"):
            return self.expression(slot, depth, parent)
        if slot in ("conditions", "numbers", "days of the calendar"):
            gives = {"conditions": "condition", "numbers": "number", "days of the calendar": "day"}[slot]
            return [self.expression(gives, depth, parent) for _ in range(rng.choice([1, 2, 2, 3]) if depth > 0 else 2)]
        if slot in ("conditions by option", "days by option"):
            reading = "meaning"
            return {reading: {o: self.expression("condition" if slot[0] == "c" else "day", depth, parent)
                              for o in self.readings[reading]["options"]}}
        if slot == "written period":
            return rng.choice(["1 day", "7 days", "28 days", "13 weeks", "1 month", "3 months", "6 months", "1 year"])
        if slot == "period":
            choice = ["1 day", "7 days", "28 days", "91 days", "2 weeks", "13 weeks", "1 month", "3 months", "6 months", "1 year", "time", "span"]
            return rng.choice(choice + (["missing_time"] if "missing_time" in self.parameters else []))
        if slot == "days":
            choice = ["1 day", "2 days", "7 days", "30 days", "91 days", "2 weeks", "13 weeks", "time", "span"]
            return rng.choice(choice + (["missing_time"] if "missing_time" in self.parameters else []))
        if slot == "one period":
            choice = ["1 day", "28 days", "13 weeks", "1 month", "3 months", "6 months", "1 year", "fixed_time"]
            return rng.choice(choice + (["missing_time"] if "missing_time" in self.parameters else []))
        if slot == "age":
            return rng.choice(["1 year", "2 years", "3 years", "4 years", "5 years", "6 years", "2 years 9 months", "3 years 6 months", "1 month",
                               "grown_up"])
        if slot == "month and day":
            return f"{rng.choice([1, 1, 6, 28, 31])} {rng.choice(['January', 'March', 'May', 'July', 'August', 'December'])}"
        if slot.endswith(" fact"):
            kinds = {"periods fact": ["periods"], "events fact": ["events"], "numbers fact": ["numbers"],
                     "events or periods fact": ["events", "periods"]}[slot]
            some = [n for n, f in self.facts.items() if f["kind"] in kinds and (parent != "sum_of" or "size" in f.get("fields", {}))]
            return rng.choice(some)
        raise AssertionError(slot)

    def where(self, fact):
        rng, fields = self.rng, self.facts[fact].get("fields", {})
        where = {}
        for field in rng.sample(sorted(fields), rng.randint(1, len(fields))) if fields else []:
            if "one_of" in fields[field]:
                words = fields[field]["one_of"]
                some = rng.sample(words, rng.randint(1, len(words) - 1))
                some = some[0] if len(some) == 1 else some
                where[field] = some if rng.random() < 0.6 else {"not": some}
            else:
                how = rng.choice(["at_least", "more_than", "at_most", "less_than", "exactly"])
                where[field] = {how: self.figure()}
            self.met["where", "words" if "one_of" in fields[field] else "number"] += 1
        return where


# --- YAML ---------------------------------------------------------------------------------


def flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return str(value)


def to_yaml(book):
    lines = []
    for key, value in book.items():
        if isinstance(value, dict) and key not in ("subject", "conventions"):
            if value:
                lines.append(f"{key}:")
                lines += [f"  {name}: {flow(one)}" for name, one in value.items()]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def operators_in(value, count=None):
    """How often each operator stands in a rulebook's rules."""
    count = Counter() if count is None else count
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in OPERATORS:
                count[key] += 1
            operators_in(inner, count)
    elif isinstance(value, list):
        for inner in value:
            operators_in(inner, count)
    return count
