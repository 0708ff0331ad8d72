"""A real HTTP server on loopback that behaves as a test says."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Request(BaseHTTPRequestHandler):
    """A request that arrived; the test's ``Page`` answers it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.seen.append(self)
        self.close_connection = True
        with contextlib.suppress(ConnectionError):
            path = self.path.partition("?")[0]
            server.pages.get(path, not_found)(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Log nothing."""

    def answer(self, data: bytes, status: int = 200, **headers: str) -> None:
        """Send a page; underscores in names of headers stand for dashes."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        if "Transfer-Encoding" not in names:
            names.setdefault("Content-Length", str(len(data)))
        self.send_response(status)
        for name, value in names.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()


Page = Callable[[Request], None]


def not_found(request: Request) -> None:
    request.answer(b"nothing here", 404)


class Server(ThreadingHTTPServer):
    """Serves the pages that a test adds."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.pages: dict[str, Page] = {}
        self.seen: list[Request] = []
        self.stopping = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def serve(self, path: str, data: bytes, status: int = 200, **headers: str) -> str:
        """Serve ``data`` at ``path``, and return its address."""
        self.pages[path] = lambda request: request.answer(data, status, **headers)
        return self.base + path

    def behave(self, path: str, page: Page) -> str:
        """Answer at ``path`` as ``page`` does, and return its address."""
        self.pages[path] = page
        return self.base + path

    def drip(self, request: Request, data: bytes) -> None:
        """Send a byte ten times a second until the client has gone or the test is over."""
        for byte in data:
            if self.stopping.wait(0.1):
                return
            request.wfile.write(bytes([byte]))
            request.wfile.flush()

    def handle_error(self, request: object, client_address: object) -> None:
        """Log nothing: tests make clients give up."""


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Run a server until the test is over."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextlib.contextmanager
def raw(answer: bytes) -> Iterator[str]:
    """Run a server that sends ``answer`` to each client and closes the connection; yield its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            with contextlib.suppress(ConnectionError):
                self.request.sendall(answer)

    with _served(Handler) as url:
        yield url


def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove proxies from the environment."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@contextlib.contextmanager
def flooding(head: bytes, piece: bytes) -> Iterator[str]:
    """Run a server that sends ``head`` and then ``piece`` until the client has gone."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.settimeout(10)
            with contextlib.suppress(ConnectionError, TimeoutError):
                self.request.sendall(head)
                while True:
                    self.request.sendall(piece)

    with _served(Handler) as url:
        yield url


@contextlib.contextmanager
def resetting(answer: bytes) -> Iterator[str]:
    """Run a server that sends ``answer`` and then resets the connection."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(answer)
            # Closed with a linger of no seconds, a connection is reset instead of ended.
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close()

    with _served(Handler) as url:
        yield url


@contextlib.contextmanager
def _served(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
