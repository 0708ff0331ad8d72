"""Saying who said a passage: the speaker that was found, the last one, or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.core.annotation import CLAIM, QUOTE, Annotation
from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.speech_finder import SpeechFinder
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.core.speech import Speech

SPOKEN = frozenset({QUOTE, CLAIM})
"""The tags of what somebody says."""


class FoundSpeaker(NamedTuple):
    """The speaker that was found for an annotation."""

    name: str
    """The fullest name in the article."""
    is_sure: bool
    """Whether it is offered without a question mark."""
    reason: str
    """What shows it, in a phrase."""


class SpeakerCommands:
    """Offers speakers for the annotation at the caret, and saves the one that the reader takes."""

    def __init__(self, context: ReadingContext, speech: SpeechFinder) -> None:
        self._context = context
        self._speech = speech

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "speaker.take": self.take,
            "speaker.choose": self.choose,
            "speaker.last": self.repeat,
        }

    async def take(self) -> None:
        """Take the speaker that was found for the annotation at the caret."""
        annotation = self._at_caret()
        if annotation is None:
            return
        found = found_speaker(annotation, await self._speech.around(annotation.range))
        if found is None:
            self._show_why_none(annotation.speaker)
            return
        known_names = self._context.host.known_names
        await known_names.need()
        self._save(annotation, known_names.spelling(found.name))

    def _show_why_none(self, speaker: str) -> None:
        """Show why no speaker was taken.

        Args:
            speaker: The annotation's speaker; empty if it has none.
        """
        context = self._context
        if speaker:
            keys = context.with_keys("{speaker.choose} chooses another speaker")
            context.show_status(f"Said by {speaker} already; {keys}")
        else:
            keys = context.with_keys("{speaker.choose} chooses a speaker")
            context.show_status(f"Nothing says who said this; {keys}")

    async def choose(self) -> None:
        """Let the reader choose or type a speaker for the annotation at the caret."""
        annotation = self._at_caret()
        if annotation is None:
            return
        from reader.core.speech.offers import SpeakerOffer, speaker_offers  # noqa: PLC0415
        from reader.ui.dialogs.pick_speaker import SpeakerScreen  # noqa: PLC0415  (when needed)

        speech = await self._speech.around(annotation.range)
        host = self._context.host
        await host.known_names.need()
        found = found_speaker(annotation, speech)
        here = (each.speaker for each in self._context.state.annotations if each.speaker)
        offers = speaker_offers(
            None if found is None else SpeakerOffer(found.name, found.reason),
            dict.fromkeys((*speech.people_near(annotation.place.start), *here)),
            host.known_names.speakers,
            host.known_names.other_names,
        )
        host.known_names.learn()
        name = await self._context.ask(SpeakerScreen(offers, annotation.speaker))
        if name is not None:
            self._save(annotation, name)

    async def repeat(self) -> None:
        """Take the speaker that was given last."""
        annotation, host = self._at_caret(), self._context.host
        if annotation is None:
            return
        await host.known_names.need()
        known = host.known_names.speakers
        if not known:
            keys = self._context.with_keys("{speaker.choose} chooses a speaker")
            self._context.show_status(f"No speaker has been given yet; {keys}")
            return
        self._save(annotation, known[0])

    def _at_caret(self) -> Annotation | None:
        """Return the annotation at the caret; None, after a message, where there is none."""
        at_caret = self._context.at_caret
        if at_caret:
            return at_caret[0]
        sentence = (
            "Nothing is marked here; {tag.1} marks the sentence or what {quotation.select} selects."
        )
        self._context.show_status(self._context.with_keys(sentence))
        return None

    def _save(self, annotation: Annotation, name: str) -> None:
        context = self._context
        context.open_article.edit(annotation.id, speaker=name)
        context.show_state()
        if name:
            context.host.known_names.use_speaker(name)
        done = f"Said by {name}" if name else "No speaker any more"
        keys = context.with_keys("{undo} takes that back")
        context.show_status(f"{done}; {keys}")

    def offer_for(self, annotation: Annotation) -> None:
        """Look for the speaker of a new annotation, and show in the bar who it is."""
        if not SPOKEN.isdisjoint(annotation.tags):
            self._context.screen.run_worker(self._offer(annotation), group="speaker")

    async def _offer(self, annotation: Annotation) -> None:
        context = self._context
        await context.host.known_names.need()
        found = self._named(found_speaker(annotation, await self._speech.around(annotation.range)))
        if found is None or not context.is_laid_out:
            return
        self.show()
        if context.state.by_id.get(annotation.id) == annotation:
            sure = "" if found.is_sure else "maybe "
            keys = context.with_keys("{speaker.take}: " + f"{sure}{found.name}")
            context.show_status(f"Marked as {annotation.tags[0]}; {keys}, {found.reason}")

    def show(self) -> None:
        """Show in the bar who said the annotation at the caret, where that was found."""
        context = self._context
        at_caret = context.at_caret
        speech = self._speech.known_at(at_caret[0].range) if at_caret else None
        found = self._named(found_speaker(at_caret[0], speech)) if at_caret and speech else None
        bar = context.screen.query_one(SelectionBar)
        bar.speaker = "" if found is None else found.name if found.is_sure else f"{found.name}?"

    def _named(self, found: FoundSpeaker | None) -> FoundSpeaker | None:
        """Return a speaker under the name that the library's notes have."""
        if found is None:
            return None
        return found._replace(name=self._context.host.known_names.other_names.main_name(found.name))


def found_speaker(annotation: Annotation, speech: Speech) -> FoundSpeaker | None:
    """Return who said an annotation of what somebody says; None if it has a speaker."""
    if annotation.speaker or annotation.is_orphaned or SPOKEN.isdisjoint(annotation.tags):
        return None
    quotation = speech.within(annotation.range)
    if quotation is None or not quotation.speaker:
        return None
    return FoundSpeaker(quotation.speaker, quotation.is_sure, quotation.reason)
