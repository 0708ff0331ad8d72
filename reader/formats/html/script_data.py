"""Finds the article of a page whose text is data in a script."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from reader.formats.html.metadata import MAX_JSON, objects_of, parse_json

MIN_PROSE = 400
"""The shortest prose that may be the text of an article, in letters."""

_ASSIGNED = re.compile(r"(?:window|self|globalThis)(?:\.\w+|\[[\"']\w+[\"']\])\s*=\s*")
_PARSED = re.compile(r"JSON\.parse\(\s*")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_TEXT_KEYS = ("text", "html", "content", "value", "body", "innerHTML", "data")
_CHILD_KEYS = ("children", "content", "spans", "nodes", "model", "items")
_KIND_KEYS = ("type", "_type", "kind", "style", "name", "blockType", "tagName")
_HEADING = re.compile(r"(?i)head|sub-?title|\bh[2-4]\b|crosshead")
_MAX_DEPTH = 6
_MAX_BLOCKS = 5000
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’»」)]?(?:\s|$|<)|[。！？]")


def text_as_html(text: str) -> str:
    """Return an article's text as HTML, with paragraphs if it is plain."""
    if "&lt;p" in text or "&lt;/p" in text:
        text = html.unescape(text)
    if _TAG.search(text) and re.search(r"(?i)</?(?:p|div|br|h\d|li)\b", text):
        return text
    paragraphs = (line.strip() for line in text.split("\n"))
    return "".join(f"<p>{html.escape(html.unescape(one))}</p>" for one in paragraphs if one)


def article_in_scripts(root: Any) -> str:
    """Return the longest prose in the data of a page's scripts, as HTML; empty if there is none.

    Args:
        root: The page, with its scripts.
    """
    best, length = "", MIN_PROSE
    for state in _states(root):
        for one in objects_of(state):
            for value in one.values():
                found = _prose(value)
                if found and (size := len(_TAG.sub("", found))) >= length:
                    best, length = found, size + 1
    return best


def _states(root: Any) -> Iterator[Any]:
    for script in root.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if len(text) < MIN_PROSE or len(text) > MAX_JSON:
            continue
        if "json" in kind:
            yield parse_json(text)
        elif kind in ("", "text/javascript", "module", "application/javascript"):
            yield from _assigned(text)


def _assigned(script: str) -> Iterator[Any]:
    """Yield the JSON values that a script assigns to the window."""
    decoder = json.JSONDecoder(strict=False)
    for match in list(_ASSIGNED.finditer(script))[:50]:
        start = match.end()
        if parsed := _PARSED.match(script, start):
            start = parsed.end()
        if script[start : start + 1] not in ("{", "[", '"'):
            continue
        try:
            value, _ = decoder.raw_decode(script, start)
        except (ValueError, RecursionError):
            continue
        yield parse_json(value) if isinstance(value, str) else value


def _prose(value: Any) -> str:
    """Return a value as HTML if it is prose; otherwise an empty string."""
    if isinstance(value, str):
        if len(value) < MIN_PROSE or not _SENTENCE_END.search(value):
            return ""
        return text_as_html(value) if _is_prose(_TAG.sub("", value)) else ""
    if not isinstance(value, list) or not 1 < len(value) <= _MAX_BLOCKS:
        return ""
    blocks = [_block(one) for one in value]
    text = "".join(_TAG.sub("", one) for one in blocks)
    written = sum(bool(one) for one in blocks)
    if len(text) < MIN_PROSE or written * 2 < len(blocks) or len(text) < 40 * written:
        return ""
    return "".join(blocks) if _is_prose(text) else ""


def _is_prose(text: str) -> bool:
    is_spaced = text.count(" ") * 12 > len(text) or not text[:2000].isascii()
    return is_spaced and not text.lstrip().startswith(("{", "[")) and "function(" not in text


def _block(value: Any) -> str:
    text = _text_of(value, 0).strip()
    if not text:
        return ""
    if text.startswith("<"):
        return text
    tag = "p"
    if isinstance(value, dict):
        kinds = (value.get(key) for key in _KIND_KEYS)
        if len(text) < 200 and any(isinstance(one, str) and _HEADING.search(one) for one in kinds):
            tag = "h2"
    inside = text if _TAG.search(text) else html.escape(html.unescape(text))
    return f"<{tag}>{inside}</{tag}>"


def _text_of(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return value
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return "".join(_text_of(one, depth + 1) for one in value if isinstance(one, dict))
    if not isinstance(value, dict):
        return ""
    for key in _TEXT_KEYS:
        if isinstance(text := value.get(key), str) and text.strip():
            return text
    for key in _CHILD_KEYS:
        if isinstance(inner := value.get(key), (list, dict)) and (
            text := _text_of(inner, depth + 1)
        ):
            return text
    return ""
