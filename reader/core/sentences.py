"""Sentences of a piece of text, as ranges.

``sentencex`` finds the boundaries by the rules of the language.
"""

from __future__ import annotations

from functools import lru_cache

import sentencex

from reader.core.document import TextRange


@lru_cache(maxsize=512)
def find_sentences(text: str, language: str = "en") -> tuple[TextRange, ...]:
    """Return the sentences of ``text`` in order; between and around them is only white space.

    Args:
        text: One block's text, or a part of it.
        language: BCP 47 tag; an unknown one is taken for English.

    Returns:
        Ranges in ``text``, none of them empty, without white space at their ends.
    """
    found = []
    for boundary in sentencex.get_sentence_boundaries(
        language.split("-", maxsplit=1)[0].lower() or "en", text
    ):
        trimmed = trim(text, TextRange(boundary["start_index"], boundary["end_index"]))
        if not trimmed.is_empty:
            found.append(trimmed)
    return tuple(found)


def trim(text: str, passage: TextRange) -> TextRange:
    """Return ``passage`` without the white space at its ends."""
    piece = text[passage.start : passage.end]
    start = passage.start + len(piece) - len(piece.lstrip())
    return TextRange(start, max(start, passage.start + len(piece.rstrip())))
