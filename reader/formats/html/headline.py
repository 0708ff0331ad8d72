"""Chooses the title of a page as a reader would cite it: its headline, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.formats.cleaning import clean_line

_MAX_HEADINGS = 20
_MIN_LETTERS = 8
_LONGEST = 300
_SEPARATOR = re.compile(r"[\s.]*(?:[|–—·»›:/•<]|::|\s-|-\s)\s*")
_SEPARATOR_BEFORE = re.compile(r"\s*(?:[|–—·»›:/•>]|::|\s-|-\s)\s*$")
_SIGNS = str.maketrans("’‘ʼ“”„«»`´\u00a0", "'''\"\"\"\"\"'' ")
_BESIDE = ("nav", "aside", "footer", "dialog")


def headline(root: Any, stated: str, site: str, *, is_from_title: bool) -> str:
    """Return the title of a page.

    Args:
        root: Its tree.
        stated: The title that it states, perhaps with names of the site and its sections.
        site: The name of the site; empty if it is unknown.
        is_from_title: Whether only the element ``title`` states it, which holds more than a title.
    """
    headings = [one for one in islice(_headings(root), _MAX_HEADINGS) if one != site]
    for heading in sorted(headings, key=len, reverse=True):
        if _is_part(heading, stated):
            return heading
    if len(headings) == 1 and (is_from_title or not stated):
        return headings[0]
    return stated


def _headings(root: Any) -> Iterator[str]:
    """Yield the headings of level 1 that are not the name of the site, linked to its first page."""
    for heading in root.iter("h1"):
        text = clean_line(" ".join(heading.itertext()))
        if not _MIN_LETTERS <= len(text) <= _LONGEST:
            continue
        links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
        if links and _is_home(links[0].get("href") or ""):
            continue
        if not any(one.tag in _BESIDE for one in heading.iterancestors()):
            yield text


def _is_home(href: str) -> bool:
    return re.fullmatch(r"(?:https?://[^/]*)?/?(?:index\.\w+)?", href.strip()) is not None


def _is_part(heading: str, stated: str) -> bool:
    """Return whether a title is a heading and something else, with a sign between."""
    whole, part = (text.translate(_SIGNS).casefold() for text in (stated, heading))
    if len(part) >= len(whole):
        return False
    if whole.startswith(part):
        return _SEPARATOR.match(whole, len(part)) is not None
    return whole.endswith(part) and _SEPARATOR_BEFORE.search(whole[: -len(part)]) is not None
