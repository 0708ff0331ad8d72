"""Pages that browsers saved as one file: MHTML (Chrome, Edge, Opera) and Safari's webarchive."""

from __future__ import annotations

import email
import email.message
import importlib
from collections.abc import Mapping
from email.errors import CloseBoundaryNotFoundDefect
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from reader.core.document import Document
from reader.errors import NoArticleError, SourceError
from reader.formats.html import reader as html
from reader.formats.html.embedded import MAX_FRAMES, Frame
from reader.formats.message_policy import POLICY
from reader.formats.source_info import SourceInfo

MAX_PARTS = 5000
"""The most parts of an MHTML file that are searched."""

PAGE_TYPES = ("text/html", "application/xhtml+xml")
"""The media types of pages."""

_PLIST_FAULTS = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    MemoryError,
    RecursionError,
    SyntaxError,
)


_NO_FRAMES: Mapping[str, Frame] = MappingProxyType({})


class SavedPage(NamedTuple):
    """The page in a file."""

    data: bytes
    """Its bytes."""
    url: str
    """The address that it was saved or fetched from."""
    charset: str
    """The charset that the file states."""
    is_cut: bool = False
    """Whether the file ends in the middle of the page."""
    frames: Mapping[str, Frame] = _NO_FRAMES
    """The pages of its frames, by their addresses."""


def read_page(data: bytes, name: str, info: SourceInfo) -> Document:
    """Return the article of a saved page; see ``reader.formats.html.reader.read_page``.

    Raises:
        SourceError: The file is damaged, or holds no page or no article.
    """
    is_archive = data.startswith(b"bplist00") or b"<plist" in data[:2000]
    page = _from_webarchive(data, name) if is_archive else _from_mhtml(data, name)
    if page.is_cut and not info.is_whole:
        raise NoArticleError(
            "Saved page is cut short",
            f"{name or 'The source'} ends in the middle of its page; save it again, or read the "
            f"part that is there: margin --whole {name or 'PAGE'}",
        )
    found = info._replace(url=page.url or info.url, charset=page.charset, is_saved=not info.url)
    return html.read_page(page.data, name, found, page.frames)


def _from_mhtml(data: bytes, name: str) -> SavedPage:
    try:
        message = email.message_from_bytes(data.lstrip(), policy=POLICY)
        part = _page_part(message)
        payload = part.get_payload(decode=True) if part is not None else None
    except (RecursionError, ValueError, LookupError):
        part, payload = None, None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        raise _without_page(name, "MHTML")
    address = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    is_cut = _is_cut(message, part)
    charset = part.get_content_charset() or ""
    return SavedPage(payload, web_address(address), charset, is_cut, _frame_parts(message, part))


def _frame_parts(message: email.message.Message, page: email.message.Message) -> dict[str, Frame]:
    """Return the pages of frames by their addresses, which are their own or made of their ids."""
    frames: dict[str, Frame] = {}
    for part in islice(message.walk(), MAX_PARTS):
        if part is page or part.get_content_type() not in PAGE_TYPES:
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        frame = Frame(payload, part.get_content_charset() or "")
        if identifier := str(part.get("Content-ID") or "").strip().strip("<>"):
            frames.setdefault(f"cid:{identifier}", frame)
        if address := "".join(str(part.get("Content-Location") or "").split()):
            frames.setdefault(address, frame)
    return frames


def _is_cut(message: email.message.Message, page: email.message.Message) -> bool:
    """Return whether the file ends inside the page: it is the last part, and no end follows."""
    while message.is_multipart():
        if not any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects):
            return False
        *_, message = cast("list[email.message.Message]", message.get_payload())
    return message is page


def _page_part(message: email.message.Message) -> email.message.Message | None:
    """Return the part of the page: the one that the header names, or else the first of HTML."""
    root = str(message.get_param("start") or "")
    address = str(message.get("Snapshot-Content-Location") or "")
    first = None
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        if part.is_multipart() or part.get_content_type() not in PAGE_TYPES:
            continue
        if root and part.get("Content-ID") == root:
            return part
        if address and part.get("Content-Location") == address:
            return part
        first = first or part
    return first


def _from_webarchive(data: bytes, name: str) -> SavedPage:
    plistlib: Any = importlib.import_module("plistlib")
    expat: Any = importlib.import_module("xml.parsers.expat")
    try:
        archive = plistlib.loads(data)
        resource = archive["WebMainResource"]
        content = resource["WebResourceData"]
        kind = resource.get("WebResourceMIMEType", PAGE_TYPES[0])
        address = str(resource.get("WebResourceURL", ""))
        charset = str(resource.get("WebResourceTextEncodingName", ""))
        frames = _subframes(archive)
    except (*_PLIST_FAULTS, expat.ExpatError):
        raise _without_page(name, "webarchive") from None
    if not isinstance(content, bytes) or not content.strip() or kind not in PAGE_TYPES:
        raise _without_page(name, "webarchive")
    return SavedPage(content, web_address(address), charset, frames=frames)


def _subframes(archive: Any) -> dict[str, Frame]:
    """Return the pages of all frames of a webarchive by their addresses."""
    frames: dict[str, Frame] = {}
    pending = [archive]
    while pending and len(frames) < MAX_FRAMES:
        for inner in pending.pop().get("WebSubframeArchives") or ():
            resource = inner["WebMainResource"]
            content = resource.get("WebResourceData")
            if isinstance(content, bytes):
                charset = str(resource.get("WebResourceTextEncodingName", ""))
                frames.setdefault(str(resource.get("WebResourceURL", "")), Frame(content, charset))
            pending.append(inner)
    return frames


def web_address(value: object) -> str:
    """Return an address that a file states, without spaces; empty if it is not one of the web."""
    address = "".join(str(value).split())
    return address if address.startswith(("http://", "https://")) else ""


def _without_page(name: str, kind: str) -> SourceError:
    return SourceError(
        "Not a saved page",
        f"{name or 'The source'} looks like a page saved as {kind}, but holds no page that can be "
        "read: it is damaged or cut short.",
    )
