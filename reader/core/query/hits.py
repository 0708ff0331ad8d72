"""Where in a text the words of a query stand, and what stands around them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from reader.core.document import BlockKind, Document, TextRange
from reader.core.folding import fold, fold_with_offsets, unfold
from reader.core.query.matching import is_inside_word
from reader.core.query.tree import WORDS, AllOf, AnyOf, Match, Node, Term
from reader.core.selectors import section_title

MOST_PLACES: Final = 2_000
"""The most places of each term that are looked for in one article."""

_REACH: Final = 90
"""How many code points of a paragraph an excerpt shows on each side of what was found."""

_LONGEST: Final = 200
"""The most code points from the first to the last place of an excerpt."""

IN_TEXTS: Final = frozenset({WORDS, "text"})
"""The fields whose values stand in an article's text."""

IN_NOTES: Final = frozenset({WORDS, "passage", "note"})
"""The fields whose values stand in a note or its passage."""


def words_of(tree: Node, fields: Collection[str] = IN_TEXTS) -> list[Term]:
    """Return the terms of some fields that a query asks for, without what it leaves out."""
    if isinstance(tree, Term):
        return [tree] if tree.field in fields else []
    if isinstance(tree, AllOf | AnyOf):
        found = (term for part in tree.parts for term in words_of(part, fields))
        distinct = {(term.folded, term.match): term for term in found}
        return list(distinct.values())
    return []


def hits_in(text: str, terms: Collection[Term], most: int | None = None) -> list[TextRange]:
    """Return where a text has the values of some terms, in order.

    Args:
        text: Any text, not folded.
        terms: The terms; their fields do not matter.
        most: How many places are looked for of each term; None for all.

    Returns:
        Ranges that do not overlap or touch; those of values that do are joined.
    """
    if not terms or not text:
        return []
    folded, offsets = fold_with_offsets(text)
    places = sorted(
        place for term in terms for place in islice(_places(folded, term.folded, term.match), most)
    )
    joined: list[TextRange] = []
    for start, end in places:
        hit = unfold(offsets, start, end)
        if joined and hit.start <= joined[-1].end:
            joined[-1] = TextRange(joined[-1].start, max(hit.end, joined[-1].end))
        else:
            joined.append(hit)
    return joined


class Excerpt(NamedTuple):
    """A place in an article's text that has words of a query."""

    start: int
    """Offset of the first character that was found."""
    end: int
    """Offset after the last character that was found."""
    section: str
    """The heading of the section; empty without one."""
    page: str
    """The number of the printed page; empty without pages."""
    parts: tuple[str, ...]
    """The text around the place on one line, in turn text between and what was found: the first,
    the third and so on were not found. The text ends with ``…`` where it goes on."""
    words: int
    """How many different words of the query were found there."""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)


def excerpts(document: Document, terms: Collection[Term], most: int) -> tuple[list[Excerpt], int]:
    """Return excerpts of a document with the values of some terms, in order.

    Places that are near each other, in one paragraph, are in one excerpt. Of many excerpts those
    with the most different words are returned, rather no headings, and rather those with the
    beginning of a word.

    Args:
        document: The document.
        terms: The terms.
        most: The most excerpts to return.

    Returns:
        The excerpts, and in how many the places are altogether.
    """
    groups: list[list[TextRange]] = []
    for hit in hits_in(document.text, terms, MOST_PLACES):
        if groups and _is_near(document.text, groups[-1], hit):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    ranked = sorted(groups, key=lambda group: (*_rank(document, group), group[0].start))
    chosen = sorted(ranked[:most], key=lambda group: group[0].start)
    return [_excerpt(document, group) for group in chosen], len(groups)


def _is_near(text: str, group: Sequence[TextRange], hit: TextRange) -> bool:
    """Return whether an excerpt has room for another place in the same paragraph."""
    is_short = hit.start - group[-1].end <= _REACH and hit.end - group[0].start <= _LONGEST
    return is_short and "\n" not in text[group[-1].end : hit.start]


def _rank(document: Document, group: Sequence[TextRange]) -> tuple[int, bool, bool]:
    """Return how late a group comes: by its words, headings last, and then inner parts of words."""
    text = document.text
    is_heading = document.blocks[document.block_index(group[0].start)].kind is BlockKind.HEADING
    is_inside = all(is_inside_word(text, hit.start) for hit in group)
    return -_count_words(text, group), is_heading, is_inside


def _count_words(text: str, group: Sequence[TextRange]) -> int:
    return len({fold(text[hit.start : hit.end]) for hit in group})


def _excerpt(document: Document, group: Sequence[TextRange]) -> Excerpt:
    """Return the paragraph around some places, as much of it as a few lines hold."""
    group = [TextRange(start, min(end, start + _LONGEST)) for start, end in group]
    text, start, end = document.text, group[0].start, group[-1].end
    first = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _REACH)
    if first and text[first - 1] != "\n":  # begin with a whole word
        first = text.find(" ", first, start) + 1 or first
    if last < len(text) and text[last] != "\n":
        last = text.rfind(" ", end, last) if " " in text[end:last] else last
    is_cut = bool(first) and text[first - 1] != "\n"
    goes_on = last < len(text) and text[last] != "\n"
    edges = [first, *(edge for hit in group for edge in hit), last]
    parts = [" ".join(f"|{text[one:two]}|".split())[1:-1] for one, two in pairwise(edges)]
    parts[0] = f"…{parts[0]}" if is_cut else parts[0].lstrip()
    parts[-1] = f"{parts[-1]}…" if goes_on else parts[-1].rstrip()
    section, page = section_title(document, start), document.page_at(start)
    return Excerpt(start, end, section, page, tuple(parts), _count_words(text, group))


def _places(folded: str, value: str, match: Match) -> Iterator[tuple[int, int]]:
    """Yield where a folded text has a folded value."""
    if match is Match.WHOLE:
        if value and folded.strip() == value:
            start = folded.index(value)
            yield start, start + len(value)
        return
    position = folded.find(value) if value else -1
    while position >= 0:
        end = position + len(value)
        is_part = match is Match.PART
        if is_part or not (is_inside_word(folded, position) or is_inside_word(folded, end)):
            yield position, end
        position = folded.find(value, position + 1)
