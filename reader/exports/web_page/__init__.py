"""The HTML writer: an article in one file, with its marks, and the notes in the margin."""

from reader.exports.web_page.writer import (
    article_ids,
    as_copy,
    is_own,
    query_of,
    shows_tag,
    write,
    written_digest,
)

__all__ = [
    "article_ids",
    "as_copy",
    "is_own",
    "query_of",
    "shows_tag",
    "write",
    "written_digest",
]
