"""Texts that a DOCX embeds whole are read where they stand."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from reader.core.document import BlockKind, Document
from reader.formats import read_document
from reader.formats.sniffing import kind_of_bytes
from tests.formats.test_properties import assert_sound
from tests.formats.word import chunk, docx, note, paragraph, run

PAGE = (
    "<html><head><title>no</title><style>p {}</style></head><body><h1>Fish market to move</h1>"
    "<p>The council met on <b>Tuesday</b> – Köster said.</p><ul><li>one</li><li>two</li></ul></body></html>"
)
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"part\"\r\n\r\n--part\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + PAGE.encode() + b"\r\n--part--\r\n"
)  # fmt: skip
RTF = rb"{\rtf1\ansi{\stylesheet{\s1\outlinelevel0 heading 1;}}{\pard\s1 Fish market to move\par}{\pard The council met on {\b Tuesday} \u8211? K\'f6ster said.\par}}"
INNER = docx(
    paragraph(run("Fish market to move"), style="Heading1")
    + paragraph(run("The council met on Tuesday – Köster said.") + note(1)),
    notes=["An inner note."],
)

CHUNKS: dict[str, bytes] = {
    "a.html": PAGE.encode(),
    "mark.html": b"\xef\xbb\xbf" + PAGE.encode(),
    "latin.htm": PAGE.replace("<head>", "<head><meta charset='windows-1252'>").encode("cp1252"),
    "wide.html": PAGE.encode("utf-16"),
    "upper.HTM": PAGE.upper().replace("FISH MARKET TO MOVE", "Fish market to move").replace("THE COUNCIL MET ON <B>TUESDAY</B> – KÖSTER SAID.", "The council met on <B>Tuesday</B> – Köster said.").encode(),
    "fragment.html": b"<h1>Fish market to move</h1><p>The council met on Tuesday \xe2\x80\x93 K\xc3\xb6ster said.</p>",
    "a.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{PAGE[PAGE.index("<h1>"):PAGE.index("</body>")]}</body></html>'.encode(),
    "a.mht": MHT,
    "a.dat": MHT,
    "a.rtf": RTF,
    "a.docx": INNER,
    "a.txt": "Fish market to move\nThe council met on Tuesday – Köster said.\n".encode(),
    "a.bin": "Fish market to move\r\n\r\nThe council met on Tuesday – Köster said.\r\n".encode(),
}  # fmt: skip


def read(data: bytes) -> Document:
    document = read_document(data)
    assert_sound(document)
    return document


def texts(document: Document) -> list[str]:
    return [document.quote(block.range) for block in document.blocks]


@pytest.mark.parametrize("name", CHUNKS)
def test_between_paragraphs(name: str) -> None:
    body = paragraph(run("A first one.")) + chunk(1) + paragraph(run("A last one."))
    document = read(docx(body, chunks={name: CHUNKS[name]}))
    shown = texts(document)
    assert shown[0] == "A first one."
    assert shown[1:3] == ["Fish market to move", "The council met on Tuesday – Köster said."] or (
        name == "a.docx" and shown[2] == "The council met on Tuesday – Köster said.[1]"
    )
    assert "A last one." in shown[3:]
    if not name.endswith((".txt", ".bin")):
        assert document.blocks[1].kind is BlockKind.HEADING
    for sign in ("Content-Type", "--part", "<p>", "rtf1"):
        assert sign not in document.text


@pytest.mark.parametrize("name", CHUNKS)
def test_alone_and_in_a_cell(name: str) -> None:
    alone = read(docx(chunk(1), chunks={name: CHUNKS[name]}))
    assert "Köster said." in alone.text
    cell = "<w:tbl><w:tr><w:tc>" + chunk(1) + "<w:p/></w:tc><w:tc>" + paragraph(run("two"))
    cell += "</w:tc></w:tr></w:tbl>"
    inside = read(docx(cell + paragraph(run("End.")), chunks={name: CHUNKS[name]}))
    assert "Köster said." in inside.text
    assert texts(inside)[-1] == "End." or name == "a.docx"


@pytest.mark.parametrize("folder", ["/word/", "", "./", "../word/"])
def test_an_address_is_absolute_or_relative_to_the_document(folder: str) -> None:
    data = docx(chunk(1), chunks={"a.html": CHUNKS["a.html"]}, chunk_folder=folder)
    assert "Köster said." in read(data).text


def test_several_with_notes_of_the_same_name() -> None:
    body = paragraph(run("Outer") + note(1)) + chunk(1) + chunk(2)
    document = read(docx(body, notes=["An outer note."], chunks={"a.docx": INNER, "b.docx": INNER}))
    notes = [document.quote(one.range) for one in document.blocks if one.kind is BlockKind.FOOTNOTE]
    assert sorted(notes) == ["An inner note.", "An inner note.", "An outer note."]
    led_to = [
        document.place_of(one.target) for one in document.spans if one.kind.value == "footnote"
    ]
    assert len({*led_to}) == 3
    assert None not in led_to


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no archive", b"{\\rtf1", b"\x00\x01\x02\xff" * 40]
)
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    document = read(docx(paragraph(run("Text.")) + chunk(1), chunks={"a.bin": data}))
    assert texts(document)[:1] == ["Text."]
    assert "a.bin" in document.text


def test_documents_inside_each_other_end() -> None:
    inner = docx(paragraph(run("Deepest.")))
    for depth in range(6):
        inner = docx(paragraph(run(f"Level {depth}.")) + chunk(1), chunks={"a.docx": inner})
    document = read(inner)
    assert "Level 5." in document.text
    assert "cannot be read" in document.text


def test_a_stored_file_with_a_page_in_it_is_a_docx() -> None:
    packed = BytesIO()
    old = zipfile.ZipFile(BytesIO(docx(chunk(1), chunks={"a.mht": MHT})))
    with old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in ["word/a.mht", *(one for one in old.namelist() if one != "word/a.mht")]:
            new.writestr(name, old.read(name))
    assert kind_of_bytes(packed.getvalue()) == "docx"
    assert "Köster said." in read(packed.getvalue()).text


SAVED = b"From: <Saved by Blink>\r\nSubject: x\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (MHT, "mhtml"),
        (b"\r\n" + MHT, "mhtml"),
        (SAVED + MHT, "mhtml"),
        (MHT.replace(b'boundary="part"', b"boundary=part"), "mhtml"),
        (MHT.replace(b"\r\n", b"\n"), "mhtml"),
        (b"How pages are saved\n\n" + MHT, ""),
        (b"A page begins like this:\nContent-Type: multipart/related\n\nand goes on.\n", ""),
        (b"Note: the header\nContent-Type: multipart/related; boundary=x\n\nis quoted here.\n", ""),
        (b"Content-Type: multipart/related\n\nis the line that names it.\n", ""),
        (
            b'The line\n\nContent-Type: multipart/related; boundary="part"\n\n--part\n\nwas in it.\n',
            "",
        ),
    ],
)
def test_a_page_with_its_parts_begins_with_their_header(data: bytes, kind: str) -> None:
    assert kind_of_bytes(data) == kind
    if not kind:
        assert "multipart/related" in read(data).text
