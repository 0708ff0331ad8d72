"""Reads pages, collections, sets, lists and lines of Web Annotations, and a single one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from reader.imports.conversations import Contribution, joined
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportItem
from reader.imports.records import (
    Record,
    entries_in,
    first_lines,
    is_any,
    json_lines,
    record_at,
    text_in,
)
from reader.imports.values import date_in, ulid_in
from reader.imports.webannotation.bodies import Bodies, read_bodies
from reader.imports.webannotation.targets import Place, motivations_of, read_target
from reader.imports.webannotation.terms import (
    each_of,
    id_of,
    names_of,
    text_of,
    types_of,
    value_of,
)

_ANNOTATION: Final = "Annotation"
_LISTS: Final = frozenset(
    ("AnnotationPage", "AnnotationCollection", "AnnotationSet", "AnnotationList", "Layer",
     "BasicContainer", "OrderedCollection", "OrderedCollectionPage")
)  # fmt: skip
_MEMBERS: Final = (
    "items", "first", "next", "resources", "annotations", "@graph", "contains", "ldp:contains",
)  # fmt: skip
"""Where lists have their annotations, and the pages that hold these."""

_OWN: Final = "Margin "
_MOST_LOOKED_AT: Final = 3


class _Item(NamedTuple):
    """An entry of a file, with what is known of the source of its set."""

    value: Any
    about: Record


def recognises(file: GivenFile) -> bool:
    """Tell whether a file holds Web Annotations."""
    content = file.json
    if content is None:
        return is_any(first_lines(file.text), _holds_annotations)
    return is_any(
        entries_in(content if isinstance(content, list) else [content]), _holds_annotations
    )


def _holds_annotations(content: Record) -> bool:
    """Tell whether a value is an annotation, or a page or a collection of some."""
    types = types_of(content)
    if _ANNOTATION in types:
        return value_of(content, "target", "hasTarget") is not None
    if types & _LISTS and content.get("items") == []:
        return True
    return bool(types & _LISTS or "@graph" in content) and any(
        isinstance(each.value, dict) and _is_annotation(each.value)
        for each in _first_items(content)
    )


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the sources of a file of Web Annotations with their notes."""
    is_entry = file.json is not None
    values = enumerate(_items(file.json), 1) if is_entry else json_lines(file.text)
    contributions: list[Contribution] = []
    by_iri: set[str] = set()
    for number, value in values:
        item = value if isinstance(value, _Item) else _Item(value, {})
        if not isinstance(item.value, dict) or not _is_annotation(item.value):
            yield BadRow(number, "it is not a Web Annotation", is_entry)
            continue
        found = _contributions(item, number)
        if not found:
            yield BadRow(number, "the annotation has no target", is_entry)
        contributions += found
        by_iri.add(_key(item.value))
    yield from joined([_answering(each, by_iri) for each in contributions])


def _answering(contribution: Contribution, known: Collection[str]) -> Contribution:
    """Return a contribution as a reply only if its target is another annotation of the file."""
    answers = tuple(each for each in contribution.answers if each in known)
    return contribution._replace(answers=answers)


def _is_annotation(record: Record) -> bool:
    has_target = value_of(record, "target", "hasTarget") is not None
    return _ANNOTATION in types_of(record) or (
        has_target and value_of(record, "body", "hasBody", "bodyValue", "motivation") is not None
    )


def _first_items(content: Any) -> list[_Item]:
    items = _items(content)
    return [each for _, each in zip(range(_MOST_LOOKED_AT), items, strict=False)]


def _items(content: Any) -> Iterator[_Item]:
    """Yield the annotations of pages and collections, and of the pages that are nested in them."""
    waiting = [_Item(content, {})]
    while waiting:
        item = waiting.pop()
        if isinstance(item.value, list):
            waiting += [item._replace(value=each) for each in reversed(item.value)]
        elif isinstance(item.value, dict) and not _is_annotation(item.value):
            about = record_at(item.value, "about") or item.about
            members = [item.value[name] for name in _MEMBERS if name in item.value]
            nested = [each for each in members if isinstance(each, list | dict)]
            if not members:
                yield item
            waiting += [_Item(each, about) for each in reversed(nested)]
        else:
            yield item


def _key(annotation: Record) -> str:
    iri = id_of(annotation)
    return ulid_in(iri) or iri


def _contributions(item: _Item, number: int) -> list[Contribution]:
    """Return a note for each target of an annotation."""
    annotation = item.value
    motivations = motivations_of(annotation)
    is_own = _is_own(annotation)
    bodies = read_bodies(annotation, motivations, is_own=is_own)
    author = ", ".join(names_of(value_of(annotation, "creator", "annotatedBy")))
    places = [
        read_target(each, item.about, is_own=is_own)
        for each in each_of(value_of(annotation, "target", "hasTarget"))
        if isinstance(each, str | dict)
    ]
    contributions = []
    for index, place in enumerate(places):
        note = _note(annotation, bodies, place, number)
        if index:
            note = _numbered(note, index + 1)
        answers = (ulid_in(place.iri) or place.iri,) if place.iri else ()
        contributions.append(Contribution(place.source, note, author, answers))
    return contributions


def _is_own(annotation: Record) -> bool:
    generator = value_of(annotation, "generator")
    return isinstance(generator, dict) and text_in(generator, "name").startswith(_OWN)


def _note(annotation: Record, bodies: Bodies, place: Place, number: int) -> ImportedNote:
    return ImportedNote(
        quote=place.quote,
        note=bodies.note,
        tags=bodies.tags,
        colour=bodies.colour or place.colour,
        speaker=place.speaker,
        status=bodies.status,
        created=date_in(text_of(annotation, "created", "annotatedAt")),
        modified=date_in(text_of(annotation, "modified", "serializedAt")),
        prefix=place.prefix,
        suffix=place.suffix,
        start=place.start,
        section=place.section,
        page=place.page,
        key=_key(annotation),
        evidence=bodies.evidence,
        row=number,
    )


def _numbered(note: ImportedNote, number: int) -> ImportedNote:
    return replace(note, key=f"{note.key}#{number}" if note.key else "")
