"""What each command and screen costs in libraries of growing sizes: time, growth, peak memory."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from reader.config import Settings
from reader.core.document import TextRange
from reader.session import Session
from tests.benchmarks.libraries import copy, library_of, passage, source, title, write_source
from tests.benchmarks.measuring import PeakMemory, table
from tests.terminal.driver import MARGIN, Terminal

SIZES: Final = (10, 1_000, 10_000)
"""The numbers of articles in the libraries; each article has ten notes."""

MANY: Final = 50
"""How many articles are added by one command."""

_SHORT: Final = 3.0
"""What takes less than this many seconds is measured ``runs`` times, and the median counts."""

_PIECE: Final = 1 << 16
"""The bytes that are taken at once of what a command prints."""

_PATIENCE: Final = 600
"""The most seconds to wait for a screen."""


class Cost(NamedTuple):
    """What one piece of work cost."""

    seconds: float
    """How long it took."""
    memory: float
    """The peak memory of its processes in MB; 0 where it has no process of its own."""
    processor: float = 0
    """How many of the seconds were processor time; 0 where that is not measured."""


class Bench:
    """A library to measure, in a copy of its own for each piece of work."""

    def __init__(self, home: Path, count: int) -> None:
        """Use a copy of a home folder, whose library has ``count`` articles."""
        self.home = home
        self.count = count
        self.library = home / "library"
        self.added = 0

    def run(self, *words: str | Path) -> Cost:
        """Run a command to its end.

        Raises:
            RuntimeError: The command failed.
        """
        start, before = time.perf_counter(), _processor_time()
        with self._started(*words) as process, PeakMemory(process.pid) as memory:
            while process.stdout and process.stdout.read(_PIECE):
                pass
            code = process.wait()
            seconds = time.perf_counter() - start
        if code not in (0, 1):
            raise RuntimeError(f"margin {' '.join(map(str, words))} ended with {code}")
        return Cost(seconds, memory.megabytes, _processor_time() - before)

    def first_lines(self, *words: str | Path, lines: int) -> Cost:
        """Run a command until it has printed some lines, and kill it."""
        start = time.perf_counter()
        with self._started(*words) as process, PeakMemory(process.pid) as memory:
            for _ in range(lines):
                assert process.stdout is not None
                process.stdout.readline()
            seconds = time.perf_counter() - start
            process.kill()
        return Cost(seconds, memory.megabytes)

    def _started(self, *words: str | Path) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "HOME": str(self.home),
            "MARGIN_LIBRARY": str(self.library),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [*MARGIN, *map(str, words)]
        return subprocess.Popen(
            command,
            cwd=self.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def new_source(self) -> Path:
        """Write the source of an article that the library does not have."""
        self.added += 1
        return write_source(self.home, 2 * self.count + self.added)

    def screen(self, keys: Sequence[str], marker: str, *words: str | Path) -> Cost:
        """Start the reader, press keys, and wait for a text after the last one."""
        environment = {"MARGIN_LIBRARY": str(self.library)}
        command = [*MARGIN, *map(str, words)]
        with Terminal(command, home=self.home, environment=environment) as terminal:
            with PeakMemory(terminal.pid) as memory:
                start = terminal.started
                if keys:
                    terminal.wait_for(title(0)[:-7], seconds=_PATIENCE)
                    terminal.settle(1.0)
                    start = time.perf_counter()
                    terminal.send(*keys)
                terminal.wait_for(marker, seconds=_PATIENCE)
                seconds = time.perf_counter() - start
                terminal.settle(2.0)
            return Cost(seconds, memory.megabytes)


def _processor_time() -> float:
    """Return the processor time of all processes that this one has waited for, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


Work = Callable[[Bench], Cost]
"""Does one piece of work, and returns what it cost."""


def growth(runs: int, sizes: Sequence[int] = SIZES) -> str:
    """Measure every piece of work in libraries of some sizes, and return a table."""
    return measured(WORKS, runs, sizes)


def measured(works: Mapping[str, Work], runs: int, sizes: Sequence[int]) -> str:
    """Measure pieces of work in libraries of some sizes, and return a table.

    Args:
        works: What is measured, by its name.
        runs: How often what is short is measured.
        sizes: The numbers of articles in the libraries; each article has ten notes.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for count in sizes:
        home = library_of(count)
        with copy(home) as work:
            bench = Bench(work, count)
            bench.run("library")  # makes the index
            for name, measure in works.items():
                costs[name].append(_typical(measure, bench, runs))
                print(f"{count:,}: {name}: {costs[name][-1]}", file=sys.stderr, flush=True)
    head = ["articles"]
    for count in sizes:
        head += [f"{count:,}: s", "growth", "processor s", "growth", "MB"]
    return table(head, (_row(name, of_work) for name, of_work in costs.items()))


def _typical(measure: Work, bench: Bench, runs: int) -> Cost:
    costs = [measure(bench)]
    while costs[0].seconds < _SHORT and len(costs) < runs:
        costs.append(measure(bench))
    return Cost(
        median(each.seconds for each in costs),
        max(each.memory for each in costs),
        median(each.processor for each in costs),
    )


def _row(name: str, costs: Sequence[Cost]) -> list[str]:
    cells = [name]
    for number, cost in enumerate(costs):
        before = costs[number - 1] if number else None
        for value, former in (
            (cost.seconds, before and before.seconds),
            (cost.processor, before and before.processor),
        ):
            cells.append(f"{value:.3f}" if value else "")
            cells.append(f"{value / former:.1f}" if value and former else "")
        cells.append(f"{cost.memory:.0f}" if cost.memory else "")
    return cells


def _export(bench: Bench) -> Cost:
    shutil.rmtree(bench.home / "export", ignore_errors=True)
    return bench.run("export", "-o", bench.home / "export")


def _annotate(bench: Bench) -> Cost:
    path = bench.new_source()
    return bench.run("annotate", path, "--quote", passage(2 * bench.count + bench.added))


def _back_up(bench: Bench) -> Cost:
    return bench.run("backup", "-o", bench.home / "backup.zip")


def _restore(bench: Bench) -> Cost:
    if not (bench.home / "backup.zip").exists():
        _back_up(bench)
    return _into_nothing(bench, "restore", bench.home / "backup.zip")


def _into_nothing(bench: Bench, *words: str | Path) -> Cost:
    """Run a command on a library that does not exist yet, and delete it."""
    target = bench.home / "new-library"
    cost = bench.run(*words, "--library", target)
    shutil.rmtree(target)
    return cost


def _rebuild(bench: Bench) -> Cost:
    shutil.rmtree(bench.library / "cache")
    return bench.run("library")


def _tag(bench: Bench) -> Cost:
    """Tag a passage of an open article, and wait until that is on disk."""
    session = Session(bench.library)
    session.settings = Settings(backups=0)
    open_article = session.open(str(source(library_of(bench.count), 0))).open_article
    session.save_all()
    bench.added += 1
    start = time.perf_counter()
    open_article.mark(TextRange(20 + bench.added * 3, 60 + bench.added * 3), ["claim"])
    session.save_all()
    seconds = time.perf_counter() - start
    session.writer.close()
    return Cost(seconds, 0)


WORKS: Final[dict[str, Work]] = {
    "`margin library`": lambda bench: bench.run("library"),
    "`margin notes`": lambda bench: bench.run("notes"),
    "`margin notes --article X`": lambda bench: bench.run("notes", "--article", title(3)),
    "`margin notes --json`": lambda bench: bench.run("notes", "--json"),
    "`margin notes --json`, first line": lambda bench: bench.first_lines(
        "notes", "--json", lines=2
    ),
    "`margin export -o FOLDER`": _export,
    "`margin export -o FOLDER` again": lambda bench: bench.run("export", "-o", bench.home / "export"),
    "`margin export` as one text": lambda bench: bench.run("export"),
    "`margin export --article X`": lambda bench: bench.run("export", "--article", title(3)),
    "`margin add` one": lambda bench: bench.run("add", bench.new_source()),
    f"`margin add` {MANY}": lambda bench: bench.run(
        "add", *(bench.new_source() for _ in range(MANY))
    ),
    "`margin annotate`": _annotate,
    "`margin doctor`": lambda bench: bench.run("doctor"),
    "`margin backup`": _back_up,
    "`margin restore` into a new library": _restore,
    "`margin merge` into a new library": lambda bench: _into_nothing(bench, "merge", bench.library),
    "`margin merge` of an equal library": lambda bench: bench.run(
        "merge", library_of(bench.count) / "library"
    ),
    "`margin trash`": lambda bench: bench.run("trash"),
    "index made again": _rebuild,
    "an article opened": lambda bench: bench.screen(
        (), title(3), source(library_of(bench.count), 3)
    ),
    "library screen, first rows": lambda bench: bench.screen((), title(0)[:-7]),
    "notes screen, first rows": lambda bench: bench.screen(("R",), "Who says so, and when?"),
    "a tag saved": _tag,
}  # fmt: skip
"""What is measured, by its name."""
