"""The record of an article: made for a new source, and updated when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader import clock
from reader.core.addresses import is_web_address
from reader.core.annotation import Article
from reader.core.document import BlockKind, Document, Metadata
from reader.core.seen_texts import with_seen_text
from reader.core.text_formatting import one_line
from reader.identifiers import new_id

if TYPE_CHECKING:
    from reader.session.sources import Source

TITLE_LENGTH = 60
"""The length of a title made of a text's first words, in code points."""


def metadata_of(document: Document, source: str) -> Metadata:
    """Return the metadata of a document, for the library.

    Args:
        document: The document, or its first part.
        source: Its path or URL; empty for a pasted or piped text, whose title is then made of its
            first words where it has none.
    """
    known = document.metadata
    if known.title or source:
        return known
    return replace(known, title=one_line(document.text[: 2 * TITLE_LENGTH], TITLE_LENGTH))


def without_version(article: Article) -> Article:
    """Return an article without its source digest and HTTP validators.

    They belong to a text that is not stored yet: if the program ended before all of it was read,
    the stored text would pass for the new one.
    """
    return replace(article, source_digest="", etag="", last_modified="")


def with_source(article: Article, fetched: Source) -> Article:
    """Return an article with the address and the version of its source.

    A copy does not replace its original: the article of a web page keeps its address when a saved
    file of the page is opened, and so does the article of a file that still exists.
    """
    page = fetched.page
    if not _replaces(article.source, fetched.address):
        return article if article.source_digest == fetched.digest else without_version(article)
    if page is not None and fetched.is_unchanged:
        return replace(
            article,
            etag=page.etag or article.etag,
            last_modified=page.last_modified or article.last_modified,
        )
    return replace(
        article,
        source=fetched.address or article.source,
        source_digest=fetched.digest,
        etag=page.etag if page else "",
        last_modified=page.last_modified if page else "",
        is_whole=bool(fetched.is_whole),
        read_as=fetched.read_as or "",
    )


def seen_now(article: Article) -> Article:
    """Return an article whose source still has the text that was read last."""
    return with_seen_text(article, article.snapshot, clock.now())


def _replaces(stored: str, address: str) -> bool:
    """Return whether the source at ``address`` replaces the stored one at ``known``."""
    if not stored or stored == address:
        return True
    if not address:
        return False
    if is_web_address(stored):
        return is_web_address(address)
    return not Path(stored).exists()


def new_article(fetched: Source, first: Document) -> Article:
    """Return a new article for a source that the library does not have.

    Its caret is at the title or the first words, and not in text of the page before them.
    """
    return Article(
        id=new_id(),
        source=fetched.address,
        source_metadata=metadata_of(first, fetched.address),
        added=clock.now(),
        caret_distance=first_offset(first),
    )


def first_offset(document: Document) -> int:
    """Return where the title or the first words of an article begin; 0 if there are none."""
    own = (
        block.start
        for block in document.blocks
        if not block.residue and block.kind is not BlockKind.RULE
    )
    return next(own, 0)
