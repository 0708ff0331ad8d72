"""The cost of a save compared with TinyDB's own storage."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tinydb import TinyDB

from reader.config import Settings
from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata, TextRange
from reader.session import Session
from reader.store.files.migrations import with_schema
from reader.store.files.records import to_record
from reader.store.files.tables import Tables
from tests.benchmarks.measuring import Sample, table

ANNOTATIONS = (10, 1_000, 100_000)
"""The numbers of annotations in the libraries."""

AN_ARTICLE = 20
"""The number of annotations in an article."""

NOW = "2026-11-22T10:00:00.000Z"


def storage(runs: int) -> str:
    """Measure, and return a table."""
    with tempfile.TemporaryDirectory() as name:
        return _saving(Path(name), runs)


def annotation(number: int) -> Annotation:
    """Return an annotation with a passage, its context and a note of usual length."""
    return Annotation(
        id=f"01K{number:023}",
        selector=Selector(
            "A sentence that says something worth a note. " * 2,
            "What stands before it, as far as is kept of that, is here now.",
            "What stands after it, as far as is kept of that, is here now.",
            number,
            number + 90,
            "A section",
            "a" * 64,
        ),
        place=Place(number, number + 90),
        tags=("claim",),
        created=NOW,
        modified=NOW,
        note="Who says so, and when?",
    )


def _saving(folder: Path, runs: int) -> str:
    rows = []
    for count in ANNOTATIONS:
        place = folder / str(count)
        place.mkdir()
        few = runs if count < max(ANNOTATIONS) else min(runs, 5)
        theirs = Sample("TinyDB's JSONStorage", _times(few, _tinydb_save(place, count)))
        ours = Sample("Margin", _times(runs, _margin_save(place, count)))
        rows += [(f"{count:,}", *sample.row(theirs)) for sample in (theirs, ours)]
        shutil.rmtree(place)
    head = ("annotations in the library", "one more saved by", "median ms", "quartiles ms", "ratio")
    return table(head, rows)


def _tinydb_save(folder: Path, count: int) -> Callable[[int], None]:
    """Return a function that saves an annotation to a TinyDB file and waits for the disk."""
    path = folder / "tinydb.json"
    records = {str(number + 1): to_record(annotation(number)) for number in range(count)}
    path.write_text(json.dumps({"annotations": records}), "utf-8")
    records.clear()
    database = TinyDB(path)
    table_of_annotations = database.table("annotations")
    # TinyDB reads the file once to find the next id.
    table_of_annotations.insert(to_record(annotation(count)))

    def save(number: int) -> None:
        table_of_annotations.insert(to_record(annotation(count + 1 + number)))
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    return save


def _margin_save(folder: Path, count: int) -> Callable[[int], None]:
    """Return a function that annotates a passage in a session and waits for the disk."""
    _write_articles(folder / "library" / "articles", count)
    source = folder / "article.md"
    source.write_text("# A note\n\n" + "A sentence to mark. " * 2000, encoding="utf-8")
    session = Session(folder / "library")
    session.settings = Settings(backups=0)
    open_article = session.open(str(source)).open_article
    for number in range(min(count, AN_ARTICLE)):
        open_article.mark(TextRange(10 + number, 29 + number), ["claim"])
    session.save_all()

    def save(number: int) -> None:
        open_article.mark(TextRange(10 + number * 20, 29 + number * 20), ["claim"])
        session.save_all()

    return save


def _write_articles(folder: Path, count: int) -> None:
    """Write article files in Margin's format, without waiting for the disk."""
    folder.mkdir(parents=True)
    for first in range(0, count, AN_ARTICLE):
        article = Article(f"{first:026d}", f"/texts/{first}.md", Metadata(title=f"Article {first}"))
        made = [annotation(number) for number in range(first, min(first + AN_ARTICLE, count))]
        tables: Tables = {
            "article": {article.id: to_record(article)},
            "annotations": {each.id: to_record(each) for each in made},
        }
        content = json.dumps(with_schema(tables), indent=2, sort_keys=True)
        (folder / f"article-{first}.json").write_text(content, "utf-8")


def _times(runs: int, work: Callable[[int], None]) -> list[float]:
    times = []
    for number in range(runs):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return times
