"""The Logseq writer: a page with properties, and a block with an id for each passage."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from reader import clock
from reader.core.annotation import Annotation
from reader.core.dates import stated_day
from reader.core.note_text import without_braces, words_in_braces
from reader.core.text_formatting import one_line
from reader.digests import part_digest, text_digest
from reader.exported_outlines.logseq import (
    ARTICLES,
    NO_TASK,
    WAS,
    articles_of,
    block_id,
    encoded_notes,
    is_of_page,
    is_read_back,
    page_properties,
    property_in,
    read_logseq,
    tag_name,
    tags_in,
)
from reader.exported_outlines.logseq_notes import block_lines
from reader.exported_outlines.outlined import digests
from reader.exported_outlines.record import WrittenNote, written_note
from reader.exports.escape import escape_inline
from reader.exports.file_parts import FileForm, FileParts, decoded
from reader.exports.model import ExportedArticle, ExportOptions, in_order, single_or_not
from reader.exports.notes import fitted
from reader.exports.outline import former_words, sections
from reader.exports.passage import quote_passage, quote_text
from reader.exports.quotation import evidence_lines
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

_QUERY: Final = "margin-query"
_DIGEST: Final = "margin-digest"
_LINES: Final = "margin-lines"
_DIGEST_LINES: Final = re.compile(rf"^(?:- |  )?(?:{_DIGEST}|{_LINES})::.*\n?", re.MULTILINE)
_BLOCK_ID: Final = re.compile(r"^[ \t]+id:: (\S+)", re.MULTILINE)
_ID_NAME: Final = re.compile(rf"\b{ARTICLES}::", re.IGNORECASE)
_ID_LINE: Final = re.compile(r"^[ \t]+id:: (\S+)[ \t\r]*\n", re.MULTILINE)
_TAGS_LINE: Final = re.compile(r"^[ \t]+tags:: (.*)$", re.MULTILINE)
_REFERENCE: Final = re.compile(r"(?<=\[)(?=\[)|(?<=\{)(?=\{)|(?<=\()(?=\()|(?<=#)(?=[^\s#])")
"""Where a reference, a macro or a tag begins in the value of a property."""
_TASK: Final = re.compile(
    r"(?:TODO|DOING|DONE|LATER|NOW|WAIT|WAITING|STARTED|IN-PROGRESS|CANCELL?ED)(?=\s|$)"
)


class _Part(NamedTuple):
    """What the text shows of one article; far smaller than the article with its document."""

    item_id: str
    properties: Mapping[str, str]
    """The properties of the page, where it has one article alone."""
    blocks: Spooled
    query: str
    written: Sequence[tuple[str, str]]
    """The id of each annotation, and what was written of it."""


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the articles' annotations as one page of Logseq, in pieces.

    One article is the page; of several each is a block of the page.

    Args:
        items: The articles; they are taken one at a time, and stand by title.
        options: What was asked for.
    """
    is_single, items = single_or_not(items)
    with Spool() as spool:
        parts = in_order(items, lambda item: _part(item, options.tags, spool, is_single=is_single))
        shared = parts[0].properties if is_single else {"title": "Notes"}
        own = {
            ARTICLES: ", ".join(part.item_id for part in parts),
            _QUERY: next((part.query for part in parts), ""),
            WAS: encoded_notes(
                (key, number, written)
                for number, part in enumerate(parts)
                for key, written in part.written
            ),
        }
        head = _properties({**shared, **own})
        digest = text_digest(chain(head, (spool.text(part.blocks) for part in parts)))
        yield "\n".join([*head, *_properties({_DIGEST: digest})]) + "\n\n"
        yield from (spool.text(part.blocks) for part in parts)


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if Margin did not write it."""
    return articles_of(page_properties(text))


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    return page_properties(text).get(_QUERY, "")


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it; its digest says so.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the digest makes unnecessary.
    """
    undigested = _DIGEST_LINES.sub("", text.removeprefix("\ufeff"), count=2)
    return page_properties(text).get(_DIGEST) == part_digest(undigested)


def written_digest(text: str) -> str:
    """Return the digest that a file has of what Margin wrote; empty where it has none."""
    return page_properties(text).get(_DIGEST, "")


def as_copy(text: str, new: str) -> str:
    """Return a file of Margin's that is not known as such, without the ids that ``new`` has."""
    ids = set(_BLOCK_ID.findall(new))
    rest = _ID_LINE.sub(lambda found: "" if found[1] in ids else found[0], text)
    return _ID_NAME.sub("margin-copy-of::", rest, count=1)


def parts(text: str) -> FileParts:
    """Return the parts of a file, whoever wrote it: the properties of the page, and its blocks."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    said = page_properties(text)
    count = next((at for at, line in enumerate(lines) if not is_of_page(line, at)), len(lines))
    fields = {
        found[1].lower(): [found[0].removeprefix("- ")]
        for line in lines[:count]
        if (found := property_in(line)) and found[1].lower() != _LINES
    }
    body = lines[count:]
    return FileParts(
        fields,
        body,
        said.get(_DIGEST, ""),
        not is_own(text, {}),
        decoded(said.get(_LINES, "")),
        title=said.get("title", ""),
        ids=tuple(_BLOCK_ID.findall("\n".join(body))),
    )


def joined(parts: FileParts) -> str:
    """Return a file from its parts."""
    lines = [line for field in parts.fields.values() for line in field]
    lines += [f"{_LINES}:: {parts.written.encoded()}"] if parts.written else []
    return "\n".join([*lines, *parts.body])


def notes(text: str) -> dict[str, str]:
    """Return digests of the notes of a page as they are now, by the ids of the annotations."""
    return digests(read_logseq(text))


FORM: Final = FileForm(parts, joined, is_read_back, notes=notes)
"""How a page of Logseq is kept up to date in which a person writes."""


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a block of a file of Margin's has one of some tags."""
    names = set(map(tag_name, tags))
    return any(not names.isdisjoint(tags_in(line[1])) for line in _TAGS_LINE.finditer(text))


def _part(item: ExportedArticle, tags: Collection[str], spool: Spool, *, is_single: bool) -> _Part:
    article, metadata = item.article, item.article.metadata
    properties = {
        "title": item.title,
        "author": ", ".join(map(one_line, metadata.authors)),
        "site": metadata.site,
        "url": article.address,
        "published": stated_day(metadata.published),
        "accessed": stated_day(article.accessed),
        "archive": article.archive,
        "tags": ", ".join(map(tag_name, article.tags)),
    }
    blocks: list[str] = []
    notes: list[tuple[str, str]] = []
    for section, under in sections(item, item.selected(tags)):
        if section:
            blocks.append(_block(0, [f"## {_heading(section)}"]))
        for annotation in under:
            made, written = _annotation(item, annotation, 1 if section else 0)
            blocks += made
            notes.append((annotation.id, written.encoded()))
    if not is_single:
        facts = {name: value for name, value in properties.items() if name != "title"}
        head = _block(0, [f"# {_heading(item.title)}"], facts)
        blocks = [head, *map(_deeper, blocks)]
    place = spool.put("".join(f"{each}\n" for each in blocks))
    return _Part(article.id, properties if is_single else {}, place, item.query, notes)


def _annotation(
    item: ExportedArticle, annotation: Annotation, depth: int
) -> tuple[list[str], WrittenNote]:
    """Return the block of a passage, and below it blocks for its former words, evidence, note."""
    tags = list(map(tag_name, annotation.tags))
    properties = {
        "id": block_id(annotation.id),
        "tags": ", ".join(tags),
        "speaker": annotation.speaker,
        "status": annotation.status or "",
        "page": annotation.selector.page,
        "marked": clock.local_day(annotation.created),
    }
    facts = [
        former_words(item, annotation, _escape_within),
        *evidence_lines(annotation),
    ]
    fitted_note = fitted(without_braces(annotation.note))
    note = block_lines(fitted_note.text)
    passage = _passage(item, annotation).split("\n")
    blocks = [_block(depth, passage, properties)]
    blocks += [
        _block(depth + 1, lines) for lines in (*([each] for each in facts), note) if any(lines)
    ]
    shown = {
        "quote": "\n".join(passage),
        "note": "\n".join(note),
        "tags": tags,
        "speaker": _value(annotation.speaker),
        "status": _value(annotation.status or ""),
    }
    written = written_note(
        annotation,
        shown,
        facts,
        annotation.tags if tags != list(annotation.tags) else (),
        words_in_braces(annotation.note),
        is_item=fitted_note.is_item,
    )
    return blocks, written


def _passage(item: ExportedArticle, annotation: Annotation) -> str:
    quote = ""
    if item.document is not None and not annotation.is_orphaned:
        quote = quote_passage(item.document, annotation.range)
    return quote or quote_text(annotation.selector.exact)


def _escape_within(text: str, paragraph: str) -> str:
    return escape_inline(text, within=paragraph)


def _heading(text: str) -> str:
    """Return the words of a heading, which Logseq must not take for a task."""
    escaped = escape_inline(text)
    return f"{NO_TASK}{escaped}" if _TASK.match(escaped) else escaped


def _block(depth: int, lines: Sequence[str], properties: Mapping[str, str] | None = None) -> str:
    """Return a block; its children follow it, a tab deeper."""
    first, *others = [*lines, *_properties(properties or {})]
    tabs = "\t" * depth
    rest = (f"{tabs}  {line}" if line.strip() else "" for line in others)
    return "\n".join([f"{tabs}- {first}", *rest])


def _deeper(block: str) -> str:
    return "\n".join(f"\t{line}" if line else "" for line in block.split("\n"))


def _properties(properties: Mapping[str, str]) -> list[str]:
    """Return the lines of properties, without those that are empty."""
    shown = ((name, _value(value)) for name, value in properties.items())
    return [f"{name}:: {value}" for name, value in shown if value.strip()]


def _value(text: str) -> str:
    """Return a text as the value of a property, which refers to nothing."""
    return _REFERENCE.sub(" ", one_line(sanitise_for_file(text)))
