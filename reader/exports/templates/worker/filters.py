"""The filters for templates that Jinja lacks: what writes a value in a language, and dates."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from reader.core.citation import day
from reader.core.quotation_marks import quoted
from reader.core.table_cells import protected
from reader.core.text_formatting import one_line
from reader.exports.escape import escape_inline
from reader.exports.org_text import escape_inline as escape_org
from reader.safe_text import safe_json, sanitise_for_file

_WIKI: Final = re.compile(r"[&<>\[\]{}|=~*#_]|^[:;]|(?<=[A-Za-z]):(?=\S)|'(?=')|(?<=')'|^'|'$")
"""Matches what is markup of MediaWiki: a colon at the start, or in an address, which would be a
link; an apostrophe beside another one, or where another one may follow in the template."""


def as_markdown(value: object) -> str:
    """Return a text so that Markdown shows it as it is, on one line."""
    return escape_inline(_text(value))


def as_html(value: object) -> str:
    """Return a text for an element or a quoted attribute of HTML or XML."""
    return html.escape(sanitise_for_file(_text(value)))


def as_org(value: object) -> str:
    """Return a text so that Org shows it as it is, on one line."""
    return escape_org(one_line(_text(value)))


def as_wiki(value: object) -> str:
    """Return a text so that MediaWiki shows it as it is, also in a template of its own."""
    return _WIKI.sub(lambda sign: f"&#{ord(sign[0])};", one_line(_text(value)))


def as_json(value: object) -> str:
    """Return a value as JSON."""
    return safe_json(value)


def as_csv(value: object) -> str:
    """Return a value as a cell of CSV, or a list as a row; nothing that a spreadsheet runs."""
    cells = value if isinstance(value, list | tuple) else [value]
    line = io.StringIO()
    csv.writer(line).writerow([protected(_text(cell)) for cell in cells])
    return line.getvalue().removesuffix("\r\n")


def as_quote(value: object, mark: str = "> ") -> str:
    """Return a text with a mark before each of its lines."""
    return "\n".join(f"{mark}{line}".rstrip() for line in _text(value).split("\n"))


def in_words(value: object) -> str:
    """Return the day of a time as people write it: ``31 January 2026``."""
    return day(_text(value))


def in_marks(value: object, language: str = "") -> str:
    """Return a text in the quotation marks of a language."""
    return quoted(_text(value), language)


def on_one_line(value: object, most: int | None = None) -> str:
    """Return a text on one line, in at most so many characters."""
    return one_line(_text(value), most)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable) and not isinstance(value, dict):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "markdown": as_markdown,
    "html": as_html,
    "org": as_org,
    "wiki": as_wiki,
    "json": as_json,
    "csv": as_csv,
    "quote": as_quote,
    "day": in_words,
    "quoted": in_marks,
    "line": on_one_line,
}
"""The filters by their names."""
