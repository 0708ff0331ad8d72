"""Giving claims their statuses: two keys in the article, one in the list of annotations."""

from __future__ import annotations

from reader.core.annotation import CLAIM, Annotation
from reader.core.claims import claim_among
from reader.core.document import TextRange
from reader.ui.actions import Actions
from reader.ui.key_hints import no_status, status_of_command
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.speakers import SpeakerCommands
from reader.ui.widgets.selection_bar import SelectionBar


class StatusCommands:
    """Gives a claim a status; marks what is not a claim yet."""

    def __init__(self, context: ReadingContext, speakers: SpeakerCommands) -> None:
        self._context = context
        self._speakers = speakers

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"status": self.choose}

    async def choose(self) -> None:
        """Let the reader press the letter of a status, for the claim or the passage here."""
        from reader.ui.reading.status_choice import UNKNOWN, StatusChoice  # noqa: PLC0415  (when needed)

        context = self._context
        target = self._target()
        if isinstance(target, TextRange) and target.is_empty:
            context.show_status("There are no words to mark here.")
            return
        context.show_status(_question(target))
        bar = context.screen.query_one(SelectionBar)
        name = await context.ask(StatusChoice(bar, context.host.settings.statuses))
        context.status_line.clear_message()
        if name == UNKNOWN:
            context.show_status("No status has that letter; nothing was changed.")
        elif name is not None:
            self._give(self._target(), name)

    def _target(self) -> Annotation | TextRange:
        """Return the annotation here, of several a claim, or the passage of a new claim."""
        context, view = self._context, self._context.view
        annotation = claim_among(context.at_caret)
        if view.selection is None and view.chosen is None and annotation is not None:
            return annotation
        passage = context.passage_to_mark
        return context.annotation_of(passage) or passage

    def _give(self, target: Annotation | TextRange, name: str) -> None:
        if isinstance(target, Annotation):
            self._context.view.select(None)
            self.set(target.id, name)
        else:
            self._mark(target, name)

    def _mark(self, passage: TextRange, name: str) -> None:
        context = self._context
        context.view.select(None)
        _, claim = context.open_article.mark(passage, [CLAIM], name)
        context.show_new(claim)
        keys = context.with_keys("{undo} takes that back")
        context.show_status(f"Marked as claim, {name}; {keys}")
        self._speakers.offer_for(claim)

    def set_by(self, command_id: str, annotation_id: str) -> None:
        """Give an annotation the status whose letter a command has."""
        name = status_of_command(command_id, self._context.host.settings.statuses)
        if name:
            self.set(annotation_id, name)
        else:
            self._context.notify(no_status(command_id), severity="warning")

    def set(self, annotation_id: str, name: str) -> None:
        """Give an annotation a status; what is not a claim becomes one."""
        context = self._context
        before = context.state.by_id[annotation_id]
        context.open_article.set_status(annotation_id, name)
        context.show_state()
        keys = context.with_keys("{undo} takes that back")
        if CLAIM not in before.tags:
            context.show_status(f"Tagged as claim as well, {name}; {keys}")
        elif before.status == name:
            context.show_status(f"It is {name} already.")
        else:
            context.show_status(f"The claim is {name} now; {keys}")


def _question(target: Annotation | TextRange) -> str:
    """Return what choosing a status does, as the status line asks for it."""
    if isinstance(target, TextRange):
        return "Mark as a claim with which status?"
    if CLAIM not in target.tags:
        return "Tag it as a claim as well, with which status?"
    if target.status:
        return f"The claim is {target.status} so far; which status now?"
    return "Which status has the claim?"
