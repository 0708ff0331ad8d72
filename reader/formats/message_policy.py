"""The policy by which the standard library parses messages: with a limit on header lines."""

from __future__ import annotations

from email.policy import Compat32
from typing import Final

MAX_HEADER_LINE: Final = 65_536
"""The longest line of a header, in code points; the rest of a longer one is dropped.

The library takes time in proportion to the square of the length: minutes for 4 MB.
"""


class _BoundedPolicy(Compat32):
    """The policy ``compat32`` with a limit on each line of a header."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of a line as the message has them."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER_LINE]


POLICY: Final = _BoundedPolicy()
"""The policy for messages from any source."""
