"""Blocks of quoted text, and quotations with a line below them that names the speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from reader.core.document import BlockKind, TextRange
from reader.core.speech.narrative import Narrative, Paragraph
from reader.core.speech.passages import Passage
from reader.core.speech.quotation import NOBODY, Attribution, Evidence, Part

_SIGNATURE = re.compile(
    r"\s*(?:—|–|--|-|―)\s?(?P<name>[^\W\d_a-z][^,;:(\n]{1,60})(?:[,;(].{0,120})?$"
)
"""A line such as *— Ilse Brandt, mayor of Tamsin*."""

_MARKS = "“”„«»\"'‘’「」"


def block_quote_passages(text: str, narrative: Narrative) -> list[Passage]:
    """Return what the blocks of quoted text say, where something shows who says it."""
    passages: list[Passage] = []
    paragraphs = narrative.paragraphs
    for is_quote, group in groupby(
        range(len(paragraphs)), lambda at: paragraphs[at].block.kind is BlockKind.QUOTE
    ):
        if is_quote:
            passages += _of_block(text, narrative, list(group))
    return passages


def signed(text: str, narrative: Narrative, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, with the speaker that the line below a quotation names."""
    paragraphs = narrative.paragraphs
    return [
        _with(passage, attribution)
        if _fills(passage, paragraphs[passage.paragraph])
        and (attribution := _signature(text, narrative, passage.paragraph + 1))
        else passage
        for passage in passages
    ]


def _of_block(text: str, narrative: Narrative, numbers: list[int]) -> list[Passage]:
    paragraphs = narrative.paragraphs
    attribution = _signature(text, narrative, numbers[-1])
    if attribution is not None:
        numbers = numbers[:-1]
    else:
        attribution = _signature(text, narrative, numbers[-1] + 1)
    if attribution is None and numbers and numbers[0]:
        announced = narrative.announced[numbers[0] - 1]
        if announced is not None and announced.speaker:
            attribution = announced
        elif text[paragraphs[numbers[0] - 1].block.end - 1] == ":":
            attribution = NOBODY
    if attribution is None:
        return []
    return [
        Passage(
            _part(text, paragraphs[number], attribution),
            number,
            paragraphs[number].block.range,
            is_closed=number == numbers[-1],
        )
        for number in numbers
    ]


def _part(text: str, paragraph: Paragraph, attribution: Attribution) -> Part:
    """Return a block of quoted text as a part, inside its marks where it has any."""
    block = paragraph.block
    start, end = block.start, block.end
    while start < end - 1 and (text[start].isspace() or text[start] in _MARKS):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in _MARKS):
        end -= 1
    return Part(start, end, block.range, attribution)


def _signature(text: str, narrative: Narrative, number: int) -> Attribution | None:
    """Return whom a paragraph names as the speaker of what is above it; None if it does not."""
    if not 0 < number < len(narrative.paragraphs):
        return None
    block = narrative.paragraphs[number].block
    match = _SIGNATURE.match(text[block.start : block.end])
    if match is None or len(match["name"].split()) > 6:
        return None
    mention = TextRange(block.start + match.start("name"), block.start + match.end("name"))
    name = narrative.people.fullest(match["name"].split(), mention.start)
    return Attribution(name, mention, Evidence.SIGNED, match["name"].strip())


def _fills(passage: Passage, paragraph: Paragraph) -> bool:
    """Return whether a passage is all of its paragraph."""
    outer, block = passage.part.outer, paragraph.block
    return outer.end - outer.start >= block.end - block.start - 1


def _with(passage: Passage, attribution: Attribution) -> Passage:
    return replace(passage, part=replace(passage.part, attribution=attribution))
