"""What a template can show: the articles with their annotations, as plain values.

The names and types here are the documentation's, ``docs/templates.md``; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import msgspec

from reader import __version__
from reader.core.addresses import percent_encoded
from reader.core.annotation import Annotation, PlaceState
from reader.core.annotation_record import state_name
from reader.core.citation import citation, cite_evidence
from reader.core.evidence import Evidence, evidence_in, phrase
from reader.core.note_text import without_braces
from reader.core.quotation_marks import quoted
from reader.core.selectors import selector_history
from reader.core.text_formatting import one_line
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.safe_text import sanitise_for_file


class EvidenceValues(msgspec.Struct):
    """A piece of evidence of a note."""

    relation: str
    """What it does, such as ``refuted by``."""
    address: str
    """Its web address; empty for an article or a passage of the library."""
    words: str
    """The words of the passage that it is; may be empty."""
    title: str
    """The title of its article; may be empty."""
    seen: str
    """The day on which the address was seen, in ISO 8601; may be empty."""
    sentence: str
    """All of it in a line: ``Refuted by https://… (seen 30 November 2026)``."""


class NoteValues(msgspec.Struct):
    """A note: a passage that was marked, with what was written about it."""

    id: str
    """Its id, a ULID, which never changes."""
    quote: str
    """The passage as it stands in the text now; may have several lines."""
    quoted: str
    """The passage in the quotation marks of its language."""
    marked: str
    """The passage as it was marked, where its words have changed since; otherwise empty."""
    before: str
    """Up to 64 characters before it."""
    after: str
    """Up to 64 characters after it."""
    note: str
    """What was written about it, in Markdown, without the braces of hidden words; may be empty."""
    tags: list[str]
    """Its tags."""
    speaker: str
    """Who said it; may be empty."""
    status: str
    """The status of a claim; empty for what is none."""
    evidence: list[EvidenceValues]
    """What the claim rests on, and what it is evidence for."""
    section: str
    """The heading above it; may be empty."""
    page: str
    """The number of its printed page; may be empty."""
    state: str
    """How its place was found: ``exact``, ``moved``, ``edited``, ``by hand`` or ``orphaned``."""
    is_lost: bool
    """Whether it is in the text no more."""
    created: str
    """When it was marked: ISO 8601, UTC."""
    modified: str
    """When it was changed last: ISO 8601, UTC."""


class ArticleValues(msgspec.Struct):
    """An article with its notes in the order of its text."""

    id: str
    """Its id, a ULID, which never changes."""
    title: str
    """Its title; the name of its file where it has none."""
    authors: list[str]
    """Who wrote it."""
    site: str
    """Who published it; may be empty."""
    address: str
    """Its web address; empty where it has none."""
    published: str
    """When it was published: an ISO 8601 date or time, or the start of one; may be empty."""
    accessed: str
    """The day on which you saw it, in ISO 8601; may be empty."""
    archive: str
    """The address of an archived copy; may be empty."""
    language: str
    """The BCP 47 tag of its language; may be empty."""
    projects: list[str]
    """The projects that it belongs to."""
    citation: str
    """All of this in a line: authors, title, site, day, address."""
    notes: list[NoteValues]
    """Its notes."""


class ExportValues(msgspec.Struct):
    """All that a template knows."""

    articles: list[ArticleValues]
    """The articles by title; in a folder each file has one."""
    query: str
    """The query that chose the notes; empty where none did."""
    tags: list[str]
    """The tags that the notes were chosen by; none where all were."""
    exported: str
    """The time of the export: ISO 8601, UTC."""
    version: str
    """The version of Margin."""


def values_of(items: Iterable[ExportedArticle], options: ExportOptions) -> ExportValues:
    """Return what a template can show of articles."""
    queries: set[str] = set()

    def read(item: ExportedArticle) -> ArticleValues:
        queries.add(item.query)
        return _article(item, options)

    return ExportValues(
        in_order(items, read),
        max(queries, default=""),
        [_line(tag) for tag in options.tags],
        options.exported,
        __version__,
    )


def _article(item: ExportedArticle, options: ExportOptions) -> ArticleValues:
    article, metadata = item.article, item.article.metadata
    return ArticleValues(
        id=article.id,
        title=_line(item.title),
        authors=[name for each in metadata.authors if (name := _line(each))],
        site=_line(metadata.site),
        address=percent_encoded(_line(article.address)),
        published=metadata.published,
        accessed=article.accessed,
        archive=percent_encoded(_line(article.archive)),
        language=_line(metadata.language),
        projects=list(map(_line, article.tags)),
        citation=_text(citation(article)),
        notes=[_note(item, each) for each in item.selected(options.tags)],
    )


def _note(item: ExportedArticle, annotation: Annotation) -> NoteValues:
    selector, place = annotation.selector, annotation.place
    quote = selector.exact
    if item.document is not None and not annotation.is_orphaned:
        quote = item.document.quote(annotation.range) or quote
    marked = selector_history(selector)[0].exact
    language = item.article.metadata.language
    return NoteValues(
        id=annotation.id,
        quote=_text(quote),
        quoted=_text(quoted(quote, language)),
        marked="" if marked.split() == quote.split() else _text(marked),
        before=_text(selector.prefix),
        after=_text(selector.suffix),
        note=_text(without_braces(annotation.note)),
        tags=list(map(_line, annotation.tags)),
        speaker=_line(annotation.speaker),
        status=_line(annotation.status or ""),
        evidence=list(map(_evidence, evidence_in(annotation.links))),
        section=_line(selector.section),
        page=_line(selector.page),
        state=state_name(annotation),
        is_lost=place.state is PlaceState.ORPHANED,
        created=annotation.created,
        modified=annotation.modified,
    )


def _evidence(evidence: Evidence) -> EvidenceValues:
    return EvidenceValues(
        relation=phrase(evidence.relation, is_basis=evidence.is_basis),
        address=percent_encoded(_line(evidence.target)) if evidence.kind == "address" else "",
        words=_text(evidence.words),
        title=_line(evidence.title),
        seen=_line(evidence.seen),
        sentence=_line(cite_evidence(evidence, partial(one_line, limit=None))),
    )


def _line(text: str) -> str:
    return _text(one_line(text))


def _text(text: str) -> str:
    return sanitise_for_file(text)
