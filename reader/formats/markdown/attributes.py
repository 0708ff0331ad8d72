"""Attributes in braces, and other forms by which a text shows that pandoc wrote it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.formats.patterns import pattern

_ATTRIBUTE = r"(?:#[^\s{}#]+|\.[^\s{}.]+|-|[\w:.-]+=(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']+))"
_ATTRIBUTES = rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t\n]+{_ATTRIBUTE})*[ \t]*\}}"
ATTRIBUTES: Final = pattern(_ATTRIBUTES)
"""Attributes: ``{#name .class key="value"}``, and ``{-}`` for a heading without a number."""

RAW: Final = pattern(r"\{=([\w+-]+)\}")
"""The format of raw text: ``{=html}``."""

_SIGNS: Final = pattern(
    r"^[ >]{0,12}(?::{3,}[ \t]*\{[.#]|#{1,6}[ \t].*\{[.#-][^}]*\}[ \t]*$|\(@[\w-]*\)[ \t]"
    r"|\+(?:[-=:]{2,}\+){2,}[ \t]*$|(?:`{3,}|~{3,})[ \t]*\{[=.#])|\]\{[.#]",
    re.MULTILINE,
)
_HEADING: Final = pattern(rf"[ \t]*(?:#+[ \t]*)?({_ATTRIBUTES})[ \t]*$")
_NAME = pattern(r"[{\s]#([^\s{}]+)")
_CLASS = pattern(r"[{\s]\.([^\s{}]+)")
_TITLE = pattern(r"\btitle=(?:\"([^\"]*)\"|'([^']*)'|([^\s{}\"']+))")
_WORD = pattern(r"\{\s*([\w+#-]+)")


def is_pandoc(text: str) -> bool:
    """Return whether a text has a form that nothing but pandoc writes."""
    return _SIGNS.search(text) is not None


class Heading(NamedTuple):
    """The source of a heading."""

    content: str
    """Its text without attributes."""
    name: str
    """The name that links to it use; empty where its text says it."""


def read_heading(content: str) -> Heading:
    """Part the source of a heading's text from its attributes."""
    match = _HEADING.search(content)
    if match is None or not match.start():
        return Heading(content, "")
    name = _NAME.search(match[1])
    return Heading(content[: match.start()], name[1] if name else "")


def language_of(info: str) -> str:
    """Return the language of a block of code from what stands behind its fence."""
    if not info.startswith("{"):
        return info.split(" ", maxsplit=1)[0]
    match = RAW.match(info) or _CLASS.search(info) or _WORD.match(info)
    return match[1] if match else ""


def title_of(attributes: str) -> str:
    """Return the title among attributes; empty where there is none."""
    match = _TITLE.search(attributes)
    return next(filter(None, match.groups()), "") if match else ""
