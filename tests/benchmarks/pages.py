"""Web pages a second, and the time to the first screen, compared with trafilatura alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import trafilatura

from reader.formats import read_document
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN, Terminal

SAMPLE = Path(__file__).parents[2] / "sample_articles" / "the-night-ferry.html"
"""An invented news page with the usual text around its article."""

TITLE = "The night ferry that nobody counted"
"""A text on the first screen of the page."""

SIZES = (11_000, 100_000, 300_000, 1_000_000)
"""The approximate sizes of the pages, in bytes; the first page is the sample itself."""

_ALONE = """
import sys, trafilatura
found = trafilatura.bare_extraction(open(sys.argv[1], "rb").read(), with_metadata=True)
print(found.text[:80])
"""
_READING = """
import sys
from reader.formats import read_document
print(read_document(open(sys.argv[1], "rb").read()).text[:80])
"""


def pages(runs: int) -> str:
    """Measure, and return two tables."""
    made = [page_of(size) for size in SIZES]
    with tempfile.TemporaryDirectory() as name:
        return f"{_throughput(made, runs)}\n\n{_first_screens(made, Path(name), runs)}"


def page_of(size: int) -> bytes:
    """Return a page of about ``size`` bytes: the sample with its second section repeated."""
    text = SAMPLE.read_text("utf-8")
    start = text.index("<h2", text.index("<article"))
    section = text[start : text.index("<h2", start + 1)]
    repeated = "".join(
        section.replace("ferry", f"ferry {number}").replace("the ", f"the {number}th ")
        for number in range(max(0, size - len(text)) // len(section))
    )
    return (text[:start] + repeated + text[start:]).encode()


def _throughput(made: list[bytes], runs: int) -> str:
    """Compare processor time in this process; the order alternates between runs.

    trafilatura caches strings that it has trimmed, so the second extractor has an advantage.
    """
    rows = []
    for data in made:
        seconds: dict[str, list[float]] = {"margin": [], "trafilatura": []}
        for run in range(runs):
            for name in sorted(seconds, reverse=bool(run % 2)):
                start = time.process_time()
                if name == "margin":
                    read_document(data, kind="html")
                else:
                    trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
                seconds[name].append(time.process_time() - start)
        ours, theirs = (median(each) for each in seconds.values())
        rows.append(
            (
                f"{len(data):,}",
                f"{ours * 1000:.1f}",
                f"{theirs * 1000:.1f}",
                f"{ours / theirs:.2f}",
                f"{1 / ours:.1f}",
                f"{1 / theirs:.1f}",
            )
        )
    head = ("bytes", "ms", "trafilatura ms", "ratio", "pages a second", "trafilatura")
    return table(head, rows)


def _first_screens(made: list[bytes], folder: Path, runs: int) -> str:
    """Compare new processes from their start, including imports."""
    rows = []
    for data in (made[0], made[-1]):
        path = folder / f"{len(data)}.html"
        path.write_bytes(data)
        seconds: dict[str, list[float]] = {"alone": [], "reading": [], "screen": []}
        for _ in range(runs + 1):  # the first run fills the caches of the disk and of Python
            seconds["alone"].append(_run(_ALONE, path))
            seconds["reading"].append(_run(_READING, path))
            seconds["screen"].append(_screen(path))
        names = {
            "alone": "trafilatura alone",
            "reading": "the document, by Margin's parser",
            "screen": "Margin's first painted screen",
        }
        samples = {key: Sample(f"{len(data):,} bytes: {names[key]}", times[1:])
                   for key, times in seconds.items()}  # fmt: skip
        rows += [sample.row(samples["alone"]) for sample in samples.values()]
    return table(("new process, to the first text", "median ms", "quartiles ms", "ratio"), rows)


def _run(program: str, path: Path) -> float:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    command = [sys.executable, "-c", program, str(path)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _screen(path: Path) -> float:
    """Open a page with a new library."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal([*MARGIN, path], home=Path(home)) as terminal,
    ):
        terminal.wait_for(TITLE, seconds=120)
        return time.perf_counter() - terminal.started
