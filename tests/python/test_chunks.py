"""evaluate_in_chunks: more people than fit, with the bytes of all at once."""

from __future__ import annotations

import datetime as dt

import leavingcare as lc
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from leavingcare._chunks import EarlierChunks, _stands_in

AS_AT = "2024-03-31"
TABLES = ("statuses", "entitlements", "categories", "obligations", "findings")


@pytest.fixture(scope="module")
def book() -> lc.Rulebook:
    return lc.load("england")


@pytest.fixture(scope="module")
def people(book) -> lc.People:
    """The invented council's lives: the facts that its case system holds (nobody was detained), and no others."""
    held = lc.read_ssd(lc.sample_ssd(), as_at=AS_AT)
    return lc.people({name: held.fact(name).to_arrow() for name in held.facts}, rulebook=book)


def in_chunks(people: lc.People, size: int):
    tables = {name: people.fact(name).to_arrow() for name in people.facts}
    for first in range(0, len(people), size):
        ids = pa.array(people.ids[first : first + size])
        yield {name: table.filter(pc.is_in(table["person"], ids)) for name, table in tables.items()}


def as_csv(table: lc.Table, folder) -> bytes:
    return lc.write(table, folder / "table.csv").read_bytes()


@pytest.mark.parametrize("size", [1, 7, 40, 1000])
def test_the_chunks_one_below_the_other_are_the_bytes_of_all_at_once(book, people, size, tmp_path):
    at_once = book.evaluate(people, as_at=AS_AT)
    written = {name: b"" for name in TABLES}
    for result in lc.evaluate_in_chunks(book, in_chunks(people, size), as_at=AS_AT):
        assert len(result.people) <= size
        for name in TABLES:
            whole = as_csv(getattr(result, name), tmp_path)
            written[name] += whole if not written[name] else whole.partition(b"\r\n")[2]
    for name in TABLES:
        assert written[name] == as_csv(getattr(at_once, name), tmp_path), name


def test_options_are_passed_along(book):
    leap = {"date_of_birth": {"person": ["a"], "value": ["2004-02-29"]}, "care": {"person": ["a"], "from": ["2017-01-01"], "until": [None], "legal_status": ["C2"]}}
    options = {"as_at": "2023-01-01", "readings": {"leap_birthday": "28_february"}, "unrecorded": "none", "rules": ["former_relevant_child"], "threads": 1}
    (result,) = lc.evaluate_in_chunks(book, [leap], **options)
    assert result.statuses["status"] == ["former_relevant_child"]
    assert result.statuses["from"] == [dt.date(2022, 2, 28)]
    assert result.receipt["unrecorded"] == "none"


def test_people_that_are_read_already_are_a_chunk(book, people):
    (result,) = lc.evaluate_in_chunks(book, [people])
    assert result.statuses.to_dicts() == book.evaluate(people).statuses.to_dicts()


def test_no_chunks_are_no_results(book):
    assert list(lc.evaluate_in_chunks(book, [])) == []


def test_a_person_in_two_chunks_is_an_error_that_names_the_chunk_and_nobody(book):
    def births(*ids):
        return {"date_of_birth": {"person": list(ids), "value": ["2006-05-04"] * len(ids)}}

    given = []
    with pytest.raises(ValueError, match="1 of the 3 people of chunk 3 were in an earlier one") as told:
        for result in lc.evaluate_in_chunks(book, [births("ann", "ben"), births("cat"), births("dan", "ben", "eve")]):
            given.append(result.people.ids)
    assert given == [["ann", "ben"], ["cat"]], "what came before was given"
    assert "ben" not in str(told.value)


def test_a_chunk_is_asked_for_when_the_one_before_is_done_with(book):
    asked = []

    def chunks():
        for person in "abc":
            asked.append(person)
            yield {"date_of_birth": {"person": [person], "value": ["2006-05-04"]}}

    results = lc.evaluate_in_chunks(book, chunks())
    assert asked == []
    next(results)
    assert asked == ["a"]


def test_what_is_wrong_with_a_chunk_is_told_in_the_engines_words(book):
    with pytest.raises(lc.DataError, match="frame 'date_of_birth'"):
        list(lc.evaluate_in_chunks(book, [{"date_of_birth": {"person": ["a"], "value": ["2006-99-99"]}}]))


def test_those_met_before_are_known_again_among_many():
    earlier = EarlierChunks()
    assert earlier.add(f"p{number}" for number in range(100_000)) == 0
    assert earlier.add(f"p{number}" for number in range(99_990, 100_020)) == 10
    assert earlier.add(["p100019", "P1", "", "ä"]) == 1


def test_a_key_that_only_lies_across_two_others_was_not_met():
    shelf = bytearray(b"0123456789abcdefghij")
    assert _stands_in(shelf, b"abcdefghij")
    assert not _stands_in(shelf, b"56789abcde")
    assert _stands_in(shelf + b"56789abcde", b"56789abcde")
