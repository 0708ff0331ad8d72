"""One bad file never takes the rest of a library with it, in any command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.hostile_library import name_of
from tests.store.examples import ARTICLE, OTHER
from tests.store.hostile_files import HEAVY, LIGHT, UNREADABLE

ROOT = Path(__file__).resolve().parents[2]

UNDERSTOOD = frozenset(
    {
        "a fraction of 5,000 digits",
        "a number of 30 digits",
        "a position of 30 digits",
        "a negative position",
        "a progress of 300 digits",
        "wrong schema",
        "negative schema",
        "later schema",
        "schema of 30 digits",
        "impossible time",
        "path as an id",
        "wide string",
        "nearly too many values",
        "nearly too many keys",
    }
)
"""Kinds that are odd articles, and no fault."""

LISTS = ("library", "notes", "export")


WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""Runs a program as a person who may not read every file, even as root."""


def attack(work: Path, *kinds: str, prefix: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Run every command on a library with files of these kinds; none may end in a traceback."""
    run = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.cli.hostile_library", str(work), *kinds],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode == 0, run.stderr
    results: list[dict[str, Any]] = json.loads(run.stdout)
    for result in results:
        assert "Traceback" not in result["err"], (result["command"], result["err"])
        assert result["code"] in {0, 1}, result
    return results


def assert_held(results: list[dict[str, Any]], kinds: list[str]) -> None:
    """Check that the good articles are in each list, and that each bad file is reported."""
    for result in results:
        words = result["command"]
        if words[0] in LISTS and "-o" not in words and result["library"] != "other":
            if "kept" not in words:
                assert OTHER.metadata.title in result["out"], result
            assert ARTICLE.metadata.title in result["out"], result
    reported = {
        name: "".join(
            result["out"] + result["err"] for result in results if name in result["command"]
        )
        for name in ("doctor", "library", "merge")
    }
    for kind in set(kinds) - UNDERSTOOD:
        assert name_of(kind) in reported["doctor"], kind
        assert name_of(kind) in reported["library"], kind
        assert name_of(kind) in reported["merge"], kind


def test_files_of_every_kind_leave_the_others_reachable(tmp_path: Path) -> None:
    results = attack(tmp_path, *LIGHT)
    assert_held(results, list(LIGHT))


@pytest.mark.parametrize("kind", HEAVY)
def test_a_file_that_takes_time_or_memory_is_refused(tmp_path: Path, kind: str) -> None:
    results = attack(tmp_path, kind)
    assert_held(results, [kind])


def test_the_doctor_repairs_what_can_be_repaired(tmp_path: Path) -> None:
    kinds = ["surrogate in a note", "pipe", "circle", "dangling link", "folder", "NaN", "huge"]
    results = attack(tmp_path, *kinds)
    at = next(at for at, result in enumerate(results) if "--fix" in result["command"])
    fixed, doctor, _, notes = results[at : at + 4]
    assert "could not be repaired" not in fixed["out"]
    assert doctor["code"] == 0, doctor
    assert "half of a pair �" in notes["out"]


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_reported_and_made_readable(tmp_path: Path) -> None:
    results = attack(tmp_path, *UNREADABLE, prefix=WITHOUT_RIGHTS)
    assert_held(results, list(UNREADABLE))
    (fixed,) = [
        each for each in results if "--fix" in each["command"] and each["library"] != "other"
    ]
    assert "its mode is now 600" in fixed["out"]
