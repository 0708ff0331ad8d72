"""What a check of a draft found out: about each quotation, and about figures."""

from __future__ import annotations

from typing import Final, NamedTuple

from reader.core.annotation import Article
from reader.core.citation import day
from reader.core.document import Document, TextRange
from reader.core.draft_check.figures import FigureFinding
from reader.core.draft_check.matching import Comparison
from reader.core.draft_check.quotations import DraftQuotation
from reader.core.draft_check.verdicts import QuotationVerdict
from reader.core.quotation_style import Quotation
from reader.core.text_formatting import one_line

_DAY: Final = len("2026-01-31")


class QuotationSource(NamedTuple):
    """Where a quotation is from."""

    article: Article
    """The article."""
    digest: str
    """The digest of the text that has the quotation, or something like it."""
    comparison: Comparison
    """The quotation compared with that text."""
    words: str
    """The words of the text, on one line; of several pieces with an ellipsis between them."""
    speaker: str = ""
    """Who says them there; empty where that is not known."""
    is_sure: bool = False
    """Whether the source is clear about the speaker."""
    first_seen: str = ""
    """When this text was first seen; empty where the article has had only one text."""
    last_seen: str = ""
    """When it was last seen; as ``first_seen``."""
    is_unread: bool = False
    """Whether it is the text of a file that has changed since the library has read it."""

    @property
    def as_quotation(self) -> Quotation:
        """Its words with their speaker, to be shown in a style."""
        return Quotation(self.words, self.speaker)

    @property
    def title(self) -> str:
        """The title of the article, else its address."""
        return one_line(self.article.metadata.title) or self.article.source

    @property
    def day(self) -> str:
        """The day on which the article was published, else that on which it was seen."""
        if self.article.metadata.published:
            return day(self.article.metadata.published)
        seen = self.article.accessed or (self.first_seen or self.article.added)[:_DAY]
        return f"seen {day(seen)}" if seen else ""

    @property
    def is_present(self) -> bool:
        """Whether the text is the one that the article has now."""
        return self.digest == self.article.snapshot

    @property
    def place(self) -> TextRange:
        """The range in the text."""
        return self.comparison.place


class CheckedQuotation(NamedTuple):
    """A quotation of a draft, and what was found out about it."""

    quotation: DraftQuotation
    """The quotation."""
    line: int
    """The line of the draft on which it begins, from 1."""
    verdict: QuotationVerdict
    """What was found out."""
    source: QuotationSource | None = None
    """Where it is from; None where it was found nowhere."""
    says_other: bool = False
    """Whether the source clearly names another speaker than the draft."""
    other_version: str = ""
    """What another version has in place of the words: the present one where they are from an
    earlier one, else an earlier one; empty where that has nothing like them."""
    further_sources: tuple[QuotationSource, ...] = ()
    """Where its further parts are from, in order, where several places have one each."""

    @property
    def place(self) -> TextRange:
        """The range in the draft."""
        return self.quotation.range

    @property
    def is_problem(self) -> bool:
        """Whether it has to be looked at."""
        return not self.verdict.is_verbatim


class CheckedFigure(NamedTuple):
    """A figure of a draft that a claim has otherwise."""

    finding: FigureFinding
    """The figure and the claim."""
    line: int
    """The line of the draft on which it stands, from 1."""

    @property
    def place(self) -> TextRange:
        """The range in the draft."""
        return self.finding.range


class CheckedDraft(NamedTuple):
    """A draft, and what was found out about it."""

    name: str
    """The draft as the person named it."""
    document: Document
    """What it says."""
    quotations: tuple[CheckedQuotation, ...]
    """Its quotations, in order."""
    figures: tuple[CheckedFigure, ...] = ()
    """Its figures that claims have otherwise, in order."""
    read_as: str = ""
    """The format that the person named; empty where it was detected."""

    @property
    def problems(self) -> int:
        """How many quotations and figures have to be looked at."""
        return sum(each.is_problem for each in self.quotations) + len(self.figures)
