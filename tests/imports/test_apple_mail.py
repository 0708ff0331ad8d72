"""The mail with notes that Apple Books sent."""

from __future__ import annotations

import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.apple_books import mail
from reader.imports.model import GivenFile, ImportedSource
from tests.imports.reading import with_words

NOTE = """<div class="annotation"><div class="annotationheader">
<div class="annotationdate"> {day} </div><div class="annotationchapter"> {chapter} </div></div>
<div class="annotationcontent"><div class="annotationselectionMarker {colour}"></div>
<div class="annotationselectioninnermargin"></div>
<p class="annotationrepresentativetext">{quote}</p><p class="annotationnote">{note}</p></div></div>
<div class="separator"></div>"""
PAGE = f"""<html><head><style>.annotation {{ color: #333; }}</style></head><body>
<p id="insertionheader">Notes from</p>
<h1 class="booktitle"> The Quiet Ledger </h1><h2> Oriel Castane &amp; Imre Dask </h2>
{
    NOTE.format(
        day="18 June 2026",
        chapter="Who keeps the count?, p. 8",
        colour="yellow",
        quote="They have told us the answer — all.",
        note="Is it fair?",
    )
}
{
    NOTE.format(
        day="19. Juni 2026", chapter="The town", colour="defaultColor", quote="the town", note=""
    )
}
{NOTE.format(day="", chapter="", colour="pink", quote="", note="")}
<p>All Excerpts From</p></body></html>"""
MESSAGE = (
    b"From: Ana <ana@example.org>\r\nSubject: Notes from \xe2\x80\x9cThe Quiet Ledger\xe2\x80\x9d\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    + quopri.encodestring(PAGE.encode())
)


def source_of(data: bytes) -> ImportedSource:
    file = GivenFile(data, "notes.eml")
    assert mail.recognises(file)
    (source,) = mail.read(file)
    assert isinstance(source, ImportedSource)
    return with_words(source)


@pytest.mark.parametrize("data", [PAGE.encode(), MESSAGE])
def test_the_notes_of_a_mail_are_read(data: bytes) -> None:
    source = source_of(data)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    first, second = source.notes
    assert (first.quote, first.note) == ("They have told us the answer — all.", "Is it fair?")
    assert (first.colour, first.section, first.page) == ("yellow", "Who keeps the count?", "8")
    assert first.created == "2026-06-18T00:00:00.000Z"
    assert (second.quote, second.colour, second.section, second.page) == (
        "the town", "", "The town", "",
    )  # fmt: skip
    assert second.created == "2026-06-19T00:00:00.000Z"
    assert first.key != second.key


def test_an_edited_note_stays_the_same_note() -> None:
    edited = source_of(PAGE.replace("Is it fair?", "No.").encode())
    assert [each.key for each in edited.notes] == [each.key for each in source_of(MESSAGE).notes]


@pytest.mark.parametrize("data", [b"", b"<html>annotation</html>", b"From: x\r\n\r\nannotation"])
def test_other_files_are_no_such_mail(data: bytes) -> None:
    assert not mail.recognises(GivenFile(data, "x"))


@given(st.sampled_from([PAGE.encode(), MESSAGE]), st.integers(0, 2500), st.binary(max_size=12),
       st.integers(0, 200))  # fmt: skip
def test_a_damaged_mail_never_fails(sample: bytes, place: int, piece: bytes, cut: int) -> None:
    file = GivenFile(sample[:place] + piece + sample[place + cut :], "x")
    mail.recognises(file)
    assert all(isinstance(each, ImportedSource) for each in mail.read(file))
