"""The rows of the library, two lines for each article, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from reader import clock
from reader.core.annotation import ArticleState, Tag
from reader.core.claims import UNCHECKED, ClaimStatus
from reader.core.projects import distinct_projects
from reader.core.text_formatting import minutes, one_line
from reader.session import ArticleSummary
from reader.ui.dates import short_day, when
from reader.ui.painting.palette import OTHER_GLYPH, find_colour
from reader.ui.painting.parts import Part, joined, padded, width_of

TEXT_LINES = 2
"""Lines of a row."""

STATE_SIGNS = {
    ArticleState.UNREAD: ("○", "accent"),
    ArticleState.READING: ("◐", "accent"),
    ArticleState.FINISHED: ("●", "faint"),
    ArticleState.ARCHIVED: ("▫", "faint"),
}
"""The sign and the colour of each state, in the order in which the filter goes through them."""

INDENT = 2
"""Cells of the sign before a title, with the space after it."""

GAP = 2
"""Cells between two columns."""

BAR_CELLS = 8
"""Cells of the bar that shows the reading progress."""

PROGRESS_CELLS = BAR_CELLS + len(" 100%")
"""Cells of the bar and the percentage."""

WHEN_CELLS = len("59 minutes ago")
"""Cells of the longest text for the time of the last opening."""

COUNT_CELLS = 5
"""Cells of the number of annotations with one tag."""

STANDARD_COLUMNS = 3
"""How many tags keep their column where there are no annotations with them."""

COUNTS_CELLS = (STANDARD_COLUMNS + 1) * COUNT_CELLS + STANDARD_COLUMNS
"""Cells of the columns of these tags, and of one more."""

DAY_CELLS = len("14 Mar 2026")
"""Cells of the day on which an article was published."""

LENGTH_CELLS = len("99 min")
"""Cells of the time that reading an article takes."""

OPEN_CELLS = len("? 99")
"""Cells of the number of open claims."""

NARROWEST_ORIGIN, WIDEST_ORIGIN = 12, 30
"""The least and the most cells of the outlet."""

NARROWEST_PROJECTS = 16
"""The least cells of the projects, where they have a column of their own."""

UNTITLED = "Untitled"
"""The title of an article that has neither a title nor a source."""

ROOMY = 96
"""The least cells of a row that has the word ``opened``."""

DATED = 72
"""The least cells of a row that has the day of publication."""


class RowLook(NamedTuple):
    """What the rows of all articles share."""

    tags: Sequence[Tag]
    """The tags that have a glyph and a colour, in the order of their columns."""
    unchecked: ClaimStatus | None
    """The status of claims that nobody has checked; None where the settings have none."""
    words_per_minute: int
    """The reader's speed."""
    variables: Mapping[str, str]
    """The colours of the theme."""


def row_look(
    tags: Sequence[Tag],
    statuses: Sequence[ClaimStatus],
    words_per_minute: int,
    variables: Mapping[str, str],
) -> RowLook:
    """Return what the rows of all articles share; see ``RowLook``."""
    unchecked = next((each for each in statuses if each.name == UNCHECKED), None)
    return RowLook(tags, unchecked, words_per_minute, variables)


def has_air(articles: int, height: int) -> bool:
    """Return whether an empty line follows each row: where all articles fit on the screen with it.

    Args:
        articles: How many articles the library has, so that the rows stay while it is filtered.
        height: The lines of the list.
    """
    return articles * (TEXT_LINES + 1) <= height


def article_lines(
    row: ArticleSummary, look: RowLook, width: int, place: Sequence[str] = ()
) -> Sequence[Sequence[Part]]:
    """Return a line with the title, the open claims and the last opening, and one with the rest.

    Args:
        row: The article.
        look: What the rows share.
        width: Cells of a line.
        place: Where its text has the words that were searched for, in place of the rest: the text
            around them, in turn text between and the words.
    """
    if place:
        projects = ", ".join(distinct_projects(row.tags))[:1000]
        return [_first_line(row, look, width, one_line(projects)), _place_line(place, width)]
    origin = min(max((width - 5) // 5, NARROWEST_ORIGIN), WIDEST_ORIGIN)
    columns = [padded([(" " * INDENT, ""), (_origin(row), "$faint")], INDENT + origin)]
    if width >= DATED:
        columns.append(padded([(short_day(one_line(row.published)), "$faint")], DAY_CELLS))
    columns += [
        [(f"{_length(row, look.words_per_minute):>{LENGTH_CELLS}}", "$faint")],
        padded(_progress(row), PROGRESS_CELLS),
    ]
    projects = one_line(", ".join(distinct_projects(row.tags))[:1000])
    taken = sum(map(width_of, columns)) + len(columns) * GAP + COUNTS_CELLS + GAP
    if width - taken < NARROWEST_PROJECTS:
        columns.append(_counts(row, look))
        return [_first_line(row, look, width, projects), _without_end(joined(columns, " " * GAP))]
    columns += [padded(_counts(row, look), COUNTS_CELLS), [(projects, "")]]
    return [_first_line(row, look, width), _without_end(joined(columns, " " * GAP))]


def _place_line(place: Sequence[str], width: int) -> Sequence[Part]:
    """Return words that were found with the text around them, so that the first are seen."""
    before, room = place[0], width // 3
    if len(before) > room:
        before = f"…{before[-room:]}"
    looks = ("$faint", "bold $accent")
    parts = [(text, looks[index % 2]) for index, text in enumerate((before, *place[1:]))]
    return [(" " * INDENT, ""), *parts]


def _first_line(
    row: ArticleSummary, look: RowLook, width: int, projects: str = ""
) -> Sequence[Part]:
    """Return the line with the title, and with the projects where they have no column."""
    sign, colour = STATE_SIGNS[row.state]
    title: list[Part] = [
        (f"{sign} ", f"${colour}"),
        (one_line(title_of(row)[:1000]), _title_look(row)),
    ]
    if projects:
        title += [("  ", ""), (projects, "$faint")]
    is_roomy = width >= ROOMY
    time = short_day(when(row.opened or row.added, clock.now()))
    opened = time if row.opened else "not opened yet"
    if is_roomy and time:
        opened = f"{'opened' if row.opened else 'added'} {time}"
    cells = WHEN_CELLS + len("opened ") * is_roomy
    room = max(width - cells - OPEN_CELLS - 2 * GAP, 0)
    return [
        *padded(title, room),
        (" " * GAP, ""),
        *_open_claims(row, look),
        (f"{'':{GAP}}{opened:>{cells}}", "$faint"),
    ]


def title_of(article: ArticleSummary) -> str:
    """Return an article's title, else its file's name, else its address."""
    return article.title.strip() or PurePath(article.source).name or article.source or UNTITLED


def _title_look(article: ArticleSummary) -> str:
    """Return the look of a title: what is still to be read stands out."""
    match article.state:
        case ArticleState.UNREAD | ArticleState.READING:
            return "bold $heading"
        case ArticleState.FINISHED:
            return "$foreground"
        case _:
            return "$faint"


def _open_claims(row: ArticleSummary, look: RowLook) -> Sequence[Part]:
    """Return the sign of what is unchecked with the number of these claims; blanks without any."""
    if not row.open_claims:
        return [(" " * OPEN_CELLS, "")]
    sign, colour = "?", "$accent"
    if look.unchecked is not None:
        sign = look.unchecked.sign
        colour = find_colour(look.unchecked.colour, look.variables).hex
    return [(sign, colour), (f"{row.open_claims:>{OPEN_CELLS - 1}}", "")]


def _counts(row: ArticleSummary, look: RowLook) -> Sequence[Part]:
    """Return the number of annotations with each tag, in columns."""
    columns: list[Sequence[Part]] = []
    counted_tags = 0
    for index, tag in enumerate(look.tags):
        count = row.counts.get(tag.name, 0)
        counted_tags += count
        if count:
            colour = find_colour(tag.colour, look.variables).hex
            columns.append(padded([(tag.glyph, colour), (f" {count}", "")], COUNT_CELLS))
        elif index < STANDARD_COLUMNS:  # they keep their columns, so that the rows align
            columns.append([(" " * COUNT_CELLS, "")])
    if others := sum(row.counts.values()) - counted_tags:
        columns.append([(OTHER_GLYPH, "$accent"), (f" {others}", "")])
    return joined(columns, " ")


def _origin(article: ArticleSummary) -> str:
    """Return an article's site, else its authors, else its file's name."""
    authors = ", ".join(article.authors)
    return one_line(article.site or authors or PurePath(article.source).name)


def _length(article: ArticleSummary, words_per_minute: int) -> str:
    """Return how long reading an article takes, in hours from 100 minutes on."""
    if not article.words:
        return ""
    needed = minutes(article.words, words_per_minute)
    return f"{needed} min" if needed < 100 else f"{round(needed / 60):,} h"


def _without_end(parts: Sequence[Part]) -> Sequence[Part]:
    """Return a line without the blanks at its end, which would be cut with an ellipsis."""
    line = list(parts)
    while line and not line[-1][0].strip():
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(), line[-1][1])
    return line


def _progress(article: ArticleSummary) -> Sequence[Part]:
    """Return a bar and the percentage that was read."""
    is_finished = article.finished or article.state is ArticleState.FINISHED
    percent = 100 if is_finished else min(max(int(article.progress * 100), 0), 100)
    words = " read" if is_finished else f"{percent:4}%"
    if article.state is ArticleState.UNREAD:
        percent, words = 0, "  new"
    done = -(-BAR_CELLS * percent // 100)
    colour = "$faint" if is_finished else "$accent"
    return [("━" * done, colour), ("┄" * (BAR_CELLS - done), "$faint"), (words, "$faint")]
