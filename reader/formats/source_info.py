"""What is known of a source besides its bytes and its name."""

from __future__ import annotations

from typing import NamedTuple


class SourceInfo(NamedTuple):
    """Where a source came from, and how it is to be read."""

    url: str = ""
    """The address that it was fetched from; relative links start there."""
    charset: str = ""
    """The charset that an HTTP header or the header of a part named."""
    is_whole: bool = False
    """Whether all of a page's text is read, and not its article."""
    is_saved: bool = False
    """Whether ``url`` is what a saved file states, and nothing was fetched from there."""


UNKNOWN = SourceInfo()
"""Nothing is known: a file of this machine, read as usual."""
