"""Time to the first screen and to the end of a book, beside unpacking and parsing it alone."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

from lxml import etree

from reader.formats import read_parts
from tests.benchmarks.measuring import Sample, table
from tests.formats.books import book, nav

CHAPTERS = 40
"""Chapters of the long book."""

_PARAGRAPH = (
    "<p>" + "Some words of a chapter that goes on for <em>a</em> while, and says so. " * 8 + "</p>"
)


def books(runs: int) -> str:
    """Measure, and return a table."""
    short, long = book_of(1, 8), book_of(CHAPTERS, 130)
    list(read_parts(short))
    firsts: dict[str, list[float]] = {"an article's length": [], "3 MB": []}
    wholes: list[float] = []
    plain: list[float] = []
    for _ in range(runs):
        for name, data in zip(firsts, (short, long), strict=True):
            start = time.perf_counter()
            parts = read_parts(data)
            next(parts)
            firsts[name].append(time.perf_counter() - start)
        for _part in parts:
            pass
        wholes.append(time.perf_counter() - start)
        start = time.perf_counter()
        text_alone(long)
        plain.append(time.perf_counter() - start)
    base = Sample("3 MB, text by zipfile and lxml alone", plain)
    rows = [Sample(f"{name}, first screen", taken).row(base) for name, taken in firsts.items()]
    rows += [Sample("3 MB, all of it", wholes).row(base), base.row()]
    return table(("EPUB", "median ms", "quartiles ms", "ratio"), rows)


def book_of(chapters: int, paragraphs: int) -> bytes:
    """Return a book."""
    pages = {
        f"c{number}.xhtml": f"<h1>Chapter {number}</h1>{_PARAGRAPH * paragraphs}"
        for number in range(chapters)
    }
    entries = [(f"Chapter {number}", path) for number, path in enumerate(pages)]
    return book(pages, navigation=nav(*entries))


def text_alone(data: bytes) -> str:
    """Return the text of a book's parts, without their structure."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(
            "".join(etree.fromstring(archive.read(path)).itertext())
            for path in archive.namelist()
            if path.endswith(".xhtml")
        )
