"""The lines of a passage in its surroundings, with a bar beside it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, PlaceState
from reader.core.selectors import former_context
from reader.core.surroundings import Surroundings
from reader.core.text_formatting import one_line
from reader.core.wording import wording_history
from reader.safe_text import drawn, sanitise
from reader.ui.widgets.annotation_rows import place_words
from reader.ui.widgets.row_list import sanitise_content

LONGEST_PASSAGE = 8_000
"""The most characters of a passage that are shown."""

BAR = "▌ "
"""What stands beside the lines of the passage."""


def passage_lines(
    annotation: Annotation, around: Surroundings, passage: Content, colour: str, width: int
) -> list[Content]:
    """Return the lines of a passage in its surroundings, and of what it was meanwhile.

    Args:
        annotation: The annotation.
        around: The text around the passage.
        passage: The passage as it is drawn, safe to show.
        colour: The colour of the bar.
        width: Cells of a line.
    """
    before, after = shown_text(around.before), shown_text(around.after)
    text = Content.assemble((before, "$faint"), passage, (after, "$faint"))
    start, end = len(before), len(before) + len(passage.plain)
    bar = Content.styled(BAR, colour)
    lines = [
        (bar if first < end and last > start else Content("  ")) + line
        for first, last, line in _placed_lines(text, max(width - len(BAR), 1))
    ]
    changes = _change_sentences(annotation)
    return [*lines, *([Content("")] if changes else []), *wrapped_texts(changes, width)]


def wrapped_texts(texts: Sequence[Content], width: int) -> list[Content]:
    """Return the lines of texts, safe to show, each beginning on a line of its own."""
    safe = (sanitise_content(each, len(each.plain) * 2 + 2) for each in texts)
    return [line for each in safe for line in (each.wrap(max(width, 1)) or [Content("")])]


def shown_text(text: str) -> str:
    """Return a text safe to show, with its line breaks."""
    return drawn(sanitise(text).expandtabs(4))


def _change_sentences(annotation: Annotation) -> list[Content]:
    """Return what is known of other words of the passage, and of a lost place."""
    sentences = []
    if annotation.place.state in {PlaceState.EDITED, PlaceState.ORPHANED}:
        sentences.append(Content.styled(place_words(annotation), "$warning"))
    if history := wording_history(annotation, clock.day_in_words):
        sentences.append(Content(one_line(sanitise(history))))
    if annotation.is_orphaned and (context := former_context(annotation.selector)):
        sentences.append(Content.styled(one_line(sanitise(context)), "$faint"))
    return sentences


def _placed_lines(text: Content, width: int) -> Iterator[tuple[int, int, Content]]:
    """Yield the lines of a text, each with its first and last offset."""
    at = 0
    for line in text.wrap(width):
        start = text.plain.find(line.plain.strip(), at) if line.plain.strip() else at
        start = at if start < 0 else start
        at = start + len(line.plain.strip())
        yield start, at, line
