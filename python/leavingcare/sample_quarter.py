"""An invented quarter of a leaving care service: young people, staff and contract, 1 July to 30 September 2016.

    python3 python/leavingcare/sample_quarter.py --out DIR --seed 7

writes, under DIR,

    cornwall/             fact tables for the rulebook of that name, one CSV for each fact; `person` is a young person
    cornwall_advisers/    the same; `person` is a member of staff
    cornwall_service/     the same; `person` is the service
    oddities.csv          what was planted, and where: folder,person,what
    stories.csv           which story each young person was made from: person,story

No real person is in it, nothing is fetched, and the same arguments give the same bytes.

WHY
    The council whose specification these rulebooks follow has published no records. To see its indicators come out as one
    table, and its duties as a list, takes records of a quarter for everybody at once: about 160 young people, those who work
    with them, and the service itself. Most of what is here is as it should be. The rest is written down in oddities.csv, so
    that a reader can look whether the rules find it.

THE RECORDS
    They were drawn on 30 September 2016: nothing later is in them, a period that goes on has no `until`, and a table without
    rows says that there was nothing. What no table speaks of is unknown. The columns are those that the rulebooks declare.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

try:
    from .sample_council import Dice, birthday, csv_text, days, months_after
except ImportError:  # run as a file, with the other beside it
    from sample_council import Dice, birthday, csv_text, days, months_after  # type: ignore[import-not-found, no-redef]

FIRST_DAY, LAST_DAY = date(2016, 7, 1), date(2016, 9, 30)
CONTRACT_START, CONTRACT_ENDS = FIRST_DAY, date(2019, 7, 1)
BANK_HOLIDAY = date(2016, 8, 29)
"""The only one in the quarter."""

LONG_AGO = date(2014, 1, 6)
"""Nobody was allocated earlier: the work of the provider before is not told."""

Cell = date | str | int | float | None

# --------------------------------------------------------------------------------------------------------------------
# Fact tables
# --------------------------------------------------------------------------------------------------------------------

DAY, EVENT, PERIOD, NUMBER = ("value",), ("on",), ("from", "until"), ("from", "until", "value")

YOUNG_PEOPLE: dict[str, tuple[str, ...]] = {
    # What England's rules ask
    "date_of_birth": DAY,
    "care": (*PERIOD, "legal_status"),
    "living_with_family": (*PERIOD, "with"),
    "detained": (*PERIOD, "kind"),
    "in_hospital": PERIOD,
    "special_guardianship": PERIOD,
    "other_accommodation": (*PERIOD, "kind"),
    "education_programmes": (*PERIOD, "in_pathway_plan", "level", "full_time"),
    "told_of_programme": EVENT,
    "support_requests": EVENT,
    "support_declined": EVENT,
    "adopted": EVENT,
    "died": EVENT,
    "living_in_another_area": PERIOD,
    "looked_after_reviews": EVENT,
    "needs_assessments": EVENT,
    "pathway_plans": EVENT,
    "pathway_plan_reviews": EVENT,
    "personal_adviser_appointments": PERIOD,
    "adviser_visits": EVENT,
    # What the council's rules ask
    "cornwall_referrals": EVENT,
    "cornwall_allocated_to_provider": (*PERIOD, "adviser", "case_holder"),
    "cornwall_adviser_changes": EVENT,
    "cornwall_adviser_extensions": PERIOD,
    "cornwall_out_of_hours_details": EVENT,
    "cornwall_joint_meetings": EVENT,
    "cornwall_contacts": (*EVENT, "how", "by"),
    "cornwall_contact_exceptions": (
        *PERIOD, "of", "young_person_agrees", "social_worker_agrees", "team_manager_agrees", "provider_manager_agrees",
        "written_in_plan",
    ),
    "cornwall_plans_made_jointly": EVENT,
    "cornwall_reviews": (*EVENT, "completed_by"),
    "cornwall_sign_offs": (*EVENT, "of", "by"),
    "cornwall_record_entries": (*EVENT, "of"),
    "cornwall_chronology_reviews": EVENT,
    "cornwall_genogram_reviews": EVENT,
    "cornwall_review_attendances": EVENT,
    "cornwall_absences_agreed": PERIOD,
    "cornwall_adult_social_care": PERIOD,
    "cornwall_life_events": (*EVENT, "what"),
    "cornwall_service_reviews": EVENT,
    "cornwall_gp_registration": PERIOD,
    "cornwall_dentist_registration": PERIOD,
    "cornwall_lodgings_decisions": (*EVENT, "by"),
    "cornwall_payments": (*EVENT, "kind", "amount", "authorised_by"),
    # What only the indicators ask
    "cornwall_activities": (*PERIOD, "kind"),
    "cornwall_plan_participation": (*PERIOD, "judged_by"),
    "cornwall_ethnicity_records": (*PERIOD, "code", "verified", "verified_by"),
    "cornwall_accommodation": (*PERIOD, "kind", "suitable", "judged_by"),
    "cornwall_education_health_care_plans": PERIOD,
    "cornwall_disability_benefits": (*PERIOD, "kind"),
    "cornwall_specialist_social_worker": PERIOD,
    "cornwall_youth_justice_contacts": (*EVENT, "preventative"),
    "cornwall_youth_offending_support": (*PERIOD, "appropriate", "judged_by"),
    "cornwall_feedback": EVENT,
    "cornwall_outcomes": (*EVENT, "improved", "judged_by"),
}  # fmt: skip

ADVISERS: dict[str, tuple[str, ...]] = {
    "started": DAY,
    "left_the_service": EVENT,
    "posts": (*PERIOD, "role", "fte", "social_work_qualified"),
    "cases": (*PERIOD, "young_person"),
    "criminal_record_checks": EVENT,
    "references_sought": EVENT,
    "qualifications": (*EVENT, "kind", "accepted_by"),
    "experience_accepted": (*EVENT, "by"),
    "training": (*EVENT, "topic", "evidence"),
    "supervision_sessions": (
        *EVENT, "case_work", "line_management", "effective", "judged_by", "risk", "safeguarding", "exploitation",
        "caseload", "supervisor_qualified",
    ),
}  # fmt: skip

SERVICE: dict[str, tuple[str, ...]] = {
    "contract_start": DAY,
    "contract_ends": EVENT,
    "contract_extended": EVENT,
    "mobilisation_began": EVENT,
    "contract_value": NUMBER,
    "additional_funding": (*PERIOD, "stage", "amount"),
    "provider_cases": NUMBER,
    "council_cases": NUMBER,
    "allocation_rounds": (*EVENT, "by", "discussed_with_lead", "with_information"),
    "allocation_disputes_decided": (*EVENT, "by", "senior_managers_met"),
    "closed": (*PERIOD, "days"),
    "service_requests": (*EVENT, "in_core_hours", "answered"),
    "information_available": (*PERIOD, "item"),
    "service_changes": (*EVENT, "material", "judged_by"),
    "information_updates": EVENT,
    "managers": (*PERIOD, "social_work_qualified"),
    "recruitments": (*EVENT, "with_council"),
    "service_hours": (*EVENT, "activity", "hours"),
    "meetings": (*EVENT, "kind", "provider_attended", "at_chy_trevail"),
    "performance_templates": EVENT,
    "narrative_reports": (*EVENT, "activity", "outputs_and_outcomes", "added_value", "case_studies"),
    "finance_returns": (*EVENT, "expenditure", "staffing", "additional_income"),
    "safeguarding_reports": (*EVENT, "as_case_studies"),
    "audits": (*EVENT, "kind", "held_by", "planned", "audited", "passed"),
    "service_reviews": (*EVENT, "kind"),
    "review_approach_agreed": (
        *EVENT, "delivery_plan", "impact_assessment", "feedback", "quality_audit", "improvement_plan",
    ),
    "evidence_offered": (*EVENT, "of"),
}  # fmt: skip


class Folder:
    """The fact tables of one kind of subject, as they stood on the last day of the quarter."""

    def __init__(self, columns: dict[str, tuple[str, ...]]) -> None:
        self.columns = columns
        self.rows: dict[str, list[list[str]]] = {fact: [] for fact in columns}

    def add(self, fact: str, person: str, *cells: Cell, **named: Cell) -> None:
        """A row; of a period or an event that had yet to begin, none. Ends that had yet to come are left out."""
        columns = self.columns[fact]
        values = dict(zip(columns, cells), **named)
        if len(cells) > len(columns) or not set(values) <= set(columns):
            raise ValueError(f"{fact} has no such columns: {sorted(set(values) - set(columns))}")
        known_ahead = fact == "contract_ends"
        begins = values.get("from", values.get("on"))
        if isinstance(begins, date) and begins > LAST_DAY and not known_ahead:
            return
        ends = values.get("until")
        if isinstance(ends, date) and ends > LAST_DAY:
            values["until"] = None
        self.rows[fact].append([person, *(text(values.get(column)) for column in columns)])

    def files(self) -> dict[str, bytes]:
        """Each table, ordered by person and day."""
        return {
            f"{fact}.csv": csv_text([["person", *self.columns[fact]], *sorted(rows, key=lambda row: row[:2])]).encode()
            for fact, rows in self.rows.items()
        }


def text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@dataclass
class Quarter:
    """Everything that is written."""

    seed: int
    young_people: Folder = field(default_factory=lambda: Folder(YOUNG_PEOPLE))
    advisers: Folder = field(default_factory=lambda: Folder(ADVISERS))
    service: Folder = field(default_factory=lambda: Folder(SERVICE))
    oddities: list[list[str]] = field(default_factory=list)

    def plant(self, folder: str, person: str, what: str) -> None:
        self.oddities.append([folder, person, what])

    def dice(self, *purpose: object) -> Dice:
        return Dice("quarter", self.seed, *purpose)


def is_working_day(day: date) -> bool:
    """So far as the quarter goes: no other bank holiday is known here."""
    return day.weekday() < 5 and day != BANK_HOLIDAY


def working_days_after(day: date, count: int) -> date:
    while count:
        day += days(1)
        count -= is_working_day(day)
    return day


def at_work(day: date) -> date:
    """The day, or the next on which people work."""
    while not is_working_day(day):
        day += days(1)
    return day


def at_work_before(day: date) -> date:
    """The day, or the last before it on which people work."""
    while not is_working_day(day):
        day -= days(1)
    return day


def some_day(dice: Dice, first: date, last: date) -> date:
    return first + days(dice.between(0, (last - first).days))


# --------------------------------------------------------------------------------------------------------------------
# Young people
# --------------------------------------------------------------------------------------------------------------------

IN_CARE, ABOUT_TO_BE_16, REFERRED_LATE = "in care at 16 or 17", "allocated by 15 years 9 months", "referred after 16"
RELEVANT, FORMER_RELEVANT, QUALIFYING = "left care at 16", "in care until 18", "in care for weeks only"
STUDENT_AFTER_21, LEFT_AT_21 = "in further education after 21", "left the service at 21 in the quarter"

STORIES = {
    ABOUT_TO_BE_16: 11, REFERRED_LATE: 5, IN_CARE: 37, RELEVANT: 8, FORMER_RELEVANT: 76, QUALIFYING: 9,
    STUDENT_AFTER_21: 9, LEFT_AT_21: 5,
}  # fmt: skip
"""How many there are of each: 160."""

BORN = {
    ABOUT_TO_BE_16: (date(2000, 10, 6), date(2000, 12, 20)),
    REFERRED_LATE: (date(1999, 2, 1), date(2000, 5, 1)),
    IN_CARE: (date(1998, 7, 10), date(2000, 9, 20)),
    RELEVANT: (date(1998, 11, 1), date(1999, 12, 1)),
    FORMER_RELEVANT: (date(1995, 10, 15), date(1998, 6, 25)),
    QUALIFYING: (date(1997, 1, 10), date(1999, 12, 1)),
    STUDENT_AFTER_21: (date(1992, 1, 10), date(1995, 6, 20)),
    LEFT_AT_21: (date(1995, 7, 5), date(1995, 9, 25)),
}


@dataclass
class YoungPerson:
    name: str
    story: str
    born: date
    dice: Dice
    referred: date = LONG_AGO
    allocated: date = LONG_AGO
    left: date | None = None
    care_from: date = LONG_AGO
    care_until: date = LONG_AGO
    holders: list[tuple[date, str]] = field(default_factory=list)
    """From which day on which adviser has the case."""

    def birthday(self, years: int) -> date:
        return birthday(self.born, years)

    @property
    def at_15_years_9_months(self) -> date:
        return months_after(self.born, 15 * 12 + 9)

    def allocated_on(self, day: date) -> bool:
        return self.allocated <= day and (self.left is None or day < self.left)

    def in_care_on(self, day: date) -> bool:
        return self.care_from <= day < self.care_until

    @property
    def provider_holds_from(self) -> date:
        """A qualifying young person's case from the start, every other from the 18th birthday."""
        return self.allocated if self.story == QUALIFYING else max(self.allocated, self.birthday(18))

    def is_visited_on(self, day: date) -> bool:
        """From 18 on by visits, which are owed to those who were eligible or relevant; before, by meetings."""
        return day >= self.birthday(18) and self.story != QUALIFYING


def all_young_people(seed: int) -> list[YoungPerson]:
    people: list[YoungPerson] = []
    for story, count in STORIES.items():
        for number in range(count):
            dice = Dice("quarter", seed, story, number)
            person = YoungPerson(f"y{len(people) + 1:03}", story, some_day(dice, *BORN[story]), dice)
            settle(person)
            people.append(person)
    return people


def settle(person: YoungPerson) -> None:
    """Care, referral and allocation, as the story has them."""
    dice = person.dice
    person.care_from = birthday(person.born, dice.between(6, 14)) + days(dice.between(0, 300))
    person.care_until = person.birthday(18)
    person.referred = at_work_before(person.at_15_years_9_months - days(dice.between(20, 60)))
    person.allocated = at_work_before(person.at_15_years_9_months - days(dice.between(0, 15)))
    if person.story == RELEVANT:
        person.care_until = person.birthday(16) + days(dice.between(60, 280))
    elif person.story == QUALIFYING:
        person.care_from = person.birthday(16) + days(dice.between(20, 200))
        person.care_until = person.care_from + days(dice.between(30, 80))
        person.referred = at_work(person.care_until + days(dice.between(0, 10)))
        person.allocated = working_days_after(person.referred, dice.between(2, 7))
    elif person.story == REFERRED_LATE:
        person.care_from = some_day(dice, person.born + days(5500), person.birthday(15) + days(150))
        person.referred = at_work(some_day(dice, date(2016, 7, 4), date(2016, 9, 9)))
        person.allocated = working_days_after(person.referred, dice.between(3, 7))
    elif person.story == ABOUT_TO_BE_16:
        person.allocated = max(FIRST_DAY, at_work_before(person.at_15_years_9_months - days(dice.between(0, 12))))
    elif person.story == LEFT_AT_21:
        person.left = person.birthday(21)
    if person.allocated < LONG_AGO:
        person.allocated, person.referred = LONG_AGO, LONG_AGO - days(20)


def tell(quarter: Quarter, person: YoungPerson) -> None:
    """Everything about one young person but the adviser, who is found later."""
    table, dice, name = quarter.young_people, person.dice, person.name
    table.add("date_of_birth", name, person.born)
    table.add("care", name, person.care_from, person.care_until, dice.weighted({"C2": 60, "V2": 35, "C1": 5}))
    table.add("cornwall_referrals", name, person.referred)
    table.add("personal_adviser_appointments", name, person.allocated, person.left)
    if person.allocated >= FIRST_DAY or dice.chance(0.96):
        table.add("cornwall_out_of_hours_details", name, person.allocated + days(dice.between(0, 10)))
    if person.story in (ABOUT_TO_BE_16, IN_CARE, REFERRED_LATE):
        table.add("cornwall_joint_meetings", name, at_work_before(person.allocated - days(dice.between(2, 8))))
    if person.story == STUDENT_AFTER_21:
        table.add("cornwall_adviser_extensions", name, person.birthday(21) - days(20))
        table.add("told_of_programme", name, person.birthday(21) - days(40))
        enrolled = some_day(dice, date(2015, 9, 1), date(2015, 9, 20))
        table.add("education_programmes", name, enrolled, None, "yes", "further", "yes")
    if dice.chance(0.05):
        table.add("living_in_another_area", name, some_day(dice, date(2015, 6, 1), date(2016, 8, 1)))
    if person.birthday(18) < FIRST_DAY and dice.chance(0.03):
        table.add("cornwall_adult_social_care", name, person.birthday(18) + days(dice.between(0, 60)))
    tell_plans(table, person)
    tell_reviews_in_care(table, person)
    tell_life(table, person)
    tell_indicators(quarter, person)


def tell_plans(table: Folder, person: YoungPerson) -> None:
    dice, name = person.dice, person.name
    planned = max(person.birthday(16), person.allocated) + days(dice.between(20, 85))
    if person.story == REFERRED_LATE:
        planned = person.allocated + days(dice.between(20, 60))
    table.add("needs_assessments", name, planned - days(dice.between(5, 15)))
    end = min(person.left or LAST_DAY, LAST_DAY)
    on, reviewed = at_work(planned), False
    while on <= end:
        table.add("pathway_plan_reviews" if reviewed else "pathway_plans", name, on)
        tell_records(table, person, on, "review" if reviewed else "plan")
        on = at_work(on + days(dice.between(150, 177) if dice.chance(0.97) else dice.between(190, 220)))
        reviewed = True


def tell_records(table: Folder, person: YoungPerson, on: date, of: str) -> None:
    """What was written down of a plan or a review, so far as it is not too long ago to matter."""
    dice, name = person.dice, person.name
    if on < date(2015, 10, 1):
        return
    if of == "review":
        table.add("cornwall_reviews", name, on, "personal_adviser")
    elif dice.chance(0.95):
        table.add("cornwall_plans_made_jointly", name, on)
    table.add("cornwall_sign_offs", name, at_work(on + days(dice.between(0, 9))), of,
              dice.weighted({"manager_16_plus": 70, "provider_manager": 29, "somebody_else": 1}))  # fmt: skip
    table.add("cornwall_record_entries", name, at_work(on + days(dice.between(0, 4))), of)
    if dice.chance(0.97):
        table.add("cornwall_chronology_reviews", name, on)
    if dice.chance(0.95):
        table.add("cornwall_genogram_reviews", name, on)


def tell_reviews_in_care(table: Folder, person: YoungPerson) -> None:
    dice, name = person.dice, person.name
    held = at_work(date(2016, 1, 4) + days(dice.between(0, 80)))
    while held < min(person.care_until, LAST_DAY):
        if person.in_care_on(held):
            table.add("looked_after_reviews", name, held)
            if person.allocated_on(held):
                if dice.chance(0.92):
                    table.add("cornwall_review_attendances", name, held)
                elif dice.chance(0.6):
                    table.add("cornwall_absences_agreed", name, held - days(5), held + days(1))
        held = at_work(held + days(dice.between(140, 177)))


def tell_life(table: Folder, person: YoungPerson) -> None:
    dice, name = person.dice, person.name
    kinds = {"moving_home": 45, "going_to_college": 20, "starting_a_job": 20, "changing_schools": 5, "something_else": 9}
    if dice.chance(0.18):
        on = some_day(dice, max(FIRST_DAY, person.allocated), date(2016, 9, 20))
        if person.allocated_on(on):
            table.add("cornwall_life_events", name, on, dice.weighted(kinds))
            if dice.chance(0.8):
                table.add("cornwall_service_reviews", name, on + days(dice.between(1, 14)))
    if FIRST_DAY <= person.birthday(18) <= LAST_DAY:
        table.add("cornwall_life_events", name, person.birthday(18), "leaving_care")
        table.add("cornwall_service_reviews", name, person.birthday(18) + days(dice.between(1, 14)))
    for fact, share in (("cornwall_gp_registration", 0.93), ("cornwall_dentist_registration", 0.57)):
        if dice.chance(share):
            table.add(fact, name, some_day(dice, date(2010, 1, 1), date(2016, 6, 1)))
    if dice.chance(0.14):
        on = at_work_before(some_day(dice, max(FIRST_DAY, person.allocated), LAST_DAY))
        if person.allocated_on(on):
            kind = dice.weighted({"living_costs": 30, "education": 25, "travel": 25, "setting_up_home": 20})
            least = {"setting_up_home": 500, "education": 120, "travel": 25, "living_costs": 60}[kind]
            table.add("cornwall_payments", name, on, kind, least + 5 * dice.between(0, 8), "manager_16_plus")
    if dice.chance(0.05):
        on = at_work_before(some_day(dice, max(FIRST_DAY, person.allocated), LAST_DAY))
        if on >= person.provider_holds_from and person.allocated_on(on):
            table.add("cornwall_payments", name, on, "emergency", 10 + 5 * dice.between(0, 4), "provider_manager")


def tell_indicators(quarter: Quarter, person: YoungPerson) -> None:
    table, dice, name = quarter.young_people, person.dice, person.name
    at_school = person.birthday(18) > LAST_DAY
    in_work = {"education": 70, "apprenticeship": 10, "employment": 6, "none": 14} if at_school else {
        "education": 32, "training": 8, "apprenticeship": 8, "employment": 30, "volunteering": 3, "none": 19,
    }  # fmt: skip
    activity = "education" if person.story == STUDENT_AFTER_21 else dice.weighted(in_work)
    table.add("cornwall_activities", name, some_day(dice, date(2015, 9, 1), date(2016, 6, 20)), None, activity)
    if dice.chance(0.93):
        since = person.allocated + days(dice.between(0, 60))
        table.add("cornwall_plan_participation", name, since, None, "personal adviser")
    verified = dice.weighted({"yes": 97, "": 2, "no": 1})
    table.add("cornwall_ethnicity_records", name, person.allocated, None,
              dice.weighted({"WBRI": 84, "WOTH": 4, "MWBC": 4, "BAFR": 3, "AOTH": 3, "NOBT": 2}),
              verified, "personal adviser" if verified else "")  # fmt: skip
    home, suitable = home_of(person)
    table.add("cornwall_accommodation", name, some_day(dice, date(2014, 1, 1), date(2016, 8, 20)), None, home, suitable,
              "personal adviser" if suitable else "")  # fmt: skip
    has_plan, has_benefit = dice.chance(0.09), dice.chance(0.06)
    if has_plan:
        table.add("cornwall_education_health_care_plans", name, some_day(dice, date(2014, 9, 1), date(2016, 6, 1)))
    if has_benefit:
        table.add("cornwall_disability_benefits", name, some_day(dice, date(2012, 1, 1), date(2016, 6, 1)), None,
                  dice.weighted({"disability_living_allowance": 50, "personal_independence_payment": 50}))  # fmt: skip
    if (has_plan or has_benefit) and dice.chance(0.85) or dice.chance(0.02):
        table.add("cornwall_specialist_social_worker", name, some_day(dice, date(2015, 1, 1), date(2016, 6, 1)))
    if dice.chance(0.13):
        contact = some_day(dice, date(2014, 1, 1), LAST_DAY)
        table.add("cornwall_youth_justice_contacts", name, contact, dice.weighted({"yes": 40, "no": 60}))
        if dice.chance(0.92):
            appropriate = dice.weighted({"yes": 95, "": 5})
            table.add("cornwall_youth_offending_support", name, contact + days(dice.between(5, 30)), None, appropriate,
                      "team manager" if appropriate else "")  # fmt: skip
    if dice.chance(0.56):
        table.add("cornwall_feedback", name, some_day(dice, max(date(2015, 11, 1), person.allocated), LAST_DAY))
    if dice.chance(0.62):
        on = at_work_before(some_day(dice, max(FIRST_DAY, person.allocated), LAST_DAY))
        table.add("cornwall_outcomes", name, on, dice.weighted({"yes": 62, "no": 38}), "personal adviser")


def home_of(person: YoungPerson) -> tuple[str, str]:
    """Where somebody lives at the end of the quarter, and whether it is judged suitable."""
    dice = person.dice
    if person.in_care_on(LAST_DAY):
        kinds = {"foster_care": 60, "childrens_home": 15, "supported_lodgings": 12, "semi_independent": 13}
        return dice.weighted(kinds), "yes"
    kind = dice.weighted({
        "independent": 42, "semi_independent": 15, "supported_lodgings": 13, "with_family": 15, "foyer": 6,
        "ordinary_lodgings": 6, "custody": 2, "bed_and_breakfast": 1,
    })  # fmt: skip
    if kind in ("custody", "bed_and_breakfast"):
        return kind, "no"
    return kind, dice.weighted({"yes": 97, "no": 2, "": 1})


# --------------------------------------------------------------------------------------------------------------------
# Contact: the adviser meets or visits at least every two months
# --------------------------------------------------------------------------------------------------------------------


MISSED = (
    ("yes", "by agreement of all who must agree"),
    ("yes", "by agreement of all who must agree"),
    ("yes", "by agreement of all who must agree"),
    ("no", "by agreement, which is not written into the plan"),
    ("", "by agreement, of which nobody knows whether it is written into the plan"),
    (None, "without an agreement"),
    (None, "without an agreement"),
)
"""Those who are not met or visited in the quarter: whether the plan says so, and what is to be said of it."""


def tell_contacts(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    """From February on."""
    long_known = [
        person for person in people
        if person.story in (FORMER_RELEVANT, IN_CARE) and person.allocated < date(2016, 1, 1)
    ]  # fmt: skip
    missed = [long_known[(number * 13 + 5) % len(long_known)] for number in range(len(MISSED))]
    for person, (written, why) in zip(missed, MISSED):
        quarter.plant("cornwall", person.name, f"neither met nor visited for more than two months, {why}")
        if written is not None:
            agree(quarter, person, written)
    for person in people:
        dice = quarter.dice("contacts", person.name)
        on = at_work(max(date(2016, 2, 1), person.allocated) + days(dice.between(1, 40)))
        while on <= LAST_DAY and person.allocated_on(on):
            gap = person in missed and date(2016, 6, 25) < on < date(2016, 9, 25)
            if not gap:
                if person.is_visited_on(on):
                    quarter.young_people.add("adviser_visits", person.name, on)
                else:
                    quarter.young_people.add("cornwall_contacts", person.name, on, "meeting", "personal_adviser")
            call = at_work(on + days(dice.between(10, 30)))
            if dice.chance(0.5) and person.allocated_on(call):
                quarter.young_people.add("cornwall_contacts", person.name, call, dice.one_of(("phone", "message")),
                                         "personal_adviser")  # fmt: skip
            on = at_work(on + days(dice.between(38, 55)))


def agree(quarter: Quarter, person: YoungPerson, written: str) -> None:
    quarter.young_people.add(
        "cornwall_contact_exceptions", person.name, date(2016, 6, 10), None, of="both", young_person_agrees="yes",
        social_worker_agrees="yes" if person.birthday(18) > LAST_DAY else "", team_manager_agrees="yes",
        provider_manager_agrees="yes", written_in_plan=written,
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------------------
# Staff, and who holds which case
# --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Post:
    name: str
    role: str
    fte: float
    started: date
    left: date | None = None
    social_worker: str = ""


STAFF = (
    Post("a1", "personal_adviser", 1, date(2012, 4, 2)),
    Post("a2", "personal_adviser", 1, date(2013, 9, 2)),
    Post("a3", "personal_adviser", 0.8, date(2013, 1, 7)),
    Post("a4", "personal_adviser", 1, date(2011, 6, 6)),
    Post("a5", "personal_adviser", 0.6, date(2013, 11, 4)),
    Post("a6", "personal_adviser", 1, date(2013, 3, 4), left=date(2016, 8, 12)),
    Post("a7", "personal_adviser", 0.8, date(2013, 10, 7)),
    Post("a8", "personal_adviser", 1, date(2016, 9, 5)),
    Post("m1", "manager", 1, date(2010, 1, 4), social_worker="yes"),
    Post("m2", "manager", 0.5, date(2015, 2, 2), social_worker="no"),
    Post("o1", "administrator", 1, date(2012, 1, 9)),
    Post("o2", "administrator", 0.5, date(2016, 7, 11)),
    Post("v1", "volunteer", 0, date(2016, 7, 18)),
)

A6_LEFT, A8_STARTED = date(2016, 8, 12), date(2016, 9, 5)


def hand_out_cases(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    """Each case to the adviser with the most room; a6's cases move on twice, to a colleague and to a8."""
    fte = {post.name: post.fte for post in STAFF if post.role == "personal_adviser"}
    held: dict[str, list[YoungPerson]] = defaultdict(list)

    def with_most_room(names: Sequence[str]) -> str:
        return min(names, key=lambda name: (len(held[name]) / fte[name], name))

    def give(person: YoungPerson, adviser: str, on: date) -> None:
        held[adviser].append(person)
        person.holders.append((on, adviser))

    at_first = ("a1", "a2", "a3", "a4", "a5", "a6", "a7")
    for person in sorted(people, key=lambda person: (person.allocated, person.name)):
        if person.allocated < A6_LEFT:
            give(person, with_most_room(at_first), person.allocated)

    for name in held:
        held[name] = [person for person in held[name] if person.allocated_on(A6_LEFT)]
    left_behind = held.pop("a6")
    moved_to_a1 = left_behind[:11]
    for person in left_behind:
        give(person, "a1" if person in moved_to_a1 else with_most_room(("a2", "a3", "a4", "a7")), A6_LEFT)

    for person in sorted(people, key=lambda person: (person.allocated, person.name)):
        if A6_LEFT <= person.allocated < A8_STARTED:
            give(person, with_most_room(("a2", "a3", "a4", "a7")), person.allocated)
    for person in [person for person in left_behind if person.allocated_on(A8_STARTED)]:
        for cases in held.values():
            if person in cases:
                cases.remove(person)
        give(person, "a8", A8_STARTED)
    for person in sorted(people, key=lambda person: (person.allocated, person.name)):
        if A8_STARTED <= person.allocated <= LAST_DAY:
            late = person.story == REFERRED_LATE
            give(person, "a5" if late else with_most_room(("a2", "a3", "a4", "a7")), person.allocated)

    for person in people:
        for number, (since, adviser) in enumerate(person.holders):
            last = number + 1 == len(person.holders)
            until = person.left if last else person.holders[number + 1][0]
            quarter.advisers.add("cases", adviser, since, until, person.name)
            if number:
                quarter.young_people.add("cornwall_adviser_changes", person.name, since)
            handover = person.provider_holds_from
            spans = [(since, until, "provider" if since >= handover else "council")]
            if since < handover <= LAST_DAY and (until is None or handover < until):
                spans = [(since, handover, "council"), (handover, until, "provider")]
            for first, end, holder in spans:
                quarter.young_people.add("cornwall_allocated_to_provider", person.name, first, end, adviser, holder)


def tell_staff(quarter: Quarter) -> None:
    table = quarter.advisers
    topics = ("safeguarding_children", "safeguarding_adults", "child_sexual_exploitation", "confidentiality",
              "case_recording", "signs_of_safety")  # fmt: skip
    for post in STAFF:
        dice, name, started = quarter.dice("staff", post.name), post.name, post.started
        table.add("started", name, started)
        if post.left:
            table.add("left_the_service", name, post.left)
        table.add("posts", name, started, post.left, post.role, post.fte, post.social_worker)
        checked = started + days(1) if name == "a8" else at_work_before(started - days(dice.between(5, 40)))
        table.add("criminal_record_checks", name, checked)
        if name != "o2":
            table.add("references_sought", name, at_work_before(started - days(dice.between(30, 60))))
        for topic in topics:
            if name == "v1" and topic in ("safeguarding_adults", "signs_of_safety"):
                table.add("training", name, date(2016, 8, 15), topic, "yes")
            else:
                table.add("training", name, started - days(dice.between(0, 4)), topic,
                          "" if (name, topic) == ("a7", "signs_of_safety") else "yes")  # fmt: skip
        if post.role == "personal_adviser":
            equivalent = dice.chance(0.4) or name == "a8"
            gained = date(2016, 9, 19) if name == "a8" else started - days(dice.between(200, 1500))
            kind = "equivalent" if equivalent else "nvq_3_advice_and_guidance"
            table.add("qualifications", name, gained, kind, "team manager" if equivalent else "")
            table.add("experience_accepted", name, started - days(10), "team manager")
        if post.role != "volunteer":
            tell_supervision(quarter, post)
    quarter.plant("cornwall_advisers", "a8", "criminal record check completed on the day after starting")
    quarter.plant("cornwall_advisers", "a8", "qualification accepted as equivalent two weeks after starting")
    quarter.plant("cornwall_advisers", "o2", "no references were asked for")
    quarter.plant("cornwall_advisers", "v1", "trained in two of the six areas four weeks after starting")
    quarter.plant("cornwall_advisers", "a7", "no word of evidence of training in signs of safety")
    quarter.plant("cornwall_advisers", "a1", "more than 30 cases for a full time equivalent from 12 August until 5 September")


def tell_supervision(quarter: Quarter, post: Post) -> None:
    dice, name = quarter.dice("supervision", post.name), post.name
    adviser = "yes" if post.role == "personal_adviser" else "no"
    on = at_work(max(date(2016, 5, 9), post.started) + days(dice.between(0, 14)))
    late = effective = safeguarding = False
    while on <= LAST_DAY and (post.left is None or on < post.left):
        judged = "yes"
        if name == "a4" and on >= date(2016, 8, 1) and not effective:
            judged, effective = "", True
            quarter.plant("cornwall_advisers", name, f"nobody judged whether the session of {on} was effective")
        covered = "yes"
        if name == "a2" and on >= date(2016, 8, 1) and not safeguarding:
            covered, safeguarding = "no", True
            quarter.plant("cornwall_advisers", name, f"safeguarding was left out of the session of {on}")
        quarter.advisers.add(
            "supervision_sessions", name, on, case_work=adviser, line_management="yes", effective=judged,
            judged_by="manager" if judged else "", risk="yes", safeguarding=covered, exploitation="yes", caseload="yes",
            supervisor_qualified="yes",
        )  # fmt: skip
        step = dice.between(21, 27)
        if name == "a3" and on >= date(2016, 7, 1) and not late:
            step, late = 47, True
            quarter.plant("cornwall_advisers", name, f"no supervision for more than six weeks after {on}")
        on = at_work(on + days(step))


# --------------------------------------------------------------------------------------------------------------------
# What is planted among the young people
# --------------------------------------------------------------------------------------------------------------------


def plant_late_allocations(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    """Before anything is told: one allocated a day too late for 15 years 9 months, one on the tenth working day."""
    young = next(
        person for person in people
        if person.story == ABOUT_TO_BE_16 and person.at_15_years_9_months >= date(2016, 7, 20)
        and is_working_day(person.at_15_years_9_months + days(1))
    )  # fmt: skip
    young.referred, young.allocated = date(2016, 7, 4), young.at_15_years_9_months + days(1)
    quarter.plant("cornwall", young.name, "allocated on the day after reaching 15 years and 9 months")
    late = next(person for person in people if person.story == REFERRED_LATE)
    late.referred, late.allocated = date(2016, 7, 18), date(2016, 8, 1)
    quarter.plant("cornwall", late.name, "referred on 18 July and allocated on the tenth working day, 1 August")


def plant_payments(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    table = quarter.young_people
    adults = [person for person in people if person.story == FORMER_RELEVANT]
    child = next(person for person in people if person.story == IN_CARE and person.birthday(18) > LAST_DAY)
    table.add("cornwall_payments", adults[3].name, date(2016, 8, 9), "emergency", 45, "provider_manager")
    quarter.plant("cornwall", adults[3].name, "an emergency payment of £45 authorised by the provider's manager")
    table.add("cornwall_payments", adults[17].name, date(2016, 7, 27), "emergency", 30, "provider_manager")
    table.add("cornwall_payments", adults[23].name, date(2016, 9, 13), "emergency", 45, "manager_16_plus")
    table.add("cornwall_payments", child.name, date(2016, 9, 6), "emergency", 20, "provider_manager")
    quarter.plant("cornwall", child.name, "an emergency payment by the provider's manager in a case the council holds")
    table.add("cornwall_payments", adults[31].name, date(2016, 9, 20), "setting_up_home", 640, "provider_manager")
    quarter.plant("cornwall", adults[31].name, "a setting-up-home grant that the provider's manager authorised")
    table.add("cornwall_lodgings_decisions", child.name, date(2016, 8, 3), "manager_16_plus")
    table.add("cornwall_lodgings_decisions", adults[40].name, date(2016, 8, 24), "provider_manager")
    quarter.plant("cornwall", adults[40].name, "found suitable for supported lodgings by the provider's manager")


def plant_emergency_accommodation(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    """One young person spends the end of the quarter in emergency accommodation that somebody judged suitable."""
    person = next(person for person in people if person.story == RELEVANT)
    rows = quarter.young_people.rows["cornwall_accommodation"]
    before = next(row for row in rows if row[0] == person.name)
    moved = date(2016, 9, 26)
    before[2] = moved.isoformat()
    quarter.young_people.add("cornwall_accommodation", person.name, moved, None, "emergency", "yes", "personal adviser")
    quarter.plant("cornwall", person.name, "emergency accommodation that was judged suitable")


def note_unverified(quarter: Quarter) -> None:
    for name, _, _, _, verified, _ in quarter.young_people.rows["cornwall_ethnicity_records"]:
        if verified != "yes":
            what = "is not correct" if verified else "may or may not have been verified"
            quarter.plant("cornwall", name, f"the record of ethnicity {what}")


# --------------------------------------------------------------------------------------------------------------------
# The service
# --------------------------------------------------------------------------------------------------------------------

THE_SERVICE = "service"

SERVICE_INFORMATION = (
    "contact_details", "summary_and_eligibility", "complaints_and_compliments", "confidentiality_and_safeguarding",
)  # fmt: skip
HOURS_A_MONTH = {"direct_delivery": 560, "staff_supervision": 24, "training": 30, "management": 150, "administration": 210}


def tell_service(quarter: Quarter, people: Sequence[YoungPerson]) -> None:
    def add(fact: str, *cells: Cell, **named: Cell) -> None:
        quarter.service.add(fact, THE_SERVICE, *cells, **named)

    def odd(what: str) -> None:
        quarter.plant("cornwall_service", THE_SERVICE, what)

    add("contract_start", CONTRACT_START)
    add("contract_ends", CONTRACT_ENDS)
    add("mobilisation_began", date(2016, 4, 4))
    odd("mobilisation began three days less than three months before the contract")
    add("contract_value", CONTRACT_START, None, 420000)
    add("additional_funding", CONTRACT_START, None, "sustained", 21000)
    add("additional_funding", date(2016, 8, 15), None, "secured", 18000)
    add("additional_funding", date(2016, 9, 1), None, "planned", 9000)

    counted = [FIRST_DAY, date(2016, 8, 1), date(2016, 9, 1), LAST_DAY]
    for number, on in enumerate(counted):
        until = counted[number + 1] if number + 1 < len(counted) else None
        add("provider_cases", on, until, sum(person.allocated_on(on) for person in people))
        add("council_cases", on, until, 311 + 3 * number)

    add("allocation_rounds", date(2016, 7, 22), "manager_16_plus", "yes", "yes")
    add("allocation_rounds", date(2016, 8, 19), "manager_16_plus", "no", "yes")
    odd("the allocation round of 19 August was not discussed with the provider's lead")
    add("allocation_rounds", date(2016, 9, 16), "manager_16_plus", "yes", "yes")
    add("allocation_disputes_decided", date(2016, 8, 30), "council", "yes")

    saturday = date(2016, 7, 2)
    while saturday <= LAST_DAY:
        add("closed", saturday, saturday + days(2), "weekend")
        saturday += timedelta(weeks=1)
    add("closed", BANK_HOLIDAY, BANK_HOLIDAY + days(1), "bank_holiday")
    add("closed", date(2016, 9, 14), date(2016, 9, 15), "other_day")
    odd("closed on Wednesday 14 September")

    dice = quarter.dice("service")
    on = FIRST_DAY
    while on <= LAST_DAY:
        if on.weekday() < 5 and on not in (BANK_HOLIDAY, date(2016, 9, 14)):
            in_hours = dice.weighted({"yes": 88, "no": 10, "": 2})
            same_day = in_hours == "yes" and dice.chance(0.97)
            if not in_hours:
                odd(f"nobody knows whether the request of {on}, answered later, came in core hours")
            add("service_requests", on, in_hours, "the_same_day" if same_day else "later")
        on += days(dice.between(1, 2))

    for item in SERVICE_INFORMATION:
        add("information_available", date(2016, 6, 20), None, item)
    add("information_available", date(2016, 7, 18), None, "alternative_formats")
    odd("no details of alternative formats until 18 July")
    add("service_changes", date(2016, 8, 1), "yes", "contract manager")
    add("information_updates", date(2016, 8, 17))
    add("managers", date(2010, 1, 4), None, "yes")
    add("managers", date(2015, 2, 2), None, "no")
    add("recruitments", date(2016, 7, 28), "yes")
    add("recruitments", date(2016, 7, 14), "no")
    odd("a volunteer was recruited without a representative of the council")

    for month in (date(2016, 7, 31), date(2016, 8, 31), date(2016, 9, 30)):
        for activity, hours in HOURS_A_MONTH.items():
            add("service_hours", month, activity, hours + dice.between(0, hours // 10) + 0.5 * dice.between(0, 1))

    add("meetings", date(2016, 8, 10), "joint_team", "no")
    odd("the provider's staff did not attend the only joint team meeting")
    add("meetings", date(2016, 9, 22), "contract_monitoring", "yes", "yes")
    add("safeguarding_reports", date(2016, 9, 22), "yes")

    add("audits", date(2016, 7, 20), "case_file", "provider", 6, 6, 5)
    add("audits", date(2016, 8, 25), "case_file", "provider", 6, 5, 5)
    odd("from 31 August until 19 September only five case files had been audited in six weeks")
    add("audits", date(2016, 9, 19), "case_file", "council", 6, 6, 6)
    add("audits", date(2016, 8, 5), "peer", "council", 6, 6, 6)
    add("audits", date(2016, 9, 16), "peer", "council", 6, 6, 5)
    add("audits", date(2016, 8, 25), "recording", "provider", 12, 12, 12)
    add("audits", date(2016, 9, 19), "recording", "provider", 6, 6, 5)
    add("audits", date(2016, 9, 19), "policy", "provider", 12, 12, 12)
    add("audits", date(2016, 9, 27), "requirements", "", 20, 18, 17)

    for on, of in (
        (date(2016, 8, 3), "links_with_16_plus_strategy"), (date(2016, 9, 14), "links_with_16_plus_strategy"),
        (date(2016, 8, 3), "corporate_parenting_priorities"), (date(2016, 9, 20), "corporate_parenting_priorities"),
        (date(2016, 9, 20), "corporate_parenting_priorities"), (date(2016, 9, 20), "childrens_trust_priorities"),
    ):  # fmt: skip
        add("evidence_offered", on, of)


# --------------------------------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------------------------------


def sample_quarter(seed: int) -> dict[str, bytes]:
    """Every file of the sample by its path."""
    quarter = Quarter(seed)
    people = all_young_people(seed)
    plant_late_allocations(quarter, people)
    for person in people:
        tell(quarter, person)
    tell_contacts(quarter, people)
    plant_payments(quarter, people)
    plant_emergency_accommodation(quarter, people)
    note_unverified(quarter)
    tell_staff(quarter)
    hand_out_cases(quarter, people)
    tell_service(quarter, people)

    files: dict[str, bytes] = {}
    folders = {"cornwall": quarter.young_people, "cornwall_advisers": quarter.advisers, "cornwall_service": quarter.service}
    for name, folder in folders.items():
        files |= {f"{name}/{file}": content for file, content in folder.files().items()}
    files["oddities.csv"] = csv_text([["folder", "person", "what"], *quarter.oddities]).encode()
    files["stories.csv"] = csv_text([["person", "story"]] + [[person.name, person.story] for person in people]).encode()
    return files


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes the records of an invented leaving care service for one quarter.")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write into; made if need be")
    parser.add_argument("--seed", type=int, default=7, help="another number, other people (7)")
    chosen = parser.parse_args(arguments)

    files = sample_quarter(chosen.seed)
    for path, content in files.items():
        target = chosen.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    planted = files["oddities.csv"].count(b"\n") - 1
    print(f"{sum(STORIES.values())} young people, {len(STAFF)} staff, {planted} planted oddities in {chosen.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
