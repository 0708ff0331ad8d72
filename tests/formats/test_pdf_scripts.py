"""PDF: letters of every script, formulas, and pages that are pictures."""

from __future__ import annotations

import pytest

from reader.core.document import Document
from reader.formats import read_document
from tests.formats.pdfs import PAGE, Picture, Piece, Setter, pdf, width
from tests.formats.test_properties import assert_sound

TEXTS = {
    "Greek": "Το λιμάνι έκλεισε τον Μάρτιο, και άνοιξε πάλι τον Μάιο. Ο φύλακας μέτρησε τα πλοία.",
    "Cyrillic": "Гавань закрылась в марте и снова открылась в мае. Смотритель пересчитал корабли.",
    "Vietnamese": "Bến cảng đóng cửa vào tháng Ba và mở lại vào tháng Năm. Người gác đếm tàu.",
    "Thai": "ท่าเรือปิดในเดือนมีนาคม และเปิดอีกครั้งในเดือนพฤษภาคม",
    "Chinese": "港口三月关闭，五月重新开放。看守人数过所有的船，并把它们写进了账簿。",
    "Japanese": "港は三月に閉まり、五月にまた開いた。番人は船を数えて、帳簿に書きこんだ。",
    "Korean": "항구는 삼월에 닫혔고 오월에 다시 열렸다. 지기는 배를 모두 세어 장부에 적었다.",
    "formula": "Let 𝑥 ∈ ℝ and 𝜑(𝑥) = ∑ 𝑎ᵢ𝑥ⁱ ≤ ∫ 𝑓 𝑑𝜇 ⟹ ‖𝐴‖₂ ≥ √𝜆 for all 𝑛 ≠ 0.",
    "signs": "It costs 5 € – “no more” … ½ of it; see § 4 → № 7 and ☞ the ﬁrst note.",
}


def set_in_lines(text: str, room: float, size: float = 10.0) -> list[Piece]:
    """Set a text in lines, which break between words, or between letters if it has no spaces."""
    lines, line = [], ""
    for part in text.split(" ") if " " in text else text:
        gap = " " if line and " " in text else ""
        if line and width(line + gap + part, size) > room:
            lines.append(line)
            line, gap = "", ""
        line += gap + part
    lines.append(line)
    return [Piece(40, 500 - 1.3 * size * n, size, line) for n, line in enumerate(lines)]


def read(data: bytes) -> Document:
    document = read_document(data, name="paper.pdf")
    assert_sound(document)
    return document


@pytest.mark.parametrize("script", TEXTS)
def test_letters_of_every_script_are_read_as_they_are_written(script: str) -> None:
    pieces = [Piece(40, 500, 10, TEXTS[script])]
    written = TEXTS[script].replace("ﬁ", "fi")
    assert read(pdf([pieces])).text == written


@pytest.mark.parametrize(
    "script", ["Greek", "Cyrillic", "Chinese", "Japanese", "Korean", "formula"]
)
def test_lines_of_every_script_are_one_paragraph(script: str) -> None:
    """Lines are joined by a space in scripts with spaces, and without one in others."""
    pieces = set_in_lines(TEXTS[script], 180)
    assert len(pieces) > 1
    assert read(pdf([pieces])).text == TEXTS[script]


def test_letters_outside_the_first_plane_are_whole_beside_others() -> None:
    pieces = [Piece(40 + 40 * n, 500, 10, text) for n, text in enumerate(("𝑥𝑦", "a𝒜", "𝔹b", "𐌰𐌱𐌲"))]
    assert read(pdf([pieces])).text == "𝑥𝑦 a𝒜 𝔹b 𐌰𐌱𐌲"


SCAN = Picture(0, 0, *PAGE)


def test_scanned_pages_among_pages_of_text_are_named_at_their_place() -> None:
    pages: list[list[Piece | Picture]] = [
        [Piece(40, 500, 10, "The first page has words.")],
        [SCAN],
        [Piece(40, 500, 10, "The third page has words.")],
        [SCAN],
    ]
    document = read(pdf(pages))
    remark = "[This page holds a picture and no text.]"
    assert document.text.split("\n") == [
        "The first page has words.", remark, "The third page has words.", remark,
    ]  # fmt: skip
    assert [document.page_at(document.text.index(words)) for words in ("first", "third")] == [
        "1",
        "3",
    ]
    assert document.page_at(document.text.index(remark)) == "2"
    assert document.page_at(len(document.text)) == "4"


def test_a_picture_beside_words_and_an_empty_page_are_no_scans() -> None:
    pages: list[list[Piece | Picture]] = [
        [SCAN, Piece(40, 500, 10, "Words over a picture.")],
        [],
        [Piece(40, 500, 10, "More.")],
    ]
    assert "picture and no text" not in read(pdf(pages)).text


def columns(left: int, right: int, *, first: int = 0) -> list[Piece]:
    """Set a page of two columns with a number of lines, each of which has a number of its own."""
    texts = [f"line {first + n:03} of the text that runs here" for n in range(left + right)]
    room = (PAGE[0] - 80) / 2
    return [
        Piece(40 + (n >= left) * (room + 10), 540 - 12 * (n - left * (n >= left)), 8, text)
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize("left", range(1, 7))
@pytest.mark.parametrize("short", [0, 1, 2])
def test_a_short_last_page_in_two_columns_is_read_column_by_column(left: int, short: int) -> None:
    """It has too few lines to show the gap between its columns; the page before shows it."""
    right = max(left - short, 1)
    pages = [columns(20, 20), columns(left, right, first=40)]
    text = read(pdf(pages)).text
    numbers = [int(word) for word in text.split() if word.isdigit()]
    assert numbers == list(range(40 + left + right))


def test_a_last_page_over_the_whole_width_is_not_parted_by_the_columns_before_it() -> None:
    wide = [
        Piece(
            40,
            540 - 12 * n,
            8,
            f"line {100 + n} of a text that runs over the whole width of the page",
        )
        for n in range(4)
    ]
    text = read(pdf([columns(20, 20), wide])).text
    assert text.endswith(" ".join(piece.text for piece in wide))


def test_rows_below_a_text_over_the_whole_width_are_read_as_rows() -> None:
    """The columns of the page before do not apply if many of the lines cross their gap."""
    wide = [
        Piece(40, 540 - 12 * n, 8, f"line {n} of a text over the width of it all, " * 2)
        for n in range(3)
    ]
    cells = ["Tidewick, in May", "The keeper of it", "Saltmere, in June", "The harbour master"]
    rows = [Piece(40 + 180 * (n % 2), 490 - 12 * (n // 2), 8, cell) for n, cell in enumerate(cells)]
    text = read(pdf([columns(20, 20), [*wide, *rows]])).text
    assert sorted(cells, key=text.index) == cells


def test_columns_of_a_paper_end_evenly_on_its_last_page() -> None:
    setter = Setter(2)
    for number in range(30):
        setter.paragraph(f"Paragraph {number} begins here. " + "It has words enough. " * 5)
    text = read(pdf(setter.pages)).text
    assert [text.count(f"Paragraph {number} begins") for number in range(30)] == [1] * 30
    places = [text.index(f"Paragraph {number} begins") for number in range(30)]
    assert places == sorted(places)
