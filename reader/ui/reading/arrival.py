"""Going to the place to show, as soon as the article has been read up to it."""

from __future__ import annotations

from collections.abc import Callable

from reader.core.links import place_in
from reader.core.text_formatting import counted
from reader.ui.article.position import PassageTarget, Target, ViewPosition
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.links import describe_missing_place
from reader.ui.reading.review import ReviewCommands

MUCH_LEFT_OUT = 33
"""The share of a page's words in sentences, in per cent, above which it matters that they are not
shown."""


class Arrival:
    """Knows where the reader is to be taken: by a link, by back and forward, after a reload."""

    def __init__(
        self,
        context: ReadingContext,
        review: ReviewCommands,
        annotation_id: str,
        show_earlier: Callable[[PassageTarget], object],
    ) -> None:
        """Take note of where to begin.

        Args:
            context: The open article.
            review: Goes to annotations.
            annotation_id: The annotation to begin at; empty for where the article was left.
            show_earlier: Shows a passage of an earlier text.
        """
        self._context = context
        self._review = review
        self._annotation_id = annotation_id
        self._show_earlier = show_earlier
        self._awaited, self._awaiting_at = "", 0
        self._target: Target = ""
        self._old_position: ViewPosition | None = None  # in the text that was read last
        self._first_caret: int | None = None  # a caret that has moved since stays where it is

    @property
    def is_jump(self) -> bool:
        """Whether the article is to be shown elsewhere than where it was left."""
        is_position = isinstance(self._target, ViewPosition)
        return bool(self._annotation_id) or (bool(self._target) and not is_position)

    def aim(self, target: Target) -> None:
        """Set where to go once the article is shown; empty for where it was left."""
        self._target = target

    def go_to(self, target: Target) -> None:
        """Go to a target as soon as that has been read."""
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
            context.screen.call_after_refresh(self.report_embedded_notes)
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
        if (
            self._is_first_visit
            and not article.is_whole
            and metadata.left_out_share > MUCH_LEFT_OUT
        ):
            words = counted(metadata.left_out, "word")
            context.show_status(
                context.with_keys(f"{words} of the page left out; {{article.whole}} shows them.")
            )

    def report_embedded_notes(self) -> None:
        """Show at the first visit that the file itself holds notes, and how they are taken."""
        context, count = self._context, self._context.state.document.metadata.embedded_notes
        if count and self._is_first_visit and not context.state.annotations:
            sentence = (
                f"The file holds {counted(count, 'note')}; {{article.notes_in_file}} takes them."
            )
            context.show_status(context.with_keys(sentence))

    @property
    def _is_first_visit(self) -> bool:
        article = self._context.state.article
        return not (article.progress or article.position or article.caret)

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
        elif isinstance(target, PassageTarget):
            if document.is_complete or target.passage.end < len(document.text):
                self._target = ""
                self._show_passage(target)
        elif target:
            place = place_in(document, target)
            if place is not None:
                context.note_jump()
                view.move_caret(place, at_third=True)
            elif document.is_complete:
                context.show_status(describe_missing_place(document, target))
            if place is not None or document.is_complete:
                self._target = ""

    def _show_passage(self, target: PassageTarget) -> None:
        """Select a passage; show the earlier text where the present one is another."""
        context, view, document = self._context, self._context.view, self._context.state.document
        present = document.digest if document.is_complete else context.state.article.snapshot
        if target.digest != present:
            self._show_earlier(target)
            return
        context.note_jump()
        view.move_caret(target.passage.start, at_third=True)
        view.select(target.passage)
