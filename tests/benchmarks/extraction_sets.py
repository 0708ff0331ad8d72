"""Public sets of web pages with what a person took for their article, each with its own measure.

The folder of a set is a checkout of its repository. What is known here:

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
"""Words that are compared together."""

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


class Counts(NamedTuple):
    """How much of a text is right."""

    right: float
    """What is there and must be."""
    wrong: float
    """What is there and must not be."""
    missing: float
    """What must be there and is not."""

    @property
    def precision(self) -> float:
        """Which part of what is there is right, from 0 to 1."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """Which part of what must be there is, from 0 to 1."""
        return self.right / ((self.right + self.missing) or 1)


class Page(NamedTuple):
    """A page of a set, and what its article is."""

    name: str
    """Where it is in the set."""
    data: bytes
    """Its bytes."""
    url: str
    """Where it was; empty where the set does not say."""
    text: str = ""
    """The text of the article; empty where the set has snippets instead."""
    wanted: tuple[str, ...] = ()
    """Snippets that the article holds."""
    unwanted: tuple[str, ...] = ()
    """Snippets of the page that are not of the article."""
    tree: Any = None
    """The article as HTML; None where the set has its text alone."""
    facts: dict[str, str] | None = None
    """What is known of the article; None where the set does not say."""

    def score(self, text: str) -> Counts:
        """Compare a text with the article, as the set does."""
        if self.wanted or self.unwanted:
            return _snippets(self.wanted, self.unwanted, text)
        return _shingles(self.text, text)


class PageSet(NamedTuple):
    """A set of pages."""

    name: str
    """What to call it."""
    pages: Iterator[Page]
    """Its pages, read one after the other."""
    is_summed: bool
    """Whether its measure adds up the counts of all pages; else it is the mean of the pages'."""

    def figures(self, counts: list[Counts]) -> tuple[float, float, float]:
        """Return F1, precision and recall of all pages."""
        if self.is_summed:
            total = Counts(*(sum(each) for each in zip(*counts, strict=True)))
            precision, recall = total.precision, total.recall
        else:
            said = [one.precision for one in counts if one.right + one.wrong]
            held = [one.recall for one in counts if one.right + one.missing]
            precision, recall = sum(said) / len(said), sum(held) / len(held)
        return 2 * precision * recall / ((precision + recall) or 1), precision, recall


def open_set(folder: Path) -> PageSet:
    """Return the set whose checkout a folder is.

    Raises:
        SystemExit: It is none of those that are known.
    """
    if (folder / "ground-truth.json").is_file():
        return PageSet("article-extraction-benchmark", _zyte(folder), is_summed=False)
    if (folder / "test" / "test-pages").is_dir():
        return PageSet("Readability", _readability(folder / "test" / "test-pages"), is_summed=False)
    if (folder / "tests" / "evaldata.json").is_file():
        return PageSet("trafilatura's evaluation", _snippet_pages(folder / "tests"), is_summed=True)
    raise SystemExit(f"{folder} is no checkout of a set that is known; see {__name__}.")


def _zyte(folder: Path) -> Iterator[Page]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, page in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Page(name, data, page.get("url", ""), page["articleBody"])


def _readability(folder: Path) -> Iterator[Page]:
    for path in sorted(one for one in folder.iterdir() if (one / "expected.html").is_file()):
        tree = lxml.html.fromstring((path / "expected.html").read_text("utf-8"))
        facts = json.loads((path / "expected-metadata.json").read_text("utf-8"))
        known = {key: value for key, value in facts.items() if isinstance(value, str)}
        data = (path / "source.html").read_bytes()
        # The set has its pages from this address: links in what is expected start there.
        url = "http://fakehost/test/page.html"
        yield Page(path.name, data, url, plain(tree), tree=tree, facts=known)


def _snippet_pages(folder: Path) -> Iterator[Page]:
    truth = json.loads((folder / "evaldata.json").read_text("utf-8"))
    for url, page in truth.items():
        for place in ("cache", "eval"):
            path = folder / place / page["file"]
            if path.is_file():
                wanted, unwanted = tuple(page["with"]), tuple(page["without"])
                yield Page(path.name, path.read_bytes(), url, wanted=wanted, unwanted=unwanted)
                break


def plain(tree: Any) -> str:
    """Return the text of a tree, with a line break at the borders of blocks."""
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
    """Compare texts by their runs of four words; parts of all those of both."""
    held, said = _runs_of_words(wanted), _runs_of_words(text)
    both = (held & said).total()
    everything = (held | said).total() or 1
    return Counts(
        both / everything,
        (said.total() - both) / everything,
        (held.total() - both) / everything,
    )


def _runs_of_words(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def _snippets(wanted: tuple[str, ...], unwanted: tuple[str, ...], text: str) -> Counts:
    """Count the snippets that are there; white space counts as one space."""
    said = _SPACE.sub(" ", text)
    right, wrong = (
        sum(_SPACE.sub(" ", one).strip() in said for one in snippets)
        for snippets in (wanted, unwanted)
    )
    return Counts(right, wrong, len(wanted) - right)
