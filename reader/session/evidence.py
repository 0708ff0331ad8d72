"""The evidence of a passage: both ends of its links, and what can be linked to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader import clock
from reader.core.addresses import addresses_in, file_name, is_web_address
from reader.core.annotation import Annotation
from reader.core.evidence import (
    KEPT_WORDS,
    Evidence,
    Relation,
    TargetKind,
    basis,
    evidence_in,
    lookup_key,
)
from reader.core.evidence_ranking import EvidenceRanking
from reader.core.folding import fold
from reader.core.text_formatting import one_line
from reader.errors import StoreError
from reader.session.library_lists import LibraryLists, ListPart
from reader.store.index.summaries import AnnotationSummary, ArticleSummary

if TYPE_CHECKING:
    from reader.session.reading_state import ReadingState
    from reader.store.library import Library

MOST_PASSAGES: Final = 200
"""How many passages of the library are offered."""

MOST_ARTICLES: Final = 30
"""How many articles are offered."""

MOST_TYPED: Final = 400
"""How much of what was typed is looked for, in characters."""

DELETED = "the passage was deleted"
REMOVED = "the article was removed"
UNKNOWN = "not in this library"
"""What is said of a target that is not there."""


class EvidenceLink(NamedTuple):
    """A link, as the passage at one of its ends shows it."""

    evidence: Evidence
    """The link as the annotation that has it holds it."""
    holder: str
    """The id of the annotation that has the link."""
    is_basis: bool
    """Whether the other end is evidence for the passage; else the passage is evidence for it."""
    article_id: str = ""
    """The article of the other end; empty for an address, and where it is not known."""
    title: str = ""
    """The title of that article, as it is now, or as it was when the link was made."""
    detail: str = ""
    """The site or the source of an article at the other end; may be empty."""
    annotation: Annotation | None = None
    """The annotation at the other end, as it is now; None without one."""
    problem: str = ""
    """Why the other end is not there; empty where it is."""

    @property
    def words(self) -> str:
        """The words of the passage at the other end; empty for an article and an address."""
        return self.annotation.selector.exact if self.annotation else self.evidence.words

    @property
    def is_incoming(self) -> bool:
        """Whether the annotation at the other end has the link."""
        return self.annotation is not None and self.annotation.id == self.holder


class EvidenceChoice(NamedTuple):
    """Something that can be linked as evidence."""

    evidence: tuple[Evidence, ...]
    """The links to add: one, or several addresses that were pasted together."""
    annotation: Annotation | None = None
    """The passage; None for an article and for addresses."""
    detail: str = ""
    """Further words: on an article, or what was typed beside addresses; may be empty."""

    def related(self, relation: Relation) -> list[Evidence]:
        """Return the links with a relation."""
        return [each._replace(relation=relation) for each in self.evidence]


class EvidenceLists:
    """Lists links and choices; safe on any thread, and slow, so not for that of the interface."""

    def __init__(self, library: Library, lists: LibraryLists) -> None:
        """Serve a library; touches no disk yet."""
        self._library, self._lists = library, lists

    def links(self, state: ReadingState, annotation_id: str) -> Iterator[ListPart]:
        """Yield what a passage rests on and what it is evidence for, as ``EvidenceLink``.

        Links of other articles are found as far as the library is indexed; a part with all of them
        follows.

        Args:
            state: The open article.
            annotation_id: The annotation; empty for the article itself.
        """
        return self._lists.parts(lambda _most: self._links(state, annotation_id), has_first=True)

    def choices(
        self, state: ReadingState, annotation_id: str, typed: str, *, is_first: bool = False
    ) -> Iterator[ListPart]:
        """Yield what can be linked to an annotation, as ``EvidenceChoice``, the nearest first.

        What is linked already comes last.

        Args:
            state: The open article.
            annotation_id: The annotation that gets the evidence.
            typed: What the reader typed or pasted: words, or web addresses.
            is_first: Whether the library is brought up to date, too.
        """
        if is_first:
            return self._lists.parts(lambda _: self._choices(state, annotation_id, typed))
        return iter([ListPart(self._choices(state, annotation_id, typed), is_complete=True)])

    # Links

    def _links(self, state: ReadingState, annotation_id: str) -> list[EvidenceLink]:
        annotation = state.by_id.get(annotation_id)
        own = self._outgoing(state, annotation) if annotation is not None else []
        article = state.article
        targets = [annotation_id] if annotation_id else [article.id, article.source]
        if not annotation_id and article.metadata.url:
            targets.append(article.metadata.url)
        found = [*own, *self._incoming(state, set(map(lookup_key, targets)))]
        return sorted(found, key=lambda link: not link.is_basis)

    def _outgoing(self, state: ReadingState, annotation: Annotation) -> list[EvidenceLink]:
        """Return the links that an annotation has."""
        evidence = evidence_in(annotation.links)
        ids = [each.target for each in evidence if each.kind is TargetKind.ANNOTATION]
        present = {each.annotation.id: each for each in self._passages(ids)}
        present.update(_own_passages(state))
        return [self._resolved(each, annotation.id, present) for each in evidence]

    def _incoming(self, state: ReadingState, targets: set[str]) -> list[EvidenceLink]:
        """Return the links that other annotations have to some targets."""
        own = _own_passages(state)
        holders = dict(own)
        for target in sorted(targets):
            for each in self._library.lists.annotations_linked_to(target):
                if each.article_id != state.article.id:
                    holders.setdefault(each.annotation.id, each)
        return [
            EvidenceLink(
                evidence,
                holder.annotation.id,
                not evidence.is_basis,
                holder.article_id,
                holder.article_title,
                annotation=holder.annotation,
            )
            for holder in holders.values()
            if holder.annotation.links and not holder.annotation.is_deleted
            for evidence in evidence_in(holder.annotation.links)
            if lookup_key(evidence.target) in targets
        ]

    def _resolved(
        self, evidence: Evidence, holder: str, present: dict[str, AnnotationSummary]
    ) -> EvidenceLink:
        link = EvidenceLink(evidence, holder, evidence.is_basis, evidence.article, evidence.title)
        match evidence.kind:
            case TargetKind.ADDRESS:
                return link
            case TargetKind.ARTICLE:
                return self._with_article(link)
            case TargetKind.ANNOTATION:
                known = present.get(evidence.target) or self._stored(evidence)
                if known is None:
                    return link._replace(problem=self._why_gone(evidence))
                return link._replace(
                    article_id=known.article_id,
                    title=known.article_title,
                    annotation=known.annotation,
                    problem=DELETED if known.annotation.is_deleted else "",
                )

    def _with_article(self, link: EvidenceLink) -> EvidenceLink:
        """Return a link to an article with the title that the article has now."""
        article_id = link.evidence.target
        link = link._replace(article_id=article_id)
        indexed = self._library.lists.article(article_id)
        if indexed is not None:
            return link._replace(title=indexed.title, detail=_origin(indexed))
        problem = "" if self._library.has_article(article_id) else REMOVED
        return link._replace(problem=problem)

    def _stored(self, evidence: Evidence) -> AnnotationSummary | None:
        """Return an annotation from the file of its article, where the index does not have it."""
        try:
            record = self._library.record(evidence.article) if evidence.article else None
        except StoreError:
            return None
        if record is None:
            return None
        article, annotations = record
        for each in annotations:
            if each.id == evidence.target:
                return AnnotationSummary(article.id, article.metadata.title, each)
        return None

    def _why_gone(self, evidence: Evidence) -> str:
        if not evidence.article:
            return UNKNOWN
        return DELETED if self._library.has_article(evidence.article) else REMOVED

    def _passages(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        return self._library.lists.annotations_with(ids) if ids else []

    # Choices

    def _choices(self, state: ReadingState, annotation_id: str, typed: str) -> list[EvidenceChoice]:
        addresses = addresses_in(typed)
        if addresses:
            return [*_address_choices(addresses, typed), *self._articles_at(addresses)]
        terms = fold(typed[:MOST_TYPED]).split()
        ranking = EvidenceRanking(state.by_id[annotation_id], state.article.id, terms)
        lists = self._library.lists
        near = lists.annotations_near(terms, ranking.words, MOST_PASSAGES)
        own = _own_passages(state)
        others = (each for each in near if each.article_id != state.article.id)
        passages = [
            each
            for each in (*own.values(), *others)
            if not each.annotation.is_deleted and ranking.fits(each.annotation, each.article_title)
        ]
        passages.sort(key=lambda each: each.annotation.id, reverse=True)
        ranked = [
            (ranking.of_passage(each.annotation, each.article_id), _passage_choice(each))
            for each in passages
        ]
        ranked += [
            (ranking.of_article(each.id), _article_choice(each))
            for each in lists.articles_titled(terms, MOST_ARTICLES)
        ]
        linked = {each.target for each in basis(state.by_id[annotation_id].links)}
        ranked.sort(key=lambda each: (each[1].evidence[0].target in linked, each[0]))
        return [choice for _, choice in ranked]

    def _articles_at(self, addresses: Sequence[str]) -> Iterator[EvidenceChoice]:
        """Yield the articles of the library that were opened from the only address."""
        for address in addresses if len(addresses) == 1 else ():
            for each in self._library.lists.articles_at(address):
                yield _article_choice(each)


def _own_passages(state: ReadingState) -> dict[str, AnnotationSummary]:
    """Return all annotations of the open article by id, deleted ones too."""
    article = state.article
    return {
        key: AnnotationSummary(article.id, article.metadata.title, annotation)
        for key, annotation in state.by_id.items()
    }


def _address_choices(addresses: Sequence[str], typed: str) -> list[EvidenceChoice]:
    """Return the choice of addresses, which names the typed words that are none of them."""
    today = clock.local_day(clock.now())
    evidence = (
        Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, each, seen=today) for each in addresses
    )
    words = typed.split()
    beside = [
        word
        for word in (words if len(words) > 1 else ())
        if any(map(str.isalnum, word)) and not any(each in word for each in addresses)
    ]
    detail = f"without “{one_line(' '.join(beside), KEPT_WORDS)}”" if beside else ""
    return [EvidenceChoice(tuple(evidence), detail=detail)]


def _passage_choice(passage: AnnotationSummary) -> EvidenceChoice:
    evidence = Evidence(
        Relation.SUPPORTS,
        TargetKind.ANNOTATION,
        passage.annotation.id,
        article=passage.article_id,
        title=one_line(passage.article_title, KEPT_WORDS),
        words=one_line(passage.annotation.selector.exact, KEPT_WORDS),
    )
    return EvidenceChoice((evidence,), passage.annotation)


def _origin(article: ArticleSummary) -> str:
    """Return the site of an article, else its address or the name of its file."""
    source = article.source
    return article.site or (source if is_web_address(source) else file_name(source))


def _article_choice(article: ArticleSummary) -> EvidenceChoice:
    evidence = Evidence(
        Relation.SUPPORTS,
        TargetKind.ARTICLE,
        article.id,
        article=article.id,
        title=one_line(article.title or article.source, KEPT_WORDS),
    )
    return EvidenceChoice((evidence,), detail=_origin(article))
