"""Sources of other programs whose articles were removed from the library, to the trash."""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.core.source_keys import is_title_key
from reader.errors import StoreError
from reader.session.import_undo import UNDONE_IMPORT
from reader.store.files.article_data import read_article_data
from reader.store.files.article_file import ArticleRecord
from reader.store.files.paths import ARTICLES, LibraryPaths
from reader.store.index.summaries import known_keys

if TYPE_CHECKING:
    from reader.session.importing.incoming import IncomingSource


class RemovedSources:
    """The articles in the trash of a library, which is read when one is first asked for."""

    def __init__(self, folder: Path) -> None:
        """Serve the library in a folder."""
        self._folder = folder

    def find(self, incoming: IncomingSource) -> str:
        """Return the name of the removal of a source in the trash; empty where it has none.

        Its address, its path, its ISBN and the notes that were imported of it identify it.
        """
        origins = (note.origin for note in incoming.notes)
        keys = (*(key for key in incoming.keys if not is_title_key(key)), *origins)
        return next((self._names[key] for key in keys if key in self._names), "")

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of removals by the keys of the articles in them."""
        names: dict[str, str] = {}
        for path in sorted(LibraryPaths(self._folder).trash.glob(f"*/{ARTICLES}/*.json")):
            removal = path.parent.parent.name
            if removal.startswith((UNDONE_IMPORT, ".")):
                continue
            with contextlib.suppress(StoreError):  # a damaged file tells nothing
                data = read_article_data(path)
                record = ArticleRecord(data.article, tuple(data.annotations.values()))
                keys = (f"article {data.article.id}", *known_keys(record))
                names |= dict.fromkeys(keys, removal)
        return names
