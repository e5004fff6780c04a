"""Writes a run as one table (results.md and results.csv) and one chart (chart.png, chart.svg).

    report.py RESULTS
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  after the choice of a backend without a screen

from figures import Measured  # noqa: E402

JOBS = {
    "timelines": "All four statuses as full timelines, columns in memory",
    "one_date": "The four statuses on one date, columns in memory",
    "months": "The four statuses on 156 firsts of the month",
    "csv": "From CSV on disk to statuses on disk, whole process",
}


def ours(key):
    """What a measurement is compared with: the same job on as many cores; by month, our whole timelines."""
    _, job, cores = key
    return "engine", "timelines" if job == "months" else job, cores


def rows(measured: Measured):
    for job in JOBS:
        for key in sorted((k for k in measured.times if k[1] == job), key=lambda k: (k[2], measured.us_per_person(k).middle)):
            about, time = measured.about[key], measured.us_per_person(key)
            ratio = measured.ratio(key, ours(key)) if ours(key) in measured.times else None
            yield key, about, time, ratio


def number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def write_table(measured: Measured, machine: dict, folder: Path) -> None:
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items() if version)
    lines = [
        "# The peers' job",
        "",
        f"{machine['day']}, {machine['processor']}, {machine['cores']} cores, Python {machine['python']}, {packages}; {machine['rounds']} interleaved rounds.",
        f"Load of the machine: {machine['load_at_start']:.1f} at the start, {machine.get('load_at_end', float('nan')):.1f} at the end, which includes this run itself (1 to 2).",
        "All answers were checked equal before anything was timed. Ratio: how many times as long as ours takes, of the same round; by",
        "month, against our whole timelines. In brackets the range in which the median lies with 95%.",
    ]
    job = None
    with open(folder / "results.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow("job,cores,peer,people,us_per_person,us_low,us_high,ratio,ratio_low,ratio_high,peak_mib,above_columns_mib,lines".split(","))
        for (name, this, cores), about, time, ratio in rows(measured):
            if this != job:
                job = this
                lines += ["", f"## {JOBS[job]}", "", "| | cores | people | µs a person | ratio to ours | peak MiB | above the columns | lines |", "|---|---|---|---|---|---|---|---|"]
            span = f"{number(ratio.middle)} ({number(ratio.low)}-{number(ratio.high)})" if ratio else ""
            took = f"{number(time.middle)} ({number(time.low)}-{number(time.high)})"
            peak, above = (f"{float(about[k]):.0f}" if about[k] else "" for k in ("peak_mib", "above_columns_mib"))
            lines.append(f"| {about['title']} | {cores} | {int(about['people']):,} | {took} | {span} | {peak} | {above} | {about['lines']} |")
            writer.writerow([job, cores, name, about["people"], time.middle, time.low, time.high, *((ratio.middle, ratio.low, ratio.high) if ratio else ("", "", "")), peak, above, about["lines"]])
    (folder / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw(measured: Measured, machine: dict, folder: Path) -> None:
    """A dot for each measurement on a logarithmic axis: filled for one core, hollow for two; ours on a grey band."""
    shown = [job for job in JOBS if any(key[1] == job for key in measured.times)]
    sizes = [len({key[0] for key in measured.times if key[1] == job}) for job in shown]
    figure, panels = plt.subplots(len(shown), 1, figsize=(8, 1.2 * len(shown) + 0.32 * sum(sizes)), sharex=True, squeeze=False, gridspec_kw={"height_ratios": [size + 1 for size in sizes]}, layout="constrained")
    for panel, job in zip(panels[:, 0], shown):
        keys = [key for key in measured.times if key[1] == job]
        slowest = lambda name: max(measured.us_per_person(k).middle for k in keys if k[0] == name)  # noqa: E731
        names = sorted({key[0] for key in keys}, key=slowest, reverse=True)
        for key in keys:
            time, height = measured.us_per_person(key), names.index(key[0])
            filled = key[2] == 1
            panel.errorbar(time.middle, height, xerr=[[time.middle - time.low], [time.high - time.middle]], fmt="o", markersize=6, color="black", markerfacecolor="black" if filled else "white", elinewidth=1, capsize=2)
            panel.annotate(number(time.middle), (time.middle, height), xytext=(0, 6 if filled else -13), textcoords="offset points", ha="center", fontsize=7)
        for height, name in enumerate(names):
            if name in ("engine", "leavingcare_frames"):
                panel.axhspan(height - 0.5, height + 0.5, color="0.88", zorder=0)
        panel.set_yticks(range(len(names)), [next(measured.about[k]["title"] for k in keys if k[0] == name) for name in names], fontsize=8)
        panel.set_ylim(-0.6, len(names) - 0.4)
        panel.set_xscale("log")
        panel.grid(axis="x", color="0.8", linewidth=0.5)
        panel.set_title(JOBS[job], loc="left", fontsize=9)
        panel.tick_params(axis="x", labelbottom=True, labelsize=8)
        for side in ("top", "right"):
            panel.spines[side].set_visible(False)
    panels[-1, 0].set_xlabel("microseconds a person (logarithmic); filled: one core, hollow: two; the bar is the 95% range of the median; ours on grey", fontsize=8)
    for form in ("png", "svg"):
        figure.savefig(folder / f"chart.{form}", dpi=150)


def main(folder: Path) -> None:
    measured = Measured(folder)
    machine = json.loads((folder / "machine.json").read_text(encoding="utf-8"))
    write_table(measured, machine, folder)
    draw(measured, machine, folder)
    print((folder / "results.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
