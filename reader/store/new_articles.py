"""Adding many new articles at once: their files are written side by side, and indexed together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from reader.core.annotation import Article
from reader.errors import StoreError
from reader.files import Stamp, make_private_folder, sync_folder, write_atomically
from reader.store.errors import cannot_write
from reader.store.files.article_file import ArticleFile, ArticleRecord, encoded_record
from reader.store.files.locks import locked
from reader.store.files.records import without_surrogates

if TYPE_CHECKING:
    from reader.store.files.paths import LibraryPaths
    from reader.store.index.article_files import ArticleFiles
    from reader.store.index.index import Index

_AT_ONCE: Final = 8
"""How many files are written at once: most of the time of each is waiting for the disk."""


class NewArticles:
    """Adds articles to one library."""

    def __init__(
        self,
        paths: LibraryPaths,
        files: ArticleFiles,
        index: Index,
        find_twin: Callable[[Article], Article | None],
    ) -> None:
        """Serve a library.

        Args:
            paths: The paths of the library, whose folder exists.
            files: Names the files.
            index: The index.
            find_twin: Returns the article that the library has of the same source, as far as the
                index has it.
        """
        self._paths = paths
        self._files = files
        self._index = index
        self._find_twin = find_twin

    def add(self, records: Sequence[ArticleRecord]) -> list[ArticleRecord]:
        """Write articles that are new, durably, all of them or none.

        Args:
            records: The articles with their annotations, each of another source.

        Returns:
            Those that the library has by now, of which nothing was written.

        Raises:
            StoreError: A file could not be written.
        """
        with locked(self._paths.lock("new-article")), self._index.saving:
            self._index.catch_up()
            known = [each for each in records if self._is_known(each.article)]
            ids = {each.article.id for each in known}
            new = [_clean(each) for each in records if each.article.id not in ids]
            written = self._write(new)
            self._index.put_all(written)
            self._index.catch_up()
        return known

    def _is_known(self, article: Article) -> bool:
        return self._files.find(article.id) is not None or self._find_twin(article) is not None

    def _write(self, records: Sequence[ArticleRecord]) -> list[tuple[str, Stamp, ArticleRecord]]:
        """Write the files of articles; return the name and the stamp of each."""
        files: dict[str, ArticleFile] = {}
        for record in records:
            file = self._files.new(record.article, taken=files)
            files[file.path.name] = file
        folder = self._paths.articles

        def write(name: str, record: ArticleRecord) -> Stamp:
            content = encoded_record(record, folder / name)
            return write_atomically(folder / name, [content], syncs_folder=False)

        try:
            make_private_folder(folder)
            with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="margin-import") as pool:
                stamps = list(pool.map(write, files, records))
            sync_folder(folder)
        except (OSError, StoreError) as error:
            for name in files:
                (folder / name).unlink(missing_ok=True)
            raise error if isinstance(error, StoreError) else cannot_write(error, folder) from error
        return list(zip(files, stamps, records, strict=True))


def _clean(record: ArticleRecord) -> ArticleRecord:
    annotations = tuple(map(without_surrogates, record.annotations))
    return ArticleRecord(without_surrogates(record.article), annotations)
