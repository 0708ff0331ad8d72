"""What becomes of an annotation whose passage was made longer or shorter in the other program."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.digests import part_digest
from reader.session.edited import stamped
from reader.session.importing.incoming import IncomingNote
from reader.session.importing.plan import Fate
from reader.session.importing.three_way import Outcome, with_origin


def is_moved(present: Annotation, incoming: IncomingNote) -> bool:
    """Return whether a passage was changed in the other program only.

    In a file of Margin's own it is the words that a person may have edited, and not the passage.

    Args:
        present: The annotation.
        incoming: The note.
    """
    origin = present.origins.get(incoming.origin)
    if incoming.is_own or origin is None or not incoming.note.quote or present.is_deleted:
        return False
    there, here = part_digest(incoming.note.quote), part_digest(present.selector.exact)
    base = origin.parts.get("quote", "")
    is_changed_here = here != base and "selector" in present.changed
    return there not in (base, here) and not is_changed_here


def moved(outcome: Outcome, incoming: IncomingNote, made: Annotation) -> Outcome:
    """Return the outcome with the passage as it is in the other program now.

    Args:
        outcome: What else becomes of the annotation.
        incoming: The note.
        made: What the note would be if it were new. Where the text does not have its passage, the
            present one stays.
    """
    if made.is_orphaned:
        return outcome
    present = outcome.after
    place = present.place if made.is_waiting else made.place
    after = stamped(present, replace(present, selector=made.selector, place=place))
    is_conflict = outcome.fate is Fate.CONFLICT
    return Outcome(
        outcome.fate if is_conflict else Fate.CHANGED,
        with_origin(after, incoming),
        outcome.remark if is_conflict else "",
    )
