"""Finding the runs of a page in the text of an extractor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.core.document import BlockKind
from reader.formats.html.matching import ExtractedText, without_spaces
from tests.formats.test_html import WORDS, blocks, page, read

LETTERS = st.text("abc", min_size=25, max_size=60)


def kept(text: str) -> ExtractedText:
    body = etree.Element("body")
    body.text = text
    return ExtractedText(body)


@given(st.lists(LETTERS, min_size=1, max_size=30), st.lists(LETTERS, max_size=5), st.booleans())
def test_a_run_is_found_where_the_text_holds_it(
    parts: list[str], others: list[str], is_long: bool
) -> None:
    text = "".join(parts) + ("z" * 60_000 if is_long else "")
    runs = [*dict.fromkeys(parts), *(other for other in others if other not in text)]
    found = kept(text).match([[run] for run in runs], runs)
    assert not any(found[len(dict.fromkeys(parts)) :])
    assert found[0]


@given(st.lists(LETTERS, min_size=2, max_size=40, unique=True), st.booleans())
def test_what_is_all_there_is_all_found(parts: list[str], is_long: bool) -> None:
    """Numbers make each part unique, as sentences are."""
    runs = [f"{number:06}{part}" for number, part in enumerate(parts)]
    text = "".join(runs) + ("z" * 60_000 if is_long else "")
    assert all(kept(text).match([[run] for run in runs], runs))


def test_thousands_of_comments_take_no_list_its_shape() -> None:
    """Each run is searched in the article's text, whose length must not end the search."""
    told = "".join(f"<p>{WORDS} ({number})</p>" for number in range(700))
    said = "".join(
        f"<div class='comment'><p>{number} says: {WORDS[::-1]}</p></div>" for number in range(3000)
    )
    items = "<ol><li>First, the rope is thrown.</li><li>Then the rope is caught.</li></ol>"
    figure = "<figure><img src='r.png' alt='A rope'><figcaption>It is thrown.</figcaption></figure>"
    document = read(page(told + items + figure, clutter=f"<div id='comments'>{said}</div>"))
    assert len(without_spaces(document.text)) > 50_000
    assert [one.marker for one in document.blocks if one.kind is BlockKind.ITEM] == ["1.", "2."]
    assert len(blocks(document, BlockKind.PARAGRAPH)) == 706
    assert "It is thrown." in document.text
