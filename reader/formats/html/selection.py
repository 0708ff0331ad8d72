"""Removes all elements that are not part of the article from the tree of a page."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, NamedTuple

from reader.formats.cleaning import clean
from reader.formats.html.candidates import GROUPS, is_sentence
from reader.formats.html.completion import Completion
from reader.formats.html.corrections import keep_corrections
from reader.formats.html.matching import SHORT, ExtractedText, without_spaces
from reader.formats.html.page import DROPPED, remove_dropped
from reader.formats.html.runs import PageRuns, TextRun
from reader.formats.html.short_article import keep_short_article
from reader.formats.html.widgets import is_named_widget
from reader.formats.joining import is_unspaced
from reader.formats.tree.elements import (
    BLOCKS,
    CORRECTION,
    LEFT_OUT,
    ROLE,
    integer,
    lays_out,
)
from reader.formats.tree.notes import Notes

_GROUP_SHARE = 0.6
_AROUND_SHARE = 0.5
_FIGURES = ("figure", "img", "hr")
_ASIDE = ("header", "footer", "nav", "aside")
_HEADINGS = ("h1", "h2")
_OPENING = 10
_ATTRIBUTION = 100
_STANDFIRST = 500
_LONGEST_LINE = 500
_PROSE = 40
_LONG_PROSE = 200
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


class Report(NamedTuple):
    """What a selection found in a page."""

    corrections: tuple[str, ...]
    """The corrections, clarifications, editor's notes and updates, each on one line."""
    left_out: int
    """The number of words that are not kept."""
    left_out_share: int
    """Their share of the words in sentences, in per cent."""


class Selection:
    """Chooses which runs of a page are its article."""

    def __init__(self, root: Any) -> None:
        """Find the runs of a page."""
        self._root = root
        self._page = PageRuns(root)
        self._corrections: list[int] = []

    def select(self, extracted: ExtractedText, *, title: str, description: str, host: str) -> float:
        """Choose the runs of the article.

        Args:
            extracted: The text that the extractor took for the article.
            title: The article's title, whose heading is kept.
            description: The page's description; a paragraph with the same words is kept.
            host: The page's own host; empty if it is unknown.

        Returns:
            The share of the extracted text that was found in the page, from 0 to 1.
        """
        self._page.kept = extracted.match([run.texts for run in self._page.runs], self._page.texts)
        self._complete(title, description, host)
        return extracted.coverage

    def select_short(self, *, title: str, description: str, host: str) -> bool:
        """Choose the runs of an article that is too short for an extractor.

        Returns:
            Whether there is one.
        """
        if not keep_short_article(self._page):
            return False
        self._complete(title, description, host)
        return True

    def _complete(self, title: str, description: str, host: str) -> None:
        """Keep the rest of the article."""
        self._keep_opening(title, description)
        self._page.sum()
        for group in self._root.iter(*GROUPS, "pre"):
            if self._page.share(group) >= _GROUP_SHARE and not lays_out(group):
                self._page.keep(group)
        self._keep_attributions()
        Completion(self._page, host).complete()
        self._keep_notes()
        self._corrections = keep_corrections(self._page)
        self._keep_figures()
        self._page.sum()

    def _keep_opening(self, title: str, description: str) -> None:
        """Keep the heading of the title, and the standfirst, which extractors may drop."""
        first = next((index for index, flag in enumerate(self._page.kept) if flag), 0)
        for heading in self._root.iter(*_HEADINGS) if title else ():
            if is_same_title("".join(heading.itertext()), title):
                self._page.keep(heading)
                self._keep_standfirst(heading, first)
                break
        standfirst = without_spaces(description)
        if len(standfirst) <= SHORT or standfirst not in self._page.texts[: first + _OPENING]:
            return
        runs = zip(self._page.texts, self._page.kept, strict=True)
        if not any(is_kept and text.startswith(standfirst) for text, is_kept in runs):
            self._page.kept[self._page.texts.index(standfirst)] = True

    def _keep_standfirst(self, heading: Any, first: int) -> None:
        """Keep the sentences below the title that stand in the same head, before the text.

        Args:
            heading: The heading of the title.
            first: The index of the first run of the text.
        """
        head = next(heading.iterancestors("header"), None)
        if head is None or (head.getparent() is self._root and head.find(".//nav") is not None):
            head = heading.getparent()
        start, end = self._page.range_of(head)
        for index in range(max(start, self._page.range_of(heading)[1]), min(end, first)):
            element, _ = self._page.runs[index].nodes[0]
            around = takewhile(lambda one: one is not head, (element, *element.iterancestors()))
            if (
                SHORT < self._page.sizes[index] <= _STANDFIRST
                and is_sentence(self._page.line(index))
                and not self._page.linked(index, index + 1)
                and not any(map(is_named_widget, around))
            ):
                self._page.kept[index] = True

    def _keep_attributions(self) -> None:
        """Keep the short line beside a quotation that names its author, which extractors drop."""
        for quotation in self._root.iter("blockquote"):
            if quotation not in self._page.protected:
                continue
            for line in (quotation.getprevious(), quotation.getnext()):
                start, end = self._page.range_of(line)
                if (
                    end - start == 1
                    and self._page.sizes[start] <= _ATTRIBUTION
                    and all(
                        self._page.kept[max(start - 1, 0) : start] + self._page.kept[end : end + 1]
                    )
                ):
                    self._page.keep(line)

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
            if body in self._page.protected:
                continue
            while body is not None and body.tag not in _NOTE_BODIES:
                body = body.getparent()
            block = next((one for one in link.iterancestors() if one in self._page), None)
            # A note comes after its reference: a link from a note back to the text is none.
            if (
                body is not None
                and block is not None
                and self._page.share(block)
                and self._page.range_of(body)[0] > self._page.range_of(block)[0]
                and body not in block.iterancestors()
            ):
                self._page.keep(body)

    def _keep_figures(self) -> None:
        """Keep pictures with their captions, and rules, if the text around them is kept."""
        places = [index for index, flag in enumerate(self._page.kept) if flag]
        for figure in self._root.iter(*_FIGURES):
            if figure.tag != "figure" and not (
                places and places[0] < self._page.range_of(figure)[0] <= places[-1]
            ):
                continue
            if figure.tag == "img" and self._is_sign(figure):
                figure.set("alt", "")
                continue
            inside = self._page.count(figure)
            if inside[0] and not inside[1] and _is_box(figure):
                continue
            outer = figure.getparent()
            while outer is not None:
                total, kept = self._page.count(outer)
                total, kept = total - inside[0], kept - inside[1]
                if outer.tag == "figure" or (outer.tag in _ASIDE and not kept):
                    break
                if total > 0:
                    if kept >= _AROUND_SHARE * total:
                        self._page.keep(figure)
                    break
                outer = outer.getparent()

    def _is_sign(self, image: Any) -> bool:
        """Return whether a picture is a button, an icon or an ornament."""
        sizes = (image.get("width") or "", image.get("height") or "")
        if not image.get("alt") or any(0 <= integer(one, -1) <= _ICON for one in sizes):
            return next(image.iterancestors("figure"), None) is None
        item = next(image.iterancestors("li"), None)
        link = next(image.iterancestors("a"), None)
        return item is not None and link is not None and not self._page.count(item)[0]

    def report(self) -> Report:
        """Return what was found and what is left out."""
        page = self._page
        lines = [page.line(index)[:_LONGEST_LINE] for index in self._corrections]
        words = [0, 0]
        prose = [0, 0]
        for index, is_kept in enumerate(page.kept):
            line = page.line(index)
            count = _word_count(line)
            words[is_kept] += count
            size = page.sizes[index]
            if size >= _LONG_PROSE or (size >= _PROSE and is_sentence(line)):
                prose[is_kept] += count
        share = 100 * prose[False] // max(sum(prose), 1)
        return Report(tuple(lines), words[False], share)

    def mark_corrections(self) -> None:
        """Give corrections their role, in blocks of their own."""
        for index in self._corrections:
            self._page.block_of(index).set(ROLE, CORRECTION)

    def mark_left_out(self) -> None:
        """Give the runs that are not kept the role of text that is left out."""
        for index, is_kept in enumerate(self._page.kept):
            if not is_kept:
                self._page.block_of(index).set(ROLE, LEFT_OUT)
        for menu in self._root.iter("nav", "dialog"):
            menu.set(ROLE, LEFT_OUT)

    def prune(self) -> None:
        """Remove the runs that are not kept from the tree."""
        for run, is_kept in zip(self._page.runs, self._page.kept, strict=True):
            if not is_kept:
                _clear(run, self._page.protected)
        for menu in list(self._root.iter("nav", "dialog")):
            _drop(menu)
        guarded = {one for element in self._page.protected for one in element.iterancestors()}
        for item in list(self._root.iter("li")):
            # The rest of a row of buttons would be a marker without text.
            if not self._page.count(item)[0] and not any(
                one.get("alt") for one in item.iter("img")
            ):
                _drop(item)
        pending = [self._root]
        while pending:
            element = pending.pop()
            for child in list(element):
                if child in self._page.protected or child.tag == DROPPED:
                    continue
                if child.tag in BLOCKS:
                    total, kept = self._page.count(child)
                    if not kept and child not in guarded:
                        _drop(child)
                        continue
                    if kept and kept == total:
                        continue
                pending.append(child)
        remove_dropped(self._root)


def _is_box(figure: Any) -> bool:
    """Return whether a figure holds links to other stories instead of a picture."""
    return next(figure.iterdescendants("li", "h1", "h2", "h3", "form", "table"), None) is not None


def _word_count(line: str) -> int:
    """Return the number of words of a line; in scripts without spaces two letters are a word."""
    spaces = line.count(" ")
    if line.isascii() or not is_unspaced(line[len(line) // 2]):
        return spaces + 1
    return len(line) // 2


def _drop(element: Any) -> None:
    """Mark an element for removal, and separate the text after it from the text before it."""
    tail = element.tail
    element.tail = clean(f" {tail}") if tail and not tail.isspace() else None
    element.tag = DROPPED


def _clear(run: TextRun, protected: set[Any]) -> None:
    for element, is_tail in run.nodes:
        if is_tail:
            element.tail = None
        else:
            element.text = None
    for image in run.images:
        if image not in protected:
            image.set("alt", "")
