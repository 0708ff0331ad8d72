"""The annotations of a PDF: the words beneath them as the document has them, and what they say."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Document
from reader.errors import SourceError
from reader.formats import read_annotated, read_document
from reader.formats.embedded_notes import EmbeddedAnswer, EmbeddedNote
from reader.formats.pdf.annotations import moment_of
from tests.formats.pdfs import Piece, Setter, marked, pdf

LINES = [
    Piece(40, 500, 10, "The harbour office counted forty ships in the first week of the infor-"),
    Piece(
        40, 487, 10, "mation strike, the pilots said. \u201cNobody was asked,\u201d said Ida Moor."
    ),
    Piece(40, 474, 10, "Twelve of the forty ships had left again by Monday, and nobody was asked."),
]
PAGE = [
    Piece(40, 550, 18, "The quiet harbour"),
    *LINES,
]


def notes(*annotations: str, pieces: list[Piece] = PAGE, **more: object) -> list[EmbeddedNote]:
    data = pdf([pieces], annotations=[annotations], **more)  # type: ignore[arg-type]
    document, found = read_annotated(data, name="x.pdf")
    assert document == read_document(data, name="x.pdf")
    assert document.metadata.embedded_notes == len(found)
    for note in found:
        check(note, document)
    return list(found)


def check(note: EmbeddedNote, document: Document) -> None:
    if note.start is not None:
        end = note.start + len(note.quote)
        assert document.text[note.start : end] == note.quote
        assert document.text[: note.start].endswith(note.prefix)
        assert document.text[end:].startswith(note.suffix)


@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly", "StrikeOut"])
def test_the_words_beneath_are_those_that_the_document_has(kind: str) -> None:
    (note,) = notes(
        marked(LINES, "first week of the infor-|mation strike, the pilots said.", kind=kind)
    )
    assert note.quote == "first week of the information strike, the pilots said."
    assert note.start is not None
    assert note.prefix.endswith("counted forty ships in the ")
    assert note.page == "1"


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("forty ships in", "forty ships in"),
        ("rty ships in the fir", "forty ships in the first"),  # a hand that cut the words
        ("ps in the fi", "in the"),
        ("\u201cNobody was asked,\u201d", "\u201cNobody was asked,\u201d"),
        ("nobody was asked.", "nobody was asked."),  # the second place of the same words
        ("of the forty ships", "of the forty ships"),
        ("infor-", "information"),
        ("week of the infor-|mation strike, the pilots said. \u201cNobody was asked,\u201d said Ida Moor.|Twelve",
         "week of the information strike, the pilots said. \u201cNobody was asked,\u201d said Ida Moor.\nTwelve"),
    ],
)  # fmt: skip
def test_a_passage_is_whole_words_in_their_place(words: str, quote: str) -> None:
    (note,) = notes(marked(LINES, words))
    assert note.quote == quote
    document = read_document(pdf([PAGE]), name="x.pdf")
    assert note.start == document.text.rindex(quote)


def test_signs_are_found_by_the_letters_around_them() -> None:
    (note,) = notes(marked(LINES, ",", "/Contents(no comma)", kind="StrikeOut"))
    assert (note.quote, note.prefix[-6:], note.suffix[:4]) == (",", "strike", " the")


def test_what_is_written_who_wrote_it_and_when() -> None:
    asked = marked(
        LINES, "forty ships",
        "/Contents(Is that\rtrue?)/T(Ann Lee)/NM(note-017)/M(D:20260314093000+01'00')"
        "/CreationDate(D:20260313)/C[1 0.8314 0]",
    )  # fmt: skip
    reply = (
        "<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/IRT @0/T(Bo)/Contents({})/M(D:20260315)/F 28>>"
    )
    state = reply.format("Accepted set by Bo").replace(
        "/F 28", "/State(Accepted)/StateModel(Review)"
    )
    silent = marked(LINES, "Twelve", "/C[0 1 0]")
    first, second = notes(asked, reply.format("It is."), state, silent)
    assert (first.note, first.author) == ("Is that\ntrue?", "Ann Lee")
    assert first.answers == (EmbeddedAnswer("It is.", "Bo", "2026-03-15T00:00:00.000Z"),)
    assert (first.key, first.colour) == ("note-017", "#ffd400")
    assert first.created == "2026-03-13T00:00:00.000Z"
    assert first.modified == "2026-03-14T08:30:00.000Z"
    assert (second.note, second.colour) == ("", "#00ff00")


def test_answers_to_answers_are_in_the_note_and_circles_end() -> None:
    reply = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/IRT @{}/T(Bo)/Contents({})/M(D:2026031{})>>"
    annotations = [
        marked(LINES, "forty ships", "/Contents(One)/T(Ann)"),
        reply.format(2, "Three", 3),
        reply.format(0, "Two", 2),
        reply.format(4, "lost", 4),
        reply.format(3, "lost", 4),
    ]
    (note,) = notes(*annotations)
    assert (note.note, [each.text for each in note.answers]) == ("One", ["Two", "Three"])


def test_an_answer_to_a_mark_without_a_text_is_kept() -> None:
    shape = "<</Type/Annot/Subtype/Square/Rect[40 470 90 484]>>"
    reply = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/IRT @0/T(Bo)/Contents(Which?)>>"
    (note,) = notes(shape, reply)
    assert ([each.text for each in note.answers], note.quote.split()[0]) == (["Which?"], "Twelve")


def test_notes_without_words_stand_at_the_line_beside() -> None:
    sticky = "<</Type/Annot/Subtype/Text/Rect[20 484 38 502]/Contents(Who counted?)>>"
    drawn = "<</Type/Annot/Subtype/Square/Rect[40 470 90 484]/Contents(Twelve?)>>"
    bare = "<</Type/Annot/Subtype/Square/Rect[40 470 90 484]>>"
    first, second = notes(sticky, drawn, bare)
    assert first.note == "Who counted?"
    assert first.start is not None
    assert first.quote.startswith(("The harbour office", "information strike"))
    assert (second.note, second.quote.split()[0]) == ("Twelve?", "Twelve")


def test_a_note_that_only_repeats_the_words_beneath_is_none() -> None:
    (note,) = notes(marked(LINES, "the infor-|mation strike", "/Contents(the information strike)"))
    assert note.note == ""


def test_words_are_found_in_columns_on_later_pages_beside_headers() -> None:
    setter = Setter(2, head="The Harbour Review")
    setter.across("The quiet harbour", 18)
    words = "piers boats masts ropes decks sails tides winds rocks lamps bells gulls".split()
    for number in range(60):
        setter.paragraph(" ".join(f"{words[(number * 7 + n * 5) % 12]}{number}" for n in range(40)))
    page = setter.pages[1]
    at = next(n for n, one in enumerate(page) if n > 12 and one.text.split()[-1][-1].isdigit())
    quads = "|".join(one.text for one in page[at : at + 3])
    data = pdf(setter.pages, annotations=[[], [marked(page[at:], quads)]])
    document, (note,) = read_annotated(data, name="x.pdf")
    check(note, document)
    assert note.start is not None
    assert note.quote.split()[0] == page[at].text.split()[0]
    assert note.quote.split()[-1].startswith(page[at + 2].text.split()[-1].rstrip("-"))
    assert note.page == "2"


def test_keys_stay_and_differ() -> None:
    once = [
        marked(LINES, "forty ships"),
        marked(LINES, "Twelve"),
        marked(LINES, "Ida", "/NM(annot-of-ida)"),
    ]
    keys = [note.key for note in notes(*once)]
    assert len({*keys}) == 3
    assert notes(marked(LINES, "Ida", "/NM(7)"))[0].key not in {"7", *keys}
    edited = [
        once[0].replace(">>", "/Contents(new)>>"),
        once[1],
        once[2],
        marked(LINES, "Moor", "/NM(annot-of-ida)"),
    ]
    assert [note.key for note in notes(*edited)] == [*keys, "annot-of-ida#2"]


def test_hidden_and_foreign_annotations_are_none() -> None:
    link = "<</Type/Annot/Subtype/Link/Rect[40 470 90 484]/A<</S/URI/URI(https://a.example)>>>>"
    popup = "<</Type/Annot/Subtype/Popup/Rect[40 470 90 484]/Contents(x)>>"
    hidden = marked(LINES, "Twelve", "/F 2")
    nowhere = (
        marked(LINES, "Twelve").replace("QuadPoints", "Nothing").replace("/Rect[", "/Rect[1e9 ")
    )
    assert notes(link, popup, hidden, nowhere) == []


def test_filled_in_forms_change_nothing() -> None:
    (note,) = notes(marked(LINES, "forty ships"), fields=[(40, 300, 200, 320, "Yes, all of them")])
    assert note.quote == "forty ships"


def test_a_pdf_without_annotations_has_no_notes() -> None:
    assert notes() == []


def test_a_damaged_pdf_says_so() -> None:
    with pytest.raises(SourceError):
        read_annotated(b"%PDF-1.4 nothing", name="x.pdf")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("D:20260314093000+01'00'", "2026-03-14T08:30:00.000Z"),
        ("D:20260314093000-05'30", "2026-03-14T15:00:00.000Z"),
        ("D:20260314093000Z00'00'", "2026-03-14T09:30:00.000Z"),
        ("20260314", "2026-03-14T00:00:00.000Z"),
        ("D:2026", "2026-01-01T00:00:00.000Z"),
        ("D:20261399", ""),
        ("D:00010101000000+14'00'", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_of_pdf(date: str, moment: str) -> None:
    assert moment_of(date) == moment


@given(st.text(max_size=30))
def test_no_date_is_an_error(date: str) -> None:
    moment_of(date)
    moment_of(f"D:{date}")


@settings(max_examples=15)
@given(st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 20))
def test_damaged_annotations_fail_in_words_or_not_at_all(
    place: int, piece: bytes, cut: int
) -> None:
    data = pdf(
        [PAGE], annotations=[[marked(LINES, "forty ships", "/Contents(why)/T(Ann)/NM(x)")] * 3]
    )
    place += len(data) // 3  # behind the text
    with suppress(SourceError):
        document, found = read_annotated(data[:place] + piece + data[place + cut :], name="x.pdf")
        for note in found:
            check(note, document)


HOSTILE = [
    "/NM(\\377\\376)", "/Contents<FEFFD800>", "/IRT @0", "/C[9 -1 1e30]", "/C[]",
    "/QuadPoints[1 2 3]", "/QuadPoints[1e38 1e38 -1e38 1e38 0 0 0 0]", "/Rect[9 9]", "/M 7",
    f"/Contents({'x' * 50_000})", f"/QuadPoints[{'0 0 420 0 0 595 420 595 ' * 3000}]",
]  # fmt: skip


@pytest.mark.parametrize("entry", HOSTILE)
def test_hostile_annotations_leave_the_text_readable(entry: str) -> None:
    one = marked(LINES, "forty ships", "/Contents(why)").replace(">>", f"{entry}>>")
    data = pdf([PAGE], annotations=[[one] * 20])
    document, found = read_annotated(data, name="x.pdf")
    assert "forty ships" in document.text
    for note in found:
        check(note, document)
