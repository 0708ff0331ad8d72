"""Decides what a file of a vault shall hold that a person and the library may have changed."""

from __future__ import annotations

from collections.abc import Iterable

from reader.core.alignment_runs import shared_in_order
from reader.exports.file_parts import FileForm, FileParts, WrittenLines
from reader.exports.merging import is_machine_field, merged, set_aside


class FileMerger:
    """Merges files, and knows of which ones a person's changes were taken into the library."""

    def __init__(self, form: FileForm) -> None:
        """Merge files of a format, by how they are parted."""
        self._form = form
        self._bases: dict[str, WrittenLines] = {}
        self._before: dict[str, tuple[int, ...]] = {}
        self._edited: set[str] = set()

    def note_edited(self, article_ids: Iterable[str]) -> None:
        """Keep in mind whose files a person has edited."""
        self._edited.update(article_ids)

    def note_before(self, article_id: str, theirs: FileParts, ours: FileParts) -> None:
        """Keep what Margin would write before changes of a file are taken into the library.

        Args:
            article_id: The article.
            theirs: The file as it is.
            ours: The file as Margin would write it now.
        """
        self._before[article_id] = ours.own_lines.body
        if theirs.written is None and theirs.digest == ours.digest:
            self._bases[article_id] = ours.own_lines

    def result(self, article_id: str, theirs: FileParts, ours: FileParts) -> FileParts:
        """Return what a file shall hold: as it is, or merged.

        Args:
            article_id: The article.
            theirs: The file as it is.
            ours: The file as Margin would write it now.
        """
        if is_current(theirs, ours):
            return theirs
        return self._merged(article_id, theirs, ours)

    def _base(self, article_id: str, theirs: FileParts, ours: FileParts) -> WrittenLines:
        """Return what Margin wrote to a file last, without what is a person's by now.

        Words of a note above which a person wrote a heading are no longer read as of the note. The
        file is then the only one that has them.
        """
        base = self._bases.get(article_id) or theirs.written or self._found_base(theirs, ours)
        taken_out = {*self._before.get(article_id, ())} - {*ours.own_lines.body}
        return base._replace(body=tuple(key for key in base.body if key not in taken_out))

    def _found_base(self, theirs: FileParts, ours: FileParts) -> WrittenLines:
        """Return what Margin wrote to a file that does not say so.

        A file that was not edited holds just that. Of any other, what Margin would not write now is
        taken for a person's, so that nothing of it is lost.
        """
        lines = [at for at, line in enumerate(theirs.body) if line.strip()]
        keys = theirs.own_lines.body
        known = set(lines)
        if theirs.is_edited:
            known = set(self._form.margins(self._form.joined(theirs)))
            for run in shared_in_order(list(keys), list(ours.own_lines.body)):
                known.update(lines[run.old : run.old + run.length])
        body = tuple(key for at, key in zip(lines, keys, strict=True) if at in known)
        margins = {
            name: lines
            for name, lines in theirs.fields.items()
            if name in ours.fields and len(lines) < 2
        }
        return theirs._replace(fields=margins).own_lines._replace(body=body)

    def _merged(self, article_id: str, theirs: FileParts, ours: FileParts) -> FileParts:
        """Return a merged file from which the same notes are read as from Margin's own."""
        base = self._base(article_id, theirs, ours)
        new = merged(base, theirs, ours, self._form.is_margins)
        if self._form.notes is None or article_id not in self._edited or is_same(theirs, new):
            return new
        present = self._form.notes(self._form.joined(new))
        wanted = self._form.notes(self._form.joined(ours))
        if all(present.get(key, note) == note for key, note in wanted.items()):
            return new
        return set_aside(base, theirs, ours)


def is_same(theirs: FileParts, new: FileParts) -> bool:
    """Tell whether a file would change in nothing but when it was written."""
    if theirs.is_edited and theirs.written is None:
        return False  # it must say what of it is Margin's before the library changes
    return (
        theirs.digest == new.digest
        and list(theirs.body) == list(new.body)
        and _own_fields(theirs) == _own_fields(new)
    )


def is_current(theirs: FileParts, ours: FileParts) -> bool:
    """Tell whether a file is as Margin wrote it of the same annotations, so that none is merged."""
    return (
        theirs.written is not None
        and theirs.written == ours.written
        and theirs.digest == ours.digest
        and not theirs.is_edited
    )


def _own_fields(parts: FileParts) -> dict[str, list[str]]:
    return {name: list(lines) for name, lines in parts.fields.items() if not is_machine_field(name)}
