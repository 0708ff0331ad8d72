"""The time until a tag is safe on disk, in a library of 10 and of 10,000 articles."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from reader.core.annotation import Article
from reader.core.document import Metadata, TextRange
from reader.session import Session
from reader.store.library import Library
from tests.benchmarks.measuring import Sample, table

LIBRARIES = (10, 10_000)
"""The numbers of articles in the libraries."""


def saving(runs: int) -> str:
    """Measure, and return a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "article.md"
        source.write_text("# A note\n\n" + "A sentence to mark. " * 2000, encoding="utf-8")
        sessions = []
        for count in LIBRARIES:
            fill(folder / str(count), count)
            sessions.append(Session(folder / str(count)))
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


def fill(folder: Path, count: int) -> None:
    """Make a library of ``count`` articles: one is saved, the others are copies with other ids."""
    library = Library(folder)
    first = f"{0:026d}"
    library.save(first, article=Article(first, "/articles/0.md", Metadata(title="Article 0")))
    (template,) = (folder / "articles").glob("*.json")
    text = template.read_text(encoding="utf-8")
    for number in range(1, count):
        identity = f"{number:026d}"
        fresh = text.replace(first, identity).replace("/articles/0.md", f"/articles/{number}.md")
        path = folder / "articles" / f"article-{number}-{identity[-6:]}.json"
        path.write_text(fresh, encoding="utf-8")
