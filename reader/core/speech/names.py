"""Tell which words of a sentence are a name, and where the name begins."""

from __future__ import annotations

from reader.core.speech.genitives import is_genitive
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.tokens import Sentence, Token


class Names:
    """Finds the names in the sentences of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon

    def ends_at(self, sentence: Sentence, at: int) -> bool:
        """Return whether the word at ``at`` may end a name."""
        token, lexicon = sentence[at], self._lexicon
        if not token.is_capital:
            return False
        before = sentence[at - 1] if at else None
        has_capital_before = (
            before is not None and before.is_capital and before.text not in lexicon.starters
        )
        if lexicon.nouns_have_capitals and not has_capital_before:
            return before is None or (
                before.lower not in lexicon.determiners
                and (not before.is_word or before.lower in lexicon.cues)
            )
        return token.text not in lexicon.starters or has_capital_before

    def may_be_part(self, token: Token) -> bool:
        """Return whether a word may be a part of a name."""
        return token.is_capital and (
            token.text not in self._lexicon.starters or token.text in self._lexicon.titles
        )

    def start(self, sentence: Sentence, last: int) -> int:
        """Return the index of the first word of the name that ends at ``last``."""
        lexicon, first = self._lexicon, last
        while first > 0:
            before = sentence[first - 1]
            touches = not self._text[before.end : sentence[first].start].strip()
            if not before.is_word or not touches or is_genitive(before):
                break
            if before.is_capital:
                if before.text in lexicon.starters and before.text not in lexicon.titles:
                    break
            elif not self.is_particle(sentence, first - 1):
                break
            first -= 1
        return first

    def joins(self, sentence: Sentence, at: int, index: int) -> bool:
        """Return whether the word at ``at`` belongs to a name that goes on after it."""
        token = sentence[at]
        if token.is_capital:
            return not is_genitive(token)
        return at > index and self.is_particle(sentence, at)

    def is_particle(self, sentence: Sentence, at: int) -> bool:
        """Return whether a word is a part of a name after a capital: *van der* in a surname."""
        while at > 0 and sentence[at].text in self._lexicon.particles:
            at -= 1
            if sentence[at].is_capital:
                return True
        return False

    def is_day(self, sentence: Sentence, at: int) -> bool:
        """Return whether a word is a day of the week, or the preposition of one."""
        token = sentence[at]
        if token.lower in self._lexicon.prepositions and at + 1 < len(sentence):
            token = sentence[at + 1]
        return token.text in self._lexicon.days
