"""The placement check: whether passages are where their annotations say; re-anchoring them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader import clock
from reader.core.anchoring import anchor_all
from reader.core.annotation import Annotation, PlaceState
from reader.core.changes import changed_at, time_of
from reader.core.document import Document
from reader.errors import StoreError
from reader.store.doctor.findings import Finding

if TYPE_CHECKING:
    from reader.store.files.article_data import ArticleData
    from reader.store.files.snapshots import Snapshots
    from reader.store.library import Library

_SAME_WORDS = frozenset({PlaceState.EXACT, PlaceState.MOVED})
"""States that say that the passage's words are at its place."""


def check_placement(
    path: Path, data: ArticleData, library: Library, snapshots: Snapshots
) -> Iterator[Finding]:
    """Compare an article's annotations with its documents.

    Args:
        path: The article file.
        data: The content of the file.
        library: The library, where a repair saves the new place.
        snapshots: The snapshots of the documents.
    """
    documents = cache(partial(_document, snapshots))
    present = documents(data.article.snapshot)
    for annotation in data.annotations.values():
        if annotation.is_deleted:
            continue
        made_on = documents(annotation.selector.snapshot)
        if made_on is not None and not _fits(annotation, made_on):
            yield Finding(
                "selector",
                path,
                f"{path}: the words of the annotation {annotation.id} differ from the text at its"
                " offsets; it can be found by its words only.",
                is_fault=False,
            )
        if present is not None and not _is_placed(annotation, present):
            yield Finding(
                "anchor",
                path,
                f"{path}: the annotation {annotation.id} is not where its words are.",
                repair=partial(_reanchor, data.article.id, annotation, present, library, documents),
            )


def _fits(annotation: Annotation, document: Document) -> bool:
    selector = annotation.selector
    return document.text[selector.start : selector.end] == selector.exact


def _is_placed(annotation: Annotation, document: Document) -> bool:
    place = annotation.place
    if place.snapshot:
        return True  # anchored again when the article is next opened
    if not 0 <= place.start <= place.end <= len(document.text):
        return False
    if place.state not in _SAME_WORDS:
        return True
    words = document.text[place.start : place.end].split()
    return words == annotation.selector.exact.split() or annotation.selector.exact == ""


def _reanchor(
    article_id: str,
    annotation: Annotation,
    document: Document,
    library: Library,
    documents: Callable[[str], Document | None],
) -> str:
    (placed,) = anchor_all([annotation], document, lambda digest: _text(documents(digest)))
    moment = max(clock.now(), time_of(annotation, "place"))
    library.save(article_id, annotations=[changed_at(annotation, placed, moment)])
    if placed.is_orphaned:
        return "its place was not found, and it is marked as lost."
    return f"it is now at {placed.place.start}."


def _text(document: Document | None) -> str | None:
    return None if document is None else document.text


def _document(snapshots: Snapshots, digest: str) -> Document | None:
    if not snapshots.has(digest):
        return None
    document = None
    try:
        for document in snapshots.read(digest):  # noqa: B007 - the last document is complete
            pass
    except StoreError:
        return None
    return document
