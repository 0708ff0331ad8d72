"""Formats values as lines for people in a shell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import TYPE_CHECKING, Final

from reader import clock
from reader.cli.output import FACTS, FAINT, TITLE, Line, Parts
from reader.core.annotation import ArticleState
from reader.core.citation import cite_evidence
from reader.core.dates import in_words
from reader.core.evidence import evidence_in
from reader.core.layout import Layout
from reader.core.selectors import former_context
from reader.core.text_formatting import counted, one_line, page_label
from reader.core.wording import wording_history
from reader.safe_text import sanitise, sanitise_line

if TYPE_CHECKING:
    from reader.cli.asking import FoundArticle
    from reader.core.document import Document
    from reader.session import AnnotationSummary, ArticleSummary
    from reader.session.deletions import Deletion

MOST_SECTION: Final = 80
"""The most code points of the heading above a passage that are printed."""

MOST_NOTE: Final = 160
"""The most code points of a note that are printed below what a search found."""


def lines_of(document: Document, width: int) -> Iterator[str]:
    """Yield the lines of a document as the reader shows it, without colours.

    Args:
        document: What to print.
        width: The width of a line in cells.
    """
    layout = Layout(document, width)
    while not layout.measure():
        pass
    for y in range(layout.height):
        text, x = "", 0
        for piece in layout.line(y).pieces:
            text += " " * (piece.x - x) + piece.text
            x = piece.x + piece.width
        yield text.rstrip()


def note_lines(summary: AnnotationSummary) -> list[str | Line]:
    """Return the lines of an annotation: tags, passage, note, and where and when it was marked."""
    annotation = summary.annotation
    facts = [", ".join(annotation.tags)]
    if annotation.speaker:
        facts.append(annotation.speaker)
    if annotation.status:
        facts.append(annotation.status)
    if annotation.is_orphaned:
        facts.append(f"lost its place: {annotation.loss}" if annotation.loss else "lost its place")
    if annotation.is_deleted:
        facts.append(f"deleted {clock.local_day(annotation.deleted)}")
    lines: list[str | Line] = [
        Line(sanitise_line(f"[{' · '.join(facts)}] {annotation.id}"), FACTS),
        Line(f"  “{one_line(annotation.selector.exact)}”", TITLE),
    ]
    if history := wording_history(annotation, clock.day_in_words):
        lines.append(Line(sanitise_line(f"  It {history}."), FAINT))
    lines += [
        Line(sanitise_line(f"  {cite_evidence(each)}"), FAINT)
        for each in evidence_in(annotation.links)
    ]
    lines += [f"  {line}" for line in sanitise(annotation.note).splitlines()]
    if annotation.is_orphaned and (context := former_context(annotation.selector)):
        lines.append(Line(f"  {context}", FAINT))
    page = page_label(annotation.selector.page)
    section = one_line(annotation.selector.section, MOST_SECTION)
    section = "" if section == one_line(summary.article_title, MOST_SECTION) else section
    origin = (summary.article_title, section, page, clock.local_day(annotation.created))
    lines.append(Line(sanitise_line(f"  {' · '.join(filter(None, origin))}"), FAINT))
    return lines


def article_lines(article: ArticleSummary) -> list[str | Line]:
    """Return the lines of an article: its title, then facts about it, indented."""
    progress = [f"{article.progress:.0%}"] if article.state is ArticleState.READING else []
    tags = [sanitise_line(", ".join(article.tags))] if article.tags else []
    claims = [counted(article.open_claims, "open claim")] if article.open_claims else []
    facts = [str(article.state), *progress, counted(article.annotations, "note"), *claims, *tags]
    if article.opened:
        facts.append(f"opened {clock.local_day(article.opened)}")
    source = article.source or ("" if article.snapshot else "no text yet: open its file")
    return [
        Line(sanitise_line(article.title), TITLE),
        f"  {' · '.join(facts)} · {article.id}",
        Line(f"  {sanitise_line(source)}", FAINT),
    ]


def found_lines(found: FoundArticle) -> list[str | Line | Parts]:
    """Return the lines of an article that a search found: the places in its text, its notes."""
    article = found.article
    facts = (article.site, in_words(clock.local_day(article.published)), article.id)
    lines: list[str | Line | Parts] = [
        Line(sanitise_line(article.title or article.source), TITLE),
        Line(sanitise_line(f"  {' · '.join(filter(None, facts))}"), FAINT),
    ]
    section = ""
    most = max((each.words for each in found.excerpts), default=0)
    best = [each for each in found.excerpts if each.words == most]
    shown = [each for each in best if each.text != each.section] or best
    for excerpt in shown:
        place = " · ".join(filter(None, (excerpt.section, page_label(excerpt.page))))
        if place and place != section:
            lines.append(Line(sanitise_line(f"  {place}"), FACTS))
        section = place
        looks = cycle(("", TITLE))
        parts = [
            Line(sanitise_line(part), look)
            for part, look in zip(excerpt.parts, looks, strict=False)
        ]
        lines.append(Parts((Line("    ", ""), *parts)))
    if (rest := found.places - len(shown)) > 0:
        lines.append(Line(f"    and {counted(rest, 'more place')}", FAINT))
    for note in found.notes:
        head, passage, *_ = note_lines(note)
        lines += [_indented(head), _indented(passage)]
        if text := one_line(sanitise(note.annotation.note), MOST_NOTE):
            lines.append(f"    {text}")
    return lines


def _indented(line: str | Line) -> str | Line:
    return line._replace(text=f"  {line.text}") if isinstance(line, Line) else f"  {line}"


def deletion_lines(deletion: Deletion) -> list[str | Line]:
    """Return the lines of a deletion: when and its name, then what was deleted."""
    head = sanitise_line(f"{clock.local_minute(deletion.moment)}  {deletion.id}")
    lines: list[str | Line] = [Line(head, FACTS)]
    if deletion.annotation is not None:
        note = one_line(deletion.annotation.note.strip().partition("\n")[0])
        lines += [f"  “{one_line(deletion.annotation.selector.exact)}”"]
        lines += [f"  {each}" for each in (note, one_line(deletion.title)) if each]
    elif deletion.removal is not None:
        lines += [f"  {sanitise_line(title)}" for title in deletion.removal.titles]
        if deletion.annotations:
            lines += [f"  with {counted(deletion.annotations, 'annotation')}"]
    return lines
