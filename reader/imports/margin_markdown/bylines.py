"""What the headings of an exported file say of its articles, and the lines below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.core.addresses import is_web_address
from reader.exported_markdown.attribution import SEPARATOR
from reader.exported_markdown.plain import plain

_TITLE: Final = re.compile(r"# +(.*\S)")
_LINK: Final = re.compile(r"\[(.*)\]\((\S+)\)")
_CLAIMS: Final = "Claims"


class SourceLines(NamedTuple):
    """What a file shows of an article above its quotations."""

    title: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    url: str = ""
    line: int = 0
    """The number of the heading among the lines of the body, from 0."""


def source_lines(body: Sequence[str]) -> list[SourceLines]:
    """Return what stands at each heading of the first level, with the line on the origin below it.

    Args:
        body: The lines of the file below its front matter.
    """
    found: list[SourceLines] = []
    for at, line in enumerate(body):
        title = _TITLE.fullmatch(line.rstrip())
        if title is None or title[1] == _CLAIMS:
            continue
        below = next((each for each in body[at + 1 : at + 4] if each.strip()), "")
        found.append(_with_byline(plain(title[1]), below)._replace(line=at))
    return found


def _with_byline(title: str, byline: str) -> SourceLines:
    parts = byline.strip().split(SEPARATOR)
    at, link = next(
        ((at, link) for at, each in enumerate(parts[:2]) if (link := _LINK.fullmatch(each))),
        (0, None),
    )
    if link is None:
        return SourceLines(title)
    url = plain(link[2])
    authors = tuple(plain(parts[0]).split(", ")) if at else ()
    return SourceLines(title, authors, plain(link[1]), url if is_web_address(url) else "")
