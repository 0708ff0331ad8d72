"""How well the article is taken from pages of public sets, beside trafilatura alone.

Usage: python -m tests.benchmarks.extraction FOLDER..., where each folder is a checkout of a set;
see ``extraction_sets`` for those that are known. ``--worst N`` names the pages of which Margin gets
less than trafilatura.
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
"""What Margin is compared with."""

ALL, WITH_CAPTIONS, TEXT, BRIGHT = (
    "Margin, all of its text",
    "Margin, without the title and alternative texts",
    "Margin, without captions too",
    "Margin, without what is shown dim too",
)
"""The readings of Margin's text: not all sets hold titles and captions."""

FACTS = {"title": "title", "byline": "authors", "siteName": "site", "lang": "language",
         "publishedTime": "published"}  # fmt: skip
"""What a set says of an article, and its name in the metadata."""


class Results:
    """What was counted on the pages of a set."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.scores: dict[str, list[Counts]] = defaultdict(list)
        """The counts of each page, by the reading."""
        self.parts: dict[str, Counter[str]] = defaultdict(Counter)
        """The parts of all pages in shape, by who kept them."""
        self.facts: dict[str, Counter[str]] = defaultdict(Counter)
        """The facts that are right, by who found them."""
        self.seconds: dict[str, list[float]] = defaultdict(list)
        """Processor time of each page."""
        self.losses: list[tuple[float, str]] = []
        """By how much Margin's F1 of a page is lower, and the page's name."""


class Reading(NamedTuple):
    """What both made of a page."""

    document: Document | None
    """Margin's document; None where it found no article."""
    alone: Any
    """trafilatura's; None where it found none."""


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
    # trafilatura remembers strings that it has trimmed: whoever is second has it easier.
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
    """Return the article of a page; None where there is none."""
    try:
        return read_document(data, kind="html", info=SourceInfo(url=url))
    except SourceError:
        return None


def _shown(data: bytes) -> str:
    """Return all text of a page, squeezed: alternative texts are not there."""
    return without_spaces("".join(lxml.html.fromstring(data).itertext()))


def _text(
    document: Document | None, shown: str, *, with_captions: bool, with_residue: bool = True
) -> str:
    """Return a text without its title, the alternative texts of pictures and maybe captions."""
    kept: list[str] = []
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
        is_wanted = with_captions if is_caption else not is_image
        if not is_title and is_wanted and (with_residue or not block.residue):
            kept.append(text)
    return "\n".join(kept)


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
    wanted = shape.of_expected(page.tree)
    results.parts["expected"] += shape.count(wanted)
    results.parts[ALL] += shape.kept(wanted, ours)
    results.parts[EXTRACTOR] += shape.kept(wanted, theirs)


def _count_facts(page: Page, reading: Reading, results: Results) -> None:
    """Count what is known and the same but for case, punctuation and the time of a day."""
    if page.facts is None:
        return
    ours = reading.document.metadata if reading.document else None
    theirs = reading.alone
    for name, ours_name in FACTS.items():
        wanted = page.facts.get(name, "")
        if not wanted:
            continue
        authors = " ".join(ours.authors) if ours else ""
        said = {
            ALL: authors if name == "byline" else getattr(ours, ours_name, ""),
            EXTRACTOR: getattr(
                theirs,
                {"byline": "author", "siteName": "sitename", "lang": "language",
                 "publishedTime": "date"}.get(name, name),
                "",
            ),
        }  # fmt: skip
        results.facts["expected"][name] += 1
        for who, value in said.items():
            results.facts[who][name] += _same_fact(name, wanted, value or "")


def _same_fact(name: str, wanted: str, said: str) -> bool:
    if name == "publishedTime":
        return wanted[:10] == said[:10]
    if name == "lang":
        return wanted[:2].lower() == said[:2].lower()
    words, others = (
        {one.strip(".,;|–-:").casefold() for one in text.split()} - {"by", "and", ""}
        for text in (wanted, said)
    )
    return words == others


def _f1(counts: Counts) -> float:
    both = counts.precision + counts.recall
    return 2 * counts.precision * counts.recall / both if both else 0.0


def report(pages: PageSet, results: Results) -> str:
    """Return the tables of a set."""
    rows = []
    for name, counts in results.scores.items():
        figures = [f"{each:.3f}" for each in pages.figures(counts)]
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
