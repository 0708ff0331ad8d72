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
        if "stuck" in sys.argv:
            threading.Event().wait()

    suspend = resume = restore_terminal = lambda self: None

    def save(self, seconds):
        return True

program = Program()
supervisor = Supervisor(program)
assert supervisor.exit_code == 0
supervisor.begin()
first = int(sys.argv[1])
os.kill(os.getpid(), first)
assert program.asked.wait(20), "the signal has not come"
if "stuck" in sys.argv:
    try:
        while True:
            supervisor.expect_end()
    except BlockingIOError:
        pass
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT) * 3:
        os.kill(os.getpid(), number)
supervisor.finish()
os.kill(os.getpid(), signal.SIGTERM)
code = supervisor.exit_code
sys.stderr.flush()
os._exit(code)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("state", ["free", "stuck"])
def test_the_first_signal_makes_the_exit_code_and_nothing_is_printed(
    number: signal.Signals, state: str
) -> None:
    """Even where so many come that the pipe to the thread is full."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(number)), state],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.returncode == 128 + number
