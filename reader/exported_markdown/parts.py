"""The parts of an annotation that a person may edit in a file, and what a file says they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from reader.core.annotation import Annotation
from reader.digests import part_digest

PARTS: Final = ("quote", "note", "tags", "speaker", "status")
"""The parts, in the order in which a file has their digests."""

_EMPTY: Final = part_digest("")
_NOTHING: Final = "-"
"""Stands in a file for the digest of an empty part."""


def stored_parts(annotation: Annotation) -> dict[str, str | tuple[str, ...]]:
    """Return the parts as the library has them."""
    return {
        "quote": annotation.selector.exact,
        "note": annotation.note,
        "tags": annotation.tags,
        "speaker": annotation.speaker,
        "status": annotation.status or "",
    }


def digests_of(values: Mapping[str, str | Iterable[str]]) -> dict[str, str]:
    """Return the digests of some parts, by their names."""
    return {part: part_digest(value) for part, value in values.items()}


def digests_before(
    written: Mapping[str, str], present: Mapping[str, str], edited: Collection[str]
) -> dict[str, str]:
    """Return the digests that tell an import what was edited.

    Args:
        written: The digests of the parts as the library had them when the file was written.
        present: The digests of the parts as they are read of the file now. They may be others than
            in ``written`` where nobody edited a part, since a file cannot show everything.
        edited: The parts that a person edited.
    """
    return {part: (written if part in edited else present)[part] for part in PARTS}


def token_of_digest(digest: str) -> str:
    """Return what stands in a file for a digest, which may be missing."""
    return _NOTHING if digest in ("", _EMPTY) else digest


def digest_of_token(token: str) -> str:
    """Return the digest for which a token stands; the inverse of ``token_of_digest``."""
    return _EMPTY if token == _NOTHING else token


def tags_by_name(tags: Iterable[str], name_of: Callable[[str], str]) -> dict[str, list[str]]:
    """Return tags by the names that a file shows of them; several may have one name.

    Args:
        tags: The tags.
        name_of: Returns what a file shows of a tag.
    """
    names: dict[str, list[str]] = {}
    for tag in tags:
        names.setdefault(name_of(tag), []).append(tag)
    return names


def stored_tags(shown: Iterable[str], names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return tags as they are stored, each once.

    Args:
        shown: The tags as a file shows them.
        names: The tags by the name that the file shows, where that is another one.
    """
    tags = (tag for name in shown for tag in names.get(name, (name,)))
    return tuple(dict.fromkeys(tags))
