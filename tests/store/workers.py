"""Programs that the tests start, stop and kill; each uses a library as a window does."""

from __future__ import annotations

import importlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import filelock  # noqa: F401 - imported while this process may still read it
import msgspec

from reader.errors import StoreError
from reader.store.library import Library
from tests.processes import wait_for_output
from tests.store.examples import ARTICLE, OTHER, annotation, document

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start a worker whose output can be read."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.workers", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def result(process: subprocess.Popen[str]) -> dict[str, object]:
    """Wait for a worker and return the object that it printed."""
    output, _ = process.communicate(timeout=100)
    assert process.returncode == 0
    printed: dict[str, object] = json.loads(output)
    return printed


def save_many(folder: Path, first: int, count: int) -> dict[str, object]:
    """Save annotations one at a time."""
    library = Library(folder)
    for number in range(first, first + count):
        library.save(ARTICLE.id, annotations=[annotation(number)])
    return {"saved": count}


def open_and_save(folder: Path, first: int, count: int) -> dict[str, object]:
    """Open an article that may be new, and annotate it."""
    library = Library(folder)
    article = library.finder.first(source=ARTICLE.source)
    article = article or msgspec.structs.replace(ARTICLE, id=f"01K{first:023}")
    for number in range(first, first + count):
        library.save(article.id, article=article, annotations=[annotation(number)])
    return {"saved": count}


def kill_many(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill writers, at random moments and at the beginning of a write; count what was lost.

    Three of four have saved something by then, however busy the machine is.
    """
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    lost: set[str] = set()
    for turn in range(rounds):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _save_until_killed(folder, 1000 * (turn + 1), writing)
        os.close(writing)
        if turn % 4:
            wait_for_output([reading], 30)
        _wait_for_the_moment(folder, chance, is_at_a_write=turn % 2 == 0)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            acknowledged |= {annotation(int(line)).id for line in pipe.read().split()}
        present = {each.id for each in Library(folder).load(ARTICLE.id).annotations}
        lost |= acknowledged - present
    return {"acknowledged": len(acknowledged), "lost": sorted(lost)}


def _save_until_killed(folder: Path, first: int, pipe: int) -> None:
    library = Library(folder)
    number = first
    while True:
        library.save(ARTICLE.id, annotations=[annotation(number)])
        os.write(pipe, b"%d\n" % number)
        number += 1


def _wait_for_the_moment(folder: Path, chance: random.Random, *, is_at_a_write: bool) -> None:
    time.sleep(chance.uniform(0, 0.05))
    if is_at_a_write:
        strays = set(folder.glob("articles/.margin-*"))
        deadline = time.monotonic() + 5
        while set(folder.glob("articles/.margin-*")) <= strays and time.monotonic() < deadline:
            pass


def fill(folder: Path, largest: int) -> dict[str, object]:
    """Save long notes until the file reaches its largest size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    return _save_until_refused(Library(folder))


def _save_until_refused(library: Library) -> dict[str, object]:
    for number in range(1000):
        try:
            library.save(ARTICLE.id, annotations=[annotation(number, note="long " * 200)])
        except StoreError as error:
            return {"saved": number, "message": error.message}
    return {"saved": 1000, "message": ""}


def look_without_rights(folder: Path) -> dict[str, object]:
    """Use a library that this user may read but not write."""
    _give_up_rights()
    library = Library(folder)
    before = library.load(ARTICLE.id)
    article = library.finder.first(url=ARTICLE.metadata.url)
    try:
        library.save(ARTICLE.id, annotations=[annotation(99)])
        message = ""
    except StoreError as error:
        message = error.message
    return {
        "message": message,
        "found": article is not None,
        "listed": len(library.articles()),
        "annotations": len(library.annotations()),
        "unchanged": library.load(ARTICLE.id) == before,
    }


def save_to_read_only_file(folder: Path) -> dict[str, object]:
    """Save to a read-only file in a writable folder."""
    _give_up_rights()
    library = Library(folder / "library")
    library.save(ARTICLE.id, article=ARTICLE)
    (path,) = (library.folder / "articles").iterdir()
    path.chmod(0o400)
    message = ""
    try:
        library.save(ARTICLE.id, annotations=[annotation(1)])
    except StoreError as error:
        message = error.message
    path.chmod(0o600)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    return {"message": message, "annotations": len(library.load(ARTICLE.id).annotations)}


def try_everything(folder: Path) -> dict[str, object]:
    """Use a library without any rights; anything but a sentence ends this program."""
    text = document("Text.")
    assert text.digest  # while Python's own modules can still be read
    _give_up_rights()
    messages: dict[str, object] = {}
    uses: dict[str, Callable[[Library], object]] = {
        "articles": lambda library: library.articles(),
        "annotations": lambda library: library.annotations(),
        "find": lambda library: library.finder.first(source=ARTICLE.source),
        "has": lambda library: library.has_article(ARTICLE.id),
        "load": lambda library: library.load(ARTICLE.id),
        "read-only": lambda library: library.read_only_reason(ARTICLE.id),
        "save": lambda library: library.save(ARTICLE.id, annotations=[annotation(2)]),
        "add": lambda library: library.save(OTHER.id, article=OTHER),
        "remove": lambda library: library.removals.remove(ARTICLE.id),
        "restore": lambda library: library.removals.restore(folder / "trash" / "any"),
        "has snapshot": lambda library: library.has_snapshot(text.digest),
        "read snapshot": lambda library: list(library.read_snapshot(text.digest)),
        "write snapshot": lambda library: library.write_snapshot(text),
        "problems": lambda library: library.problems,
    }
    for name, use in uses.items():
        library = Library(folder)
        try:
            use(library)
            messages[name] = ""
        except StoreError as error:
            messages[name] = error.message
        library.close()
    return messages


def _give_up_rights() -> None:
    # Python loads this module when a time is first parsed, and may not be allowed to afterwards.
    importlib.import_module("_strptime")
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def main(command: str, folder: str, *numbers: str) -> None:
    """Run a command and print what it returns."""
    work: dict[str, Callable[..., dict[str, object]]] = {
        "save": save_many,
        "open": open_and_save,
        "kill": kill_many,
        "fill": fill,
        "look": look_without_rights,
        "try": try_everything,
        "read-only": save_to_read_only_file,
    }
    print(json.dumps(work[command](Path(folder), *map(int, numbers))))


if __name__ == "__main__":
    main(*sys.argv[1:])
