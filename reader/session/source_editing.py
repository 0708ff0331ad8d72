"""Correcting by hand what the library says about the sources of articles."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader import clock
from reader.core.addresses import is_web_address
from reader.core.annotation import Article
from reader.core.author_names import with_suffixes
from reader.core.changes import written_values
from reader.core.dates import DateError, read_date
from reader.core.overrides import ADDRESSES, DATES, SOURCE_FIELDS
from reader.errors import ReaderError, StoreError
from reader.session.edited import edited_source
from reader.session.writer import SaveWriter
from reader.store.library import Library

if TYPE_CHECKING:
    from reader.session.found_facts import FoundFact

SourceValues = Mapping[str, tuple[str, ...]]
"""Values by the names of ``SOURCE_FIELDS``; no values let the source's own count again."""

MAX_LENGTH: Final = 1000
"""The longest value that is not an address, in code points."""

_LABELS: Final = {field.name: field.label for field in SOURCE_FIELDS}


class SourceChange(NamedTuple):
    """The facts about the source of one article, before they were changed and after."""

    article: Article
    """The article after the change."""
    before: SourceValues
    """What the reader had written before for the fields that were set."""


class SourceEditing:
    """Changes the facts about sources in one library."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library."""
        self._library = library
        self._writer = writer

    def found_facts(self, article: Article) -> Mapping[str, FoundFact]:
        """Return what the library's text of an article states about its source; see there."""
        from reader.session.found_facts import found_facts  # noqa: PLC0415  (only in the details)

        with contextlib.suppress(StoreError):
            return found_facts(next(self._library.read_snapshot(article.snapshot)), article)
        return {}

    def edit(self, article_ids: Sequence[str], values: SourceValues) -> list[SourceChange]:
        """Set facts about the sources of some articles; returns once they are on disk.

        Args:
            article_ids: Which articles.
            values: The checked values, see ``read_values``.

        Raises:
            StoreError: One could not be saved; those before it are.
        """
        self._writer.flush()
        changes = []
        for article_id in article_ids:
            article = self._library.load(article_id).article
            before = {name: written_values(article, name) for name in values}
            after = edited_source(article, values)
            if after != article:
                after = self._library.save(article_id, article=after).article
            changes.append(SourceChange(after, before))
        return changes


def read_values(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the values that a person wrote, checked.

    Args:
        texts: What was written, by the names of ``SOURCE_FIELDS``.

    Raises:
        ReaderError: One of them cannot be; the sentence names the field.
    """
    return {name: read_value(name, text) for name, text in texts.items()}


def read_value(name: str, text: str) -> tuple[str, ...]:
    """Return the values of one field that a person wrote; none for an empty text.

    Args:
        name: The name of the field, as in ``SOURCE_FIELDS``.
        text: What was written.

    Raises:
        ReaderError: It is no date or no address, or is too long.
    """
    from reader.formats import clean_line  # noqa: PLC0415  (only when something is written)

    line = clean_line(text)
    if not line:
        return ()
    if name in ADDRESSES:
        return (_checked_address(name, line),)
    if len(line) > MAX_LENGTH:
        raise ReaderError(
            f"{_LABELS[name]} too long", f"It has over {MAX_LENGTH:,} characters; shorten it."
        )
    if name in DATES:
        return (_checked_date(name, line),)
    return split_authors(line) if name == "authors" else (line,)


def split_authors(line: str) -> tuple[str, ...]:
    """Return the names in a line, each once: between semicolons, else between commas and "and"."""
    names = line.split(";") if ";" in line else with_suffixes(line.replace(" and ", ",").split(","))
    return tuple(dict.fromkeys(filter(None, map(str.strip, names))))


def joined_authors(names: Sequence[str]) -> str:
    """Return names on one line, as ``split_authors`` reads them."""
    line = ", ".join(names)
    if split_authors(line) == tuple(names):
        return line
    return "; ".join(names) + (";" if len(names) == 1 else "")


def _checked_date(name: str, line: str) -> str:
    if line.lower() == "today":
        return clock.local_day(clock.now())
    try:
        return read_date(line)
    except DateError as error:
        raise ReaderError(f"{_LABELS[name]} not understood", f"{error}.") from error


def _checked_address(name: str, line: str) -> str:
    from reader.web.addresses import checked_address  # noqa: PLC0415  (only when one is written)

    if not is_web_address(line):
        raise ReaderError(
            f"{_LABELS[name]} not understood",
            f"“{line[:60]}” is no web address; write all of it, from https:// on.",
        )
    try:
        return checked_address(line)
    except ReaderError as error:
        raise ReaderError(f"{_LABELS[name]} not understood", error.message) from error
