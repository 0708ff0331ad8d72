"""Connections to servers and proxies, which another thread may shut."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from reader import __version__
from reader.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import BaseHTTPResponse

REQUEST_FAULTS = (HTTPError, OSError)
"""What a request may raise: urllib3's own faults and the system's."""

CONNECT_SECONDS = 15.0
"""How long one address of a server may take to answer the door, in seconds."""

SILENCE_SECONDS = 30.0
"""How long a server may send nothing at all, in seconds."""

USER_AGENT = f"margin/{__version__}"
"""What Margin calls itself."""


class Connections:
    """Asks servers for pages, and can be shut while it waits for one."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._sockets: set[socket.socket] = set()
        self._is_shut = False
        self._mutex = threading.Lock()

    def request(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        """Ask for a page; follows no redirect, tries once, and reads no body yet.

        Args:
            url: A checked address.
            headers: What to say besides who is asking.

        Raises:
            HTTPError: There is no answer.
            SourceError: The proxy that the environment names cannot be used.
        """
        return self._manager(url).request(
            "GET",
            url,
            headers={"User-Agent": USER_AGENT, "Connection": "close", **headers},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=SILENCE_SECONDS),
        )

    def shut(self) -> None:
        """End all connections, at once and for good; safe on any thread."""
        with self._mutex:
            self._is_shut = True
            sockets, self._sockets = self._sockets, set()
        for each in sockets:
            with contextlib.suppress(OSError):  # it ended by itself
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _watch(self, opened: socket.socket) -> None:
        """Take note of a socket that was just opened.

        A second handle of it is kept: TLS takes the first one over, and closing it here while
        another thread reads would let its number be used for something else.
        """
        handle = opened.dup()
        with self._mutex:
            self._sockets.add(handle)
            is_shut = self._is_shut
        if is_shut:
            self.shut()

    def _manager(self, url: str) -> urllib3.PoolManager:
        parts = urlsplit(url)
        proxy = "" if proxy_bypass(parts.netloc) else _proxy_for(parts.scheme)
        manager = _proxy_manager(proxy) if proxy else urllib3.PoolManager()
        manager.pool_classes_by_scheme = _watched_pools(self._watch)
        return manager


def _proxy_for(scheme: str) -> str:
    """Return the proxy that the environment, or the system, names; empty where there is none."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all", "")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def _proxy_manager(proxy: str) -> urllib3.ProxyManager:
    parts = urlsplit(proxy)
    if parts.scheme.lower() not in {"http", "https"}:
        raise SourceError(
            "Proxy cannot be used",
            f"The environment names a {parts.scheme} proxy; Margin can use http and https ones.",
        )
    credentials = parts.netloc.rpartition("@")[0]
    headers = urllib3.make_headers(proxy_basic_auth=unquote(credentials)) if credentials else None
    address = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
    return urllib3.ProxyManager(address, proxy_headers=headers)


def _watched_pools(watch: Callable[[socket.socket], None]) -> dict[str, Any]:
    """Return urllib3's pools, with connections that tell of each socket as it is opened.

    ``_new_conn`` is where urllib3's own support of SOCKS steps in, too.
    """

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            watch(opened)
            return opened

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            opened = super()._new_conn()
            watch(opened)
            return opened

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
