"""Two copies of annotations become one, the same whichever way round and on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.core.annotation import Annotation, Article


def merge_annotations(*copies: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Merge copies of an article's annotations by id; for each id the latest change wins.

    The merge is commutative, associative and idempotent. A tombstone is an annotation like any
    other, so an older live copy never brings back what was deleted.

    Returns:
        One annotation for each id, in the order in which they were made.
    """
    latest: dict[str, Annotation] = {}
    for copy in copies:
        for annotation in copy:
            rival = latest.get(annotation.id)
            if rival is None or (rival != annotation and _rank(annotation) > _rank(rival)):
                latest[annotation.id] = annotation
    return tuple(sorted(latest.values(), key=lambda one: (one.created, one.id)))


def merge_articles(present: Article | None, given: Article | None) -> Article | None:
    """Lay ``given`` over what the library has: its fields count, and nothing unknown is dropped.

    Returns:
        The article; it keeps the library's id, the earliest ``added`` and the unknown fields of
        both. None where both are None.
    """
    if present is None or given is None:
        return given or present
    return msgspec.structs.replace(
        given,
        id=present.id,
        added=min(filter(None, (present.added, given.added)), default=""),
        extra={**present.extra, **given.extra},
    )


def _rank(annotation: Annotation) -> tuple[str, bool, bytes]:
    """Order copies of one annotation: by time, deletion first, then by content.

    The content settles what time cannot, in the same way on every machine.
    """
    moment = max(annotation.modified, annotation.deleted)
    return moment, annotation.is_deleted, msgspec.json.encode(annotation, order="sorted")
