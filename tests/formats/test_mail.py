"""E-mail: headers, the text that is read, and messages made to do harm."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind
from reader.errors import SourceError
from reader.formats import read_document
from tests.formats.test_properties import assert_sound

TEXT = """Dear Ben,

the ledger is found. It lay in the lower drawer, where nobody
would have looked for it.

> Was it complete?

Yes, but for the last page.

Ada
"""


def message(text: str = TEXT, page: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["Received"] = "from here by there"
    mail["From"] = "Ada Öne <ada@example.org>, ben@example.org"
    mail["To"] = "Ben <ben@example.org>"
    mail["Subject"] = "The ledger — found"
    mail["Date"] = "Tue, 05 Mar 2024 10:11:12 +0100"
    mail["Message-ID"] = "<abc@example.org>"
    mail.set_content(text)
    if page:
        mail.add_alternative(page, subtype="html")
    return mail


def test_the_header_is_metadata_and_the_text_is_read() -> None:
    mail = message()
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="ledger.pdf")
    document = read_document(mail.as_bytes())
    assert_sound(document)
    metadata = document.metadata
    assert metadata.title == "The ledger — found"
    assert metadata.authors == ("Ada Öne", "ben@example.org")
    assert metadata.published == "2024-03-05T10:11:12+01:00"
    assert metadata.identifier == "abc@example.org"
    first, *_, last = document.blocks
    assert (first.kind, document.quote(first.range)) == (BlockKind.HEADING, "The ledger — found")
    assert document.quote(last.range) == "Attached: ledger.pdf"
    assert last.residue
    quotes = [document.quote(b.range) for b in document.blocks if b.kind is BlockKind.QUOTE]
    assert quotes == ["Was it complete?"]
    assert "drawer, where nobody would have looked" in document.text
    assert [b.kind for b in document.blocks].count(BlockKind.HEADING) == 1


def test_html_is_read_where_the_plain_text_is_a_hint() -> None:
    page = "<html><body><h2>News</h2>" + "<p>A long paragraph of it.</p>" * 20 + "</body></html>"
    document = read_document(message("Please use another program.", page).as_bytes())
    assert "Please use" not in document.text
    assert document.text.count("A long paragraph") == 20
    assert "News" in document.text
    both = read_document(message(TEXT, "<p>the ledger is found</p>").as_bytes())
    assert "drawer" in both.text


def test_soft_line_ends_are_undone() -> None:
    data = (
        b"From: a@example.org\nMIME-Version: 1.0\nSubject: =?utf-8?q?caf=C3=A9?=\nDate: no date\n"
        b"Content-Type: text/plain; charset=iso-8859-1; format=flowed\n\n"
        b"This paragraph \nis one \nparagraph, na\xefve.\n\nAnother one here, then.\n-- \nAda\n"
    )
    document = read_document(data)
    assert "This paragraph is one paragraph, naïve." in document.text
    assert (document.metadata.title, document.metadata.published) == ("café", "")


def test_a_text_that_has_colons_is_no_mail() -> None:
    note = b"From: the editor\nTo: everyone\n\nA text that only looks like it at first."
    assert read_document(note).metadata.authors != ("the editor",)


def test_odd_messages_are_told() -> None:
    with pytest.raises(SourceError) as caught:
        read_document(b"Subject: nothing\n\n", name="m.eml")
    assert caught.value.message == "m.eml is a message without text."
    nested = b"From: a\nMessage-ID: x\nSubject: s\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    with pytest.raises(SourceError):
        read_document(nested)


SAMPLE = message(TEXT, "<p>html</p>").as_bytes()


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + 1] = data.draw(st.binary(max_size=6))
    try:
        document = read_document(bytes(damaged), kind="mail")
    except SourceError:
        return
    assert_sound(document)
