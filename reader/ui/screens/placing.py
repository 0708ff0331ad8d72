"""Putting places right: what to look at, what lost its place, and the article as it was."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from reader.core.text_formatting import one_line
from reader.session.versions import Version, versions_of
from reader.ui.commands import COMMANDS, keys_of
from reader.ui.messages import ChangeRange, CompareAnnotation, PutBack
from reader.ui.screens.panels import Panels
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.core.annotation import Annotation
    from reader.core.document import TextRange

QUOTE_LENGTH = 40
"""How much of a passage a message repeats, in characters."""


class Placing(Panels):
    """The part of the reading screen that compares passages and puts them back."""

    _changing: str = ""

    def tell_notice(self, notice: str) -> None:
        """Show what happened when the article was opened, and what can be done about it."""
        if any(each.needs_review or each.is_orphaned for each in self.now.annotations):
            command = next(each for each in COMMANDS if each.id == "compare")
            notice += f"\n{keys_of(command, self.host.settings.keys)[0]} shows what changed."
        self.notify(notice, markup=False, timeout=8)

    def show_hint(self, annotation: Annotation) -> None:
        """Show where an annotation that lost its place seems to belong."""
        self.view.viewport.show(self.now.document.clamp(annotation.place.start), at_third=True)

    def action_look(self, step: int) -> None:
        """Go to the next annotation whose words have changed; after the last comes the first."""
        starts = [each.place.start for each in self.now.annotations if each.needs_review]
        if not starts:
            self.say("No annotation's words have changed.")
            return
        caret = self.view.caret
        ahead = [each for each in starts if (each > caret if step > 0 else each < caret)]
        if step > 0:
            target = ahead[0] if ahead else starts[0]
        else:
            target = ahead[-1] if ahead else starts[-1]
        self.view.move_caret(target, at_third=True)

    # What changed

    def action_compare(self) -> None:
        """Show what changed in the annotation at the caret, else in the next that changed."""
        caret = self.view.caret
        around = [each for each in self.now.at(caret) if _is_reworded(each, self._quote(each))]
        due = [each for each in self.now.annotations if each.needs_review or each.is_orphaned]
        ahead = [each for each in due if each.place.start >= caret]
        for annotation in (*around, *ahead, *due):
            self._compare(annotation.id)
            return
        self.say("No annotation's words have changed, and none has lost its place.")

    def on_compare_annotation(self, message: CompareAnnotation) -> None:
        """Show what changed for the list of annotations."""
        message.stop()
        self._compare(message.annotation_id)

    @work
    async def _compare(self, annotation_id: str) -> None:
        from reader.ui.screens.comparing import ComparingScreen  # noqa: PLC0415  (when needed)

        screen = ComparingScreen(self.open_article, annotation_id, self.host.tags)
        left = await self.app.push_screen_wait(screen)
        self.show_state()
        annotation = self.now.by_id.get(left.annotation_id)
        if annotation is None:
            return
        if left.selects_anew:
            self.begin_range(annotation)
        elif annotation.is_orphaned:
            self.show_hint(annotation)
        else:
            self.view.move_caret(annotation.place.start, at_third=True)

    def _quote(self, annotation: Annotation) -> str:
        return self.now.document.quote(annotation.range)

    # Putting back

    def begin_range(self, annotation: Annotation) -> None:
        """Let the passage of an annotation be selected anew."""
        self._changing = annotation.id
        self.view.focus()
        self.view.select(annotation.range)
        self.query_one(SelectionBar).prompt = "keep this range"

    def on_change_range(self, message: ChangeRange) -> None:
        """Select a passage anew for the list of annotations."""
        message.stop()
        annotation = self.now.by_id.get(message.annotation_id)
        if annotation is not None:
            self._close_panel()
            self.begin_range(annotation)

    def on_put_back(self, message: PutBack) -> None:
        """Put an annotation back for the list of annotations."""
        message.stop()
        annotation = self.now.by_id.get(message.annotation_id)
        if annotation is not None and annotation.is_orphaned:
            self._put_back(annotation)
        else:
            self.say("This annotation has its place.")

    @work
    async def action_put_back(self) -> None:
        """Put an annotation that lost its place back; choose where several have."""
        lost = [each for each in self.now.annotations if each.is_orphaned]
        if not lost:
            self.say("No annotation has lost its place.")
            return
        from reader.ui.dialogs.pick_annotation import pick_annotation  # noqa: PLC0415  (when needed)

        title = f"Put back which? {len(lost)} lost their place"
        chosen = await pick_annotation(self, lost, title)
        annotation = self.now.by_id.get(chosen or "")
        if annotation is not None:
            self._put_back(annotation)

    def _put_back(self, annotation: Annotation) -> None:
        """Put an annotation on the selection, else on the place where it seems to belong."""
        passage: TextRange = self.view.selection or annotation.range
        if not self.now.document.quote(passage).strip():
            self.say(
                self.with_keys(
                    "No place suggests itself; select its passage first, then press"
                    " {annotation.put_back}."
                )
            )
            self.show_hint(annotation)
            return
        self.open_article.move(annotation.id, passage)
        self.view.select(None)
        self.show_state()
        place = self.now.by_id[annotation.id].place
        self.view.viewport.show(place.start, at_third=True)
        words = one_line(self.now.document.quote(place.range), QUOTE_LENGTH)
        self.say(f"Put back, u undoes it: {words}")

    # The article as it was

    @work
    async def action_old_version(self) -> None:
        """Show the article as it was when the annotation at the caret, or any, was made."""
        versions = versions_of(self.now)
        around = {each.id for each in self.now.at(self.view.caret)}
        version: Version | None = versions[0] if versions else None
        here = [each for each in versions if around & each.annotation_ids]
        if here:
            version = here[0]
        elif len(versions) > 1:
            from reader.ui.dialogs.pick import PickRow, PickScreen  # noqa: PLC0415  (when needed)

            rows = [PickRow(f"As it was on {each.day}", each.described) for each in versions]
            question = PickScreen(rows, question="Which version of the article?")
            picked = await self.app.push_screen_wait(question)
            version = None if picked is None else versions[picked]
            if version is None:
                return
        if version is None:
            self.say("The article is what it was when the annotations were made.")
            return
        await self._show_version(version, next(iter(around & version.annotation_ids), ""))

    async def _show_version(self, version: Version, annotation_id: str) -> None:
        from reader.ui.screens.old_version import OldVersionScreen  # noqa: PLC0415  (when needed)

        loading_article = await asyncio.to_thread(
            self.host.session.old_version, self.now, version.digest
        )
        if loading_article is None:
            self.say("The library has no copy of that version any more.")
            return
        self.app.push_screen(OldVersionScreen(loading_article, version, goes_to=annotation_id))


def _is_reworded(annotation: Annotation, quote: str) -> bool:
    """Tell whether an annotation's passage has other words than when it was marked."""
    selector = annotation.selector
    return annotation.needs_review or bool(selector.earlier) or quote != selector.exact
