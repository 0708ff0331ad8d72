"""The screen of a review: one card, its answers, and how far the review is."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Static

from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session.review_session import ReviewCard
from reader.session.reviewing import ReviewRequest
from reader.ui.actions import Actions, merged
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import REVIEW, key_of, with_keys
from reader.ui.held_input import hold_until
from reader.ui.key_hints import hints_of
from reader.ui.review.answers import Answers
from reader.ui.review.card import NO_NOTE, CardView
from reader.ui.review.card_lines import CardLook
from reader.ui.review.context import ReviewContext
from reader.ui.review.endings import HOW, NOTHING_LEFT, ending, nothing, progress
from reader.ui.review.notes import NoteCommands
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import IndexLine, PageHeading

HINTS = (
    ("review.show", "note"),
    ("review.open", "open"),
    ("review.edit", "edit"),
    ("review.undo", "undo"),
    ("review.line", "history"),
    ("review.hide", "hide words"),
    ("review.suspend", "suspend"),
    ("review.next", "next"),
    ("help", "help"),
    ("back", "stop"),
)

WAITING_SECONDS = 0.5
"""How often it is shown how far the library is indexed, in seconds."""

CLOCK_SECONDS = 20.0
"""How often the minutes are shown anew, in seconds."""

LONGEST_NAME = 60
"""The most characters of a query in the heading."""


class ReviewScreen(Screen[None], CommandScreen):
    """Reviews what is due, what a query finds, or chosen notes."""

    HELP_NAME = REVIEW
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "review.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(REVIEW),
        Binding("escape", "run('back')", "Stop"),
    ]

    card_view = getters.query_one(CardView)

    def __init__(self, request: ReviewRequest) -> None:
        """Ask nothing yet.

        Args:
            request: What to review.
        """
        super().__init__()
        self._request = request
        self._is_shown = False
        self._asked = 0  # which card the note was shown of
        self._has_ended = False
        self._next_due = ""
        self.context = ReviewContext(self, self.show_card)
        """The review as the parts of the screen know it."""
        self._answers = Answers(self.context)
        self._parts = (self._answers, NoteCommands(self.context))

    def compose(self) -> ComposeResult:
        """Lay out the heading, the card, its answers and the keys."""
        name = one_line(sanitise(self._request.title), LONGEST_NAME)
        yield PageHeading(f"Review · {name}" if name else "Review")
        yield CardView()
        yield Static("", id="review-end", markup=False)
        yield IndexLine()
        with Container(id="review-foot"):
            answers = Hints()
            answers.id = "review-answers"
            yield answers
        keys = Hints()
        keys.id = "review-keys"
        yield keys

    def on_mount(self) -> None:
        """Look up what to review; keys wait for the first card."""
        self.call_after_refresh(self.host.show_first_screen)
        hold_until(self, self.run_worker(self._begin(), group="begin").wait())
        self.set_interval(CLOCK_SECONDS, self._show_progress)

    async def _begin(self) -> None:
        reviews = self.host.session.reviews

        def begin() -> None:
            review = reviews.begin(self._request)
            review.begin()
            self._next_due = "" if review.total else reviews.next_due()
            self.context.review = review

        waiting = self.set_interval(WAITING_SECONDS, self._show_waiting)
        try:
            await asyncio.to_thread(begin)
        except ReaderError as error:
            self.host.notify_error(error)
        waiting.stop()
        self.query_one(IndexLine).show(None)
        self.show_card()

    def _show_waiting(self) -> None:
        """Show that the library is looked through, and how far it is indexed."""
        self.query_one("#review-end", Static).update("Looking up what to review …")
        self.query_one(IndexLine).show(self.host.session.lists.updates.progress)

    def on_screen_resume(self) -> None:
        """Read the card again: the article that was open over it may have changed it."""
        if self.context.card is not None:
            self.run_worker(self.context.run(lambda review: review.refresh()), group="refresh")

    def show_card(self) -> None:
        """Show the present card with its answers; at the end what the review came to."""
        review, card = self.context.review, self.context.card
        self._has_ended = card is None
        if card is not None:
            if review is not None and review.asked != self._asked:
                self._asked, self._is_shown = review.asked, False
                self.card_view.scroll_home(animate=False)
            question, key = self._question(card), key_of("review.other", self.host.settings.keys)
            self.card_view.show(card, self._look, question, key, is_shown=self._is_shown)
        is_asking = not self._has_ended
        self.card_view.display = is_asking
        end = self.query_one("#review-end", Static)
        end.display = not is_asking
        if not is_asking:
            end.update(sanitise(self._ending()))
        self._show_hints(is_asking=is_asking)
        self._show_progress()

    def _question(self, card: ReviewCard) -> str:
        """Return what stands for the note until it is shown."""
        if not card.annotation.note.strip():
            return NO_NOTE
        what = "the hidden words and your note" if card.hidden else "your note"
        return f"✎ {key_of('review.show', self.host.settings.keys)} shows {what}"

    @property
    def _look(self) -> CardLook:
        settings = self.host.settings
        return CardLook(
            {tag.name: tag for tag in self.host.tags},
            {status.name: status for status in settings.statuses},
            self.app.theme_variables,
        )

    def _ending(self) -> str:
        """Return what is shown where there is no card."""
        review = self.context.review
        keys = self.host.settings.keys
        if review is None:
            return ""
        if review.total == 0:
            return nothing(self._request, self._next_due, with_keys(HOW, keys))
        summary = review.summary()
        left = review.total - review.finished
        if summary.total == 0:
            return f"Nothing was answered; {left} left." if left else NOTHING_LEFT
        return ending(summary, left)

    def _show_hints(self, *, is_asking: bool) -> None:
        keys = self.host.settings.keys
        answers = self.query_one("#review-answers", Hints)
        answers.hints = self._answers.hints() if is_asking else ()
        answers.display = is_asking
        shown = HINTS
        if not is_asking:
            goes_on = (("review.show", "go on"),) if self._is_stopped else ()
            shown = (*goes_on, *(hint for hint in HINTS if hint[0] in _AT_END))
        self.query_one("#review-keys", Hints).hints = hints_of(shown, keys)

    def _show_progress(self) -> None:
        review = self.context.review
        if review is None or not review.total:
            return
        if self._has_ended:
            words = f"{review.finished:,} of {review.total:,}"
        else:
            words = progress(review.finished, review.total, review.seconds)
        self.query_one(PageHeading).show_summary(words)

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        scroll = self.card_view
        return {
            **merged(*self._parts),
            "review.show": self.toggle_note,
            "review.down": lambda: scroll.scroll_relative(y=1, animate=False),
            "review.up": lambda: scroll.scroll_relative(y=-1, animate=False),
            "review.page.down": lambda: scroll.scroll_page_down(animate=False),
            "review.page.up": lambda: scroll.scroll_page_up(animate=False),
            "back": self.stop,
        }

    def toggle_note(self) -> None:
        """Show the note and the hidden words, or hide them again."""
        if self.context.card is not None:
            self._is_shown = not self._is_shown
            self.show_card()
        elif self._is_stopped:
            self.run_worker(self.context.run(lambda review: review.refresh()))

    @property
    def _is_stopped(self) -> bool:
        """Whether the review was ended before all was answered."""
        review = self.context.review
        return review is not None and review.finished < review.total

    def stop(self) -> None:
        """End the review: first show what it came to, then leave."""
        review = self.context.review
        if self._has_ended or review is None or not review.summary().total:
            self.host.go_back()
            return
        review.end()
        self.show_card()


_AT_END = frozenset({"review.undo", "help", "back"})
"""The commands that the end of a review shows."""
