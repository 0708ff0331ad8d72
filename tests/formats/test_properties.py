"""Properties of every document, whatever the bytes were."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, Document
from reader.errors import SourceError
from reader.formats import clean, read_document, read_parts
from reader.formats.cleaning import drop_lone_shaping
from reader.formats.markdown import reader as markdown
from tests.formats import strategies
from tests.formats.strategies import TEXT_KINDS

FORBIDDEN = {"Cc", "Cf", "Co", "Cs"}
# Signs that begin a number, and a few more characters of category Cf that are visible.
VISIBLE_FORMATS = set(range(0x600, 0x606)) | {0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
INVISIBLE = {*"\u115f\u1160\u3164\uffa0\ufffe\uffff", *map(chr, range(0xFDD0, 0xFDF0))}


def assert_safe(text: str, allowed: str = "") -> None:
    marks = 0
    for character in text:
        if character in allowed:
            continue
        category = unicodedata.category(character)
        assert character not in INVISIBLE, hex(ord(character))
        assert category not in FORBIDDEN or is_shown(ord(character)), hex(ord(character))
        marks = marks + 1 if category in ("Mn", "Me") or character in "\u200c\u200d" else 0
        assert marks <= 16


def is_shown(code: int) -> bool:
    return code in VISIBLE_FORMATS or 0x13430 <= code <= 0x1345F or code in (0x200C, 0x200D)


def read(data: bytes, kind: str) -> Document | None:
    try:
        return read_document(data, kind=kind)
    except SourceError:
        return None


def assert_sound(document: Document) -> None:
    """Check that blocks tile the text, spans are inside blocks, and nothing is unsafe."""
    text = document.text
    assert document.blocks
    assert document.blocks[0].start == 0
    assert document.blocks[-1].end == len(text)
    for before, after in zip(document.blocks, document.blocks[1:], strict=False):
        assert after.start == before.end + 1
        assert text[before.end] == "\n"
    for block in document.blocks:
        content = text[block.start : block.end]
        assert content or block.marker
        allowed = "\n\t" if block.kind is BlockKind.TABLE else "\n"
        assert_safe(content, allowed)
        for field in (block.marker, block.language, block.label):
            assert_safe(field)
        if block.kind in (BlockKind.HEADING, BlockKind.IMAGE, BlockKind.RULE) and not block.residue:
            assert content.strip()
    orders = [(span.start, -span.end) for span in document.spans]
    assert orders == sorted(orders)
    for span in document.spans:
        block = document.blocks[document.block_index(span.start)]
        assert block.start <= span.start < span.end <= block.end
        assert_safe(span.target)
    for value in (document.metadata.title, document.metadata.url, *document.metadata.authors):
        assert_safe(value)


@pytest.mark.parametrize("kind", TEXT_KINDS)
@given(text=strategies.any_texts())
@example("&#x202e;&#8203;&#10;&#27;[31m")
@example("a" + "&#x301;" * 40)
@example("\\\t0")
@example("[x](y&#x202e;z) `a\tb`")
@example("```\x1b[31mlang\n\tcode\n```")
@settings(max_examples=300, deadline=None)
def test_documents_are_sound(kind: str, text: str) -> None:
    document = read(text.encode("utf-8", "replace"), kind)
    if document is not None:
        assert_sound(document)


@pytest.mark.parametrize("kind", TEXT_KINDS)
@given(data=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_sound_document_or_an_error(kind: str, data: bytes) -> None:
    document = read(data, kind)
    if document is not None:
        assert_sound(document)


@pytest.mark.parametrize("kind", TEXT_KINDS)
@given(text=strategies.any_texts(), first=st.integers(1, 200))
@settings(max_examples=400, deadline=None)
def test_parts_grow_into_the_whole(kind: str, text: str, first: int) -> None:
    data = text.encode("utf-8", "replace")
    whole = read(data, kind)
    if whole is None:
        return
    before: Document | None = None
    part = None
    for part in read_parts(data, kind=kind, first_slice=first):
        if before is not None:
            assert not before.is_complete
            assert part.text.startswith(before.text)
            assert part.blocks[: len(before.blocks)] == before.blocks
            assert part.spans[: len(before.spans)] == before.spans
        before = part
    assert part == whole
    assert whole.is_complete


@given(text=strategies.markdown_texts(), first=st.integers(1, 300))
@example("Term\n: A definition.\n1. A term\n: A definition.", 1)
@example("Term\n: A definition.\n# A term\n\n: A definition.", 1)
@example("Term\n: A definition.\n***\n\n\n: A paragraph.", 1)
@example(":   A definition.\n: A caption\n1. one\n:   A definition.", 1)
@example("```\n```\n" + "[ref]: /url\n" * 5 + "[^1]: A\n    b\n    c\n    d\nlazy words " * 2, 1)
@settings(max_examples=300, deadline=None)
def test_long_blocks_are_parted_alike(text: str, first: int) -> None:
    longer = dict.fromkeys(markdown.LONGER_BLOCKS, 160)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "MAX_BLOCK", 48)
        patch.setattr(markdown, "LONGER_BLOCKS", longer)
        whole = read(text.encode(), "markdown")
        if whole is None:
            return
        assert_sound(whole)
        *_, last = read_parts(text.encode(), kind="markdown", first_slice=first)
    assert last == whole


@given(strategies.hostile_texts())
@settings(max_examples=300, deadline=None)
def test_cleaned_text_is_safe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert_safe(cleaned, "\n")
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=200))
def test_plain_characters_are_kept(text: str) -> None:
    kept = "".join(one for one in text if one not in INVISIBLE)
    assert clean(text) == drop_lone_shaping(kept)
