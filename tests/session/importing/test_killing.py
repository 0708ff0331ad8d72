"""An import that is killed in the middle goes on, or is taken back."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.errors import StoreError
from reader.session import Session
from tests.session.importing.files import imported, notes_of, row, write_rows

IMPORT = """
import sys
from pathlib import Path
from reader.progress import IMPORTING
from reader.session import Session

session = Session(Path(sys.argv[1]))
def stop(stage, done, total):
    if stage is IMPORTING and done == 3:
        print("here", flush=True)
        sys.stdin.readline()
session.importing.make(session.importing.plan([sys.argv[2]]), stop)
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A file with notes on six articles, one of which the library has with a note of its own."""
    session = Session(tmp_path / "library")
    session.settings = Settings(backups=0)  # nothing else writes meanwhile
    imported(session, write_rows(tmp_path / "first.jsonl", row(90, 0, note="kept")))
    rows = [row(each, each % 6, note=f"note {each}") for each in range(12)]
    return write_rows(tmp_path / "a.jsonl", *rows)


def kill_in_the_middle(tmp_path: Path, path: str) -> Session:
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(tmp_path / "library"), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    session = Session(tmp_path / "library")
    assert 1 < len(notes_of(session)) < 13
    return session


def texts(notes: list[Annotation]) -> set[str]:
    return {each.note for each in notes}


def test_the_same_command_goes_on(tmp_path: Path, path: str) -> None:
    session = kill_in_the_middle(tmp_path, path)
    imported(session, path)
    assert texts(notes_of(session)) == {"kept", *(f"note {each}" for each in range(12))}
    assert len(session.articles()) == 6
    assert [each.is_complete for each in session.stored_steps.all()] == [True, True]
    session.stored_steps.undo()
    assert texts(notes_of(session)) == {"kept"}
    assert len(session.articles()) == 1


def test_undoing_takes_back_what_was_made(tmp_path: Path, path: str) -> None:
    session = kill_in_the_middle(tmp_path, path)
    session.stored_steps.undo()
    assert texts(notes_of(session)) == {"kept"}
    assert len(session.articles()) == 1
    imported(session, path)
    assert len(notes_of(session)) == 13


@pytest.mark.parametrize("failing", [1, 2, 3, 5, 9])
def test_where_a_file_cannot_be_written_nothing_is_changed(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    session = Session(tmp_path / "library")
    session.settings = Settings(backups=0)
    plan = session.importing.plan([path])
    calls = itertools.count(1)
    sync = os.fsync

    full: list[str] = []

    def full_once(descriptor: int) -> None:
        """Find no room at one call; the thread that saves, which tries again, finds none either."""
        thread = threading.current_thread().name
        if next(calls) == failing or (thread == "margin-writer" and thread in full):
            full.append(thread)
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full_once)
    with pytest.raises(StoreError):
        session.importing.make(plan)
    monkeypatch.undo()
    session = Session(tmp_path / "library")
    assert texts(notes_of(session)) == {"kept"}
    assert len(session.articles()) == 1
    assert all(each.undone for each in session.stored_steps.all()[:-1])
    assert imported(session, path).new_notes == 12
