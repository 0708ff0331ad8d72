"""Reads the annotations of Hypothesis as its API has them, which the client exports as JSON.

Margin's own export for Hypothesis has this form, too, with a field ``margin``. Once Hypothesis has
taken such a file in, the field is gone, and the speaker and the status are tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from reader.core.addresses import is_web_address
from reader.core.claims import STANDARD_NAMES
from reader.core.json_values import string_in
from reader.imports.conversations import Contribution, joined
from reader.imports.left_out import left_out
from reader.imports.model import BadRow, ImportedNote, ImportedSource, ImportItem
from reader.imports.records import (
    Record,
    first_entries,
    is_any,
    list_in,
    record_at,
    records_in,
    text_in,
    texts_in,
)
from reader.imports.values import date_in, path_of

_LISTS: Final = ("rows", "annotations")
_OF_ANNOTATIONS: Final = ("user", "permissions", "margin", "group", "annotator_schema_version")
"""Fields of which an annotation has one at least; the last is its forerunner's, Annotator."""

_WORLD: Final = "__world__"
_PUBLIC: Final = "public"
_PROXIES: Final = ("https://via.hypothes.is/", "https://via3.hypothes.is/")


class _Selection(NamedTuple):
    """What the selectors of an annotation say of its place."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    section: str = ""
    page: str = ""
    position: str = ""


def recognises_json(content: Any) -> bool:
    """Tell whether a value of JSON holds annotations as the API has them."""
    if isinstance(content, dict) and "uri" in content:
        content = [content]
    found = first_entries(content, _LISTS)
    if not found and isinstance(content, dict):
        is_answer = content.get("total") == 0 and content.get("rows") == []
        return is_answer or ("export_userid" in content and content.get("annotations") == [])
    return is_any(found, _is_annotation)


def read_json(content: Any) -> Iterator[ImportItem]:
    """Yield the sources of an answer of the API, a list of annotations, or a single one."""
    account = ""
    rows = [content]
    if isinstance(content, list):
        rows = content
    elif isinstance(content, dict) and "uri" not in content:
        account = text_in(content, "export_userid")
        rows = [each for name in (*_LISTS, "replies") for each in list_in(content, name)]
    owner = _user(account)
    contributions: list[Contribution] = []
    deleted = 0
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not _is_annotation(row):
            yield BadRow(number, "it is not an annotation of Hypothesis", is_entry=True)
        elif row.get("deleted") is True:
            deleted += 1
        else:
            contributions.append(_contribution(row, number))
            if _is_of_owner(row, account):
                owner = contributions[-1].author
    yield from joined(contributions, owner)
    yield from left_out({"deleted annotation": deleted})


def _is_of_owner(row: Record, account: str) -> bool:
    """Tell whether an annotation is by the person who made the file.

    Args:
        row: The annotation.
        account: That person's account; empty if the file does not name it. Nobody but its author
            gets a private annotation.
    """
    user = text_in(row, "user")
    readers = record_at(row, "permissions").get("read")
    return user == account if account else bool(user) and readers == [user]


def _is_annotation(record: Record) -> bool:
    return isinstance(record.get("uri"), str) and any(name in record for name in _OF_ANNOTATIONS)


def _contribution(row: Record, number: int) -> Contribution:
    own = record_at(row, "margin")
    targets = records_in(row.get("target"))
    selection = _selection(targets[0] if targets else {}, is_own=bool(own))
    tags, speaker, status = _own_tags(texts_in(row.get("tags")), is_own=bool(own))
    note = ImportedNote(
        quote=selection.quote or text_in(row, "quote"),
        note=text_in(row, "text"),
        tags=(*tags, *_state_tags(row)),
        speaker=text_in(own, "speaker") or speaker,
        status=text_in(own, "status") or status,
        created=date_in(text_in(row, "created")),
        modified=date_in(text_in(row, "updated")),
        prefix=selection.prefix,
        suffix=selection.suffix,
        start=selection.start,
        section=selection.section,
        page=selection.page,
        position=selection.position,
        key=text_in(row, "id"),
        row=number,
    )
    name = text_in(record_at(row, "user_info"), "display_name")
    author = name or _user(text_in(row, "user"))
    answers = tuple(texts_in(row.get("references")))
    return Contribution(_source(row, own), note, author, answers)


def _user(account: str) -> str:
    """Return the name in an account such as ``acct:ana@hypothes.is``."""
    return account.removeprefix("acct:").partition("@")[0]


def _own_tags(tags: list[str], *, is_own: bool) -> tuple[list[str], str, str]:
    """Return tags without those that Margin makes of a speaker and a status, and these two.

    Args:
        tags: The tags.
        is_own: Whether Margin wrote the file; in any other, only Margin's own statuses are some.
    """
    facts = {"speaker": "", "status": ""}
    others = []
    for tag in tags:
        name, separator, value = tag.partition(": ")
        is_fact = is_own or name == "speaker" or value.strip().casefold() in STANDARD_NAMES
        if separator and name in facts and is_fact and not facts[name] and value.strip():
            facts[name] = value.strip()
        else:
            others.append(tag)
    return others, facts["speaker"], facts["status"]


def _state_tags(row: Record) -> list[str]:
    """Return tags for what Margin has no field for: a private group, and that it is hidden."""
    tags = group_tags(text_in(row, "group"))
    return [*tags, "hidden"] if row.get("hidden") is True else tags


def group_tags(group: str) -> list[str]:
    """Return a tag for a group, unless it is the one of everybody."""
    return [f"group: {group}"] if group.casefold() not in ("", _WORLD, _PUBLIC) else []


def _source(row: Record, own: Record) -> ImportedSource:
    document = record_at(row, "document")
    title = next(iter(texts_in(document.get("title"))), "")
    url, path = addresses_of(text_in(row, "uri"))
    article = text_in(own, "article")
    if article and not is_web_address(url):
        url = ""  # it is the article's id, in other letters
    return ImportedSource(article=article, title=title, url=url, path=path)


def addresses_of(uri: str) -> tuple[str, str]:
    """Return the address and the path of a source, of which one at least is empty.

    A PDF that was on no web site has an address that only identifies it: ``urn:x-pdf:…``.
    """
    for proxy in _PROXIES:
        if uri.startswith(proxy) and is_web_address(uri.removeprefix(proxy)):
            uri = uri.removeprefix(proxy)
    is_of_file = uri[:7].lower() == "file://"
    return ("", path_of(uri)) if is_of_file else (uri, "")


def _selection(target: Record, *, is_own: bool) -> _Selection:
    """Return what the selectors say; offsets count in Margin's reading text in its own files only.

    Elsewhere they count in all text of a page, with its menus.
    """
    found = _Selection(position=text_in(target, "description"))
    for each in records_in(target.get("selector")):
        kind, start = each.get("type"), each.get("start")
        if kind == "TextQuoteSelector" and not found.quote:
            texts = (
                text_in(each, "exact"),
                string_in(each, "prefix"),
                string_in(each, "suffix"),
            )
            found = found._replace(quote=texts[0], prefix=texts[1], suffix=texts[2])
        elif kind == "TextPositionSelector" and is_own and isinstance(start, int):
            found = found._replace(start=max(0, start))
        elif kind == "PageSelector":
            found = found._replace(page=text_in(each, "label"))
        elif kind == "EPUBContentSelector":
            found = found._replace(section=text_in(each, "title"))
        elif kind == "MediaTimeSelector" and isinstance(start, int | float):
            found = found._replace(position=_time(start))
        elif kind == "ShapeSelector" and not found.quote:
            found = found._replace(quote=text_in(each, "text"))
    return found


def _time(seconds: float) -> str:
    """Return how far into a recording something is: ``1:02:03``."""
    if not 0 <= seconds < 10**6:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
