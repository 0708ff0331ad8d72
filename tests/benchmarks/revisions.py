"""How well passages are found again in real revisions, with the old text, without it, by quote alone.

Usage: python -m tests.benchmarks.revisions FOLDER [--draws N]. The folder has one JSON file, which may
be compressed (``.json.gz``), for each document: its ``name``, its text ``old`` and ``new``, and
``map``, a list of ``[old offset, new offset, length]`` for the characters that survived every
step of its history between. The part of a name before the first hyphen is the kind of document.

200 passages are drawn from each document. A passage survived if at least half of its characters
stand together in the new text, and is gone if less than a fifth does; others are left out, and so
are passages that were removed and written again. An answer is right by the history if both of its
ends are within two characters of those of the passage, or if four fifths of it and of the passage
are common to both. It is right by its words, too, if it is at least as like the quote as the
passage of the history is: the history often takes in what was inserted beside a passage.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import zlib
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from reader.core.alignment_runs import matched_pairs
from reader.core.alignment_words import Vocabulary, Words
from reader.core.anchoring import Anchored, Anchoring
from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.folding import fold
from reader.core.selectors import CONTEXT_LENGTH
from tests.benchmarks.measuring import table

PASSAGES: Final = 200
"""The passages that are drawn from a document."""

SHORTEST, LONGEST = 20, 400
"""The length of a passage in code points; short ones are as frequent as long ones."""

SURVIVED, GONE = 0.5, 0.2
"""At least this share of a passage survived; less than this share of it is gone."""

NEARBY: Final = 250
"""The most code points of other text between two parts of a passage that stand together."""

LARGEST_EDIT: Final = 60
"""New text that is longer than this is an insertion; shorter text is an edit of what is beside it."""

REWRITTEN: Final = 0.85
"""A passage that is gone by the history, of which the new text has this share, was written again."""

HEAD: Final = (
    "found",
    "documents",
    "survived",
    "gone",
    "recall",
    "precision",
    "placed though gone",
    "wrong edge",
    "elsewhere",
    "recall by the history",
    "precision by the history",
)


class Passage(NamedTuple):
    """A passage of an old text, and where it is in the new one."""

    range: TextRange
    """Its range in the old text."""
    places: tuple[TextRange, ...]
    """Its range in the new text, without and with the edits at its edges; none if it is gone."""


class Revised(NamedTuple):
    """A document before and after years of its history."""

    name: str
    """Its name."""
    old: str
    """The text on which the passages are annotated."""
    new: str
    """The text in which they are looked for."""
    origins: list[int]
    """For each character of the new text its offset in the old one, ``INSERTED`` or ``EDITED``."""


INSERTED, EDITED = -1, -2
"""The origins of characters that are new: of an insertion, and of an edit of the text beside it."""


def main() -> None:
    """Print a table of the passages that are found in each way."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.revisions")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--draws", type=int, default=1, metavar="N", help="draws of passages")
    options = parser.parse_args()
    results: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in sorted(options.folder.glob("*.json*")):
        document = read_revised(path)
        half = "half A" if zlib.crc32(document.name.encode()) % 2 == 0 else "half B"
        for seed in range(7, 7 + options.draws):
            for way, outcome in outcomes(document, seed):
                for group in ("all", document.name.split("-")[0], half):
                    results[way, group][outcome] += 1
    print(table(HEAD, (row(*key, count) for key, count in sorted(results.items()))))


def read_revised(path: Path) -> Revised:
    """Read a file of the folder; see the module."""
    data = path.read_bytes()
    record = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    origins = [EDITED] * len(record["new"])
    for old, new, length in record["map"]:
        origins[new : new + length] = range(old, old + length)
    start = 0
    for end in range(len(origins) + 1):
        if end < len(origins) and origins[end] == EDITED:
            continue
        if end - start > LARGEST_EDIT:
            origins[start:end] = [INSERTED] * (end - start)
        start = end + 1
    return Revised(record["name"], record["old"], record["new"], origins)


def outcomes(document: Revised, seed: int) -> Iterator[tuple[str, str]]:
    """Yield for each passage and each way of finding it the way, and how it went."""
    new = Document(document.new, (Block(BlockKind.PARAGRAPH, 0, len(document.new)),))
    compared, searched = Anchoring(new, document.old), Anchoring(new)
    for passage in passages(document, seed):
        start, end = passage.range
        exact = document.old[start:end]
        prefix = document.old[max(start - CONTEXT_LENGTH, 0) : start]
        suffix = document.old[end : end + CONTEXT_LENGTH]
        ways = {
            "with the old text": (compared, Selector(exact, prefix, suffix, start, end)),
            "without the old text": (searched, Selector(exact, prefix, suffix)),
            "by the quote alone": (searched, Selector(exact)),
        }
        for way, (anchoring, selector) in ways.items():
            result = anchoring.find(selector)
            place = result.range if isinstance(result, Anchored) else None
            yield way, outcome_of(document, passage, place)


def outcome_of(document: Revised, passage: Passage, place: TextRange | None) -> str:
    """Return what became of a passage for which a place, or none, was found."""
    if not passage.places:
        return "lost" if place is None else "placed though gone"
    if place is None:
        return "not found"
    if any(_is_same(place, each) for each in passage.places):
        return "right"
    quote = document.old[slice(*passage.range)]
    likenesses = [likeness(quote, document.new[slice(*each)]) for each in (place, *passage.places)]
    if likenesses[0] >= max(likenesses[1:]):
        return "right by its words"
    return "wrong edge" if place.overlaps(passage.places[-1]) else "elsewhere"


def _is_same(place: TextRange, other: TextRange) -> bool:
    """Return whether two ranges have the same ends, or nearly all of their text in common."""
    if abs(place.start - other.start) <= 2 and abs(place.end - other.end) <= 2:
        return True
    common = min(place.end, other.end) - max(place.start, other.start)
    return common > 0.8 * (max(place.end, other.end) - min(place.start, other.start))


def likeness(first: str, second: str) -> float:
    """Return the Dice coefficient of the words that two texts have in the same order, 0 to 1."""
    numbers: dict[str, int] = {}
    one, other = (
        [numbers.setdefault(word, len(numbers)) for word in re.findall(r"\w+", fold(text))]
        for text in (first, second)
    )
    return 2 * len(matched_pairs(one, other)) / ((len(one) + len(other)) or 1)


def passages(document: Revised, seed: int) -> Iterator[Passage]:
    """Yield the passages of a draw that have survived or are gone."""
    words = Words(document.new, Vocabulary())
    folded = fold(document.new)
    places = {origin: place for place, origin in enumerate(document.origins) if origin >= 0}
    for passage in drawn(document.old, random.Random(f"{seed}/{document.name}")):
        signs = [at for at in range(*passage) if not document.old[at].isspace()]
        cluster = _largest_cluster(sorted(places[at] for at in signs if at in places))
        share = len(cluster) / len(signs)
        if share >= SURVIVED:
            yield Passage(passage, _with_edits(cluster[0], cluster[-1] + 1, document.origins))
        elif share < GONE and not _is_written_again(document.old[slice(*passage)], words, folded):
            yield Passage(passage, ())


def drawn(text: str, rng: random.Random) -> Iterator[TextRange]:
    """Yield random passages that start at a word; four fifths of them end at one."""
    starts = [match.start() for match in re.finditer(r"\b\w", text)]
    ends = [match.end() for match in re.finditer(r"\w\b[.,;!?\u201d\"]*", text)]
    count = 0
    while count < PASSAGES:
        length = int(math.exp(rng.uniform(math.log(SHORTEST), math.log(LONGEST))))
        start = rng.choice(starts)
        end = start + length
        if end >= len(text):
            continue
        if rng.random() < 0.8:
            next_end = bisect(ends, end)
            end = ends[next_end] if next_end < len(ends) else len(text) + LONGEST
        if SHORTEST <= end - start <= LONGEST + 30:
            count += 1
            yield TextRange(start, end)


def _largest_cluster(places: list[int]) -> list[int]:
    """Return the most of ``places``, which rise, that stand together."""
    largest: list[int] = []
    first = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] - places[index - 1] > NEARBY:
            largest = max(largest, places[first:index], key=len)
            first = index
    return largest


def _with_edits(start: int, end: int, origins: list[int]) -> tuple[TextRange, TextRange]:
    """Return a range, and the same with the edits on both sides of it."""
    first, last = start, end
    while first and origins[first - 1] == EDITED:
        first -= 1
    while last < len(origins) and origins[last] == EDITED:
        last += 1
    return TextRange(start, end), TextRange(first, last)


def _is_written_again(quote: str, words: Words, folded: str) -> bool:
    """Return whether the new text has the words of a quote that is gone by the history."""
    if fold(quote).strip() in folded:
        return True
    own = Words(quote, words.vocabulary)
    pairs = matched_pairs(own.keys, words.keys, anywhere=True)
    return len(quote) >= 60 and len(pairs) >= REWRITTEN * len(own)


def row(way: str, group: str, count: Counter[str]) -> tuple[str, ...]:
    """Return a row of the table."""
    gone = count["lost"] + count["placed though gone"]
    survived = count.total() - gone
    answers = count.total() - count["lost"] - count["not found"]
    right = count["right"] + count["right by its words"]
    shares = (
        (right, survived),
        (right, answers),
        (count["placed though gone"], gone),
        (count["wrong edge"], survived),
        (count["elsewhere"], survived),
        (count["right"], survived),
        (count["right"], answers),
    )
    numbers = (f"{part / whole:.3f}" if whole else "" for part, whole in shares)
    return (way, group, str(survived), str(gone), *numbers)


if __name__ == "__main__":
    main()
