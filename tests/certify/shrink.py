"""Making a failure small: parts are taken away from the rulebook and the lives for as long as it still fails."""

import copy
import time

from rulebooks import OPERATORS

RULE_KINDS = ("definitions", "statuses", "entitlements", "limits", "duties", "indicators")


def parts_of(expression):
    """The expressions inside an operator: [(path, what it gives)]."""
    if not isinstance(expression, dict):
        return []
    (name, about), = expression.items()
    found = []
    for key, slot in OPERATORS[name][1].items():
        for one in key if isinstance(key, tuple) else [key]:
            one = one.rstrip("?")
            if one and (not isinstance(about, dict) or one not in about):
                continue
            path = [name, one] if one else [name]
            if slot in ("condition", "number", "day"):
                found.append((path, slot))
            elif slot in ("conditions", "numbers", "days of the calendar"):
                gives = {"conditions": "condition", "numbers": "number", "days of the calendar": "day"}[slot]
                found += [(path + [at], gives) for at in range(len(about if not one else about[one]))]
            elif slot.endswith("by option"):
                (reading, options), = about.items()
                found += [(path + [reading, option], "condition" if slot[0] == "c" else "day") for option in options]
    return found


def at(value, path):
    for key in path:
        value = value[key]
    return value


def put(value, path, new):
    at(value, path[:-1])[path[-1]] = new


def expressions_of(book):
    """The path and kind of every expression of the rules, the outer ones first."""
    roots = []
    for kind in RULE_KINDS:
        for name, rule in book.get(kind, {}).items():
            bodies = [(["versions", n], v) for n, v in enumerate(rule["versions"])] if "versions" in rule else [([], rule)]
            for path, body in bodies:
                for key, gives in (("when", "condition"), ("amount", "number"), ("only_if", "condition"), ("owed_while", "condition"),
                                   ("done_by", "condition"), ("waived_when", "condition"), ("among", "condition"), ("those", "condition"),
                                   ("total", "number"), ("out_of", "number")):
                    if key in body:
                        roots.append(([kind, name, *path, key], gives))
                if "is" in body:
                    gives = "day" if name.endswith("day") else "number" if name.endswith("number") else "condition"
                    roots.append(([kind, name, *path, "is"], gives))
    found = []
    while roots:
        path, gives = roots.pop(0)
        found.append((path, gives))
        roots += [(path + inner, g) for inner, g in parts_of(at(book, path))]
    return found


def names_in(value, names):
    found = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in names:
                found.add(key)
            found |= names_in(inner, names)
    elif isinstance(value, list):
        for inner in value:
            found |= names_in(inner, names)
    elif isinstance(value, str) and value in names:
        found.add(value)
    return found


def closure(book, rules):
    """The rules that these need, and themselves."""
    bodies = {name: rule for kind in RULE_KINDS for name, rule in book.get(kind, {}).items()}
    todo, found = list(rules), set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += names_in(bodies[name], set(bodies))
    return found


def smaller_cases(case):
    """Cases with something taken away, the most first."""
    book = case["book"]

    def changed(change):
        new = copy.deepcopy(case)
        change(new)
        return new

    needed = closure(book, [case["rule"]])
    if any(name not in needed for kind in RULE_KINDS for name in book.get(kind, {})):
        def only_needed(new):
            for kind in RULE_KINDS:
                if kind in new["book"]:
                    new["book"][kind] = {n: r for n, r in new["book"][kind].items() if n in needed}
        yield changed(only_needed)
    people = case["lives"]["people"]
    if len(people) > 1 and case.get("person"):
        yield changed(lambda new: keep_people(new, [case["person"]]))
    elif len(people) > 1:
        for person in people:
            yield changed(lambda new: keep_people(new, [p for p in people if p != person]))
    for key in ("ends_with", "begins_anew", ):
        if key in book["subject"]:
            def without(new):
                del new["book"]["subject"][key]
            yield changed(without)
    for path, gives in expressions_of(book):
        here = at(book, path)
        options = []
        for inner, inner_gives in parts_of(here):
            if inner_gives == gives:
                options.append(at(here, inner))
        options += {"condition": ["always", "never"], "day": ["2015-01-31"], "number": ["1"]}[gives] if isinstance(here, dict) else []
        if isinstance(here, str) and here in closure(book, [case["rule"]]) and here.startswith("d"):
            rule = next(book[k][here] for k in RULE_KINDS if here in book.get(k, {}))
            if "versions" not in rule and "in_force" not in rule:
                options.append(rule.get("when", rule.get("is")))
        for option in options:
            if option != here:
                yield changed(lambda new: put(new["book"], path, copy.deepcopy(option)))
        if isinstance(here, dict):
            (name, about), = here.items()
            if isinstance(about, dict):
                for key in ("where", "running_on", "the_day_before_it_began", "event_before", "since"):
                    if key in about and not (key == "since" and name == "total"):
                        def drop(new):
                            del at(new["book"], path)[name][key]
                        yield changed(drop)
            if isinstance(about, list) and len(about) > 1:
                for n in range(len(about)):
                    def shorter(new):
                        del at(new["book"], path)[name][n]
                    yield changed(shorter)
    for kind in RULE_KINDS:
        for name, rule in book.get(kind, {}).items():
            for n in range(len(rule.get("versions", []))):
                def one_version(new):
                    body = new["book"][kind][name].pop("versions")[n]
                    new["book"][kind][name].update({**body, "in_force": {"from": "2008-01-01"}})
                yield changed(one_version)
            for key in ("amount", "only_if", "owed_while", "waived_when", "done_counts", "then_every", "continues_after_death"):
                if key in rule:
                    def simpler(new):
                        del new["book"][kind][name][key]
                    yield changed(simpler)
    used = names_in({k: v for k, v in book.items() if k != "facts"}, set(book["facts"]))
    for fact in book["facts"]:
        if fact not in used:
            def forget(new):
                del new["book"]["facts"][fact]
                for lives in (new["lives"], new.get("shown")):
                    if lives:
                        lives["tables"].pop(fact, None)
                        lives["recorded"] = [r for r in lives["recorded"] if r[1] != fact]
            yield changed(forget)
    for fact, rows in case["lives"]["tables"].items():
        if book["facts"][fact]["kind"] == "day":
            continue
        for n in range(len(rows)):
            def fewer(new):
                del new["lives"]["tables"][fact][n]
                if new.get("shown") and fact in new["shown"]["tables"]:
                    del new["shown"]["tables"][fact][n]
            yield changed(fewer)
    if case.get("shown"):
        shown = case["shown"]
        for n in range(len(shown["recorded"])):
            def less(new):
                del new["shown"]["recorded"][n]
            yield changed(less)
        for fact, rows in shown["tables"].items():
            for n, row in enumerate(rows):
                for column in row:
                    true = case["lives"]["tables"][fact][n]
                    if row[column] != true.get(column) and column != "certain" or row.get("certain") == "no" and column == "certain":
                        def as_it_was(new):
                            new["shown"]["tables"][fact][n][column] = true.get(column, "yes")
                        yield changed(as_it_was)
        for fact in case["lives"]["tables"]:
            if fact not in shown["tables"]:
                def there(new):
                    new["shown"]["tables"][fact] = copy.deepcopy(new["lives"]["tables"][fact])
                yield changed(there)
    for name in list(case["chosen"]):
        def default(new):
            option = new["chosen"].pop(name)
            new["book"]["readings"][name]["default"] = option
        yield changed(default)


def keep_people(case, people):
    for lives in (case["lives"], case.get("shown")):
        if lives:
            lives["people"] = people
            lives["recorded"] = [r for r in lives["recorded"] if r[0] in people]
            lives["tables"] = {name: [r for r in rows if r["person"] in people] for name, rows in lives["tables"].items()}


def shrink(case, still_fails, seconds):
    """The smallest case found in that time. `still_fails` takes a case and says whether it fails in the same way."""
    end = time.monotonic() + seconds
    progress = True
    while progress and time.monotonic() < end:
        progress = False
        for smaller in smaller_cases(case):
            if time.monotonic() > end:
                break
            if still_fails(smaller):
                case, progress = smaller, True
                break
    return case
