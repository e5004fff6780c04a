"""Pictures: what they hold, how they are told to those who cannot see them, and how they are written."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from xml.etree import ElementTree

import leavingcare as lc
import pytest
from leavingcare import __main__ as program
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
    axes = truth.chart("402901").figure.axes[0]
    looks = {(bar.get_linestyle() in ("--", (0, (3, 2))), bar.get_facecolor()) for bar in axes.patches if bar.get_height() < 1}
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


# --- Readable by all -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["life", "statuses", "totals", "overdue"])
def picture(request, truth) -> pictures.Picture:
    made = {"life": lambda: truth.chart("402901"), "statuses": lambda: pictures.statuses_by_month(truth),
            "totals": lambda: pictures.totals_near(truth), "overdue": lambda: pictures.overdue(truth)}  # fmt: skip
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


def test_the_command_draws_into_a_file(tmp_path):
    target = tmp_path / "life.svg"
    assert program.main(["chart", "life", "--sample", "--person", "401084", "--out", str(target)]) == 0
    assert "401084" in target.read_text(encoding="utf-8")
    for picture in ("statuses", "totals", "overdue"):
        assert program.main(["chart", picture, "--sample", "--out", str(tmp_path / f"{picture}.svg")]) == 0


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert program.main(["chart", "life", "--sample", "--person", "nobody", "--out", str(tmp_path / "a.svg")]) == 1
    assert "nobody among the 64 people" in capsys.readouterr().err
    with pytest.raises(SystemExit) as wrong_usage:
        program.main(["chart", "life", "--sample", "--out", str(tmp_path / "a.svg")])
    assert wrong_usage.value.code == 2


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, leavingcare; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
