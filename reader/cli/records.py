"""Converts values to the JSON that scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from reader.cli.asking import FoundArticle
    from reader.core.document import Block, Document
    from reader.session import AnnotationSummary, ArticleSummary
    from reader.session.requests import Exported


def document_record(document: Document) -> dict[str, Any]:
    """Return a document: metadata, digest, text, blocks, spans and marks."""
    metadata = document.metadata
    return {
        "metadata": {name: getattr(metadata, name) for name in metadata.__struct_fields__},
        "digest": document.digest,
        "text": document.text,
        "blocks": [_block_record(block) for block in document.blocks],
        "spans": [
            {"kind": str(span.kind), "start": span.start, "end": span.end}
            | ({"target": span.target} if span.target else {})
            for span in document.spans
        ],
        "marks": [
            {"kind": str(mark.kind), "offset": mark.offset, "name": mark.name}
            for mark in document.marks
        ],
    }


def _block_record(block: Block) -> dict[str, Any]:
    """Return a block: always kind, start and end, and the other fields that are not empty."""
    record: dict[str, Any] = {"kind": str(block.kind), "start": block.start, "end": block.end}
    for name in ("level", "marker", "language", "label", "header_rows", "residue", "correction"):
        if value := getattr(block, name):
            record[name] = value
    return record


def export_record(written: Exported) -> dict[str, Any]:
    """Return a file that an export wrote, left as it is, or no longer has anything for."""
    return {
        "path": str(written.path),
        "changed": written.is_changed,
        "kept": str(written.kept) if written.kept is not None else "",
        "leftover": written.leftover,
    }


def article_record(article: ArticleSummary) -> dict[str, Any]:
    """Return an article of the library."""
    record: dict[str, Any] = msgspec.to_builtins(article)
    return record


def note_record(summary: AnnotationSummary) -> dict[str, Any]:
    """Return an annotation, and when it was deleted, if it was."""
    from reader.core.annotation_record import annotation_record

    annotation = summary.annotation
    record = annotation_record(annotation, summary.article_id, summary.article_title)
    return record | {"deleted": annotation.deleted} if annotation.is_deleted else record


def found_record(found: FoundArticle) -> dict[str, Any]:
    """Return an article that a search found, with places of its text, and its notes."""
    return article_record(found.article) | {
        "places": found.places,
        "excerpts": [
            {
                "start": each.start,
                "end": each.end,
                "section": each.section,
                "page": each.page,
                "text": each.text,
                "found": list(each.parts[1::2]),
            }
            for each in found.excerpts
        ],
        "notes": [note_record(each) for each in found.notes],
    }
