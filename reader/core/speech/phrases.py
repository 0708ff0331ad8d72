"""Find the noun phrases that can be the subject of a verb, or the name of a source."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from reader.core.document import TextRange
from reader.core.speech.genitives import is_contraction, is_genitive
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.names import Names
from reader.core.speech.tokens import Kind, Sentence

_DASHES = ",—–"
_FURTHEST_COMMA = 28
"""How many tokens an apposition between a subject and its verb may have."""

_LONGEST = 9
"""How many words a noun phrase may have."""


class PhraseKind(Enum):
    """What a noun phrase is."""

    PRONOUN = 1
    NAME = 2
    NOMINAL = 3


class NounPhrase(NamedTuple):
    """A noun phrase of a sentence."""

    first: int
    """The index of its first token."""
    end: int
    """The index after its last token."""
    kind: PhraseKind
    """What it is."""
    relative: int = -1
    """The index of the relative pronoun that takes it up before its verb; -1 without one."""


def range_of_phrase(sentence: Sentence, phrase: NounPhrase) -> TextRange:
    """Return the range of a noun phrase in the text."""
    last = max(phrase.end - 1, phrase.relative)
    return TextRange(sentence[phrase.first].start, sentence[last].end)


class Phrases:
    """Finds noun phrases in the sentences of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._names = Names(text, lexicon)

    def before(self, sentence: Sentence, index: int) -> NounPhrase | None:
        """Return the subject of the verb at ``index`` that ends before it."""
        phrase, lexicon = self.nearest(sentence, index), self._lexicon
        if phrase is None:
            return None
        for at in range(phrase.end, index):
            if sentence[at].lower in lexicon.relatives:
                return phrase._replace(relative=at)
        is_oblique = phrase.first and sentence[phrase.first - 1].lower in lexicon.oblique
        return None if is_oblique and phrase.kind is not PhraseKind.PRONOUN else phrase

    def nearest(self, sentence: Sentence, index: int) -> NounPhrase | None:
        """Return the noun phrase that ends before ``index``, whether or not it is a subject."""
        phrase = self._subject_before(sentence, index) or self._before_relative(sentence, index)
        if phrase is None or phrase.kind is PhraseKind.PRONOUN:
            return phrase
        return self._with_head(sentence, phrase)

    def _before_relative(self, sentence: Sentence, index: int) -> NounPhrase | None:
        """Return the subject before a relative clause: *those who had come on Monday said*."""
        for at in range(index - 1, max(index - _LONGEST - 1, 0), -1):
            if not sentence[at].is_word:
                return None
            if sentence[at].lower in self._lexicon.relatives - self._lexicon.determiners:
                return self._subject_before(sentence, at)
        return None

    def _with_head(self, sentence: Sentence, phrase: NounPhrase) -> NounPhrase:
        """Return *a spokesman for the club* for *the club*, where that begins a clause."""
        lexicon, first = self._lexicon, phrase.first
        while first > 1 and sentence[first - 1].lower in lexicon.determiners:
            first -= 1
        if owner := self._before_office(sentence, first):
            return owner
        if (
            first > 1
            and sentence[first - 1].text in lexicon.prepositions
            and sentence[first - 2].is_word
            and sentence[first - 2].lower not in lexicon.cues
        ):
            head = self._subject_before(sentence, first - 1)
            if (
                head is not None
                and head.kind is not PhraseKind.PRONOUN
                and self._begins_clause(sentence, head.first)
            ):
                is_name = head.kind is PhraseKind.NAME
                return head if is_name else head._replace(end=phrase.end)
        return phrase

    def _before_office(self, sentence: Sentence, first: int) -> NounPhrase | None:
        """Return *Ilse Brandt* for *the town* in *Ilse Brandt, head of the town, said*."""
        if first < 4 or sentence[first - 1].lower not in self._lexicon.prepositions:
            return None
        at = first - 1
        while at > 1 and first - at < _LONGEST and sentence[at].is_word:
            if sentence[at].lower in self._lexicon.cues | self._lexicon.passive:
                return None
            at -= 1
        before = sentence[at - 1]
        is_office = sentence[at].is_sign(",") and not sentence[at + 1].is_capital
        if not is_office or not self._names.may_be_part(before) or is_genitive(before):
            return None
        return NounPhrase(self._names.start(sentence, at - 1), at, PhraseKind.NAME)

    def _begins_clause(self, sentence: Sentence, index: int) -> bool:
        if index == 0:
            return True
        before = sentence[index - 1]
        return (
            before.kind is Kind.SIGN
            or before.lower in self._lexicon.breaks - self._lexicon.prepositions
        )

    def _subject_before(self, sentence: Sentence, index: int) -> NounPhrase | None:
        last = self._last_of_subject(sentence, index)
        if last < 0 or not sentence[last].is_word:
            return None
        token, lexicon = sentence[last], self._lexicon
        if is_contraction(token):
            return NounPhrase(last, last + 1, PhraseKind.PRONOUN)
        if is_genitive(token) or token.lower in lexicon.possessives:
            return None
        if token.lower in lexicon.pronouns:
            return NounPhrase(last, last + 1, PhraseKind.PRONOUN)
        if self._names.ends_at(sentence, last):
            return NounPhrase(self._names.start(sentence, last), last + 1, PhraseKind.NAME)
        return self._nominal_before(sentence, last)

    def _last_of_subject(self, sentence: Sentence, index: int) -> int:
        """Return the index of the last word of the subject, over adverbs and appositions."""
        lexicon, at, hops = self._lexicon, index - 1, 0
        while at >= 0:
            token = sentence[at]
            if token.is_word and self._is_between(sentence, at):
                at -= 1
            elif token.is_word and token.lower in lexicon.relatives and at > 0:
                at -= 1
                while at >= 0 and sentence[at].is_sign(",—–("):
                    at -= 1
            elif token.is_sign(",") and at and sentence[at - 1].is_sign(")"):
                at -= 1
            elif token.is_sign(",—–") and self._is_apposed_name(sentence, at):
                return at - 1
            elif token.is_sign(",)—–") and hops < 2:
                opening = self._over_age(sentence, self._opening_comma(sentence, at))
                if opening < 1 or not self._ends_phrase(sentence, opening):
                    return -1
                at, hops = opening - 1, hops + 1
            else:
                return at
        return at

    def _over_age(self, sentence: Sentence, comma: int) -> int:
        """Return the comma before an age that ends before a comma: *Adeyemi, 43, a fishmonger*."""
        has_age = comma > 2 and sentence[comma - 1].text.isdigit()
        return comma - 2 if has_age and sentence[comma - 2].is_sign(",") else comma

    def _is_apposed_name(self, sentence: Sentence, at: int) -> bool:
        """Return whether a name stands before a comma: *the mayor, Ilse Brandt, said*."""
        first = at - 1
        while first > 0 and self._names.joins(sentence, first, 0):
            first -= 1
        return (
            0 < first < at - 1
            and sentence[first].is_sign(",—–")
            and sentence[first - 1].is_word
            and not sentence[first - 1].is_capital
            and self._names.may_be_part(sentence[first + 1])
        )

    def _is_between(self, sentence: Sentence, at: int) -> bool:
        """Return whether a word may stand between a subject and its verb."""
        token, lexicon = sentence[at], self._lexicon
        following = sentence[at + 1].lower
        if token.lower in lexicon.asides or (
            token.lower.endswith(lexicon.adverb_ending) and not token.is_capital
        ):
            return True
        if token.lower in lexicon.cues and at > 0 and following in lexicon.conjunctions:
            return True
        if token.lower in lexicon.conjunctions and at > 0:
            return sentence[at - 1].lower in lexicon.cues
        return self._names.is_day(sentence, at)

    def _opening_comma(self, sentence: Sentence, at: int) -> int:
        """Return the index of the sign that opens the apposition that ``at`` closes."""
        opening = "(" if sentence[at].text == ")" else _DASHES
        for before in range(at - 1, max(at - _FURTHEST_COMMA, 0), -1):
            if sentence[before].is_sign(opening):
                return before
            if sentence[before].is_sign(";:"):
                break
        return -1

    def _ends_phrase(self, sentence: Sentence, index: int) -> bool:
        """Return whether a noun phrase that may be a subject ends before ``index``."""
        lexicon, token = self._lexicon, sentence[index - 1]
        if not token.is_word:
            return False
        if self._names.may_be_part(token):
            return True
        if token.lower in lexicon.pronouns:
            return False
        for at in range(index - 1, max(index - 1 - _LONGEST, -1), -1):
            if not sentence[at].is_word:
                return False
            if sentence[at].lower in lexicon.determiners or is_genitive(sentence[at]):
                return at == 0 or sentence[at - 1].lower not in lexicon.breaks
        return False

    def _nominal_before(self, sentence: Sentence, last: int) -> NounPhrase | None:
        """Return the noun phrase with a determiner, or a plural without, that ends at ``last``."""
        lexicon, at = self._lexicon, last
        while at >= 0 and last - at < _LONGEST and sentence[at].is_word:
            token = sentence[at]
            if token.lower in lexicon.determiners:
                if at == last and token.lower in lexicon.articles:
                    return None
                return NounPhrase(at, last + 1, PhraseKind.NOMINAL)
            if token.lower in lexicon.breaks - lexicon.prepositions or token.lower in lexicon.cues:
                return None
            if is_genitive(token):
                while at > 0 and sentence[at - 1].is_capital:
                    at -= 1
                return NounPhrase(at, last + 1, PhraseKind.NOMINAL)
            at -= 1
        length, word = last - at, sentence[last].lower
        begins = at < 0 or (not sentence[at].is_word and length <= 4)
        is_plural = (word.endswith("s") and len(word) > 4) or word in lexicon.people
        if begins and length <= 4 and is_plural:
            return NounPhrase(at + 1, last + 1, PhraseKind.NOMINAL)
        return None

    def after(self, sentence: Sentence, index: int) -> NounPhrase | None:
        """Return the noun phrase that begins at ``index``: after a verb, or *according to*."""
        if index >= len(sentence) or not sentence[index].is_word:
            return None
        lexicon, first = self._lexicon, sentence[index]
        if first.lower in lexicon.pronouns:
            return NounPhrase(index, index + 1, PhraseKind.PRONOUN)
        end, name_end = self._extent(sentence, index)
        if name_end is not None and (name_end == end - 1 or first.lower not in lexicon.determiners):
            start = name_end
            while start > index and self._names.joins(sentence, start - 1, index):
                start -= 1
            if sentence[start].text in lexicon.starters and start < name_end:
                start += 1
            is_noun = lexicon.nouns_have_capitals and start == name_end and start > index
            if self._names.may_be_part(sentence[start]) and not is_noun:
                return NounPhrase(start, name_end + 1, PhraseKind.NAME)
        if name := self._apposed_after(sentence, end):
            return name
        begins = first.lower in lexicon.determiners or is_genitive(first)
        stands_alone = is_genitive(first) or first.lower not in lexicon.articles
        if (begins or first.lower in lexicon.people) and (stands_alone or end > index + 1):
            return NounPhrase(index, end, PhraseKind.NOMINAL)
        return None

    def _apposed_after(self, sentence: Sentence, end: int) -> NounPhrase | None:
        """Return the name in apposition to what ends before ``end``: *the mayor, Ilse Brandt*."""
        first = last = end + 1
        if end + 1 >= len(sentence) or not sentence[end].is_sign(","):
            return None
        while (
            last < len(sentence) and sentence[last].is_capital and not is_genitive(sentence[last])
        ):
            last += 1
        is_name = last > first + 1 and self._names.may_be_part(sentence[first])
        ends = last == len(sentence) or not sentence[last].is_word
        return NounPhrase(first, last, PhraseKind.NAME) if is_name and ends else None

    def _extent(self, sentence: Sentence, index: int) -> tuple[int, int | None]:
        """Return where the phrase that begins at ``index`` ends, and its last capital word."""
        lexicon, last_capital = self._lexicon, None
        begins_with_determiner = sentence[index].lower in lexicon.determiners
        at = index + begins_with_determiner
        while at < len(sentence) and sentence[at].is_word and at - index < _LONGEST:
            token = sentence[at]
            if at > index and (
                self._text[sentence[at - 1].end : token.start].strip()
                or (
                    token.lower in lexicon.breaks
                    and not token.is_capital
                    and not self._names.is_particle(sentence, at)
                )
                or (at > index + begins_with_determiner and self._names.is_day(sentence, at))
            ):
                break
            if token.is_capital:
                last_capital = None if is_genitive(token) else at
            at += 1
        while at > index + 1 and sentence[at - 1].lower in lexicon.prepositions:
            at -= 1
        return at, last_capital
