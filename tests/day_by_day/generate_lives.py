#!/usr/bin/env python3
"""Invents lives whose dates sit on the edges of the law, as a folder of fact tables.

    generate_lives.py --seed N --people N --out DIR [--no-doubtful]

About two people in five are ordinary; the rest are built from blocks, each of which aims at one rule: totals of 89 to 92 days,
the birthdays and the days about them, the days on which the law changed, stays of 16 to 18 and 27 to 29 days, 74 to 76 days in
twelve months, six months at home less or more a day, and so on. The same seed gives the same bytes; a person depends on
the seed and on its number only, so a smaller --people gives the first of a larger one.
"""

import argparse
import calendar
import csv
import datetime
import random
from pathlib import Path

TABLES = {
    "date_of_birth": ["person", "value"],
    "care": ["person", "from", "until", "legal_status", "placement", "authority", "disputed", "found_by_court"],
    "living_with_family": ["person", "from", "until", "with"],
    "detained": ["person", "from", "until", "kind"],
    "in_hospital": ["person", "from", "until"],
    "special_guardianship": ["person", "from", "until"],
    "other_accommodation": ["person", "from", "until", "kind"],
    "education_programmes": ["person", "from", "until", "in_pathway_plan"],
    "told_of_programme": ["person", "on"],
    "support_requests": ["person", "on"],
    "support_declined": ["person", "on"],
    "adopted": ["person", "on"],
    "died": ["person", "on"],
}
Date = datetime.date
DAY = datetime.timedelta(days=1)
LAW = [Date(2001, 10, 1), Date(2011, 4, 1), Date(2012, 12, 3), Date(2013, 4, 19), Date(2018, 4, 1), Date(2020, 4, 24),
       Date(2020, 9, 25), Date(2020, 9, 26)]
ORDINARY_CODES = ["V2"] * 6 + ["C1", "C2", "C2", "C2", "E1"]
ODD_CODES = ["D1", "L1", "L2", "L3", "J1", "J2", "J3", "E1", "C1", "C2", "V2"]
FAMILY = ["parent", "parent", "parent", "person_with_parental_responsibility", "person_named_in_earlier_order"]
THREE_MONTHS = ["health", "education", "care_home_or_independent_hospital"]
OTHER = ["voluntary_organisation", "private_childrens_home", "private_fostering"]


def months(day, n):
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return Date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


def birthday(born, n):
    if (born.month, born.day) == (2, 29) and not calendar.isleap(born.year + n):
        return Date(born.year + n, 3, 1)
    return born.replace(year=born.year + n)


class Person:
    def __init__(self, rng, number, doubtful):
        self.rng, self.doubtful = rng, doubtful
        self.person = f"p{number:06d}"
        self.rows = {name: [] for name in TABLES}
        self.born = self.birth()
        self.b = {n: birthday(self.born, n) for n in (14, 16, 18, 21, 25)}
        self.b15y9m = months(self.born, 15 * 12 + 9)
        self.rows["date_of_birth"].append([self.born.isoformat()])

    # -- chance

    def chance(self, p):
        return self.rng.random() < p

    def birth(self):
        rng = self.rng
        kind = rng.random()
        first, last = Date(1983, 1, 1), Date(2012, 12, 31)
        if kind < 0.12:
            return Date(rng.choice([1984, 1988, 1992, 1996, 2000, 2004, 2008, 2012]), 2, 29)
        if kind < 0.17:
            return Date(rng.randint(1983, 2012), *rng.choice([(2, 28), (3, 1), (8, 31), (5, 31), (11, 30), (12, 31), (1, 1)]))
        if kind < 0.35:  # a birthday on a day of the law, or beside it
            day, n = rng.choice(LAW), rng.choice([14, 16, 16, 18, 18, 21, 25])
            day += rng.choice([-1, 0, 0, 1]) * DAY
            born = Date(day.year - n, day.month, min(day.day, 28) if day.month == 2 else day.day)
            return min(max(born, first), last)
        return first + rng.randrange((last - first).days + 1) * DAY

    def near(self, day, spread=1):
        return day + self.rng.choice([0, 0, 0, -1, 1] if spread == 1 else range(-spread, spread + 1)) * DAY

    def edge(self, low=14, high=18):
        """A day on or beside a birthday or a day of the law between these ages."""
        marks = [self.b[n] for n in self.b if low <= n <= high] + [self.b15y9m]
        marks += [d for d in LAW if birthday(self.born, low) <= d <= birthday(self.born, high)]
        return self.near(self.rng.choice(marks))

    def between(self, first, until):
        return first + self.rng.randrange(max(1, (until - first).days)) * DAY

    def age(self, low, high):
        return self.born + self.rng.randrange(int(low * 365.25), int(high * 365.25)) * DAY

    # -- rows

    def add(self, table, *cells):
        self.rows[table].append(["" if c is None else c.isoformat() if isinstance(c, Date) else c for c in cells])

    def period(self, table, start, until, *fields):
        if until is None or until > start:
            self.add(table, start, until, *fields)

    def care(self, start, until, code=None, disputed=None):
        start = max(start, self.born)
        if until is not None and until < start:
            return
        rng = self.rng
        if disputed is None:
            disputed = "yes" if self.doubtful and self.chance(0.02) else "no"
        self.add("care", start, until, code or rng.choice(ORDINARY_CODES), rng.choice(["U1", "U4", "U6", "K2", "H5", "P1", ""]),
                 "201" if self.chance(0.9) else "826", disputed, "yes" if self.chance(0.03) else "no")

    # -- blocks: each aims at one rule

    def ordinary_care(self):
        start, code = self.age(0, 17.9), self.rng.choice(ORDINARY_CODES)
        for _ in range(self.rng.choice([1, 1, 1, 2, 2, 3, 4])):
            length = self.rng.choice([30, 100, 200, 500, 1500, 4000])
            until = start + self.rng.randrange(1, length) * DAY
            if until >= self.b[18] or (self.chance(0.3) and start < self.b[18]):
                until = self.rng.choice([self.b[18], self.b[18], self.b[18], None, self.near(self.b[18])])
                self.care(start, until, code)
                return
            self.care(start, until, code)
            if self.chance(0.5):  # the next record touches: an episode that ends for a new status or placement
                start, code = until, self.rng.choice(ORDINARY_CODES)
            else:
                start = until + self.rng.randrange(1, 700) * DAY
                if self.chance(0.7) and until < self.b[18]:
                    self.period("living_with_family", until, start if self.chance(0.8) else None, self.rng.choice(FAMILY))
            if start >= self.b[18]:
                return

    def total_about_91(self):
        """Spells that come to 89 to 92 days; the last one ends or begins on an edge."""
        total = self.rng.choice([89, 90, 91, 92])
        parts = self.rng.choice([1, 1, 2, 3])
        cuts = sorted(self.rng.sample(range(1, total), parts - 1))
        lengths = [b - a for a, b in zip([0] + cuts, cuts + [total])]
        day = self.rng.choice([self.edge(14, 18), self.near(self.b[16]), self.near(self.b[18]), self.near(self.b[14]) + total * DAY])
        for length in lengths:  # backwards in time
            if day - length * DAY < self.born:
                break
            self.care(day - length * DAY, day, self.rng.choice(["V2", "V2", "C2", "L2", "J1", "V3"]))
            day -= (length + self.rng.choice([0, 1, 1, 30, 200])) * DAY

    def straddles(self):
        start = self.edge(14, 16) if self.chance(0.7) else self.age(10, 16)
        until = self.edge(16, 18) if self.chance(0.8) else None
        self.care(start, until)
        if self.chance(0.3) and until:
            again = until + self.rng.choice([0, 1, 5, 60]) * DAY
            self.care(again, again + self.rng.choice([0, 1, 10, 91]) * DAY)

    def ends_at_16(self):
        length = self.rng.choice([1, 30, 89, 90, 91, 92, 400, 900])
        self.care(self.b[16] - length * DAY, self.near(self.b[16]), self.rng.choice(["V2", "V2", "C2", "V3"]))

    def short_breaks(self):
        """A series of short breaks; the stays' lengths, the gaps and the total sit on the edges."""
        rng = self.rng
        start = rng.choice([self.edge(13 if self.chance(0.2) else 14, 18), self.b[16] - rng.randrange(0, 200) * DAY, self.age(13, 17.8)])
        flavour = rng.choice([[1, 2, 3, 7], [16, 17, 18], [27, 28, 29], [17], [28], [1, 7, 17, 28, 29], [5, 10, 15]])
        target = rng.choice([74, 75, 76, 76, 77, 91, 91, 92, 120, 300])
        total, day, count = 0, start, 0
        while total < target and count < 80:
            length = min(rng.choice(flavour), target - total)
            self.care(day, day + length * DAY, "V3")
            if self.chance(0.06):  # a stay recorded as two
                self.care(day + length * DAY, day + (length + 1) * DAY, "V3")
            total, count = total + length, count + 1
            day += (length + rng.choice([0, 1, 1, 2, 7, 14, 14, 30])) * DAY
        if self.chance(0.25):  # the 76th day falls on the edge of a window of twelve months
            self.care(months(start, 12) + rng.choice([-2, -1, 0, 1]) * DAY, months(start, 12) + rng.choice([1, 2, 3]) * DAY, "V3")
        if self.chance(0.4):  # then, before or meanwhile accommodated in full
            around = rng.choice([day, start - 60 * DAY, start, self.near(self.b[16])])
            self.care(around, around + rng.choice([1, 10, 45, 90, 91, 300]) * DAY, rng.choice(["V2", "C2"]))
        if self.chance(0.2):
            self.period("living_with_family", start - rng.randrange(0, 200) * DAY, None, "parent")

    def stay_across_a_change(self):
        """A stay that lies across a day on which the rule for short breaks changed, after enough care."""
        rng = self.rng
        for mark in (Date(2001, 10, 1), Date(2011, 4, 1), Date(2020, 4, 24), Date(2020, 9, 26)):
            if self.b[16] - 10 * DAY < mark < self.b[18] + 10 * DAY:
                start = mark - rng.choice([0, 1, 10, 16, 17, 18, 20]) * DAY
                self.care(start, start + rng.choice([16, 17, 18, 20, 28, 29, 40]) * DAY, "V3", "no")
        start = rng.choice([self.b[14], self.near(self.b[16]) - 200 * DAY])
        self.care(start, start + rng.choice([91, 92, 150]) * DAY, "V2")

    def twelve_months(self):
        """74 or 75 days of short breaks, then one or two about the day on which twelve months from the first are over."""
        rng = self.rng
        first = rng.choice([self.between(self.b[16] - 500 * DAY, self.b[18] - 400 * DAY), months(self.near(self.b[16]), -12)])
        if (self.born.day, self.born.month) == (29, 2) or self.chance(0.1):
            first = Date(first.year, *rng.choice([(2, 28), (3, 1), (2, 29 if calendar.isleap(first.year) else 28)]))
        day, left = first, rng.choice([74, 75, 75])
        while left:
            length = min(left, rng.choice([15, 16, 17]))
            self.care(day, day + length * DAY, "V3", "no")
            left, day = left - length, day + (length + rng.choice([1, 3, 30])) * DAY
        last = months(first, 12) + rng.choice([-2, -1, -1, 0, 0, 1]) * DAY
        self.care(last, last + rng.choice([1, 1, 2, 5]) * DAY, "V3", "no")
        start = self.b[14] + rng.randrange(0, 90) * DAY
        self.care(start, start + rng.choice([91, 95]) * DAY, "V2")

    def remand_across_19_4_2013(self):
        """Remanded on a 16th birthday about 19.4.2013, after enough care, then home: only detention keeps the status."""
        start = self.b[16] - self.rng.choice([0, 1, 9, 30]) * DAY
        self.care(start - self.rng.choice([90, 91, 92]) * DAY, start, "V2", "no")
        self.period("detained", start, self.b[16] + self.rng.choice([1, 2, 60]) * DAY, "youth_detention_remand")
        self.period("living_with_family", self.b[16] + 60 * DAY, None, "parent")

    def same_day_and_overlaps(self):
        day = self.edge()
        self.care(day, day, self.rng.choice(["V2", "V3", "C2"]))
        start = self.age(13.5, 17.5)
        self.care(start, start + 60 * DAY, "V3")
        self.care(start + self.rng.choice([0, 1, 16, 28, 59, 60]) * DAY, start + self.rng.choice([17, 28, 60, 61, 120]) * DAY,
                  self.rng.choice(["V2", "C2", "V3", "J1"]))
        if self.chance(0.5):
            self.care(self.edge(), None, self.rng.choice(ODD_CODES))

    def goes_home(self):
        rng = self.rng
        target = rng.choice([self.b[18], self.b[18], self.b[16], self.edge(16, 18), self.age(16, 18.5)])
        start = self.near(months(target, -6))  # six months are up on the target, or a day off
        if self.chance(0.4):
            self.care(start - rng.choice([91, 200, 600]) * DAY, start + rng.choice([0, 0, 1, 30, 184, 400]) * DAY, rng.choice(["V2", "C2"]))
        day = start
        for _ in range(rng.choice([1, 1, 2, 3])):
            until = rng.choice([self.near(months(day, 6)), day + rng.choice([30, 100, 250, 500]) * DAY, self.near(self.b[18]), None])
            if until is not None and until <= day:
                until = day + 10 * DAY
            self.period("living_with_family", day, until, rng.choice(FAMILY))
            if until is None:
                break
            day = until + rng.choice([0, 0, 1, 27, 28, -5]) * DAY

    def detained_or_in_hospital(self):
        rng = self.rng
        start = rng.choice([self.near(self.b[16]), self.b[16] - rng.choice([1, 2, 30, 100, 300]) * DAY, self.edge(14, 18)])
        until = rng.choice([self.near(self.b[16]), self.near(self.b[16]) + DAY, self.b[16] + rng.choice([1, 30, 300]) * DAY, self.near(self.b[18]),
                            None, self.near(months(start, 3)), self.near(months(self.b[16], 3))])
        if until is not None and until <= start:
            until = start + rng.choice([1, 2, 100]) * DAY
        if self.chance(0.6):
            self.period("detained", start, until, rng.choice(["sentence", "sentence", "youth_detention_remand", "youth_detention_remand", "other_court_order"]))
        else:
            self.period("in_hospital", start, until)
        length = rng.choice([89, 90, 91, 92, 400])
        end = start + rng.choice([0, 0, 0, -1, 1, -100, 30, 400]) * DAY
        self.care(end - length * DAY, end, rng.choice(["V2", "V2", "C2", "J1"]))
        if self.chance(0.3):
            self.care(end - (length + 40) * DAY, end - (length + 40 - rng.choice([27, 28, 29])) * DAY, "V3")
        if self.chance(0.2):  # a second record that touches
            nxt = start - rng.choice([1, 20]) * DAY
            self.period("in_hospital", nxt, start)

    def remand(self):
        rng = self.rng
        start = rng.choice([self.near(Date(2012, 12, 3)), self.near(Date(2013, 4, 19)), self.edge(14, 18), self.age(14, 17.9)])
        until = rng.choice([start + rng.choice([1, 60, 89, 90, 91, 92, 200]) * DAY, self.near(self.b[18]), None, Date(2012, 12, 3) + 91 * DAY])
        if until is not None and until <= start:
            until = start + 91 * DAY
        self.period("detained", start, until, "youth_detention_remand")
        if self.chance(0.4) and until:
            self.period("detained", until, until + rng.choice([30, 300]) * DAY, "sentence")

    def guardianship(self):
        rng = self.rng
        ends = self.age(1, 18) if self.chance(0.6) else self.edge(14, 18)
        self.care(ends - rng.choice([1, 30, 200, 900]) * DAY, ends, rng.choice(["V2", "C2", "C1"]))
        made = ends + rng.choice([0, 0, 0, 1, -1]) * DAY
        until = rng.choice([None, self.near(self.b[18]), self.b[18], self.near(self.b[16]), made + rng.choice([1, 400, 2000]) * DAY])
        if until is not None and until <= made:
            until = None
        self.period("special_guardianship", made, until)

    def accommodated_otherwise(self):
        rng = self.rng
        for _ in range(rng.choice([1, 1, 2, 3])):
            kind = rng.choice(THREE_MONTHS * 2 + OTHER)
            target = rng.choice([self.b[16], self.b[18], self.edge(16, 18), self.age(15.5, 18.2)])
            start = rng.choice([self.near(months(target, -3)), self.near(target), self.age(14, 18.5)])
            until = rng.choice([self.near(months(start, 3)), self.near(months(start, 3)), start + rng.choice([1, 20, 200]) * DAY,
                                self.near(self.b[18]), self.near(self.b[16]), None, self.age(18, 21)])
            if until is not None and until <= start:
                until = start + 20 * DAY
            self.period("other_accommodation", start, until, kind)
            if until and self.chance(0.5):  # moves on to another of the kinds: the months may run on
                again = until + rng.choice([0, 0, 0, 1, -3]) * DAY
                end = rng.choice([self.near(months(start, 3)), self.near(months(again, 3)), again + 40 * DAY])
                if end > again:
                    if self.chance(0.4):
                        self.period("in_hospital", again, end)
                    else:
                        self.period("other_accommodation", again, end, rng.choice(THREE_MONTHS))

    def adoption(self):
        rng = self.rng
        if self.rows["adopted"]:
            return
        day = rng.choice([self.age(1, 15), self.near(self.b[16]), self.near(self.b[18]), self.age(14, 18), self.age(18, 20), self.edge(14, 18)])
        self.add("adopted", day)
        if self.chance(0.5):
            start = day + rng.choice([-200, -91, -10, 0, 1, 100]) * DAY
            self.care(start, start + rng.choice([90, 91, 92, 300, 301, 500]) * DAY, rng.choice(["E1", "V2", "C2", "V3"]))
        if self.chance(0.2):
            self.add("adopted", day + rng.choice([1, 300, 800]) * DAY)

    def death(self):
        rng = self.rng
        self.add("died", rng.choice([self.age(13, 26), self.near(self.b[16]), self.near(self.b[18]), self.near(self.b[21]), self.near(self.b[25])]))

    def education(self):
        rng = self.rng
        for _ in range(rng.choice([1, 1, 2, 3])):
            start = rng.choice([self.near(self.b[21]), self.near(self.b[25]), self.age(18, 25.5), self.age(20, 21), Date(self.born.year + 20, 9, 1)])
            until = rng.choice([start + rng.choice([1, 90, 300, 1000]) * DAY, self.near(self.b[21]), self.near(self.b[25]), self.b[25] + 200 * DAY, None])
            if until is not None and until <= start:
                until = start + 300 * DAY
            self.period("education_programmes", start, until, rng.choice(["yes", "no"]))
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            starts = [Date.fromisoformat(r[0]) for r in self.rows["education_programmes"]]
            self.add("told_of_programme", rng.choice([self.near(self.b[21]), self.near(self.b[25]), self.age(17, 21), self.age(21, 25.5),
                                                      self.near(rng.choice(starts)), self.near(Date(2011, 4, 1))]))

    def support(self):
        rng = self.rng
        asked = []
        for _ in range(rng.choice([1, 1, 2, 3])):
            asked.append(rng.choice([self.near(self.b[21]), self.near(self.b[25]), self.near(Date(2018, 4, 1)), self.age(20.5, 25.2), self.age(21, 25)]))
        for day in asked:
            self.add("support_requests", day)
        for _ in range(rng.choice([0, 1, 1, 2])):
            self.add("support_declined", rng.choice([rng.choice(asked), rng.choice(asked) + rng.choice([-1, 1, 60, 500]) * DAY,
                                                     self.near(self.b[21]), self.age(21, 25)]))

    def doubt(self):
        rng = self.rng
        start = rng.choice([self.age(13, 17.5), self.edge(14, 18), self.b[16] - 50 * DAY])
        until = rng.choice([start + rng.choice([1, 17, 28, 60, 91, 300]) * DAY, self.near(self.b[18]), None])
        if until is not None and until <= start:
            until = start + 91 * DAY
        if self.chance(0.5):
            self.care(start, until, "V4", "no")
        else:
            self.care(start, until, rng.choice(["V2", "V2", "C2", "V3"]), "yes")

    # -- the person

    def live(self):
        if self.chance(0.4):
            self.ordinary_care()
            if self.chance(0.3):
                self.education()
            if self.chance(0.3):
                self.support()
            return
        blocks = [(self.ordinary_care, 2), (self.total_about_91, 5), (self.straddles, 4), (self.ends_at_16, 2), (self.short_breaks, 5),
                  (self.stay_across_a_change, 2), (self.twelve_months, 2), (self.same_day_and_overlaps, 2), (self.goes_home, 5), (self.detained_or_in_hospital, 4),
                  (self.remand, 2), (self.guardianship, 3), (self.accommodated_otherwise, 4), (self.adoption, 1)]
        for block in self.rng.choices([b for b, _ in blocks], [w for _, w in blocks], k=self.rng.choice([1, 1, 2, 2, 3, 4])):
            block()
        if self.chance(0.5) and not self.rows["care"]:
            self.straddles()
        if abs((self.b[16] - Date(2013, 4, 19)).days) <= 1 and self.chance(0.4):
            self.remand_across_19_4_2013()
        for block, p in ((self.education, 0.35), (self.support, 0.35), (self.death, 0.05), (self.adoption, 0.03)):
            if self.chance(p):
                block()
        if self.doubtful and self.chance(0.08):
            self.doubt()
        for rows in self.rows.values():  # the order of the rows must not matter
            self.rng.shuffle(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--doubtful", action=argparse.BooleanOptionalAction, default=True,
                        help="whether some care records are V4 or disputed (default: yes)")
    arguments = parser.parse_args()

    arguments.out.mkdir(parents=True, exist_ok=True)
    files = {name: open(arguments.out / f"{name}.csv", "w", newline="", encoding="utf-8") for name in TABLES}
    writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
    for name, header in TABLES.items():
        writers[name].writerow(header)
    for number in range(1, arguments.people + 1):
        person = Person(random.Random(f"{arguments.seed}/{number}"), number, arguments.doubtful)
        person.live()
        for name, rows in person.rows.items():
            for row in rows:
                writers[name].writerow([person.person] + row)
    for file in files.values():
        file.close()


if __name__ == "__main__":
    main()
