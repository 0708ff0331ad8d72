"""The names of the keys of characters, as Textual 8.2 gives them; a test compares the two."""

from __future__ import annotations

import unicodedata

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def name_of_character(character: str) -> str:
    """Return the name of the key of a character, such as ``full_stop``; a letter is its own."""
    if character.isalnum():
        return character
    if character == "\t":
        return "tab"
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)
