"""Join the pieces of a quotation that is interrupted, or that has several paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reader.core.document import TextRange
from reader.core.speech.passages import Passage
from reader.core.speech.quotation import CERTAINTY, Attribution, Evidence, Quotation

_LONGEST_INTERRUPTION = 160
"""How many code points may stand between two pieces of one quotation."""

_PRONOUN = 0.9
"""The share of clear pronouns that are resolved to the right person."""

_UNCLEAR_PRONOUN = 0.6
"""The share of pronouns with a rival that are resolved to the right person."""

_GOING_ON = frozenset({Evidence.SAME_PARAGRAPH, Evidence.SAME_SENTENCE})

_REASONS = {
    Evidence.AFTER: "“{words}” after the quotation",
    Evidence.BEFORE: "“{words}” before the quotation",
    Evidence.PARTLY: "“{words}” in front of the quoted words",
    Evidence.ASIDE: "“{words}” later in the sentence",
    Evidence.SOURCE: "“{words}” names the source",
    Evidence.LABEL: "the label “{words}”",
    Evidence.SIGNED: "the line “{words}” below it",
    Evidence.INTRODUCED: "“{words}” in the paragraph before, which ends with a colon",
    Evidence.SAME_SENTENCE: "another quotation of the sentence, with “{words}”",
    Evidence.SAME_PARAGRAPH: "it goes on after “{words}” in the same paragraph",
    Evidence.CONTINUED: "it goes on from the paragraph before, with “{words}”",
    Evidence.SENTENCE_BEFORE: "“{words}” in the sentence before",
    Evidence.SENTENCE_AFTER: "“{words}” in the sentence after",
    Evidence.SUBJECT: "the sentence is about “{words}”",
    Evidence.EARLIER: "spoke last, in a paragraph before",
    Evidence.NONE: "nothing says who said it",
}
"""What shows who said a quotation, in a phrase."""

_LONGEST_WORDS = 60
"""How many code points of the attribution a reason shows."""


def joined(passages: Sequence[Passage], text: str) -> list[Quotation]:
    """Return the quotations that passages are the pieces of, in the order of the text."""
    groups: list[list[Passage]] = []
    for passage in passages:
        if groups and _goes_on(groups[-1][-1], passage, text):
            groups[-1].append(passage)
        else:
            groups.append([passage])
    return [_quotation(group) for group in groups]


def _goes_on(first: Passage, second: Passage, text: str) -> bool:
    """Return whether two passages are pieces of one quotation."""
    if second.paragraph != first.paragraph:
        is_next = second.paragraph == first.paragraph + 1
        return is_next and not first.is_closed and second.opens_paragraph
    if first.attribution.speaker != second.attribution.speaker:
        return False
    between = text[first.part.outer.end : second.part.outer.start]
    if len(between) > _LONGEST_INTERRUPTION or not between.strip():
        return False
    if text[first.sentence.end : second.sentence.start].strip():
        return False  # the narrator has a sentence between them
    return (
        _is_speech(first, text)
        and between.rstrip()[-1:] in ",.;—–!?:"
        and _mentions(first, second)
        and (
            second.attribution.evidence in _GOING_ON
            or second.attribution.mention == first.attribution.mention
        )
    )


def _is_speech(passage: Passage, text: str) -> bool:
    """Return whether a passage is speech of its own, not some words in the narrator's sentence."""
    return text[passage.part.start].isupper() or text[passage.part.end - 1] in ",.?!…—"


def _mentions(first: Passage, second: Passage) -> bool:
    """Return whether the speaker is named between two passages."""
    between = TextRange(first.part.outer.end, second.part.outer.start)
    mention = first.attribution.mention
    return mention is not None and between.overlaps(mention)


def _quotation(group: Sequence[Passage]) -> Quotation:
    best = max((passage.attribution for passage in group), key=_certainty)
    parts = tuple(
        replace(passage.part, attribution=best)
        if _certainty(passage.attribution) < _certainty(best)
        else passage.part
        for passage in group
    )
    start = min(passage.sentence.start for passage in group)
    end = max(passage.sentence.end for passage in group)
    words = " ".join(best.words.split())
    if len(words) > _LONGEST_WORDS:
        words = f"{words[: _LONGEST_WORDS - 1].rstrip()}…"
    return Quotation(
        parts=parts,
        sentence=TextRange(min(start, parts[0].outer.start), max(end, parts[-1].outer.end)),
        attribution=best,
        certainty=_certainty(best),
        reason=_REASONS[best.evidence].format(words=words),
    )


def _certainty(attribution: Attribution) -> float:
    """Return the share of such attributions that are right."""
    if not attribution.speaker:
        return 0.0
    share = CERTAINTY[attribution.evidence]
    if attribution.is_pronoun:
        share *= _PRONOUN if attribution.is_clear else _UNCLEAR_PRONOUN
    return round(share, 2)
