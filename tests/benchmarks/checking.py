"""The time of ``margin check`` for a draft with forty quotations, in libraries of two sizes."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reader.session import Session
from reader.store.files.paths import LibraryPaths
from reader.store.files.snapshots import Snapshots
from tests.benchmarks.libraries import copy, library_of
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN

SIZES: Final = (10, 1_000)
"""The numbers of articles in the libraries; each article has ten notes, every third is a claim."""

QUOTATIONS: Final = 40
"""How many quotations the draft has, each of another article where there are as many."""

CHANGED: Final = 8
"""Every eighth of them has a word changed, so that all texts near it are compared."""

_FEWEST, _MOST = 6, 24


def checking(runs: int) -> str:
    """Measure, and return a table."""
    rows = []
    for size in SIZES:
        with copy(library_of(size)) as home:
            library, draft = home / "library", home / "draft.md"
            Session(library).articles()  # makes the index
            draft.write_text("\n\n".join(_paragraphs(library)), encoding="utf-8")
            _run(library, draft)
            seconds = [_run(library, draft) for _ in range(runs)]
        rows.append(Sample(f"{QUOTATIONS} quotations, {size:,} articles", seconds).row()[:3])
    return table(("margin check, from start to end", "median ms", "quartiles ms"), rows)


def _run(library: Path, draft: Path) -> float:
    """Check the draft in a process of its own; return how long that takes, in seconds."""
    environment = {**os.environ, "MARGIN_LIBRARY": str(library)}
    began = time.perf_counter()
    done = subprocess.run(
        [*MARGIN, "check", str(draft)], env=environment, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - began
    changed = QUOTATIONS // CHANGED
    assert f"{QUOTATIONS - changed} verbatim, {changed} to look at" in done.stderr, done.stderr
    return taken


def _paragraphs(library: Path) -> Iterator[str]:
    """Yield paragraphs with a quotation each."""
    rng = random.Random(QUOTATIONS)
    snapshots = Snapshots(LibraryPaths(library).snapshots)
    articles = [each.snapshot for each in Session(library).articles()]
    for number in range(QUOTATIONS):
        *_, document = snapshots.read(rng.choice(articles))
        words = document.text.split()
        start = rng.randrange(len(words) - _MOST)
        quotation = words[start : start + rng.randint(_FEWEST, _MOST)]
        if number % CHANGED == 0:
            quotation[3] = "kaleidoscope"
        yield f"It reads “{' '.join(quotation)}” in one of the 240 letters that were kept."
