"""Genitives and contractions, which an apostrophe makes."""

from __future__ import annotations

import re

from reader.core.speech.tokens import Token

GENITIVE = re.compile(r"[’']s$|[’']$")
"""The end of a genitive."""

_CONTRACTION = re.compile(r"(?i)(?:he|she|they|it|who|we|i)[’'](?:s|d|ll|ve|re|m)$")


def is_genitive(token: Token) -> bool:
    """Return whether a word is a genitive with an apostrophe."""
    return token.text[-1] in "s’'" and GENITIVE.search(token.text) is not None


def is_contraction(token: Token) -> bool:
    """Return whether a word is a pronoun with a verb: *he’s*."""
    return _CONTRACTION.match(token.text) is not None
