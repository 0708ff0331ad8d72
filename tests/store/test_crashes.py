"""A kill at any moment loses no acknowledged change: a few dozen kills of each kind.

The full numbers: ``python -m tests.benchmarks reliability --runs 1000``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store import crashing

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 24


@pytest.mark.parametrize("name", crashing.KINDS)
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(name: str, tmp_path: Path) -> None:
    # A new process, because a process with threads must not fork.
    words = [sys.executable, "-m", "tests.store.crashing", name, tmp_path / "work", ROUNDS, 7]
    run = subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    outcome = crashing.Outcome(**json.loads(run.stdout))
    assert outcome.lost == []
    assert outcome.kills >= ROUNDS
    assert outcome.acknowledged > 0
    assert outcome.at_a_write > 0
