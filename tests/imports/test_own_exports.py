"""What Margin exported for other programs is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.exports import ExportedArticle
from reader.safe_text import sanitise_for_file
from tests.exports.rendering import render
from tests.imports.reading import read

WORDS = st.text(max_size=30)
LINE = st.text(st.characters(exclude_characters=",:", exclude_categories=("C", "Z")), max_size=12)
MOMENT = "2026-11-22T12:00:00.000Z"
ARTICLE = Article("01JD0000000000000000000A01", "/a.txt", Metadata("The Ledger"))


@st.composite
def marks(draw: st.DrawFn) -> Annotation:
    start = draw(st.integers(0, 10**6))
    return Annotation(
        "01JD0000000000000000000B01",
        Selector(draw(WORDS.filter(str.strip)), draw(WORDS), draw(WORDS)),
        Place(start, start + 1),
        tuple(draw(st.lists(LINE.filter(bool), min_size=1, max_size=3, unique=True))),
        MOMENT,
        MOMENT,
        draw(WORDS),
        draw(LINE),
        draw(st.none() | LINE.filter(bool)),
    )


@pytest.mark.parametrize("name", ["webannotation", "hypothesis", "csv"])
@given(mark=marks())
def test_a_note_is_read_back_as_it_was(name: str, mark: Annotation) -> None:
    exported = render([ExportedArticle(ARTICLE, (mark,), None)], exported="", format_name=name)
    (source,) = read(exported).sources
    (found,) = source.notes
    assert (source.article, found.key, found.start) == (ARTICLE.id, mark.id, mark.place.start)
    assert found.quote == sanitise_for_file(mark.selector.exact).strip()
    assert found.note == sanitise_for_file(mark.note).strip()
    assert found.tags == tuple(map(sanitise_for_file, mark.tags))
    assert (found.speaker, found.status) == (sanitise_for_file(mark.speaker), mark.status or "")


def test_plain_text_that_margin_wrote_is_no_note_of_another_program() -> None:
    mark = Annotation(
        "01JD0000000000000000000B01", Selector("It was so."), Place(0, 1), ("quote",), MOMENT, MOMENT,
        "# Why\n\n> a quotation",
    )  # fmt: skip
    text = render([ExportedArticle(ARTICLE, (mark,), None)], exported=MOMENT, format_name="text")
    assert read(text).kind == ""
    assert read(text.partition("\n-- \n")[0]).kind != ""  # as any other note that quotes
