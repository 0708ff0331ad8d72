"""The program in a terminal while a large library is indexed: rows, leaving, signals, two at once."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.session import Session
from reader.store.files.migrations import with_schema
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from tests.terminal.driver import MARGIN, Terminal

COUNT = 12_000
"""So many that they are still being indexed when the keys of a test arrive."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for number in range(COUNT):
        moment = f"2026-11-21T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000Z"
        article = Article(
            f"01K{number:023}", f"/t/{number}.md", Metadata(title=f"Report {number}"), opened=moment
        )
        notes = [
            Annotation(
                f"01K{number:018}{each:05}",
                Selector(f"passage {number} {each}"),
                Place(0, 1),
                ("claim",),
                moment,
                moment,
            )
            for each in range(5)
        ]
        tables = {
            "article": {article.id: to_record(article)},
            "annotations": {note.id: to_record(note) for note in notes},
        }
        path = folder / f"report-{number}.json"
        path.write_bytes(encode_tables(with_schema(tables)))
        os.utime(path, (number, number))
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A home with a library that has no index."""
    shutil.copytree(made, tmp_path / "library" / "articles", copy_function=os.link)
    return tmp_path


def started(home: Path, *words: str | Path) -> Terminal:
    environment = {"MARGIN_LIBRARY": str(home / "library"), "PAGER": "cat"}
    return Terminal([*MARGIN, *words], home=home, environment=environment)


def is_indexing(text: str) -> bool:
    return "ndexing" in text


def check(home: Path) -> None:
    """Check that the library has all articles and all notes, each once."""
    session = Session(home / "library")
    ids = [each.id for each in session.articles()]
    assert len(ids) == len(set(ids)) == COUNT
    assert len({each.annotation.id for each in session.annotations()}) == 5 * COUNT
    assert session.problems == []


def test_the_library_and_the_notes_are_there_while_they_are_indexed(home: Path) -> None:
    with started(home) as terminal:
        terminal.wait_for(lambda text: f"Report {COUNT - 1}" in text and is_indexing(text))
        terminal.send("j", "j", "R")
        terminal.wait_for(lambda text: f"passage {COUNT - 1} " in text and is_indexing(text))
        terminal.send("/", *"passage 1234 3", "enter")
        terminal.wait_for("passage 1234 3", seconds=60)
        terminal.send("escape")
        terminal.wait_for(f"{5 * COUNT:,} notes", seconds=60)
        terminal.send("G")
        terminal.wait_for("passage 0 0")
        terminal.send("q")
        terminal.wait_for(f"{COUNT:,} articles")
        terminal.send("q")
        assert terminal.wait() == 0
    check(home)


@pytest.mark.parametrize("number", [0, signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_program_may_end_while_it_indexes(home: Path, number: int) -> None:
    with started(home) as terminal:
        terminal.wait_for(lambda text: "Report" in text and is_indexing(text))
        if number:
            os.kill(terminal.pid, number)
        else:
            terminal.send("q")
        codes = {0: 0, signal.SIGKILL: -signal.SIGKILL}
        assert terminal.wait(8) == codes.get(number, 128 + number)
    check(home)


def test_two_programs_index_one_library(home: Path) -> None:
    with started(home) as first, started(home, "library") as second:
        first.wait_for(lambda text: "Report" in text and is_indexing(text))
        assert second.wait(60) == 0
        first.wait_for(f"{COUNT:,} articles", seconds=60)
        first.send("q")
        assert first.wait() == 0
    check(home)


def test_ctrl_c_ends_a_command_that_indexes(home: Path) -> None:
    with started(home, "library") as terminal:
        terminal.wait_for(is_indexing)
        terminal.send("ctrl+c")
        assert terminal.wait() == 130
        assert "Stopped while indexing" in terminal.text
    check(home)


def test_an_article_opens_while_its_library_is_indexed(home: Path) -> None:
    source = home / "tides.md"
    source.write_text("# Tides\n\nNobody wondered at the harbour.\n", encoding="utf-8")
    with started(home, source) as terminal:
        terminal.wait_for("Nobody wondered")
        terminal.send("j", "v", "w", "2")
        terminal.wait_for("indexing")
        terminal.wait_for("saved")
        terminal.send("L")
        terminal.wait_for("Tides")
        terminal.wait_for(f"{COUNT + 1:,} articles", seconds=60)
        terminal.send("q", "q")
        assert terminal.wait() == 0
    found = [each for each in Session(home / "library").articles() if each.title == "Tides"]
    assert [each.annotations for each in found] == [1]
