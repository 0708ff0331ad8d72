"""Graphemes are the same, whether the search begins at the start or in the middle."""

from __future__ import annotations

import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import TextRange
from reader.core.graphemes import grapheme_end, grapheme_start, whole_graphemes
from tests.core import strategies

texts = st.one_of(
    strategies.prose,
    strategies.odd_text,
    st.text("ab \u0301\u0600é한\u1100\u1161👩\u200d🔬🇫🇷क्षि\ufe0f"),
    st.integers(1, 300).map(lambda count: "🇫🇷" * count + "x"),
    st.integers(1, 300).map(lambda count: "e" + "\u0301" * count + "x"),
)


def clusters(text: str) -> list[TextRange]:
    """Return the range of each code point's grapheme, found from the start."""
    found: list[TextRange] = []
    for cluster in wcwidth.iter_graphemes(text):
        found += [TextRange(len(found), len(found) + len(cluster))] * len(cluster)
    return found


@given(texts)
def test_every_code_point_knows_its_grapheme(text: str) -> None:
    expected = clusters(text)
    for offset, grapheme in enumerate(expected):
        assert grapheme_start(text, offset) == grapheme.start
        assert grapheme_end(text, offset) == grapheme.end
    assert grapheme_start(text, len(text)) == len(text) == grapheme_end(text, len(text))


@given(texts, st.data())
def test_widened_ranges_cut_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    widened = whole_graphemes(text, TextRange(start, end))
    if start == end:
        assert widened.is_empty
        return
    assert widened == (clusters(text)[start].start, clusters(text)[end - 1].end)
