"""An order of any values of JSON, which decides between equal times when copies are merged."""

from __future__ import annotations

from typing import Any

import msgspec


def order_key(value: Any) -> bytes:
    """Return bytes that order values in the same way on every machine; equal values are equal."""
    try:
        return msgspec.json.encode(value, order="sorted")
    except (UnicodeEncodeError, OverflowError):  # no text in UTF-8, no number of 64 bits
        return ascii(value).encode()
