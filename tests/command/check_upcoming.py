#!/usr/bin/env python3
"""leavingcare upcoming, as somebody who uses it sees it: the list, the JSON, the calendar file, and what it refuses.

    check_upcoming.py --command build/leavingcare

Only the standard library is used. The last line is "N passed, N failed".
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

CASE = """
people:
  - person: ann
    rest: none
    facts:
      date_of_birth: 2010-03-10
      care: [{from: 2022-09-12, legal_status: V2}]
      placements: [{from: 2022-09-12, placement: U6, intended_to_last_until_18: yes}]
      placement_notices: [2022-09-12]
      placement_plans: [2022-09-12]
      care_plans: [2022-09-12]
      health_assessments: [2022-09-20]
      social_worker_visits: [2022-09-16]
      allocated_to: [{from: 2022-09-12, team: North}]
  - person: bob
    rest: none
    facts:
      date_of_birth: 2004-05-04
      care: [{from: 2016-01-01, legal_status: C2}]
      allocated_to: [{from: 2016-01-01, team: "South; leaving care"}]
      leaving_care_accommodation: [{from: 2022-09-20, under: section_24B}]
      adviser_visits: [2022-09-22]
"""


def unfolded(text):
    """The lines of an iCalendar file, folded ones joined (RFC 5545, 3.1)."""
    lines = []
    for line in text.split("\r\n"):
        if line[:1] in (" ", "\t"):
            lines[-1] += line[1:]
        elif line:
            lines.append(line)
    return lines


def events(lines):
    found, current = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            name, value = line.split(":", 1)
            current[name] = value
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--command", required=True)
    given = arguments.parse_args()
    counts = {True: 0, False: 0}

    def check(good, claim, why=""):
        counts[bool(good)] += 1
        if not good:
            print(f"FAILED: {claim}\n    {why}")

    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "cases.yaml")
        case.write_text(CASE, encoding="utf-8")
        calendar = Path(folder, "next.ics")

        def run(*words):
            return subprocess.run([given.command, "upcoming", "--case", str(case), *words], capture_output=True, text=True, timeout=60)

        done = run("--as-at", "2022-10-20", "--within", "60d", "--ics", str(calendar))
        text = done.stdout
        check(done.returncode == 0, "it ends well", done.stderr)
        overdue = text[text.index("Overdue on 20 October 2022") : text.index("Due by 19 December 2022")]
        check("2022-10-11  ann" in overdue and "9 days overdue" in overdue, "the first review, due 11 October, is nine days overdue", overdue)
        due = text[text.index("Due by 19 December 2022") : text.index("To be done as soon as practicable")]
        # Six weeks after the visit of 16 September; two months after that of 22 September.
        check("2022-10-28  ann" in due, "the next visit is due on 28 October", due)
        check("2022-11-22  bob" in due, "the adviser's next visit is due on 22 November", due)
        check(due.index("2022-10-28") < due.index("2022-11-22"), "the sooner stands first", due)
        last = text[text.index("To be done as soon as practicable") :]
        # 28 days beginning on 20 September end on 17 October; seven days more are only a target.
        check("2022-10-25  bob" in last and "target, not a limit" in last, "the review after 28 days has a target and no last day", last)

        body = calendar.read_bytes().decode("utf-8")
        lines = unfolded(body)
        found = events(lines)
        check(lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR" and "VERSION:2.0" in lines, "the calendar is framed as RFC 5545 wants", body)
        check("\n" not in body.replace("\r\n", ""), "its lines end as RFC 5545 wants")
        check(all(len(line.encode()) <= 75 for line in body.split("\r\n")), "no line is longer than 75 bytes")
        check(len(found) == int(done.stderr.split("Wrote ")[1].split()[0]) and len({event["UID"] for event in found}) == len(found), "each entry has an id of its own")
        review = [event for event in found if "-looked_after_review-" in event["UID"]]
        check(len(review) == 1 and review[0]["DTSTART;VALUE=DATE"] == "20221011" and review[0]["DTEND;VALUE=DATE"] == "20221012",
              "an entry is the whole last day", str(review))
        check(review and review[0]["SUMMARY"].startswith("OVERDUE: A review of the child's case"), "what is overdue says so", str(review))
        check(all(event["DTSTAMP"] == "20221020T000000Z" for event in found), "it is stamped with the day the data were drawn")
        check(any(event["SUMMARY"].endswith("(bob\\, South\\; leaving care)") for event in found), "the team is named, commas and semicolons escaped", str(found[-1]))
        check("2010" not in body.replace("SI 2010", "") and "2004-05-04" not in body, "no birth date is in it")
        again = run("--as-at", "2022-10-20", "--within", "60d", "--ics", str(calendar))
        check(again.stdout == text and calendar.read_bytes().decode() == body, "the same data give the same bytes")

        rows = json.loads(run("--as-at", "2022-10-20", "--within", "60d", "--team", "North", "--format", "json").stdout)
        check({row["person"] for row in rows} == {"ann"} and rows[0]["urgency"] == "overdue", "a team's list is of its people only", str(rows))
        rows = json.loads(run("--as-at", "2022-10-20", "--person", "bob", "--format", "json").stdout)
        check({row["person"] for row in rows} == {"bob"}, "a person's list is theirs only", str(rows))

        for words, what in [((), "without a day"), (("--as-at", "2022-10-20", "--within", "soon"), "with no period"),
                            (("--as-at", "2022-10-20", "--person", "nobody"), "for somebody who is not there")]:
            refused = run(*words)
            check(refused.returncode == 2 and refused.stderr.startswith("leavingcare: ") and not refused.stdout, f"it refuses to be called {what}", refused.stderr)
        nowhere = run("--as-at", "2022-10-20", "--ics", str(Path(folder, "nowhere", "next.ics")))
        check(nowhere.returncode == 3 and "cannot write" in nowhere.stderr, "it says that the calendar cannot be written", nowhere.stderr)

    print(f"{counts[True]} passed, {counts[False]} failed")
    return 1 if counts[False] else 0


if __name__ == "__main__":
    sys.exit(main())
