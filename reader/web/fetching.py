"""Fetches one page: follows redirects, limits time and size, and can be cancelled.

The request runs on a thread of its own while the caller looks at the clock. A server that sends a
byte a second, in its headers or in the page, can therefore delay nothing: when the time is over, or
a person cancels, the caller closes the connection.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import GivenUp, SourceError
from reader.web.addresses import address_behind, checked_address, host_of, location_of
from reader.web.connections import REQUEST_ERRORS, Connections
from reader.web.cookies import Cookies
from reader.web.errors import SAVE_IT, explain_error, refuse_status, too_slow
from reader.web.response_body import read_body

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

POLL_SECONDS = 0.05
"""How often the caller checks the time and whether to cancel, in seconds."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses of redirects."""

NOT_MODIFIED = 304
"""The status that says that the library's version is the present one."""

ACCEPTED = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.5"
"""The content types to ask for, those that read best first."""


class Limits(NamedTuple):
    """The most time, disk and memory that one page may take."""

    seconds: float = 60.0
    """For names, connections, redirects and the page together, in seconds."""
    size: int = 50_000_000
    """The size of the page in bytes, both as sent and unpacked."""
    redirects: int = 10
    """How many redirects are followed."""


class Fetched(NamedTuple):
    """The response of a server."""

    url: str
    """The address of the page after all redirects, without a fragment."""
    data: bytes
    """The unpacked bytes of the page; empty if ``status`` is 304."""
    content_type: str
    """The content type that the server gives, such as ``text/html``, in lower case; may be empty or
    wrong."""
    charset: str
    """The encoding that the server gives; may be empty or wrong."""
    etag: str
    """The ETag of this version with its quotes; may be empty."""
    last_modified: str
    """The Last-Modified header of this version; may be empty."""
    status: int = 200
    """200, or 304 if the version that was asked about is the present one."""


Progress = Callable[[int, int | None], None]
"""Called with the bytes received so far, and with their total if that is known."""


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (a constant)
) -> Fetched:
    """Fetch one page, and nothing that it refers to.

    Args:
        url: An ``http`` or ``https`` address.
        etag: The ETag of the version in the library; the response may then be a 304.
        last_modified: The Last-Modified header of that version, for the same purpose.
        progress: Reports how much has come, on another thread.
        cancelled: Asked several times a second whether to cancel.
        limits: The most that the page may take.

    Raises:
        SourceError: There is no such page, or it cannot be fetched within the limits; the message
            is one sentence that says why.
        GivenUp: ``cancelled`` returned true.
    """
    request = _Request(checked_address(url), etag, last_modified, progress, limits)
    worker = threading.Thread(target=request.run, name="margin-fetch", daemon=True)
    deadline = time.monotonic() + limits.seconds
    worker.start()
    try:
        while not request.is_done.wait(POLL_SECONDS):
            if cancelled is not None and cancelled():
                raise GivenUp("Given up", f"{url} was not fetched.")
            if time.monotonic() > deadline:
                raise too_slow(request.url, request.received, limits.seconds)
    finally:
        request.connections.close()
    return request.result()


class _Request:
    """One page that is being fetched, on the thread that calls ``run``."""

    def __init__(
        self, url: str, etag: str, last_modified: str, progress: Progress | None, limits: Limits
    ) -> None:
        self.url = url
        """The address that is being requested now, after the redirects so far."""
        self.received = 0
        """How many bytes of the page have come."""
        self.connections = Connections()
        """The open connections, which another thread can close."""
        self.is_done = threading.Event()
        """Set when there is a page or an error."""
        self._cookies = Cookies()
        self._conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        self._progress = progress
        self._limits = limits
        self._page: Fetched | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        """Fetch the page, and keep it or its error for ``result``."""
        try:
            self._page = self._follow()
        except REQUEST_ERRORS as error:
            self._error = explain_error(error, self.url)
        except Exception as error:  # noqa: BLE001  (raised again by ``result``, on the caller's thread)
            self._error = error
        finally:
            self.is_done.set()

    def result(self) -> Fetched:
        """Return the page, or raise the error."""
        if self._error is not None:
            raise self._error
        assert self._page is not None
        return self._page

    def _follow(self) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            headers = self._headers() | self._cookies.header(self.url)
            response = self.connections.request(self.url, headers)
            try:
                self._cookies.take(response, self.url)
                location = location_of(response.headers.get("location", ""))
                if response.status not in REDIRECTS or not location:
                    return self._read(response)
                self.url = address_behind(self.url, location)
            finally:
                response.close()
        raise SourceError(
            "Endless redirects",
            f"{host_of(self.url)} redirected {self._limits.redirects} times and never to a page; it"
            f" may need a log-in: {SAVE_IT}.",
        )

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": ACCEPTED, "Accept-Language": "*", "Accept-Encoding": "gzip, deflate"}
        return headers | {name: value for name, value in self._conditions.items() if value}

    def _read(self, response: BaseHTTPResponse) -> Fetched:
        is_conditional = any(self._conditions.values())
        if response.status == NOT_MODIFIED and is_conditional:
            data = b""
        else:
            refuse_status(response.status, self.url, response.headers.get("retry-after", ""))
            data = read_body(response, self.url, self._limits.size, self._report)
            if not data or data.isspace():
                raise SourceError("Nothing to read", f"{host_of(self.url)} sent an empty page.")
        content_type, charset = _content_type(response.headers.get("content-type", ""))
        return Fetched(
            url=self.url,
            data=data,
            content_type=content_type,
            charset=charset,
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            status=NOT_MODIFIED if response.status == NOT_MODIFIED else 200,
        )

    def _report(self, received: int, total: int | None) -> None:
        self.received = received
        if self._progress is not None:
            self._progress(received, total)


def _content_type(header: str) -> tuple[str, str]:
    """Return the type and the encoding of a Content-Type header; empty if it does not name them."""
    from email.message import Message  # noqa: PLC0415  (urllib3 has imported it by now)

    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset", "")
    kind = message.get_content_type() if "/" in header else ""
    return kind, charset.strip() if isinstance(charset, str) else ""
