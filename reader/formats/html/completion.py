"""Completes an article: what stands in its own container belongs to it, except widgets.

An extractor drops what looks like a menu: a paragraph that is a link, a list, an ``aside``. Here
the rule is turned around: what stands between two blocks of the article is offered to
``Candidates``.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from reader.formats.html.candidates import (
    EDGES,
    GROUPS,
    HEADINGS,
    Candidates,
    Place,
    is_widget_line,
)
from reader.formats.html.matching import SHORT
from reader.formats.html.runs import PageRuns, Piece, blocks_in
from reader.formats.html.widgets import (
    has_fields,
    is_certain_widget,
    is_named_widget,
    is_sign_up_form,
    is_teaser,
)
from reader.formats.tree.elements import lays_out

_HOME_SHARE = 0.9
_PROSE_SHARE = 0.6
_CHUNK = 120
_BOX_SHARE = 3
_DIGITS = re.compile(r"\d+")


class Completion:
    """Keeps what an extractor left out of an article's own container."""

    def __init__(self, page: PageRuns, host: str) -> None:
        """Take the runs of a page, of which those that the extractor found are kept.

        Args:
            page: The runs.
            host: The page's own host; empty if it is unknown.
        """
        self._page = page
        self._drop_widgets()
        self._candidates = Candidates(page, host)
        self._first = 0
        self._last = 0

    def complete(self) -> None:
        """Keep what belongs to the article."""
        page = self._page
        home = self._home()
        if home is None:
            return
        home = self._widened(home)
        places = [index for index in range(*page.range_of(home)) if self._is_paragraph(index)]
        if places:
            self._first, self._last = places[0], places[-1]
            self._fill(home)
            page.sum()

    def _is_paragraph(self, index: int) -> bool:
        """Return whether a run is kept, not short and not a heading."""
        page = self._page
        if not page.kept[index] or page.sizes[index] < SHORT:
            return False
        element, is_tail = page.runs[index].nodes[0]
        is_heading = not is_tail and element.tag in HEADINGS
        return not is_heading and not any(
            one.tag in HEADINGS for one in islice(element.iterancestors(), 3)
        )

    def _drop_widgets(self) -> None:
        """Drop what an extractor keeps although it is a widget."""
        page = self._page
        for index, is_kept in enumerate(page.kept):
            if is_kept and is_widget_line(page, index):
                page.kept[index] = False
        page.sum()
        _, whole = page.count(page.root)
        for box in page.root.iter("div", "section", "aside", "p", "ul"):
            if not (box.get("class") or box.get("id")):
                continue
            letters, kept = page.count(box)
            if kept and kept * _BOX_SHARE < whole and is_certain_widget(box, letters):
                start, end = page.range_of(box)
                page.kept[start:end] = [False] * (end - start)
        for field in page.root.iter("form", "input"):
            box = next((one for one in field.iterancestors() if page.count(one)[0]), page.root)
            letters, kept = page.count(box)
            if kept and kept * _BOX_SHARE < whole and is_sign_up_form(box, letters):
                start, end = page.range_of(box)
                page.kept[start:end] = [False] * (end - start)
        page.sum()

    def _home(self) -> Any:
        """Return the innermost block that holds nearly all of the article; None without one."""
        page = self._page
        home = page.root
        _, whole = page.count(home)
        if not whole:
            return None
        while True:
            inner = next(
                (one for one in blocks_in(home) if page.count(one)[1] >= _HOME_SHARE * whole), None
            )
            if inner is None or (inner.tag in GROUPS and not lays_out(inner)):
                return home
            home = inner

    def _widened(self, home: Any) -> Any:
        """Keep the parts of an article that stand in containers like its own; return their parent.

        Sites break the text into parts with advertisements between them, and extractors often know
        only one of the parts.
        """
        page = self._page
        branch = home
        for parent in home.iterancestors():
            if branch is page.root:
                break
            if parent not in page:
                continue
            parts = [one for one in blocks_in(parent) if self._continues(one, branch)]
            for part in parts:
                self._candidates.offer(page.piece(part), Place.BETWEEN, is_direct=True)
            if parts:
                page.sum()
                home = home if parent is page.root else parent
            branch = parent
        return home

    def _continues(self, part: Any, branch: Any) -> bool:
        """Return whether a container is built like the one that holds text of the article."""
        if part is None or part is branch or not _is_alike(part, branch):
            return False
        if part.tag == "p" or next(blocks_in(part), None) is None:
            return False
        total, kept = self._page.count(part)
        if kept or total < _CHUNK or part.tag in EDGES:
            return False
        if is_named_widget(part) or has_fields(part) or is_teaser(part, total):
            return False
        prose = self._candidates.prose_in(self._page.piece(part))
        return (
            prose >= _CHUNK
            and prose >= _PROSE_SHARE * total
            and next(part.iter("h1"), None) is None
        )

    def _fill(self, box: Any) -> list[Piece]:
        """Go through the pieces of a block that is partly kept, and offer those that are not.

        Returns:
            The times at its end, which lead to what follows the block.
        """
        page, candidates = self._page, self._candidates
        pieces = page.pieces(box)
        is_direct = any(page.kept[one.start] and _is_paragraph_of(one, page) for one in pieces)
        parts = [
            one.block
            for one in pieces
            if one.block is not None
            and one.block.tag not in HEADINGS
            and any(page.kept[one.start : one.end])
        ]
        kinds = set(map(_kind, parts))
        leads: list[Piece] = []
        is_led = False  # by a heading that is kept
        is_shut = False  # by the label of a widget
        for piece in pieces:
            if kept := sum(page.kept[piece.start : piece.end]):
                page.keep_pieces(leads)
                leads, is_shut = [], False
                is_led = candidates.is_heading(piece) and not candidates.is_label(piece)
                is_open = piece.block is not None and piece.block.tag != "figure"
                if is_open and kept < piece.end - piece.start:
                    if piece.block.tag == "table" and candidates.is_rows(piece):
                        page.keep(piece.block)
                    else:
                        leads = self._fill(piece.block)
                continue
            is_among = is_direct or (piece.block is not None and _kind(piece.block) in kinds)
            place = self._place(piece)
            if place is Place.AFTER and any(self._continues(piece.block, one) for one in parts[:1]):
                place, is_among = Place.BETWEEN, True
            if place is Place.BEFORE and not is_among and not candidates.is_time(piece, place):
                continue
            if candidates.is_label(piece):
                is_shut, leads = True, []
            elif candidates.leads(piece, place):
                is_shut, leads = False, [*leads, piece]
            elif not is_shut or self._reopens(piece):
                is_shut = False
                is_led = is_led or bool(leads)
                if candidates.offer(piece, place, is_direct=is_among, is_led=is_led):
                    page.keep_pieces(leads)
                leads, is_led = [], False
        return [one for one in leads if candidates.is_time(one, self._place(one))]

    def _reopens(self, piece: Piece) -> bool:
        """Return whether the article goes on with a piece, after the label of a widget."""
        return (
            piece.end - piece.start == 1
            and self._candidates.is_prose(piece.start)
            and not self._page.linked(piece.start, piece.end)
            and (piece.block is None or piece.block.tag == "p")
        )

    def _place(self, piece: Piece) -> Place:
        if piece.end <= self._first:
            return Place.BEFORE
        return Place.AFTER if piece.start > self._last else Place.BETWEEN


def _is_paragraph_of(piece: Piece, page: PageRuns) -> bool:
    """Return whether a piece is a run, or a block that holds no other, and is not short."""
    if page.sizes[piece.start] < SHORT:
        return False
    block = piece.block
    return block is None or (block.tag not in HEADINGS and next(blocks_in(block), None) is None)


def _is_alike(part: Any, branch: Any) -> bool:
    """Return whether two elements have the same name, and half of their classes in common."""
    (name, classes), (other, others) = _kind(part), _kind(branch)
    return name == other and 2 * len(classes & others) >= len(classes | others)


def _kind(element: Any) -> tuple[str, frozenset[str]]:
    """Return an element's name and its classes, without numbers."""
    return element.tag, frozenset(_DIGITS.sub("", element.get("class") or "").split())
