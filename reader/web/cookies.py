"""What a server wants to be told again on the way to a page; forgotten once the page is there."""

from __future__ import annotations

from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, cast
from urllib.request import Request

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

MAX_COOKIES = 50
"""So many are taken of one answer; browsers keep some 180 of a site."""

MAX_LENGTH = 4096
"""The longest that is taken, in characters, as in browsers."""

MAX_SENT = 8000
"""How much is said at once, in characters; servers refuse more."""


class Cookies:
    """Cookies for one errand.

    Publishers lead a reader over a second address and back, and know by a cookie that this was
    done; without it they lead on for ever.
    """

    def __init__(self) -> None:
        """Know nothing."""
        self._jar = CookieJar(DefaultCookiePolicy(rfc2965=False))

    def header(self, url: str) -> dict[str, str]:
        """Return what to say to the server of ``url``, as a header; empty for nothing."""
        request = Request(url)  # noqa: S310  (nothing is opened: it only holds the header)
        self._jar.add_cookie_header(request)
        said = request.get_header("Cookie") or ""
        if len(said) > MAX_SENT:
            said = said[: said.rfind("; ", 0, MAX_SENT)]
        return {"Cookie": said} if said else {}

    def take(self, response: BaseHTTPResponse, url: str) -> None:
        """Keep what the server of ``url`` wants to be told again."""
        given = [each for each in response.headers.getlist("set-cookie") if len(each) <= MAX_LENGTH]
        if given:
            answer = cast(Any, _Answer(given[:MAX_COOKIES]))
            self._jar.extract_cookies(answer, Request(url))  # noqa: S310


class _Answer:
    """As much of an answer as ``http.cookiejar`` looks at."""

    def __init__(self, cookies: list[str]) -> None:
        self._headers = Message()
        for each in cookies:
            self._headers["Set-Cookie"] = " ".join(each.split())

    def info(self) -> Message:
        """Return the headers."""
        return self._headers
