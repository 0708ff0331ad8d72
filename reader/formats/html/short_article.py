"""Finds an article that is too short for the extractor, such as a correction of two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.formats.html.candidates import is_sentence
from reader.formats.html.runs import PageRuns
from reader.formats.html.widgets import is_named_widget, opens_widget

MIN_SHORT = 25
"""The shortest article, in letters."""

_NAMES = re.compile(
    r"(?:article|post|entry|story|news|blog)[-_]{0,2}(?:body|content|text)", re.IGNORECASE
)
_LINK_SHARE = 0.5
_PROSE_SHARE = 0.5


def keep_short_article(page: PageRuns) -> bool:
    """Keep the sentences of the element that holds a short article; return whether there is one.

    The element is named or marked as the article, or holds the only heading of level 1. At least
    half of its text must be sentences.
    """
    for holder in _holders(page.root):
        start, end = page.range_of(holder)
        total, _ = page.count(holder)
        prose = [index for index in range(start, end) if _is_prose(page, index)]
        headings = sum(page.count(one)[0] for one in holder.iter("h1", "h2", "h3") if one in page)
        letters = sum(page.sizes[index] for index in prose)
        if letters >= MIN_SHORT and letters >= _PROSE_SHARE * (total - headings):
            for index in prose:
                page.kept[index] = True
            page.sum()
            return True
    return False


def _holders(body: Any) -> Iterator[Any]:
    """Yield the elements that may hold the article, the most certain first."""
    yield from body.xpath(".//*[contains(@itemprop, 'articleBody')]")
    articles = list(body.iter("article"))
    if len(articles) == 1:
        yield articles[0]
    for element in body.iter("div", "section"):
        if _NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield element
            break
    yield from body.iter("main")
    yield from body.xpath(".//*[@role='main']")
    headings = list(body.iter("h1"))
    if len(headings) == 1:
        yield headings[0].getparent()


def _is_prose(page: PageRuns, index: int) -> bool:
    element, _ = page.runs[index].nodes[0]
    line = page.line(index)
    if not is_sentence(line) or opens_widget(line):
        return False
    if page.linked(index, index + 1) > _LINK_SHARE * page.sizes[index]:
        return False
    return not any(map(is_named_widget, (element, *element.iterancestors())))
