"""The runs of text of a page, and which of them are its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from lxml import etree

from reader.formats.html.matching import without_spaces
from reader.formats.tree.elements import BLOCKS, UNSHOWN

_LEFT_OUT = UNSHOWN | {"nav", "dialog"}


class TextRun(NamedTuple):
    """A stretch of text that no block element interrupts."""

    nodes: list[tuple[Any, bool]]
    """Elements with a text of the run, and whether it is their tail or their text."""
    texts: list[str]
    """The text nodes."""
    images: list[Any]
    """The pictures in the run."""


class Piece(NamedTuple):
    """A block, or a run between blocks."""

    block: Any
    """The block; None for a run."""
    start: int
    """The index of its first run."""
    end: int
    """The index of the run after its last."""


class PageRuns:
    """The runs of a page in their order, and which of them are kept."""

    def __init__(self, root: Any) -> None:
        """Find the runs of a page, of which none is kept yet."""
        self.root = root
        """The page's body."""
        self.runs: list[TextRun] = []
        """The runs."""
        self.protected: set[Any] = set()
        """The elements that are kept as a whole."""
        self._ranges: dict[Any, tuple[int, int]] = {}
        self._read()
        self.texts = [without_spaces("".join(run.texts)) for run in self.runs]
        """The texts of the runs without spaces."""
        self.sizes = [len(text) for text in self.texts]
        """The lengths of these texts, in letters."""
        self.kept = [False] * len(self.runs)
        """Whether a run is kept."""
        self._broken: set[int] = set()  # the runs with line breaks
        self._lines: list[str | None] = [None] * len(self.runs)
        self._sums: tuple[list[int], list[int]] = ([], [])
        self.sum()

    def _read(self) -> None:
        run = TextRun([], [], [])
        starts: dict[Any, int] = {}
        events = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in events:
            tag = element.tag
            is_block = tag in BLOCKS
            if is_block and (run.texts or run.images):
                if run.texts:
                    self.runs.append(run)
                run = TextRun([], [], [])
            if event == "start":
                if is_block:
                    starts[element] = len(self.runs)
                if tag in _LEFT_OUT:
                    events.skip_subtree()
                elif (text := element.text) and not text.isspace():
                    run.nodes.append((element, False))
                    run.texts.append(text)
                if tag == "img":
                    run.images.append(element)
                    place = len(self.runs) + bool(run.texts)
                    self._ranges[element] = (place, place)
                continue
            if is_block:
                self._ranges[element] = (starts[element], len(self.runs))
            if (tail := element.tail) and not tail.isspace() and element is not self.root:
                run.nodes.append((element, True))
                run.texts.append(tail)
        if run.texts:
            self.runs.append(run)

    def __contains__(self, element: Any) -> bool:
        """Return whether an element is a block or a picture of the page."""
        return element in self._ranges

    def range_of(self, element: Any) -> tuple[int, int]:
        """Return the indexes of an element's first run and of the run after its last."""
        return self._ranges.get(element, (0, 0))

    def piece(self, element: Any) -> Piece:
        """Return a block as a piece."""
        return Piece(element, *self.range_of(element))

    def pieces(self, box: Any) -> list[Piece]:
        """Return the blocks with text in a block, and the runs between them, in their order."""
        position, last = self.range_of(box)
        pieces: list[Piece] = []
        for block in blocks_in(box):
            start, end = self.range_of(block)
            pieces += [Piece(None, index, index + 1) for index in range(position, start)]
            if start < end:
                pieces.append(Piece(block, start, end))
            position = max(position, end)
        return pieces + [Piece(None, index, index + 1) for index in range(position, last)]

    def keep(self, element: Any) -> None:
        """Keep an element as a whole."""
        start, end = self.range_of(element)
        self.kept[start:end] = [True] * (end - start)
        self.protected.add(element)

    def keep_pieces(self, pieces: list[Piece]) -> None:
        """Keep some pieces, their blocks as a whole."""
        for piece in pieces:
            if piece.block is not None:
                self.keep(piece.block)
            else:
                self.kept[piece.start] = True

    def block_of(self, index: int) -> Any:
        """Return the block that a run fills, made around it if it stands among others."""
        run = self.runs[index]
        element, is_tail = run.nodes[0]
        owner = element.getparent() if is_tail else element
        while owner not in self._ranges or owner.tag == "img":
            owner = owner.getparent()
        start, end = self.range_of(owner)
        if end - start == 1 and owner is not self.root:
            return owner
        box = owner.makeelement("div")
        box.text, box.tail = None, None
        first = element
        if element is owner:
            box.text, owner.text = owner.text, None
            owner.insert(0, box)
        elif is_tail and element.getparent() is owner:
            box.text, element.tail = element.tail, None
            element.addnext(box)
        else:
            while first.getparent() is not owner:
                first = first.getparent()
            first.addprevious(box)
        last, _ = run.nodes[-1]
        while last is not owner and last.getparent() is not owner:
            last = last.getparent()
        while last is not owner and box.getnext() is not None and not _is_after(box, last):
            box.append(box.getnext())
        self._ranges[box] = (index, index + 1)
        return box

    def sum(self) -> None:
        """Add up the letters of all runs and of the kept ones, for ``count``."""
        kept = [size if flag else 0 for size, flag in zip(self.sizes, self.kept, strict=True)]
        self._sums = (
            list(accumulate(self.sizes, initial=0)),
            list(accumulate(kept, initial=0)),
        )

    def count(self, element: Any) -> tuple[int, int]:
        """Return the letters of a block, and how many of them were kept at the last ``sum``."""
        start, end = self.range_of(element)
        total, kept = self._sums
        return total[end] - total[start], kept[end] - kept[start]

    def share(self, element: Any) -> float:
        """Return the kept share of a block's letters, from 0 to 1."""
        total, kept = self.count(element)
        return kept / total if total else 0.0

    def line(self, index: int, *, at_breaks: str = " ") -> str:
        """Return the text of a run as a line, with ``at_breaks`` for its line breaks."""
        line = self._lines[index]
        if line is not None and (at_breaks == " " or index not in self._broken):
            return line
        run = self.runs[index]
        texts: Iterable[str] = run.texts
        has_breaks = any(is_tail and element.tag == "br" for element, is_tail in run.nodes)
        if has_breaks:
            self._broken.add(index)
            texts = (
                f"{at_breaks}{text}" if is_tail and element.tag == "br" else text
                for (element, is_tail), text in zip(run.nodes, run.texts, strict=True)
            )
        text = " ".join("".join(texts).split())
        if at_breaks == " " or not has_breaks:
            self._lines[index] = text
        return text

    def linked(self, start: int, end: int) -> int:
        """Return the number of letters of some runs that are in links."""
        return sum(
            len(without_spaces(text))
            for run in self.runs[start:end]
            for (element, is_tail), text in zip(run.nodes, run.texts, strict=True)
            if _is_linked(element, is_tail=is_tail)
        )


def _is_after(box: Any, last: Any) -> bool:
    """Return whether an element was moved into a box already."""
    return last.getparent() is box


def blocks_in(element: Any) -> Iterator[Any]:
    """Yield the outermost blocks inside an element."""
    pending = list(reversed(element))
    while pending:
        inner = pending.pop()
        if inner.tag in BLOCKS:
            yield inner
        else:
            pending += reversed(inner)


def _is_linked(element: Any, *, is_tail: bool) -> bool:
    if element.tag == "a" and not is_tail:
        return True
    return next(element.iterancestors("a"), None) is not None
