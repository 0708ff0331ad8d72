"""Joiners and variation selectors reach the document from every format, and blank lines do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.core.document import BlockKind, Document
from reader.formats import read_document
from tests.formats.books import book, page
from tests.formats.opendocument import odt
from tests.formats.opendocument import paragraph as odt_paragraph
from tests.formats.test_mail import message
from tests.formats.test_properties import assert_sound
from tests.formats.word import docx, paragraph, run

WORDS = (
    "می\u200cخواهم نامه\u200cای بنویسم شر\u200dی",
    "क्\u200dष और श्री\u200dमान के शब्द हैं यहाँ पर",
    "ශ්\u200dරී ලංකාව යනු දූපතකි",
    "❤\ufe0f and ☎\ufe0e and 1\ufe0f\u20e3 and ≨\ufe00 in one line",
    "👩\u200d👩\u200d👧 and 🏳\ufe0f\u200d🌈 and 👩🏽\u200d🔬 went home",
    "葛\U000e0100城市と辻\U000e0101さん",
    "ᠠ\u180bᠡ and a\u034fb",
)
FILLER = "\u034f\u200c\u00a0\u2007\u034f \u200c\u00a0" * 6


def rtf(text: str) -> bytes:
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return (
        rb"{\rtf1\ansi\uc1 Before it. "
        + b"".join(rb"\u%d?" % (unit - 65536 if unit > 32767 else unit) for unit in units)
        + rb"\par}"
    )


def as_entities(text: str) -> str:
    return "".join(f"&#{ord(one)};" if ord(one) > 127 else one for one in text)


def in_elements(text: str) -> str:
    return "".join(
        f"<span>{one}</span>" if one in "\u200c\u200d\ufe0f\U000e0100" else one for one in text
    )


READERS: dict[str, Callable[[str], Document]] = {
    "text": lambda text: read_document(f"Before it.\n\n{text}\n".encode()),
    "markdown": lambda text: read_document(f"# Title\n\n{text}\n".encode(), kind="markdown"),
    "markdown-entities": lambda text: read_document(
        f"# Title\n\n{as_entities(text)}\n".encode(), kind="markdown"
    ),
    "html": lambda text: read_document(page(f"<p>{text}</p>").encode(), kind="html"),
    "html-entities": lambda text: read_document(
        page(f"<p>{as_entities(text)}</p>").encode(), kind="html"
    ),
    "html-elements": lambda text: read_document(
        page(f"<p>{in_elements(text)}</p>").encode(), kind="html"
    ),
    "html-article": lambda text: read_document(
        (
            "<html><body><nav><a href=/>Home</a></nav><article><h1>Title</h1>"
            + f"<p>{text} {'words and more words, ' * 20}</p>" * 6
            + "</article></body></html>"
        ).encode()
    ),
    "epub": lambda text: read_document(book({"a.xhtml": f"<h1>One</h1><p>{text}</p>"})),
    "docx": lambda text: read_document(docx(paragraph(run(text)))),
    "docx-runs": lambda text: read_document(docx(paragraph("".join(map(run, text))))),
    "odt": lambda text: read_document(odt(odt_paragraph(text))),
    "rtf": lambda text: read_document(rtf(text)),
    "mail": lambda text: read_document(message(f"Dear Ben,\n\n{text}\n").as_bytes()),
}


@pytest.mark.parametrize("text", WORDS)
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_words_are_those_that_were_written(read: Callable[[str], Document], text: str) -> None:
    document = read(text)
    assert_sound(document)
    assert text in document.text


@pytest.mark.parametrize("kind", ["html", "markdown", "text"])
@pytest.mark.parametrize(
    "blank", ["\u200c", "\u034f\u200c\u200d", FILLER, " \ufe0f ", "\u00a0\u200c\u00a0"]
)
def test_joiners_alone_are_no_text(kind: str, blank: str) -> None:
    source = f"<p>One.</p><p>{blank}</p><p>{as_entities(blank)}</p><p>Two.</p>"
    if kind != "html":
        source = f"One.\n\n{blank}\n\nTwo."
    document = read_document(source.encode(), kind=kind)
    shown = [document.quote(block.range).strip() for block in document.blocks]
    assert [one for one in shown if one] == ["One.", "Two."]
    assert not [block for block in document.blocks if block.kind is BlockKind.HEADING]


def test_lines_of_chinese_are_joined_without_a_space_whatever_form_is_selected() -> None:
    line = "城市の古い町並みを歩いていると、いつも同じ店の前で立ち止まってしまう葛\U000e0100\n"
    for kind in ("text", "markdown", "html"):
        source = f"<p>{line * 4}城</p>" if kind == "html" else line * 4 + "城"
        text = read_document(source.encode(), kind=kind).text
        assert text == line.rstrip("\n") * 4 + "城"


def test_a_title_is_not_joiners_alone() -> None:
    data = "<title>\u200c\u200d</title><h1>The ledger</h1><p>Words of it.</p>".encode()
    assert read_document(data, kind="html").metadata.title in ("", "The ledger")
