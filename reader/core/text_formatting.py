"""Text as it is shown elsewhere: on one line, counted, measured."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.core.annotation import Selector
from reader.core.graphemes import grapheme_start

WORDS_A_MINUTE = 238
"""How fast adults read English non-fiction silently (Brysbaert, 2019, Journal of Memory and
Language 109:104047)."""

MAX_PAGE_NUMBER = 20
"""How much of a page's number is shown, in code points."""

_CELLS = re.compile(r"[^\S\t]*\t[^\S\t]*")
_LOOSE_END = " ,;:–—-|"


def one_line(text: str, limit: int | None = None) -> str:
    """Return ``text`` on one line: white space collapsed, the cells of a table parted by bars.

    Args:
        text: A passage, a title, a note.
        limit: The most code points to return; what is longer is cut after a word, or inside one
            that is longer than half of the limit, and ends with ``…``.
    """
    line = text.strip()
    if "\t" in line:
        line = _CELLS.sub(" | ", line)
    line = " ".join(line.split())
    if limit is None or len(line) <= limit:
        return line
    if limit <= 1:
        return "…"[: max(limit, 0)]
    end = line.rfind(" ", 0, limit)
    if end < limit // 2:
        end = grapheme_start(line, limit - 1)
    return f"{line[:end].rstrip(_LOOSE_END)}…"


def former_context(selector: Selector, show: Callable[[str], str] = one_line) -> str:
    """Return a sentence that says where a lost passage stood; empty if nothing is known of that.

    Args:
        selector: What was marked.
        show: Returns a text as it is to be shown, such as on one line, or escaped.
    """
    parts = (
        ("under “{}”", selector.section),
        ("after “… {}”", selector.prefix),
        ("before “{} …”", selector.suffix),
    )
    known = [form.format(show(text)) for form, text in parts if text.strip()]
    return f"It stood {', '.join(known)}." if known else ""


def page_label(page: str) -> str:
    """Return how the number of a printed page is shown, ``p. 12``; empty without one.

    Args:
        page: The number as the source gives it, which may be any text.
    """
    number = one_line(page, MAX_PAGE_NUMBER)
    return f"p. {number}" if number else ""


def minutes(words: int, words_a_minute: int = WORDS_A_MINUTE) -> int:
    """Return how many minutes ``words`` take to read, rounded up; 0 only where there are none.

    Args:
        words: How many are left.
        words_a_minute: The reader's speed, above 0.
    """
    return -(-max(words, 0) // words_a_minute)


def duration(count: int) -> str:
    """Return how long a number of minutes is, for people: ``45 min``, ``13 h 54 min``."""
    hours, rest = divmod(count, 60)
    parts = [f"{hours:,} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(filter(None, parts))


def amount(received: int, total: int | None) -> str:
    """Return how much of something has come: ``120 KB of 1.4 MB``.

    Args:
        received: Bytes.
        total: Bytes of the whole; None where that is not known.
    """
    return size(received) + (f" of {size(total)}" if total else "")


def size(count: int) -> str:
    """Return a number of bytes in the unit that a person would use: ``1.4 MB``."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 article``, ``2 articles``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
