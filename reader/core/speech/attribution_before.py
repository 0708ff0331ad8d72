"""Find the attribution that precedes a quoted passage: *she said: “…”*, *called it “…”*."""

from __future__ import annotations

from reader.core.speech.clues import AttributionSide
from reader.core.speech.genitives import is_contraction, is_genitive
from reader.core.speech.phrases import NounPhrase, PhraseKind
from reader.core.speech.quotation import NOBODY, Attribution, Evidence
from reader.core.speech.speakers import Speaker
from reader.core.speech.tokens import Kind, Sentence

_FAR = 5
"""From how many tokens on a verb before a quotation is far from it."""

_IDIOM = 3
"""How far before a quotation the verb of *as she put it,* stands."""

_LABEL_SIGNS = "-–—|[].!?;"
"""Signs that part the name of a label from a clause before it, with a verb of its own."""


class AttributionBefore(AttributionSide):
    """Finds attributions before quoted passages."""

    def find(self, sentence: Sentence, index: int, paragraph: int) -> Attribution | None:
        """Return the attribution that precedes: *She said: “…”*, *called it “…”*."""
        if label := self._label(sentence, index, paragraph, signs=_LABEL_SIGNS):
            return label
        clause = self._announcing_clause(sentence, index)
        for at in range(index - 1, -1, -1):
            token = sentence[at]
            if at == clause and (found := self._clause_subject(sentence, at, index, paragraph)):
                return found
            if not token.is_word:
                continue
            if source := self._clues.source(sentence, at, paragraph):
                return source
            if self._governs(sentence, at, index):
                speaker = self._subject_of(sentence, at, index, paragraph)
                if speaker is not None:
                    return self._clues.made(speaker, self._strength(sentence, at, index), token)
                if self._is_put_to_somebody(sentence, at) and sentence[index - 1].is_sign(",:"):
                    return NOBODY
        return self._label(sentence, index, paragraph) or self._announcing_subject(
            sentence, index, paragraph
        )

    def find_in_clause(self, sentence: Sentence, index: int, paragraph: int) -> Attribution | None:
        """Return who the clause that ends with a passage names: *When she cried, “…,” he sat*."""
        at = index - 1
        while at > 1 and (sentence[at].is_sign(",") or sentence[at].lower == "that"):
            at -= 1
        first = next(
            (token for token in sentence[:3] if token.lower in self._lexicon.subordinators), None
        )
        if first is None or at < 2 or not self._clues.reports(sentence[at]):
            return None
        phrase = self._phrases.before(sentence, at)
        if phrase is None:
            return None
        speaker = self._speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, self._strength(sentence, at, index), sentence[at])

    def _is_put_to_somebody(self, sentence: Sentence, at: int) -> bool:
        """Return whether the verb at ``at`` is a passive, as in *she was asked, “…”*."""
        lexicon = self._lexicon
        return (
            at > 0
            and sentence[at].lower in lexicon.speech
            and sentence[at - 1].lower in lexicon.passive
        )

    def _announcing_clause(self, sentence: Sentence, index: int) -> int:
        """Return where the clause before *Solvay shot back, “…”* begins; -1 if it does not."""
        marked = sentence[index].marked
        assert marked is not None
        if not (
            index > 2
            and sentence[index - 1].is_sign(",:")
            and self._clues.text[marked.start].isupper()
        ):
            return -1
        for at in range(index - 2, 0, -1):
            if sentence[at].is_sign(",;") or sentence[at].kind is Kind.QUOTED:
                return at + 1
        return -1

    def _clause_subject(
        self, sentence: Sentence, at: int, index: int, paragraph: int
    ) -> Attribution | None:
        """Return the name or pronoun that begins the clause at ``at`` and does something in it."""
        token, lexicon = sentence[at], self._lexicon
        end, kind = at + 1, PhraseKind.PRONOUN
        if lexicon.pronouns.get(token.lower) not in ("m", "f"):
            kind, end = PhraseKind.NAME, at
            while end < index and sentence[end].is_capital and not is_genitive(sentence[end]):
                end += 1
            if end == at or token.text in lexicon.starters:
                return None
        verb = sentence[end]
        if not verb.is_word or verb.lower in lexicon.prepositions | lexicon.breaks:
            return None
        speaker = self._speakers.resolve(sentence, NounPhrase(at, end, kind), paragraph)
        return self._clues.made(speaker, Evidence.PARTLY, verb)

    def _strength(self, sentence: Sentence, verb: int, index: int) -> Evidence:
        """Return how strongly a verb before a passage attributes it."""
        marked = sentence[index].marked
        assert marked is not None
        is_adjacent = index - verb == 1 or (index - verb == 2 and sentence[index - 1].is_sign(",:"))
        if (
            is_adjacent
            and self._clues.reports(sentence[verb])
            and self._clues.text[marked.start].isupper()
        ):
            return Evidence.BEFORE
        return Evidence.PARTLY

    def _governs(self, sentence: Sentence, at: int, index: int) -> bool:
        """Return whether the verb at ``at`` may report the passage at ``index``."""
        token, lexicon = sentence[at], self._lexicon
        is_infinitive = (
            token.lower in lexicon.infinitives
            and at > 0
            and sentence[at - 1].lower == lexicon.infinitive_mark
        )
        is_idiom = index - at == _IDIOM and self._clues.is_idiom(sentence, at)
        is_cue = is_infinitive or is_idiom or token.lower in lexicon.cues
        if not is_cue or (token.is_capital and at > 0):
            return False
        if at == 0:
            return True
        before = sentence[at - 1]
        if before.is_word and is_genitive(before) and not is_contraction(before):
            return False
        if before.lower in lexicon.possessives or before.lower in lexicon.articles:
            return False
        if token.lower in lexicon.nearby and before.lower in lexicon.oblique - {
            lexicon.infinitive_mark
        }:
            return False
        is_embedded = (
            token.lower in lexicon.thoughts
            or (token.lower not in lexicon.outer and index - at > _FAR)
            or is_infinitive
            or before.lower in lexicon.modals
        )
        return not (is_embedded and any(each.lower in lexicon.outer for each in sentence[1:at]))

    def _subject_of(
        self, sentence: Sentence, at: int, index: int, paragraph: int
    ) -> Speaker | None:
        """Return the subject of the verb at ``at``, which reports the passage at ``index``."""
        lexicon, token = self._lexicon, sentence[at]
        is_participle = token.lower in lexicon.participles
        if at and sentence[at - 1].lower in lexicon.passive and not is_participle:
            return self._agent(sentence, at, paragraph)
        if is_participle:
            if not (at and sentence[at - 1].lower in lexicon.passive):
                phrase = self._phrases.nearest(sentence, at)
                if phrase is not None and self._has_participle(sentence, phrase, at):
                    return self._speakers.resolve(sentence, phrase, paragraph)
                return self._main_subject(sentence, at, paragraph)
            at -= 1
        phrase = self._phrases.before(sentence, at)
        if phrase is None and token.lower in lexicon.speech and self._begins_clause(sentence, at):
            inverted = self._phrases.after(sentence, at + 1)
            if (
                inverted is not None
                and sentence[at + 1].lower not in lexicon.relatives
                and inverted.kind is PhraseKind.NAME
                and inverted.end <= index
                and not sentence[inverted.end].is_word
            ):
                phrase = inverted
        if phrase is not None:
            return self._speakers.resolve(sentence, phrase, paragraph)
        if not at:
            return None
        return self._shared_subject(sentence, at, paragraph) or self._speakers.subject(
            sentence, at, paragraph
        )

    def _has_participle(self, sentence: Sentence, phrase: NounPhrase, at: int) -> bool:
        """Return whether a participle belongs to the name right before it: *with him calling*."""
        if phrase.kind is PhraseKind.NOMINAL or not all(
            token.is_word for token in sentence[phrase.end : at]
        ):
            return False
        before = sentence[phrase.first - 1] if phrase.first else None
        return (
            before is None
            or before.lower in ("with", "of")
            or before.lower not in self._lexicon.oblique
        )

    def _main_subject(self, sentence: Sentence, at: int, paragraph: int) -> Speaker | None:
        """Return the subject of a participle: that of the speech verb before it, or the first."""
        for earlier in range(at - 1, 0, -1):
            if sentence[earlier].lower in self._lexicon.speech:
                phrase = self._phrases.before(sentence, earlier)
                if phrase is not None:
                    return self._speakers.resolve(sentence, phrase, paragraph)
        return self._speakers.subject(sentence, at, paragraph)

    def _shared_subject(self, sentence: Sentence, at: int, paragraph: int) -> Speaker | None:
        """Return the subject of the verb before *and*: *the mayor smiled and said*."""
        lexicon = self._lexicon
        if sentence[at - 1].lower not in lexicon.conjunctions:
            return None
        for earlier in range(at - 2, 0, -1):
            token = sentence[earlier]
            if token.lower in lexicon.cues and token.lower not in lexicon.participles:
                phrase = self._phrases.before(sentence, earlier)
                if phrase is not None:
                    return self._speakers.resolve(sentence, phrase, paragraph)
        return None

    def _begins_clause(self, sentence: Sentence, at: int) -> bool:
        return (
            at == 0
            or sentence[at - 1].kind is Kind.SIGN
            or (sentence[at - 1].lower in self._lexicon.conjunctions)
        )

    def _label(
        self, sentence: Sentence, index: int, paragraph: int, signs: str = ""
    ) -> Attribution | None:
        """Return the name before a colon that begins a sentence or follows a sign: *Brandt: “…”*.

        Args:
            sentence: The sentence.
            index: The index of the passage.
            paragraph: The number of the paragraph.
            signs: The signs that may precede the name; by default all.
        """
        at = index - 1
        if at < 1 or not sentence[at].is_sign(":"):
            return None
        phrase = self._phrases.before(sentence, at)
        if phrase is None or phrase.kind is not PhraseKind.NAME or phrase.end != at:
            return None
        if phrase.first == at - 1 and sentence[phrase.first].lower in self._lexicon.headings:
            return None
        if not phrase.first and at > 1 and self._clues.reports(sentence[0]):
            phrase = phrase._replace(first=1)  # *Said Solvay: “…”*
            speaker = self._speakers.resolve(sentence, phrase, paragraph)
            return self._clues.made(speaker, Evidence.BEFORE, sentence[0])
        before = sentence[phrase.first - 1] if phrase.first else None
        if before is not None and not before.is_sign(signs or before.text):
            return None
        speaker = self._speakers.resolve(sentence, phrase, paragraph)
        return self._clues.made(speaker, Evidence.LABEL, sentence[at])

    def _announcing_subject(
        self, sentence: Sentence, index: int, paragraph: int
    ) -> Attribution | None:
        """Return the subject of what ends with a colon or a comma before a passage."""
        at = index - 1
        marked = sentence[index].marked
        assert marked is not None
        announces = at >= 1 and (
            sentence[at].is_sign(":")
            or (sentence[at].is_sign(",") and self._clues.text[marked.start].isupper())
        )
        subject = self._speakers.subject(sentence, at, paragraph) if announces else None
        return self._clues.made(subject, Evidence.PARTLY, sentence[at]) if subject else None
