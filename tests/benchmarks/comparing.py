"""The time to compare two versions of an article as a whole, by its length."""

from __future__ import annotations

import time

from reader.core.article_diff import ArticleDiff
from reader.core.document import Document
from reader.formats import read_document
from tests.benchmarks.anchoring import SIZES, edited
from tests.benchmarks.articles import article
from tests.benchmarks.measuring import Sample, table


def comparing(runs: int) -> str:
    """Measure, and return a table."""
    rows = []
    for name, size in SIZES.items():
        text = article(size)
        old = _document(text)
        for what, other in (("a tenth edited", edited(text)), ("another text", article(size, 2))):
            new, taken, count = _document(other), [], 0
            for _ in range(runs):
                start = time.process_time()
                count = len(ArticleDiff(old, new).changes)
                taken.append(time.process_time() - start)
            rows.append((*Sample(f"{name}, {what}", taken).row(), f"{count:,}"))
    return table(
        ("two versions compared, CPU", "median ms", "quartiles ms", "ratio", "changes"), rows
    )


def _document(text: str) -> Document:
    return read_document(text.encode(), name="article.md")
