"""Takes a text that is signed with PGP out of its armour (RFC 9580, section 7)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SIGN: Final = "-----BEGIN PGP "
_BLOCK: Final = re.compile(
    r"^(?P<quote>(?:[ \t]?>)*[ \t]?)-----BEGIN PGP (?P<kind>SIGNED MESSAGE|MESSAGE"
    r"|SIGNATURE|PUBLIC KEY BLOCK)-----[ \t]*$",
    re.MULTILINE,
)
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z-]{1,30}: .*")
_END: Final = re.compile(r"-----END PGP (?:MESSAGE|SIGNATURE|PUBLIC KEY BLOCK)-----")
_LONGEST_FOOT: Final = 16
"""The most lines of a sender's name and address; longer ones are text."""
_ESCAPE: Final = "- "
_LONGEST_BLOCK: Final = 20_000
"""The most lines of a signature or a key."""


class UnsignedText(NamedTuple):
    """A text without armour."""

    text: str
    """What was signed, with the text around it."""
    armour: str
    """The lines of the signatures, of keys and of what is encrypted; empty where there are none."""


def without_armour(text: str) -> UnsignedText:
    """Part a text from the armour of PGP, and undo the escapes of what was signed.

    Args:
        text: Lines that end in newlines; quoted ones may be signed, too.
    """
    if _SIGN not in text:
        return UnsignedText(text, "")
    kept: list[str] = []
    armour: list[str] = []
    position, quote, is_signed = 0, "", False
    while (match := _BLOCK.search(text, position)) is not None:
        between = text[position : match.start()]
        kept.append(_unescaped(between, quote, armour) if is_signed else between)
        quote, position = match["quote"], match.end()
        is_signed = match["kind"] == "SIGNED MESSAGE"
        if is_signed:
            position = _after_head(text, position, quote)
        else:
            position = _after_block(text, match.start(), armour)
    rest = text[position:]
    kept.append(_unescaped(rest, quote, armour) if is_signed else rest)
    return UnsignedText("".join(kept), "\n".join(armour))


def _unescaped(text: str, quote: str, armour: list[str]) -> str:
    """Return what was signed, without the hyphens that escape hyphens.

    The sender's name and address below ``--`` go to the armour.
    """
    start = quote + _ESCAPE
    lines = [
        quote + line[len(start) :] if line.startswith(start) else line for line in text.split("\n")
    ]
    first = max(len(lines) - _LONGEST_FOOT, 0)
    foot = next((at for at in range(first, len(lines)) if lines[at].rstrip() == "--"), len(lines))
    armour += lines[foot + 1 :]
    return "\n".join(lines[:foot]) + ("\n" if foot < len(lines) else "")


def _after_head(text: str, position: int, quote: str) -> int:
    """Return the offset after the headers of what was signed, such as the name of a hash."""
    position += 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end].removeprefix(quote).strip()
        if line.strip("> \t") and not _HEADER.fullmatch(line):
            return position
        position = end + 1
        if not line.strip("> \t"):
            break
    return min(position, len(text))


def _after_block(text: str, start: int, armour: list[str]) -> int:
    """Add the lines of a signature or a key to the armour; return the offset after them."""
    position = start
    for _ in range(_LONGEST_BLOCK):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        armour.append(line)
        position = min(end + 1, len(text))
        if _END.search(line) or position >= len(text):
            break
    return position
