"""EPUB 2 and 3: the parts of a book, one after another, as one document.

A part is unpacked and parsed when its turn comes, so the first screen costs what it shows. Scripts,
style sheets and pictures are never opened; a picture is what its caption says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final
from urllib.parse import unquote

import msgspec

from reader.core.document import Document
from reader.formats.archive import Archive
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.epub_outline import Outliner
from reader.formats.epub_package import Package, Place, read_package
from reader.formats.source import slice_sizes
from reader.formats.tree_blocks import TreeReader
from reader.formats.tree_shape import local_name
from reader.formats.xml_tree import parse_page

FIRST_SLICE: Final = 8192
"""Code points of text behind the first part: more than the largest screen shows."""

LARGEST_SLICE: Final = 262_144
"""Code points of text between two parts."""

MAX_SCANNED: Final = 32 << 20
"""Bytes of text in which links are looked for; in a larger book every identifier is kept."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LINKS = re.compile(rb"""\bhref\s*=\s*["']([^"'<>]{0,400}#[^"'<>]{1,200})["']""")


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a book that grows; the last one is complete.

    Args:
        data: The bytes of an EPUB.
        name: Its name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It is damaged, locked or no EPUB.
    """
    archive = Archive(data, name, "EPUB book")
    package = read_package(archive)
    metadata = package.metadata
    if not metadata.title:
        metadata = msgspec.structs.replace(metadata, title=title_from_name(name))
    builder = DocumentBuilder()
    sizes = slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE)
    due = next(sizes)
    for _ in _Book(archive, package, builder).walk():
        if builder.text_length >= due:
            yield builder.document(metadata, is_complete=False)
            due = builder.text_length + next(sizes)
    if not len(builder):
        raise archive.fault("holds no text: it may be made of pictures")
    yield builder.document(metadata, is_complete=True)


class _Book:
    """The parts of a book while they are read."""

    def __init__(self, archive: Archive, package: Package, builder: DocumentBuilder) -> None:
        self._archive = archive
        self._package = package
        self._reader = TreeReader(builder)
        self._outliner = Outliner()
        self._numbers = {path: number for number, path in enumerate(package.spine, 1)}
        self._parts: dict[str, bytes | None] = {}
        self._targets = self._find_targets()
        self._contents = _by_path(package.contents)
        self._pages = _by_path(package.pages)

    def walk(self) -> Iterator[None]:
        """Add one part after another; control comes back whenever blocks were added."""
        for path in self._package.spine:
            data = self._parts.pop(path, None) or self._archive.read(path)
            root = parse_page(data) if data else None
            if root is None:
                continue
            body = next((one for one in root.iter("{*}*") if local_name(one) == "body"), root)
            self._outliner.apply(body, self._contents.get(path, ()), self._pages.get(path, ()))
            self._reader.resolve = partial(self._target, path)
            self._reader.label_of = partial(self._label, path)
            self._reader.name_next(f"part-{self._numbers[path]}")
            yield from self._reader.walk(body)

    def _find_targets(self) -> frozenset[str] | None:
        """Return the labels that links lead to, so that no other identifier need be kept."""
        if sum(map(self._archive.size, self._package.spine)) > MAX_SCANNED:
            return None
        targets: set[str] = set()
        for path in self._package.spine:
            data = self._parts[path] = self._archive.read(path)
            for match in _LINKS.finditer(data or b""):
                href = match[1].decode("utf-8", "replace").replace("&amp;", "&")
                target = self._archive.find(href, path) if href[0] != "#" else path
                if target in self._numbers:
                    targets.add(self._name(target, href.partition("#")[2]))
        return frozenset(targets)

    def _name(self, path: str, fragment: str) -> str:
        return clean_line(f"{self._numbers[path]}-{unquote(fragment)}")[:200]

    def _label(self, path: str, identifier: str) -> str:
        label = self._name(path, identifier)
        return label if self._targets is None or label in self._targets else ""

    def _target(self, path: str, href: str) -> str:
        """Return where a link leads: ``#label`` in the book, an address, or nothing."""
        href = href.strip()
        if href.startswith("#"):
            return "#" + self._name(path, href[1:]) if href[1:] else ""
        if _SCHEME.match(href):
            return clean_line(href)
        target = self._archive.find(href, path)
        if target not in self._numbers:
            return ""
        fragment = href.partition("#")[2]
        return "#" + (self._name(target, fragment) if fragment else f"part-{self._numbers[target]}")


def _by_path(places: list[Place]) -> dict[str, list[Place]]:
    paths: dict[str, list[Place]] = {}
    for place in places:
        paths.setdefault(place.path, []).append(place)
    return paths
