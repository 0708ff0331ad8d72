"""Letters before the sentences on screen; typing the letters of a sentence goes to it."""

from __future__ import annotations

from collections.abc import Iterable

from reader.core.document import TextRange
from reader.ui.article.hints import LETTERS, Hint
from reader.ui.painting.viewport import Viewport

MOST = len(LETTERS) ** 2
"""How many sentences can have letters; no screen has so many."""


def sentence_labels(count: int) -> list[str]:
    """Return letters for ``count`` sentences; no label begins with another label.

    As many as can have one letter; the others, at the end, have two.

    Args:
        count: From 0 to ``MOST``.
    """
    singles = len(LETTERS)
    while singles + (len(LETTERS) - singles) * len(LETTERS) < count:
        singles -= 1
    pairs = [first + second for first in LETTERS[singles:] for second in LETTERS]
    return [*LETTERS[:singles], *pairs][:count]


def sentence_hints(
    viewport: Viewport, sentences: Iterable[TextRange]
) -> tuple[Hint[TextRange], ...]:
    """Return the letters of sentences on screen, from the top.

    They stand in the space before a sentence, or left of the column, and so cover no words.

    Args:
        viewport: The part of the article that is on screen.
        sentences: The sentences, of which a part is on screen.
    """
    first = viewport.on_screen.start
    cells = [(viewport.cell_over(max(each.start, first)), each) for each in sentences]
    shown = [(cell, each) for cell, each in cells if cell is not None][:MOST]
    hints: list[Hint[TextRange]] = []
    for label, ((x, y), sentence) in zip(sentence_labels(len(shown)), shown, strict=True):
        beside = hints[-1].x + len(hints[-1].label) if hints and hints[-1].y == y else 0
        hints.append(Hint(label, sentence, max(x - len(label), beside), y))
    return tuple(hints)
