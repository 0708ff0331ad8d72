"""Compare the text of PDFs with the known text: Margin, pdftotext and PDFium by itself.

``python -m tests.benchmarks.papers FOLDER`` reads a folder of one of two kinds:

- DocBank: ``NAME_black.pdf`` and ``NAME_PAGE.txt``, in which each line has a word of that page, its
  position, its font and its kind (paragraph, caption, equation ...), separated by tabs;
- ``NAME.pdf`` and ``NAME.txt``, the whole text in reading order.

For each reader it prints precision, recall and F1 of the words, and F1 of the sequences of three
words, which measures the reading order and the joining of words. That last figure means nothing
for DocBank, which has the words of two columns row by row. Words of formulas, figures and tables
are left out, because they have no reading order. No file of such a set is part of Margin.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from reader.core.document import Document, MarkKind
from reader.formats import read_document

_LEFT_OUT: Final = frozenset({"equation", "figure", "table"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u0002\ufffe]\s*\n\s*(?=[a-zà-ÿ])")


class Case(NamedTuple):
    """A page or a whole document."""

    path: Path
    """The PDF."""
    page: int | None
    """The index of the page; None for all pages."""
    words: list[str]
    """Its words, in reading order."""


class Score(NamedTuple):
    """How close a text is to the known text, each figure from 0 to 1."""

    precision: float
    recall: float
    f1: float
    in_order: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="print every file's score")
    options = parser.parse_args()
    readers: dict[str, Callable[[Case], str]] = {"Margin": by_margin, "PDFium alone": by_pdfium}
    if shutil.which("pdftotext"):
        readers["pdftotext"] = by_pdftotext
    scores: dict[str, list[Score]] = {name: [] for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    all_cases = list(cases(options.folder))
    for case in all_cases:
        for name, read in readers.items():
            start = time.perf_counter()
            words = words_of(read(case))
            seconds[name] += time.perf_counter() - start
            scores[name].append(score(words, case.words))
            if options.each:
                print(
                    case.path.name,
                    case.page,
                    name,
                    *(f"{figure:.3f}" for figure in scores[name][-1]),
                )
    print(f"{len(all_cases)} texts\n\n| reader | precision | recall | F1 | in order | s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, all_scores in scores.items():
        means = [statistics.mean(column) for column in zip(*all_scores, strict=True)]
        print(
            f"| {name} | {' | '.join(f'{figure:.3f}' for figure in means)} | {seconds[name]:.1f} |"
        )
    return 0


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases in a folder."""
    for path in sorted(folder.glob("*.txt")):
        name, _, page = path.stem.rpartition("_")
        black = folder / f"{name}_black.pdf"
        whole = path.with_suffix(".pdf")
        if page.isdecimal() and black.exists():
            rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
            yield Case(black, int(page), words_of(joined([row for row in rows if len(row) == 10])))
        elif whole.exists():
            yield Case(whole, None, words_of(path.read_text("utf-8")))


def joined(rows: list[list[str]]) -> str:
    """Return DocBank's words, with words that were divided at a line's end joined again.

    DocBank has the words of two columns row by row, so the second half is found by its position:
    it is the first word of the next line on the same half of the page.
    """
    words = [row[0] for row in rows]
    boxes = [tuple(map(int, row[1:5])) for row in rows]
    for place, word in enumerate(words):
        if not (word.endswith("-") and word[:-1].isalpha()):
            continue
        left, top = boxes[place][0], boxes[place][1]
        below = [
            (other[1] - top, other[0], number)
            for number, other in enumerate(boxes)
            if 5 < other[1] - top < 30 and (other[0] < 500) == (left < 500) and other[0] <= left
        ]
        if not below:
            words[place] = ""
            continue
        nearest = min(below)[0]
        _, _, number = min((box for box in below if box[0] < nearest + 5), key=lambda box: box[1])
        if words[number][:1].islower():
            words[place], words[number] = word[:-1] + words[number], ""
    return " ".join(word for word, row in zip(words, rows, strict=True) if row[-1] not in _LEFT_OUT)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without numbers and single letters."""
    text = unicodedata.normalize("NFKC", _HYPHEN.sub("", text))
    return [word.casefold() for word in _WORD.findall(text)]


def score(words: Sequence[str], truth: Sequence[str]) -> Score:
    """Return precision, recall and F1 of words, and F1 of sequences of three words."""
    precision, recall, f1 = _f1(Counter(words), Counter(truth))
    threes = [Counter(zip(text, text[1:], text[2:], strict=False)) for text in (words, truth)]
    return Score(precision, recall, f1, _f1(*threes)[2])


def _f1(found: Counter, truth: Counter) -> tuple[float, float, float]:  # type: ignore[type-arg]
    common = sum((found & truth).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / found.total(), common / truth.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_margin(case: Case) -> str:
    document = read_document(case.path.read_bytes(), name=case.path.name)
    return document.text if case.page is None else text_of_page(document, case.page)


def text_of_page(document: Document, page: int) -> str:
    """Return the text of a page, with its footnotes that come after the text of a later page."""
    indices: dict[int, int] = {}
    last = -1
    pages = [mark for mark in document.marks if mark.kind is MarkKind.PAGE]
    anchors = {mark.offset: mark for mark in document.marks if mark.kind is MarkKind.ANCHOR}
    by_name: dict[str, int] = {}
    for mark in pages:
        if anchor := anchors.get(mark.offset):
            last = int(anchor.name.removeprefix("page-")) - 1
            by_name[mark.name] = last
        indices[mark.offset] = by_name.get(mark.name, last)
    ends = [*(mark.offset for mark in pages[1:]), len(document.text)]
    return "\n".join(
        document.text[mark.offset : end]
        for mark, end in zip(pages, ends, strict=True)
        if indices[mark.offset] == page
    )


def by_pdfium(case: Case) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(case.path)
    pages = range(len(pdf)) if case.page is None else [case.page]
    return "\n".join(pdf[index].get_textpage().get_text_range() for index in pages)


def by_pdftotext(case: Case) -> str:
    pages = [] if case.page is None else ["-f", str(case.page + 1), "-l", str(case.page + 1)]
    done = subprocess.run(["pdftotext", *pages, case.path, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
