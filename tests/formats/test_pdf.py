"""PDF: reading order, paragraphs, heads and feet, pages; and files made to do harm."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, Document, MarkKind
from reader.errors import SourceError
from reader.formats import read_document, read_parts
from tests.formats.pdfs import PAGE, Piece, Setter, pdf
from tests.formats.test_properties import assert_sound

WORDS = [
    "ledger",
    "river",
    "margin",
    "copper",
    "winter",
    "signal",
    "harbour",
    "candle",
    "matter",
    "figure",
    "paper",
    "orchard",
    "committee",
    "establishment",
    "deliberation",
    "consideration",
    "nevertheless",
    "understanding",
]


def sentence(seed: int, length: int = 18) -> str:
    """Return a sentence whose words no other seed's has in the same order."""
    words = [WORDS[(seed * 7 + place * (seed % 5 + 1)) % len(WORDS)] for place in range(length)]
    return " ".join([f"Sentence {seed}", *words]) + "."


def paragraphs(start: int, count: int) -> list[str]:
    return [" ".join(sentence(start + n * 3 + k) for k in range(3)) for n in range(count)]


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [document.quote(block.range) for block in document.blocks if block.kind is kind]


@pytest.mark.parametrize("columns", [1, 2])
def test_columns_are_read_one_after_the_other_and_paragraphs_are_whole(columns: int) -> None:
    setter = Setter(columns, head="A running head of the journal")
    setter.across("On Margins", 16, is_bold=True)
    setter.across("This abstract stands over the whole width of the first page and has two lines "
                  "at least, for it is not short.", 9)  # fmt: skip
    wanted = paragraphs(100, 14)
    for number, text in enumerate(wanted):
        if number % 5 == 0:
            setter.heading(f"{number // 5 + 1} Part number {number // 5 + 1}")
        setter.paragraph(text, is_indented=number % 5 != 0)
    document = read_document(pdf(setter.pages))
    assert_sound(document)
    assert len(setter.pages) > 1
    assert blocks(document, BlockKind.PARAGRAPH)[1:] == wanted
    headings = [(b.level, document.quote(b.range)) for b in document.blocks if b.level]
    assert headings[0] == (1, "On Margins")
    assert headings[1:] == [(3, f"{n} Part number {n}") for n in (1, 2, 3)]
    assert document.metadata.title == "On Margins"
    assert "running head" not in document.text
    pages = [mark for mark in document.marks if mark.kind is MarkKind.PAGE]
    assert [mark.name for mark in pages] == [str(n + 1) for n in range(len(setter.pages))]
    assert pages[0].offset == 0
    assert document.page_at(len(document.text)) == str(len(setter.pages))


def test_hyphens_join_words_but_not_compounds() -> None:
    lines = [
        "The well-known estab-",
        "lishment of a well-",
        "known committee in 1990-",
        "1999 was noted by Anglo-",
        "Saxon readers.",
    ]
    pieces = [Piece(40, 500 - 12 * n, 10, line) for n, line in enumerate(lines)]
    text = read_document(pdf([pieces])).text
    assert text == (
        "The well-known establishment of a well-known committee in 1990-1999 "
        "was noted by Anglo-Saxon readers."
    )


def test_a_paragraph_goes_on_over_a_page() -> None:
    first = [Piece(40, 500 - 12 * n, 10, f"line {n} of a page with words") for n in range(4)]
    second = [Piece(40, 500 - 12 * n, 10, f"line {n} of another with them") for n in range(3)]
    document = read_document(pdf([first, second]))
    assert len(document.blocks) == 1
    assert document.page_at(document.text.index("another")) == "2"


def test_the_contents_give_headings_their_levels() -> None:
    body = [Piece(40, 400 - 12 * n, 10, f"line {n} of the body text here") for n in range(5)]
    pages = [[Piece(40, 440, 10, "Plain Title"), *body], [Piece(40, 440, 10, "Second"), *body]]
    document = read_document(pdf(pages, contents=[("Plain title", 0), ("Second", 1)]))
    assert blocks(document, BlockKind.HEADING) == ["Plain Title", "Second"]
    assert {block.level for block in document.blocks if block.level} == {1}


def test_metadata_is_read() -> None:
    info = {"Title": "A title", "Author": "Ada One; Ben Two", "CreationDate": "D:20240305120000Z"}
    metadata = read_document(pdf([[Piece(40, 300, 10, "Text.")]], info=info)).metadata
    assert (metadata.title, metadata.authors) == ("A title", ("Ada One", "Ben Two"))
    assert metadata.published == "2024-03-05"


def test_parts_grow_into_the_whole() -> None:
    setter = Setter(2)
    for text in paragraphs(1, 40):
        setter.paragraph(text)
    data = pdf(setter.pages)
    whole = read_document(data)
    before: Document | None = None
    count = 0
    for part in read_parts(data, first_slice=500):
        count += 1
        if before is not None:
            assert part.text.startswith(before.text)
            assert part.blocks[: len(before.blocks)] == before.blocks
            assert part.marks[: len(before.marks)] == before.marks
        before = part
    assert count > 2
    assert before == whole


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="paper.pdf")
    return caught.value.message


def test_a_scan_a_lock_and_damage_are_told() -> None:
    assert "holds pictures of pages and no text" in error(pdf([[], []]))
    locked = pdf(
        [[Piece(40, 300, 10, "Secret")]],
        extra="/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>"
        "/ID[<00><00>]",
    )
    assert "locked with a password" in error(locked)
    assert "damaged" in error(b"%PDF-1.7\nendobj nothing more")


def test_a_missing_extra_is_one_sentence() -> None:
    program = (
        "import sys; sys.modules['pypdfium2'] = None\n"
        "from reader.errors import SourceError\nfrom reader.formats import read_document\n"
        "try: read_document(b'%PDF-1.7', name='x.pdf')\n"
        "except SourceError as error: print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "Reading PDF needs one more package: pip install 'margin[pdf]'.\n"


SAMPLE = pdf([[Piece(40, PAGE[1] - 60 - 12 * n, 10, f"line {n}") for n in range(3)]])


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(damaged)), st.integers(1, len(damaged))))
    try:
        document = read_document(bytes(damaged[:end]), kind="pdf")
    except SourceError:
        return
    assert_sound(document)


def test_a_page_of_many_lines_ends() -> None:
    pieces = [Piece(20 + (n * 37) % 380, 20 + (n * 13) % 550, 2, f"w{n} x") for n in range(6000)]
    start = time.process_time()
    assert_sound(read_document(pdf([pieces])))
    assert time.process_time() - start < 20
