"""A plugin of pytest that writes down which tests passed, and how long each took."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest

_PROGRAMS: Final = """
[run]
parallel = true
source = reader
context = ${PYTEST_CURRENT_TEST-}
"""
"""How programs that tests start are traced: their context is the test, as pytest names it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the file."""
    parser.addoption("--times", type=Path, help="where the times of the tests are written")


def pytest_configure(config: pytest.Config) -> None:
    """Write the times in the process that sees every test; trace programs where tests run."""
    path = config.getoption("--times")
    if path is None:
        return
    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        config.pluginmanager.register(_Times(path))
    if is_worker or not config.getoption("numprocesses", None):
        settings = path.with_name("programs.ini")
        settings.write_text(_PROGRAMS, encoding="utf-8")
        os.environ["COVERAGE_PROCESS_START"] = str(settings)


class _Times:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._seconds: dict[str, float] = defaultdict(float)
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a part of a test: its setup, itself or its teardown."""
        self._seconds[report.nodeid] += report.duration
        if not report.passed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        passed = {name: took for name, took in self._seconds.items() if name not in self._failed}
        self._path.write_text(json.dumps(passed), encoding="utf-8")
