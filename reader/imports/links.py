"""Lists of articles to read later, as browsers and other readers export them.

The kind of a file is told by what is in it: a bookmark export in HTML (browsers, Pocket), an OPML,
a CSV with a column ``url`` (Pocket, Instapaper), Omnivore's JSON or the archive that it comes in;
else every line of text that holds a web address.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from reader.core.addresses import is_web_address
from reader.errors import SourceError

MAX_BYTES = 50_000_000
"""The largest list, in bytes, unpacked: a hundred thousand bookmarks take some 20 MB."""

MAX_LINKS = 100_000
"""The most articles that are taken from one list."""

MAX_TAG = 100
"""The longest tag that is taken over, in code points."""

_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER = ".,;:!?'\"*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ARCHIVED = frozenset({"archive", "archived"})
_NO_FOLDERS = frozenset({"", "unread", "archive", "starred", "home"})
_SECONDS_END = 10**11
"""Times from this on are milliseconds or microseconds: as seconds it is the year 5138."""


class Link(NamedTuple):
    """An article that a list names."""

    url: str
    """Its address."""
    added: str = ""
    """When it was added there: ISO 8601, UTC, with milliseconds; empty where that is not said."""
    tags: tuple[str, ...] = ()
    """Its tags there, in lower case."""
    is_archived: bool = False
    """Whether it was archived there."""


def read_links(data: bytes, name: str) -> list[Link]:
    """Return what a list names, in its order; what is no web address is left out.

    Args:
        data: The bytes of the list.
        name: What to call it in an error.

    Raises:
        SourceError: It is too large, or damaged.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if data.startswith(b"PK\x03\x04"):
        return _bounded(_from_archive(data, name))
    text = _decoded(data)
    start = text.lstrip()[:4096].lower()
    if start.startswith("<"):
        is_opml = "<opml" in start
        return _bounded(_from_opml(text) if is_opml else _from_bookmarks(text))
    if start.startswith(("[", "{")) and (found := _from_json(text)) is not None:
        return _bounded(found)
    head = start.partition("\n")[0]
    if "," in head and "url" in _columns(head):
        return _bounded(_from_csv(text, name))
    return _bounded(_from_text(text))


def _bounded(links: Iterable[Link]) -> list[Link]:
    kept: list[Link] = []
    for each in links:
        if is_web_address(each.url):
            kept.append(each)
        if len(kept) == MAX_LINKS:
            break
    return kept


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# Text


def _from_text(text: str) -> Iterator[Link]:
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            yield from (Link(_trimmed(found)) for found in _IN_TEXT.findall(line))


def _trimmed(url: str) -> str:
    """Return an address without what belongs to the sentence around it."""
    while url:
        last = url[-1]
        opening = _BRACKETS.get(last)
        if last in _AFTER or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        else:
            break
    return url


# Bookmarks and OPML


def _elements(text: str, tag: str, parser: Any) -> Iterator[dict[str, str]]:
    """Yield the attributes of each element, their names in lower case."""
    from lxml import etree  # noqa: PLC0415  (most lists are no markup)

    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    for each in root.iter(tag) if root is not None else ():
        yield {str(name).lower(): str(value) for name, value in each.attrib.items()}


def _from_bookmarks(text: str) -> Iterator[Link]:
    from lxml import etree  # noqa: PLC0415  (most lists are no markup)

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    for each in _elements(text, "a", parser):
        added = each.get("add_date") or each.get("time_added") or ""
        yield Link(each.get("href", "").strip(), _moment(added), _tags(each.get("tags", ""), ","))


def _from_opml(text: str) -> Iterator[Link]:
    from lxml import etree  # noqa: PLC0415  (most lists are no markup)

    # Nothing is loaded, and libxml2's own limits hold against entities that grow.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, recover=True
    )
    for each in _elements(text, "outline", parser):
        # ``xmlurl`` is a feed, which is no article; ``htmlurl`` is the page that it is of.
        url = each.get("url") or each.get("htmlurl") or ""
        yield Link(url.strip(), _moment(each.get("created", "")), _tags(each.get("category"), ","))


# Tables


def _columns(head: str) -> list[str]:
    return [each.strip().strip('"').lower() for each in head.split(",")]


def _from_csv(text: str, name: str) -> Iterator[Link]:
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            fields = {str(key).strip().lower(): value or "" for key, value in row.items() if key}
            yield _link_of_row(fields)
    except csv.Error as error:
        raise SourceError(
            "List is damaged", f"{name} is no table that can be read: {error}."
        ) from error


def _link_of_row(row: Mapping[str, str]) -> Link:
    """Return a row of Pocket's export (status, time_added) or Instapaper's (folder, timestamp)."""
    folder = row.get("folder", "").strip().lower()
    tags = _tags(row.get("tags"), "|")
    if folder not in _NO_FOLDERS:
        tags = (*tags, *_tags(folder, "\0"))
    status = row.get("status", "").strip().lower() or folder
    added = row.get("time_added") or row.get("timestamp") or ""
    return Link(row.get("url", "").strip(), _moment(added), tags, status in _ARCHIVED)


# Omnivore


def _from_archive(data: bytes, name: str) -> Iterator[Link]:
    """Yield the articles of the archive that Omnivore exports: ``metadata_0_to_20.json``, ..."""
    room = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                base = entry.filename.rpartition("/")[2]
                if not (base.startswith("metadata_") and base.endswith(".json")):
                    continue
                with archive.open(entry) as file:
                    part = file.read(room + 1)
                room -= len(part)
                if room < 0:
                    raise _too_large(name)
                yield from _from_json(_decoded(part)) or ()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        zlib.error,
    ) as error:
        raise SourceError("List is damaged", f"{name} is no archive that can be read.") from error


def _from_json(text: str) -> list[Link] | None:
    """Return the articles of Omnivore's JSON; None where the text is no JSON."""
    try:
        records = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
    if isinstance(records, dict):
        records = records.get("items") or records.get("articles") or [records]
    if not isinstance(records, list):
        return []
    return [_link_of_record(each) for each in records if isinstance(each, dict)]


def _link_of_record(record: Mapping[str, Any]) -> Link:
    labels = record.get("labels") or []
    names = (each.get("name") if isinstance(each, dict) else each for each in labels)
    tags = tuple(dict.fromkeys(tag for each in names for tag in _tags(str(each or ""), "\0")))
    url = record.get("url")
    return Link(
        url.strip() if isinstance(url, str) else "",
        _moment(str(record.get("savedAt") or "")),
        tags,
        str(record.get("state") or "").lower() in _ARCHIVED,
    )


# Values


def _tags(text: str | None, separator: str) -> tuple[str, ...]:
    names = (" ".join(each.split()).casefold() for each in (text or "").split(separator))
    return tuple(dict.fromkeys(each for each in names if 0 < len(each) <= MAX_TAG))


def _moment(text: str) -> str:
    """Return a time as Margin writes it; empty where it is none.

    Args:
        text: Seconds, milliseconds or microseconds since 1970, or ISO 8601.
    """
    text = text.strip()
    try:
        if text.isascii() and text.isdigit() and len(text) < 20:
            number = int(text)
            while number >= _SECONDS_END:
                number //= 1000
            moment = datetime.fromtimestamp(number, UTC) if number else None
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return ""
    if moment is None:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _too_large(name: str) -> SourceError:
    return SourceError("List too large", f"{name} has over {MAX_BYTES // 1_000_000} MB; part it.")
