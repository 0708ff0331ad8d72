"""Finds the passages in a page of Logseq that Margin exported, as they are now."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from reader.exported_markdown.parts import stored_tags, tags_by_name
from reader.exported_markdown.plain import plain, quoted_words
from reader.exported_outlines.logseq_notes import fence_after, fenced, markdown_of
from reader.exported_outlines.outlined import BadPassage, Outline, OutlinedNote
from reader.exported_outlines.record import WrittenNote, decoded, text_of, token_of, without_facts
from reader.exported_outlines.urns import uuid_of
from reader.safe_text import sanitise_for_file

ARTICLES: Final = "margin-id"
"""The property of a page with the ids of its articles."""
WAS: Final = "margin-notes"
"""The property of a page with what each passage was when Margin wrote it."""

_PROPERTY: Final = re.compile(r"(?:- )?([^\s:,#\[\]]+):: ?(.*)")
_BULLET: Final = re.compile(r"([ \t]*)-(?: (.*)|())")
_OF_LOGSEQ: Final = re.compile(
    r"(?:collapsed|id|heading|background-color|created-at|updated-at|logseq\.[\w.-]+):: .*"
)
"""Matches properties that Logseq gives a block."""
_LOGBOOK: Final = re.compile(r":LOGBOOK:|CLOCK: \[.*|:END:")
_READ_BACK: Final = re.compile(r"[ \t]+(?:tags|speaker|status)::|(?:- |  )?margin-[a-z]+::")
_TAG: Final = re.compile(r"#?\[\[([^\[\]\n]{1,300})\]\]|([^,]+)")
_HEADING: Final = re.compile(r"(#{1,6})\s+")
NO_TASK: Final = "\u200b"
"""Stands before a heading that Logseq would take for a task."""
_NOT_IN_TAG: Final = re.compile(r"[\[\]{}()#,\"]+")
_TAB_WIDTH: Final = 4
_BETWEEN: Final = "; "
"""Stands between what is said of each passage."""


class _Known(NamedTuple):
    """An annotation that Margin wrote to a page."""

    id: str
    article: str
    written: WrittenNote


class _Block(NamedTuple):
    """A block of a page."""

    row: int
    depth: int
    """The columns before its hyphen."""
    lines: list[str]


def tag_name(tag: str) -> str:
    """Return a tag as a page that ``tags::`` can name: without commas and signs of references."""
    return " ".join(_NOT_IN_TAG.sub(" ", sanitise_for_file(tag)).split()) or "untagged"


def block_id(annotation_id: str) -> str:
    """Return the UUID that Logseq knows the block of an annotation by; it never changes."""
    return str(uuid_of(annotation_id))


def page_properties(text: str) -> dict[str, str]:
    """Return the properties of a page, which stand above its first block or are that block."""
    found: dict[str, str] = {}
    for at, line in enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=None)):
        match = _PROPERTY.fullmatch(line.strip())
        if match is None or not is_of_page(line.rstrip("\n"), at):
            break
        found.setdefault(match[1].lower(), match[2].strip())
    return found


def articles_of(properties: Mapping[str, str]) -> list[str]:
    """Return the ids of the articles of a page with some properties."""
    return [each for name in properties.get(ARTICLES, "").split(",") if (each := name.strip())]


def is_of_page(line: str, at: int) -> bool:
    """Return whether the line with a number, from 0, may be a property of the page."""
    bare = line.removeprefix("- ") if not at else line.strip()
    return _PROPERTY.fullmatch(bare) is not None and not (at and line.startswith(("- ", "\t")))


def property_in(line: str) -> re.Match[str] | None:
    """Return the name and the value of a property that a line is; None for any other line."""
    return _PROPERTY.fullmatch(line.strip())


def is_read_back(line: str) -> bool:
    """Tell whether a line says only what is taken back into the library when it was changed."""
    return _READ_BACK.match(line) is not None


def encoded_notes(notes: Iterable[tuple[str, int, str]]) -> str:
    """Return what a page says of its passages, on one line.

    Args:
        notes: The id of each annotation, the number of its article in the page from 0, and what
            ``WrittenNote.encoded`` returns.
    """
    return _BETWEEN.join(f"{token_of(key)}@{article} {written}" for key, article, written in notes)


def read_logseq(text: str) -> Outline:
    """Return what a page has of the annotations that Margin wrote; nothing of any other page."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    page = page_properties("\n".join(lines))
    ids = articles_of(page)
    records = _records(page.get(WAS, ""), ids)
    rest = {line.strip() for line in lines if line.strip() and not is_read_back(line)}
    notes: dict[str, OutlinedNote] = {}
    bad: list[BadPassage] = []
    blocks = list(_blocks(lines)) if records else []
    section = ""
    for at, block in enumerate(blocks):
        passage, properties = _parted(block.lines)
        known = records.get(properties.get("id", ""))
        if known is None:
            heading = _HEADING.match(passage[0]) if passage else None
            if heading is not None:
                is_article = len(ids) > 1 and not block.depth and heading[1] == "#"
                section = "" if is_article else _heading_words(passage[0][heading.end() :])
        elif known.id in notes:
            bad.append(BadPassage(block.row, "the passage is there twice; the first one is read"))
        else:
            found, raw = _note(blocks, at, known)
            notes[known.id] = found._replace(section=section)
            rest.difference_update(raw)
    is_single = len(ids) == 1
    return Outline(
        tuple(ids),
        page.get("title", "") if is_single else "",
        page.get("url", "") if is_single else "",
        tuple(notes.values()),
        tuple(bad),
        frozenset(rest),
    )


def _records(line: str, ids: Sequence[str]) -> dict[str, _Known]:
    """Return the id, the article and the record of each annotation by the id of its block."""
    found = {}
    for each in line.split(_BETWEEN.strip()):
        name, _, digests = each.strip().partition(" ")
        key, _, article = name.rpartition("@")
        written = decoded(digests)
        is_known = article.isascii() and article.isdigit() and len(article) < 9
        if written is not None and is_known and int(article) < len(ids):
            key = text_of(key)
            found[block_id(key)] = _Known(key, ids[int(article)], written)
    return found


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Yield the blocks of a page with their lines, without hyphens and indentation."""
    block: _Block | None = None
    fence = ""
    for at, line in enumerate(lines):
        bullet = _BULLET.fullmatch(line)
        depth = _width(bullet[1]) if bullet else 0
        if bullet and not (fence and block and depth > block.depth):
            if block is not None:
                yield block
            block = _Block(at + 1, depth, [bullet[2] or ""])
        elif block is None:
            continue
        else:
            block.lines.append(_dedented(line, block.depth + 2))
        fence = fence_after(block.lines[-1], fence if len(block.lines) > 1 else "")
    if block is not None:
        yield block


def _width(indent: str) -> int:
    return len(indent.expandtabs(_TAB_WIDTH))


def _dedented(line: str, most: int) -> str:
    """Return a line without as many columns of white space as its block is indented."""
    at = width = 0
    while at < len(line) and line[at] in " \t" and width < most:
        width += _TAB_WIDTH if line[at] == "\t" else 1
        at += 1
    return line[at:]


def _parted(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the lines of a block, and its properties."""
    words: list[str] = []
    properties: dict[str, str] = {}
    for line in lines:
        found = _PROPERTY.fullmatch(line.strip())
        if found:
            properties.setdefault(found[1].lower(), found[2].strip())
        else:
            words.append(line)
    return words, properties


def _heading_words(markdown: str) -> str:
    """Return the words of a heading, which may begin like a task."""
    return plain(markdown.strip()).removeprefix(NO_TASK)


def _note(blocks: Sequence[_Block], at: int, known: _Known) -> tuple[OutlinedNote, list[str]]:
    """Return a passage, and the lines of its note as they stand in the page."""
    block, written = blocks[at], known.written
    passage, properties = _parted(block.lines)
    raw = without_facts(list(_below(blocks, at)), written)
    note = markdown_of(raw, written.hidden, is_item=written.is_item)
    names = tags_in(properties.get("tags", ""))
    tags = stored_tags(names, tags_by_name(written.tags, tag_name))
    speaker, status = (_reference(properties.get(name, "")) for name in ("speaker", "status"))
    words = quoted_words([line.removeprefix(">").removeprefix(" ") for line in passage])
    shown = {
        "quote": "\n".join(passage),
        "note": "\n".join(raw),
        "speaker": properties.get("speaker", ""),
        "status": properties.get("status", ""),
    }
    values = {"quote": words, "note": note, "tags": tags, "speaker": speaker, "status": status}
    base = written.base(values, shown)
    page = properties.get("page", "")
    found = OutlinedNote(
        known.id, known.article, block.row, words, note, tags, speaker, status, base, page=page
    )
    bare = [line.strip() for line in raw]
    return found, [*bare, *(f"- {line}" for line in bare)]


def _below(blocks: Sequence[_Block], at: int) -> Iterator[str]:
    """Yield the lines of the blocks below one, as paragraphs, and of those within as list items."""
    first: int | None = None
    depths: list[int] = []
    for number in range(at + 1, len(blocks)):
        each = blocks[number]
        if each.depth <= blocks[at].depth:
            return
        first = each.depth if first is None else min(first, each.depth)
        depths = [depth for depth in depths if depth < each.depth and depth > first]
        lines = _without_properties(each.lines)
        if each.depth <= first:
            yield ""
            yield from lines
            depths = []
            continue
        indent = "  " * len(depths)
        depths.append(each.depth)
        yield f"{indent}- {lines[0] if lines else ''}"
        yield from (f"{indent}  {line}" if line.strip() else "" for line in lines[1:])


def _without_properties(lines: Sequence[str]) -> list[str]:
    """Return the lines of a block without what Logseq itself puts there."""
    return [
        line
        for line, is_fenced in fenced(lines)
        if is_fenced or not (_OF_LOGSEQ.fullmatch(line.strip()) or _LOGBOOK.fullmatch(line.strip()))
    ]


def tags_in(value: str) -> list[str]:
    """Return the tags of a property: ``claim, [[old boats]], #sea``."""
    names = [found[1] or found[2] for found in _TAG.finditer(value)]
    return [name for each in names for part in each.split(" #") if (name := _reference(part))]


def _reference(value: str) -> str:
    """Return the words of a value, which may be a reference to a page."""
    return value.strip().removeprefix("#").removeprefix("[[").removesuffix("]]").strip()
