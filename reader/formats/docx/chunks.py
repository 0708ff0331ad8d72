"""Reads the texts that a DOCX embeds whole (``altChunk``): HTML, MHTML, text, RTF, another DOCX."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from reader.errors import SourceError
from reader.formats.encoding import read_text
from reader.formats.message_policy import POLICY
from reader.formats.rtf.reader import read_elements as read_rtf
from reader.formats.sniffing import kind_of_bytes
from reader.formats.tree.characters import legal
from reader.formats.tree.elements import UNSHOWN, local_name
from reader.formats.tree.normalise import normalise
from reader.formats.tree.note_placing import place_notes
from reader.formats.tree.xml import parse_page

MAX_DEPTH: Final = 3
"""The most documents inside each other that are read."""

_CHARSET: Final = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""")
_HEAD: Final = 4096
_MARKUP: Final = re.compile(rb"(?i)<(?:!doctype|html|head|body|p|div|h[1-6]|table|ul|ol|span|br)\b")
_CONTROLS: Final = re.compile(rb"[\x01-\x08\x0e-\x1a]")
_MESSAGE: Final = re.compile(rb"(?i)\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)*?content-type:")


def is_word_file(data: bytes) -> bool:
    """Return whether an embedded text is another DOCX."""
    return data.startswith(b"PK\x03\x04")


def read_chunk(data: bytes, path: str) -> list[Any]:
    """Return the elements of an embedded text that is no DOCX, in HTML.

    Args:
        data: Its bytes.
        path: Its path in the archive, whose suffix counts where the bytes do not show what it is.
    """
    kind = kind_of_bytes(data)
    if not kind and _CONTROLS.search(data, 0, _HEAD):
        return []
    try:
        if kind == "rtf":
            return read_rtf(data, path)
        if kind in ("mhtml", "mail") or _MESSAGE.match(data[:_HEAD]):
            return _read_message(data)
        is_text = path.lower().endswith((".txt", ".text"))
        if kind == "html" or (not is_text and _MARKUP.search(data[:_HEAD])):
            return _read_page(data, "")
        return list(_read_lines(read_text(data)))
    except SourceError:
        return []


def set_apart(elements: list[Any], prefix: str) -> None:
    """Give the names in an embedded text a prefix, since the text around it has the same names."""
    for root in elements:
        for element in root.iter():
            if name := element.get("id"):
                element.set("id", f"{prefix}{name}")
            href = element.get("href") or ""
            if href.startswith("#"):
                element.set("href", f"#{prefix}{href[1:]}")


def unreadable(path: str) -> list[Any]:
    """Return a paragraph that says that an embedded text cannot be read."""
    paragraph = etree.Element("p")
    name = path.rpartition("/")[2] or "a part that is missing"
    paragraph.text = legal(f"[Embedded text that cannot be read: {name}]")
    return [paragraph]


def _read_page(data: bytes, charset: str) -> list[Any]:
    declared = _CHARSET.search(data[:_HEAD])
    charset = charset or (declared[1].decode("ascii") if declared else "")
    try:
        text = read_text(data, charset=charset)
    except LookupError:
        text = read_text(data)
    root = parse_page(text.encode("utf-8"))
    if root is None:
        return []
    normalise(root)
    place_notes(root)
    body = next((one for one in root.iter("{*}*") if local_name(one) == "body"), root)
    if body is root and local_name(root) in UNSHOWN:
        return []
    box = etree.Element("div")
    box.text = body.text
    box.extend(list(body))
    return [box] if "".join(box.itertext()).strip() else []


def _read_message(data: bytes) -> list[Any]:
    """Return the page in a message, or else its plain text."""
    message = email.message_from_bytes(data.lstrip(), policy=POLICY)
    plain: list[Any] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/html", "application/xhtml+xml", "text/plain"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if kind == "text/plain":
            plain = plain or list(_read_lines(read_text(payload)))
        elif elements := _read_page(payload, str(part.get_param("charset") or "").strip("\"' ")):
            return elements
    return plain


def _read_lines(text: str) -> Iterator[Any]:
    """Yield a paragraph for each line of a plain text, as Word makes of it."""
    for line in filter(str.strip, text.split("\n")):
        paragraph = etree.Element("p")
        paragraph.text = legal(line.strip())
        yield paragraph
