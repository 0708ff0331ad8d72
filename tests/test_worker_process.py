"""A script in a process of its own: its answers, what ends it, and that nothing of it is left."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import helper_processes
from reader.worker_process import WorkerProcess
from tests.processes import is_known, is_running, wait_until

ECHO = """
import sys
while size := sys.stdin.buffer.read(4):
    sys.stdout.buffer.write(size + sys.stdin.buffer.read(int.from_bytes(size, "big")))
    sys.stdout.buffer.flush()
"""
"""Answers each message with itself."""

Started = Callable[..., WorkerProcess]


def framed(message: bytes) -> bytes:
    return len(message).to_bytes(4, "big") + message


def soon() -> float:
    return time.monotonic() + 20


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    running: list[WorkerProcess] = []

    def start(script: str = ECHO, *arguments: str) -> WorkerProcess:
        path = tmp_path / "worker.py"
        path.write_text(script)
        running.append(WorkerProcess(path, *arguments))
        return running[-1]

    yield start
    for each in running:
        each.close()


@given(st.lists(st.binary(max_size=300_000), max_size=5), st.booleans())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_come_whole_and_in_their_order(
    started: Started, messages: list[bytes], is_fed_meanwhile: bool
) -> None:
    process = started()
    if is_fed_meanwhile:
        process.feed_meanwhile(b"".join(map(framed, messages)))
    for message in messages:
        if not is_fed_meanwhile:
            process.feed(framed(message))
        assert process.answer(soon()) == message
    process.close()


def test_an_answer_that_does_not_come_is_given_up(started: Started) -> None:
    process = started()
    process.feed(framed(b"a") + b"\0\0")
    assert process.answer(soon()) == b"a"
    with pytest.raises(TimeoutError):
        process.answer(time.monotonic())
    process.feed(b"\0\1b")
    assert process.answer(soon()) == b"b"


def test_an_answer_that_is_too_large_is_not_read(started: Started) -> None:
    process = started()
    process.feed(framed(b"1234") + framed(b"12345"))
    assert process.answer(soon(), most=4) == b"1234"
    with pytest.raises(OverflowError):
        process.answer(soon(), most=4)


@pytest.mark.parametrize("begun", [b"", b"\0\0", b"\0\0\0\5abc"])
def test_a_process_that_ends_within_an_answer_is_told_from_one_that_is_slow(
    started: Started, begun: bytes
) -> None:
    process = started(f"import sys\nsys.stdout.buffer.write({begun!r})\nsys.exit(3)")
    with pytest.raises(EOFError):
        process.answer(soon())
    assert process.exit_code() == 3


def test_the_signal_that_ended_a_process_is_known(started: Started) -> None:
    process = started()
    os.kill(process.pid, signal.SIGTERM)
    with pytest.raises(EOFError):
        process.answer(soon())
    assert process.exit_code() == -signal.SIGTERM
    with pytest.raises(OSError, match="pipe"):
        process.feed(framed(b"a"))
    process.feed_meanwhile(framed(b"a"))


def test_a_script_gets_its_arguments_and_nothing_that_is_installed(started: Started) -> None:
    process = started(
        "import sys, os\nfrom importlib.util import find_spec\n"
        "text = repr((sys.argv[1:], find_spec('msgspec'), os.getcwd())).encode()\n"
        "sys.stdout.buffer.write(len(text).to_bytes(4, 'big') + text)\n",
        "a b",
        "--c",
    )
    assert process.answer(soon()).decode() == repr((["a b", "--c"], None, "/"))


def test_closing_ends_the_process_and_leaves_no_zombie(started: Started) -> None:
    process = started()
    process.close()
    process.close()
    assert not is_known(process.pid)
    process.kill()
    with pytest.raises(ValueError, match="closed"):
        process.feed(b"a")


def test_a_process_that_is_dropped_is_ended(tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text(ECHO)
    process = WorkerProcess(tmp_path / "worker.py")
    pid = process.pid
    process.feed_meanwhile(framed(bytes(1 << 22)))  # more than it can take before it is read
    del process
    assert not is_known(pid)


def test_all_processes_end_at_once(started: Started) -> None:
    processes = [started(), started()]
    helper_processes.kill_all()
    wait_until(lambda: not any(is_running(each.pid) for each in processes))
    for each in processes:
        with pytest.raises(EOFError):
            each.answer(soon())


def test_a_process_that_cannot_be_started_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(FileNotFoundError):
        WorkerProcess(tmp_path / "worker.py")
