"""Reads block quotes and callouts: their words, a comment inside them, and where they stand."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.imports.highlight_notes.blocks import NoteBlock
from reader.imports.highlight_notes.references import (
    Reference,
    place_in,
    reference_in,
    without_days,
)

_CALLOUTS: Final = ("quote", "cite", "quotation", "highlight", "annotation", "mark", "underline")
"""How the types of callouts begin that quote."""

_COLOURS: Final = {"danger": "red", "info": "blue", "check": "green"}
"""The callouts for the colours of Raindrop in the notes of its plugin for Obsidian."""

_UPDATED = re.compile(r"Updated on\s+(.{4,60})")
"""The title of these callouts; the words stand below, and the note as a quote in the quote."""

_LONGEST_ATTRIBUTION: Final = 200
_COMMENT = re.compile(
    r"\n[ \t>]*[*_]{2}(?:comment|note|kommentar)s?:?[*_]{2}:?|\n[ \t>]*-{3,}[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"^[ \t]*>+[ \t]?(?:\[![^\]\n]*\][-+]?[ \t]*)?|^\[![^\]\n]*\][-+]?[ \t]*",
    re.MULTILINE,
)


class QuoteBlock(NamedTuple):
    """A block that quotes."""

    words: str
    """What it quotes, in Markdown, with what refers to its place."""
    remark: str
    """What else it says; may be empty."""
    place: Reference
    """What its title says about the place."""
    colour: str
    """The colour that its type names; may be empty."""


def quote_of(block: NoteBlock) -> QuoteBlock | None:
    """Return what a block quote or a callout quotes; None for a callout that quotes nothing.

    A callout quotes by its type, or by a link or a page in its title or behind its words.
    """
    title = place_in(block.title)
    words, remark = _divided(without_days(block.text).strip())
    is_other = block.callout and not block.callout.startswith(_CALLOUTS)
    if block.callout and (updated := _UPDATED.match(block.title)):
        words, _, remark = words.partition("\n>")
        place = Reference(modified=updated[1])
        return QuoteBlock(words, _SIGNS.sub("", remark), place, _COLOURS.get(block.callout, ""))
    if is_other and not (title.refers or reference_in(words).refers):
        return None
    if block.callout and block.title:
        if not words:
            words = block.title
        elif title.key and title.words.strip() and words.startswith((">", "[!")):
            words, remark = block.title, _SIGNS.sub("", block.text).strip()
    colour = block.callout.partition("|")[2].strip() or block.callout.partition("-")[2]
    return QuoteBlock(words, remark, title, colour)


def _divided(text: str) -> tuple[str, str]:
    """Return the words, and the comment below them or the attribution in the last line."""
    found = _COMMENT.search(text)
    if found is not None:
        return text[: found.start()].strip(), text[found.end() :].strip()
    words, _, last = text.rpartition("\n")
    is_short = len(last) < _LONGEST_ATTRIBUTION
    if words.strip() and is_short and last.lstrip().startswith(("—", "–", "-- ")):
        return words.strip(), last.strip()
    return text, ""
