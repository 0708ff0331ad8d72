"""The time to find a hundred annotations in an edited article, by its length."""

from __future__ import annotations

import random
import re
import time

from reader.core.anchoring import Anchored, Anchoring
from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.selectors import describe
from tests.benchmarks.articles import article
from tests.benchmarks.measuring import Sample, table

SIZES = {"100 KB": 100_000, "1 MB": 1_000_000}
"""The lengths of the articles, in bytes."""

ANNOTATIONS = 100
"""The number of passages to find."""


def anchoring(runs: int) -> str:
    """Measure, and return a table."""
    rows = []
    for name, size in SIZES.items():
        old = document_of(article(size))
        new = document_of(edited(old.text))
        selectors = selectors_in(old)
        for how, old_text in (("compared", old.text), ("searched", None)):
            taken = []
            count = 0
            for _ in range(runs):
                start = time.perf_counter()
                finder = Anchoring(new, old_text)
                results = [finder.find(selector) for selector in selectors]
                taken.append(time.perf_counter() - start)
                count = sum(isinstance(result, Anchored) for result in results)
            rows.append((*Sample(f"{name}, {how}", taken).row(), f"{count} of {ANNOTATIONS}"))
    return table(
        (f"{ANNOTATIONS} annotations found again", "median ms", "quartiles ms", "ratio", "found"),
        rows,
    )


def document_of(text: str) -> Document:
    """Return a document of one paragraph."""
    return Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


def selectors_in(document: Document) -> list[Selector]:
    """Return selectors of passages of 20 to 400 characters, spread over the document."""
    rng = random.Random(2)
    starts = sorted(rng.randrange(len(document.text) - 400) for _ in range(ANNOTATIONS))
    return [
        describe(document, TextRange(start, start + rng.randrange(20, 400))) for start in starts
    ]


def edited(text: str, seed: int = 3) -> str:
    """Return ``text`` with a tenth of its sentences edited, a few removed and a few added."""
    rng = random.Random(seed)
    sentences: list[str] = []
    for sentence in re.split(r"(?<=[.!?])(?=\s)", text):
        chance = rng.random()
        if chance < 0.1:
            words = sentence.split(" ")
            words[rng.randrange(len(words))] = f"edited{len(sentences)}"
            sentences.append(" ".join(words))
        elif chance < 0.97:
            sentences.append(sentence)
        if 0.1 <= chance < 0.13:
            sentences.append(f" Nobody had said so before {len(sentences)} people asked.")
    return "".join(sentences)
