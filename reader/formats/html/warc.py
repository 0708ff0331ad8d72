"""Web archives (WARC): reads the first page in a file with warcio.

warcio parses the headers of records and of responses. This module limits how much is unpacked, and
unpacks bodies itself, because warcio reports damage on standard error.
"""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO
from typing import Any, Final

from reader.core.document import Document
from reader.errors import SourceError
from reader.formats.extras import not_installed
from reader.formats.html import reader as html
from reader.formats.html.page import MAX_PAGE
from reader.formats.html.saved_pages import PAGE_TYPES, SavedPage, web_address
from reader.formats.source_info import SourceInfo

MAX_UNPACKED: Final = 256 << 20
"""The bytes from the start of the file, unpacked, that are searched for the page."""

MAX_RECORDS: Final = 20_000
"""The most records that are searched."""

_MAX_LINE: Final = 65_536
_MAX_HEADER: Final = 1 << 20
_STEP: Final = 8 << 20
_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS


class _TooMuchError(Exception):
    """More was unpacked, or is in one header, than is allowed."""


class _BoundedFile:
    """A file that can be read up to a limit."""

    def __init__(self, data: bytes) -> None:
        """Read ``data``, which may be packed by gzip."""
        is_packed = data.startswith(b"\x1f\x8b")
        self._file = gzip.GzipFile(fileobj=BytesIO(data)) if is_packed else BytesIO(data)
        self._position = 0
        self._in_header = 0

    def read(self, size: int | None = None) -> bytes:
        """Return up to ``size`` bytes, and never more than ``_STEP`` at once."""
        self.begin_header()
        return self._counted(self._file.read(min(_STEP, _STEP if size is None else size)))

    def readline(self, size: int | None = None) -> bytes:
        """Return a line of a header, or the start of a line that is too long."""
        line = self._file.readline(min(_MAX_LINE, _MAX_LINE if size is None else size))
        self._in_header += len(line)
        if self._in_header > _MAX_HEADER:
            raise _TooMuchError
        return self._counted(line)

    def tell(self) -> int:
        """Return the number of bytes that were read."""
        return self._position

    def begin_header(self) -> None:
        """Begin to count the bytes of a header."""
        self._in_header = 0

    def _counted(self, data: bytes) -> bytes:
        self._position += len(data)
        if self._position > MAX_UNPACKED:
            raise _TooMuchError
        return data


def read_page(data: bytes, name: str, info: SourceInfo) -> Document:
    """Return the article of the first page in an archive; see ``html.reader.read_page``.

    Raises:
        SourceError: The archive is damaged, holds no page or no article, or warcio is missing.
    """
    try:
        import warcio.bufferedreaders  # noqa: PLC0415  (an extra)
        import warcio.recordloader  # noqa: PLC0415
    except ImportError as error:
        raise not_installed("WARC", "warcio") from error
    faults = (
        EOFError,
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        zlib.error,
        _TooMuchError,
        warcio.recordloader.ArchiveLoadFailed,
        warcio.recordloader.StatusAndHeadersParserException,
    )
    loader = warcio.recordloader.ArcWarcRecordLoader(verify_http=False)
    try:
        page = _first_page(_BoundedFile(data), loader, warcio.bufferedreaders.ChunkedDataReader)
    except faults:
        page = None
    if page is None:
        raise SourceError(
            "Not a saved page",
            f"{name or 'The source'} is a web archive, but holds no page that can be read: there "
            f"is none in its first {MAX_UNPACKED >> 20} MB, or the archive is damaged.",
        )
    found = info._replace(url=page.url or info.url, charset=page.charset)
    return html.read_page(page.data, name, found)


def _first_page(stream: _BoundedFile, loader: Any, chunks: Any) -> SavedPage | None:
    """Return the first response that is a page and not an error.

    Raises:
        Exception: The archive ends or is damaged before there is one.
    """
    line = None
    for _ in range(MAX_RECORDS):
        stream.begin_header()
        record = loader.parse_record_stream(stream, line, "warc")
        if page := _page_of(record, chunks):
            return page
        while record.raw_stream.read(_STEP):
            pass
        stream.begin_header()
        line = stream.readline()
        while line in (b"\r\n", b"\n"):
            line = stream.readline()
    return None


def _page_of(record: Any, chunks: Any) -> SavedPage | None:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or not _is_page(headers):
        return None
    is_chunked = (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    body = _all_of(chunks(record.raw_stream) if is_chunked else record.raw_stream)
    encoding = (headers.get_header("Content-Encoding") or "").strip().lower()
    if encoding in ("gzip", "x-gzip", "deflate"):
        body = zlib.decompressobj(_GZIP_OR_ZLIB).decompress(body, MAX_PAGE + 1)
    elif encoding not in ("", "identity"):
        return None
    if not body.strip():
        return None
    url = web_address(record.rec_headers.get_header("WARC-Target-URI") or "")
    _, _, charset = (headers.get_header("Content-Type") or "").lower().partition("charset=")
    return SavedPage(body, url, charset.partition(";")[0].strip(" \"'"))


def _is_page(headers: Any) -> bool:
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in PAGE_TYPES and str(headers.get_statuscode()).startswith("2")


def _all_of(stream: Any) -> bytes:
    """Return the rest of a body, or enough of it to show that it is too large."""
    pieces: list[bytes] = []
    size = 0
    while size <= MAX_PAGE and (piece := stream.read(_STEP)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)
