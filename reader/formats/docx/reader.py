"""DOCX: reads the parts of a document as a tree of HTML.

Names are read without their namespaces, which differ between the two variants of DOCX. Pictures are
never opened, relations outside the file are never followed, and entities are never expanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from msgspec import structs

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.archive import Archive
from reader.formats.docx import chunks
from reader.formats.docx.body import DocxBody, DocxParts
from reader.formats.docx.comments import comments_of
from reader.formats.docx.styles import DocxNumbering, DocxStyles, value_of
from reader.formats.embedded_notes import AnnotatedDocument
from reader.formats.tree.elements import attribute
from reader.formats.tree.xml import parse_xml
from reader.formats.word.comments import Comment, count_of, notes_of
from reader.formats.word.documents import read_documents
from reader.formats.word.fields import FieldInstruction
from reader.formats.word.parts import XmlParts, fields_of, metadata_of

MAX_CHUNKS: Final = 500
"""The most embedded texts of one document."""

_RELATIONS: Final = "_rels/.rels"
_CORE: Final = "docProps/core.xml"
_FORMS: Final = {
    "decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        data: The bytes of a DOCX.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It is damaged, locked or too large.
    """
    archive = Archive(data, name, "DOCX document")
    yield from _documents(archive, _opened(archive, name, depth=0), name, first_slice)


def read_annotated(data: bytes, name: str) -> AnnotatedDocument:
    """Return the document in a DOCX with the notes that its comments make.

    Args:
        data: The bytes of a DOCX.
        name: Its name or path.

    Raises:
        SourceError: As for ``read_bytes``.
    """
    archive = Archive(data, name, "DOCX document")
    opened = _opened(archive, name, depth=0, marks_comments=True)
    *_, document = read_bytes(data, name, 0)
    if not opened.comments:
        return AnnotatedDocument(document, ())
    *_, marked = _documents(archive, opened, name, 0)  # the same text, with more anchors
    return AnnotatedDocument(document, notes_of(opened.comments, marked))


class _Opened(NamedTuple):
    """A document that is about to be read."""

    root: Any
    """Its body."""
    body: DocxBody
    """What reads the body."""
    styles: DocxStyles
    """Its styles."""
    comments: list[Comment]
    """Its comments."""


def _documents(
    archive: Archive, opened: _Opened, name: str, first_slice: int
) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete."""
    metadata = structs.replace(
        _metadata(archive, opened.styles), embedded_notes=count_of(opened.comments)
    )
    yield from read_documents(
        opened.body.read(opened.root),
        opened.body.writer,
        lambda: metadata,
        fault=archive.fault,
        name=name,
        first_slice=first_slice,
    )


def _opened(archive: Archive, name: str, *, depth: int, marks_comments: bool = False) -> _Opened:
    """Return a document that is about to be read.

    Args:
        archive: Its archive.
        name: Its name in errors.
        depth: The number of documents around it.
        marks_comments: Whether anchors show where its comments are.
    """
    package = _DocxPackage(archive)
    root = package.main()
    body = next((one for one in root.iter("{*}body")), None)
    if body is None:
        raise archive.fault("is damaged")
    styles = DocxStyles(package.part("styles"))
    embedded = _Chunks(archive, package.chunks, name, depth)
    parts = _parts(package, root, styles)._replace(marks_comments=marks_comments)
    reading = DocxBody(parts, embedded.read, has_whole_fields=_has_whole_fields(root))
    try:
        comments = [] if depth else comments_of(package.part)
    except SourceError:
        if marks_comments:
            raise
        comments = []  # a damaged part beside the text does not stop the reader
    return _Opened(body, reading, styles, comments)


class _Chunks:
    """The texts that a document embeds whole."""

    def __init__(self, archive: Archive, paths: dict[str, str], name: str, depth: int) -> None:
        """Keep the archive, and where the texts are in it.

        Args:
            archive: The document.
            paths: The paths of the texts by the identifiers of relations.
            name: The document's name in errors.
            depth: The number of documents around it.
        """
        self._archive = archive
        self._paths = paths
        self._name = name
        self._depth = depth
        self._count = 0

    def read(self, identifier: str) -> list[Any]:
        """Return the elements of an embedded text, or a paragraph that names what is unreadable."""
        path = self._paths.get(identifier, "")
        data = (self._archive.read(path) if path else None) or b""
        self._count += 1
        if self._count > MAX_CHUNKS or not data.strip():
            return chunks.unreadable(path)
        if chunks.is_word_file(data):
            elements = self._read_document(data)
        else:
            elements = chunks.read_chunk(data, path)
        chunks.set_apart(elements, f"embedded-{self._depth}-{self._count}-")
        return elements or chunks.unreadable(path)

    def _read_document(self, data: bytes) -> list[Any]:
        if self._depth >= chunks.MAX_DEPTH:
            return []
        try:
            archive = Archive(data, self._name, "DOCX document")
            opened = _opened(archive, self._name, depth=self._depth + 1)
            for _ in opened.body.read(opened.root):
                pass
        except SourceError:
            return []
        return list(opened.body.writer.finish())


class _DocxPackage:
    """The parts of a document, which relations connect."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._xml = XmlParts(archive)
        self._path = ""
        self._relations: list[Any] = []

    def main(self) -> Any:
        """Return the root of the part that holds the text."""
        for one in self._related(_RELATIONS):
            if attribute(one, "Type").endswith("/officeDocument"):
                self._path = self._archive.find(attribute(one, "Target"))
                break
        root = self._xml.read(self._path or "word/document.xml")
        if root is None:
            raise self._archive.fault("is damaged")
        folder, _, file = self._path.rpartition("/")
        path = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        self._relations = self._related(path)
        return root

    def part(self, kind: str) -> Any | None:
        """Return the root of the part of a kind, such as ``styles``; None if it is missing."""
        for one in self._relations:
            if attribute(one, "Type").endswith(f"/{kind}"):
                path = self._archive.find(attribute(one, "Target"), self._path)
                return self._xml.read(path) if path else None
        return None

    @property
    def links(self) -> dict[str, str]:
        """The targets of links by identifier."""
        return {
            attribute(one, "Id"): attribute(one, "Target")
            for one in self._relations
            if attribute(one, "Type").endswith("/hyperlink")
        }

    @property
    def chunks(self) -> dict[str, str]:
        """The paths of the embedded texts by identifier."""
        return {
            attribute(one, "Id"): self._archive.find(attribute(one, "Target"), self._path)
            for one in self._relations
            if attribute(one, "Type").lower().endswith("/afchunk")
            and attribute(one, "TargetMode") != "External"
        }

    def links_of(self, kind: str) -> dict[str, str]:
        """Return the targets of links in another part."""
        for one in self._relations:
            if attribute(one, "Type").endswith(f"/{kind}"):
                path = self._archive.find(attribute(one, "Target"), self._path)
                folder, _, file = path.rpartition("/")
                return {
                    attribute(link, "Id"): attribute(link, "Target")
                    for link in self._related(f"{folder}/_rels/{file}.rels")
                    if attribute(link, "Type").endswith("/hyperlink")
                }
        return {}

    def _related(self, path: str) -> list[Any]:
        root = self._xml.read(path)
        return [] if root is None else list(root)


def _parts(package: _DocxPackage, root: Any, styles: DocxStyles) -> DocxParts:
    notes: dict[tuple[str, str], Any] = {}
    forms: dict[str, str] = {}
    settings = package.part("settings")
    for kind in ("footnote", "endnote"):
        part = package.part(f"{kind}s")
        links = package.links_of(f"{kind}s")
        for one in () if part is None else part:
            if attribute(one, "type") in ("", "normal"):
                _name_links(one, links)
                notes[kind, attribute(one, "id")] = one
        for holder in (root, settings):
            for note_properties in () if holder is None else holder.iter(f"{{*}}{kind}Pr"):
                if form := _FORMS.get(value_of(note_properties, "numfmt")):
                    forms.setdefault(kind, form)
    return DocxParts(
        styles=styles,
        numbers=DocxNumbering(package.part("numbering")),
        notes=notes,
        forms=forms,
        links=package.links,
        targets=_targets(root, notes),
    )


def _name_links(note: Any, links: dict[str, str]) -> None:
    """Store the addresses of a note's links where the reader looks for them."""
    for link in note.iter("{*}hyperlink"):
        link.set("address", links.get(attribute(link, "id"), ""))


def _targets(root: Any, notes: dict[tuple[str, str], Any]) -> frozenset[str]:
    """Return the bookmarks that are targets of links."""
    targets: set[str] = set()
    for holder in (root, *notes.values()):
        targets.update(attribute(one, "anchor") for one in holder.iter("{*}hyperlink"))
        instructions = [one.text or "" for one in holder.iter("{*}instrText")]
        instructions += [attribute(one, "instr") for one in holder.iter("{*}fldSimple")]
        for text in instructions:
            targets.add(FieldInstruction(text).target.partition("#")[2])
    return frozenset(targets - {""})


def _has_whole_fields(root: Any) -> bool:
    """Return whether as many fields end as begin."""
    balance = 0
    for one in root.iter("{*}fldChar"):
        kind = attribute(one, "fldCharType")
        balance += (kind == "begin") - (kind == "end")
    return balance == 0


def _metadata(archive: Archive, styles: DocxStyles) -> Metadata:
    data = archive.read(_CORE)
    root = parse_xml(data) if data else None
    fields = fields_of(*(() if root is None else (root,)))
    return metadata_of(
        fields.get("title", ""),
        fields.get("creator", ""),
        fields.get("created", ""),
        fields.get("language") or styles.language,
    )
