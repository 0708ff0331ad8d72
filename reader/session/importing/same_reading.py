"""Whether two notes read the same, so that an editor changed only how their Markdown is written."""

from __future__ import annotations

import re
from typing import Any, Final

from reader.core.note_text import holds_note
from reader.session.note_preview import read_note

_SIGNS: Final = re.compile(r"[-*_+~`=|:#\\]|(?<=\d)[.)](?= )")
"""The signs of markup of which formatters choose others."""


def reads_alike(first: str, second: str) -> bool:
    """Return whether two notes have the same letters, blocks, emphasis and links.

    A program that formats Markdown writes other bullets, other signs of emphasis and other rules,
    which nobody meant as a change.
    """
    if _letters(first) != _letters(second):
        return False  # what is not shown counts, too: a comment, an element of HTML
    return first == second or _shown(first) == _shown(second)


def holds_formatted(text: str, note: str) -> bool:
    """Return whether the paragraphs of a note are in a text, whatever signs their markup has."""
    return holds_note(_SIGNS.sub("", text), _SIGNS.sub("", note))


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum() or each in "{}")


def _shown(note: str) -> Any:
    """Return what a note shows: its blocks with their signs, and what is inside them."""
    document = read_note(note).document
    blocks = [
        (
            each.kind,
            " ".join(document.text[each.start : each.end].split()),
            each.level,
            [container > 0 for container in each.nest],
            each.marker.rstrip(".)"),
            each.language,
            each.header_rows,
        )
        for each in document.blocks
    ]
    spans = [
        (each.kind, document.text[each.start : each.end], each.target) for each in document.spans
    ]
    return blocks, spans
