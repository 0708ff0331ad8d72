"""The merge driver for libraries in git: a three-way merge of one file."""

from __future__ import annotations

from pathlib import Path

from reader.errors import StoreError
from reader.files import is_there, write_atomically
from reader.store.errors import cannot_write
from reader.store.files.article_data import ArticleData, read_article_data
from reader.store.files.tables import encode_tables
from reader.store.merge.file_merge import merge_data
from reader.store.merge.merging import new_conflicting_edits
from reader.store.merge.speaker_file import holds_speakers, merge_speakers


def merge_three_ways(base: Path, ours: Path, theirs: Path) -> int:
    """Merge two branches' versions of a file of a library, and write the result to ``ours``.

    It is an article file, or the file of the names of speakers.

    Args:
        base: The common ancestor; an empty file where there is none.
        ours: This branch's version; receives the result.
        theirs: The other branch's version.

    Returns:
        How many notes were edited in both branches and hold both texts now.

    Raises:
        StoreError: A file is no such file, a later Margin wrote it, or the files hold
            different articles; ``ours`` is unchanged.
    """
    if holds_speakers(ours):
        merge_speakers(base if _is_filled(base) else None, ours, theirs)
        return 0
    our_data, their_data = read_article_data(ours), read_article_data(theirs)
    if our_data.article.id != their_data.article.id:
        raise StoreError(
            "Not merged", f"{ours} and {theirs} hold different articles; rename one of the two."
        )
    merged = merge_data(our_data, their_data, _base(base))
    try:
        write_atomically(ours, [encode_tables(merged.tables)])
    except OSError as error:
        raise cannot_write(error, ours) from error
    return new_conflicting_edits(
        *(data.annotations.values() for data in (merged, our_data, their_data))
    )


def _base(path: Path) -> ArticleData | None:
    return read_article_data(path) if _is_filled(path) else None


def _is_filled(path: Path) -> bool:
    return is_there(path) and path.stat().st_size > 0
