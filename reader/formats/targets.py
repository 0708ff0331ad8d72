"""The targets of links and pictures, as documents name them."""

from __future__ import annotations

import re
from typing import Final

UNSAFE_SCHEMES: Final = ("javascript:", "vbscript:", "data:")
"""What an address begins with that runs a script or holds its data itself."""


def is_unsafe(target: str) -> bool:
    """Return whether a target runs a script or holds its data itself."""
    return target.lower().startswith(UNSAFE_SCHEMES)


def file_name(target: str) -> str:
    """Return the name of the file that a target leads to, without query and fragment."""
    return re.split(r"[?#]", target)[0].rstrip("/").rpartition("/")[2]
