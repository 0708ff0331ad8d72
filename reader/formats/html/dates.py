"""Finds the date of an article in the elements of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import chain, islice
from typing import Any

from lxml import etree

from reader.formats.cleaning import clean_line
from reader.formats.tree.elements import BLOCKS, UNSHOWN

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?=T|$)")
_CHINESE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OTHER_DATE = re.compile(
    r"(?i)\W*(?:last )?(?:updat|modif|aktualisiert|geändert|mis à jour|actualiza)|©|copyright"
)
_FIRST = re.compile(r"(?<!\d)0?1(?!\d)")
_SENTENCE = re.compile(r"(?<!\b[ap]\.m)[.!?。！？]\W?$")
_LONGEST_LINE = 120
_LINES = 12
_MAX_TIMES = 200
_NEAR = 4
_BESIDE = ("nav", "aside", "footer", "form")
_OTHERS = re.compile(r"(?i)comment|related|teaser|recirc|sidebar|widget|popular|modif|update")


def iso_date(text: str) -> str:
    """Return the date in ISO 8601 at the start of a text, with its time; empty if there is none."""
    text = text.strip()
    if match := _ISO.match(text):
        return match[0].replace(" ", "T")
    if match := _COMPACT.match(text):
        return f"{match[1]}-{match[2]}-{match[3]}"
    return ""


def marked_date(root: Any) -> str:
    """Return the date that an element of a page is marked with as that of its publication."""
    for element in root.iter("time", "meta", "span", "abbr", "div", "p"):
        prop = element.get("itemprop") or element.get("property") or ""
        if "datePublished" in prop or "dateCreated" in prop or element.get("pubdate") is not None:
            stated = (element.get("datetime"), element.get("content"), element.get("title"))
            for value in (*stated, "".join(element.itertext())):
                if value and (date := iso_date(value)):
                    return date
    return ""


def date_beside_headline(root: Any) -> str:
    """Return the machine-readable date of the ``time`` nearest to the headline, if there is one."""
    heading = next(root.iter("h1"), None)
    if heading is not None:
        for around in islice(heading.iterancestors(), _NEAR):
            if around.tag == "body":
                break
            if date := next(_times(around), ""):
                return date
    articles = list(islice(root.iter("article"), 2))
    return next(_times(articles[0]), "") if len(articles) == 1 else ""


def date_shown_beside(root: Any, title: str) -> str:
    """Return the date that a reader sees in the lines around the headline; empty without one.

    Args:
        root: The page.
        title: The headline.
    """
    headings = list(islice(root.iter("h1", "h2"), _MAX_TIMES))
    heading = next(
        (one for one in headings if clean_line(" ".join(one.itertext())) == title),
        next((one for one in headings if one.tag == "h1"), None),
    )
    if heading is None:
        return ""
    for around in islice(heading.iterancestors(), _NEAR):
        is_page = around.tag == "body"
        for line in islice(_lines(around, heading if is_page else None), _LINES):
            if len(line) > _LONGEST_LINE:
                break
            if date := _date_in(line):
                return date
        if is_page:
            break
    return ""


def _lines(holder: Any, start: Any) -> Iterator[str]:
    """Yield the lines of a part of a page, from an element on if there is one."""
    texts: list[str] = []
    is_open = start is None
    events = etree.iterwalk(holder, events=("start", "end"))
    for event, element in chain(events, ((None, holder),)):
        if element.tag in BLOCKS and texts:
            if line := clean_line("".join(texts)):
                yield line
            texts = []
        is_open = is_open or element is start
        if event == "start":
            is_skipped = element.tag in UNSHOWN or (element is not holder and _is_beside(element))
            if is_skipped:
                events.skip_subtree()
            elif is_open and element.text:
                texts.append(element.text)
        elif event == "end" and is_open and element is not holder and element.tail:
            texts.append(element.tail)


def _date_in(line: str) -> str:
    """Return the date in a line that is no sentence; empty if it has none of a publication."""
    if _SENTENCE.search(line) is not None or _OTHER_DATE.match(line) is not None:
        return ""
    if match := _CHINESE.search(line):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    rest = _YEAR.sub("", line)
    if rest == line or not any(map(str.isdigit, rest)):
        return ""
    from htmldate import find_date  # noqa: PLC0415  (most pages state their date)

    page = f"<html><body><p>{escape(line)}</p></body></html>"
    date: str = find_date(page, extensive_search=True) or ""
    # The first of January is also what is found of a year alone.
    return "" if date.endswith("-01-01") and _FIRST.search(rest) is None else date


def _times(holder: Any) -> Iterator[str]:
    for time in islice(holder.iter("time"), _MAX_TIMES):
        names = f"{time.get('class') or ''} {time.get('itemprop') or ''}"
        if _OTHERS.search(names) or any(_is_beside(one) for one in time.iterancestors()):
            continue
        if date := iso_date(time.get("datetime") or ""):
            yield date


def _is_beside(element: Any) -> bool:
    if element.tag in _BESIDE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag not in ("body", "html") and _OTHERS.search(names) is not None
