"""Pictures from the command line: `python -m leavingcare chart life --ssda903 DIR --person ID --out sam.svg`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import leavingcare as lc


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m leavingcare", description="Pictures of lives and cohorts. All else is done by the command leavingcare."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    chart = verbs.add_parser("chart", help="draw a picture into a file")
    chart.add_argument("picture", choices=("life", "statuses", "totals", "overdue"), help="one person's life; how many hold each status, by month; "
                       "who is close to a total of days; what is overdue, by team")  # fmt: skip
    chart.add_argument("--rules", default="england", metavar="NAME", help="rulebook: a name or a path (england)")
    source = chart.add_mutually_exclusive_group(required=True)
    source.add_argument("--ssda903", nargs="+", metavar="DIR", help="yearly SSDA903 returns")
    source.add_argument("--ssd", metavar="DIR", help="tables of the Standard Safeguarding Dataset")
    source.add_argument("--annex-a", nargs="+", metavar="FILE", help="lists 8 and 9 of Annex A")
    source.add_argument("--facts", metavar="DIR", help="fact tables")
    source.add_argument("--case", metavar="FILE", help="one person, or several, by hand")
    source.add_argument("--sample", action="store_true", help="the invented council that comes with the package")
    chart.add_argument("--as-at", metavar="DATE", help="the day on which the data were drawn")
    chart.add_argument("--unrecorded", choices=("unknown", "none"), default="unknown", help="what to make of facts that the source does not hold")
    chart.add_argument("--person", metavar="ID", help="whose life")
    chart.add_argument("--since", metavar="DATE", help="life, statuses: the first day or month shown")
    chart.add_argument("--until", metavar="DATE", help="life: the first day no longer shown; statuses: the last month")
    chart.add_argument("--out", required=True, type=Path, metavar="FILE", help="what to write: .svg, .html (with the table), .png or .pdf")
    return parser


def _people(chosen: argparse.Namespace, book: lc.Rulebook) -> lc.People:
    if chosen.ssda903 or chosen.sample:
        return lc.read_ssda903(chosen.ssda903 or lc.sample_returns(), rulebook=book)
    if chosen.ssd:
        return lc.read_ssd(chosen.ssd, as_at=chosen.as_at, rulebook=book)
    if chosen.annex_a:
        return lc.read_annex_a(chosen.annex_a, as_at=chosen.as_at, rulebook=book)
    return lc.read_facts(chosen.facts, rulebook=book) if chosen.facts else lc.read_case(chosen.case, rulebook=book)


def _draw(chosen: argparse.Namespace) -> None:
    from . import pictures

    book = lc.load(chosen.rules)
    result = book.evaluate(_people(chosen, book), as_at=chosen.as_at, unrecorded=chosen.unrecorded)
    if chosen.picture == "life":
        picture = result.chart(chosen.person, since=chosen.since, until=chosen.until)
    elif chosen.picture == "statuses":
        picture = pictures.statuses_by_month(result, since=chosen.since, until=chosen.until)
    elif chosen.picture == "totals":
        picture = pictures.totals_near(result)
    else:
        picture = pictures.overdue(result)
    picture.save(chosen.out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draws, and returns 0 when all is well, 1 when rules, data or what was asked for are not; argparse exits with 2."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.picture == "life" and not chosen.person:
        parser.error("life: say whose, with --person")
    try:
        _draw(chosen)
    except (ValueError, OSError, ImportError) as problem:  # RulebookError and DataError are ValueErrors
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
