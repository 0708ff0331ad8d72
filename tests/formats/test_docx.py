"""DOCX: styles, notes and lists; and files made to do harm."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, Document, SpanKind
from reader.errors import SourceError
from reader.formats import docx as docx_module
from reader.formats import read_document, read_parts
from tests.formats.test_properties import assert_sound
from tests.formats.word import docx, link, note, paragraph, run, table

BODY = (
    paragraph("The minutes", "Title")
    + paragraph("First matter", "Heading1")
    + paragraph(
        run("It was ")
        + run("agreed", "<w:b/>")
        + run(" by all")
        + note(1)
        + run(", see ")
        + link("the file")
        + run(".")
    )
    + paragraph("What is not written down is not so.", "Quote")
    + paragraph("Again.", "Quote")
    + paragraph("one", numbering="1")
    + paragraph("within", numbering="1", level=1)
    + paragraph("first", numbering="2")
    + paragraph("second", numbering="2")
    + table([["Year", "Books"], ["2024", "311"]])
    + paragraph("x = 1", "Code")
)


def sample() -> bytes:
    return docx(BODY, notes=["By hand."], title="Minutes", author="Ada One;Ben Two")


def test_styles_notes_lists_and_tables_are_what_they_were() -> None:
    document = read_document(sample())
    assert_sound(document)
    shown = [
        (block.kind, block.level, block.marker, document.quote(block.range))
        for block in document.blocks
    ]
    assert shown == [
        (BlockKind.HEADING, 1, "", "The minutes"),
        (BlockKind.HEADING, 1, "", "First matter"),
        (BlockKind.PARAGRAPH, 0, "", "It was agreed by all[1], see the file."),
        (BlockKind.QUOTE, 1, "", "What is not written down is not so."),
        (BlockKind.QUOTE, 1, "", "Again."),
        (BlockKind.ITEM, 1, "•", "one"),
        (BlockKind.ITEM, 2, "◦", "within"),
        (BlockKind.ITEM, 1, "1.", "first"),
        (BlockKind.ITEM, 1, "2.", "second"),
        (BlockKind.TABLE, 0, "", "Year\tBooks\n2024\t311"),
        (BlockKind.CODE, 0, "", "x = 1"),
        (BlockKind.FOOTNOTE, 0, "[1]", "By hand."),
    ]
    assert document.blocks[9].header_rows == 1
    kinds = {span.kind: span for span in document.spans}
    assert document.quote(kinds[SpanKind.STRONG].range) == "agreed"
    assert kinds[SpanKind.LINK].target == "https://example.org/minutes"
    offset = document.place_of(kinds[SpanKind.FOOTNOTE].target)
    assert offset == document.text.index("By hand.")
    metadata = document.metadata
    assert (metadata.title, metadata.authors) == ("Minutes", ("Ada One", "Ben Two"))
    assert metadata.published == "2026-03-02"


def test_parts_grow_into_the_whole() -> None:
    data = docx("".join(paragraph(f"Paragraph {n} has some words.") for n in range(300)))
    parts = list(read_parts(data, first_slice=500))
    assert len(parts) > 2
    before: Document | None = None
    for part in parts:
        assert before is None or part.blocks[: len(before.blocks)] == before.blocks
        before = part
    assert parts[-1] == read_document(data)


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="minutes.docx")
    return caught.value.message


@pytest.mark.parametrize("name", ["minutes.doc", "minutes.docx", ""])
def test_what_only_word_opens_is_told_with_what_to_do(name: str) -> None:
    for inside, words in (("WordDocument", "DOCX or ODT"), ("EncryptedPackage", "password")):
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside.encode("utf-16-le")
        with pytest.raises(SourceError) as caught:
            read_document(data, name=name)
        assert words in caught.value.message


def test_hostile_files_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lead = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    assert "document type" in error(docx(paragraph("x"), lead=lead))
    assert "damaged" in error(sample()[:1500])
    assert "damaged" in error(docx("<w:p>"))
    assert "no text" in error(docx(""))
    nested = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    assert "damaged" in error(docx(nested))
    monkeypatch.setattr(docx_module, "MAX_XML", 1 << 20)
    assert "more than 1 MB" in error(docx(paragraph("a" * (2 << 20))))


def test_a_missing_extra_is_one_sentence() -> None:
    program = (
        "import sys; sys.modules['mammoth'] = None\n"
        "from reader.errors import SourceError\nfrom reader.formats import read_document\n"
        "try: read_document(b'x', kind='docx')\n"
        "except SourceError as error: print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "Reading DOCX needs one more package: pip install 'margin[docx]'.\n"


SAMPLE = sample()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_inside_gives_a_document_or_an_error(data: st.DataObject) -> None:
    body = bytearray(BODY.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(32, 126))
    check(docx(body.decode("utf-8", "replace"), notes=["x"]))


def check(data: bytes) -> None:
    try:
        document = read_document(data, kind="docx")
    except SourceError:
        return
    assert_sound(document)
