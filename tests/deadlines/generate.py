#!/usr/bin/env python3
"""Invents lives made for deadlines, as a folder of fact tables.

    generate.py --seed N --people N --out DIR [--hide N]

Reviews, visits, assessments, plans, notices and offers are done early, on the day, exactly on the last day, a day late, very late or never; starts
lie on weekends, bank holidays, month ends, 29 February and the days on which the law changed; children move from one placement to the
next, leave care and come back, are remanded, have short breaks, rarely are adopted or die. All tables are written, so that every fact is
known; --hide N leaves out N tables chosen by the seed (a table that is absent is unknown). The same seed gives the same bytes; a
person depends on the seed and on its number only.
"""

import argparse
import csv
import datetime
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "day_by_day"))
from generate_lives import birthday, months  # noqa: E402

Date = datetime.date
DAY = datetime.timedelta(days=1)

PERIODS = {
    "care": ["legal_status", "placement", "authority", "disputed", "found_by_court"],
    "living_with_family": ["with"],
    "detained": ["kind"],
    "in_hospital": [],
    "special_guardianship": [],
    "other_accommodation": ["kind"],
    "education_programmes": ["in_pathway_plan", "level", "full_time"],
    "placements": ["placement", "in_emergency", "approval", "arranged_by", "intended_to_last_until_18", "agreed_to_fewer_visits", "registered"],
    "personal_adviser_appointments": [],
    "leaving_care_accommodation": ["under"],
    "living_arrangements": ["kind", "suitable"],
    "out_of_touch": [],
    "with_former_foster_parent": ["consistent_with_welfare"],
    "higher_education_courses": ["in_pathway_plan", "two_academic_years", "designated"],
    "away_from_term_time_home": [],
    "living_in_another_area": [],
    "allocated_to": ["team", "worker"],
}
EVENTS = {
    "told_of_programme": [], "support_requests": [], "support_declined": [], "adopted": [], "died": [], "care_plans": [],
    "placement_plans": [], "detention_placement_plans": [], "placement_notices": [], "placement_end_notices": [],
    "health_assessments": [], "looked_after_reviews": [], "review_adjournments": [], "early_reviews_called_for": ["because"],
    "social_worker_visits": [], "visit_requests": [], "home_concern_notices": [], "leaving_care_decisions": ["approved_by"],
    "needs_assessments": [], "pathway_plans": [], "pathway_plan_copies": [], "pathway_plan_reviews": [],
    "pathway_plan_review_requests": ["by"], "adviser_visits": [], "steps_to_regain_touch": [], "support_offers": [],
    "fourth_year_began": [], "bursary_payments": ["part"], "area_authority_informed": [], "provider_notices": [],
}
TABLES = {"date_of_birth": ["person", "value"],
          **{name: ["person", "from", "until"] + fields for name, fields in PERIODS.items()},
          **{name: ["person", "on"] + fields for name, fields in EVENTS.items()}}

LAW = [Date(2001, 10, 1), Date(2009, 8, 22), Date(2011, 4, 1), Date(2011, 4, 1), Date(2013, 4, 19), Date(2014, 1, 27), Date(2015, 4, 1),
       Date(2018, 4, 1), Date(2020, 4, 24), Date(2020, 4, 24), Date(2020, 9, 25), Date(2020, 9, 26), Date(2021, 9, 9), Date(2023, 10, 28)]
LAST = Date(2027, 12, 1)  # no record is made after it: working days are known to the end of 2028
EARLY_REVIEW = ["reviewing_officer_asks", "placement_review_required", "police_or_remand_accommodation_to_end", "custody_to_end",
                "accommodation_to_end"]
LIVING = ["registered_supported_accommodation", "care_home", "hospital", "own_tenancy", "with_family_or_friends", "bed_and_breakfast", "other"]


def load_holidays():
    with open(HERE / "bank_holidays_england_wales.csv", newline="", encoding="utf-8") as file:
        return sorted(Date.fromisoformat(row["date"]) for row in csv.DictReader(file))


HOLIDAYS = load_holidays()
HOLIDAY = set(HOLIDAYS)


def working(day, n):
    while n:
        day += DAY
        if day.weekday() < 5 and day not in HOLIDAY:
            n -= 1
    return day


class Person:
    def __init__(self, seed, number):
        self.rng = random.Random(f"deadlines/{seed}/{number}")
        self.person = f"d{number:06d}"
        self.rows = {name: [] for name in TABLES}
        self.born = self.birth()
        self.b = {n: birthday(self.born, n) for n in (5, 14, 16, 18, 19, 21, 25)}
        self.rows["date_of_birth"].append([self.born.isoformat()])
        # how this authority behaves: one that does most things, and ones that are careless in different ways
        self.diligence = self.rng.choice([0.95, 0.8, 0.8, 0.5, 0.2])

    # -- chance

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, *options):
        return self.rng.choice(options)

    def birth(self):
        rng = self.rng
        kind = rng.random()
        first, last = Date(1984, 1, 1), Date(2009, 11, 30)  # 18 before LAST, so that working days are known
        if kind < 0.08:
            return Date(rng.choice([1988, 1992, 1996, 2000, 2004, 2008]), 2, 29)
        if kind < 0.25:  # an age that matters on a day of the law, or beside it
            day, n = rng.choice(LAW) + rng.choice([-1, 0, 0, 1]) * DAY, rng.choice([5, 14, 16, 16, 17, 18, 18, 21, 25])
            born = Date(day.year - n, day.month, min(day.day, 28) if day.month == 2 else day.day)
            return min(max(born, first), last)
        if kind < 0.75:  # most of the law is of 2011 and later
            first = Date(1993, 1, 1)
        return first + rng.randrange((last - first).days + 1) * DAY

    def near(self, day, spread=1):
        return day + self.rng.choice([0, 0, 0] + list(range(-spread, spread + 1))) * DAY

    def between(self, first, until):
        return first + self.rng.randrange(max(1, (until - first).days)) * DAY

    def odd_day(self, first, until):
        """A day in [first, until) on which counting is hard, if there is one: a weekend, a holiday, a month end, 29 February, a day of the law."""
        rng = self.rng
        day = self.between(first, until)
        kind = rng.randrange(8)
        if kind == 0:
            marks = [h for h in HOLIDAYS if first <= h < until]
            if marks:
                day = rng.choice(marks) + rng.choice([-1, 0, 0, 1]) * DAY
        elif kind == 1:
            day = day - day.weekday() * DAY + rng.choice([4, 5, 6]) * DAY
        elif kind == 2:
            day = months(day.replace(day=1), 1) - rng.choice([1, 1, 2]) * DAY
        elif kind == 3:
            years = [y for y in range(first.year, until.year + 1) if y % 4 == 0]
            if years:
                day = Date(rng.choice(years), 2, 29) + rng.choice([0, 0, -1, 1]) * DAY
        elif kind in (4, 5):
            marks = [d for d in LAW if first - 40 * DAY <= d < until + 2 * DAY]
            if marks:
                day = rng.choice(marks) + rng.choice([-1, 0, 0, 0, 1, -6, -7, -20, -28, -42]) * DAY
        elif kind == 6:
            marks = [d for d in self.b.values() if first <= d < until]
            if marks:
                day = self.near(rng.choice(marks))
        return day if first <= day < until else self.between(first, until)

    # -- rows

    def add(self, table, *row):
        self.rows[table].append(["" if c is None else c.isoformat() if isinstance(c, Date) else c for c in row])

    def event(self, table, day, *fields):
        if self.born <= day <= LAST:
            self.add(table, day, *fields)
            if self.chance(0.01):
                self.add(table, day, *fields)       # recorded twice
            if self.chance(0.015):
                self.add(table, day + DAY, *fields)  # and on the next day

    def period(self, table, start, until, *fields):
        if start <= LAST and (until is None or until > start or (until == start and self.chance(0.05))):
            self.add(table, start, until, *fields)

    # -- doing things in time, or not

    def when(self, clock, last, earlier=None):
        """The day on which something with this last day is done; None: never. `earlier`: how many days before the clock it may be."""
        rng = self.rng
        if not self.chance(self.diligence) and self.chance(0.6):
            kind = rng.choice(["never", "never", "late", "late", "very late"])
        else:
            kind = rng.choice(["early", "early", "early", "exact", "exact", "day before", "day late", "at once"] +
                              (["before", "before"] if earlier else []))
        if kind == "never":
            return None
        if kind == "before":
            return clock - rng.randrange(1, earlier + 1) * DAY
        return {"early": lambda: self.between(clock, last), "exact": lambda: last, "day before": lambda: last - DAY,
                "day late": lambda: last + DAY, "at once": lambda: clock, "late": lambda: last + rng.randrange(1, 40) * DAY,
                "very late": lambda: last + rng.randrange(30, 500) * DAY}[kind]()

    def once(self, table, clock, last, *fields, earlier=None):
        day = self.when(clock, last, earlier)
        if day:
            self.event(table, day, *fields)
        return day

    def cycle(self, table, start, end, last_days, most=60):
        """Doings one after another: last_days(number, day) gives the last day of the number-th, counted from the one before."""
        day = start
        end = min(end or LAST, LAST)
        for number in range(most):
            last = last_days(number, day)
            done = self.when(day, last)
            if done is None:
                if self.chance(0.4):
                    return
                done = last + self.rng.randrange(20, 300) * DAY
            if done > end + 10 * DAY:
                if self.chance(0.2):
                    self.event(table, done)
                return
            if done < day or (done == day and number):
                done = day + DAY
            self.event(table, done)
            day = done

    # -- being looked after

    def look_after(self):
        rng = self.rng
        ages = rng.choice([(0, 17.8), (12, 17.8), (13.5, 16), (14, 15.9), (15, 17.9), (2, 6), (15.6, 16.1)])
        low, high = (self.born + int(a * 365.25) * DAY for a in ages)
        start = self.odd_day(low, high)
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
            if start >= self.b[18] or start > LAST:
                return
            start = max(start, self.born)
            kind = rng.random()
            if kind < 0.12:
                end = self.short_breaks(start)
            elif kind < 0.24:
                end = self.remanded(start)
            else:
                end = self.in_care(start)
            if end is None:
                return
            if self.chance(0.4):
                self.period("living_with_family", end, None if self.chance(0.3) else end + rng.randrange(1, 400) * DAY, "parent")
            start = end + rng.choice([0, 1, 1, 2, 20, 60, rng.randrange(1, 900)]) * DAY

    def ending(self, start):
        rng = self.rng
        if self.chance(0.45):
            return rng.choice([self.b[18], self.b[18], self.b[18], self.near(self.b[18]), None])
        end = start + rng.choice([1, 5, 7, 20, 26, 27, 28, 29, 30, 60, 89, 90, 91, 92, 100, 200, 400, 800, 2000]) * DAY
        if self.chance(0.15):
            end = working(start, rng.choice([5, 10, 19, 20, 21]))
        if self.chance(0.15):
            end = self.odd_day(start + DAY, max(start + 3 * DAY, self.b[18]))
        if self.chance(0.1):
            end = self.near(self.b[16])
        for mark in (Date(2014, 1, 27), Date(2015, 4, 1)):
            if max(start, self.b[14]) + DAY < mark < self.b[18] and self.chance(0.2):
                end = self.near(mark)
        if end <= start:
            end = start + 30 * DAY
        return min(end, self.b[18])

    def in_care(self, start):
        """One run of care in one or more records, with the placements and everything that is done in it."""
        end = self.ending(start)
        stop = end or max(self.b[18], start + DAY)
        if stop <= start:
            return None
        day, code = start, self.pick("V2", "V2", "V2", "C1", "C1", "C2", "C2", "E1", "L1", "J1", "J2")
        orders = []
        while day < stop:
            until = stop if self.chance(0.5) else min(stop, day + self.rng.choice([1, 10, 20, 60, 150, 400]) * DAY)
            last = until >= stop
            self.add("care", day, None if last and end is None else until, code, "", "201", "no", "no")
            if self.chance(0.05):  # a record beside it
                self.add("care", day, until, self.pick("V2", "C1", "V3", "J1"), "", "201", "no", "no")
            orders.append((day, until, code))
            day, code = until, self.pick("C1", "C2", "C2", "V2", "J1", "V3", "V2")
        self.placed(start, stop, end is None, orders)
        self.reviewed(start, stop)
        self.left(start, stop, orders[-1][2])
        if self.chance(0.04):
            a = self.between(start, stop)
            self.add("detained", a, a + self.rng.choice([5, 40, 200]) * DAY, self.pick("sentence", "youth_detention_remand"))
        return end

    def placed(self, start, stop, open_end, orders):
        rng = self.rng
        day = start
        for _ in range(12):
            if day >= stop or day > LAST:
                return
            until = stop if self.chance(0.45) else min(stop, day + rng.choice([1, 3, 7, 8, 40, 100, 364, 365, 366, 400, 800]) * DAY)
            if until < stop and self.chance(0.1):
                until = min(stop, max(day + DAY, self.odd_day(day, stop)))
            code = rng.choice(["U1", "U4", "U1", "U6", "U3", "K2", "P1", "P1", "H5", "Z1"])
            approval = rng.choice(["full"] * 8 + ["before_assessment"] * (5 if code == "P1" else 0) +
                                  ["temporary"] * (3 if code in ("U1", "U3", "U6") else 0))
            emergency = "yes" if self.chance(0.25) else "no"
            others = "someone_else" if self.chance(0.08) else "authority"
            long = "yes" if self.chance(0.5) else "no"
            fewer = "yes" if self.chance(0.5) else "no"
            is_open = until >= stop and (open_end and self.chance(0.8))
            shown = None if is_open else until
            if until >= stop and not is_open and self.chance(0.04):
                shown = until + rng.choice([1, 10]) * DAY  # the record outlasts the care
            self.add("placements", day, shown, code, emergency, approval, others, long, fewer, "yes" if self.chance(0.7) else "no")
            if self.chance(0.01):
                self.add("placements", day, day, code, emergency, approval, others, long, fewer, "no")
            self.once("placement_plans", day, working(day, 5), earlier=20)
            if emergency == "yes":
                self.once("placement_notices", day, working(day, 5), earlier=3)
            else:
                self.once("placement_notices", day, day, earlier=15)
            if shown is not None and self.chance(0.9):
                self.once("placement_end_notices", shown, working(shown, 10), earlier=15)
            self.visited(day, until, code, approval, others, long, fewer, orders)
            if self.chance(0.05):
                day = until + rng.choice([-3, 1, 2]) * DAY
                if day <= start:
                    return
            else:
                day = until

    def visited(self, day, until, code, approval, others, long, fewer, orders):
        rng = self.rng
        order = next((c for a, b, c in orders if a <= day < b), "")
        weekly = approval != "full" or (order == "C1" and code == "P1")
        many = min((until - day).days // 30 + 3, 14 if self.chance(0.6) else 30)

        def last(number, clock):
            if weekly and number < rng.choice([2, 6]):
                return clock + 7 * DAY
            if number == 0:
                return clock + 7 * DAY
            if weekly and approval != "before_assessment":
                return clock + 28 * DAY
            soon = clock + 42 * DAY
            if soon < months(day, 12) or self.chance(0.1):
                return soon
            if code in ("U1", "U4") and fewer == "yes" and self.chance(0.9):
                return months(clock, 6)
            return months(clock, 3) if long == "yes" or (others == "someone_else" and order in ("C1", "C2")) else soon
        self.cycle("social_worker_visits", day, until, last, most=many)
        if self.chance(0.25):  # an interval that runs out on the day on which it becomes another
            mark = rng.choice([months(day, 12), months(day, 12), Date(2015, 4, 1)])
            visit = rng.choice([mark - 42 * DAY, months(mark, -3), mark - 7 * DAY]) + rng.choice([-1, 0, 0, 1]) * DAY
            if day <= visit < until:
                self.event("social_worker_visits", visit)
        if weekly and self.chance(0.4):
            first = day + 7 * DAY * rng.choice([1, 2, 3])
            self.event("social_worker_visits", first - 7 * DAY)
            self.event("looked_after_reviews", first + rng.choice([-1, 0, 0, 1]) * DAY)
        if self.chance(0.1):
            self.event("visit_requests", self.between(day, until))
        if self.chance(0.05):
            noticed = self.between(day, until)
            self.event("home_concern_notices", noticed)
            self.once("social_worker_visits", noticed, noticed + 7 * DAY)

    def reviewed(self, start, stop):
        rng = self.rng
        self.once("care_plans", start, working(start, 10), earlier=30)
        if self.chance(0.1):
            self.event("care_plans", self.between(start, stop))
        self.cycle("looked_after_reviews", start, stop,
                   lambda n, d: working(d, 20) if n == 0 else months(d, 3) if n == 1 else months(d, 6))
        reviews = [Date.fromisoformat(r[0]) for r in self.rows["looked_after_reviews"]]
        first = min([d for d in reviews if d >= start], default=working(start, 20))
        day = self.when(start, max(start, first - DAY))
        if day:
            self.event("health_assessments", day)
            self.cycle("health_assessments", day, stop, lambda n, d: months(d, 6 if d < self.b[5] and self.chance(0.9) else 12))
        if start < self.b[5] < stop and self.chance(0.6):
            self.event("health_assessments", months(self.b[5], -6) + rng.choice([-1, 0, 0, 1]) * DAY)
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            called = self.between(start, stop)
            self.event("early_reviews_called_for", called, rng.choice(EARLY_REVIEW))
            if self.chance(0.4):
                self.event("looked_after_reviews", called + rng.choice([0, 1, 10]) * DAY)
        for _ in range(rng.choice([0, 0, 0, 0, 1, 2])):
            adjourned = rng.choice(reviews) if reviews and self.chance(0.4) else self.between(start, stop)
            self.event("review_adjournments", adjourned)
            if self.chance(0.5):
                again = adjourned + rng.choice([1, 5, 27, 28]) * DAY
                self.event("review_adjournments", again)
            self.once("looked_after_reviews", adjourned, working(adjourned, 20))

    def left(self, start, stop, code):
        rng = self.rng
        if stop >= self.b[18]:
            return
        if self.chance(0.8):
            last = stop - DAY
            by = self.pick("nominated_officer", "director_of_childrens_services")
            self.event("leaving_care_decisions", last + rng.choice([0, 0, 0, 1, 1, -1, -10, -40, 2, 30]) * DAY, by)
            if self.chance(0.2):
                self.event("leaving_care_decisions", last + rng.choice([0, 1, -1, 5]) * DAY, "director_of_childrens_services")
        if self.chance(0.1):  # left because of a sentence
            self.add("detained", stop + rng.choice([0, 0, 0, 0, 1]) * DAY, rng.choice([None, stop + 200 * DAY]),
                     self.pick("sentence", "sentence", "other_court_order", "youth_detention_remand"))
            self.once("social_worker_visits", stop, working(stop, 10))

    def short_breaks(self, start):
        rng = self.rng
        day, total = start, 0
        target = rng.choice([1, 10, 40, 74, 75, 76, 90])
        nights = rng.choice([[1, 2, 3], [7], [16, 17], [17, 18], [28, 29], [2, 5]])
        gap = rng.choice([[5, 12], [14, 30], [60], [365, 366, 367, 400], [1, 364]])
        while total < target and day < self.b[18] and day < LAST:
            length = rng.choice(nights)
            until = min(day + length * DAY, self.b[18])
            self.add("care", day, until, "V3", "", "201", "no", "no")
            if self.chance(0.3):
                self.add("placements", day, until, "U6", "no", "full", "authority", "no", "no", "no")
            total += length
            day = until + rng.choice(gap) * DAY
        self.cycle("social_worker_visits", start, day, lambda n, d: months(d, 6 if n else 3))
        self.cycle("looked_after_reviews", start, day, lambda n, d: months(d, 6 if n else 3))
        if self.chance(0.2):
            return max(start + DAY, day - rng.choice([0, 5, 30]) * DAY)
        return day

    def remanded(self, start):
        rng = self.rng
        if start < self.b[14] - 1000 * DAY and self.chance(0.7):
            return self.in_care(start)
        if self.b[14] < Date(2013, 4, 19) < self.b[18] and self.chance(0.4):
            start = Date(2013, 4, 19) + rng.choice([-1, 0, 0, 1, -30]) * DAY
        days = rng.choice([3, 7, 14, 28, 29, 60, 100, 200])
        end = min(start + days * DAY, self.b[18])
        if end <= start:
            return None
        kind = rng.random()
        if kind < 0.5:  # to local authority accommodation, perhaps then to youth detention
            self.add("care", start, end, "J1", "", "201", "no", "no")
            if self.chance(0.5):
                a = self.between(start, end)
                self.add("detained", a, rng.choice([end, a + 10 * DAY, a + DAY]), "youth_detention_remand")
                self.once("detention_placement_plans", a, working(a, 10), earlier=3)
        else:
            self.add("detained", start, end, "youth_detention_remand")
            if self.chance(0.3):
                self.add("care", start, end, "J1", "", "201", "no", "no")
            self.once("detention_placement_plans", start, working(start, 10), earlier=3)
        if self.chance(0.3):
            self.add("detained", end, end + 100 * DAY, "sentence")
            self.once("social_worker_visits", end, working(end, 10))
        self.once("care_plans", start, working(start, 5), earlier=10)
        self.once("placement_plans", start, working(start, 5), earlier=10)
        self.placed(start, end, False, [(start, end, "J1")])
        if self.chance(0.7):
            self.cycle("looked_after_reviews", start, end, lambda n, d: working(d, 20) if n == 0 else months(d, 3))
        return end

    # -- leaving care

    def leave_care(self):
        rng = self.rng
        b = self.b
        care = [(Date.fromisoformat(r[0]), Date.fromisoformat(r[1]) if r[1] else b[18]) for r in self.rows["care"]]
        care = [(a, z) for a, z in care if z > b[16] - DAY]
        for start, _ in care[:3]:  # eligible from the 16th birthday, or from the 91st day
            eligible = max(b[16], start + rng.choice([90, 0]) * DAY, b[14] + 90 * DAY)
            if eligible >= b[18] or eligible > LAST:
                continue
            assessed = self.once("needs_assessments", eligible, months(eligible, 3), earlier=100)
            if assessed and self.chance(0.8):
                planned = assessed + rng.choice([0, 0, 1, 10, 40]) * DAY
                self.event("pathway_plans", planned)
                if self.chance(0.6):
                    self.event("pathway_plan_copies", planned + rng.choice([0, 1, 10]) * DAY)
            if self.chance(0.2):
                self.event("pathway_plan_reviews", eligible + rng.randrange(0, 400) * DAY)
            if self.chance(0.8):
                self.appointed(eligible)
        ends = [z for _, z in care if z <= b[18]] or [b[18]]
        left = min(rng.choice(ends + [max(ends)] * 3), b[18])
        left = max(left, b[16])
        self.adult(left)

    def appointed(self, day):
        rng = self.rng
        start = day + rng.choice([0, 0, 1, 10, -20, -100]) * DAY
        until = None if self.chance(0.4) else start + rng.choice([5, 20, 100, 400, 2000]) * DAY
        self.period("personal_adviser_appointments", start, until)
        if until and self.chance(0.6):
            self.period("personal_adviser_appointments", until + rng.choice([0, 1, 60]) * DAY, None)

    def adult(self, left):
        """From leaving care on."""
        rng = self.rng
        b = self.b
        if self.chance(0.5):
            assessed = self.once("needs_assessments", left, months(left, 3), earlier=200)
            if assessed and self.chance(0.8):
                self.event("pathway_plans", assessed + rng.choice([0, 0, 1, 20]) * DAY)
        if self.chance(0.85):
            self.cycle("pathway_plan_reviews", left, rng.choice([b[18], b[21], b[21], b[25]]), lambda n, d: months(d, 6), most=rng.choice([2, 5, 12]))
        for _ in range(rng.choice([0, 0, 1, 2])):
            day = self.between(left, b[21])
            self.event("pathway_plan_review_requests", day, self.pick("young_person", "authority", "personal_adviser"))
            if self.chance(0.4):
                self.event("pathway_plan_reviews", day + rng.choice([0, 1, 20]) * DAY)
        if self.chance(0.5):
            self.housed(left)
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            day = self.odd_day(left - 30 * DAY, b[21] + 200 * DAY)
            until = rng.choice([None, day + rng.choice([1, 10, 100]) * DAY])
            self.period("out_of_touch", day, until)
            if self.chance(0.6):
                self.event("steps_to_regain_touch", day + rng.choice([-1, 0, 1, 9, 10, 60]) * DAY)
        for _ in range(rng.choice([0, 0, 0, 1])):
            day = self.odd_day(left - 30 * DAY, b[21] + 200 * DAY)
            until = rng.choice([None, day + rng.choice([1, 30, 300]) * DAY])
            self.period("living_in_another_area", day, until)
            if self.chance(0.6):
                self.event("area_authority_informed", day + rng.choice([-3, 0, 1, 30]) * DAY)
        if self.chance(0.3):
            self.study()
        self.after_21()
        if self.chance(0.3):
            day = self.between(left, b[21])
            self.period("living_arrangements", day, None, rng.choice(LIVING), self.pick("yes", "no"))
        if self.chance(0.1):
            self.period("with_former_foster_parent", b[18], self.pick(None, b[21], b[19]), "yes")
        if self.chance(0.05):
            self.period("allocated_to", left, None, "leaving care", "w1")

    def housed(self, left):
        rng = self.rng
        day = self.pick(left, left, left + rng.randrange(0, 600) * DAY, self.odd_day(left, left + 700 * DAY), self.near(Date(2011, 4, 1)))
        if day < left - DAY:
            day = left
        for _ in range(rng.choice([1, 1, 2])):
            until = rng.choice([None, day + rng.choice([1, 7, 8, 27, 28, 29, 30, 60, 100, 200, 400]) * DAY, self.near(self.b[18])])
            if until is not None and until <= day:
                until = day + 30 * DAY
            self.period("leaving_care_accommodation", day, until, self.pick("section_23B", "section_23B", "section_24B", "section_23C"))
            end = until or self.b[21]
            self.cycle("adviser_visits", day, end, lambda n, d: d + 7 * DAY if n == 0 else months(d, 2), most=rng.choice([1, 2, 6, 12]))
            opens = day + 28 * DAY
            review = opens + rng.choice([-1, -1, 0, 0, 1, 5, 6, 7, 8, 30, 70, -20]) * DAY
            if self.chance(0.7):
                self.event("pathway_plan_reviews", review)
                if self.chance(0.4):
                    self.event("adviser_visits", review - rng.choice([0, 1, 1, 2]) * DAY)
                self.cycle("pathway_plan_reviews", review, end, lambda n, d: months(d, 3), most=rng.choice([1, 3, 8]))
            if until is None:
                return
            day = until + rng.choice([0, 0, 1, 30]) * DAY

    def study(self):
        rng = self.rng
        b = self.b
        if self.chance(0.6):
            start = self.pick(Date(b[18].year, 9, 20), Date(b[18].year + 1, 9, 25), Date(b[18].year + 2, 10, 1), Date(2008, 9, 1), Date(2008, 8, 31),
                              self.odd_day(b[18] - 40 * DAY, b[21] + 300 * DAY))
            if start < b[16]:
                start = Date(b[18].year + 1, 9, 25)
            until = rng.choice([months(start, 33), months(start, 45), months(start, 36), None, start + 100 * DAY])
            if start <= LAST:
                good = [self.pick(*["yes"] * 7, "no") for _ in range(3)]
                self.period("higher_education_courses", start, until, *good)
                if self.chance(0.15):
                    again = (until or months(start, 40)) + rng.choice([0, 90]) * DAY
                    self.period("higher_education_courses", again, months(again, 30), "yes", "yes", "yes")
                last = max(start + 28 * DAY, Date(2009, 12, 31))
                part = self.pick("whole", "first_instalment", "first_instalment")
                paid = self.once("bursary_payments", start, last, part, earlier=10)
                fourth = months(start, 36)
                if self.chance(0.4):
                    self.event("fourth_year_began", fourth)
                if paid and part == "first_instalment":
                    if self.chance(0.5):
                        self.event("bursary_payments", paid + 100 * DAY, "instalment")
                    end = min(until - DAY if until else fourth + 28 * DAY, fourth + 28 * DAY)
                    self.once("bursary_payments", max(paid + DAY, end - 60 * DAY), max(end, paid + DAY), "last_instalment")
                self.period("education_programmes", start, until, self.pick("yes", "yes", "no"), "higher", "yes")
        for _ in range(rng.choice([0, 1, 1, 2])):
            start = rng.choice([self.near(b[21]), self.between(b[18], b[25]), b[21] - 100 * DAY])
            self.period("education_programmes", start, rng.choice([start + rng.choice([1, 100, 700]) * DAY, b[21], None]), self.pick("yes", "no"),
                        self.pick("further", "further_residential", "training"), self.pick("yes", "no"))

    def after_21(self):
        rng = self.rng
        b = self.b
        for _ in range(rng.choice([0, 0, 1, 2])):
            day = rng.choice([self.near(b[21]), self.near(b[25]), self.between(b[18], b[21]), self.between(b[21], b[25]), self.odd_day(b[21], b[25])])
            self.event("told_of_programme", day)
            self.once("needs_assessments", day, months(day, 3), earlier=3)
        for _ in range(rng.choice([0, 0, 1, 2])):
            day = rng.choice([self.near(b[21]), self.between(b[21], b[25]), self.near(Date(2018, 4, 1)), self.odd_day(b[21], b[25])])
            self.event("support_requests", day)
            if self.chance(0.6):
                self.event("needs_assessments", day + rng.choice([0, 1, 30, 90, -1]) * DAY)
            if self.chance(0.6):
                self.event("support_declined", day + rng.choice([0, 1, 60, 300, 600]) * DAY)
            if self.chance(0.5):
                self.appointed(day)
        if self.chance(0.7):
            first = max(b[21], Date(2018, 4, 1))
            self.cycle("support_offers", rng.choice([first, first, first - rng.randrange(1, 500) * DAY]), b[25], lambda n, d: months(d, 12))
            if self.chance(0.2):
                self.event("support_offers", first)

    def elsewhere(self):
        """In a voluntary organisation's home, at boarding school, in a hospital, ..."""
        rng = self.rng
        kind = self.pick("voluntary_organisation", "private_childrens_home", "health", "education", "care_home_or_independent_hospital", "private_fostering")
        end = rng.choice([self.near(self.b[16]), self.near(self.b[18]), self.odd_day(self.b[16], self.b[18]), self.between(self.b[16], self.b[18])])
        start = self.near(months(end, -3)) if self.chance(0.6) else end - rng.choice([1, 30, 200]) * DAY
        if start < end:
            self.period("other_accommodation", start, None if self.chance(0.1) else end, kind)
        if self.chance(0.4):
            self.event("provider_notices", end + rng.choice([0, -1, 1, 30, -40]) * DAY)
        if self.chance(0.2):
            then = end + rng.choice([0, 1, 30]) * DAY
            self.period("other_accommodation", then, then + rng.choice([10, 100]) * DAY, self.pick(kind, "health", "voluntary_organisation"))

    def live(self):
        rng = self.rng
        self.look_after()
        self.leave_care()
        if self.chance(0.12):
            self.elsewhere()
        if self.chance(0.04):
            day = rng.choice([self.near(self.b[18]), self.between(self.born + 3000 * DAY, self.b[25]), self.odd_day(self.b[14], self.b[25])])
            self.add("died", day)
        if self.chance(0.015):
            day = self.between(self.born + 3000 * DAY, self.b[18])
            self.add("adopted", day)
        for rows in self.rows.values():  # the order of the rows must not matter
            rng.shuffle(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hide", type=int, default=0, metavar="N", help="leave out N tables, chosen by the seed")
    arguments = parser.parse_args()

    hidden = set(random.Random(f"hide/{arguments.seed}").sample(sorted(set(TABLES) - {"date_of_birth"}), arguments.hide))
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in TABLES:  # a table of an earlier run must not stay
        (arguments.out / f"{name}.csv").unlink(missing_ok=True)
    files = {name: open(arguments.out / f"{name}.csv", "w", newline="", encoding="utf-8") for name in TABLES if name not in hidden}
    writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
    for name, writer in writers.items():
        writer.writerow(TABLES[name])
    for number in range(1, arguments.people + 1):
        person = Person(arguments.seed, number)
        person.live()
        for name, writer in writers.items():
            writer.writerows([person.person] + row for row in person.rows[name])
    for file in files.values():
        file.close()
    if hidden:
        print("hidden: " + ", ".join(sorted(hidden)))


if __name__ == "__main__":
    main()
