"""Brings an exported file up to date in which a person has written.

A three-way merge: what Margin wrote last, what the file holds now, what Margin would write now.
What only one side has changed is taken; a person's lines stay where they are. Where both have
changed the same lines, Margin's stand there, and what a person wrote follows below the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from reader.core.alignment_runs import shared_in_order
from reader.exports.file_parts import FileParts, WrittenLines, line_key, value_key, values

_TELLING: Final = 12
"""From how many letters and digits on a line that stands anywhere else is the same line."""

_MOST_PASSES: Final = 5
"""How often a merged file is merged once more, until that changes nothing."""

_DIGESTS: Final = frozenset(("margin_digest", "margin-digest"))
"""The names of the fields with a digest of all that Margin wrote."""

IsMargins = Callable[[str], bool]
"""Tells whether a line that a person changed says only what was taken back into the library."""


class _Line(NamedTuple):
    """A line that is not empty."""

    text: str
    key: int
    number: int
    """Its number among those of the person's file; -1 where it is none of them."""
    before: int
    """How many empty lines stand above it there, or else in Margin's."""
    after: int
    """How many stand below it, before the next one."""
    own: int = -1
    """Its number among those that Margin would write; -1 where it is none of them."""
    own_before: int = 0
    """How many empty lines stand above it there."""


def merged(
    base: WrittenLines, theirs: FileParts, ours: FileParts, is_margins: IsMargins
) -> FileParts:
    """Return a file with what has changed in the library and what a person has written.

    Args:
        base: What Margin wrote to the file last.
        theirs: The file as it is.
        ours: The file as Margin would write it now.
        is_margins: Tells which lines need not be kept where Margin has changed them, too.
    """
    fields = _merged_fields(frozenset(base.fields), theirs.fields, ours.fields)
    written = ours.own_lines
    body = _merged_body(base.body, theirs.body, ours.body, is_margins)
    for _ in range(_MOST_PASSES):  # what follows below a paragraph may stand in the next one
        again = _merged_body(written.body, body, ours.body, is_margins)
        if again == body:
            break
        body = again
    return ours._replace(fields=fields, body=body, tail=theirs.tail, written=written)


def set_aside(base: WrittenLines, theirs: FileParts, ours: FileParts) -> FileParts:
    """Return a file as Margin would write it, with what a person wrote below all of it.

    For a file in which a person's words, where they stand, would be taken for parts of a note.
    """
    own = _own_lines(ours.body)
    known = {_letters(each.text) for each in own}
    lines = (each for each in _lines(theirs.body) if each.key not in base.body)
    page = _Page(base.body, own, lambda _: False)
    page.put([each for each in lines if _letters(each.text) not in known])
    fields = _merged_fields(frozenset(base.fields), theirs.fields, ours.fields)
    tail = ["", *page.text(), *filter(str.strip, theirs.tail), ""]
    return ours._replace(fields=fields, tail=tail, written=ours.own_lines)


def emptied(base: WrittenLines, theirs: FileParts) -> FileParts:
    """Return a file without the lines of its body that Margin wrote, and without its digest."""
    fields = {name: each for name, each in theirs.fields.items() if name.casefold() not in _DIGESTS}
    body = _merged_body(base.body, theirs.body, (), lambda _: False)
    return theirs._replace(fields=fields, body=body, digest="", written=base._replace(body=()))


def is_machine_field(name: str) -> bool:
    """Tell whether a field is of no use to a person, so that Margin alone writes it."""
    return name.casefold().startswith("margin") or name.casefold() == "exported"


def _merged_fields(
    base: Collection[int], theirs: Mapping[str, Sequence[str]], ours: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Return the fields in the order of the person's file, then those that are new."""
    fields: dict[str, Sequence[str]] = {}
    for name in dict.fromkeys((*theirs, *ours)):
        lines = _merged_field(name, base, theirs.get(name, ()), ours.get(name, ()))
        if lines:
            fields[name] = lines
    return fields


def _merged_field(
    name: str, base: Collection[int], theirs: Sequence[str], ours: Sequence[str]
) -> Sequence[str]:
    """Return the lines of a field; empty where it is no more."""
    there, here = values(theirs), values(ours)
    if is_machine_field(name):
        return ours
    if there == here:
        return theirs or ours

    def was_written(value: str) -> bool:
        return value_key(name, value) in base

    if len(theirs) < 2 and len(ours) < 2:
        if not theirs:
            return () if here and was_written(here[0]) else ours
        return ours if there and was_written(there[0]) else theirs
    if len(theirs) == 1 and there:  # an editor has written the list on one line
        return theirs
    kept = [line for line in theirs[1:] if _stays(values(["", line]), here, was_written)]
    known = {value for line in theirs[1:] for value in values(["", line])}
    added = [
        line
        for line in ours[1:]
        for value in values(["", line])
        if value not in known and not was_written(value)
    ]
    return [*(theirs[:1] or ours[:1]), *kept, *added] if kept or added else ()


def _stays(value: Sequence[str], here: Collection[str], was_written: Callable[[str], bool]) -> bool:
    """Tell whether an item of a person's list stays: Margin writes it, too, or never did."""
    return not value or value[0] in here or not was_written(value[0])


def _merged_body(
    base: Sequence[int], theirs: Sequence[str], ours: Sequence[str], is_margins: IsMargins
) -> list[str]:
    there, here = _lines(theirs), _own_lines(ours)
    page = _Page(base, here, is_margins)
    known = list(base)
    in_theirs = _partners(known, [each.key for each in there])
    in_ours = _partners(known, [each.key for each in here])
    b = t = o = 0
    for at in [at for at in range(len(known)) if at in in_theirs and at in in_ours]:
        mine = here[in_ours[at]]
        is_within = _is_within(here[o : mine.own + 1])
        page.add(known[b:at], there[t : in_theirs[at]], here[o : mine.own], is_within=is_within)
        shared = there[in_theirs[at]]._replace(own=mine.own, own_before=mine.own_before)
        is_torn = is_within and shared.text.startswith((">", "|"))
        page.put([shared._replace(before=0) if is_torn else shared])
        b, t, o = at + 1, in_theirs[at] + 1, in_ours[at] + 1
    page.add(known[b:], there[t:], here[o:])
    return page.text()


def _lines(lines: Sequence[str]) -> list[_Line]:
    found: list[_Line] = []
    empty = 0
    for is_filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        run = list(group)
        if not is_filled:
            empty = len(run)
            continue
        if found:
            found[-1] = found[-1]._replace(after=empty)
        for line in run:
            found.append(_Line(line, line_key(line), len(found), empty, 0))
            empty = 0
    return found


def _own_lines(lines: Sequence[str]) -> list[_Line]:
    return [
        each._replace(number=-1, own=each.number, own_before=each.before) for each in _lines(lines)
    ]


def _is_within(lines: Sequence[_Line]) -> bool:
    """Tell whether Margin's lines go on with the paragraph, the quote or the drawer above them."""
    return lines[0].own > 0 and not any(line.own_before for line in lines)


def _partners(base: list[int], other: list[int]) -> dict[int, int]:
    """Return for lines of the base the same lines of another file, both in their order."""
    return {
        run.old + shift: run.new + shift
        for run in shared_in_order(base, other)
        for shift in range(run.length)
    }


class _Page:
    """The lines of a merged file, one part after the other."""

    def __init__(self, base: Sequence[int], ours: Sequence[_Line], is_margins: IsMargins) -> None:
        """Begin a page.

        Args:
            base: The keys of the lines that Margin wrote last.
            ours: All lines that Margin would write.
            is_margins: As for ``merged``.
        """
        self._is_margins = is_margins
        self._known = {letters for each in ours if len(letters := _letters(each.text)) >= _TELLING}
        before = frozenset(base)
        self._new = {_letters(each.text) for each in ours if each.key not in before}
        self._put: list[_Line] = []
        self._waiting: list[_Line] = []

    def add(
        self,
        base: Sequence[int],
        theirs: Sequence[_Line],
        ours: Sequence[_Line],
        *,
        is_within: bool = False,
    ) -> None:
        """Add a part in which the three differ, or which is empty.

        Args:
            base: The keys of its lines as Margin wrote them last.
            theirs: Its lines in the person's file.
            ours: Its lines as Margin would write them.
            is_within: Whether it stands within a paragraph, which what a person wrote must not
                part: that follows below.
        """
        there, here = [each.key for each in theirs], [each.key for each in ours]
        if here == list(base) or there == here:
            ends = (at for at, line in enumerate(theirs) if is_within and line.before)
            end = next(ends, len(theirs))
            self.put(theirs[:end])
            self._waiting += [each for each in theirs[end:] if _letters(each.text) not in self._new]
        elif there == list(base):
            self.put(ours)
        else:
            self.put(ours)
            new = [each for each in theirs if each.key not in base]
            self._waiting += [each for each in new if not self._says(each, ours)]

    def put(self, lines: Sequence[_Line]) -> None:
        """Add lines, before which the person's that wait stand where a paragraph ends."""
        for line in lines:
            is_boundary = line.before or line.text.lstrip().startswith(("- ", "*"))
            if self._waiting and is_boundary and not line.text.startswith("^"):
                self._release()
            self._put.append(line)

    def text(self) -> list[str]:
        """Return the lines, with the empty ones between them, and one at the end."""
        self._release()
        lines: list[str] = []
        previous: _Line | None = None
        for line in self._put:
            lines += [""] * _gap(previous, line)
            lines.append(line.text)
            previous = line
        return [*lines, ""]

    def _release(self) -> None:
        if self._waiting:
            first, last = self._waiting[0], self._waiting[-1]
            self._waiting[0] = first._replace(before=max(first.before, 1))
            self._waiting[-1] = self._waiting[-1]._replace(after=max(last.after, 1))
            self._put += self._waiting
            self._waiting = []

    def _says(self, line: _Line, ours: Sequence[_Line]) -> bool:
        """Tell whether Margin's lines say what a person's line does."""
        if self._is_margins(line.text):
            return True
        letters = _letters(line.text)
        if not letters:
            return any(each.text.strip() == line.text.strip() for each in ours)
        if letters in self._known or any(letters == _letters(each.text) for each in ours):
            return True
        return len(letters) >= _TELLING and letters in "".join(_letters(each.text) for each in ours)


def _gap(previous: _Line | None, line: _Line) -> int:
    """Return how many empty lines stand between two lines: as a person has it, or else Margin."""
    if previous is None:
        return line.before
    if previous.number >= 0 and line.number == previous.number + 1:
        return line.before
    if previous.own >= 0 and line.own == previous.own + 1:
        return line.own_before
    return max(previous.after, line.before)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def changes_in_words(before: FileParts | None, after: FileParts) -> str:
    """Return what an export changes of the annotations in a file, such as ``2 new, 1 gone``."""
    known = set(before.ids) if before else set()
    new = sum(each not in known for each in after.ids)
    gone = len(known - set(after.ids))
    counts = [f"{new} new" if new else "", f"{gone} gone" if gone else ""]
    return ", ".join(filter(None, counts))
