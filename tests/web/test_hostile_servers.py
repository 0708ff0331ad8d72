"""Servers that break the rules: each ends in a sentence, in bounded time and memory."""

from __future__ import annotations

import contextlib
import threading
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.web import Limits, fetch
from tests.web.server import Request, Server, flooding, raw, resetting

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = b"<p>The flood came at four.</p>"

FLOODS = {
    "page": (OK + b"\r\n", b"<p>word " * 8192),
    "packed page": (OK + b"Content-Encoding: gzip\r\n\r\n", b"\x1f\x8b\x08" + b"\0" * 9000),
    "chunks": (CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"),
    "chunks of one byte": (CHUNKED, b"1\r\nx\r\n" * 2000),
    "the size of a chunk": (CHUNKED, b"0" * 9000),
    "the extension of a chunk": (CHUNKED + b"1;", b"x" * 9000),
    "trailers": (CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 900),
    "headers": (OK, b"X: y\r\n" * 900),
    "a header": (OK + b"X: ", b"y" * 9000),
    "a folded header": (OK + b"X: y\r\n", b" y\r\n" * 900),
    "empty lines": (b"", b"\r\n" * 900),
    "the first line": (b"HTTP/1.1 200 ", b"O" * 9000),
    "go on": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 90),
    "early hints": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 90),
    "switching": (b"", b"HTTP/1.1 101 Switching Protocols\r\n\r\n" * 90),
    "noise": (b"", b"\0\xff\x1b" * 900),
    "an older protocol": (b"<p>text", b"word " * 900),
    "a newer protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\0" * 900),
    "cookies": (OK, b"Set-Cookie: a=" + b"b" * 60_000 + b"\r\n"),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_response_without_an_end_is_given_up(name: str) -> None:
    tracemalloc.start()
    began = time.monotonic()
    try:
        with flooding(*FLOODS[name]) as url, pytest.raises(SourceError) as caught:
            fetch(url, limits=Limits(seconds=2, size=1_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "\n" not in caught.value.message
    assert caught.value.message.isprintable()
    assert peak < 30_000_000
    assert time.monotonic() - began < 30  # the bound of the test, far from that of the page
    for each in threading.enumerate():
        if each.name == "margin-fetch":
            each.join(10)
            assert not each.is_alive()


@pytest.mark.parametrize(
    "answer",
    [b"", b"HT", OK, OK + b"Content-Length: 900\r\n\r\n<p>half", CHUNKED + b"5\r\n<p>ha"],
)
def test_a_connection_that_is_reset_is_an_error(answer: bytes) -> None:
    with resetting(answer) as url, pytest.raises(SourceError) as caught:
        fetch(url)
    assert caught.value.title in {"Connection broke", "Page was cut short"}


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "unix:///run/docker.sock", "http+unix://%2Frun%2Fx/",
     "gopher://127.0.0.1:25/", "HTTP:", "//", "http:///etc/passwd", "\\\\host\\share", "about:blank",
     "http://127.0.0.1:0/", "http://[::1", "https://user:secret@127.0.0.1/"],
)  # fmt: skip
def test_no_redirect_leads_away_from_the_web(server: Server, target: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(server.serve("/", b"", 302, Location=target), limits=Limits(seconds=5, redirects=3))
    assert "secret" not in caught.value.message
    assert caught.value.message.isprintable()


def test_redirects_to_new_addresses_without_end_are_given_up(server: Server) -> None:
    def page(request: Request) -> None:
        number = len(server.seen)
        cookie = f"seen{number}=1; Path=/"
        request.answer(b"", 302, Location=f"/?page={number}", Set_Cookie=cookie)

    with pytest.raises(SourceError) as caught:
        fetch(server.behave("/", page))
    assert caught.value.title == "Endless redirects"
    assert len(server.seen) == Limits().redirects + 1


def test_redirects_that_grow_are_given_up(server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"", 302, Location="/?" + "x" * 3 * len(request.path) + "x" * 500)

    with pytest.raises(SourceError) as caught:
        fetch(server.behave("/", page))
    assert caught.value.title == "Address cannot be opened"


def test_a_megabyte_of_cookies_is_not_sent_back(server: Server) -> None:
    def gate(request: Request) -> None:
        request.send_response(302)
        for number in range(90):
            request.send_header("Set-Cookie", f"c{number}={'x' * 3000}; Path=/")
        request.send_header("Location", "/page")
        request.send_header("Content-Length", "0")
        request.end_headers()

    server.serve("/page", PAGE)
    assert fetch(server.behave("/", gate)).data == PAGE
    assert len(server.seen[-1].headers.get("Cookie", "")) <= 8000


def test_an_attachment_is_read_as_a_page(server: Server) -> None:
    disposition = 'attachment; filename="../../etc/passwd"'
    found = fetch(server.serve("/", PAGE, Content_Disposition=disposition))
    assert found.data == PAGE


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x" * 900]
)
def test_compression_that_was_not_asked_for_is_refused(server: Server, encoding: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(server.serve("/", PAGE, Content_Encoding=encoding))
    assert caught.value.title == "Page cannot be unpacked"
    assert len(caught.value.message) < 300


def test_informational_responses_are_ignored() -> None:
    page = OK + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    with raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + page) as url:
        assert fetch(url).data == PAGE


@pytest.mark.parametrize(
    "header", ["ETag", "Last-Modified", "Content-Type", "Content-Encoding", "Location", "X"]
)
@pytest.mark.parametrize("value", [b"\xff\xfe\x80", b"a" * 60_000, b"\x1b[31m\x9b2J", b";=;\"'"])
def test_any_value_of_a_header_gives_a_page_or_a_sentence(header: str, value: bytes) -> None:
    head = OK + header.encode() + b": " + value + b"\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
    with raw(head + PAGE) as url, contextlib.suppress(SourceError):
        assert fetch(url).data == PAGE


PIECES = st.sampled_from(
    [
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 301 x\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 ", "HTTP/9.9 200\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Content-Encoding: gzip\r\n",
        "Content-Encoding: deflate\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Content-Length: 5, 6\r\n",
        "Content-Type: text/html; charset=\"\r\n", "Content-Type: \r\n", "Location: /\r\n", "Location: http://[\r\n",
        "Set-Cookie: a=b; Expires=x\r\n", "Set-Cookie: \r\n", "Retry-After: x\r\n", "ETag: \r\n", "\r\n", "\n", "\r",
        "5\r\n", "-5\r\n", "fffffffffffffffff\r\n", "0x5\r\n", "0\r\n\r\n", "hello", "\x1f\x8b\x08\x00", "\x78\x9c",
        ": \r\n", " x\r\n", "\x00", "\xff", "X\r\n",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_response_gives_a_page_or_a_sentence(answer: str, has_head: bool) -> None:
    head = "HTTP/1.1 200 OK\r\n" if has_head else ""
    with raw((head + answer).encode("latin-1")) as url, contextlib.suppress(SourceError):
        fetch(url, limits=Limits(seconds=10))
