"""Plans an import: which article each source is, and what becomes of each note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article, ArticleState
from reader.core.changes import with_state
from reader.core.document import Document, Metadata
from reader.core.folding import fold
from reader.core.note_text import holds_note
from reader.core.source_keys import article_keys, is_same_work, is_title_key
from reader.session.archived_copies import ArchivedCopy
from reader.session.edited import with_other_projects
from reader.session.first_places import Placer
from reader.session.importing.incoming import made_id
from reader.session.importing.matching import ArticleMatcher, Match
from reader.session.importing.moved_passages import is_moved, moved
from reader.session.importing.new_notes import waiting
from reader.session.importing.plan import (
    ArticleFate,
    Fate,
    PlannedNote,
    PlannedSource,
)
from reader.session.importing.removed_sources import RemovedSources
from reader.session.importing.three_way import Outcome, added_to, compared, is_older, revived

if TYPE_CHECKING:
    from reader.imports.model import ImportedSource
    from reader.session.importing.incoming import IncomingNote, IncomingSource
    from reader.store.library import Library

Snapshot = Callable[[str], Document | None]
"""Returns the document with a digest; None where the library has none."""

_FEW: Final = 100
"""The most annotations of an article whose words are folded again where they are needed again."""


class Planner:
    """Plans the sources of an import one after the other; each builds on those before it."""

    def __init__(
        self,
        library: Library,
        snapshot: Snapshot,
        projects: Sequence[str] = (),
        article: Article | None = None,
    ) -> None:
        """Serve a library.

        Args:
            library: The library.
            snapshot: Returns the documents of the library.
            projects: The projects that all articles are given.
            article: The article that every source is; None to find out.
        """
        self._removed = RemovedSources(library.folder)
        self._article = article
        self._library = library
        self._snapshot = snapshot
        self._projects = projects
        self._matcher = ArticleMatcher(library)
        self._works: dict[str, _Work] = {}
        self._made: dict[str, str] = {}

    def plan(self, incoming: IncomingSource) -> PlannedSource:
        """Return what becomes of a source.

        Raises:
            StoreError: The library cannot be read.
        """
        source = incoming.source
        title = source.title or source.url or source.path
        address = source.url or source.path
        match = self._match(incoming)
        if match.candidates:
            titles = tuple(each.metadata.title or each.source for each in match.candidates)
            return PlannedSource(
                ArticleFate.AMBIGUOUS,
                title,
                address,
                None,
                candidates=titles,
                left_out=len(incoming.notes),
            )
        stored = match.article
        if stored is None and not (incoming.notes or source.url or source.read_text):
            return PlannedSource(ArticleFate.EMPTY, title, address, None)
        if stored is None and (removal := self._removed.find(incoming)):
            count = len(incoming.notes)
            return PlannedSource(
                ArticleFate.REMOVED, title, address, None, left_out=count, removal=removal
            )
        article = _new_article(incoming) if stored is None else stored
        article = self._with_facts(article, incoming, is_new=stored is None)
        work = self._work_on(article, is_new=stored is None)
        if stored is None:
            self._made |= dict.fromkeys(incoming.keys, article.id)
        self._made |= dict.fromkeys((each.origin for each in incoming.notes), article.id)
        placer = work.placer()
        notes = tuple(_planned(each, work, title, placer) for each in incoming.notes)
        work.forget_words()
        before = stored.tags if stored is not None else ()
        has_text = self._library.has_snapshot(article.snapshot)
        return PlannedSource(
            ArticleFate.NEW if stored is None else ArticleFate.KNOWN,
            title or article.metadata.title,
            address,
            article,
            is_article_changed=article != stored,
            notes=notes,
            given_projects=tuple(tag for tag in article.tags if tag not in before),
            text=None if has_text else _copy_of(source),
        )

    def plan_edits(self, incoming: IncomingSource) -> PlannedSource | None:
        """Return what becomes of the notes of a source that the library has already.

        Nothing else of the source counts: no new notes, nothing that is known of the article.

        Returns:
            The source; None where the library does not have it.

        Raises:
            StoreError: The library cannot be read.
        """
        stored = self._match(incoming).article
        if stored is None:
            return None
        work = self._work_on(stored, is_new=False)
        known = [each for each in incoming.notes if work.known(each) is not None]
        notes = tuple(_planned(each, work, "", None) for each in known)
        title, address = stored.metadata.title, stored.source
        return PlannedSource(ArticleFate.KNOWN, title, address, stored, notes=notes)

    def _match(self, incoming: IncomingSource) -> Match:
        """Return the article of a source, also one that this import makes."""
        if self._article is not None:
            work = self._works.get(self._article.id)
            return Match(work.article if work is not None else self._article)
        sure = [each for each in incoming.keys if not is_title_key(each)]
        titles = [each for each in incoming.keys if is_title_key(each)]
        for key in (*sure, *(each.origin for each in incoming.notes), *titles):
            if (made := self._made.get(key)) is None:
                continue
            article, source = self._works[made].article, incoming.source
            known = article.metadata
            if not is_title_key(key):
                return Match(article)
            if not source.article and is_same_work(
                source.title, source.authors, known.title, known.authors
            ):
                return Match(article)
        match = self._matcher.match(incoming)
        work = self._works.get(match.article.id) if match.article is not None else None
        return Match(work.article) if work is not None else match

    def _work_on(self, article: Article, *, is_new: bool) -> _Work:
        """Return the present state of an article and its annotations, with the article changed."""
        work = self._works.get(article.id)
        if work is None:
            stored = () if is_new else self._library.load(article.id).annotations
            work = _Work(article, stored, self._snapshot)
            self._works[article.id] = work
        work.article = article
        return work

    def _with_facts(self, article: Article, incoming: IncomingSource, *, is_new: bool) -> Article:
        """Return an article with its projects, and with the keys of a source that it is."""
        tags = incoming.source.tags
        if is_new:
            article = replace(article, tags=tags)
        taken = {tag for tag, change in article.tag_changes.items() if change.is_removed}
        given = [tag for tag in tags if tag not in taken]
        article = with_other_projects(article, [*given, *self._projects], ())
        own = () if is_new else article_keys(article)
        keys = {key for key in incoming.keys if key not in own and not key.startswith("article ")}
        if keys <= set(article.aliases) or self._article is not None:
            return article
        return replace(article, aliases=tuple(sorted({*article.aliases, *keys})))


_ByWords = dict[str, dict[frozenset[str], dict[str, None]]]
"""The ids of annotations by their folded words, and by the programs that they come from."""


class _Work:
    """An article with its annotations, as the import makes them so far."""

    def __init__(
        self, article: Article, annotations: Iterable[Annotation], snapshot: Snapshot
    ) -> None:
        self.article = article
        self._snapshot = snapshot
        self._by_id: dict[str, Annotation] = {}
        self._by_origin: dict[str, str] = {}
        self._by_words: _ByWords | None = None
        for each in annotations:
            self.put(each)

    def put(self, annotation: Annotation) -> None:
        """Take an annotation in its new state."""
        if self._by_words is not None:
            if (former := self._by_id.get(annotation.id)) is not None:
                _of_kinds(self._by_words, former).pop(annotation.id, None)
            _of_kinds(self._by_words, annotation)[annotation.id] = None
        self._by_id[annotation.id] = annotation
        self._by_origin.update(dict.fromkeys(annotation.origins, annotation.id))

    def forget_words(self) -> None:
        """Forget which annotations have which words, unless finding that out again takes long.

        It is a fifth of what a plan holds, and is needed again only where another source is the
        same article.
        """
        if len(self._by_id) <= _FEW:
            self._by_words = None

    def known(self, incoming: IncomingNote) -> Annotation | None:
        """Return the annotation that a note became when it was imported before."""
        return self._by_id.get(self._by_origin.get(incoming.origin, incoming.id))

    def placer(self) -> Placer | None:
        """Return what finds passages in the text of the article; None where it has none."""
        document = self._snapshot(self.article.snapshot)
        return Placer(document) if document is not None else None

    def new(self, incoming: IncomingNote, title: str, placer: Placer | None) -> Annotation:
        """Return the annotation of a note that is new."""
        made = waiting(incoming, title, len(self._by_id))
        return placer.placed(made) if placer is not None else made

    def twin(self, made: Annotation, incoming: IncomingNote) -> Annotation | None:
        """Return the annotation of a passage that the reader or another program made.

        Two notes of one program on the same passage are two annotations.
        """
        kind, note = _kind_of(incoming.origin), incoming.note
        if self._by_words is None:  # it is not needed where all notes were imported before
            self._by_words = {}
            for each in self._by_id.values():
                _of_kinds(self._by_words, each)[each.id] = None
        by_kinds = self._by_words.get(_folded_words(made.selector.exact), {})
        others = (ids for kinds, ids in by_kinds.items() if kind not in kinds)
        for other in (self._by_id[each] for ids in others for each in ids):
            if not note.quote and not holds_note(other.note, note.note):
                continue  # two notes on a whole source are two notes
            if not other.is_deleted and _is_same_place(made, other):
                return other
        return None


def _of_kinds(by_words: _ByWords, annotation: Annotation) -> dict[str, None]:
    """Return the ids of the annotations with the same words and from the same programs."""
    by_kinds = by_words.setdefault(_folded_words(annotation.selector.exact), {})
    return by_kinds.setdefault(frozenset(map(_kind_of, annotation.origins)), {})


def _planned(incoming: IncomingNote, work: _Work, title: str, placer: Placer | None) -> PlannedNote:
    """Return what becomes of a note, and give it to the article's annotations so far."""
    known = work.known(incoming)
    if known is not None:
        origin = known.origins.get(incoming.origin)
        has_base = bool(incoming.note.base) and not known.is_deleted
        if origin is None or not origin.is_withdrawn or has_base:
            if is_older(known, incoming):
                return PlannedNote(Fate.SAME, incoming.note, known, None)
            outcome = compared(known, incoming)
            if is_moved(known, incoming):
                outcome = moved(outcome, incoming, work.new(incoming, title, placer))
        else:
            outcome = (revived if known.is_deleted else added_to)(known, incoming)
        return _taken(incoming, work, known, outcome)
    made = work.new(incoming, title, placer)
    twin = work.twin(made, incoming)
    if twin is not None:
        return _taken(incoming, work, twin, added_to(twin, incoming))
    work.put(made)
    return PlannedNote(Fate.NEW, incoming.note, None, made)


def _taken(
    incoming: IncomingNote, work: _Work, before: Annotation, outcome: Outcome
) -> PlannedNote:
    fate, after, remark = outcome
    if after == before:
        return PlannedNote(fate, incoming.note, before, None, remark)
    work.put(after)
    return PlannedNote(fate, incoming.note, before, after, remark)


def _is_same_place(made: Annotation, other: Annotation) -> bool:
    """Return whether two annotations of the same words are on the same passage.

    Where one of them has no place, the words around them must not contradict each other.
    """
    if any(each.is_waiting or each.is_orphaned for each in (made, other)):
        return _agree(made.selector.prefix[::-1], other.selector.prefix[::-1]) and _agree(
            made.selector.suffix, other.selector.suffix
        )
    return made.range == other.range


def _agree(first: str, second: str) -> bool:
    """Return whether one of two texts, folded, begins with the other."""
    one, two = _folded_words(first), _folded_words(second)
    length = min(len(one), len(two))
    return one[:length] == two[:length]


def _folded_words(text: str) -> str:
    return " ".join(fold(text).split())


def _kind_of(origin: str) -> str:
    return origin.partition(" ")[0]


def _new_article(incoming: IncomingSource) -> Article:
    """Return an article for a source that the library does not have, without a text.

    Its id is the same on every device, so that two of them that import the same file have one.
    """
    source = incoming.source
    added = source.added or clock.now()
    path = source.path if PurePath(source.path).is_absolute() else ""
    article = Article(
        id=source.article or made_id("article", *incoming.keys[:1], *source.authors),
        source=source.url or path,
        source_metadata=_metadata_of(source),
        added=added,
    )
    return with_state(article, ArticleState.ARCHIVED, added) if source.is_archived else article


def _metadata_of(source: ImportedSource) -> Metadata:
    return Metadata(
        title=source.title or source.url or PurePath(source.path).name,
        authors=source.authors,
        site=source.site,
        published=source.published,
        language=source.language,
        url=source.url,
        identifier=f"urn:isbn:{source.isbn}" if source.isbn else "",
    )


def _copy_of(source: ImportedSource) -> ArchivedCopy | None:
    """Return the text of a source, where the file holds it."""
    if source.read_text is None:
        return None
    return ArchivedCopy(source.text_name, source.read_text, _metadata_of(source))
