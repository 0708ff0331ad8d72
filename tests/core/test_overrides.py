"""What the reader writes about a source is shown in place of what the source states."""

from __future__ import annotations

from hypothesis import given
from msgspec.structs import replace

from reader.core.changes import later_of_each, with_overrides, written_values
from reader.core.document import Metadata
from reader.core.overrides import SOURCE_FIELDS, Override, overridden
from tests.store import strategies
from tests.store.examples import ARTICLE

MOMENT = "2027-01-01T00:00:00.000Z"


def test_what_is_written_counts_and_an_empty_value_returns_to_the_source() -> None:
    article = replace(ARTICLE, source_metadata=Metadata("Teh ledger", site="Post"), overrides={})
    corrected = with_overrides(
        article, {"title": ("The Ledger",), "authors": ("A. Oake", "B. Low")}, MOMENT
    )
    assert corrected.metadata == Metadata("The Ledger", ("A. Oake", "B. Low"), "Post")
    assert corrected.source_metadata == article.source_metadata
    back = with_overrides(corrected, {"title": ()}, "2027-01-02T00:00:00.000Z")
    assert (back.metadata.title, back.metadata.authors) == ("Teh ledger", ("A. Oake", "B. Low"))
    assert with_overrides(back, {"title": ()}, "2027-01-03T00:00:00.000Z") is back


def test_what_is_written_is_no_guess() -> None:
    guessed = Metadata("Title", ("A",), guessed=("authors", "published"))
    overrides = {"authors": Override(MOMENT, ("B",))}
    assert overridden(guessed, overrides).guessed == ("published",)


@given(strategies.any_article())
def test_every_field_is_what_was_written_else_what_the_source_states(article: object) -> None:
    assert isinstance(article, type(ARTICLE))
    for field in SOURCE_FIELDS:
        written = written_values(article, field.name)
        if field.name in {"accessed", "archive"}:
            assert getattr(article, field.name) == (written[0] if written else "")
            continue
        shown = getattr(article.metadata, field.name)
        own = getattr(article.source_metadata, field.name)
        if field.name == "authors":
            assert shown == (written or own)
        else:
            assert shown == (written[0] if written else own)


@given(strategies.any_overrides, strategies.any_overrides, strategies.any_overrides)
def test_versions_merge_in_any_order(
    one: dict[str, Override], other: dict[str, Override], third: dict[str, Override]
) -> None:
    merged = later_of_each(one, other)
    assert merged == later_of_each(other, one) == later_of_each(merged, one)
    assert later_of_each(merged, third) == later_of_each(one, later_of_each(other, third))


def test_text_that_no_file_can_hold_is_merged_in_any_order() -> None:
    first = {"title": Override(MOMENT, ("\ud800",))}
    second = {"title": Override(MOMENT, ("The Ledger",))}
    assert later_of_each(first, second) == later_of_each(second, first)
    assert later_of_each(first, {}) == first
