"""The time until a change is safe on disk, in a library of 10 and of 10,000 articles."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

from reader.core.document import TextRange
from reader.core.query.tree import EVERYTHING
from reader.session import Session
from reader.session.batch_changes import NoteId
from reader.session.edited import with_status
from tests.benchmarks.libraries import copy, library_of
from tests.benchmarks.measuring import Sample, table

CHANGES = (("one note", 1, 1), ("40 notes of 10 articles", 10, 4))
"""What is changed: its name, the number of articles, and of notes in each."""

LIBRARIES = (10, 10_000)
"""The numbers of articles in the libraries."""


def saving(runs: int) -> str:
    """Measure, and return two tables."""
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
        changes = _changes(sessions, runs)
        for session in sessions:
            session.writer.close()
    marks = table(
        ("tag to safe on disk", "median ms", "quartiles ms", "ratio"),
        [sample.row(samples[0]) for sample in samples],
    )
    return f"{marks}\n\n{changes}"


def _changes(sessions: Sequence[Session], runs: int) -> str:
    """Measure what the list of notes does in place, which is on disk once it returns."""
    rows: list[tuple[str, ...]] = []
    for name, articles, notes in CHANGES:
        times: list[list[float]] = [[] for _ in sessions]
        chosen = [_chosen(session, articles, notes) for session in sessions]
        for run in range(max(runs // articles, 3)):
            change = partial(with_status, status=f"{name}, {run % 2}")
            for session, keys, taken in zip(sessions, chosen, times, strict=True):
                start = time.perf_counter()
                step = session.batch_changes.apply("status", keys, change)
                taken.append(time.perf_counter() - start)
                assert len(step.changed) == len(keys)
        samples = [
            Sample(f"{name}, {count:,} articles", taken)
            for count, taken in zip(LIBRARIES, times, strict=True)
        ]
        rows += [sample.row(samples[0]) for sample in samples]
    return table(("status from the notes", "median ms", "quartiles ms", "ratio"), rows)


def _chosen(session: Session, articles: int, notes: int) -> list[NoteId]:
    """Return some notes of each of some articles."""
    by_article: dict[str, list[NoteId]] = {}
    for key in session.queries.all_notes(EVERYTHING):
        by_article.setdefault(key.article_id, []).append(NoteId(key.article_id, key.id))
    few = islice(by_article.values(), articles)
    return [note for each in few for note in each[:notes]]
