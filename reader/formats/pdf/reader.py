"""PDF, read with pypdfium2: the text of the pages in reading order, page by page.

Headers, footers and page numbers are removed, and words that the end of a line splits are joined.
The start of every page is a mark, so that a citation of a note can name its page.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, SliceSchedule, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.embedded_notes import AnnotatedDocument
from reader.formats.pdf.annotations import PlacedAnnotation, annotations_in, count_of, notes_of
from reader.formats.pdf.hyphens import words_of
from reader.formats.pdf.lines import PdfLine, find_gutter, front_bands, in_reading_order
from reader.formats.pdf.margins import NEIGHBOURS, PdfPage, without_margins
from reader.formats.pdf.paragraphs import ParagraphBuilder, fold_title
from reader.formats.pdf.process import PdfProcess, RawPage, WordGroup
from reader.formats.pdf.segments import read_lines

MAX_PAGES: Final = 20_000
"""The most pages of a document."""

MAX_ENTRIES: Final = 20_000
"""The most entries of the contents."""

FIRST_SLICE: Final = 4096
"""Code points of text in the first part."""

LARGEST_SLICE: Final = 65_536
"""The most code points of text between two parts."""

SAMPLE_PAGES: Final = 3
"""The pages that show the size of running text; they are read before the first part."""

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_GENERATED_TITLE = re.compile(
    r"(?i)(?:untitled.*|(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation).*"
    r"|(?:slide|document|presentation|layout|page|title)[\s:_-]*\d*|(?:pii|doi)\W.*"
    r"|.*\.(?:docx?|indd|tex|dvi|qxd|pdf|pptx?|odt|rtf|p65|ps|xlsx?|pages|html?)|[\W\d_]*)"
)

_CODES = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]+")
_NAMELESS = "[Text of this page cannot be read: its fonts do not say which letters they hold.]"
_REMARKS = {
    "damaged": "[This page is damaged and cannot be read.]",
    "cut": "[This page has more characters than Margin reads; the rest is left out.]",
    "picture": "[This page holds a picture and no text.]",
}


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows by pages; the last one is complete.

    Args:
        data: The bytes of a PDF.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It is damaged or locked, has no text, or needs too much time or memory, or
            PDFium is not installed.
    """
    yield from _read(data, name, first_slice, [])


def read_annotated(data: bytes, name: str) -> AnnotatedDocument:
    """Return the document in a PDF with the notes that its annotations make.

    Args:
        data: The bytes of a PDF.
        name: Its name or path.

    Raises:
        SourceError: As for ``read_bytes``.
    """
    annotations: list[PlacedAnnotation] = []
    parts = _read(data, name, 0, annotations)
    document = next(parts)
    for part in parts:
        document = part
    return AnnotatedDocument(document, notes_of(annotations, document) if annotations else ())


def _read(
    data: bytes, name: str, first_slice: int, annotations: list[PlacedAnnotation]
) -> Iterator[Document]:
    """Yield a document that grows, and collect the annotations of its pages."""
    label = name or "The source"
    process = PdfProcess(data, label)
    try:
        yield from _documents(process, label, first_slice, annotations)
    finally:
        process.close()


def _documents(
    process: PdfProcess, label: str, first_slice: int, annotations: list[PlacedAnnotation]
) -> Iterator[Document]:
    head = process.header()
    if head.count > MAX_PAGES:
        raise SourceError(
            "Too long",
            f"{label} has {head.count:,} pages; Margin reads PDFs of up to {MAX_PAGES:,}.",
        )
    builder = DocumentBuilder()
    contents = _contents(head.contents)
    window = _Window(process.pages(head.count), head.count, annotations)
    paragraphs = ParagraphBuilder(builder, window.sample())
    metadata = _metadata(head.facts, "", label)
    slices = SliceSchedule(builder, first_slice or FIRST_SLICE, LARGEST_SLICE)
    gutter: float | None = None
    words: set[str] = set()
    for index, page, neighbours in window:
        for one in (page, *neighbours):
            words |= one.words
        place = index, page.name
        lines = without_margins(page, neighbours)
        ordered, gutter = _ordered(lines, gutter, is_first=index == 0)
        paragraphs.add_page(ordered, place, words, contents.get(index, {}))
        for side in page.sideways:
            paragraphs.add_page(in_reading_order(side, find_gutter(side)), place, words, {})
        if page.remark:
            paragraphs.add_remark(page.remark, place)
        if index == 0:
            metadata = _metadata(head.facts, paragraphs.title, label)
        if slices.advance():
            yield builder.document(metadata, is_complete=False)
    paragraphs.finish()
    if not window.has_text:
        raise SourceError("Nothing to read", _nothing(label, window))
    metadata = _metadata(head.facts, paragraphs.title, label)
    metadata = replace(metadata, embedded_notes=count_of(annotations))
    yield builder.document(metadata, is_complete=True)


def _ordered(
    lines: list[PdfLine], before: float | None, *, is_first: bool
) -> tuple[list[PdfLine], float | None]:
    """Return a page's lines in reading order, and the position of the gap between its columns."""
    gutter = find_gutter(lines, before)
    if not is_first or gutter is None:
        return in_reading_order(lines, gutter), gutter
    bands = front_bands(lines, gutter)
    return [line for band in bands for line in in_reading_order(band, gutter)], gutter


def _nothing(label: str, window: _Window) -> str:
    if window.has_nameless_letters:
        return (
            f"{label} has text, but its fonts do not say which letters they hold: let a program "
            "that recognises text, such as ocrmypdf --force-ocr, read its pages first."
        )
    return (
        f"{label} holds pictures of pages and no text: let a program that recognises text, "
        "such as ocrmypdf, add it first."
    )


def _contents(entries: list[tuple[int, int, str]]) -> dict[int, dict[str, int]]:
    """Return the levels of the contents' entries, by page and folded title."""
    levels: dict[int, dict[str, int]] = {}
    for level, page, title in entries[:MAX_ENTRIES]:
        if page >= 0 and (folded := fold_title(title)):
            levels.setdefault(page, {}).setdefault(folded, min(level, 6))
    return levels


class _Window:
    """Yields the pages one after another with their neighbours, of which it holds a few."""

    def __init__(
        self, pages: Iterator[RawPage], count: int, annotations: list[PlacedAnnotation]
    ) -> None:
        self._pages = enumerate(pages)
        self._annotations = annotations
        self._count = count
        self._held: deque[PdfPage] = deque()
        self.has_text = False
        self.has_nameless_letters = False

    def sample(self) -> list[PdfLine]:
        """Read the first pages ahead, and return their lines."""
        self._read_up_to(min(SAMPLE_PAGES, self._count))
        return [line for page in self._held for line in page.lines]

    def __iter__(self) -> Iterator[tuple[int, PdfPage, list[PdfPage]]]:
        start = 0
        for index in range(self._count):
            self._read_up_to(min(index + NEIGHBOURS + 1, self._count) - start)
            page = self._held[index - start]
            last = min(index - start + NEIGHBOURS + 1, len(self._held))
            yield index, page, [self._held[n] for n in range(last) if self._held[n] is not page]
            if index - start >= NEIGHBOURS:
                self._held.popleft()
                start += 1

    def _read_up_to(self, length: int) -> None:
        while len(self._held) < length:
            index, raw = next(self._pages)
            page = _page(index, raw)
            self._annotations += annotations_in(index, page.name, raw.annotations)
            self.has_text = self.has_text or bool(page.lines or page.sideways)
            self.has_nameless_letters = self.has_nameless_letters or page.remark == _NAMELESS
            self._held.append(page)


def _page(index: int, raw: RawPage) -> PdfPage:
    name = clean_line(raw.name)[:12] or str(index + 1)
    remark = _REMARKS.get(raw.state, "")
    sides: list[list[PdfLine]] = []
    for group in raw.groups:
        if _is_nameless(group):
            remark = _NAMELESS
            continue
        sides.append(read_lines(raw, group))
    box = raw.groups[0].box if raw.groups else (0.0, 0.0, 1.0, 1.0)
    lines = sides[0] if sides else []
    words = words_of(line for side in sides for line in side)
    return PdfPage(lines, box[1], box[3], name, index, words, sides[1:], remark)


def _is_nameless(group: WordGroup) -> bool:
    """Return whether many of the letters are codes that mean nothing outside their font."""
    text = "".join(word.text for word in group.words)
    return sum(map(len, _CODES.findall(text))) > 0.2 * len(text)


def _metadata(facts: dict[str, str], largest: str, label: str) -> Metadata:
    title = facts.get("Title", "")
    if _GENERATED_TITLE.fullmatch(title):
        title = largest or title_from_name(label)
    match = _DATE.match(facts.get("CreationDate", ""))
    published = "-".join(part for part in match.groups() if part) if match else ""
    authors = tuple(filter(None, re.split(r"\s*;\s*", facts.get("Author", ""))))
    return Metadata(title=title, authors=authors, published=published)
