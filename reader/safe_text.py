"""Text that is safe to show: the one set of characters that may disturb what stands around them.

A character is unsafe if a terminal would obey it, if it changes the order of the text around it, if
it cannot be seen, or if no font shows it. Spaces, combining marks and the characters that shape
letters and emoji (``SHAPING``) are safe.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands for an unsafe character."""


class CharacterSet(NamedTuple):
    """Characters as the class of a regular expression has them, without its brackets."""

    basic: str
    """Those up to U+FFFF."""
    above: str
    """Those above U+FFFF."""


SHAPING = CharacterSet(
    "\u034f\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f", "\U000e0100-\U000e01ef"
)
"""Joiners and variation selectors, which are safe: Persian, Hindi and many emoji need them."""

NOT_DRAWN = "\u200d\ufe0e\ufe0f"
"""The shaping characters that are not drawn, since terminals disagree about the cells of what they
join or restyle: a family of three is two cells in some and six in others."""

INVISIBLE = CharacterSet(
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb",
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff",
)
"""Unsafe characters that are not seen: marks that turn the order of text, soft hyphens, fillers,
byte order marks, tags."""

DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Invisible characters that Hebrew and Arabic words may need; they act on what is beside them."""

UNSHOWABLE = CharacterSet(
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff",
    # Planes 4 to 13 hold no characters.
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000dffff\U000e1000-\U0010ffff",
)
"""The other unsafe characters: controls but tab and newline, line and paragraph separators,
surrogates, private use, and code points that are no characters."""


_ESCAPE_SEQUENCE = (
    # Control sequences, strings with their end, designations of character sets.
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
)
"""Complete escape sequences of ECMA-48, with 7 or 8 bits."""


@cache
def _escape_sequence_pattern() -> re.Pattern[str]:
    return re.compile(_ESCAPE_SEQUENCE)


@cache
def unsafe_pattern() -> re.Pattern[str]:
    """Return what matches one unsafe character; to compile it takes 2 ms, so it waits for need."""
    return re.compile(f"[{''.join(INVISIBLE + UNSHOWABLE)}]")


@cache
def _maybe_unsafe_pattern() -> re.Pattern[str]:
    # A class with one range above U+FFFF is looked up in a table, several times as fast.
    return re.compile(f"[{INVISIBLE.basic}{UNSHOWABLE.basic}\U00010000-\U0010ffff]")


@cache
def _invisible_pattern() -> re.Pattern[str]:
    return re.compile(f"[{''.join(INVISIBLE)}]+")


def sanitise(text: str) -> str:
    r"""Return text of several lines without unsafe characters.

    Invisible ones are dropped, the others become ``�``. Every end of a line becomes ``\n``; tabs
    stay.
    """
    text = _normalise_newlines(text)
    if _is_plainly_safe(text):
        return text
    return unsafe_pattern().sub(REPLACEMENT, _invisible_pattern().sub("", text))


def sanitise_for_file(text: str) -> str:
    """Return text as ``sanitise`` does, but with its marks of direction.

    Programs that open the file lay the words out by them; a terminal draws cell by cell and does
    not need them.
    """
    if _is_plainly_safe(text):
        return _normalise_newlines(text)
    parts = re.split(f"([{DIRECTION_MARKS}])", text)
    return "".join(part if part in DIRECTION_MARKS else sanitise(part) for part in parts)


def sanitise_line(text: str) -> str:
    """Return text for one line with ``�`` for each unsafe character, also for the invisible ones.

    Line breaks and tabs become spaces. The result is as long as ``text``, so that offsets stay
    right, and two names that differ look different.
    """
    text = text.replace("\n", " ").replace("\t", " ")
    return text if _is_plainly_safe(text) else unsafe_pattern().sub(REPLACEMENT, text)


def drop_unsafe(text: str) -> str:
    r"""Return text of several lines without unsafe characters; every end of a line is ``\n``."""
    text = _normalise_newlines(text)
    return text if _is_plainly_safe(text) else unsafe_pattern().sub("", text)


@cache
def _shaping_pattern() -> re.Pattern[str]:
    return re.compile(f"[{''.join(SHAPING)}]+")


def drop_shaping(text: str) -> str:
    """Return text without joiners and variation selectors: the letters and signs alone."""
    return text if text.isascii() else _shaping_pattern().sub("", text)


def find_shaping(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each run of joiners and variation selectors."""
    if not text.isascii():
        yield from (run.span() for run in _shaping_pattern().finditer(text))


def drawn(text: str) -> str:
    """Return text as it is drawn, without the characters that terminals measure differently."""
    if not text.isascii():
        for character in NOT_DRAWN:
            if character in text:
                text = text.replace(character, "")
    return text


def drop_escape_sequences(text: str) -> str:
    """Return text without complete escape sequences, such as those that colour a terminal's output.

    What only begins like one stays, so that no words are lost with it; ``drop_unsafe`` takes its
    escape away.
    """
    if "\x1b" not in text and text.isascii():
        return text
    return _escape_sequence_pattern().sub("", text)


def safe_json(value: Any, indent: int | None = None) -> str:
    """Return JSON in which letters of all scripts stay, and unsafe characters are escaped."""
    return escape_in_json(json.dumps(value, ensure_ascii=False, indent=indent))


def escape_in_json(text: str) -> str:
    """Return JSON with escapes for the unsafe characters in it."""
    if _maybe_unsafe_pattern().search(text) is None:
        return text
    return unsafe_pattern().sub(lambda unsafe: json.dumps(unsafe[0])[1:-1], text)


def _is_plainly_safe(text: str) -> bool:
    """Tell in a fraction of the time whether a text is safe; some safe ones are not plainly so."""
    return (text.isascii() and text.isprintable()) or _maybe_unsafe_pattern().search(text) is None


def _normalise_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
