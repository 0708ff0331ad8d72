"""Parses XML and XHTML from any source without entities, network or files."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from reader.errors import SourceError
from reader.formats.encoding import decode
from reader.formats.tree.characters import legal

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KNOWN = re.compile(r"utf|us|ascii|iso|latin|windows|cp|koi8|gb|big5|euc|shift|mac", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE_NAMES = re.compile(r"[^\[>]*(?:>|(\[))")
_DOCTYPE_END = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse_xml(data: bytes) -> Any | None:
    """Return the root of an XML file, repaired if it is damaged; None if there is none.

    The document type is removed, so no entity is ever defined, expanded or fetched. The names of
    characters in HTML are read. Elements deeper than 256 are left out.
    """
    return _parsed(_source(data), is_mended=True)


def parse_strictly(data: bytes) -> Any | None:
    """Return the root of an XML file; None if it is damaged or deeper than 256 elements.

    As in :func:`parse_xml`, no entity is ever defined, expanded or fetched.
    """
    return _parsed(_source(data), is_mended=False)


def parse_page(data: bytes) -> Any | None:
    """Return the root of a page of XHTML or HTML; None if there is none."""
    text = _source(data)
    root = _parsed(text, is_mended=False)
    if root is not None and root.tag is not etree.Comment:
        return root
    parser = lxml_html.HTMLParser(no_network=True, remove_pis=True)
    try:
        # lxml refuses a string that declares its encoding, and bytes would need the encoding.
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _parsed(text: str, *, is_mended: bool) -> Any | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=is_mended,
        remove_comments=False,
    )
    try:
        return etree.fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _source(data: bytes) -> str:
    """Return the text of an XML file, without anything that could name or fetch a resource."""
    text = legal(decoded(data))
    text = _DECLARATION.sub("", text, count=1)
    text = _without_document_type(text)
    return _ENTITY.sub(_character, text) if "&" in text else text


def _without_document_type(text: str) -> str:
    """Remove the first document type with its declarations."""
    # Only the first one: each of many without an end would be searched for up to the end.
    begun = _DOCTYPE.search(text)
    ended = _DOCTYPE_NAMES.match(text, begun.end()) if begun else None
    if ended and ended[1]:
        ended = _DOCTYPE_END.search(text, ended.end())
    return text[: begun.start()] + text[ended.end() :] if begun and ended else text


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    character = html5.get(f"{name};", "")
    return {"<": "&lt;", "&": "&amp;"}.get(character, character)


def decoded(data: bytes) -> str:
    """Return the text of an XML file in the encoding of its mark or its declaration."""
    match = None if data.startswith(_MARKS) else _ENCODING.match(data[:400])
    declared = match[1].decode("ascii") if match else "utf-8"
    if not data.startswith(_MARKS) and _KNOWN.match(declared):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode(data)
    except SourceError:
        return data.decode("cp1252", "replace")
