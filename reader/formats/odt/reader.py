"""OpenDocument text, packed (ODT) or as one file of XML (flat ODT).

Its XML has nearly the structure of HTML, and is walked once without recursion. Pictures are never
opened, nothing outside the file is followed, and entities are never expanded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from msgspec import structs

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.archive import Archive
from reader.formats.cleaning import clean_line
from reader.formats.embedded_notes import AnnotatedDocument
from reader.formats.odt.body import OdtBody, target_of
from reader.formats.odt.comments import comments_of, elements_of, ends_of
from reader.formats.odt.styles import OdtStyles
from reader.formats.tree.elements import attribute, local_name
from reader.formats.tree.xml import parse_strictly
from reader.formats.word.comments import END, POINT, START, Comment, count_of, notes_of
from reader.formats.word.documents import read_documents
from reader.formats.word.parts import MAX_XML, XmlParts, fields_of, metadata_of

_MANIFEST: Final = "META-INF/manifest.xml"


class _OdtParts(NamedTuple):
    """The parts of a document; in a flat file all are the same."""

    content: Any
    styles: Any | None
    meta: Any | None
    formula: Callable[[str], str]
    fault: Callable[[str], SourceError]


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        data: The bytes of an ODT or a flat ODT.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It is damaged, locked or too large, or is not a text document.
    """
    yield from _documents(_opened(data, name), name, first_slice)


def read_annotated(data: bytes, name: str) -> AnnotatedDocument:
    """Return the document in an ODT with the notes that its comments make.

    Args:
        data: The bytes of an ODT or a flat ODT.
        name: Its name or path.

    Raises:
        SourceError: As for ``read_bytes``.
    """
    opened = _opened(data, name)
    *_, document = _documents(opened, name, 0)
    if not opened.comments:
        return AnnotatedDocument(document, ())
    ends = ends_of(opened.text, opened.elements)
    ranges = set(ends.values())
    anchors = {
        one: f"{START if number in ranges else POINT}{number}"
        for number, one in enumerate(opened.elements)
    }
    anchors |= {one: f"{END}{number}" for one, number in ends.items()}
    *_, marked = _documents(opened, name, 0, anchors)  # the same text, with more anchors
    return AnnotatedDocument(document, notes_of(opened.comments, marked))


class _Opened(NamedTuple):
    """A document that is about to be read."""

    parts: _OdtParts
    text: Any
    """Its body."""
    elements: list[Any]
    """The elements of its comments."""
    comments: list[Comment]
    """What each of these says."""


def _opened(data: bytes, name: str) -> _Opened:
    parts = _packed(data, name) if data.startswith(b"PK") else _flat(data, name)
    text = next((one for one in parts.content.iter("{*}text") if _is_body(one)), None)
    if text is None:
        raise parts.fault("is not a text document")
    elements = elements_of(text)
    return _Opened(parts, text, elements, comments_of(elements))


def _documents(
    opened: _Opened, name: str, first_slice: int, comments: Mapping[Any, str] = {}
) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete."""
    parts, text = opened.parts, opened.text
    styles = OdtStyles([one for one in (parts.styles, parts.content) if one is not None])
    body = OdtBody(styles, _targets(text), parts.formula, comments)
    metadata = structs.replace(
        _metadata(parts.meta, styles), embedded_notes=count_of(opened.comments)
    )
    yield from read_documents(
        body.read(text),
        body.writer,
        lambda: metadata,
        fault=parts.fault,
        name=name,
        first_slice=first_slice,
    )


def _packed(data: bytes, name: str) -> _OdtParts:
    archive = Archive(data, name, "ODT document")
    manifest = archive.read(_MANIFEST) or b""
    if b"encryption-data" in manifest:
        raise archive.fault(
            "is locked with a password: open it in a word processor and save it without one"
        )
    xml = XmlParts(archive)

    def formula(href: str) -> str:
        path = archive.find(f"{href}/content.xml") if href else ""
        try:
            root = xml.read(path) if path else None
        except SourceError:  # a damaged object takes no text away
            return ""
        return "" if root is None else _formula(root)

    content = xml.read("content.xml")
    if content is None:
        raise archive.fault("is damaged")
    return _OdtParts(content, xml.read("styles.xml"), xml.read("meta.xml"), formula, archive.fault)


def _flat(data: bytes, name: str) -> _OdtParts:
    def fault(predicate: str) -> SourceError:
        return SourceError("Not a readable ODT document", f"{name or 'The source'} {predicate}.")

    if len(data) > MAX_XML:
        raise fault(f"holds more than {MAX_XML >> 20} MB of text, pictures and layout")
    root = parse_strictly(data)
    if root is None:
        raise fault("is damaged")
    return _OdtParts(root, None, root, lambda _href: "", fault)


def _is_body(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) == "body"


def _formula(root: Any) -> str:
    """Return the source of a formula; empty if an object is something else."""
    if local_name(root) != "math":
        return ""
    notes = (one for one in root.iter("{*}annotation"))
    annotation = next(notes, None)
    return clean_line("".join((root if annotation is None else annotation).itertext()))[:2000]


def _targets(text: Any) -> frozenset[str]:
    """Return the bookmarks that are targets of links."""
    targets = {
        target_of(href)[1:]
        for one in text.iter("{*}a")
        if (href := attribute(one, "href")).startswith("#")
    }
    for name in ("{*}bookmark-ref", "{*}reference-ref"):
        targets.update(attribute(one, "ref-name") for one in text.iter(name))
    return frozenset(targets)


def _metadata(meta: Any | None, styles: OdtStyles) -> Metadata:
    fields = fields_of(*(() if meta is None else meta.iter("{*}meta")))
    return metadata_of(
        fields.get("title", ""),
        fields.get("initial-creator") or fields.get("creator") or "",
        fields.get("creation-date") or fields.get("date") or "",
        fields.get("language") or styles.language,
    )
