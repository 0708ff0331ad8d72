"""The instructions of fields in Word's files: the target of a link, the content of a field."""

from __future__ import annotations

import re
from typing import Final

_PARTS = re.compile(r'"([^"]*)"|(\\[A-Za-z@*#!])|([^\s"\\]+(?:\\[^\s"\\]+)*)')
_LEFT_OUT: Final = frozenset(("TOC", "INDEX", "TOA", "RD", "XE", "TC", "TA"))
_LONGEST: Final = 10_000


class FieldInstruction:
    r"""A parsed instruction of a field, such as ``HYPERLINK "https://example.org" \l "part"``."""

    def __init__(self, text: str) -> None:
        """Parse an instruction."""
        kind, options, words = _parsed(text[:_LONGEST])
        self.is_left_out = kind in _LEFT_OUT
        """Whether the field shows a table of contents or an index, or is an entry of one."""
        self.target = ""
        """The target of a link: an address, or ``#`` and the name of a bookmark."""
        self.character: tuple[int, str] | None = None
        """The code of a symbol and the font that defines it."""
        if kind == "HYPERLINK":
            fragment = options.get("\\l", "")
            self.target = (words[0] if words else "") + (f"#{fragment}" if fragment else "")
        elif kind == "REF" and words and "\\h" in options:
            self.target = f"#{words[0]}"
        elif kind == "SYMBOL" and words and re.fullmatch(r"(?:0x)?[0-9A-Fa-f]{1,5}", words[0]):
            code = int(words[0], 16 if words[0][:2] == "0x" else 10) if _is_number(words[0]) else 0
            if 32 <= code < 0xD800:
                self.character = code, options.get("\\f", "")


def _is_number(word: str) -> bool:
    return word[:2] == "0x" or word.isdecimal()


def _parsed(text: str) -> tuple[str, dict[str, str], list[str]]:
    """Return a field's kind, its options with their arguments, and its other words."""
    options: dict[str, str] = {}
    words: list[str] = []
    open_option = ""
    kind = ""
    for match in _PARTS.finditer(text):
        quoted, option, word = match.groups()
        if option:
            open_option = option.lower()
            options.setdefault(open_option, "")
        elif not kind:
            kind = (word or "").upper()
        elif open_option in ("\\l", "\\f", "\\o", "\\t", "\\s", "\\@", "\\*"):
            options[open_option] = quoted if quoted is not None else word
            open_option = ""
        else:
            words.append(quoted if quoted is not None else word)
    return kind, options, words
