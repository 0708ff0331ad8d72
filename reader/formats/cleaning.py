"""Cleans the text of documents: control characters, escape sequences, invisible characters.

Every character of a file is kept, dropped, or shown as a visible sign. Dropped characters have no
width of their own, or would change how a terminal shows the text around them. Joiners and variation
selectors are kept, since words are written with them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reader.formats.patterns import pattern
from reader.safe_text import INVISIBLE, REPLACEMENT, SHAPING, UNSHOWABLE

TAB_STOP = 4
"""The distance between two tab stops, in cells."""

MAX_MARKS = 8
"""The most combining marks of one base character; no script needs more."""

_STRING_BODY = r"[^\x07\x1b\x90\x98\x9c-\x9f]"
_ESCAPES = (
    # Strings (DCS, SOS, OSC, PM, APC) with their ends: they may span lines.
    rf"(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f]){_STRING_BODY}{{0,65536}}(?:\x07|\x1b\\|\x9c)"
    # Strings without an end: no more than 256 characters of their line are dropped.
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9c-\x9f]{0,256}"
    # Control sequences: colours, cursor movements.
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]?"
    # Sequences of two or more characters: character sets, reset, the rest of ECMA-48.
    r"|\x1b[ -/]{0,8}[0-~]"
    r"|[\x1b\x9c]"
)
_ESCAPE_STARTS = "\x1b\x90\x98\x9b\x9c\x9d\x9e\x9f"

_DROPPED, _DROPPED_ABOVE = INVISIBLE
_SHOWN, _SHOWN_ABOVE = UNSHOWABLE
_ASCII_UNSAFE = pattern("[\x00-\x08\x0b-\x1f\x7f]")
_DROPPED_RUN = f"[{_DROPPED}{_DROPPED_ABOVE}]+"
_SHOWN_ONE = f"[{_SHOWN}{_SHOWN_ABOVE}]"
_UNSAFE = f"[{_DROPPED}{_DROPPED_ABOVE}{_SHOWN}{_SHOWN_ABOVE}]"
# A class with one range above U+FFFF is looked up in a table, three times as fast. Any character
# there (emoji, rare ideographs) leads to the full search.
_MAYBE_UNSAFE = pattern(f"[{_DROPPED}{_SHOWN}\U00010000-\U0010ffff]")
# Mostly the combining marks of the basic plane, and the joiners. A run that is long enough is then
# checked character by character.
_MARKS = pattern(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u05cf\u0610-\u061f\u064b-\u0670\u06d6-\u06ed\u0711"
    "\u0730-\u074a\u07a6-\u07fd\u0816-\u085b\u0890-\u1cff\u1dc0-\u1dff\u20d0-\u20f0"
    "\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302d\u3099\u309a\ua66f-\ua67d\ua69e\ua69f"
    "\ua6f0\ua6f1\ua802-\uabed\ufb1e\ufe20-\ufe2f\U000101fd-\U0001e94a"
    f"{''.join(SHAPING)}]"
    f"{{{MAX_MARKS + 1},}}"
)
_JOINERS = "\u200c\u200d"
_SPACES = pattern(r"[ \t\n]+")
_LONE_SHAPING = rf"(?<!\S)[{''.join(SHAPING)}]+(?!\S)"


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """Compile a pattern when a text needs it, since few do: it would delay the start by 3 ms."""
    return re.compile(expression)


def normalise_newlines(text: str) -> str:
    r"""Replace every line end by ``\n``, and a form feed by a blank line, which ends a block."""
    is_ascii = text.isascii()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in "\x0b" if is_ascii else "\x0b\x85\u2028\u2029":
        if end in text:
            text = text.replace(end, "\n")
    return text.replace("\x0c", "\n\n") if "\x0c" in text else text


def strip_escapes(text: str) -> str:
    """Drop whole escape sequences of ECMA-48, in the seven-bit and the eight-bit forms."""
    starts = "\x1b" if text.isascii() else _ESCAPE_STARTS
    if any(start in text for start in starts):
        return _pattern(_ESCAPES).sub("", text)
    return text


def clean_lines(text: str) -> str:
    """Drop or replace unsafe characters in whole lines without escape sequences.

    Newlines and tabs stay. The result for a line depends on that line alone, so that a text has
    the same result in any slices of lines.
    """
    if text.isascii():
        if _ASCII_UNSAFE.search(text) is None:
            return text
    elif _MAYBE_UNSAFE.search(text) is None or _pattern(_UNSAFE).search(text) is None:
        return _cut_marks(text)
    text = _pattern(_DROPPED_RUN).sub("", text)
    if "\b" in text:
        text = _resolve_overstrike(text)
    text = _pattern(_SHOWN_ONE).sub(_show, text)
    return text if text.isascii() else _cut_marks(text)


def drop_lone_shaping(text: str) -> str:
    """Drop joiners and variation selectors that stand alone between spaces or in a line.

    They shape nothing there; newsletters fill the lines before their text with them.
    """
    return text if text.isascii() else _pattern(_LONE_SHAPING).sub("", text)


def clean(text: str) -> str:
    """Clean a text from any source: a note, a name, the output of another program.

    Returns:
        The text with newlines at the ends of lines, with spaces in place of tabs, and without
        anything that a terminal would not show as a character.
    """
    if text.isascii() and text.isprintable():
        return text  # most short texts, in a tenth of the time
    cleaned = drop_lone_shaping(clean_lines(strip_escapes(normalise_newlines(text))))
    return cleaned.expandtabs(TAB_STOP) if "\t" in cleaned else cleaned


def clean_line(text: str) -> str:
    """Clean a text that is shown on one line: a title, a label, a target.

    Returns:
        The text without newlines, with one space in place of each run of spaces.
    """
    return _SPACES.sub(" ", clean(text)).strip(" ")


def _show(match: re.Match[str]) -> str:
    """Return the visible sign of a control, private or unassigned character."""
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code in (0x2028, 0x2029):
        return "\n"
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else REPLACEMENT


def _resolve_overstrike(text: str) -> str:
    """Resolve bold and underlined text of printers: a character, a backspace, another character."""
    text = re.sub(r"_\x08(?=[^\n\x08])", "", text)
    text = re.sub(r"([^\n\x08])\x08_", r"\1", text)
    return re.sub(r"[^\n\x08]\x08(?=[^\n\x08])", "", text)


def is_combining(character: str) -> bool:
    """Return whether a character combines with the one before it, as accents and joiners do."""
    return unicodedata.category(character) in ("Mn", "Me") or character in _JOINERS


def _cut_marks(text: str) -> str:
    return _MARKS.sub(_cut_run, text) if _MARKS.search(text) is not None else text


def _cut_run(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if is_combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
