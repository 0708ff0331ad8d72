"""Finds out which quotation of a file is which annotation of its record."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from reader.digests import part_digest
from reader.exported_markdown.blocks import QuotedBlock, find_blocks
from reader.exported_markdown.claims_table import claim_cells
from reader.exported_markdown.file import MarkdownFile
from reader.exported_markdown.notes import note_of, without_last_rule
from reader.exported_markdown.parts import digests_of, stored_tags
from reader.exported_markdown.plain import quoted_words
from reader.exported_markdown.record import NoteRecord

_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9-]")
_MOST_ALIKE: Final = 100
"""How many annotations with the same words are compared with a quotation."""


class PresentValues(NamedTuple):
    """What a file has of an annotation now, as the library would store it."""

    note: str
    speaker: str
    tags: tuple[str, ...]
    status: str

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the parts, by their names."""
        return digests_of(self._asdict())


class MatchedBlock(NamedTuple):
    """A quotation, and the annotation that it is."""

    block: QuotedBlock
    record: NoteRecord | None
    """None where the file has a quotation that Margin did not write."""
    values: PresentValues
    is_passage_edited: bool
    """Whether the words above the attribution are other than Margin wrote them."""


def matched(file: MarkdownFile) -> list[MatchedBlock]:
    """Return the quotations of a file, in their order; none where it has no record."""
    if file.found is None:
        return []
    notes = [note for article in file.found.record.articles for note in article.notes]
    return match_records(find_blocks(file.body), file.body, notes)


def match_records(
    blocks: Sequence[QuotedBlock], lines: Sequence[str], notes: Sequence[NoteRecord]
) -> list[MatchedBlock]:
    """Return each quotation with its record, in the order of the file.

    A block id decides where there is one, then the words of the passage. Of several annotations
    with the same words that one is taken whose other parts are the same, else the next in order. A
    quotation with other words is the annotation that is missing between its two neighbours.

    Args:
        blocks: The quotations, in the order of the file.
        lines: The lines that they were found in.
        notes: The records, in the order in which Margin wrote them.
    """
    matching = _Matching(blocks, lines, notes)
    return [matching.matched(at) for at in range(len(blocks))]


class _Matching:
    """The quotations and the records, and which belong together."""

    def __init__(
        self, blocks: Sequence[QuotedBlock], lines: Sequence[str], notes: Sequence[NoteRecord]
    ) -> None:
        self._blocks = blocks
        self._lines = lines
        self._notes = notes
        self._cells = claim_cells(lines[: blocks[0].start] if blocks else ())
        self._number_of: dict[int, int] = {}
        """The numbers of the records, by those of the quotations."""
        self._match_ids()
        self._match_words()
        self._match_neighbours()

    def matched(self, at: int) -> MatchedBlock:
        """Return a quotation with what belongs to it."""
        block, number = self._blocks[at], self._number_of.get(at)
        if number is None:
            return MatchedBlock(block, None, self._values(block, None), is_passage_edited=True)
        record = self._notes[number]
        words = self._words(block)
        is_edited = not any(record.digests["quote"] == digest for digest in words)
        values = self._with_cells(block, record, self._values(block, record))
        return MatchedBlock(block, record, values, is_edited)

    def _with_cells(
        self, block: QuotedBlock, record: NoteRecord, values: PresentValues
    ) -> PresentValues:
        """Return the values of a claim with what was edited only in the table of the claims."""
        heading = self._lines[block.start].strip()
        cells = self._cells.get(block.block_id) or self._cells.get(heading)
        edited = {
            part: value
            for part, value in (cells._asdict() if cells else {}).items()
            if record.is_edited(part, part_digest(value))
            and not record.is_edited(part, part_digest(getattr(values, part)))
        }
        return values._replace(**edited)

    def _words(self, block: QuotedBlock) -> Iterator[str]:
        """Yield the digests that the passage may have.

        Where an editor joined two quotes, the passage of the second one begins below the facts of
        the first.
        """
        for start in range(len(block.passage) if block.is_joined else 1):
            yield part_digest(quoted_words(chain.from_iterable(block.passage[start:])))

    def _values(self, block: QuotedBlock, record: NoteRecord | None) -> PresentValues:
        attribution = block.attribution
        lines = [self._lines[at] for at in block.note]
        speaker, status = attribution.speaker, attribution.status
        if attribution.loose:
            is_status = record is not None and not record.is_edited(
                "status", part_digest(attribution.loose)
            )
            speaker, status = ("", attribution.loose) if is_status else (attribution.loose, "")
        note = note_of(lines, is_item=record is not None and record.is_item)
        if record is not None and record.is_edited("note", part_digest(note)):
            shorter = without_last_rule(note)
            if not shorter or not record.is_edited("note", part_digest(shorter)):
                note = shorter
        return PresentValues(
            note,
            speaker,
            stored_tags(attribution.tags, record.names if record else {}),
            status,
        )

    def _unedited(self, at: int, number: int) -> list[str]:
        """Return which parts of a quotation are as the record has them."""
        record = self._notes[number]
        digests = self._values(self._blocks[at], record).digests
        return [part for part, digest in digests.items() if not record.is_edited(part, digest)]

    def _match_ids(self) -> None:
        by_id = {
            f"margin-{_NOT_IN_ID.sub('-', note.id)}": at for at, note in enumerate(self._notes)
        }
        for at, block in enumerate(self._blocks):
            if (number := by_id.pop(block.block_id, None)) is not None:
                self._number_of[at] = number

    def _match_words(self) -> None:
        for fewest in (4, 3, 0):
            alike: dict[str, dict[int, None]] = defaultdict(dict)
            for number in self._free_notes():
                alike[self._notes[number].digests["quote"]][number] = None
            for at in self._free_blocks():
                digests = self._words(self._blocks[at])
                numbers = next((alike[each] for each in digests if alike.get(each)), {})
                candidates = islice(numbers, _MOST_ALIKE)
                best = next((n for n in candidates if len(self._unedited(at, n)) >= fewest), None)
                if best is not None:
                    self._number_of[at] = best
                    del numbers[best]

    def _match_neighbours(self) -> None:
        """Match quotations whose words were edited, where nothing else can be meant."""
        free = self._free_notes()
        runs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, around in self._neighbours():
            runs[around].append(at)
        for (before, after), blocks in runs.items():
            between = free[bisect_right(free, before) : bisect_left(free, after)]
            if len(between) == len(blocks):
                self._number_of.update(zip(blocks, between, strict=True))

    def _neighbours(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield each free quotation with the numbers of the records around it."""
        run: list[int] = []
        before = -1
        for at in range(len(self._blocks) + 1):
            number = self._number_of.get(at, len(self._notes) if at == len(self._blocks) else None)
            if number is None:
                run.append(at)
                continue
            yield from ((each, (before, number)) for each in run)
            run, before = [], number

    def _free_blocks(self) -> list[int]:
        return [at for at in range(len(self._blocks)) if at not in self._number_of]

    def _free_notes(self) -> list[int]:
        taken = set(self._number_of.values())
        return [number for number in range(len(self._notes)) if number not in taken]
