"""Lists and articles in libraries of growing sizes, with their index, without it, and after edits."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Place
from reader.core.document import TextRange
from reader.core.selectors import describe
from reader.identifiers import to_ulid
from reader.session import Session
from tests.benchmarks.libraries import copy, library_of, source, title
from tests.benchmarks.measuring import PeakMemory, table
from tests.terminal.driver import MARGIN, Terminal

SIZES: Final = (10, 10_000)
"""The numbers of articles in the libraries; each article has ten notes."""

NOTES: Final = 10_000
"""How many notes the article has that is edited."""

PRESSES: Final = 12
"""How often keys are pressed while something is going on."""

_PATIENCE: Final = 120.0
_WORD: Final = title(0)[:-7].strip()


class Measured(NamedTuple):
    """What was seen of one screen."""

    first: float
    """Seconds to its first rows or lines."""
    whole: float
    """Seconds until it shows everything."""
    keys: Sequence[float]
    """Milliseconds from each key to its frame, pressed from the first rows on."""
    memory: float
    """The peak memory of the program, in MB."""


def lists(runs: int) -> str:
    """Measure, and return two tables."""
    rows = []
    for count in SIZES:
        with copy(library_of(count)) as home:
            _list(home, count)  # makes the index
            for name, measure in _WORKS.items():
                rows.append((f"{name}, {count:,} articles", *_row(measure, home, count, runs)))
    head = ("screen", "first rows s", "all s", "keys ms, median", "keys ms, worst", "MB")
    return f"{table(head, rows)}\n\n{_edited(runs)}"


def _row(
    measure: Callable[[Path, int], Measured], home: Path, count: int, runs: int
) -> tuple[str, ...]:
    seen = [measure(home, count) for _ in range(runs)]
    return _cells(seen)


def _cells(seen: Sequence[Measured]) -> tuple[str, ...]:
    keys = [key for each in seen for key in each.keys]
    return (
        f"{median(each.first for each in seen):.2f}",
        f"{median(each.whole for each in seen):.2f}",
        f"{median(keys):.0f}",
        f"{max(keys):.0f}",
        f"{max(each.memory for each in seen):.0f}",
    )


def _without_index(
    measure: Callable[[Path, int], Measured],
) -> Callable[[Path, int], Measured]:
    def delete_and_measure(home: Path, count: int) -> Measured:
        shutil.rmtree(home / "library" / "cache")
        return measure(home, count)

    return delete_and_measure


def _list(home: Path, count: int) -> Measured:
    with _started(home) as terminal, PeakMemory(terminal.pid) as memory:
        return _watch(terminal, terminal.started, _WORD, f"{count:,} articles", memory)


def _notes(home: Path, count: int) -> Measured:
    with _started(home) as terminal, PeakMemory(terminal.pid) as memory:
        terminal.wait_for(_WORD, seconds=_PATIENCE)
        terminal.settle(1.0)
        start = time.perf_counter()
        terminal.send("R")
        return _watch(terminal, start, "Who says so, and when?", f"{10 * count:,} notes", memory)


def _article(home: Path, count: int) -> Measured:
    path = source(library_of(count), 3)
    with _started(home, path) as terminal, PeakMemory(terminal.pid) as memory:
        return _watch(terminal, terminal.started, title(3), title(3), memory)


def _new_article(home: Path, count: int) -> Measured:
    path = home / "new.md"
    path.write_text(
        f"# New {time.time_ns()}\n\n" + "A sentence of a new article.\n\n" * 60, "utf-8"
    )
    with _started(home, path) as terminal, PeakMemory(terminal.pid) as memory:
        return _watch(terminal, terminal.started, "New", "New", memory)


_WORKS: Final = {
    "the library": _list,
    "the library without an index": _without_index(_list),
    "the notes": _notes,
    "the notes without an index": _without_index(_notes),
    "an article": _article,
    "an article without an index": _without_index(_article),
    "a new article without an index": _without_index(_new_article),
}


def _started(home: Path, *words: Path) -> Terminal:
    environment = {"MARGIN_LIBRARY": str(home / "library")}
    return Terminal([*MARGIN, *words], home=home, environment=environment)


def _watch(
    terminal: Terminal, start: float, first: str, whole: str, memory: PeakMemory
) -> Measured:
    """Wait for a screen's first rows, press keys, and wait for all."""
    terminal.wait_for(first, seconds=_PATIENCE)
    first_seconds = time.perf_counter() - start
    keys = []
    for number in range(PRESSES):
        begin = time.perf_counter()
        keys.append((terminal.press("jk"[number % 2], 0.05) - begin) * 1000)
    terminal.wait_for(lambda text: whole in text and "ndexing" not in text, seconds=_PATIENCE)
    whole_seconds = time.perf_counter() - start
    terminal.settle(1.0)
    terminal.send("q", "q")
    terminal.wait()
    return Measured(first_seconds, whole_seconds, keys, memory.megabytes)


def _edited(runs: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        seen = [_open_edited(Path(name) / str(run)) for run in range(runs)]
    head = (f"an edited article of {NOTES:,} notes", "seconds")
    firsts, notes, wholes, keys, memory = zip(*seen, strict=True)
    pressed = [key for each in keys for key in each]
    return table(
        head,
        [
            ("first screen", f"{median(firsts):.2f}"),
            ("first notes", f"{median(notes):.2f}"),
            ("all notes", f"{median(wholes):.2f}"),
            ("a key meanwhile, median", f"{median(pressed) / 1000:.3f}"),
            ("a key meanwhile, worst", f"{max(pressed) / 1000:.3f}"),
            ("peak memory, MB", f"{max(memory):.0f}"),
        ],
    )


def _open_edited(home: Path) -> tuple[float, float, float, list[float], float]:
    path = _edited_article(home)
    with _started(home, path) as terminal, PeakMemory(terminal.pid) as memory:
        terminal.wait_for("Many notes", seconds=_PATIENCE)
        first, note = time.perf_counter() - terminal.started, 0.0
        keys: list[float] = []
        while not note or "placing" in terminal.text or "reading the file" in terminal.text:
            begin = time.perf_counter()
            keys.append((terminal.press("jk"[len(keys) % 2], 0.05) - begin) * 1000)
            if not note and "⚑" in terminal.text:
                note = time.perf_counter() - terminal.started
        whole = time.perf_counter() - terminal.started
        terminal.send("q")
        terminal.wait()
        return first, note, whole, keys, memory.megabytes


def _edited_article(home: Path) -> Path:
    """Make an article with notes on all of its sentences; change every fiftieth of them."""
    home.mkdir(parents=True)
    path = home / "many.md"
    sentences = [f"The harbour fund paid for pump {number} twice." for number in range(NOTES)]
    path.write_text("# Many notes\n\n" + "\n\n".join(sentences), "utf-8")
    session = Session(home / "library")
    session.settings = replace(session.settings, backups=0)
    loading = session.open(str(path))
    open_article = loading.open_article
    for document in loading.rest:
        if document.is_complete:
            open_article.reanchor(session.reanchor(open_article.state, document))
    document, moment, annotations, offset = open_article.state.document, clock.now(), [], 0
    for number, sentence in enumerate(sentences):
        offset = document.text.index(sentence, offset)
        selector = describe(document, TextRange(offset, offset + len(sentence)))
        place = Place(selector.start, selector.end)
        identifier = to_ulid(1 << 120 | number)
        annotations.append(Annotation(identifier, selector, place, ("claim",), moment, moment))
    session.writer.submit(open_article.state.article.id, annotations=annotations)
    session.save_all()
    session.writer.close()
    changed = [f"{'Changed. ' * (at % 50 == 0)}{each}" for at, each in enumerate(sentences)]
    path.write_text("# Many notes\n\n" + "\n\n".join(changed), "utf-8")
    os.sync()
    return path
