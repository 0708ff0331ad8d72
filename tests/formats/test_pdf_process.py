"""PDFium in a process of its own: hostile files, and a process that really dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.errors import SourceError
from reader.formats import read_parts
from reader.formats.pdf.process import PdfProcess, ProcessLimits
from tests.formats.pdfs import Piece, page_of, pdf
from tests.processes import is_known, is_running, wait_until

MANY = pdf(
    [
        [
            Piece(30, 560, 16, f"Chapter {page}"),
            *(
                Piece(30, 540 - 9 * n, 8, f"Line {n} of page {page} with some words")
                for n in range(55)
            ),
        ]
        for page in range(400)
    ]
)
"""More than the pipe to the reader holds, so that the process waits for it."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def started() -> Iterator[Callable[..., PdfProcess]]:
    running: list[PdfProcess] = []

    def start(data: bytes, limits: ProcessLimits | None = None) -> PdfProcess:
        process = PdfProcess(data, "x.pdf", *([limits] if limits else []))
        running.append(process)
        return process

    yield start
    for process in running:
        process.close()


def failure(process: PdfProcess) -> SourceError:
    with pytest.raises(SourceError) as caught:
        for _ in process.pages(process.header().count):
            pass
    return caught.value


def forms(depth: int, times: int) -> bytes:
    """Return a page that draws forms inside forms, with ``times ** depth`` texts."""
    objects = []
    for level in range(depth):
        inner = f"/XObject<</X {7 + level} 0 R>>" if level < depth - 1 else "/Font<</F0 5 0 R>>"
        content = b"/X Do " * times if level < depth - 1 else b"BT /F0 1 Tf (x) Tj ET "
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<{inner}>>"
        objects.append((head, content))
    return page_of(b"/X Do " * times, "/XObject<</X 6 0 R>>", objects)


def test_a_page_that_never_ends_is_given_up(started: Callable[..., PdfProcess]) -> None:
    start = time.monotonic()
    error = failure(started(forms(12, 10), ProcessLimits(page_seconds=1.5)))
    assert "page 1 of x.pdf took longer than Margin waits (1.5 seconds" in error.message
    assert time.monotonic() - start < 10


@on_linux
def test_the_processor_time_of_the_process_is_bounded(started: Callable[..., PdfProcess]) -> None:
    process = started(forms(12, 10), ProcessLimits(page_seconds=60, total_seconds=1))
    assert "took longer than Margin waits" in failure(process).message


@on_linux
def test_processor_time_that_is_used_up_unwatched_is_told_as_time(
    started: Callable[..., PdfProcess],
) -> None:
    process = started(forms(12, 10), ProcessLimits(page_seconds=60, total_seconds=1))
    process.header()
    wait_until(lambda: not is_running(process.pid))  # Margin is busy with something else.
    with pytest.raises(SourceError) as caught:
        list(process.pages(1))
    assert caught.value.title == "Takes too long"


def test_a_fault_in_the_process_is_told_as_what_it_is(
    started: Callable[..., PdfProcess], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("pypdfium2", "pypdfium2_raw"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise ValueError('half installed')\n")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    process = started(MANY)
    with pytest.raises(SourceError) as caught:
        process.header()
    assert "crashed at x.pdf (ValueError: half installed)" in caught.value.message


@on_linux
def test_a_page_that_unpacks_to_gigabytes_meets_the_limit(
    started: Callable[..., PdfProcess],
) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1500)) + packer.flush()
    data = page_of(packed, "", [], "/Filter/FlateDecode")
    error = failure(started(data, ProcessLimits(memory=300 << 20)))
    assert "needs more memory" in error.message or "need more memory" in error.message


def test_a_process_that_is_killed_is_told_with_its_page(started: Callable[..., PdfProcess]) -> None:
    process = started(MANY)
    pages = process.pages(process.header().count)
    next(pages)
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(SourceError) as caught:
        list(pages)
    assert "PDFium, the library that reads PDFs, crashed at page" in caught.value.message
    assert "(SIGKILL); the text before it is incomplete" in caught.value.message


def test_a_process_that_stands_still_is_given_up(started: Callable[..., PdfProcess]) -> None:
    process = started(MANY, ProcessLimits(page_seconds=1))
    pages = process.pages(process.header().count)
    next(pages)
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(SourceError) as caught:
        list(pages)
    assert "took longer than Margin waits" in caught.value.message
    process.close()
    assert not is_known(process.pid)


def test_a_failure_in_the_middle_is_never_the_whole() -> None:
    parts = read_parts(MANY, name="x.pdf", first_slice=100)
    first = next(parts)
    assert not first.is_complete
    killed = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "pdf.worker.__main__.py"],
        capture_output=True,
        text=True,
    ).stdout.split()
    for pid in killed:
        os.kill(int(pid), signal.SIGKILL)
    assert killed
    shown = [first]
    with pytest.raises(SourceError, match="the text before it is incomplete"):
        shown.extend(parts)
    assert not any(part.is_complete for part in shown)


def test_a_reader_that_is_dropped_ends_its_process() -> None:
    process = PdfProcess(MANY, "x.pdf")
    process.header()
    pid = process.pid
    del process
    assert not is_known(pid)


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "sys.exit()", "os._exit(0)"])
def test_the_process_does_not_outlive_the_one_that_started_it(end: str, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(forms(12, 10))
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom reader.formats.pdf.process import *\n"
        f"process = PdfProcess(Path({str(tmp_path / 'x.pdf')!r}).read_bytes(), 'x')\n"
        f"process.header()\nprint(process.pid, flush=True)\n{end}\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    pid = int(done.stdout)
    wait_until(lambda: not is_running(pid))
    assert not is_running(pid)


@on_linux
def test_nothing_is_inherited(
    started: Callable[..., PdfProcess], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("A_SECRET", "of the one that reads")
    with (tmp_path / "notes").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        process = started(MANY)
        process.header()
        root = Path("/proc") / str(process.pid)
        assert b"A_SECRET" not in (root / "environ").read_bytes()
        names = {name for one in (root / "fd").iterdir() if (name := goal_of(one))}
    assert not any(name.endswith("notes") for name in names)
    limits = (root / "limits").read_text()
    assert "Max core file size        0 " in limits
    assert os.getsid(process.pid) != os.getsid(0)


def goal_of(link: Path) -> str:
    """Return the target of an open file of a process; empty if it was closed meanwhile."""
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""


@on_linux
def test_the_process_can_write_no_file_and_start_no_program(
    started: Callable[..., PdfProcess],
) -> None:
    process = started(MANY)
    process.header()
    limits = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    values = {line[:26].strip(): line[26:].split()[:2] for line in limits}
    assert values["Max file size"] == ["0", "0"]
    assert values["Max processes"] == ["0", "0"]
    assert values["Max core file size"] == ["0", "0"]
    assert values["Max open files"] == ["64", "64"]
