"""Files of Markdown that Margin wrote: known again, compared, and brought up to date."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from reader.core.annotation import Annotation
from reader.digests import text_digest
from reader.exported_markdown.file import (
    DIGEST,
    EXPORTED,
    FENCE,
    ID,
    QUERY,
    MarkdownFile,
    parse_file,
)
from reader.exported_markdown.record import (
    ArticleRecord,
    FileRecord,
    as_copied,
    record_pieces,
    write_record,
)
from reader.exports.front_matter import OWN, Fields, yaml_lines


def whole_file(
    fields: Fields,
    body: Callable[[], Iterable[str]],
    ids: Sequence[str],
    articles: Iterable[str],
    *,
    exported: str,
    query: str,
) -> Iterator[str]:
    """Yield the pieces of a file: its front matter, its body, and its record.

    Args:
        fields: The front matter; with none, the file has no front matter.
        body: Returns the Markdown, in pieces that end with a line end; called several times.
        ids: The ids of the articles.
        articles: The lines of each article in the record.
        exported: The time of the export: ISO 8601.
        query: What chose the annotations; empty for all of them.
    """
    own = yaml_lines(
        {**fields, ID: ids[0] if len(ids) == 1 else list(ids), QUERY: query} if fields else {}
    )
    written = text_digest(chain(own, ids, [query], body()))
    record = FileRecord(exported, written, text_digest(body()), query, ())
    if own:
        yield "\n".join([FENCE, *own, FENCE, "", ""])
    yield from body()
    yield "\n"
    yield from record_pieces(record, articles)
    yield "\n"


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if Margin did not write it."""
    return parse_file(text).article_ids


def query_of(text: str) -> str:
    """Return what chose the annotations of a file; empty where it names nothing."""
    return parse_file(text).query


def updated(previous: str, new: str) -> str:
    """Return the new content of a file that holds ``previous``, when ``new`` is exported to it.

    That is ``previous`` if nothing but the time of export has changed; otherwise it is ``new`` with
    the fields that a person added to the front matter.
    """
    before, after = parse_file(previous), parse_file(new)
    if not before.article_ids:
        return new
    if before.digests[0] == after.digests[0]:
        return previous
    added = [line for name, lines in before.fields.items() if name not in OWN for line in lines]
    if not added:
        return new
    if not after.fields:
        return "\n".join([FENCE, *added, FENCE, "", new])
    head, fence, body = new.partition(f"\n{FENCE}\n")
    return "\n".join([head, *added]) + fence + body


def is_edited(text: str) -> bool:
    """Return whether a file was edited since Margin wrote it; its front matter apart."""
    return parse_file(text).is_edited


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it, the front matter too; white space apart.

    Args:
        text: What the file holds.
        annotations: The annotations by id, deleted ones too; the digests are enough.
    """
    file = parse_file(text)
    if not file.article_ids or not file.fields.keys() <= OWN:
        return False
    own = [
        line
        for name, lines in file.fields.items()
        if name not in (EXPORTED, DIGEST)
        for line in lines
    ]
    body = [*file.body, *file.tail]
    ids = [*file.article_ids, file.query] if file.found else []
    return file.digests == (text_digest([*own, *ids, *body]), text_digest(body))


def emptied(file: MarkdownFile, body: Sequence[str]) -> str:
    """Return a file from which the annotations were taken out, with its front matter.

    The digest says so: the next export with annotations writes the file, and keeps a copy of it if
    a person had changed it.

    Args:
        file: The file.
        body: The lines that are left of its body.
    """
    written = file.digests[1] if file.is_edited else text_digest([*body, *file.tail])
    head = [
        line
        for name, lines in file.fields.items()
        if name not in ("tags", DIGEST)
        for line in lines
    ]
    if file.found is None and head:
        head += yaml_lines({DIGEST: f"{text_digest([])}-{written}"})
    front = [FENCE, *head, FENCE] if head else []
    text = "\n".join([*front, *body]).rstrip("\n") + "\n"
    if file.found is None:
        return text
    record = file.found.record
    articles = tuple(ArticleRecord(each.id, ()) for each in record.articles)
    record = record._replace(written=text_digest([]), body=written, articles=articles)
    return "\n".join([text, write_record(record), *(file.tail or [""])])


def without_lines(lines: Sequence[str], gone: Collection[int]) -> list[str]:
    """Return lines without some, and without the empty lines that follow these."""
    kept: list[str] = []
    was_gone = False
    for at, line in enumerate(lines):
        was_gone = at in gone or (was_gone and not line.strip())
        if not was_gone:
            kept.append(line)
    return kept


def without_empty(lines: Sequence[str], headings: Collection[str]) -> list[str]:
    """Return lines without those of ``headings`` that have nothing under them."""
    kept: list[str] = []
    following = "# the end"
    for line in reversed(lines):
        if not (line in headings and following.startswith(("# ", "## "))):
            kept.append(line)
        following = line if line.strip() else following
    return kept[::-1]


def as_copy(text: str) -> str:
    """Return an export so that Margin no longer recognises it as its own."""
    return as_copied(re.sub(rf"^{ID}:", "margin-copy-of:", text, count=1, flags=re.MULTILINE))
