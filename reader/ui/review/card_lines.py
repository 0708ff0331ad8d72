"""The lines of a card: its source, and its passage in its surroundings, with words hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from reader import clock
from reader.core.annotation import Tag
from reader.core.cells import cell_width
from reader.core.citation import day
from reader.core.claims import ClaimStatus
from reader.core.review import mode_of
from reader.core.text_formatting import counted, one_line, page_label
from reader.safe_text import sanitise
from reader.ui.dates import when
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.annotation_rows import status_content
from reader.ui.widgets.passage_lines import (
    LONGEST_PASSAGE,
    passage_lines,
    shown_text,
    wrapped_texts,
)
from reader.ui.widgets.row_list import join_parts

if TYPE_CHECKING:
    from reader.session.review_session import ReviewCard

BLANK = "▁"
"""What stands for each cell of hidden words."""

LONGEST_OTHER = 80
"""The most characters that are shown of another statement."""

LONGEST_FACT = 200
"""The most characters of a fact, such as a title."""


class CardLook(NamedTuple):
    """How cards are drawn."""

    tags: Mapping[str, Tag]
    """The tags of the settings by their names."""
    statuses: Mapping[str, ClaimStatus]
    """The statuses of the settings by their names."""
    variables: Mapping[str, str]
    """The theme's variables."""


def source_lines(card: ReviewCard, look: CardLook, width: int) -> list[Content]:
    """Return the lines above a passage: its article, and what is known of the note."""
    annotation, metadata = card.annotation, card.article.metadata
    title = metadata.title or card.article.source
    place = [metadata.site, day(metadata.published), page_label(annotation.selector.page)]
    article = join_parts(
        [(_fact(title), "$heading"), *((_fact(each), "$faint") for each in place if each)]
    )
    glyph, colour = sign_of(annotation.tags[0], look.tags, look.variables)
    now = clock.now()
    facts = join_parts(
        [
            Content.assemble((f"{glyph} ", f"bold {colour}"), _fact(annotation.tags[0])),
            status_content(annotation, look.statuses, look.variables),
            _fact(annotation.speaker),
            (f"marked {when(annotation.created, now)}" if annotation.created else "", "$faint"),
            (looked_at(card.reviews), "$faint"),
            (str(mode_of(annotation.review)), "$warning"),
        ]
    )
    return wrapped_texts([article, facts], width)


def card_passage_lines(
    card: ReviewCard, look: CardLook, width: int, *, is_shown: bool
) -> list[Content]:
    """Return the lines of a passage in its surroundings, and of what became of it since.

    Args:
        card: The card.
        look: How it is drawn.
        width: Cells of a line.
        is_shown: Whether the hidden words are shown.
    """
    colour = sign_of(card.annotation.tags[0], look.tags, look.variables)[1]
    passage = Content.assemble(*_parts(card, is_shown=is_shown))
    return passage_lines(card.annotation, card.surroundings, passage, colour, width)


def other_lines(card: ReviewCard, key: str, width: int) -> list[Content]:
    """Return the lines with another statement of the same speaker; none without one.

    Args:
        card: The card.
        key: The key that opens it.
        width: Cells of a line.
    """
    if card.other is None:
        return []
    annotation = card.other.annotation
    words = f"“{one_line(sanitise(annotation.selector.exact), LONGEST_OTHER)}”"
    is_elsewhere = card.other.article_id != card.article.id
    facts = [
        _fact(card.other.article_title) if is_elsewhere else "",
        when(annotation.created, clock.now()),
    ]
    line = join_parts([words, *((each, "$faint") for each in facts), (f"{key} opens it", "$faint")])
    return wrapped_texts([Content.styled("Same speaker: ", "$faint") + line], width)


def looked_at(count: int) -> str:
    """Return how often a note was reviewed: ``new``, ``reviewed once``, ``reviewed 3 times``."""
    if count < 1:
        return "new"
    return f"reviewed {('once', 'twice')[count - 1] if count < 3 else counted(count, 'time')}"


def _parts(card: ReviewCard, *, is_shown: bool) -> Iterator[tuple[str, str]]:
    """Yield the parts of a passage with their styles; hidden words as blanks of their width."""
    words = card.surroundings.passage[:LONGEST_PASSAGE]
    at = 0
    for hidden in card.hidden:
        yield shown_text(words[at : hidden.start]), "bold $heading"
        part = shown_text(words[hidden.start : hidden.end])
        at = hidden.end
        yield (
            (part, "bold underline $accent")
            if is_shown
            else (
                BLANK * max(cell_width(part), 1),
                "$accent",
            )
        )
    yield shown_text(words[at:]), "bold $heading"


def _fact(text: str) -> str:
    return one_line(sanitise(text[:LONGEST_FACT]))
