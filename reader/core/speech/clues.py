"""What finding the attribution of a passage needs, on whichever side of it."""

from __future__ import annotations

from reader.core.speech.lexicon import Lexicon
from reader.core.speech.phrases import NounPhrase, PhraseKind, Phrases
from reader.core.speech.quotation import Attribution, Evidence
from reader.core.speech.speakers import Speaker, Speakers
from reader.core.speech.tokens import Sentence, Token


class Clues:
    """What the words of a sentence say about who speaks."""

    def __init__(self, text: str, lexicon: Lexicon, phrases: Phrases, speakers: Speakers) -> None:
        """Take the text with what is known of it."""
        self.text = text
        """The text of the article."""
        self.lexicon = lexicon
        """The words of its language."""
        self.phrases = phrases
        """Finds noun phrases."""
        self.speakers = speakers
        """Resolves them to people."""

    def reports(self, token: Token) -> bool:
        """Return whether a word is a verb that reports speech."""
        return token.lower in self.lexicon.speech or token.lower in self.lexicon.nearby

    def is_idiom(self, sentence: Sentence, at: int) -> bool:
        """Return whether a verb reports speech with the word after it: *as she put it*."""
        pair = tuple(token.lower for token in sentence[at : at + 2])
        return pair in self.lexicon.idioms

    def made(self, speaker: Speaker, evidence: Evidence, *around: Token) -> Attribution:
        """Return an attribution whose words are the mention and the tokens ``around`` it."""
        start = min([speaker.mention.start, *(token.start for token in around)])
        end = max([speaker.mention.end, *(token.end for token in around)])
        return Attribution(
            speaker.name,
            speaker.mention,
            evidence,
            self.text[start:end],
            speaker.is_pronoun,
            speaker.is_clear,
        )

    def source(self, sentence: Sentence, at: int, paragraph: int) -> Attribution | None:
        """Return the source named at ``at``: *according to the mayor*."""
        for words in self.lexicon.sources:
            end = at + len(words)
            if tuple(token.lower for token in sentence[at:end]) == words:
                if end < len(sentence) and (gender := self._gender(sentence[end])):
                    pronoun = NounPhrase(end, end + 1, PhraseKind.PRONOUN)
                    speaker = self.speakers.resolve(sentence, pronoun, paragraph, gender)
                    return self.made(speaker, Evidence.SOURCE, sentence[at])
                phrase = self.phrases.after(sentence, end)
                if phrase is not None:
                    speaker = self.speakers.resolve(sentence, phrase, paragraph)
                    return self.made(speaker, Evidence.SOURCE, sentence[at])
        return None

    def _gender(self, token: Token) -> str:
        """Return the subject pronoun of *him* or *her*; empty for other words."""
        gender = self.lexicon.gendered.get(token.lower)
        return next(
            (word for word, kind in self.lexicon.pronouns.items() if gender and kind == gender), ""
        )


class AttributionSide:
    """Finds attributions on one side of quoted passages."""

    def __init__(self, clues: Clues) -> None:
        self._clues = clues
        self._lexicon = clues.lexicon
        self._phrases = clues.phrases
        self._speakers = clues.speakers

    def _agent(self, sentence: Sentence, at: int, paragraph: int) -> Speaker | None:
        """Return the agent of a passive: *was called “…” by the mayor*."""
        for later in range(at + 1, min(at + 8, len(sentence))):
            if sentence[later].lower in self._lexicon.agents:
                phrase = self._phrases.after(sentence, later + 1)
                if phrase is not None:
                    return self._speakers.resolve(sentence, phrase, paragraph)
        return None
