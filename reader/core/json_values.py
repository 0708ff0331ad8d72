"""Looks up what records of JSON hold, where a field may be missing or of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def string_in(record: Mapping[str, Any], name: str) -> str:
    """Return a field that is a text, with the space around it; empty for any other."""
    value = record.get(name)
    return value if isinstance(value, str) else ""
