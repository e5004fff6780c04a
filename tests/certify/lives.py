"""Random lives, what is hidden of them, and what the hidden may have been.

A set of lives is {"people": [id], "tables": {fact: [row]}, "recorded": [(person, fact, from, until)]}; a row is a dictionary of cells, as
they stand in the CSV. A table that is absent is not in "tables".

    whole lives    nothing is hidden: no table absent, no blank that means "unknown", nobody's word doubted
    shown lives    some of it hidden: what the engine gets to see
    a completion   shown lives with everything hidden made up, so that what was shown stays true
"""

import csv
import re
from pathlib import Path

from days import ALWAYS, NEVER, after, birthday, date_of, iso, parse, period, runs, span, ALL
from rulebooks import EDGES, WORDS

EARLIEST, LATEST = parse("2009-06-01"), parse("2020-06-01")


class Spoken:
    """The lengths, ages and dates that a rulebook speaks of. Lives made of them come to the very day on which its answers change."""

    def __init__(self, book):
        words = []

        def look(value):
            if isinstance(value, dict):
                for key, inner in value.items():
                    if key not in ("cite", "summary"):
                        look(inner)
            elif isinstance(value, list):
                for inner in value:
                    look(inner)
            else:
                words.append(str(value))
        look(book)
        self.lengths = sorted({w for w in words if re.fullmatch(r"\d+ (day|week|month)s?", w)})
        self.ages = sorted({w for w in words if re.fullmatch(r"\d+ years?( \d+ months?)?", w)})
        self.dates = sorted({parse(w) for w in words if re.fullmatch(r"20\d\d-\d\d-\d\d", w)})

    def until(self, rng, start):
        """The day that a length after another, or the day beside it."""
        return after(start, period(rng.choice(self.lengths))) + rng.choice([-1, 0, 0, 1])

    def day(self, rng, born):
        """A birthday or a date, or the day beside it."""
        if self.ages and (not self.dates or rng.random() < 0.6):
            return birthday(born, rng.choice(self.ages), rng.choice(["1_march", "28_february"])) + rng.choice([-1, 0, 0, 1])
        return rng.choice(self.dates) + rng.choice([-1, 0, 0, 1])


def columns(fact):
    if fact["kind"] == "day":
        return ["person", "value"]
    if fact["kind"] == "numbers":
        return ["person", "from", "until", "value"]
    return ["person", *(["from", "until"] if fact["kind"] == "periods" else ["on"]), *fact.get("fields", {})]


def write_tables(lives, book, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in lives["tables"].items():
        header = columns(book["facts"][name])
        if any("certain" in row for row in rows):
            header = [*header, "certain"]
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([row.get(column, "") for column in header] for row in rows)
    if lives["recorded"]:
        with open(folder / "recorded.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["person", "fact", "from", "until"])
            writer.writerows(lives["recorded"])


# --- whole lives ---------------------------------------------------------------------


def some_day(rng, born, spoken=None, edges=()):
    """A day for a record: among the days that matter to the rulebook, to the person's other records (`edges`), or to calendars; or any."""
    choice = rng.random()
    if spoken and (spoken.ages or spoken.dates) and rng.random() < 0.25:
        return min(max(spoken.day(rng, born), EARLIEST), LATEST)
    if edges and rng.random() < 0.35:
        day = rng.choice(edges)
        if spoken and spoken.lengths and rng.random() < 0.5:
            day = spoken.until(rng, day)
        return min(max(day + rng.choice([-1, 0, 0, 1]), EARLIEST), LATEST)
    if choice < 0.25:
        day = parse(rng.choice(EDGES))
    elif choice < 0.4:  # a birthday, or the day beside it
        date = date_of(born)
        year = date.year + rng.randint(1, 7)
        day = parse(f"{year}-{date.month:02}-{min(date.day, 28):02}") + rng.choice([-1, 0, 0, 1, 1])
    else:
        day = born + rng.randint(-60, 2900)
    return min(max(day + rng.choice([0, 0, 0, -1, 1]), EARLIEST), LATEST)


def length(rng):
    return rng.choice([0, 1, 1, 2, 6, 7, 8, 27, 28, 29, 30, 31, 59, 90, 91, 92, 181, 182, 183, 365, 366, rng.randint(1, 500)])


def field_cells(rng, fact):
    cells = {}
    for name, field in fact.get("fields", {}).items():
        if "one_of" in field:
            cells[name] = rng.choice(field["one_of"])
            if name == "disputed":  # whole lives are not doubted
                cells[name] = ""
            elif "when_absent" in field and rng.random() < 0.3:
                cells[name] = ""
        else:
            cells[name] = rng.choice(["0", "1", "2", "3", "10", "12.34", "50", "0.25", "71.50", "100"])
    return cells


def rows_of(rng, person, born, fact, few=False, spoken=None, edges=None):
    """A person's rows of one table. The days of their edges are added to `edges`."""
    edges = [] if edges is None else edges
    rows, kind = [], fact["kind"]
    count = rng.choice([0, 0, 1, 1]) if few else rng.choice([0, 0, 1, 2, 3, 4, 6])
    if kind == "periods":
        at = some_day(rng, born, spoken, edges)
        for _ in range(count):
            if rng.random() < 0.3:
                at = some_day(rng, born, spoken, edges)
            measured = spoken and spoken.lengths and rng.random() < 0.5
            until = min(spoken.until(rng, at) if measured else at + length(rng), LATEST)
            edges += [at, until]
            rows.append({"person": person, "from": iso(at), "until": "" if rng.random() < 0.07 else iso(max(at, until)), **field_cells(rng, fact)})
            measured = spoken and spoken.lengths and rng.random() < 0.4
            at = spoken.until(rng, until) if measured else until + rng.choice([0, 0, 0, 1, 2, 6, 7, 27, 28, 40, -1, -20, -60])
            at = min(max(at, EARLIEST), LATEST)
    elif kind == "events":
        day = some_day(rng, born, spoken, edges)
        for _ in range(count):
            rows.append({"person": person, "on": iso(day), **field_cells(rng, fact)})
            edges.append(day)
            choice = rng.random()
            if spoken and spoken.lengths and choice < 0.3:
                day = min(max(spoken.until(rng, day), EARLIEST), LATEST)
            elif choice < 0.6:
                day = min(day + rng.choice([0, 0, 1, 7, 27, 28, 29, 90, 91, 182, 365]), LATEST)
            else:
                day = some_day(rng, born, spoken, edges)
    else:
        days = sorted({some_day(rng, born, spoken, edges) for _ in range(count + 1)})
        for start, until in zip(days, [*days[1:], None]):
            if rng.random() < 0.25:
                continue
            end = "" if until is None else iso(until if rng.random() < 0.7 else rng.randint(start, until))
            rows.append({"person": person, "from": iso(start), "until": end, "value": rng.choice(["0", "1", "10", "50", "12.34", "71.50", "100"])})
    rng.shuffle(rows)
    return rows


def some_birth(rng):
    return parse(rng.choice(["2012-02-29", "2012-02-29", "2010-01-31", "2011-08-31", "2012-02-28", "2012-03-01", "2011-12-31",
                             *[iso(parse("2010-01-01") + rng.randrange(1000)) for _ in range(7)]]))


def whole_lives(rng, book, count):
    people = [f"p{n}" for n in range(count)]
    subject = book["subject"]
    rare = {subject.get("ends_with"), subject.get("begins_anew", {}).get("with")}
    tables = {name: [] for name in book["facts"]}
    spoken = Spoken(book)
    for person in people:
        born = some_birth(rng)
        edges = []
        for name, fact in book["facts"].items():
            if fact["kind"] == "day":
                tables[name].append({"person": person, "value": iso(born)})
            else:
                tables[name] += rows_of(rng, person, born, fact, few=name in rare, spoken=spoken, edges=edges)
    return {"people": people, "tables": tables, "recorded": []}


# --- what is hidden --------------------------------------------------------------------


def hide(rng, book, lives):
    """Shown lives. Each kind of hiding is used in some rounds and not in others."""
    subject = book["subject"]
    ways = set(rng.sample(["tables", "blanks", "certain", "disputed", "recorded", "births"], rng.choice([1, 1, 2, 3, 6])))
    tables = {name: [dict(row) for row in rows] for name, rows in lives["tables"].items()}
    recorded = []
    share = rng.choice([0.1, 0.3, 0.6])
    for name, rows in tables.items():
        fact = book["facts"][name]
        if fact["kind"] == "day":
            for row in rows:
                if "births" in ways and rng.random() < 0.3:
                    row["value"] = ""
            continue
        for row in rows:
            if "blanks" in ways and fact["kind"] != "numbers":
                for field, declared in fact.get("fields", {}).items():
                    if "when_absent" not in declared and rng.random() < share:
                        row[field] = ""
            if "certain" in ways and fact["kind"] in ("periods", "events"):
                row["certain"] = rng.choice(["yes", "", "no"]) if rng.random() < 2 * share else "yes"
            if "disputed" in ways and "disputed" in fact.get("fields", {}) and rng.random() < share:
                row["disputed"] = "yes"
        if "recorded" in ways and rng.random() < 0.5:
            for person in lives["people"]:
                choice = rng.random()
                days = sorted(some_day(rng, parse("2012-01-01")) for _ in range(4))
                if choice < 0.2:
                    recorded.append((person, name, "", ""))
                elif choice < 0.35:
                    recorded.append((person, name, iso(days[0]), iso(days[0])))
                elif choice < 0.5:
                    recorded.append((person, name, iso(days[0]), ""))
                elif choice < 0.65:
                    recorded.append((person, name, "", iso(days[0])))
                elif choice < 0.8:
                    recorded.append((person, name, iso(days[0]), iso(days[2])))
                else:
                    recorded += [(person, name, "", iso(days[0])), (person, name, iso(days[1]), iso(days[2]))]
    if "tables" in ways:
        hideable = [n for n in tables if book["facts"][n]["kind"] != "day"]
        for name in rng.sample(hideable, rng.choice([1, 1, 2, 3, 5])):
            if name == subject.get("ends_with") and rng.random() < 0.7:  # without it nothing is ever "yes"
                continue
            del tables[name]
            recorded = [r for r in recorded if r[1] != name]
    return {"people": lives["people"], "tables": tables, "recorded": recorded}


def covered(lives, person, fact):
    """The days on which a table is complete for a person."""
    rows = [r for r in lives["recorded"] if r[0] == person and r[1] == fact]
    if not any(r[1] == fact for r in lives["recorded"]):
        return ALL
    days = 0
    for _, _, start, until in rows:
        days |= span(parse(start) if start else ALWAYS, parse(until) if until else NEVER)
    return days


# --- completions ------------------------------------------------------------------------


def pieces(rng, row):
    """A record on some of its days only."""
    start = parse(row["from"])
    until = parse(row["until"]) if row["until"] else LATEST + 300
    if until <= start:
        return [row]
    cuts = sorted(rng.randint(start, until) for _ in range(2 * rng.randint(1, 3)))
    return [{**row, "from": iso(a), "until": iso(b)} for a, b in zip(cuts[::2], cuts[1::2]) if a < b]


def taken_whole(book):
    """The facts of which a duty takes each record; a doubtful record of theirs was so as a whole, or not at all."""
    bodies = [body for duty in book.get("duties", {}).values() for body in (duty, *duty.get("versions", []))]
    taken = [what for body in bodies for way, what in body.get("arises", {}).items() if way in ("with_each", "after_each")]
    return {what["fact"] if isinstance(what, dict) else what for what in taken}


def complete(rng, book, lives, shown, way):
    """What the hidden may have been. `way`: as it was, little, much, or anything."""
    born = {}
    tables = {}
    subject = book["subject"]
    rare = {subject.get("ends_with"), subject.get("begins_anew", {}).get("with")}
    whole = taken_whole(book)
    born_name = subject["born"]
    tables[born_name] = []
    for row, true in zip(shown["tables"][born_name], lives["tables"][born_name]):
        value = row["value"] or (true["value"] if way == "as it was" else iso(some_birth(rng)))
        born[row["person"]] = parse(value)
        tables[born_name].append({**row, "value": value})
    for name, fact in book["facts"].items():
        if name == born_name:
            continue
        if name not in shown["tables"]:
            how = rng.choice(["as it was", "little", "much"]) if way == "anything" else way
            tables[name] = (list(lives["tables"][name]) if how == "as it was" else [] if how == "little" else
                            [row for person in shown["people"] for row in rows_of(rng, person, born[person], fact, few=name in rare)])
            continue
        fields = fact.get("fields", {})
        doubt_words = {d["field"]: d["is"] for d in fact.get("doubtful", [])}
        done = []
        for row in shown["tables"][name]:
            row = dict(row)
            days = covered(shown, row["person"], name)
            for field, declared in fields.items():
                if row[field] == "" and "when_absent" not in declared:
                    row[field] = (rng.choice(declared["one_of"]) if "one_of" in declared else
                                  rng.choice(["0", "1", "3", "10", "12.34", "50", "100"]))
            certain = row.pop("certain", "yes") != "no"
            doubted = any(row[field] == word for field, word in doubt_words.items())
            some = [row]
            if not certain and not (way == "much" or (way != "little" and rng.random() < 0.5)):
                some = []
            if doubted and some:
                row["doubted"] = "yes"  # settled below, by the reading chosen
                row["settled"] = ("yes" if way == "much" else "no" if way == "little" else
                                  rng.choice(["yes", "no"] if fact["kind"] == "events" or name in whole else ["yes", "no", "pieces"]))
            for one in some:
                done += within_coverage(rng, fact, one, days, way)
        for person in shown["people"]:  # on the days of which nothing is recorded, anything may have been
            open_days = ALL & ~covered(shown, person, name)
            if open_days and way != "little":
                for row in rows_of(rng, person, born[person], fact, few=name in rare):
                    done += outside_coverage(row, fact, open_days)
        tables[name] = done
    return {"people": shown["people"], "tables": tables, "recorded": []}


def days_of(row, fact):
    if fact["kind"] == "events":
        return span(parse(row["on"]), parse(row["on"]) + 1)
    return span(parse(row["from"]), parse(row["until"]) if row["until"] else NEVER)


def within_coverage(rng, fact, row, days, way):
    """A row that was shown, as it may have been: on covered days as shown, on the others there or not."""
    mine = days_of(row, fact)
    if mine & days == mine:
        return [row]
    if not mine & days:
        return [row] if way == "as it was" or (way != "little" and rng.random() < 0.5) else []
    if way == "as it was" or (way == "anything" and rng.random() < 0.4):
        return [row]
    if len(runs(mine & days)) > 1:
        return [row]
    (start, until), = runs(mine & days)  # partly covered: it holds on its covered days, and perhaps on no others
    return [{**row, "from": iso(start) if start != ALWAYS else row["from"], "until": iso(until) if until != NEVER else ""}]


def outside_coverage(row, fact, open_days):
    if fact["kind"] == "events":
        return [row] if days_of(row, fact) & open_days else []
    return [{**row, "from": row["from"] if start == ALWAYS else iso(start), "until": "" if until == NEVER else iso(until)}
            for start, until in runs(days_of(row, fact) & open_days)]


# --- for the naive interpreter --------------------------------------------------------------


def life_of(book, lives, person, chosen):
    """The records of one person of whole or completed lives, as naive.Life takes them."""
    life = {}
    for name, fact in book["facts"].items():
        rows = [r for r in lives["tables"][name] if r["person"] == person]
        if fact["kind"] == "day":
            life[name] = parse(rows[0]["value"])
            continue
        records = []
        for row in rows:
            fields = {}
            for field, declared in fact.get("fields", {}).items():
                fields[field] = row[field] or declared.get("when_absent", "")
                if not fields[field]:
                    raise AssertionError(f"{name}.{field} is blank in a completed life")
            if row.get("doubted") == "yes" and row["settled"] != "yes":
                readings = [d.get("reading") for d in fact["doubtful"] if fields[d["field"]] == d["is"]]
                if any(r is None or chosen.get(r, book["readings"][r]["default"]) == "unknown" for r in readings):
                    if row["settled"] == "no":
                        continue
                    records += [record(one, fact, fields) for one in row["pieces"]]
                    continue
            records.append(record(row, fact, fields))
        life[name] = records
    return life


def settle_pieces(rng, lives):
    for rows in lives["tables"].values():
        for row in rows:
            if row.get("settled") == "pieces":
                row["pieces"] = pieces(rng, row)


def record(row, fact, fields):
    if fact["kind"] == "events":
        return parse(row["on"]), fields
    until = parse(row["until"]) if row["until"] else NEVER
    return parse(row["from"]), until, row["value"] if fact["kind"] == "numbers" else fields
