"""Format texts, numbers and sizes for a single line of the screen."""

from __future__ import annotations

import re

from reader.core.graphemes import grapheme_start

WORDS_A_MINUTE = 238
"""The speed at which adults read English non-fiction silently (Brysbaert, 2019, Journal of Memory
and Language 109:104047)."""

MAX_PAGE_NUMBER = 20
"""The most code points of a page number that are shown."""

_CELLS = r"[^\S\t]*\t[^\S\t]*"
_LOOSE_END = " ,;:–—-|"


def one_line(text: str, limit: int | None = None) -> str:
    """Return ``text`` on one line, with single spaces, and bars between the cells of a table.

    Args:
        text: A passage, a title, a note.
        limit: The most code points to return; a longer text is cut and ends with ``…``. The cut
            is after a word, unless that would lose more than half of the limit.
    """
    line = text.strip()
    if "\t" in line:
        line = re.sub(_CELLS, " | ", line)
    line = " ".join(line.split())
    if limit is None or len(line) <= limit:
        return line
    if limit <= 1:
        return "…"[: max(limit, 0)]
    end = line.rfind(" ", 0, limit)
    if end < limit // 2:
        end = grapheme_start(line, limit - 1)
    return f"{line[:end].rstrip(_LOOSE_END)}…"


def joined_lines(text: str) -> str:
    """Return a text of several lines as one line: each break and each tab becomes a space."""
    lines = text.replace("\t", " ").splitlines()
    return lines[0] if len(lines) == 1 else " ".join(filter(None, map(str.strip, lines)))


def page_label(page: str) -> str:
    """Return the label of a printed page, ``p. 12``; empty for an empty number.

    Args:
        page: The page number in the source, which may be any text.
    """
    number = one_line(page, MAX_PAGE_NUMBER)
    return f"p. {number}" if number else ""


def minutes(words: int, words_a_minute: int = WORDS_A_MINUTE) -> int:
    """Return how many minutes it takes to read ``words``, rounded up.

    Args:
        words: The number of words; below 0 counts as 0.
        words_a_minute: The reader's speed, above 0.
    """
    return -(-max(words, 0) // words_a_minute)


def duration(count: int) -> str:
    """Return a number of minutes as text: ``45 min``, ``13 h 54 min``."""
    hours, rest = divmod(count, 60)
    parts = [f"{hours:,} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(filter(None, parts))


def amount(received: int, total: int | None) -> str:
    """Return how much of a transfer has arrived: ``120 KB of 1.4 MB``.

    Args:
        received: The bytes received.
        total: The bytes of the whole; None if unknown.
    """
    return size(received) + (f" of {size(total)}" if total else "")


def size(count: int) -> str:
    """Return a number of bytes as text, in a suitable decimal unit: ``1.4 MB``."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def waiting_time(seconds: float) -> str:
    """Return a time to wait as text: ``8 s``, ``3 min``."""
    return f"{seconds:.0f} s" if seconds < 90 else duration(round(seconds / 60))


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, singular or plural: ``1 article``, ``2 articles``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
