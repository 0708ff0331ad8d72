"""The thread that takes the system's signals, in a program of its own."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, threading
from reader.ui.supervisor import Supervisor

class Program:
    def __init__(self):
        self.asked = threading.Event()

    def end(self):
        self.asked.set()
        if state == "stuck":
            threading.Event().wait()

    def save(self, seconds):
        return True

    def restore_terminal(self):
        pass

number, state = int(sys.argv[1]), sys.argv[2]
program = Program()
supervisor = Supervisor(program)
supervisor.begin()
if state == "done":
    supervisor.finish()
os.kill(os.getpid(), number)
assert state == "done" or program.asked.wait(20), "the signal has not come"
if state == "stuck":
    try:
        while True:
            supervisor.expect_end()
    except BlockingIOError:
        pass
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT) * 3:
        os.kill(os.getpid(), number)
sys.exit(supervisor.exit_code)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("state", ["free", "stuck", "done"])
def test_the_first_signal_makes_the_exit_code_and_nothing_is_printed(
    number: signal.Signals, state: str
) -> None:
    """Even where so many come that the pipe to the thread is full; not once everything is done."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(number)), state],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.returncode == (0 if state == "done" else 128 + number)
