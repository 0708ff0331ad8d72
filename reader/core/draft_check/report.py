"""What is said about the quotations and figures of a draft, in the shell and on screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.core.draft_check.checked import CheckedFigure, CheckedQuotation, QuotationSource
from reader.core.text_formatting import one_line

LONGEST: Final = 240
"""How many code points of a passage a sentence shows."""


def source_line(source: QuotationSource) -> str:
    """Return where a quotation is from: speaker, title, outlet and day."""
    facts = (source.speaker, source.title, source.article.metadata.site, source.day)
    return " · ".join(one_line(each) for each in facts if each)


def claim_line(checked: CheckedFigure) -> str:
    """Return whose claim has another figure: its status, speaker and title."""
    claim = checked.finding.claim
    facts = (claim.annotation.status or "", claim.annotation.speaker, claim.title)
    return " · ".join(one_line(each) for each in facts if each)


def remarks(checked: CheckedQuotation, day: Callable[[str], str]) -> list[str]:
    """Return what else is to be said about a quotation that has to be looked at.

    Args:
        checked: The quotation.
        day: Returns the day of a moment as people write it.
    """
    source = checked.source
    if source is None or not checked.is_problem:
        return []
    left_out = one_line(" / ".join(source.comparison.left_out), LONGEST)
    said = f"said by {one_line(source.speaker)}, not by {one_line(checked.quotation.speaker)}"
    facts = (
        f"left out: {left_out}" if left_out else "",
        said if checked.says_other else "",
        _version(checked, source, day),
    )
    return [fact for fact in facts if fact]


def further_parts(checked: CheckedQuotation) -> list[tuple[str, str]]:
    """Return the words of each further part of a joined quotation, and where they are from."""
    return [(one_line(each.words, LONGEST), source_line(each)) for each in checked.further_sources]


def _version(checked: CheckedQuotation, source: QuotationSource, day: Callable[[str], str]) -> str:
    """Return since when or until when a source has the words; empty where it had no others."""
    other = one_line(checked.other_version, LONGEST)
    if source.is_unread:
        before = f"; before: “{other}”" if other else ""
        return f"in the file as it is now, which Margin has not read yet{before}"
    if not source.last_seen or (source.is_present and not other):
        return ""
    if source.is_present:
        return f"since {day(source.first_seen)}; before: “{other}”"
    until = f"in the version seen until {day(source.last_seen)}"
    return f"{until}; now: “{other}”" if other else f"{until}; not there now"
