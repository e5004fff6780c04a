"""Pictures: what they hold, how they are told to those who cannot see them, and how they are written."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from xml.etree import ElementTree

import leavingcare as lc
import pytest
from leavingcare import pictures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def result(book) -> lc.Result:
    return book.evaluate(lc.read_ssda903(lc.sample_returns(), rulebook=book))


@pytest.fixture(scope="module")
def truth(book) -> lc.Result:
    """What really happened, and nothing else: what is not recorded was not."""
    people = lc.read_facts(lc.sample_returns()[0].parent / "truth", rulebook=book)
    return book.evaluate(people, as_at="2024-03-31", unrecorded="none")


@pytest.fixture(scope="module")
def kim(book, tmp_path_factory) -> lc.Result:
    """The review that is overdue in the README."""
    file = tmp_path_factory.mktemp("kim") / "kim.yaml"
    file.write_text(
        "person: kim\nrest: none\nfacts:\n  date_of_birth: 2010-03-10\n  care: [{from: 2022-09-12, legal_status: V2}]\n"
        "  looked_after_reviews: [2022-10-13]\n"
    )
    return book.evaluate(lc.read_case(file, rulebook=book), as_at="2023-01-20")


def rows_of(picture: pictures.Picture, **wanted: object) -> list[dict[str, object]]:
    rows = [dict(zip(picture.columns, row)) for row in picture.rows]
    return [row for row in rows if all(row[name.replace("_", " ")] == value for name, value in wanted.items())]


# --- One person ------------------------------------------------------------------------------------------------------


def test_the_table_of_a_life_tells_care_birthdays_statuses_and_duties(result):
    picture = result.chart("401084")
    assert {"Birthdays", "Recorded", "Statuses", "Entitlements", "To be done"} <= {row["part"] for row in rows_of(picture)}
    assert [row["from"] for row in rows_of(picture, what="care")] == ["2024-02-01"]
    assert [(row["from"], row["until"]) for row in rows_of(picture, what="eligible child")] == [("2024-05-01", "2025-08-31")]
    assert rows_of(picture, what="18th birthday")[0]["from"] == "2025-08-31"


def test_a_whole_number_is_an_id(result):
    assert result.chart(401084).svg() == result.chart("401084").svg()


def test_an_overdue_review_is_told_with_its_last_day(kim):
    picture = kim.chart("kim")
    told = [row["how it stands"] for row in rows_of(picture, what="looked after review")]
    assert told == ["met late, due by 2022-10-11, done on 2022-10-13", "overdue, due by 2023-01-13"]
    assert "The data were drawn on 20 January 2023" in picture.description


def test_what_is_never_known_has_rows_and_only_a_status_a_lane(result):
    picture = result.chart("403186")
    unknown = {row["what"] for row in rows_of(picture, part="Entitlements") if row["how it stands"].startswith("unknown")}
    labels = {label.get_text() for label in picture.figure.axes[0].get_yticklabels()}
    assert unknown and not unknown & labels
    assert "eligible child" in labels
    assert "never known for certain" in picture.description


def test_the_projection_is_drawn_otherwise_than_what_is_known(truth):
    from matplotlib.patches import Rectangle

    bars = [one for one in truth.chart("402901").figure.axes[0].patches if isinstance(one, Rectangle) and one.get_height() < 1]
    looks = {(bar.get_linestyle() in ("--", (0, (3, 2))), bar.get_facecolor()) for bar in bars}
    assert len({face for broken, face in looks}) > 2


def test_unknown_days_are_hatched(result):
    hatches = {bar.get_hatch() for bar in result.chart("401084").figure.axes[0].patches}
    assert "////" in hatches


def test_since_and_until_cut_a_part_out(kim):
    picture = kim.chart("kim", since="2022-09-01", until=dt.date(2023, 3, 1))
    assert not rows_of(picture, part="Birthdays")
    left, right = picture.figure.axes[0].get_xlim()
    assert right - left == 181


def test_a_life_says_what_was_wrong_with_the_call(kim):
    with pytest.raises(ValueError, match="person: nobody among the 1 people"):
        kim.chart("sam")
    with pytest.raises(ValueError, match="since: 'soon' is not a date"):
        kim.chart("kim", since="soon")
    with pytest.raises(ValueError, match="since: the first day shown must be before"):
        kim.chart("kim", since="2023-01-01", until="2023-01-01")


def test_everybody_in_the_sample_can_be_drawn(truth):
    for person in truth.people.ids:
        assert truth.chart(person).rows


def test_someone_of_whom_nothing_but_a_birth_is_known_can_be_drawn(book):
    people = lc.people({"date_of_birth": {"person": ["a"], "value": ["2008-02-29"]}}, rulebook=book)
    assert rows_of(book.evaluate(people).chart("a"))


# --- Cohorts ---------------------------------------------------------------------------------------------------------


def test_the_months_count_what_a_look_at_their_last_day_counts(result):
    picture = pictures.statuses_by_month(result, since="2023-11-05", until="2024-03-01")
    assert sorted({row["month"] for row in rows_of(picture)}) == ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]
    on = result.on("2024-02-29")
    for status in ("eligible_child", "relevant_child", "former_relevant_child", "qualifying", "personal_adviser"):
        row = rows_of(picture, month="2024-02", status=status.replace("_", " "))[0]
        assert (row["yes"], row["unknown"]) == (on[status].count("yes"), on[status].count("unknown"))


def test_months_need_a_day_to_start_from(book):
    people = lc.people({"date_of_birth": {"person": ["a"], "value": ["2008-01-01"]}}, rulebook=book)
    with pytest.raises(ValueError, match="give both"):
        pictures.statuses_by_month(book.evaluate(people))


def test_totals_near_the_edge_are_those_of_the_explanations(truth):
    picture = pictures.totals_near(truth)
    assert picture.rows
    for person, counted, _, wanted, answer in picture.rows:
        assert 80 <= counted <= 91 and wanted == 91
        assert f"{counted} of 91 days" in str(truth.explain(person, "eligible_child"))
        assert answer == truth.explain(person, "eligible_child").truth


def test_nobody_near_the_edge_is_a_picture_too(kim):
    picture = pictures.totals_near(kim)
    assert picture.rows == [] and "nobody" in picture.description
    assert "<svg" in picture.svg()


def test_the_overdue_are_counted_by_duty_where_no_team_is_recorded(truth):
    picture = pictures.overdue(truth)
    assert picture.columns[0] == "duty"
    assert sum(row[1] + row[2] for row in picture.rows) == truth.upcoming()["urgency"].count("overdue") > 0


def test_the_overdue_are_counted_by_team_where_there_are_teams(book):
    people = lc.people(
        {
            "date_of_birth": {"person": ["a", "b"], "value": ["2010-03-10", "2011-03-10"]},
            "care": {"person": ["a", "b"], "from": ["2022-09-12"] * 2, "until": [None] * 2, "legal_status": ["V2"] * 2},
            "looked_after_reviews": {"person": [], "on": []},
            "allocated_to": {"person": ["a"], "from": ["2022-09-12"], "until": [None], "team": ["North"]},
        },
        rulebook=book,
    )
    picture = pictures.overdue(book.evaluate(people, as_at="2023-01-20", unrecorded="none"))
    assert picture.columns[0] == "team"
    assert {row[0] for row in picture.rows} == {"North", "no team recorded"}


def test_without_a_day_of_the_data_nothing_is_overdue(book):
    people = lc.people({"date_of_birth": {"person": ["a"], "value": ["2008-01-01"]}}, rulebook=book)
    with pytest.raises(ValueError, match="as_at"):
        pictures.overdue(book.evaluate(people))


INDICATORS = [
    ("reviewed", dt.date(2016, 7, 1), dt.date(2016, 10, 1), 52, 55, 0, 94.545, 94.545, 94.545, "at least 95", "no"),
    ("reviewed", dt.date(2016, 10, 1), dt.date(2017, 1, 1), 53, 55, 0, 96.364, 96.364, 96.364, "at least 95", "yes"),
    ("in_touch", dt.date(2016, 10, 1), dt.date(2017, 1, 1), 30, 50, 6, 60.0, 53.57, 64.29, "at least 60", "unknown"),
    ("complaints", dt.date(2016, 10, 1), dt.date(2017, 1, 1), 10, 50, 0, 20.0, 20.0, 20.0, "", "monitor only"),
    ("moved", dt.date(2016, 10, 1), dt.date(2017, 1, 1), 0, 0, 0, None, None, None, "at most 5", ""),
    ("audits", dt.date(2016, 10, 1), dt.date(2017, 1, 1), 12, None, 0, 12.0, 12.0, 12.0, "more than 10", "yes"),
]


def indicators_table(rows=INDICATORS) -> lc.Table:
    from leavingcare import _core

    kinds = ("text", "day", "day", "whole", "whole", "whole", "number", "number", "number", "text", "text")
    names = pictures._indicators.COLUMNS
    return _core.table([(name, kind, [row[place] for row in rows]) for place, (name, kind) in enumerate(zip(names, kinds))])


def test_indicators_stand_against_their_targets():
    picture = pictures.indicators(indicators_table())
    assert picture.columns == list(pictures._indicators.COLUMNS)
    assert [row[0] for row in picture.rows] == ["reviewed", "in_touch", "complaints", "moved", "audits"], "the last period of each"
    assert rows_of(picture, indicator="reviewed")[0]["from"] == "2016-10-01"
    assert picture.title.endswith("1 October 2016 to 31 December 2016")
    assert picture.description.startswith("5 figures, 3 of them against a target. Not known whether met (1): in touch: 60% (30 of 50), 53.6 to 64.3")
    rates, counts = picture.figure.axes
    assert rates.get_xlim()[1] == 102 and counts.get_xlim()[1] < 13, "a count has a scale of its own"


def test_the_unknown_of_an_indicator_is_a_hatched_part_between_least_and_most():
    rates = pictures.indicators(indicators_table()).figure.axes[0]
    (hatched,) = [bar for bar in rates.patches if bar.get_hatch() == "////"]
    assert (hatched.get_x(), round(hatched.get_x() + hatched.get_width(), 2)) == (53.57, 64.29)


def test_whether_a_target_is_met_is_told_in_words_and_patterns():
    axes = pictures.indicators(indicators_table(), latest=None).figure.axes
    words = [text.get_text() for one in axes for text in one.texts]
    assert words[0] == "94.5% (52 of 55), target at least 95: not met" and words[1].endswith(": met") and words[4] == "nothing was counted"
    looks = [(bar.get_hatch(), bar.get_linestyle()) for bar in axes[0].patches]
    assert len(set(looks)) == len(looks) == 5, "met, not met, not known, unknown part, no target"


@pytest.mark.parametrize("make", [lambda table: table.to_pandas(), lambda table: table.to_polars(), lambda table: table.to_arrow(),
                                  lambda table: {name: table[name] for name in table.columns}], ids=["pandas", "polars", "pyarrow", "dict"])  # fmt: skip
def test_indicators_of_any_table_are_the_same_picture(make):
    table = indicators_table()
    assert pictures.indicators(make(table), latest=2).svg() == pictures.indicators(table, latest=2).svg()


def test_indicators_may_have_names_and_may_be_none():
    assert "Plans reviewed in time" in pictures.indicators(indicators_table(), names={"reviewed": "Plans reviewed in time"}).svg()
    assert pictures.indicators(indicators_table([])).rows == []


def test_a_table_that_holds_no_indicators_is_refused(truth):
    with pytest.raises(ValueError, match="table: the column 'indicator' is missing"):
        pictures.indicators(truth.statuses)
    with pytest.raises(ValueError, match="row 1, 'met': expected yes, no"):
        pictures.indicators(indicators_table([(*INDICATORS[0][:-1], "perhaps")]))
    with pytest.raises(ValueError, match="row 1: a day or a figure"):
        pictures.indicators({name: ["soon"] if name == "from" else [""] for name in pictures._indicators.COLUMNS})
    with pytest.raises(ValueError, match="latest"):
        pictures.indicators(indicators_table(), latest=0)


@pytest.fixture(scope="module")
def found(book) -> lc.Conflicts:
    people = lc.read_ssd(lc.sample_ssd(), as_at="2024-03-31", rulebook=book)
    return lc.conflicts(book.evaluate(people), people, readings=False)


def test_conflicts_are_counted_by_both_categories(found):
    picture = found.chart()
    assert sum(row["people"] for row in rows_of(picture)) == sum(found.counts["people"])
    numbers = [text.get_text() for text in picture.figure.axes[0].texts]
    assert sorted(map(int, numbers)) == sorted(found.counts["people"])
    assert f"Of {found.compared} categories in the system the rules agree with {found.agree}" in picture.description


def test_each_finding_has_a_pattern_of_its_own():
    looks = [(one.get("hatch"), one.get("linestyle"), one["facecolor"] == "#ffffff") for one in pictures._conflicts.LOOKS.values()]
    assert len(set(looks)) == len(looks)


# --- Readable by all -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["life", "statuses", "totals", "overdue", "indicators", "conflicts"])
def picture(request, truth, found) -> pictures.Picture:
    made = {"life": lambda: truth.chart("402901"), "statuses": lambda: pictures.statuses_by_month(truth),
            "totals": lambda: pictures.totals_near(truth), "overdue": lambda: pictures.overdue(truth),
            "indicators": lambda: pictures.indicators(indicators_table()), "conflicts": lambda: pictures.conflicts(found)}  # fmt: skip
    return made[request.param]()


def test_the_svg_names_and_describes_itself(picture):
    root = ElementTree.fromstring(picture.svg())
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    title, described = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title.text == picture.title and described.text == picture.description
    assert root.get("aria-labelledby").split() == [title.get("id"), described.get("id")]


def test_the_html_holds_all_rows_as_a_table(picture):
    html = picture._repr_html_()
    assert html.count("<tr>") == len(picture.rows) + 1
    assert html.count('<th scope="col"') == len(picture.columns)


def test_the_same_answers_give_the_same_bytes(picture):
    assert picture.svg() == picture.svg()
    assert not re.search(r"<dc:date>", picture.svg())


def test_no_two_states_have_the_same_shape():
    from leavingcare.pictures import _style

    shapes = [(looks["marker"], looks.get("markerfacecolor", "full")) for looks in _style.MARKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_a_name_with_markup_in_it_stays_a_name(book):
    people = lc.people({"date_of_birth": {"person": ["<b>&"], "value": ["2008-01-01"]}}, rulebook=book)
    html = book.evaluate(people, as_at="2024-03-31").chart("<b>&").html()
    assert "<b>" not in html and "&lt;b&gt;&amp;" in html


def test_drawing_leaves_the_settings_of_matplotlib_alone(truth):
    import matplotlib

    before = dict(matplotlib.rcParams)
    truth.chart("402901").svg()
    assert dict(matplotlib.rcParams) == before


def test_the_repr_tells_nothing_of_the_person(truth):
    assert "402901" not in repr(truth.chart("402901"))


# --- Written ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending, begins", [(".svg", b"<?xml"), (".html", b"<!doctype html>"), (".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_a_picture_is_saved_by_its_ending(kim, tmp_path, ending, begins):
    kim.chart("kim").save(tmp_path / f"kim{ending}")
    assert (tmp_path / f"kim{ending}").read_bytes().startswith(begins)


def test_another_ending_is_refused(kim, tmp_path):
    with pytest.raises(ValueError, match=".svg, .html, .png or .pdf, not .doc"):
        kim.chart("kim").save(tmp_path / "kim.doc")


def test_a_picture_that_cannot_be_written_leaves_nothing(kim, tmp_path):
    with pytest.raises(OSError, match="nowhere/kim.svg'"):
        kim.chart("kim").save(tmp_path / "nowhere" / "kim.svg")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, leavingcare; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_without_matplotlib_it_is_said_what_to_install():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import leavingcare as lc\n"
        "result = lc.load('england').evaluate(lc.read_ssda903(lc.sample_returns()))\n"
        "try: result.chart('401084')\n"
        "except ImportError as error: print(error)"
    )
    assert "pip install matplotlib" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
