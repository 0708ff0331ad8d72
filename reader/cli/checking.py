"""The command that checks drafts: as lines that editors understand, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.cli.library import session_of
from reader.cli.output import (
    ADDED,
    DIFFERENT,
    FACTS,
    FAINT,
    OK,
    REMOVED,
    Line,
    Parts,
    print_json,
    print_lines,
    print_message,
    print_warnings,
)
from reader.cli.pager import paging
from reader.cli.progress import watching, working
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.progress import CHECKING_QUOTATIONS
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    import argparse

    from reader.core.document import TextRange
    from reader.core.draft_check.checked import (
        CheckedDraft,
        CheckedFigure,
        CheckedQuotation,
        QuotationSource,
    )
    from reader.core.word_diff import WordDiff

NOTHING_SAVED = "The draft was not checked to its end."
"""What stays of a check that was ended."""

LONGEST_QUOTATION = 160
"""How many code points of a quotation its line shows."""


def check(options: argparse.Namespace) -> int:
    """Check drafts; the exit code is 1 if something has to be looked at."""
    if options.open and len(options.drafts) > 1:
        raise ReaderError("More than one draft", "--open shows one draft; name one.")
    session = session_of(options)
    drafts: list[CheckedDraft] = []
    for draft in options.drafts:
        with watching(draft) as watch, working({CHECKING_QUOTATIONS: NOTHING_SAVED}) as report:
            drafts.append(
                session.draft_checking.check(
                    draft, watch, read_as=options.read_as or "", report=report
                )
            )
        if options.open:
            from reader.cli.commands import open_check

            return open_check(session, drafts[0])
    print_warnings(session.problems)
    if options.json:
        print_json([draft_record(each) for each in drafts])
    else:
        with paging():
            for each in drafts:
                print_lines(draft_lines(each, has_all=options.all), colour=options.color)
        print_message(summary(drafts))
    return DIFFERENT if any(each.problems for each in drafts) else OK


def summary(drafts: list[CheckedDraft]) -> str:
    """Return a sentence on what was found: how many quotations, how many of them to look at."""
    quotations = [each for draft in drafts for each in draft.quotations]
    if not quotations:
        sentence = "No quotation of four words or more was found."
    else:
        problems = sum(each.is_problem for each in quotations)
        verbatim = len(quotations) - problems
        sentence = f"{counted(len(quotations), 'quotation')}: {verbatim} verbatim"
        sentence += f", {problems} to look at." if problems else "."
    figures = sum(len(draft.figures) for draft in drafts)
    return f"{sentence} {counted(figures, 'figure')} to look at." if figures else sentence


def draft_lines(draft: CheckedDraft, *, has_all: bool) -> Iterator[str | Line | Parts]:
    """Yield what was found out about a draft, in the order of its lines.

    Args:
        draft: The draft.
        has_all: Whether quotations that are verbatim are there, too.
    """
    from reader.core.draft_check.checked import CheckedFigure

    name = sanitise_line(draft.name)
    findings: list[CheckedQuotation | CheckedFigure] = [*draft.quotations, *draft.figures]
    for finding in sorted(findings, key=_offset):
        if isinstance(finding, CheckedFigure):
            yield from _figure_lines(name, finding)
        elif finding.is_problem or has_all:
            yield from _quotation_lines(name, finding)


def _offset(finding: CheckedQuotation | CheckedFigure) -> int:
    return finding.place.start


def _quotation_lines(name: str, checked: CheckedQuotation) -> Iterator[str | Line | Parts]:
    """Yield the line of a quotation, and below it, indented, what its source has."""
    from reader.core.draft_check.report import LONGEST, further_parts, remarks, source_line
    from reader.core.draft_check.verdicts import QuotationVerdict

    words = one_line(checked.quotation.words, LONGEST_QUOTATION)
    speaker = checked.quotation.said_by
    said = f" ({speaker})" if speaker else ""
    yield Parts(
        (
            Line(f"{name}:{checked.line}: ", FAINT),
            Line(checked.verdict.phrase, FACTS),
            Line(f": “{words}”{said}", ""),
        )
    )
    source = checked.source
    if source is None:
        return
    if source.comparison.diff is not None:
        yield from _difference(source.comparison.diff)
    elif checked.verdict is QuotationVerdict.JOINED:
        yield f"    source: “{one_line(source.words, LONGEST)}”"
    for remark in remarks(checked, clock.day_in_words):
        yield f"    {remark}"
    yield Line(f"    {source_line(source)}", FAINT)
    for part, line in further_parts(checked):
        yield f"    source: “{part}”"
        yield Line(f"    {line}", FAINT)


def _difference(diff: WordDiff) -> Iterator[Parts]:
    """Yield the words of the source and of the draft, with marks around those that differ."""
    yield Parts(
        (Line("    source: “", ""), *_marked(diff.old, diff.removed, "[-", "-]"), Line("”", ""))
    )
    yield Parts(
        (Line("    draft:  “", ""), *_marked(diff.new, diff.added, "{+", "+}"), Line("”", ""))
    )


def _marked(text: str, ranges: tuple[TextRange, ...], opening: str, closing: str) -> Iterator[Line]:
    at = 0
    for start, end in ranges:
        yield Line(text[at:start], "")
        yield Line(f"{opening}{text[start:end]}{closing}", REMOVED if opening == "[-" else ADDED)
        at = end
    yield Line(text[at:], "")


def _figure_lines(name: str, checked: CheckedFigure) -> Iterator[str | Line | Parts]:
    """Yield the line of a figure, and below it the claim that has another one."""
    finding = checked.finding
    from reader.core.draft_check.report import LONGEST, claim_line
    from reader.core.draft_check.verdicts import FIGURE_PHRASE

    yield Parts(
        (
            Line(f"{name}:{checked.line}: ", FAINT),
            Line(FIGURE_PHRASE, FACTS),
            Line(f": “{finding.figure}”; a marked claim has “{finding.claimed}”", ""),
        )
    )
    yield f"    claim: “{one_line(finding.claim.annotation.selector.exact, LONGEST)}”"
    yield Line(f"    {claim_line(checked)}", FAINT)


def draft_record(draft: CheckedDraft) -> dict[str, Any]:
    """Return a draft and what was found out about it."""
    return {
        "draft": draft.name,
        "problems": draft.problems,
        "quotations": [_quotation_record(each) for each in draft.quotations],
        "figures": [_figure_record(each) for each in draft.figures],
    }


def _quotation_record(checked: CheckedQuotation) -> dict[str, Any]:
    quotation = checked.quotation
    return {
        "line": checked.line,
        "quotation": quotation.words,
        "speaker": quotation.speaker,
        "speaker_clear": quotation.is_sure,
        "verdict": str(checked.verdict),
        "verbatim": checked.verdict.is_verbatim,
        "other_speaker": checked.says_other,
        "other_version": checked.other_version,
        "source": _source_record(checked.source) if checked.source is not None else None,
        "further_sources": [_source_record(each) for each in checked.further_sources],
    }


def _source_record(source: QuotationSource) -> dict[str, Any]:
    diff, article = source.comparison.diff, source.article
    return {
        "article": article.id,
        "title": article.metadata.title,
        "site": article.metadata.site,
        "url": article.address,
        "published": article.metadata.published,
        "added": article.added,
        "speaker": source.speaker,
        "words": source.words,
        "start": source.place.start,
        "end": source.place.end,
        "digest": source.digest,
        "present": source.is_present or source.is_unread,
        "first_seen": source.first_seen,
        "last_seen": source.last_seen,
        "source_only": [diff.old[slice(*each)] for each in diff.removed] if diff else [],
        "draft_only": [diff.new[slice(*each)] for each in diff.added] if diff else [],
        "left_out": list(source.comparison.left_out),
    }


def _figure_record(checked: CheckedFigure) -> dict[str, Any]:
    finding = checked.finding
    annotation = finding.claim.annotation
    return {
        "line": checked.line,
        "figure": finding.figure,
        "claimed": finding.claimed,
        "claim": annotation.selector.exact,
        "annotation": annotation.id,
        "article": finding.claim.article_id,
        "title": finding.claim.title,
        "speaker": annotation.speaker,
        "status": annotation.status or "",
    }
