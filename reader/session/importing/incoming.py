"""Sources and notes of other programs in Margin's form: texts cleaned, colours and labels as tags.

Everything that a file of another program holds goes through here once, so readers of such files
clean nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader.core.addresses import is_web_address
from reader.core.annotation import CLAIM
from reader.core.folding import fold
from reader.core.projects import distinct_projects
from reader.core.source_keys import address_key, isbn_in, isbn_key, path_key, title_key
from reader.digests import digest_of_texts, part_digest
from reader.formats import clean, clean_line
from reader.identifiers import is_ulid, ulid_of_digest
from reader.imports.model import ImportedNote, ImportedSource
from reader.imports.values import MAX_TAG, moment_in
from reader.session.importing.colours import ColourTags, tag_in_form

_OWN_KIND: Final = "margin"
"""What stands for the kind of every file of Margin's own in what a note remembers."""

_OFFSET_END: Final = 2**40
"""Offsets from here on are no offsets of a text."""


class IncomingNote(NamedTuple):
    """A note of another program in Margin's form."""

    note: ImportedNote
    """The note, cleaned; its tags are those that the file gives it, at least one."""
    origin: str
    """What identifies it for good: the kind of its file, and its key there."""
    id: str
    """The id of the annotation that it becomes: the same on every device."""
    telling_tags: tuple[str, ...]
    """Its tags without the one that a note gets only because it has none."""
    given_tags: tuple[str, ...]
    """The tags that all notes of the import are given."""
    is_own: bool
    """Whether it comes from a file of Margin's own, and has the id of an annotation."""

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The tags that it has as a new annotation."""
        return tuple(dict.fromkeys((*self.telling_tags, *self.given_tags))) or self.note.tags


class IncomingSource(NamedTuple):
    """A source of another program in Margin's form."""

    source: ImportedSource
    """The source, cleaned, without its notes."""
    notes: tuple[IncomingNote, ...]
    """Its notes."""
    keys: tuple[str, ...]
    """What identifies it, the surest first; see ``source_keys``."""


class SourceCleaner:
    """Brings the sources of files of one kind into Margin's form."""

    def __init__(self, kind: str, colours: ColourTags, tags: tuple[str, ...] = ()) -> None:
        """Serve a kind of file.

        Args:
            kind: Its name in the registry.
            colours: The tags of colours and labels.
            tags: The tags that all notes are given.
        """
        self._kind = kind
        self._colours = colours
        self._tags = tags
        self.left_out: Counter[str] = Counter()
        """How many notes were left out, by what they are, in the singular."""

    def clean(self, sources: Iterable[ImportedSource]) -> list[IncomingSource]:
        """Return sources in Margin's form, each once, in their order.

        Args:
            sources: The sources as they were read; one may come several times.
        """
        merged: dict[str, ImportedSource] = {}
        keys: dict[str, tuple[str, ...]] = {}
        notes: dict[str, _DistinctNotes] = {}
        last: ImportedSource | None = None
        for each in sources:
            given = replace(each, notes=())
            if given != last:  # many files repeat the source for each note
                last, source = given, _cleaned_source(given)
                self.left_out["unreadable date"] += bool(given.added and not source.added)
                self._count_overlong(given.tags)
                found = _keys_of(source, given.url)
                name = " ".join((found[0], *source.authors)) if found else ""
                known = merged.get(name)
                merged[name] = source if known is None else _joined(known, source)
                keys.setdefault(name, found)
                of_source = notes.setdefault(name, _DistinctNotes())
            for note in each.notes:
                in_form = self._note(note, source, name)
                if in_form is None:
                    self.left_out["empty note"] += 1
                elif not of_source.add(in_form):
                    self.left_out["repeated note"] += 1
        return [
            IncomingSource(source, notes[name].all(), keys[name]) for name, source in merged.items()
        ]

    def _count_overlong(self, tags: Iterable[str]) -> None:
        self.left_out["overlong tag"] += sum(len(clean_line(each)) > MAX_TAG for each in tags)

    def _note(self, note: ImportedNote, source: ImportedSource, name: str) -> IncomingNote | None:
        """Return a note in Margin's form; None for one that has neither words nor tags."""
        for date in (note.created, note.modified):
            self.left_out["unreadable date"] += bool(date and not moment_in(date))
        own_tags = tuple(filter(None, map(tag_in_form, note.tags)))
        self._count_overlong(note.tags)
        cleaned = _cleaned_note(note)
        if not (cleaned.quote or cleaned.note or own_tags):
            return None
        is_own = bool(source.article) and is_ulid(note.key)
        of_colour = self._colours.tags_of(self._kind, note.colour)
        claim = (CLAIM,) if cleaned.status and not is_own else ()
        telling = tuple(dict.fromkeys((*own_tags, *of_colour, *claim)))
        cleaned = replace(cleaned, tags=telling or (self._colours.default(self._kind),))
        if note.base:
            cleaned = replace(cleaned, base=_base_in_form(note, cleaned, has_tags=bool(own_tags)))
        if is_own:
            origin, annotation_id = f"{_OWN_KIND} {note.key}", note.key
        else:
            origin = f"{self._kind} {clean_line(note.key) or _made_key(cleaned, name)}"
            annotation_id = made_id(origin)
        return IncomingNote(cleaned, origin, annotation_id, telling, self._tags, is_own=is_own)


class _DistinctNotes:
    """The notes of a source, each once.

    Notes on the same words that have no key in the file are told apart by what was written: the
    second one gets a number.
    """

    def __init__(self) -> None:
        self._notes: dict[str, IncomingNote] = {}
        self._written: dict[str, set[tuple[str, tuple[str, ...]]]] = {}

    def add(self, incoming: IncomingNote) -> bool:
        """Add a note, unless it is there; return whether all that was written of it is there now.

        Of two notes with the same key the first one stays.
        """
        origin, note = incoming.origin, incoming.note
        written = self._written.setdefault(origin, set())
        content = (note.note, incoming.telling_tags)
        if content in written:
            return True
        if written and clean_line(note.key):
            return False
        written.add(content)
        if len(written) > 1:
            origin = f"{origin} {len(written)}"
            incoming = incoming._replace(origin=origin, id=made_id(origin))
        self._notes[origin] = incoming
        return True

    def all(self) -> tuple[IncomingNote, ...]:
        """Return the notes in the order of the file."""
        return tuple(self._notes.values())


def _cleaned_note(note: ImportedNote) -> ImportedNote:
    return replace(
        note,
        quote=clean(note.quote).strip(),
        note=clean(note.note).strip(),
        speaker=clean_line(note.speaker),
        status=tag_in_form(note.status),
        created=moment_in(note.created),
        modified=moment_in(note.modified),
        prefix=clean(note.prefix),
        suffix=clean(note.suffix),
        start=note.start if note.start is not None and 0 <= note.start < _OFFSET_END else None,
        section=clean_line(note.section),
        page=clean_line(note.page),
        position=clean_line(note.position),
        earlier=tuple((clean(words).strip(), moment_in(since)) for words, since in note.earlier),
        since=moment_in(note.since),
    )


def _base_in_form(
    note: ImportedNote, cleaned: ImportedNote, *, has_tags: bool
) -> Mapping[str, str]:
    """Return the digests of what a note was, so that what nobody edited is still the same.

    Args:
        note: The note as it was read.
        cleaned: The note in Margin's form.
        has_tags: Whether it has tags of its own; where all were taken away, they stay.
    """
    return {
        part: part_digest(getattr(cleaned, part))
        if part_digest(getattr(note, part)) == digest or (part == "tags" and not has_tags)
        else digest
        for part, digest in note.base.items()
    }


def _made_key(note: ImportedNote, name: str) -> str:
    """Return what identifies a note that has no key: its source, its words and its position."""
    words = note.quote or note.note
    where = note.position or note.page
    return f"~{part_digest((name, ' '.join(words.split()), where))}"


def made_id(*words: str) -> str:
    """Return the identifier that some words have on every device, in the form of a ULID."""
    return ulid_of_digest(digest_of_texts(*words))


def _cleaned_source(source: ImportedSource) -> ImportedSource:
    url = clean_line(source.url)
    tags = (clean_line(each) for each in source.tags)
    named = distinct_projects(tag for tag in tags if 0 < len(tag) <= MAX_TAG)
    return replace(
        source,
        article=source.article if is_ulid(source.article) else "",
        title=clean_line(source.title),
        authors=tuple(filter(None, map(clean_line, source.authors))),
        url=url if is_web_address(url) else "",
        path=source.path if "\0" not in source.path else "",
        site=clean_line(source.site),
        published=clean_line(source.published),
        language=clean_line(source.language),
        isbn=isbn_in(source.isbn),
        added=moment_in(source.added) if source.added else "",
        tags=named,
        text_name=clean_line(source.text_name),
        notes=(),
    )


def _other_address_key(address: str) -> str:
    name = clean_line(address)
    return f"address {name}" if name else ""


def _keys_of(source: ImportedSource, address: str) -> tuple[str, ...]:
    """Return what identifies a source.

    Args:
        source: The source, cleaned.
        address: Its address in the file, which need not be one of the web: ``urn:x-pdf:…``.
    """
    own = f"article {source.article}" if source.article else ""
    keys = (
        own,
        address_key(address) or ("" if own else _other_address_key(address)),
        path_key(source.path),
        isbn_key(source.isbn),
        title_key(source.title),
    )
    return tuple(filter(None, keys))


def _joined(first: ImportedSource, second: ImportedSource) -> ImportedSource:
    """Return one source of two entries of it: what the first lacks comes from the second."""
    values: Mapping[str, object] = {
        name: getattr(second, name)
        for name in second.__struct_fields__
        if not getattr(first, name) and getattr(second, name)
    }
    tags = {fold(each): each for each in (*second.tags, *first.tags)}
    return replace(first, **{**values, "tags": tuple(tags.values())})
