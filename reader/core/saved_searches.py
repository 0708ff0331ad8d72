"""Saved searches: queries over the notes that have a name."""

# Annotations are no strings here: msgspec compiles each string before the first screen.

from typing import Final

import msgspec


class SavedSearch(msgspec.Struct, frozen=True):
    """A query with a name, by which the reader asks it again."""

    name: str
    """The name, as the reader writes it, without white space at its ends."""
    query: str
    """The query, in the language of ``core.query``."""
    key: str = ""
    """The function key that asks it, ``f2`` to ``f12``; empty for none."""


STANDARD_SEARCHES: Final = (
    SavedSearch("open claims", "tag:claim status:open"),
    SavedSearch("changed since marked", "is:changed"),
    SavedSearch("lost their place", "is:orphaned"),
    SavedSearch("without a note", "-has:note"),
    SavedSearch("this week", "marked:this-week"),
)
"""The searches that come with Margin, in their order."""


def search_named(searches: tuple[SavedSearch, ...], name: str) -> SavedSearch | None:
    """Return the search with a name in any case; None where there is none."""
    asked = name.strip().lower()
    return next((each for each in searches if each.name.lower() == asked), None)
