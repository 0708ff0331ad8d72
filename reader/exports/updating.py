"""Brings a file up to date, with a copy of what a person wrote in it and would be lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reader.core.annotation import Annotation
from reader.exported_markdown.file import parse_file
from reader.exported_markdown.matching import MatchedBlock, matched
from reader.exported_outlines.outlined import Outline, holds_edits
from reader.exports.model import Update
from reader.exports.own_markdown import as_copy, is_edited, updated
from reader.exports.signed_items import SignedItems
from reader.exports.taking_out import lines_of_claims


def keeping_edited(
    written_digest: Callable[[str], str],
    is_own: Callable[[str, Mapping[str, Annotation]], bool],
    as_copy: Callable[[str, str], str],
) -> Callable[[str, str], Update[str]]:
    """Return how files are updated whose format has a digest of what Margin wrote.

    A file of which Margin would write the same stays as it is, with all that a person wrote. In
    any other, what a person edited is kept as a copy.

    Args:
        written_digest: Returns the digest that a file has; empty where it has none.
        is_own: Tells whether all of a file is as Margin wrote it.
        as_copy: Takes a file and what replaces it; returns the file so that Margin, and programs
            that look for ids, do not take it for the new one.
    """

    def update_edited(previous: str, new: str) -> Update[str]:
        if written_digest(previous) == written_digest(new):
            return Update(previous)
        is_edited = bool(previous) and not is_own(previous, {})
        return Update(new, as_copy(previous, new) if is_edited else None)

    return update_edited


def keeping_unread(
    update_edited: Callable[[str, str], Update[str]], read: Callable[[str], Outline]
) -> Callable[[str, str], Update[str]]:
    """Return how an outline is updated of which a new file may hold all edits, as after an import.

    Args:
        update_edited: As ``keeping_edited`` returns it.
        read: Returns what a file has of its annotations.
    """

    def update_unread(previous: str, new: str) -> Update[str]:
        result = update_edited(previous, new)
        if result.edited is None or not holds_edits(read(previous), read(new)):
            return result
        return Update(result.content)

    return update_unread


def keeping_edited_items(items: SignedItems) -> Callable[[str, str], Update[str]]:
    """Return how files are updated whose items have digests of what Margin wrote."""
    return keeping_edited(items.written_digest, items.is_as_written, items.as_copy)


def update(previous: str, new: str) -> Update[str]:
    """Return the update of a Markdown file that holds ``previous``, when ``new`` is exported to it.

    What a person edited is kept as a copy, unless the new text has it, as after an import of the
    file.
    """
    text = updated(previous, new)
    is_lost = text != previous and is_edited(previous) and not _has_edits(previous, new)
    return Update(text, as_copy(previous) if is_lost else None)


def _has_edits(previous: str, new: str) -> bool:
    """Return whether a new text has all that a person may have written into the previous one."""
    before, after = parse_file(previous), parse_file(new)
    if before.found is None or any(line.strip() for line in before.tail):
        return False
    former, present = matched(before), matched(after)
    values = {each.record.id: each.values.digests for each in present if each.record}
    is_same = all(
        each.record is not None
        and not each.is_passage_edited
        and values.get(each.record.id) == each.values.digests
        for each in former
    )
    return is_same and _outside(before.body, former) <= _outside(after.body, present)


def _outside(lines: Sequence[str], quotations: Sequence[MatchedBlock]) -> set[str]:
    """Return the lines that are of no quotation, note or claim."""
    gone = lines_of_claims(lines)
    for each in quotations:
        gone.update(range(each.block.start, each.block.end), each.block.note)
    return {line.strip() for at, line in enumerate(lines) if at not in gone and line.strip()}
