"""EPUB 2 and 3: the parts of a book, one after another, as one document.

A part is unpacked and parsed when it is needed, so that the first screen is fast. Scripts, style
sheets and pictures are never opened; a picture is represented by its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from reader.core.document import BlockKind, Document, SpanKind
from reader.formats.archive import Archive
from reader.formats.builder import DocumentBuilder, SliceSchedule, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.epub.outline import Outliner, drop_contents
from reader.formats.epub.package import (
    OF_BLANK_PAGES,
    OF_PICTURES,
    EpubPackage,
    NavigationPoint,
    read_package,
)
from reader.formats.tree.blocks import TreeReader
from reader.formats.tree.elements import local_name
from reader.formats.tree.normalise import normalise
from reader.formats.tree.note_placing import place_notes
from reader.formats.tree.xml import decoded, parse_page

FIRST_SLICE: Final = 8192
"""Code points of text in the first part: more than the largest screen shows."""

LARGEST_SLICE: Final = 262_144
"""The most code points of text between two parts."""

MAX_SCANNED: Final = 32 << 20
"""The most text that is searched for links, in bytes; a larger book keeps every identifier."""

_START: Final = 1024
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PICTURE = re.compile(rb"<\s*(?:[\w.-]+:)?(?:img|image|svg|object|picture)\b", re.IGNORECASE)
_LINKS = re.compile(rb"""\bhref\s*=\s*["']([^"'<>]{0,400}#[^"'<>]{1,200})["']""")


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a book that grows; the last one is complete.

    Args:
        data: The bytes of an EPUB.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It is damaged or locked, or is not an EPUB.
    """
    archive = Archive(data, name, "EPUB book")
    package = read_package(archive)
    metadata = package.metadata
    if not metadata.title:
        metadata = msgspec.structs.replace(metadata, title=title_from_name(name))
    builder = DocumentBuilder()
    slices = SliceSchedule(builder, first_slice or FIRST_SLICE, LARGEST_SLICE)
    book = _Book(archive, package, builder)
    has_words = False
    for _ in book.walk():
        if slices.advance():
            document = builder.document(metadata, is_complete=False)
            has_words = has_words or book.has_words(document)
            if has_words:
                yield document
    document = builder.document(metadata, is_complete=True)
    if not has_words and not book.has_words(document):
        raise archive.fault(OF_PICTURES if book.has_pictures() else OF_BLANK_PAGES)
    yield document


class _Book:
    """Reads the parts of a book."""

    def __init__(self, archive: Archive, package: EpubPackage, builder: DocumentBuilder) -> None:
        self._archive = archive
        self._package = package
        self._reader = TreeReader(builder)
        self._outliner = Outliner()
        self._spine = self._parts_to_read()
        self._numbers = {path: number for number, path in enumerate(self._spine, 1)}
        self._others = {
            path: number for number, path in enumerate(package.others, len(self._spine) + 1)
        }
        self._pages_of_notes: dict[str, None] = {}
        self._builder = builder
        self._targets: frozenset[str] | None = None
        self._is_searched = False
        self._contents = _by_path(package.contents)
        self._pages = _by_path(package.pages)

    def walk(self) -> Iterator[None]:
        """Add one part after another, yielding after each step that added blocks.

        Pages outside of the spine to which the numbers of notes lead come last.
        """
        for path in self._spine:
            yield from self._walk_part(path)
        count = 0
        while pages := [*self._pages_of_notes][count:]:
            count += len(pages)
            for path in pages:
                yield from self._walk_part(path)

    def _walk_part(self, path: str) -> Iterator[None]:
        if (body := self._body(path)) is None:
            return
        if path in self._package.contents_pages:
            drop_contents(body)
        self._reader.name_next(f"part-{self._number(path)}")
        self._outliner.apply(body, self._contents.get(path, ()), self._pages.get(path, ()))
        self._reader.resolve = partial(self._target, path)
        self._reader.resolve_note = partial(self._note_target, path)
        self._reader.label_of = partial(self._label, path)
        yield from self._reader.walk(body)

    def has_words(self, document: Document) -> bool:
        """Return whether a document has text besides the names of pictures and of contents."""
        titles = {point.title for point in self._package.contents}
        names = self._reader.picture_names
        pictures = {
            span.start: span.end
            for span in document.spans
            if span.kind is SpanKind.IMAGE and document.text[span.start : span.end] in names
        }
        for block in document.blocks:
            text = document.text[block.start : block.end]
            if block.kind is BlockKind.HEADING and text in titles:
                continue
            at = block.start
            while at < block.end:
                if at in pictures:
                    at = max(pictures[at], at + 1)
                    continue
                if document.text[at].isalnum():
                    return True
                at += 1
        return False

    def has_pictures(self) -> bool:
        """Return whether a part of the book shows a picture."""
        return any(_PICTURE.search(self._archive.read(path) or b"") for path in self._spine)

    def _parts_to_read(self) -> list[str]:
        """Return the parts without those that only show the contents, as Margin itself does."""
        spine = self._package.spine
        left_out = {
            path
            for path in self._package.contents_pages.intersection(spine)
            if (body := self._body(path)) is not None and drop_contents(body)
        }
        return [path for path in spine if path not in left_out] or spine

    def _body(self, path: str) -> Any | None:
        """Return the tree of the body of a part."""
        data = self._archive.read(path)
        root = parse_page(data) if data else None
        if root is None:
            return None
        normalise(root)
        place_notes(root)
        return next((one for one in root.iter("{*}*") if local_name(one) == "body"), root)

    def _find_targets(self) -> frozenset[str] | None:
        """Return the labels that links lead to; None if the book is too large to search."""
        if sum(map(self._archive.size, self._spine)) > MAX_SCANNED:
            return None
        targets: set[str] = set()
        for path in self._spine:
            data = self._archive.read(path) or b""
            if b"\0" in data[:_START]:
                data = decoded(data).encode("utf-8", "replace")
            for match in _LINKS.finditer(data):
                href = match[1].decode("utf-8", "replace").replace("&amp;", "&")
                target = self._archive.find(href, path) if href[0] != "#" else path
                if target in self._numbers:
                    targets.add(self._name(target, href.partition("#")[2]))
        return frozenset(targets)

    def _number(self, path: str) -> int:
        return self._numbers.get(path) or self._others[path]

    def _name(self, path: str, fragment: str) -> str:
        return clean_line(f"{self._number(path)}-{unquote(fragment)}")[:200]

    def _label(self, path: str, identifier: str) -> str:
        """Return the label of an identifier; empty if no link leads there.

        Finding all links takes longer than the first screen. Until ``FIRST_SLICE`` every identifier
        has a label, whatever the size of the first part, so that the whole is always the same. In a
        page outside of the spine every identifier has one.
        """
        if path in self._others:
            return self._name(path, identifier)
        if not self._is_searched and self._builder.text_length > FIRST_SLICE:
            self._targets, self._is_searched = self._find_targets(), True
        label = self._name(path, identifier)
        return label if self._targets is None or label in self._targets else ""

    def _target(self, path: str, href: str) -> str:
        """Return the target of a link: ``#label`` in the book, an address, or an empty string."""
        href = href.strip()
        if href.startswith("#"):
            return "#" + self._name(path, href[1:]) if href[1:] else ""
        if _SCHEME.match(href):
            return clean_line(href)
        target = self._archive.find(href, path)
        return self._target_in(target, href) if self._is_read(target) else ""

    def _note_target(self, path: str, href: str) -> str:
        """Return the target of a note's number outside of the spine, whose page is read then."""
        target = self._archive.find(href.strip(), path)
        if target not in self._others:
            return ""
        self._pages_of_notes[target] = None
        return self._target_in(target, href)

    def _is_read(self, path: str) -> bool:
        return path in self._numbers or path in self._pages_of_notes

    def _target_in(self, path: str, href: str) -> str:
        fragment = href.strip().partition("#")[2]
        return "#" + (self._name(path, fragment) if fragment else f"part-{self._number(path)}")


def _by_path(places: list[NavigationPoint]) -> dict[str, list[NavigationPoint]]:
    paths: dict[str, list[NavigationPoint]] = {}
    for place in places:
        paths.setdefault(place.path, []).append(place)
    return paths
