"""What a query can ask of a note and of an article: values made from both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from reader import clock
from reader.core.annotation import CLAIM, Annotation, Article
from reader.core.claims import UNCHECKED
from reader.core.dates import DateError, read_date
from reader.core.evidence import evidence_in
from reader.core.folding import fold
from reader.core.periods import period
from reader.core.query.dates import Bounds
from reader.core.review import is_due
from reader.core.selectors import selector_history
from reader.safe_text import sanitise

_NO_TIME = datetime(2000, 1, 1)
"""A present time for dates that name their year and need none."""


class SourceFacts(msgspec.Struct, frozen=True):
    """What a query can ask of an article itself, folded where it is text."""

    title: str = ""
    """The title."""
    sites: tuple[str, ...] = ()
    """The outlet, and the host of the web address."""
    authors: tuple[str, ...] = ()
    """The authors."""
    projects: tuple[str, ...] = ()
    """The projects: the tags of the article itself."""
    published: Bounds | None = None
    """The first day on which it may have been published, and the day after the last one; None
    where that is not known."""
    added: str = ""
    """When it was added: ISO 8601, UTC, with milliseconds; empty where that is not known."""
    opened: str = ""
    """When it was last opened, in the same form."""
    state: str = ""
    """How far the reader is: the value of an ``ArticleState``."""
    text: str = ""
    """The article's text; may be left empty for queries without ``text:``."""

    @property
    def words(self) -> tuple[str, ...]:
        """The texts in which words without a field are looked for."""
        return (self.title, *self.sites[:1], *self.authors, *self.projects)


class NoteFacts(msgspec.Struct, frozen=True):
    """What a query can ask of a note, folded where it is text."""

    source: SourceFacts
    """Its article."""
    passages: tuple[str, ...] = ()
    """The words that were marked, those that were accepted since, and the present ones."""
    note: str = ""
    """The note, as it is written in Markdown."""
    speakers: tuple[str, ...] = ()
    """Who said it, under each name that this person is known by."""
    tags: tuple[str, ...] = ()
    """The tags."""
    status: str = ""
    """The status; empty without one."""
    marked: str = ""
    """When it was marked: ISO 8601, UTC, with milliseconds; empty where that is not known."""
    is_open: bool = False
    """Whether it is a claim that is unchecked or has no status, or anything else unchecked."""
    is_changed: bool = False
    """Whether its words changed since they were marked, and the reader has not accepted that."""
    is_orphaned: bool = False
    """Whether the passage has lost its place."""
    is_overlapping: bool = False
    """Whether the passage overlaps that of another note; see ``overlapping_ids``."""
    is_due: bool = False
    """Whether it is time to review it."""
    is_deleted: bool = False
    """Whether it was deleted."""
    has_link: bool = False
    """Whether it is linked to evidence, or evidence for something."""
    has_draft: bool = False
    """Whether a draft of its note is not saved yet."""

    @property
    def words(self) -> tuple[str, ...]:
        """The texts in which words without a field are looked for."""
        return (*self.passages, self.note, *self.speakers, self.status, *self.source.words)


class ArticleFacts(msgspec.Struct, frozen=True):
    """What a query can ask of an article and of its notes."""

    source: SourceFacts
    """The article itself."""
    notes: tuple[NoteFacts, ...] = ()
    """Its notes, also those that were deleted."""


class Circumstances(NamedTuple):
    """What notes are asked that does not stand in their article."""

    now: str = ""
    """The present time: ISO 8601, UTC, with milliseconds; empty where nothing is due."""
    drafts: Collection[str] = frozenset()
    """The ids of the annotations with a draft."""


def source_facts(article: Article, text: str = "") -> SourceFacts:
    """Return what a query can ask of an article itself.

    Args:
        article: The article.
        text: Its text, for queries that ask for words of it.
    """
    metadata = article.metadata
    return SourceFacts(
        title=_folded(metadata.title),
        sites=tuple(map(_folded_name, (metadata.site, host_of(article.address)))),
        authors=tuple(map(_folded_name, metadata.authors)),
        projects=tuple(map(_folded_name, article.tags)),
        published=published_days(metadata.published),
        added=moment_of(article.added),
        opened=moment_of(article.opened),
        state=str(article.state),
        text=_folded(text),
    )


def note_facts(
    annotation: Annotation,
    source: SourceFacts,
    circumstances: Circumstances,
    *,
    is_overlapping: bool = False,
    other_names: Sequence[str] = (),
) -> NoteFacts:
    """Return what a query can ask of a note.

    Args:
        annotation: The annotation.
        source: What can be asked of its article.
        circumstances: What does not stand in the article.
        is_overlapping: Whether its id is among ``overlapping_ids``.
        other_names: The other names of its speaker.
    """
    tags = tuple(map(_folded_name, annotation.tags))
    passages = [each.exact for each in selector_history(annotation.selector)]
    return NoteFacts(
        source,
        passages=tuple(_folded(each) for each in (*passages, annotation.place.words) if each),
        note=_folded(annotation.note),
        speakers=tuple(_folded_name(each) for each in (annotation.speaker, *other_names) if each),
        tags=tags,
        status=_folded_name(annotation.status or ""),
        marked=moment_of(annotation.created),
        is_open=is_open(annotation),
        is_changed=annotation.needs_review,
        is_orphaned=annotation.is_orphaned,
        is_overlapping=is_overlapping,
        is_due=bool(circumstances.now) and is_due(annotation, circumstances.now),
        is_deleted=annotation.is_deleted,
        has_link=bool(evidence_in(annotation.links)),
        has_draft=annotation.id in circumstances.drafts,
    )


def article_facts(
    article: Article,
    annotations: Sequence[Annotation],
    circumstances: Circumstances,
    text: str = "",
) -> ArticleFacts:
    """Return what a query can ask of an article and of its notes.

    Args:
        article: The article.
        annotations: Its annotations, also those that were deleted.
        circumstances: What does not stand in the article.
        text: As for ``source_facts``.
    """
    source = source_facts(article, text)
    overlapping = overlapping_ids(annotations)
    notes = (
        note_facts(each, source, circumstances, is_overlapping=each.id in overlapping)
        for each in annotations
    )
    return ArticleFacts(source, tuple(notes))


def is_open(annotation: Annotation) -> bool:
    """Return whether an annotation is an open claim: unchecked, or a claim without a status."""
    return annotation.status == UNCHECKED or (not annotation.status and CLAIM in annotation.tags)


def overlapping_ids(annotations: Iterable[Annotation]) -> set[str]:
    """Return the ids of the annotations of an article that share a character with another one.

    Those that were deleted or have lost their place overlap nothing.
    """
    placed = sorted(
        (each.place.start, each.place.end, each.id)
        for each in annotations
        if not each.is_deleted and not each.is_orphaned and each.place.start < each.place.end
    )
    overlapping: set[str] = set()
    furthest, of = -1, ""
    for start, end, identifier in placed:
        if start < furthest:
            overlapping |= {of, identifier}
        if end > furthest:
            furthest, of = end, identifier
    return overlapping


def host_of(address: str) -> str:
    """Return the host of a web address, without ``www.``; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def moment_of(time: str) -> str:
    """Return a time in UTC with milliseconds; empty where it is none."""
    try:
        return clock.iso(clock.local(time)) if time else ""
    except (ValueError, OverflowError):
        return ""


def published_days(published: str) -> Bounds | None:
    """Return the first day that a date may mean, and the day after the last one.

    Args:
        published: A date in ISO 8601, as much of it as is known, or in a source's words.

    Returns:
        The days here; None where it is no date, or no year is named.
    """
    if not published:
        return None
    try:
        day = read_date(published)
        if len(day) > len("2026-03-14"):
            day = clock.local(day).date().isoformat()
        start, end = period(day, _NO_TIME)
    except (DateError, ValueError, OverflowError):
        return None
    return Bounds(start.date().isoformat(), end.date().isoformat())


def _folded_name(text: str) -> str:
    """Return a name folded, as a line of text that is typed can hold it."""
    return _folded(sanitise(text))


def _folded(text: str) -> str:
    return fold(text).strip()
