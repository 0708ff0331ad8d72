"""Search finds what it should, and every hit has its right range."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import TextRange
from reader.core.folding import fold
from reader.core.graphemes import whole_graphemes
from reader.core.search import TextFinder
from tests.core import strategies

texts = st.one_of(
    strategies.prose,
    strategies.ascii_prose,
    strategies.odd_text,
    strategies.documents().map(lambda document: document.text),
    st.text("aAéßﬁf…. \n\u00ade\u0301か\u3099"),
)


def found(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in TextFinder(text).find(query)]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("The cat and THE dog", "the", ["The", "THE"]),
        ("The cat and THE dog", "The", ["The"]),
        ("café Cafe cafe\u0301 CAFÉ", "cafe", ["café", "Cafe", "cafe\u0301", "CAFÉ"]),
        ("café Cafe cafe\u0301 CAFÉ", "café", ["café", "cafe\u0301", "CAFÉ"]),
        ("café Cafe cafe\u0301 CAFÉ", "Café", []),
        ("café Cafe CAFÉ Café", "Cafe", ["Cafe", "Café"]),
        ("résumé resumé resume", "resumé", ["résumé", "resumé"]),
        ("one  two\n\n\nﬁve \t three", "three", ["three"]),
        ("one  two\n\n\nﬁve \t three", "five three", ["ﬁve \t three"]),
        ("a   ß   b", "ss b", ["ß   b"]),
        ("Łódź and Lodz", "lodz", ["Łódź", "Lodz"]),
        ("Łódź and Lodz", "łodz", ["Łódź"]),
        ("it’s its it's", "it's", ["it’s", "it's"]),
        ("it’s its it's", "it’s", ["it’s", "it's"]),
        ("“so” it – goes", '"so" it - goes', ["“so” it – goes"]),
        ("one\ntwo  three\u00a0four", "one two three four", ["one\ntwo  three\u00a0four"]),
        ("one two", "one\u00a0  two", ["one two"]),
        ("ﬁrst oﬃce", "fi", ["ﬁ", "ﬃ"]),
        ("ﬁrst oﬃce", "office", ["oﬃce"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "s", ["S", "ß"]),
        ("wait… what", "wait...", ["wait…"]),
        ("wait…", ".", ["…"]),
        ("hy\u00adphen\u00adated", "hyphenated", ["hy\u00adphen\u00adated"]),
        ("x e\u0301 y", "e", ["e\u0301"]),
        ("कि क", "क", ["कि", "क"]),
        ("か が か\u3099", "が", ["が", "か\u3099"]),
        ("👩\u200d🔬 👩", "👩", ["👩\u200d🔬", "👩"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.c abc a+c", "a.c", ["a.c"]),
        ("a  b c", "b c", ["b c"]),
        ("abc", "", []),
        ("a b", " ", []),
        ("abc", "\u0301", []),
        ("", "a", []),
    ],
)
def test_finds(text: str, query: str, hits: list[str]) -> None:
    assert found(text, query) == hits


@given(texts, st.data())
def test_any_part_of_the_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(start, min(start + 30, len(text))))
    query = text[start:end]
    passage = whole_graphemes(text, TextRange(start, end))
    if query != text[passage.start : passage.end] or not fold(query).strip() or query.isspace():
        return
    if fold(query[:1]) in {"", " "} or fold(query[-1:]) in {"", " "}:
        return  # white space and invisible characters at the edges may widen the hit
    hits = TextFinder(text).find(query)
    assert any(hit.overlaps(passage) for hit in hits)


@given(texts, st.text("aAeé \n.fs'\"か", min_size=1, max_size=4))
def test_hits_hold_the_query_and_do_not_overlap(text: str, query: str) -> None:
    end = 0
    for hit in TextFinder(text).find(query):
        assert end <= hit.start < hit.end <= len(text)
        assert hit == whole_graphemes(text, hit)
        assert fold(query) in fold(text[hit.start : hit.end])
        end = hit.end


@given(texts, texts, st.text("aAeé か", min_size=1, max_size=2))
def test_a_longer_text_is_as_a_new_one(text: str, more: str, query: str) -> None:
    finder = TextFinder(text)
    finder.find(query)
    assert finder.extended(text + more).find(query) == TextFinder(text + more).find(query)
    assert finder.find(query) == TextFinder(text).find(query)


@pytest.mark.parametrize(
    "sample", ["plain words ", "naïve “words” … e\u0301 ", "日本語か\u3099。", "\u0301"]
)
def test_chunks_leave_no_seam(sample: str) -> None:
    """Hits across the cuts between chunks are those of the whole text."""
    text = sample * (60_000 // len(sample))
    needle = sample.strip("\u0301 ")
    hits = TextFinder(text).find(needle)
    assert len(hits) == (60_000 // len(sample) if needle else 0)
    assert all(fold(text[start:end]) == fold(needle) for start, end in hits)
    grown = TextFinder(text[:41_000])
    grown.find(needle)
    assert grown.extended(text).find(needle) == hits


def test_a_text_that_begins_otherwise_is_folded_from_its_start() -> None:
    finder = TextFinder("some cats")
    assert finder.find("cats")
    assert finder.extended("no dogs").find("cats") == []


def test_it_can_be_prepared_in_slices() -> None:
    finder = TextFinder("naïve words " * 10_000)
    steps = 0
    while not finder.prepare(20_000):
        steps += 1
    assert 2 <= steps <= 6
    assert finder.prepare(0)
    assert not finder.prepare(1, "Case")
    assert len(finder.find("naive")) == 10_000


def test_a_limit_ends_early() -> None:
    assert TextFinder("a b " * 1000).find("a", limit=3) == [(0, 1), (4, 5), (8, 9)]
    assert TextFinder("a").find("a", limit=0) == []


def test_lengths_that_even_out_do_not_shift_what_follows() -> None:
    """One character folds to nothing and another to two, so the length does not change."""
    assert found("0\u00ad0ß1", "0") == ["0\u00ad", "0"]
    assert found("0\u00ad0ß1", "1") == ["1"]


def test_threads_that_search_at_once_do_not_disturb_each_other() -> None:
    text = "naïve “words” … " * 20_000
    finder = TextFinder(text)

    def search(number: int) -> int:
        while not finder.prepare(5_000 + number):
            pass
        return len(finder.find("words"))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search, range(8))) == [20_000] * 8
    assert len(finder.extended(text + "words").find("words")) == 20_001


@pytest.mark.parametrize("before", ["x", "é", "ß", "ﬁ", "\u00ad", "  ", "…"])
def test_hits_in_a_long_text_are_those_of_its_end_alone(before: str) -> None:
    """Whatever stands before them, over many chunks, and right before the last cut."""
    end = "The naïve keeper’s oﬃce — “at sea” — was shut."
    for more in range(3):
        text = before * (50_000 + more) + end
        for query in ("naive", "office", "at sea", "keeper's", "was shut.", "The"):
            (hit,) = TextFinder(end).find(query)
            shift = len(text) - len(end)
            assert TextFinder(text).find(query)[-1] == (hit.start + shift, hit.end + shift)


@pytest.mark.parametrize(
    ("text", "query", "start"),
    [("Iiì", "iì", 1), ("aaá", "aá", 1), ("a a  á", "a á", 2), ("éee é", "eé", None)],
)
def test_accents_are_looked_for_in_overlapping_places(
    text: str, query: str, start: int | None
) -> None:
    hits = TextFinder(text).find(query)
    assert hits == ([] if start is None else [TextRange(start, len(text))])
