"""The quotations of a draft: what stands in quotation marks, or in blocks of quoted text."""

from __future__ import annotations

import re
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

_MARKS: Final = " \n\t“”„‟«»‹›「」『』\"‘’‚'＂״〝〞〟❝❞"
_SIGNATURE: Final = re.compile(r"[\s.!?”\"»](?:—|–|―|--)\s?(?P<name>[A-ZÀ-Þ][^\n—–―]{1,60})$")
_BARE_SIGNATURE: Final = re.compile(
    r"[.!?”\"»]\s(?P<name>[A-ZÀ-Þ][\w.’'-]*"
    r"(?: (?:[A-ZÀ-Þ][\w.’'-]*|v[ao]n|d[aeiou][lnrs]?|ter|la|el|of|the|y|e)){1,5})"
    r"(?:, [^.!?\n]{1,60})?$"
)
"""A name that ends a block of quoted text, as the ``cite`` of a web page does."""

_NAME: Final = re.compile(r"\w[\w.’'-]*(?:,|\s(?:\(|[A-ZÀ-Þ]|(?:v[ao]n|d[aeiou][lnrs]?|ter)\s))")
"""How a line begins that names a person: *Ilse Brandt*, *Brandt, mayor*, *Ilse von Brandt*."""

_LONGEST_SIGNATURE: Final = 12
_SENTENCE_ENDS: Final = frozenset(".!?…:,;”\"»“’'")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORDS_PER_SIGN: Final = 2 / 3
"""How many words a character of a script without spaces stands for: four words have six of them."""
_AND_AFTER: Final = re.compile(r"\s(?:and|und|et|y|e|&)\s[A-ZÀ-Þ]")
_AND_BEFORE: Final = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s(?:and|und|et|y|e|&)\s$")
_LONGEST_NAME: Final = 60
_LONGEST_CLAUSE: Final = 200
_OF_ANOTHER: Final = re.compile(r"(?:\w['’]s|\bthat)\s$")
_INDIRECT: Final = re.compile(
    r"n['’]t\b|\b(?:not|never|den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|disput(?:es|ed)"
    r"|heard|read|whether|laugh(?:s|ed) (?:at|off)|respond(?:s|ed) to|repl(?:ies|ied) to"
    r"|react(?:s|ed) to|for saying|(?<!quoted )(?<!cited )as saying"
    r"|nicht|nie|bestritt|bestreitet|pas|jamais|nunca|negó|niega)\b"
)
"""Words between a name and what somebody else may have said."""

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


def is_clear(said: Quotation, text: str) -> bool:
    """Return whether who said something is clear enough to be compared with another text.

    Its own sentence has to name the speaker, or what introduces or signs it; that another quotation
    of the paragraph has a speaker is too little to call a draft wrong. Of two people who say it
    together the speaker is one, and who denies or answers it need not have said it.

    Args:
        said: The quotation.
        text: The text that it is from.
    """
    is_inferred = said.attribution.evidence is Evidence.SAME_PARAGRAPH
    if not said.speaker or said.certainty < _CLEAR or is_inferred:
        return False
    mention = said.attribution.mention
    return mention is None or not (
        _is_indirect(said, mention, text)
        or _AND_AFTER.match(text, mention.end)
        or _AND_BEFORE.search(text, max(0, mention.start - _LONGEST_NAME), mention.start)
    )


def _is_indirect(said: Quotation, mention: TextRange, text: str) -> bool:
    """Return whether somebody else may say what a sentence with a name quotes."""
    start = said.outer.start
    if mention.start > start:  # *Asked about Brandt’s “…,” Solvay laughed*
        return _OF_ANOTHER.search(text, max(0, start - _LONGEST_NAME), start) is not None
    return (
        _INDIRECT.search(text, mention.end, min(start, mention.end + _LONGEST_CLAUSE)) is not None
    )


def quotations_in(document: Document) -> tuple[DraftQuotation, ...]:
    """Return the quotations of four words and more, in the order of a draft.

    A quotation inside another one belongs to that.
    """
    narrative = Narrative(document, lone_singles=True)
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
    bare = text.lstrip("—–-― ")
    words = bare.split()
    if not 0 < len(words) <= _LONGEST_SIGNATURE or text.rstrip()[-1] in _SENTENCE_ENDS:
        return False
    has_dash = len(bare) < len(text)
    is_name = words[0][0].isupper() and (len(words) == 1 or _NAME.match(bare) is not None)
    return has_dash or is_name


def _of_paragraph(
    document: Document, narrative: Narrative, speech: Speech, paragraph: Paragraph
) -> Iterator[DraftQuotation]:
    if paragraph.block.kind is BlockKind.QUOTE and not _is_attributed(document, speech, paragraph):
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


def _is_attributed(document: Document, speech: Speech, paragraph: Paragraph) -> bool:
    """Return whether a block of quoted text is a quotation in marks with its attribution."""
    if len(paragraph.marked) != 1:
        return False
    marked, block = paragraph.marked[0], paragraph.block
    rest = document.text[marked.outer.end : block.end].split()
    said = speech.within(TextRange(marked.start, marked.end))
    is_said_after = said is not None and said.attribution.evidence is Evidence.AFTER
    return (
        marked.outer.start == block.start and 0 < len(rest) <= _LONGEST_SIGNATURE and is_said_after
    )


def _codes_in(document: Document, block: TextRange) -> list[TextRange]:
    """Return the ranges of code in a paragraph."""
    spans = document.spans_in(block.start, block.end)
    return [each.range for each in spans if each.kind is SpanKind.CODE]


def _of_block(document: Document, speech: Speech, block: TextRange) -> DraftQuotation:
    """Return a block of quoted text without its marks and the line that signs it."""
    text = document.quote(block)
    signature = _SIGNATURE.search(text) or _BARE_SIGNATURE.search(text)
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
    return DraftQuotation(place, words, said.speaker, is_clear(said, document.text))


def _quote(document: Document, place: TextRange) -> str:
    """Return words without references to footnotes."""
    pieces, at = [], place.start
    for span in document.spans_in(place.start, place.end):
        if span.kind is SpanKind.FOOTNOTE and span.start >= place.start:
            pieces.append(document.text[at : span.start])
            at = min(span.end, place.end)
    return "".join([*pieces, document.text[at : place.end]])


def _count(words: str) -> float:
    """Return how many words a quotation has; of scripts without spaces, three signs are two."""
    text = " ".join(piece.text for piece in pieces_of(words))
    spaced, signs = _UNSPACED.subn(" ", text)
    return count_words(spaced) + signs * _WORDS_PER_SIGN
