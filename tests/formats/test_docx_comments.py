"""The comments of a DOCX: the words that they are about, who wrote them, the answers to them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Document
from reader.errors import SourceError
from reader.formats import read_annotated, read_document
from reader.formats.embedded_notes import EmbeddedAnswer, EmbeddedNote
from tests.formats.word import docx, note, paragraph, run, table


def comment(
    number: int, text: str, author: str = "Ann Lee", *, of: str = "", date: str = ""
) -> str:
    body = text if text.startswith("<") else f'<w:p w14:paraId="A{number}">{run(text)}</w:p>'
    when = date or f"2026-03-1{number}T09:30:00Z"
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="{when}">{body}</w:comment>'


def start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/>{sign(number)}'


def sign(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def notes(body: str, *comments: str, **parts: str) -> list[EmbeddedNote]:
    parts = {"comments": "".join(comments), **parts}
    given = {"notes": ["A footnote about the harbour."], "title": "The quiet harbour"}
    data = docx(body, comments=parts, **given)  # type: ignore[arg-type]
    document, found = read_annotated(data, name="x.docx")
    assert document == read_document(data, name="x.docx")
    without = read_document(docx(body, **given), name="x.docx")  # type: ignore[arg-type]
    assert document.text == without.text
    assert document.metadata.embedded_notes == len(found)
    for each in found:
        check(each, document)
    return list(found)


def check(found: EmbeddedNote, document: Document) -> None:
    assert found.start is not None
    last = found.start + len(found.quote)
    assert document.text[found.start : last] == found.quote
    assert document.text[: found.start].endswith(found.prefix)
    assert document.text[last:].startswith(found.suffix)


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        (paragraph(run("The ") + start(1) + run("forty ships") + end(1) + run(" left.")), "forty ships"),
        (paragraph(start(1) + run("The forty ships left.") + end(1)), "The forty ships left."),
        (paragraph(run("The for") + start(1) + run("ty ship") + end(1) + run("s left.")), "ty ship"),
        (paragraph(run("The") + start(1) + run(" forty ") + end(1) + run("ships.")), "forty"),
        (paragraph(start(1) + run("forty ", "<w:b/>") + run("ships", "<w:i/>") + end(1) + run(".")), "forty ships"),
        (paragraph(run("The ") + start(1) + run("forty")) + paragraph(run("ships") + end(1) + run(" left.")), "forty\nships"),
        (start(1) + paragraph("One paragraph.") + end(1) + paragraph("Another one."), "One paragraph."),
        (paragraph("Before.") + start(1) + paragraph("One.") + paragraph("Two.") + end(1) + paragraph("Three."), "One.\nTwo."),
        (paragraph(start(1) + run("A heading") + end(1), "Heading1") + paragraph("Text."), "A heading"),
        (table([["a", "b"], [start(1) + run("cell") + end(1), "d"]]), "cell"),
        (paragraph(start(1) + run("an item") + end(1), numbering="1") + paragraph("Text."), "an item"),
        (paragraph(start(1) + run("forty") + note(1) + run(" ships") + end(1) + run(" left.")), "forty[1] ships"),
        (paragraph(run("The ") + start(1) + f'<w:del w:id="9">{run("fifty")}</w:del>' + run("forty") + end(1)), "forty"),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_document(body: str, quote: str) -> None:
    (found,) = notes(body, comment(1, "Who counted?"))
    assert (found.quote, found.note) == (quote, "Who counted?")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("One sentence. Forty ships left.") + sign(1) + run(" A third one.")),
        paragraph(run("One sentence. Forty") + start(1) + end(1) + run(" ships left. A third one.")),
        paragraph(run("One sentence. Forty ") + f'<w:del w:id="9">{start(1)}{run("x")}{end(1)}</w:del>'
                  + sign(1) + run("ships left. A third one.")),
    ],
)  # fmt: skip
def test_a_comment_at_a_point_is_about_the_sentence(body: str) -> None:
    (found,) = notes(body, comment(1, "Who counted?"))
    assert found.quote == "Forty ships left."


BODY = paragraph(start(1) + start(2) + run("Forty ships") + end(1) + end(2) + run(" left. ")
                 + start(3) + run("Nobody") + end(3) + run(" was asked."))  # fmt: skip
EXTENDED = (
    '<w15:commentEx w15:paraId="A1" w15:done="1"/>'
    '<w15:commentEx w15:paraId="A2" w15:paraIdParent="A1" w15:done="1"/>'
    '<w15:commentEx w15:paraId="A3" w15:done="0"/>'
)


def test_answers_are_in_the_note_and_a_closed_conversation_is_tagged() -> None:
    first, second = notes(
        BODY, comment(1, "Who?"), comment(2, "The office.", "Bo Lind"), comment(3, "Sure?"),
        commentsExtended=EXTENDED,
    )  # fmt: skip
    assert (first.note, first.author) == ("Who?", "Ann Lee")
    assert first.answers == (EmbeddedAnswer("The office.", "Bo Lind", "2026-03-12T09:30:00.000Z"),)
    assert (first.quote, first.tags) == ("Forty ships", ("resolved",))
    assert first.created == "2026-03-11T09:30:00.000Z"
    assert first.modified == "2026-03-11T09:30:00.000Z"
    assert (second.quote, second.note, second.tags) == ("Nobody", "Sure?", ())


def test_answers_in_a_circle_end() -> None:
    circle = EXTENDED.replace('paraId="A1"', 'paraId="A1" w15:paraIdParent="A2"')
    found = notes(BODY, comment(1, "a"), comment(2, "b"), comment(3, "c"), commentsExtended=circle)
    assert "c" in [each.note for each in found]


def test_the_time_of_word_itself_has_a_zone() -> None:
    (found,) = notes(
        BODY, comment(1, "Who?"),
        commentsIds='<w16cid:commentId w16cid:paraId="A1" w16cid:durableId="7F00AA11"/>',
        commentsExtensible='<w16cex:commentExtensible w16cex:durableId="7F00AA11" w16cex:dateUtc="2026-03-11T08:30:00Z"/>',
    )  # fmt: skip
    assert found.created == "2026-03-11T08:30:00.000Z"


def test_paragraphs_lines_and_tabs_of_a_comment() -> None:
    body = f"<w:p>{run('One')}<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p><w:p/><w:p>{run('four')}</w:p>"
    (found,) = notes(BODY, comment(1, body))
    assert found.note == "One two\nthree\n\nfour"


def test_the_key_stays_when_the_comment_or_the_text_is_edited() -> None:
    ids = {"commentsIds": '<w16cid:commentId w16cid:paraId="A1" w16cid:durableId="7F00AA11"/>'}
    (before,) = notes(BODY, comment(1, "Who?"), **ids)
    (after,) = notes(paragraph("New.") + BODY, comment(1, "Who counted?"), **ids)
    assert before.key == after.key
    first, second = notes(BODY, comment(1, "Who?"), comment(3, "Who?"))
    assert first.key != second.key


def test_a_document_without_comments_has_no_notes() -> None:
    document, found = read_annotated(docx(BODY), name="x.docx")
    assert found == ()
    assert document.metadata.embedded_notes == 0
    assert notes(BODY, comment(1, "")) == []


def test_a_comment_whose_place_is_lost_has_no_passage() -> None:
    data = docx(paragraph("Text."), comments={"comments": comment(1, "Who?")})
    (found,) = read_annotated(data, name="x.docx").notes
    assert (found.note, found.quote, found.start) == ("Who?", "", None)


def test_damaged_comments_do_not_stop_the_reader() -> None:
    data = docx(BODY, comments={"comments": "<w:comment"})
    assert "Forty ships" in read_document(data, name="x.docx").text
    with pytest.raises(SourceError, match="damaged"):
        read_annotated(data, name="x.docx")


PIECES = [start(1), end(1), sign(2), start(3), "<w:p>", "</w:p>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>",
          run("Forty ships. "), run(" "), "<w:del>", "</w:del>", "<w:comment w:id='1'>", "</w:comment>"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=12), st.lists(st.sampled_from(PIECES), max_size=5)
)
def test_any_order_of_ranges_fails_in_words_or_not_at_all(body: list[str], more: list[str]) -> None:
    comments = comment(1, "a") + comment(2, "b") + "".join(more) + comment(3, "c")
    parts = {"comments": comments, "commentsExtended": EXTENDED}
    with suppress(SourceError):
        document, found = read_annotated(docx("".join(body), comments=parts), name="x.docx")
        for each in found:
            if each.start is not None:
                check(each, document)
