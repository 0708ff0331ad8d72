"""PDF: reading order, paragraphs, headers and footers, pages, and hostile files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, Document, MarkKind, Metadata, SpanKind
from reader.errors import SourceError
from reader.formats import read_document, read_parts
from reader.formats.builder import DocumentBuilder
from reader.formats.pdf.hyphens import join
from reader.formats.pdf.lines import PdfLine
from reader.formats.pdf.margins import PdfPage, without_margins
from reader.formats.pdf.paragraphs import ParagraphBuilder
from tests.formats.pdfs import PAGE, Link, Piece, Setter, pdf, width
from tests.formats.test_properties import assert_sound
from tests.work import work

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
    """Return a sentence; no other seed gives the same words in the same order."""
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
    command = f"{sys.executable} -m pip install pypdfium2"
    assert done.stdout == f"Reading PDF needs one more package: {command}\n"


def lines(text: Sequence[str], x: float = 40, y: float = 500, size: float = 10) -> list[Piece]:
    """Return lines below each other."""
    return [Piece(x, y - 1.2 * size * n, size, line) for n, line in enumerate(text)]


def test_three_columns_are_read_one_after_the_other() -> None:
    setter = Setter(3, size=7)
    setter.across("A Gazette in Three Columns", 16, is_bold=True)
    wanted = paragraphs(40, 18)
    for text in wanted:
        setter.paragraph(text)
    document = read_document(pdf(setter.pages))
    assert len(setter.pages) > 1
    assert blocks(document, BlockKind.PARAGRAPH) == wanted


def test_columns_with_a_narrow_gap_and_wide_spaces_are_told_apart() -> None:
    pieces, wanted = [], []
    for column in (40, 214):
        for n in range(20):
            gap = 9.0 if n % 4 == 0 else 3.0  # wider than the distance to the next narrow column
            words = [WORDS[(n * 5 + column + place * 7) % len(WORDS)] for place in range(9)]
            while sum(width(word, 10) + gap for word in words) - gap > 166:
                words.pop()
            x = float(column)
            for word in words:
                pieces.append(Piece(x, 500 - 12 * n, 10, word))
                x += width(word, 10) + gap
            wanted += words
    assert read_document(pdf([pieces])).text.split() == wanted


def test_what_is_printed_sideways_in_the_margin_is_left_out() -> None:
    setter = Setter(2)
    wanted = paragraphs(5, 12)
    for text in wanted:
        setter.paragraph(text)
    setter.pages[0].append(
        Piece(24, 200, 14, "arXiv:2108.11480v1 [cs.IR] 25 Aug 2021", False, True)
    )
    document = read_document(pdf(setter.pages))
    assert blocks(document, BlockKind.PARAGRAPH) == wanted


def test_a_page_that_is_printed_sideways_is_read() -> None:
    text = [f"Line {n} of a table that was too wide for the page" for n in range(12)]
    pieces = [Piece(60 + 14 * n, 40, 10, line, False, True) for n, line in enumerate(text)]
    assert read_document(pdf([pieces])).text.split() == " ".join(text).split()


@pytest.mark.parametrize("place", [(60, 640), (60, -40), (-200, 300), (460, 300)])
@pytest.mark.parametrize("is_sideways", [False, True])
def test_what_is_printed_outside_the_page_is_left_out(
    place: tuple[float, float], is_sideways: bool
) -> None:
    text = [f"Line {n} of a text that stands on the page" for n in range(12)]
    pieces = [Piece(60 + 14 * n, 40, 10, line, False, True) for n, line in enumerate(text)]
    pieces = pieces if is_sideways else lines(text)
    pieces.append(Piece(*place, 10, "slug", False, is_sideways))
    assert read_document(pdf([pieces])).text.split() == " ".join(text).split()


def test_numbers_of_lines_in_the_margin_are_left_out() -> None:
    text = [f"line {word} of a transcript that has numbers in its margin" for word in WORDS * 2]
    pieces = lines(text[:25], x=80)
    pieces += [Piece(40 + 5 * (n < 10), 500 - 12 * (n - 1), 10, str(n)) for n in range(1, 26)]
    assert read_document(pdf([pieces])).text == " ".join(text[:25])


def test_the_numbers_of_a_table_s_rows_stay() -> None:
    pieces = []
    for n in range(1, 26):
        row = (str(n), f"town {n}", f"{n * 37}", f"{n * 11}.5")
        pieces += [Piece(40 + 90 * c, 520 - 14 * n, 9, cell) for c, cell in enumerate(row)]
    document = read_document(pdf([pieces]))
    (table,) = document.blocks
    rows = [line.split("\t") for line in document.quote(table.range).split("\n")]
    assert table.kind is BlockKind.TABLE
    assert rows[0] == ["1", "town 1", "37", "11.5"]
    assert len(rows) == 25
    assert table.aligns == "rlrr"


def test_a_footnote_does_not_break_the_sentence_that_goes_over_the_page() -> None:
    first = lines([f"line {n} of a paragraph that is long enough" for n in range(6)], y=200)
    first.append(Piece(40 + width(first[-1].text, 10), first[-1].y + 4, 6, "1"))
    first += [
        Piece(40, 60, 5, "1"),
        Piece(44, 57, 8, "A footnote that says where this comes from."),
    ]
    second = lines(["and that goes on over the page with words", "until its end."], y=540)
    document = read_document(pdf([first, second]))
    paragraph, note = document.blocks
    assert document.quote(paragraph.range).endswith("long enough¹ and that goes on over the page "
                                                    "with words until its end.")  # fmt: skip
    assert (note.kind, note.marker) == (BlockKind.FOOTNOTE, "[1]")
    assert document.quote(note.range) == "A footnote that says where this comes from."
    (reference,) = document.spans
    assert (reference.kind, document.quote(reference.range)) == (SpanKind.FOOTNOTE, "¹")
    assert document.place_of(reference.target) == note.start
    assert document.page_at(document.text.index("until")) == "2"
    assert document.page_at(note.start) == "1"


def test_a_figure_does_not_break_a_sentence() -> None:
    setter = [f"line {n} of running text that is as long as this" for n in range(9)]
    before, after = lines(setter[:6], y=540), lines(["and goes on below the figure."], y=300)
    figure = lines(["Figure 3. What was measured, in metres."], y=340, size=8)
    document = read_document(pdf([before + figure + after]))
    assert [document.quote(block.range) for block in document.blocks] == [
        " ".join(setter[:6]) + " and goes on below the figure.",
        "Figure 3. What was measured, in metres.",
    ]


def test_raised_digits_are_told_from_the_number_before_them() -> None:
    pieces = [Piece(40, 500, 10, "about 10"), Piece(40 + width("about 10", 10), 504, 6, "-6")]
    pieces.append(Piece(90, 500, 10, "metres"))
    assert read_document(pdf([pieces])).text == "about 10⁻⁶ metres"


def test_accents_that_are_printed_over_a_letter_are_one_with_it() -> None:
    at = 40 + width("na", 10)
    pieces = [Piece(40, 500, 10, "na"), Piece(at - 0.5, 500, 10, "¨"), Piece(at, 500, 10, "i")]
    pieces.append(Piece(at + width("i", 10), 500, 10, "ve"))
    late = 40 + width("S", 10)
    pieces += [Piece(40, 480, 10, "Se"), Piece(late + 1, 480, 10, "´")]
    pieces.append(Piece(late + width("e", 10), 480, 10, "rac"))
    assert read_document(pdf([pieces])).text == "naïve Sérac"


def test_dots_that_lead_to_a_page_become_one_sign_and_lines_stay_apart() -> None:
    text = ["1 First steps " + ". " * 30 + "4", "2 Second steps" + "." * 50 + "17"]
    assert read_document(pdf([lines(text)])).text == "1 First steps … 4\n2 Second steps…17"


def test_a_drop_cap_is_part_of_its_word() -> None:
    body = ["nce upon a time there was a margin", "in which nothing had been written yet,",
            "and somebody had a pencil."]  # fmt: skip
    pieces = [Piece(40, 476, 34, "O"), *lines(body[:2], x=70), *lines(body[2:], y=476)]
    assert read_document(pdf([pieces])).text == "O" + " ".join(body)


def test_a_hyphen_stays_where_both_parts_are_words_of_an_english_text() -> None:
    text = ["the method and the theory of that", "which is mixed with a mode of their own, a mixed-",
            "mode design of state-of-the-", "art and long-estab-", "lished and every-", "where."]  # fmt: skip
    text.append("It was established and called art by the mixed mode of it all.")
    assert "mixed-mode design of state-of-the-art and long-established and everywhere." in (
        read_document(pdf([lines(text)])).text
    )


def test_links_lead_to_addresses_and_to_pages() -> None:
    first = [Piece(40, 500, 10, "See the report of 2020 and page two.")]
    left, right = (40 + width(text, 10) for text in ("See ", "See the report"))
    links = [Link(left, 498, right, 510, "https://example.org/report.pdf")]
    start = 40 + width("See the report of 2020 and ", 10)
    links += [
        Link(start, 498, start + 48, 510, 1),
        Link(40, 498, 56, 510, "javascript:alert(1)"),
    ]
    document = read_document(pdf([first, [Piece(40, 500, 10, "Here.")]], links=[links]))
    found = [(document.quote(one.range), one.target) for one in document.spans]
    assert found == [("the report", "https://example.org/report.pdf"), ("page two.", "#page-2")]
    assert document.place_of("#page-2") == document.text.index("Here.")


def test_an_address_that_looks_like_a_place_in_the_file_leads_nowhere() -> None:
    page = [Piece(40, 500, 10, "Printed from a page.")]
    areas = [Link(40, 490, 200, 510, target) for target in ("#section2", "#1", "#", "##")]
    for area in areas:
        assert read_document(pdf([page, page], links=[[area]])).spans == ()


def test_areas_without_bounds_and_far_away_do_no_harm() -> None:
    page = [Piece(40, 500, 10, "See the report.")]
    for odd in (float("1e39"), float("1e300"), float("-1e39"), 3e38):
        areas = [Link(40, 490, odd, 510, "https://odd.example"), Link(odd, odd, odd, odd, 0)]
        areas.append(Link(40, 490, 100, 510, "https://example.org"))
        data = pdf([page], links=[areas])
        assert b"e+" not in data
        document = read_document(data)
        assert document.text == "See the report."
        assert document.spans[0].target.endswith(("example.org", "odd.example"))


def test_pages_are_named_as_they_are_printed() -> None:
    pages = [[Piece(40, 300, 10, f"Text of the page {n}.")] for n in range(4)]
    document = read_document(pdf(pages, labels="0<</S/r>> 2<</S/D/St 1>>"))
    assert [mark.name for mark in document.marks if mark.kind is MarkKind.PAGE] == [
        "i", "ii", "1", "2",
    ]  # fmt: skip


def test_a_file_that_is_encrypted_without_a_password_opens() -> None:
    document = read_document(pdf([[Piece(40, 300, 10, "Open to all.")]], is_encrypted=True))
    assert document.text == "Open to all."


def test_titles_that_programs_made_up_give_way_to_the_largest_heading() -> None:
    body = lines([f"line {n} of the body text here" for n in range(5)], y=400)
    page = [Piece(40, 460, 20, "The Real Title"), *body]
    for made_up in ("Microsoft Word - draft3.doc", "untitled", "paper_v2.dvi", "Slide 1"):
        metadata = read_document(pdf([page], info={"Title": made_up})).metadata
        assert metadata.title == "The Real Title"


def test_a_page_without_text_among_others_is_told() -> None:
    document = read_document(pdf([[Piece(40, 300, 10, "Text.")], []]))
    assert document.text == "Text."


SAMPLE = pdf([[Piece(40, PAGE[1] - 60 - 12 * n, 10, f"line {n}") for n in range(3)]])


@given(st.data())
@settings(max_examples=100, deadline=None)
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


def test_a_page_of_many_lines_takes_time_in_proportion() -> None:
    pieces = [Piece(20 + (n * 37) % 380, 20 + (n * 13) % 550, 2, f"w{n} x") for n in range(3000)]
    caps = [Piece(n * 7 % 400, n * 11 % 580, 5 + 25 * (n % 3 == 0), "A") for n in range(10_000)]
    half, whole = pdf([pieces[::2], caps[::2]]), pdf([pieces, caps])
    assert_sound(read_document(whole))
    assert work(partial(read_document, whole)) < 2.4 * work(partial(read_document, half))


def test_a_paragraph_without_end_takes_time_in_proportion() -> None:
    def read(pages: int) -> int:
        page = [Piece(30, 560 - 9 * n, 8, f"words without end {n:02} and so on") for n in range(60)]
        return work(partial(read_document, pdf([page] * pages, contents=[("A title", 0)])))

    read(2)
    assert read(80) < 4.8 * read(20)


def test_a_marker_is_no_cell_of_a_table() -> None:
    pieces = []
    for n in range(6):
        pieces += [
            Piece(40, 500 - 14 * n, 10, f"{n + 1}."),
            Piece(64, 500 - 14 * n, 10, f"Point {n}."),
        ]
    document = read_document(pdf([pieces]))
    assert [(block.kind, block.marker) for block in document.blocks] == [
        (BlockKind.ITEM, f"{n + 1}.") for n in range(6)
    ]


def test_rows_of_a_table_at_the_top_of_each_page_are_no_running_heads() -> None:
    def page(number: int) -> list[Piece]:
        rows = [
            ("03/25/2016", f"Town {number * 3 + n}", "Layoff", f"{17 + n * number}")
            for n in range(9)
        ]
        cells = [
            Piece(40 + 90 * c, 560 - 14 * n, 9, cell)
            for n, row in enumerate(rows)
            for c, cell in enumerate(row)
        ]
        return [*cells, Piece(40, 580, 8, f"Notices of 2016, page {number + 4} of 40")]

    text = read_document(pdf([page(number) for number in range(5)])).text
    assert text.count("03/25/2016") == 45
    assert "Notices" not in text


def test_numbers_of_sections_are_no_cells_of_a_table() -> None:
    text = ["Receipt of the notices", "Validation", "Checks of what was received"]
    pieces = []
    for n, line in enumerate(text):
        pieces += [Piece(40, 500 - 14 * n, 10, f"4.{n + 5}"), Piece(80, 500 - 14 * n, 10, line)]
    document = read_document(pdf([pieces]))
    assert not blocks(document, BlockKind.TABLE)
    assert "4.6 Validation" in document.text


def test_lines_that_are_set_flush_right_are_one_paragraph() -> None:
    text = ["The river had been there for longer than anybody", "could say, and it went on",
            "to go where it had always gone, as rivers", "do."]  # fmt: skip
    pieces = [Piece(380 - width(line, 10), 500 - 12 * n, 10, line) for n, line in enumerate(text)]
    assert read_document(pdf([pieces])).text == " ".join(text)


def test_what_is_written_into_a_form_is_read() -> None:
    page = [Piece(40, 400, 10, "Name of the person:")]
    data = pdf([page], fields=[(150, 396, 300, 412, "Ada Lovelace")])
    assert read_document(data).text == "Name of the person: Ada Lovelace"


def test_a_page_behind_a_sentence_that_goes_on_keeps_its_place() -> None:
    def line(n: int) -> str:
        return f"line {n} of a paragraph that is long enough to be one"

    pages = [lines([line(n) for n in range(6)], y=200)]
    pages.append(lines(["Figure 1. A drawing of a margin and of nothing else."], size=8))
    pages.append(lines(["and that goes on over the figure."], y=540))
    document = read_document(pdf(pages, links=[[Link(40, 190, 60, 210, 1)]]))
    assert document.page_at(document.text.index("Figure")) == "2"
    assert document.page_at(document.text.index("goes on over")) == "3"
    assert document.place_of("#page-2") == document.text.index("Figure")


def test_a_sign_in_a_running_line_is_no_number() -> None:
    pages = []
    for number in range(4):
        head = "Docket # 12 filed" if number % 2 else "Docket 12 12 filed"
        body = [f"line {n} of page {number} is about {WORDS[n + number]}" for n in range(8)]
        pages.append([Piece(40, 570, 9, head), *lines(body)])
    text = read_document(pdf(pages)).text
    assert "Docket" not in text
    assert text.count("is about") == 32


def test_running_lines_are_compared_by_their_folded_words() -> None:
    # One letter and two signs fold to the same, but only the two signs make the "i" a number.
    heads = [f"Docket {word}i filed" for word in ("\u01f0", "j\u030c")]
    rest = [PdfLine(f"text {n}", 40, 300, 400 - 12 * n, 410 - 12 * n, 9.0) for n in range(6)]
    pages = [
        PdfPage([PdfLine(head, 40, 200, 570, 580, 9.0), *rest], 0, 595, str(n), n)
        for n, head in enumerate(heads)
    ]
    assert all(line.text not in heads for line in without_margins(pages[0], pages[1:]))


def alike(page: int, number: int) -> list[Piece]:
    """Return a page with the same lines as every other one: a form, minutes, slides."""
    body = [f"Line {n} of a page with words" for n in range(50)]
    head = Piece(30, 560, 16, f"Chapter {page}")
    return [head, *lines(body[:number], x=30, y=540, size=7.5)]


def test_lines_of_the_text_that_are_the_same_on_each_page_stay() -> None:
    text = read_document(pdf([alike(page, 50) for page in range(6)])).text
    for n in range(50):
        assert text.count(f"Line {n} of a page") == 6


def test_the_last_lines_of_pages_that_are_alike_stay() -> None:
    pages = [
        lines([f"Line {n} of a page with words" for n in range(48)], y=590 - 15) for _ in "1234"
    ]
    for number, page in enumerate(pages):
        page[20] = page[20]._replace(text=f"On this page it is said that {WORDS[number]} is meant")
    text = read_document(pdf(pages)).text
    assert text.count("Line 0 of") == text.count("Line 47 of") == 4


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("size", [7.0, 10.0, 12.0])
def test_heads_and_feet_apart_from_the_text_are_left_out(rows: int, size: float) -> None:
    pages = []
    for number in range(5):
        body = [f"line {n} of page {WORDS[number]} says {WORDS[n % 18]}" for n in range(38)]
        page = lines(body, y=530)
        page += [Piece(40, 574 - 1.2 * size * n, size, f"Running head {n}") for n in range(rows)]
        page += [Piece(40, 24 + 1.2 * size * n, size, f"Running foot {n}") for n in range(rows)]
        pages.append(page)
    text = read_document(pdf(pages)).text
    assert "Running" not in text
    assert text.count("says") == 5 * 38


def test_a_page_with_one_line_has_the_head_of_the_others() -> None:
    head = Piece(40, 570, 9, "A running head")
    pages = [[head, *lines([f"line {n} of page {page}, as it is" for n in range(9)], y=530)]
             for page in range(3)]  # fmt: skip
    text = read_document(pdf([*pages, [head, *lines(["The end."], y=530)]])).text
    assert "running" not in text
    assert text.endswith("The end.")


def test_many_links_over_each_other_take_bounded_time() -> None:
    def read(links: list[Link]) -> int:
        return work(partial(read_document, pdf([words], links=[links])))

    words = [Piece(5 + 10 * (n % 40), 5 + 4.8 * (n // 40), 1, f"{n}") for n in range(4750)]
    over = [Link(0, 0, 1, PAGE[1], f"https://e.example/{n}") for n in range(1000)]
    read([])
    assert read(over) < 2 * read([])


def test_many_titles_on_one_page_take_bounded_time() -> None:
    def read(count: int) -> None:
        texts = [
            PdfLine(f"a{n}", 40, 200, -12 * n - 2.0, -12 * n + 8.0, 10, -12 * n)
            for n in range(5000)
        ]
        added = DocumentBuilder()
        paragraphs = ParagraphBuilder(added, texts)
        entries = {f"a{n}": 1 for n in range(count)}
        paragraphs.add_page(texts, (0, "1"), frozenset(), entries)
        paragraphs.finish()
        assert len(added.document(Metadata(), is_complete=True).blocks) == 5000

    assert work(lambda: read(20_000)) < 3 * work(lambda: read(5000))


def test_a_heading_of_two_lines_is_found_among_many_titles() -> None:
    body = lines([f"line {n} of the body text here" for n in range(5)], y=400)
    head = lines(["A title that is set", "on two lines"], y=460)
    titles = [("A title that is set on two lines", 0), ("Another", 0), ("A", 0), ("Z", 0)]
    document = read_document(pdf([[*head, *body]], contents=titles))
    assert blocks(document, BlockKind.HEADING) == ["A title that is set on two lines"]


def test_the_title_is_the_largest_heading_of_the_first_page() -> None:
    body = lines([f"line {n} of the body text here" for n in range(5)], y=400)
    first = [Piece(40, 460, 18, "The Title"), Piece(40, 340, 14, "A Part"), *body]
    second = [Piece(40, 460, 24, "Larger Still"), *body]
    assert read_document(pdf([first, second])).metadata.title == "The Title"


@pytest.mark.parametrize(
    ("size", "rise", "text"),
    [
        (6, 4, "metres² so"),
        (6, 0, "metres2 so"),  # small, and on the line
        (6, -2, "metres2 so"),  # lowered
        (10, 4, "metres2 so"),  # raised, and as large as the others
    ],
)
def test_only_what_is_small_and_raised_is_a_raised_number(
    size: float, rise: float, text: str
) -> None:
    at = 40 + width("metres", 10)
    pieces = [Piece(40, 500, 10, "metres"), Piece(at, 500 + rise, size, "2")]
    pieces.append(Piece(at + width("2", size) + 4, 500, 10, "so"))
    assert read_document(pdf([pieces])).text == text


ENGLISH = frozenset({"the", "and", "of"})


@pytest.mark.parametrize(
    ("before", "after", "words", "joined"),
    [
        ("a mixed-", "mode design", {"mixed-mode"}, "a mixed-mode design"),
        ("a mixed-", "mode design", {"mixedmode", "mixed-mode"}, "a mixedmode design"),
        ("a mixed-", "mode design", {"mixed", "mode"}, "a mixedmode design"),
        ("a mixed-", "mode design", ENGLISH | {"mixed", "mode"}, "a mixed-mode design"),
        ("a mixed\u2010", "mode", ENGLISH | {"mixed", "mode"}, "a mixed\u2010mode"),
        ("a mixed-", "mode", ENGLISH | {"mixed"}, "a mixedmode"),
        ("a low-", "cost", ENGLISH, "a low-cost"),
        ("a big-", "cost", ENGLISH | {"big", "cost"}, "a bigcost"),  # parts of three letters
        ("every-", "where", ENGLISH | {"every", "where"}, "everywhere"),
        ("team-", "works", ENGLISH | {"team", "works"}, "teamworks"),
        ("state-of-the-", "art", ENGLISH | {"art"}, "state-of-the-art"),
        ("state-of-the-", "art", ENGLISH, "state-of-the-art"),
        ("long-estab-", "lished", ENGLISH | {"long"}, "long-established"),
        ("long-estab-", "lished", ENGLISH | {"established"}, "long-established"),
        ("Jean-", "Paul came", ENGLISH, "Jean-Paul came"),
        ("MIXED-", "mode", {"mixed-mode"}, "MIXED-mode"),
        ("1990-", "95", ENGLISH, "1990-95"),
        ("4-", "fold", ENGLISH, "4-fold"),
        ("so -", "and then", ENGLISH, "so - and then"),
        ("a -", "1", ENGLISH, "a - 1"),
        ("the end –", "and", ENGLISH, "the end – and"),
        ("the end–", "and", ENGLISH, "the end–and"),
        ("see https://a.example/", "b/c", ENGLISH, "see https://a.example/b/c"),
        ("this and/", "or that", ENGLISH, "this and/ or that"),
        ("漢", "字", ENGLISH, "漢字"),
        ("漢", "a", ENGLISH, "漢 a"),
        ("one", "two", ENGLISH, "one two"),
    ],
)
def test_two_lines_are_joined_as_they_were_divided(
    before: str, after: str, words: frozenset[str] | set[str], joined: str
) -> None:
    assert join(before, after, words) == joined


@pytest.mark.parametrize(("nameless", "is_read"), [(2, True), (3, False), (12, False)])
def test_a_page_whose_letters_have_no_names_is_told(nameless: int, is_read: bool) -> None:
    """Up to a fifth of the letters may be signs of the font alone."""
    signs = [Piece(40, 480, 10, "\ue001" * nameless), Piece(40, 460, 10, "a" * 9)]
    document = read_document(pdf([lines(["Words of the first page."]), signs]))
    assert document.text.startswith("Words of the first page.")
    assert ("a" * 9 in document.text) == is_read
    assert ("[Text of this page cannot be read: its fonts do not" in document.text) != is_read


@pytest.mark.parametrize(("length", "shown"), [(11, 11), (12, 12), (13, 12)])
def test_names_of_pages_have_a_greatest_length(length: int, shown: int) -> None:
    document = read_document(pdf([lines(["Words."])], labels=f"0<</P({'x' * length})>>"))
    (mark,) = (each for each in document.marks if each.kind is MarkKind.PAGE)
    assert mark.name == "x" * shown
