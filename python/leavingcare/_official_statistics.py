"""The table shape of the Department's statistics on care leavers, from answers to OC3. What is counted is data, in forms.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from . import _core, _frames
from ._maps import form_named, forms_map
from ._oc3 import oc3_cohort

if TYPE_CHECKING:
    from ._core import Result, Table


def official_statistics(
    result: Result, year: int, oc3: Any, *, table: str = "activity", area: Mapping[str, str] = {}, suppress_under: int = 0
) -> Table:
    """One of the official tables on care leavers, for one council, in the columns of the release of 2025.

    result, year: as for oc3_cohort; it says who counts, and at which age.
    oc3: the answers: a table (pandas, polars, pyarrow or a dict of lists) with CHILD, IN_TOUCH and the column that is counted. Of the
    cohort, whoever is not in it, or is blank, counts as one of whom nothing is known.
    table: 'activity', 'suitability' or 'in_touch'.
    area: region_code, region_name, old_la_code, la_name, new_la_code, as far as they are wanted; the rest is blank.
    suppress_under: counts above 0 and below this, and their percentages, are shown as 'c'. The official threshold is not published with
    the tables. Totals are not: whoever publishes them must see to it that no small count follows from others.

    Gives a Table: 14 columns, all text as in the published files; percentages are whole, 'k' under a half and 'z' where there is
    nobody. Died and returned home (DIED, RHOM) are left out, as in the statistics; those who moved to another council cannot be
    recognised. Raises ValueError for a table, area or column that does not exist, and for the answers of another rulebook.
    """
    shape = forms_map()["official_statistics"]
    if table not in shape["tables"]:
        raise ValueError(f"table: {table!r} is none of {', '.join(shape['tables'])}")
    if strangers := [name for name in area if name not in shape["area"]]:
        raise ValueError(f"area: {strangers[0]!r} is none of {', '.join(shape['area'])}")
    wanted = shape["tables"][table]
    answers = _answers(oc3, [*shape["left_out"], wanted["column"]], shape["no_information"])
    nothing = {name: shape["no_information"] for name in answers.columns}
    groups: dict[str, list[str]] = {age: [] for age in shape["ages"]}
    cohort = oc3_cohort(result, year)
    for person, age, truth in zip(cohort["person"], cohort["age"], cohort["truth"]):
        if truth != "yes":
            continue
        row = answers.of.get(person, nothing)
        if any(row[name] in codes for name, codes in shape["left_out"].items()):
            continue
        if any(fnmatchcase(row[wanted["column"]], code) for code in wanted.get("not_in_the_total", ())):
            continue
        for label, ages in shape["ages"].items():
            if str(age) in ages:
                groups[label].append(row[wanted["column"]])
    fixed = {"time_period": str(year), **shape["year"], **{name: area.get(name, "") for name in shape["area"]}}
    rows = []
    for age, members in groups.items():
        for breakdown, codes in wanted["breakdowns"].items():
            count = sum(any(fnmatchcase(answer, code) for code in codes) for answer in members)
            shown, percent = _shown(count, len(members), suppress_under, shape)
            rows.append({**fixed, "care_leaver_age": age, "breakdown": breakdown, "care_leaver_count": shown, "care_leaver_percent": percent})
    return _core.table([(name, "text", [row[name] for row in rows]) for name in shape["columns"]])


class _Answers:
    def __init__(self, columns: list[str], of: dict[str, dict[str, str]]) -> None:
        self.columns = columns
        self.of = of


def _answers(oc3: Any, columns: list[str], blank: str) -> _Answers:
    rows = _frames.rows_of_text("oc3", oc3)
    names = [name.strip() for name in rows[0]]
    person = form_named("oc3")["id"]
    for name in [person, *columns]:
        if name not in names:
            raise ValueError(f"oc3: the column {name!r} is missing")
    of = {}
    for row in rows[1:]:
        of[row[names.index(person)].strip()] = {name: row[names.index(name)].strip().upper() or blank for name in columns}
    return _Answers(columns, of)


def _shown(count: int, total: int, suppress_under: int, shape: Mapping[str, Any]) -> tuple[str, str]:
    if 0 < count < suppress_under:
        return shape["suppressed"], shape["suppressed"]
    if total == 0:
        return str(count), shape["no_percentage"]
    if 0 < 200 * count < total:
        return str(count), shape["under_half_a_percent"]
    return str(count), str((200 * count + total) // (2 * total))
