"""Asking the reader which article of the library a source is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader import clock
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.ui.dates import when
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.session import LoadingArticle, Question
    from reader.session.identity import Candidate

TITLE_LENGTH = 60
"""How many characters of a title are shown."""


async def ask_identity(context: ReadingContext, question: Question) -> LoadingArticle | None:
    """Ask the reader which article a source is, before anything of it is saved.

    Args:
        context: The article as it was opened.
        question: What it may be.

    Returns:
        The article that it is; None where there is no answer, or another screen has it: the
        reader is then elsewhere.
    """
    from reader.ui.dialogs.pick import PickRow, PickScreen  # noqa: PLC0415  (rarely needed)

    host, candidates = context.host, question.candidates
    is_only = len(candidates) == 1
    rows = [PickRow(*_answer(candidate, is_only=is_only)) for candidate in candidates]
    rows.append(PickRow("It is another article", "It gets notes of its own.", "n"))
    dialog = PickScreen(rows, question=_question(question), close="leave it unopened")
    picked = await context.ask(dialog)
    if picked is None:
        host.go_back()
        return None
    ids = [candidate.article_id for candidate in candidates]
    try:
        loading_article = await asyncio.to_thread(question.answer, (*ids, "")[picked])
    except ReaderError as error:
        host.notify_error(error)
        host.go_back()
        return None
    if await host.go_to_article(loading_article.open_article.state.article.id):
        return None
    return loading_article


def _question(question: Question) -> str:
    """Return the question in words."""
    if len(question.candidates) > 1:
        return "It is like several articles you have read. Which one?"
    (candidate,) = question.candidates
    since = f" that you {_read(candidate)}" if candidate.opened else ""
    return f"Is this “{_title(candidate)}”{since}?"


def _answer(candidate: Candidate, *, is_only: bool) -> tuple[str, str, str]:
    """Return the answer that a source is an article: its name, its detail and its key."""
    count = candidate.annotations
    if is_only:
        notes = f"its {count} notes" if count != 1 else "its one note"
        detail = f"It was {candidate.source}" if candidate.source else ""
        return f"It is, with {notes}" if count else "It is", detail, "y"
    facts = (counted(count, "note"), _read(candidate))
    detail = " · ".join(filter(None, (*facts, candidate.source)))
    return f"“{_title(candidate)}”", detail, ""


def _read(candidate: Candidate) -> str:
    """Return when an article was read: ``read 3 days ago``, ``read on 2026-05-03``."""
    words = when(candidate.opened, clock.now())
    if not words:
        return "not read yet"
    return f"read on {words}" if words[:4].isdigit() else f"read {words}"


def _title(candidate: Candidate) -> str:
    return one_line(candidate.title, TITLE_LENGTH) or candidate.source or "an article"
