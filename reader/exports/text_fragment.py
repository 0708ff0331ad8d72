"""The address of a passage on a web page: a text fragment, as browsers follow it.

See https://wicg.github.io/scroll-to-text-fragment/.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from reader.safe_text import sanitise

_LONGEST: Final = 80
"""The most code points of a passage that the address has whole; of a longer one it has the ends."""
_ENDS: Final = 4
"""How many words of each end it has."""
_CONTEXT: Final = 3
"""How many words beside a short passage it has, so that the right place is found."""
_FEW: Final = 5
"""A passage of fewer words is short."""
_LONGEST_WORD: Final = 24
"""The most code points of a word that are taken; scripts without spaces have longer ones."""


def passage_address(address: str, words: str, before: str = "", after: str = "") -> str:
    """Return the address that leads a browser to a passage of a page.

    Args:
        address: The address of the page.
        words: The passage, as it reads on the page.
        before: What stands before it in the text; may be empty.
        after: What stands after it; may be empty.
    """
    lines = [
        line for each in sanitise(words).replace("\t", "\n").split("\n") if (line := each.split())
    ]
    if not lines:
        return address
    text = " ".join(lines[0])
    if len(lines) == 1 and len(text) <= _LONGEST:
        is_short = len(lines[0]) < _FEW
        parts = [
            f"{_encoded(_last(before))}-" if is_short and _last(before) else "",
            _encoded(text),
            f"-{_encoded(_first(after))}" if is_short and _first(after) else "",
        ]
    else:
        first, last = " ".join(lines[0][:_ENDS]), " ".join(lines[-1][-_ENDS:])
        parts = [_encoded(first[: _LONGEST_WORD * _ENDS]), _encoded(last[-_LONGEST_WORD * _ENDS :])]
    joined = ",".join(filter(None, parts))
    return f"{address}{'' if '#' in address else '#'}:~:text={joined}"


def _last(before: str) -> str:
    """Return the last words before a passage, of its own line."""
    line = sanitise(before).replace("\t", "\n").rpartition("\n")[2]
    words = line.split()[-_CONTEXT:]
    return " ".join(words)[-_LONGEST_WORD * _CONTEXT :]


def _first(after: str) -> str:
    """Return the first words after a passage, of its own line."""
    line = sanitise(after).replace("\t", "\n").partition("\n")[0]
    words = line.split()[:_CONTEXT]
    return " ".join(words)[: _LONGEST_WORD * _CONTEXT]


def _encoded(text: str) -> str:
    """Return text without the signs that have a meaning in a text fragment."""
    return quote(text, safe="").replace("-", "%2D")
