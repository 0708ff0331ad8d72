"""The difference of two versions of the article, with the annotations of the later one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual.binding import BindingType
from textual.content import Content

from reader.core.article_diff import Change, Part, change_at
from reader.core.document import TextRange
from reader.core.folded_document import FoldedDocument
from reader.core.text_formatting import counted, one_line
from reader.session import LoadingArticle, OpenArticle, ReadingState
from reader.session.open_article import discard
from reader.ui.actions import Actions, merged
from reader.ui.bindings import bindings_of
from reader.ui.commands import CHANGES, COPYING, commands_of
from reader.ui.painting.article_painter import CHANGE_SIGNS
from reader.ui.reading.read_only_screen import ReadOnlyScreen
from reader.ui.version_names import between
from reader.ui.widgets.row_list import sanitise_content

if TYPE_CHECKING:
    from reader.core.annotation import Annotation
    from reader.session.comparing import Comparison
    from reader.session.versions import Version


class ChangesScreen(ReadOnlyScreen):
    """Shows the later version, with what was added, removed and moved since the earlier one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CHANGES)]
    HELP_NAME = CHANGES
    HINTS = (
        "{changes.next} next change · {changes.previous} previous · {changes.fold} fold"
        " · {back} back"
    )

    REFUSAL = "This shows what changed; nothing can be changed here. {back} goes back."
    NO_COPYING = "Removed words stand among these, so nothing is copied here. {back} goes back."

    def __init__(self, comparison: Comparison, earlier: Version, later: Version) -> None:
        """Show a comparison.

        Args:
            comparison: The two versions, compared.
            earlier: What is known about the earlier one.
            later: What is known about the later one.
        """
        super().__init__(_loaded(comparison.state))
        self._whole = comparison.state
        self._diff = comparison.diff
        self._pair = (earlier, later)
        self._changes: tuple[Change, ...] = comparison.diff.changes
        self._folded: FoldedDocument | None = None
        actions: Actions = {
            **merged(self.caret, self.panel),
            **self.own_actions,
            "changes.next": partial(self.go, 1),
            "changes.previous": partial(self.go, -1),
            "changes.fold": self.toggle_folding,
        }
        commands = {command.id for command in commands_of(CHANGES)}
        self._actions = {name: action for name, action in actions.items() if name in commands}

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return self._actions

    def on_mount(self) -> None:
        """Say what is compared, and show the first change."""
        context, article = self.context, self._whole.article
        title = one_line(article.metadata.title or article.source, 80)
        count = counted(len(self._changes), "change") if self._changes else "no change"
        facts = sanitise_content(Content(f" · {count} · {title}"), 400).plain
        self.show_title(
            Content.assemble(
                ("What changed ", "bold $warning"),
                (between(*self._pair), "bold $heading"),
                (facts, "$faint"),
            )
        )
        context.status_line.save = context.host.session.writer.status
        self._show_parts(self._diff.parts)
        context.show_state()
        if self._changes:
            first = self._changes[0].range.start
            self.call_after_refresh(self.view.move_caret, first, at_third=True)
        else:
            context.show_status("The two versions have the same words.")

    def section_at(self, caret: int) -> str:
        """Return which change is at an offset, or before it."""
        count = len(self._changes)
        index = change_at(self._changes, caret)
        if index < 0:
            return counted(count, "change") if count else super().section_at(caret)
        change = self._changes[index]
        position = f"{index + 1} of {count}"
        if not change.range.start <= caret <= change.range.end:
            return f"after {position}"
        words = "moved here" if change.kind == "moved" else str(change.kind)
        return f"{position} · {CHANGE_SIGNS[change.kind]} {words}"

    def refusal_of(self, command_id: str) -> str:
        """Return why a command of the article is not carried out; copying is none either."""
        return self.NO_COPYING if command_id in COPYING else super().refusal_of(command_id)

    def go(self, step: int) -> None:
        """Go to the next change; after the last comes the first.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        changes, caret = self._changes, self.view.caret
        if not changes:
            self.context.show_status("The two versions have the same words.")
            return
        starts = [change.range.start for change in changes]
        if step > 0:
            target = next((start for start in starts if start > caret), starts[0])
        else:
            target = next((start for start in reversed(starts) if start < caret), starts[-1])
        self.view.move_caret(target, at_third=True)

    def toggle_folding(self) -> None:
        """Show one line in place of paragraphs in a row that have not changed, or all again."""
        caret = self.view.caret
        if self._folded is not None:
            caret, self._folded = self._folded.offset_in_whole(caret), None
            state, changes, parts = self._whole, self._diff.changes, self._diff.parts
        else:
            folded = FoldedDocument(
                self._whole.document, (each.range for each in self._diff.changes)
            )
            if not folded.has_folds:
                self.context.show_status("Every paragraph is near a change.")
                return
            caret, self._folded = folded.offset_of(caret), folded
            state = _folded_state(self._whole, folded)
            changes = tuple(_folded_change(each, folded) for each in self._diff.changes)
            parts = tuple(part for change in changes for part in change.parts)
        self._changes = changes
        self.view.changes = ()
        self.context.loading_article = _loaded(state)
        self.context.show_state()
        self._show_parts(parts)
        self.call_after_refresh(self.view.move_caret, caret, at_third=True)

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        self.view.changes = parts


def _loaded(state: ReadingState) -> LoadingArticle:
    return LoadingArticle(OpenArticle(state, discard, is_unchanged=True), iter(()))


def _folded_state(state: ReadingState, folded: FoldedDocument) -> ReadingState:
    """Return a state with the folded document, without the annotations that are folded."""
    by_id: dict[str, Annotation] = {}
    for annotation in state.annotations:
        if place := folded.range_of(annotation.range):
            moved = replace(annotation.place, start=place.start, end=place.end)
            by_id[annotation.id] = replace(annotation, place=moved)
    return ReadingState(state.article, folded.document, by_id)


def _folded_change(change: Change, folded: FoldedDocument) -> Change:
    """Return a change where it is in the folded document, which has all of them."""
    shift = folded.offset_of(change.range.start) - change.range.start
    parts = tuple(part._replace(range=_shifted(part.range, shift)) for part in change.parts)
    return change._replace(range=_shifted(change.range, shift), parts=parts)


def _shifted(passage: TextRange, shift: int) -> TextRange:
    return TextRange(passage.start + shift, passage.end + shift)
