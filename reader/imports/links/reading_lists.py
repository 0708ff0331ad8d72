"""Reads lists of articles to read later, as browsers and other readers export them.

The content shows the kind of a file: bookmarks in HTML (browsers, Pocket, Instapaper), OPML, CSV
with a column ``url`` (Pocket, Instapaper), Omnivore's JSON, or the archive of Pocket or of
Omnivore. In any other file every line with a web address counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.core.addresses import is_web_address
from reader.imports.links import link
from reader.imports.links.archives import from_archive, from_json
from reader.imports.links.link import Link, too_large
from reader.imports.links.markup import from_bookmarks, from_opml
from reader.imports.links.tables import from_csv, has_addresses
from reader.imports.values import decoded

MAX_LINKS = 100_000
"""The most articles of one list."""

_ARCHIVE = b"PK\x03\x04"
_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?'\"*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class ListedLinks(list[Link]):
    """The articles of a list that have a web address, in their order."""

    without_address = 0
    """How many others there are, which have none."""
    beyond = 0
    """How many there are beyond ``MAX_LINKS``."""


def read_links(data: bytes, name: str) -> ListedLinks:
    """Return the articles of a list in their order, and how many are left out.

    Args:
        data: The bytes of the list.
        name: Its name in errors.

    Raises:
        SourceError: The list is too large or damaged.
    """
    if data.startswith(_ARCHIVE):
        return _bounded(from_archive(data, name))
    if len(data) > link.MAX_BYTES:
        raise too_large(name)
    text = decoded(data)
    start = text.lstrip()[:4096].lower()
    if start.startswith("<"):
        return _bounded(from_opml(text) if "<opml" in start else from_bookmarks(text))
    if start.startswith(("[", "{")) and (found := from_json(text)) is not None:
        return _bounded(found)
    if has_addresses(start.partition("\n")[0]):
        return _bounded(from_csv(text, name))
    return _bounded(_from_text(text))


def _bounded(links: Iterable[Link]) -> ListedLinks:
    web_links = ListedLinks()
    for listed in links:
        if not is_web_address(listed.url):
            web_links.without_address += 1
        elif len(web_links) < MAX_LINKS:
            web_links.append(listed)
        else:
            web_links.beyond += 1
    return web_links


def _from_text(text: str) -> Iterator[Link]:
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            yield from (Link(_trimmed(found)) for found in _IN_TEXT.findall(line))


def _trimmed(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        opening = _BRACKETS.get(last)
        if last in _AFTER or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url
