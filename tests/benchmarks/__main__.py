"""``make bench``: measures speed and memory in one run, and prints tables with ratios."""

from __future__ import annotations

import argparse
import platform
import sys
from datetime import date

from tests.benchmarks.anchoring import anchoring
from tests.benchmarks.books import books
from tests.benchmarks.first_screen import first_screen
from tests.benchmarks.keys import keys
from tests.benchmarks.pages import pages
from tests.benchmarks.reliability import reliability
from tests.benchmarks.saving import saving
from tests.benchmarks.storage import storage

PARTS = {
    "first-screen": (first_screen, 9),
    "keys": (keys, 25),
    "saving": (saving, 40),
    "anchoring": (anchoring, 7),
    "books": (books, 7),
    "pages": (pages, 7),
    "storage": (storage, 15),
    "reliability": (reliability, 50),
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
    options = parser.parse_args()
    python = platform.python_version()
    print(f"{date.today().isoformat()}, Python {python}, {platform.machine()}, {platform.system()}")
    for name in options.parts or PARTS:
        measure, runs = PARTS[name]
        print(f"\n{measure(options.runs or runs)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
