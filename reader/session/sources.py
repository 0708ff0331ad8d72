"""The sources of articles: files, web pages and standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from reader.core.addresses import is_web_address
from reader.digests import digest_of
from reader.errors import GivenUp, SourceError

if TYPE_CHECKING:
    from reader.core.annotation import Article
    from reader.core.document import Document
    from reader.formats import SourceInfo
    from reader.web import Fetched

STANDARD_INPUT = "-"
"""The source that stands for standard input."""

MAX_SOURCE_BYTES = 200_000_000
"""The largest file that is opened, in bytes: twenty times the size of the longest books."""

SETTLED_NS = 2_500_000_000
"""The age in nanoseconds from which the times of a file tell of every change: some file systems
count in steps of two seconds."""

HASHED_AT_ONCE = 500_000
"""The most bytes of a source that are hashed without a thread: half a millisecond."""

NOT_MODIFIED = 304
"""The HTTP status of a page that has not changed."""

_LONGEST_NAME = 200
_HOST = r"(?a:www\.|[\w-]+(?:\.[\w-]+)+(?::\d+)?/)"
"""The start of a web address without its scheme: ``www.``, or a host and a slash."""

_OTHER_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*://"


class Watch(NamedTuple):
    """Follows the progress of fetching or reading, and may cancel it."""

    progress: Callable[[int, int | None], None] | None = None
    """Called on another thread with the bytes received, and the total where it is known."""
    cancelled: Callable[[], bool] | None = None
    """Called now and then; returns whether to cancel."""

    def check(self, source: str) -> None:
        """Raise an error if cancelled.

        Args:
            source: The source that is being opened.

        Raises:
            GivenUp: The work is cancelled.
        """
        if self.cancelled is not None and self.cancelled():
            raise GivenUp("Given up", f"{source} was not opened.")


UNWATCHED = Watch()
"""Reports no progress and never cancels."""


class _Hashing(threading.Thread):
    """Hashes bytes beside other work: 10 MB take 9 ms, during which Python can go on."""

    def __init__(self, data: bytes) -> None:
        super().__init__(name="margin-hashing", daemon=True)
        self._data = data
        self.digest = ""
        self.start()

    def run(self) -> None:
        """Find the digest."""
        self.digest = digest_of(self._data)


class Source:
    """The bytes of an article and their origin."""

    def __init__(
        self, address: str, name: str, data: bytes, page: Fetched | None = None, stamp: str = ""
    ) -> None:
        self.address = address
        """Absolute path or URL; empty for standard input."""
        self.name = name
        """File name, which helps to detect the format; may be empty."""
        self.data = data
        """The bytes, unchanged."""
        self._hashing = _Hashing(data) if len(data) > HASHED_AT_ONCE else None
        self.page = page
        """The answer of the server, for a web page."""
        self.stamp = stamp
        """The stamp of the file before it was read; see ``stamp_of``."""
        self.is_whole: bool | None = None
        """True for all text of a page, False for its article; None as stored."""
        self.read_as: str | None = None
        """The format of the source, empty to detect it; None as stored."""

    @property
    def is_unchanged(self) -> bool:
        """Whether the server answered that the page has not changed."""
        return self.page is not None and self.page.status == NOT_MODIFIED

    @property
    def info(self) -> SourceInfo:
        """What the formats need to know besides the bytes and the name."""
        from reader.formats import SourceInfo  # noqa: PLC0415  (a snapshot opens without it)

        if self.page is None:
            url = self.address if is_web_address(self.address) else ""
            return SourceInfo(url, is_whole=bool(self.is_whole))
        return SourceInfo(self.page.url, self.page.charset, bool(self.is_whole))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        if self._hashing is None:
            return digest_of(self.data)
        self._hashing.join()
        return self._hashing.digest


def stamp_of(status: os.stat_result) -> str:
    """Return a text that changes whenever a file is written.

    It is empty where the file was written so lately that its next change may not show.
    """
    times = (status.st_mtime_ns, status.st_ctime_ns)
    if time.time_ns() - max(times) < SETTLED_NS:
        return ""
    return " ".join(map(str, (*times, status.st_size, status.st_ino)))


def address_of(source: str) -> str:
    """Return the address of a source in the library: its URL, or its absolute, resolved path.

    Standard input has the empty address. The fragment of a URL is left out.

    Raises:
        SourceError: No file can have that name.
    """
    if source == STANDARD_INPUT:
        return ""
    if is_web_address(source):
        return source.strip().partition("#")[0]
    if "\0" in source:
        raise SourceError("File not found", "No file has a name with a zero byte in it.")
    try:
        return os.path.realpath(os.path.expanduser(source))  # noqa: PTH111  (which raises on an unknown ~name)
    except FileNotFoundError:  # the working directory was removed
        return source


def fetch(source: str, watch: Watch = UNWATCHED) -> Source:
    """Read a source.

    Args:
        source: A path, an http or https URL, or ``-`` for standard input.
        watch: Reports progress, and may cancel.

    Raises:
        SourceError: It is missing, not a plain file, too large or cannot be read or fetched.
        GivenUp: ``watch`` cancelled.
    """
    if source == STANDARD_INPUT:
        return Source("", "", _standard_input())
    if is_web_address(source):
        page = _page(address_of(source), watch)
        return Source(address_of(source), _name_in(page.url), page.data, page)
    if "://" in source and re.match(_OTHER_SCHEME, source) and not Path(source).exists():
        raise SourceError(
            "Cannot open this address", f"Margin opens files, http and https, not {source[:200]}."
        )
    path = Path(address_of(source))
    data, stamp = _file(path, _shortened(source))
    return Source(str(path), path.name, data, stamp=stamp)


def _file(path: Path, name: str) -> tuple[bytes, str]:
    """Return the bytes of a plain file, and of nothing that may never end; and its stamp.

    Args:
        path: Where it is.
        name: What to call it in an error.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SourceError(
                "Not an article",
                f"{name} is a folder; name a file in it, or add all of them with margin add.",
            )
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(
                "Not an article", f"{name} is a device or a pipe; give its text with: margin -"
            )
        if status.st_size > MAX_SOURCE_BYTES:
            raise _too_large(name)
        # The file may have been replaced since, and some files that are regular by their mode, such
        # as the kernel's log, block for ever: O_NONBLOCK ends such a read.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            is_plain = stat.S_ISREG(status.st_mode)
            data = file.read(MAX_SOURCE_BYTES + 1) if is_plain else b""
    except (FileNotFoundError, NotADirectoryError):
        hint = f"the page is https://{name}" if re.match(_HOST, name) else "check the path"
        raise SourceError("File not found", f"There is no file {name}; {hint}.") from None
    except OSError as error:
        raise SourceError("File cannot be read", f"{name}: {error.strerror or error}.") from error
    return _bounded(data or b"", name), stamp_of(status)


def _standard_input() -> bytes:
    """Return the bytes of standard input, up to its end."""
    name = "Standard input"
    if sys.stdin is None:
        raise SourceError("Nothing to read", f"{name} is closed; pipe a text into it.")
    try:
        return _bounded(sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1) or b"", name)
    except OSError as error:
        raise SourceError("Cannot be read", f"{name}: {error.strerror or error}.") from error


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_SOURCE_BYTES:  # it grew while being read, or has no known size
        raise _too_large(name)
    return data


def _too_large(name: str) -> SourceError:
    megabytes = MAX_SOURCE_BYTES // 1_000_000
    return SourceError("File too large", f"{name} has over {megabytes} MB; split it to read it.")


def _shortened(source: str) -> str:
    """Return a path for a sentence; a long one is shortened to its end."""
    return source if len(source) <= _LONGEST_NAME else "…" + source[-_LONGEST_NAME:]


def fetch_newer(article: Article, watch: Watch = UNWATCHED) -> Source:
    """Fetch an article's page unless the server says that it has not changed.

    Returns:
        The page, to be read in the article's format; its ``is_unchanged`` is true where the
        library's version is current.

    Raises:
        SourceError: The server cannot be reached.
    """
    page = _page(article.source, watch, article.etag, article.last_modified)
    fetched = Source(article.source, _name_in(page.url), page.data, page)
    fetched.is_whole, fetched.read_as = article.is_whole, article.read_as
    return fetched


def read_changed_file(article: Article) -> Document | None:
    """Return the text of an article's file as it is now; nothing is saved.

    None for pages, and for a file that is gone, or as it was when it was read last.
    """
    if not article.source or is_web_address(article.source):
        return None
    from reader.formats import read_document  # noqa: PLC0415  (only where a file has changed)

    with suppress(SourceError):
        fetched = fetch(article.source)
        if fetched.digest != article.source_digest:
            fetched.is_whole = article.is_whole
            kind = article.read_as
            return read_document(fetched.data, name=fetched.name, kind=kind, info=fetched.info)
    return None


def _page(url: str, watch: Watch, etag: str = "", last_modified: str = "") -> Fetched:
    from reader import web  # noqa: PLC0415  (files open without it)

    return web.fetch(
        url,
        etag=etag,
        last_modified=last_modified,
        progress=watch.progress,
        cancelled=watch.cancelled,
    )


def _name_in(url: str) -> str:
    """Return the file name in a URL, or its host where it has none."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name, errors="replace") or parts.hostname or ""
