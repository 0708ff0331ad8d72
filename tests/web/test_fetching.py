"""Fetching from a real server on loopback: the pages, and the error of each failure."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from reader.errors import GivenUp, SourceError
from reader.web import Limits, fetch
from tests.web.server import Request, Server, raw

PAGE = "<p>Die Flut kam um vier. Ça va?</p>".encode()


USUAL = Limits()


def fault(url: str, limits: Limits = USUAL) -> SourceError:
    """Return the error of a fetch, which is one sentence without a line break."""
    with pytest.raises(SourceError) as caught:
        fetch(url, limits=limits)
    error = caught.value
    assert "\n" not in error.message
    assert error.message.endswith(".") or url in error.message
    return error


def test_a_page_comes_with_what_the_server_says_of_it(server: Server) -> None:
    url = server.serve(
        "/tides", PAGE, Content_Type='Text/HTML; charset="Windows-1252"', ETag='W/"7"',
        Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT",
    )  # fmt: skip
    found = fetch(url + "#top")
    assert found == (url, PAGE, "text/html", "Windows-1252", 'W/"7"',
                     "Sun, 22 Nov 2026 10:00:00 GMT", 200)  # fmt: skip
    (request,) = server.seen
    assert request.headers["User-Agent"].startswith("margin/")
    assert "Cookie" not in request.headers
    assert "Referer" not in request.headers


def test_nothing_is_fetched_but_the_page(server: Server) -> None:
    page = b'<img src="/a.png"><script src="/b.js"></script><link rel=stylesheet href="/c.css">'
    fetch(server.serve("/", page + b'<meta http-equiv="refresh" content="0; url=/d">'))
    assert [each.path for each in server.seen] == ["/"]


def test_a_version_in_the_library_is_not_sent_again(server: Server) -> None:
    def page(request: Request) -> None:
        is_known = request.headers["If-None-Match"] == '"7"'
        assert request.headers["If-Modified-Since"] == "yesterday"
        request.answer(b"" if is_known else PAGE, 304 if is_known else 200, ETag='"7"')

    url = server.behave("/", page)
    assert fetch(url, etag='"7"', last_modified="yesterday").status == 304
    assert fetch(url, etag='"6"', last_modified="yesterday").data == PAGE


def test_a_304_without_a_condition_is_an_error(server: Server) -> None:
    assert fault(server.serve("/", b"", 304)).title == "Nothing to read"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_where_they_lead(server: Server, status: int) -> None:
    server.serve("/b/caf%C3%A9", PAGE)
    server.serve("/b/c", b"", status, Location="./caf\u00c3\u00a9#part")
    server.serve("/a", b"", status, Location="/b/c")
    assert fetch(server.base + "/a").url == server.base + "/b/caf%C3%A9"
    assert fetch(server.base + "/a").data == PAGE


def test_endless_redirects_end(server: Server) -> None:
    server.serve("/a", b"", 302, Location="/b")
    server.serve("/b", b"", 302, Location="/a")
    assert fault(server.base + "/a").title == "Endless redirects"
    assert len(server.seen) == Limits().redirects + 1


def test_a_cookie_is_kept_for_the_redirects_and_forgotten_after_them(server: Server) -> None:
    def gate(request: Request) -> None:
        request.answer(b"", 302, Location="/page", Set_Cookie="seen=yes; Path=/; HttpOnly")

    def page(request: Request) -> None:
        if request.headers["Cookie"] == "seen=yes":
            request.answer(PAGE)
        else:
            request.answer(b"", 302, Location="/gate")

    server.behave("/gate", gate)
    url = server.behave("/page", page)
    assert fetch(url).data == PAGE
    assert fetch(url).data == PAGE
    assert [each.path for each in server.seen] == ["/page", "/gate", "/page"] * 2


@pytest.mark.parametrize(
    "cookie", ["x" * 60_000, "a=b; Domain=.example", "=", ";;", "a=b; Max-Age=x", "\x00=\x01"]
)
def test_an_invalid_cookie_is_ignored(server: Server, cookie: str) -> None:
    server.serve("/page", PAGE)
    assert fetch(server.serve("/", b"", 302, Location="/page", Set_Cookie=cookie)).data == PAGE
    assert "example" not in str(server.seen[-1].headers)
    assert len(str(server.seen[-1].headers)) < 5000


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://host/file", "javascript:alert(1)", "data:text/html,x"]
)
def test_no_redirect_leads_away_from_the_web(server: Server, target: str) -> None:
    error = fault(server.serve("/", b"", 302, Location=target))
    assert error.title == "Led away from the web"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "http://", "http://[::1/", "https:///path",
        "http://host:99999/", "http://me:secret@127.0.0.1/", "http://127.0.0.1/a b",
        "http://127.0.0.1/a\r\nX-Header: 1", "http://a..b/", f"http://127.0.0.1/{'a' * 9000}",
        f"http://{'a' * 300}.example/", "/etc/passwd", "",
    ],
)  # fmt: skip
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    error = fault(url)
    assert error.title in {"Address cannot be opened", "No such host"}
    assert "secret" not in error.message


def packed(*pieces: bytes) -> bytes:
    return b"".join(gzip.compress(piece, mtime=0) for piece in pieces)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", packed(PAGE * 9000)),
        ("x-gzip", packed(PAGE * 9000)),
        ("gzip", packed(PAGE, PAGE * 8999)),
        ("gzip", packed(PAGE * 9000) + b"\0" * 20),
        ("deflate", zlib.compress(PAGE * 9000)),
        ("deflate", raw_deflate(PAGE * 9000)),
        ("identity", PAGE * 9000),
    ],
)
def test_a_packed_page_is_unpacked(server: Server, encoding: str, data: bytes) -> None:
    assert fetch(server.serve("/", data, Content_Encoding=encoding)).data == PAGE * 9000


@pytest.mark.parametrize(
    ("encoding", "data"), [("gzip", PAGE), ("deflate", b"\xff" * 9), ("br", PAGE), ("zstd", PAGE)]
)
def test_a_page_that_cannot_be_unpacked_is_refused(
    server: Server, encoding: str, data: bytes
) -> None:
    url = server.serve("/", data, Content_Encoding=encoding)
    assert fault(url).title == "Page cannot be unpacked"


def test_a_bomb_is_refused_before_it_takes_memory(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    url = server.serve("/", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        error = fault(url, Limits(size=1_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.title == "Page too large"
    assert "1 MB" in error.message
    assert peak < 5_000_000


def test_a_page_that_is_too_large_is_refused_by_its_length(server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"", Content_Length=request.path.rpartition("/")[2])

    for length in ("50000001", "9" * 30, "9" * 5000):
        assert fault(server.behave(f"/{length}", page)).title == "Page too large"


def test_a_page_without_a_length_is_cut_off_at_the_limit(server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"", Transfer_Encoding="chunked")
        while not server.stopping.is_set():
            request.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    assert fault(server.behave("/", page), Limits(size=500_000)).title == "Page too large"


def test_a_server_that_drips_its_page_is_too_slow(server: Server) -> None:
    def page(request: Request) -> None:
        request.answer(b"", Content_Length="1000000")
        server.drip(request, b"x" * 1000)

    began = time.monotonic()
    error = fault(server.behave("/", page), Limits(seconds=0.7))
    assert time.monotonic() - began < 3
    assert error.title == "Server too slow"
    assert "bytes had come" in error.message


def test_a_server_that_drips_its_headers_is_too_slow(server: Server) -> None:
    def page(request: Request) -> None:
        server.drip(request, b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000)

    began = time.monotonic()
    assert fault(server.behave("/", page), Limits(seconds=0.7)).title == "Server too slow"
    assert time.monotonic() - began < 3
    threads = [each for each in threading.enumerate() if each.name == "margin-fetch"]
    for each in threads:
        each.join(5)
        assert not each.is_alive()


def test_a_server_that_drips_redirects_is_too_slow(server: Server) -> None:
    def page(request: Request) -> None:
        time.sleep(0.2)
        request.answer(b"", 302, Location="/")

    error = fault(server.behave("/", page), Limits(seconds=0.7, redirects=1000))
    assert error.title == "Server too slow"


def test_a_fetch_can_be_cancelled(server: Server) -> None:
    came = threading.Event()

    def page(request: Request) -> None:
        request.answer(b"x" * 10, Content_Length="1000000")
        server.drip(request, b"x" * 1000)

    with pytest.raises(GivenUp):
        fetch(
            server.behave("/", page),
            progress=lambda received, _: came.set() if received else None,
            cancelled=came.is_set,
        )


def test_progress_is_reported_in_bytes(server: Server) -> None:
    told: list[tuple[int, int | None]] = []
    fetch(server.serve("/", PAGE * 9000), progress=lambda *each: told.append(each))
    size = len(PAGE) * 9000
    assert told[0] == (0, size)
    assert told[-1] == (size, size)
    assert [received for received, _ in told] == sorted(received for received, _ in told)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n90\r\nonly this",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed(PAGE * 99)[:50],
    ],
)
def test_a_page_that_was_cut_short_is_refused(answer: bytes) -> None:
    with raw(answer) as url:
        assert fault(url).title == "Page was cut short"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"\x16\x03\x01\x00\x05hello",
    ],
)
def test_an_invalid_response_is_refused(answer: bytes) -> None:
    with raw(answer) as url:
        assert fault(url).title in {"Connection broke", "Page was cut short", "Nothing to read"}


@pytest.mark.parametrize("length", ["abc", "-5", "²"])
def test_a_length_that_is_not_a_number_is_ignored(length: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    with raw(head.encode() + PAGE) as url:
        assert fetch(url).data == PAGE


def test_more_than_the_length_says_is_not_read() -> None:
    with raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<p>Evil") as url:
        assert fetch(url).data == b"<p>E"


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (204, "Nothing to read"), (206, "Nothing to read"), (300, "Nothing to read"),
        (302, "Nothing to read"), (400, "Page refused"), (401, "Log-in needed"),
        (402, "Log-in needed"), (403, "Log-in needed"), (404, "Page not found"),
        (410, "Page removed"), (418, "Page refused"), (429, "Too many requests"),
        (451, "Page withheld"), (500, "Server at fault"), (503, "Server busy"),
        (599, "Server at fault"),
    ],
)  # fmt: skip
def test_a_status_without_a_page_is_an_error(server: Server, status: int, title: str) -> None:
    error = fault(server.serve("/", b"", status))
    assert error.title == title
    assert "127.0.0.1" in error.message


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("after", "when"),
    [
        ("120", "in 120 seconds"),
        ("0", "in 0 seconds"),
        ("999999", "in 999999 seconds"),
        ("1000000", "later"),  # more than eleven days: no reader waits for that
        ("Wed, 21 Oct 2026 07:28:00 GMT", "later"),
        ("-1", "later"),
        ("", "later"),
    ],
)
def test_the_error_says_when_to_try_again(
    server: Server, status: int, after: str, when: str
) -> None:
    error = fault(server.serve("/", b"", status, Retry_After=after))
    assert error.message.endswith(f"; try again {when}.")


def test_a_wrong_content_type_is_returned_as_it_is(server: Server) -> None:
    found = fetch(server.serve("/", PAGE, Content_Type="image/png"))
    assert (found.data, found.content_type) == (PAGE, "image/png")
    assert fetch(server.serve("/", PAGE, Content_Type="none")).content_type == ""


def test_a_refused_connection_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert fault(f"http://127.0.0.1:{port}/").title == "Server does not answer"


def test_an_unknown_host_is_an_error() -> None:
    assert fault("http://margin.invalid/").title in {"No such host", "No network"}


def test_a_server_without_tls_is_not_trusted(server: Server) -> None:
    server.serve("/", PAGE)
    assert fault(server.base.replace("http", "https") + "/").title == "Connection not safe"


def test_the_proxy_of_the_environment_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["http://news.example/tides"] = lambda request: request.answer(PAGE)
    monkeypatch.setenv("http_proxy", server.base.replace("http://", "http://me:secret@"))
    assert fetch("http://news.example/tides").data == PAGE
    assert server.seen[0].headers["Proxy-Authorization"].startswith("Basic ")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(server.serve("/direct", PAGE)).data == PAGE
    assert server.seen[-1].path == "/direct"


def test_a_proxy_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    monkeypatch.setenv("all_proxy", f"me:secret@127.0.0.1:{port}")
    for url in ("http://news.example/", "https://news.example/"):
        error = fault(url)
        assert error.title == "Proxy does not answer"
        assert "secret" not in error.message
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    assert fault("http://news.example/").title == "Proxy cannot be used"
