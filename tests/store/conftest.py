"""Fixtures of the store's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library that is not on disk yet."""
    library = Library(tmp_path / "library")
    yield library
    library.close()
