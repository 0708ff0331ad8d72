"""Annotate a passage by its words, without opening the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.core.annotation import QUOTE, Annotation
from reader.core.document import Document, TextRange
from reader.core.note_text import holds_note, joined_notes
from reader.core.quotes import locate
from reader.core.selectors import trimmed
from reader.core.text_formatting import counted, one_line
from reader.errors import QuoteError
from reader.session.loading_article import LoadingArticle, Question
from reader.session.open_article import OpenArticle
from reader.session.reading_state import AnchoringResult, ReadingState
from reader.session.requests import MAX_LISTED, AnnotationRequest


def annotated(
    loading: LoadingArticle,
    source: str,
    request: AnnotationRequest,
    reanchor: Callable[[ReadingState, Document], AnchoringResult],
    tell: Callable[[str], object],
) -> tuple[OpenArticle, str]:
    """Read an article to its end and annotate a passage; see ``Session.annotate``.

    Args:
        loading: The article.
        source: The path or URL that it was opened from.
        request: The passage and the annotation.
        reanchor: Finds the places of annotations in a complete document.
        tell: Called with a sentence that the person should read.

    Returns:
        The open article and the id of the new annotation.

    Raises:
        QuoteError: The quote is not in the article, or is there more than once.
    """
    if (question := loading.question) is not None:
        loading = question.answer("")
        tell(_taken_for_new(source, question))
    open_article = loading.open_article
    for document in loading.rest:
        if document.is_complete:
            open_article.reanchor(reanchor(open_article.state, document))
    document = open_article.state.document
    places = locate(document, request.quote, request.prefix, request.suffix)
    if len(places) != 1:
        raise _no_single_place(document, places)
    if (known := _annotation_of(open_article.state, places[0], request.note)) is not None:
        tell(_added_to(open_article, known, request))
        return open_article, known.id
    _, annotation = open_article.mark(places[0], request.tags or (QUOTE,))
    open_article.edit(
        annotation.id, note=request.note, speaker=request.speaker, status=request.status
    )
    return open_article, annotation.id


def _annotation_of(state: ReadingState, passage: TextRange, note: str) -> Annotation | None:
    """Return the annotation of a passage, first one with this note; None where there is none."""
    passage = trimmed(state.document, passage)
    of_passage = [
        each
        for each in state.annotations
        if not each.is_orphaned and trimmed(state.document, each.range) == passage
    ]
    return min(
        of_passage, key=lambda each: (not holds_note(each.note, note), each.id), default=None
    )


def _added_to(open_article: OpenArticle, known: Annotation, request: AnnotationRequest) -> str:
    """Add a request to the annotation of its passage; return a sentence that says what is new.

    Tags are united, a note is appended unless it is there, and speaker and status are replaced.
    """
    tags = (*known.tags, *request.tags)
    note = known.note
    if not holds_note(note, request.note):
        note = joined_notes(note, request.note)
    state = open_article.edit(
        known.id,
        tags=tags,
        note=note,
        speaker=request.speaker or None,
        status=request.status,
    )
    present = state.by_id[known.id]
    news = [f"the tag {each}" for each in present.tags if each not in known.tags]
    news += [
        f"the {name}"
        for name in ("note", "speaker", "status")
        if getattr(present, name) != getattr(known, name)
    ]
    what = f"added to it: {', '.join(news)}" if news else "there was nothing to add to it"
    return f"The passage is annotated already as {known.id}; {what}."


def _taken_for_new(source: str, question: Question) -> str:
    """Return a sentence: the source became a new article, though it may be one of the library's."""
    known = ", ".join(
        f"“{one_line(each.title, 80) or each.source}” ({counted(each.annotations, 'note')})"
        for each in question.candidates[:MAX_LISTED]
    )
    return (
        f"{source} was added as a new article, though it may be a new version of {known};"
        " open it in the reader first to be asked."
    )


def _no_single_place(document: Document, places: Sequence[TextRange]) -> QuoteError:
    """Return the error for a quote without a place, or with several places."""
    if not places:
        return QuoteError(
            "Quote not found",
            "The article does not contain these words; copy them from: margin text SOURCE",
        )
    listed = "; ".join(
        f"at {place.start}: …{_around(document, place)}…" for place in places[:MAX_LISTED]
    )
    return QuoteError(
        "Quote found more than once",
        f"It is there {len(places)} times; tell them apart with --prefix or --suffix: {listed}",
    )


def _around(document: Document, place: TextRange) -> str:
    """Return a passage with 30 code points of context on either side, on one line."""
    return " ".join(document.text[max(place.start - 30, 0) : place.end + 30].split())
