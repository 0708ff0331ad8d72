"""The session that most tests of the session use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session on an empty library, whose writer is closed after the test."""
    session = Session(tmp_path / "library")
    yield session
    session.writer.close()
