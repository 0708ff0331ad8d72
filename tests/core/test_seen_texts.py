"""The texts that an article has had merge in any order, and only so many are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import UNKNOWN_TEXT, Article, SeenText
from reader.core.document import Metadata
from reader.core.seen_texts import MOST_TEXTS, merged_texts, with_fewer_texts, with_seen_text

ARTICLE = Article("01K", "/a.md", Metadata())
FIRST, SECOND, THIRD = (f"2026-11-{day}T10:00:00.000Z" for day in (28, 29, 30))

texts = st.dictionaries(
    st.sampled_from("abcde"),
    st.builds(
        SeenText,
        st.sampled_from((FIRST, SECOND, THIRD)),
        st.sampled_from((FIRST, SECOND, THIRD)),
        st.booleans(),
    ),
)


def test_a_text_has_the_times_when_it_was_first_and_last_seen() -> None:
    article = with_seen_text(ARTICLE, "a", SECOND)
    article = with_seen_text(with_seen_text(article, "a", THIRD), "b", THIRD)
    assert article.versions == {"a": SeenText(SECOND, THIRD), "b": SeenText(THIRD, THIRD)}
    assert with_seen_text(article, "a", FIRST).versions["a"] == SeenText(FIRST, THIRD)
    for nothing in ("", UNKNOWN_TEXT):
        assert with_seen_text(article, nothing, THIRD) is article


def test_whether_it_is_all_of_a_page_is_noted() -> None:
    whole = with_seen_text(replace(ARTICLE, is_whole=True), "a", FIRST)
    assert whole.versions["a"].is_whole
    assert not with_seen_text(replace(whole, is_whole=False), "a", SECOND).versions["a"].is_whole


@given(texts, texts, texts)
def test_texts_merge_to_the_same_in_any_order(
    one: dict[str, SeenText], other: dict[str, SeenText], third: dict[str, SeenText]
) -> None:
    merged = merged_texts(one, other)
    assert merged == merged_texts(other, one) == merged_texts(merged, one)
    assert merged_texts(merged, third) == merged_texts(one, merged_texts(other, third))
    assert merged.keys() == one.keys() | other.keys()


def test_the_oldest_of_too_many_are_dropped_but_none_that_is_needed() -> None:
    article = ARTICLE
    for number in range(MOST_TEXTS + 10):
        article = with_seen_text(article, f"{number:02}", f"2026-11-28T10:{number:02}:00.000Z")
    article = replace(article, snapshot="01")
    fewer = with_fewer_texts(article, {"00", "05"})
    gone = article.versions.keys() - fewer.versions.keys()
    assert gone == {"02", "03", "04", "06", "07", "08", "09"}
    assert len(fewer.versions) == MOST_TEXTS + 3
    assert with_fewer_texts(fewer, {"00", "05"}) is fewer
