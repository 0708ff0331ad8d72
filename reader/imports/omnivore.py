"""Reads the archive of Omnivore, with its articles and their highlights, and its JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from msgspec.structs import replace

from reader.core.json_values import string_in
from reader.core.text_formatting import counted
from reader.errors import SourceError
from reader.imports.archive import Archive
from reader.imports.links.archives import (
    ArchivedCopies,
    articles_in,
    copies_in,
    is_metadata,
    labels_in,
    link_of_record,
    list_parts,
)
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.quote_blocks import QuoteBlock, quote_blocks
from reader.imports.records import Record, is_any, json_in, records_in, text_in
from reader.imports.values import date_in, decoded, with_unix_ends

_MAX_HIGHLIGHTS: Final = 10_000_000
"""The most bytes of the highlights of one article, unpacked."""

_ABOUT_ALL: Final = re.compile(r"\n{3,}|\n\n\Z")
"""What ends a note on the whole article in a file of highlights; other notes end sooner."""

_LABELS: Final = re.compile(r"#[^#\n]{1,60}(?: #[^#\n]{1,60}){0,50}")
_ARTICLE_FIELDS: Final = ("slug", "savedAt", "originalArticleUrl")


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is Omnivore's archive, or its JSON."""
    if file.names:
        return any(map(is_metadata, file.names))
    return is_any(articles_in(file.json), _is_article)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles, with their texts, highlights and notes.

    Raises:
        SourceError: The archive is damaged, or its lists are too large.
    """
    if file.json is not None:
        for number, record in enumerate(articles_in(file.json), 1):
            yield _article(record, number) if _is_article(record) else _no_article(number)
        return
    archive = file.archive
    copies = ArchivedCopies(file.data, file.name)
    texts = copies_in(archive.names)
    highlights = {
        path.stem: name
        for name in archive.names
        if "highlights/" in name and not (path := PurePosixPath(name)).name.startswith(".")
    }
    number = 0
    for name, part in list_parts(archive, file.name):
        if not is_metadata(name):
            continue
        content = json_in(decoded(part))
        if content is None:
            yield BadRow(number + 1, f"{name} is not JSON that can be read", is_entry=True)
        for record in articles_in(content):
            number += 1
            if not _is_article(record):
                yield _no_article(number)
                continue
            slug = text_in(record, "slug")
            article = _with_text(_article(record, number), copies, texts.get(slug, ""))
            yield from _with_highlights(archive, article, highlights.pop(slug, ""), number)
    lost = {slug: name for slug, name in highlights.items() if number and name.endswith(".md")}
    for slug, name in lost.items():
        article = ImportedSource(title=slug.replace("-", " ").strip())
        article = _with_text(article, copies, texts.get(slug, ""))
        yield from _with_highlights(archive, article, name, number)
    if lost:
        files = counted(len(lost), "file")
        named = "it is named after the file" if len(lost) == 1 else "each is named after its file"
        yield Remark(f"The lists lack the article of {files} of highlights; {named}.")


def _with_text(article: ImportedSource, copies: ArchivedCopies, file: str) -> ImportedSource:
    """Return an article with its text in the archive; the article itself where that has none."""
    if not file:
        return article
    reading = partial(copies.read, file)
    return replace(article, read_text=reading, text_name=PurePosixPath(file).name)


def _no_article(number: int) -> BadRow:
    return BadRow(number, "it is not an article of Omnivore", is_entry=True)


def _is_article(record: Record) -> bool:
    has_address = bool(text_in(record, "url", "originalArticleUrl"))
    return has_address and any(name in record for name in _ARTICLE_FIELDS)


def _with_highlights(
    archive: Archive, article: ImportedSource, name: str, number: int
) -> Iterator[ImportedSource | BadRow]:
    """Yield an article with its highlights, and what is damaged.

    Args:
        archive: The archive.
        article: The article.
        name: The file of its highlights; empty without any.
        number: The number of the article.
    """
    markdown = _file(archive, name, _MAX_HIGHLIGHTS) if name else b""
    if markdown is None:
        yield BadRow(number, f"{name} is damaged or too large", is_entry=True)
    elif markdown:
        notes = highlights_in(with_unix_ends(decoded(markdown)), number)
        article = replace(article, notes=(*article.notes, *notes))
    yield article


def _file(archive: Archive, name: str, most: int) -> bytes | None:
    try:
        return archive.read(name, most)
    except SourceError:
        return None


def highlights_in(text: str, row: int) -> Iterator[ImportedNote]:
    """Yield the highlights of an article's Markdown: a quote, its labels, the note on it.

    A note on the whole article stands among them without a quote, and with more space below it.
    """
    for block in quote_blocks(text, continues=True):
        below = block.text
        about_all = ""
        if below.strip() and _ABOUT_ALL.search(below.lstrip("\n")):
            below, about_all = _last_paragraph(below) if block.quote else ("", below.strip())
        if block.quote:
            yield _highlight(block, below, row)
        elif below.strip():
            yield ImportedNote(note=below.strip(), row=row)
        if about_all:
            yield ImportedNote(note=about_all, row=row)


def _last_paragraph(text: str) -> tuple[str, str]:
    """Return a text without its last paragraph, and that paragraph."""
    before, _, last = text.strip().rpartition("\n\n")
    return before, last.strip()


def _highlight(block: QuoteBlock, below: str, row: int) -> ImportedNote:
    first, _, rest = below.strip().partition("\n")
    tags: tuple[str, ...] = ()
    if _LABELS.fullmatch(first) and not first.startswith("# "):
        tags = tuple(name for each in first.split("#") if (name := each.strip()))
    else:
        rest = below
    return ImportedNote(quote=block.quote, note=rest.strip(), tags=tags, row=row)


def _article(record: Record, number: int) -> ImportedSource:
    link = link_of_record(record, {})
    content = text_in(record, "content")
    author = text_in(record, "author")
    notes = (_note(each, number) for each in records_in(record.get("highlights")))
    return ImportedSource(
        title=text_in(record, "title"),
        authors=(author,) if author else (),
        url=link.url,
        site=text_in(record, "siteName"),
        published=text_in(record, "publishedAt"),
        language=text_in(record, "language"),
        added=link.added,
        tags=link.tags,
        is_archived=link.is_archived,
        read_text=partial(content.encode, "utf-8", "replace") if content else None,
        text_name=f"{text_in(record, 'slug') or 'article'}.html" if content else "",
        notes=tuple(notes),
    )


def _note(record: Record, row: int) -> ImportedNote:
    percent = record.get("highlightPositionPercent")
    is_known = isinstance(percent, int | float) and 0 < percent <= 100
    return ImportedNote(
        quote=text_in(record, "quote"),
        note=text_in(record, "annotation"),
        tags=labels_in(record),
        colour=text_in(record, "color"),
        created=date_in(text_in(record, "createdAt")),
        modified=date_in(text_in(record, "updatedAt")),
        prefix=string_in(record, "prefix"),
        suffix=string_in(record, "suffix"),
        position=f"{percent:.0f} %" if is_known else "",
        key=text_in(record, "id"),
        row=row,
    )
