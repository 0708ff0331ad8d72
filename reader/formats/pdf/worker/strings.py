"""Reads the texts that PDFium writes in UTF-16."""

from __future__ import annotations

import ctypes
from typing import Any


def text_of(function: Any, *arguments: Any) -> str:
    """Return a text that a function of PDFium writes in UTF-16."""
    size = min(function(*arguments, None, 0), 100_000)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    function(*arguments, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
