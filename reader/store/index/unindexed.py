"""Finding articles in files that the index does not have yet: it may be new, or being made."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import msgspec

from reader.core.addresses import is_web_address
from reader.core.annotation import Article
from reader.errors import StoreError
from reader.files import read_plain
from reader.store.files.article_file import ArticleFile
from reader.store.files.paths import LibraryPaths
from reader.store.files.reading import LARGEST_FILE
from reader.store.files.records import from_record
from reader.store.index.summaries import keys_of

_WORD = "[0-9A-Za-z]+"


class _ArticleTable(msgspec.Struct):
    """The one table of an article file that the search looks at."""

    article: dict[str, dict[str, Any]]


def search_files(
    paths: LibraryPaths, names: Collection[str], keys: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Search article files for articles that have any of some keys.

    A file is only parsed where it holds a word of a key, and then no more of it than its article.

    Args:
        paths: The library.
        names: The names of the files.
        keys: Values in the form of the index's columns, by the names of the columns; without
            empty ones.

    Yields:
        The name of the file and that of the column whose key the article has.
    """
    words = [_word_of(column, value) for column, value in keys.items()]
    for name in names:
        with suppress(OSError):
            content, _ = read_plain(paths.article(name), LARGEST_FILE)
            if words and not any(map(content.lower().__contains__, words)):
                continue
            article = _article_in(content) or _read(paths, name)
            if article is not None:
                own = {**keys_of(article), "article": article.id}
                yield from ((name, column) for column in keys if own[column] == keys[column])


def names_ending(paths: LibraryPaths, *, prefix: str = "", suffix: str = "") -> list[str]:
    """Return the names of the article files that begin and end with these words, the short first.

    Margin names a file after the article's title and the end of its id.
    """
    with suppress(OSError):
        with os.scandir(paths.articles) as entries:
            names = [
                entry.name
                for entry in entries
                if entry.name.startswith(prefix) and entry.name.endswith(suffix)
            ]
        return sorted(names, key=lambda name: (len(name), name))
    return []


def _word_of(column: str, value: str) -> bytes:
    """Return a part of a key that its file has in any spelling of the key: ASCII, in lower case."""
    if column == "title":
        return b""  # folding may have made the letters
    if column in {"url", "source"}:
        with suppress(ValueError):
            value = urlsplit(value).hostname or "" if is_web_address(value) else value
        value = re.split(r"[/\\]", value)[-1]
    return max(re.findall(_WORD, value), key=len, default="").lower().encode()


def _article_in(content: bytes) -> Article | None:
    """Return the article in the bytes of a file; None where it takes more to read it."""
    with suppress(msgspec.DecodeError, TypeError, RecursionError, UnicodeDecodeError):
        table = msgspec.json.decode(content, type=_ArticleTable).article
        if table and (article_id := min(table)):
            return from_record(Article, article_id, table[article_id])
    return None


def _read(paths: LibraryPaths, name: str) -> Article | None:
    with suppress(StoreError):
        record = ArticleFile.in_library(paths, name).read()
        return record.article if record is not None else None
    return None
