"""Any call to the disk may fail: saved changes stay, and a sentence reports the error."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import clock
from reader.core.changes import time_of
from reader.core.document import TextRange
from reader.errors import StoreError
from reader.session import Session
from reader.store.library import Library
from tests.store import crashing, faulting
from tests.store.examples import ARTICLE, annotation

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", faulting.WORK)
@pytest.mark.parametrize("kind", ["EIO", faulting.SHORT])
def test_every_call_may_fail(name: str, kind: str, tmp_path: Path) -> None:
    # A new process, because a process with threads must not fork.
    words = [sys.executable, "-m", "tests.store.faulting", name, kind, tmp_path / "work"]
    run = subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    outcome = faulting.Outcome(**json.loads(run.stdout))
    assert outcome.lost == []
    assert outcome.faults >= 5
    assert outcome.reported > 0 or kind == faulting.SHORT


@pytest.fixture
def mount_small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder to mount small disks on."""
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True)


@pytest.mark.parametrize("limit", ["nr_blocks", "nr_inodes"])
def test_a_disk_may_be_full_at_every_write(limit: str, mount_small_disk: Path) -> None:
    saved = 0
    for room in range(1, 40):
        option = f"{limit}={room}"
        mount = ["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(mount_small_disk)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("a disk cannot be mounted here")
        library = Library(mount_small_disk / "library")
        acknowledged = []
        with contextlib.suppress(StoreError):
            for number in range(12):
                library.save(
                    ARTICLE.id,
                    article=ARTICLE,
                    annotations=[annotation(number, note="long " * 200)],
                )
                acknowledged.append(annotation(number).id)
        saved = max(saved, len(acknowledged))
        library.close()
        if acknowledged:
            with contextlib.closing(Library(library.folder)) as again:
                stored = [each.id for each in again.load(ARTICLE.id).annotations]
            assert stored == acknowledged
        for path in (mount_small_disk / "library").glob("articles/*.json"):
            json.loads(path.read_bytes())
        subprocess.run(["umount", str(mount_small_disk)], check=True)
    assert saved > 3


def test_a_clock_that_jumps_back_undoes_no_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing.prepare(tmp_path / "work")
    session, open_article = crashing.open_window(tmp_path / "work")
    _, made = open_article.mark(TextRange(crashing.FIRST, crashing.FIRST + 20), ["claim"])
    open_article.edit(made.id, note="before the jump")
    session.save_all()
    other = Session(session.folder)
    there = other.open_article(open_article.state.article.id).open_article
    monkeypatch.setattr(clock, "now", lambda: "2001-01-01T00:00:00.000Z")
    there.edit(made.id, note="after the jump")
    open_article.edit(made.id, tags=["claim", "later"])
    other.save_all()
    session.save_all()
    (saved,) = (
        each
        for each in Library(session.folder).load(open_article.state.article.id).annotations
        if each.id == made.id
    )
    assert (saved.note, saved.tags) == ("after the jump", ("claim", "later"))
    assert time_of(saved, "note") > made.created
    other.writer.close()
    session.writer.close()


def test_programs_that_annotate_one_article_at_once_lose_nothing(tmp_path: Path) -> None:
    programs, each_makes = 4, 3
    (tmp_path / "article.md").write_text(crashing.TEXT, "utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", crashing.ANNOTATE, str(program), str(each_makes)],
            cwd=tmp_path,
            env=os.environ | {"MARGIN_LIBRARY": str(tmp_path / "library"), "PYTHONPATH": str(ROOT)},
        )
        for program in range(programs)
    ]
    assert [process.wait(timeout=100) for process in running] == [0] * programs
    library = Library(tmp_path / "library")
    (article,) = library.articles()
    assert article.annotations == programs * each_makes
    assert library.problems == []
    library.close()


def test_locks_of_killed_programs_do_no_harm(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    (lock,) = (library.folder / "cache" / "locks").glob("the-quiet*.lock")
    holder = subprocess.Popen(
        [sys.executable, "-c", crashing.HOLD, str(lock)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    library.save(ARTICLE.id, annotations=[annotation(1)])
    assert len(library.load(ARTICLE.id).annotations) == 1
