"""Count lost notes under faults: killed processes, failing disks, many programs at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.store.library import Library
from tests.benchmarks.measuring import table
from tests.store import crashing, faulting

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261122
PROGRAMS, EACH_MAKES = 10, 100
FULL = 1000
"""The number of rounds from which each of the ten programs makes a hundred annotations."""


def reliability(rounds: int) -> str:
    """Cause ``rounds`` kills of each kind and every other fault once, and return a table."""
    with tempfile.TemporaryDirectory() as name:
        rows = [*_kills(Path(name), rounds), *_disk_faults(Path(name))]
        rows.append(_many_programs(Path(name), EACH_MAKES if rounds >= FULL else 5))
        rows.append(_tinydb_kills(Path(name), rounds))
    return table(("fault", "times", "acknowledged or reported", "lost"), rows)


def _kills(folder: Path, rounds: int) -> Iterator[tuple[str, ...]]:
    for name in crashing.KINDS:
        answer = _answer("tests.store.crashing", name, folder / "kills", rounds, SEED)
        outcome = crashing.Outcome(**answer)
        _log(outcome.lost)
        yield (
            f"kill -9 while {name}",
            f"{outcome.kills:,}, of which {outcome.at_a_write:,} in a write",
            f"{outcome.acknowledged:,} changes acknowledged",
            str(len(outcome.lost)),
        )


def _disk_faults(folder: Path) -> Iterator[tuple[str, ...]]:
    for kind in (*faulting.ERRORS, faulting.SHORT):
        faults = reported = lost = 0
        for name in faulting.WORK:
            answer = _answer("tests.store.faulting", name, kind, folder / "faults")
            outcome = faulting.Outcome(**answer)
            _log(outcome.lost)
            faults += outcome.faults
            reported += outcome.reported
            lost += len(outcome.lost)
        result = f"{reported} reported in a sentence, the others succeeded"
        if kind == faulting.SHORT:
            result = "all succeeded"
        works = f"{faults} calls in {len(faulting.WORK)} kinds of work"
        yield f"{kind} at each call to the disk", works, result, str(lost)


def _many_programs(folder: Path, each_makes: int) -> tuple[str, ...]:
    (folder / "article.md").write_text(crashing.TEXT, "utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", crashing.ANNOTATE, str(program), str(each_makes)],
            cwd=folder,
            env=os.environ | {"MARGIN_LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT)},
        )
        for program in range(PROGRAMS)
    ]
    failed = sum(process.wait() != 0 for process in running)
    library = Library(folder / "library")
    stored = sum(article.annotations for article in library.articles())
    library.close()
    expected = PROGRAMS * each_makes
    return (
        f"{PROGRAMS} programs annotate one article at once",
        f"{expected:,} runs of margin annotate",
        f"{stored:,} annotations",
        str(expected - stored + failed),
    )


def _tinydb_kills(folder: Path, rounds: int) -> tuple[str, ...]:
    answer = _answer("tests.benchmarks.tinydb_kills", folder / "tinydb", rounds, SEED)
    return (
        "for comparison: kill -9 while TinyDB's own JSONStorage adds and removes one of 1,000 annotations",
        f"{rounds:,}",
        f"{answer['acknowledged']:,} changes acknowledged",
        f"{answer['broken']:,} files that do not parse",
    )


def _answer(module: str, *words: object) -> dict[str, Any]:
    """Run a module in its own process, and return the JSON that it prints."""
    run = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def _log(losses: list[str]) -> None:
    for loss in losses:
        print(loss, file=sys.stderr)
