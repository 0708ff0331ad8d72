"""Reads a Kindle's ``My Clippings.txt``, to which the device only ever adds.

A highlight that was made longer, and a note that was rewritten, stand there twice or more: the last
entry holds, under the key of the first, so that the file can be imported again when it has grown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from reader.core.text_formatting import counted
from reader.imports.dates import moment_text
from reader.imports.kindle.entries import Entry, Place, entries_in, same_words
from reader.imports.kindle.words import Kind, without_limit
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.values import made_key

_TRIED_ENTRIES = 50
"""How many entries are looked at to recognise the file."""

_NEIGHBOURS = 40
"""With how many highlights at the same place one is compared."""

_NEAR_SECONDS = 300
"""A note on a page belongs to a highlight there that was made in so many seconds."""

_AT_ONCE_SECONDS = 2
"""A Kindle writes a note and the highlight that it is made with within so many seconds."""

_TELLING = 20
"""A shorter highlight may be a former one made much shorter if it has so many code points."""

_LEFT_OUT = {
    "bookmark": "Left out: {}.",
    "empty highlight": "Left out: {}, of which the Kindle has the place alone.",
    "highlight": "Left out: {} beyond what the publisher allows to be copied, for which the Kindle"
    " writes no words.",
    "earlier version": "Left out: {} of a highlight or a note that was changed later.",
    "duplicate": "Left out: {}, the same in every word.",
}
"""What is said of entries that are no notes, by their name."""


@dataclass
class _Mark:
    """A highlight or a note with the entries that it had over time, and the notes on it."""

    entries: list[Entry] = field(default_factory=list)
    words: str = ""
    """The words of the last entry, as they are compared."""
    notes: list[_Mark] = field(default_factory=list)

    @property
    def last(self) -> Entry:
        """The entry that holds."""
        return self.entries[-1]

    @property
    def key(self) -> str:
        """What identifies it for good, in any language of the device."""
        first = self.entries[0]
        when = first.moment.replace(tzinfo=None).isoformat() if first.moment else ""
        parts = (first.title, first.kind.value, first.page, str(first.first), str(first.last))
        return made_key(*parts, when, same_words(first.words))


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a ``My Clippings.txt``: an entry has a place, and a kind or a time."""
    head = file.text[:200_000]
    if "\n=====" not in head.replace("\r", "\n"):
        return False
    tried = [each for each in islice(entries_in(head), _TRIED_ENTRIES) if isinstance(each, Entry)]
    return any((each.moment or each.is_named) and (each.first >= 0 or each.page) for each in tried)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield each book once, with its notes in the order of the file."""
    counts: Counter[str] = Counter()
    books: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in entries_in(file.text):
        if isinstance(entry, BadRow):
            yield entry
        elif (kept := _kept(entry, counts)) is not None:
            books[kept.title, kept.authors].append(kept)
    for (title, authors), entries in books.items():
        marks = _marks(entries, counts)
        notes = tuple(_imported(each) for each in marks)
        yield ImportedSource(title=title, authors=authors, notes=notes)
    for name, sentence in _LEFT_OUT.items():
        if counts[name]:
            yield Remark(sentence.format(counted(counts[name], name)))


def _kept(entry: Entry, counts: Counter[str]) -> Entry | None:
    """Return an entry without the message about the limit; None if it has no words then."""
    if entry.kind is Kind.BOOKMARK:
        counts["bookmark"] += 1
        return None
    words = without_limit(entry.words) if entry.kind is Kind.HIGHLIGHT else entry.words
    if not words:
        counts["highlight" if entry.words else "empty highlight"] += 1
        return None
    return entry._replace(words=words)


def _marks(entries: Sequence[Entry], counts: Counter[str]) -> list[_Mark]:
    """Return the highlights of a book with their notes, and the notes that belong to none."""
    ordered = _in_time(entries)
    highlights = _joined([each for each in ordered if each.kind is Kind.HIGHLIGHT], counts)
    at_places = _by_place(highlights)
    notes = _rewritten([each for each in ordered if each.kind is Kind.NOTE], at_places, counts)
    marks = [*highlights]
    for note in notes:
        highlight = _highlight_of(note.last, at_places)
        if highlight is None:
            marks.append(note)
        else:
            highlight.notes.append(note)
    return sorted(marks, key=lambda each: each.entries[0].row)


class _Known:
    """Knows the entries again that stand in a file twice or more."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts
        self._marks: dict[tuple[object, ...], _Mark] = {}

    def mark_of(self, entry: Entry) -> _Mark | None:
        """Return the mark that had the words of an entry at its place before; None if none had."""
        return self._marks.get(_identity(entry))

    def keep(self, entry: Entry, mark: _Mark) -> None:
        """Add an entry to a mark, unless it repeats what the mark is."""
        identity = _identity(entry)
        if mark.entries and _identity(mark.last) == identity:
            self._counts["duplicate"] += 1
            return
        self._counts["earlier version"] += bool(mark.entries)
        self._marks[identity] = mark
        mark.entries.append(entry)
        mark.words = same_words(entry.words)


def _identity(entry: Entry) -> tuple[object, ...]:
    return entry.kind, entry.page, entry.first, entry.last, same_words(entry.words)


def _joined(highlights: Sequence[Entry], counts: Counter[str]) -> list[_Mark]:
    """Return the highlights, each with the shorter or longer ones that it replaced."""
    marks: list[_Mark] = []
    nearby: dict[str, list[_Mark]] = defaultdict(list)
    known = _Known(counts)
    for entry in highlights:
        words = same_words(entry.words)
        around = nearby[_neighbourhood(entry)][-_NEIGHBOURS:]
        mark = known.mark_of(entry) or next(
            (each for each in reversed(around) if _replaces(entry, words, each)), None
        )
        if mark is None:
            mark = _Mark()
            marks.append(mark)
            for where in _neighbourhoods(entry):
                nearby[where].append(mark)
        known.keep(entry, mark)
    return marks


_NEIGHBOURHOOD = 32
"""So many locations are looked at together; a highlight rarely spans more."""


def _neighbourhood(entry: Entry) -> str:
    return str(entry.first // _NEIGHBOURHOOD) if entry.first >= 0 else f"page {entry.page}"


def _neighbourhoods(entry: Entry) -> list[str]:
    """Return the places in which a later highlight that replaces this one may begin."""
    if entry.first < 0:
        return [_neighbourhood(entry)]
    middle = entry.first // _NEIGHBOURHOOD
    end = min(entry.last // _NEIGHBOURHOOD, middle + 2)
    return [str(each) for each in range(middle - 1, end + 1)]


def _replaces(later: Entry, words: str, former: _Mark) -> bool:
    """Return whether a highlight is a former one that was made longer, or shorter at one end.

    Without locations any two of a page could be the same, so only what was made right after it is.
    A word or two at the end of a longer highlight may be the same words elsewhere.
    """
    last = former.last
    if later.first >= 0 and (later.first > last.last or last.first > later.last):
        return False
    if later.first < 0 and _apart(later, last) > _NEAR_SECONDS:
        return False
    if former.words in words:
        return True
    is_telling = len(words) >= _TELLING or 2 * len(words) >= len(former.words)
    return is_telling and (former.words.startswith(words) or former.words.endswith(words))


def _rewritten(
    notes: Sequence[Entry], at_places: Mapping[object, Sequence[_Mark]], counts: Counter[str]
) -> list[_Mark]:
    """Return the notes; a later one at the same location is the former one, rewritten.

    A note that was made at once with a highlight of its own is no former one.
    """
    marks: list[_Mark] = []
    current: dict[object, _Mark] = {}
    known = _Known(counts)
    for entry in notes:
        place = entry.first if entry.first >= 0 else (entry.page, entry.row)
        mark = known.mark_of(entry) or current.get(place)
        if mark is None or _has_own_highlight(entry, mark.last, at_places.get(place, ())):
            mark = _Mark()
            marks.append(mark)
        current[place] = mark
        known.keep(entry, mark)
    return marks


def _has_own_highlight(note: Entry, former: Entry, highlights: Sequence[_Mark]) -> bool:
    """Return whether a highlight was made with a note, and after the former note there."""
    return any(
        _apart(note, first) <= _AT_ONCE_SECONDS < _apart(former, first)
        for each in highlights[-_NEIGHBOURS:]
        for first in each.entries[:1]
    )


def _by_place(highlights: Sequence[_Mark]) -> dict[object, list[_Mark]]:
    places: dict[object, list[_Mark]] = defaultdict(list)
    for mark in highlights:
        entry = mark.last
        if entry.first < 0:
            places[entry.page.partition("-")[0]].append(mark)
            continue
        for where in range(entry.first, min(entry.last, entry.first + _NEIGHBOURHOOD) + 1):
            places[where].append(mark)
    return places


def _highlight_of(note: Entry, places: dict[object, list[_Mark]]) -> _Mark | None:
    """Return the highlight on which a note was made: the one that ends there, else the nearest."""
    where: object = note.first if note.first >= 0 else note.page
    candidates = places.get(where, ())[-_NEIGHBOURS:] if where else ()
    if note.first < 0:
        candidates = [each for each in candidates if _apart(note, each.last) <= _NEAR_SECONDS]
    return min(
        candidates,
        key=lambda each: (each.last.last != note.first, _apart(note, each.last)),
        default=None,
    )


def _apart(one: Entry, other: Entry) -> float:
    """Return the seconds between two entries; many if one has no time."""
    if one.moment is None or other.moment is None:
        return float(abs(one.row - other.row)) + _NEAR_SECONDS
    return abs((_plain(one.moment) - _plain(other.moment)).total_seconds())


def _in_time(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries in the order in which they were made, which files put together do not have.

    One without a time stays behind the one before it.
    """
    times: list[datetime] = []
    for each in entries:
        former = times[-1] if times else datetime.min
        times.append(_plain(each.moment) if each.moment else former)
    return [entries[each] for each in sorted(range(len(entries)), key=times.__getitem__)]


def _plain(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _imported(mark: _Mark) -> ImportedNote:
    entry = mark.last
    is_highlight = entry.kind is Kind.HIGHLIGHT
    notes = "\n\n".join(each.last.words for each in mark.notes)
    latest = [entry, *(each.last for each in mark.notes)]
    created = moment_text(mark.entries[0].moment)
    changed = max((moment_text(each.moment) for each in latest), default="")
    return ImportedNote(
        quote=entry.words if is_highlight else "",
        note=notes if is_highlight else entry.words,
        colour=entry.style,
        created=created or mark.entries[0].unread_time,
        modified=changed if changed > created else "",
        page=entry.page,
        position=Place(entry.page, entry.first, entry.last).position,
        key=mark.key,
        row=entry.row,
    )
