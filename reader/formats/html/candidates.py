"""Decides of text that an extractor left out of an article whether it belongs to it.

Between two blocks of the article, everything does that is not recognisably a widget. Before its
first and after its last paragraph, and where no paragraph of it is a sibling, only prose does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from itertools import islice, takewhile
from typing import Any

from reader.formats.html.links import host_of
from reader.formats.html.matching import SHORT
from reader.formats.html.runs import PageRuns, Piece
from reader.formats.html.widgets import (
    LONGEST_LABEL,
    is_form,
    is_named_widget,
    is_sign_up,
    is_teaser,
    leads_elsewhere,
    may_begin_widget,
    opens_widget,
)
from reader.formats.tree.elements import lays_out

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"))
"""Elements that lead to what follows them."""

GROUPS = frozenset(("ul", "ol", "dl", "menu", "dir", "table", "blockquote"))
"""Elements that are kept or left out as a whole."""

EDGES = frozenset(("header", "footer"))
"""The head and the foot of a page or an article."""

_MEDIA = frozenset(("figure", "figcaption", "picture", "hr", "caption"))
_ENDS = re.compile(r"[.!?…。！？:：][\"'”’»」』)\]]*\s*(?:\[?\d{0,3}\]?)$")
_LONGEST_END = 12
_QUOTES = "\"'“”„«»‘’"
_HEADING_BOXES = frozenset(("header", "hgroup", "div"))
_STRONG = frozenset(("strong", "b"))
_CLOCK = r"\d{1,2}(?:[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?)(?:\s*[A-Za-z]{1,5})?"
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_DATED_TIME = re.compile(rf"(?:.{{0,30}}\D)?{_CLOCK}(?:\D.{{0,20}})?", re.IGNORECASE)
_LONGEST_TIME = 40
_LINK_SHARE = 0.5
_ALL_PROSE = 0.8
_SENTENCE = 40
_SHORT_LINK = 15
_CARD = 400
_CAPTION_LINES = 3


class Place(IntEnum):
    """Where a candidate stands in the article."""

    BEFORE = 0
    BETWEEN = 1
    AFTER = 2


class Candidates:
    """Keeps what belongs to the article of the candidates that it is offered."""

    def __init__(self, page: PageRuns, host: str) -> None:
        """Take the runs of a page.

        Args:
            page: The runs, of which those of the article are kept.
            host: The page's own host; empty if it is unknown.
        """
        self._page = page
        self._host = host
        kept = zip(page.texts, page.kept, strict=True)
        self._kept_text = "\n".join(text for text, is_kept in kept if is_kept)

    def offer(self, piece: Piece, place: Place, *, is_direct: bool, is_led: bool = False) -> bool:
        """Keep what belongs to the article of a piece without kept text; return whether any does.

        Args:
            piece: A block, or a run between blocks.
            place: Where it stands.
            is_direct: Whether paragraphs of the article are its siblings.
            is_led: Whether a heading of the article leads to it.
        """
        page, element = self._page, piece.block
        if element is None:
            return self._offer_run(piece.start, place, is_direct=is_direct)
        total, _ = page.count(element)
        if self._is_widget(piece, total, is_direct=is_direct):
            return False
        if element.tag in GROUPS and not lays_out(element):
            return self._offer_group(piece, place, is_direct=is_direct, is_led=is_led)
        pieces = page.pieces(element)
        is_among = place is Place.BETWEEN and is_direct
        if not is_among and len(pieces) > 1:
            if not self._is_plain_prose(piece, total):
                return False
            place, is_direct = Place.BETWEEN, True  # its parts are among prose
        if self._is_picture(piece, total):
            return True
        if self._is_card(pieces, total):
            return False
        return self._offer_parts(pieces, place, is_direct=is_direct, is_led=is_led)

    def _is_widget(self, piece: Piece, total: int, *, is_direct: bool) -> bool:
        element = piece.block
        return (
            element.tag in _MEDIA
            or (element.tag in EDGES and not is_direct)
            or is_named_widget(element, is_beside=not is_direct)
            or is_form(element, total)
            or is_teaser(element, total)
            or opens_widget(self._page.line(piece.start))
        )

    def _offer_parts(
        self, pieces: list[Piece], place: Place, *, is_direct: bool, is_led: bool
    ) -> bool:
        """Offer the pieces of a block, up to the label of a widget."""
        page = self._page
        leads: list[Piece] = []
        is_any = False
        for piece in pieces:
            if self.is_label(piece):
                break
            if self.leads(piece, place):
                leads.append(piece)
                continue
            if self.offer(piece, place, is_direct=is_direct, is_led=is_led or bool(leads)):
                is_any = True
                page.keep_pieces(leads)
            leads = []
        return is_any

    def leads(self, piece: Piece, place: Place) -> bool:
        """Return whether a piece is a heading or a time, or a box with nothing but these."""
        element, page = piece.block, self._page
        if self.is_heading(piece) or self.is_time(piece, place) or self._is_strong_line(piece):
            return True
        if element is None or element.tag not in _HEADING_BOXES:
            return False
        if page.count(element)[0] > LONGEST_LABEL or is_named_widget(element):
            return False
        if next(element.iter("h2", "h3", "h4", "h5", "h6"), None) is None:
            return False
        return all(self.leads(one, place) for one in page.pieces(element))

    def is_heading(self, piece: Piece) -> bool:
        """Return whether a piece is a heading."""
        return piece.block is not None and piece.block.tag in HEADINGS

    def _is_strong_line(self, piece: Piece) -> bool:
        """Return whether a piece is a short line that is strong as a whole, as headings are."""
        page = self._page
        if piece.end - piece.start > 1 or page.sizes[piece.start] > LONGEST_LABEL:
            return False
        if page.linked(piece.start, piece.end) or opens_widget(page.line(piece.start)):
            return False
        return all(
            any(one.tag in _STRONG for one in _inline_around(element, is_tail, page))
            for element, is_tail in page.runs[piece.start].nodes
        )

    def is_time(self, piece: Piece, place: Place) -> bool:
        """Return whether a piece is a time of the day; between paragraphs, also with a date."""
        if piece.end - piece.start > 1 or self._page.sizes[piece.start] > _LONGEST_TIME:
            return False
        time = _TIME if place is Place.BEFORE else _DATED_TIME
        return time.fullmatch(self._page.line(piece.start)) is not None

    def is_label(self, piece: Piece) -> bool:
        """Return whether a piece is the label of a widget that follows it."""
        is_line = piece.block is not None and piece.end - piece.start == 1
        return is_line and opens_widget(self._page.line(piece.start))

    def _offer_group(self, group: Piece, place: Place, *, is_direct: bool, is_led: bool) -> bool:
        """Keep a list or a table, unless it is a row of links that nothing announces."""
        page = self._page
        total, _ = page.count(group.block)
        has_colon = self._is_announced(group.start)
        linked = page.linked(group.start, group.end)
        is_among = is_direct and (total >= SHORT or (place is Place.BETWEEN and not linked))
        if not is_among and not is_led and not has_colon:
            return False
        if linked > _LINK_SHARE * total:
            is_expected = has_colon or (is_led and place is Place.BETWEEN)
            if not is_expected and not _leads_out(group.block, self._host):
                return False
        page.keep(group.block)
        return True

    def is_rows(self, table: Piece) -> bool:
        """Return whether a table holds rows that are not mostly links, and is no layout."""
        page = self._page
        total, _ = page.count(table.block)
        return (
            not lays_out(table.block)
            and not is_named_widget(table.block)
            and page.linked(table.start, table.end) <= _LINK_SHARE * total
        )

    def _is_announced(self, start: int) -> bool:
        """Return whether the run before ends in a colon and is kept."""
        page = self._page
        return start > 0 and page.kept[start - 1] and page.line(start - 1).endswith((":", "："))

    def _offer_run(self, index: int, place: Place, *, is_direct: bool) -> bool:
        page = self._page
        size, line = page.sizes[index], page.line(index)
        if opens_widget(line) or is_widget_line(page, index) or self._is_repeated(index):
            return False
        if any(map(is_named_widget, self._inline_around(index))):
            return False
        is_long = is_sentence(line) and size >= _SENTENCE
        if page.linked(index, index + 1) >= _LINK_SHARE * size:
            is_whole = is_sentence(line) and size >= _SHORT_LINK and place is Place.BETWEEN
            is_kept = (is_long or is_whole) and is_direct and not self._is_edge(index)
        elif place is Place.BETWEEN and is_direct:
            is_kept = is_sentence(line) or size >= SHORT
        else:
            is_kept = is_long
        if is_kept:
            page.kept[index] = True
        return is_kept

    def is_prose(self, index: int) -> bool:
        """Return whether a run is a longer sentence that is not mostly links."""
        size = self._page.sizes[index]
        return (
            size >= _SENTENCE
            and self._page.linked(index, index + 1) < _LINK_SHARE * size
            and is_sentence(self._page.line(index))
        )

    def prose_in(self, piece: Piece) -> int:
        """Return the number of letters of a piece that are prose."""
        runs = range(piece.start, piece.end)
        return sum(self._page.sizes[index] for index in runs if self.is_prose(index))

    def _is_plain_prose(self, piece: Piece, total: int) -> bool:
        """Return whether nearly all of a block is sentences; a ``div`` has no heading either."""
        page, headings = self._page, list(piece.block.iter(*HEADINGS))
        if headings and piece.block.tag == "div":
            return False
        total -= sum(page.count(one)[0] for one in headings)
        sentences = sum(
            page.sizes[index]
            for index in range(piece.start, piece.end)
            if self.is_prose(index)
            or (is_sentence(page.line(index)) and not page.linked(index, index + 1))
        )
        return sentences >= max(_ALL_PROSE * total, _SENTENCE)

    def _is_picture(self, piece: Piece, total: int) -> bool:
        """Make a figure of a short block with one picture and its caption, if it is that."""
        page, element = self._page, piece.block
        if total > _CARD or piece.end - piece.start > _CAPTION_LINES:
            return False
        if element.tag in ("p", "li", "td") or next(element.iter("figure"), None) is not None:
            return False
        is_alone = len(list(islice(element.iter("img"), 2))) == 1
        if not is_alone or page.linked(piece.start, piece.end) > _LINK_SHARE * total:
            return False
        element.tag = "figure"
        for run in page.runs[piece.start : piece.end]:
            line, is_tail = run.nodes[0]
            line = line.getparent() if is_tail else line
            while line is not element and line.getparent() is not element:
                line = line.getparent()
            if line is not element and next(line.iter("img"), None) is None:
                line.tag = "figcaption"
        page.keep(element)
        return True

    def _is_card(self, pieces: list[Piece], total: int) -> bool:
        """Return whether a short block holds a line that is a link beside other lines."""
        if len(pieces) < 2 or total > _CARD:
            return False
        page = self._page
        return any(
            page.linked(piece.start, piece.end) == page.sizes[piece.start]
            and not is_sentence(page.line(piece.start))
            for piece in pieces
            if piece.end - piece.start == 1
        )

    def _inline_around(self, index: int) -> list[Any]:
        """Return the inline elements around a whole run."""
        run = self._page.runs[index]
        element, is_tail = run.nodes[0]
        if len(run.nodes) > 1 or is_tail:
            return []
        return list(_inline_around(element, is_tail, self._page))

    def _is_repeated(self, index: int) -> bool:
        """Return whether the article holds a run's words already, which a pull quote repeats."""
        text = self._page.texts[index].strip(_QUOTES)
        return len(text) >= SHORT and text in self._kept_text

    def _is_edge(self, index: int) -> bool:
        """Return whether a run stands in a head or a foot."""
        element, _ = self._page.runs[index].nodes[0]
        return any(one.tag in EDGES for one in islice(element.iterancestors(), 3))


def _inline_around(element: Any, is_tail: bool, page: PageRuns) -> Iterator[Any]:
    """Return the inline elements around a text node, the innermost first."""
    around = element.iterancestors() if is_tail else (element, *element.iterancestors())
    return takewhile(lambda one: one not in page, around)


def is_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return _ENDS.search(line, max(len(line) - _LONGEST_END, 0)) is not None


def is_widget_line(page: PageRuns, index: int) -> bool:
    """Return whether a run is a label with its link, or asks to sign up."""
    if page.sizes[index] > 4 * LONGEST_LABEL:
        return False
    line = page.line(index)
    if not may_begin_widget(line):
        return False
    return is_sign_up(line) or leads_elsewhere(line, page.linked(index, index + 1))


def _leads_out(group: Any, host: str) -> bool:
    """Return whether most links of a list lead to other sites, as those to sources do."""
    hosts = [host_of(link.get("href") or "") for link in group.iter("a")]
    return sum(bool(one) and one != host for one in hosts) * 2 > len(hosts)
