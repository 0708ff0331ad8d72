"""What an export writes, as one text, and what a file of any format holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable

from reader.exports import FORMATS, ExportedArticle, ExportOptions, find_format


def render(
    items: Iterable[ExportedArticle],
    *,
    exported: str,
    tags: Collection[str] = (),
    format_name: str = "",
    has_ids: bool = False,
) -> str:
    """Return all that a format of texts writes of articles."""
    text = find_format(format_name).whole(items, ExportOptions(exported, tags, has_ids=has_ids))
    assert isinstance(text, str)
    return text


def words_of(content: str | bytes) -> str:
    """Return the words in what a file holds; those of all members of a package."""
    if isinstance(content, str):
        return content
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode("latin-1") for name in package.namelist())


TEXTS = [name for name, each in FORMATS.items() if not each.is_binary]
"""The formats whose files are texts."""
