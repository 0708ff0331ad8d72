"""Fetching one page: redirects, bounds of time and size, and giving up when asked to.

The work is done on a thread of its own while the caller looks at the clock. A server can therefore
hold nothing up by sending a byte a second, in its headers no less than in the page: when the time
is over, or a person gives up, the connection is shut from outside.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import GivenUp, SourceError
from reader.web.addresses import address_behind, checked_address, host_of, location_of
from reader.web.bodies import read_body
from reader.web.connections import REQUEST_FAULTS, Connections
from reader.web.cookies import Cookies
from reader.web.faults import explain_fault, refuse_status, too_slow

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

POLL_SECONDS = 0.05
"""How often the caller looks at the clock, and whether to give up, in seconds."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that lead to another address."""

NOT_MODIFIED = 304
"""The status that says that the version one has is the present one."""

ACCEPTED = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.5"
"""The kinds that are asked for, the ones that read best first."""


class Limits(NamedTuple):
    """How much a server may ask of a person's time, disk and memory."""

    seconds: float = 60.0
    """For all of it, in seconds: names, connections, redirects and the page."""
    size: int = 50_000_000
    """Of the page, in bytes, both as sent and unpacked."""
    redirects: int = 10
    """How many addresses may lead on to the next."""


class Fetched(NamedTuple):
    """What a server answered."""

    url: str
    """The address that the page came from in the end, without a fragment."""
    data: bytes
    """The page as it is, unpacked; empty where ``status`` is 304."""
    content_type: str
    """The kind that the server says it is, such as ``text/html``, in lower case; may be empty, and
    may be wrong."""
    charset: str
    """The encoding that the server says it is in; may be empty, and may be wrong."""
    etag: str
    """The server's mark of this version, quotes and all; may be empty."""
    last_modified: str
    """When this version was made, in the server's words; may be empty."""
    status: int = 200
    """200, or 304 where the version that was asked about is the present one."""


Progress = Callable[[int, int | None], None]
"""Called with the bytes that have come, and with how many there are where that is known."""


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (a constant)
) -> Fetched:
    """Fetch one page; nothing that it names is fetched besides.

    Args:
        url: An ``http`` or ``https`` address.
        etag: The mark of the version that one has; the answer may then be a 304.
        last_modified: When that version was made, likewise.
        progress: Told how far it is, on a thread of its own.
        cancelled: Asked now and then whether to give up.
        limits: How much the server may ask.

    Raises:
        SourceError: There is no such page, or it cannot be had within the limits; the message is
            one sentence that says why.
        GivenUp: ``cancelled`` said so.
    """
    errand = _Errand(checked_address(url), etag, last_modified, progress, limits)
    worker = threading.Thread(target=errand.run, name="margin-fetch", daemon=True)
    give_up_at = time.monotonic() + limits.seconds
    worker.start()
    try:
        while not errand.is_done.wait(POLL_SECONDS):
            if cancelled is not None and cancelled():
                raise GivenUp("Given up", f"{url} was not fetched.")
            if time.monotonic() > give_up_at:
                raise too_slow(errand.url, errand.received, limits.seconds)
    finally:
        errand.connections.shut()
    return errand.result()


class _Errand:
    """One page being fetched, on the thread that ``run`` is called on."""

    def __init__(
        self, url: str, etag: str, last_modified: str, progress: Progress | None, limits: Limits
    ) -> None:
        self.url = url
        """The address that is being asked at present."""
        self.received = 0
        """The bytes of the page that have come."""
        self.connections = Connections()
        """What is open to servers, to be shut from another thread."""
        self.is_done = threading.Event()
        """Set when there is a result."""
        self._cookies = Cookies()
        self._asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        self._progress = progress
        self._limits = limits
        self._answer: Fetched | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        """Fetch the page, and keep what came of it."""
        try:
            self._answer = self._follow()
        except REQUEST_FAULTS as error:
            self._error = explain_fault(error, self.url)
        except Exception as error:  # noqa: BLE001  (raised again by ``result``, on the caller's thread)
            self._error = error
        finally:
            self.is_done.set()

    def result(self) -> Fetched:
        """Return the page, or raise why there is none."""
        if self._error is not None:
            raise self._error
        assert self._answer is not None
        return self._answer

    def _follow(self) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            headers = self._headers() | self._cookies.header(self.url)
            response = self.connections.request(self.url, headers)
            try:
                self._cookies.take(response, self.url)
                leads_to = location_of(response.headers.get("location", ""))
                if response.status not in REDIRECTS or not leads_to:
                    return self._take(response)
                self.url = address_behind(self.url, leads_to)
            finally:
                response.close()
        raise SourceError(
            "Endless redirects",
            f"{host_of(self.url)} led on {self._limits.redirects} times and never to a page; the"
            " address may need a log-in, so save the page in a browser and open that file.",
        )

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": ACCEPTED, "Accept-Language": "*", "Accept-Encoding": "gzip, deflate"}
        return headers | {name: value for name, value in self._asked.items() if value}

    def _take(self, response: BaseHTTPResponse) -> Fetched:
        is_asked = any(self._asked.values())
        if response.status == NOT_MODIFIED and is_asked:
            data = b""
        else:
            refuse_status(response.status, self.url, response.headers.get("retry-after", ""))
            data = read_body(response, self.url, self._limits.size, self._tell)
            if not data or data.isspace():
                raise SourceError("Nothing to read", f"{host_of(self.url)} sent an empty page.")
        content_type, charset = _kind(response.headers.get("content-type", ""))
        return Fetched(
            url=self.url,
            data=data,
            content_type=content_type,
            charset=charset,
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            status=NOT_MODIFIED if response.status == NOT_MODIFIED else 200,
        )

    def _tell(self, received: int, total: int | None) -> None:
        self.received = received
        if self._progress is not None:
            self._progress(received, total)


def _kind(header: str) -> tuple[str, str]:
    """Return what a Content-Type says: the kind, and the encoding; empty where it does not."""
    from email.message import Message  # noqa: PLC0415  (urllib3 has imported it by now)

    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset", "")
    kind = message.get_content_type() if "/" in header else ""
    return kind, charset.strip() if isinstance(charset, str) else ""
