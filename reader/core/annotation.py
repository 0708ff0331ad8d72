"""Annotations and the articles that they are made on: frozen values."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from reader.core.document import Metadata, TextRange


class Tag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tag that has a key of its own."""

    name: str
    """What is stored: lower case, without spaces at its ends."""
    key: str
    """The digit that sets it, ``1`` to ``9``; empty for a tag without a key."""
    glyph: str
    """One character of one cell, shown in the gutter."""
    colour: str
    """A theme variable (``quote``, ``claim``, ``context``) or a colour such as ``#ff8800``."""


QUOTE, CLAIM, CONTEXT = "quote", "claim", "context"

STANDARD_TAGS = (
    Tag(QUOTE, "1", "❝", QUOTE),
    Tag(CLAIM, "2", "⚑", CLAIM),
    Tag(CONTEXT, "3", "✱", CONTEXT),
)
"""The three tags that Margin starts with."""


class ClaimStatus(StrEnum):
    """How far a claim has been checked."""

    UNCHECKED = "unchecked"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class PlaceState(StrEnum):
    """How an annotation's place in the present text was found."""

    EXACT = "exact"
    """The text is the one that it was made on, or the passage stands there unchanged."""
    MOVED = "moved"
    """The same words, elsewhere."""
    EDITED = "edited"
    """The passage was found, its words have changed."""
    ORPHANED = "orphaned"
    """The passage is not in the present text; the range is the nearest place, as a hint."""
    BY_HAND = "by hand"
    """A person put it back."""


class ArticleState(StrEnum):
    """How far a person is with an article."""

    UNREAD = "unread"
    """Kept for later, and not opened yet."""
    READING = "reading"
    """Opened, and not read to its end."""
    FINISHED = "finished"
    """Read to its end."""
    ARCHIVED = "archived"
    """Done with; out of the way in lists."""


class Selector(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was marked, on the text that it was marked on; never changed by Margin itself."""

    exact: str
    """The passage's text."""
    prefix: str = ""
    """Up to 64 code points before it."""
    suffix: str = ""
    """Up to 64 code points after it."""
    start: int = 0
    """Offset of the passage in the snapshot's text."""
    end: int = 0
    """Offset after the passage in the snapshot's text."""
    section: str = ""
    """The heading of the section that it stands in."""
    snapshot: str = ""
    """Digest of the document that the offsets refer to; empty while that is still being read."""
    page: str = ""
    """The printed page that it begins on, as the source numbers it; empty without pages."""
    earlier: tuple[dict[str, Any], ...] = ()
    """The selectors that this one took the place of when a person accepted another wording, the
    first one first, as records without ``earlier``; see ``core.selectors``."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the passage is in the present text; derived, and found anew at any time."""

    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    state: PlaceState = PlaceState.EXACT
    """How it was found."""
    snapshot: str = ""
    """Digest of the document that the range refers to, where that is not the article's present
    one: the place came from another copy of the library and is to be found anew."""
    refused: bool = False
    """Whether a person said that the passage is not where it was found: it has lost its place
    until its very words stand in the text again."""

    @property
    def range(self) -> TextRange:
        """The place as a range."""
        return TextRange(self.start, self.end)


class Annotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A marked passage with its tags and its note."""

    id: str
    """ULID."""
    selector: Selector
    """What was marked."""
    place: Place
    """Where that is now."""
    tags: tuple[str, ...]
    """At least one, without doubles; the first gives the colour."""
    created: str
    """When it was made: ISO 8601, UTC, with milliseconds."""
    modified: str
    """When it was last changed, likewise."""
    note: str = ""
    """Markdown."""
    speaker: str = ""
    """Who said it, for a quote."""
    status: ClaimStatus | None = None
    """How far it was checked, for a claim."""
    links: tuple[dict[str, Any], ...] = ()
    """Relations to other annotations: ``{"type": CiTO term, "target": id}``."""
    deleted: str = ""
    """When it was deleted (a tombstone, so that copies can be merged); empty while it lives."""
    changed: dict[str, str] = {}
    """When each part was last changed, by the name of its field; see ``core.changes``."""
    superseded: tuple[str, ...] = ()
    """The marks of the note's earlier texts, so that another copy's text is known for one."""
    versions: tuple[dict[str, Any], ...] = ()
    """Where the note joins texts that were written apart: each with ``time`` and ``text``."""
    extra: dict[str, Any] = {}
    """Fields that this version does not know, kept as they came."""

    @property
    def range(self) -> TextRange:
        """The passage in the present text."""
        return self.place.range

    @property
    def is_orphaned(self) -> bool:
        """Whether the passage has lost its place."""
        return self.place.state is PlaceState.ORPHANED

    @property
    def needs_review(self) -> bool:
        """Whether the passage was carried over with other words, which nobody has accepted yet."""
        return self.place.state is PlaceState.EDITED

    @property
    def is_deleted(self) -> bool:
        """Whether this is a tombstone."""
        return bool(self.deleted)


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the library knows of an article besides its text and its annotations."""

    id: str
    """ULID."""
    source: str
    """Absolute path or URL that it was opened from."""
    metadata: Metadata
    """Title, authors and so on."""
    snapshot: str = ""
    """Digest of the document as it was last seen; names the snapshot."""
    source_digest: str = ""
    """SHA-256 of the source's bytes when the snapshot was made."""
    added: str = ""
    """When it came into the library: ISO 8601, UTC, with milliseconds."""
    opened: str = ""
    """When it was last opened, likewise."""
    position: int = 0
    """Offset of the first character on screen when it was left."""
    progress: float = 0.0
    """How far it was read, 0 to 1."""
    finished: bool = False
    """Whether it was read to its end."""
    tags: tuple[str, ...] = ()
    """Tags of the article itself."""
    manual_state: ArticleState | None = msgspec.field(default=None, name="state_by_hand")
    """The state that was set by hand; None derives it from the reading, see ``state``."""
    etag: str = ""
    """The server's mark of the version that ``source_digest`` is of, quotes and all."""
    last_modified: str = ""
    """When the server says that this version was made, in its own words."""
    is_whole: bool = False
    """Whether all of a page's text is read, and not its article alone."""
    read_as: str = ""
    """The format that a person said it is in, as ``formats`` calls it; empty to find out."""
    changed: dict[str, str] = {}
    """When the position, the tags and the manual state last changed, by their names in records."""
    extra: dict[str, Any] = {}
    """Fields that this version does not know, kept as they came."""

    @property
    def state(self) -> ArticleState:
        """How far the reader is with it: as set by hand, else as the reading says."""
        if self.manual_state is not None:
            return self.manual_state
        if self.finished:
            return ArticleState.FINISHED
        return ArticleState.READING if self.opened else ArticleState.UNREAD
