"""A server for each test, and no proxy between it and the test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.web.server import Server, running


@pytest.fixture(autouse=True)
def _without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server
