"""Cookies, kept from the first address to the page, and forgotten with it."""

from __future__ import annotations

from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, cast
from urllib.request import Request

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

MAX_COOKIES = 50
"""How many cookies of one response are kept; browsers keep some 180 of a site."""

MAX_LENGTH = 4096
"""The longest cookie that is kept, in characters, as in browsers."""

MAX_SENT = 8000
"""The most characters of cookies in one request; servers refuse more."""


class Cookies:
    """The cookies of one page's redirects.

    Some publishers redirect to a second address and back, and know by a cookie that they did;
    without it the redirects never end.
    """

    def __init__(self) -> None:
        """Start without cookies."""
        self._jar = CookieJar(DefaultCookiePolicy(rfc2965=False))

    def header(self, url: str) -> dict[str, str]:
        """Return the header with the cookies for the server of ``url``; empty without cookies."""
        request = Request(url)  # noqa: S310  (nothing is opened: it only holds the header)
        self._jar.add_cookie_header(request)
        cookies = request.get_header("Cookie") or ""
        if len(cookies) > MAX_SENT:
            cookies = cookies[: cookies.rfind("; ", 0, MAX_SENT)]
        return {"Cookie": cookies} if cookies else {}

    def take(self, response: BaseHTTPResponse, url: str) -> None:
        """Keep the cookies of a response from the server of ``url``."""
        cookies = [
            each for each in response.headers.getlist("set-cookie") if len(each) <= MAX_LENGTH
        ]
        if cookies:
            headers = cast(Any, _CookieHeaders(cookies[:MAX_COOKIES]))
            self._jar.extract_cookies(headers, Request(url))  # noqa: S310


class _CookieHeaders:
    """The part of a response that ``http.cookiejar`` looks at."""

    def __init__(self, cookies: list[str]) -> None:
        self._headers = Message()
        for each in cookies:
            self._headers["Set-Cookie"] = " ".join(each.split())

    def info(self) -> Message:
        """Return the headers."""
        return self._headers
