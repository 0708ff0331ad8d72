"""What is known of a source besides its bytes and its name."""

from __future__ import annotations

from typing import NamedTuple


class Carriage(NamedTuple):
    """How a source came here, and how it is to be read."""

    url: str = ""
    """The address that it was fetched from; relative links start there."""
    charset: str = ""
    """The charset that the carrier named: an HTTP header, or the header of a part."""
    whole: bool = False
    """Whether all of a page's text is wanted, and not its article."""
    is_saved: bool = False
    """Whether ``url`` is what a saved file says of itself, and nothing was fetched from there."""


UNKNOWN = Carriage()
"""Nothing is known: a file of this machine, read as usual."""
