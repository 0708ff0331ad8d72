"""The query of the annotations panel, asked of the annotations of the open article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.document import Document
from reader.core.query.facts import (
    Circumstances,
    NoteFacts,
    SourceFacts,
    note_facts,
    overlapping_ids,
    source_facts,
)
from reader.core.query.matching import note_test
from reader.core.query.parsing import QueryFault, parse
from reader.core.query.tree import asks_for
from reader.session import ReadingState, Session


class Matches(NamedTuple):
    """What a query finds."""

    annotations: Sequence[Annotation]
    """The annotations that it asks for, in the order of the article's."""
    faults: Sequence[QueryFault]
    """What is not understood of it."""


class PanelNote(NoteFacts, frozen=True):
    """A note of the open article: words without a field are looked for in it and in its tags alone.

    The title and the outlet of the article are the same for all of them.
    """

    @property
    def words(self) -> tuple[str, ...]:
        """The texts in which words without a field are looked for."""
        return (*self.passages, self.note, *self.speakers, self.status, *self.tags)


class AnnotationQuery:
    """Finds annotations by queries; what was read of an annotation is kept until it changes."""

    def __init__(self) -> None:
        """Know nothing of any annotation yet."""
        self._known: dict[str, tuple[Annotation, PanelNote]] = {}
        self._source = SourceFacts()
        self._drafts: Collection[str] = frozenset()
        self._other_names: Mapping[str, Sequence[str]] = {}
        self._source_of: tuple[Article | None, Document | None] = (None, None)

    def load(self, session: Session) -> None:
        """Read the ids of the drafts and the other names of speakers; called on a thread."""
        _, self._drafts, self._other_names = session.queries.surroundings()
        self._known.clear()

    def matching(self, state: ReadingState, text: str, statuses: Collection[str]) -> Matches:
        """Return what a query finds; all annotations where nothing of it is understood.

        Args:
            state: The open article.
            text: The query.
            statuses: The names of the statuses that claims may have.
        """
        moment = clock.now()
        tree, faults = parse(text, clock.local(moment).replace(tzinfo=None), statuses=statuses)
        holds = note_test(tree)
        self._read_source(state, has_text=asks_for(tree, "text"))
        overlapping = overlapping_ids(state.annotations)
        if asks_for(tree, "is", "due"):
            self._known.clear()  # what is due changes with the time
        found = [
            annotation
            for annotation in state.annotations
            if holds(self._facts(annotation, moment, is_overlapping=annotation.id in overlapping))
        ]
        return Matches(found, faults)

    def _read_source(self, state: ReadingState, *, has_text: bool) -> None:
        """Read what can be asked of the article; its text only where a query asks for it."""
        article, document = state.article, state.document if has_text else None
        known_article, known_document = self._source_of
        if article is not known_article or document is not known_document:
            self._source = source_facts(article, document.text if document else "")
            self._source_of = article, document
            self._known.clear()

    def _facts(self, annotation: Annotation, moment: str, *, is_overlapping: bool) -> PanelNote:
        version, known = self._known.get(annotation.id, (None, None))
        if known and version is annotation and known.is_overlapping is is_overlapping:
            return known
        facts = note_facts(
            annotation,
            self._source,
            Circumstances(moment, self._drafts),
            is_overlapping=is_overlapping,
            other_names=self._other_names.get(annotation.speaker, ()),
        )
        read = PanelNote(*(getattr(facts, name) for name in facts.__struct_fields__))
        self._known[annotation.id] = annotation, read
        return read


def counted_values(
    annotations: Sequence[Annotation], statuses: Sequence[str], field: str
) -> list[tuple[str, int]]:
    """Return the values of a field that annotations have, each with how many have it.

    Args:
        annotations: The annotations of an article.
        statuses: The names of all statuses, which are offered where no annotation has them, too.
        field: The name of a field; one of the article itself has no values here.
    """
    counts: Counter[str] = Counter()
    match field:
        case "tag":
            counts.update(tag for each in annotations for tag in each.tags)
        case "speaker":
            counts.update(each.speaker for each in annotations if each.speaker)
        case "status":
            counts.update(dict.fromkeys(statuses, 0))
            counts.update(each.status for each in annotations if each.status)
    return list(counts.items())
