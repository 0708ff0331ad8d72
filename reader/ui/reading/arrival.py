"""Going to the place to show, as soon as the article has been read up to it."""

from __future__ import annotations

from reader.core.links import place_in
from reader.core.text_formatting import counted
from reader.ui.article.position import ViewPosition
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.links import describe_missing_place
from reader.ui.reading.review import ReviewCommands

MUCH_LEFT_OUT = 33
"""The share of a page's words in sentences, in per cent, above which it matters that they are not
shown."""


class Arrival:
    """Knows where the reader is to be taken: by a link, by back and forward, after a reload."""

    def __init__(self, context: ReadingContext, review: ReviewCommands, annotation_id: str) -> None:
        """Take note of where to begin.

        Args:
            context: The open article.
            review: Goes to annotations.
            annotation_id: The annotation to begin at; empty for where the article was left.
        """
        self._context = context
        self._review = review
        self._annotation_id = annotation_id
        self._awaited, self._awaiting_at = "", 0
        self._target: str | ViewPosition = ""
        self._old_position: ViewPosition | None = None  # in the text that was read last
        self._first_caret: int | None = None  # a caret that has moved since stays where it is

    @property
    def is_jump(self) -> bool:
        """Whether the article is to be shown at a note or at a label, and not where it was left."""
        return bool(self._annotation_id) or (isinstance(self._target, str) and bool(self._target))

    def aim(self, target: str | ViewPosition) -> None:
        """Set where to go once the article is shown.

        Args:
            target: ``#`` and a label, or a position; empty for where the article was left.
        """
        self._target = target

    def go_to(self, target: str | ViewPosition) -> None:
        """Go to ``#`` and a label, or to a position, as soon as that has been read."""
        self.aim(target)
        self.continue_to_target()

    def keep_position(self) -> None:
        """Stay at the present position when another text of the article is shown."""
        self._old_position = self._context.view.position
        self._annotation_id = ""

    def begin(self) -> None:
        """Go where the article begins, or as near as it has been read."""
        context = self._context
        context.screen.call_after_refresh(self._await_annotation)
        context.screen.call_after_refresh(self._report_left_out)
        if context.state.document.is_complete:
            self.map_positions()
        elif not self._annotation_id:
            article = context.state.article
            left_at = ViewPosition(article.caret, article.position)
            self._old_position = self._old_position or left_at
            context.screen.call_after_refresh(self._note_first_caret)
        context.screen.call_after_refresh(self.continue_to_target)

    def _report_left_out(self) -> None:
        """Show at the first visit that much of a page is not of its article."""
        context, article = self._context, self._context.state.article
        metadata = context.state.document.metadata
        is_first = not (article.progress or article.position or article.caret)
        if is_first and not article.is_whole and metadata.left_out_share > MUCH_LEFT_OUT:
            words = counted(metadata.left_out, "word")
            context.show_status(
                context.with_keys(f"{words} of the page left out; {{article.whole}} shows them.")
            )

    def _await_annotation(self) -> None:
        self._awaited, self._awaiting_at = self._annotation_id, self._context.view.caret
        self.continue_to_annotation()

    def continue_to_annotation(self) -> None:
        """Go to the annotation to begin at once it is placed, unless the reader has moved."""
        if self._awaited in self._context.state.by_id:
            awaited, self._awaited = self._awaited, ""
            if self._context.view.caret == self._awaiting_at:
                self._review.go_to(awaited)

    def _note_first_caret(self) -> None:
        if self._old_position is not None:
            self._first_caret = self._context.view.caret

    def map_positions(self) -> None:
        """Map the old position, and those that back can lead to, to the complete new text."""
        context, view = self._context, self._context.view
        position, first_caret = self._old_position, self._first_caret
        self._old_position = self._first_caret = None
        offset_mapper = context.open_article.offset_mapper
        if offset_mapper is None:
            return
        article_id = context.state.article.id
        context.host.history.map_offsets(article_id, offset_mapper, context.loading_article)
        if position is not None and first_caret in (None, view.caret):
            view.select(None)
            view.return_to(position.mapped(offset_mapper.map))

    def continue_to_target(self) -> None:
        """Go to the target where it has been read by now."""
        context, view, target = self._context, self._context.view, self._target
        document = context.state.document
        if isinstance(target, ViewPosition):
            if document.is_complete or max(target) < len(document.text):
                self._target = ""
                view.select(None)
                view.return_to(target)
        elif target:
            place = place_in(document, target)
            if place is not None:
                context.note_jump()
                view.move_caret(place, at_third=True)
            elif document.is_complete:
                context.show_status(describe_missing_place(document, target))
            if place is not None or document.is_complete:
                self._target = ""
