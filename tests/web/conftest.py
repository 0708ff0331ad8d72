"""A server for each test, without a proxy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.server import Server, running, without_proxies


@pytest.fixture(autouse=True)
def _without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxies(monkeypatch)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server
