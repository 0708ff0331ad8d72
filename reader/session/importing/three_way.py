"""What becomes of an annotation when its note is imported once more.

What was changed only in the other program is taken, what was changed only here stays. Where both
were changed, a note keeps both texts, tags are added and taken away one by one, and of the rest the
value here stays. The base of the comparison is what the note was when it was imported last, which
the annotation remembers, or what the file says that it was when Margin wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Origin
from reader.core.changes import last_change, time_of, times_of
from reader.core.claims import status_with_tags
from reader.core.evidence import with_new
from reader.core.note_text import holds_note, joined_notes
from reader.digests import part_digest
from reader.imports.model import ImportedNote
from reader.session.edited import distinct, stamped
from reader.session.importing.incoming import IncomingNote
from reader.session.importing.miscoded import is_miscoded
from reader.session.importing.plan import Fate
from reader.session.importing.same_reading import holds_formatted, reads_alike
from reader.store.merge.merging import merge_annotations

_EMPTY: Final = part_digest("")

_SINGLE: Final = ("speaker", "status")
"""The parts of which only one value can stay."""


class Base(NamedTuple):
    """What a note was when the library and the file had the same."""

    digests: Mapping[str, str]
    """The digests of its parts."""
    tags: tuple[str, ...] | None
    """Its tags; None where only their digest is known."""


class Outcome(NamedTuple):
    """What becomes of an annotation."""

    fate: Fate
    """What becomes of it."""
    after: Annotation
    """The annotation, with the note's present state as its base."""
    remark: str = ""
    """What was not taken, as a sentence; may be empty."""


def compared(present: Annotation, incoming: IncomingNote) -> Outcome:
    """Return what becomes of an annotation whose note is imported once more.

    Args:
        present: The annotation, which may be deleted.
        incoming: The note.
    """
    note = incoming.note
    base = _base_of(present, incoming)
    if present.is_deleted:
        return Outcome(Fate.DELETED, present)
    if base is None and note.modified and note.modified <= present.modified:
        return Outcome(Fate.SAME, present)  # the file is as the library was once
    text, is_note_kept = _note(present, note, base)
    speaker, is_speaker_kept = _single(present, note, "speaker", base)
    status, is_status_kept = _single(present, note, "status", base)
    tags = distinct((*_tags(present, note, base), *incoming.given_tags)) or present.tags
    after = replace(
        present,
        note=text,
        tags=tags,
        speaker=speaker,
        status=status_with_tags(status or None, tags, present.tags),
        links=with_new(present.links, note.evidence),
    )
    if after != present:
        after = stamped(present, after)
    flags = {"note": is_note_kept, "speaker": is_speaker_kept, "status": is_status_kept}
    kept = [part for part, is_kept in flags.items() if is_kept]
    if "note" in kept:
        after = _with_both_notes(after, note)
    after = with_origin(after, incoming)
    is_edited = _is_passage_edited(present, note, base)
    remark = _remark(present, note, kept)
    if kept:
        return Outcome(Fate.CONFLICT, after, remark)
    if _without_origins(after) != _without_origins(present):
        return Outcome(Fate.CHANGED, after, "The passage was edited, too." if is_edited else "")
    if is_edited:
        return Outcome(Fate.EDITED_PASSAGE, present, f"It reads there: “{note.quote}”")
    is_only_exported = incoming.is_own and incoming.origin not in present.origins
    return Outcome(Fate.SAME, present if is_only_exported else after)


def added_to(present: Annotation, incoming: IncomingNote) -> Outcome:
    """Return an annotation of the same passage with what a note of another program has besides.

    Tags are united, a note is appended unless it is there, and the speaker and the status are taken
    where there are none.
    """
    note = incoming.note
    text = present.note
    if note.note and not holds_note(text, note.note):
        text = joined_notes(text, note.note)
    tags = distinct((*present.tags, *incoming.telling_tags, *incoming.given_tags))
    after = replace(
        present,
        tags=tags,
        note=text,
        speaker=present.speaker or note.speaker,
        status=present.status or status_with_tags(note.status or None, tags, present.tags),
    )
    if after != present:
        return Outcome(Fate.ADDED, with_origin(stamped(present, after), incoming))
    return Outcome(Fate.SAME, with_origin(present, incoming))


def revived(present: Annotation, incoming: IncomingNote) -> Outcome:
    """Return an annotation that an undone import had deleted, as its note is now."""
    note = incoming.note
    status = status_with_tags(note.status or None, incoming.all_tags)
    after = replace(
        present,
        deleted="",
        note=note.note,
        tags=incoming.all_tags,
        speaker=note.speaker,
        status=status,
    )
    return Outcome(Fate.NEW, with_origin(stamped(present, after), incoming))


def is_older(present: Annotation, incoming: IncomingNote) -> bool:
    """Return whether a newer state of a note was imported before, as from a later copy of a file.

    Args:
        present: The annotation.
        incoming: The note.
    """
    origin = present.origins.get(incoming.origin)
    changed = incoming.note.modified or incoming.note.created
    return origin is not None and bool(changed) and changed < origin.modified


def with_origin(annotation: Annotation, incoming: IncomingNote) -> Annotation:
    """Return an annotation that remembers what its note is in the other program now."""
    known = annotation.origins.get(incoming.origin)
    moment = clock.later(clock.now(), than=known.time if known else "")
    note = incoming.note
    changed = note.modified or note.created
    origin = Origin(moment, note.tags, digests_of(note), modified=changed)
    if known is not None and replace(known, time=moment) == origin:
        return annotation
    return replace(annotation, origins={**annotation.origins, incoming.origin: origin})


def digests_of(note: ImportedNote) -> dict[str, str]:
    """Return the digests of the parts of a note but its tags, without those that are empty."""
    parts = {name: getattr(note, name) for name in ("quote", "note", "speaker", "status")}
    return {name: part_digest(value) for name, value in parts.items() if value}


def _base_of(present: Annotation, incoming: IncomingNote) -> Base | None:
    if incoming.note.base:
        return Base(incoming.note.base, None)
    origin = present.origins.get(incoming.origin)
    if origin is None:
        return None
    digests = {part: origin.parts.get(part, _EMPTY) for part in ("quote", "note", *_SINGLE)}
    return Base(digests, origin.tags)


def _note(present: Annotation, note: ImportedNote, base: Base | None) -> tuple[str, bool]:
    """Return the text of the note, and whether it was changed on both sides."""
    if note.note == present.note:
        return present.note, False
    there, here = part_digest(note.note), part_digest(present.note)
    if there == here or _is_as_here(note.note, present.note):
        return present.note, False
    if base is not None and "note" in base.digests:
        if there == base.digests["note"]:
            return present.note, False
        if here == base.digests["note"]:
            return note.note, False
        is_there = not note.note or holds_formatted(present.note, note.note)
        return present.note, not is_there
    if not note.note or holds_note(present.note, note.note):
        return present.note, False
    if not present.note or holds_note(note.note, present.note):
        return note.note, False
    return present.note, True


def _is_as_here(there: str, here: str) -> bool:
    """Return whether only a program changed how a note is written."""
    return is_miscoded(there, here) or reads_alike(there, here)


def _single(
    present: Annotation, note: ImportedNote, part: str, base: Base | None
) -> tuple[str, bool]:
    """Return the value of a part with one value, and whether it was changed on both sides."""
    there, here = getattr(note, part), getattr(present, part) or ""
    if there == here:
        return here, False
    if part_digest(there) == part_digest(here) or is_miscoded(there, here):
        return here, False
    if base is not None and part in base.digests:
        if part_digest(there) == base.digests[part]:
            return here, False
        return (there, False) if part_digest(here) == base.digests[part] else (here, bool(there))
    if not there or not here:
        return here or there, False
    if note.modified:
        return (there if note.modified > time_of(present, part) else here), False
    return here, True


def _tags(present: Annotation, note: ImportedNote, base: Base | None) -> tuple[str, ...]:
    """Return the tags; of tags each is added or removed by itself, so there is no conflict."""
    here = present.tags
    there = tuple(next((tag for tag in here if is_miscoded(each, tag)), each) for each in note.tags)
    if set(there) == set(here):
        return here
    if base is not None and base.tags is not None:
        removed = set(base.tags) - set(there)
        added = (tag for tag in there if tag not in base.tags)
        return (*(tag for tag in here if tag not in removed), *added)
    if base is not None and "tags" in base.digests:
        if part_digest(there) == base.digests["tags"]:
            return here
        if part_digest(here) == base.digests["tags"]:
            return there
    if note.modified > time_of(present, "tags"):
        return there
    return (*here, *there)


def _with_both_notes(annotation: Annotation, note: ImportedNote) -> Annotation:
    """Return an annotation whose note keeps its own text and that of the other program."""
    moment = clock.later(clock.now(), than=last_change(annotation))
    times = {**times_of(annotation), "note": moment}
    other = replace(annotation, note=note.note, versions=(), changed=times, modified=moment)
    (both,) = merge_annotations([annotation], [other])
    return both


def _is_passage_edited(present: Annotation, note: ImportedNote, base: Base | None) -> bool:
    """Return whether the words of a passage were changed in a file that was written by Margin."""
    if note.quote in ("", present.selector.exact) or base is None or "quote" not in base.digests:
        return False
    if is_miscoded(note.quote, present.selector.exact):
        return False
    there = part_digest(note.quote)
    return there not in (base.digests["quote"], part_digest(present.selector.exact))


def _remark(present: Annotation, note: ImportedNote, kept: Sequence[str]) -> str:
    """Return a sentence on what was changed on both sides."""
    clauses = ["the note keeps both texts"] if "note" in kept else []
    clauses += [
        f"the {part} stays “{getattr(present, part)}”, it is “{getattr(note, part)}” there"
        for part in _SINGLE
        if part in kept
    ]
    return f"Changed there and here: {'; '.join(clauses)}." if clauses else ""


def _without_origins(annotation: Annotation) -> Annotation:
    return replace(annotation, origins={})
