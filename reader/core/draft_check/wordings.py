"""The words of a text without its signs, and whether two wordings differ in typography alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reader.core.alignment_words import Vocabulary, Words
from reader.core.document import Document, SpanKind
from reader.core.folding import fold

_COUNTED_SIGNS = frozenset("%&@#§°")
"""Signs that are read aloud, and so are words, besides the signs of currencies and of sums."""

_UNSEEN = "\u2060"
"""Stands for each character of a reference; no comparison sees it."""

_QUOTES = re.compile("[\"']+")
_DASHES = re.compile(r"\s*-+\s*")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def without_notes(document: Document) -> str:
    """Return a document's text in which references to footnotes cannot be seen.

    Each keeps its length, so that offsets stay right.
    """
    text, at = document.text, 0
    pieces: list[str] = []
    for span in document.spans:
        if span.kind is SpanKind.FOOTNOTE and span.start >= at:
            pieces += (text[at : span.start], _UNSEEN * (span.end - span.start))
            at = span.end
    return "".join([*pieces, text[at:]]) if at else text


def seen(text: str) -> str:
    """Return a part of such a text as people read it."""
    return text.replace(_UNSEEN, "")


class WordsAlone(Words):
    """The words of a text, without its punctuation; each has its range and its number."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Split ``text`` into words; see ``Words``."""
        super().__init__(text, vocabulary)
        kept = [index for index, start in enumerate(self.starts) if _is_read(text[start])]
        self.starts = [self.starts[index] for index in kept]
        self.ends = [self.ends[index] for index in kept]
        self.keys = [self.keys[index] for index in kept]

    def spaced(self) -> str:
        """Return the words with spaces between them."""
        pairs = zip(self.starts, self.ends, strict=True)
        return " ".join(self.text[start:end] for start, end in pairs)


@cache
def _is_read(character: str) -> bool:
    """Return whether a word begins with a character: a letter, a number, or what is read aloud."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("Sc", "Sm") or character in _COUNTED_SIGNS


def differs_in_typography_alone(quoted: str, source: str) -> bool:
    """Return whether two wordings with the same words are alike but for typography.

    Typography is the kind of quotation marks and dashes, spaces and ligatures, the signs at both
    ends, and the capital of the first letter. Other capitals, accents and signs are none.

    Args:
        quoted: The words of the draft.
        source: The words of the source.
    """
    return _plain(quoted) == _plain(source)


def _plain(text: str) -> list[str]:
    folded = _QUOTES.sub("", fold(text, keep_case=True, keep_marks=True))
    tokens: list[str] = _TOKEN.findall(_DASHES.sub(" - ", folded))
    while tokens and not _is_read(tokens[0][0]):
        tokens.pop(0)
    while tokens and not _is_read(tokens[-1][0]):
        tokens.pop()
    if tokens:
        tokens[0] = tokens[0][0].lower() + tokens[0][1:]
    return tokens
