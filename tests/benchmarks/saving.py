"""The time until a tag is safe on disk, in a library of 10 and of 10,000 articles."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from reader.core.document import TextRange
from reader.session import Session
from tests.benchmarks.libraries import copy, library_of
from tests.benchmarks.measuring import Sample, table

LIBRARIES = (10, 10_000)
"""The numbers of articles in the libraries."""


def saving(runs: int) -> str:
    """Measure, and return a table."""
    with ExitStack() as stack:
        source = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "article.md"
        source.write_text("# A note\n\n" + "A sentence to mark. " * 2000, encoding="utf-8")
        homes = [stack.enter_context(copy(library_of(count))) for count in LIBRARIES]
        sessions = [Session(home / "library") for home in homes]
        for session in sessions:
            session.articles()  # makes the index
        readings = [session.open(str(source)).open_article for session in sessions]
        for session in sessions:
            session.save_all()
        times: list[list[float]] = [[] for _ in sessions]
        for run in range(runs):
            for session, open_article, taken in zip(sessions, readings, times, strict=True):
                start = time.perf_counter()
                open_article.mark(TextRange(10 + run * 20, 29 + run * 20), ["claim"])
                session.save_all()
                taken.append(time.perf_counter() - start)
        samples = [
            Sample(f"{count:,} articles", taken)
            for count, taken in zip(LIBRARIES, times, strict=True)
        ]
    return table(
        ("tag to safe on disk", "median ms", "quartiles ms", "ratio"),
        [sample.row(samples[0]) for sample in samples],
    )
