"""Source keys: the same for all spellings of one source, and different for different works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.source_keys import address_key, is_same_work, isbn_in, isbn_key, title_key

LEDGER = "The Quiet Ledger"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("978-0-306-40615-7", "0306406152"),
        ("urn:isbn:9780306406157", "0-306-40615-2"),
        ("ISBN 080442957X", "080442957x"),
    ],
)
def test_an_isbn_of_ten_digits_is_that_of_thirteen(first: str, second: str) -> None:
    assert isbn_key(first) == isbn_key(second) != ""


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        (" 978\u20110\u2011306\u201140615\u20117 ", "9780306406157"),
        ("urn:ISBN:0 8044 2957 x", "080442957X"),
        ("isbn 9791032305690", "9791032305690"),
    ],
)
def test_an_isbn_is_its_digits(text: str, isbn: str) -> None:
    assert isbn_in(text) == isbn
    assert isbn_in(isbn) == isbn


@pytest.mark.parametrize(
    "text",
    [
        "", "B00EXAMPLE", "12345", "urn:uuid:1", "9990306406157", "97803064061579", "x306406152",
        "10.1234/5678", "\u0660306406152",
    ],
)  # fmt: skip
def test_other_identifiers_are_none(text: str) -> None:
    assert isbn_key(text) == isbn_in(text) == ""


@pytest.mark.parametrize(
    ("title", "authors", "other", "others", "is_same"),
    [
        (LEDGER, ["Oriel Castane"], "the quiet  LEDGER", ["Castane, Oriel"], True),
        (LEDGER, ["Oriel Castane"], f"{LEDGER}: A History", ["O. Castane; Imre Dask"], True),
        (LEDGER, ["Oriel Castane"], f"{LEDGER} (German Edition)", ["Castañe, Oriel"], True),
        (LEDGER, ["Oriel Castane"], LEDGER, ["Imre Dask"], False),
        (f"{LEDGER}: One", ["Oriel Castane"], f"{LEDGER}: Two", ["Oriel Castane"], False),
        (LEDGER, [], LEDGER, ["Oriel Castane"], True),
        ("Tides", [], "Tides", ["Oriel Castane"], False),
        (LEDGER, [], f"{LEDGER}: A History", [], False),
    ],
)
def test_titles_name_the_same_work_with_their_authors(
    title: str, authors: list[str], other: str, others: list[str], *, is_same: bool
) -> None:
    assert title_key(title) == title_key(other)
    assert is_same_work(title, authors, other, others) is is_same
    assert is_same_work(other, others, title, authors) is is_same


@given(st.text(), st.text())
def test_any_text_has_a_key_or_none(title: str, other: str) -> None:
    for key in (title_key(title), isbn_key(title), address_key(title)):
        assert key == "" or key.partition(" ")[2]
    assert is_same_work(title, [other], title, [other]) in (True, False)
