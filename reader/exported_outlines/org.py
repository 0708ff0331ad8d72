"""Finds the passages in a file of Org that Margin exported, as they are now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from reader.core.text_formatting import one_line
from reader.digests import part_digest
from reader.exported_markdown.parts import stored_tags, tags_by_name
from reader.exported_outlines.org_notes import markdown_of, plain
from reader.exported_outlines.outlined import BadPassage, Outline, OutlinedNote
from reader.exported_outlines.record import WrittenNote, decoded, without_facts
from reader.safe_text import sanitise_for_file

WAS: Final = "MARGIN_WAS"
"""The property with what a passage was when Margin wrote it."""
TAGS: Final = "MARGIN_TAGS"
"""The property with the tags of a passage as they are, where its heading shows others."""
ARTICLES: Final = "MARGIN_ID"
"""The property of a file with the ids of its articles."""

_HEADING: Final = re.compile(r"(\*+)[ \t]+(?=\S)")
_TAGS: Final = re.compile(r":[\w@#%:]+:")
_PROPERTY: Final = re.compile(r"[ \t]*:([^\s:]+):(.*)")
_DRAWER: Final = re.compile(r"[ \t]*:(PROPERTIES|LOGBOOK):[ \t]*", re.IGNORECASE)
_DRAWER_END: Final = re.compile(r"[ \t]*:END:[ \t]*", re.IGNORECASE)
_PLANNING: Final = re.compile(r"[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):", re.IGNORECASE)
_QUOTE: Final = re.compile(r"[ \t]*#\+begin_quote[ \t]*", re.IGNORECASE)
_QUOTE_END: Final = re.compile(r"[ \t]*#\+end_quote[ \t]*", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[ \t]*(?:#\+(?:begin|end)_.*|\|-.*)")
_TITLE: Final = re.compile(r"#\+title:(.*)", re.IGNORECASE)
_NOT_IN_TAG: Final = re.compile(r"[^\w@#%]+")


_READ_BACK: Final = re.compile(r"[ \t]*:(?:SPEAKER|STATUS|MARGIN_\w+):")
"""Matches the properties of a passage that are read."""


class _Section(NamedTuple):
    """A heading with what stands below it, up to the next heading."""

    row: int
    words: str
    tags: tuple[str, ...]
    properties: Mapping[str, str]
    lines: Sequence[str]


def tag_name(tag: str) -> str:
    """Return a tag that Org accepts: letters, digits, and ``_@#%``."""
    return _NOT_IN_TAG.sub("_", sanitise_for_file(tag)).strip("_") or "untagged"


def shown_tags(tags: Iterable[str]) -> list[str]:
    """Return tags as a heading shows them, each once."""
    return list(dict.fromkeys(map(tag_name, tags)))


def quote_lines(lines: Sequence[str]) -> str:
    """Return the words of a passage, without the markup of blocks and tables."""
    return "\n".join(
        plain(line).strip(" |") for line in lines if not _MARKUP.fullmatch(line)
    ).strip()


def is_read_back(line: str) -> bool:
    """Tell whether a line says only what is taken back into the library when it was changed."""
    is_heading = _is_heading(line) and "“" in line and "”" in line  # its tags are read
    return is_heading or _READ_BACK.match(line) is not None


def read_org(text: str) -> Outline:
    """Return what a file has of the annotations that Margin wrote; nothing of any other file."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head, *sections = _sections(lines)
    ids = tuple(head.properties.get(ARTICLES, "").split())
    notes: dict[str, OutlinedNote] = {}
    rest = {line.strip() for line in lines if line.strip() and not is_read_back(line)}
    bad: list[BadPassage] = []
    known_articles = frozenset(ids)
    article, section = ids[0] if ids else "", ""
    for each in sections if ids else ():
        written = decoded(each.properties.get(WAS, ""))
        key = each.properties.get("ID", "")
        if key in known_articles:
            article, section = key, ""
        elif written is None or not key:
            section = plain(each.words)
            bad += [BadPassage(each.row, _UNKNOWN)] if WAS in each.properties else []
        elif key in notes:
            bad.append(BadPassage(each.row, "the passage is there twice; the first one is read"))
        elif not isinstance(found := _note(each, key, article, written), BadPassage):
            notes[key] = found[0]._replace(section=section)
            rest.difference_update(map(str.strip, found[1]))
        else:
            bad.append(found)
    title = next(filter(None, map(_TITLE.fullmatch, head.lines)), None) if len(ids) == 1 else None
    url = head.properties.get("ROAM_REFS", "") if len(ids) == 1 else ""
    return Outline(
        ids,
        plain(title[1].strip()) if title else "",
        url,
        tuple(notes.values()),
        tuple(bad),
        frozenset(rest),
    )


_UNKNOWN: Final = f"its property {WAS} was changed; the passage is left out"


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    """Yield what stands above the first heading, then each heading with what is below it."""
    starts = [at for at, line in enumerate(lines) if _is_heading(line)]
    yield _section(-1, lines[: starts[0] if starts else len(lines)])
    for start, end in pairwise((*starts, len(lines))):
        yield _section(start, lines[start + 1 : end], lines[start])


def _is_heading(line: str) -> bool:
    return line.startswith("*") and _HEADING.match(line) is not None


def _section(at: int, lines: Sequence[str], heading: str = "") -> _Section:
    properties: dict[str, str] = {}
    start = 0
    while start < len(lines):
        if drawer := _DRAWER.fullmatch(lines[start]):
            ends = (end for end in range(start, len(lines)) if _DRAWER_END.fullmatch(lines[end]))
            if (end := next(ends, None)) is None:
                break
            if drawer[1].upper() == "PROPERTIES":
                found = filter(None, map(_PROPERTY.fullmatch, lines[start + 1 : end]))
                for each in found:
                    properties.setdefault(each[1].upper(), each[2].strip())
            start = end + 1
        elif not lines[start].strip() or _PLANNING.match(lines[start]):
            start += 1
        else:
            break
    words, tags = _words_and_tags(heading)
    return _Section(at + 1, words, tags, properties, lines[start:])


def _words_and_tags(heading: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a heading, and the tags behind them."""
    words = heading.lstrip("*").strip()
    last = words[-len(words.split()[-1]) :] if words else ""
    if not _TAGS.fullmatch(last):
        return words, ()
    return words[: -len(last)].rstrip(), tuple(filter(None, last.split(":")))


def _note(
    section: _Section, key: str, article: str, written: WrittenNote
) -> tuple[OutlinedNote, list[str]] | BadPassage:
    """Return a passage with the lines of its note."""
    start = next((at for at, each in enumerate(section.lines) if _QUOTE.fullmatch(each)), None)
    passage: Sequence[str] = ()
    below = section.lines
    if start is not None:
        ends = (at for at in range(start, len(below)) if _QUOTE_END.fullmatch(below[at]))
        if (end := next(ends, None)) is None:
            return BadPassage(section.row, "its quote has no end; the passage is left out")
        passage, below = below[start + 1 : end], below[end + 1 :]
    raw = without_facts(below, written)
    note, tags, quote = markdown_of(raw), _tags(section, written), quote_lines(passage)
    speaker, status = (section.properties.get(name, "") for name in ("SPEAKER", "STATUS"))
    shown = {
        "quote": "\n".join(passage),
        "note": "\n".join(raw),
        "speaker": speaker,
        "status": status,
    }
    values = {"quote": quote, "note": note, "tags": tags, "speaker": speaker, "status": status}
    base = written.base(values, shown)
    page = section.properties.get("PAGE", "")
    found = OutlinedNote(
        key, article, section.row, quote, note, tags, speaker, status, base, page=page
    )
    return found, raw


def property_of_tags(tags: Sequence[str]) -> str:
    """Return the value of the property with the exact tags."""
    return sanitise_for_file(", ".join(map(one_line, tags)))


def _tags(section: _Section, written: WrittenNote) -> tuple[str, ...]:
    """Return the tags of a heading as they are stored.

    Where the heading shows those that Margin wrote, and the property with the exact tags was
    edited, the property counts.
    """
    line = section.properties.get(TAGS, "")
    is_line_edited = part_digest(line) != part_digest(property_of_tags(written.tags))
    if line and is_line_edited and part_digest(section.tags) == written.shown["tags"]:
        return tuple(dict.fromkeys(tag for each in line.split(",") if (tag := each.strip())))
    return stored_tags(section.tags, tags_by_name(written.tags, tag_name))
