"""A disk that fails at one system call, for each call in turn, in a child process."""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import filelock  # noqa: F401 - loaded once, before the children are forked

import reader.core.anchoring
import reader.exports
import reader.formats
import reader.store.archive.backup
import reader.store.archive.restore  # noqa: F401
from reader.core.document import TextRange
from reader.errors import ReaderError
from reader.session import Session
from reader.session.maintenance import Maintenance
from reader.store.library import Library
from tests.store.crashing import FIRST, open_window, prepare

CALLS = ("open", "mkdir", "rename", "replace", "link", "fsync", "fchmod", "unlink", "fdopen")
"""The functions of ``os`` that fail."""

ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EROFS": errno.EROFS}
"""The errors that they raise; a short write is a fourth fault."""

SHORT = "short writes"


class Outcome(NamedTuple):
    """The result of one kind of fault in one kind of work."""

    faults: int
    """How many calls failed, one in each attempt."""
    reported: int
    """How many attempts ended with a sentence; the others succeeded."""
    lost: list[str]
    """What was lost, or was not reported in a sentence."""


class _Disk:
    """Counts calls, and lets one of them fail."""

    def __init__(self, kind: str, failing: int, folder: Path) -> None:
        self.kind = kind
        self.failing = failing
        self.folder = str(folder)
        self.calls = 0

    def check(self) -> None:
        """Count a call; raise where it is the call that fails."""
        self.calls += 1
        if self.calls == self.failing and self.kind in ERRORS:
            raise OSError(ERRORS[self.kind], os.strerror(ERRORS[self.kind]))

    def install(self) -> None:
        """Replace the functions of the system."""
        for name in CALLS:
            if name != "fdopen":
                setattr(os, name, self._wrapped(getattr(os, name)))
        os.fdopen = self._fdopen  # type: ignore[assignment]

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            is_written = call.__name__ != "open" or bool(arguments[1] & os.O_CREAT)
            is_ours = not isinstance(arguments[0], (str, os.PathLike)) or os.fspath(
                arguments[0]
            ).startswith(self.folder)
            if is_written and is_ours:
                self.check()
            return call(*arguments, **named)

        return wrapped

    def _fdopen(self, descriptor: int, mode: str = "r", **named: Any) -> Any:
        if mode != "wb":
            return builtins.open(descriptor, mode, **named)
        return io.BufferedWriter(_Raw(descriptor, self))


class _Raw(io.FileIO):
    """A file whose writes are counted, fail, or write only a part."""

    def __init__(self, descriptor: int, disk: _Disk) -> None:
        super().__init__(descriptor, "wb")
        self._disk = disk

    def write(self, data: Any) -> int:
        self._disk.check()
        if self._disk.kind == SHORT:
            data = memoryview(data)[: max(1, len(data) // 3)]
        return super().write(data) or 0


def mark(folder: Path) -> str:
    session, open_article = open_window(folder)
    _, made = open_article.mark(TextRange(FIRST, FIRST + 20), ["claim"])
    session.save_all()
    return made.id


def mark_new_article(folder: Path) -> str:
    (folder / "second.md").write_text("# Second\n\nAnother sentence to mark.", "utf-8")
    session = Session(folder / "library")
    open_article = session.open(str(folder / "second.md")).open_article
    _, made = open_article.mark(TextRange(7, 23), ["claim"])
    session.save_all()
    return made.id


def remove(folder: Path) -> str:
    session = Session(folder / "library")
    session.removals.restore(session.removals.remove(session.articles()[0].id))
    return ""


def export(folder: Path) -> str:
    session = Session(folder / "library")
    session.export([session.articles()[0].id], target=folder / "notes.md")
    return ""


def back_up(folder: Path) -> str:
    Maintenance(folder / "library").back_up(folder / "backup.zip")
    return ""


def restore(folder: Path) -> str:
    Maintenance(folder / "library").restore(folder / "kept.zip")
    return (folder / "made elsewhere").read_text("utf-8")


def merge(folder: Path) -> str:
    Maintenance(folder / "library").merge(folder / "other")
    return (folder / "made elsewhere").read_text("utf-8")


def repair(folder: Path) -> str:
    library = Library(folder / "library")
    library.articles()
    for problem in library.problems:
        raise ReaderError("Told", problem)
    return ""


WORK: dict[str, Callable[[Path], str]] = {
    "marking": mark,
    "marking in a new article": mark_new_article,
    "removing": remove,
    "exporting": export,
    "backing up": back_up,
    "restoring": restore,
    "merging": merge,
    "repairing": repair,
}
"""The kinds of work; each returns the id of an annotation that it acknowledges."""


def fail(name: str, kind: str, folder: Path) -> Outcome:
    """Let each system call of a kind of work fail, one after another.

    Args:
        name: One of ``WORK``.
        kind: One of ``ERRORS``, or ``SHORT``.
        folder: The folder to work in; it need not exist.
    """
    shutil.rmtree(folder, ignore_errors=True)
    template = folder / "template"
    folder.mkdir()
    _prepare(template, name)
    before = _present(template)
    _prepare_damage(template, name)
    reported = failing = 0
    lost: list[str] = []
    while True:
        failing += 1
        place = folder / "place"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(template, place)
        answer = _in_child(WORK[name], kind, failing, place)
        where = f"{name}, {kind}, call {failing}"
        if answer["fault"]:
            lost.append(f"{where}: {answer['fault']}")
        reported += bool(answer["message"])
        expected = before | ({answer["acknowledged"]} - {""})
        _settle_removal(place)
        if missing := expected - _present(place):
            lost.append(f"{where}: {len(missing)} annotations")
        if answer["calls"] < failing or kind == SHORT:
            return Outcome(answer["calls"] if kind == SHORT else failing - 1, reported, lost)


def _prepare(template: Path, name: str) -> None:
    prepare(template)
    if name in {"restoring", "merging"}:
        shutil.copytree(template / "library", template / "other")
        session = Session(template / "other")
        open_article = session.open_article(session.articles()[0].id).open_article
        _, made = open_article.mark(TextRange(FIRST, FIRST + 20), ["claim"])
        session.writer.close()
        (template / "made elsewhere").write_text(made.id, "utf-8")
        Maintenance(template / "other").back_up(template / "kept.zip")


def _prepare_damage(template: Path, name: str) -> None:
    if name == "repairing":
        (path,) = (template / "library" / "articles").glob("*.json")
        path.write_bytes(path.read_bytes()[:-20])


def _settle_removal(place: Path) -> None:
    """Restore what was removed before the fault: it is in the trash, whole."""
    library = Library(place / "library")
    for trashed in (place / "library" / "trash").glob("*/articles/*.json"):
        library.removals.restore(trashed.parent.parent)
    library.close()


def _present(folder: Path) -> set[str]:
    """Return the ids of all annotations in a newly opened library."""
    library = Library(folder / "library")
    articles = library.articles()
    present = {each.id for article in articles for each in library.load(article.id).annotations}
    library.close()
    return present


def _in_child(work: Callable[[Path], str], kind: str, failing: int, folder: Path) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        disk = _Disk(kind, failing, folder)
        answer: dict[str, Any] = {"acknowledged": "", "message": "", "fault": ""}
        write, leave = os.write, os._exit
        try:
            disk.install()
            answer["acknowledged"] = work(folder)
        except ReaderError as error:
            answer["message"] = error.message
        except BaseException as error:  # noqa: BLE001 - the test looks for these
            answer["fault"] = f"{type(error).__name__}: {error}"
        finally:
            write(writing, json.dumps(answer | {"calls": disk.calls}).encode())
            leave(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        answered: dict[str, Any] = json.loads(pipe.read())
        return answered


def main(name: str, kind: str, folder: str) -> None:
    """Print the outcome, as JSON."""
    print(json.dumps(fail(name, kind, Path(folder))._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
