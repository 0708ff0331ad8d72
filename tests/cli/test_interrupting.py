"""Ctrl+c ends work on a whole library between two files: what is done is whole, and is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.store.doctor.doctor import examine
from reader.store.files.article_data import read_article_data
from reader.store.library import Library
from tests.benchmarks.libraries import make_library
from tests.terminal.driver import MARGIN, Terminal

COUNT = 150
"""The number of articles: enough that a command is still at work when it has begun."""


@pytest.fixture(scope="module")
def home_of_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of many articles."""
    folder = tmp_path_factory.mktemp("many")
    make_library(folder, folder, COUNT)
    return folder


@pytest.fixture
def folder(home_of_many: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that folder; its files are hard links."""
    shutil.copytree(home_of_many / "library", tmp_path / "library", copy_function=os.link)
    yield tmp_path
    for path in [tmp_path, *tmp_path.rglob("*")]:
        assert not path.name.startswith(".margin-"), "a temporary file is left"


@pytest.fixture(autouse=True)
def heard_ctrl_c() -> Iterator[None]:
    """Let the commands inherit that ctrl+c is heard; a runner in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reader", *words],
        cwd=folder,
        env=os.environ
        | {
            "MARGIN_LIBRARY": str(folder / "library"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def interrupted(folder: Path, has_begun: Callable[[], object], *words: str) -> tuple[str, str]:
    """Send ctrl+c to a command once it is at work; return what it printed."""
    process = start(folder, *words)
    end = time.monotonic() + 60
    while not has_begun() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert "Traceback" not in err
    return out, err


def run(folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    process = start(folder, *words)
    out, err = process.communicate(timeout=110)
    assert process.returncode == code, out + err
    return out, err


def files_in(folder: Path, pattern: str) -> list[Path]:
    return [path for path in folder.glob(pattern) if not path.name.startswith(".")]


def content_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a library by name, without what Margin can make again."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "cache" not in path.relative_to(folder).parts
    }


def test_an_export_leaves_whole_files_and_goes_on(folder: Path) -> None:
    target = folder / "export"
    _, err = interrupted(
        folder, lambda: len(files_in(target, "*.md")) >= 5, "export", "-o", str(target)
    )
    assert "margin: Stopped while exporting articles, after " in err
    assert f" of {COUNT}. Files that were written are whole; the same command writes the" in err
    written = files_in(target, "*.md")
    assert 5 <= len(written) < COUNT
    assert all(path.read_text().count("\n>— ") == 10 for path in written)
    before = {path: path.read_bytes() for path in written}
    run(folder, "export", "-o", str(target))
    assert len(files_in(target, "*.md")) == COUNT
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_backup_leaves_no_archive_and_an_earlier_one_as_it_was(folder: Path) -> None:
    target = folder / "backup.zip"
    target.write_bytes(b"an earlier one")
    _, err = interrupted(
        folder, lambda: [*folder.glob(".margin-*.tmp")], "backup", "-o", str(target)
    )
    assert "margin: Stopped while packing files, after " in err
    assert "No archive was written." in err
    assert target.read_bytes() == b"an earlier one"
    run(folder, "backup", "-o", str(target))
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None


def test_a_merge_leaves_whole_articles_and_goes_on(folder: Path) -> None:
    new = folder / "new"
    words = ("merge", str(folder / "library"), "--library", str(new))
    before = content_of(folder / "library")
    _, err = interrupted(folder, lambda: len(files_in(new, "articles/*.json")) >= 5, *words)
    assert "margin: Stopped while merging articles, after " in err
    assert "What is merged is saved; the same command merges the rest." in err
    merged = files_in(new, "articles/*.json")
    assert 5 <= len(merged) < COUNT
    assert all(len(read_article_data(path).annotations) >= 10 for path in merged)
    assert [*examine(new)] == []
    run(folder, *words)
    assert len(files_in(new, "articles/*.json")) == COUNT
    assert [*examine(new)] == []
    assert content_of(folder / "library") == before


@pytest.mark.parametrize("is_merging", [False, True])
def test_restoring_changes_nothing_until_it_merges_whole_articles(
    folder: Path, *, is_merging: bool
) -> None:
    run(folder, "backup", "-o", str(folder / "backup.zip"))
    new = folder / "new"
    words = ("restore", str(folder / "backup.zip"), "--library", str(new))
    pattern = "articles/*.json" if is_merging else "cache/restore-*/articles/*.json"
    _, err = interrupted(folder, lambda: len(files_in(new, pattern)) >= 5, *words)
    assert files_in(new, "cache/restore-*") == []
    if is_merging:
        assert "Stopped while merging articles, after " in err
        assert "What is restored is saved; the same command restores the rest." in err
        assert [*examine(new)] == []
    else:
        assert "Stopped while unpacking files, after " in err
        assert "The library is unchanged." in err
        assert content_of(new) == {}
    run(folder, *words)
    assert len(files_in(new, "articles/*.json")) == COUNT
    assert [*examine(new)] == []


def test_what_a_killed_restoring_left_goes_with_the_next(folder: Path) -> None:
    run(folder, "backup", "-o", str(folder / "backup.zip"))
    new = folder / "new"
    words = ("restore", str(folder / "backup.zip"), "--library", str(new))
    process = start(folder, *words)
    while not files_in(new, "cache/restore-*/articles/*.json") and process.poll() is None:
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert files_in(new, "cache/restore-*")
    run(folder, *words)
    assert files_in(new, "cache/restore-*") == []


@pytest.mark.parametrize("words", [("library",), ("notes", "--json"), ("export", "-o", "export")])
def test_an_index_that_was_begun_is_gone_on_with(tmp_path: Path, words: tuple[str, ...]) -> None:
    many = 8 * COUNT
    make_library(tmp_path, tmp_path, many)
    written = tmp_path / "library" / "cache" / "index.sqlite-wal"
    out, err = interrupted(
        tmp_path, lambda: written.exists() and written.stat().st_size > 500_000, *words
    )
    assert out == ""
    assert err.count("\n") == 1
    assert "margin: Stopped while indexing articles, after " in err
    assert f" of {many:,}. What is indexed stays; the next command goes on." in err
    assert len(json.loads(run(tmp_path, "library", "--json")[0])) == many


def has_found(shown: str) -> bool:
    """Return whether the doctor can be stopped, and has seen the first hundred files."""
    return "ctrl+c stops" in shown and not re.search(r"the rights of: \d\d? of", shown)


@pytest.mark.parametrize("is_json", [False, True])
def test_the_doctor_prints_what_it_has_found(folder: Path, *, is_json: bool) -> None:
    (folder / "library" / "articles").chmod(0o755)
    before = content_of(folder / "library")
    command = [*MARGIN, "doctor", *(["--json"] if is_json else [])]
    for number in range(20):  # a fast machine has more to check, until its work is shown
        with Terminal(
            ["sh", "-c", f'exec "$@" >{folder}/out', "sh", *command],
            home=folder,
            size=(100, 10),
            environment={"MARGIN_LIBRARY": str(folder / "library")},
        ) as terminal:
            while not has_found(terminal.text) and terminal.read(0.01):
                pass
            if has_found(terminal.text):
                terminal.send("\x03")
                code = terminal.wait()
                if code == 130:
                    assert "margin: Stopped while " in terminal.text
                    assert "Nothing was changed." in terminal.text
                    assert "ctrl+c stops" not in terminal.text
                    break
                assert code == 1  # it had just come to its end
        trash = folder / "library" / "trash" / f"more-{number}"
        trash.mkdir(mode=0o700)
        for name in range(2_000 << number):
            (trash / str(name)).touch(0o600)
    else:
        pytest.fail("the doctor always came to its end before it could be stopped")
    out = (folder / "out").read_text()
    if is_json:
        assert [each["kind"] for each in json.loads(out)] == ["rights"]
    else:
        assert out.startswith("Other people may read")
        assert "No fault found" not in out
    after = content_of(folder / "library")
    assert {name: after[name] for name in before} == before


def test_ctrl_c_that_is_ignored_from_the_start_ends_nothing(folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    target = folder / "export"
    process = start(folder, "export", "-o", str(target))
    while not files_in(target, "*.md") and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(files_in(target, "*.md")) == COUNT


def test_progress_is_for_terminals_alone(folder: Path) -> None:
    out, err = run(folder, "export", "-o", str(folder / "export"))
    assert out == ""
    assert "exporting" not in err
    library = Library(folder / "library")
    assert len(library.articles()) == COUNT
    library.close()
