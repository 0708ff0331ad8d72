"""Locate quotes, which may be written with other signs than the text, in a document."""

from __future__ import annotations

import re

from reader.core.document import Document, TextRange
from reader.core.folding import fold
from reader.core.graphemes import whole_graphemes
from reader.core.search import TextFinder


def locate(document: Document, exact: str, prefix: str = "", suffix: str = "") -> list[TextRange]:
    """Return every range where a quote occurs, in the order of the text.

    Any white space matches any other, so that a quote copied from a page with other line breaks
    is found. Where the characters of the quote do not occur, those that the search takes for the
    same do: other quotation marks, dashes, ligatures and joiners, and other case and accents where
    the quote has none. The ranges that are most like the quote are returned alone.

    Args:
        document: The document to search.
        exact: The quote; white space at its edges is left out.
        prefix: The text that must precede it, or empty.
        suffix: The text that must follow it, or empty.

    Returns:
        The ranges of the quote alone, which may overlap; none where ``exact`` is blank.
    """
    if not exact.strip():
        return []
    return _exact_places(document, exact, prefix, suffix) or _similar_places(
        document, exact, prefix, suffix
    )


def _exact_places(document: Document, exact: str, prefix: str, suffix: str) -> list[TextRange]:
    """Return the ranges with exactly these characters around and in them, but for white space."""
    before, quote, after = _loose(prefix), _loose(exact), _loose(suffix)
    pattern = re.compile(rf"{before}\s*({quote})" if before else f"({quote})")
    follows = re.compile(rf"\s*{after}") if after else None
    places: dict[TextRange, None] = {}
    match = pattern.search(document.text)
    while match:
        if follows is None or follows.match(document.text, match.end(1)):
            place = whole_graphemes(document.text, TextRange(*match.span(1)))
            if document.quote(place).split() == exact.split():
                places[place] = None
        match = pattern.search(document.text, match.start() + 1)
    return sorted(places)


def _similar_places(document: Document, exact: str, prefix: str, suffix: str) -> list[TextRange]:
    """Return the ranges that the search finds: those with the same letters, else all of them."""
    quote = exact.strip()
    is_cased = quote != quote.lower()
    needle = fold(quote, keep_case=is_cased).strip()
    found = [
        place
        for place in TextFinder(document.text).find(quote)
        # A match within a ligature or an ellipsis is widened to all of it, which is another text.
        if fold(document.quote(place), keep_case=is_cased).strip() == needle
        and _has_context(document.text, place, prefix, suffix)
    ]
    for is_like in (_has_same_characters, _has_same_letters):
        if alike := [place for place in found if is_like(document.quote(place), quote)]:
            return alike
    return found


def _has_same_characters(passage: str, quote: str) -> bool:
    return passage.split() == quote.split()


def _has_same_letters(passage: str, quote: str) -> bool:
    passage, quote = (fold(each, keep_case=True, keep_marks=True) for each in (passage, quote))
    return passage.strip() == quote.strip()


def _has_context(text: str, place: TextRange, prefix: str, suffix: str) -> bool:
    """Return whether the search would find ``prefix`` right before a range, ``suffix`` after it."""
    before, after = fold(prefix).strip(), fold(suffix).strip()
    return (not before or _folded_before(text, place.start, len(before)).endswith(before)) and (
        not after or _folded_after(text, place.end, len(after)).startswith(after)
    )


def _folded_before(text: str, end: int, length: int) -> str:
    """Return at least ``length`` folded characters before ``end``, without a space at the end."""
    reach = length
    while True:
        start = max(0, end - reach)
        folded = fold(text[start:end]).rstrip()
        if len(folded) > length or start == 0:
            return folded
        reach *= 2


def _folded_after(text: str, start: int, length: int) -> str:
    """Return at least ``length`` folded characters from ``start``, without a space before them."""
    reach = length
    while True:
        folded = fold(text[start : start + reach]).lstrip()
        if len(folded) > length or start + reach >= len(text):
            return folded
        reach *= 2


def _loose(quote: str) -> str:
    """Return a pattern for ``quote`` in which any white space matches any other."""
    return r"\s+".join(map(re.escape, quote.split()))
