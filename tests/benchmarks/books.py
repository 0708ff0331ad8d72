"""The time to read the first part and all of a book, compared with unpacking and parsing it."""

from __future__ import annotations

import random
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree

from reader.formats import read_parts
from tests.benchmarks.articles import SIZES, TITLE, WORDS, write_article
from tests.benchmarks.first_screen import Times, start_until
from tests.benchmarks.measuring import Sample, table
from tests.formats.books import book, nav
from tests.terminal.driver import MARGIN

CHAPTERS = 40
"""The number of chapters of the long book."""

PARAGRAPHS = 110
"""The number of paragraphs in each chapter of the long book, whose text is 3 MB."""


def books(runs: int) -> str:
    """Measure, and return two tables: of the reader alone, and of the whole program."""
    return f"{_reading(runs)}\n\n{_program(runs)}"


def _reading(runs: int) -> str:
    short, long = book_of(1, 14), book_of(CHAPTERS, PARAGRAPHS)
    firsts: dict[str, list[float]] = {"10 KB": [], "3 MB": []}
    wholes: list[float] = []
    plain: list[float] = []
    for _ in range(runs):
        for name, data in zip(firsts, (short, long), strict=True):
            start = time.process_time()
            parts = read_parts(data)
            next(parts)
            firsts[name].append(time.process_time() - start)
        for _part in parts:
            pass
        wholes.append(time.process_time() - start)
        start = time.process_time()
        text_alone(long)
        plain.append(time.process_time() - start)
    base = Sample("3 MB, text by zipfile and lxml alone", plain)
    rows = [Sample(f"{name}, first part", taken).row(base) for name, taken in firsts.items()]
    rows += [Sample("3 MB, all of it", wholes).row(base), base.row()]
    return table(("EPUB, processor time", "median ms", "quartiles ms", "ratio"), rows)


def _program(runs: int) -> str:
    """Measure the first painted screen of the program, once for each case in every round."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = write_article(folder / "article.md", SIZES["10 KB"])
        long = folder / "book.epub"
        long.write_bytes(book_of(CHAPTERS, PARAGRAPHS))
        starts: dict[str, Callable[[], Times]] = {}
        for label, path in (("article, 10 KB", article), ("book, 3 MB", long)):
            home = folder / path.stem
            home.mkdir()
            start_until([*MARGIN, path], TITLE, home, until_saved=True)
            starts[f"{label}, new"] = lambda path=path: _new(path)  # type: ignore[misc]
            starts[f"{label}, from its snapshot"] = lambda path=path, home=home: start_until(  # type: ignore[misc]
                [*MARGIN, path], TITLE, home
            )
        seconds: dict[str, list[float]] = {label: [] for label in starts}
        for _ in range(runs):
            for label, start in starts.items():
                seconds[label].append(start().readable)
    samples = [Sample(label, times) for label, times in seconds.items()]
    return table(
        ("first readable screen", "median ms", "quartiles ms", "to the article, new"),
        [sample.row(samples[0]) for sample in samples],
    )


def _new(path: Path) -> Times:
    """Open a file with a new library."""
    with tempfile.TemporaryDirectory() as home:
        return start_until([*MARGIN, path], TITLE, Path(home))


def book_of(chapters: int, paragraphs: int) -> bytes:
    """Return a book with emphasis, links and notes, the same at every call."""
    rng = random.Random(1)
    pages = {
        f"c{number}.xhtml": f"<h1>{'Chapter' if number else TITLE} {number}</h1>"
        + "".join(_paragraph(rng, number, index) for index in range(paragraphs))
        for number in range(chapters)
    }
    notes = "".join(
        f'<aside epub:type="footnote" id="n{number}"><p>{_sentence(rng)}</p></aside>'
        for number in range(chapters)
    )
    entries = [(f"Chapter {number}", path) for number, path in enumerate(pages)]
    return book(pages | {"notes.xhtml": f"<h1>Notes</h1>{notes}"}, navigation=nav(*entries))


def _paragraph(rng: random.Random, chapter: int, index: int) -> str:
    sentences = [_sentence(rng) for _ in range(8)]
    sentences[1] = f"<em>{sentences[1]}</em>"
    if index == 1:
        sentences[2] += f'<a epub:type="noteref" href="notes.xhtml#n{chapter}">{chapter + 1}</a>'
        sentences[3] = f'<a href="c0.xhtml">{sentences[3]}</a>'
    return f"<p>{' '.join(sentences)}</p>"


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(8, 26))).capitalize() + "."


def text_alone(data: bytes) -> str:
    """Return the text of a book's parts, without their structure."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(
            "".join(etree.fromstring(archive.read(path)).itertext())
            for path in archive.namelist()
            if path.endswith(".xhtml")
        )
