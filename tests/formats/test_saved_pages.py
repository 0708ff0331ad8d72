"""Pages that browsers saved as one file: MHTML and webarchives."""

from __future__ import annotations

import base64
import plistlib
import quopri
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, SpanKind
from reader.errors import SourceError
from reader.formats import SourceInfo, read_document
from tests.formats.test_html import WORDS, page
from tests.formats.test_properties import assert_sound

SAMPLE = Path(__file__).parents[2] / "sample_articles" / "the-orchard-on-the-roof.mhtml"
URL = "https://x.example/a/b"
LINKED = page(f'<p>{WORDS} With <a href="c">a link</a>.</p>')


def mhtml(parts: list[tuple[str, bytes]], header: str = "") -> bytes:
    lines = ["From: <Saved by Blink>", f"Snapshot-Content-Location: {URL}", "MIME-Version: 1.0",
             f'Content-Type: multipart/related; type="text/html"; boundary="b"{header}', ""]  # fmt: skip
    for head, body in parts:
        lines += ["--b", head, "", body.decode("ascii")]
    return "\r\n".join([*lines, "--b--", ""]).encode()


def quoted(data: bytes) -> bytes:
    return quopri.encodestring(data)


PART = f"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}"


def webarchive(*, form: plistlib.PlistFormat, **fields: object) -> bytes:
    resource = {
        "WebResourceData": LINKED,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": URL,
    }
    main = {key: value for key, value in (resource | fields).items() if value is not None}
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form)


def test_a_page_that_chrome_saved_is_its_article() -> None:
    document = read_document(SAMPLE.read_bytes())
    assert document.metadata.title == "The orchard on the roof"
    assert document.metadata.url == "https://quarterly.example/orchard-on-the-roof"
    for words in ("Subscribe", "You may also like", "max-width", "Imprint", "=20"):
        assert words not in document.text
    (image,) = [one for one in document.blocks if one.kind is BlockKind.IMAGE]
    assert document.text[image.end + 1 :].startswith("The nine trees in their second summer.")


@pytest.mark.parametrize("encode", [quoted, base64.encodebytes])
def test_a_page_that_is_cut_short_is_told_and_read_only_when_asked(
    encode: Callable[[bytes], bytes],
) -> None:
    kind = "base64" if encode is base64.encodebytes else "quoted-printable"
    head = PART.replace("quoted-printable", kind)
    data = mhtml([(head, encode(LINKED)), ("Content-Type: text/css", b"a { color: red }")])
    assert read_document(data).text
    middle = data.index(b"Content-Type: text/css") - 400
    with pytest.raises(SourceError, match="ends in the middle of its page"):
        read_document(data[:middle], name="saved.mhtml", kind="mhtml")
    assert read_document(data[:middle], kind="mhtml", info=SourceInfo(is_whole=True)).text
    assert read_document(
        data[:-30]
    ).text  # only resources that the page would have loaded are missing


def test_a_saved_page_without_an_article_is_named_as_it_was_given() -> None:
    links = "".join(f'<li><a href="{n}">Story {n} of the day</a></li>' for n in range(40))
    index = f"<html><body><nav><a href='/'>Home</a></nav><ul>{links}</ul></body></html>".encode()
    with pytest.raises(SourceError, match=r"margin --whole saved\.mhtml"):
        read_document(mhtml([(PART, quoted(index))]), name="saved.mhtml")


NOTED = page(
    f'<p>{WORDS}<sup><a href="{URL}#n1" id="r1">1</a></sup></p><p>{WORDS}</p>'
    f'<ol><li id="n1">What the first note says. <a href="{URL}#r1">↩</a></li></ol>'.replace(
        "↩", "&#8617;"
    )
)


def test_notes_stay_notes_though_browsers_make_links_into_the_page_absolute() -> None:
    document = read_document(mhtml([(PART, quoted(NOTED))]))
    (mark,) = [one for one in document.spans if one.kind is SpanKind.FOOTNOTE]
    assert document.quote(mark.range) == "[1]"
    note = document.place_of(mark.target)
    assert note is not None
    assert document.text[note:].splitlines()[0] == "What the first note says."


@pytest.mark.parametrize(
    "comment",
    [
        f"\n Page saved with SingleFile \n url: {URL} \n saved date: Sun Nov 22 2026\n",
        f" saved from url=({len(URL):04}){URL} ",
    ],
)
def test_a_page_saved_alone_says_where_it_was(comment: str) -> None:
    picture = '<figure><img src="data:image/gif;base64,R0lG" alt="Boats"></figure>'
    told = page(f"<p>{WORDS}</p>{picture}<p>{WORDS} <a href='c'>A link</a></p>")
    told = told.replace(b"<html", f"<!--{comment}--><html".encode(), 1)
    document = read_document(told, name="saved.html")
    assert document.metadata.url == URL
    (link,) = [one for one in document.spans if one.kind is SpanKind.LINK]
    assert link.target == "https://x.example/a/c"
    images = [one for one in document.spans if one.kind is SpanKind.IMAGE]
    assert all(one.target == "" for one in images)
    hostile = told.replace(URL.encode(), b"javascript:alert(1)")
    assert read_document(hostile, name="saved.html").metadata.url == ""


@pytest.mark.parametrize(
    "data",
    [
        mhtml([(PART, quoted(LINKED))]),
        mhtml([("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", base64.encodebytes(LINKED))]),
        mhtml([("Content-Type: text/css", b"a {}"), (PART, quoted(LINKED))]),
        mhtml([("Content-Type: text/html\r\nContent-Location: https://ads.example/", b"<p>An advertisement"),
               (PART, quoted(LINKED))]),
        mhtml([("Content-Type: text/html\r\nContent-ID: <1>", b"<p>A frame"),
               ("Content-ID: <2>\r\n" + PART, quoted(LINKED))], '; start="<2>"'),
        webarchive(form=plistlib.FMT_BINARY),
        webarchive(form=plistlib.FMT_XML),
        webarchive(form=plistlib.FMT_BINARY, WebResourceTextEncodingName=None),
    ],
)  # fmt: skip
def test_saved_pages_are_read_without_a_name(data: bytes) -> None:
    document = read_document(data)
    assert document.text.count(WORDS) == 6
    targets = [one.target for one in document.spans if one.kind is SpanKind.LINK]
    assert targets == ["https://x.example/a/c"]


def test_the_charset_of_the_file_is_used() -> None:
    text = "Городской совет решил построить мост. " * 10
    data = webarchive(
        form=plistlib.FMT_BINARY,
        WebResourceData=f"<html><body><p>{text}</p></body></html>".encode("koi8-r"),
        WebResourceTextEncodingName="koi8-r",
    )
    assert read_document(data).text == text.strip()


def test_all_of_a_saved_page_can_be_asked_for() -> None:
    document = read_document(SAMPLE.read_bytes(), info=SourceInfo(is_whole=True))
    assert "You may also like" in document.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (SAMPLE.read_bytes()[:300], ""),
        (mhtml([("Content-Type: text/css", b"a {}")]), ""),
        (mhtml([("Content-Type: image/png", b"")]), ""),
        (webarchive(form=plistlib.FMT_BINARY)[:-40], ""),
        (webarchive(form=plistlib.FMT_BINARY, WebResourceMIMEType="image/png"), ""),
        (webarchive(form=plistlib.FMT_BINARY, WebResourceData=b" "), ""),
        (plistlib.dumps([1, 2], fmt=plistlib.FMT_BINARY), "webarchive"),
        (b"bplist00" + bytes(200), "webarchive"),
        (b"no header at all", "mhtml"),
        (
            (
                b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
                b"<plist><dict><key>WebMainResource</key><string>&a;&c;</string></dict></plist>"
            ),
            "",
        ),
    ],
)
def test_what_holds_no_page_is_told(data: bytes, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="saved", kind=kind)
    assert caught.value.title == "Not a saved page"
    assert caught.value.message.startswith("saved looks like a page")


def test_nested_parts_end() -> None:
    head = b"From: <Saved by Blink>\r\n"
    nested = b"".join(
        b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
        for depth in range(3000)
    )
    with pytest.raises(SourceError):
        read_document(head + nested + b"Content-Type: text/html\r\n\r\n<p>x")


@given(
    st.sampled_from([SAMPLE.read_bytes()[:2500], webarchive(form=plistlib.FMT_BINARY)]),
    st.lists(st.tuples(st.integers(0, 2499), st.integers(0, 255)), max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_damage_gives_a_sound_document_or_a_sentence(
    data: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    kind = "webarchive" if data.startswith(b"bplist") else "mhtml"
    try:
        document = read_document(bytes(damaged), kind=kind)
    except SourceError:
        return
    assert_sound(document)
