"""Find the quotations of a document, and who said them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from reader.core.document import BlockKind, Document, TextRange
from reader.core.speech.block_quotes import block_quote_passages, signed
from reader.core.speech.joining import joined
from reader.core.speech.narrative import Narrative
from reader.core.speech.passages import Passage
from reader.core.speech.quotation import Quotation
from reader.core.speech.transcripts import transcript_passages

_SIGN = re.compile("[“”„‟«»‹›「」『』\"‘’‚'`＂״〝❝]|^\\s*[—–-]", re.MULTILINE)
"""What stands around or before everything that is said, but for the labels of a transcript."""

_LONGEST_LABEL = 80
"""In how many code points of a paragraph the colon of a label stands."""


class Speech(msgspec.Struct, frozen=True, gc=False):
    """What the people of a document say, and who they are."""

    quotations: tuple[Quotation, ...] = ()
    """The quotations in order; they do not overlap."""
    names: tuple[tuple[int, str], ...] = ()
    """Where people are named or speak: offset and fullest name, in order."""

    def at_or_after(self, offset: int) -> Quotation | None:
        """Return the quotation at an offset, or else the next one; None after the last."""
        index = bisect_right(self.quotations, offset, key=_start) - 1
        for quotation in self.quotations[max(index, 0) : index + 2]:
            if offset < quotation.outer.end:
                return quotation
        return None

    def after(self, offset: int) -> Quotation | None:
        """Return the first quotation whose words begin after an offset; None after the last."""
        index = bisect_right(self.quotations, offset, key=_first_word)
        return self.quotations[index] if index < len(self.quotations) else None

    def before(self, offset: int) -> Quotation | None:
        """Return the last quotation whose words begin before an offset; None before the first."""
        index = bisect_left(self.quotations, offset, key=_first_word) - 1
        return self.quotations[index] if index >= 0 else None

    def within(self, passage: TextRange) -> Quotation | None:
        """Return the quotation that shares most code points with a passage; None without one."""
        first = max(bisect_right(self.quotations, passage.start, key=_start) - 1, 0)
        best, most = None, 0
        for quotation in self.quotations[first:]:
            if quotation.outer.start >= passage.end:
                break
            shared = min(quotation.range.end, passage.end) - max(
                quotation.range.start, passage.start
            )
            if shared > most:
                best, most = quotation, shared
        return best

    def people_near(self, offset: int) -> tuple[str, ...]:
        """Return the people of the document, those who are named nearest to ``offset`` first."""
        nearest: dict[str, int] = {}
        for place, name in self.names:
            distance = abs(place - offset)
            nearest[name] = min(nearest.get(name, distance), distance)
        return tuple(sorted(nearest, key=lambda name: (nearest[name], name)))


def read_speech(document: Document) -> Speech:
    """Return the quotations and the people of a document."""
    return speech_of(document, Narrative(document))


def speech_of(document: Document, narrative: Narrative) -> Speech:
    """Return the quotations and the people of a document.

    Args:
        document: The document.
        narrative: Its paragraphs, of which no passages were read yet.
    """
    quotations = tuple(joined(_passages(document.text, narrative), document.text))
    spoken = {(each.range.start, each.speaker) for each in quotations if each.speaker}
    named = {
        (mention.start, mention.name) for mention in narrative.people.mentions if mention.is_person
    }
    return Speech(quotations, tuple(sorted(spoken | named)))


def may_be_speech(document: Document, passage: TextRange) -> bool:
    """Return whether somebody may say a passage; reading who says it takes far longer.

    Args:
        document: The document.
        passage: A passage; only the paragraphs that it touches are looked at.
    """
    first, last = document.block_index(passage.start), document.block_index(passage.end)
    for block in document.blocks[first : last + 1]:
        text = document.text[block.start : block.end]
        is_quoted = block.kind is BlockKind.QUOTE or _SIGN.search(text) is not None
        if is_quoted or ":" in text[:_LONGEST_LABEL]:
            return True
    return False


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Return the quotations of a document in order; they do not overlap."""
    return read_speech(document).quotations


def _passages(text: str, narrative: Narrative) -> list[Passage]:
    """Return the quoted passages of a document that somebody says, in order, without overlaps."""
    marked = signed(text, narrative, narrative.passages())
    labelled = transcript_passages(text, narrative.paragraphs, narrative.people)
    blocks = block_quote_passages(text, narrative)
    passages = [*labelled, *_elsewhere(blocks, labelled)]
    passages += _elsewhere(marked, passages)
    return sorted(passages, key=lambda each: each.part.start)


def _elsewhere(passages: Sequence[Passage], others: Sequence[Passage]) -> list[Passage]:
    """Return the passages in paragraphs that have none of the others."""
    taken = {other.paragraph for other in others}
    return [passage for passage in passages if passage.paragraph not in taken]


def _start(quotation: Quotation) -> int:
    return quotation.outer.start


def _first_word(quotation: Quotation) -> int:
    return quotation.range.start
