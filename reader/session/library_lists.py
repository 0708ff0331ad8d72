"""The lists of articles and of annotations: their first rows at once, the rest as it is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from reader import clock
from reader.session.index_update import IndexUpdate, IndexUpdates
from reader.store.index.index import IndexProgress
from reader.store.index.values import AnnotationKey

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.library import AnnotationSummary, ArticleSummary, Library

SPEAKERS_FROM: Final = 4_000
"""From how many of the newest annotations the speakers are looked up."""

FIRST_ROWS: Final = 64
"""How many items are read before all others: as many as fit on a tall screen."""

PAINT_SECONDS: Final = 0.1
"""How long the rest waits so that the first rows are painted, in seconds."""

STEP_SECONDS: Final = 0.3
"""The least time between two parts of a list while its library is indexed, in seconds."""

STEP_SHARE: Final = 4
"""How many times as long as reading a part took nothing is read then, so that indexing goes on."""

SAVE_SECONDS: Final = 2.0
"""How long a list waits for changes that are being saved, in seconds."""

Item = TypeVar("Item")


class ListPart(NamedTuple):
    """What is known of a list so far."""

    items: Sequence[Any]
    """The items, in order; each part has all items that are known by then."""
    is_complete: bool
    """Whether these are all items, as they are on disk."""
    progress: IndexProgress | None = None
    """How far the library is indexed, where that takes a while; None otherwise."""


class LibraryLists:
    """The lists of one library; safe on any thread, and slow, so not for that of the interface."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library; touches no disk yet."""
        self._library, self._lists = library, library.lists
        self._writer = writer
        self.updates = IndexUpdates(self._lists, self._enter_texts)
        """The updates of the index."""

    def _enter_texts(self, must_stop: Callable[[], bool], rest: float) -> None:
        """Enter the articles' texts; what does so is imported only then."""
        self._library.text_updates.run(must_stop, rest)

    def prepare(self) -> None:
        """Index the library where it is far behind, before many articles are looked up.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        if self._library.lists.is_behind:
            self._lists.update()

    def begin_if_behind(self) -> IndexUpdate | None:
        """Begin to update the index where it is far behind; None where it is not.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self.updates.begin() if self._library.lists.is_behind else None

    def follow(self, on_progress: Callable[[IndexProgress | None], object]) -> None:
        """Call a function with the progress of each update of the index, on the thread of that."""
        self._lists.follow(on_progress)

    def articles(self, *, has_first: bool = True) -> Iterator[ListPart]:
        """Yield the articles, the last opened first, as ``ArticleSummary``.

        Args:
            has_first: Whether to begin with what the index has before it is brought up to date.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self.parts(self._lists.articles, has_first=has_first)

    def articles_at_hand(self) -> Sequence[ArticleSummary]:
        """Return the first articles that the index has as it is, the last opened first."""
        return self._lists.articles(FIRST_ROWS)

    def due_at_hand(self) -> int:
        """Return how many notes are due for review now, as the index has it."""
        return self._lists.due(clock.now()).notes

    def annotation_keys(self, *, has_first: bool = True) -> Iterator[ListPart]:
        """Yield the live annotations of all articles, the newest first, as ``AnnotationKey``.

        Args:
            has_first: As for ``articles``.

        Raises:
            StoreError: As for ``articles``.
        """
        return self.parts(self._annotation_keys, has_first=has_first)

    def annotations_with(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the live annotations with some ids, in any order."""
        return self._lists.annotations_with(ids)

    def annotations_linked_to(self, target: str) -> list[AnnotationSummary]:
        """Return the live annotations with a link to an annotation or an article, by its id."""
        return self._lists.annotations_linked_to(target)

    def tags(self) -> set[str]:
        """Return the tags of the annotations that are indexed by now."""
        return self._lists.tags()

    def speakers(self, most: int = SPEAKERS_FROM) -> tuple[str, ...]:
        """Return the speakers of the newest annotations that are indexed by now, each once.

        Args:
            most: How many annotations are looked at.
        """
        newest = islice(self._lists.annotations(), most)
        speakers = (each.annotation.speaker for each in newest if each.annotation.speaker)
        return tuple(dict.fromkeys(speakers))

    def _annotation_keys(self, most: int = -1) -> list[AnnotationKey]:
        if most >= 0:
            return next(self._lists.annotation_keys(most), [])
        return [key for page in self._lists.annotation_keys() for key in page]

    def parts(
        self, read: Callable[[int], Sequence[Item]], *, has_first: bool = True
    ) -> Iterator[ListPart]:
        """Yield a list as far as the library is indexed, and all of it at the end.

        Args:
            read: Returns so many of the items that are indexed; all for a negative number.
            has_first: As for ``articles``.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        if has_first and (items := read(FIRST_ROWS)):
            yield ListPart(items, is_complete=False)
            if len(items) == FIRST_ROWS:
                time.sleep(PAINT_SECONDS)
        self._writer.flush(SAVE_SECONDS)
        update = self.updates.begin()
        pause = STEP_SECONDS
        while not update.wait(pause):
            if progress := self.updates.progress:
                start = time.monotonic()
                yield ListPart(read(-1), is_complete=False, progress=progress)
                pause = max(STEP_SECONDS, STEP_SHARE * (time.monotonic() - start))
        if update.error is not None:
            raise update.error
        yield ListPart(read(-1), is_complete=True)
