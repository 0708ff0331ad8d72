"""Removes all elements that are not part of the article from the tree of a page."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, NamedTuple

from lxml import etree

from reader.formats.cleaning import clean
from reader.formats.html.matching import SHORT, ExtractedText, without_spaces
from reader.formats.html.page import DROPPED, remove_dropped
from reader.formats.tree.elements import BLOCKS, UNSHOWN
from reader.formats.tree.notes import Notes

_LEFT_OUT = UNSHOWN | {"nav", "dialog"}
_GROUPS = ("ul", "ol", "dl", "blockquote", "table", "pre")
_GROUP_SHARE = 0.6
_AROUND_SHARE = 0.5
_FIGURES = ("figure", "img", "hr")
_PARTS = ("table", "ul", "ol", "h1", "h2", "h3", "form", "iframe")
_ASIDE = ("header", "footer", "nav", "aside")
_HEADINGS = ("h1", "h2")
_OPENING = 10
_ATTRIBUTION = 100
_ICON = 64
_NOTE_BODIES = ("li", "p", "div", "aside", "dd", "tr", "section")


_WORDS = re.compile(r"\w+")
_SAME_WORDS = 0.5


def is_same_title(heading: str, title: str) -> bool:
    """Return whether a heading is a page's title, perhaps with small differences."""
    heading_words, title_words = (set(_WORDS.findall(one.casefold())) for one in (heading, title))
    return bool(heading_words) and len(heading_words & title_words) >= _SAME_WORDS * len(
        heading_words | title_words
    )


class _TextRun(NamedTuple):
    """A stretch of text that no block element interrupts."""

    nodes: list[tuple[Any, bool]]
    """Elements with a text of the run, and whether it is their tail or their text."""
    texts: list[str]
    """The text nodes."""
    images: list[Any]
    """The pictures in the run."""


class Selection:
    """The runs of a page, and which of them are its article."""

    def __init__(self, root: Any) -> None:
        """Find the runs of a page."""
        self._root = root
        self._runs: list[_TextRun] = []
        self._ranges: dict[Any, tuple[int, int]] = {}
        self._protected: set[Any] = set()
        self._read_runs()
        self._kept = [False] * len(self._runs)
        self._texts = [without_spaces("".join(run.texts)) for run in self._runs]
        self._sizes = [len(text) for text in self._texts]
        self._sums: tuple[list[int], list[int]] = ([], [])

    def _read_runs(self) -> None:
        run = _TextRun([], [], [])
        starts: dict[Any, int] = {}
        events = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in events:
            tag = element.tag
            is_block = tag in BLOCKS
            if is_block and (run.texts or run.images):
                if run.texts:
                    self._runs.append(run)
                run = _TextRun([], [], [])
            if event == "start":
                if is_block:
                    starts[element] = len(self._runs)
                if tag in _LEFT_OUT:
                    events.skip_subtree()
                elif (text := element.text) and not text.isspace():
                    run.nodes.append((element, False))
                    run.texts.append(text)
                if tag == "img":
                    run.images.append(element)
                    place = len(self._runs) + bool(run.texts)
                    self._ranges[element] = (place, place)
                continue
            if is_block:
                self._ranges[element] = (starts[element], len(self._runs))
            if (tail := element.tail) and not tail.isspace() and element is not self._root:
                run.nodes.append((element, True))
                run.texts.append(tail)
        if run.texts:
            self._runs.append(run)

    def select(self, extracted: ExtractedText, *, title: str, description: str) -> float:
        """Choose the runs of the article.

        Args:
            extracted: The text that the extractor took for the article.
            title: The article's title, whose heading is kept.
            description: The page's description; a paragraph with the same words is kept.

        Returns:
            The share of the extracted text that was found in the page, from 0 to 1.
        """
        self._kept = extracted.match([run.texts for run in self._runs], self._texts)
        coverage = extracted.coverage
        self._keep_opening(title, description)
        self._sum()
        for group in self._root.iter(*_GROUPS):
            if self._share(group) >= _GROUP_SHARE and not _lays_out(group):
                self._keep(group)
        self._keep_attributions()
        self._sum()
        self._keep_notes()
        self._keep_figures()
        self._sum()
        return coverage

    def _sum(self) -> None:
        """Add up the letters of all runs and of the kept ones, for the shares of ranges."""
        kept = [size if flag else 0 for size, flag in zip(self._sizes, self._kept, strict=True)]
        self._sums = (
            list(accumulate(self._sizes, initial=0)),
            list(accumulate(kept, initial=0)),
        )

    def _count(self, element: Any) -> tuple[int, int]:
        """Return the number of letters of a block, and how many of them are kept."""
        start, end = self._ranges.get(element, (0, 0))
        total, kept = self._sums
        return total[end] - total[start], kept[end] - kept[start]

    def _share(self, element: Any) -> float:
        total, kept = self._count(element)
        return kept / total if total else 0.0

    def _keep(self, element: Any) -> None:
        start, end = self._ranges.get(element, (0, 0))
        self._kept[start:end] = [True] * (end - start)
        self._protected.add(element)

    def _keep_opening(self, title: str, description: str) -> None:
        """Keep the heading of the title, and the standfirst, which extractors may drop."""
        first = next((index for index, flag in enumerate(self._kept) if flag), 0)
        for heading in self._root.iter(*_HEADINGS) if title else ():
            if is_same_title("".join(heading.itertext()), title):
                self._keep(heading)
                break
        standfirst = without_spaces(description)
        if len(standfirst) <= SHORT or standfirst not in self._texts[: first + _OPENING]:
            return
        runs = zip(self._texts, self._kept, strict=True)
        if not any(is_kept and text.startswith(standfirst) for text, is_kept in runs):
            self._kept[self._texts.index(standfirst)] = True

    def _keep_attributions(self) -> None:
        """Keep the short line beside a quotation that names its author, which extractors drop."""
        for quotation in self._root.iter("blockquote"):
            if quotation not in self._protected:
                continue
            for line in (quotation.getprevious(), quotation.getnext()):
                start, end = self._ranges.get(line, (0, 0))
                if (
                    end - start == 1
                    and self._sizes[start] <= _ATTRIBUTION
                    and all(self._kept[max(start - 1, 0) : start] + self._kept[end : end + 1])
                ):
                    self._keep(line)

    def _keep_notes(self) -> None:
        """Keep the footnotes that the article refers to, which extractors take for links."""
        notes = Notes()
        bodies: dict[str, Any] | None = None
        for link in self._root.iter("a"):
            href = link.get("href") or ""
            name = href[1:]
            if not name or href[0] != "#" or not notes.reference(link, name):
                continue
            if bodies is None:
                bodies = {one.get("id"): one for one in self._root.xpath(".//*[@id]")}
            body = bodies.get(name)
            if body in self._protected:
                continue
            while body is not None and body.tag not in _NOTE_BODIES:
                body = body.getparent()
            block = next((one for one in link.iterancestors() if one in self._ranges), None)
            # A note comes after its reference: a link from a note back to the text is none.
            if (
                body is not None
                and block is not None
                and self._share(block)
                and self._ranges.get(body, (0, 0))[0] > self._ranges[block][0]
                and body not in block.iterancestors()
            ):
                self._keep(body)

    def _keep_figures(self) -> None:
        """Keep pictures with their captions, and rules, if the text around them is kept."""
        places = [index for index, flag in enumerate(self._kept) if flag]
        for figure in self._root.iter(*_FIGURES):
            if figure.tag != "figure" and not (
                places and places[0] < self._ranges.get(figure, (0, 0))[0] <= places[-1]
            ):
                continue
            if figure.tag == "img" and self._is_sign(figure):
                figure.set("alt", "")
                continue
            inside = self._count(figure)
            if inside[0] and not inside[1] and _is_box(figure):
                continue
            outer = figure.getparent()
            while outer is not None:
                total, kept = self._count(outer)
                total, kept = total - inside[0], kept - inside[1]
                if outer.tag == "figure" or (outer.tag in _ASIDE and not kept):
                    break
                if total > 0:
                    if kept >= _AROUND_SHARE * total:
                        self._keep(figure)
                    break
                outer = outer.getparent()

    def _is_sign(self, image: Any) -> bool:
        """Return whether a picture is a button, an icon or an ornament."""
        sizes = (image.get("width") or "", image.get("height") or "")
        if not image.get("alt") or any(one.isdigit() and int(one) <= _ICON for one in sizes):
            return next(image.iterancestors("figure"), None) is None
        item = next(image.iterancestors("li"), None)
        link = next(image.iterancestors("a"), None)
        return item is not None and link is not None and not self._count(item)[0]

    def prune(self) -> None:
        """Remove the runs that are not kept from the tree."""
        for run, is_kept in zip(self._runs, self._kept, strict=True):
            if not is_kept:
                _clear(run, self._protected)
        guarded = {one for element in self._protected for one in element.iterancestors()}
        for item in list(self._root.iter("li")):
            # The rest of a row of buttons would be a marker without text.
            if not self._count(item)[0] and not any(one.get("alt") for one in item.iter("img")):
                _drop(item)
        pending = [self._root]
        while pending:
            element = pending.pop()
            for child in list(element):
                if child in self._protected or child.tag == DROPPED:
                    continue
                if child.tag in BLOCKS:
                    total, kept = self._count(child)
                    if not kept and child not in guarded:
                        _drop(child)
                        continue
                    if kept and kept == total:
                        continue
                pending.append(child)
        remove_dropped(self._root)


def _lays_out(group: Any) -> bool:
    """Return whether a table lays out parts of the page and holds no data."""
    return group.tag == "table" and next(group.iterdescendants(*_PARTS), None) is not None


def _is_box(figure: Any) -> bool:
    """Return whether a figure holds links to other stories instead of a picture."""
    return next(figure.iterdescendants("li", "h1", "h2", "h3", "form", "table"), None) is not None


def _drop(element: Any) -> None:
    """Mark an element for removal, and separate the text after it from the text before it."""
    tail = element.tail
    element.tail = clean(f" {tail}") if tail and not tail.isspace() else None
    element.tag = DROPPED


def _clear(run: _TextRun, protected: set[Any]) -> None:
    for element, is_tail in run.nodes:
        if is_tail:
            element.tail = None
        else:
            element.text = None
    for image in run.images:
        if image not in protected:
            image.set("alt", "")
