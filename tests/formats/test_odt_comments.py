"""The comments of an ODT: the words that they are about, who wrote them, the answers to them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.formats import kind_with_notes, read_annotated, read_document
from reader.formats.embedded_notes import EmbeddedAnswer, EmbeddedNote
from reader.formats.odt import reader
from reader.formats.odt.comments import comments_of
from reader.formats.word.comments import Comment
from tests.formats.opendocument import flat_odt, items, note, odt, paragraph, span, table
from tests.formats.test_docx_comments import check

LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
"""The namespace of LibreOffice's own attributes, which no other file of the tests has."""


def start(
    number: int, text: str = "Who counted?", author: str = "Ann Lee", *, more: str = ""
) -> str:
    body = text if text.startswith("<") else f"<text:p>{span(text, 'T1')}</text:p>"
    return (
        f'<office:annotation office:name="__Annotation__{number}_9" {LOEXT} {more}>'
        f"<dc:creator>{author}</dc:creator><dc:date>2026-03-1{number}T09:30:00.123000000Z</dc:date>"
        f"<meta:creator-initials>AL</meta:creator-initials>{body}</office:annotation>"
    )


def end(number: int) -> str:
    return f'<office:annotation-end office:name="__Annotation__{number}_9"/>'


def notes(body: str, *, is_flat: bool = False) -> list[EmbeddedNote]:
    data = flat_odt(body) if is_flat else odt(body)
    document, found = read_annotated(data, name="x.odt")
    assert kind_with_notes(data) == "odt"
    assert document == read_document(data, name="x.odt")
    assert document.metadata.embedded_notes == len(found)
    for each in found:
        if each.start is not None:  # else it is in an empty paragraph
            check(each, document)
    return list(found)


@pytest.mark.parametrize("is_flat", [False, True])
@pytest.mark.parametrize(
    ("body", "quote"),
    [
        (paragraph(f"The {start(1)}forty ships{end(1)} left."), "forty ships"),
        (paragraph(f"{start(1)}The forty ships left.{end(1)}"), "The forty ships left."),
        (paragraph(f"The for{start(1)}ty ship{end(1)}s left."), "ty ship"),
        (paragraph(f"The{start(1)} forty {end(1)}ships."), "forty"),
        (paragraph(f"{start(1)}{span('forty', 'T1')} ships{end(1)}."), "forty ships"),
        (paragraph(f"The {start(1)}forty") + paragraph(f"ships{end(1)} left."), "forty\nships"),
        (table(["a", "b"], [[f"{start(1)}cell{end(1)}", "d"]]), "cell"),
        (items([paragraph(f"{start(1)}an item{end(1)}")], "L1"), "an item"),
        (paragraph(f"{start(1)}forty{note('1', 'By hand.')} ships{end(1)}."), "forty[1] ships"),
        (paragraph(f"One sentence. Forty ships {start(1)}left. A third."), "Forty ships left."),
        (paragraph(f"One sentence. Forty{start(1)}{end(1)} ships left. Third."), "Forty ships left."),
        (f'<text:h text:outline-level="1">{start(1)}A heading{end(1)}</text:h>', "A heading"),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_document(body: str, quote: str, is_flat: bool) -> None:
    (found,) = notes(body, is_flat=is_flat)
    assert found.start is not None
    assert (found.quote, found.note, found.author) == (quote, "Who counted?", "Ann Lee")
    assert found.created == "2026-03-11T09:30:00.123Z"


def test_answers_are_in_the_note_and_a_closed_conversation_is_tagged() -> None:
    answer = start(2, "The office.", "Bo Lind", more='loext:parent-name="__Annotation__1_9"')
    closed = start(1, more='loext:resolved="true"')
    open_ = start(3, "Sure?", more='loext:resolved="false"')
    first, second = notes(paragraph(f"{closed}Forty{end(1)}{answer} left. {open_}Nobody{end(3)}."))
    assert (first.quote, first.note, first.tags) == ("Forty", "Who counted?", ("resolved",))
    assert first.answers == (EmbeddedAnswer("The office.", "Bo Lind", "2026-03-12T09:30:00.123Z"),)
    assert (second.quote, second.note, second.tags, second.answers) == ("Nobody", "Sure?", (), ())


def test_a_comment_keeps_its_paragraphs_and_no_layout() -> None:
    text = (
        "<text:p>One <text:s text:c='2'/>two<text:line-break/>lines\n  broken</text:p>"
        "<text:list><text:list-item><text:p>an <text:a xlink:href='x'>item</text:a> &lt;b&gt;</text:p>"
        "</text:list-item></text:list>"
    )
    (found,) = notes(paragraph(f"{start(1, text)}Forty{end(1)} left."))
    assert found.note == "One   two\nlines broken\n\nan item <b>"


def test_the_same_comment_is_known_again_whatever_its_name_is() -> None:
    (first,) = notes(paragraph(f"{start(1)}Forty{end(1)} left."))
    renamed = paragraph(f"{start(1)}Forty{end(1)} left.").replace("__Annotation__1_9", "c7")
    (again,) = notes(renamed.replace("Who counted?", "Who counted them?"))
    assert again.key == first.key
    twins = notes(paragraph(f"{start(1)}Forty{end(1)} left{start(1)}."))
    assert len({each.key for each in twins}) == 2


def test_what_was_deleted_and_what_is_no_comment_are_left_out() -> None:
    gone = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"<text:p>{start(1)}x{end(1)}</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><annotation>x</annotation></math>'
    empty = start(2, "<text:p> </text:p>")
    assert notes(gone + paragraph(f"Forty {math}ships{empty} left.")) == []


@given(
    st.lists(
        st.sampled_from([start(1), end(1), start(2), end(2), end(3), "words ", "</text:p><text:p>"])
    )
)
def test_ranges_in_any_order_are_read(parts: list[str]) -> None:
    notes(f"{paragraph('First.')}<text:p>{''.join(parts)}</text:p>")


@given(st.binary(max_size=40), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(bytes_: bytes, at: int) -> None:
    data = flat_odt(paragraph(f"{start(1)}Forty{end(1)} left."))
    middle = len(data) - min(at, len(data))
    with suppress(SourceError):
        read_annotated(data[:middle] + bytes_, name="x.odt")


def test_what_comments_say_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []

    def count(elements: list[Any]) -> list[Comment]:
        counts.append(len(elements))
        return comments_of(elements)

    monkeypatch.setattr(reader, "comments_of", count)
    assert len(notes(paragraph(f"The {start(1)}forty ships{end(1)} left."))) == 1
    assert counts == [1, 1]  # with the comments, and as a document alone
