"""What is exported: an article with its annotations and, where it is kept, its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from reader.core.annotation import Annotation, Article
from reader.core.document import Document


class ExportedArticle(msgspec.Struct, frozen=True):
    """An article and what was marked in it."""

    article: Article
    """The article that the annotations are on."""
    annotations: tuple[Annotation, ...]
    """Its annotations in any order; tombstones are passed over."""
    document: Document | None
    """The text that the annotations' places refer to; without it the passages are quoted from
    the annotations themselves."""

    def selected(self, tags: Collection[str]) -> list[Annotation]:
        """Return the living annotations in the order of the text.

        Args:
            tags: Only annotations that have one of these; with none, all.
        """
        chosen = [
            annotation
            for annotation in self.annotations
            if not annotation.is_deleted and (not tags or not set(tags).isdisjoint(annotation.tags))
        ]
        return sorted(chosen, key=lambda one: (one.place.start, one.place.end, one.created, one.id))

    @property
    def title(self) -> str:
        """The title on one line; the name of the source where the article has none."""
        title = " ".join(self.article.metadata.title.split())
        return title or source_name(self.article.source) or "Untitled"


class Update(NamedTuple):
    """What becomes of a file that Margin exported to before."""

    text: str
    """What the file should hold."""
    edited: str = ""
    """What to keep beside it, because a person changed it there; empty for nothing."""


def in_order(items: Iterable[ExportedArticle]) -> list[ExportedArticle]:
    """Return articles in the order in which they stand in one text: by title."""
    return sorted(items, key=lambda item: (item.title.casefold(), item.article.id))


def source_name(source: str) -> str:
    """Return the last part of a path or URL, without its suffix; empty where it has none."""
    last = re.split(r"[?#]", source, maxsplit=1)[0] if "://" in source else source
    last = last.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    return stem if dot and stem and len(suffix) <= 8 and suffix.isalnum() else last
