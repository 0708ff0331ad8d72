"""Going to a sentence on screen by its letters, to mark it."""

from __future__ import annotations

from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext


class SentenceChoice:
    """Lets the reader choose a sentence on screen; a tag then marks it."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"sentence.choose": self.choose}

    async def choose(self) -> None:
        """Show letters before the sentences on screen, and go to the one that is typed."""
        from reader.ui.article.sentence_hints import sentence_hints  # noqa: PLC0415  (when needed)
        from reader.ui.reading.sentence_hint_screen import SentenceHintScreen  # noqa: PLC0415

        context, view = self._context, self._context.view
        viewport = view.viewport
        hints = sentence_hints(viewport, view.units.sentences_in(viewport.on_screen))
        if not hints:
            context.show_status("No sentence on this screen")
            return
        context.show_status("Type the letters before a sentence to go to it; esc cancels")
        sentence = await context.ask(SentenceHintScreen(view, hints))
        context.show_status("")
        if sentence is not None:
            context.note_reading()
            view.choose(sentence)
