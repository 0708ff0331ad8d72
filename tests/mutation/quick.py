"""A plugin of pytest for trying faults: a first failing example is enough, and memory is bounded."""

from __future__ import annotations

import resource
from typing import Final

from hypothesis import Phase, settings

_MEMORY: Final = 6 << 30
"""Bytes that the tests of one fault may take."""

settings.register_profile(
    "mutants",
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)


def pytest_configure() -> None:
    """Bound the memory of this process and of those that it starts."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
