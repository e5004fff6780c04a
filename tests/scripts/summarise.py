"""Adds up test reports in JUnit XML and prints one table.

    python3 tests/scripts/summarise.py REPORT.xml ...

ctest's cases are grouped by the part of their name before the first full stop, pytest's
under "python". Exit 0 when something ran and nothing failed, 1 otherwise: a report that
is missing or empty means that tests did not run, which is not success.
"""

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

OUTCOMES = ("passed", "failed", "skipped")


def outcome_of(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    if case.get("status") == "notrun":
        # ctest calls a test whose program was never built skipped; that is a failure. One
        # that asked to be skipped says so.
        asked = skipped is not None and skipped.get("message", "").startswith("SKIP_")
        return "skipped" if asked else "failed"
    if skipped is not None or case.get("status") == "disabled":
        return "skipped"
    return "passed"


def main():
    groups, failures, absent = {}, [], []
    for name in sys.argv[1:]:
        if not Path(name).is_file():
            absent.append(name)
            continue
        for case in ElementTree.parse(name).getroot().iter("testcase"):
            from_ctest = case.get("status") is not None
            group = case.get("name").split(".")[0] if from_ctest else "python"
            outcome = outcome_of(case)
            groups.setdefault(group, Counter())[outcome] += 1
            if outcome == "failed":
                failures.append(f"{group}: {case.get('name')}")

    total = sum(groups.values(), Counter())
    print("\nSUMMARY")
    for group, counts in sorted(groups.items()):
        print(f"  {group:<14}" + "".join(f"{counts[outcome]:>7} {outcome}" for outcome in OUTCOMES))
    for failure in failures:
        print(f"  failed: {failure}")
    for name in absent:
        print(f"  no report: {name} (those tests did not run)")
    print(", ".join(f"{total[outcome]} {outcome}" for outcome in OUTCOMES))
    return 0 if total["passed"] and not failures and not absent else 1


if __name__ == "__main__":
    sys.exit(main())
