"""Summaries: what lists of articles and of annotations show."""

from __future__ import annotations

from collections import Counter

import msgspec

from reader.core.addresses import canonical_address, file_name
from reader.core.annotation import Annotation, Article, ArticleState
from reader.core.claims import is_open_claim
from reader.core.folding import fold
from reader.core.source_keys import article_keys
from reader.store.files.article_file import ArticleRecord


class ArticleSummary(msgspec.Struct, frozen=True):
    """What a list of articles shows of an article."""

    id: str
    """ULID."""
    title: str
    """The title; may be empty."""
    site: str
    """The publication or web site; may be empty."""
    source: str
    """The absolute path or URL that it was opened from."""
    authors: tuple[str, ...]
    """The authors."""
    progress: float
    """The part that was read, 0 to 1."""
    finished: bool
    """Whether it was read to its end."""
    state: ArticleState
    """The state: set by hand, or else derived from the reading."""
    added: str
    """When it was added to the library: ISO 8601, UTC, with milliseconds."""
    opened: str
    """When it was last opened: as ``added``; empty where it never was."""
    counts: dict[str, int]
    """The number of annotations with each tag."""
    annotations: int
    """The number of annotations."""
    snapshot: str
    """The digest of its document."""
    file: str
    """The name of its file in the folder of articles."""
    tags: tuple[str, ...]
    """The projects that it belongs to: the tags of the article itself."""
    published: str = ""
    """When it was published: in ISO 8601, as much of it as is known, or in the source's words."""
    words: int = 0
    """The number of words to read; 0 where that is not known."""
    open_claims: int = 0
    """The number of claims that nobody has checked."""


class AnnotationSummary(msgspec.Struct, frozen=True):
    """What a list of annotations of several articles shows of an annotation."""

    article_id: str
    """The ULID of its article."""
    article_title: str
    """The title of its article."""
    annotation: Annotation
    """The annotation."""


def summarise(name: str, record: ArticleRecord, words: int = 0) -> ArticleSummary:
    """Return the summary of an article.

    Args:
        name: The name of its file.
        record: The article with its annotations.
        words: The number of its words; see ``Snapshots.words``.
    """
    article, live = record.article, live_annotations(record)
    return ArticleSummary(
        id=article.id,
        title=article.metadata.title,
        site=article.metadata.site,
        source=article.source,
        authors=article.metadata.authors,
        progress=article.progress,
        finished=article.finished,
        state=article.state,
        added=article.added,
        opened=article.opened,
        counts=Counter(tag for annotation in live for tag in annotation.tags),
        annotations=len(live),
        snapshot=article.snapshot,
        file=name,
        tags=article.tags,
        published=article.metadata.published,
        words=words,
        open_claims=sum(map(is_open_claim, live)),
    )


def keys_of(article: Article) -> dict[str, str]:
    """Return the keys that find an article, in the order of the index's columns.

    Addresses are canonical, and titles are folded. They are those of the source itself, which is
    found by them again, whatever the reader wrote about it.
    """
    return {
        "url": canonical_address(article.source_metadata.url),
        "source": canonical_address(article.source),
        "source_digest": article.source_digest,
        "snapshot": article.snapshot,
        "title": fold(article.source_metadata.title).strip(),
        "file_name": file_name(article.source),
    }


def known_keys(record: ArticleRecord) -> set[str]:
    """Return the keys under which an article is found when something is imported.

    They are those of its source, and those of the notes that were imported into it.
    """
    origins = (origin for annotation in record.annotations for origin in annotation.origins)
    return {*article_keys(record.article), *origins}


def live_annotations(record: ArticleRecord) -> list[Annotation]:
    """Return the annotations that are not deleted."""
    return [annotation for annotation in record.annotations if not annotation.is_deleted]
