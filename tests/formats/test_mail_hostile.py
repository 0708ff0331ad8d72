"""Messages that would take forever or fill the stack: what can be read is read."""

from __future__ import annotations

import email

import pytest

from reader.errors import SourceError
from reader.formats import read_document
from reader.formats.message_policy import MAX_HEADER_LINE, POLICY

HEAD = b"From: a@b\nMessage-ID: <x>\nMIME-Version: 1.0\n"


def header(name: str, value: bytes) -> bytes:
    return HEAD + name.encode() + b": " + value + b"\n\nText of the message.\n"


@pytest.mark.parametrize("name", ["From", "To", "Cc", "Subject", "Date", "Content-Type"])
@pytest.mark.parametrize(
    "piece", [b"a:", b"(", b"From: a@b\n To: ", b'"', b"<", b"=?utf-8?q?a?= ", b"a:;", b"a@b, "]
)
def test_a_header_without_an_end_hides_no_text(name: str, piece: bytes) -> None:
    assert "Text of the message." in read_document(header(name, piece * 20_000), kind="mail").text


def test_a_line_of_a_header_is_bounded() -> None:
    data = header("Subject", b"=?utf-8?q?a?= " * 2_000_000)
    assert len(email_value(data, "Subject")) == MAX_HEADER_LINE
    assert read_document(data, kind="mail").metadata.title == "a" * 1000


def email_value(data: bytes, name: str) -> str:
    return str(email.message_from_bytes(data, policy=POLICY)[name])


@pytest.mark.parametrize("kind", ["mail", "mhtml"])
@pytest.mark.parametrize("around", ["multipart/mixed", "multipart/related", "message/rfc822"])
def test_parts_within_ten_thousand_parts_are_told(around: str, kind: str) -> None:
    parts = b"".join(
        b"Content-Type: %s; boundary=b%d\n\n--b%d\n" % (around.encode(), level, level)
        if around.startswith("multipart")
        else b"Content-Type: message/rfc822\n\n"
        for level in range(10_000)
    )
    with pytest.raises(SourceError, match=r"readable message|saved page"):
        read_document(HEAD + parts + b"Content-Type: text/html\n\n<p>words", kind=kind)
