"""Queries of notes and articles in growing libraries: a key of each kind of term, and beside ripgrep."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.config import Settings
from reader.core.query.parsing import parse
from reader.core.query.tree import EVERYTHING
from reader.session import Session
from reader.session.library_lists import FIRST_ROWS
from reader.session.querying import NoteOrder
from tests.benchmarks.growth import Bench
from tests.benchmarks.libraries import RARE, copy, library_of, title
from tests.benchmarks.measuring import PeakMemory, table
from tests.terminal.driver import MARGIN, Terminal

SIZES: Final = (10, 1_000, 10_000)
"""The numbers of articles in the libraries; each article has ten notes."""

TERMS: Final = {
    "all notes": "",
    "one letter": "h",
    "two letters": "em",
    "a word of every note": "minutes",
    "a rare word": RARE,
    "a word of no note": "zeppelin",
    "a phrase": '"page 42 of the minutes"',
    "two words, one left out": "minutes page -42",
    "OR": f"{RARE} OR zeppelin",
    "`tag:`": "tag:claim",
    "`speaker:`": "speaker:solvay",
    "`status:`": "status:open",
    "`in:`": f'in:"{title(7)}"',
    "`site:`": "site:courier",
    "`author:`": "author:marsh",
    "`project:`": "project:water",
    "`after:`": "after:2020-06",
    "`published:`": "published:2020-02",
    "`has:`": "has:note",
    "`is:`": "is:changed",
    "`note:`": f"note:{RARE}",
    "`passage:`": "passage:minister",
    "`text:`, rare": f'text:"{title(7)}"',
    "`text:`, in all": "text:minister",
    "`text:`, in none": "text:zeppelin",
    "open claims of a speaker and an outlet": "status:open speaker:prewitt site:courier",
}
"""What is asked for: a query for each kind of term."""

TYPED: Final = (RARE, "speaker:solvay", "text:minister", "status:open")
"""What is typed into the list of notes."""

NOTE: Final = "Who says so, and when?"
"""The words of every note."""

_QUIET: Final = 0.25
"""The seconds without output after which a screen is complete; a caret blinks twice a second."""

_FRAME: Final = 0.08
"""The seconds without output after which a frame is complete."""

_NOW: Final = datetime(2026, 11, 30)


class Answered(NamedTuple):
    """What a query took, in seconds."""

    first: float
    """Until the first notes, or the answer that there are none."""
    all: float
    """Until all notes."""
    notes: int
    """How many there are."""


def queries(runs: int, sizes: Sequence[int] = SIZES) -> str:
    """Measure, and return two tables."""
    answers: dict[str, list[Answered]] = {name: [] for name in TERMS}
    works: dict[str, list[str]] = {}
    for count in sizes:
        with copy(library_of(count)) as home:
            for name, value in _made(home).items():
                works.setdefault(name, []).append(value)
            with _session(home) as session:
                for name, words in TERMS.items():
                    answers[name].append(_ask(session, words, runs))
                for name, value in _work(session, runs).items():
                    works.setdefault(name, []).append(value)
            for measure in (_in_the_shell, _on_screen):
                for name, value in measure(Bench(home, count), runs).items():
                    works.setdefault(name, []).append(value)
            print(f"{count:,} articles done", file=sys.stderr, flush=True)
    return "\n\n".join((_answers(answers, sizes), _works(works, sizes)))


def _answers(answers: dict[str, list[Answered]], sizes: Sequence[int]) -> str:
    head = ["key to keys of notes"]
    for count in sizes:
        head += [f"{count:,}: first ms", "all ms", "notes"]
    rows = []
    for name, of_sizes in answers.items():
        cells = [name]
        for each in of_sizes:
            cells += [f"{each.first * 1000:.1f}", f"{each.all * 1000:.1f}", f"{each.notes:,}"]
        rows.append(cells)
    return table(head, rows)


def _works(works: dict[str, list[str]], sizes: Sequence[int]) -> str:
    head = ["", *(f"{count:,} articles" for count in sizes)]
    return table(head, [[name, *values] for name, values in works.items()])


@contextmanager
def _session(home: Path) -> Iterator[Session]:
    session = Session(home / "library")
    session.settings = Settings(backups=0)
    try:
        yield session
    finally:
        session.writer.close()


def _made(home: Path) -> dict[str, str]:
    """Make the index and the texts, and return what that took, in time and room."""
    cache = home / "library" / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    with _session(home) as session:
        library = session._library
        start = time.perf_counter()
        library.lists.update()
        notes = time.perf_counter() - start
        start = time.perf_counter()
        library.text_updates.run()
        texts = time.perf_counter() - start
        library.close()
    return {
        "index made again: the notes, s": f"{notes:.2f}",
        "then the texts, s": f"{texts:.2f}",
        "index of the notes, MB": f"{(cache / 'index.sqlite').stat().st_size / 1e6:.1f}",
        "index of the texts, MB": f"{(cache / 'texts.sqlite').stat().st_size / 1e6:.1f}",
        "the article files, MB": f"{_size(home / 'library' / 'articles') / 1e6:.1f}",
        "their texts, MB": f"{_size(home / 'sources') / 1e6:.1f}",
    }


def _size(folder: Path) -> int:
    return sum(entry.stat().st_size for entry in os.scandir(folder))


def _ask(session: Session, words: str, runs: int) -> Answered:
    """Ask a query as a key does that is typed: the index is up to date."""
    answers = []
    tree = parse(words, _NOW).tree
    list(session.queries.notes(tree))
    for _ in range(max(runs, 3)):
        first, found = 0.0, 0
        start = time.perf_counter()
        for part in session.queries.notes(tree):
            first = first or time.perf_counter() - start
            found = len(part.items)
            if found != FIRST_ROWS or part.is_complete:
                break
        every = time.perf_counter() - start
        answers.append(Answered(first, every, found))
    return Answered(
        median(each.first for each in answers),
        median(each.all for each in answers),
        answers[-1].notes,
    )


def _work(session: Session, runs: int) -> dict[str, str]:
    """Measure what else the list of notes asks for, in milliseconds."""
    fields = ("status", "speaker", "site", "tag", "project", "marked")
    claims = parse("tag:claim", _NOW).tree
    return {
        "facets of all notes, ms": _typical(
            lambda: session.queries.facets(EVERYTHING, fields), runs
        ),
        "facets of the claims, ms": _typical(lambda: session.queries.facets(claims, fields), runs),
        "speakers to complete, ms": _typical(lambda: session.queries.values("speaker"), runs),
        **{
            f"all notes, {each}, ms": _typical(partial(_all, session, each), runs)
            for each in NoteOrder
        },
        "a status saved and found, ms": _typical(_StatusChange(session), max(runs, 5)),
    }


def _all(session: Session, order: NoteOrder) -> object:
    *_, last = session.queries.notes(EVERYTHING, order)
    return last


class _StatusChange:
    """Gives a note another status, and asks for the notes with it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        record = session.record(session._library.lists.articles(1)[0].id)
        assert record is not None
        self._article_id = record.article.id
        self._note = record.annotations[0]
        self._count = 0

    def __call__(self) -> object:
        self._count += 1
        status = f"status {self._count}"
        changed = replace(self._note, status=status, modified=clock.now())
        self._session.writer.submit(self._article_id, annotations=[changed])
        self._session.save_all()
        tree = parse(f'status:"{status}" tag:{changed.tags[0]}', _NOW, statuses=[status]).tree
        found = next(self._session.queries.notes(tree)).items
        assert [key.id for key in found] == [changed.id]
        return found


def _typical(work: Callable[[], object], runs: int) -> str:
    seconds = []
    for _ in range(max(runs, 3)):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return f"{median(seconds) * 1000:.1f}"


def _in_the_shell(bench: Bench, runs: int) -> dict[str, str]:
    """Measure commands, and ripgrep on the same files."""
    notes, texts = bench.library / "articles", bench.home / "sources"
    rg = shutil.which("rg")
    commands: dict[str, Callable[[], tuple[float, float]]] = {
        f"`margin notes {RARE}`": lambda: bench.run("notes", RARE)[:2],
        f"`margin notes {RARE} --json`": lambda: bench.run("notes", RARE, "--json")[:2],
        "`margin notes status:open speaker:prewitt`": lambda: bench.run(
            "notes", "status:open", "speaker:prewitt"
        )[:2],
        f"`margin search {RARE}`": lambda: bench.run("search", RARE)[:2],
        "`margin search text:zeppelin`": lambda: bench.run("search", "text:zeppelin")[:2],
    }
    for name, folder, words in (
        (f"`rg -i {RARE}` in the article files", notes, RARE),
        ("`rg -i zeppelin` in the texts", texts, "zeppelin"),
    ):
        if rg is not None:
            commands[name] = partial(_grep, rg, words, folder)
    measured = {}
    for name, run in commands.items():
        costs = [run() for _ in range(max(runs, 3))]
        seconds, memory = median(cost[0] for cost in costs), max(cost[1] for cost in costs)
        measured[f"{name}, s (MB)"] = (
            f"{seconds:.3f} ({memory:.0f})" if memory else f"{seconds:.3f}"
        )
    if rg is None:
        measured["ripgrep"] = "not installed (Debian's package is ripgrep)"
    return measured


def _on_screen(bench: Bench, runs: int) -> dict[str, str]:
    """Measure the list of notes: its first rows, and the frames of keys, in milliseconds."""
    firsts = [bench.screen(("R",), NOTE).seconds for _ in range(max(runs, 3))]
    measured = {"the list of notes, first rows, ms": f"{median(firsts) * 1000:.0f}"}
    environment = {"MARGIN_LIBRARY": str(bench.library)}
    with Terminal([*MARGIN], home=bench.home, environment=environment) as terminal:
        with PeakMemory(terminal.pid) as memory:
            terminal.wait_for(title(0)[:-7])
            terminal.settle(_QUIET)
            terminal.send("R")
            terminal.wait_for(NOTE)
            terminal.settle(_QUIET)
            for words in TYPED:
                terminal.send("/")
                terminal.settle(_QUIET)
                measured[f"a key of `{words}`, ms"] = _frames(terminal, words)
                terminal.send("escape")
                terminal.settle(_QUIET)
            measured["the key of a status, ms"] = _frames(terminal, "SD" * 6)
        measured["peak memory of the list of notes, MB"] = f"{memory.megabytes:.0f}"
        terminal.send("q", "q")
    return measured


def _frames(terminal: Terminal, keys: str) -> str:
    """Press keys, and return the median of the times to their frames, in milliseconds."""
    times = []
    for key in keys:
        start = time.perf_counter()
        times.append(terminal.press(key, _FRAME) - start)
        terminal.settle(_QUIET)
    return f"{median(times) * 1000:.0f}"


def _grep(rg: str, words: str, folder: Path) -> tuple[float, float]:
    start = time.perf_counter()
    subprocess.run([rg, "-i", "--no-ignore", words, folder], stdout=subprocess.PIPE, check=False)
    return time.perf_counter() - start, 0
