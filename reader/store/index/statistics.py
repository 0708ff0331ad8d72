"""What statistics count, read from the index: a few values of each article and each note."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

import msgspec

from reader import clock
from reader.core.query.facts import is_open
from reader.core.review import answers_of, due_of
from reader.core.statistics import CountedAnswer, CountedNote
from reader.store.index.summaries import AnnotationSummary, ArticleSummary


class Counted(NamedTuple):
    """Everything that statistics count; see ``core.statistics.count_library``."""

    notes: list[CountedNote]
    """The live annotations."""
    answers: list[CountedAnswer]
    """The answers of all reviews that were not undone."""
    due: list[date]
    """When each annotation is due that is due at all."""
    articles: list[date | None]
    """When each article was added; None where that is not known."""


def read_counted(connection: sqlite3.Connection) -> Counted:
    """Return everything that statistics count, as the index has it.

    Args:
        connection: The database.
    """
    counted = Counted([], [], [], [])
    decode_article = msgspec.json.Decoder(ArticleSummary).decode
    decode = msgspec.json.Decoder(AnnotationSummary).decode
    sources: dict[str, str] = {}
    for (encoded,) in connection.execute("SELECT summary FROM files WHERE summary IS NOT NULL"):
        article = decode_article(encoded)
        if article.id not in sources:  # conflict copies repeat their article
            sources[article.id] = article.site or article.title
            counted.articles.append(_day(article.added))
    seen: set[tuple[str, str]] = set()
    for (encoded,) in connection.execute("SELECT summary FROM annotations"):
        summary = decode(encoded)
        key = summary.article_id, summary.annotation.id
        if not summary.annotation.is_deleted and key not in seen:
            seen.add(key)
            _count(summary, sources.get(summary.article_id, ""), counted)
    return counted


def _count(summary: AnnotationSummary, source: str, counted: Counted) -> None:
    annotation = summary.annotation
    day = _day(annotation.created)
    counted.notes.append(CountedNote(day, annotation.speaker, source, is_open(annotation)))
    if not annotation.review:
        return
    if due := _day(due_of(annotation)):
        counted.due.append(due)
    for answer in answers_of(annotation.review):
        if given := _day(answer.time):
            counted.answers.append(CountedAnswer(given, answer.grade))


def _day(moment: str) -> date | None:
    """Return the day of a time here; None where it is no time."""
    try:
        return clock.local(moment).date() if moment else None
    except (ValueError, OverflowError):
        return None
