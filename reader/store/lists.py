"""The lists of a library, as far as its index has them: a part at once, the rest page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reader.core.addresses import canonical_address
from reader.store.index.index import Index, IndexProgress
from reader.store.index.summaries import AnnotationSummary, ArticleSummary
from reader.store.index.values import AnnotationKey
from reader.store.repair.housekeeping import Housekeeping

if TYPE_CHECKING:
    from reader.store.index.lookups import Due
    from reader.store.index.statistics import Counted

_PAGE: Final = 4_000
"""How many keys are read at once: other threads may use the index between two pages."""

_MOST_WORDS: Final = 8
"""How many words of a title are looked up."""

_FEW: Final = 200
"""How many annotations are read at once where they are taken one after the other."""


class Lists:
    """Lists what the index has; safe in several threads. ``update`` brings it up to date."""

    def __init__(self, index: Index, housekeeping: Housekeeping) -> None:
        """Serve a library; touches no disk yet."""
        self._index, self._lookups = index, index.lookups
        self._housekeeping = housekeeping

    @property
    def progress(self) -> IndexProgress | None:
        """How far an update is that reads files just now; None without one."""
        return self._index.progress

    @property
    def is_current(self) -> bool:
        """Whether the index has all files, as far as that is known without reading any."""
        return self._index.has_all_saves and self._index.is_current

    @property
    def is_behind(self) -> bool:
        """Whether so many files are not in the index yet that finding an article takes long.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self._index.is_behind()

    def follow(self, on_progress: Callable[[IndexProgress | None], object]) -> None:
        """Call a function with each new ``progress``, on the thread of the update."""
        self._index.on_progress = on_progress

    def update(self) -> None:
        """Index the files that have changed, repair damaged ones and merge conflict copies.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._housekeeping.refresh()

    def stop(self) -> None:
        """Let every update end soon, because the program ends."""
        self._index.stop()

    def articles(self, most: int = -1) -> list[ArticleSummary]:
        """Return articles, the last opened first.

        Args:
            most: How many to return; negative for all.
        """
        return self._lookups.summaries(most)

    def due(self, now: str) -> Due:
        """Return how many notes are due for review at a time, and when the next one will be."""
        return self._lookups.due(now)

    def articles_called(self, name: str, source: str) -> list[ArticleSummary]:
        """Return the articles that a person means by a name.

        Args:
            name: An id, or a part of a title in any case.
            source: An absolute path or URL.

        Returns:
            The article with this id or opened from this source; else those whose title has this
            part, the last opened first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        if not self._index.catch_up() and (articles := self._indexed_as(name, source)):
            return articles
        self._housekeeping.refresh()  # also where a title was changed inside its file
        return self._indexed_as(name, source)

    def _indexed_as(self, name: str, source: str) -> list[ArticleSummary]:
        same = self._lookups.summaries_with("article", name) if name else []
        same += [
            each
            for each in self._lookups.summaries_with("source", canonical_address(source))
            if source and each.source == source
        ]
        if same:
            return same[:1]
        name = name.casefold()
        # Folding keeps these letters as they are, next to each other.
        words = sorted(set(re.findall("[0-9a-z]+", name)), key=len)[-_MOST_WORDS:]
        titled = self._lookups.summaries_titled(words)
        return [each for each in titled if name in each.title.casefold()]

    def annotation_keys(self, first: int = _PAGE) -> Iterator[list[AnnotationKey]]:
        """Yield the keys of live annotations in pages, the newest first, each annotation once.

        Args:
            first: How many keys the first page has.
        """
        last: tuple[str, str] | None = None
        for page in self._lookups.annotation_keys(first, _PAGE):
            fresh = []
            for key in page:
                # Conflict copies repeat the annotations of their article, each beside its twin.
                this = key.article_id, key.id
                if this != last:
                    fresh.append(key)
                last = this
            yield fresh

    def annotations(self) -> Iterator[AnnotationSummary]:
        """Yield the live annotations, the newest first, with few of them in memory at once."""
        for page in self.annotation_keys(_FEW):
            for start in range(0, len(page), _FEW):
                keys = [(key.article_id, key.id) for key in page[start : start + _FEW]]
                found = self.annotations_with([each for _, each in keys])
                by_key = {(each.article_id, each.annotation.id): each for each in found}
                yield from (by_key[key] for key in keys if key in by_key)

    def annotations_with(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the live annotations with some ids, in any order."""
        return self._lookups.annotations_with(ids)

    def annotations_linked_to(self, target: str) -> list[AnnotationSummary]:
        """Return the live annotations with a link to a target, the newest first, each once.

        Args:
            target: The id of an annotation or an article, or an address.
        """
        found = self._lookups.annotations_linked_to(target)
        # Conflict copies repeat the annotations of their article.
        return list({(each.article_id, each.annotation.id): each for each in found}.values())

    def annotations_near(
        self, terms: Sequence[str], words: Sequence[str], most: int
    ) -> list[AnnotationSummary]:
        """Return the live annotations that are nearest to some words, in any order.

        Args:
            terms: Folded words that each of them contains.
            words: Folded words of which the nearest contain most.
            most: How many to return; of those that are as near, the newest.
        """
        ids = self._lookups.ids_near(terms[:_MOST_WORDS], words, most)
        return self._lookups.annotations_with(list(dict.fromkeys(ids)))

    def article(self, article_id: str) -> ArticleSummary | None:
        """Return an article; None where the index does not have it."""
        return next(iter(self._lookups.summaries_with("article", article_id)), None)

    def articles_titled(self, words: Sequence[str], most: int) -> list[ArticleSummary]:
        """Return articles whose title contains every folded word, the last opened first.

        Args:
            words: Folded words; none for all articles.
            most: How many to return.
        """
        return self._lookups.summaries_titled(words[:_MOST_WORDS], most)

    def articles_at(self, address: str) -> list[ArticleSummary]:
        """Return the articles of a web address, the last opened first."""
        address = canonical_address(address)
        found = [
            each
            for column in ("source", "url")
            for each in self._lookups.summaries_with(column, address)
        ]
        return list({each.id: each for each in found}.values())

    def owners_of_texts(self) -> dict[str, list[str]]:
        """Return the ids of the articles that have each text, also an earlier one, by digests."""
        owners: dict[str, list[str]] = {}
        for digest, article_id in self._lookups.owners_of_snapshots():
            owners.setdefault(digest, []).append(article_id)
        return owners

    def counted(self) -> Counted:
        """Return what statistics count, as far as the library is indexed."""
        from reader.store.index.statistics import read_counted  # noqa: PLC0415  (when it is shown)

        return self._index.database.read(read_counted)

    def tags(self) -> set[str]:
        """Return the tags of all live annotations."""
        return self._lookups.tags()
