"""Public sets of web pages whose articles people have marked up, each with its own measure.

The folder of a set is a checkout of its repository. The supported sets:

- Zyte's article-extraction-benchmark: ``ground-truth.json`` with the text of each article;
- Mozilla's Readability: ``test/test-pages`` with the HTML and the metadata of each article;
- trafilatura's own evaluation: ``tests/evaldata.json`` with snippets that must be in the text of
  each article and snippets that must not.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from reader.formats.tree.elements import BLOCKS

SHINGLE = 4
"""The number of words that are compared together."""

_SNIPPET_FACTS = {"title": "title", "byline": "author", "publishedTime": "date"}
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


class Counts(NamedTuple):
    """How much of an extracted text is right."""

    right: float
    """The amount that was extracted and belongs to the article."""
    wrong: float
    """The amount that was extracted and does not belong to the article."""
    missing: float
    """The amount that belongs to the article and was not extracted."""

    @property
    def precision(self) -> float:
        """The right share of the extracted text, 0 to 1."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """The extracted share of the article, 0 to 1."""
        return self.right / ((self.right + self.missing) or 1)


class Page(NamedTuple):
    """A page of a set, and its expected article."""

    name: str
    """Its name in the set."""
    data: bytes
    """Its bytes."""
    url: str
    """The URL that it came from; empty if the set does not have it."""
    text: str = ""
    """The text of the article; empty where the set has snippets instead."""
    wanted: tuple[str, ...] = ()
    """Snippets that the article contains."""
    unwanted: tuple[str, ...] = ()
    """Snippets of the page that are not in the article."""
    tree: Any = None
    """The article as HTML; None if the set has only its text."""
    facts: dict[str, str] | None = None
    """The metadata of the article; None if the set has none."""

    def score(self, text: str) -> Counts:
        """Compare a text with the article, by the measure of the set."""
        if self.wanted or self.unwanted:
            return _snippets(self.wanted, self.unwanted, text)
        return _shingles(self.text, text)


class PageSet(NamedTuple):
    """A set of pages."""

    name: str
    """Its name."""
    pages: Iterator[Page]
    """Its pages, read on demand."""
    is_summed: bool
    """Whether its measure adds up the counts of all pages; otherwise it is the mean of all pages."""

    def figures(self, counts: list[Counts]) -> tuple[float, float, float]:
        """Return F1, precision and recall of all pages."""
        if self.is_summed:
            total = Counts(*(sum(column) for column in zip(*counts, strict=True)))
            precision, recall = total.precision, total.recall
        else:
            precisions = [page.precision for page in counts if page.right + page.wrong]
            recalls = [page.recall for page in counts if page.right + page.missing]
            precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
        return 2 * precision * recall / ((precision + recall) or 1), precision, recall


def open_set(folder: Path) -> PageSet:
    """Return the set in a folder.

    Raises:
        SystemExit: The folder is not a checkout of a supported set.
    """
    if (folder / "ground-truth.json").is_file():
        return PageSet("article-extraction-benchmark", _zyte(folder), is_summed=False)
    if (folder / "test" / "test-pages").is_dir():
        return PageSet("Readability", _readability(folder / "test" / "test-pages"), is_summed=False)
    if (folder / "tests" / "evaldata.json").is_file():
        return PageSet("trafilatura's evaluation", _snippet_pages(folder / "tests"), is_summed=True)
    raise SystemExit(f"{folder} is not a checkout of a supported set; see {__name__}.")


def _zyte(folder: Path) -> Iterator[Page]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, page in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Page(name, data, page.get("url", ""), page["articleBody"])


def _readability(folder: Path) -> Iterator[Page]:
    for path in sorted(path.parent for path in folder.glob("*/expected.html")):
        tree = lxml.html.fromstring((path / "expected.html").read_text("utf-8"))
        facts = json.loads((path / "expected-metadata.json").read_text("utf-8"))
        strings = {key: value for key, value in facts.items() if isinstance(value, str)}
        data = (path / "source.html").read_bytes()
        # The set reads its pages from this address; the links in its articles are relative to it.
        url = "http://fakehost/test/page.html"
        yield Page(path.name, data, url, plain(tree), tree=tree, facts=strings)


def _snippet_pages(folder: Path) -> Iterator[Page]:
    truth = json.loads((folder / "evaldata.json").read_text("utf-8"))
    for url, page in truth.items():
        for place in ("cache", "eval"):
            path = folder / place / page["file"]
            if path.is_file():
                wanted, unwanted = tuple(page["with"]), tuple(page["without"])
                data = path.read_bytes()
                facts = {ours: _joined(page.get(name)) for ours, name in _SNIPPET_FACTS.items()}
                yield Page(path.name, data, url, wanted=wanted, unwanted=unwanted, facts=facts)
                break


def _joined(value: Any) -> str:
    """Return a fact as a line; several authors are a list."""
    return "; ".join(value) if isinstance(value, list) else value or ""


def plain(tree: Any) -> str:
    """Return the text of a tree, with a line break at the edges of blocks."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        is_shown = isinstance(element.tag, str)
        if is_shown and (element.tag in BLOCKS or element.tag == "br"):
            pieces.append("\n")
        if event == "start":
            pieces.append(element.text or "")
        elif element is not tree:
            pieces.append(element.tail or "")
    return "".join(pieces)


def _shingles(wanted: str, text: str) -> Counts:
    """Compare texts by their runs of four words; the counts are shares of the runs of both."""
    expected, extracted = _runs_of_words(wanted), _runs_of_words(text)
    both = (expected & extracted).total()
    everything = (expected | extracted).total() or 1
    return Counts(
        both / everything,
        (extracted.total() - both) / everything,
        (expected.total() - both) / everything,
    )


def _runs_of_words(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def _snippets(wanted: tuple[str, ...], unwanted: tuple[str, ...], text: str) -> Counts:
    """Count the snippets that a text contains; any white space matches one space."""
    extracted = _SPACE.sub(" ", text)
    right, wrong = (
        sum(_SPACE.sub(" ", snippet).strip() in extracted for snippet in snippets)
        for snippets in (wanted, unwanted)
    )
    return Counts(right, wrong, len(wanted) - right)
