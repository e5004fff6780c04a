"""The indicators of the sample quarter, counted a second time in plain Python from the tables; and what was planted is found.

The counting follows the words of the contract's table of indicators, by day and by person, and shares nothing with the
program. The program is run as a command: make build, or name it in LEAVINGCARE_COMMAND.
"""

from __future__ import annotations

import csv
import os
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SAMPLE = TOP / "python" / "leavingcare" / "sample_quarter"
COMMAND = Path(os.environ.get("LEAVINGCARE_COMMAND", TOP / "build" / "leavingcare"))
RULEBOOKS = ("cornwall", "cornwall_advisers", "cornwall_service")
"""Each has its fact tables in a folder of the same name."""

FIRST, LAST = date(2016, 7, 1), date(2016, 9, 30)
QUARTER = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days + 1)]
A_YEAR_AGO, HALF_A_YEAR_AGO = date(2015, 10, 1), date(2016, 4, 1)
"""The first days of the year and of the six months that end with the quarter."""

Row = dict[str, str]
YES, NO, UNKNOWN = "yes", "no", "unknown"


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """The tables that the program writes, a folder for each rulebook."""
    if not COMMAND.exists():
        pytest.fail("the program is not built: make build, or name it in LEAVINGCARE_COMMAND")
    out = tmp_path_factory.mktemp("quarter")
    for folder in RULEBOOKS:
        asked = ["--rules", folder, "--facts", SAMPLE / folder, "--as-at", LAST.isoformat(), "--out", out / folder]
        subprocess.run([COMMAND, "evaluate", *asked, "--quiet"], check=True, capture_output=True,
                       env={**os.environ, "LEAVINGCARE_RULES": str(TOP / "rules")})  # fmt: skip
    return out


@pytest.fixture(scope="module")
def found(results) -> dict[str, Row]:
    """Every indicator of the three rulebooks by its name."""
    return {row["indicator"]: row for folder in RULEBOOKS for row in read(results / folder / "indicators.csv")}


def read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(folder: str, fact: str) -> dict[str, list[Row]]:
    """The rows of a fact by person."""
    made: dict[str, list[Row]] = defaultdict(list)
    for row in read(SAMPLE / folder / f"{fact}.csv"):
        made[row["person"]].append(row)
    return made


def young(fact: str) -> dict[str, list[Row]]:
    return table("cornwall", fact)


def says(row: Row, wanted: dict[str, str | tuple[str, ...]]) -> str:
    """Whether a row's fields are as wanted; unknown where a blank decides."""
    answers = [UNKNOWN if not row[name] else YES if row[name] in ((value,) if isinstance(value, str) else value) else NO
               for name, value in wanted.items()]  # fmt: skip
    return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES


def best(answers: Iterable[str]) -> str:
    answers = list(answers)
    return YES if YES in answers else UNKNOWN if UNKNOWN in answers else NO


def holds(rows: list[Row], day: date, **wanted: str | tuple[str, ...]) -> str:
    return best(
        says(row, wanted)
        for row in rows
        if date.fromisoformat(row["from"]) <= day and (not row["until"] or day < date.fromisoformat(row["until"]))
    )


def happened(rows: list[Row], first: date, last: date, **wanted: str | tuple[str, ...]) -> str:
    return best(says(row, wanted) for row in rows if first <= date.fromisoformat(row["on"]) <= last)


BORN = {person: date.fromisoformat(rows[0]["value"]) for person, rows in young("date_of_birth").items()}
ALLOCATED_TO = young("cornwall_allocated_to_provider")
ALLOCATED = [person for person in BORN if holds(ALLOCATED_TO[person], LAST) == YES]


def birthday(person: str, years: int) -> date:
    born = BORN[person]
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def month_back(day: date) -> date:
    """The first day of the month that ends with a day: of 20 August, 21 July."""
    after = day + timedelta(days=1)
    year, month = (after.year, after.month - 1) if after.month > 1 else (after.year - 1, 12)
    for number in (after.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            pass
    raise AssertionError(day)


def check(row: Row, among: list, those: Callable[..., str]) -> None:
    """A rate: how many are counted, how many have it, and of how many it is unknown."""
    counted = Counter(those(*one) if isinstance(one, tuple) else those(one) for one in among)
    figures = (int(row["denominator"]), int(row["numerator"]), int(row["unknown"]))
    assert figures == (len(among), counted[YES], counted[UNKNOWN])


def test_all_24_indicators_come_out_of_one_quarter(found):
    wanted = [f"cornwall_kpi_1_{number}" for number in range(1, 17)] + [f"cornwall_kpi_2_{number}" for number in range(1, 7)]
    wanted += ["cornwall_kpi_3_1_advisers", "cornwall_kpi_4_1"]
    assert [name for name in wanted if name not in found] == []
    assert {found[name]["from"] for name in wanted} == {"2016-07-01"}
    assert {found[name]["until"] for name in wanted} == {"2016-10-01"}


def test_care_leavers_in_touch_and_children_in_care_met(found):
    contacts, visits = young("cornwall_contacts"), young("adviser_visits")
    attended, joint, care = young("cornwall_review_attendances"), young("cornwall_joint_meetings"), young("care")

    def in_touch(person: str) -> bool:
        touched = [row for row in contacts[person] if row["by"] == "personal_adviser"] + visits[person]
        on = [date.fromisoformat(row["on"]) for row in touched]
        first = max(FIRST, birthday(person, 16))
        return any(first <= day <= LAST and holds(ALLOCATED_TO[person], day) == YES for day in on)

    def met_in_care(person: str) -> bool:
        on = [date.fromisoformat(row["on"]) for row in attended[person] + joint[person]]
        return any(FIRST <= day <= LAST and day < birthday(person, 18) and holds(care[person], day) == YES for day in on)

    assert int(found["cornwall_kpi_1_2"]["numerator"]) == sum(map(in_touch, BORN))
    assert int(found["cornwall_kpi_1_3"]["numerator"]) == sum(map(met_in_care, BORN))


@pytest.mark.parametrize(
    ("indicator", "fact", "wanted"),
    [
        ("cornwall_kpi_1_4", "cornwall_plan_participation", {}),
        ("cornwall_kpi_1_5", "cornwall_ethnicity_records", {"verified": "yes"}),
        ("cornwall_kpi_1_9", "cornwall_gp_registration", {}),
        ("cornwall_kpi_1_10", "cornwall_dentist_registration", {}),
        ("cornwall_kpi_1_11", "cornwall_accommodation", {"suitable": "yes"}),
        ("cornwall_allocated_with_adviser", "personal_adviser_appointments", {}),
    ],
)
def test_shares_of_the_allocated_on_the_last_day(found, indicator, fact, wanted):
    rows = young(fact)
    check(found[indicator], ALLOCATED, lambda person: holds(rows[person], LAST, **wanted))


def test_plans_reviewed_or_made_within_six_months(found):
    plans, reviews = young("pathway_plans"), young("pathway_plan_reviews")
    check(
        found["cornwall_kpi_1_6"], ALLOCATED,
        lambda person: happened(plans[person] + reviews[person], HALF_A_YEAR_AGO, LAST),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "ages"),
    [("cornwall_kpi_1_7", (19, 20, 21)), ("cornwall_kpi_1_7_at_21", (21,)), ("cornwall_kpi_1_8", (17,))],
)
def test_education_training_or_work_on_birthdays(found, indicator, ages):
    activities = young("cornwall_activities")
    days = [(person, birthday(person, age)) for person in BORN for age in ages if FIRST <= birthday(person, age) <= LAST]
    days = [(person, day) for person, day in days
            if YES in (holds(ALLOCATED_TO[person], day), holds(ALLOCATED_TO[person], day - timedelta(days=1)))]  # fmt: skip
    counts = ("education", "training", "apprenticeship", "employment")
    check(found[indicator], days, lambda person, day: holds(activities[person], day, kind=counts))


def test_learning_disability_and_youth_offending(found):
    plan, benefit = young("cornwall_education_health_care_plans"), young("cornwall_disability_benefits")
    specialist = young("cornwall_specialist_social_worker")
    disabled = [person for person in ALLOCATED if YES in (holds(plan[person], LAST), holds(benefit[person], LAST))]
    check(found["cornwall_kpi_1_12"], disabled, lambda person: holds(specialist[person], LAST))

    contacts, support = young("cornwall_youth_justice_contacts"), young("cornwall_youth_offending_support")
    at_risk = [person for person in ALLOCATED if contacts[person]]
    check(found["cornwall_kpi_1_13"], at_risk, lambda person: holds(support[person], LAST, appropriate="yes"))


def test_feedback_and_outcomes(found):
    feedback, outcomes = young("cornwall_feedback"), young("cornwall_outcomes")
    served = [
        person for person in BORN
        if any(date.fromisoformat(row["from"]) <= LAST and (not row["until"] or date.fromisoformat(row["until"]) > A_YEAR_AGO)
               for row in ALLOCATED_TO[person])
    ]  # fmt: skip
    check(found["cornwall_kpi_1_15"], served, lambda person: happened(feedback[person], A_YEAR_AGO, LAST))
    check(found["cornwall_kpi_1_16"], ALLOCATED, lambda person: happened(outcomes[person], FIRST, LAST, improved="yes"))
    assert int(found["cornwall_young_people_served"]["numerator"]) == len(served)


def test_supervision_and_posts(found):
    posts, sessions, started = table("cornwall_advisers", "posts"), table("cornwall_advisers", "supervision_sessions"), table("cornwall_advisers", "started")
    advisers = [name for name in posts if holds(posts[name], LAST, role="personal_adviser") == YES]

    def supervised(name: str) -> str:
        answers = []
        for day in QUARTER:
            if date.fromisoformat(started[name][0]["value"]) < month_back(day):
                for kind in ("case_work", "line_management"):
                    answers.append(happened(sessions[name], month_back(day), day, **{kind: "yes", "effective": "yes"}))
        return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES

    check(found["cornwall_kpi_2_1"], advisers, supervised)
    for indicator, role in (("advisers", "personal_adviser"), ("managers", "manager"), ("administrators", "administrator")):
        held = [row for rows in posts.values() for row in rows if row["role"] == role and holds([row], LAST) == YES]
        total = sum(float(row["fte"]) for row in held)
        assert float(found[f"cornwall_kpi_3_1_{indicator}"]["value"]) == pytest.approx(total)


def test_hours_audits_evidence_and_money(found):
    facts = ("service_hours", "audits", "evidence_offered", "additional_funding")
    service = {fact: table("cornwall_service", fact)["service"] for fact in facts}
    hours = sum(float(row["hours"]) for row in service["service_hours"])
    assert float(found["cornwall_kpi_1_1"]["value"]) == pytest.approx(hours)

    def audited(kind: str, column: str) -> int:
        return sum(int(row[column]) for row in service["audits"] if row["kind"] == kind)

    for indicator, kind, of, have in (("2_2", "recording", "audited", "passed"), ("2_3", "policy", "audited", "passed"),
                                      ("2_6", "requirements", "planned", "audited")):  # fmt: skip
        row = found[f"cornwall_kpi_{indicator}"]
        assert (float(row["denominator"]), float(row["numerator"])) == (audited(kind, of), audited(kind, have))

    offered = Counter(row["of"] for row in service["evidence_offered"])
    assert float(found["cornwall_kpi_1_14"]["value"]) == offered["links_with_16_plus_strategy"]
    assert float(found["cornwall_kpi_2_4"]["value"]) == offered["corporate_parenting_priorities"]
    assert float(found["cornwall_kpi_2_5"]["value"]) == offered["childrens_trust_priorities"]

    funding = sum(float(row["amount"]) for row in service["additional_funding"] if row["stage"] != "planned")
    assert float(found["cornwall_kpi_4_1"]["numerator"]) == funding
    assert float(found["cornwall_kpi_4_1"]["denominator"]) == 420000


FINDS = {
    "allocated on the day after": ("obligations", "cornwall_adviser_by_15_years_9_months", "met late"),
    "allocated on the tenth working day": ("obligations", "cornwall_adviser_after_late_referral", "met late"),
    "by agreement of all": ("obligations", "cornwall_adviser_meeting", "waived"),
    "which is not written into the plan": ("obligations", "cornwall_adviser_meeting", "overdue"),
    "nobody knows whether it is written": ("obligations", "cornwall_adviser_meeting", "unknown"),
    "without an agreement": ("obligations", "cornwall_adviser_meeting", "overdue"),
    "emergency payment": ("findings", "cornwall_emergency_payment_beyond_authority", "yes"),
    "setting-up-home grant": ("findings", "cornwall_finance_not_authorised", "yes"),
    "found suitable for supported lodgings": ("findings", "cornwall_lodgings_decided_by_another", "yes"),
    "safeguarding was left out": ("findings", "cornwall_supervision_without_standing_items", "yes"),
    "no supervision for more than six weeks": ("obligations", "cornwall_supervision", "met late"),
    "criminal record check": ("obligations", "cornwall_criminal_record_check", "met late"),
    "qualification accepted": ("findings", "cornwall_unqualified_adviser", "yes"),
    "no references": ("obligations", "cornwall_references", "overdue"),
    "trained in two of the six": ("findings", "cornwall_untrained_at_work", "yes"),
    "no word of evidence": ("findings", "cornwall_untrained_at_work", "unknown"),
    "more than 30 cases": ("findings", "cornwall_caseload_too_high", "yes"),
    "mobilisation began": ("obligations", "cornwall_lead_in", "met late"),
    "was not discussed with the provider's lead": ("findings", "cornwall_allocated_by_another", "yes"),
    "closed on Wednesday": ("findings", "cornwall_closed_on_another_day", "yes"),
    "came in core hours": ("findings", "cornwall_request_not_answered_the_same_day", "unknown"),
    "no details of alternative formats": ("findings", "cornwall_information_incomplete", "yes"),
    "recruited without": ("findings", "cornwall_recruitment_without_council", "yes"),
    "only joint team meeting": ("obligations", "cornwall_joint_team_meeting", "due"),
    "only five case files": ("findings", "cornwall_too_few_case_files_audited", "yes"),
}
"""What finds an oddity, by words of it: the table, the rule and the state or answer."""

ONLY_COUNTED = ("the record of ethnicity", "emergency accommodation", "nobody judged whether the session")
"""Oddities that show in indicators only."""


def test_everything_planted_is_found(results):
    missed = []
    for oddity in read(SAMPLE / "oddities.csv"):
        if any(words in oddity["what"] for words in ONLY_COUNTED):
            continue
        (kind, rule, state), = [finder for words, finder in FINDS.items() if words in oddity["what"]]
        key, answer = ("duty", "state") if kind == "obligations" else ("limit", "truth")
        rows = read(results / oddity["folder"] / f"{kind}.csv")
        if not any(row["person"] == oddity["person"] and row[key] == rule and row[answer] == state for row in rows):
            missed.append((oddity["person"], oddity["what"]))
    assert missed == []
