"""PDF, by pypdfium2: the text of the pages as it is read, page by page.

Heads, feet and page numbers are taken out, words that a line's end parted are joined, and every
page's beginning is a mark, so that a note can be cited by its page.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.pdf_lines import find_gutter, in_reading_order, read_lines
from reader.formats.pdf_margins import NEIGHBOURS, Page, without_margins
from reader.formats.pdf_paragraphs import ParagraphBuilder, fold_title, words_of
from reader.formats.source import slice_sizes

MAX_PAGES: Final = 20_000
"""Pages that are read; a longer document is refused."""

MAX_ENTRIES: Final = 20_000
"""Entries of the contents that are read."""

FIRST_SLICE: Final = 4096
"""Code points of text behind the first part."""

LARGEST_SLICE: Final = 65_536
"""Code points of text between two parts."""

SAMPLE_PAGES: Final = 4
"""Pages that tell the size of running text; they are read before the first part."""

_WRONG_PASSWORD: Final = 4
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_GENERATED_TITLE = re.compile(
    r"(?i)(?:untitled.*|microsoft (?:word|powerpoint).*|.*\.(?:docx?|indd|tex|dvi|qxd|pdf|pptx?)|)"
)

_lock = threading.RLock()  # PDFium is not safe on several threads at once.


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows by pages; the last one is complete.

    Args:
        data: The bytes of a PDF.
        name: Its name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It is damaged, locked, without text, or pypdfium2 is not installed.
    """
    try:
        import pypdfium2  # noqa: PLC0415  (an extra, and 60 ms)
        from pypdfium2 import raw  # noqa: PLC0415
    except ImportError as error:
        raise SourceError(
            "Not installed", "Reading PDF needs one more package: pip install 'margin[pdf]'."
        ) from error
    label = name or "The source"
    try:
        with _lock:
            pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD or "password" in str(error).lower():
            message = f"{label} is a PDF locked with a password; save a copy without it first."
        else:
            message = f"{label} is a PDF that is damaged or cut short."
        raise SourceError("Not a readable PDF", message) from error
    try:
        yield from _documents(_Source(pdf, raw, pypdfium2.PdfiumError), label, first_slice)
    finally:
        with _lock:
            pdf.close()


class _Source:
    """The pages of an open PDF."""

    def __init__(self, pdf: Any, raw: Any, fault: type[Exception]) -> None:
        self._pdf = pdf
        self._raw = raw
        self._fault = fault

    def __len__(self) -> int:
        with _lock:
            return len(self._pdf)

    def page(self, index: int) -> Page:
        """Return a page; one that is damaged has no lines."""
        with _lock:
            try:
                page = self._pdf[index]
            except self._fault:
                return Page([], 0.0, 1.0, "")
            try:
                text = page.get_textpage()
                try:
                    lines = read_lines(text, self._raw)
                finally:
                    text.close()
                _, bottom, _, top = page.get_bbox()
            except self._fault:
                return Page([], 0.0, 1.0, "")
            finally:
                page.close()
            return Page(lines, bottom, top, self._name(index))

    def _name(self, index: int) -> str:
        try:
            label = clean_line(self._pdf.get_page_label(index))[:12]
        except (self._fault, ValueError):
            label = ""
        return label or str(index + 1)

    def contents(self) -> dict[int, dict[str, int]]:
        """Return the levels of the contents' entries by page and folded title."""
        entries: dict[int, dict[str, int]] = {}
        with _lock:
            try:
                for count, mark in enumerate(self._pdf.get_toc(max_depth=6)):
                    if count >= MAX_ENTRIES:
                        break
                    target = mark.get_dest()
                    index = target.get_index() if target is not None else None
                    if index is not None and (title := fold_title(mark.get_title())):
                        entries.setdefault(index, {}).setdefault(title, min(mark.level + 1, 6))
            except (self._fault, ValueError):
                pass
        return entries

    def metadata(self) -> dict[str, str]:
        """Return what the document says of itself."""
        with _lock:
            try:
                found = self._pdf.get_metadata_dict(skip_empty=True)
            except (self._fault, ValueError):
                return {}
        return {key: clean_line(value)[:1000] for key, value in found.items()}


def _documents(source: _Source, label: str, first_slice: int) -> Iterator[Document]:
    count = len(source)
    if count > MAX_PAGES:
        raise SourceError(
            "Too long", f"{label} has {count} pages; Margin reads up to {MAX_PAGES} of a PDF."
        )
    builder = DocumentBuilder()
    contents = source.contents()
    facts = source.metadata()
    first_pages = [source.page(index) for index in range(min(SAMPLE_PAGES, count))]
    samples = [line for page in first_pages for line in page.lines]
    paragraphs = ParagraphBuilder(builder, samples)
    metadata = _metadata(facts, "", label)
    sizes = slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE)
    due = next(sizes)
    gutter: float | None = None
    for index, (page, neighbours) in enumerate(_with_neighbours(source, first_pages, count)):
        lines = without_margins(page, neighbours)
        gutter = find_gutter(lines, gutter)
        lines = in_reading_order(lines, gutter)
        words = frozenset(word for one in (page, *neighbours) for word in words_of(one.lines))
        paragraphs.add_page(lines, page.name, words, contents.get(index, {}))
        if index == 0:
            metadata = _metadata(facts, paragraphs.title, label)
        if builder.text_length >= due:
            yield builder.document(metadata, is_complete=False)
            due = builder.text_length + next(sizes)
    paragraphs.finish()
    if not len(builder):
        raise SourceError(
            "Nothing to read",
            f"{label} holds pictures of pages and no text: let a program that recognises text, "
            "such as ocrmypdf, add it first.",
        )
    yield builder.document(_metadata(facts, paragraphs.title, label), is_complete=True)


def _with_neighbours(
    source: _Source, first_pages: list[Page], count: int
) -> Iterator[tuple[Page, list[Page]]]:
    """Yield each page with those around it; no more than a few are held at a time."""
    window: deque[Page] = deque()
    start = 0
    for index in range(count):
        while start + len(window) < min(index + NEIGHBOURS + 1, count):
            number = start + len(window)
            is_read = number < len(first_pages)
            window.append(first_pages[number] if is_read else source.page(number))
        while start < index - NEIGHBOURS:
            window.popleft()
            start += 1
        page = window[index - start]
        yield page, [one for one in window if one is not page]


def _metadata(facts: dict[str, str], largest: str, label: str) -> Metadata:
    title = facts.get("Title", "")
    if _GENERATED_TITLE.fullmatch(title):
        title = largest or title_from_name(label)
    match = _DATE.match(facts.get("CreationDate", ""))
    published = "-".join(part for part in match.groups() if part) if match else ""
    authors = tuple(filter(None, re.split(r"\s*;\s*", facts.get("Author", ""))))
    return Metadata(title=title, authors=authors, published=published)
