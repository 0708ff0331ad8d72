"""Reads the targets of a Web Annotation: the source, and where in it the passage is."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from reader.core.addresses import is_web_address
from reader.core.source_keys import isbn_in
from reader.identifiers import is_ulid
from reader.imports.model import ImportedSource
from reader.imports.records import Record, record_at, records_in, text_in, texts_in
from reader.imports.values import path_of
from reader.imports.webannotation.terms import (
    id_of,
    name_of,
    names_of,
    text_of,
    types_of,
    value_of,
)

_PAGE: Final = re.compile(r"(?:^|[#&])page=(\w{1,20})")
_TEXT_FRAGMENT: Final = ":~:text="
_MOST_SELECTORS: Final = 1000
_FURTHEST: Final = 10**9


class Place(NamedTuple):
    """A target: its source, and where in it the passage is."""

    source: ImportedSource
    iri: str
    """The IRI of the source, which for a reply is the id of what it answers."""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    section: str = ""
    page: str = ""
    colour: str = ""
    speaker: str = ""


def read_target(target: Any, about: Record, *, is_own: bool) -> Place:
    """Return where a target is.

    Args:
        target: An IRI, a resource, or a part of one.
        about: What is known of the source of a whole set; it may be empty.
        is_own: Whether Margin wrote it, so that offsets count in Margin's reading text.
    """
    record = target if isinstance(target, dict) else {}
    source = value_of(record, "source", "hasSource", "full")
    iri = id_of(target if source is None else source)
    facts = source if isinstance(source, dict) else {} if source is not None else record
    place = Place(
        _source(iri, facts, about),
        iri,
        section=_section(record),
        page=_page_in_meta(record),
        colour=text_in(record, "styleClass"),
        speaker=text_of(record, "spokenByCharacter"),
    )
    place = _with_fragment(place, iri)
    for selector in _selectors(value_of(record, "selector", "hasSelector")):
        place = _with_selector(place, selector, is_own=is_own)
    return place


def _source(iri: str, facts: Record, about: Record) -> ImportedSource:
    """Return what is known of a source, from itself, else from the set that it is in."""
    address = iri.partition("#")[0] if _TEXT_FRAGMENT in iri else iri
    authors = names_of(value_of(facts, "author", "creator")) or names_of(value_of(about, "creator"))
    return ImportedSource(
        article=text_of(facts, "identifier") if is_ulid(text_of(facts, "identifier")) else "",
        title=text_of(facts, "name", "title", "label") or text_of(about, "title"),
        authors=tuple(authors),
        url=address if is_web_address(address) else "",
        path=path_of(address) or (address if address.startswith("/") else ""),
        site=next(iter(names_of(value_of(facts, "publisher") or about.get("dc:publisher"))), ""),
        published=text_of(facts, "datePublished", "date") or text_of(about, "date"),
        language=text_of(facts, "language"),
        isbn=_isbn(about),
    )


def _isbn(about: Record) -> str:
    """Return the ISBN among the identifiers of a book; empty without one."""
    identifiers = texts_in(value_of(about, "identifier"))
    named = (each for each in identifiers if "isbn:" in each.lower())
    return next(filter(None, map(isbn_in, named)), "")


def _selectors(value: Any) -> list[Record]:
    """Return all selectors of a target: each with those that refine it, the coarse ones first."""
    found: list[Record] = []
    waiting = [*reversed(records_in(value))]
    while waiting and len(found) < _MOST_SELECTORS:
        selector = waiting.pop()
        found.append(selector)
        nested = value_of(selector, "refinedBy") or []
        if types_of(selector) & {"Choice", "List", "Composite"}:
            nested = [*records_in(selector.get("items")), *records_in(selector.get("members"))]
        waiting += reversed(records_in(nested))
    return found


def _with_selector(place: Place, selector: Record, *, is_own: bool) -> Place:
    types = types_of(selector)
    start = selector.get("start")
    if "TextQuoteSelector" in types and (quote := text_of(selector, "exact")):
        prefix, suffix = (_spaced(selector, name) for name in ("prefix", "suffix"))
        return place._replace(quote=quote, prefix=prefix, suffix=suffix)
    if "TextPositionSelector" in types and is_own and isinstance(start, int):
        return place._replace(start=min(max(0, start), _FURTHEST))
    if "FragmentSelector" in types:
        return _with_fragment(place, "#" + text_of(selector, "value"))
    return place


def _spaced(selector: Record, name: str) -> str:
    """Return the text beside a passage, with the space at its ends."""
    value = value_of(selector, name)
    return value if isinstance(value, str) else ""


def _with_fragment(place: Place, iri: str) -> Place:
    """Return a place with what the fragment of an address says: a page, or some words."""
    fragment = iri.partition("#")[2]
    if _TEXT_FRAGMENT in fragment:
        words = fragment.partition(_TEXT_FRAGMENT)[2].partition("&")[0].split(",")
        exact = [each for each in words if not each.endswith("-") and not each.startswith("-")]
        if len(exact) == 1 and not place.quote:
            return place._replace(quote=unquote(exact[0]).strip())
    page = _PAGE.search(fragment)
    return place._replace(page=page.group(1)) if page and not place.page else place


def _section(record: Record) -> str:
    """Return the heading nearest to the passage, as sets of annotations of Readium have it."""
    headings = records_in(record_at(record, "meta").get("headings"))
    return next((text for each in headings if (text := text_in(each, "txt", "title"))), "")


def _page_in_meta(record: Record) -> str:
    page = record_at(record, "meta").get("page")
    return str(page) if isinstance(page, str | int) and len(str(page)[:21]) <= 20 else ""


def motivations_of(annotation: Record) -> frozenset[str]:
    """Return the motivations of an annotation, without prefixes."""
    value = value_of(annotation, "motivation", "motivatedBy")
    values = value if isinstance(value, list) else [value]
    return frozenset(name_of(id_of(each)) for each in values if id_of(each))
