"""What the editor of an annotation returns."""

from __future__ import annotations

from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.session import Draft


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

    @classmethod
    def of(cls, source: Annotation | Draft) -> EditedNote:
        """Return what an annotation or a draft has of them."""
        return cls(source.note, source.tags, source.speaker, source.status)
