"""Find the attribution that follows a quoted passage: *“…,” she said*."""

from __future__ import annotations

from reader.core.speech.clues import AttributionSide
from reader.core.speech.genitives import is_genitive
from reader.core.speech.phrases import NounPhrase, PhraseKind
from reader.core.speech.quotation import Attribution, Evidence
from reader.core.speech.tokens import Kind, Sentence

_REACH = 30
"""How many tokens after a quotation its verb may stand, after the subject."""

_NEAR = 4
"""How many tokens of any kind may stand between a quotation and the noun phrase of its subject."""

_OPEN_ENDS = ",?!—–-…"
"""Signs at the end of a quotation after which the sentence goes on."""


class AttributionAfter(AttributionSide):
    """Finds attributions after quoted passages."""

    def find(self, sentence: Sentence, index: int, paragraph: int) -> Attribution | None:
        """Return the attribution that follows: *“…”, she said*, *“…,” according to her*."""
        marked = sentence[index].marked
        assert marked is not None
        goes_on = self._clues.text[marked.end - 1] in _OPEN_ENDS or self._clues.text[
            marked.outer.end : marked.outer.end + 1
        ] in tuple(",")
        at = index + 1
        while at < len(sentence) and sentence[at].is_sign(",—–.-"):
            at += 1
        if at >= len(sentence) or not sentence[at].is_word:
            return None
        if sentence[at].lower in self._lexicon.conjunctions - self._lexicon.relatives:
            return self._idiom(sentence, at + 1, paragraph)  # else another clause
        return (
            self._inline_signature(sentence, index, at, paragraph)
            or self._clues.source(sentence, at, paragraph)
            or self._verb_first(sentence, at, paragraph, goes_on=goes_on)
            or (self._acting_subject(sentence, at, paragraph) if goes_on else None)
            or self._verb_later(sentence, at, paragraph, goes_on=goes_on)
        )

    def _idiom(self, sentence: Sentence, at: int, paragraph: int) -> Attribution | None:
        """Return the subject at ``at`` of a verb with its object: *“…,” as the mayor put it*."""
        for verb in range(at + 1, min(at + _REACH, len(sentence))):
            if self._clues.is_idiom(sentence, verb):
                phrase = self._phrases.before(sentence, verb)
                if phrase is None or phrase.first != at:
                    return None
                speaker = self._speakers.resolve(sentence, phrase, paragraph)
                return self._clues.made(speaker, Evidence.AFTER, sentence[verb])
            if sentence[verb].kind is Kind.QUOTED:
                return None
        return None

    def _inline_signature(
        self, sentence: Sentence, index: int, at: int, paragraph: int
    ) -> Attribution | None:
        """Return the name that a dash after a quotation signs it with: *“…” — Ilse Brandt*."""
        if not (sentence[at - 1].is_sign("—–―") and at - 1 == index + 1):
            return None
        phrase = self._phrases.after(sentence, at)
        if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.first != at:
            return None
        if phrase.end < len(sentence) and not sentence[phrase.end].is_sign(",("):
            return None
        if any(self._clues.reports(token) for token in sentence[phrase.end :]):
            return None
        speaker = self._speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, Evidence.SIGNED, sentence[at - 1])

    def _verb_first(
        self, sentence: Sentence, at: int, paragraph: int, *, goes_on: bool
    ) -> Attribution | None:
        """Return the attribution whose verb is first: *“…,” said the mayor*."""
        lexicon, first = self._lexicon, sentence[at]
        if first.lower in lexicon.clitics:
            return self._clitic(sentence, at, paragraph)
        verb = at
        while (
            verb < len(sentence)
            and sentence[verb].is_word
            and not sentence[verb].is_capital
            and (
                sentence[verb].lower in lexicon.asides - {lexicon.infinitive_mark}
                or sentence[verb].lower.endswith(lexicon.adverb_ending)
            )
        ):
            verb += 1
        if verb >= len(sentence) or sentence[verb].is_capital or not sentence[verb].is_word:
            return None
        is_read = goes_on and sentence[verb].lower in lexicon.describing & {"read", "reads"}
        if not (is_read or self._clues.reports(sentence[verb])):
            return None
        if sentence[verb].lower in lexicon.clitics:
            return self._clitic(sentence, verb, paragraph)
        phrase = self._phrases.after(sentence, verb + 1)
        if phrase is None:
            return None
        if phrase.kind is PhraseKind.PRONOUN and lexicon.code == "en":
            return None
        speaker = self._speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, Evidence.AFTER, sentence[verb])

    def _clitic(self, sentence: Sentence, at: int, paragraph: int) -> Attribution:
        """Return the attribution by a verb and a pronoun in one word: *« … », dit-il*."""
        phrase = NounPhrase(at, at + 1, PhraseKind.PRONOUN)
        pronoun = sentence[at].lower.rsplit("-", 1)[1]
        speaker = self._speakers.resolve(sentence, phrase, paragraph, pronoun)
        return self._clues.made(speaker, Evidence.AFTER, sentence[at])

    def _acting_subject(self, sentence: Sentence, at: int, paragraph: int) -> Attribution | None:
        """Return the subject right after the passage, whatever it does: *“…,” Solvay shrugged*."""
        lexicon, end = self._lexicon, at
        kind = PhraseKind.NAME
        if lexicon.pronouns.get(sentence[at].lower) in ("m", "f", "p"):
            end, kind = at + 1, PhraseKind.PRONOUN
        elif sentence[at].text not in lexicon.starters:
            while (
                end < len(sentence) and sentence[end].is_capital and not is_genitive(sentence[end])
            ):
                end += 1
        verb = end
        while (
            verb < len(sentence)
            and sentence[verb].is_word
            and (
                sentence[verb].lower in lexicon.asides
                or sentence[verb].lower.endswith(lexicon.adverb_ending)
            )
        ):
            verb += 1
        if end == at or verb >= len(sentence):
            return None
        if self._is_spoken_to(sentence, verb):
            return self._told_by(sentence, verb, paragraph)
        token = sentence[verb]
        is_verb = (
            token.is_word
            and not token.is_capital
            and (
                token.lower in lexicon.cues
                or token.lower.endswith(lexicon.past_ending)
                or token.lower in lexicon.actions
            )
        )
        if not is_verb:
            return None
        phrase = NounPhrase(at, end, kind)
        return self._clues.made(
            self._speakers.resolve(sentence, phrase, paragraph), Evidence.AFTER, token
        )

    def _verb_later(
        self, sentence: Sentence, at: int, paragraph: int, *, goes_on: bool
    ) -> Attribution | None:
        """Return the attribution of a longer subject: *“…,” Ilse Brandt, the mayor, said*."""
        for later in range(at + 1, min(at + _REACH, len(sentence))):
            token = sentence[later]
            if token.kind is Kind.QUOTED:
                return None
            is_verb = (
                token.is_word
                and not token.is_capital
                and (
                    self._clues.reports(token)
                    or self._clues.is_idiom(sentence, later)
                    or (goes_on and token.lower in self._lexicon.describing)
                )
            )
            if is_verb and self._is_spoken_to(sentence, later):
                return self._told_by(sentence, later, paragraph)
            if is_verb:
                phrase = self._phrases.before(sentence, later)
                if phrase is not None and (
                    phrase.first == at
                    or (
                        (goes_on or self._clues.is_idiom(sentence, later))
                        and self._leads(sentence, at, phrase.first)
                    )
                ):
                    speaker = self._speakers.resolve(sentence, phrase, paragraph)
                    return self._clues.made(speaker, Evidence.AFTER, token)
                return self._long_subject(sentence, at, later, paragraph) if goes_on else None
        return None

    def _is_spoken_to(self, sentence: Sentence, verb: int) -> bool:
        """Return whether the subject of a verb is the person spoken to: *the mayor was told*."""
        lexicon = self._lexicon
        is_passive = verb > 0 and sentence[verb - 1].lower in lexicon.passive
        return is_passive and sentence[verb].lower in lexicon.addressing

    def _told_by(self, sentence: Sentence, verb: int, paragraph: int) -> Attribution | None:
        """Return who is named as the one who speaks: *the mayor was told by Solvay*."""
        agent = self._agent(sentence, verb, paragraph)
        return self._clues.made(agent, Evidence.AFTER, sentence[verb]) if agent else None

    def _leads(self, sentence: Sentence, at: int, first: int) -> bool:
        """Return whether the words from ``at`` on lead to a subject: *former harbour keeper*."""
        lexicon, before = self._lexicon, sentence[at:first]
        if len(before) <= _NEAR:
            return at <= first
        ends = lexicon.breaks - lexicon.prepositions | lexicon.cues
        words = before[:-1] if before[-1].is_sign(",") else before
        return (
            bool(words)
            and words[0].lower not in lexicon.oblique | lexicon.prepositions
            and all(token.is_word and token.lower not in ends for token in words)
        )

    def _long_subject(
        self, sentence: Sentence, at: int, verb: int, paragraph: int
    ) -> Attribution | None:
        """Return the attribution of all words before a verb: *“…,” the tall, old man said*."""
        between = sentence[at:verb]
        if sentence[at].lower not in self._lexicon.determiners or not all(
            token.is_word or token.text == "," for token in between
        ):
            return None
        phrase = NounPhrase(at, verb, PhraseKind.NOMINAL)
        speaker = self._speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, Evidence.AFTER, sentence[verb])

    def find_further_on(self, sentence: Sentence, index: int, paragraph: int) -> Attribution | None:
        """Return the attribution further on: *The “…” plan, the mayor said, would ...*."""
        lexicon = self._lexicon
        for at in range(index + 1, len(sentence)):
            token = sentence[at]
            if not token.is_word:
                continue
            if token.lower in lexicon.speech and at + 1 < len(sentence):
                following = sentence[at + 1]
                is_aside = (
                    following.is_sign(",.")
                    or at == len(sentence) - 2
                    or following.text in lexicon.starters
                )
                phrase = self._phrases.before(sentence, at) if is_aside else None
                if (
                    phrase is not None
                    and phrase.first > index
                    and sentence[phrase.first - 1].kind is Kind.SIGN
                ):
                    speaker = self._speakers.resolve(sentence, phrase, paragraph)
                    return self._clues.made(speaker, Evidence.ASIDE, token)
                if (
                    sentence[at - 1].is_sign(",")
                    and sentence[index + 1].is_word
                    and token.lower not in lexicon.addressing
                ):
                    phrase = self._phrases.after(sentence, at + 1)
                    if phrase is not None and phrase.kind is not PhraseKind.PRONOUN:
                        speaker = self._speakers.resolve(sentence, phrase, paragraph)
                        return self._clues.made(speaker, Evidence.ASIDE, token)
            if source := self._clues.source(sentence, at, paragraph):
                return source
        return None
