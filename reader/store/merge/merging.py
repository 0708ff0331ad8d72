"""Merging versions of annotations and articles that were edited separately.

Each merge is commutative, associative and idempotent: the same versions give the same result in any
order and on every machine, and merging once more changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.changes import (
    PARTS,
    RETURNED,
    NoteText,
    changed_at,
    joined,
    later_of_each,
    texts_of,
    time_of,
    times_of,
)
from reader.core.evidence import merged_links
from reader.core.ordering import order_key
from reader.core.review import merged_review
from reader.core.seen_texts import merged_texts
from reader.store.merge.article_tags import with_merged_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_SINGLE_PARTS: Final = ("tags", "speaker", "status")
"""Parts that are merged one by one: the later change counts."""

_JOINED_PARTS: Final = ("links", "review")
"""Parts of which both versions count, each item by its own time."""

_WORK: Final = ("tags", "note", "speaker", "status", "links")
"""Parts that a person writes: a change after a removal brings the annotation back."""

_NESTED: Final = {Annotation: ("selector", "place"), Article: ("metadata",)}
"""Records inside a record; ``extra`` holds their unknown fields under these names."""

_KEYED: Final = {
    Annotation: ("origins",),
    Article: ("suggestions", "overrides", "versions", "tag_changes"),
}
"""Fields that hold records by keys; ``extra`` holds the unknown fields of these."""

_STATE: Final = "state_by_hand"
"""The name of the manual state in records."""

_SET_ON_OPENING: Final = (
    "source",
    "source_metadata",
    "snapshot",
    "source_digest",
    "etag",
    "last_modified",
    "is_whole",
    "read_as",
    "opened",
)
"""Fields that are set when an article is opened; they are merged together."""


def merge_annotations(*versions: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Merge versions of an article's annotations by id, and each annotation part by part.

    A tombstone is merged like a live annotation, so an older version never brings back a deleted
    annotation. A text that was written after the deletion, in a version without it, does.

    Returns:
        One annotation for each id, in the order of their creation.
    """
    merged: dict[str, Annotation] = {}
    for version in versions:
        for annotation in version:
            rival = merged.get(annotation.id)
            merged[annotation.id] = _merge(rival, annotation) if rival else annotation
    return tuple(sorted(merged.values(), key=lambda result: (result.created, result.id)))


def new_conflicting_edits(merged: Iterable[Annotation], *versions: Iterable[Annotation]) -> int:
    """Return how many notes hold several texts together that no version held together."""
    notes = {(annotation.id, annotation.note) for version in versions for annotation in version}
    return sum(
        bool(annotation.versions) and (annotation.id, annotation.note) not in notes
        for annotation in merged
    )


def with_times_of_edits(base: Annotation, version: Annotation) -> Annotation:
    """Return a version with a time for each change that was made without one.

    Args:
        base: The annotation that the version was made from.
        version: The version, which may have been changed with a text editor.
    """
    edited = [
        part
        for part in PARTS
        if getattr(base, part) != getattr(version, part)
        and time_of(version, part) == time_of(base, part)
        and version.modified == base.modified
    ]
    if not edited:
        return version
    moment = clock.later("", than=max(base.modified, base.deleted, *times_of(base).values()))
    return replace(changed_at(base, version, moment), modified=moment)


def merge_articles(present: Article | None, given: Article | None) -> Article | None:
    """Return ``given`` with what it must keep of the article in the library.

    Returns:
        The article, with the library's id, the earliest ``added``, the unknown fields of both, and
        the latest manual state, tags, facts of the source and return from the trash, which lists
        may change while the article is open. None where both articles are None.
    """
    if present is None or given is None:
        return given or present
    latest_state = max(given, present, key=_state_time)
    times = {_STATE: _state_time(latest_state)} if _state_time(latest_state) else {}
    both = _later_times(present.changed, given.changed)
    times |= {name: both[name] for name in (RETURNED, "tags") if name in both}
    merged = replace(
        given,
        id=present.id,
        added=min(filter(None, (present.added, given.added)), default=""),
        manual_state=latest_state.manual_state,
        suggestions=later_of_each(present.suggestions, given.suggestions),
        overrides=later_of_each(present.overrides, given.overrides),
        versions=merged_texts(present.versions, given.versions),
        aliases=_merge_aliases(present, given),
        changed={**given.changed, **times},
        extra={**present.extra, **given.extra, **_merge_keyed(present, given)},
    )
    return with_merged_tags(merged, present, given, given.tags)


def merge_article_versions(first: Article, second: Article) -> Article:
    """Merge two versions of an article: each group of fields comes from its latest change."""
    if first == second:
        return first
    opened = max(
        first,
        second,
        key=lambda article: (article.opened, order_key(_values(article, _SET_ON_OPENING))),
    )
    read = max(
        first,
        second,
        key=lambda article: (
            _position_time(article),
            article.progress,
            article.position,
            article.caret_distance,
        ),
    )
    latest_state = max(
        first, second, key=lambda article: (_state_time(article), article.manual_state or "")
    )
    added = min(filter(None, (first.added, second.added)), default="")
    changed = _later_times(first.changed, second.changed)
    for name, time, default in (
        ("position", _position_time(read), opened.opened),
        (_STATE, _state_time(latest_state), ""),
    ):
        changed.pop(name, None)
        if time != default:
            changed[name] = time
    merged = replace(
        opened,
        id=min(first.id, second.id),
        added=added,
        position=read.position,
        caret_distance=read.caret_distance,
        progress=read.progress,
        finished=first.finished or second.finished,
        manual_state=latest_state.manual_state,
        suggestions=later_of_each(first.suggestions, second.suggestions),
        overrides=later_of_each(first.overrides, second.overrides),
        versions=merged_texts(first.versions, second.versions),
        aliases=_merge_aliases(first, second),
        changed=changed,
        extra=_merge_unknown(first, second),
    )
    is_in_order = first.tags == second.tags
    return with_merged_tags(merged, first, second, first.tags if is_in_order else ())


def with_named_places(article: Article, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations whose places name their snapshot, for merging with other versions."""
    return [
        replace(
            annotation,
            place=replace(annotation.place, snapshot=annotation.place.snapshot or article.snapshot),
        )
        for annotation in annotations
    ]


def with_plain_places(article: Article, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Undo ``with_named_places`` where a place refers to the article's present snapshot."""
    return [
        replace(annotation, place=replace(annotation.place, snapshot=""))
        if annotation.place.snapshot == article.snapshot
        else annotation
        for annotation in annotations
    ]


def _merge(first: Annotation, second: Annotation) -> Annotation:
    if first == second:
        return first
    pair = (first, second)
    created, modified = min(first.created, second.created), max(first.modified, second.modified)
    times = _later_times(times_of(first), times_of(second))
    selected = max(pair, key=_rank_of_passage)
    times["selector"], times["place"] = time_of(selected, "selector"), time_of(selected, "place")
    values: dict[str, Any] = {"selector": selected.selector, "place": selected.place}
    for part in _SINGLE_PARTS:
        latest = max(pair, key=lambda version: _rank_of_part(version, part))
        values[part], times[part] = getattr(latest, part), time_of(latest, part)
    values["links"] = merged_links(first.links, second.links)
    values["review"] = merged_review(first.review, second.review)
    for part in _JOINED_PARTS:
        times[part] = max(time_of(version, part) for version in pair)
    superseded = {*first.superseded, *second.superseded}
    texts = [
        text for text in sorted({*texts_of(first), *texts_of(second)}) if text.key not in superseded
    ]
    values |= _note(texts)
    times["note"] = texts[-1].time if texts else created
    removed = max(pair, key=_rank_of_removal)
    times["deleted"] = _removal_time(removed)
    is_revived = any(times[part] > times["deleted"] for part in _WORK)
    changed = {part: time for part, time in times.items() if time != created}
    if all(time == modified for time in times.values()):
        changed = {}  # the shortest way to say so
    elif not changed:
        changed = dict.fromkeys(PARTS, created)
    return replace(
        first,
        **values,
        created=created,
        modified=modified,
        deleted="" if is_revived else removed.deleted,
        changed=changed,
        superseded=tuple(sorted(superseded)),
        origins=later_of_each(first.origins, second.origins),
        extra=_merge_unknown(first, second),
    )


def _merge_aliases(first: Article, second: Article) -> tuple[str, ...]:
    return tuple(sorted({*first.aliases, *second.aliases}))


def _note(texts: list[NoteText]) -> dict[str, Any]:
    """Return the fields of a note that holds all ``texts``."""
    versions = tuple({"time": text.time, "text": text.text} for text in texts)
    return {"note": joined(texts), "versions": versions if len(texts) > 1 else ()}


def _rank_of_passage(annotation: Annotation) -> tuple[str, bytes, str, bytes]:
    """Order passages: the selector decides, because the place belongs to it."""
    return (
        time_of(annotation, "selector"),
        order_key(annotation.selector),
        time_of(annotation, "place"),
        order_key(annotation.place),
    )


def _rank_of_part(annotation: Annotation, part: str) -> tuple[str, bytes]:
    return time_of(annotation, part), order_key(getattr(annotation, part))


def _rank_of_removal(annotation: Annotation) -> tuple[str, str]:
    """Order removals and their undoing; at the same time the removal counts."""
    return _removal_time(annotation), annotation.deleted


def _removal_time(annotation: Annotation) -> str:
    return max(time_of(annotation, "deleted"), annotation.deleted)


def _position_time(article: Article) -> str:
    return article.changed.get("position", article.opened)


def _state_time(article: Article) -> str:
    return article.changed.get(_STATE, "")


def _merge_unknown(first: Annotation | Article, second: Annotation | Article) -> dict[str, Any]:
    """Merge fields that this version does not know, by their times where they have any."""
    merged: dict[str, Any] = {}
    for name in sorted(first.extra.keys() | second.extra.keys()):
        if name in _NESTED[type(first)]:
            merged[name] = _merge_nested(first.extra.get(name, {}), second.extra.get(name, {}))
            continue
        if name in _KEYED[type(first)]:
            continue
        latest = max(
            (first, second),
            key=lambda value: (
                value.changed.get(name, ""),
                name in value.extra,
                order_key(value.extra.get(name)),
            ),
        )
        if name in latest.extra:
            merged[name] = latest.extra[name]
    return merged | _merge_keyed(first, second)


def _merge_keyed(first: Annotation | Article, second: Annotation | Article) -> dict[str, Any]:
    """Return the unknown fields of the records that two versions hold by keys."""
    merged: dict[str, Any] = {}
    for name in _KEYED[type(first)]:
        one, other = first.extra.get(name, {}), second.extra.get(name, {})
        if one or other:
            keys = sorted({*one, *other})
            merged[name] = {k: _merge_nested(one.get(k, {}), other.get(k, {})) for k in keys}
    return merged


def _merge_nested(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {
        key: max((fields[key] for fields in (first, second) if key in fields), key=order_key)
        for key in sorted({*first, *second})
    }


def _later_times(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {name: max(first.get(name, ""), second.get(name, "")) for name in {**first, **second}}


def _values(article: Article, names: tuple[str, ...]) -> bytes:
    return order_key([getattr(article, name) for name in names])
