"""The versions of an article: the texts that it has had, and the annotations made on each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import UNKNOWN_TEXT, Annotation, Article, Place, SeenText, Selector
from reader.core.changes import time_of
from reader.core.document import Document
from reader.core.seen_texts import merged_texts
from reader.core.selectors import selector_history
from reader.core.text_formatting import counted
from reader.session.reading_state import ReadingState


class Version(NamedTuple):
    """A text of an article."""

    digest: str
    """The digest of its document."""
    last: str
    """The last time when the article is known to have had this text: ISO 8601, UTC."""
    annotation_ids: frozenset[str]
    """The annotations that were made on it."""
    first: str = ""
    """The first such time."""
    is_present: bool = False
    """Whether it is the text that the library has now."""
    is_whole: bool = False
    """Whether it is all text of a web page, not only its article."""

    @property
    def day(self) -> str:
        """The local day of ``last``."""
        return clock.local_day(self.last)

    @property
    def described(self) -> str:
        """How many annotations were made on it."""
        return f"{counted(len(self.annotation_ids), 'annotation')} made on it"


def known_versions(
    article: Article, annotations: Iterable[Annotation], *, present: str = ""
) -> list[Version]:
    """Return the texts that an article is known to have had: the present one, then the latest.

    Those of libraries from before versions were noted are known from the annotations.

    Args:
        article: The article.
        annotations: Its annotations, without tombstones.
        present: The digest of the present text; by default the one that was read last.
    """
    present = present or article.snapshot
    made: dict[str, dict[str, str]] = {}
    for annotation in annotations:
        for selector, moment in _dated_selectors(annotation):
            made.setdefault(selector.snapshot, {})[annotation.id] = moment
    annotated = {
        digest: SeenText(min(moments.values()), max(moments.values()), is_whole=True)
        for digest, moments in made.items()
    }
    texts = merged_texts(article.versions, annotated)
    if present not in texts:
        moment = article.opened or article.added
        texts[present] = SeenText(moment, moment, is_whole=article.is_whole)
    versions = [
        Version(
            digest,
            text.last,
            frozenset(made.get(digest, ())),
            text.first,
            is_present=digest == present,
            is_whole=text.is_whole and digest in article.versions,
        )
        for digest, text in texts.items()
        if digest not in ("", UNKNOWN_TEXT)
    ]
    return sorted(
        versions, key=lambda each: (each.is_present, each.last, each.digest), reverse=True
    )


def versions_of(state: ReadingState) -> list[Version]:
    """Return the earlier texts on which annotations were made, the latest first.

    Args:
        state: The open article.
    """
    present = state.document.digest if state.document.is_complete else ""
    return [
        version
        for version in known_versions(state.article, state.annotations, present=present)
        if version.annotation_ids and not version.is_present
    ]


def earlier_state(state: ReadingState, document: Document) -> ReadingState:
    """Return the state of an article with an earlier text and the annotations made on it.

    Args:
        state: The open article.
        document: The earlier text, complete.
    """
    by_id: dict[str, Annotation] = {}
    for annotation in state.annotations:
        for selector, _ in _dated_selectors(annotation):
            if selector.snapshot == document.digest:
                place = Place(selector.start, selector.end)
                by_id[annotation.id] = replace(annotation, selector=selector, place=place)
    article: Article = replace(
        state.article,
        source_metadata=document.metadata,
        snapshot=document.digest,
        position=0,
        caret_distance=0,
    )
    return ReadingState(article, document, by_id)


def _dated_selectors(annotation: Annotation) -> list[tuple[Selector, str]]:
    """Return the selectors of a passage, each with a time when it was valid."""
    *earlier, present = selector_history(annotation.selector)
    last = time_of(annotation, "selector") if earlier else annotation.created
    return [*((each, annotation.created) for each in earlier), (present, last)]
