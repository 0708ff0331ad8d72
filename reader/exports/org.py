"""The Org mode writer: an outline with properties, quotes and links, for Emacs and org-roam."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from reader import clock
from reader.core.annotation import Annotation
from reader.core.citation import cite_evidence
from reader.core.dates import stated_day
from reader.core.evidence import Evidence, TargetKind, evidence_in
from reader.core.text_formatting import one_line
from reader.digests import part_digest, text_digest
from reader.exported_outlines.org import (
    ARTICLES,
    TAGS,
    WAS,
    is_read_back,
    property_of_tags,
    read_org,
    shown_tags,
    tag_name,
)
from reader.exported_outlines.org_notes import GAP, plain
from reader.exported_outlines.outlined import digests
from reader.exported_outlines.record import written_note
from reader.exports.file_parts import FileForm, FileParts, decoded
from reader.exports.model import ExportedArticle, ExportOptions, in_order, single_or_not
from reader.exports.org_text import (
    escape_heading,
    escape_inline,
    escape_line,
    escape_value,
    link,
    note_text,
    quote_passage,
    quote_text,
)
from reader.exports.outline import former_words, sections
from reader.exports.spool import Spool, Spooled

_HEADING_LENGTH: Final = 60
"""The most code points of a passage that stand in its heading."""
_OPTIONS: Final = "#+options: ^:{}"
"""Keeps ``snake_case`` from being shown with a subscript."""
_QUERY: Final = "MARGIN_QUERY"
_DIGEST: Final = "MARGIN_DIGEST"
_DRAWER: Final = re.compile(r":PROPERTIES:\n((?::.*\n)*?):END:[ \t]*(?:\n|\Z)", re.IGNORECASE)
_PROPERTY: Final = re.compile(r":([^\s:]+):[ \t]*(.*)")
_LINES: Final = "MARGIN_LINES"
_DIGEST_LINES: Final = re.compile(rf"^:(?:{_DIGEST}|{_LINES}):.*\n", re.MULTILINE)
_TITLE: Final = re.compile(r"^#\+title:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ANNOTATION_ID: Final = re.compile(r"^:ID:[ \t]*(\S+)", re.MULTILINE)
_ID_NAME: Final = re.compile(rf"^:{ARTICLES}:", re.MULTILINE | re.IGNORECASE)
_ID_LINE: Final = re.compile(r"^:ID:[ \t]*(\S+)[ \t]*\n", re.MULTILINE)
_HEADING_TAGS: Final = re.compile(r"^\*+ .*[ \t]:(\S+):[ \t]*$", re.MULTILINE)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class _Part(NamedTuple):
    """What the file shows of one article; its text is in a spool."""

    item_id: str
    properties: Mapping[str, str]
    """The properties of the file where the article is alone in it; else none."""
    text: Spooled
    query: str


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the articles' annotations as one Org file, in pieces.

    One article is the file, and a node of org-roam; of several each is a heading.

    Args:
        items: The articles; they are taken one at a time, and stand by title.
        options: What was asked for.
    """
    is_single, items = single_or_not(items)
    with Spool() as spool:
        parts = in_order(items, lambda item: _part(item, options.tags, spool, is_single=is_single))
        own = {
            ARTICLES: " ".join(part.item_id for part in parts),
            _QUERY: next((part.query for part in parts), ""),
        }
        head = {**parts[0].properties, **own} if is_single else own

        def body() -> Iterator[str]:
            yield "\n" if is_single else f"\n#+title: Notes\n{_OPTIONS}\n\n"
            for number, part in enumerate(parts, 1):
                text = spool.text(part.text)
                yield f"{text}\n\n" if number < len(parts) else text.rstrip("\n") + "\n"

        digest = text_digest(chain(_drawer(head), body()))
        yield "\n".join(_drawer({**head, _DIGEST: digest}))
        yield from body()


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if Margin did not write it."""
    return _properties(text).get(ARTICLES, "").split()


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    return _properties(text).get(_QUERY, "")


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it; its digest says so.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the digest makes unnecessary.
    """
    undigested = _DIGEST_LINES.sub("", _plain(text), count=2)
    return _properties(text).get(_DIGEST) == part_digest(undigested)


def written_digest(text: str) -> str:
    """Return the digest that a file has of what Margin wrote; empty where it has none."""
    return _properties(text).get(_DIGEST, "")


def as_copy(text: str, new: str) -> str:
    """Return a file of Margin's that is not known as such, without the ids that ``new`` has."""
    ids = set(_ANNOTATION_ID.findall(new))
    rest = _ID_LINE.sub(lambda found: "" if found[1] in ids else found[0], _plain(text))
    return _ID_NAME.sub(":MARGIN_COPY_OF:", rest, count=1)


def parts(text: str) -> FileParts:
    """Return the parts of a file, whoever wrote it: the properties at its top, and the rest."""
    text = _plain(text)
    drawer = _DRAWER.match(text)
    body = text[drawer.end() :] if drawer else text
    fields = {}
    for line in drawer[1].rstrip("\n").split("\n") if drawer else ():
        found = _PROPERTY.match(line)
        if found and found[1].upper() != _LINES:
            fields[found[1].upper()] = [line]
    title = _TITLE.search(body)
    said = _properties(text)
    return FileParts(
        fields,
        body.split("\n"),
        said.get(_DIGEST, ""),
        not is_own(text, {}),
        decoded(said.get(_LINES, "")),
        title=plain(title[1]) if title else "",
        ids=tuple(_ANNOTATION_ID.findall(body)),
    )


def joined(parts: FileParts) -> str:
    """Return a file from its parts."""
    lines = [line for field in parts.fields.values() for line in field]
    lines += [f":{_LINES}: {parts.written.encoded()}"] if parts.written else []
    drawer = [":PROPERTIES:", *lines, ":END:"] if lines else []
    return "\n".join([*drawer, *parts.body])


def notes(text: str) -> dict[str, str]:
    """Return digests of the notes of a file as they are now, by the ids of the annotations."""
    return digests(read_org(text))


FORM: Final = FileForm(parts, joined, is_read_back, notes=notes)
"""How a file of Org is kept up to date in which a person writes."""


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a heading of a file of Margin's has one of some tags."""
    names = set(map(tag_name, tags))
    found = (set(tagged[1].split(":")) for tagged in _HEADING_TAGS.finditer(text))
    return any(not names.isdisjoint(each) for each in found)


def _part(item: ExportedArticle, tags: Collection[str], spool: Spool, *, is_single: bool) -> _Part:
    article, metadata = item.article, item.article.metadata
    published = _timestamp(stated_day(metadata.published)) or escape_inline(metadata.published)
    found = {
        "author": escape_inline(", ".join(map(one_line, metadata.authors))),
        "date": published,
        "language": escape_value(metadata.language),
    }
    properties = {
        "ID": article.id,
        "ROAM_REFS": article.address,
        "SITE": metadata.site,
        "ACCESSED": _timestamp(stated_day(article.accessed)),
        "ARCHIVE": article.archive,
    }
    keywords = {name: value for name, value in found.items() if value}
    body, names = _body(item, item.selected(tags)), _tags(article.tags)
    if is_single:
        shown = {"title": escape_inline(item.title), **keywords, "filetags": names}
        lines = [f"#+{name}: {value}" for name, value in shown.items() if value or name == "title"]
        place = spool.put("\n".join([*lines, _OPTIONS, "", body]))
        return _Part(article.id, properties, place, item.query)
    drawer = _drawer(properties | {name.upper(): value for name, value in keywords.items()})
    head = _heading(1, escape_heading(item.title), names)
    deeper = re.sub(r"^(?=\*+ )", "*", body, flags=re.MULTILINE)
    return _Part(article.id, {}, spool.put("\n".join([head, *drawer, "", deeper])), item.query)


def _body(item: ExportedArticle, annotations: Sequence[Annotation]) -> str:
    parts: list[str] = []
    for section, under in sections(item, annotations):
        parts += [_heading(1, escape_heading(section), "")] if section else []
        parts += [_annotation(item, each, 2 if section else 1) for each in under]
    return "\n\n".join(parts)


def _annotation(item: ExportedArticle, annotation: Annotation, level: int) -> str:
    """Return an annotation as a heading with properties, its passage, facts, evidence and note."""
    selector = annotation.selector
    words = one_line(selector.exact, _HEADING_LENGTH)
    shown = shown_tags(annotation.tags)
    is_exact = shown == list(annotation.tags)
    ids = {each.id for each in item.annotations if not each.is_deleted}
    facts = [
        former_words(item, annotation, lambda text, _: escape_inline(text)),
        *(_evidence(each, ids) for each in evidence_in(annotation.links)),
    ]
    passage, note = _passage(item, annotation), _note(item, annotation)
    properties = {
        "ID": annotation.id,
        "SPEAKER": annotation.speaker,
        "STATUS": annotation.status or "",
        "PAGE": selector.page,
        "CREATED": _timestamp(annotation.created),
        TAGS: "" if is_exact else property_of_tags(annotation.tags),
        WAS: written_note(
            annotation,
            {
                "quote": "\n".join(passage.split("\n")[1:-1]),
                "note": note,
                "tags": shown,
                "speaker": escape_value(annotation.speaker),
                "status": escape_value(annotation.status or ""),
            },
            facts,
            () if is_exact else annotation.tags,
        ).encoded(),
    }
    head = [_heading(level, f"“{escape_inline(words)}”", _tags(annotation.tags))]
    paragraphs = ["\n".join([*head, *_drawer(properties), passage]), *facts, note]
    return "\n\n".join(filter(str.strip, paragraphs))


def _note(item: ExportedArticle, annotation: Annotation) -> str:
    if not annotation.note.strip():
        return ""
    note = item.notes.get(annotation.id)
    if note is not None and note.text.strip():
        return note_text(note)
    return "\n\n".join(escape_line(line) for line in annotation.note.split("\n") if line.strip())


def _passage(item: ExportedArticle, annotation: Annotation) -> str:
    if item.document is not None and not annotation.is_orphaned and not annotation.range.is_empty:
        return quote_passage(item.document, annotation.range)
    return quote_text(annotation.selector.exact)


def _evidence(evidence: Evidence, ids: Collection[str]) -> str:
    """Return a line on a piece of evidence, which leads to it on the web or in the same file.

    An export of Org fails on an id that it does not know, so no link leads to other files.
    """
    target = evidence.target
    address = target if evidence.kind is TargetKind.ADDRESS else f"id:{target}"
    is_linked = evidence.kind is TargetKind.ADDRESS or target in ids
    shown = one_line(evidence.words or evidence.title or target)

    def show(text: str) -> str:
        return link(address, text) if is_linked and text == shown else escape_inline(text)

    return cite_evidence(evidence, show)


def _heading(level: int, words: str, tags: str) -> str:
    return " ".join(filter(None, ("*" * level, words or GAP, tags)))


def _tags(tags: Iterable[str]) -> str:
    """Return tags as Org has them behind a heading; empty for none."""
    names = shown_tags(tags)
    return f":{':'.join(names)}:" if names else ""


def _drawer(properties: Mapping[str, str]) -> list[str]:
    lines = [
        f":{name}:{' ' * max(9 - len(name), 1)}{shown}"
        for name, value in properties.items()
        if (shown := escape_value(value))
    ]
    return [":PROPERTIES:", *lines, ":END:"]


def _properties(text: str) -> dict[str, str]:
    """Return the properties of a file as a whole, by their names; none where it has none."""
    drawer = _DRAWER.match(_plain(text))
    found = filter(None, map(_PROPERTY.match, drawer[1].split("\n") if drawer else ()))
    return {each[1].upper(): each[2].strip() for each in found}


def _plain(text: str) -> str:
    """Return a file without what an editor may have put around its lines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _timestamp(moment: str) -> str:
    """Return a day as an inactive time of Org; empty for what is no day."""
    day = clock.local_day(moment)
    try:
        weekday = clock.local(day).weekday()
    except ValueError:
        return ""
    return f"[{day} {_DAYS[weekday]}]" if len(day) == len("2026-01-31") else ""
