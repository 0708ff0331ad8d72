"""What can be found out about a quotation of a draft, in a phrase each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class QuotationVerdict(StrEnum):
    """What was found out about a quotation; the values are part of the JSON output."""

    VERBATIM = "verbatim"
    """A present text has it; only allowed typography differs."""
    NEWER = "newer-version"
    """The present text has it, and an earlier version had other words there."""
    OLDER = "older-version"
    """An earlier version has it, and the present text has not."""
    OTHER_SPEAKER = "other-speaker"
    """A text has it, said by someone else than the draft says."""
    CUT = "cut"
    """It leaves words out, as its ellipsis says."""
    JOINED = "joined"
    """It is made of pieces that stand far apart, or in another order, or in several texts."""
    SIGNS = "signs"
    """A text has its words with other punctuation, capitals or accents."""
    OTHER_WORDS = "other-words"
    """A text has something like it."""
    NOWHERE = "nowhere"
    """No text has anything like it."""

    @property
    def is_verbatim(self) -> bool:
        """Whether nothing has to be looked at."""
        return self is QuotationVerdict.VERBATIM

    @property
    def phrase(self) -> str:
        """What is said about the quotation."""
        return PHRASES[self]

    @property
    def sign(self) -> str:
        """The sign that stands for it in lists, of one cell."""
        return SIGNS[self]


PHRASES: Final = {
    QuotationVerdict.VERBATIM: "verbatim",
    QuotationVerdict.NEWER: "only in the newer version",
    QuotationVerdict.OLDER: "only in an older version",
    QuotationVerdict.OTHER_SPEAKER: "said by someone else",
    QuotationVerdict.CUT: "cut with an ellipsis",
    QuotationVerdict.JOINED: "joined from several places",
    QuotationVerdict.SIGNS: "with other punctuation or capitals",
    QuotationVerdict.OTHER_WORDS: "with other words",
    QuotationVerdict.NOWHERE: "found nowhere",
}
"""The phrase of each verdict."""

SIGNS: Final = {
    QuotationVerdict.VERBATIM: "✓",
    QuotationVerdict.NEWER: "↑",
    QuotationVerdict.OLDER: "↓",
    QuotationVerdict.OTHER_SPEAKER: "@",
    QuotationVerdict.CUT: "…",
    QuotationVerdict.JOINED: "+",
    QuotationVerdict.SIGNS: ",",
    QuotationVerdict.OTHER_WORDS: "≠",
    QuotationVerdict.NOWHERE: "?",
}
"""The sign of each verdict."""

FIGURE_SIGN: Final = "#"
FIGURE_PHRASE: Final = "other figure"
"""What stands for a figure that a claim has otherwise."""
