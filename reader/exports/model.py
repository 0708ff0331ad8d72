"""What is exported: an article with its annotations and, if the library has it, its text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

import msgspec

from reader.core.annotation import Annotation, Article
from reader.core.claims import STANDARD_STATUSES, ClaimStatus, ReviewPublisher
from reader.core.document import Document

Made = TypeVar("Made")

Content = TypeVar("Content", str, bytes)
"""What a file of a format holds: a text, or bytes."""


class ExportOptions(NamedTuple):
    """What was asked for besides the articles."""

    exported: str
    """The time of the export: ISO 8601."""
    tags: Collection[str] = ()
    """Only annotations with one of these; with none, all."""
    statuses: Collection[ClaimStatus] = STANDARD_STATUSES
    """The statuses of claims."""
    publisher: ReviewPublisher = ReviewPublisher()
    """Who publishes reviews of claims."""
    is_known_again: bool = True
    """Whether Margin must know by what is written that it wrote it, which a text that goes to the
    clipboard or to another program need not say."""
    has_ids: bool = False
    """Whether Markdown has a front matter, and an id at each passage, as vaults use them."""
    has_front_matter: bool | None = None
    """Whether Markdown without ids has a front matter; None in a file for each article."""

    def in_folder(self) -> ExportOptions:
        """Return the options for a file of a folder that has one for each article."""
        return self._replace(has_front_matter=self.has_front_matter is not False)


class ExportedArticle(msgspec.Struct, frozen=True):
    """An article with its annotations."""

    article: Article
    """The annotated article."""
    annotations: tuple[Annotation, ...]
    """Its annotations in any order; deleted ones are ignored."""
    document: Document | None
    """The text that the places of the annotations refer to; None to quote the passages from the
    annotations."""
    query: str = ""
    """What chose the annotations, on one line; empty where these are all of the article, or all
    with some tags."""

    notes: Mapping[str, Document] = {}
    """The notes as documents by the ids of their annotations, where the format lays them out."""

    def selected(self, tags: Collection[str]) -> list[Annotation]:
        """Return the annotations in the order of the text, without deleted ones.

        Args:
            tags: Only annotations with one of these; with none, all.
        """
        chosen = [
            annotation
            for annotation in self.annotations
            if not annotation.is_deleted and (not tags or not set(tags).isdisjoint(annotation.tags))
        ]
        return sorted(
            chosen, key=lambda each: (each.place.start, each.place.end, each.created, each.id)
        )

    @property
    def title(self) -> str:
        """The title on one line; the name of the source if the article has none."""
        title = " ".join(self.article.metadata.title.split())
        return title or source_name(self.article.source) or "Untitled"


class Update(NamedTuple, Generic[Content]):
    """The new state of a file that Margin exported to before."""

    content: Content
    """The new content of the file."""
    edited: Content | None = None
    """The content of a copy to keep beside it, because a person edited the file; None for none."""


def _order_of(item: ExportedArticle) -> tuple[str, str]:
    """Return what the articles in one text are sorted by: the title, then the id."""
    return item.title.casefold(), item.article.id


def in_order(
    items: Iterable[ExportedArticle], made_of: Callable[[ExportedArticle], Made]
) -> list[Made]:
    """Return what is made of each article, by title; the articles are taken one at a time.

    Args:
        items: The articles, in any order; their texts need not all be in memory.
        made_of: Returns what is needed of an article; far smaller than its text.
    """
    made = [(_order_of(item), made_of(item)) for item in items]
    return [each for _, each in sorted(made, key=lambda pair: pair[0])]


def single_or_not(items: Iterable[ExportedArticle]) -> tuple[bool, Iterator[ExportedArticle]]:
    """Return whether there is one article alone, and the articles, of which two were taken."""
    rest = iter(items)
    taken = deque(islice(rest, 2))

    def all_of_them() -> Iterator[ExportedArticle]:
        while taken:
            yield taken.popleft()
        yield from rest

    return len(taken) == 1, all_of_them()


def source_name(source: str) -> str:
    """Return the last part of a path or URL without its suffix; may be empty."""
    last = re.split(r"[?#]", source, maxsplit=1)[0] if "://" in source else source
    last = last.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    return stem if dot and stem and len(suffix) <= 8 and suffix.isalnum() else last
