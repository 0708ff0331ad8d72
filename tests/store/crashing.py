"""Kills of real processes at work, and a check of what is left.

A child acknowledges each change once it is saved; then the child is killed. Every acknowledged change
must be there, and every file must be whole.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import filelock  # noqa: F401 - loaded once, before the children are forked

import reader.core.anchoring
import reader.exports
import reader.formats  # noqa: F401
from reader.core.document import TextRange
from reader.errors import ReaderError
from reader.session import OpenArticle, Session
from reader.store.archive.backup import write_backup
from reader.store.archive.verify import verify_backup
from reader.store.library import Library
from tests.processes import wait_for_output

TEXT = "# Ledgers\n\n" + "\n\n".join(
    f"Sentence number {number} says what was written down on that day." for number in range(1000)
)
"""An article with a thousand passages to annotate."""

FIRST = TEXT.index("Sentence")
RENEWED_AFTER = 50
"""The rounds after which a new library is made, so that it stays as small as a real one."""

FIRST_CHANGE_SECONDS = 20.0
"""How long to wait for the first change of a process, in seconds."""

ANNOTATE = """
import subprocess, sys
program, count = map(int, sys.argv[1:])
for number in range(program * count, (program + 1) * count):
    quote = f"Sentence number {number} says"
    words = [sys.executable, "-m", "reader", "annotate", "article.md", "--quote", quote]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
"""
"""A program that annotates passages with the command, one after another."""

HOLD = """
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(100)
"""
"""A program that holds a lock until it is killed."""

Say = Callable[[str], None]


class Outcome(NamedTuple):
    """The result of many kills."""

    kills: int
    """How many processes were killed."""
    at_a_write: int
    """How many of them were killed while a file was partly written."""
    acknowledged: int
    """How many changes had been acknowledged."""
    lost: list[str]
    """The acknowledged changes that are missing, and the files that are not whole."""


class Kind(NamedTuple):
    """Work that is interrupted, and how to check its result."""

    work: Callable[[Path, int, Say], None]
    """Works in a folder until it is killed: folder, number of the round, how to acknowledge."""
    lost: Callable[[Path, list[str]], Iterator[str]]
    """Yields the acknowledged changes that are missing."""
    windows: int = 1
    """How many processes work at once."""


def open_window(folder: Path) -> tuple[Session, OpenArticle]:
    """Open the article as a window does."""
    session = Session(folder / "library")
    loading = session.open(str(folder / "article.md"))
    for document in loading.rest:
        if document.is_complete:
            loading.open_article.reanchor(session.reanchor(loading.open_article.state, document))
    session.save_all()
    return session, loading.open_article


def prepare(folder: Path) -> None:
    """Make an article and a library with forty annotations."""
    folder.mkdir()
    (folder / "article.md").write_text(TEXT, "utf-8")
    session, open_article = open_window(folder)
    for number in range(40):
        open_article.mark(TextRange(FIRST + number, FIRST + number + 30), ["claim"])
    session.writer.close()


def notes_of(folder: Path) -> dict[str, tuple[str, str, tuple[str, ...], bool]]:
    """Return each annotation as a newly opened library reads it."""
    library = Library(folder / "library")
    notes = {
        each.id: (each.id, each.note, each.tags, each.is_deleted)
        for article in library.articles()
        for each in library.load(article.id).annotations
    }
    assert library.problems == [], library.problems
    library.close()
    return notes


def tag(folder: Path, turn: int, say: Say) -> None:
    session, open_article = open_window(folder)
    start = FIRST
    while True:
        start += 1
        _, made = open_article.mark(TextRange(start, start + 20), ["claim", f"turn-{turn}"])
        session.save_all()
        say(made.id)


def lost_tags(folder: Path, acknowledged: list[str]) -> Iterator[str]:
    notes = notes_of(folder)
    yield from (each for each in acknowledged if each not in notes or notes[each][3])


def edit_note(folder: Path, turn: int, say: Say) -> None:
    session, open_article = open_window(folder)
    first = open_article.state.annotations[0].id
    number = int(open_article.state.by_id[first].note.partition(" ")[0] or 0)
    while True:
        number += 1
        open_article.edit(first, note=f"{number} {'word ' * (number % 50)}end")
        session.save_all()
        say(f"{first} {number}")


def lost_notes(folder: Path, acknowledged: list[str]) -> Iterator[str]:
    notes = notes_of(folder)
    for each in acknowledged[-1:]:
        identifier, number = each.split()
        note = notes[identifier][1]
        if int(note.partition(" ")[0] or 0) < int(number) or not note.endswith("end"):
            yield each


def remove(folder: Path, turn: int, say: Say) -> None:
    session, open_article = open_window(folder)
    while True:
        _, made = open_article.mark(TextRange(FIRST, FIRST + 20), ["claim"])
        open_article.delete([made.id])
        session.save_all()
        say(made.id)
        trashed = session.removals.remove(open_article.state.article.id)
        say(f"trash {trashed.name}")
        session.removals.restore(trashed)
        say(f"back {trashed.name}")


def lost_removals(folder: Path, acknowledged: list[str]) -> Iterator[str]:
    trashed = list((folder / "library" / "trash").glob("*/articles/*.json"))
    articles = list((folder / "library" / "articles").glob("*.json"))
    if len(trashed) + len(articles) != 1:
        yield f"{len(articles)} articles, {len(trashed)} removed"
        return
    if acknowledged and acknowledged[-1].startswith("trash") and not (trashed or articles):
        yield acknowledged[-1]
    if trashed:
        library = Library(folder / "library")
        library.removals.restore(trashed[0].parent.parent)
        library.close()
    notes = notes_of(folder)
    for each in acknowledged:
        if " " not in each and not (each in notes and notes[each][3]):
            yield each


def export(folder: Path, turn: int, say: Say) -> None:
    session, open_article = open_window(folder)
    number = 0
    while True:
        number += 1
        first = open_article.state.annotations[number % 40].id
        open_article.edit(first, note=f"turn {turn} number {number}")
        session.save_all()
        session.export([open_article.state.article.id], target=folder / "notes.md")
        say(f"turn {turn} number {number}")


def lost_exports(folder: Path, acknowledged: list[str]) -> Iterator[str]:
    path = folder / "notes.md"
    if acknowledged:
        text = path.read_text("utf-8")
        if acknowledged[-1] not in text and acknowledged[-1].rpartition(" ")[0] not in text:
            yield acknowledged[-1]
        if text.count("> ") < 40:
            yield "an export is not whole"
    notes = {each[1] for each in notes_of(folder).values()}
    yield from (each for each in acknowledged[-40:] if each not in notes)


def back_up(folder: Path, turn: int, say: Say) -> None:
    while True:
        backup = write_backup(folder / "library", folder / "backup.zip")
        say(str(backup.files))


def lost_backups(folder: Path, acknowledged: list[str]) -> Iterator[str]:
    path = folder / "backup.zip"
    if acknowledged or path.exists():
        try:
            verify_backup(path)
        except ReaderError as error:
            yield error.message


KINDS = {
    "tagging": Kind(tag, lost_tags),
    "editing a note": Kind(edit_note, lost_notes),
    "removing": Kind(remove, lost_removals),
    "exporting": Kind(export, lost_exports),
    "backing up": Kind(back_up, lost_backups),
    "two windows at once": Kind(tag, lost_tags, windows=2),
}
"""The kinds of work that are interrupted, by name."""


def kill(name: str, folder: Path, rounds: int, seed: int) -> Outcome:
    """Kill processes at random moments and at the beginning of a write, in turn.

    In half of the rounds the random time begins with the first change that is acknowledged.

    Args:
        name: One of ``KINDS``.
        folder: The folder to work in; it need not exist.
        rounds: How often.
        seed: Of the random moments.
    """
    kind, chance = KINDS[name], random.Random(seed)
    kills = at_a_write = acknowledged = 0
    lost: list[str] = []
    place = folder
    for turn in range(rounds):
        if turn % RENEWED_AFTER == 0:
            shutil.rmtree(place, ignore_errors=True)
            place = folder.with_name(f"{folder.name}-{turn}")
            prepare(place)
        children = [_start(kind, place, turn) for _ in range(kind.windows)]
        if turn % 4 >= 2:  # on a busy machine nothing is acknowledged within the random time
            wait_for_output((pipe for _, pipe in children), FIRST_CHANGE_SECONDS)
        _wait(place, chance, is_at_a_write=turn % 2 == 0)
        for process, _ in children:
            os.kill(process, signal.SIGKILL)
        at_a_write += bool(_half_written(place, {process for process, _ in children}))
        for process, pipe in children:
            _, status = os.waitpid(process, 0)
            kills += 1
            assert os.WIFSIGNALED(status), f"{name}: a child ended by itself"
            with os.fdopen(pipe) as lines:
                changes = [line.rstrip("\n") for line in lines if line.endswith("\n")]
            acknowledged += len(changes)
            lost += [f"round {turn}: {change}" for change in kind.lost(place, changes)]
        lost += [f"round {turn}: {each}" for each in _unparsable(place)]
    shutil.rmtree(place, ignore_errors=True)
    return Outcome(kills, at_a_write, acknowledged, lost)


def _start(kind: Kind, folder: Path, turn: int) -> tuple[int, int]:
    """Start a child; return its process id and the pipe on which it acknowledges."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)

        def say(line: str) -> None:
            os.write(writing, f"{line}\n".encode())

        kind.work(folder, turn, say)
    except BaseException as error:  # noqa: BLE001 - a child must not continue as its parent
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(1)


def _wait(folder: Path, chance: random.Random, *, is_at_a_write: bool) -> None:
    """Wait for a random moment, and perhaps for the next write after it."""
    time.sleep(chance.uniform(0.0, 0.08))
    if is_at_a_write:
        before = set(_temporary_files(folder))
        deadline = time.monotonic() + 2
        while set(_temporary_files(folder)) <= before and time.monotonic() < deadline:
            pass


def _temporary_files(folder: Path) -> Iterator[Path]:
    for place in (folder, folder / "library" / "articles"):
        yield from place.glob(".*.tmp")


def _half_written(folder: Path, processes: set[int]) -> list[Path]:
    marks = [f"-{process}-" for process in processes]
    return [path for path in _temporary_files(folder) if any(mark in path.name for mark in marks)]


def _unparsable(folder: Path) -> Iterator[str]:
    for path in (folder / "library").rglob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError as error:
            yield f"{path.name}: {error}"


def main(name: str, folder: str, rounds: str, seed: str) -> None:
    """Print the outcome of kills of one kind, as JSON."""
    print(json.dumps(kill(name, Path(folder), int(rounds), int(seed))._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
