"""What was deleted, newest first, and bringing it back: annotations and removed articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reader import clock
from reader.core.annotation import Annotation
from reader.core.annotation_record import annotation_record
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError, StoreError
from reader.session.batch_changes import BatchChanges, Change, NoteId
from reader.session.edited import with_deletion, without_deletion

if TYPE_CHECKING:
    from reader.session.removals import Removals
    from reader.session.writer import SaveWriter
    from reader.store.files.trash import Removal
    from reader.store.library import AnnotationSummary, Library

LABEL_LENGTH = 60
"""The most characters of a passage or a title in a sentence."""

ARTICLE_KIND, ANNOTATION_KIND, FILES_KIND = "article", "annotation", "files"


class Deletion(NamedTuple):
    """Something that was deleted, or removed to the trash."""

    id: str
    """The id of the annotation, or the name of the removal in the trash."""
    moment: str
    """When it was deleted: ISO 8601, UTC; empty where that is not known."""
    article_id: str
    """The id of its article; empty where only files without an article were removed."""
    title: str
    """The title of its article; may be empty."""
    annotation: Annotation | None = None
    """The annotation; None for a removed article or other files."""
    removal: Removal | None = None
    """The removal; None for an annotation."""

    @property
    def annotations(self) -> int:
        """How many annotations come back with it."""
        return self.removal.annotations if self.removal else 1

    @property
    def kind(self) -> str:
        """What was deleted: ``annotation``, ``article``, or ``files`` without an article."""
        if self.removal is None:
            return ANNOTATION_KIND
        return ARTICLE_KIND if self.removal.articles else FILES_KIND

    def label(self) -> str:
        """Return a few words that name it, in quotation marks."""
        words = self.annotation.selector.exact if self.annotation is not None else self.title
        return f"“{one_line(words, LABEL_LENGTH) or self.id}”"

    def sentence(self) -> str:
        """Return a sentence that says that it is back."""
        if self.annotation is not None:
            title = one_line(self.title, LABEL_LENGTH)
            return f"{self.label()} is back in {f'“{title}”' if title else 'its article'}."
        count = self.annotations
        notes = f", with {counted(count, 'annotation')}" if count else ""
        return f"{self.label()} is back{notes}."

    def record(self) -> dict[str, Any]:
        """Return the deletion as scripts read it.

        It has the fields of a removal, and for an annotation also those of an annotation.
        """
        common = {"name": self.id, "removed": self.moment, "kind": self.kind}
        if self.removal is not None:
            return self.removal.record() | common
        assert self.annotation is not None
        titles = [self.title] if self.title else []
        counts = {"titles": titles, "files": 0, "articles": [self.article_id], "annotations": 1}
        return common | counts | annotation_record(self.annotation, self.article_id, self.title)


class Deletions:
    """The deletions of one library."""

    def __init__(
        self,
        library: Library,
        writer: SaveWriter,
        changes: BatchChanges,
        removals: Removals,
    ) -> None:
        """Serve a library.

        Args:
            library: The library.
            writer: Writes the changes that are not on disk yet.
            changes: Changes annotations.
            removals: Moves articles to the trash, and restores them.
        """
        self._library = library
        self._writer = writer
        self._changes = changes
        self._removals = removals

    def every(self) -> list[Deletion]:
        """Return every deletion, the newest first.

        Raises:
            StoreError: The library or its trash cannot be read.
        """
        from reader.store.files.trash import removals  # noqa: PLC0415  (only when it is asked for)

        self._writer.flush()
        deletions = [
            *map(_of_annotation, self._library.deleted_annotations()),
            *map(_of_removal, removals(self._library.folder)),
        ]
        return sorted(deletions, key=lambda each: (each.moment, each.id), reverse=True)

    def restorable(self) -> list[Deletion]:
        """Return the deletions that the reader can bring back, the newest first.

        The trash also holds copies of articles that the library has, such as conflict copies.

        Raises:
            StoreError: As for ``every``.
        """
        present = {article.id for article in self._library.articles()}
        return [
            each
            for each in self.every()
            if each.removal is None or (each.article_id and each.article_id not in present)
        ]

    def find(self, name: str) -> Deletion:
        """Return the deletion with a name.

        Args:
            name: The id of an annotation, the name of a removal, or the id of a removed article,
                of which the last removal counts.

        Raises:
            ReaderError: Nothing of that name was deleted.
        """
        deletions = self.every()
        for each in deletions:
            if name == each.id:
                return each
        for each in deletions:
            if each.removal is not None and name in each.removal.articles:
                return each
        raise ReaderError(
            "Not restored", f"Nothing called {name!r} was deleted; to see what was: margin trash"
        )

    def find_article(self, name: str) -> str:
        """Return the id of the removed article that a name identifies; empty if not exactly one.

        Args:
            name: Its id, or a part of its title.
        """
        titles = {each.article_id: each.title for each in self.restorable() if each.removal}
        if name in titles:
            return name
        named = [key for key, title in titles.items() if name.casefold() in title.casefold()]
        return named[0] if len(named) == 1 else ""

    def bring_back(self, deletion: Deletion) -> None:
        """Bring back an annotation, or an article with all that it held.

        The change is later than the deletion, so that it wins when copies are merged.

        Raises:
            StoreError: It is not there any more, or cannot be written.
        """
        if deletion.annotation is None:
            from reader.store.files.paths import LibraryPaths  # noqa: PLC0415  (as above)

            self._removals.restore(LibraryPaths(self._library.folder).trash / deletion.id)
        else:
            self._change(deletion, without_deletion)

    def delete_again(self, deletion: Deletion) -> Deletion:
        """Delete what was brought back.

        Returns:
            The new deletion.

        Raises:
            StoreError: It is not there any more, or cannot be written.
        """
        if deletion.annotation is None:
            trashed = self._removals.remove(deletion.article_id)
            return deletion._replace(id=trashed.name, moment=clock.now())
        return deletion._replace(moment=self._change(deletion, with_deletion))

    def _change(self, deletion: Deletion, change: Change) -> str:
        """Change an annotation; return when it was changed last, once that is on disk."""
        key = NoteId(deletion.article_id, deletion.id)
        step = self._changes.apply("", [key], change)
        if step.problem is not None:
            raise step.problem
        if step.gone:
            raise StoreError(
                "Not restored", f"The annotation {deletion.id} is no longer in its article’s file."
            )
        return step.changed[0].after.modified if step.changed else deletion.moment


def _of_annotation(summary: AnnotationSummary) -> Deletion:
    annotation = summary.annotation
    return Deletion(
        annotation.id,
        annotation.deleted,
        summary.article_id,
        summary.article_title,
        annotation=annotation,
    )


def _of_removal(removal: Removal) -> Deletion:
    return Deletion(
        removal.name,
        removal.removed,
        removal.articles[0] if removal.articles else "",
        removal.titles[0] if removal.titles else "",
        removal=removal,
    )
