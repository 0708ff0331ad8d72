"""Source keys: what tells that a source of another program and an article are the same.

A key is a kind and a value. Addresses, paths and ISBNs identify a source; a title only names it, so
the authors of two sources of one title are compared as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reader.core.addresses import canonical_address, is_web_address
from reader.core.annotation import Article
from reader.core.folding import fold

_NOT_OF_WORDS: Final = re.compile(r"[\W_]+")
_IN_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]\s*$")
"""What stands behind a title in a list of books: ``(German Edition)``, a series, an author."""

_BEFORE_SUBTITLE: Final = re.compile(r":\s|\s[-–—]\s|\.\s")
_BETWEEN_AUTHORS: Final = re.compile(r"\s*[;&/]\s*|\s+(?:and|und|et|y|e)\s+")

_ISBN: Final = re.compile(r"(?:URN:)?(?:ISBN:?)?([0-9]{9}[0-9X]|97[89][0-9]{10})")
_IN_ISBN: Final = re.compile(r"[-\u2010-\u2015\s]")
"""Spaces, hyphens and dashes."""

_TELLING_WORDS: Final = 3
"""How many words of a title tell as much as its author does."""


def address_key(address: str) -> str:
    """Return the key of a web address, the same for all spellings of it; empty for another text."""
    return f"url {canonical_address(address)}" if is_web_address(address.strip()) else ""


def path_key(path: str) -> str:
    """Return the key of the absolute path of a file; empty without one."""
    return f"path {path}" if path else ""


def isbn_in(text: str) -> str:
    """Return an ISBN in its ten or thirteen digits alone; empty for another text.

    Args:
        text: The ISBN, maybe with hyphens, and with ``urn:isbn:`` before it.
    """
    found = _ISBN.fullmatch(_IN_ISBN.sub("", text).upper())
    return found[1] if found else ""


def isbn_key(text: str) -> str:
    """Return the key of an ISBN; empty for another text.

    An ISBN of ten digits and the one of thirteen for the same book have one key: the nine digits
    that they share.

    Args:
        text: As for ``isbn_in``.
    """
    isbn = isbn_in(text)
    if len(isbn) == 13:
        isbn = isbn.removeprefix("978")
    return f"isbn {isbn[:-1]}" if isbn else ""


def title_key(title: str) -> str:
    """Return the key of a title without its subtitle and what stands behind it in brackets.

    A title of signs alone (``???``) has them as its key.
    """
    name = " ".join(title_words(title, is_main=True) or fold(title).split())
    return f"title {name}" if name else ""


def is_title_key(key: str) -> bool:
    """Return whether a key only names a source."""
    return key.startswith("title ")


def article_keys(article: Article) -> tuple[str, ...]:
    """Return the keys under which an article is found, also those of what was imported into it."""
    stated, shown = article.source_metadata, article.metadata
    source = article.source
    keys = (
        *map(address_key, (stated.url, shown.url, source)),
        "" if is_web_address(source) else path_key(source),
        *map(isbn_key, (stated.identifier, shown.identifier)),
        *map(title_key, (stated.title, shown.title)),
        *article.aliases,
    )
    return tuple(dict.fromkeys(filter(None, keys)))


def title_words(title: str, *, is_main: bool = False) -> tuple[str, ...]:
    """Return the folded words of a title, without signs.

    Args:
        title: The title.
        is_main: Whether to leave out its subtitle, and what stands behind it in brackets.
    """
    words = _words(title)
    if not is_main:
        return words
    without = _IN_BRACKETS.sub("", title)
    main = _BEFORE_SUBTITLE.split(without, maxsplit=1)[0]
    return _words(main) or _words(without) or words


def names_words(authors: Iterable[str]) -> frozenset[str]:
    """Return the folded words of the names of authors, in whatever order a name is written."""
    return frozenset(
        word
        for author in authors
        for name in _BETWEEN_AUTHORS.split(author)
        for word in _words(name)
        if len(word) > 1  # an initial is no name
    )


def is_same_work(
    title: str, authors: Sequence[str], other_title: str, other_authors: Sequence[str]
) -> bool:
    """Return whether two sources with one ``title_key`` are the same work.

    They are where their authors share a name, and no subtitle contradicts another. Where one of
    them has no author, the whole titles must be the same, and of at least three words.
    """
    mine, other = names_words(authors), names_words(other_authors)
    words, other_words = (_words(_IN_BRACKETS.sub("", each)) for each in (title, other_title))
    if mine and other:
        main = title_words(title, is_main=True)
        return bool(mine & other) and (words == other_words or main in (words, other_words))
    return len(words) >= _TELLING_WORDS and words == other_words


def _words(text: str) -> tuple[str, ...]:
    return tuple(_NOT_OF_WORDS.sub(" ", fold(text)).split())
