"""Reads the notes that documents themselves hold: annotations of PDF, comments of DOCX, ODT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from reader.core.addresses import is_web_address
from reader.errors import SourceError
from reader.formats import AnnotatedDocument, EmbeddedNote, kind_with_notes, read_annotated
from reader.imports.conversations import NOBODY, Contribution, joined
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.registry import ImportFormat
from reader.session.identity import identify
from reader.session.sources import Source

if TYPE_CHECKING:
    from reader.store.library import Library

_HELD: Final = {"pdf": "annotations", "docx": "comments", "odt": "comments"}
"""What the notes of a document are called, by the name of its format."""


def _row(kind: str, title: str) -> ImportFormat:
    return ImportFormat(kind, title, lambda file: file.once(_kind) == kind, _read)


def _kind(file: GivenFile) -> str:
    return kind_with_notes(file.data)


def _read(file: GivenFile) -> Iterator[ImportItem]:
    yield from _items(file, read_annotated(file.data, name=file.name, kind=file.once(_kind)))


EMBEDDED: Final = {
    each.name: each
    for each in (
        _row("pdf", "annotations of a PDF"),
        _row("docx", "comments of a DOCX"),
        _row("odt", "comments of an ODT"),
    )
}
"""The kinds of documents with notes, by their names."""


def recognise_document(file: GivenFile) -> ImportFormat | None:
    """Return the kind of a document that may hold notes; None for any other file."""
    return EMBEDDED.get(file.once(_kind))


def read_document_notes(file: GivenFile, source: Source, library: Library) -> Iterator[ImportItem]:
    """Yield the source that a document is, with its notes; a remark where it holds none.

    A document is the article of the library that has its path, its bytes or its text.

    Args:
        file: The document.
        source: The same as a source of articles.
        library: The library.

    Raises:
        SourceError: It cannot be read.
        StoreError: The library cannot be read.
    """
    if not file.once(_kind):
        raise SourceError("Not imported", f"{file.name} is no PDF, DOCX or ODT.")
    annotated = read_annotated(file.data, name=file.name, kind=file.once(_kind))
    url = source.address if is_web_address(source.address) else ""
    known = library.finder.first(source=source.address, url=url) if source.address else None
    if known is None and annotated.notes:
        known = identify(library, source, annotated.document).article
    for item in _items(file, annotated):
        if isinstance(item, ImportedSource):
            item = replace(  # noqa: PLW2901
                item,
                article=known.id if known is not None else "",
                url=url,
                path="" if url else source.address,
            )
        yield item


def _items(file: GivenFile, annotated: AnnotatedDocument) -> Iterator[ImportItem]:
    document, notes = annotated
    kind = file.once(_kind)
    if not notes:
        yield Remark(f"It holds no {_HELD[kind]}.")
        return
    metadata = document.metadata
    source = ImportedSource(
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        language=metadata.language,
        read_text=lambda: file.data,
        text_name=file.name,
    )
    # A draft is its author's, and a paper is not: there the only one who wrote notes is the reader.
    owner = "".join(metadata.authors[:1]) or NOBODY if kind != "pdf" else ""
    yield from joined([each for note in notes for each in _contributions(note, source)], owner)


def _contributions(note: EmbeddedNote, source: ImportedSource) -> Iterator[Contribution]:
    """Yield a note and the answers to it as what people contributed."""
    own = ImportedNote(
        quote=note.quote,
        note=note.note,
        tags=note.tags,
        colour=note.colour,
        created=note.created,
        modified=note.modified,
        prefix=note.prefix,
        suffix=note.suffix,
        start=note.start,
        page=note.page,
        key=note.key,
    )
    yield Contribution(source, own, note.author if note.note else "")
    for number, (text, author, written) in enumerate(note.answers):
        answer = ImportedNote(
            note=text, created=written, modified=written, key=f"{note.key}/{number}"
        )
        yield Contribution(source, answer, author, (note.key,))
