"""Find who is said, in the same sentence, to have said a quoted passage."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.speech.attribution_after import AttributionAfter
from reader.core.speech.attribution_before import AttributionBefore
from reader.core.speech.clues import Clues
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.phrases import Phrases
from reader.core.speech.quotation import NOBODY, Attribution, Evidence
from reader.core.speech.speakers import Speakers
from reader.core.speech.tokens import Sentence


class Attributor:
    """Attributes quoted passages to speakers by the sentence that they stand in."""

    def __init__(self, text: str, lexicon: Lexicon, phrases: Phrases, speakers: Speakers) -> None:
        self._clues = Clues(text, lexicon, phrases, speakers)
        self._after = AttributionAfter(self._clues)
        self._before = AttributionBefore(self._clues)

    def attribute(self, sentence: Sentence, index: int, paragraph: int) -> Attribution | None:
        """Return who the sentence says has said the passage at ``index``; None if it does not."""
        return (
            self._before.find_in_clause(sentence, index, paragraph)
            or self._after.find(sentence, index, paragraph)
            or self._before.find(sentence, index, paragraph)
            or self._after.find_further_on(sentence, index, paragraph)
        )

    def reporting_subject(self, sentence: Sentence, paragraph: int) -> Attribution | None:
        """Return who a sentence says has said something, with marks or without."""
        for at, token in enumerate(sentence):
            if at and token.is_word and not token.is_capital and self._clues.reports(token):
                if sentence[at - 1].lower in self._clues.lexicon.determiners:
                    continue
                phrase = self._clues.phrases.before(sentence, at)
                if phrase is not None:
                    speaker = self._clues.speakers.resolve(sentence, phrase, paragraph)
                    return self._clues.made(speaker, Evidence.SENTENCE_BEFORE, token)
        return self._inverted(sentence, paragraph)

    def _inverted(self, sentence: Sentence, paragraph: int, at: int = 0) -> Attribution | None:
        """Return who is named after the verb that begins a sentence: *Stated Solvay:*."""
        if at >= len(sentence) or not self._clues.reports(sentence[at]):
            return None
        phrase = self._clues.phrases.after(sentence, at + 1)
        if phrase is None or phrase.end >= len(sentence) or sentence[phrase.end].is_word:
            return None
        speaker = self._clues.speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, Evidence.SENTENCE_BEFORE, sentence[at])

    def pointing_back(self, sentence: Sentence, paragraph: int) -> Attribution | None:
        """Return who a sentence says has said what was quoted before it: *So said the mayor*."""
        clues = self._clues
        verb = next((at for at, token in enumerate(sentence) if clues.reports(token)), 0)
        follows = sentence[verb + 1].lower if verb + 1 < len(sentence) else ""
        points = sentence[0].lower in clues.lexicon.pointers
        said: Attribution | None = None
        if points and verb == 1:
            said = self._inverted(sentence, paragraph, verb)
        elif points or (verb and follows in clues.lexicon.pointers - clues.lexicon.relatives):
            said = self.reporting_subject(sentence, paragraph)
        return said and replace(said, evidence=Evidence.SENTENCE_AFTER)

    def by_subject(self, sentence: Sentence, index: int, paragraph: int) -> Attribution:
        """Return whom a sentence with quoted words is about, where nothing says who said them."""
        subject = self._clues.speakers.subject(sentence, index, paragraph)
        if subject is None or not subject.name:
            return NOBODY
        return self._clues.made(subject, Evidence.SUBJECT)
