"""Reads the body of a response: unpacked as it arrives, within limits, whole or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reader.errors import SourceError
from reader.web.addresses import host_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 65_536
"""How many bytes are read and unpacked at a time."""

_EITHER_HEADER = 32 + zlib.MAX_WBITS
"""Lets zlib accept both the header of gzip and its own."""


def read_body(
    response: BaseHTTPResponse, url: str, limit: int, report: Callable[[int, int | None], None]
) -> bytes:
    """Read a body to its end.

    Args:
        response: The response; its body is not read yet.
        url: The address, for errors.
        limit: The most bytes that the body may have, both as sent and unpacked.
        report: Called with the bytes received so far, as sent, and with their total if the server
            gave it.

    Raises:
        SourceError: It is too large, is compressed in a way that was not asked for, or ends early.
    """
    total = _length(response)
    if total is not None and total > limit:
        raise _too_large(url, limit)
    unpack = _unpacker(response, url)
    data = bytearray()
    received = 0
    report(0, total)
    while chunk := response.read1(CHUNK, decode_content=False):
        received += len(chunk)
        if received > limit:
            raise _too_large(url, limit)
        for piece in unpack(chunk):
            data += piece
            if len(data) > limit:
                raise _too_large(url, limit)
        report(received, total)
    for piece in unpack(b""):
        data += piece
    return bytes(data)


def _length(response: BaseHTTPResponse) -> int | None:
    """Return how many bytes the server announces; None if it does not."""
    length = response.headers.get("content-length", "").strip()
    is_number = length.isascii() and length.isdigit()
    # Twenty digits are over any limit; Python refuses to parse thousands of them.
    is_announced = is_number and "transfer-encoding" not in response.headers
    return int(length[:20]) if is_announced else None


def _unpacker(response: BaseHTTPResponse, url: str) -> Callable[[bytes], Iterator[bytes]]:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    match encoding:
        case "" | "identity":
            return lambda chunk: iter((chunk,) if chunk else ())
        case "gzip" | "x-gzip" | "deflate":
            return _Unpacker(url)
        case _:
            raise SourceError(
                "Page cannot be unpacked",
                f"{host_of(url)} packed the page as {encoding[:40]!r}, which was not asked for.",
            )


class _Unpacker:
    """Unpacks gzip and deflate in small pieces, so that no small body takes much memory at once."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stream = zlib.decompressobj(_EITHER_HEADER)
        self._has_begun = False

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the content of a chunk in pieces of ``CHUNK`` bytes; an empty chunk is the end."""
        if not chunk:
            if self._has_begun and not self._stream.eof:
                raise cut_short(self._url)
            return
        while chunk:
            if self._stream.eof:
                # Another member of a gzip file may follow; anything else after the end is ignored.
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
            # Deflate in HTTP has a header, which some servers leave out.
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
            f"{host_of(self._url)} sent a page that is not packed as it says, or was damaged on the"
            " way; try again.",
        )


def cut_short(url: str) -> SourceError:
    """Return the error for a page of which the end is missing."""
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
