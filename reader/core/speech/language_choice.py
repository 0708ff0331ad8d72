"""Choose the lexicon of a text: by its language, or by its most frequent words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.core.speech.languages import english, french, german, spanish
from reader.core.speech.lexicon import Lexicon

LEXICONS = (english.LEXICON, german.LEXICON, french.LEXICON, spanish.LEXICON)
"""All lexicons; the first is used for every language that has none."""

_SAMPLE = 6000
"""How many code points of a text its language is guessed from."""

_WORD = re.compile(r"[^\W\d_]+")


def lexicon_for(language: str, text: str) -> Lexicon:
    """Return the lexicon of a text.

    Args:
        language: The BCP 47 tag of the text; where it is empty, the language is guessed.
        text: The text.
    """
    code = re.split("[-_]", language.lower(), maxsplit=1)[0]
    for lexicon in LEXICONS:
        if lexicon.code == code:
            return lexicon
    if code:
        return LEXICONS[0]
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    return max(LEXICONS, key=lambda lexicon: _likelihood(lexicon, words))


def _likelihood(lexicon: Lexicon, words: Sequence[str]) -> int:
    """Return how likely words are of a lexicon's language.

    Its verbs of speech count twice: no other language has them, and a single sentence that quotes
    somebody may have no frequent word.
    """
    return sum((word in lexicon.function_words) + 2 * (word in lexicon.speech) for word in words)
