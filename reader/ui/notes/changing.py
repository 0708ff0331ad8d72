"""Changing notes in place: status, tags, speaker, deletion; selected ones together, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.message import Message

from reader.core.annotation import CLAIM, Annotation
from reader.core.text_formatting import counted, one_line
from reader.progress import Stage
from reader.session.querying import NoteKey
from reader.ui.actions import Actions
from reader.ui.commands import NOTES, STATUS_PREFIX, TAG_PREFIX, commands_of
from reader.ui.key_hints import no_status, status_of_command
from reader.ui.notes.context import DeskContext

if TYPE_CHECKING:
    from reader.session.batch_changes import Change, Step

LABEL_LENGTH = 40
"""The most characters of a passage in a message."""


@dataclass
class StepProgressed(Message):
    """A step has come further."""

    done: int
    """In how many articles the notes are changed."""
    total: int
    """How many articles there are."""


class NoteChanging:
    """Changes the selected notes, or the highlighted one; each command is one step for undo."""

    def __init__(self, context: DeskContext) -> None:
        """Change nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        ids = [each.id for each in commands_of(NOTES)]
        return {
            **{id_: partial(self.set_status, id_) for id_ in ids if id_.startswith(STATUS_PREFIX)},
            **{id_: partial(self.toggle_tag, id_) for id_ in ids if id_.startswith(TAG_PREFIX)},
            "note.speaker": self.choose_speaker,
            "annotation.delete": self.delete,
            "names": self._context.host.show_names,
            "notes.undo": self.undo,
            "notes.redo": self.redo,
        }

    def set_status(self, command_id: str) -> None:
        """Give the notes the status whose letter a command has; a single one leads to the next."""
        context = self._context
        status = status_of_command(command_id, context.host.settings.statuses)
        notes = context.chosen
        if not status:
            context.notify(no_status(command_id), severity="warning")
        elif notes:
            if not context.is_selecting:
                context.rows.action_highlight_by(1)
            context.run(self._set_status(notes, status), group="changes")

    async def _set_status(self, notes: Sequence[NoteKey], status: str) -> None:
        from reader.session.edited import with_status  # noqa: PLC0415  (when needed)

        context = self._context
        step = await self.change(f"status {status}", notes, partial(with_status, status=status))
        new_claims = [each.before for each in step.changed if CLAIM not in each.before.tags]
        if new_claims:
            name = _named(new_claims)
            keys = context.with_keys("{notes.undo} takes that back")
            context.notify(f"Tagged as claim as well, {status}: {name}; {keys}.")

    def toggle_tag(self, command_id: str) -> None:
        """Add the tag whose digit a command has; take it away where all the notes have it."""
        context = self._context
        digit = command_id.removeprefix(TAG_PREFIX)
        tag = next((each.name for each in context.host.tags if each.key == digit), "")
        notes = context.chosen
        if not tag:
            context.notify(
                f"No tag has the digit {digit} yet; add one under [[tags]] in the settings file.",
                severity="warning",
            )
        elif notes:
            context.run(self._toggle_tag(notes, tag), group="changes")

    async def _toggle_tag(self, notes: Sequence[NoteKey], tag: str) -> None:
        from reader.session.edited import with_tag, without_tag  # noqa: PLC0415  (when needed)

        context = self._context
        is_set = all(tag in _tags(context, row) for row in notes)
        change = without_tag if is_set else with_tag
        label = f"{'without' if is_set else 'with'} the tag {tag}"
        step = await self.change(label, notes, partial(change, tag=tag))
        if is_set and not step.changed and not step.gone and step.problem is None:
            context.notify(f"It is the only tag{'' if len(notes) == 1 else ' of each'}, and stays.")

    async def choose_speaker(self) -> None:
        """Let the reader choose or type who said the notes."""
        from reader.core.speech.offers import SpeakerOffer, speaker_offers  # noqa: PLC0415
        from reader.ui.dialogs.pick_speaker import SpeakerScreen  # noqa: PLC0415  (when needed)

        context, host = self._context, self._context.host
        notes = context.chosen
        present = await context.annotations(notes)
        if not present:
            return
        await host.known_names.need()
        speakers = {each.speaker for each in present}
        speaker = speakers.pop() if len(speakers) == 1 else ""
        offers: tuple[SpeakerOffer, ...] = speaker_offers(
            None, (), host.known_names.speakers, host.known_names.other_names
        )
        host.known_names.learn()
        name = await context.screen.app.push_screen_wait(SpeakerScreen(offers, speaker))
        if name is None:
            return
        if name:
            host.known_names.use_speaker(name)
        label = f"said by {name}" if name else "without a speaker"
        await self.change(label, notes, lambda each: replace(each, speaker=name))

    async def delete(self) -> None:
        """Delete the notes."""
        from reader.session.edited import with_deletion  # noqa: PLC0415  (when needed)

        context, notes = self._context, self._context.chosen
        if not notes:
            return
        step = await self.change("delete", notes, with_deletion)
        if step.changed:
            gone = {each.after.id for each in step.changed}
            context.rows.selected -= gone
            name = _named([each.before for each in step.changed])
            keys = context.with_keys("{notes.undo} brings {}")
            pronoun = "it" if len(step.changed) == 1 else "them"
            context.notify(f"Deleted {name}; {keys.replace('{}', pronoun)} back.")
            context.reload()
        elif notes:
            context.notify("It is deleted already.")

    async def undo(self) -> None:
        """Bring back the notes if they are deleted, else undo the last step."""
        from reader.session.edited import without_deletion  # noqa: PLC0415  (when needed)

        context = self._context
        deleted = [row for row in context.chosen if _is_deleted(context, row)]
        if deleted:
            step = await self.change("bring back", deleted, without_deletion)
            if step.changed:
                is_back = "is back" if len(step.changed) == 1 else "are back"
                context.notify(f"{_named([each.after for each in step.changed])} {is_back}.")
                context.reload()
            return
        undone = await context.host.undo_notes(self._report)
        self._show_step(undone, "Undone", "Nothing to undo here.")

    async def redo(self) -> None:
        """Make the step again that was undone last."""
        step = await self._context.host.redo_notes(self._report)
        self._show_step(step, "Redone", "Nothing to redo here.")

    def _show_step(self, step: Step | None, done: str, nothing: str) -> None:
        context = self._context
        if step is None:
            context.notify(nothing)
            return
        context.show_step(step)
        returned = [each.before.is_deleted and not each.after.is_deleted for each in step.changed]
        if any(each.before.is_deleted != each.after.is_deleted for each in step.changed):
            context.reload()
        is_shown = bool(step.changed) and context.rows.highlight_key(step.changed[0].after.id)
        if step.sentence:
            context.notify(f"{done}: {step.sentence}" if step.changed else step.sentence)
            context.reload()
        elif step.changed and (len(step.changed) > 1 or any(returned) or not is_shown):
            name = _named([each.after for each in step.changed])
            context.notify(f"{done}: {step.label}, {name}.")
        elif not step.changed and step.problem is None:
            context.notify(f"“{step.label}” was changed elsewhere since, and stays.")

    def _report(self, _stage: Stage, done: int, total: int) -> None:
        """Show how far a step has come; called on a thread."""
        if total > 1:
            self._context.screen.post_message(StepProgressed(done, total))

    async def change(self, label: str, notes: Sequence[NoteKey], change: Change) -> Step:
        """Make a step, show it, and say how many notes it changed where there are several."""
        from reader.session.batch_changes import NoteId  # noqa: PLC0415  (when needed)

        context = self._context
        keys = [NoteId(row.article_id, row.id) for row in notes]
        is_all_read = all(context.summary_of(row) is not None for row in notes)
        step = await context.host.change_notes(label, keys, change, self._report)
        context.show_step(step)
        if not is_all_read:
            context.reload()  # what stands in the keys of rows far from the screen has changed
        if step.gone:
            was = "was" if step.gone == 1 else "were"
            context.notify(
                f"{counted(step.gone, 'note')} {was} deleted meanwhile.", severity="warning"
            )
        if len(step.changed) > 1 and label != "delete":
            keys_ = context.with_keys("{notes.undo} takes that back")
            context.notify(f"{counted(len(step.changed), 'note')}: {label}; {keys_}.")
        return step


def _is_deleted(context: DeskContext, row: NoteKey) -> bool:
    summary = context.summary_of(row)
    return row.is_deleted if summary is None else summary.annotation.is_deleted


def _tags(context: DeskContext, row: NoteKey) -> tuple[str, ...]:
    summary = context.summary_of(row)
    return row.tags if summary is None else summary.annotation.tags


def _named(annotations: Sequence[Annotation]) -> str:
    """Return the words of a note in quotation marks, or how many notes there are."""
    if len(annotations) == 1:
        return f"“{one_line(annotations[0].selector.exact, LABEL_LENGTH)}”"
    return counted(len(annotations), "note")
