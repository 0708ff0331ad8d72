"""Makes web archives for the tests, with the same bytes in every run."""

from __future__ import annotations

URL = "https://example.org/tides"


def record(kind: str, body: bytes, *, url: str = URL) -> bytes:
    """Return a record of a WARC: its header, its body, and two empty lines."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + body + b"\r\n\r\n"


def response(
    body: bytes, *, content_type: str = "text/html", status: str = "200 OK", others: str = ""
) -> bytes:
    """Return a response of a web server; ``others`` are more lines of its header."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{others}\r\n"
    return head.encode() + body


def warc(page: str) -> bytes:
    """Return a WARC of one page."""
    body = page.encode("utf-8", "replace")
    return record("warcinfo", b"software: none\r\n") + record("response", response(body))
