"""Chooses the title of a page as a reader would cite it: its headline, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.formats.cleaning import clean_line
from reader.formats.plain.residue import is_section_name

_MAX_HEADINGS = 20
_MIN_LETTERS = 8
_LONGEST = 300
_SEPARATOR = re.compile(r"[\s.]*(?:[|–—·»›:/•<]|::|\s-|-\s)\s*")
_SEPARATOR_BEFORE = re.compile(r"\s*(?:[|–—·»›:/•>]|::|\s-|-\s)\s*$")
_SIGNS = str.maketrans("’‘ʼ“”„«»`´\u00a0", "'''\"\"\"\"\"'' ")
_AND = re.compile(r"\b(?:and|und|et|y)\b|[&,]")
_BESIDE = ("nav", "aside", "footer", "dialog")


def headline(root: Any, stated: str, site: str, *, is_from_title: bool) -> str:
    """Return the title of a page.

    Args:
        root: Its tree.
        stated: The title that it states, perhaps with names of the site and its sections.
        site: The name of the site; empty if it is unknown.
        is_from_title: Whether only the element ``title`` states it, which holds more than a title.
    """
    headings = [one for one in islice(_headings(root, "h1"), _MAX_HEADINGS) if one != site]
    for heading in sorted(headings, key=len, reverse=True):
        if _is_part(heading, stated):
            return heading
    named = root.xpath(".//h1[@itemprop='headline'] | .//h2[@itemprop='headline']")
    if is_from_title and len(named) == 1 and (text := _text(named[0])):
        return text
    if is_from_title:
        for heading in islice(_headings(root, "h2"), _MAX_HEADINGS):
            if _folded(heading) == _folded(stated) or _begins(heading, stated):
                return heading
    if len(headings) == 1 and (is_from_title or not stated):
        name = _AND.sub(" ", headings[0])
        return stated if stated and is_section_name(name) else headings[0]
    return stated


def _headings(root: Any, tag: str) -> Iterator[str]:
    """Yield the headings that are not the name of the site, linked to its first page."""
    for heading in root.iter(tag):
        text = _text(heading)
        if not _MIN_LETTERS <= len(text) <= _LONGEST:
            continue
        links = [*heading.iter("a"), *islice(heading.iterancestors("a"), 1)]
        if links and _is_home(links[0].get("href") or ""):
            continue
        if not any(one.tag in _BESIDE for one in heading.iterancestors()):
            yield text


def _text(heading: Any) -> str:
    return clean_line(" ".join(heading.itertext()))


def _is_home(href: str) -> bool:
    return re.fullmatch(r"(?:https?://[^/]*)?/?(?:index\.\w+)?", href.strip()) is not None


def _is_part(heading: str, stated: str) -> bool:
    """Return whether a title is a heading and something else, with a sign between."""
    whole, part = _folded(stated), _folded(heading)
    if len(part) >= len(whole):
        return False
    if whole.startswith(part):
        return _begins(heading, stated)
    return whole.endswith(part) and _SEPARATOR_BEFORE.search(whole[: -len(part)]) is not None


def _begins(heading: str, stated: str) -> bool:
    """Return whether a title begins with a heading and a sign behind it."""
    whole, part = _folded(stated), _folded(heading)
    return whole.startswith(part) and _SEPARATOR.match(whole, len(part)) is not None


def _folded(title: str) -> str:
    return title.translate(_SIGNS).casefold()
