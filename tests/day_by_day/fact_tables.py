"""Folders of fact tables: read, written, shown, and completed with the rows of other lives. Used by the checks here and in ../deadlines."""

import csv
import datetime
from collections import defaultdict
from pathlib import Path

DAY = datetime.timedelta(days=1)


def read_facts(folder):
    """{table: (header, {person: [row, ...]})} for each CSV in the folder; rows without the person."""
    tables = {}
    for path in sorted(Path(folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            header, people = next(rows), defaultdict(list)
            for row in rows:
                people[row[0]].append(row[1:])
        tables[path.stem] = (header, people)
    return tables


def write_table(folder, name, header, people):
    with open(Path(folder) / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for person, rows in people.items():
            writer.writerows([person] + row for row in rows)


def births(tables):
    return {p: datetime.date.fromisoformat(rows[0][0]) for p, rows in tables["date_of_birth"][1].items()}


def birthdays(born):
    day = datetime.date.fromisoformat(born)
    for n in (14, 16, 18, 21, 25):
        try:
            yield f"B({n}) {day.replace(year=day.year + n)}"
        except ValueError:
            yield f"B({n}) {day.year + n}-03-01"


def records(tables, person):
    """All that the tables say of a person, a line a record."""
    lines = []
    for table, (header, people) in tables.items():
        for row in sorted(people.get(person, [])):
            lines.append("    " + table + ": " + ", ".join(f"{name} {cell}" for name, cell in zip(header[1:], row) if cell))
            if table == "date_of_birth":
                lines[-1] += "   " + "  ".join(birthdays(row[0]))
    return "\n".join(lines)


def moved(rows, by, last=None):
    """Rows of another life, each date moved; a row that would then lie after `last` is left out."""
    out = []
    for row in rows:
        days = []
        for cell in row:
            try:
                days.append(datetime.date.fromisoformat(cell) + by * DAY)
            except ValueError:
                days.append(None)
        if last is None or all(day is None or day <= last for day in days):
            out.append([cell if day is None else day.isoformat() for cell, day in zip(row, days)])
    return out


def other_lives(rng, born, people, last=None):
    """A table in which each person has the rows of another, moved so that the ages fit."""
    names, others = list(born), list(born)
    rng.shuffle(others)
    return {a: moved(people.get(b, []), (born[a] - born[b]).days, last) for a, b in zip(names, others)}
