"""E-mail: headers, the texts to read, and hostile messages."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind
from reader.errors import SourceError
from reader.formats import read_document
from reader.formats.mail.reader import MAX_MESSAGES
from reader.formats.mail.text import unflowed
from tests.formats.test_properties import assert_sound
from tests.work import work

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
    first, header, *_, last = document.blocks
    assert document.quote(header.range).split("\n") == [
        "From: Ada Öne <ada@example.org>, ben@example.org",
        "To: Ben <ben@example.org>",
        "Date: Tue, 05 Mar 2024 10:11:12 +0100",
    ]
    assert header.residue
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


def raw(*parts: bytes, kind: bytes = b"multipart/mixed; boundary=b", more: bytes = b"") -> bytes:
    """Return a message of parts with headers of their own."""
    head = b"From: a@example.org\nMessage-ID: <x@y>\nSubject: S\nMIME-Version: 1.0\n" + more
    inside = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return head + b"Content-Type: " + kind + b"\n\n" + inside + b"--b--\n"


def part(text: str, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return f"Content-Type: {kind}\n{more}\n{text}".encode()


def shown(data: bytes) -> list[tuple[str, str]]:
    """Return the kinds and texts of the blocks after the subject and the header."""
    document = read_document(data, name="m.eml", kind="mail")
    assert_sound(document)
    return [(b.kind.value, document.quote(b.range)) for b in document.blocks[2:]]


def test_all_texts_are_read_in_their_order_and_the_rest_is_named() -> None:
    data = raw(
        part("Before."),
        part("", "image/png; name=map.png"),
        part("<p>Between, <b>bold</b>.</p>", "text/html"),
        part("After."),
        part("never", "text/plain; name=notes.txt", "Content-Disposition: attachment\n"),
        part("BEGIN:VCALENDAR", "text/calendar"),
    )
    assert shown(data) == [
        ("paragraph", "Before."),
        ("paragraph", "Between, bold."),
        ("paragraph", "After."),
        ("paragraph", "Attached: map.png, notes.txt, text/calendar"),
    ]


def test_parts_that_cannot_be_told_apart_are_shown_as_they_are() -> None:
    data = raw(part("Some text.")).replace(b"boundary=b", b"boundary=other")
    assert any("Some text." in text for _, text in shown(data))


def test_of_alternatives_one_is_read_with_its_related_parts() -> None:
    page = b"Content-Type: multipart/related; boundary=r\n\n--r\n"
    page += part("<p>In HTML.</p><img src='cid:1' alt=''><img src='cid:2'>", "text/html")
    page += b"\n--r\n" + part("", "image/png; name=logo.png", "Content-ID: <1>\n") + b"\n--r--\n"
    both = raw(part("In plain."), page, kind=b"multipart/alternative; boundary=b")
    assert shown(both) == [("paragraph", "In plain."), ("paragraph", "Attached: logo.png")]
    empty = raw(part(" "), page, kind=b"multipart/alternative; boundary=b")
    assert shown(empty) == [("paragraph", "In HTML."), ("paragraph", "Attached: logo.png")]


def test_a_forwarded_message_is_read_where_it_stands() -> None:
    inner = raw(part("The inner text."), part("", "application/pdf; name=in.pdf")).decode()
    inner = (
        inner.replace("Subject: S", "Subject: Inner").replace("=b\n", "=c\n").replace("--b", "--c")
    )
    data = raw(part("See below."), part(inner, "message/rfc822"), part("Afterwards."))
    document = read_document(data)
    assert_sound(document)
    headings = [
        (b.level, document.quote(b.range)) for b in document.blocks if b.kind is BlockKind.HEADING
    ]
    assert headings == [(1, "S"), (2, "Inner")]
    assert [text for _, text in shown(data)] == [
        "See below.",
        "Inner",
        "From: a@example.org",
        "The inner text.",
        "Attached: in.pdf",
        "Afterwards.",
    ]
    assert document.metadata.title == "S"


def test_signatures_and_the_feet_of_lists_are_residue() -> None:
    foot = "-- \nAda Writer\nPhone 12\n" + "_" * 47 + "\nList mailing list\nhttps://example.org/l\n"
    document = read_document(message(f"The text.\n\nMore of it.\n\n{foot}").as_bytes())
    kept = [document.quote(block.range) for block in document.blocks if not block.residue]
    assert kept == ["The ledger — found", "The text.", "More of it."]
    residue = "\n".join(document.quote(b.range) for b in document.blocks[4:] if b.residue)
    for words in ("Ada Writer", "Phone 12", "List mailing list", "https://example.org/l"):
        assert words in residue
    assert "___" not in document.text
    rule = message("One part.\n\n" + "-" * 40 + "\n\nAnother part of the same text.\n")
    assert not [b for b in read_document(rule.as_bytes()).blocks[2:] if b.residue]


@pytest.mark.parametrize(
    ("options", "source", "text"),
    [
        ("", "One \ntwo \nthree.\nFour.", "One two three.\nFour."),
        ("", "> > One \n>> two.\n> \n> Three \n> four.", ">> One two.\n> \n> Three four."),
        ("delsp=yes", "日本 \n語。", "日本語。"),
        ("", " >not a quote \n From here.", ">not a quote From here."),
        ("", "Text. \n-- \nAda", "Text. \n-- \nAda"),
    ],
)
def test_soft_line_ends_are_undone_in_quotations_too(options: str, source: str, text: str) -> None:
    assert unflowed(source, is_joined=bool(options)) == text


def test_an_endless_paragraph_of_soft_line_ends_is_read_once() -> None:
    assert unflowed("word \n" * 300_000, is_joined=False) == "word " * 300_000
    once, twice = (
        work(partial(unflowed, "word \n" * count, is_joined=False)) for count in (500, 1000)
    )
    assert twice < 2.4 * once


def test_depths_of_quotation_are_kept() -> None:
    text = "Yes.\n\n> No, said Ben to her then.\n>> Was it complete?\n>> Was it old?\n> Perhaps.\n"
    document = read_document(message(text).as_bytes())
    quotes = [(b.level, document.quote(b.range)) for b in document.blocks if b.level and b.nest]
    assert quotes[0][0] == 1
    assert (2, "Was it complete? Was it old?") in quotes


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "utf-8", "naïve café – déjà vu"),
        ("us-ascii", "cp1252", "“naïve”"),
        ("utf-8", "cp1252", "It was “naïve”, he said, to look for the ledger in a café – or so"),
        ("iso-2022-jp", "iso-2022-jp", "すみません。"),
        ("shift_jis", "cp932", "あいうえお"),
        ("gb2312", "gb18030", "你好，世界"),
        ("utf-7", "utf-7", "Grüße aus Köln"),
        ("no-such-charset", "utf-8", "Grüße"),
        ("koi8-r", "koi8-r", "Привет, мир"),
    ],
)
def test_texts_are_decoded_whatever_their_label(label: str, encoding: str, text: str) -> None:
    for transfer in ("8bit", "base64", "quoted-printable"):
        data = text.encode(encoding)
        packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
        for kind, around in (("plain", b"%s"), ("html", b"<p>%s</p>")):
            inside = around % data if transfer == "8bit" else packed[transfer](around % data)
            head = (
                f"Content-Type: text/{kind}; charset={label}\nContent-Transfer-Encoding: {transfer}"
            )
            assert text in shown(raw(head.encode() + b"\n\n" + inside))[0][1], kind


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("From: =?utf-8?q?Doe=2C_J=C3=B6rg?= <j@example.org>", "S", ("Doe, Jörg",)),
        ("From: Jöhn Doe <j@example.org>", "S", ("Jöhn Doe",)),
        (
            "From: a@example.org\nSubject: =?ISO-2022-JP?B?GyRCJF4kXyRgJGEkYhsoQg==?=",
            "まみむめも",
            (),
        ),
        ("From: a@example.org\nSubject: =?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?= x", "café x", ()),
        ("From: a@example.org\nSubject: Grüße", "Grüße", ()),
        ('From: undisclosed:;, "B, C" <b@example.org>', "S", ("B, C",)),
    ],
)
def test_headers_are_decoded(line: str, title: str, authors: tuple[str, ...]) -> None:
    subject = "" if "Subject" in line else "Subject: S\n"
    data = f"{line}\n{subject}Message-ID: <x@y>\nMIME-Version: 1.0\n\nText.\n".encode()
    metadata = read_document(data, kind="mail").metadata
    assert metadata.title == title
    assert metadata.authors == (authors or ("a@example.org",))


NEWSLETTER = """<html><body style="margin:0"><div style="display:none;max-height:0">Preview</div>
<div style="font-size:0px">&zwnj;&nbsp;hidden</div>
<table width="100%" border="0"><tr><td><table role="presentation" border="1"><tr>
<td width="50%"><img src="https://e.org/logo.png" alt="The Ledger" width="120">
<img src="https://e.org/t.gif?u=1" width="1" height="1" alt="pixel"><img src="https://e.org/x.jpg"></td>
<td><a href="https://e.org/web">Read in the browser</a></td></tr></table></td></tr>
<tr><td><h2>The drawer</h2><p>It was <em>found</em>.</p></td></tr>
<tr><td><table><tr><th>Year</th><th>Ships</th></tr><tr><td>1801</td><td>12</td></tr></table></td></tr>
<tr><td><blockquote type="cite"><p>No, said Ben.</p></blockquote></td></tr>
<tr><td>You get this because you asked. <a href="https://e.org/u">Unsubscribe</a></td></tr>
</table></body></html>"""


def test_a_newsletter_is_blocks_and_only_its_data_is_a_table() -> None:
    assert shown(raw(part(NEWSLETTER, "text/html; charset=utf-8"))) == [
        ("image", "The Ledger"),
        ("paragraph", "Read in the browser"),
        ("heading", "The drawer"),
        ("paragraph", "It was found."),
        ("table", "Year\tShips\n1801\t12"),
        ("quote", "No, said Ben."),
        ("paragraph", "You get this because you asked. Unsubscribe"),
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/pkcs7-mime; name=smime.p7m", "is encrypted"),
        ("application/ms-tnef; name=winmail.dat", "winmail.dat, which only Outlook reads"),
    ],
)
def test_hidden_texts_are_told(kind: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(raw(part("eA==", kind)), name="m.eml")
    assert said in caught.value.message
    document = read_document(raw(part("There is text."), part("eA==", kind)))
    assert "There is text." in document.text
    assert "Attached:" in document.text


def test_encrypted_messages_are_told() -> None:
    data = raw(
        part("Version: 1", "application/pgp-encrypted"),
        part("-----BEGIN PGP MESSAGE-----", "application/octet-stream; name=encrypted.asc"),
        kind=b'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
    )
    with pytest.raises(SourceError) as caught:
        read_document(data, name="m.eml")
    assert "m.eml is encrypted" in caught.value.message


def test_an_archive_is_read_message_by_message() -> None:
    one = message("First text.\n\n>From the start.\n").as_bytes()
    two = message("Second text.\n\nFrom here it goes on in 2024\nand on.\n").as_bytes()
    sender = b"From ada@example.org Tue Mar  5 10:11:12 2024\n"
    archive = sender + one + b"\n" + sender + two.replace(b"found", b"lost") + b"\n"
    for data in (archive, archive.replace(b"\n", b"\r\n")):
        document = read_document(data, name="talk.mbox")
        assert_sound(document)
        headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
        assert len(headings) == 2
        assert len({b.label for b in headings}) == 2
        assert document.metadata.title == "Talk"
        assert document.metadata.authors == ()
        for words in ("First text.", "From the start.", "Second text.", "goes on in 2024"):
            assert words in document.text
    bare = b"From a@b Tue Mar  5 10:11:12 2024\nSubject: A\n\nText.\n"
    assert read_document(bare, name="talk.mbox").metadata.title == "A"
    alone = read_document(sender + one, name="talk.mbox")
    assert alone.metadata.authors[0] == "Ada Öne"


def test_of_an_endless_archive_the_first_messages_are_read() -> None:
    one = b"From a@b Tue Mar  5 10:11:12 2024\nFrom: a@b\nMessage-ID: <x>\nTo: c\n\nText.\n\n"
    document = read_document(one * (MAX_MESSAGES + 7))
    assert document.text.endswith(f"7 more messages are in the file; {MAX_MESSAGES:,} are shown.")


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
