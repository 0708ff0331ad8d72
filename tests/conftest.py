"""What every test shares: a home of its own, so that no test sees a person's library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from reader import clock

# The same code gets the same answer: a check that passed here passes elsewhere, too.
settings.register_profile("margin", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("margin")

TESTS: Final = Path(__file__).parent
ON_SCREEN: Final = {"ui", "terminal"}
"""The folders of the tests that press keys and wait for what a screen shows."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a failing test with a screen a second time: a busy machine may show a screen too late.

    The summary counts these as reruns. A fault of the program fails twice.
    """
    for item in items:
        if not ON_SCREEN.isdisjoint(item.path.relative_to(TESTS).parts):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True, scope="module")
def end_of_writers() -> Iterator[None]:
    """End the threads that save for the sessions of a module's tests, which keep files open."""
    yield
    for thread in threading.enumerate():
        if thread.name == "margin-writer":
            thread._target.__self__.close(0)  # type: ignore[attr-defined]  # the session's writer


@pytest.fixture
def midday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time be after noon here: at four a day of reviews begins, and ten minutes are a day."""
    to_noon = timedelta(hours=12 - datetime.now().hour)
    monkeypatch.setattr(clock, "now", lambda: clock.iso(datetime.now(UTC) + to_noon))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a fresh home folder, and no setting from the environment."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("MARGIN_LIBRARY", "MARGIN_CONFIG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    return folder
