"""Names of authors that stand in a list: where one ends, and what follows a name after a comma."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_SUFFIXES: Final = frozenset(
    ("jr", "sr", "jnr", "snr", "ii", "iii", "iv", "esq", "md", "phd", "dphil")
)
"""What may follow a name after a comma, in lower case without full stops."""


def is_suffix(text: str) -> bool:
    """Return whether a text is no name but what follows one, such as ``Jr.`` or ``PhD``."""
    return text.strip().replace(".", "").casefold() in _SUFFIXES


def with_suffixes(parts: Iterable[str]) -> list[str]:
    """Return the names of a list that was parted at its commas: ``Jan Berg, Jr.`` is one.

    Args:
        parts: What stood between the commas; empty parts and white space are left out.
    """
    names: list[str] = []
    for part in filter(None, map(str.strip, parts)):
        if names and is_suffix(part):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names
