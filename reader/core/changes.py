"""The time of change of each part of an annotation, so that copies can be merged.

Every part that the reader can change has a time of its own, and a note remembers which texts it
replaced. A text that another one replaced is dropped; two texts of which neither replaced the
other are conflicting edits, and both are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from msgspec.structs import replace

from reader.core.annotation import Origin, TagChange, Verdict
from reader.core.evidence import last_link_change, rebased, stamped
from reader.core.ordering import order_key
from reader.core.overrides import Override
from reader.core.review import reapplied_review, stamped_review
from reader.digests import digest_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.core.annotation import Annotation, Article, ArticleState

Dated = TypeVar("Dated", Verdict, Override, TagChange, Origin)
"""A value that has the time at which it was written."""

PARTS: Final = (
    "selector",
    "place",
    "tags",
    "note",
    "speaker",
    "status",
    "links",
    "review",
    "deleted",
)
"""The fields of an annotation that have a time of their own."""

RETURNED: Final = "returned"
"""The name of the time at which an article was brought back, among its times of changes."""

_DIGEST_LENGTH: Final = 8
"""Hexadecimal digits of the digest; it only distinguishes texts of the same millisecond."""


class NoteText(NamedTuple):
    """One text of a note."""

    time: str
    """When it was written: ISO 8601, UTC, with milliseconds."""
    text: str
    """Markdown."""

    @property
    def key(self) -> str:
        """Time and short digest; they identify the text after another one has replaced it."""
        return f"{self.time} {digest_of_text(self.text)[:_DIGEST_LENGTH]}"


def time_of(annotation: Annotation, part: str) -> str:
    """Return when a part was last changed.

    An annotation without times of parts was changed as a whole when it was last modified;
    otherwise a part without a time has not changed since the annotation was created.
    """
    if not annotation.changed:
        return annotation.modified
    return annotation.changed.get(part, annotation.created)


def times_of(annotation: Annotation) -> dict[str, str]:
    """Return the times of all parts that changed after the annotation was created."""
    if annotation.changed or annotation.modified == annotation.created:
        return dict(annotation.changed)
    return dict.fromkeys(PARTS, annotation.modified)


def changed_at(before: Annotation, after: Annotation, moment: str) -> Annotation:
    """Return ``after`` with the times of its parts.

    Args:
        before: The annotation before the change.
        after: The annotation after the change; its own times are ignored.
        moment: The time of the change: ISO 8601, UTC, with milliseconds.
    """
    after = replace(
        after,
        links=stamped(before.links, after.links, moment),
        review=stamped_review(before.review, after.review, moment),
    )
    times = times_of(before)
    for part in PARTS:
        if getattr(before, part) != getattr(after, part):
            times[part] = moment
    if before.note == after.note:
        versions, superseded = before.versions, before.superseded
    else:
        keys = (text.key for text in texts_of(before))
        versions, superseded = (), tuple(sorted({*before.superseded, *keys}))
    return replace(after, changed=times, versions=versions, superseded=superseded)


def reapplied(
    present: Annotation, before: Annotation, after: Annotation, *, keeps_newer: bool = False
) -> Annotation:
    """Return ``present`` with what a change made of an annotation, and with nothing else changed.

    Undo applies the inverse of a change in this way, so that it leaves alone what another window
    or another command has changed since. Of tags each is added or removed by itself.

    Args:
        present: The annotation as it is now.
        before: The annotation before the change.
        after: The annotation after the change.
        keeps_newer: Whether a part stays that is not what it was before the change.
    """
    values: dict[str, Any] = {}
    for part in PARTS:
        old, new, now = (getattr(each, part) for each in (before, after, present))
        if part == "tags":
            values[part] = _reapplied_tags(now, old, new)
        elif part == "links":
            values[part] = rebased(now, old, new)
        elif part == "review":
            values[part] = reapplied_review(now, old, new, keeps_newer=keeps_newer)
        elif part == "deleted":
            is_newer = present.is_deleted != before.is_deleted
            if before.is_deleted != after.is_deleted and not (keeps_newer and is_newer):
                values[part] = new
        elif old != new and not (keeps_newer and now != old):
            values[part] = new
    return replace(present, **values)


def _reapplied_tags(
    present: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[str, ...]:
    """Return present tags without those that a change removed, and with those that it added.

    An added tag takes the position of a removed one.
    """
    if present == before:
        return after
    removed, added = set(before) - set(after), [tag for tag in after if tag not in before]
    tags: list[str] = []
    for tag in present:
        tags += added if tag in removed else [tag]
    return tuple(dict.fromkeys([*tags, *added])) or present


def with_state(article: Article, state: ArticleState | None, moment: str) -> Article:
    """Return an article with a state that is set by hand.

    Args:
        article: The article.
        state: The state; None derives it from the reading again.
        moment: The time of the change: ISO 8601, UTC, with milliseconds.
    """
    changed = {**article.changed, "state_by_hand": moment}
    return replace(article, manual_state=state, changed=changed)


def with_overrides(article: Article, values: Mapping[str, tuple[str, ...]], moment: str) -> Article:
    """Return an article with what the reader writes about its source.

    Args:
        article: The article.
        values: The values by the names of ``overrides.SOURCE_FIELDS``; no values let the source's
            own count again. Fields that are not named stay.
        moment: The time of the change: ISO 8601, UTC, with milliseconds.
    """
    changed = {
        name: Override(moment, value)
        for name, value in values.items()
        if value != written_values(article, name)
    }
    return replace(article, overrides={**article.overrides, **changed}) if changed else article


def written_values(article: Article, name: str) -> tuple[str, ...]:
    """Return what the reader wrote for a field of the source; empty where that is nothing."""
    override = article.overrides.get(name)
    return override.values if override is not None else ()


def later_of_each(first: Mapping[str, Dated], second: Mapping[str, Dated]) -> dict[str, Dated]:
    """Merge two versions of dated values: of each key, the value with the later time.

    At the same time the bytes of the values decide, in the same way on every machine.
    """
    return {
        key: max(
            (values[key] for values in (first, second) if key in values),
            key=lambda value: (value.time, order_key(value)),
        )
        for key in sorted({*first, *second})
    }


def with_return(article: Article, moment: str) -> Article:
    """Return an article that was brought back after its removal.

    Args:
        article: The article.
        moment: The time of its return: ISO 8601, UTC, with milliseconds.
    """
    return replace(article, changed={**article.changed, RETURNED: moment})


def last_change(annotation: Annotation) -> str:
    """Return the latest of all times of an annotation."""
    return max(
        annotation.modified,
        annotation.deleted,
        last_link_change(annotation.links),
        *annotation.changed.values(),
        "",
    )


def texts_of(annotation: Annotation) -> list[NoteText]:
    """Return the texts of a note: none, one, or several conflicting edits."""
    if annotation.versions:
        texts = [_version(record) for record in annotation.versions]
        if annotation.note == joined(texts):
            return texts
    return [NoteText(time_of(annotation, "note"), annotation.note)] if annotation.note else []


def joined(texts: Iterable[NoteText]) -> str:
    """Return one note that contains all of ``texts``, oldest first, with a line between them."""
    distinct: dict[str, NoteText] = {}
    for text in sorted(texts):
        distinct.setdefault(text.text, text)
    first, *others = list(distinct.values()) or [NoteText("", "")]
    return "".join([first.text, *(f"\n\n{_divider(other)}\n\n{other.text}" for other in others)])


def _divider(text: NoteText) -> str:
    return f"*— Also written, {text.time[:16].replace('T', ' ')} UTC —*"


def _version(fields: dict[str, Any]) -> NoteText:
    return NoteText(str(fields.get("time", "")), str(fields.get("text", "")))
