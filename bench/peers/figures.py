"""What rounds.csv says: medians, spreads, and ratios round by round."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Figure:
    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, values) -> Figure:
        """The median, and the range in which the true median lies with at least 95% (order statistics, which ask nothing of the
        distribution); of fewer than six values the least and the greatest."""
        ordered = sorted(values)
        count = len(ordered)
        outside = 0  # how many values may be left out at each end
        while 2 * sum(math.comb(count, k) for k in range(outside + 2)) / 2**count <= 0.05:
            outside += 1
        if 2 * sum(math.comb(count, k) for k in range(outside + 1)) / 2**count > 0.05:
            return cls(median(ordered), ordered[0], ordered[-1])
        return cls(median(ordered), ordered[outside], ordered[count - 1 - outside])


class Measured:
    def __init__(self, folder: Path, cpu: bool = False) -> None:
        """`cpu`: processor time in place of the clock on the wall, which on a machine shared with others is steadier."""
        self.times: dict[tuple[str, str, int], dict[int, float]] = defaultdict(dict)
        self.about: dict[tuple[str, str, int], dict[str, str]] = {}
        with open(folder / "rounds.csv", newline="", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                key = (row["peer"], row["job"], int(row["cores"]))
                self.times[key][int(row["round"])] = float(row["cpu_us_per_person" if cpu else "us_per_person"])
                self.about[key] = row

    def us_per_person(self, key) -> Figure:
        return Figure.of(self.times[key].values())

    def ratio(self, theirs, ours) -> Figure:
        """How many times as long they take, of the two measurements of each round."""
        return Figure.of([self.times[theirs][number] / self.times[ours][number] for number in self.times[theirs] if number in self.times[ours]])
