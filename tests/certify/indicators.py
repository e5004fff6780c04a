"""What indicators come to, from the guide's chapter "Indicators": everyone's cases counted, period by period.

Covered: the four ways of counting, sums and shares, targets that are figures and parameters, versions. Of a life begun anew, a day of `on` is the one
that is decided on the period's last day.
"""

from days import ALL, ALWAYS, NEVER, after, has, iso, parse, period, span
from naive import compared, exact, six_places, versions_of


def periods_of(rule, since, as_at):
    """[(version, first day, first day after)] of the whole periods from `since` on that are over when the data are drawn."""
    since, as_at = parse(since), parse(as_at)
    found = []
    for version, force in versions_of(rule):
        begins, (count, unit) = parse(version["periods"]["from"]), period(version["periods"]["every"])
        starts = [begins]
        while starts[-1] <= as_at + 1:
            starts.append(after(begins, (count * len(starts), unit)))
        found += [(version, start, until) for start, until in zip(starts, starts[1:]) if start >= since and until <= as_at + 1 and has(force, start)]
    return sorted(found, key=lambda one: one[1])


def cases_of(life, name, version, start, until):
    """[has it?] of each case of one person in one period."""
    among = life.condition(version["among"]) & life.living(name)
    those = life.condition(version["those"]) if "those" in version else ALL
    inside = span(start, until)
    way = version.get("counted", "on_the_last_day")
    if way == "on_the_last_day":
        days = [until - 1]
    elif way == "on_any_day":
        return [bool(among & those & inside)] if among & inside else []
    elif "on" in way:
        last = next(era for days, era in life.eras if has(days, until - 1))
        days = [day for day in map(last.day, way["on"]) if start <= day < until]
    else:
        each = life.condition(way["on_each"])
        days = [day for day in range(start, until) if has(each, day)]
    return [has(those, day) for day in days if has(among, day)]


def number_on(life, expression, day):
    return next(era for days, era in life.eras if has(days, day)).number(expression)[day]


def summed(lives, expression, day):
    """What the people come to who have a number; None if nobody has."""
    numbers = [exact(number) for number in (number_on(life, expression, day) for life in lives) if number is not None]
    return six_places(sum(numbers)) if numbers else None


def share(part, whole):
    return six_places(100 * exact(part) / exact(whole)) if part is not None and whole else None


def row_of(lives, name, version, start, until):
    """One indicator in one period, of people of whom everything is known."""
    if "total" in version:
        numerator = summed(lives, version["total"], until - 1)
        denominator = summed(lives, version["out_of"], until - 1) if "out_of" in version else None
        value = share(numerator or 0, denominator) if "out_of" in version else numerator
        return {"numerator": numerator or 0, "denominator": denominator or 0 if "out_of" in version else None, "value": value}
    cases = [case for life in lives for case in cases_of(life, name, version, start, until)]
    if "those" not in version:
        return {"numerator": len(cases), "denominator": None, "value": len(cases)}
    return {"numerator": sum(cases), "denominator": len(cases), "value": share(sum(cases), len(cases))}


def rows(lives, name, rule, since, as_at):
    """{first day: row} of an indicator."""
    found = {}
    for version, start, until in periods_of(rule, since, as_at):
        row = row_of(lives, name, version, start, until)
        row["until"] = iso(until)
        row["met"] = "monitor only"
        if "target" in version:
            (how, written), = version["target"].items()
            target = written
            if written in lives[0].rulebook.parameters:
                target = next(figure for figure, days in lives[0].eras[0][1].values(written) if has(days, start))
            row["target"] = exact(target)
            row["met"] = "" if row["value"] is None else "yes" if compared(how, row["value"], row["target"]) else "no"
        found[iso(start)] = row
    return found


# --- comparing -------------------------------------------------------------------------------


def near(one, other):
    """Both have six places at most; the engine's are binary fractions of 53 bits."""
    return one is None and other is None or None not in (one, other) and abs(exact(one) - exact(other)) <= abs(exact(other)) / 10**12 + exact("0.0000001")


def differs(said, expected, exactly):
    """What is wrong with the rows of the engine, in words; None if nothing is. Unless `exactly`, `expected` is of one of the lives that the shown may have been."""
    if sorted(row["from"] for row in said) != sorted(expected):
        return f"the engine has the periods {sorted(row['from'] for row in said)[:5]}..., the naive interpreter {sorted(expected)[:5]}..."
    for row in said:
        true = expected[row["from"]]
        value = true["value"]
        if row["until"] != true["until"]:
            wrong = True
        elif exactly:
            wrong = (row["unknown"] or row["met"] != true["met"] or row["depends_on"]
                     or not all(near(row[key], true[key]) for key in ("numerator", "denominator", "value"))
                     or not all(near(row[key], value) for key in ("least", "most")) or ("target" in true and not near(row["target"], true["target"])))
        else:
            beyond = value is not None and (row["least"] is not None and value < exact(row["least"]) and not near(row["least"], value)
                                            or row["most"] is not None and value > exact(row["most"]) and not near(row["most"], value))
            settled = row["value"] is not None and not (value is None or near(row["value"], value))
            wrong = (beyond or settled or (row["unknown"] == 0 and not near(row["value"], value) and row["numerator"] is not None)
                     or (row["met"] in ("yes", "no") and true["met"] not in (row["met"], "")))
        if wrong:
            shown = {key: row[key] for key in ("numerator", "denominator", "unknown", "value", "least", "most", "target", "met")}
            return f"from {row['from']}: the engine says {shown}; {'the naive interpreter' if exactly else 'a completion has'} { {k: str(v) for k, v in true.items()} }"
    return None
