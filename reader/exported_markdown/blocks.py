"""The quotations in a file of Margin's Markdown, each with its attribution and its note.

A block quote with an attribution is Margin's. What stands below it is its note, up to the next such
quote, a heading of the first or second level, or the record at the end of the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from reader.exported_markdown.attribution import Attribution, read_attribution
from reader.exported_markdown.plain import closes_fence

CLAIM_HEADING: Final = "### Claim "
"""What the heading above a claim begins with; its number follows."""
OTHER_HEADING: Final = "### Quotation"
"""The heading above what follows a claim and is none."""

_HEADING: Final = re.compile(rf"(?:{CLAIM_HEADING}\d+|{OTHER_HEADING})\s*")
_ID: Final = re.compile(r"\^(margin-[A-Za-z0-9-]+)\s*")
_BOUNDARY: Final = re.compile(r"#{1,2}(?:\s|$)")
_FENCE: Final = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_QUOTED: Final = re.compile(r">[ ]?")
_CALLOUT: Final = re.compile(r"\[![\w-]+\][+-]?(?:\s.*)?")
"""What makes a callout of a quote in Obsidian, and an alert on GitHub."""


class QuotedBlock(NamedTuple):
    """A quotation of Margin's, as a file has it now."""

    start: int
    """The first line that is Margin's: that of its heading, else that of the quote."""
    quote: int
    """The first line of the quote."""
    end: int
    """The line after the last one that is Margin's: after the quote and its block id."""
    passage: tuple[tuple[str, ...], ...]
    """The paragraphs above the attribution, as lines without the signs of the quote."""
    attribution: Attribution
    """What the attribution says."""
    block_id: str
    """The block id below the quote, without its caret; empty without one."""
    note: range
    """The lines of the note; empty without one."""
    is_joined: bool = False
    """Whether it is a part of a block quote that begins with another quotation."""


class _Quote(NamedTuple):
    """A block quote at the top level."""

    start: int
    end: int
    paragraphs: list[tuple[str, ...]]


def find_blocks(lines: Sequence[str]) -> list[QuotedBlock]:
    """Return the quotations of Margin's in the lines of a file, in their order.

    Args:
        lines: The lines below the front matter and above the record.
    """
    fenced = fenced_lines(lines)
    found: list[QuotedBlock] = []
    for quote in _quotes(lines, fenced):
        found += _blocks_of(quote, lines)
    stops = [each.start for each in found]
    stops += [at for at, line in enumerate(lines) if _ends_a_note(line) and at not in fenced]
    stops = [*sorted(stops), len(lines)]
    blocks, number = [], 0
    for each in found:
        while stops[number] < each.end:
            number += 1
        blocks.append(each._replace(note=_filled(lines, range(each.end, stops[number]))))
    return blocks


def _ends_a_note(line: str) -> bool:
    """Return whether a line is a heading that no note has, also where its quotation is gone."""
    return bool(_BOUNDARY.match(line) or _HEADING.fullmatch(line))


def holds_a_block(lines: Sequence[str]) -> bool:
    """Return whether something in a note would be taken for a part of a quotation of Margin's."""
    if any(_HEADING.fullmatch(line) or _ID.fullmatch(line) for line in lines):
        return True
    return any(line.startswith(">") for line in lines) and bool(find_blocks(lines))


def fenced_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines of code at the top level; a fence that is never closed begins none."""
    fenced: set[int] = set()
    unclosed: set[str] = set()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        fence = (opening[1] or opening[2]) if opening else ""
        at += 1
        if not fence or fence in unclosed:
            continue
        end = next((i for i in range(at, len(lines)) if closes_fence(lines[i], fence)), None)
        if end is None:
            unclosed.add(fence)
        else:
            fenced.update(range(at - 1, end + 1))
            at = end + 1
    return fenced


def _quotes(lines: Sequence[str], fenced: Collection[int]) -> Iterator[_Quote]:
    """Yield the block quotes at the top level, each with its paragraphs."""
    at = 0
    while at < len(lines):
        if at in fenced or not lines[at].startswith(">"):
            at += 1
            continue
        start, end = at, at + 1
        # A line without the sign is of the quote if another line with it follows at once.
        while at < len(lines) and _goes_on(lines[at]) and at not in fenced:
            end = at + 1 if lines[at].startswith(">") else end
            at += 1
        at = end
        body = [_QUOTED.sub("", line, count=1) for line in lines[start:end]]
        if _CALLOUT.fullmatch(body[0]):
            body[0] = ""
        yield _Quote(start, end, _paragraphs(body))


def _goes_on(line: str) -> bool:
    """Return whether a line may be of the paragraph above it."""
    return bool(line.strip()) and not line.startswith(("#", "^"))


def _paragraphs(body: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the lines of a quote, parted at empty ones; code stays in one part."""
    fenced = fenced_lines(body)
    parts: list[list[str]] = [[]]
    for at, line in enumerate(body):
        if line.strip() or at in fenced:
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [tuple(part) for part in parts if part]


def _blocks_of(quote: _Quote, lines: Sequence[str]) -> Iterator[QuotedBlock]:
    """Yield the quotations of a block quote: one, or several where an editor joined them."""
    read = [
        None if part[0][:1].isspace() else read_attribution("\n".join(part))
        for part in quote.paragraphs
    ]
    at_tags = [at for at, each in enumerate(read) if each and each.tags]
    places = at_tags or [at for at, each in enumerate(read) if each][-1:]
    before = 0
    for place in places:
        attribution = read[place]
        if attribution is not None:
            is_first, is_last = place == places[0], place == places[-1]
            end, block_id = _after(lines, quote.end) if is_last else (quote.start, "")
            start = _heading(lines, quote.start) if is_first else quote.start
            passage = tuple(quote.paragraphs[before:place])
            yield QuotedBlock(
                start, quote.start, end, passage, attribution, block_id, range(0), not is_first
            )
        before = place + 1


def _after(lines: Sequence[str], end: int) -> tuple[int, str]:
    """Return the line after a quote and its block id, and that id, which may be empty."""
    at = next((at for at in range(end, len(lines)) if lines[at].strip()), None)
    found = _ID.fullmatch(lines[at]) if at is not None else None
    return (at + 1, found[1]) if found and at is not None else (end, "")


def _heading(lines: Sequence[str], start: int) -> int:
    """Return the line of the heading above a claim; ``start`` where there is none."""
    for at in range(start - 1, -1, -1):
        if lines[at].strip():
            return at if _HEADING.fullmatch(lines[at]) else start
    return start


def _filled(lines: Sequence[str], where: range) -> range:
    """Return some lines without the empty ones at both ends."""
    start, end = where.start, where.stop
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return range(start, end)
