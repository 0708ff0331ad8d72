"""Resolve a noun phrase to the person that it means, pronouns and offices too."""

from __future__ import annotations

import math
from typing import NamedTuple

from reader.core.document import TextRange
from reader.core.speech.genitives import GENITIVE, is_genitive
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.people import Mention, People
from reader.core.speech.phrases import NounPhrase, PhraseKind, Phrases, range_of_phrase
from reader.core.speech.tokens import Sentence

_FURTHEST = 5000
"""How many code points before a pronoun the person that it means is named."""

_REACH = 26
"""How many mentions before a pronoun are compared."""


_LONGEST_DATELINE = 9
"""How many tokens the place before a report may have, with the agency's name."""

_CLEAR = 2.0
"""By how much the person that a pronoun means must be ahead of every other."""


class _Weights(NamedTuple):
    """How much each fact counts for a person that a pronoun may mean; tuned on news articles."""

    speaker: float = 5.0
    speaker_distance: float = 0.8
    mention: float = 2.6
    order: float = 0.25
    paragraphs: float = 0.6
    subject: float = 1.8
    subject_in_paragraph: float = 1.0
    subject_in_sentence: float = 0.6
    gender: float = 1.0
    unknown: float = 1.0


_WEIGHTS = _Weights()


class Speaker(NamedTuple):
    """Who a noun phrase means."""

    name: str
    """The fullest name, or the words; empty if unknown."""
    mention: TextRange
    """The noun phrase."""
    is_pronoun: bool = False
    """Whether it is a pronoun."""
    is_clear: bool = True
    """Whether a pronoun can mean nobody else."""


class LastSpeaker(NamedTuple):
    """Who spoke last."""

    name: str
    paragraph: int


class Speakers:
    """Resolves noun phrases in the order of the text."""

    def __init__(self, text: str, lexicon: Lexicon, people: People, phrases: Phrases) -> None:
        self._text = text
        self._lexicon = lexicon
        self._people = people
        self._phrases = phrases
        self._last: LastSpeaker | None = None

    def heard(self, name: str, paragraph: int) -> None:
        """Note who spoke last."""
        if name:
            self._last = LastSpeaker(name, paragraph)

    def last_within(self, paragraph: int, distance: int) -> str:
        """Return who spoke last, at most ``distance`` paragraphs before; empty if nobody did."""
        last = self._last
        return last.name if last is not None and last.paragraph >= paragraph - distance else ""

    def resolve(
        self, sentence: Sentence, phrase: NounPhrase, paragraph: int, pronoun: str = ""
    ) -> Speaker:
        """Return who a noun phrase means."""
        mention = range_of_phrase(sentence, phrase)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._resolve_pronoun(sentence, phrase, paragraph, mention, pronoun)
        written = [token.text for token in sentence[phrase.first : phrase.end]]
        words = [GENITIVE.sub("", word) for word in written]
        if phrase.kind is PhraseKind.NAME:
            starters = self._lexicon.starters - self._lexicon.titles
            while len(words) > 1 and words[0] in starters:
                words.pop(0)
            return Speaker(self._people.fullest(words, mention.start), mention)
        return Speaker(self._holder(words) or " ".join((*written[:-1], words[-1])), mention)

    def _holder(self, words: list[str]) -> str:
        """Return the person with the office that a nominal names; empty if that is not sure."""
        head = words[-1].lower()
        is_office = head in self._lexicon.offices and words[0].lower() in self._lexicon.determiners
        return self._people.holder_of(head) if is_office and len(words) <= 3 else ""

    def _resolve_pronoun(
        self,
        sentence: Sentence,
        phrase: NounPhrase,
        paragraph: int,
        mention: TextRange,
        pronoun: str,
    ) -> Speaker:
        word = pronoun or sentence[phrase.first].lower.replace("’", "'").split("'")[0]
        gender = self._lexicon.pronouns.get(word, "x")
        if gender in "mf":
            name, is_clear = self._antecedent(gender, mention.start, paragraph, sentence[0].start)
            return Speaker(name, mention, is_pronoun=True, is_clear=is_clear)
        if gender in "np":
            subject = self.subject(sentence, phrase.first, paragraph)
            if subject is not None and subject.name and not subject.is_pronoun:
                return Speaker(subject.name, mention, is_pronoun=True, is_clear=False)
            last = self.last_within(paragraph, 1)
            if last and not self._people.gender_of(last):
                return Speaker(last, mention, is_pronoun=True, is_clear=False)
        return Speaker("", mention, is_pronoun=True)

    def _antecedent(
        self, gender: str, offset: int, paragraph: int, sentence_start: int
    ) -> tuple[str, bool]:
        """Return whom a pronoun at ``offset`` most likely means, and whether nobody else fits.

        The name is empty if there is none.
        """
        people, scores = self._people, dict[str, float]()
        last = self._last
        if last is not None and last.paragraph >= paragraph - 3 and self._is_one(last.name):
            known = people.gender_of(last.name)
            if known in ("", gender):
                distance = _WEIGHTS.speaker_distance * (paragraph - last.paragraph)
                agrees = _WEIGHTS.gender * (known == gender)
                scores[last.name] = _WEIGHTS.speaker + agrees - distance
        end = people.index_before(offset)
        for order, mention in enumerate(reversed(people.mentions[max(end - _REACH, 0) : end])):
            if offset - mention.start > _FURTHEST:
                break
            if self._may_mean(mention, gender):
                breaks = self._text.count("\n", mention.start, offset)
                score = self._score(
                    mention, order, breaks, in_sentence=mention.start >= sentence_start
                )
                scores[mention.name] = max(scores.get(mention.name, score), score)
        if not scores:
            return "", False
        best = max(scores, key=lambda name: scores[name])
        rival = max((score for name, score in scores.items() if name != best), default=-math.inf)
        people.assume_gender(best, gender)
        return best, scores[best] - rival >= _CLEAR

    def _is_one(self, name: str) -> bool:
        """Return whether a speaker may be meant by *he* or *she*: a name, or one with an office."""
        lexicon, words = self._lexicon, name.split()
        if words[0].lower() not in lexicon.determiners and not words[0][0].islower():
            return True
        return words[-1] in lexicon.offices | lexicon.masculine | lexicon.feminine

    def _may_mean(self, mention: Mention, gender: str) -> bool:
        """Return whether a pronoun of a gender may mean who is named at a mention."""
        known = self._people.gender_of(mention.name)
        is_person = bool(known) or mention.is_person or " " in mention.name
        return is_person and not mention.is_organisation and known in ("", gender)

    def _score(self, mention: Mention, order: int, breaks: int, *, in_sentence: bool) -> float:
        """Return how likely a pronoun means who is named at a mention that it may mean.

        Args:
            mention: The mention.
            order: How many mentions are between it and the pronoun.
            breaks: How many paragraphs end between them.
            in_sentence: Whether they are in one sentence.
        """
        weights, known = _WEIGHTS, self._people.gender_of(mention.name)
        score = weights.mention - weights.order * order - weights.paragraphs * min(breaks, 6)
        if known:
            score += weights.gender
        elif not mention.is_person:
            score -= weights.unknown
        if mention.is_subject:
            score += weights.subject + weights.subject_in_paragraph * (not breaks)
            score += weights.subject_in_sentence * in_sentence
        return score

    def _owned(self, sentence: Sentence, first: int, end: int, paragraph: int) -> Speaker | None:
        """Return who *Solvay’s colleague, Ilse Brandt,* or *Solvay’s campaign* is."""
        lexicon, last = self._lexicon, first + 1
        while (
            last < end
            and sentence[last].is_word
            and sentence[last].lower not in lexicon.asides | lexicon.cues
            and sentence[last].lower not in lexicon.prepositions
        ):
            if sentence[last].lower in lexicon.utterances:
                phrase = NounPhrase(first, first + 1, PhraseKind.NAME)
                return self.resolve(sentence, phrase, paragraph)
            last += 1
        if last + 1 < end and sentence[last].is_sign(",") and sentence[last + 1].is_capital:
            name_end = last + 2
            while name_end < end and sentence[name_end].is_capital:
                name_end += 1
            phrase = NounPhrase(last + 1, name_end, PhraseKind.NAME)
        elif last > first + 1:
            phrase = NounPhrase(first, last, PhraseKind.NOMINAL)
        else:
            return None
        return self.resolve(sentence, phrase, paragraph)

    def subject(self, sentence: Sentence, end: int, paragraph: int) -> Speaker | None:
        """Return the first noun phrase of a sentence before ``end`` that may be its subject."""
        lexicon, at = self._lexicon, 0
        dateline = self._after_dateline(sentence)
        if 0 < dateline < end:
            sentence, end = sentence[dateline:], end - dateline
        first = sentence[0]
        is_fronted = first.is_word and (
            first.text in lexicon.openers
            or (
                first.lower.endswith((lexicon.participle_ending, lexicon.past_ending))
                and len(first.text) > 5
                and not self._people.is_known(first.text)
            )
        )
        if first.lower in lexicon.determiners and (phrase := self._phrases.after(sentence, 0)):
            return self.resolve(sentence, phrase, paragraph)
        while at < end:
            token = sentence[at]
            if not token.is_word:
                at += 1
                continue
            if lexicon.pronouns.get(token.lower, "n") != "n":
                phrase = NounPhrase(at, at + 1, PhraseKind.PRONOUN)
                return self.resolve(sentence, phrase, paragraph)
            if self._may_begin_subject(sentence, at):
                if is_genitive(token) and (at == 0 or sentence[at - 1].is_sign(",")):
                    return self._owned(sentence, at, end, paragraph)
                last = at
                while last + 1 < end and self._joins(sentence, last):
                    last += 1
                is_lone_title = last == at and token.text in lexicon.titles
                if not is_lone_title and not self._is_elsewhere(
                    sentence, at, last, is_fronted=is_fronted
                ):
                    phrase = NounPhrase(at, last + 1, PhraseKind.NAME)
                    return self.resolve(sentence, phrase, paragraph)
                at = last
            at += 1
        return self._owner(sentence, end, paragraph) or self._nominal_subject(
            sentence, end, paragraph
        )

    @staticmethod
    def _after_dateline(sentence: Sentence) -> int:
        """Return the index after the place that begins a report: *LOWER TAMSIN (AFP) —*."""
        for at, token in enumerate(sentence[:_LONGEST_DATELINE]):
            if at and token.is_sign("-–—"):
                return at + 1
            if not (token.is_capital or token.is_sign(",.()/")):
                break
        return 0

    def _owner(self, sentence: Sentence, end: int, paragraph: int) -> Speaker | None:
        """Return whose response, letter or warning a sentence is about."""
        for at in range(1, end):
            owner = sentence[at - 1]
            if sentence[at].lower in self._lexicon.utterances and owner.is_word:
                if owner.is_capital and is_genitive(owner):
                    first = at - 1
                    while first and sentence[first - 1].is_capital:
                        first -= 1
                    phrase = NounPhrase(first, at, PhraseKind.NAME)
                    return self.resolve(sentence, phrase, paragraph)
                if gender := self._lexicon.gendered.get(owner.lower):
                    pronoun = "he" if gender == "m" else "she"
                    phrase = NounPhrase(at - 1, at, PhraseKind.PRONOUN)
                    return self.resolve(sentence, phrase, paragraph, pronoun)
        return None

    def _may_begin_subject(self, sentence: Sentence, at: int) -> bool:
        token, lexicon = sentence[at], self._lexicon
        if not token.is_capital or (
            token.text in lexicon.starters and token.text not in lexicon.titles
        ):
            return False
        if at == 0:
            return self._people.is_known(token.text) or (
                len(sentence) > 1 and sentence[1].is_capital
            )
        return sentence[at - 1].lower not in lexicon.oblique

    def _joins(self, sentence: Sentence, last: int) -> bool:
        token, following = sentence[last], sentence[last + 1]
        return following.is_capital and following.start == token.end + 1 and not is_genitive(token)

    def _is_elsewhere(self, sentence: Sentence, first: int, last: int, *, is_fronted: bool) -> bool:
        """Return whether a name cannot be the subject: a genitive, a day, a fronted place."""
        lexicon = self._lexicon
        if is_genitive(sentence[last]) or sentence[last].text in lexicon.days:
            return True
        if not is_fronted:
            return False
        if first == 0 or not sentence[first - 1].is_sign(","):
            return True
        following = sentence[last + 1] if last + 1 < len(sentence) else None
        return (
            following is None
            or not following.is_word
            or following.lower in lexicon.prepositions
            or following.lower in lexicon.conjunctions | lexicon.oblique
        )

    def _nominal_subject(self, sentence: Sentence, end: int, paragraph: int) -> Speaker | None:
        lexicon, first = self._lexicon, sentence[0]
        is_plural = (
            first.is_capital
            and not is_genitive(first)
            and (first.lower.endswith("s") or first.lower in lexicon.people)
            and first.text not in lexicon.starters
        )
        if not (is_plural or first.lower in lexicon.determiners):
            return None
        at = 1
        while (
            at < min(end, 6)
            and sentence[at].is_word
            and sentence[at].lower not in lexicon.asides
            and sentence[at].lower not in lexicon.cues
            and sentence[at].lower not in lexicon.prepositions
        ):
            at += 1
        if at == 1 and sentence[0].lower in lexicon.articles:
            return None
        return self.resolve(sentence, NounPhrase(0, at, PhraseKind.NOMINAL), paragraph)
