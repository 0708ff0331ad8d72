"""The annotations of notes that are new: waiting for a text to have a place in."""

from __future__ import annotations

from reader import clock
from reader.core.annotation import UNKNOWN_TEXT, Annotation, Place, Selector
from reader.core.claims import status_with_tags
from reader.core.evidence import stamped, with_new
from reader.core.selectors import CONTEXT_LENGTH
from reader.session.importing.incoming import IncomingNote
from reader.session.importing.three_way import with_origin


def waiting(incoming: IncomingNote, title: str, order: int) -> Annotation:
    """Return the annotation of a new note, which waits for a text to have a place in.

    Args:
        incoming: The note.
        title: What a note on the whole source is shown with: the title of the source.
        order: The number of the note among those of its source, from 0, which orders them until
            there is a text.
    """
    note = incoming.note
    created = note.created or note.modified or clock.now()
    annotation = Annotation(
        id=incoming.id,
        selector=Selector(
            note.quote or title,
            note.prefix[-CONTEXT_LENGTH:],
            note.suffix[:CONTEXT_LENGTH],
            start=note.start or 0,
            end=(note.start or 0) + len(note.quote),
            section=note.section,
            page=note.page,
            earlier=tuple({"exact": words, "since": since} for words, since in note.earlier),
            since=note.since if note.earlier else "",
        ),
        place=Place(order, order + 1, snapshot=UNKNOWN_TEXT),
        tags=incoming.all_tags,
        created=created,
        modified=max(created, note.modified),
        note=note.note,
        speaker=note.speaker,
        status=status_with_tags(note.status or None, incoming.all_tags),
        links=stamped((), with_new((), note.evidence), created),
    )
    return with_origin(annotation, incoming)
