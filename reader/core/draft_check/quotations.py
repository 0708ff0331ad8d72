"""The quotations of a draft: what stands in quotation marks, or in blocks of quoted text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from reader.core.document import BlockKind, Document, SpanKind, TextRange
from reader.core.draft_check.pieces import pieces_of
from reader.core.speech.finding import Speech, speech_of
from reader.core.speech.narrative import Narrative, Paragraph
from reader.core.speech.not_speech import is_title, is_work
from reader.core.speech.quotation import Evidence, Quotation
from reader.core.text_formatting import one_line
from reader.core.words import count_words

FEWEST_WORDS: Final = 4
"""The fewest words of a quotation that is checked; fewer are names, terms and scare quotes."""

_MARKS: Final = " \n\t“”„‟«»‹›「」『』\"‘’‚'"
_SIGNATURE: Final = re.compile(r"[\s.!?”\"»](?:—|–|―|--)\s?(?P<name>[A-ZÀ-Þ][^\n—–―]{1,60})$")
_LONGEST_SIGNATURE: Final = 12
_SENTENCE_ENDS: Final = frozenset(".!?…:,;”\"»“’'")
_CLEAR: Final = 0.8
"""The least share of right speakers, of quotations whose speaker is compared."""


class DraftQuotation(NamedTuple):
    """A quotation of a draft."""

    range: TextRange
    """The quotation in the draft's text, inside its marks."""
    words: str
    """What it says."""
    speaker: str = ""
    """Who says it according to the draft; empty where the draft does not say."""
    is_sure: bool = False
    """Whether the draft is clear about the speaker."""
    is_title: bool = False
    """Whether it looks like the title of a work, and nobody says it."""

    @property
    def said_by(self) -> str:
        """Who says it on one line, with a question mark where that is not clear; may be empty."""
        name = one_line(self.speaker)
        return f"{name}?" if name and not self.is_sure else name


def is_clear(said: Quotation) -> bool:
    """Return whether who said something is clear enough to be compared with another text.

    Its own sentence has to name the speaker, or what introduces or signs it; that another quotation
    of the paragraph has a speaker is too little to call a draft wrong.
    """
    is_inferred = said.attribution.evidence is Evidence.SAME_PARAGRAPH
    return bool(said.speaker) and said.certainty >= _CLEAR and not is_inferred


def quotations_in(document: Document) -> tuple[DraftQuotation, ...]:
    """Return the quotations of four words and more, in the order of a draft.

    A quotation inside another one belongs to that.
    """
    narrative = Narrative(document)
    speech = speech_of(document, narrative)
    found = [
        quotation
        for paragraph in _without_signatures(document, narrative.paragraphs)
        for quotation in _of_paragraph(document, narrative, speech, paragraph)
    ]
    return tuple(each for each in found if _count(each.words) >= FEWEST_WORDS)


def _without_signatures(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs without those that only sign the block of quoted text above them."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        is_quote = paragraph.block.kind is BlockKind.QUOTE
        follows = before is not None and before.block.kind is BlockKind.QUOTE
        if not (is_quote and follows and _signs(document.quote(paragraph.block.range))):
            yield paragraph
        before = paragraph


def _signs(text: str) -> bool:
    """Return whether a paragraph is a name with what the person is, not a sentence."""
    words = text.lstrip("—–-― ").split()
    is_short = 0 < len(words) <= _LONGEST_SIGNATURE
    return is_short and words[0][0].isupper() and text.rstrip()[-1] not in _SENTENCE_ENDS


def _of_paragraph(
    document: Document, narrative: Narrative, speech: Speech, paragraph: Paragraph
) -> Iterator[DraftQuotation]:
    if paragraph.block.kind is BlockKind.QUOTE:
        yield _of_block(document, speech, paragraph.block.range)
        return
    codes = _codes_in(document, paragraph.block.range)
    for sentence in paragraph.sentences:
        for index, token in enumerate(sentence):
            if (marked := token.marked) is None:
                continue
            inner = document.text[marked.start : marked.end]
            place = TextRange(marked.start, marked.end)
            if any(place.overlaps(code) for code in codes):
                continue
            quotation = _with_speaker(document, speech, place)
            is_name = is_title(sentence, index, inner, narrative.lexicon) or is_work(
                sentence, index, inner, narrative.lexicon
            )
            yield quotation._replace(is_title=is_name and not quotation.speaker)


def _codes_in(document: Document, block: TextRange) -> list[TextRange]:
    """Return the ranges of code in a paragraph."""
    first = bisect_left(document.spans, block.start, key=lambda span: span.start)
    last = bisect_left(document.spans, block.end, key=lambda span: span.start)
    return [each.range for each in document.spans[first:last] if each.kind is SpanKind.CODE]


def _of_block(document: Document, speech: Speech, block: TextRange) -> DraftQuotation:
    """Return a block of quoted text without its marks and the line that signs it."""
    text = document.quote(block)
    signature = _SIGNATURE.search(text)
    if signature is not None:
        text = text[: signature.start() + 1]
    start = block.start + len(text) - len(text.lstrip(_MARKS))
    end = block.start + len(text.rstrip(_MARKS))
    quotation = _with_speaker(document, speech, TextRange(start, max(start, end)))
    if signature is not None and not quotation.speaker:
        name = signature["name"].partition(",")[0].strip(" .")
        return quotation._replace(speaker=name, is_sure=True)
    return quotation


def _with_speaker(document: Document, speech: Speech, place: TextRange) -> DraftQuotation:
    """Return a quotation with the speaker whom the draft gives it."""
    said = speech.within(place)
    words = _quote(document, place)
    if said is None or not said.speaker:
        return DraftQuotation(place, words)
    return DraftQuotation(place, words, said.speaker, is_clear(said))


def _quote(document: Document, place: TextRange) -> str:
    """Return words without references to footnotes."""
    first = bisect_left(document.spans, place.start, key=lambda span: span.start)
    last = bisect_left(document.spans, place.end, key=lambda span: span.start)
    pieces, at = [], place.start
    for span in document.spans[first:last]:
        if span.kind is SpanKind.FOOTNOTE:
            pieces.append(document.text[at : span.start])
            at = min(span.end, place.end)
    return "".join([*pieces, document.text[at : place.end]])


def _count(words: str) -> int:
    return sum(count_words(piece.text) for piece in pieces_of(words))
