"""An invented council: six years of children looked after returns, and the truth behind them.

    python3 python/leavingcare/sample_council.py --out DIR --children 300 --seed 7 --years 2019-2024

writes, under DIR,

    2018-19/ ... 2023-24/   one SSDA903 return a collection year, the files a council uploads
    truth/                  what really happened, as fact tables that `leavingcare` reads
    oddities.csv            every mistake planted in the returns: year,file,line,kind,note
    cases.csv               which story each person was made from: person,case

and with `--forms` the same lives in other forms: xml/ (the returns), ssd/ (the Standard Safeguarding Dataset), annex_a/.
No real person is in it, nothing is fetched, and the same arguments give the same bytes.

WHY
    Public samples of the return have random legal statuses, nobody over 18 and no right answers. Judging a
    leaving-care status needs whole histories: 13 weeks counted from 14, the 16th and the 18th birthday, short
    breaks, going home. So many children here come from `cases`, each of which puts one person close to a line the law
    draws; the others have ordinary lives. Then the returns are spoilt in the ways in which councils' returns are
    spoilt, and each fault is written down (class Mess), so that a reader of returns can be compared with the truth.

THE RETURN
    Field names, code sets and file names are those of the SSDA903 return. "Rule 431" and the like are numbers of the
    Department for Education's validation rules, as published in the csc-validator-be-903 project; "LIIA rule 2" is
    a repair made by the regional pipeline liia-tools, described in its docs/fix_episodes.md.
    A collection year runs from 1 April to 31 March and is named here by the calendar year in which it ends.
    DEC is exclusive: the day of leaving is not a day of care, and within a period of care DEC of one episode is
    DECOM of the next (rules 388, 433).
"""

from __future__ import annotations

import argparse
import calendar
import csv
import io
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Callable, Iterable, Sequence, TypeVar
from xml.sax.saxutils import escape

T = TypeVar("T")

# --------------------------------------------------------------------------------------------------------------------
# Days
# --------------------------------------------------------------------------------------------------------------------


def birthday(DOB: date, years: int) -> date:
    """The day on which an age is reached; 1 March in a common year for someone born on 29 February."""
    try:
        return DOB.replace(year=DOB.year + years)
    except ValueError:
        return date(DOB.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The corresponding date some months on, or the last day of that month if there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days(count: int) -> timedelta:
    """So that a story can say `child.birthday(16) + days(1)`."""
    return timedelta(days=count)


@dataclass(frozen=True, order=True)
class CollectionYear:
    """1 April to 31 March, named by the calendar year in which it ends."""

    end: int

    @property
    def first_day(self) -> date:
        return date(self.end - 1, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.end, 3, 31)

    @property
    def folder(self) -> str:
        return f"{self.end - 1}-{self.end % 100:02}"

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def year_of(day: date) -> CollectionYear:
    """The collection year that holds a day."""
    return CollectionYear(day.year + 1 if (day.month, day.day) >= (4, 1) else day.year)


# --------------------------------------------------------------------------------------------------------------------
# Chance
# --------------------------------------------------------------------------------------------------------------------


class Dice:
    """Chance that comes out the same everywhere.

    Only `random()` of a text seed is used, the one method which Python promises to keep the same in every version.
    Each purpose (a child, that child's reviews, the mess) has its own dice: changing one leaves the others alone, and
    so the clean and the messy returns of a seed are about the same children.
    """

    def __init__(self, *purpose: object) -> None:
        self._random = random.Random("/".join(str(part) for part in purpose))

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, values: Sequence[T]) -> T:
        return values[self.between(0, len(values) - 1)]

    def weighted(self, weights: dict[T, int]) -> T:
        """A key of `weights`, as often as its weight says."""
        left = self._random.random() * sum(weights.values())
        for value, weight in weights.items():
            left -= weight
            if left < 0:
                return value
        return value

    def digits(self, count: int) -> str:
        return "".join(str(self.between(0, 9)) for _ in range(count))

    def postcode(self) -> str:
        """A postcode of the area QX, which the post office does not have."""
        return f"QX{self.between(1, 40)} {self.between(1, 9)}{self.one_of('ABDEFGHJLN')}{self.one_of('PQRSTUWXYZ')}"


# --------------------------------------------------------------------------------------------------------------------
# Codes, and the years in which they hold
# --------------------------------------------------------------------------------------------------------------------

FIRST_YEAR, LAST_YEAR = 2019, 2025
"""The years whose codes are known here: REC E45-E48 came in 2018-19, and the meanings of PLACE Z11-Z14, which
replaced Z1 in 2025-26, have not been found."""

OC3_TO_25_FROM = 2023  # care leavers of 22 to 25 are reported from 2022-23
SOCIAL_WORKERS_FROM = 2024  # sw_episodes.csv from 2023-24
SEX_AS_LETTERS_FROM = 2025  # 1/2 before 2024-25, then M/F
SUPPORTED_ACCOMMODATION_FROM = 2025  # PLACE K3 replaces H5, and P2 goes, in 2024-25
APPRENTICES_APART_FROM = 2022  # ACTIV F3/P3 split into F4/P4 and F5/P5 in 2021-22
SEMI_INDEPENDENT_URN_FROM = 2024  # H5 in England has a URN from 28/10/2023 (rule 230)
LAST_DAY_OF_P2 = date(2023, 10, 27)  # rule 217t

SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
SPECIAL_GUARDIANSHIP = ("E45", "E46", "E47", "E48")
ADOPTION = ("E11", "E12")
HOME_TO_PARENT = ("E4A", "E4B")

PLACES_BELOW_16 = {"U6": 30, "U4": 26, "U3": 12, "U1": 10, "K2": 16, "S1": 2, "R3": 1, "Z1": 1}
PLACES_FROM_16 = {"U4": 22, "U6": 18, "H5": 30, "P2": 6, "K2": 14, "U1": 5, "U3": 4, "Z1": 1}
PROVIDERS = {
    "P1": ("PR0",), "U1": ("PR1",), "U3": ("PR1",), "U4": ("PR1", "PR4"), "U6": ("PR1", "PR4"),
    "K1": ("PR2", "PR4"), "K2": ("PR1", "PR4", "PR5"), "H5": ("PR4", "PR5"), "P2": ("PR1", "PR4"),
    "R2": ("PR3",), "R3": ("PR4",), "R5": ("PR3",), "S1": ("PR4",), "A3": ("PR1",), "A6": ("PR2", "PR5"),
}  # fmt: skip
WITHOUT_URN = ("P1", "P2", "R2", "R5", "Z1", *TEMPORARY)

ETHNICITIES = {"WBRI": 62, "WOTH": 5, "WROM": 1, "MWBC": 5, "MWAS": 2, "MOTH": 4, "APKN": 3, "ABAN": 2, "BCRB": 3,
               "BAFR": 6, "BOTH": 2, "OOTH": 3, "NOBT": 2}  # fmt: skip
ETHNICITIES_UASC = {"AOTH": 35, "BAFR": 40, "OOTH": 20, "WOTH": 5}
NEEDS = {"N1": 62, "N2": 3, "N3": 4, "N4": 8, "N5": 15, "N6": 2, "N8": 6}
MOVE_REASONS = {"CARPL": 40, "CREQB": 20, "CREQO": 12, "CHILD": 10, "LAREQ": 8, "STAND": 3, "CLOSE": 3, "OTHER": 4}


def SEX_in(year: CollectionYear, sex: str) -> str:
    if year.end >= SEX_AS_LETTERS_FROM:
        return sex
    return {"M": "1", "F": "2"}[sex]


def PLACE_in(year: CollectionYear, PLACE: str) -> str:
    """A placement in the codes of a year: an H5 still open on 1 April 2024 is returned as K3 in 2024-25."""
    if year.end >= SUPPORTED_ACCOMMODATION_FROM:
        return {"H5": "K3", "P2": "Z1"}.get(PLACE, PLACE)
    return PLACE


def ACTIV_in(year: CollectionYear, ACTIV: str) -> str:
    if year.end < APPRENTICES_APART_FROM:
        return {"F4": "F3", "F5": "F3", "P4": "P3", "P5": "P3"}.get(ACTIV, ACTIV)
    return ACTIV


# --------------------------------------------------------------------------------------------------------------------
# A child, and what happens to a child
# --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placement:
    PLACE: str
    PLACE_PROVIDER: str
    PL_POST: str
    URN: str


def a_placement(dice: Dice, PLACE: str) -> Placement:
    """A new address of a given kind; PLACE_PROVIDER and URN only where the return asks for them."""
    return Placement(
        PLACE=PLACE,
        PLACE_PROVIDER=dice.one_of(PROVIDERS.get(PLACE, ("",))),
        PL_POST=dice.postcode(),
        URN="" if PLACE in WITHOUT_URN else "SC9" + dice.digits(5),
    )


@dataclass
class Episode:
    DECOM: date
    RNE: str
    LS: str
    CIN: str
    placement: Placement
    DEC: date | None = None
    REC: str = ""
    REASON_PLACE_CHANGE: str = ""

    @property
    def ended(self) -> date:
        """DEC of an episode that is over."""
        assert self.DEC is not None
        return self.DEC

    def holds(self, day: date) -> bool:
        return self.DECOM <= day and (self.DEC is None or day < self.DEC)


@dataclass
class Span:
    """A fact that holds on days [since, until); `until` is None while it goes on."""

    since: date
    until: date | None
    value: str = ""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def end_by(self, day: date) -> None:
        """Ends on `day`, unless it has ended before."""
        if self.until is None or self.until > day:
            self.until = day


# What leaving care by each of these means for whom the child lives with. A special guardian and the person named in
# a child arrangements order have parental responsibility (Children Act 1989 ss.12, 14C).
FAMILY_AFTER = {
    **{REC: "parent" for REC in HOME_TO_PARENT + ADOPTION},
    **{REC: "person_with_parental_responsibility" for REC in SPECIAL_GUARDIANSHIP + ("E41",)},
}


@dataclass
class Child:
    """One person's true history, told forwards: `enters`, `changes`, `leaves`, `enters` again.

    Each of these keeps the rules of adjacency of episodes, so a story cannot break them by mistake.
    """

    CHILD: str
    case: str
    sex: str
    DOB: date
    ETHNIC: str
    UPN: str
    HOME_POST: str
    dice: Dice
    uasc: bool = False
    MC_DOB: date | None = None
    episodes: list[Episode] = field(default_factory=list)
    family: list[Span] = field(default_factory=list)
    special_guardianship: list[Span] = field(default_factory=list)
    detained: list[Span] = field(default_factory=list)
    adopted: date | None = None
    died: date | None = None

    def birthday(self, years: int) -> date:
        return birthday(self.DOB, years)

    def age_on(self, day: date) -> int:
        age = day.year - self.DOB.year
        return age if self.birthday(age) <= day else age - 1

    @property
    def now(self) -> Episode:
        """The last episode so far."""
        return self.episodes[-1]

    # -- telling the story -------------------------------------------------------------------------------------------

    def enters(self, on: date, LS: str, PLACE: str | None = None, CIN: str | None = None) -> None:
        """Starts to be looked after.

        A new period starts at least a day after the last one ended (rule 431); nobody starts at 18 (rule 352).
        """
        if self.episodes and (self.now.DEC is None or on <= self.now.DEC):
            raise ValueError(f"{self.case}: a period of care that does not start after the last one ended")
        if on >= self.birthday(18):
            raise ValueError(f"{self.case}: a period of care that starts at 18")
        self._stop_living_with_family(on)
        self._begin(Episode(
            DECOM=on, RNE="S", LS=LS, CIN=CIN or self.dice.weighted(NEEDS),
            placement=a_placement(self.dice, PLACE or self.a_likely_place(on)),
        ))  # fmt: skip

    def changes(self, on: date, LS: str | None = None, PLACE: str | None = None, same_carer: bool = False) -> None:
        """A new legal status, a new placement, or both on one day.

        With `same_carer` the kind of placement changes, and neither the address nor the carer.
        """
        placement = self.now.placement
        if PLACE is not None:
            placement = replace(placement, PLACE=PLACE) if same_carer else a_placement(self.dice, PLACE)
        self._continue(on, LS or self.now.LS, placement, same_carer)

    def stays_elsewhere(self, on: date, PLACE: str, until: date) -> None:
        """A temporary placement, from which the child returns to the same carer (rules 380-383)."""
        usual = self.now.placement
        self._continue(on, self.now.LS, a_placement(self.dice, PLACE), same_carer=False)
        self._continue(until, self.now.LS, usual, same_carer=False)

    def leaves(self, on: date, REC: str) -> None:
        """Ceases to be looked after, with what the reason means for adoption, guardianship, family and death."""
        self._end(on, REC)
        if REC in FAMILY_AFTER:
            self._live_with_family(on, FAMILY_AFTER[REC])
        else:
            self._stop_living_with_family(on)
        if REC in ADOPTION:
            self.adopted = on
        if REC in SPECIAL_GUARDIANSHIP:
            self.special_guardianship.append(Span(on, self.birthday(18)))
        if REC == "E2":
            self.died = on

    def is_sentenced(self, on: date, until: date) -> None:
        """Leaves care for custody (REC E9), and is detained until a day."""
        self.leaves(on, "E9")
        self.detained.append(Span(on, until, "sentence"))

    def leaves_home(self, on: date) -> None:
        """After going home: the family no longer houses the young person."""
        self._stop_living_with_family(on)

    def dies(self, on: date) -> None:
        """After leaving care; a death in care is `leaves(on, "E2")`."""
        self.died = on
        self._stop_living_with_family(on)

    def _begin(self, episode: Episode) -> None:
        self.episodes.append(episode)
        if episode.placement.PLACE == "P1":
            self._live_with_family(episode.DECOM, "parent")
        else:
            self._stop_living_with_family(episode.DECOM)

    def _end(self, on: date, REC: str) -> None:
        if on <= self.now.DECOM or self.now.DEC is not None:
            raise ValueError(f"{self.case}: an episode must end after it starts, and once (rules 355, 356)")
        self.now.DEC, self.now.REC = on, REC

    def _continue(self, on: date, LS: str, placement: Placement, same_carer: bool) -> None:
        """The next episode of the same period: starts on the day the last one ends (rules 388, 433)."""
        before = self.now
        other_status, other_place = LS != before.LS, placement != before.placement
        RNE = {  # rules 434-436
            (True, False): "L",
            (False, True): "T" if same_carer else "P",
            (True, True): "U" if same_carer else "B",
        }[other_status, other_place]
        self._end(on, "X1")
        if other_place:
            before.REASON_PLACE_CHANGE = "PLACE" if same_carer else self.dice.weighted(MOVE_REASONS)
            if placement.PLACE == "R5":
                before.REASON_PLACE_CHANGE = "CUSTOD"
        self._begin(Episode(DECOM=on, RNE=RNE, LS=LS, CIN=before.CIN, placement=placement))

    def _live_with_family(self, on: date, whom: str) -> None:
        """One run, if the child lived there already (placed with parents, and then the order is discharged)."""
        if not (self.family and self.family[-1].until is None):
            self.family.append(Span(on, None, whom))

    def _stop_living_with_family(self, on: date) -> None:
        if self.family:
            self.family[-1].end_by(on)

    def a_likely_place(self, on: date) -> str:
        """A kind of placement usual for the age, valid on the day."""
        PLACE = self.dice.weighted(PLACES_FROM_16 if self.age_on(on) >= 16 else PLACES_BELOW_16)
        return "H5" if PLACE == "P2" and on > LAST_DAY_OF_P2 else PLACE

    # -- asking about the story --------------------------------------------------------------------------------------

    def periods(self) -> list[list[Episode]]:
        """Episodes grouped into periods of care: each starts with RNE S."""
        periods: list[list[Episode]] = []
        for episode in self.episodes:
            if episode.RNE == "S":
                periods.append([])
            periods[-1].append(episode)
        return periods

    def days_looked_after(self, since: date, before: date) -> int:
        """Days of care in [since, before), short breaks left out, as rule 1001 counts them for OC3."""
        return sum(
            max(0, (min(episode.DEC or before, before) - max(episode.DECOM, since)).days)
            for episode in self.episodes
            if episode.LS not in SHORT_BREAKS
        )


# --------------------------------------------------------------------------------------------------------------------
# Ordinary lives
# --------------------------------------------------------------------------------------------------------------------


def life_in_care(child: Child, until: date) -> None:
    """Moves, orders and temporary stays, as they come, up to a month before `until`."""
    dice = child.dice
    day = child.now.DECOM + days(dice.between(30, 260))
    while day < until - days(30):
        LS, PLACE = child.now.LS, child.now.placement.PLACE
        if LS == "C1":  # care proceedings end in a full order
            child.changes(day, LS="C2")
        elif LS == "V2" and child.age_on(day) < 16 and dice.chance(0.25):
            child.changes(day, LS="C1", PLACE=child.a_likely_place(day) if dice.chance(0.3) else None)
        elif PLACE in ("U3", "U6") and dice.chance(0.2):  # the same carer is approved for the long term
            child.changes(day, PLACE={"U3": "U1", "U6": "U4"}[PLACE], same_carer=True)
        elif PLACE in FOSTER and dice.chance(0.12):
            child.stays_elsewhere(day, "T3", until=day + days(dice.between(5, 14)))
        elif LS == "C2" and child.age_on(day) < 16 and dice.chance(0.06):
            child.changes(day, PLACE="P1")
        else:
            child.changes(day, PLACE=child.a_likely_place(day))
        day = child.now.DECOM + days(dice.between(60, 600))


def adult_destination(child: Child) -> str:
    """How care ends on the 18th birthday. There is no code for turning 18: it follows from the date of birth."""
    PLACE = child.now.placement.PLACE
    if PLACE in FOSTER:
        return child.dice.weighted({"E17": 60, "E5": 25, "E4A": 10, "E8": 5})
    if PLACE == "P1":
        return "E4A"
    return child.dice.weighted({"E5": 70, "E6": 8, "E7": 6, "E4A": 10, "E8": 6})


def way_out(child: Child, on: date) -> str:
    """How care ends before 18."""
    age, PLACE = child.age_on(on), child.now.placement.PLACE
    ways = {"E4A": 46, "E4B": 12, "E41": 8, "E13": 6, "E8": 6, "E3": 2, "E16": 1}
    if child.now.LS in ("C1", "C2") and age < 17:
        ways["E45" if PLACE in ("U1", "U3") else "E46" if PLACE in FOSTER else "E47"] = 20
    if age >= 15:
        ways["E9"] = 4
    if age >= 16:
        ways["E5"], ways["E6"] = 18, 8
    return child.dice.weighted(ways)


def ordinary_life(child: Child) -> None:
    """Comes into care at some age, more often at 13 to 17; stays for weeks or for years; sometimes comes back."""
    dice = child.dice
    oldest = dice.weighted({0: 10, 2: 7, 5: 8, 9: 12, 13: 22, 14: 22, 15: 22, 16: 14, 17: 6})
    on = child.birthday(oldest) + days(dice.between(1, 320))
    if child.uasc:
        on = child.birthday(16) + days(dice.between(1, 500))
    while True:
        stay(child, on)
        if child.now.ended >= child.birthday(17) or child.now.REC not in HOME_TO_PARENT or dice.chance(0.6):
            break
        on = child.now.ended + days(dice.between(20, 400))
        if on >= child.birthday(18):
            break
    if child.sex == "F" and dice.chance(0.04):
        child.MC_DOB = child.birthday(17) + days(dice.between(1, 700))


def stay(child: Child, on: date) -> None:
    """One period of care from `on`, of a length and with an end that suit its beginning."""
    dice = child.dice
    if child.uasc:
        child.enters(on, "V2", CIN="N8")
    else:
        LS = dice.weighted({"V2": 55, "C1": 35, "L2": 5, "L1": 5} if child.age_on(on) < 16 else {"V2": 94, "C1": 6})
        child.enters(on, LS)
        if LS in ("L1", "L2"):  # police protection lasts three days at most, an emergency order 21 (rules 361, 362)
            child.changes(on + days(2 if LS == "L1" else 8), LS="C1")
    low, high = dice.weighted({(10, 60): 14, (60, 150): 16, (150, 500): 25, (500, 1500): 25, (7000, 7000): 20})
    end = min(on + days(dice.between(low, high)), child.birthday(18))
    if child.uasc:
        end = child.birthday(18)
    if end <= child.now.DECOM:
        end = child.now.DECOM + days(1)
    life_in_care(child, end)
    REC = adult_destination(child) if end >= child.birthday(18) else way_out(child, end)
    if REC == "E9":
        child.is_sentenced(end, until=end + days(dice.between(60, 400)))
    else:
        child.leaves(end, REC)


# --------------------------------------------------------------------------------------------------------------------
# Cases: people close to a line the law draws
# --------------------------------------------------------------------------------------------------------------------


def one_stay(child: Child, total: int, after_16: int = 5) -> None:
    """13 weeks are 91 days: one period of `total` days that runs past the 16th birthday."""
    end = child.birthday(16) + days(after_16)
    child.enters(end - days(total), "V2")
    child.leaves(end, "E5")


def three_stays(child: Child, total: int) -> None:
    """Periods that add up to `total` days since 14; the return of one year does not hold them all."""
    first = child.birthday(14) + days(child.dice.between(100, 300))
    child.enters(first, "V2")
    child.leaves(first + days(30), "E4A")
    child.enters(first + days(200), "V2")
    child.leaves(first + days(230), "E4B")
    last = child.birthday(16) + days(10)
    child.enters(last, "V2", PLACE="H5")
    child.leaves(last + days(total - 60), "E5")


def several_episodes(child: Child, total: int) -> None:
    """One period of `total` days in three episodes: a count of inclusive days by row would find two more."""
    end = child.birthday(16) + days(1)
    start = end - days(total)
    child.enters(start, "V2", PLACE="U6")
    child.changes(start + days(14), PLACE="K2")
    child.changes(start + days(44), LS="C1")
    child.leaves(end, "E6")


def from_before_14(child: Child, total: int) -> None:
    """Care before 14 does not count: of the first, long period only the days since the 14th birthday do."""
    at_14, at_16 = child.birthday(14), child.birthday(16)
    child.enters(at_14 - days(150), "C1", PLACE="U6")
    child.changes(at_14 - days(60), LS="C2")
    child.leaves(at_14 + days(total - 20), "E4A")
    child.enters(at_16 - days(15), "V2", PLACE="U6")
    child.leaves(at_16 + days(5), "E4B")
    child.leaves_home(at_16 + days(60))


def leaves_near_16(child: Child, days_after: int, total: int = 240) -> None:
    """Leaves the day before, on, or the day after the 16th birthday."""
    end = child.birthday(16) + days(days_after)
    child.enters(end - days(total), "V2", PLACE="U6")
    child.leaves(end, "E13")


def leaves_near_18(child: Child, days_after: int, REC: str, PLACE: str = "U4") -> None:
    """Grows up in care and leaves as an adult, or the day before."""
    start, end = child.birthday(14) + days(child.dice.between(20, 300)), child.birthday(18) + days(days_after)
    child.enters(start, "C1", PLACE="U6")
    life_in_care(child, end - days(200))
    if child.now.placement.PLACE != PLACE:
        child.changes(max(end - days(150), child.now.DECOM + days(1)), PLACE=PLACE)
    child.leaves(end, REC)


def recorded_past_18(child: Child) -> None:
    """An episode open after the 18th birthday, which the return allows with LS V2 and PLACE K2 (rule 359)."""
    start = child.birthday(16) + days(40)
    child.enters(start, "V2", PLACE="K2")
    child.leaves(child.birthday(18) + days(45), "E7")


def still_in_care(child: Child, from_age: int, LS: str = "C2", PLACE: str = "U4") -> None:
    """In care from an age until 18 (which is yet to come, or just past)."""
    start = child.birthday(from_age) + days(child.dice.between(30, 300))
    child.enters(start, LS, PLACE=PLACE)
    life_in_care(child, child.birthday(18))
    child.leaves(child.birthday(18), adult_destination(child))


def nearly_13_weeks(child: Child, horizon: date, so_far: int) -> None:
    """Aged 16 or 17 and `so_far` days in care at the last year end: 91 are reached soon, if care goes on."""
    child.enters(horizon + days(1 - so_far), "V2", PLACE="H5")
    child.leaves(child.birthday(18), "E5")


def left_soon_another_age(child: Child, weeks: int) -> None:
    """Left care at 16 after some weeks, and now nears the next birthday that matters (18 or 21)."""
    end = child.birthday(16) + days(60)
    child.enters(end - days(weeks * 7), "V2", PLACE="H5")
    child.leaves(end, "E6")


def short_breaks(child: Child, lengths: Sequence[int], months_past_16: int = 2) -> None:
    """A series of short breaks, each recorded (LS V3), home in between.

    Regulation 48 (SI 2010/959) has it that no stay is longer than 17 days, and no more than 75 in 12 months.
    """
    on = months_after(child.birthday(16), months_past_16)
    for length in lengths:
        child.enters(on, "V3", PLACE="K2", CIN="N2")
        child.leaves(on + days(length), "E4A")
        on += days(length + 14)


def short_break_becomes_care(child: Child) -> None:
    """A short break from which the child does not go home: V3, then V2 in the same period (RNE L)."""
    on = months_after(child.birthday(15), 8)
    short_breaks(child, (5, 7), months_past_16=-8)
    on = child.now.ended + days(20)
    child.enters(on, "V3", PLACE="U6", CIN="N2")
    child.changes(on + days(10), LS="V2")
    child.leaves(child.birthday(18), "E7")


def short_break_agreement(child: Child, from_age: int) -> None:
    """LS V4: the row spans the agreement, not nights in care, so its length says nothing about them."""
    on = months_after(child.birthday(from_age), 3)
    child.enters(on, "V4", PLACE="K2", CIN="N2")
    child.leaves(on + days(300), "E8")


def remand(child: Child, length: int, REC: str) -> None:
    """Remanded to youth detention at 16 or 17: looked after meanwhile (s.104, LASPO 2012); then out, or sentenced."""
    on = child.birthday(16) + days(child.dice.between(60, 300))
    end = on + days(length)
    child.enters(on, "J1", PLACE="R5", CIN="N6")
    child.detained.append(Span(on, end, "youth_detention_remand"))
    if REC == "E9":
        child.is_sentenced(end, until=end + days(120))
    else:
        child.leaves(end, REC)


def in_custody_at_16(child: Child) -> None:
    """120 days in care at 15, then sentenced; detained on the 16th birthday (regulation 3(2), SI 2010/2571)."""
    on = child.birthday(16) - days(45)
    child.enters(on - days(120), "V2", PLACE="K2", CIN="N6")
    child.is_sentenced(on, until=child.birthday(16) + days(90))


def goes_home(child: Child, REC: str = "E4A", until: Callable[[date], date] | None = None) -> None:
    """Eligible, then home to a parent; `until` says when that ended, from the day of going home."""
    end = months_after(child.birthday(16), 4) + days(child.dice.between(0, 40))
    child.enters(end - days(400), "C1", PLACE="U6")
    child.changes(end - days(250), LS="C2")
    child.leaves(end, REC)
    if until:
        child.leaves_home(until(end))


def nearly_six_months_home(child: Child, horizon: date) -> None:
    """Home for four months at the last year end: six months are reached within the next 90 days."""
    end = months_after(horizon, -4) - days(child.dice.between(0, 20))
    child.enters(end - days(300), "V2", PLACE="U4")
    child.leaves(end, "E4A")


def at_home_under_an_order(child: Child) -> None:
    """Placed with a parent (PLACE P1) for over a year; the care order is discharged after 16."""
    end = child.birthday(16) + days(70)
    child.enters(end - days(900), "C1", PLACE="U6")
    child.changes(end - days(700), LS="C2")
    child.changes(end - days(450), PLACE="P1")
    child.leaves(end, "E4A")


def dies(child: Child, in_care: bool) -> None:
    """Dies at 17 in care (REC E2), or as a care leaver (IN_TOUCH DIED)."""
    start, on = child.birthday(15), child.birthday(17) + days(child.dice.between(20, 120))
    child.enters(start, "C2", PLACE="R2" if in_care else "H5", CIN="N2")
    if in_care:
        child.leaves(on, "E2")
    else:
        child.leaves(on - days(10), "E6")
        child.dies(on + days(60))


def is_adopted(child: Child, REC: str) -> None:
    """Removed as a baby; placement order, placed for adoption, adopted."""
    on = child.DOB + days(child.dice.between(5, 90))
    child.enters(on, "C1", PLACE="U6", CIN="N1")
    child.changes(on + days(220), LS="E1")
    child.changes(on + days(330), PLACE="A6" if REC == "E12" else "A3")
    child.leaves(on + days(530), REC)


def adopted_late(child: Child) -> None:
    """Adopted by the foster carers at 16, after years in care."""
    on = child.birthday(13)
    child.enters(on, "C2", PLACE="U4")
    child.changes(child.birthday(15), PLACE="A3", same_carer=True)
    child.leaves(child.birthday(16) + days(120), "E11")


def special_guardian(child: Child, REC: str, PLACE: str, from_age: int, at_age: int) -> None:
    """Leaves care under a care order to a special guardian: qualifying from 16 to 21 (s.24(1A))."""
    child.enters(child.birthday(from_age), "C1", PLACE=PLACE)
    child.changes(child.birthday(from_age) + days(200), LS="C2")
    child.leaves(child.birthday(at_age) + days(child.dice.between(20, 300)), REC)


def leaves_by(child: Child, REC: str, PLACE: str = "U4") -> None:
    """Eligible for some months, then leaves at 17 for a given reason."""
    end = child.birthday(17) + days(child.dice.between(5, 60))
    child.enters(end - days(500), "V2", PLACE=PLACE)
    child.leaves(end, REC)


def sentenced(child: Child) -> None:
    """Eligible, then sentenced to custody at 17 (REC E9)."""
    on = child.birthday(17) + days(child.dice.between(5, 60))
    child.enters(on - days(500), "V2", PLACE="K2")
    child.is_sentenced(on, until=on + days(200))


def asylum_seeker(child: Child, days_before_18: int, REC: str) -> None:
    """An unaccompanied child accommodated under s.20 up to 18, or until found to be an adult (REC E15)."""
    child.enters(child.birthday(18) - days(days_before_18), "V2", PLACE="U6", CIN="N8")
    if REC == "E15":
        child.leaves(child.now.DECOM + days(35), REC)
        return
    if days_before_18 > 200:
        child.changes(child.birthday(18) - days(120), PLACE="H5")
    child.leaves(child.birthday(18), REC)


def leap_13_weeks(child: Child) -> None:
    """Born on 29 February: 90 days since 14 if that was on 1 March, 91 if it was on 28 February."""
    at_14, at_16 = child.birthday(14), child.birthday(16)
    child.enters(at_14 - days(120), "V2", PLACE="U6")
    child.leaves(at_14 + days(70), "E4A")
    child.enters(at_16 - days(19), "V2", PLACE="U6")
    child.leaves(at_16 + days(1), "E13")


def leap_18(child: Child) -> None:
    """Born on 29 February: leaves care on 1 March, when 18 (on 28 February, say others)."""
    child.enters(child.birthday(15), "V2", PLACE="U4")
    child.leaves(child.birthday(18), "E17")


@dataclass(frozen=True)
class Case:
    """A story, and how old its person is at the last year end. Stories happen at birthdays: age places them in time."""

    name: str
    ages: tuple[float, float]
    tell: Callable[[Child], None]
    uasc: bool = False
    born_29_february: bool = False


# Ages at the last year end that put a birthday within the 90 days after it.
SOON_16, SOON_18, SOON_21 = (15.78, 15.98), (17.78, 17.98), (20.78, 20.98)
ORDINARY = "ordinary life"


def cases(horizon: date) -> tuple[Case, ...]:
    """Every case, the most telling first; `horizon` is the last day the returns can know of."""
    return (
        Case("one stay of 90 days", (16.2, 17.8), partial(one_stay, total=90)),
        Case("one stay of 91 days", (16.2, 17.8), partial(one_stay, total=91)),
        Case("three stays, 90 days in all", (16.6, 18.8), partial(three_stays, total=90)),
        Case("three episodes, 90 days in all", (16.2, 18.8), partial(several_episodes, total=90)),
        Case("in care before 14, 90 days since", (16.3, 18.8), partial(from_before_14, total=90)),
        Case("in care before 14, 91 days since", (16.3, 18.8), partial(from_before_14, total=91)),
        Case("leaves the day before 16", (16.1, 17.8), partial(leaves_near_16, days_after=-1)),
        Case("leaves on the 16th birthday", (16.1, 17.8), partial(leaves_near_16, days_after=0)),
        Case("leaves the day after 16", (16.1, 17.8), partial(leaves_near_16, days_after=1)),
        Case("leaves the day before 18", (18.1, 19.5), partial(leaves_near_18, days_after=-1, REC="E5", PLACE="H5")),
        Case("stays put with foster carers at 18", (18.1, 19.5), partial(leaves_near_18, days_after=0, REC="E17")),
        Case("born on 29 February, 90 or 91 days", (16.0, 20.0), leap_13_weeks, born_29_february=True),
        Case("born on 29 February, leaves at 18", (18.0, 22.0), leap_18, born_29_february=True),
        Case("soon 16, in care", SOON_16, partial(still_in_care, from_age=13)),
        Case("soon 16, in care, V2", SOON_16, partial(still_in_care, from_age=14, LS="V2", PLACE="K2")),
        Case("soon 18, in care", SOON_18, partial(still_in_care, from_age=15)),
        Case("soon 18, in care, semi-independent", SOON_18, partial(still_in_care, from_age=16, LS="V2", PLACE="H5")),
        Case("soon 13 weeks", (16.4, 17.4), partial(nearly_13_weeks, horizon=horizon, so_far=60)),
        Case("soon six months at home", (16.8, 17.3), partial(nearly_six_months_home, horizon=horizon)),
        Case("soon 18, left after 20 weeks", SOON_18, partial(left_soon_another_age, weeks=20)),
        Case("soon 21, left after 10 weeks", SOON_21, partial(left_soon_another_age, weeks=10)),
        Case("16 and in care", (16.2, 16.9), partial(still_in_care, from_age=13)),
        Case("short breaks of 16 and 17 days", (16.7, 17.8), partial(short_breaks, lengths=(16, 17, 17))),
        Case("a short break of 18 days", (16.7, 17.8), partial(short_breaks, lengths=(17, 18, 16))),
        Case("short breaks of 75 days in 12 months", (16.9, 17.8),
             partial(short_breaks, lengths=(15, 15, 15, 15, 15))),
        Case("short breaks of 76 days in 12 months", (16.9, 17.8),
             partial(short_breaks, lengths=(15, 15, 16, 15, 15))),
        Case("a short break that becomes care", (16.2, 17.8), short_break_becomes_care),
        Case("agreed series of short breaks, V4", (16.5, 18.0), partial(short_break_agreement, from_age=15)),
        Case("remand of 91 days", (17.2, 17.9), partial(remand, length=91, REC="E14")),
        Case("remand of 40 days, then sentence", (17.2, 18.9), partial(remand, length=40, REC="E9")),
        Case("in custody on the 16th birthday", (16.1, 17.8), in_custody_at_16),
        Case("home for more than six months", (17.2, 17.9), goes_home),
        Case("home breaks down before six months", (17.0, 17.9),
             partial(goes_home, REC="E4B", until=lambda home: home + days(100))),
        Case("home breaks down after six months, before 18", (17.5, 19.0),
             partial(goes_home, until=lambda home: months_after(home, 8))),
        Case("placed with a parent, order discharged", (16.4, 17.8), at_home_under_an_order),
        Case("dies in care", (17.5, 19.0), partial(dies, in_care=True)),
        Case("dies after leaving care", (18.1, 19.0), partial(dies, in_care=False)),
        Case("adopted, E12", (2.0, 5.0), partial(is_adopted, REC="E12")),
        Case("special guardianship at 14, E45", (16.2, 18.5),
             partial(special_guardian, REC="E45", PLACE="U1", from_age=12, at_age=14)),
        Case("soon 21, special guardianship at 16, E46", SOON_21,
             partial(special_guardian, REC="E46", PLACE="U4", from_age=14, at_age=16)),
        Case("asylum seeker, leaves at 18", (18.1, 20.0), partial(asylum_seeker, days_before_18=500, REC="E5"),
             uasc=True),
        Case("asylum seeker, 77 days before 18", (18.1, 20.0), partial(asylum_seeker, days_before_18=77, REC="E5"),
             uasc=True),
        Case("sentenced to custody at 17", (17.3, 19.0), sentenced),
        Case("three stays, 92 days in all", (16.6, 18.8), partial(three_stays, total=92)),
        Case("one stay of 92 days", (16.2, 17.8), partial(one_stay, total=92)),
        Case("three stays, 91 days in all", (16.6, 18.8), partial(three_stays, total=91)),
        Case("leaves on the 16th birthday after 90 days", (16.1, 17.8),
             partial(leaves_near_16, days_after=0, total=90)),
        Case("agreed series of short breaks at 16, V4", (16.3, 18.0), partial(short_break_agreement, from_age=16)),
        Case("adopted, E11", (2.0, 5.0), partial(is_adopted, REC="E11")),
        Case("90 days at the year end", (16.4, 17.4), partial(nearly_13_weeks, horizon=horizon, so_far=90)),
        Case("home breaks down the day before six months", (17.0, 17.9),
             partial(goes_home, until=lambda home: months_after(home, 6) - days(1))),
        Case("another authority takes over", (17.3, 18.5), partial(leaves_by, REC="E3")),
        Case("moves abroad", (17.3, 18.5), partial(leaves_by, REC="E16")),
        Case("asylum seeker found to be an adult", (17.6, 19.0), partial(asylum_seeker, days_before_18=300, REC="E15"),
             uasc=True),
        Case("special guardianship of a younger child, E47", (7.0, 11.0),
             partial(special_guardian, REC="E47", PLACE="U6", from_age=4, at_age=6)),
        Case("adopted at 16", (16.6, 18.5), adopted_late),
        Case("recorded as in care after 18", (18.2, 19.0), recorded_past_18),
        Case("leaves under a child arrangements order", (17.3, 18.5), partial(leaves_by, REC="E41", PLACE="U3")),
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------------------
# The council
# --------------------------------------------------------------------------------------------------------------------


def born(dice: Dice, case: Case, horizon: date) -> date:
    """A date of birth that gives the case's age at the horizon."""
    youngest, oldest = (horizon - days(round(age * 365.25)) for age in case.ages)
    if case.born_29_february:
        leap_years = [year for year in range(oldest.year, youngest.year + 1) if calendar.isleap(year)]
        return max(day for day in (date(year, 2, 29) for year in leap_years) if day <= youngest)
    return oldest + days(dice.between(0, (youngest - oldest).days))


def an_ordinary_case(dice: Dice) -> Case:
    """Any child who has been in care in these years, or is remembered as a care leaver."""
    ages = dice.weighted({(0.5, 6.0): 10, (6.0, 13.0): 15, (13.0, 15.0): 15, (15.0, 19.5): 42, (19.5, 25.9): 18})
    return Case(ORDINARY, ages, ordinary_life, uasc=ages[0] >= 15 and dice.chance(0.1))


def a_child(CHILD: str, dice: Dice, case: Case, horizon: date) -> Child:
    """Born, named by a number, and taken through the case."""
    DOB = born(dice, case, horizon)
    if case.uasc:
        UPN = "UN3"  # educated outside England
    elif DOB > birthday(horizon, -4):
        UPN = "UN1"  # not of school age
    else:
        UPN = dice.one_of("ABCDEFGHJKLMN") + dice.digits(12)
    child = Child(
        CHILD=CHILD, case=case.name, sex="M" if dice.chance(0.9 if case.uasc else 0.55) else "F", DOB=DOB,
        ETHNIC=dice.weighted(ETHNICITIES_UASC if case.uasc else ETHNICITIES), UPN=UPN,
        HOME_POST=dice.postcode(), dice=dice, uasc=case.uasc,
    )  # fmt: skip
    case.tell(child)
    return child


def all_children(seed: int, count: int, years: Sequence[CollectionYear]) -> list[Child]:
    """Three children from cases to one with an ordinary life; when each case has been told twice, ordinary lives only.

    A child whom no return of these years would hold is told again, as an ordinary life.
    """
    horizon = years[-1].last_day
    catalogue = cases(horizon)
    children: list[Child] = []
    told = number = 0
    for position in range(count):
        dice = Dice(seed, "child", position)
        number += dice.between(3, 97)
        if position % 4 != 3 and told < 2 * len(catalogue):
            case = catalogue[told % len(catalogue)]
            told += 1
        else:
            case = an_ordinary_case(dice)
        child = a_child(str(400100 + number), dice, case, horizon)
        while not any(is_returned(child, year) for year in years):
            child = a_child(child.CHILD, dice, an_ordinary_case(dice), horizon)
        children.append(child)
    return children


# --------------------------------------------------------------------------------------------------------------------
# The returns
# --------------------------------------------------------------------------------------------------------------------

COLUMNS = {
    "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews.csv": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc.csv": "CHILD,SEX,DOB,DUC",
    "oc2.csv": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
               "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3.csv": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1.csv": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption.csv": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "previous_permanence.csv": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes.csv": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
}  # fmt: skip

Row = dict[str, str]


def in_return(day: date | None) -> str:
    """A date as the return writes it, DD/MM/YYYY; nothing for no date."""
    return day.strftime("%d/%m/%Y") if day else ""


@dataclass
class Return:
    """One collection year as it will be written."""

    year: CollectionYear
    tables: dict[str, list[Row]]
    columns: dict[str, list[str]]
    windows_files: set[str] = field(default_factory=set)
    """Files written with a byte order mark and CRLF line ends."""

    @property
    def episodes(self) -> list[Row]:
        return self.tables["episodes.csv"]

    def rows_of(self, file: str, CHILD: str) -> list[Row]:
        return [row for row in self.tables[file] if row["CHILD"] == CHILD]

    def forget(self, CHILD: str, files: Iterable[str] | None = None) -> None:
        """Takes a child out of some files, or out of all."""
        for file in files or self.tables:
            self.tables[file] = [row for row in self.tables[file] if row["CHILD"] != CHILD]


def open_in(child: Child, year: CollectionYear) -> list[Episode]:
    """The episodes open at some time in a year: a return holds no others."""
    return [
        episode for episode in child.episodes
        if episode.DECOM <= year.last_day and (episode.DEC is None or episode.DEC >= year.first_day)
    ]  # fmt: skip


def is_returned(child: Child, year: CollectionYear) -> bool:
    return bool(open_in(child, year)) or oc3_age(child, year) is not None


def header_row(child: Child, year: CollectionYear) -> Row:
    of_age = child.sex == "F" and child.age_on(year.last_day) >= 12
    mother = child.MC_DOB is not None and child.MC_DOB <= year.last_day
    return {
        "CHILD": child.CHILD, "SEX": SEX_in(year, child.sex), "DOB": in_return(child.DOB), "ETHNIC": child.ETHNIC,
        "UPN": child.UPN, "MOTHER": ("1" if mother else "0") if of_age else "",
        "MC_DOB": in_return(child.MC_DOB) if mother else "",
    }  # fmt: skip


def episode_row(child: Child, episode: Episode, year: CollectionYear) -> Row:
    """An episode as it stood at the end of a year: one that ends later is still open."""
    ended = episode.DEC is not None and episode.DEC <= year.last_day
    placement = episode.placement
    PLACE = PLACE_in(year, placement.PLACE)
    too_early = placement.PLACE == "H5" and year.end < SEMI_INDEPENDENT_URN_FROM
    return {
        "CHILD": child.CHILD, "DECOM": in_return(episode.DECOM), "RNE": episode.RNE, "LS": episode.LS,
        "CIN": episode.CIN, "PLACE": PLACE, "PLACE_PROVIDER": "" if PLACE == "Z1" else placement.PLACE_PROVIDER,
        "DEC": in_return(episode.DEC) if ended else "", "REC": episode.REC if ended else "",
        "REASON_PLACE_CHANGE": episode.REASON_PLACE_CHANGE if ended else "",
        "HOME_POST": child.HOME_POST, "PL_POST": placement.PL_POST, "URN": "" if too_early else placement.URN,
    }  # fmt: skip


def review_days(child: Child, dice: Dice) -> list[date]:
    """About four weeks after a period starts, three months later, then every six months; not for short breaks."""
    held = []
    for period in child.periods():
        if period[0].LS in SHORT_BREAKS:
            continue
        end = period[-1].DEC or date.max
        on = period[0].DECOM + days(dice.between(22, 28))
        step = 85
        while on < end:
            held.append(on)
            on += days(step + dice.between(0, 8))
            step = 172
    return held


def review_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    rows = []
    for on in review_days(child, Dice(seed, "reviews", child.CHILD)):
        taking_part = Dice(seed, "review", child.CHILD, on).weighted({"PN1": 60, "PN2": 8, "PN3": 2, "PN4": 2, "PN5": 8,
                                                                      "PN6": 12, "PN7": 8})  # fmt: skip
        if on in year:
            rows.append({
                "CHILD": child.CHILD, "DOB": in_return(child.DOB), "REVIEW": in_return(on),
                "REVIEW_CODE": "PN0" if child.age_on(on) < 4 else taking_part,
            })  # fmt: skip
    return rows


def uasc_rows(child: Child, year: CollectionYear) -> list[Row]:
    """While unaccompanied, and in the year that ended: at 18."""
    DUC = child.birthday(18)
    if not child.uasc or DUC < year.first_day:
        return []
    return [{
        "CHILD": child.CHILD, "SEX": SEX_in(year, child.sex), "DOB": in_return(child.DOB),
        "DUC": in_return(DUC) if DUC in year else "",
    }]  # fmt: skip


def oc2_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """Health and offending of those looked after for the whole year to 31 March, short breaks apart."""
    if not any(
        period[0].DECOM <= year.first_day and period[0].LS not in SHORT_BREAKS
        and (period[-1].DEC is None or period[-1].DEC > year.last_day)
        for period in child.periods()
    ):  # fmt: skip
        return []
    dice = Dice(seed, "oc2", child.CHILD, year.end)
    age = child.age_on(year.last_day)
    scored = 4 <= age <= 16 and dice.chance(0.8)
    misuse = age >= 11 and dice.chance(0.06)
    received = dice.chance(0.5)
    return [{
        "CHILD": child.CHILD, "DOB": in_return(child.DOB),
        "SDQ_SCORE": str(dice.between(2, 32)) if scored else "",
        "SDQ_REASON": "" if scored else "SDQ1" if not 4 <= age <= 16 else dice.one_of(("SDQ2", "SDQ4", "SDQ5")),
        "CONVICTED": "1" if age >= 10 and dice.chance(0.04) else "0",
        "HEALTH_CHECK": ("1" if dice.chance(0.9) else "0") if age < 5 else "",
        "IMMUNISATIONS": "1" if dice.chance(0.85) else "0", "TEETH_CHECK": "1" if dice.chance(0.75) else "0",
        "HEALTH_ASSESSMENT": "1" if dice.chance(0.9) else "0", "SUBSTANCE_MISUSE": "1" if misuse else "0",
        "INTERVENTION_RECEIVED": ("1" if received else "0") if misuse else "",
        "INTERVENTION_OFFERED": "1" if misuse and not received else "",
    }]  # fmt: skip


def last_begun(child: Child, year: CollectionYear) -> Episode | None:
    """The last episode that a council knows of at the end of a year."""
    begun = [episode for episode in child.episodes if episode.DECOM <= year.last_day]
    return begun[-1] if begun else None


def oc3_age(child: Child, year: CollectionYear) -> int | None:
    """The birthday for which OC3 asks about this person in a year, or None.

    The cohort: 13 weeks in care that began after 14 and ended after 16, short breaks left out (rule 1001); the
    birthday, from the 17th to the 21st and since 2022-23 to the 25th, falls in the year; not looked after on it or
    after it (rules 1007, 1016); neither adopted, nor died in care, nor taken over by another authority (rules 1000,
    1001, 1011).
    Those of 22 to 25 are in it only if they asked for support.
    """
    last = last_begun(child, year)
    for age in range(17, 26 if year.end >= OC3_TO_25_FROM else 22):
        on = child.birthday(age)
        if on not in year or last is None:
            continue
        if last.DEC is None or last.DEC > on or last.REC in ("E2", "E3", *ADOPTION):
            return None
        if age >= 22 and not asks_for_support(child, on):
            return None
        since_14 = child.days_looked_after(child.birthday(14), before=on)
        since_16 = child.days_looked_after(child.birthday(16), before=on)
        return age if since_14 >= 91 and since_16 >= 1 else None
    return None


def asks_for_support(child: Child, on: date) -> bool:
    """After 21, about half of those who are alive and did not go home for good."""
    here = not (child.died and child.died <= on) and not settled_at_home(child, on)
    return here and Dice("asks for support", child.CHILD, child.DOB).chance(0.5)


def settled_at_home(child: Child, on: date) -> bool:
    """Six months with the family, all of them before 18: IN_TOUCH RHOM."""
    return any(
        run.holds(on) and months_after(run.since, 6) <= min(on, child.birthday(18))
        for run in child.family
    )


def oc3_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """The position of a care leaver on or about the birthday.

    DIED and RHOM go with 0 and 0 (rule 344), YES with neither (rule 345); T and Z only from 18 (rules 347, 3001).
    """
    age, last = oc3_age(child, year), last_begun(child, year)
    if age is None or last is None:
        return []
    dice = Dice(seed, "oc3", child.CHILD, age)
    on = child.birthday(age)
    activities = {"F2": 30, "F5": 18, "P5": 5, "F4": 5, "F1": 6, "G5": 22, "G4": 8}
    if child.sex == "F":
        activities["G6"] = 10  # pregnancy or parenting
    ACTIV = ACTIV_in(year, dice.weighted(activities))
    ACCOM = dice.weighted({"U1": 30, "D1": 25, "B1": 14, "K1": 6, "E1": 5, "S2": 3, "W2": 1, "V2": 1, "Y1": 3}
                          | ({"T1": 5} if age >= 18 else {}))  # fmt: skip
    IN_TOUCH = dice.weighted({"YES": 88, "NO": 6, "REFU": 3, "NREQ": 3})
    if child.died and child.died <= on:
        IN_TOUCH = "DIED"
    elif settled_at_home(child, on):
        IN_TOUCH = "RHOM"
    elif any(span.holds(on) for span in child.detained):
        ACTIV, ACCOM = "G5", "X2"
    elif last.REC == "E17" and 18 <= age <= 19:
        ACCOM = "Z1"
    elif last.REC == "E16":
        ACCOM = "G1"
    if IN_TOUCH != "YES":
        ACTIV = ACCOM = "0"
    return [{"CHILD": child.CHILD, "DOB": in_return(child.DOB), "IN_TOUCH": IN_TOUCH, "ACTIV": ACTIV, "ACCOM": ACCOM}]


def ad1_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """The adopters of those adopted in the year."""
    if child.adopted is None or child.adopted not in year:
        return []
    dice = Dice(seed, "ad1", child.CHILD)
    fostered = child.now.placement.PLACE in ("A3", "A5")
    number, sexes, status = dice.one_of((("2", "MF", "L11"), ("2", "FF", "L12"), ("2", "MF", "L3"), ("1", "F1", "L0")))
    return [{
        "CHILD": child.CHILD, "DOB": in_return(child.DOB), "DATE_INT": in_return(child.now.DECOM - days(60)),
        "DATE_MATCH": in_return(child.now.DECOM - days(20)), "FOSTER_CARE": "1" if fostered else "0",
        "NB_ADOPTR": number, "SEX_ADOPTR": sexes, "LS_ADOPTR": status,
    }]  # fmt: skip


def placed_for_adoption_rows(child: Child, year: CollectionYear) -> list[Row]:
    """Children for whom adoption was the plan at some time in the year: from a month before they were placed."""
    placed = [episode for episode in child.episodes if episode.placement.PLACE.startswith("A")]
    if not placed or placed[0].DECOM - days(30) > year.last_day or not open_in(child, year):
        return []
    return [{
        "CHILD": child.CHILD, "DOB": in_return(child.DOB), "DATE_PLACED": in_return(placed[0].DECOM - days(30)),
        "DATE_PLACED_CEASED": "", "REASON_PLACED_CEASED": "",
    }]  # fmt: skip


def previous_permanence_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """Asked of those who start to be looked after; DATE_PERM may be partial (zz for what is not known)."""
    started = [period[0].DECOM for period in child.periods() if period[0].DECOM in year]
    if not started:
        return []
    dice = Dice(seed, "previous permanence", child.CHILD)
    PREV_PERM, LA_PERM, DATE_PERM = "Z1", "", ""
    ordered = [span.since for span in child.special_guardianship if span.since < started[0]]
    if ordered:
        PREV_PERM, LA_PERM, DATE_PERM = "P2", "E06000999", in_return(ordered[-1])
    elif child.age_on(started[0]) >= 12 and not child.uasc and dice.chance(0.05):
        PREV_PERM, LA_PERM, DATE_PERM = "P2", "NUK", f"zz/{dice.between(1, 12):02}/{child.DOB.year + 5}"
    return [{
        "CHILD": child.CHILD, "DOB": in_return(child.DOB),
        "PREV_PERM": PREV_PERM, "LA_PERM": LA_PERM, "DATE_PERM": DATE_PERM,
    }]  # fmt: skip


def missing_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """Some of those of 12 and over go missing for a day or a week."""
    rows = []
    for episode in open_in(child, year):
        dice = Dice(seed, "missing", child.CHILD, episode.DECOM)
        on = episode.DECOM + days(dice.between(3, 90))
        back = on + days(dice.between(1, 7))
        went = dice.chance(0.12)
        if (went and child.age_on(on) >= 12 and on in year and back in year and episode.holds(back)
                and episode.LS not in SHORT_BREAKS):  # fmt: skip
            rows.append({
                "CHILD": child.CHILD, "DOB": in_return(child.DOB), "MISSING": "M" if dice.chance(0.8) else "A",
                "MIS_START": in_return(on), "MIS_END": in_return(back),
            })  # fmt: skip
    return rows


def social_worker_rows(seed: int, child: Child, year: CollectionYear) -> list[Row]:
    """One worker for each period of care in the year; half of the children get another in the course of it."""
    rows: list[Row] = []

    def a_worker(worker: str, since: date, until: date | None, reason: str) -> None:
        ended = until is not None and until <= year.last_day
        rows.append({
            "CHILD": child.CHILD, "DOB": in_return(child.DOB), "SW_ID": worker, "SW_DECOM": in_return(since),
            "SW_DEC": in_return(until) if ended else "", "SW_REASON": reason,
        })  # fmt: skip

    for period in child.periods():
        start, end = period[0].DECOM, period[-1].DEC
        if start > year.last_day or (end is not None and end < year.first_day):
            continue
        dice = Dice(seed, "social worker", child.CHILD, start, year.end)
        first, second = (f"SW{dice.between(100, 139)}{dice.digits(3)}" for _ in range(2))
        change = max(start, year.first_day) + days(dice.between(30, 300))
        if dice.chance(0.5) and change <= year.last_day and (end is None or change < end):
            a_worker(first, start, change, "FCONTA")
            a_worker(second, change, end, dice.one_of(("LEFTRL", "MANAGE", "ORGRST", "TSPROC")))
        else:
            a_worker(first, start, end, "FCONTA")
    return rows


def a_return(seed: int, children: Sequence[Child], year: CollectionYear) -> Return:
    """What the council sends for one year, without a fault."""
    returned = [child for child in children if is_returned(child, year)]
    looked_after = [child for child in returned if open_in(child, year)]
    tables = {
        "header.csv": [header_row(child, year) for child in returned],
        "episodes.csv": [
            episode_row(child, episode, year) for child in looked_after for episode in open_in(child, year)
        ],
        "reviews.csv": [row for child in looked_after for row in review_rows(seed, child, year)],
        "uasc.csv": [row for child in looked_after for row in uasc_rows(child, year)],
        "oc2.csv": [row for child in looked_after for row in oc2_rows(seed, child, year)],
        "oc3.csv": [row for child in returned for row in oc3_rows(seed, child, year)],
        "ad1.csv": [row for child in looked_after for row in ad1_rows(seed, child, year)],
        "placed_for_adoption.csv": [row for child in looked_after for row in placed_for_adoption_rows(child, year)],
        "previous_permanence.csv": [
            row for child in looked_after for row in previous_permanence_rows(seed, child, year)
        ],
        "missing.csv": [row for child in looked_after for row in missing_rows(seed, child, year)],
    }
    if year.end >= SOCIAL_WORKERS_FROM:
        tables["sw_episodes.csv"] = [row for child in looked_after for row in social_worker_rows(seed, child, year)]
    return Return(year, tables, {file: COLUMNS[file].split(",") for file in tables})


# --------------------------------------------------------------------------------------------------------------------
# The mess
# --------------------------------------------------------------------------------------------------------------------


@dataclass
class Oddity:
    """A fault planted in a return. `row` is the row to look at; without one it is the file, line 1."""

    of: Return
    file: str
    row: Row | None
    kind: str
    note: str

    @property
    def line(self) -> int:
        if self.row is None:
            return 1
        return next(number for number, row in enumerate(self.of.tables[self.file], start=2) if row is self.row)


@dataclass
class Sighting:
    """An episode in one return, with its neighbours in that return and the same episode in the returns beside it."""

    of: Return
    row: Row
    before: Row | None
    after: Row | None
    last_year: Row | None
    next_year: Row | None

    @property
    def open(self) -> bool:
        return not self.row["DEC"]

    @property
    def DECOM(self) -> date:
        return day_of(self.row["DECOM"])

    @property
    def DEC(self) -> date:
        return day_of(self.row["DEC"])


def day_of(text: str) -> date:
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


class Mess:
    """Spoils returns as councils' returns are spoilt, and keeps the ledger.

    Each method plants one kind of fault; its first line says what a reader meets. No child suffers two faults, and
    children with ordinary lives come first, so that the cases stay legible. The truth is not touched: where the later
    of two returns is right, the earlier one is spoilt.
    """

    def __init__(self, returns: Sequence[Return], ordinary: set[str], seed: int) -> None:
        self.returns = returns
        self.ordinary = ordinary
        self.dice = Dice(seed, "mess")
        self.ledger: list[Oddity] = []
        self.spoilt: set[str] = set()

    def plant(self, times: int) -> list[Oddity]:
        """Every kind of fault, `times` each if there are children to suffer them; the harder to place come first."""
        faults = (
            self.overlapping_episodes, self.gap_after_X1, self.place_change_mended_by_a_pipeline,
            self.end_made_up_by_a_pipeline, self.child_missing_later, self.replaced_details, self.replaced_end,
            self.same_day_episode, self.not_in_any_header, self.not_in_one_header, self.other_date_of_birth,
            self.reason_without_date, self.unknown_legal_status, self.unknown_place, self.impossible_date,
            self.lower_case_codes, self.duplicate_episode, self.open_then_closed,
        )  # fmt: skip
        for _ in range(times):
            for fault in faults:
                fault()
        self.mark_and_line_ends()
        self.no_URN_column()
        return sorted(self.ledger, key=lambda oddity: (oddity.of.year, oddity.file, oddity.line))

    # -- choosing whom ------------------------------------------------------------------------------------------------

    def sightings(self) -> list[Sighting]:
        """Every episode in every return, but for the children who have suffered already."""
        found = []
        by_key = [{(row["CHILD"], row["DECOM"]): row for row in each.episodes} for each in self.returns]
        for number, each in enumerate(self.returns):
            rows = each.episodes
            for index, row in enumerate(rows):
                if row["CHILD"] in self.spoilt:
                    continue
                before = rows[index - 1] if index and rows[index - 1]["CHILD"] == row["CHILD"] else None
                after = rows[index + 1] if index + 1 < len(rows) and rows[index + 1]["CHILD"] == row["CHILD"] else None
                key = (row["CHILD"], row["DECOM"])
                last_year = by_key[number - 1].get(key) if number else None
                next_year = by_key[number + 1].get(key) if number + 1 < len(self.returns) else None
                found.append(Sighting(each, row, before, after, last_year, next_year))
        return found

    def choose(self, suits: Callable[[Sighting], bool]) -> Sighting | None:
        """One episode that suits, of a child with an ordinary life if possible; None if there is none."""
        suitable = [sighting for sighting in self.sightings() if suits(sighting)]
        preferred = [sighting for sighting in suitable if sighting.row["CHILD"] in self.ordinary]
        if not suitable:
            return None
        chosen = self.dice.one_of(preferred or suitable)
        self.spoilt.add(chosen.row["CHILD"])
        return chosen

    def note(self, of: Return, row: Row | None, kind: str, note: str, file: str = "episodes.csv") -> None:
        self.ledger.append(Oddity(of, file, row, kind, note))

    def later(self, than: Return) -> list[Return]:
        return [each for each in self.returns if each.year > than.year]

    # -- faults of one return -----------------------------------------------------------------------------------------

    def overlapping_episodes(self) -> None:
        """An episode ends after the next has begun (rule 501)."""
        spot = self.choose(lambda s: (
            s.row["REC"] == "X1" and s.after is not None and s.DEC + days(9) <= s.of.year.last_day
            and (not s.after["DEC"] or s.DEC + days(9) < day_of(s.after["DEC"]))
        ))  # fmt: skip
        if spot:
            true = spot.row["DEC"]
            spot.row["DEC"] = in_return(spot.DEC + days(9))
            self.note(
                spot.of, spot.row, "overlap",
                f"DEC is nine days after the next episode begins; it ended on {true}",
            )

    def gap_after_X1(self) -> None:
        """REC says that another episode begins the same day, but the next begins later (rule 388)."""
        spot = self.choose(lambda s: (
            s.row["REC"] == "X1" and s.after is not None and s.DEC - days(12) > max(s.DECOM, s.of.year.first_day)
        ))  # fmt: skip
        if spot:
            true = spot.row["DEC"]
            spot.row["DEC"] = in_return(spot.DEC - days(12))
            self.note(
                spot.of, spot.row, "x1_gap",
                f"REC X1, but the next episode begins 12 days after DEC; it ended on {true}",
            )

    def same_day_episode(self) -> None:
        """An episode ends on the day on which it begins (rule 355)."""
        spot = self.choose(lambda s: s.before is not None and s.before["REC"] == "X1" and s.row["RNE"] == "P")
        if spot:
            extra = spot.row | {
                "DEC": spot.row["DECOM"], "REC": "X1", "REASON_PLACE_CHANGE": "OTHER",
                "PLACE": "T4", "PLACE_PROVIDER": "", "URN": "",
            }  # fmt: skip
            spot.of.episodes.insert(index_of(spot.of.episodes, spot.row), extra)
            self.note(
                spot.of, extra, "same_day_episode",
                "DEC = DECOM; nothing happened on that day but the move that follows",
            )

    def duplicate_episode(self) -> None:
        """The same row twice."""
        spot = self.choose(lambda s: True)
        if spot:
            copy = dict(spot.row)
            spot.of.episodes.insert(index_of(spot.of.episodes, spot.row) + 1, copy)
            self.note(spot.of, copy, "duplicate", "an exact copy of the line above")

    def reason_without_date(self) -> None:
        """A reason why the episode ended, without the day on which it did (rule 148)."""
        spot = self.choose(lambda s: not s.open and s.row["REC"] != "X1" and s.after is None)
        if spot:
            true, spot.row["DEC"] = spot.row["DEC"], ""
            self.note(
                spot.of, spot.row, "rec_without_dec",
                f"REC {spot.row['REC']} without DEC; it ended on {true}",
            )

    def impossible_date(self) -> None:
        """30 February."""
        spot = self.choose(lambda s: not s.open and s.row["REC"] != "X1")
        if spot:
            true = spot.row["DEC"]
            spot.row["DEC"] = f"30/02/{true[-4:]}"
            self.note(spot.of, spot.row, "impossible_date", f"DEC is 30 February; it ended on {true}")

    def unknown_legal_status(self) -> None:
        """A legal status that no year's code set holds (rule 144)."""
        spot = self.choose(lambda s: s.row["LS"] == "V2" and s.last_year is None and s.next_year is None)
        if spot:
            spot.row["LS"] = "V9"
            self.note(spot.of, spot.row, "unknown_code", "LS V9 is no code; it is V2")

    def unknown_place(self) -> None:
        """A placement that no year's code set holds (rule 146)."""
        spot = self.choose(lambda s: s.row["PLACE"] in FOSTER and s.last_year is None and s.next_year is None)
        if spot:
            true, spot.row["PLACE"] = spot.row["PLACE"], "Q7"
            self.note(spot.of, spot.row, "unknown_code", f"PLACE Q7 is no code; it is {true}")

    def lower_case_codes(self) -> None:
        """Codes typed in small letters."""
        spot = self.choose(lambda s: not s.open)
        if spot:
            for column in ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "REC", "REASON_PLACE_CHANGE"):
                spot.row[column] = spot.row[column].lower()
            self.note(spot.of, spot.row, "lower_case", "codes in lower case, otherwise right")

    def not_in_one_header(self) -> None:
        """Episodes in a year whose header does not have the child; another year's has."""
        spot = self.choose(lambda s: s.before is None and (s.last_year is not None or s.next_year is not None))
        if spot:
            spot.of.forget(spot.row["CHILD"], files=["header.csv"])
            self.note(spot.of, spot.row, "not_in_header", "not in this year's header; the DOB is in another year's")

    def not_in_any_header(self) -> None:
        """Episodes of a child in no header at all: the date of birth is only in other files, such as reviews.csv."""
        spot = self.choose(lambda s: (
            s.before is None and s.last_year is None and len(self.returns_with(s.row["CHILD"])) <= 2
            and bool(s.of.rows_of("reviews.csv", s.row["CHILD"]))
        ))  # fmt: skip
        if spot:
            for each in self.returns:
                each.forget(spot.row["CHILD"], files=["header.csv"])
            self.note(spot.of, spot.row, "not_in_any_header", "in no year's header; the DOB is in reviews.csv")

    def returns_with(self, CHILD: str) -> list[Return]:
        return [each for each in self.returns if each.rows_of("header.csv", CHILD)]

    # -- faults between returns ---------------------------------------------------------------------------------------

    def open_then_closed(self) -> None:
        """Open in one return, closed in the next: no fault, but what a reader of several must get right first."""
        spot = self.choose(lambda s: s.open and s.next_year is not None and bool(s.next_year["DEC"]))
        if spot and spot.next_year is not None:
            end = spot.next_year["DEC"]
            self.note(
                spot.of, spot.row, "open_then_closed",
                f"open here, ends on {end} in the next return; nothing is wrong",
            )

    def replaced_details(self) -> None:
        """The next return has the same episode, by CHILD and DECOM, with another placement: the later one is right."""
        spot = self.choose(lambda s: (
            s.open and s.last_year is None and s.next_year is not None and s.row["PLACE"] in FOSTER
        ))  # fmt: skip
        if spot:
            true = spot.row["PLACE"]
            spot.row["PLACE"] = "K2"
            self.note(spot.of, spot.row, "replaced", f"PLACE K2 here, {true} in the next return, which is right")

    def replaced_end(self) -> None:
        """Closed in one return, and yet open or closed later in the next: the later one is right."""
        spot = self.choose(lambda s: (
            s.open and s.last_year is None and s.next_year is not None and s.DECOM < s.of.year.last_day - days(40)
        ))  # fmt: skip
        if spot:
            spot.row["DEC"], spot.row["REC"] = in_return(spot.of.year.last_day - days(20)), "E8"
            self.note(
                spot.of, spot.row, "replaced",
                "ended with E8 here; the next return shows that it went on, and is right",
            )

    def child_missing_later(self) -> None:
        """Open at the year end, and then the child is in no later return (rule 1010 asks about it)."""
        spot = self.choose(lambda s: s.open and s.next_year is not None)
        if spot:
            self.forget_later(spot)
            self.note(
                spot.of, spot.row, "missing_later",
                "open at the year end, but the child is in no later return",
            )

    def end_made_up_by_a_pipeline(self) -> None:
        """The same, mended by a regional pipeline: DEC on 31 March with REC E99 (LIIA rule 2)."""
        spot = self.choose(lambda s: s.open and s.next_year is not None)
        if spot:
            self.forget_later(spot)
            spot.row["DEC"], spot.row["REC"] = in_return(spot.of.year.last_day), "E99"
            self.note(
                spot.of, spot.row, "pipeline_e99",
                "DEC is made up: the child is in no later return; care went on",
            )

    def forget_later(self, spot: Sighting) -> None:
        for each in self.later(than=spot.of):
            each.forget(spot.row["CHILD"])

    def place_change_mended_by_a_pipeline(self) -> None:
        """REASON_PLACE_CHANGE LIIAF on an episode that the pipeline closed where the next begins (LIIA rule 1)."""
        spot = self.choose(lambda s: (
            s.row["REC"] == "X1" and s.last_year is not None
            and s.after is not None and s.after["RNE"] in ("P", "B", "T", "U")
        ))  # fmt: skip
        if spot:
            spot.row["REASON_PLACE_CHANGE"] = "LIIAF"
            self.note(
                spot.of, spot.row, "pipeline_liiaf",
                "closed by a regional pipeline where the next begins; DEC is right",
            )

    def other_date_of_birth(self) -> None:
        """One year gives another DOB, in every file of that year."""
        spot = self.choose(lambda s: s.last_year is not None and s.next_year is not None)
        if spot:
            true = spot.of.rows_of("header.csv", spot.row["CHILD"])[0]["DOB"]
            wrong = in_return(day_of(true) + days(1))
            for rows in spot.of.tables.values():
                for row in rows:
                    if row["CHILD"] == spot.row["CHILD"] and "DOB" in row:
                        row["DOB"] = wrong
            header = spot.of.rows_of("header.csv", spot.row["CHILD"])[0]
            self.note(
                spot.of, header, "other_dob",
                "DOB is a day late; the other years have it right", file="header.csv",
            )

    # -- faults of a file ---------------------------------------------------------------------------------------------

    def mark_and_line_ends(self) -> None:
        """A file saved on Windows: UTF-8 with a byte order mark, lines ended by CR LF."""
        of = self.returns[min(1, len(self.returns) - 1)]
        of.windows_files.add("episodes.csv")
        self.note(of, None, "bom_and_crlf", "begins with a UTF-8 byte order mark; lines end with CR LF")

    def no_URN_column(self) -> None:
        """The oldest return has no URN column, as returns of earlier years had none."""
        of = self.returns[0]
        of.columns["episodes.csv"] = [column for column in of.columns["episodes.csv"] if column != "URN"]
        self.note(of, None, "no_urn_column", "no URN column")


def index_of(rows: list[Row], row: Row) -> int:
    """Where this very row stands; an equal one does not count."""
    return next(index for index, each in enumerate(rows) if each is row)


# --------------------------------------------------------------------------------------------------------------------
# The truth
# --------------------------------------------------------------------------------------------------------------------


def true_facts(children: Sequence[Child], horizon: date) -> dict[str, list[list[str]]]:
    """What happened up to and including `horizon`, as fact tables: ISO dates, `until` exclusive, blank if it goes on.

    Care is care by this council. It goes back to birth: rows that ended before the first return are in no return.
    `placement` is in the codes of the last return that could hold the episode. `living_with_family` starts with the
    first placement with parents or the first leaving of care; where a child lived before care is not told.
    """

    def ended(until: date | None) -> str:
        return until.isoformat() if until and until <= horizon else ""

    def spans(table: Callable[[Child], list[Span]], *extra: str) -> list[list[str]]:
        return [["person", "from", "until", *extra]] + [
            [child.CHILD, span.since.isoformat(), ended(span.until)] + ([span.value] if extra else [])
            for child in children for span in table(child) if span.since <= horizon and span.since != span.until
        ]  # fmt: skip

    def events(day: Callable[[Child], date | None]) -> list[list[str]]:
        happened = [(child.CHILD, day(child)) for child in children]
        return [["person", "on"]] + [[person, on.isoformat()] for person, on in happened if on and on <= horizon]

    return {
        "date_of_birth.csv": [["person", "value"]] + [[child.CHILD, child.DOB.isoformat()] for child in children],
        "care.csv": [["person", "from", "until", "legal_status", "placement"]] + [
            [child.CHILD, episode.DECOM.isoformat(), ended(episode.DEC), episode.LS,
             PLACE_in(year_of(min(episode.DEC or horizon, horizon)), episode.placement.PLACE)]
            for child in children for episode in child.episodes if episode.DECOM <= horizon
        ],
        "adopted.csv": events(lambda child: child.adopted),
        "died.csv": events(lambda child: child.died),
        "special_guardianship.csv": spans(lambda child: child.special_guardianship),
        "living_with_family.csv": spans(lambda child: child.family, "with"),
        "detained.csv": spans(lambda child: child.detained, "kind"),
    }  # fmt: skip


# --------------------------------------------------------------------------------------------------------------------
# The same lives in a council's case system
# --------------------------------------------------------------------------------------------------------------------

EXTRACT_YEARS = 6  # the Standard Safeguarding Dataset leaves out what had ended before
CATEGORIES_ARE_OLD = 12  # months: a case system holds what was entered for the last return, and not what is so today

LEGAL_STATUS_WORDS = {
    "C1": "Interim care order", "C2": "Full care order", "E1": "Placement order granted",
    "V2": "V2 - Single period of accommodation under section 20", "V3": "Respite",
    "V4": "V4: short breaks, the agreement is recorded", "L1": "Police protection", "L2": "EPO",
    "J1": "J1 Remanded to LA accommodation or YDA",
}  # fmt: skip
"""As people type them; a code where there is no word."""

REASON_WORDS = {"E2": "Died", "E9": "Sentenced to custody", "E8": "Any other reason"}


def in_system(day: date | None, horizon: date) -> str:
    """A day as a case system exports it; blank when it had not come by the day of the extract."""
    return f"{day.isoformat()} 00:00:00" if day and day <= horizon else ""


def ssd_tables(seed: int, children: Sequence[Child], horizon: date) -> dict[str, list[list[str]]]:
    """Tables of the Standard Safeguarding Dataset, drawn on a day: the legal status apart from the episodes, one record for
    each run of days under it. DEC of the return is the day of leaving here too."""
    since = birthday(horizon, -EXTRACT_YEARS)

    def kept(first: date, end: date | None) -> bool:
        return first <= horizon and (end is None or end > since)

    def runs(child: Child, value: Callable[[Episode], object]) -> Iterable[tuple[Episode, date, date | None]]:
        """Unbroken stretches with the same value: their first episode, first day and end."""
        for period in child.periods():
            first = period[0]
            for episode, following in zip(period, [*period[1:], None]):
                if following is None or value(following) != value(first):
                    yield first, first.DECOM, episode.DEC
                    first = following or first

    person = [["pers_person_id", "pers_dob", "pers_death_date", "pers_sex"]]
    episodes = [["clae_cla_episode_id", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_start_reason",
                 "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason", "clae_cla_id"]]  # fmt: skip
    legal = [["lega_legal_status_id", "lega_person_id", "lega_legal_status", "lega_legal_status_start_date",
              "lega_legal_status_end_date"]]  # fmt: skip
    placements = [["clap_cla_placement_id", "clap_cla_placement_start_date", "clap_cla_placement_type",
                   "clap_cla_placement_end_date", "clap_person_id"]]  # fmt: skip
    reviews = [["clar_cla_review_id", "clar_cla_id", "clar_cla_review_due_date", "clar_cla_review_date",
                "clar_cla_review_cancelled"]]  # fmt: skip
    for child in children:
        person.append([child.CHILD, in_system(child.DOB, horizon), in_system(child.died, horizon), child.sex])
        period_of = {}
        for number, period in enumerate(child.periods(), 1):
            for episode in period:
                period_of[episode.DECOM] = f"{child.CHILD}/{number}"
                if kept(episode.DECOM, episode.DEC):
                    ended = in_system(episode.DEC, horizon)
                    episodes.append([f"e{len(episodes)}", child.CHILD, in_system(episode.DECOM, horizon), episode.RNE, ended,
                                     REASON_WORDS.get(episode.REC, episode.REC) if ended else "", period_of[episode.DECOM]])  # fmt: skip
        for episode, first, end in runs(child, lambda episode: episode.LS):
            if kept(first, end):
                legal.append([f"l{len(legal)}", child.CHILD, LEGAL_STATUS_WORDS.get(episode.LS, episode.LS),
                              in_system(first, horizon), in_system(end, horizon)])  # fmt: skip
        for episode, first, end in runs(child, lambda episode: episode.placement):
            if kept(first, end):
                placements.append([f"p{len(placements)}", in_system(first, horizon), episode.placement.PLACE,
                                   in_system(end, horizon), child.CHILD])  # fmt: skip
        for end_of_year in range(since.year + 1, horizon.year + 1):
            year = CollectionYear(end_of_year)
            for row in review_rows(seed, child, year) if open_in(child, year) else []:
                on = day_of(row["REVIEW"])
                within = [decom for decom in period_of if decom <= on]
                if within and since <= on <= horizon:
                    reviews.append([f"r{len(reviews)}", period_of[max(within)], "", in_system(on, horizon), "N"])
    leavers = [["clea_table_id", "clea_person_id", "clea_care_leaver_eligibility", "clea_care_leaver_in_touch",
                "clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"]]  # fmt: skip
    for child in children:
        if category := category_in_system(child, months_after(horizon, -CATEGORIES_ARE_OLD)):
            leavers.append([f"c{len(leavers)}", child.CHILD, category, "DIED" if child.died and child.died <= horizon else "YES",
                            "", "1900-01-01 00:00:00"])  # fmt: skip
    return {
        "ssd_person.csv": person, "ssd_cla_episodes.csv": episodes, "ssd_legal_status.csv": legal,
        "ssd_cla_placement.csv": placements, "ssd_cla_reviews.csv": reviews, "ssd_care_leavers.csv": leavers,
    }  # fmt: skip


def category_in_system(child: Child, on: date) -> str:
    """What a simple calculation in a case system would say: 91 days since 14 with some at 16, and nothing else asked."""
    age = child.age_on(on)
    if not 16 <= age < 25 or not any(episode.DECOM <= on and (episode.DEC or on) >= child.birthday(16) for episode in child.episodes):
        return ""
    if child.days_looked_after(child.birthday(14), min(child.birthday(18), on)) < 91:
        return "Qualifying"
    if age >= 18:
        return "Former Relevant"
    return "Eligible" if any(episode.holds(on) for episode in child.episodes) else "Relevant"


def annex_a_lists(children: Sequence[Child], horizon: date) -> dict[str, list[list[str]]]:
    """Lists 8 and 9 of Annex A on a day, with the columns that a reader may use."""
    in_care = [["Child Unique ID", "Gender", "Date of Birth", "Date Started to be Looked After",
                "Start date of current legal status", "Child's Legal Status", "Date Ceased to be Looked After",
                "Reason Ceased to be Looked After", "Start Date of Most Recent Placement", "Placement Type"]]  # fmt: skip
    leavers = [["Child Unique ID", "Gender", "Date of Birth", "Eligibility Category", "LA in Touch", "Latest Date of Contact"]]
    letters = {"Relevant": "a) Relevant child", "Former Relevant": "FR", "Qualifying": "Qualifying care leaver",
               "Eligible": "d) Eligible child"}  # fmt: skip

    def shown(day: date | None) -> str:
        return in_return(day) if day and day <= horizon else ""

    for child in children:
        who = [child.CHILD, {"M": "a) Male", "F": "b) Female"}[child.sex], in_return(child.DOB)]
        periods = [period for period in child.periods() if period[0].DECOM <= horizon]
        if periods:
            latest = [episode for episode in periods[-1] if episode.DECOM <= horizon]
            end = latest[-1].DEC
            if end is None or end > months_after(horizon, -6):
                def since(value: Callable[[Episode], object]) -> date:
                    first = latest[-1]
                    for episode in reversed(latest):
                        if value(episode) != value(latest[-1]):
                            break
                        first = episode
                    return first.DECOM

                REC = latest[-1].REC if shown(end) else ""
                in_care.append([*who, in_return(latest[0].DECOM), in_return(since(lambda episode: episode.LS)),
                                LEGAL_STATUS_WORDS.get(latest[-1].LS, latest[-1].LS).replace("Respite", "V3"), shown(end), REC,
                                in_return(since(lambda episode: episode.placement)), latest[-1].placement.PLACE])  # fmt: skip
        if category := category_in_system(child, months_after(horizon, -CATEGORIES_ARE_OLD)):
            died = child.died is not None and child.died <= horizon
            leavers.append([*who, letters[category], "c) Died" if died else "a) Yes", ""])
    return {"List 8.csv": in_care, "List 9.csv": leavers}


# --------------------------------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------------------------------


def csv_text(rows: Iterable[Sequence[object]], line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def returned_files(of: Return) -> dict[str, bytes]:
    """The files of one return."""
    files = {}
    for file, rows in of.tables.items():
        columns = of.columns[file]
        windows = file in of.windows_files
        table = [columns] + [[row[column] for column in columns] for row in rows]
        files[f"{of.year.folder}/{file}"] = csv_text(table, "\r\n" if windows else "\n").encode(
            "utf-8-sig" if windows else "utf-8"
        )
    return files


XML_OF_HEADER = {
    "uasc.csv": ("DUC",),
    "ad1.csv": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "oc3.csv": ("IN_TOUCH", "ACTIV", "ACCOM"),
}
"""Tables whose row stands in a child's HEADER, and what of it."""

XML_IN_HEADER = {
    "missing.csv": "AMISSING", "reviews.csv": "AREVIEW", "previous_permanence.csv": "PERMANENCE", "oc2.csv": "OC2",
    "placed_for_adoption.csv": "AD_PLACED",
}  # fmt: skip
"""Tables whose rows are elements in a child's HEADER."""


def returned_xml(of: Return) -> bytes:
    """The same return in the XML form: what has no place in it (social workers) is left out."""

    def leaves(row: Row, columns: Iterable[str]) -> str:
        named = ((XML_NAMES.get(column, column), escape(str(row[column]))) for column in columns if column in row)
        return "".join(f"<{name}>{text}</{name}>" if text else f"<{name} />" for name, text in named)

    def columns_of(file: str) -> list[str]:
        return [column for column in of.columns[file] if column not in ("CHILD", "DOB")]

    rows: dict[str, dict[str, list[Row]]] = {}
    for file, table in of.tables.items():
        for row in table:
            rows.setdefault(row["CHILD"], {}).setdefault(file, []).append(row)
    lines = ["<?xml version='1.0' encoding='utf-8'?>", "<EXPSSDA903>"]
    for CHILD, files in rows.items():
        header = files.get("header.csv", [])
        # In XML nobody is without a header: a child missing from the table has one with what other tables know.
        known = header[0] if header else next((row for table in files.values() for row in table if "DOB" in row), {})
        lines.append("<CHILD><HEADER>" + leaves(known | {"CHILD": CHILD}, ("CHILD", "UPN", "SEX", "DOB", "ETHNIC")))
        lines.append("<UASC>1</UASC>" if "uasc.csv" in files else "<UASC />")
        lines += [leaves(files[file][0], columns) for file, columns in XML_OF_HEADER.items() if file in files]
        for file, element in XML_IN_HEADER.items():
            lines += [f"<{element}>{leaves(row, columns_of(file))}</{element}>" for row in files.get(file, [])]
            if file == "reviews.csv" and header:
                lines.append(leaves(header[0], ("MOTHER", "MC_DOB")))
        lines.append("</HEADER>")
        lines += [f"<EPISODE>{leaves(row, columns_of('episodes.csv'))}</EPISODE>" for row in files.get("episodes.csv", [])]
        lines.append("</CHILD>")
    return "\n".join([*lines, "</EXPSSDA903>", ""]).encode()


XML_NAMES = {"CHILD": "CHILDID", "PLACE": "PL"}


def sample_council(
    count: int, seed: int, years: Sequence[int], clean: bool = False, forms: Sequence[str] = ("csv",)
) -> dict[str, bytes]:
    """Every file of the sample by its path: returns, truth, ledger and cases.

    `forms` says in which forms the council's records are written: "csv" the returns, a folder a year; "xml" the same
    returns, as `xml/2018-19/ssda903.xml`; "ssd" and "annex_a" what a case system would give on the last day of the last year.
    `years` are collection years by the calendar year in which they end, without a gap.
    """
    span = [CollectionYear(end) for end in years]
    children = all_children(seed, count, span)
    returns = [a_return(seed, children, year) for year in span]
    ledger: list[Oddity] = []
    if not clean:
        ordinary = {child.CHILD for child in children if child.case == ORDINARY}
        ledger = Mess(returns, ordinary, seed).plant(times=max(1, count // 150))

    files: dict[str, bytes] = {}
    for each in returns:
        if "csv" in forms:
            files |= returned_files(each)
        if "xml" in forms:
            files[f"xml/{each.year.folder}/ssda903.xml"] = returned_xml(each)
    if "ssd" in forms:
        for file, rows in ssd_tables(seed, children, span[-1].last_day).items():
            files[f"ssd/{file}"] = csv_text(rows).encode()
    if "annex_a" in forms:
        for file, rows in annex_a_lists(children, span[-1].last_day).items():
            files[f"annex_a/{file}"] = csv_text(rows).encode()
    for file, rows in true_facts(children, span[-1].last_day).items():
        files[f"truth/{file}"] = csv_text(rows).encode()
    files["oddities.csv"] = csv_text(
        [["year", "file", "line", "kind", "note"]]
        + [[oddity.of.year.folder, oddity.file, oddity.line, oddity.kind, oddity.note] for oddity in ledger]
    ).encode()
    files["cases.csv"] = csv_text([["person", "case"]] + [[child.CHILD, child.case] for child in children]).encode()
    return files


def year_ends(text: str) -> range:
    """`2019-2024`: the collection years that end in 2019 to 2024; `2024`: that one."""
    first, dash, last = text.partition("-")
    if not dash:
        last = first
    if not (first.isdigit() and last.isdigit()):
        raise argparse.ArgumentTypeError(f"expected years such as 2019-2024, found {text!r}")
    years = range(int(first), int(last) + 1)
    if not years or years[0] < FIRST_YEAR or years[-1] > LAST_YEAR:
        raise argparse.ArgumentTypeError(f"expected years from {FIRST_YEAR} to {LAST_YEAR}, in order, found {text!r}")
    return years


def count_of_children(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of children, found {text!r}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Writes the SSDA903 returns of an invented council, and the truth behind them."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write into; made if need be")
    parser.add_argument("--children", type=count_of_children, default=300, help="how many children (300)")
    parser.add_argument("--seed", type=int, default=7, help="another number, other children (7)")
    parser.add_argument("--years", type=year_ends, default=year_ends("2019-2024"), metavar="FIRST-LAST",
                        help="collection years, by the year in which they end (2019-2024)")  # fmt: skip
    parser.add_argument("--forms", nargs="+", choices=("csv", "xml", "ssd", "annex_a"), default=("csv",), metavar="FORM",
                        help="csv (yearly returns), xml, ssd, annex_a: the same lives in several forms (csv)")  # fmt: skip
    parser.add_argument("--clean", action="store_true", help="plant no mistakes in the returns")
    chosen = parser.parse_args(arguments)

    files = sample_council(chosen.children, chosen.seed, chosen.years, chosen.clean, chosen.forms)
    for path, content in files.items():
        target = chosen.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    planted = files["oddities.csv"].count(b"\n") - 1
    print(f"{chosen.children} children, {len(chosen.years)} returns, {planted} planted oddities in {chosen.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
