"""How the standard library is to parse messages: with lines of the header that end somewhere."""

from __future__ import annotations

from email.policy import Compat32
from typing import Final

MAX_HEADER_LINE: Final = 65_536
"""Code points of a line of a header; what is beyond is left out.

The library takes time in proportion to the square of its length: minutes for one of 4 MB.
"""


class _BoundedPolicy(Compat32):
    """The policy ``compat32``, with a bound on each line of a header."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of a line, as it stands in the message."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER_LINE]


POLICY: Final = _BoundedPolicy()
"""For messages from anywhere."""
