"""Divide a paragraph into words and signs, with each quoted passage as one of them.

The sentences are those of the narrator: a quotation of several sentences is inside one. That is
why ``core.sentences``, which divides quotations as well, does not serve here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum

from reader.core.document import TextRange
from reader.core.speech.lexicon import Lexicon
from reader.core.speech.marks import Marked


class Kind(Enum):
    """What a token is."""

    WORD = 1
    SIGN = 2
    QUOTED = 3


class Token:
    """A word, a sign or a quoted passage."""

    __slots__ = ("end", "is_capital", "is_word", "kind", "lower", "marked", "start", "text")

    def __init__(self, kind: Kind, text: str, start: int, marked: Marked | None = None) -> None:
        """Make a token.

        Args:
            kind: What it is.
            text: The word or the sign; empty for a quoted passage.
            start: Offset of its first code point.
            marked: The quoted passage.
        """
        self.kind = kind
        self.text = text
        self.lower = unicodedata.normalize("NFC", text).lower()
        self.start = start
        self.end = start + len(text) if marked is None else marked.outer.end
        self.marked = marked
        self.is_word = kind is Kind.WORD
        self.is_capital = self.is_word and text[0].isupper()

    def is_sign(self, signs: str) -> bool:
        """Return whether it is one of ``signs``."""
        return self.kind is Kind.SIGN and self.text in signs


Sentence = list[Token]
"""The tokens of one sentence of the narrator."""

_FILL = "\x01"
"""Stands for each code point of a quoted passage while words are found."""

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Gen|St|Jr|Sr|Lt|Col|Sgt|Capt|Rev|Prof|Hon|Cllr|Maj"
)
_AFTER_ABBREVIATION = "|".join(rf"(?<=\b{word})" for word in _ABBREVIATIONS.split("|"))
_TOKEN = re.compile(
    rf"{_FILL}+"
    r"|[^\W_]+(?:(?:[’'&‑-](?=\w)|\.(?=[A-Z](?:\.|\b))|(?<=\d)[.,:](?=\d)|[\u0300-\u036f]+)"
    r"[^\W_]*)*"
    rf"(?:(?=\.)(?:(?<=\b[A-Z])|(?<=\.[A-Z])|{_AFTER_ABBREVIATION})\.)?"
    r"|[^\w\s]"
)

_ELIDED_TOKEN = re.compile(rf"(?i:[cdjlmnst]|qu)[’'](?=\w)|{_TOKEN.pattern}")
"""In French, an article or a pronoun before a vowel is a word of its own: *l’ingénieur*."""

_ABBREVIATED = re.compile(
    rf"(?:[A-Z]|{_ABBREVIATIONS}|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov"
    r"|Dec|Calif|Mass|Fla|Pa|Va|Wis|Mich|Ariz|Conn|Ill|Ind|Minn|Mo|Md|Ga|La|Ky|Tenn|Tex|Ore|Wash"
    r"|Colo|Neb|Nev|Okla|Ala|Ark|Del|Kan|N\.H|N\.Y|N\.J|N\.C|S\.C|D\.C|U\.S|U\.K|U\.N|a\.m|p\.m"
    r"|i\.e|e\.g|z\.B|Hr|Fr|Nr|bzw|ca|M|MM|Mme|Mlle|Sra|Dra)"
)
"""Words that a full stop follows inside a sentence."""

_ENDING = ".?!…"
_CLOSERS = '.?!…)”"’»“ \u00a0\n]'
_LONGEST = 400
"""How many tokens a sentence has at most, so that the time does not grow with its square."""

_ATTRIBUTION_REACH = 14
"""How many tokens after “…?” a verb of speech is looked for, before a new sentence is assumed."""


def sentences_of(
    text: str, paragraph: TextRange, marked: Sequence[Marked], lexicon: Lexicon
) -> list[Sentence]:
    """Return the sentences of a paragraph."""
    pattern = _ELIDED_TOKEN if lexicon.has_elisions else _TOKEN
    tokens = _tokens(text, paragraph, marked, pattern)
    sentences: list[Sentence] = []
    first = 0
    for index in range(len(tokens)):
        if index - first >= _LONGEST or _ends_sentence(text, tokens, index, lexicon):
            sentences.append(tokens[first : index + 1])
            first = index + 1
    return sentences


def range_of(sentence: Sentence) -> TextRange:
    """Return the range of a sentence."""
    return TextRange(sentence[0].start, max(sentence[-1].end, sentence[0].start))


def _tokens(
    text: str, paragraph: TextRange, marked: Sequence[Marked], pattern: re.Pattern[str]
) -> list[Token]:
    pieces: list[str] = []
    at = paragraph.start
    for passage in marked:
        pieces += (text[at : passage.outer.start], _FILL * _length(passage.outer))
        at = passage.outer.end
    pieces.append(text[at : paragraph.end])
    by_start = {passage.outer.start: passage for passage in marked}
    tokens: list[Token] = []
    for match in pattern.finditer("".join(pieces)):
        found, start = match[0], match.start() + paragraph.start
        if found[0] == _FILL:
            while start < match.end() + paragraph.start:  # passages that touch
                passage = by_start[start]
                tokens.append(Token(Kind.QUOTED, "", start, passage))
                start = passage.outer.end
        else:
            tokens.append(Token(Kind.WORD if found[0].isalnum() else Kind.SIGN, found, start))
    return tokens


def _length(passage: TextRange) -> int:
    return passage.end - passage.start


def _ends_sentence(text: str, tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Return whether a sentence of the narrator ends with a token."""
    if index + 1 == len(tokens):
        return True
    token, following = tokens[index], tokens[index + 1]
    if token.kind is Kind.SIGN and token.text in _ENDING:
        if following.start == token.end or text[token.start : following.start].strip(_CLOSERS):
            return False
        if not (
            following.kind is Kind.QUOTED
            or following.is_capital
            or following.text[0].isdigit()
            or following.text in '—–“"[('
        ):
            return False
        before = tokens[index - 1] if index else None
        is_abbreviation = (
            token.text == "."
            and before is not None
            and before.is_word
            and before.end == token.start
            and _ABBREVIATED.fullmatch(before.text) is not None
        )
        return not is_abbreviation
    if token.marked is not None and text[token.marked.end - 1] in _ENDING:
        if following.kind is Kind.QUOTED:
            return True
        if following.is_capital:
            return text[token.marked.end - 1] == "." or not _has_attribution(
                tokens, index + 1, lexicon
            )
    return False


def _has_attribution(tokens: list[Token], first: int, lexicon: Lexicon) -> bool:
    """Return whether what follows a quotation that ends with a sign attributes it."""
    for at, token in enumerate(tokens[first : first + _ATTRIBUTION_REACH], first + 1):
        if token.is_word:
            if token.lower in lexicon.speech or token.lower in lexicon.nearby:
                return at == len(tokens) or tokens[at].lower not in lexicon.relatives
        elif not token.is_sign(",’"):
            return False
    return False
