"""The body of an answer: unpacked as it comes, within bounds, and whole or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reader.errors import SourceError
from reader.web.addresses import host_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 65_536
"""How many bytes are read, and unpacked, at a time."""

_EITHER_HEADER = 32 + zlib.MAX_WBITS
"""Lets zlib tell gzip's header from its own."""


def read_body(
    response: BaseHTTPResponse, url: str, limit: int, tell: Callable[[int, int | None], None]
) -> bytes:
    """Read a body to its end.

    Args:
        response: The answer, its body not read yet.
        url: The address, for errors.
        limit: How many bytes it may have, both as sent and unpacked.
        tell: Told the bytes as sent so far, and how many there are where the server says so.

    Raises:
        SourceError: It is too large, is packed in a way that was not asked for, or ends early.
    """
    total = _length(response)
    if total is not None and total > limit:
        raise _too_large(url, limit)
    unpack = _unpacker(response, url)
    data = bytearray()
    received = 0
    tell(0, total)
    while chunk := response.read1(CHUNK, decode_content=False):
        received += len(chunk)
        if received > limit:
            raise _too_large(url, limit)
        for piece in unpack(chunk):
            data += piece
            if len(data) > limit:
                raise _too_large(url, limit)
        tell(received, total)
    for piece in unpack(b""):
        data += piece
    return bytes(data)


def _length(response: BaseHTTPResponse) -> int | None:
    """Return how many bytes the server says it sends, or None where it does not say."""
    said = response.headers.get("content-length", "").strip()
    is_told = said.isascii() and said.isdigit() and "transfer-encoding" not in response.headers
    # Twenty digits are over any limit; Python reads no number of thousands of them.
    return int(said[:20]) if is_told else None


def _unpacker(response: BaseHTTPResponse, url: str) -> Callable[[bytes], Iterator[bytes]]:
    said = response.headers.get("content-encoding", "").strip().lower()
    match said:
        case "" | "identity":
            return lambda chunk: iter((chunk,) if chunk else ())
        case "gzip" | "x-gzip" | "deflate":
            return _Unpacker(url)
        case _:
            raise SourceError(
                "Page cannot be unpacked",
                f"{host_of(url)} packed the page as {said[:40]!r}, which was not asked for.",
            )


class _Unpacker:
    """Unpacks gzip and deflate in small pieces, so that a bomb is found before it goes off."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stream = zlib.decompressobj(_EITHER_HEADER)
        self._has_begun = False

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk holds, at most ``CHUNK`` bytes at a time; an empty one ends it."""
        if not chunk:
            if self._has_begun and not self._stream.eof:
                raise cut_short(self._url)
            return
        while chunk:
            if self._stream.eof:
                # Another member of a gzip file may follow; anything else after it is not meant.
                if not chunk.startswith(b"\x1f\x8b"):
                    return
                self._stream = zlib.decompressobj(_EITHER_HEADER)
            yield self._piece(chunk)
            chunk = self._stream.unconsumed_tail or self._stream.unused_data

    def _piece(self, chunk: bytes) -> bytes:
        try:
            piece = self._stream.decompress(chunk, CHUNK)
        except zlib.error:
            if self._has_begun:
                raise self._damaged() from None
            # What HTTP calls deflate has a header; some servers leave it out.
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                piece = self._stream.decompress(chunk, CHUNK)
            except zlib.error:
                raise self._damaged() from None
        self._has_begun = True
        return piece

    def _damaged(self) -> SourceError:
        return SourceError(
            "Page cannot be unpacked",
            f"What {host_of(self._url)} sent is not packed as it says, or was damaged on its way.",
        )


def cut_short(url: str) -> SourceError:
    """Return the error for a page that ended before its end."""
    return SourceError(
        "Page was cut short",
        f"{host_of(url)} ended the connection before the page was whole; try again.",
    )


def _too_large(url: str, limit: int) -> SourceError:
    return SourceError(
        "Page too large",
        f"{host_of(url)} sends more than {limit / 1e6:g} MB, which is no article; download the"
        " file and open what you need of it.",
    )
