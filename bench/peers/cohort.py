"""The people of the peers' job, as plain columns, and people made to lie on the job's edges.

A cohort is a folder of flat binary columns, written by the C++ program `native` (so that everybody, C++ or Python,
has the same people) or by `on_the_edges` below:

    born.i32          a day for each person, counted from 1 January 1970
    offsets.i32       episodes of person i are offsets[i] up to offsets[i + 1]
    from.i32          first day of each episode
    until.i32         first day after it; `OPEN` where it has not ended
    short_break.u8    1 where the legal status is V3

Each person's episodes are in order and do not overlap; they may touch.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

OPEN = 2**31 - 1  # the number of the day that never comes
STATUSES = ("eligible", "relevant", "former_relevant", "qualifying")
COLUMNS = {"born": "i32", "offsets": "i32", "from": "i32", "until": "i32", "short_break": "u8"}
EPOCH = date(1970, 1, 1)


@dataclass
class Cohort:
    born: np.ndarray
    offsets: np.ndarray
    start: np.ndarray
    until: np.ndarray
    short_break: np.ndarray

    @property
    def people(self) -> int:
        return len(self.born)

    @property
    def person(self) -> np.ndarray:
        """Whose each episode is."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.offsets))


def number(day: date) -> int:
    return (day - EPOCH).days


def read(folder: str | Path) -> Cohort:
    def column(name: str) -> np.ndarray:
        return np.fromfile(Path(folder) / f"{name}.{COLUMNS[name]}", dtype={"i32": np.int32, "u8": np.uint8}[COLUMNS[name]])

    return Cohort(column("born"), column("offsets"), column("from"), column("until"), column("short_break").astype(bool))


def write(cohort: Cohort, folder: str | Path) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    columns = (cohort.born, cohort.offsets, cohort.start, cohort.until, cohort.short_break)
    for (name, kind), values in zip(COLUMNS.items(), columns):
        values.astype({"i32": np.int32, "u8": np.uint8}[kind]).tofile(Path(folder) / f"{name}.{kind}")


def joined(first: Cohort, second: Cohort) -> Cohort:
    def both(name: str) -> np.ndarray:
        return np.concatenate([getattr(first, name), getattr(second, name)])

    offsets = np.concatenate([first.offsets, second.offsets[1:] + first.offsets[-1]])
    return Cohort(both("born"), offsets, both("start"), both("until"), both("short_break"))


def on_the_edges(people: int, seed: int) -> Cohort:
    """People whose episodes begin and end at a birthday that matters or a day beside it, or touch one another, or
    bring the count to 90, 91 or 92 days; one in four born on 29 February, a few never in care."""
    choose = random.Random(seed)
    born, offsets, start, until, short_break = [], [0], [], [], []
    for _ in range(people):
        birth = choose.choice([date(2004, 2, 29), date(2003, 3, 1), date(2003, 2, 28), date(2001, 1, 1) + timedelta(choose.randrange(2000))])
        edges = [number(date(birth.year + age, birth.month, 1)) + birth.day - 1 + near for age in (14, 16, 18, 21) for near in (-1, 0, 1)]
        # Stays that end, or begin, so that the count is reached on a birthday or beside it.
        edges += [day + choose.choice([-92, -91, -90, -89, 90, 91]) for day in edges if choose.random() < 0.5]
        days = sorted(set(choose.sample(edges, min(len(edges), choose.randrange(0, 13)))))
        if len(days) > 2 and choose.random() < 0.3:  # an episode exactly as long as the law wants, or a day off
            days = [days[0], days[0] + choose.choice([89, 90, 91, 92])]
        i = 0
        while i + 1 < len(days):
            start.append(days[i])
            until.append(days[i + 1])
            short_break.append(choose.random() < 0.25)
            i += choose.choice([1, 1, 2])  # the next one touches, or leaves a gap
        if len(days) > i and choose.random() < 0.2:
            start.append(days[-1])
            until.append(OPEN)
            short_break.append(choose.random() < 0.25)
        born.append(number(birth))
        offsets.append(len(start))
    return Cohort(*(np.array(c, dtype=np.int32) for c in (born, offsets, start, until)), np.array(short_break, dtype=bool))
