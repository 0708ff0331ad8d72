"""Asking which article of the library a source is, where only a person can tell."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from reader import clock
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.ui.dates import when
from reader.ui.screens.article_screen import ArticleScreen

if TYPE_CHECKING:
    from reader.session import Candidate, Question

TITLE_LENGTH = 60
"""How much of a title is shown, in characters."""


class Recognising(ArticleScreen):
    """The part of the reading screen that asks before anything is kept."""

    def begin(self) -> None:
        """Show what is open; the screen knows how."""
        raise NotImplementedError

    @work
    async def ask_which(self) -> None:
        """Ask; then show the article that it is, or go back where there is no answer."""
        from reader.ui.dialogs.pick import PickRow, PickScreen  # noqa: PLC0415  (rarely needed)

        question = self.loading_article.question
        assert question is not None
        is_only = len(question.candidates) == 1
        rows = [PickRow(*_answer(each, is_only=is_only)) for each in question.candidates]
        rows.append(PickRow("It is another article", "It gets notes of its own.", "n"))
        picked = await self.app.push_screen_wait(
            PickScreen(rows, question=_asked(question), close="leave it unopened")
        )
        if picked is None:
            self.host.go_back()
            return
        ids = [each.article_id for each in question.candidates]
        try:
            loading_article = await asyncio.to_thread(question.answer, (*ids, "")[picked])
        except ReaderError as error:
            self.host.notify_error(error)
            self.host.go_back()
            return
        if await self.host.go_to_article(loading_article.open_article.state.article.id):
            return
        self.loading_article, self.open_article = loading_article, loading_article.open_article
        self.begin()
        self.view.move_caret(self.now.article.position)


def _asked(question: Question) -> str:
    """Return the question in words."""
    if len(question.candidates) > 1:
        return "It is like several articles that you read. Which is it?"
    (candidate,) = question.candidates
    return f"Is this “{_title(candidate)}” that you read {_read(candidate)}?"


def _answer(candidate: Candidate, *, is_only: bool) -> tuple[str, str, str]:
    """Return the answer that a source is an article: its name, its detail and its key."""
    count = candidate.annotations
    if is_only:
        notes = f"its {count} notes" if count != 1 else "its one note"
        detail = f"It was {candidate.source}" if candidate.source else ""
        return f"It is, with {notes}" if count else "It is", detail, "y"
    facts = (counted(count, "note"), f"read {_read(candidate)}")
    detail = " · ".join(filter(None, (*facts, candidate.source)))
    return f"“{_title(candidate)}”", detail, ""


def _read(candidate: Candidate) -> str:
    """Return when an article was read: ``3 days ago``, ``on 2026-05-03``."""
    words = when(candidate.opened, clock.now())
    return f"on {words}" if words[:4].isdigit() else words


def _title(candidate: Candidate) -> str:
    return one_line(candidate.title, TITLE_LENGTH) or candidate.source or "an article"
