"""What the editor of an annotation returns."""

from __future__ import annotations

from typing import NamedTuple


class EditedNote(NamedTuple):
    """The parts of an annotation that the editor changes."""

    note: str
    """Markdown, without white space at its end."""
    tags: tuple[str, ...]
    """At least one, each once; the first gives the colour."""
    speaker: str
    """Who said it; may be empty."""
    status: str | None
    """The result of checking a claim; None where it is not given."""
