"""Finds articles by what identifies their sources: in the index, else in the files themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from reader.core.addresses import canonical_address
from reader.core.annotation import Article
from reader.core.folding import fold
from reader.errors import StoreError
from reader.store.files.article_file import ArticleFile
from reader.store.files.paths import LibraryPaths
from reader.store.files.records import clean_text
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index
from reader.store.index.summaries import keys_of, known_keys
from reader.store.index.unindexed import search_files
from reader.store.repair.housekeeping import Housekeeping


class ArticleFinder:
    """Finds the articles of a library; safe in several threads."""

    def __init__(
        self, paths: LibraryPaths, files: ArticleFiles, index: Index, housekeeping: Housekeeping
    ) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths
        self._files = files
        self._index = index
        self._housekeeping = housekeeping

    def first(
        self, *, url: str = "", source: str = "", source_digest: str = "", digest: str = ""
    ) -> Article | None:
        """Find an article by the first of these keys that has one; empty keys are skipped.

        Args:
            url: Its canonical URL.
            source: The absolute path or URL that it was opened from.
            source_digest: SHA-256 of its source's bytes.
            digest: Digest of its document.

        Returns:
            The article; of several the last opened. None where there is none.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        keys = {"url": url, "source": source, "source_digest": source_digest, "snapshot": digest}
        if article := next(self._matches(keys), None):
            return article
        if names := self._index.catch_up():
            return next(self._search(names, keys), None)
        return next(self._matches(keys), None)

    def first_indexed(
        self, *, url: str = "", source: str = "", source_digest: str = "", digest: str = ""
    ) -> Article | None:
        """Find an article as ``first`` does, but only with what the index has already."""
        keys = {"url": url, "source": source, "source_digest": source_digest, "snapshot": digest}
        return next(self._matches(keys), None)

    def twin(self, article: Article) -> Article | None:
        """Find the article that the library has of the source of another one.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self.first(url=article.source_metadata.url, source=article.source)

    def indexed_twin(self, article: Article) -> Article | None:
        """Find the article of the same source, but only with what the index has already."""
        return self.first_indexed(url=article.source_metadata.url, source=article.source)

    def named(self, article: Article) -> Article | None:
        """Find an article by its source among the files that are named after its title.

        This needs no index, but does not find articles whose title has changed.
        """
        file = self._files.find_named(article)
        return file.last_read.article if file is not None and file.last_read else None

    def all(
        self,
        *,
        url: str = "",
        source_digest: str = "",
        digest: str = "",
        title: str = "",
        file_name: str = "",
        limit: int = 100,
    ) -> list[Article]:
        """Find the articles that have any of these keys; empty keys are skipped.

        Args:
            url: Its canonical URL, or the URL that it was opened from.
            source_digest: SHA-256 of its source's bytes.
            digest: Digest of its document.
            title: Its title.
            file_name: The name of the file that it was opened from, without its folder.
            limit: The largest number of articles to return.

        Returns:
            Each article once, in the order of the arguments; of those with the same key the last
            opened first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        names = self._index.catch_up()
        sought = {
            "url": url,
            "source": url,
            "source_digest": source_digest,
            "snapshot": digest,
            "title": title,
            "file_name": file_name,
        }
        unindexed = self._search(names, sought) if names else ()
        articles: dict[str, Article] = {}
        for matches in (self._matches(sought), unindexed):
            for article in matches:
                if len(articles) == limit:
                    return list(articles.values())
                articles.setdefault(article.id, article)
        return list(articles.values())

    def known(self, keys: Sequence[str]) -> list[Article]:
        """Find the articles that have any of some keys of ``known_keys``, each once.

        Only the index is asked, which ``lists.update`` brings up to date.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._index.catch_up()
        articles: dict[str, Article] = {}
        for article_id in self._index.lookups.known(keys):
            file = self._files.find(article_id)
            with contextlib.suppress(StoreError):  # lists report it
                record = file and self._housekeeping.read(file)
                if record and not known_keys(record).isdisjoint(keys):
                    articles.setdefault(record.article.id, record.article)
        return list(articles.values())

    def digest_with(self, source: str, stamp: str) -> str:
        """Return the digest of the bytes that a source had with a stamp; empty if not known.

        Args:
            source: The absolute path of a file.
            stamp: A text that changes whenever the file is written.
        """
        return self._index.stamps.digest_with(_indexed_form("source", source), stamp)

    def note_stamp(self, source: str, stamp: str, digest: str) -> None:
        """Remember the stamp of a source for ``digest_with``, once its article is saved.

        Args:
            source: The absolute path of a file.
            stamp: Its stamp before it was read.
            digest: SHA-256 of its bytes.
        """
        self._index.stamps.note(_indexed_form("source", source), stamp, digest)

    def _search(self, names: Sequence[str], keys: Mapping[str, str]) -> Iterator[Article]:
        """Yield the articles in files without an entry in the index, in the order of ``keys``."""
        values = {column: _indexed_form(column, key) for column, key in keys.items()}
        sought = {column: value for column, value in values.items() if value}
        order = list(sought)
        found = search_files(self._paths, names, sought) if sought else ()
        for name, _ in sorted(found, key=lambda match: order.index(match[1])):
            with contextlib.suppress(StoreError):  # lists report it
                record = self._housekeeping.read(ArticleFile.in_library(self._paths, name))
                if record is not None:
                    yield record.article

    def _matches(self, keys: Mapping[str, str]) -> Iterator[Article]:
        """Yield the articles that the index finds by ``keys``, each checked against its file."""
        for column, key in keys.items():
            value = _indexed_form(column, key)
            if not value:
                continue
            for article_id, _ in self._index.lookups.look_up(column, value):
                file = self._files.find(article_id)
                try:
                    record = file and self._housekeeping.read(file)
                except StoreError:
                    continue  # lists report it
                if record and keys_of(record.article)[column] == value:
                    yield record.article


def _indexed_form(column: str, value: str) -> str:
    """Return ``value`` in the form of the index's column."""
    match column:
        case "url" | "source":
            return clean_text(canonical_address(value))
        case "title":
            return clean_text(fold(value).strip())
        case _:
            return clean_text(value)
