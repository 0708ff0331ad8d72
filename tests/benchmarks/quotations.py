"""Measures how quotations and their speakers are found: how right, how sure, how fast.

``python -m tests.benchmarks.quotations`` measures the labelled articles of ``tests/core/speech`` and
the times. ``python -m tests.benchmarks.quotations SET.json ...`` measures a set in JSON, a list of
``{"text", "quotes": [{"span": [start, end], "source": [start, end] or null, "source_text"}]}``, such
as the training half of PolNeAR (networkdynamics/PolNeAR; its texts are not part of Margin): a span
is found where at least 0.8 of both are the same; a speaker is right where the words that name the
source are pointed at, or the name has its last word.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader.core.document import Block, BlockKind, Document, Metadata, TextRange
from reader.core.speech import find_quotations
from reader.core.speech.quotation import Part
from tests.benchmarks.measuring import Sample, table
from tests.core.speech.labelled import ARTICLES, NOTHING, Score, read, score

SIZES: Final = ((10_000, "10 KB"), (100_000, "100 KB"), (1_000_000, "1 MB"))
SAME: Final = 0.8
"""The least share of the union of two spans that is in both."""

_EDGES = " \n\t“”\"‘’'«»„.,;:!?—–-"


class Found(NamedTuple):
    """A piece of a quotation that was found."""

    part: Part
    is_sure: bool


def quotations(runs: int) -> str:
    """Return tables of the labelled articles and of the time."""
    total: Score = reduce(Score.plus, (score(read(path)) for path in ARTICLES), NOTHING)
    rows = [
        ("quoted words, F1", f"{total.f1(total.spans):.3f}"),
        ("quoted words with speaker, F1", f"{total.f1(total.speakers):.3f}"),
        (f"sure ones right, of {total.sure}", f"{total.sure_right / total.sure:.3f}"),
    ]
    labelled = table((f"{len(ARTICLES)} labelled articles, {total.labelled} pieces", "share"), rows)
    return f"{labelled}\n\n{_times(runs)}"


def _times(runs: int) -> str:
    articles = [read(path).document for path in ARTICLES if path.stem != "transcript"]
    rows = []
    for size, name in SIZES:
        document = _long(articles, size)
        seconds = []
        for _ in range(runs):
            began = time.process_time()
            find_quotations(document)
            seconds.append(time.process_time() - began)
        rows.append(Sample(name, seconds).row()[:3])
    return table(("quotations of", "median ms", "quartiles ms"), rows)


def _long(articles: Sequence[Document], size: int) -> Document:
    """Return the articles in English one after the other, again and again, up to a size."""
    text = ""
    english = [each.text for each in articles if each.metadata.language.startswith("en")]
    while len(text) < size:
        text += "\n".join(english) + "\n"
    return _document(text[:size])


def _document(text: str) -> Document:
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, match.start(), match.end())
        for match in re.finditer(r"[^\n]+", text)
        if match[0].strip()
    )
    return Document(text, blocks, metadata=Metadata(language="en"))


def measure_set(path: Path) -> str:
    """Return a table for a set in JSON."""
    counts: Counter[str] = Counter()
    by_evidence: Counter[str] = Counter()
    right_by_evidence: Counter[str] = Counter()
    seconds, length = 0.0, 0
    for article in json.loads(path.read_text(encoding="utf-8")):
        text, labels = article["text"], article["quotes"]
        began = time.process_time()
        found = [
            Found(part, each.is_sure)
            for each in find_quotations(_document(text))
            for part in each.parts
        ]
        seconds += time.process_time() - began
        length += len(text)
        counts.update(found=len(found), labelled=len(labels))
        for piece, label in _pairs(text, found, labels):
            counts["spans"] += 1
            if not label["source"]:
                continue
            is_right = _is_right(piece.part, label)
            counts["speakers"] += is_right
            evidence = piece.part.attribution.evidence.value
            by_evidence[evidence] += 1
            right_by_evidence[evidence] += is_right
            if piece.is_sure:
                counts.update(sure=1, sure_right=is_right)
    pieces = max(counts["found"] + counts["labelled"], 1)
    rows = [
        ("quoted words, F1", f"{2 * counts['spans'] / pieces:.3f}"),
        ("quoted words with speaker, F1", f"{2 * counts['speakers'] / pieces:.3f}"),
        (
            f"sure ones right, of {counts['sure']}",
            f"{counts['sure_right'] / max(counts['sure'], 1):.3f}",
        ),
        ("ms for 10 KB", f"{seconds / max(length, 1) * 1e7:.1f}"),
    ]
    evidence_rows = [
        (name, str(count), f"{right_by_evidence[name] / count:.3f}")
        for name, count in by_evidence.most_common()
    ]
    return (
        f"{table((path.name, 'share'), rows)}\n\n"
        f"{table(('how the speaker was found', 'pieces', 'right'), evidence_rows)}"
    )


def _pairs(
    text: str, found: Iterable[Found], labels: Sequence[dict[str, Any]]
) -> list[tuple[Found, dict[str, Any]]]:
    """Return what was found with the label of the same words, each label once."""
    ranges = [_bare(text, *label["span"]) for label in labels]
    pairs, taken = [], set()
    for piece in found:
        span = _bare(text, piece.part.start, piece.part.end)
        for index, other in enumerate(ranges):
            shared = min(span.end, other.end) - max(span.start, other.start)
            union = max(span.end, other.end) - min(span.start, other.start)
            if index not in taken and shared > 0 and shared >= SAME * union:
                pairs.append((piece, labels[index]))
                taken.add(index)
                break
    return pairs


def _bare(text: str, start: int, end: int) -> TextRange:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return TextRange(start, end)


def _is_right(part: Part, label: dict[str, Any]) -> bool:
    mention, name = part.attribution.mention, part.attribution.speaker
    if mention is not None and mention.overlaps(TextRange(*label["source"])):
        return True
    return bool(name) and name.split()[-1].lower() in label["source_text"].lower().split()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.quotations", description=__doc__
    )
    parser.add_argument("sets", nargs="*", type=Path)
    options = parser.parse_args()
    if not options.sets:
        print(quotations(7))
    for path in options.sets:
        print(measure_set(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
