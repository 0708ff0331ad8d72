"""The fields that a query may ask for: the one table of their names, values and help."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    """Words of a text; a comma is one of its characters."""
    NAME = "name"
    """Names, of which the value may be a part."""
    TAG = "tag"
    """Names, of which the value is the whole."""
    STATUS = "status"
    """The statuses of claims, ``open`` and ``none``."""
    CHOICE = "choice"
    """Values of the field's own."""
    DATE = "date"
    """Dates and periods."""


class Choice(NamedTuple):
    """A value that a field has."""

    name: str
    """The value."""
    help: str
    """What it asks for, in a few words that go on after "notes"."""


class Field(NamedTuple):
    """A field of queries."""

    name: str
    """Its name, in lower case."""
    kind: Kind
    """What its values are."""
    help: str
    """What it asks for, in a few words."""
    example: str
    """An example of its value."""
    aliases: tuple[str, ...] = ()
    """Other names of it."""
    choices: tuple[Choice, ...] = ()
    """Its values, for the kind ``CHOICE``."""


OPEN, NONE = "open", "none"
"""The values of ``status:`` that are no status: a claim that is unchecked or has no status; no
status at all."""

STATUS_CHOICES: Final = (
    Choice(OPEN, "claims that are unchecked or have no status"),
    Choice(NONE, "without a status"),
)
"""What ``status:`` takes besides the names of statuses."""

_HAS: Final = (
    Choice("note", "with a note, not only a mark"),
    Choice("speaker", "with a speaker"),
    Choice("status", "with a status"),
    Choice("link", "that have evidence, or are evidence for something"),
    Choice("draft", "with a draft that is not saved"),
    Choice("project", "of articles that belong to a project"),
)

_IS: Final = (
    Choice("open", "that are claims, and unchecked or without a status"),
    Choice("changed", "whose words changed since they were marked"),
    Choice("orphaned", "that lost their place in the text"),
    Choice("due", "that are due for review"),
    Choice("deleted", "that were deleted"),
    Choice("overlapping", "whose passage overlaps another one"),
    Choice("unread", "of articles that were not opened yet"),
    Choice("reading", "of articles that are being read"),
    Choice("finished", "of articles that were read to their end"),
    Choice("archived", "of articles that are archived"),
)

FIELDS: Final = (
    Field("tag", Kind.TAG, "the tag of a note", "claim", ("tags", "label")),
    Field("speaker", Kind.NAME, "who said it", "prewitt", ("who", "from")),
    Field("status", Kind.STATUS, "how far a claim was checked", "open"),
    Field("in", Kind.TEXT, "the title of the article", "ledger", ("title", "article")),
    Field("site", Kind.NAME, "the outlet or its address", "courier", ("outlet",)),
    Field("author", Kind.NAME, "an author of the article", "marsh", ("authors",)),
    Field("project", Kind.NAME, "a project of the article", "water", ("projects",)),
    Field("before", Kind.DATE, "marked before a date", "2026-03", ("older",)),
    Field("after", Kind.DATE, "marked on a date or later", "7d", ("since", "newer")),
    Field("until", Kind.DATE, "marked on a date or earlier", "2026-03"),
    Field("on", Kind.DATE, "marked on a day, in a month or year", "yesterday"),
    Field("marked", Kind.DATE, "when it was marked", "2026-03-01..2026-03-14", ("created",)),
    Field("published", Kind.DATE, "when the article was published", "2026-03"),
    Field("added", Kind.DATE, "when the article came to the library", "30d"),
    Field("opened", Kind.DATE, "when the article was last opened", "today"),
    Field("has", Kind.CHOICE, "what it has", "note", (), _HAS),
    Field("is", Kind.CHOICE, "what it is", "changed", (), _IS),
    Field("passage", Kind.TEXT, "words of the passage", "relied", ("quote",)),
    Field("note", Kind.TEXT, "words of the note", "certificate"),
    Field("text", Kind.TEXT, "words of the article", "laboratory"),
)
"""The fields, in the order in which they are offered."""

_BY_NAME: Final = {name: field for field in FIELDS for name in (field.name, *field.aliases)}

ARTICLE_FIELDS: Final = frozenset(
    {"in", "site", "author", "project", "published", "added", "opened", "text"}
)
"""The fields that an article has itself; a note has those of its article."""

ARTICLE_STATES: Final = frozenset({"unread", "reading", "finished", "archived"})
"""The values of ``is:`` that an article has itself, as ``has:project``."""


def field_named(name: str) -> Field | None:
    """Return a field by one of its names, in any case; None where there is none."""
    return _BY_NAME.get(name.lower())


def names_like(name: str, known: list[str]) -> str:
    """Return the known name that is nearest to a mistyped one; empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  (only after a mistake)

    return next(iter(get_close_matches(name[:40].lower(), known, 1, 0.6)), "")


def field_names() -> list[str]:
    """Return the names of all fields, without their other names."""
    return [field.name for field in FIELDS]


def all_names() -> list[str]:
    """Return the names of all fields, with their other names."""
    return list(_BY_NAME)
