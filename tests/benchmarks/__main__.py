"""``make bench``: measures speed and memory in one run, and prints tables with ratios."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from tests.benchmarks.anchoring import anchoring
from tests.benchmarks.books import books
from tests.benchmarks.checking import checking
from tests.benchmarks.comparing import comparing
from tests.benchmarks.exporting import exporting
from tests.benchmarks.first_screen import first_screen
from tests.benchmarks.growth import SIZES, growth
from tests.benchmarks.importing import importing
from tests.benchmarks.keys import keys
from tests.benchmarks.lists import lists
from tests.benchmarks.margin_notes import margin_notes
from tests.benchmarks.pages import pages
from tests.benchmarks.queries import queries
from tests.benchmarks.quotations import quotations
from tests.benchmarks.reliability import reliability
from tests.benchmarks.saving import saving
from tests.benchmarks.storage import storage
from tests.benchmarks.vaults import vaults

PARTS: Final[dict[str, tuple[Callable[[int], str], int]]] = {
    "first-screen": (first_screen, 9),
    "keys": (keys, 25),
    "margin-notes": (margin_notes, 25),
    "saving": (saving, 40),
    "anchoring": (anchoring, 7),
    "comparing": (comparing, 7),
    "checking": (checking, 5),
    "books": (books, 7),
    "pages": (pages, 7),
    "quotations": (quotations, 7),
    "storage": (storage, 15),
    "reliability": (reliability, 50),
    "growth": (growth, 3),
    "exporting": (exporting, 1),
    "lists": (lists, 3),
    "queries": (queries, 5),
    "importing": (importing, 1),
    "vaults": (vaults, 1),
}
"""The parts to measure: for each the function and the number of runs."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all by default"
    )
    parser.add_argument(
        "--runs", type=int, help="the number of runs; each part has its own default"
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(each) for each in text.split(",")],
        default=SIZES,
        help="the numbers of articles in the libraries of growth, exporting and queries, with commas",
    )
    options = parser.parse_args()
    python = platform.python_version()
    print(f"{date.today().isoformat()}, Python {python}, {platform.machine()}, {platform.system()}")
    for name in options.parts or PARTS:
        measure, runs = PARTS[name]
        if measure in (growth, exporting, queries):
            measure = partial(measure, sizes=options.sizes)
        print(f"\n{measure(options.runs or runs)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
