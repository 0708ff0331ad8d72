"""Reads the front matter of a Markdown text: metadata before the text, in YAML or TOML."""

from __future__ import annotations

import importlib
import re
from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from reader.core.author_names import with_suffixes
from reader.core.document import Metadata
from reader.formats.cleaning import clean_line

MAX_FRONT_MATTER = 65536
"""The longest front matter, in code points; a longer one is text."""

_DEEP_KEY = r"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){64}"""
"""A dotted key of TOML that no person wrote: tomllib takes 3 GB for one of 60 KB."""

_FENCES = {"---": ("yaml", ("---", "...")), "+++": ("toml", ("+++",))}
_FIELDS = {
    "title": ("title",),
    "site": ("site", "publication", "publisher", "site_name", "sitename"),
    "published": ("published", "date", "publish_date", "publishdate", "created"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "canonical", "canonical_url", "source", "link"),
}
_AUTHORS = ("authors", "author", "by", "byline", "creator")


class FrontMatter(NamedTuple):
    """The front matter of a text."""

    metadata: Metadata
    """The metadata; empty if it could not be read."""
    code: str
    """The source of front matter that could not be read, to be shown as code; otherwise empty."""
    language: str
    """``yaml`` or ``toml``; empty if there is no front matter."""
    length: int
    """The length of the front matter, in code points of the source; 0 if there is none."""


NONE = FrontMatter(Metadata(), "", "", 0)


def read_front_matter(head: str) -> FrontMatter:
    """Read the front matter at the start of ``head``; a fault in it is not an error."""
    first, newline, _ = head.partition("\n")
    language, ends = _FENCES.get(first.rstrip(), ("", ()))
    if not newline or not language:
        return NONE
    start = position = len(first) + 1
    while position < len(head):
        line_end = head.find("\n", position)
        line_end = len(head) if line_end < 0 else line_end
        if head[position:line_end].rstrip() in ends:
            break
        position = line_end + 1
    else:
        return NONE
    body, length = head[start:position], min(line_end + 1, len(head))
    fields = _parse(body, language)
    if fields is None and (language == "yaml" and ":" not in body):
        # text between two rules
        return NONE
    if fields is None:
        return FrontMatter(Metadata(), body.rstrip("\n"), language, length)
    return FrontMatter(_metadata(fields), "", language, length)


def _parse(body: str, language: str) -> dict[str, Any] | None:
    """Return the fields with their names in lower case; None if there is a fault."""
    try:
        if language == "toml":
            if re.search(_DEEP_KEY, body):
                return None
            import tomllib  # noqa: PLC0415  (few texts have it)

            fields: Any = tomllib.loads(body)
        else:
            fields = _safe_load(body)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # PyYAML's constructors raise these if a tag such as !!int meets another value.
        return None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        return None
    return {str(name).strip().lower().replace("-", "_"): value for name, value in fields.items()}


def _safe_load(body: str) -> Any:
    yaml: Any = importlib.import_module("yaml")
    try:
        return yaml.safe_load(body)
    except yaml.YAMLError as fault:
        raise ValueError(str(fault)) from fault


def _metadata(fields: dict[str, Any]) -> Metadata:
    values = {
        field: next((text for name in names if (text := _text(fields.get(name)))), "")
        for field, names in _FIELDS.items()
    }
    authors = next((found for name in _AUTHORS if (found := _authors(fields.get(name)))), ())
    return replace(Metadata(authors=authors), **values)


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int):
        # A title may be a year or a number; Python does not write thousands of digits.
        return str(value) if not isinstance(value, bool) and abs(value) < 10**18 else ""
    return clean_line(str(value)) if isinstance(value, str | float) else ""


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = clean_line(value).removeprefix("By ").replace(" and ", ", ")
        value = with_suffixes(value.split(","))
    elif isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    names = (_text(one.get("name") if isinstance(one, dict) else one).strip() for one in value)
    return tuple(dict.fromkeys(name for name in names if name))
