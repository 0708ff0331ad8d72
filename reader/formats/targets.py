"""The targets of links and pictures, as documents name them."""

from __future__ import annotations

import re
from typing import Final

UNSAFE_SCHEMES: Final = ("javascript:", "vbscript:", "data:")
"""The schemes of addresses that run a script or hold data."""


def is_unsafe(target: str) -> bool:
    """Return whether a target runs a script or holds data."""
    return target.lower().startswith(UNSAFE_SCHEMES)


def file_name(target: str) -> str:
    """Return the name of a target's file, without query and fragment."""
    return re.split(r"[?#]", target)[0].rstrip("/").rpartition("/")[2]
