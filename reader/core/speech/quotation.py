"""A quotation of an article, its speaker, and how sure that is."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from reader.core.document import TextRange

SURE = 0.9
"""From which share of right ones on a speaker is sure: it is taken without a question."""


class Evidence(StrEnum):
    """What shows who said a quotation."""

    AFTER = "after"
    """The attribution follows: “…”, she said."""
    BEFORE = "before"
    """The attribution precedes: She said: “…”."""
    PARTLY = "partly"
    """The sentence says so of a few quoted words: She called it “…”."""
    ASIDE = "aside"
    """The attribution stands further on in the sentence: The “…”, she said, was ..."""
    SOURCE = "source"
    """A source is named: according to her."""
    LABEL = "label"
    """The speaker's name and a colon precede."""
    SIGNED = "signed"
    """A line with the speaker's name follows a block of quoted text."""
    INTRODUCED = "introduced"
    """The paragraph before ends with a colon, or introduces a block of quoted text."""
    SAME_SENTENCE = "same sentence"
    """Another quotation of the sentence has the speaker."""
    SAME_PARAGRAPH = "same paragraph"
    """It goes on after a quotation of the same paragraph."""
    CONTINUED = "continued"
    """The quotation of the paragraph before was left open."""
    SENTENCE_BEFORE = "sentence before"
    """The sentence before says who speaks."""
    SENTENCE_AFTER = "sentence after"
    """The sentence after points back to it: That is what she said."""
    SUBJECT = "subject"
    """The sentence is about the speaker, without a verb of speech."""
    EARLIER = "earlier"
    """The speaker of an earlier paragraph seems to go on."""
    NONE = "none"
    """Nothing shows who said it."""


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """Who said something, and what shows that."""

    speaker: str
    """The fullest name of the speaker in the article, or the words for it; empty if unknown."""
    mention: TextRange | None
    """The words of the article that name the speaker; None where an earlier name is meant."""
    evidence: Evidence
    """What shows it."""
    words: str = ""
    """The words that attribute it: *she said*."""
    is_pronoun: bool = False
    """Whether a pronoun was resolved."""
    is_clear: bool = True
    """Whether the pronoun can mean nobody else."""


NOBODY = Attribution("", None, Evidence.NONE)
"""The attribution of a quotation whose speaker is not known."""


class Part(msgspec.Struct, frozen=True, gc=False):
    """An uninterrupted piece of a quotation, inside one paragraph."""

    start: int
    """Offset of its first code point inside its marks."""
    end: int
    """Offset after its last code point inside its marks."""
    outer: TextRange
    """The piece with its marks; the same range where it has none."""
    attribution: Attribution
    """Who said it."""

    @property
    def range(self) -> TextRange:
        """The piece inside its marks."""
        return TextRange(self.start, self.end)


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """What a person said, in one or several pieces, in the order of the text."""

    parts: tuple[Part, ...]
    """At least one piece; further ones follow an interruption or a paragraph's end."""
    sentence: TextRange
    """The sentences that hold the quotation with its attribution."""
    attribution: Attribution
    """Who said it, and what shows that best."""
    certainty: float
    """The share of such quotations whose speaker is right, 0 to 1; measured."""
    reason: str
    """What shows who said it, in a phrase."""

    @property
    def range(self) -> TextRange:
        """All of it, inside its outermost marks."""
        return TextRange(self.parts[0].start, self.parts[-1].end)

    @property
    def outer(self) -> TextRange:
        """All of it, with its marks."""
        return TextRange(self.parts[0].outer.start, self.parts[-1].outer.end)

    @property
    def speaker(self) -> str:
        """The fullest name of the speaker, or the words for it; empty if unknown."""
        return self.attribution.speaker

    @property
    def is_sure(self) -> bool:
        """Whether the speaker may be taken without a question."""
        return bool(self.speaker) and self.certainty >= SURE


CERTAINTY = {
    Evidence.AFTER: 0.97,
    Evidence.BEFORE: 0.94,
    Evidence.PARTLY: 0.87,
    Evidence.ASIDE: 0.97,
    Evidence.SOURCE: 0.88,
    Evidence.LABEL: 0.95,
    Evidence.SIGNED: 0.95,
    Evidence.INTRODUCED: 0.9,
    Evidence.SAME_SENTENCE: 0.85,
    Evidence.SAME_PARAGRAPH: 0.86,
    Evidence.CONTINUED: 0.5,
    Evidence.SENTENCE_BEFORE: 0.5,
    Evidence.SENTENCE_AFTER: 0.85,  # too rare to be measured: that of another quotation beside it
    Evidence.SUBJECT: 0.5,
    Evidence.EARLIER: 0.45,
    Evidence.NONE: 0.0,
}
"""The share of right speakers for each kind of evidence."""
