"""Reads the description of an EPUB: its parts in reading order, its contents, its metadata."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from reader.core.document import Metadata
from reader.formats.archive import Archive
from reader.formats.cleaning import clean_line
from reader.formats.tree.elements import attribute, local_name
from reader.formats.tree.xml import parse_page, parse_xml

OF_PICTURES: Final = "is a book of pictures: it holds no text that could be read"
"""The predicate of the error for a book of pictures without words."""

OF_BLANK_PAGES: Final = "holds no text: all of its pages are blank"
"""The predicate of the error for a book without text and without pictures."""

MAX_ENTRIES: Final = 20_000
"""The most entries of a book's contents, and the most parts."""

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_FONTS_ONLY: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LOCKS: Final = {
    "META-INF/license.lcpl": "Readium LCP",
    "META-INF/rights.xml": "Adobe",
    "META-INF/sinf.xml": "Apple",
}
_PAGES: Final = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "image/svg+xml", ""}
)
_PAGE_SUFFIXES: Final = (".xhtml", ".html", ".htm", ".svg")
_LONGEST_FALLBACK: Final = 20
_BEFORE_MARKUP: Final = codecs.BOM_UTF8 + codecs.BOM_UTF16 + codecs.BOM_UTF16_BE + b"\0\t\r\n "
_ISBN = re.compile(r"(?i)(?:urn:)?(?:isbn[:\s]*)?((?:97[89][-\s]?)?(?:[0-9][-\s]?){9}[0-9X])")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=\Z|T)")


class NavigationPoint(NamedTuple):
    """An entry of the contents, or the start of a page of the printed book."""

    path: str
    """The path of the part that it leads to."""
    fragment: str
    """The identifier in the part; empty for its start."""
    title: str
    """The title of the entry, or the number of the page."""
    level: int
    """1 for an entry that is in no other one."""


class EpubPackage(NamedTuple):
    """A book's description."""

    spine: list[str]
    """The paths of its parts in reading order, each once."""
    others: list[str]
    """The paths of its pages that are not in the spine, without those with the contents."""
    contents: list[NavigationPoint]
    """The table of contents."""
    pages: list[NavigationPoint]
    """The starts of the pages of the printed book."""
    contents_pages: frozenset[str]
    """The paths of the parts that show the table of contents."""
    metadata: Metadata
    """Title, authors and so on."""


class _ManifestItem(NamedTuple):
    """A file of the book."""

    path: str
    media_type: str
    properties: frozenset[str]
    fallback: str

    @property
    def is_page(self) -> bool:
        return self.media_type in _PAGES or self.path.lower().endswith(_PAGE_SUFFIXES)


def read_package(archive: Archive) -> EpubPackage:
    """Return the description of a book.

    Raises:
        SourceError: The description is missing, or the book has no text or is locked.
    """
    path, root, items, spine = _rendition(archive)
    _refuse_locked(archive, spine)
    navigation = next((one.path for one in items.values() if "nav" in one.properties), "")
    contents, pages = _navigation(archive, navigation) if navigation else ([], [])
    if not (contents and pages) and (ncx := _ncx_item(root, items)):
        tree = _tree(archive, ncx.path)
        contents = contents or list(_ncx_contents(archive, tree, ncx.path))
        pages = pages or list(_ncx_pages(archive, tree, ncx.path))
    shown = {
        archive.find(one.get("href") or "", path)
        for one in _named(root, "reference")
        if (one.get("type") or "").lower() == "toc"
    }
    contents_pages = frozenset(shown | {navigation})
    known = contents_pages.union(spine)
    others = dict.fromkeys(one.path for one in items.values() if one.is_page)
    return EpubPackage(
        spine,
        [path for path in others if path not in known],
        contents,
        pages,
        contents_pages,
        _metadata(root),
    )


def _rendition(archive: Archive) -> tuple[str, Any, dict[str, _ManifestItem], list[str]]:
    """Return the first description with readable parts: path, root, files and spine."""
    are_files_named = False
    root = None
    for path in _package_paths(archive):
        root = _tree(archive, path)
        items = _manifest(archive, root, path)
        if spine := _spine(root, items):
            return path, root, items, spine
        are_files_named = are_files_named or bool(items)
    if root is None:
        raise archive.fault("has no description of a book: it is damaged")
    if are_files_named and next(_named(root, "itemref"), None) is not None:
        raise archive.fault(OF_PICTURES)
    raise archive.fault("names no text that it holds: it is damaged")


def _package_paths(archive: Archive) -> list[str]:
    """Return the paths of the book's descriptions, of which there may be one for each format."""
    files = _named(_tree(archive, _CONTAINER), "rootfile")
    paths = [path for one in files if (path := archive.find(one.get("full-path") or ""))]
    return (
        paths[:_LONGEST_FALLBACK]
        or [path for path in archive.paths if path.lower().endswith(".opf")][:1]
    )


def _tree(archive: Archive, path: str) -> Any | None:
    data = archive.read(path) if path else None
    return parse_xml(data) if data else None


def _named(root: Any | None, *names: str) -> Iterator[Any]:
    """Yield the elements with one of the names, in any namespace."""
    if root is not None:
        for element in root.iter("{*}*"):
            if local_name(element) in names:
                yield element


def _manifest(archive: Archive, root: Any, base: str) -> dict[str, _ManifestItem]:
    items: dict[str, _ManifestItem] = {}
    for element in _named(root, "item"):
        path = archive.find(element.get("href") or "", base)
        identifier = (element.get("id") or "").strip()
        if path and identifier and len(items) < MAX_ENTRIES:
            items[identifier] = _ManifestItem(
                path,
                (element.get("media-type") or "").lower(),
                frozenset((element.get("properties") or "").split()),
                (element.get("fallback") or "").strip(),
            )
    return items


def _spine(root: Any, items: dict[str, _ManifestItem]) -> list[str]:
    """Return the parts in reading order; parts outside of it, such as notes, come last."""
    linear: dict[str, None] = {}
    others: dict[str, None] = {}
    for reference in _named(root, "itemref"):
        item = items.get((reference.get("idref") or "").strip())
        for _ in range(_LONGEST_FALLBACK):
            if item is None or item.is_page:
                break
            item = items.get(item.fallback)
        if item is not None and item.is_page:
            is_linear = (reference.get("linear") or "yes").lower() != "no"
            (linear if is_linear else others)[item.path] = None
    return list(linear | others)


def _refuse_locked(archive: Archive, spine: list[str]) -> None:
    """Refuse a book whose text is encrypted; fonts often are, and are not needed."""
    parts = frozenset(spine)
    lock = next((name for path, name in _LOCKS.items() if archive.find(path)), "")
    start = (archive.read(spine[0]) or b"<").lstrip(_BEFORE_MARKUP)[:1]
    is_locked = bool(lock) and start != b"<"
    for entry in _named(_tree(archive, _ENCRYPTION), "encrypteddata"):
        method = next((one.get("Algorithm") for one in _named(entry, "encryptionmethod")), "")
        uris = [one.get("URI") or "" for one in _named(entry, "cipherreference")]
        if method not in _FONTS_ONLY and any(archive.find(uri) in parts for uri in uris):
            is_locked = True
            break
    if is_locked:
        raise archive.fault(
            f"is locked by its shop's copy protection{f' ({lock})' if lock else ''}; "
            "only the shop's own programs can open it"
        )


# Contents


def _navigation(archive: Archive, path: str) -> tuple[list[NavigationPoint], list[NavigationPoint]]:
    """Return the contents and the list of pages of an EPUB 3."""
    data = archive.read(path)
    root = parse_page(data) if data else None
    contents: list[NavigationPoint] = []
    pages: list[NavigationPoint] = []
    for nav in _named(root, "nav"):
        types = (attribute(nav, "type") or nav.get("role") or "").split()
        if "toc" in types or "doc-toc" in types:
            contents = contents or list(_nav_entries(archive, nav, path))
        elif "page-list" in types or "doc-pagelist" in types:
            pages = pages or list(_nav_entries(archive, nav, path))
    return contents, pages


def _nav_entries(archive: Archive, nav: Any, path: str) -> Iterator[NavigationPoint]:
    """Yield the entries of a list; a title without a link leads where its first entry does."""
    for count, item in enumerate(_named(nav, "li")):
        if count >= MAX_ENTRIES:
            return
        titled = next((one for one in item if local_name(one) in ("a", "span")), None)
        link = next((one for one in _named(item, "a") if one.get("href")), None)
        if titled is None or link is None:
            continue
        title = clean_line("".join(titled.itertext()))
        level = sum(local_name(one) in ("ol", "ul") for one in item.iterancestors())
        yield from _navigation_point(archive, link.get("href"), path, title, level)


def _ncx_item(root: Any, items: dict[str, _ManifestItem]) -> _ManifestItem | None:
    """Return the file with the contents of an EPUB 2, which an EPUB 3 may have as well."""
    spine = next(_named(root, "spine"), None)
    named = items.get((spine.get("toc") or "").strip()) if spine is not None else None
    return named or next((one for one in items.values() if "dtbncx" in one.media_type), None)


def _ncx_contents(archive: Archive, tree: Any, path: str) -> Iterator[NavigationPoint]:
    for point in islice(_named(tree, "navpoint"), MAX_ENTRIES):
        level = 1 + sum(local_name(one) == "navpoint" for one in point.iterancestors())
        yield from _ncx_point(archive, point, path, level)


def _ncx_pages(archive: Archive, tree: Any, path: str) -> Iterator[NavigationPoint]:
    for target in islice(_named(tree, "pagetarget"), MAX_ENTRIES):
        yield from _ncx_point(archive, target, path, 1)


def _ncx_point(archive: Archive, point: Any, path: str, level: int) -> Iterator[NavigationPoint]:
    children = {local_name(child): child for child in point}
    label, content = children.get("navlabel"), children.get("content")
    if label is not None and content is not None:
        title = clean_line("".join(label.itertext()))
        yield from _navigation_point(archive, content.get("src") or "", path, title, level)


def _navigation_point(
    archive: Archive, href: str, base: str, title: str, level: int
) -> Iterator[NavigationPoint]:
    path = archive.find(href, base)
    if path and title:
        yield NavigationPoint(path, href.partition("#")[2], title, min(max(level, 1), 6))


# Metadata


def _metadata(root: Any) -> Metadata:
    section = next(_named(root, "metadata"), None)
    refined: dict[str, dict[str, str]] = {}
    for one in _named(section, "meta"):
        if (target := one.get("refines")) and one.get("property"):
            refined.setdefault(target.lstrip("#"), {})[one.get("property")] = _text(one)
    titles = list(_named(section, "title"))
    main = [one for one in titles if _refinement(one, refined, "title-type") == "main"]
    identifiers = [_text(one) for one in _named(section, "identifier")]
    return Metadata(
        title=_first(main or titles),
        authors=_authors(section, refined),
        site=_first(_named(section, "publisher")),
        published=_published(section),
        language=_first(_named(section, "language"))[:40],
        url=next((one for one in identifiers if one.startswith(("http://", "https://"))), ""),
        identifier=_identifier(identifiers),
    )


def _text(element: Any) -> str:
    return clean_line("".join(element.itertext()))[:1000]


def _first(elements: Any) -> str:
    return next((text for one in elements if (text := _text(one))), "")


def _refinement(element: Any, refined: dict[str, dict[str, str]], name: str) -> str:
    return refined.get(element.get("id") or "", {}).get(name, "")


def _authors(section: Any, refined: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """Return the authors of the book, without translators, editors and illustrators."""
    everyone: list[str] = []
    authors: list[str] = []
    for one in _named(section, "creator"):
        role = attribute(one, "role") or _refinement(one, refined, "role")
        if name := _text(one):
            everyone.append(name)
            if role in ("", "aut"):
                authors.append(name)
    return tuple(dict.fromkeys(authors or everyone))


def _published(section: Any) -> str:
    dates = [(attribute(one, "event"), _text(one)) for one in _named(section, "date")]
    first = next((date for event, date in dates if event == "publication" and date), "")
    first = first or next((date for event, date in dates if event != "modification" and date), "")
    match = _DATE.match(first)
    return match[0] if match else first


def _identifier(identifiers: list[str]) -> str:
    for one in identifiers:
        if match := _ISBN.fullmatch(one.strip()):
            return "urn:isbn:" + re.sub(r"[-\s]", "", match[1]).upper()
    return next((one for one in identifiers if one), "")
