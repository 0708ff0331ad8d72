"""Quotes a passage of a few words inside its sentence, with the passage in strong words."""

from __future__ import annotations

import unicodedata
from typing import Final

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.exports.escape import escape_inline, escape_start
from reader.safe_text import sanitise_for_file

_FEWEST: Final = 5
"""A passage of fewer words is quoted in its sentence."""
_LONGEST_SHORT: Final = 40
"""The most code points of such a passage; scripts without spaces have longer words."""
_LONGEST_SIDE: Final = 240
"""The most code points of the sentence that are shown on each side."""
_TEXT: Final = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.FOOTNOTE))


def quote_in_sentence(document: Document, passage: TextRange, language: str) -> str:
    """Return a sentence as a block quote with a passage of a few words strong in it.

    Args:
        document: The document.
        passage: A range of its text.
        language: The BCP 47 tag of its language; may be empty.

    Returns:
        Markdown; empty where the passage is long, is a sentence itself, or stands in no sentence.
    """
    words = document.quote(passage)
    if not 0 < len(words.split()) < _FEWEST or len(words) > _LONGEST_SHORT or "\n" in words:
        return ""
    block = document.blocks[document.block_index(passage.start)]
    text = document.text[block.start : block.end]
    if block.kind not in _TEXT or passage.end > block.end or set(text) & {"\n", "\t"}:
        return ""
    sides = _sides(block, text, passage, language)
    before, after = map(sanitise_for_file, sides)
    words = sanitise_for_file(words)
    if not words or not any(map(str.isalnum, before + after)):
        return ""
    if not _can_be_strong(before, words, after):
        return ""
    within = before + words + after
    first, second, third = (escape_inline(each, within=within) for each in (before, words, after))
    first += " " if first and before[-1].isspace() else ""
    third = f" {third}" if after[:1].isspace() else third
    return f"> {escape_start(first)}**{second}**{third}"


def _sides(block: Block, text: str, passage: TextRange, language: str) -> tuple[str, str]:
    """Return what stands before and after a passage in its sentence, each cut where it is long."""
    from reader.core.sentences import find_sentences  # noqa: PLC0415  (few exports need it)

    start, end = passage.start - block.start, passage.end - block.start
    around = [each for each in find_sentences(text, language or "en") if each.end > start]
    around = [each for each in around if each.start < end]
    if not around:
        return "", ""
    before, after = text[around[0].start : start].lstrip(), text[end : around[-1].end].rstrip()
    if len(before) > _LONGEST_SIDE:
        before = f"… {before[-_LONGEST_SIDE:].partition(' ')[2]}"
    if len(after) > _LONGEST_SIDE:
        after = f"{after[:_LONGEST_SIDE].rpartition(' ')[0]} …"
    return before, after


def _can_be_strong(before: str, words: str, after: str) -> bool:
    """Return whether asterisks around the words are emphasis; CommonMark 0.31.2, 6.2."""
    outside = (before[-1:] or " ", after[:1] or " ")
    edges = zip(outside, (words[0], words[-1]), strict=True)
    return all(
        not inner.isspace() and (not _is_sign(inner) or outer.isspace() or _is_sign(outer))
        for outer, inner in edges
    )


def _is_sign(character: str) -> bool:
    """Return whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"
