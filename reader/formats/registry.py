"""The formats that Margin reads, each with a module that is imported when it is first needed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple, Protocol, cast

from reader.core.document import Document
from reader.errors import SourceError
from reader.formats.embedded_notes import AnnotatedDocument
from reader.formats.encoding import read_text
from reader.formats.old_office import refuse_old_office
from reader.formats.sniffing import kind_of_bytes, looks_like_markdown
from reader.formats.source_info import UNKNOWN, SourceInfo


class DocumentFormat(NamedTuple):
    """A format that Margin reads."""

    kind: str
    """Its name, which ``kind`` arguments use."""
    suffixes: tuple[str, ...]
    """The suffixes of its files, in lower case."""
    module: str
    """The module whose ``read`` or ``read_bytes`` makes documents."""
    is_text: bool = True
    """Whether ``read`` gets decoded text; otherwise ``read_bytes`` gets bytes."""
    is_page: bool = False
    """Whether it holds a page of the web, which ``read_page`` reads."""
    has_notes: bool = False
    """Whether its files may hold notes, which ``read_annotated`` reads."""


class TextReader(Protocol):
    """The module of a text format."""

    def read(self, text: str, name: str, first_slice: int) -> Iterator[Document]:
        """Yield a document that grows; the last one is complete.

        Args:
            text: Decoded text without escape sequences, whose lines end in newlines.
            name: The source's name or path, from which a title is made if the text has none.
            first_slice: Code points of the source for the first part; 0 for the usual number.
        """


class BytesReader(Protocol):
    """The module of any other format."""

    def read_bytes(self, data: bytes, name: str, first_slice: int) -> Iterator[Document]:
        """Yield a document that grows; the last one is complete.

        Args:
            data: The bytes of a file.
            name: The source's name or path, from which a title is made if the file has none.
            first_slice: Code points of text in the first part; 0 for the usual number.

        Raises:
            SourceError: The file is damaged or locked, or needs a package that is not installed.
        """


class NotesReader(Protocol):
    """The module of a format whose files may hold notes."""

    def read_annotated(self, data: bytes, name: str) -> AnnotatedDocument:
        """Return the document in a file with the notes there.

        Args:
            data: The bytes of the file.
            name: Its name or path, for errors.

        Raises:
            SourceError: The file is damaged or locked, or needs a package that is not installed.
        """


class PageReader(Protocol):
    """The module of a format of web pages."""

    def read_page(self, data: bytes, name: str, info: SourceInfo) -> Document:
        """Return the article of a page, or all of its text if ``info`` asks for it.

        Args:
            data: The bytes of a file.
            name: The source's name or path, for errors and for a page without a title.
            info: Where the page came from, and how it is to be read.

        Raises:
            SourceError: The page is damaged or too large, or holds no article.
        """


FORMATS = (
    DocumentFormat(
        "markdown",
        (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd"),
        "reader.formats.markdown.reader",
    ),
    DocumentFormat("text", (".txt", ".text", ".asc", ".log"), "reader.formats.plain.reader"),
    DocumentFormat(
        "html", (".html", ".htm", ".xhtml", ".xht"), "reader.formats.html.reader", False, True
    ),
    DocumentFormat("mhtml", (".mhtml", ".mht"), "reader.formats.html.saved_pages", False, True),
    DocumentFormat("webarchive", (".webarchive",), "reader.formats.html.saved_pages", False, True),
    DocumentFormat("warc", (".warc", ".warc.gz"), "reader.formats.html.warc", False, True),
    DocumentFormat("epub", (".epub",), "reader.formats.epub.reader", is_text=False),
    DocumentFormat("pdf", (".pdf",), "reader.formats.pdf.reader", False, False, True),
    DocumentFormat("docx", (".docx", ".docm"), "reader.formats.docx.reader", False, False, True),
    DocumentFormat(
        "odt", (".odt", ".ott", ".fodt"), "reader.formats.odt.reader", False, False, True
    ),
    DocumentFormat("rtf", (".rtf",), "reader.formats.rtf.reader", is_text=False),
    DocumentFormat("mail", (".eml", ".mbox"), "reader.formats.mail.reader", is_text=False),
)
"""All formats; Markdown is the first and plain text the second."""

KINDS = tuple(one.kind for one in FORMATS)
"""The names of the formats."""


def read_parts(
    data: bytes,
    *,
    name: str = "",
    kind: str = "",
    first_slice: int = 0,
    info: SourceInfo = UNKNOWN,
) -> Iterator[Document]:
    """Yield a document that grows until all of ``data`` is in it.

    Each document extends the one before: its text, blocks and spans begin with those of the one
    before, and its metadata may know more. Where little text came, the same document is yielded
    again. All but the last have ``is_complete`` false; the last equals the document that
    :func:`read_document` returns.

    Args:
        data: The bytes of a file.
        name: Its name or path, whose suffix may show the format, and which may become the title.
        kind: One of ``KINDS``; empty to find out.
        first_slice: Code points of the source for the first part, 0 for the usual number of the
            format; the later slices grow until one takes some 10 ms.
        info: Where a page of the web came from, and whether all of its text is read.

    Raises:
        SourceError: The bytes cannot be read, or hold no text.
    """
    label = name or "The source"
    if not data or data.isspace():
        raise SourceError("Nothing to read", f"{label} is empty.")
    is_empty = True
    for part in _parts(data, name, kind, max(first_slice, 0), info):
        if part.blocks:
            is_empty = False
            yield part
    if is_empty:
        raise SourceError("Nothing to read", f"{label} holds no text.")


def read_document(
    data: bytes, *, name: str = "", kind: str = "", info: SourceInfo = UNKNOWN
) -> Document:
    """Read all of ``data``; see :func:`read_parts`.

    Raises:
        SourceError: The bytes cannot be read, or hold no text.
    """
    parts = read_parts(data, name=name, kind=kind, info=info)
    document = next(parts)
    for part in parts:  # one at a time: all together take thirty times the memory of the last
        document = part
    return document


def kind_with_notes(data: bytes) -> str:
    """Return the format of a file if its files may hold notes; otherwise an empty text.

    Args:
        data: The bytes of the file.
    """
    kind = kind_of_bytes(data)
    return kind if any(one.kind == kind and one.has_notes for one in FORMATS) else ""


def read_annotated(data: bytes, *, name: str = "", kind: str = "") -> AnnotatedDocument:
    """Return a document with the notes that its file holds; without any for other formats.

    Args:
        data: As for :func:`read_parts`.
        name: As for :func:`read_parts`.
        kind: What :func:`kind_with_notes` returns of it; empty to find out.

    Raises:
        SourceError: As for :func:`read_document`.
    """
    kind = kind or kind_with_notes(data)
    if not kind:
        return AnnotatedDocument(read_document(data, name=name), ())
    module = next(one.module for one in FORMATS if one.kind == kind)
    return cast(NotesReader, importlib.import_module(module)).read_annotated(data, name)


def source_lines(
    data: bytes, *, name: str = "", kind: str = "", info: SourceInfo = UNKNOWN
) -> str | None:
    """Return the source of a document as people edit it; None for a format that is no text.

    Args:
        data: As for :func:`read_parts`.
        name: As for :func:`read_parts`.
        kind: As for :func:`read_parts`.
        info: As for :func:`read_parts`.

    Raises:
        SourceError: The bytes are not text.
    """
    chosen = _chosen(data, name, kind)
    if chosen is not None and not chosen.is_text and chosen.kind != "html":
        return None
    return read_text(data, name, info.charset)


def is_page(kind: str, name: str) -> bool:
    """Return whether a source is a page of the web, whose article can be told from the rest.

    Args:
        kind: One of ``KINDS``; empty to decide by the name.
        name: The name or path of the source.
    """
    if kind:
        return any(one.is_page for one in FORMATS if one.kind == kind)
    return any(name.lower().endswith(one.suffixes) for one in FORMATS if one.is_page)


def may_be_readable(name: str) -> bool | None:
    """Return whether a file may have a format of ``FORMATS``; None for one without a suffix.

    Args:
        name: The name of the file.
    """
    if any(name.lower().endswith(one.suffixes) for one in FORMATS):
        return True
    return False if PurePath(name).suffix else None


def _parts(
    data: bytes, name: str, kind: str, first_slice: int, info: SourceInfo
) -> Iterator[Document]:
    refuse_old_office(data, name)
    chosen = _chosen(data, name, kind)
    if chosen is not None and chosen.is_page:
        page_reader = cast(PageReader, importlib.import_module(chosen.module))
        return iter((page_reader.read_page(data, name, info),))
    if chosen is not None and not chosen.is_text:
        bytes_reader = cast(BytesReader, importlib.import_module(chosen.module))
        return bytes_reader.read_bytes(data, name, first_slice)
    text = read_text(data, name, info.charset)
    if chosen is None:
        chosen = FORMATS[0] if looks_like_markdown(text) else FORMATS[1]
    reader = cast(TextReader, importlib.import_module(chosen.module))
    return reader.read(text, name, first_slice)


def _chosen(data: bytes, name: str, kind: str) -> DocumentFormat | None:
    """Return the format that ``kind``, the bytes or the name give; None if none of them does."""
    chosen_kind = kind or kind_of_bytes(data)
    for candidate in FORMATS:
        if candidate.kind == chosen_kind:
            return candidate
    if kind:
        *others, last = KINDS
        raise SourceError(
            "Unknown format",
            f"Margin does not know the format {kind}: use {', '.join(others)} or {last}.",
        )
    lower = name.lower()
    return next((candidate for candidate in FORMATS if lower.endswith(candidate.suffixes)), None)
