"""The comparisons: each takes a case and a folder to work in, and gives the differences it found.

A case is everything that a run needs, so that it can be saved, run again and made smaller:
    book, lives, chosen (readings), figures (given to the engine), seed; shown (lives with something hidden), or None
A difference is (kind, person, rule, what is different in words).
"""

import random
import shutil
from collections import Counter
from fractions import Fraction
from pathlib import Path

import duties
import indicators
import lives as lives_of
from days import ALL, ALWAYS, COUNT, NEVER, Beyond, iso, runs, span
from engine import Answers, Refused
from naive import Life, Rulebook, exact
from rulebooks import to_yaml
from shrink import RULE_KINDS, closure, names_in

# Near the last day what comes later would matter (a run may go on); answers are compared up to here.
COMPARED = span(ALWAYS, COUNT - 800)
CONDITION_KINDS = ("statuses", "entitlements", "limits")


def conditions(book):
    return [name for kind in CONDITION_KINDS for name in book.get(kind, {})]


def in_words(bits):
    def day(d):
        return "the beginning" if d == ALWAYS else "for ever" if d == NEVER else iso(d)
    some = [f"{day(a)}..{day(b)}" for a, b in runs(bits)]
    return ", ".join(some[:6]) + (f" and {len(some) - 6} more" if len(some) > 6 else "") or "never"


def prepare(case, work):
    """Writes the rulebook and the tables that the engine is to see."""
    work = Path(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "rulebook.yaml").write_text(to_yaml(case["book"]), encoding="utf-8")
    lives_of.write_tables(case["shown"] or case["lives"], case["book"], work / "facts")
    return work / "rulebook.yaml", work / "facts"


def engine_answers(program, case, work, threads=None):
    rules, facts = prepare(case, work)
    return program.evaluate(rules, facts, Path(work) / "out", case["chosen"], case["figures"], case.get("as_at"), threads)


def doubts(rng, book, way):
    """For each `doubtful` condition, on which days it holds after all."""
    found = {}

    def look(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "doubtful":
                    cuts = sorted(rng.randrange(COUNT) for _ in range(6))
                    some = 0
                    for a, b in zip(cuts[::2], cuts[1::2]):
                        some |= span(a, b)
                    found[str(inner)] = {"little": 0, "much": ALL}.get(way, rng.choice([0, ALL, some]))
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)
    look(book)
    return found


def missing_figures(rng, case):
    """A figure for each missing parameter that the engine was not told."""
    figures = dict(case["figures"])
    for name, parameter in case["book"]["parameters"].items():
        if parameter["values"] == "missing" and name not in figures:
            figures[name] = rng.choice(["1 week", "2 weeks", "13 weeks", "40 weeks"]) if "time" in name else rng.choice(["0", "1", "10", "71.50", "1000"])
    return figures


def completions(case, count):
    """[(lives, figures, doubts)]: what the hidden may have been. Of whole lives there is one, but for what the rules call doubtful."""
    some = []
    for number in range(count):
        rng = random.Random(f"{case['seed']}/{number}")
        way = ["as it was", "little", "much"][number] if number < 3 else "anything"
        lives = case["lives"]
        if case["shown"]:
            lives = lives_of.complete(rng, case["book"], case["lives"], case["shown"], way)
            lives_of.settle_pieces(rng, lives)
        some.append((lives, missing_figures(rng, case), doubts(rng, case["book"], way)))
    return some


def check_truths(program, case, work, tally, rules=None, count=5):
    """Whole lives: the engine knows everything, and says what the naive interpreter says. Shown lives: no completion contradicts it."""
    answers = engine_answers(program, case, work)
    book = Rulebook(case["book"])
    wanted = rules
    rules = [n for n in conditions(case["book"]) if wanted is None or n in wanted]
    duty_names = [n for n in case["book"].get("duties", {}) if wanted is None or n in wanted]
    some = completions(case, count if case["shown"] or names_in(case["book"], {"doubtful"}) else 1)
    exact_rules = set()
    if not case["shown"]:
        for rule in [*rules, *duty_names]:
            bodies = [r for kind in ("definitions", *CONDITION_KINDS, "duties") for n, r in case["book"].get(kind, {}).items()
                      if n in closure(case["book"], [rule])]
            if not names_in(bodies, {"doubtful"}):
                exact_rules.add(rule)
    found = []
    for person in (case["shown"] or case["lives"])["people"]:
        if case.get("person") not in (None, person):
            continue
        always, never = {}, {}
        for number, (lives, figures, doubt) in enumerate(some):
            life = Life(book, lives_of.life_of(case["book"], lives, person, case["chosen"]), case["chosen"], figures, doubt)
            for rule in rules:
                if number > 0 and rule in exact_rules:
                    continue
                try:
                    truth = life.rule(rule) & COMPARED
                    amounts = life.amount(rule) if rule in case["book"].get("entitlements", {}) else None
                except Beyond as beyond:
                    tally["left out", str(beyond)] += 1
                    continue
                yes, unknown = answers.yes(person, rule) & COMPARED, answers.unknown(person, rule) & COMPARED
                wrong = (yes & ~truth) | (truth & ~(yes | unknown))
                if rule in exact_rules:
                    wrong |= unknown
                tally["answers compared"] += 1
                if wrong:
                    found.append(("truth", person, rule,
                                  f"wrong on {in_words(wrong)}: the engine says yes {in_words(yes)}, unknown {in_words(unknown)}; "
                                  f"{'the naive interpreter' if not case['shown'] else f'completion {number}'} says {in_words(truth)}"))
                    continue
                if amounts is not None:
                    problem = wrong_amount(answers, person, rule, truth & yes, amounts, rule in exact_rules, tally)
                    if problem:
                        found.append(("amount", person, rule, problem))
                always[rule] = always.get(rule, ALL) & truth
                never[rule] = never.get(rule, ALL) & ~truth
            if case.get("as_at"):
                for duty in duty_names:
                    if number > 0 and duty in exact_rules:
                        continue
                    try:
                        expected = duties.obligations(life, duty, case["as_at"])
                    except Beyond as beyond:
                        tally["left out", str(beyond)] += 1
                        continue
                    problem = duties.differs(answers.obligations.get((person, duty), []), expected, duty in exact_rules)
                    tally["lists of obligations compared"] += 1
                    tally["obligations compared"] += len(expected)
                    if problem:
                        found.append(("duty", person, duty, problem))
        if case["shown"] and len(some) > 1:
            for rule in always:
                unknown = answers.unknown(person, rule) & COMPARED
                tally["hidden: answers"] += 1
                if unknown:
                    tally["hidden: answers unknown on some day"] += 1
                    tally["hidden: unknown days"] += bin(unknown).count("1")
                    tally["hidden: unknown days on which all completions agree"] += bin(unknown & (always[rule] | never[rule])).count("1")
    return found


def check_indicators(program, case, work, tally, rules=None, count=4):
    """Whole lives: what the naive interpreter counts. Shown lives: no completion lies outside the bounds, or meets a target that is said to be missed."""
    source = case["book"].get("indicators", {})
    names = [name for name in source if rules is None or name in rules]
    if not names:
        return []
    since = random.Random(f"since {case['seed']}").choice(["2009-01-01", "2011-05-01", "2012-02-29"])
    said = program.indicators(*prepare(case, work), case["chosen"], case["figures"], case["as_at"], since)
    book = Rulebook(case["book"])
    people = (case["shown"] or case["lives"])["people"]
    found = []
    for number, (lives, figures, doubt) in enumerate(completions(case, count if case["shown"] or names_in(case["book"], {"doubtful"}) else 1)):
        everyone = [Life(book, lives_of.life_of(case["book"], lives, person, case["chosen"]), case["chosen"], figures, doubt) for person in people]
        for name in names:
            bodies = [r for kind in case["book"] if kind in RULE_KINDS for n, r in case["book"][kind].items() if n in closure(case["book"], [name])]
            exactly = not case["shown"] and not names_in(bodies, {"doubtful"})
            if number > 0 and exactly:
                continue
            try:
                expected = indicators.rows(everyone, name, source[name], since, case["as_at"])
            except Beyond as beyond:
                tally["left out", str(beyond)] += 1
                continue
            tally["indicators compared" if exactly else "hidden: indicators compared"] += len(expected)
            if problem := indicators.differs([row for row in said if row["indicator"] == name], expected, exactly):
                found.append(("indicator", None, name, problem))
    return found


def wrong_amount(answers, person, rule, days, amounts, is_exact, tally):
    for start, until, written, depends_on in answers.amounts.get((person, rule), []):
        last, said = (), None
        for day in range(max(start, 0), min(until, COUNT)):
            value = amounts[day]
            if not days >> day & 1 or (last and last[0] is value):
                continue
            last = (value,)
            tally["amounts compared"] += 1
            if written == "":
                wrong = value is not None and (is_exact or not depends_on)
            else:
                # Both have six places at most; the engine's are binary fractions of 53 bits.
                wrong = value is None or abs(exact(written) - value) > Fraction(1, 10**7) + abs(Fraction(value)) / 10**12
            if wrong:
                return f"on {iso(day)} the engine says {written or 'no amount'} (depends on {depends_on or 'nothing'}), the naive interpreter {value}"
    return None


# --- the engine agrees with itself -----------------------------------------------------------


def same_tables(one, other):
    return [name for name in ("statuses", "entitlements", "findings", "obligations", "categories")
            if sorted((one / f"{name}.csv").read_text(encoding="utf-8").splitlines())
            != sorted((other / f"{name}.csv").read_text(encoding="utf-8").splitlines())]


def check_itself(program, case, work, tally):
    """One by one, in another order, with shuffled tables, on any number of threads: the same rows."""
    work = Path(work)
    rng = random.Random(f"itself {case['seed']}")
    engine_answers(program, case, work)
    rules, found = work / "rulebook.yaml", []
    shown = case["shown"] or case["lives"]

    def run(name, some, threads=None):
        lives_of.write_tables(some, case["book"], work / name / "facts")
        program.evaluate(rules, work / name / "facts", work / name / "out", case["chosen"], case["figures"], case.get("as_at"), threads)
        return work / name / "out"

    for threads in (1, 2, 3, 7):
        program.evaluate(rules, work / "facts", work / "threads", case["chosen"], case["figures"], case.get("as_at"), threads)
        for name in sorted(p.name for p in (work / "out").glob("*.csv")):
            if (work / "out" / name).read_bytes() != (work / "threads" / name).read_bytes():
                found.append(("itself", None, name, f"other bytes on {threads} threads"))
        tally["runs on other numbers of threads"] += 1
    shuffled = {"people": shown["people"], "recorded": rng.sample(shown["recorded"], len(shown["recorded"])),
                "tables": {name: rng.sample(rows, len(rows)) for name, rows in shown["tables"].items()}}
    for name in same_tables(work / "out", run("shuffled", shuffled)):
        found.append(("itself", None, name, "other rows when tables and people stand in another order"))
    tally["runs in another order"] += 1
    rows = {name: [] for name in ("statuses", "entitlements", "findings", "obligations", "categories")}
    for person in shown["people"]:
        alone = {"people": [person], "recorded": [r for r in shown["recorded"] if r[0] == person],
                 "tables": {name: [r for r in some if r["person"] == person] for name, some in shown["tables"].items()}}
        # A table of which `recorded.csv` speaks is complete for nobody it does not name: keep that it speaks of it.
        for name in {r[1] for r in shown["recorded"]} - {r[1] for r in alone["recorded"]}:
            start = iso(0)
            alone["recorded"].append((person, name, start, start))
        out = run("alone", alone)
        for name in rows:
            rows[name] += (out / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        tally["people evaluated alone"] += 1
    for name, some in rows.items():
        together = (work / "out" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        for row in sorted((Counter(some) - Counter(together)) + (Counter(together) - Counter(some))):
            where = "one by one" if row in some else "together"
            rule = row.split(",")[1]
            found.append(("itself", None, rule if name != "categories" else None, f"a row that is there only {where}: {row}"))
    return found


def check_explain(program, case, work, tally, how_many=3):
    """The explanation of a day says what the table says; so do its changes; a definition is explained as the naive interpreter has it."""
    rng = random.Random(f"explain {case['seed']}")
    answers = engine_answers(program, case, work)
    rules, facts = Path(work) / "rulebook.yaml", Path(work) / "facts"
    people = (case["shown"] or case["lives"])["people"]
    found = []
    names = conditions(case["book"])
    for _ in range(how_many):
        person, rule = case.get("person") or rng.choice(people), case.get("rule") or rng.choice(names)
        rows = answers.rows.get((person, rule), [])
        edges = [d for row in rows for d in row[:2] if 0 <= d < COUNT] or [rng.randrange(1500, 5000)]
        day = min(max(rng.choice(edges) + rng.choice([-1, 0, 0, 1, 40]), 0), COUNT - 1)
        try:
            said = program.explain(rules, facts, person, rule, iso(day), case["chosen"], case["figures"], case.get("as_at"))
        except Refused as refused:
            found.append(("explain refused", person, rule, str(refused)))
            continue
        tally["explanations compared"] += 1
        here = next((truth for start, until, truth in rows if start <= day < until), "no")
        if said["truth"] != here:
            found.append(("explain", person, rule, f"on {iso(day)} the table says {here}, the explanation {said['truth']}"))
        if said["reason"] and said["reason"].get("truth") != here:
            found.append(("explain", person, rule, f"on {iso(day)} the table says {here}, the reason {said['reason'].get('truth')}"))
        # The first row of changes may be the beginning of time, which has no date.
        changes = {(c["on"], c["to"]) for c in said["changes"] if c["on"]}
        expected = set()
        for at, (start, until, truth) in enumerate(rows):
            if start != ALWAYS:
                expected.add((date_text(start), truth))
            following = rows[at + 1] if at + 1 < len(rows) else None
            if until != NEVER and not (following and following[0] == until):
                expected.add((date_text(until), "no"))
        # An entitlement has rows for each amount; the truth changes only where it differs.
        expected = {(d, t) for d, t in expected if not same_before(rows, d, t)}
        if changes != expected:
            found.append(("explain", person, rule, f"the changes explained {sorted(changes ^ expected)[:4]} are not those of the table"))
    return found


def date_text(day):
    return iso(day)


def same_before(rows, date, truth):
    for (_, until, before), (start, _, after_it) in zip(rows, rows[1:]):
        if until == start and iso(start) == date and before == after_it == truth:
            return True
    return False
