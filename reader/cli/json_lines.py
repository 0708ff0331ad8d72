"""Results as JSON on standard output, for programs; safe for a person's terminal all the same."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, turns the order of what it shows, or is no character by itself."""


def print_json(value: Any) -> None:
    """Print a value; letters of all scripts stay as they are, what no terminal shows is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
