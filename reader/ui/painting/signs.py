"""The signs beside a line of the article: where each one stands, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.ui.painting.columns import GUTTER

ROOM = GUTTER - 2
"""Cells for glyphs; the bar and a space follow them."""


class SignKind(Enum):
    """What a sign says."""

    GLYPH = auto()
    """The annotation begins on the line; drawn as the glyph of its first tag."""
    STATUS = auto()
    """The annotation that begins on the line, or covers a part of it, has a status."""
    MORE = auto()
    """More annotations begin on the line than there is room for."""
    BAR = auto()
    """A part of the line is annotated."""
    NOTE = auto()
    """An annotation that begins on the line has a note."""
    REVIEW = auto()
    """The words of an annotation that begins on the line have changed."""


class Sign(NamedTuple):
    """A sign of one cell beside a line."""

    x: int
    """Its cell, counted from the left of the gutter."""
    kind: SignKind
    """What it says."""
    annotations: tuple[Annotation, ...]
    """Whose it is; at least one."""


def signs_beside(
    starting: Sequence[Annotation],
    covering: Sequence[Annotation],
    column_width: int,
    *,
    has_notes: bool = False,
) -> tuple[Sign, ...]:
    """Return the signs of a line, from the left.

    An annotation with a status that begins alone on the line has its glyph and the sign of its
    status; of several, each has one cell, and there the status says more. Where none begins, the
    sign of the topmost annotation is repeated, so that it is seen beside every line of a claim.

    Args:
        starting: The annotations that begin on the line, in the order of their passages.
        covering: All that cover a part of it, the topmost last.
        column_width: The column's width in cells.
        has_notes: Whether the notes themselves stand beside the line, which then need no sign.
    """
    signs = _signs_of_starting(starting)
    if not starting and covering and covering[-1].status:
        signs.append(Sign(ROOM - 1, SignKind.STATUS, (covering[-1],)))
    if covering:
        signs.append(Sign(ROOM, SignKind.BAR, (covering[-1],)))
    right = GUTTER + column_width + 1
    noted = tuple(each for each in starting if each.note and not has_notes)
    changed = tuple(each for each in starting if each.needs_review)
    signs += [Sign(right, SignKind.NOTE, noted)] if noted else []
    signs += [Sign(right + 1, SignKind.REVIEW, changed)] if changed else []
    return tuple(signs)


def _signs_of_starting(starting: Sequence[Annotation]) -> list[Sign]:
    """Return the glyphs and statuses of the annotations that begin on a line."""
    alone = starting if len(starting) <= ROOM else starting[: ROOM - 1]
    others = tuple(starting[len(alone) :])
    left = ROOM - len(alone) - bool(others)
    if len(starting) == 1 and starting[0].status:
        kinds = (SignKind.GLYPH, SignKind.STATUS)
        signs = [Sign(x, kind, (starting[0],)) for x, kind in enumerate(kinds)]
    else:
        signs = [
            Sign(left + x, SignKind.STATUS if each.status else SignKind.GLYPH, (each,))
            for x, each in enumerate(alone)
        ]
    if others:
        signs.append(Sign(ROOM - 1, SignKind.MORE, others))
    return signs


def annotations_at_sign(
    x: int,
    starting: Sequence[Annotation],
    covering: Sequence[Annotation],
    column_width: int,
    *,
    has_notes: bool = False,
) -> tuple[Annotation, ...]:
    """Return the annotations that a click beside a line means; none where the line has none.

    A click on a sign means the sign's own; one beside the signs of the gutter means what begins on
    the line, and where nothing does, what covers it.

    Args:
        x: The clicked cell, counted from the left of the gutter.
        starting: As for ``signs_beside``.
        covering: As for ``signs_beside``.
        column_width: The column's width in cells.
        has_notes: As for ``signs_beside``.
    """
    for sign in signs_beside(starting, covering, column_width, has_notes=has_notes):
        if sign.x == x:
            return sign.annotations
    return tuple(starting or covering) if x < GUTTER else ()
