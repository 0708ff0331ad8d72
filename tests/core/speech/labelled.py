"""Reads the labelled articles, and compares what is found with their labels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from reader.core.document import Block, BlockKind, Document, Metadata, TextRange
from reader.core.speech import Quotation, find_quotations

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))
"""The labelled articles."""

_LABEL = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
_KINDS = {"# ": BlockKind.HEADING, "> ": BlockKind.QUOTE}


class Spoken(NamedTuple):
    """A labelled piece of speech."""

    passage: TextRange
    """Its words, inside the marks."""
    speaker: str
    """Who says it."""


class Labelled(NamedTuple):
    """A labelled article."""

    document: Document
    spoken: tuple[Spoken, ...]


class Score(NamedTuple):
    """How what was found compares with the labels; counts of pieces."""

    found: int
    labelled: int
    spans: int
    """Pieces with the same words."""
    speakers: int
    """Those of them with the right speaker."""
    sure: int
    """Found pieces whose speaker is sure."""
    sure_right: int
    """Those of them that are right."""

    def plus(self, other: Score) -> Score:
        """Return the sum of two scores."""
        return Score(*(one + another for one, another in zip(self, other, strict=True)))

    def f1(self, right: int) -> float:
        """Return the F1 of a number of right pieces."""
        return 2 * right / max(self.found + self.labelled, 1)


NOTHING = Score(0, 0, 0, 0, 0, 0)


def read(path: Path) -> Labelled:
    """Return the article of a file with its labels."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    text, blocks, spoken = "", [], []
    for line in filter(None, lines):
        kind = _KINDS.get(line[:2], BlockKind.PARAGRAPH)
        rest = line[2:] if kind is not BlockKind.PARAGRAPH else line
        start = len(text) + (1 if text else 0)
        text += "\n" * bool(text)
        at = 0
        for match in _LABEL.finditer(rest):
            text += rest[at : match.start()]
            spoken.append(Spoken(TextRange(len(text), len(text) + len(match[2])), match[1]))
            text += match[2]
            at = match.end()
        text += rest[at:]
        level = 1 if kind is not BlockKind.PARAGRAPH else 0
        blocks.append(Block(kind, start, len(text), level=level))
    language = first.removeprefix("language: ")
    document = Document(text, tuple(blocks), metadata=Metadata(language=language))
    return Labelled(document, tuple(spoken))


def score(article: Labelled) -> Score:
    """Compare the quotations that are found in an article with its labels."""
    quotations = find_quotations(article.document)
    found = {part.range: quotation for quotation in quotations for part in quotation.parts}
    labels = {each.passage: each.speaker for each in article.spoken}
    both = found.keys() & labels.keys()
    right = {passage for passage in both if is_same(found[passage].speaker, labels[passage])}
    sure = {passage for passage, quotation in found.items() if quotation.is_sure}
    return Score(len(found), len(labels), len(both), len(right), len(sure), len(sure & right))


def is_same(speaker: str, label: str) -> bool:
    """Return whether a speaker is the labelled one, whatever titles and middle names there are.

    Args:
        speaker: The speaker that was found; empty for none.
        label: The labelled one; ``?`` where the article does not say who speaks.
    """
    if label == "?" or not speaker:
        return label == "?" and not speaker
    found, named = speaker.lower().split(), label.lower().split()
    return found == named or (found[-1] == named[-1] and found[0] in (named[0], named[-1]))


def mistakes(article: Labelled) -> list[str]:
    """Return a line for each piece that differs from its label."""
    document = article.document
    quotations: dict[TextRange, Quotation] = {
        part.range: quotation for quotation in find_quotations(document) for part in quotation.parts
    }
    labels = {each.passage: each.speaker for each in article.spoken}
    lines = []
    for passage in sorted(quotations.keys() | labels.keys()):
        speaker = quotations[passage].speaker if passage in quotations else "(not found)"
        label = labels.get(passage, "(no speech)")
        if not is_same(speaker, label):
            reason = quotations[passage].reason if passage in quotations else ""
            lines.append(f"{document.quote(passage)[:50]!r}: {speaker!r} for {label!r} {reason}")
    return lines
