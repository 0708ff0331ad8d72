"""Copies that were edited apart become one, the same whichever way round and on every machine.

Each merge here is commutative, associative and idempotent: the same copies give the same whole in
any order, and merging once more changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from reader import clock
from reader.core.changes import PARTS, NoteText, changed_at, joined, texts_of, time_of, times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.core.annotation import Annotation, Article

_SINGLE_PARTS: Final = ("tags", "speaker", "status", "links")
"""Parts that are merged each for itself; the later one counts."""

_WORK: Final = ("tags", "note", "speaker", "status", "links")
"""Parts that a person writes: what was written after a removal brings the annotation back."""

_NESTED: Final = ("selector", "place", "metadata")
"""Records inside a record, whose own unknown fields stand under their name in ``extra``."""

_SEEN: Final = (
    "source",
    "metadata",
    "snapshot",
    "source_digest",
    "etag",
    "last_modified",
    "is_whole",
    "read_as",
    "opened",
)
"""What an article is known by since it was last opened; merged as one."""


def merge_annotations(*copies: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Merge copies of an article's annotations by id, and each annotation part by part.

    A tombstone is an annotation like any other, so an older live copy never brings back what was
    deleted; what a person wrote after the deletion, in a copy that did not know of it, does.

    Returns:
        One annotation for each id, in the order in which they were made.
    """
    merged: dict[str, Annotation] = {}
    for copy in copies:
        for annotation in copy:
            rival = merged.get(annotation.id)
            merged[annotation.id] = _merge(rival, annotation) if rival else annotation
    return tuple(sorted(merged.values(), key=lambda one: (one.created, one.id)))


def new_conflicting_edits(merged: Iterable[Annotation], *copies: Iterable[Annotation]) -> int:
    """Return how many notes hold texts together that none of ``copies`` held together."""
    known = {(each.id, each.note) for copy in copies for each in copy}
    return sum(bool(each.versions) and (each.id, each.note) not in known for each in merged)


def with_times_of_edits(base: Annotation, copy: Annotation) -> Annotation:
    """Return a copy with a time for each part that was changed by hand, without one.

    Args:
        base: What the copy was made from.
        copy: The copy, perhaps edited with a text editor.
    """
    edited = [
        part
        for part in PARTS
        if getattr(base, part) != getattr(copy, part)
        and time_of(copy, part) == time_of(base, part)
        and copy.modified == base.modified
    ]
    if not edited:
        return copy
    moment = clock.later("", than=max(base.modified, base.deleted, *times_of(base).values()))
    return replace(changed_at(base, copy, moment), modified=moment)


def merge_articles(present: Article | None, given: Article | None) -> Article | None:
    """Lay ``given`` over what the library has: its fields count, and nothing unknown is dropped.

    Returns:
        The article; it keeps the library's id, the earliest ``added``, the unknown fields of both,
        and where a person put it last: that is done in lists while the article may be open. None
        where both are None.
    """
    if present is None or given is None:
        return given or present
    put = max(given, present, key=_put_at)
    times = {"state_by_hand": _put_at(put)} if _put_at(put) else {}
    return replace(
        given,
        id=present.id,
        added=min(filter(None, (present.added, given.added)), default=""),
        manual_state=put.manual_state,
        changed={**given.changed, **times},
        extra={**present.extra, **given.extra},
    )


def merge_article_copies(one: Article, other: Article) -> Article:
    """Merge two copies of an article: what was seen last, where it was read last."""
    if one == other:
        return one
    seen = max(one, other, key=lambda each: (each.opened, _encoded([_values(each, _SEEN)])))
    read = max(one, other, key=lambda each: (_read_at(each), each.progress, each.position))
    tagged = max(one, other, key=lambda each: (_tagged_at(each), each.tags))
    put = max(one, other, key=lambda each: (_put_at(each), each.manual_state or ""))
    added = min(filter(None, (one.added, other.added)), default="")
    changed = _later_times(one.changed, other.changed)
    for name, time, default in (
        ("position", _read_at(read), seen.opened),
        ("tags", _tagged_at(tagged), added),
        ("state_by_hand", _put_at(put), ""),
    ):
        changed.pop(name, None)
        if time != default:
            changed[name] = time
    return replace(
        seen,
        id=min(one.id, other.id),
        added=added,
        position=read.position,
        progress=read.progress,
        finished=one.finished or other.finished,
        tags=tagged.tags,
        manual_state=put.manual_state,
        changed=changed,
        extra=_merge_unknown(one, other),
    )


def with_named_places(article: Article, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations whose places say which text they refer to, to be merged with others."""
    return [
        replace(each, place=replace(each.place, snapshot=each.place.snapshot or article.snapshot))
        for each in annotations
    ]


def with_plain_places(article: Article, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Take back ``with_named_places`` where the place refers to the article's present text."""
    return [
        replace(each, place=replace(each.place, snapshot=""))
        if each.place.snapshot == article.snapshot
        else each
        for each in annotations
    ]


def _merge(one: Annotation, other: Annotation) -> Annotation:
    if one == other:
        return one
    pair = (one, other)
    created, modified = min(one.created, other.created), max(one.modified, other.modified)
    times = _later_times(times_of(one), times_of(other))
    marked = max(pair, key=_rank_of_passage)
    times["selector"], times["place"] = time_of(marked, "selector"), time_of(marked, "place")
    values: dict[str, Any] = {"selector": marked.selector, "place": marked.place}
    for part in _SINGLE_PARTS:
        latest = max(pair, key=lambda each: (time_of(each, part), _encoded(getattr(each, part))))
        values[part], times[part] = getattr(latest, part), time_of(latest, part)
    superseded = {*one.superseded, *other.superseded}
    texts = sorted({*texts_of(one), *texts_of(other)})
    texts = [each for each in texts if each.fingerprint not in superseded]
    values |= _note(texts)
    times["note"] = texts[-1].time if texts else created
    removed = max(pair, key=_rank_of_removal)
    times["deleted"] = _removed_at(removed)
    is_revived = any(times[part] > times["deleted"] for part in _WORK)
    changed = {part: time for part, time in times.items() if time != created}
    if all(time == modified for time in times.values()):
        changed = {}  # the shortest way to say so
    elif not changed:
        changed = dict.fromkeys(PARTS, created)
    return replace(
        one,
        **values,
        created=created,
        modified=modified,
        deleted="" if is_revived else removed.deleted,
        changed=changed,
        superseded=tuple(sorted(superseded)),
        extra=_merge_unknown(one, other),
    )


def _note(texts: list[NoteText]) -> dict[str, Any]:
    """Return the fields that hold a note's texts, of which none replaces another."""
    versions = tuple({"time": each.time, "text": each.text} for each in texts)
    return {"note": joined(texts), "versions": versions if len(texts) > 1 else ()}


def _rank_of_passage(annotation: Annotation) -> tuple[str, bytes, str, bytes]:
    """Order passages: the place belongs to the selector, whichever was found later."""
    return (
        time_of(annotation, "selector"),
        _encoded(annotation.selector),
        time_of(annotation, "place"),
        _encoded(annotation.place),
    )


def _rank_of_removal(annotation: Annotation) -> tuple[str, str]:
    """Order removals and their undoing; at the same time the removal counts."""
    return _removed_at(annotation), annotation.deleted


def _removed_at(annotation: Annotation) -> str:
    return max(time_of(annotation, "deleted"), annotation.deleted)


def _read_at(article: Article) -> str:
    return article.changed.get("position", article.opened)


def _tagged_at(article: Article) -> str:
    return article.changed.get("tags", article.added)


def _put_at(article: Article) -> str:
    return article.changed.get("state_by_hand", "")


def _merge_unknown(one: Annotation | Article, other: Annotation | Article) -> dict[str, Any]:
    """Merge fields that this version does not know, by their times where they have any."""
    merged: dict[str, Any] = {}
    for name in sorted(one.extra.keys() | other.extra.keys()):
        if name in _NESTED:
            fields: tuple[dict[str, Any], ...] = (
                one.extra.get(name, {}),
                other.extra.get(name, {}),
            )
            merged[name] = {
                key: max((each[key] for each in fields if key in each), key=_encoded)
                for key in sorted({*fields[0], *fields[1]})
            }
            continue
        latest = max(
            (one, other),
            key=lambda each: (
                each.changed.get(name, ""),
                name in each.extra,
                _encoded(each.extra.get(name)),
            ),
        )
        if name in latest.extra:
            merged[name] = latest.extra[name]
    return merged


def _later_times(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {name: max(one.get(name, ""), other.get(name, "")) for name in {**one, **other}}


def _values(article: Article, names: tuple[str, ...]) -> list[Any]:
    return [getattr(article, name) for name in names]


def _encoded(value: Any) -> bytes:
    """Return what settles ties of time in the same way on every machine."""
    return msgspec.json.encode(value, order="sorted")
