"""What the Python package adds, from the command line: pictures, forms to send, and the conflict report.

    python -m leavingcare chart life --sample --person 401084 --out life.svg
    python -m leavingcare write list_9 --ssd DIR --out "list 9.xlsx"
    python -m leavingcare conflicts --annex-a "Annex A.xlsx" --out conflicts.html

All else is done by the command leavingcare.
"""

from __future__ import annotations

import argparse
import csv
import errno
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import leavingcare as lc

from . import _workbooks
from ._write import ENDINGS, write_whole
from .pictures._picture import FORMATS

FORMS = ("list_9", "ssd_care_leavers", "oc3_return", "official_statistics")
ABOUT_A_YEAR = ("oc3_return", "official_statistics")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m leavingcare",
        description="Pictures, forms to send, and the conflict report. All else is done by the command leavingcare.",
        epilog="Exit 0: done; 1: the rules, the data or what was asked for are not sound, and nothing was written; 2: wrong usage.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    asked = _what_is_asked()

    usage = "%(prog)s {} SOURCE {} [options]"
    chart = verbs.add_parser("chart", parents=[asked], usage=usage.format("PICTURE", "--out FILE"), help="draw a picture into a file")
    chart.add_argument("picture", choices=("life", "statuses", "totals", "overdue", "conflicts", "indicators"), help="one person's life; how many hold each "
                       "status, by month; who is close to a total of days; what is overdue, by team; the council's system against the rules; "
                       "indicators against their targets")  # fmt: skip
    chart.add_argument("--person", metavar="ID", help="life: whose")
    chart.add_argument("--since", metavar="DATE", help="life, statuses, indicators: the first day, month or period shown")
    chart.add_argument("--until", metavar="DATE", help="life: the first day no longer shown; statuses: the last month")
    chart.add_argument("--out", required=True, type=Path, metavar="FILE", help="what to write: .svg, .html (with the table), .png or .pdf")

    write = verbs.add_parser("write", parents=[asked], usage=usage.format("FORM", "--out FILE"),
                             help="fill in a form: list 9, ssd_care_leavers, OC3, the official statistics")  # fmt: skip
    write.add_argument("form", choices=FORMS, help="list 9 of Annex A; ssd_care_leavers of the Standard Safeguarding Dataset; the table OC3 of the "
                       "return; a table as the Department publishes it")  # fmt: skip
    write.add_argument("--out", required=True, type=Path, metavar="FILE", help="what to write: .csv, .xlsx (needs openpyxl) or .parquet (pyarrow)")
    write.add_argument("--on", metavar="DATE", help="list_9, ssd_care_leavers: the day of the list (that on which the data were drawn)")
    write.add_argument("--details", type=Path, metavar="FILE", help="the council's own columns, .csv or .xlsx: the form's id and those columns")
    write.add_argument("--year", type=int, metavar="YEAR", help="oc3_return, official_statistics: the year in which the collection year ends")
    write.add_argument("--oc3", type=Path, metavar="FILE", help="official_statistics: the table OC3, .csv or .xlsx, with the answers")
    write.add_argument("--table", choices=("activity", "suitability", "in_touch"), default="activity", help="official_statistics: which (activity)")
    write.add_argument("--suppress-under", type=int, default=0, metavar="N", help="official_statistics: counts from 1 to under N are shown as c")
    write.add_argument("--area", nargs="+", type=_pair, default=[], metavar="NAME=VALUE", help="official_statistics: la_name=..., new_la_code=...")

    report = verbs.add_parser("conflicts", parents=[asked], usage="%(prog)s SOURCE [--out FILE] [options]",
                              help="what the council's system calls each care leaver against the rules")  # fmt: skip
    report.add_argument("--list-9", nargs="+", metavar="FILE", help="list 9, where the system's categories stand and the records come from elsewhere: "
                        "--ssda903 DIR ... --list-9 FILE")  # fmt: skip
    report.add_argument("--on", metavar="DATE", help="the day to compare on (that on which the data were drawn)")
    report.add_argument("--without-readings", action="store_true", help="do not look under which other reading the two would agree: quicker")
    report.add_argument("--out", type=Path, metavar="FILE", help="what to write: .html or .txt to read, .csv, .xlsx or .parquet as a table; without "
                        "it the report is printed")  # fmt: skip
    return parser


def _what_is_asked() -> argparse.ArgumentParser:
    """Where the people come from, and what is asked about them: alike in all verbs."""
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--rules", metavar="NAME", help="rulebook: a name or a path (england; oc3 for the return and the statistics)")
    source = asked.add_argument_group("source, one of").add_mutually_exclusive_group(required=True)
    source.add_argument("--ssda903", nargs="+", metavar="DIR", help="yearly SSDA903 returns")
    source.add_argument("--ssd", metavar="DIR", help="tables of the Standard Safeguarding Dataset")
    source.add_argument("--annex-a", nargs="+", metavar="FILE", help="lists 8 and 9 of Annex A")
    source.add_argument("--facts", metavar="DIR", help="fact tables")
    source.add_argument("--case", metavar="FILE", help="one person, or several, by hand")
    source.add_argument("--sample", action="store_true", help="the invented council that comes with the package: its returns; for conflicts its case system")
    asked.add_argument("--map", metavar="FILE", help="what the council's own words mean: in --ssd or --annex-a, else in --list-9")
    asked.add_argument("--as-at", metavar="DATE", help="the day on which the data were drawn")
    asked.add_argument("--unrecorded", choices=("unknown", "none"), default="unknown", help="what to make of facts that the source does not hold")
    asked.add_argument("--reading", nargs="+", type=_pair, default=[], metavar="NAME=OPTION", help="how to read the law where it can be read in several ways")
    return asked


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, found {text!r}")
    return name, value


def _wrong_usage(chosen: argparse.Namespace) -> str:
    """What is wrong with the arguments, found before anything is read."""
    endings = {"chart": FORMATS, "write": ENDINGS, "conflicts": (".html", ".txt", *ENDINGS)}[chosen.verb]
    if chosen.out and chosen.out.suffix.lower() not in endings:
        return f"--out: expected a file that ends in {', '.join(endings[:-1])} or {endings[-1]}"
    if chosen.map and not (chosen.ssd or chosen.annex_a or getattr(chosen, "list_9", None)):
        return "--map: only with --ssd, --annex-a or --list-9"
    if chosen.verb == "chart" and chosen.picture == "life" and not chosen.person:
        return "life: say whose, with --person"
    if chosen.verb != "write":
        return ""
    if chosen.form in ABOUT_A_YEAR and chosen.year is None:
        return f"{chosen.form}: say which, with --year; 2024 is 1 April 2023 to 31 March 2024"
    if chosen.form not in ABOUT_A_YEAR and chosen.year is not None:
        return f"{chosen.form}: --year is for {' and '.join(ABOUT_A_YEAR)}; a list has a day, --on"
    if chosen.form in ABOUT_A_YEAR and chosen.on is not None:
        return f"{chosen.form}: --on is for lists; this has a --year"
    if chosen.form == "official_statistics" and chosen.oc3 is None:
        return "official_statistics: give the answers, with --oc3"
    if chosen.form == "official_statistics" and chosen.details is not None:
        return "official_statistics: --details is for forms with a row for each person"
    if chosen.form != "official_statistics" and chosen.oc3 is not None:
        return f"{chosen.form}: --oc3 is for official_statistics"
    return ""


def _people(chosen: argparse.Namespace, book: lc.Rulebook) -> lc.People:
    about_the_system = "conflicts" in (chosen.verb, getattr(chosen, "picture", ""))
    if chosen.ssd or (chosen.sample and about_the_system):
        as_at = chosen.as_at or ("2024-03-31" if chosen.sample else None)
        people = lc.read_ssd(chosen.ssd or lc.sample_ssd(), map=chosen.map, as_at=as_at, rulebook=book)
    elif chosen.ssda903 or chosen.sample:
        people = lc.read_ssda903(chosen.ssda903 or lc.sample_returns(), rulebook=book)
    elif chosen.annex_a:
        people = lc.read_annex_a(chosen.annex_a, map=chosen.map, as_at=chosen.as_at, rulebook=book, progress=_shown())
    else:
        people = lc.read_facts(chosen.facts, rulebook=book, progress=_shown()) if chosen.facts else lc.read_case(chosen.case, rulebook=book)
    if number := len(people.remarks):
        print(f"{number} remark{'s' if number > 1 else ''} on the records; leavingcare evaluate --verbose tells them", file=sys.stderr)
    return people


def _shown() -> bool:
    """Bars are for people who look on."""
    return sys.stderr.isatty()


def _evaluated(chosen: argparse.Namespace) -> tuple[lc.Result, lc.People]:
    about_a_year = chosen.verb == "write" and chosen.form in ABOUT_A_YEAR
    book = lc.load(chosen.rules or ("oc3" if about_a_year else "england"))
    people = _people(chosen, book)
    since = chosen.since if getattr(chosen, "picture", "") == "indicators" else None
    result = book.evaluate(people, as_at=chosen.as_at, readings=dict(chosen.reading), unrecorded=chosen.unrecorded, indicators_from=since, progress=_shown())
    return result, people


def _draw(chosen: argparse.Namespace) -> None:
    from . import pictures

    result, people = _evaluated(chosen)
    if chosen.picture == "life":
        picture = result.chart(chosen.person, since=chosen.since, until=chosen.until)
    elif chosen.picture == "statuses":
        picture = pictures.statuses_by_month(result, since=chosen.since, until=chosen.until)
    elif chosen.picture == "totals":
        picture = pictures.totals_near(result)
    elif chosen.picture == "conflicts":
        picture = lc.conflicts(result, people, readings=False).chart()
    elif chosen.picture == "indicators":
        names = dict(zip(result.rulebook.rules["rule"], result.rulebook.rules["summary"]))
        picture = pictures.indicators(result.indicators, latest=1 if chosen.since is None else None, names=names)
    else:
        picture = pictures.overdue(result)
    picture.save(chosen.out)


def _write(chosen: argparse.Namespace) -> None:
    details = _rows(chosen.details) if chosen.details else None
    answers = _rows(chosen.oc3) if chosen.oc3 else None
    result, people = _evaluated(chosen)
    if chosen.form == "list_9":
        table, form = lc.list_9(result, people, on=chosen.on, details=details), "annex_a_list_9"
    elif chosen.form == "ssd_care_leavers":
        table, form = lc.ssd_care_leavers(result, people, on=chosen.on, details=details), "ssd_care_leavers"
    elif chosen.form == "oc3_return":
        table, form = lc.oc3_return(result, people, chosen.year, details=details), "oc3"
    else:
        table = lc.official_statistics(result, chosen.year, answers, table=chosen.table, area=dict(chosen.area), suppress_under=chosen.suppress_under)
        form = None
    lc.write(table, chosen.out, form=form)
    print(f"{chosen.out}: {len(table)} rows")


def _report(chosen: argparse.Namespace) -> None:
    result, people = _evaluated(chosen)
    recorded = None
    if chosen.list_9:
        own_words = None if chosen.ssd or chosen.annex_a else chosen.map
        recorded = lc.read_annex_a(chosen.list_9, map=own_words, as_at=result.as_at, rulebook=result.rulebook)
    found = lc.conflicts(result, people, recorded=recorded, on=chosen.on, readings=not chosen.without_readings, progress=_shown())
    if chosen.out is None:
        print(found.text())
        return
    ending = chosen.out.suffix.lower()
    if ending in ENDINGS:
        lc.write(found.table, chosen.out)
    else:
        write_whole(chosen.out, (found.html() if ending == ".html" else found.text()).encode())
    print(f"{chosen.out}: {len(found)} findings")


def _rows(path: Path) -> Mapping[str, list[str]]:
    """A table of the council's own, from a CSV file or the first sheet of a workbook with something in it."""
    if path.suffix.lower() in _workbooks.ENDINGS:
        rows = _workbooks.first_sheet(path)
    else:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [row for row in csv.reader(file) if row]
        except UnicodeDecodeError as other_encoding:
            raise ValueError(f"{path}: this is not UTF-8; save it as 'CSV UTF-8', or as .xlsx") from other_encoding
    if not rows:
        raise ValueError(f"{path}: there is nothing in it")
    head, *body = rows
    if len(set(head)) < len(head):
        raise ValueError(f"{path}: two columns have the same name")
    for number, row in enumerate(body, start=2):
        if len(row) != len(head):
            raise ValueError(f"{path}: row {number} has {len(row)} cells and the headings are {len(head)}")
    return {name: [row[place] for row in body] for place, name in enumerate(head)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what is asked; gives 0 when all is well, 1 when rules, data or what was asked for are not; argparse exits with 2."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if wrong := _wrong_usage(chosen):
        parser.error(wrong)
    try:
        if chosen.out and not chosen.out.parent.is_dir():  # better now than after a long evaluation
            raise NotADirectoryError(errno.ENOTDIR, "there is no such folder", str(chosen.out.parent))
        {"chart": _draw, "write": _write, "conflicts": _report}[chosen.verb](chosen)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has seen enough; Python would complain when it ends
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}" if problem.filename else problem, file=sys.stderr)
        return 1
    except (ValueError, ImportError) as problem:  # RulebookError and DataError are ValueErrors
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
