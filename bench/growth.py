"""How cost grows with people, episodes, rules, versions and threads: a table, a CSV file and a chart for each curve.

    growth.py [--program build/bench/growth] [--out build/bench/results] [--curve NAME ...] [--at-most N]

Each point is measured by bench/growth in a process of its own, which checks its answers before it times them and refuses otherwise. A curve is
called straight where doubling the size doubles the cost: where the slope of its upper end, both axes logarithmic, lies between 0.85 and 1.15. At
the lower end what is done once for all, such as binding rules to people, takes most of the time.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  after the choice of a backend without a screen

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE / "peers"))
from machine import machine  # noqa: E402

STRAIGHT = (0.85, 1.15)


@dataclass(frozen=True)
class Curve:
    title: str
    across: str  # what grows
    cost: str  # what is measured of it, and in which unit
    sizes: tuple[int, ...]


CURVES = {
    "people": Curve("People, in chunks of at most 100,000", "people", "seconds", tuple(10**power for power in range(8))),
    "read": Curve("People read from fact tables on disk", "people", "seconds", (1_000, 10_000, 100_000, 1_000_000)),
    "memory": Curve("Memory of people held at once", "people", "bytes", (1_000, 10_000, 100_000, 1_000_000)),
    "episodes": Curve("Episodes of each person", "episodes", "seconds a person", (1, 3, 10, 30, 100, 300, 1000)),
    "rules": Curve("Rules that stand side by side", "rules", "seconds a person; loading: seconds", (10, 30, 100, 300, 1000)),
    "chain": Curve("Rules of which each leans on the one before", "rules", "seconds a person; loading: seconds", (10, 30, 100, 300, 1000)),
    "versions": Curve("Versions of one rule", "versions", "seconds a person; loading: seconds", (1, 3, 10, 30, 100)),
    "threads": Curve("Threads", "threads", "seconds a person", (1, 2, 4)),
}


@dataclass(frozen=True)
class Point:
    curve: str
    step: str
    size: int
    people: int
    items: int  # episodes, rows of answers, rules: what the step went through
    repeats: int
    seconds: float
    low: float
    high: float
    bytes: int

    def cost(self, seconds: float | None = None) -> float:
        if self.curve == "memory":
            return self.bytes
        seconds = self.seconds if seconds is None else seconds
        return seconds if self.curve in ("people", "read") or self.people == 0 else seconds / self.people


def measure(program: Path, curve: str, size: int) -> list[Point]:
    print(f"  {curve} {size:,}", flush=True)
    done = subprocess.run([program, curve, str(size)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{program.name} {curve} {size} ended with {done.returncode}: {done.stderr.strip()}")
    points = []
    for step, people, items, repeats, seconds, low, high, size_in_bytes in csv.reader(done.stdout.splitlines()):
        points.append(Point(curve, step, size, int(people), int(items), int(repeats), float(seconds), float(low), float(high), int(size_in_bytes)))
    return points


def slope(points: list[Point]) -> float:
    """Of the straight line that fits best, on logarithmic axes, through the points of the upper end: from a tenth of the largest size on."""
    upper = [(math.log(point.size), math.log(point.cost())) for point in points if point.size * 10 >= points[-1].size]
    across = sum(x for x, _ in upper) / len(upper)
    up = sum(y for _, y in upper) / len(upper)
    return sum((x - across) * (y - up) for x, y in upper) / sum((x - across) ** 2 for x, _ in upper)


def in_words(value: float) -> str:
    if value < STRAIGHT[0]:
        return "flatter than straight"
    return "straight" if value <= STRAIGHT[1] else "STEEPER"


def of_time(seconds: float) -> str:
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def shown(point: Point) -> str:
    return f"{point.cost() / 1e6:.3g} MB, {point.cost() / point.size:.0f} each" if point.curve == "memory" else of_time(point.cost())


def by_step(points: list[Point]) -> dict[tuple[str, str], list[Point]]:
    steps = defaultdict(list)
    for point in points:
        steps[point.curve, point.step].append(point)
    return steps


def table(points: list[Point], measured_on: dict[str, object]) -> str:
    lines = [
        "# How cost grows",
        "",
        f"{measured_on['day']}, {measured_on['processor']}, {measured_on['cores']} cores; load of the machine {measured_on['load_at_start']:.1f} at the start, "
        f"{measured_on['load_at_end']:.1f} at the end, which includes this run itself (1 to 2). Medians; every answer was checked first.",
    ]
    last = None
    for (name, step), those in by_step(points).items():
        curve = CURVES[name]
        if name != last:
            sizes = [f"{size:,}" for size in dict.fromkeys(point.size for point in points if point.curve == name)]
            lines += ["", f"## {curve.title}", "", f"| {curve.across}: {curve.cost} | " + " | ".join(sizes) + " | slope | |", "|---|" + "---|" * (len(sizes) + 2)]
            last = name
        if name == "threads":
            verdict = f"| | {those[0].cost() / min(point.cost() for point in those):.2f} times as fast at best |"
        elif len(those) < 2:
            verdict = "| | |"
        else:
            verdict = f"| {slope(those):.2f} | {in_words(slope(those))} |"
        lines.append(f"| {step} | " + " | ".join(shown(point) for point in those) + " " + verdict)
        peaks = [point for point in those if name == "people" and point.bytes]
        if peaks:
            lines.append("| most memory taken | " + " | ".join(f"{point.bytes / 1e6:.0f} MB" for point in peaks) + " | | |")
    return "\n".join(lines) + "\n"


def draw(name: str, points: list[Point], folder: Path) -> None:
    """A marker for each step, and a thin line that it would follow if cost grew exactly in proportion; of threads, how many times as fast they are."""
    curve, speed = CURVES[name], name == "threads"
    figure, panel = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for ((_, step), those), marker in zip(by_step(points).items(), "osD^v", strict=False):
        sizes = [point.size for point in those]
        shape = {"marker": marker, "color": "black", "markerfacecolor": "white" if marker in "sv" else "black", "linewidth": 1, "markersize": 6}
        if speed:
            panel.plot(sizes, [those[0].cost() / point.cost() for point in those], label=step, **shape)
            continue
        costs = [point.cost() for point in those]
        spread = [[point.cost() - point.cost(point.low) for point in those], [point.cost(point.high) - point.cost() for point in those]]
        panel.errorbar(sizes, costs, yerr=spread, capsize=2, label=step if len(those) < 2 else f"{step} (slope {slope(those):.2f})", **shape)
        panel.plot(sizes, [costs[-1] * size / sizes[-1] for size in sizes], color="0.6", linewidth=0.8, linestyle="--", zorder=0)
    if speed:
        cores = [min(size, os.cpu_count() or size) for size in curve.sizes]
        panel.plot(curve.sizes, cores, color="0.6", linewidth=0.8, linestyle="--", zorder=0)
        panel.set_xticks(curve.sizes)
        panel.set_ylim(bottom=0)
    else:
        panel.set_xscale("log")
        panel.set_yscale("log")
    panel.set_xlabel(curve.across)
    panel.set_ylabel("times as fast as one thread" if speed else curve.cost)
    panel.set_title(f"{curve.title}\ndashed: {'as many times as there are cores for them' if speed else 'exactly in proportion'}", loc="left", fontsize=10)
    panel.grid(color="0.88", linewidth=0.5)
    panel.legend(fontsize=8, frameon=False)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
    figure.savefig(folder / f"growth_{name}.svg", metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--program", type=Path, default=HERE.parent / "build/bench/growth")
    parser.add_argument("--out", type=Path, default=HERE.parent / "build/bench/results")
    parser.add_argument("--curve", choices=tuple(CURVES), action="append", help="only this one; may be given several times")
    parser.add_argument("--at-most", type=int, default=10_000_000, help="leave out larger sizes, for a quick look")
    chosen = parser.parse_args()
    measured_on = machine()
    chosen.out.mkdir(parents=True, exist_ok=True)
    points = [point for name in chosen.curve or CURVES for size in CURVES[name].sizes if size <= chosen.at_most for point in measure(chosen.program, name, size)]
    measured_on["load_at_end"] = os.getloadavg()[0]
    with open(chosen.out / "growth.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow([*Point.__dataclass_fields__, "cost", "cost_is"])
        writer.writerows([*vars(point).values(), point.cost(), CURVES[point.curve].cost] for point in points)
    (chosen.out / "growth.md").write_text(table(points, measured_on), encoding="utf-8")
    for name in dict.fromkeys(point.curve for point in points):
        draw(name, [point for point in points if point.curve == name], chosen.out)
    print(table(points, measured_on))


if __name__ == "__main__":
    main()
