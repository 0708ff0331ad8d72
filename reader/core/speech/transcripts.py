"""Interviews and transcripts, whose paragraphs begin with the speaker's name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from reader.core.document import BlockKind, TextRange
from reader.core.speech.narrative import Paragraph
from reader.core.speech.passages import Passage
from reader.core.speech.people import People
from reader.core.speech.quotation import Attribution, Evidence, Part

_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.’'-]*|\([^)\n]{1,40}\))"
_LABEL = re.compile(
    rf"(?P<label>(?!(?:Q|A|Question|Answer)\b){_WORD}"
    rf"(?:,? (?:{_WORD}|of|the|de|von|van|der)){{0,5}}) ?: +(?=\S)"
)
_NOTE = re.compile(r"\s*[(\[].*[)\]]\.?\s*$", re.DOTALL)
"""A paragraph that is a note of the transcriber: *(Laughter.)*."""

_FEWEST = 4
"""How many labelled paragraphs a transcript has at least."""

_OPENING = "“„«\"'‘「"
_SPOKEN = re.compile(r"[^\W\d_].*?[^\W\d_]{2}")
"""What somebody says after a label: words, not a figure."""


def transcript_passages(
    text: str, paragraphs: Sequence[Paragraph], people: People
) -> list[Passage]:
    """Return what is said in the labelled paragraphs of a transcript; none in other texts."""
    labels = {
        number: match
        for number, paragraph in enumerate(paragraphs)
        if paragraph.block.kind is not BlockKind.HEADING
        and (match := _LABEL.match(text, paragraph.block.start, paragraph.block.end))
        and text[match.end()] not in _OPENING
        and _SPOKEN.match(text, match.end(), paragraph.block.end)
    }
    counts = Counter(match["label"] for match in labels.values())
    repeated = {number: match for number, match in labels.items() if counts[match["label"]] > 1}
    if len(repeated) < _FEWEST or len({match["label"] for match in repeated.values()}) < 2:
        return []
    passages: list[Passage] = []
    speaking: Attribution | None = None
    last = max(repeated)
    for number in range(min(repeated), last + 1):
        block = paragraphs[number].block
        start = block.start
        if match := labels.get(number):
            speaking, start = _speaker(match, people), match.end()
        elif block.kind is BlockKind.HEADING:
            speaking = None
        elif speaking is not None and not _NOTE.match(text, start, block.end):
            speaking = replace(speaking, evidence=Evidence.CONTINUED)
        else:
            continue
        if speaking is not None and start < block.end:
            spoken = TextRange(start, block.end)
            part = Part(start, block.end, spoken, speaking)
            passages.append(
                Passage(part, number, block.range, is_closed=False, opens_paragraph=match is None)
            )
    return passages


def _speaker(match: re.Match[str], people: People) -> Attribution:
    label = match["label"]
    bare = re.sub(r"\s*\([^)]*\)", "", label) or label
    words = [
        word.capitalize() if word.isupper() and len(word) > 1 else word for word in bare.split()
    ]
    name = people.fullest(words, match.start())
    return Attribution(name, TextRange(*match.span("label")), Evidence.LABEL, label)
