"""Shared sentences show whether a text is an edited version of another."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from reader.core.similarity import COMPARED_LENGTH, Fingerprint
from tests.work import work

ARTICLE = """The tide tables

The harbour kept two clocks, and they were never once in agreement. "It will close," said the
keeper. It closed in March of that year, after the second storm. Nobody wrote down why it opened.

What followed

The council met twice in June, and twice more before the autumn came.
"""
OTHER = """The quiet ledger

A clerk in the customs house wrote every number twice. The second time was for the ministry, which
never asked for them. Nobody wrote. In the end the ledgers were sold by weight to a paper mill.
"""


def similarity(one: str, other: str) -> float:
    return Fingerprint(one).similarity(Fingerprint(other))


def test_an_edited_article_is_like_itself_and_unlike_others() -> None:
    edited = ARTICLE.replace("in March of that year", "in April").replace("“", '"')
    assert similarity(ARTICLE, edited) > 0.5
    assert similarity(ARTICLE, f"A note by the editors stands here first.\n\n{edited}") > 0.5
    assert similarity(ARTICLE, OTHER) == 0


def test_typography_and_line_breaks_do_not_count() -> None:
    loose = ARTICLE.replace(" ", "\N{NO-BREAK SPACE}").replace('"', "”").upper()
    assert similarity(ARTICLE, loose) > 0.9


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


@given(st.text())
def test_a_text_is_wholly_similar_to_itself_or_has_no_long_sentence(text: str) -> None:
    assert similarity(text, text) in (0, 1)


def test_a_long_text_takes_no_longer_than_what_is_compared() -> None:
    text = "".join(f"Sentence {n} tells of the harbour and its tides. " for n in range(100_000))
    assert len(text) > COMPARED_LENGTH
    compared = text[:COMPARED_LENGTH]
    Fingerprint(compared)  # work that is done once
    assert work(partial(Fingerprint, text)) == work(partial(Fingerprint, compared))
    assert work(partial(Fingerprint, compared)) < 2 * COMPARED_LENGTH
