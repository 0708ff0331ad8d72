"""Finds the targets of a page's links, and the page's own address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from reader.core.addresses import is_web_address
from reader.formats.cleaning import clean_line
from reader.formats.html.metadata import PageFacts
from reader.formats.targets import UNSAFE_SCHEMES

_HEAD = 4096
_SAVED_FROM = re.compile(
    r"saved from url=\(\d{4,6}\)(\S{1,8000})|Page saved with SingleFile\s+url:\s*(\S{1,8000})"
)
_LEFT_OUT_SCHEMES = (*UNSAFE_SCHEMES, "blob:", "about:")


def saved_address(text: str) -> str:
    """Return the address that a page was saved from, if the program that saved it states it.

    Browsers write ``saved from url=(0024)https://...`` into a comment at the start, and SingleFile
    has a comment of its own.

    Args:
        text: The page's source.
    """
    match = _SAVED_FROM.search(text, 0, _HEAD)
    address = (match[1] or match[2]) if match else ""
    return address if is_web_address(address) else ""


def host_of(address: str) -> str:
    """Return the host of an absolute address; empty for other addresses."""
    try:
        return urlsplit(address.strip()).netloc
    except ValueError:
        return ""


def turn_inside(root: Any, *addresses: str) -> None:
    """Turn links with the page's own address and a ``#`` into links inside the page.

    Browsers write such links into the pages that they save.

    Args:
        root: The page's tree.
        addresses: The addresses of the page.
    """
    own = {one.partition("#")[0] for one in addresses if one}
    for link in root.iter("a"):
        page, hash_sign, fragment = (link.get("href") or "").strip().partition("#")
        if fragment and page in own:
            link.set("href", hash_sign + fragment)


def targets(article: Any, facts: PageFacts) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Return the functions that make the targets of links and the labels of identifiers.

    Addresses are made absolute if the base is known. A link that leads nowhere, or would run a
    script, gets an empty target.

    Args:
        article: The tree of the article, after ``turn_inside``.
        facts: The facts that the page states.
    """
    names = {one.get("id") for one in article.xpath(".//*[@id]")}
    names |= {one.get("name") for one in article.iter("a") if one.get("name")}

    def inside(href: str) -> str:
        fragment = unquote(href[1:]) if href[:1] == "#" else ""
        return fragment if fragment in names else ""

    def resolve(href: str) -> str:
        href = href.strip()
        if name := inside(href):
            return f"#{clean_line(name)}"
        if not href or href.lower().startswith(_LEFT_OUT_SCHEMES):
            return ""
        if href[0] == "#" and not facts.base:
            return ""
        try:
            return clean_line(urljoin(facts.base, href)) if facts.base else clean_line(href)
        except ValueError:
            return ""

    linked_names = {inside((link.get("href") or "").strip()) for link in article.iter("a")}

    def label_of(identifier: str) -> str:
        return clean_line(identifier) if identifier in linked_names else ""

    return resolve, label_of
