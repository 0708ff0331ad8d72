"""How well Margin extracts the articles of public page sets, compared with trafilatura alone.

Usage: python -m tests.benchmarks.extraction FOLDER..., where each folder is a checkout of a set;
``extraction_sets`` lists the supported sets. ``--worst N`` lists the N pages where Margin's F1 is
furthest below that of trafilatura.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import lxml.html
import trafilatura

from reader.core.document import BlockKind, Document
from reader.errors import SourceError
from reader.formats import SourceInfo, read_document
from reader.formats.html.matching import without_spaces
from tests.benchmarks import extraction_shape as shape
from tests.benchmarks.extraction_sets import Counts, Page, PageSet, open_set
from tests.benchmarks.measuring import table

EXTRACTOR = "trafilatura"
"""The extractor that Margin is compared with."""

ALL, WITH_CAPTIONS, TEXT, BRIGHT = (
    "Margin, all of its text",
    "Margin, without the title and alternative texts",
    "Margin, without captions too",
    "Margin, without residue too",
)
"""The variants of Margin's text; some sets have no titles or captions in their articles."""

FACTS = {"title": "title", "byline": "authors", "siteName": "site", "lang": "language",
         "publishedTime": "published"}  # fmt: skip
"""The facts of an article in a set, each with its name in Margin's metadata."""


class Results:
    """The counts of all pages of a set."""

    def __init__(self) -> None:
        """Start with no counts."""
        self.scores: dict[str, list[Counts]] = defaultdict(list)
        """The counts of each page, by the variant of the text."""
        self.parts: dict[str, Counter[str]] = defaultdict(Counter)
        """The number of structural parts that were kept on all pages, by extractor."""
        self.facts: dict[str, Counter[str]] = defaultdict(Counter)
        """The number of right facts, by extractor."""
        self.seconds: dict[str, list[float]] = defaultdict(list)
        """The processor time of each page, by extractor."""
        self.losses: list[tuple[float, str]] = []
        """How far Margin's F1 is below trafilatura's, and the name of the page."""


class Reading(NamedTuple):
    """The results of both extractors for a page."""

    document: Document | None
    """Margin's document; None where Margin found no article."""
    alone: Any
    """trafilatura's result; None where trafilatura found no article."""


def main() -> None:
    """Print the tables of each set."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extraction")
    parser.add_argument("folders", nargs="+", metavar="FOLDER", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    options = parser.parse_args()
    for folder in options.folders:
        pages = open_set(folder)
        results = measure(pages)
        print(report(pages, results), flush=True)
        for loss, name in sorted(results.losses, reverse=True)[: options.worst]:
            print(f"{loss:.3f} {name}")


def measure(pages: PageSet) -> Results:
    """Read all pages of a set."""
    results = Results()
    for page in pages.pages:
        reading = _read(page, results)
        document, alone = reading
        shown = _shown(page.data)
        texts = {
            EXTRACTOR: (alone.text or "") if alone else "",
            ALL: document.text if document else "",
            WITH_CAPTIONS: _text(document, shown, with_captions=True),
            TEXT: _text(document, shown, with_captions=False),
            BRIGHT: _text(document, shown, with_captions=False, with_residue=False),
        }
        scores = {name: page.score(text) for name, text in texts.items()}
        for name, counts in scores.items():
            results.scores[name].append(counts)
        loss = _f1(scores[EXTRACTOR]) - max(_f1(scores[name]) for name in (WITH_CAPTIONS, TEXT))
        results.losses.append((loss, page.name))
        _count_parts(page, reading, shown, results)
        _count_facts(page, reading, results)
    return results


def _read(page: Page, results: Results) -> Reading:
    # trafilatura caches strings that it has trimmed, so the second extractor has an advantage.
    start = time.process_time()
    document = read(page.data, page.url)
    middle = time.process_time()
    alone = trafilatura.bare_extraction(
        page.data, url=page.url or None, with_metadata=True, include_comments=False
    )
    results.seconds[ALL].append(middle - start)
    results.seconds[EXTRACTOR].append(time.process_time() - middle)
    return Reading(document, alone)


def read(data: bytes, url: str) -> Document | None:
    """Return the article of a page, or None."""
    try:
        return read_document(data, kind="html", info=SourceInfo(url=url))
    except SourceError:
        return None


def _shown(data: bytes) -> str:
    """Return all text of a page without white space and without alternative texts."""
    return without_spaces("".join(lxml.html.fromstring(data).itertext()))


def _text(
    document: Document | None, shown: str, *, with_captions: bool, with_residue: bool = True
) -> str:
    """Return a text without its title and alternative texts, and optionally without captions."""
    texts: list[str] = []
    before = None
    for index, block in enumerate(document.blocks if document else ()):
        assert document is not None
        text = document.quote(block.range)
        is_image = block.kind is BlockKind.IMAGE
        is_caption = (block.tight and before is BlockKind.IMAGE) or (
            is_image and without_spaces(text) in shown
        )
        before = block.kind
        is_title = index == 0 and block.kind is BlockKind.HEADING
        is_included = with_captions if is_caption else not is_image
        if not is_title and is_included and (with_residue or not block.residue):
            texts.append(text)
    return "\n".join(texts)


def _count_parts(page: Page, reading: Reading, shown: str, results: Results) -> None:
    empty: shape.Parts = {kind: [] for kind in shape.KINDS}
    ours = shape.of_document(reading.document) if reading.document else empty
    theirs = shape.of_extractor(reading.alone.body) if reading.alone else empty
    if page.tree is None:
        ours["captions"] = [text for text in ours["captions"] if text in shown]
        results.parts[ALL] += shape.count(ours)
        theirs["captions"] = []
        results.parts[EXTRACTOR] += shape.count(theirs)
        return
    expected = shape.of_expected(page.tree)
    results.parts["expected"] += shape.count(expected)
    results.parts[ALL] += shape.kept(expected, ours)
    results.parts[EXTRACTOR] += shape.kept(expected, theirs)


def _count_facts(page: Page, reading: Reading, results: Results) -> None:
    """Count the right facts; case, punctuation and the time of day do not matter."""
    if page.facts is None:
        return
    ours = reading.document.metadata if reading.document else None
    theirs = reading.alone
    for name, ours_name in FACTS.items():
        expected = page.facts.get(name, "")
        if not expected:
            continue
        authors = " ".join(ours.authors) if ours else ""
        answers = {
            ALL: authors if name == "byline" else getattr(ours, ours_name, ""),
            EXTRACTOR: getattr(
                theirs,
                {"byline": "author", "siteName": "sitename", "lang": "language",
                 "publishedTime": "date"}.get(name, name),
                "",
            ),
        }  # fmt: skip
        results.facts["expected"][name] += 1
        for who, value in answers.items():
            results.facts[who][name] += _same_fact(name, expected, value or "")


def _same_fact(name: str, expected: str, answer: str) -> bool:
    if name == "publishedTime":
        return expected[:10] == answer[:10]
    if name == "lang":
        return expected[:2].lower() == answer[:2].lower()
    words, others = (
        {word.strip(".,;|–-:").casefold() for word in text.split()} - {"by", "and", ""}
        for text in (expected, answer)
    )
    return words == others


def _f1(counts: Counts) -> float:
    both = counts.precision + counts.recall
    return 2 * counts.precision * counts.recall / both if both else 0.0


def report(pages: PageSet, results: Results) -> str:
    """Return the tables of a set."""
    rows = []
    for name, counts in results.scores.items():
        figures = [f"{figure:.3f}" for figure in pages.figures(counts)]
        took = results.seconds.get(name)
        rows.append((name, *figures, f"{mean(took) * 1000:.1f}" if took else ""))
    count = len(results.scores[EXTRACTOR])
    blocks = [
        f"{pages.name}, {count} pages",
        table(("text", "F1", "precision", "recall", "ms a page"), rows),
    ]
    for name, counted, keys in (
        ("in shape", results.parts, shape.KINDS),
        ("metadata", results.facts, tuple(FACTS)),
    ):
        if counted:
            lines = [(who, *(str(found[key]) for key in keys)) for who, found in counted.items()]
            blocks.append(table((name, *keys), lines))
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    main()
