"""What is asked of a session and what it answers: values that cost nothing to import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reader.core.annotation import ClaimStatus

MAX_LISTED = 8
"""How many places of a repeated quote, or articles of one name, an error lists."""


class AnnotationRequest(NamedTuple):
    """A passage to annotate without opening the reader."""

    quote: str
    """The passage; any run of white space counts as one space."""
    prefix: str = ""
    """What stands before it, to tell places apart."""
    suffix: str = ""
    """What stands after it, likewise."""
    tags: Sequence[str] = ()
    """Tags; none means ``quote``."""
    note: str = ""
    """Markdown."""
    speaker: str = ""
    """Who said it."""
    status: ClaimStatus | None = None
    """How far the claim was checked."""


class Exported(NamedTuple):
    """A file that an export was written to."""

    path: Path
    """The file."""
    is_changed: bool
    """Whether its content is other than before."""
    kept: Path | None = None
    """Where the file went that someone had changed by hand; None where nobody had."""
