"""A quoted passage inside one paragraph, as the parts of this room hand it on."""

from __future__ import annotations

import msgspec

from reader.core.document import TextRange
from reader.core.speech.quotation import Attribution, Part


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A quoted passage with what attributes it."""

    part: Part
    """The passage and its attribution."""
    paragraph: int
    """The number of its paragraph, from 0."""
    sentence: TextRange
    """The sentence that holds it, or its whole paragraph."""
    is_closed: bool = True
    """Whether a mark closes it; otherwise the next paragraph may go on with it."""
    opens_paragraph: bool = True
    """Whether its paragraph begins with it."""

    @property
    def attribution(self) -> Attribution:
        """Who said it."""
        return self.part.attribution
