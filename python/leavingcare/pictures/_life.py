"""One person's life: what is recorded, what they are, what they are owed and what had to be done, on one line of time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from . import _lanes, _style, _words
from ._picture import Picture

if TYPE_CHECKING:
    from .._core import Result

COLUMNS = ("part", "what", "from", "until", "how it stands")
ROW, HEAD = 0.25, 0.95
WIDTH = 11.0
OF_SPANS = {"recorded": _style.RECORDED, "doubtful": _style.DOUBTFUL, "yes": _style.YES, "unknown": _style.UNKNOWN, "limit": _style.LIMIT}


def life(result: Result, person: str | int, *, since: date | str | None = None, until: date | str | None = None) -> Picture:
    """One person's life as a Picture: lanes for the records, statuses, entitlements, limits and duties, from left to right.

    person: an id of `result.people`, text, or a whole number for ids that are digits.
    since, until: the first day shown and the first no longer shown, dates or text YYYY-MM-DD; by default from the first
    record to a while after the last change.

    Above stand the birthdays. Bars are days: filled where the answer is yes, hatched where it is unknown, pale and with a
    broken outline in the projection, which is what follows the day on which the data were drawn. Obligations are marks, with
    a line for the days late. Entitlements, limits and duties of which nothing but "unknown" can be said on any day have no
    lane; the table has them.

    Raises ValueError for somebody who is not among the people, for text that is no date, and where since is not before until;
    ImportError without matplotlib.
    """
    if person not in result.people:
        raise ValueError(f"person: nobody among the {len(result.people)} people has the id asked for")
    person = str(person)
    lanes = _all_lanes(result, person)
    born = _lanes.born(result, person)
    first, end = _range(lanes, born, result.as_at, _words.read(since, "since"), _words.read(until, "until"))
    if first >= end:
        raise ValueError("since: the first day shown must be before `until`")

    title = f"{person}: care, statuses, entitlements and duties"
    told = [lane for lane in lanes if lane.known or lane.part == "Statuses"]
    drawn = [lane for lane in told if lane.touches(first, end)]
    unknown = len(lanes) - len(told)
    with _style.style():
        figure = _style.figure(WIDTH, HEAD + ROW * (len(drawn) + 2 * len({lane.part for lane in drawn}) + 3))
        _draw(figure, person, drawn, born, first, end, result.as_at, unknown, len(told) - len(drawn))
    described = _describe(person, lanes, unknown, first, end, result.as_at)
    return Picture(figure, title, described, COLUMNS, _table(lanes, born, first, end))


def _all_lanes(result: Result, person: str) -> list[_lanes.Lane]:
    lanes = _lanes.of_records(result, person)
    listed: set[str] = set()
    for table, column, part in (
        (result.statuses, "status", "Statuses"),
        (result.entitlements, "entitlement", "Entitlements"),
        (result.findings, "limit", "Limits passed"),
    ):
        own = [lane for lane in _lanes.of_answers(table, column, part, person) if lane.name not in listed]
        listed |= {lane.name for lane in own}  # an entitlement may be listed with the statuses
        lanes += own
    return lanes + _lanes.of_obligations(result, person)


def _range(
    lanes: list[_lanes.Lane], born: date | None, as_at: date | None, since: date | None, until: date | None
) -> tuple[date, date]:
    """What to show where the caller does not say: from the first record to the last change of status, with some room.

    What is owed later than that, such as the keeping of records for many years, would press a life into a corner.
    """
    known = [span for lane in lanes if lane.part in ("Recorded", "Statuses") for span in lane.spans if span.kind != "unknown"]
    starts = [span.first for span in known if span.first]
    days = starts + [span.end for span in known if span.end] + ([as_at] if as_at else [])
    if not days:
        days = starts = [born or date(2000, 1, 1)]
    first = since or min(starts or days)
    end = until or max(days)
    room = timedelta(days=max(30, (end - first).days // 30))
    return since or first - room, until or end + room


def _draw(
    figure: Any,
    person: str,
    lanes: list[_lanes.Lane],
    born: date | None,
    first: date,
    end: date,
    as_at: date | None,
    unknown: int,
    elsewhere: int,
) -> None:
    import matplotlib.dates as dates

    axes = figure.add_subplot()
    axes.set_xlim(dates.date2num(first), dates.date2num(end))
    places: list[float] = []
    labels: list[str] = []
    headings: list[int] = []
    y = 0.0
    part = ""
    for lane in lanes:
        if lane.part != part:
            y += 1.6 if part else 1.0
            part = lane.part
            headings.append(len(labels))
            places.append(y)
            labels.append(part)
        y += 1
        places.append(y)
        labels.append(lane.name)
        axes.axhline(y + 0.5, color=_style.FAINT, linewidth=0.5, zorder=0)
        for span in lane.spans:
            _bar(axes, y, span, first, end, as_at)
        for mark in lane.marks:
            _mark(axes, y, mark, first, end)
    axes.set_ylim(y + 0.8, -0.6)
    axes.set_yticks(places, labels)
    for i, label in enumerate(axes.get_yticklabels()):
        label.set_fontweight("bold" if i in headings else "normal")
    _style.bare(axes)
    years = (end - first).days / 365
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=3, maxticks=9 if years < 4 else 14))
    axes.xaxis.set_major_formatter(dates.DateFormatter("%d %b %Y" if years < 0.7 else "%b %Y" if years < 4 else "%Y"))

    if as_at and first < as_at < end:
        day = dates.date2num(as_at) + 1  # the end of the day
        axes.axvspan(day, dates.date2num(end), color=_style.TINT, zorder=-1)
        axes.axvline(day, color=_style.INK, linewidth=1.6, zorder=5)
        late = (as_at - first) > (end - first) / 2
        words = f"as at {_words.day(as_at)}" + ("" if late else " | a projection from here on")
        _beside(axes, day, words, "right" if late else "left", fontweight="bold")
        if late and (end - as_at) > (end - first) / 8:
            _beside(axes, day, "projection", "left", style="italic")
    if born:
        _birthdays(axes, born, first, end)
    axes.set_title(person, loc="left", fontweight="bold", fontsize=11, pad=10)
    left_out = [f"{_words.count(unknown, 'rule or duty', 'rules and duties')} never known for certain"] if unknown else []
    left_out += [f"{elsewhere} with nothing on these days"] if elsewhere else []
    _legend(figure, lanes, first, end, as_at, f"Not drawn: {', and '.join(left_out)}; the table has them." if left_out else "")


def _beside(axes: Any, day: float, words: str, side: str, **looks: Any) -> None:
    """Words in the uppermost row that end, or begin, a little beside a day."""
    axes.annotate(words, (day, 0), xytext=(-5 if side == "right" else 5, 0), textcoords="offset points", ha=side, va="center", zorder=6, **looks)


def _bar(axes: Any, y: float, span: _lanes.Span, first: date, end: date, as_at: date | None) -> None:
    """A span as one bar, or two where the projection begins within it."""
    import matplotlib.dates as dates

    begins, ends = max(span.first or first, first), min(span.end or end, end)
    turn = as_at + timedelta(days=1) if as_at else end
    if span.kind in ("recorded", "doubtful") and span.end is None and begins < turn < ends:
        ends = turn  # a record without an end says nothing of the days after it was drawn
        axes.plot(dates.date2num(ends), y, marker=">", color=OF_SPANS[span.kind]["edgecolor"], markersize=6, zorder=6, clip_on=False)
    if begins >= ends:
        return
    pieces = [(begins, min(ends, turn), False), (max(begins, turn), ends, True)]
    for left, right, projected in pieces:
        if left >= right:
            continue
        looks = dict(OF_SPANS[span.kind])
        if projected:
            looks = _style.YES_PROJECTED if span.kind == "yes" else looks | {"alpha": 0.5, "linestyle": (0, (3, 2))}
        axes.barh(y, dates.date2num(right) - dates.date2num(left), left=dates.date2num(left), height=0.62, zorder=2, **looks)
    shown = ends - begins
    # A letter is about 0.085 inches wide; the bars have some 8 of the width.
    if span.label and shown / (end - first) * (WIDTH - 3) > 0.085 * len(span.label) + 0.05:
        dark = span.kind in ("recorded", "yes") and begins + shown / 2 <= turn
        axes.text(dates.date2num(begins + shown / 2), y, span.label, ha="center", va="center", fontsize=7.5,
                  color="white" if dark else _style.INK, zorder=3)  # fmt: skip


def _mark(axes: Any, y: float, mark: _lanes.Mark, first: date, end: date) -> None:
    import matplotlib.dates as dates

    if mark.since and mark.late_until:
        left, right = max(mark.since, first), min(mark.late_until, end)
        if left < right:
            axes.hlines(y, dates.date2num(left), dates.date2num(right), color=_style.MARKS[mark.state]["color"], linewidth=1.2, zorder=2)
    if first <= mark.day < end:
        axes.plot(dates.date2num(mark.day), y, linestyle="none", zorder=4, **_style.MARKS[mark.state])


def _birthdays(axes: Any, born: date, first: date, end: date) -> None:
    """A thin line on each birthday, and the age above it."""
    import matplotlib.dates as dates

    ages = [age for age in range(1, 121) if first <= _lanes.birthday(born, age) < end]
    days = [dates.date2num(_lanes.birthday(born, age)) for age in ages]
    if not ages:
        return
    for day in days:
        axes.axvline(day, color=_style.FAINT, linewidth=0.8, zorder=0)
    above = axes.secondary_xaxis("top")
    above.set_xticks(days, [str(age) for age in ages])
    above.spines["top"].set_visible(False)
    above.tick_params(axis="x", length=3, color=_style.GREY)
    above.set_xlabel("birthdays", fontsize=8, color=_style.GREY, loc="right")


def _legend(figure: Any, lanes: list[_lanes.Lane], first: date, end: date, as_at: date | None, remark: str) -> None:
    """Only what is in the picture; under it a remark."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    words = {"recorded": "recorded (▸ no end recorded)", "doubtful": "recorded, in doubt", "yes": "yes", "unknown": "unknown", "limit": "limit passed"}
    shown = [
        span for lane in lanes for span in lane.spans if (span.first or first) < end and (span.end or end) > first
    ]
    handles: list[Any] = [Patch(label=words[kind], **looks) for kind, looks in OF_SPANS.items() if any(span.kind == kind for span in shown)]
    if as_at and any(span.kind == "yes" and (span.end or end) > as_at for span in shown):
        handles.append(Patch(label="yes, as things stand", **_style.YES_PROJECTED))
    states = {mark.state for lane in lanes for mark in lane.marks if first <= mark.day < end}
    handles += [Line2D([], [], linestyle="none", label=state, **looks) for state, looks in _style.MARKS.items() if state in states]
    if handles:
        legend = figure.legend(handles=handles, loc="outside lower center", ncol=min(len(handles), 8), frameon=False, fontsize=8,
                               title=remark or None, title_fontsize=8)  # fmt: skip
        legend.get_title().set_color(_style.GREY)


def _table(lanes: list[_lanes.Lane], born: date | None, first: date, end: date) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    if born:
        ages = [age for age in range(1, 121) if first <= _lanes.birthday(born, age) < end]
        rows += [("Birthdays", f"{_words.nth(age)} birthday", _iso(_lanes.birthday(born, age)), "", "") for age in ages]
    for lane in lanes:
        rows += [(lane.part, lane.name, _iso(span.first), _iso(span.end), span.words or "recorded") for span in lane.spans]
        rows += [(lane.part, lane.name, "", "", _obligation(mark)) for mark in lane.marks]
    return rows


def _obligation(mark: _lanes.Mark) -> str:
    words = mark.state
    if mark.due:
        words += f", due by {mark.due.isoformat()}"
    return words + (f", done on {mark.done.isoformat()}" if mark.done else "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _describe(
    person: str, lanes: list[_lanes.Lane], unknown: int, first: date, end: date, as_at: date | None
) -> str:
    words = [f"A line of time from {_words.day(first)} to {_words.day(end)} for {person}."]
    if as_at:
        words.append(f"The data were drawn on {_words.day(as_at)}; what follows is a projection.")
        held = [
            lane.name
            for lane in lanes
            for span in lane.spans
            if lane.part == "Statuses" and span.kind == "yes" and (not span.first or span.first <= as_at) and (not span.end or span.end > as_at)
        ]
        words.append(f"On that day the statuses held for certain are: {', '.join(held)}." if held else "On that day no status is held for certain.")
    states = [mark.state for lane in lanes for mark in lane.marks]
    counts = [f"{states.count(state)} {state}" for state in _style.MARKS if state in states]
    if counts:
        words.append(f"Obligations: {', '.join(counts)}.")
    if unknown:
        words.append(f"{_words.count(unknown, 'rule or duty is', 'rules and duties are')} never known for certain and not drawn.")
    return " ".join(words)
