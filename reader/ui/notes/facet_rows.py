"""The facets of the notes: what they can be asked for, with how many there are of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.core.query.editing import has_term
from reader.core.saved_searches import SavedSearch

SEARCHES = "search"
"""The section of the saved searches."""

SECTIONS: Mapping[str, str] = {
    SEARCHES: "Searches",
    "status": "Status",
    "speaker": "Who",
    "site": "Source",
    "tag": "Tag",
    "project": "Project",
    "marked": "When",
}
"""The fields that have facets with the names of their sections, in their order."""

FEW = 5
"""How many values of a section are shown until the reader asks for more."""

WHOLE = frozenset({SEARCHES, "status", "marked"})
"""The sections that are always shown whole."""

Values = Sequence[tuple[str, int]]
"""The values of a field, each with the number of its notes."""


class FacetRow(NamedTuple):
    """A row of the facets."""

    field: str
    """Its section, a key of ``SECTIONS``."""
    value: str
    """The value that it asks for, or the query of a saved search; empty for a row that shows more
    of its section."""
    label: str
    """What it is called."""
    notes: int = -1
    """How many notes have the value; negative where that is not known."""
    is_chosen: bool = False
    """Whether the query asks for it."""

    @property
    def shows_more(self) -> bool:
        """Whether it shows more of its section."""
        return not self.value


class Facets(NamedTuple):
    """All rows."""

    rows: tuple[FacetRow, ...]
    """The rows, from the top."""
    starts: Mapping[int, str]
    """The names of the sections by the indexes of their first rows."""


def facets_of(
    counts: Mapping[str, Values],
    searches: Sequence[SavedSearch],
    query: str,
    known: Mapping[str, Collection[str]],
    opened: Collection[str] = (),
) -> Facets:
    """Return the rows of the facets.

    Args:
        counts: The values of fields with their counts, the most frequent first.
        searches: The saved searches.
        query: The query as it is.
        known: The values of fields that are shown also where no note has them, if the query asks
            for them.
        opened: The sections that are shown whole because the reader asked for that.
    """
    rows: list[FacetRow] = []
    starts: dict[int, str] = {}
    for field, name in SECTIONS.items():
        if field == SEARCHES:
            section = [
                FacetRow(field, each.query, each.name, is_chosen=each.query == query.strip())
                for each in searches
            ]
        else:
            values = _with_asked(counts.get(field, ()), query, field, known.get(field, ()))
            section = list(_section(field, values, query, field in opened))
        if section:
            starts[len(rows)] = name
            rows += section
    return Facets(tuple(rows), starts)


def _with_asked(values: Values, query: str, field: str, known: Collection[str]) -> Values:
    """Return values with those known ones that the query asks for and no note has."""
    counted = {value for value, _ in values}
    missing = [each for each in known if each not in counted and has_term(query, field, each)]
    return [*values, *((each, 0) for each in missing)]


def _section(field: str, values: Values, query: str, is_open: bool) -> Iterator[FacetRow]:
    shows_all = is_open or field in WHOLE or len(values) <= FEW + 1
    left = 0
    for index, (value, notes) in enumerate(values):
        is_chosen = has_term(query, field, value)
        if shows_all or index < FEW or is_chosen:
            label = value.replace("-", " ") if field == "marked" else value
            yield FacetRow(field, value, label, notes, is_chosen)
        else:
            left += 1
    if left:
        yield FacetRow(field, "", f"{left:,} more")
