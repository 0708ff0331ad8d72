"""Annotations and the articles that they belong to: frozen values."""

# Annotations are no strings here: msgspec compiles each string before the first screen.

from enum import StrEnum
from typing import Any, Final

import msgspec

from reader.core.addresses import is_web_address
from reader.core.document import Metadata, TextRange
from reader.core.overrides import Override, overridden


class Tag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tag with a glyph, a colour and maybe a key of its own."""

    name: str
    """The stored name: lower case, without white space at its ends."""
    key: str
    """The digit that sets the tag, ``1`` to ``9``; empty for a tag without a key."""
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
"""The three tags that a new library has."""


class PlaceState(StrEnum):
    """How the place of an annotation in the present text was found."""

    EXACT = "exact"
    """The text is the one that was annotated, or the passage is there unchanged."""
    MOVED = "moved"
    """The passage is unchanged, but at another place."""
    EDITED = "edited"
    """The passage was found, but its words have changed."""
    ORPHANED = "orphaned"
    """The passage was not found; the range is the nearest place, as a hint."""
    BY_HAND = "by hand"
    """The reader chose the place."""


class Loss(StrEnum):
    """Why a passage has no place."""

    REMOVED = "removed"
    """Few of its words are at its old place, and it is nowhere else."""
    CHANGED = "changed too much"
    """A part of it is there, but too little to be sure."""
    AMBIGUOUS = "ambiguous"
    """It occurs in several places that cannot be told apart."""
    REJECTED = "rejected"
    """The reader rejected the place that was found."""


class ArticleState(StrEnum):
    """How far the reader is with an article."""

    UNREAD = "unread"
    """Saved for later and not opened yet."""
    READING = "reading"
    """Opened, but not read to its end."""
    FINISHED = "finished"
    """Read to its end."""
    ARCHIVED = "archived"
    """Put away; lists do not show it among the others."""


class Selector(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Describes a passage of the text that was annotated; only the reader changes it."""

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
    """The heading of the section that holds the passage; empty without one."""
    snapshot: str = ""
    """Digest of the document that the offsets refer to; empty while that is incomplete."""
    page: str = ""
    """The number of the printed page that it begins on, from the source; empty without pages."""
    earlier: tuple[dict[str, Any], ...] = ()
    """The selectors that this one replaced when the reader accepted a new wording, oldest first, as
    records without ``earlier``; see ``core.selectors``."""
    since: str = ""
    """When these words were first seen in place of the earlier ones: ISO 8601, UTC, with
    milliseconds; empty for the words that were marked, and where it is not known."""


UNKNOWN_TEXT: Final = "unknown"
"""What stands for the digest of a text that was not read whole."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The range of a passage in the present text; derived from its selector."""

    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    state: PlaceState = PlaceState.EXACT
    """How it was found."""
    snapshot: str = ""
    """Digest of the document that the range refers to, if that is not the article's present one:
    the place came from another copy of the library and has to be found again."""
    refused: bool = False
    """Whether the reader rejected the place that was found: the passage stays orphaned until its
    exact words are in the text again."""
    loss: Loss | None = None
    """Why the passage was not found; None where it was, where the reader rejected its place, and in
    files from before this was stored."""
    words: str = ""
    """The words of the range where they are not the selector's; empty where they are the same but
    for case, typography and white space, where the passage is lost, and where it is not known."""
    since: str = ""
    """When these other words, or the loss, were first seen: ISO 8601, UTC, with milliseconds."""

    @property
    def range(self) -> TextRange:
        """The place as a range."""
        return TextRange(self.start, self.end)


class Origin(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a note of another program was when it was imported last, in Margin's form."""

    time: str
    """When it was imported: ISO 8601, UTC, with milliseconds."""
    tags: tuple[str, ...] = ()
    """Its tags."""
    parts: dict[str, str] = {}
    """The digests of its quote, note, speaker and status by these names, without those that were
    empty."""
    is_withdrawn: bool = msgspec.field(default=False, name="withdrawn")
    """Whether the import was undone: the note comes back when it is imported once more."""
    modified: str = ""
    """When the note was changed last in the other program: ISO 8601, UTC, with milliseconds; empty
    if unknown."""


class Annotation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An annotated passage with its tags and its note."""

    id: str
    """ULID."""
    selector: Selector
    """Describes the passage."""
    place: Place
    """The range of the passage in the present text."""
    tags: tuple[str, ...]
    """One or more, without duplicates; the first one gives the colour."""
    created: str
    """When it was created: ISO 8601, UTC, with milliseconds."""
    modified: str
    """When it was last changed: ISO 8601, UTC, with milliseconds."""
    note: str = ""
    """Markdown."""
    speaker: str = ""
    """Who said the passage, for a quote or a claim."""
    status: str | None = None
    """How far the passage was checked, for a claim: the name of a status; see ``core.claims``."""
    links: tuple[dict[str, Any], ...] = ()
    """Links to evidence, also those that were removed, as records; see ``core.evidence``."""
    review: dict[str, Any] = {}
    """When it is asked next, and each answer so far; see ``core.review``."""
    deleted: str = ""
    """When it was deleted; a tombstone, so that copies can be merged. Empty if it was not."""
    changed: dict[str, str] = {}
    """When each part was last changed, by the name of its field; see ``core.changes``."""
    superseded: tuple[str, ...] = ()
    """The keys of the note's earlier texts; merging drops a text whose key is here."""
    versions: tuple[dict[str, Any], ...] = ()
    """The conflicting texts that the note joins, each with ``time`` and ``text``."""
    origins: dict[str, Origin] = {}
    """What it was in the programs that it was imported from, by the kind of the file and its key
    there; see ``session.importing``."""
    extra: dict[str, Any] = {}
    """Fields that this version does not know; they are stored unchanged."""

    @property
    def range(self) -> TextRange:
        """The passage in the present text."""
        return self.place.range

    @property
    def is_orphaned(self) -> bool:
        """Whether the passage was not found in the present text."""
        return self.place.state is PlaceState.ORPHANED

    @property
    def loss(self) -> Loss | None:
        """Why the passage has no place; None where it has one, and where that is not known."""
        if not self.is_orphaned:
            return None
        return Loss.REJECTED if self.place.refused else self.place.loss

    @property
    def is_waiting(self) -> bool:
        """Whether it was imported and no text was read yet in which it could have a place."""
        return self.place.snapshot == UNKNOWN_TEXT and bool(self.origins)

    @property
    def has_place(self) -> bool:
        """Whether its range is one in a text: it is neither lost nor waiting for a text."""
        return not self.is_orphaned and not self.is_waiting

    @property
    def needs_review(self) -> bool:
        """Whether the passage has new words that the reader has not accepted yet."""
        return self.place.state is PlaceState.EDITED

    @property
    def is_deleted(self) -> bool:
        """Whether this is a tombstone."""
        return bool(self.deleted)


class Verdict(msgspec.Struct, frozen=True):
    """What the reader made of a quotation that was suggested."""

    time: str
    """When: ISO 8601, UTC, with milliseconds."""
    is_declined: bool = msgspec.field(default=True, name="declined")
    """Whether it was turned down; False where that was taken back."""


class TagChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """When the reader gave an article a tag, or took it away."""

    time: str
    """When: ISO 8601, UTC, with milliseconds."""
    is_removed: bool = msgspec.field(default=False, name="removed")
    """Whether the tag was taken away."""


class SeenText(msgspec.Struct, frozen=True, omit_defaults=True):
    """When an article is known to have had a text."""

    first: str
    """When the text was first seen: ISO 8601, UTC, with milliseconds."""
    last: str
    """When it was last seen."""
    is_whole: bool = msgspec.field(default=False, name="whole")
    """Whether it is all text of a web page, not only its article."""


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the library knows about an article besides its text and its annotations."""

    id: str
    """ULID."""
    source: str
    """The absolute path or URL that it was opened from."""
    source_metadata: Metadata = msgspec.field(name="metadata")
    """Title, authors and so on, as the source states them; see ``metadata``."""
    snapshot: str = ""
    """Digest of the document as last seen; the name of its snapshot."""
    source_digest: str = ""
    """SHA-256 of the source's bytes that the snapshot was made from."""
    added: str = ""
    """When it was added to the library: ISO 8601, UTC, with milliseconds."""
    opened: str = ""
    """When it was last opened: ISO 8601, UTC, with milliseconds; empty if never."""
    position: int = 0
    """Offset of the first character on screen when it was last closed."""
    caret_distance: int = 0
    """How many code points after ``position`` the caret was then."""
    progress: float = 0.0
    """How far it was read, 0 to 1."""
    finished: bool = False
    """Whether it was read to its end."""
    tags: tuple[str, ...] = ()
    """Tags of the article itself: the projects that it belongs to, see ``projects``."""
    tag_changes: dict[str, TagChange] = {}
    """The last change of each tag that was given or taken away since the article was added."""
    manual_state: ArticleState | None = msgspec.field(default=None, name="state_by_hand")
    """The state that the reader set; None derives it from the reading, see ``state``."""
    etag: str = ""
    """The ETag of the version with ``source_digest``, with its quotation marks; may be empty."""
    last_modified: str = ""
    """The server's ``Last-Modified`` header for this version; may be empty."""
    is_whole: bool = False
    """Whether all text of a web page is read, not only its article."""
    read_as: str = ""
    """The name of the format that the reader chose, as in ``formats``; empty to detect it."""
    suggestions: dict[str, Verdict] = {}
    """The verdicts on suggested quotations by the keys of their words, see ``suggestions``."""
    overrides: dict[str, Override] = {}
    """What the reader wrote about the source, by the names of ``overrides.SOURCE_FIELDS``."""
    versions: dict[str, SeenText] = {}
    """The texts that the article has had, by their digests, see ``seen_texts``."""
    aliases: tuple[str, ...] = ()
    """The keys of the sources of other programs that were imported into it, sorted; see
    ``source_keys``."""
    changed: dict[str, str] = {}
    """When the position, the tags and the manual state last changed, by their names in records, and
    when the article was last brought back from the trash, as ``returned``."""
    extra: dict[str, Any] = {}
    """Fields that this version does not know; they are stored unchanged."""

    @property
    def metadata(self) -> Metadata:
        """Title, authors and so on: what the reader wrote, else what the source states."""
        if not self.overrides:
            return self.source_metadata
        return overridden(self.source_metadata, self.overrides)

    @property
    def address(self) -> str:
        """The article's web address; empty where it has none."""
        return next(filter(is_web_address, (self.metadata.url, self.source)), "")

    @property
    def archive(self) -> str:
        """The address of an archived copy; empty without one."""
        return self._written("archive")

    @property
    def accessed(self) -> str:
        """The day on which the reader says to have seen the source, in ISO 8601; may be empty."""
        return self._written("accessed")

    @property
    def caret(self) -> int:
        """Offset of the character under the caret when it was last closed."""
        return self.position + self.caret_distance

    @property
    def state(self) -> ArticleState:
        """How far the reader is: the manual state, else what the reading shows."""
        if self.manual_state is not None:
            return self.manual_state
        if self.finished:
            return ArticleState.FINISHED
        return ArticleState.READING if self.opened else ArticleState.UNREAD

    def _written(self, name: str) -> str:
        """Return what the reader wrote for a field of one value; empty where that is nothing."""
        override = self.overrides.get(name)
        return override.values[0] if override and override.values else ""
