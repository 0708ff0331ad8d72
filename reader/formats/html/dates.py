"""Finds the date of an article in the elements of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?=T|$)")
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
