"""Nothing unsafe is shown, whoever shows it: documents, fields, lists, exports, errors, the shell."""

from __future__ import annotations

import contextlib
import io
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.progress import Progress
from textual.content import Content

from reader.cli.output import print_json, print_lines, print_message, print_warning
from reader.cli.plain import article_lines, lines_of, note_lines
from reader.cli.progress import ProgressBar, ProgressLine
from reader.core.annotation import (
    Annotation,
    Article,
    ArticleState,
    Place,
    PlaceState,
    Selector,
)
from reader.core.document import Metadata
from reader.core.text_formatting import joined_lines
from reader.errors import ReaderError, SourceError
from reader.exported_outlines.org_notes import GAP
from reader.exports import ExportedArticle
from reader.formats import read_document
from reader.safe_text import DIRECTION_MARKS, SHAPING, sanitise, sanitise_line
from reader.session import AnnotationSummary, ArticleSummary
from reader.ui.pasting import safe_paste
from reader.ui.widgets.row_list import sanitise_content
from tests.exports.rendering import TEXTS, render

FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters and vowels that are not seen."""

ODD = (
    "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x90\x9b\x9c\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffe\uffff\ufdd0"
    "\ud800\udfff\ue000\U000e0001\U000e0041\U000f0000\U0010ffff\U0001fffe" + FILLERS
)
SEQUENCES = ("\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\x1b]8;;https://x.y\x1b\\", "\x1b[2J\r\n")

hostile = st.lists(
    st.one_of(
        st.sampled_from([*ODD, *SEQUENCES, "\n", "\t", "\u200c", "\u200d", "\ufe0f", "\u0301"]),
        st.text(max_size=6),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]),
    ),
    max_size=8,
).map("".join)


def is_safe(character: str) -> bool:
    """Tell what may be shown, by the categories of Unicode and not by the set under test."""
    code = ord(character)
    category = unicodedata.category(character)
    if character in "\n\t\u200c\u200d" or category not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        return character not in FILLERS and not is_noncharacter
    # Signs of Arabic and other scripts that stand before a number, and of hieroglyphs: seen.
    return category == "Cf" and unicodedata.name(character, "").startswith(
        ("ARABIC NUMBER", "ARABIC SIGN", "ARABIC FOOTNOTE", "ARABIC END", "ARABIC DISPUTED",
         "ARABIC POUND", "ARABIC PIASTRE", "SYRIAC ABBREV", "KAITHI", "EGYPTIAN")
    ) and character != "\u061c"  # fmt: skip


def unsafe(text: str) -> list[str]:
    return [hex(ord(character)) for character in text if not is_safe(character)]


def test_the_set_is_that_of_unicodes_categories() -> None:
    for code in range(0x110000):
        character = chr(code)
        if not is_safe(character) and unicodedata.category(character) != "Cn":
            assert sanitise_line(character) in {"\ufffd", " "}, hex(code)
            assert sanitise(character) in {"", "\ufffd", "\n"}, hex(code)
        elif is_safe(character) and unicodedata.category(character) not in {"Cn", "Zs"}:
            assert sanitise(character) == character, hex(code)


def test_letters_and_emoji_keep_their_shape() -> None:
    for text in ("می‌خواهم", "क्‍ष", "👩‍👩‍👧‍👦", "❤️", "שלום עולם", "漢字"):
        assert sanitise(text) == sanitise_line(text) == text
    assert not SHAPING.basic.isascii()


@given(hostile)
def test_one_line_keeps_its_length_and_is_one(text: str) -> None:
    line = sanitise_line(text)
    assert len(line) == len(text)
    assert "\n" not in line
    assert "\t" not in line
    assert sanitise_line(line) == line
    assert sanitise(sanitise(text)) == sanitise(text)


@pytest.mark.parametrize("read_as", ["text", "markdown", "html"])
@given(text=hostile)
def test_documents_are_safe(read_as: str, text: str) -> None:
    words = f"# A title {text}\n\nWords of an article {text} and more.\n"
    data = words.encode("utf-8", "surrogatepass")
    with contextlib.suppress(SourceError):  # so many controls that it is taken for no text
        document = read_document(data, kind=read_as)
        assert not unsafe(document.text + document.metadata.title)
        assert not unsafe("".join(lines_of(document, 72)))


@given(hostile)
def test_fields_and_rows_are_safe(text: str) -> None:
    pasted = safe_paste(text)
    assert not unsafe(pasted)
    assert not unsafe(joined_lines(pasted))
    assert not unsafe(sanitise_content(Content(text), 400).plain)


@pytest.mark.parametrize("format_name", TEXTS)
@given(text=hostile, is_lost=st.booleans())
def test_exports_are_safe(format_name: str, text: str, is_lost: bool) -> None:
    items = [exported_article(text, is_lost)]
    exported = render(items, exported="now", format_name=format_name)
    lines = exported.replace("\r\n", "\n")  # as CSV and RIS end them
    escape = GAP if format_name == "org" else ""  # which Margin itself puts there
    assert not unsafe(re.sub(f"[{DIRECTION_MARKS}{escape}]", "", lines))


@given(hostile)
def test_errors_are_safe(text: str) -> None:
    error = ReaderError(text, text)
    assert not unsafe(f"{error.title}{error.message}{error}")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(hostile)
def test_progress_is_safe(text: str) -> None:
    stream = Terminal()
    line = ProgressLine(stream)
    line._next = 0
    line.show(text)
    assert not unsafe(stream.getvalue().removeprefix("\r\x1b[2K"))
    bar = ProgressBar(2)
    bar._bar = Progress()
    bar._task = bar._bar.add_task("")
    bar.begin_one(text)
    assert not unsafe(bar._bar.tasks[0].description)


@given(hostile, st.booleans())
def test_what_commands_print_is_safe(text: str, is_lost: bool) -> None:
    item = exported_article(text, is_lost)
    shown, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(told):
        print_lines([text])
        print_lines(note_lines(AnnotationSummary("01A", text, item.annotations[0])))
        print_lines(article_lines(article_summary(text)))
        print_message(text)
        print_warning(text)
        print_json({"text": text})
    assert not unsafe(shown.getvalue() + told.getvalue())
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        print_json(text)
    assert json.loads(shown.getvalue()) == json.loads(json.dumps(text))


@pytest.mark.parametrize("mark", DIRECTION_MARKS)
def test_a_file_keeps_the_marks_that_words_of_some_scripts_need(mark: str) -> None:
    words = f"\u05e9\u05dc\u05d5\u05dd{mark} (1)"
    item = exported_article(f"{words} \u202e\x1b[31m", is_lost=False)
    exported = render([item], exported="now", format_name="markdown")
    assert mark in exported
    assert "\u202e" not in exported
    assert "\x1b" not in exported


def exported_article(text: str, is_lost: bool) -> ExportedArticle:
    article = Article("01A", f"/{text}", Metadata(text, (text,), text, text, text, text))
    selector = Selector(text, text, text, section=text, page=text)
    place = Place(0, 1, PlaceState.ORPHANED if is_lost else PlaceState.EXACT)
    annotation = Annotation("01B", selector, place, (text,), "", "", note=text, speaker=text)
    return ExportedArticle(article, (annotation,), None)


def article_summary(text: str) -> ArticleSummary:
    state = ArticleState.UNREAD
    return ArticleSummary(
        "01A", text, text, text, (text,), 0, False, state, "", "", {}, 0, "", "", (text,)
    )
