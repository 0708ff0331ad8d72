"""The rows of a check, two lines for each quotation and figure of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.content import Content

from reader.core.draft_check.checked import CheckedFigure, CheckedQuotation
from reader.core.draft_check.verdicts import FIGURE_PHRASE, FIGURE_SIGN, QuotationVerdict
from reader.core.text_formatting import one_line
from reader.ui.widgets.row_list import RowList, join_parts

Finding = CheckedQuotation | CheckedFigure

_GRAVE: Final = frozenset(
    {QuotationVerdict.OTHER_SPEAKER, QuotationVerdict.OTHER_WORDS, QuotationVerdict.NOWHERE}
)
"""The verdicts that call a quotation wrong."""


def phrase_of(finding: Finding) -> str:
    """Return what was found out, in a phrase."""
    return FIGURE_PHRASE if isinstance(finding, CheckedFigure) else finding.verdict.phrase


def sign_of(finding: Finding) -> tuple[str, str]:
    """Return the sign of what was found out, of one cell, and its colour."""
    if isinstance(finding, CheckedFigure):
        return FIGURE_SIGN, "$refuted"
    if not finding.is_problem:
        return finding.verdict.sign, "$supported"
    return finding.verdict.sign, "$refuted" if finding.verdict in _GRAVE else "$disputed"


def is_problem(finding: Finding) -> bool:
    """Return whether something has to be looked at."""
    return isinstance(finding, CheckedFigure) or finding.is_problem


class FindingRows(RowList[Finding]):
    """The quotations and figures of a draft: what was found out, and the words."""

    ROW_HEIGHT: ClassVar[int] = 2

    def key_of(self, row: Finding) -> str:
        """Return the place in the draft, and what it is."""
        return f"{row.place.start} {type(row).__name__}"

    def render_row(self, row: Finding, width: int, is_highlighted: bool) -> Sequence[Content]:  # noqa: ARG002
        """Return the verdict with the line of the draft, and the words of the draft."""
        if isinstance(row, CheckedFigure):
            speaker = ""
            words = f"{row.finding.figure}; a claim has {row.finding.claimed}"
        else:
            speaker = row.quotation.said_by
            words = f"“{one_line(row.quotation.words, width)}”"
        sign, colour = sign_of(row)
        head = Content.assemble((f"{sign} ", f"bold {colour}"), (phrase_of(row), "bold"))
        facts = join_parts([head, (f"line {row.line}", "$faint"), (speaker, "$faint")])
        return facts, Content.styled(f"  {one_line(words)}", "" if is_problem(row) else "$faint")
