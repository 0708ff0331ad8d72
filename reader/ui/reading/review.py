"""Reviewing annotations whose words have changed, and re-attaching those without a place."""

from __future__ import annotations

from functools import partial

from reader.core.annotation import Annotation
from reader.core.text_formatting import one_line
from reader.ui.actions import Actions
from reader.ui.reading.caret_commands import QUOTE_LENGTH
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.range_change import RangeChange

NOTICE_SECONDS = 8
"""How long a notice about the notes of an article stays, in seconds."""


class ReviewCommands:
    """Compares passages with what was marked, and re-attaches orphans."""

    def __init__(self, context: ReadingContext, range_change: RangeChange) -> None:
        self._context = context
        self._range_change = range_change

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "look.next": partial(self.go_to_changed, 1),
            "look.previous": partial(self.go_to_changed, -1),
            "compare": self.compare_at_caret,
            "annotation.put_back": self.reattach_any,
        }

    def show_notice(self, notice: str) -> None:
        """Show what became of the notes of an article, and which key shows what changed."""
        if any(each.needs_review or each.is_orphaned for each in self._context.state.annotations):
            keys = "{compare} shows what changed, {versions} the versions of the article."
            notice += "\n" + self._context.with_keys(keys)
        self._context.notify(notice, seconds=NOTICE_SECONDS)

    def show_suggested_place(self, annotation: Annotation) -> None:
        """Show where an orphan seems to belong."""
        start = self._context.state.document.clamp(annotation.place.start)
        self._context.view.viewport.show(start, at_third=True)

    def go_to(self, annotation_id: str) -> None:
        """Go to an annotation; an id of no annotation leads nowhere."""
        annotation = self._context.state.by_id.get(annotation_id)
        if annotation is None:
            return
        self._go_to(annotation)
        if annotation.is_orphaned:
            self._context.show_status(
                self._context.with_keys(
                    "This passage has lost its place; {compare} shows what it was, and can put it"
                    " back."
                )
            )

    def _go_to(self, annotation: Annotation) -> None:
        self._context.note_jump()
        if annotation.is_orphaned:
            self.show_suggested_place(annotation)
        else:
            self._context.view.move_caret(annotation.place.start, at_third=True)

    def go_to_changed(self, step: int) -> None:
        """Go to the next annotation whose words have changed; after the last comes the first.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        context, caret = self._context, self._context.view.caret
        starts = [each.place.start for each in context.state.annotations if each.needs_review]
        if not starts:
            context.show_status("No annotation's words have changed.")
            return
        if step > 0:
            target = next((start for start in starts if start > caret), starts[0])
        else:
            target = next((start for start in reversed(starts) if start < caret), starts[-1])
        context.note_jump()
        context.view.move_caret(target, at_third=True)

    # What changed

    async def compare_at_caret(self) -> None:
        """Show what changed in the annotation at the caret, else in the next that changed."""
        state, caret = self._context.state, self._context.view.caret
        at_caret = [each for each in self._context.at_caret if self._is_reworded(each)]
        due = [each for each in state.annotations if each.needs_review or each.is_orphaned]
        ahead = [each for each in due if each.place.start >= caret]
        for annotation in (*at_caret, *ahead, *due):
            await self.compare(annotation.id)
            return
        self._context.show_status(
            "No annotation's words have changed, and none has lost its place."
        )

    async def compare(self, annotation_id: str) -> None:
        """Show what changed in an annotation, and follow up on what the reader decides."""
        from reader.ui.reading.compare_screen import CompareScreen  # noqa: PLC0415  (when needed)

        context = self._context
        screen = CompareScreen(context.open_article, annotation_id, context.host.tags)
        outcome = await context.ask(screen)
        context.show_state()
        annotation = context.state.by_id.get(outcome.annotation_id) if outcome else None
        if outcome is None or annotation is None:
            return
        if outcome.changes_range:
            self._range_change.begin(annotation)
        else:
            self._go_to(annotation)

    def _is_reworded(self, annotation: Annotation) -> bool:
        """Return whether an annotation's passage has other words than when it was marked."""
        selector = annotation.selector
        quote = self._context.state.document.quote(annotation.range)
        return annotation.needs_review or bool(selector.earlier) or quote != selector.exact

    # Re-attaching

    async def reattach_any(self) -> None:
        """Re-attach an orphan; let the reader pick one where there are several."""
        context = self._context
        orphans = [each for each in context.state.annotations if each.is_orphaned]
        if not orphans:
            context.show_status("No annotation has lost its place.")
            return
        from reader.ui.dialogs.pick_annotation import pick_annotation  # noqa: PLC0415  (when needed)

        title = f"Put back which? {len(orphans)} lost their place"
        picked = await pick_annotation(context.screen, orphans, title)
        annotation = context.state.by_id.get(picked or "")
        if annotation is not None:
            self._reattach(annotation)

    def reattach(self, annotation_id: str) -> None:
        """Re-attach an annotation, where it is an orphan."""
        annotation = self._context.state.by_id.get(annotation_id)
        if annotation is not None and annotation.is_orphaned:
            self._reattach(annotation)
        else:
            self._context.show_status("This annotation has its place.")

    def _reattach(self, annotation: Annotation) -> None:
        """Attach an orphan to the selection, else to where it seems to belong."""
        context = self._context
        passage = context.view.selection or annotation.range
        if not context.state.document.quote(passage).strip():
            context.show_status(
                context.with_keys(
                    "Margin found no likely place; select its passage first, then press"
                    " {annotation.put_back}."
                )
            )
            self.show_suggested_place(annotation)
            return
        context.open_article.move(annotation.id, passage)
        context.view.select(None)
        context.show_state()
        place = context.state.by_id[annotation.id].place
        context.view.viewport.show(place.start, at_third=True)
        quote = one_line(context.state.document.quote(place.range), QUOTE_LENGTH)
        context.show_status(f"{context.with_keys('Put back; {undo} undoes that')}: {quote}")
