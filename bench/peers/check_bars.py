"""Holds a run to bars.yaml. Exit status 1 if a ratio is below its bar and the spread does not cover the bar.

    check_bars.py RESULTS [BARS.YAML] [--strict] [--cpu]

Where the spread covers the bar, nothing is claimed either way; --strict fails then as well. --cpu compares processor
time: for a look on a machine that is busy with other work, where the clock on the wall says little.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml

from figures import Figure, Measured


def verdict(ratio: Figure, bar: float) -> str:
    """`ratio` is good where it is above the bar."""
    if ratio.low >= bar:
        return "holds"
    return "FAILS" if ratio.high < bar else "no claim: the spread covers the bar"


def checked(measured: Measured, bars):
    """A row for each bar and number of cores: what, ratio, bar, verdict."""
    for bar in bars:
        for cores in bar["cores"]:
            theirs, ours = (bar["theirs"], bar["job"], cores), ("engine", bar.get("ours", bar["job"]), cores)
            times = bar.get("quicker") or bar["slower"]
            what = f"{bar['theirs']}, {bar['job']}, {cores} core{'s'[: cores > 1]}: " + (f"theirs at least {times} x ours" if "quicker" in bar else f"ours at most {times} x theirs")
            if theirs not in measured.times or ours not in measured.times:
                yield what, None, "not measured"
            elif "quicker" in bar:
                ratio = measured.ratio(theirs, ours)
                yield what, ratio, verdict(ratio, times)
            else:
                ratio = measured.ratio(ours, theirs)
                turned = Figure(1 / ratio.middle, 1 / ratio.high, 1 / ratio.low)
                yield what, ratio, verdict(turned, 1 / times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path)
    parser.add_argument("bars", type=Path, nargs="?", default=Path(__file__).resolve().parent.parent / "bars.yaml")
    parser.add_argument("--strict", action="store_true", help="also fail where nothing can be claimed, or nothing was measured")
    parser.add_argument("--cpu", action="store_true", help="compare processor time")
    chosen = parser.parse_args()
    rows = list(checked(Measured(chosen.results, chosen.cpu), yaml.safe_load(chosen.bars.read_text(encoding="utf-8"))["bars"]))
    lines = [f"{'ratio':>7} {'spread':>15}  bar, verdict"]
    for what, ratio, said in rows:
        figures = f"{ratio.middle:7.2f} {f'{ratio.low:.2f}-{ratio.high:.2f}':>15}" if ratio else f"{'':7} {'':15}"
        lines.append(f"{figures}  {what}: {said}")
    text = "\n".join(lines) + "\n"
    print(text, end="")
    (chosen.results / "bars.txt").write_text(text, encoding="utf-8")
    bad = [said for _, _, said in rows if said == "FAILS" or (chosen.strict and said != "holds")]
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
