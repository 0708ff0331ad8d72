"""The line below a quotation: who said it, its tags, its status, and facts that only Margin writes.

For example ``— Imre Dask · #claim · refuted · p. 12 · marked 22 Nov 2026 · [to the passage](…)``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.exported_markdown.plain import plain

LEAD: Final = "— "
"""What the line begins with."""
SEPARATOR: Final = " · "
"""What stands between its parts."""
MARKED: Final = "marked "
"""What stands before the day on which a passage was marked."""
PASSAGE_LINK: Final = "to the passage"
"""The text of the link to the passage on its page."""
NOTED: Final = "note of "
"""What stands before the day on which a note was changed last."""

_LEADS: Final = re.compile(r"(?:[—–―]|--)(?:\s+|$)")
"""Dashes that editors and people write in place of ``LEAD``."""
_BETWEEN: Final = re.compile(r"\s+·\s+|\s+·$|^·\s+")
_FACT: Final = re.compile(rf"{MARKED}|{NOTED}|p\. |\[")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_)(?=\S)(.*[^\s\\])\1")
_MOST_EMPHASIS: Final = 2
"""How many signs of emphasis stand around words at most: ``***Ana***`` has two."""
_LINK: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]|\[([^\[\]]+)\]\([^()\s]*\)")
"""A link of a vault, or one of Markdown; the text that it shows."""
_ANY_TAG: Final = re.compile(r"#[^\s#]")
_TAGS: Final = re.compile(r"#[^\s#,;]+(?:[\s,;]+#[^\s#,;]+)*[,;]?")
_SPLIT: Final = re.compile(r"[\s,;]+")
_CODE_POINT: Final = "&#{};"


class Attribution(NamedTuple):
    """What a reader may change of a quotation."""

    speaker: str
    """Who said it; may be empty."""
    tags: tuple[str, ...]
    """The tags as they are shown, without their signs, each once; empty where all were removed."""
    status: str
    """The status of a claim; may be empty."""
    loose: str = ""
    """Where there are no tags, the only part, which is the speaker or the status; else empty."""
    unclear: str = ""
    """What stands in place of the tags, where some of it is no tag; there are no tags then."""


def as_part(escaped: str) -> str:
    """Return a speaker or a status so that it is read as nothing else in an attribution.

    Args:
        escaped: Its Markdown on one line.
    """
    escaped = escaped.replace("·", "&middot;")
    if not escaped or not _FACT.match(escaped):
        return escaped
    return _CODE_POINT.format(ord(escaped[0])) + escaped[1:]


def shown_words(markdown: str) -> str:
    """Return the words of a speaker or a status, which a person may have made strong or a link."""
    words = _link_text(markdown.strip()) or markdown.strip()
    for _ in range(_MOST_EMPHASIS):
        emphasis = _EMPHASIS.fullmatch(words)
        words = emphasis[2] if emphasis else words
    return plain(words)


def _link_text(markdown: str) -> str:
    """Return the text of a link that a person made; empty for anything else."""
    link = _LINK.fullmatch(markdown)
    return (link[1] or link[2]) if link and link[2] != PASSAGE_LINK else ""


def read_attribution(paragraph: str) -> Attribution | None:
    """Return what a paragraph says of the quotation above it; None where it is no attribution.

    It has tags, or else the day on which the passage was marked.

    Args:
        paragraph: Markdown; an editor may have broken it into several lines.
    """
    line = " ".join(paragraph.split())
    lead = _LEADS.match(line)
    if lead is None:
        return None
    before: list[str] = []
    after: list[str] = []
    tags: list[str] = []
    is_marked = False
    unclear = ""
    for part in _BETWEEN.split(line[lead.end() :]):
        if _TAGS.fullmatch(part):
            tags += [plain(word[1:]) for word in _SPLIT.split(part) if word]
        elif _ANY_TAG.match(part):
            unclear = unclear or part
        elif _FACT.match(part) and not _link_text(part):
            is_marked = is_marked or part.startswith(MARKED)
        elif part:
            (after if tags or unclear else before).append(shown_words(part))
    if not tags and not is_marked:
        return None
    unique = tuple(dict.fromkeys(tags))
    if tags or unclear:
        status = after[0] if after else ""
        return Attribution(" · ".join(before), () if unclear else unique, status, "", unclear)
    if len(before) == 1:
        return Attribution("", (), "", before[0])
    return Attribution(" · ".join(before[:1]), (), " · ".join(before[1:]))
