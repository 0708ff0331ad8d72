"""Connections to servers and proxies, which another thread can close."""

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

REQUEST_ERRORS = (HTTPError, OSError)
"""The errors that a request may raise: those of urllib3 and of the system."""

CONNECT_SECONDS = 15.0
"""How long a connection to one address of a server may take, in seconds."""

SILENCE_SECONDS = 30.0
"""How long a server may send nothing at all, in seconds."""

USER_AGENT = f"margin/{__version__}"
"""The name that Margin gives itself in requests."""


class Connections:
    """Requests pages from servers, and can be closed while it waits for one."""

    def __init__(self) -> None:
        """Open no connection yet."""
        self._sockets: set[socket.socket] = set()
        self._is_closed = False
        self._mutex = threading.Lock()

    def request(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        """Request a page once, without following redirects, and without reading the body.

        Args:
            url: A checked address.
            headers: The headers besides the name of the program.

        Raises:
            HTTPError: There is no response.
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

    def close(self) -> None:
        """Close all connections at once, and those that are opened later; safe on any thread."""
        with self._mutex:
            self._is_closed = True
            sockets, self._sockets = self._sockets, set()
        for each in sockets:
            with contextlib.suppress(OSError):  # the connection has ended already
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _watch(self, opened: socket.socket) -> None:
        """Remember a socket that was just opened.

        What is remembered is a second handle: TLS takes over the first one, and if that was closed
        here while another thread reads, its number could be given to another file.
        """
        handle = opened.dup()
        with self._mutex:
            self._sockets.add(handle)
            is_closed = self._is_closed
        if is_closed:
            self.close()

    def _manager(self, url: str) -> urllib3.PoolManager:
        parts = urlsplit(url)
        proxy = "" if proxy_bypass(parts.netloc) else _proxy_for(parts.scheme)
        manager = _proxy_manager(proxy) if proxy else urllib3.PoolManager()
        manager.pool_classes_by_scheme = _watched_pools(self._watch)
        return manager


def _proxy_for(scheme: str) -> str:
    """Return the proxy that the environment or the system names; empty without one."""
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
    """Return urllib3's pools, with connections that call ``watch`` with each new socket.

    They override ``_new_conn``, as urllib3's own support of SOCKS does.
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
