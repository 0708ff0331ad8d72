"""What the reader wrote in place of an article's own metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from reader.core.document import Metadata


class SourceField(NamedTuple):
    """A fact about the source of an article that the reader can correct."""

    name: str
    """Its name in records; for the facts that pages state, the field of ``Metadata``."""
    label: str
    """What it is called on screens."""
    option: str
    """The option of ``margin edit`` that sets it, without dashes."""
    expects: str
    """What is written there, in a few words."""


SOURCE_FIELDS: Final = (
    SourceField("title", "Title", "title", "the title"),
    SourceField("authors", "Authors", "author", "one or several names, between commas"),
    SourceField("site", "Outlet", "outlet", "the newspaper, the broadcaster, the site"),
    SourceField("published", "Published", "published", "2026, 2026-03 or 14 March 2026"),
    SourceField("url", "Address", "url", "https://…"),
    SourceField("accessed", "Accessed", "accessed", "the day you read it, or today"),
    SourceField("archive", "Archived at", "archive", "https://web.archive.org/…"),
)
"""The facts about a source, in the order in which forms ask for them."""

DATES: Final = frozenset({"published", "accessed"})
"""The names of the fields that hold a date."""

ADDRESSES: Final = frozenset({"url", "archive"})
"""The names of the fields that hold a web address."""

_IN_METADATA: Final = ("title", "authors", "site", "published", "url")


class Override(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the reader wrote for one field, and when."""

    time: str
    """When: ISO 8601, UTC, with milliseconds."""
    values: tuple[str, ...] = ()
    """The values, several only for authors; empty where the source's own value counts again."""


def overridden(metadata: Metadata, overrides: Mapping[str, Override]) -> Metadata:
    """Return metadata with what the reader wrote in place of the source's own."""
    values: dict[str, Any] = {
        name: overrides[name].values
        for name in _IN_METADATA
        if name in overrides and overrides[name].values
    }
    if not values:
        return metadata
    guessed = tuple(name for name in metadata.guessed if name not in values)
    for name in values.keys() - {"authors"}:
        values[name] = values[name][0]
    return replace(metadata, guessed=guessed, **values)
