"""Reads back the files of Org and Logseq that Margin exported, with what a person changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reader.core.addresses import is_web_address
from reader.exported_outlines.logseq import ARTICLES as PAGE_ARTICLES
from reader.exported_outlines.logseq import read_logseq
from reader.exported_outlines.org import ARTICLES, read_org
from reader.exported_outlines.outlined import Outline, OutlinedNote
from reader.imports.highlight_notes.reader import read_note
from reader.imports.highlight_notes.recognising import is_of_logseq
from reader.imports.model import (
    BadRow,
    GivenFile,
    ImportedNote,
    ImportedSource,
    ImportItem,
    Remark,
)


def is_org(file: GivenFile) -> bool:
    """Tell whether a file is Org that Margin exported."""
    return f":{ARTICLES}:" in file.text[:10_000].upper() and bool(file.once(_org).article_ids)


def read_org_file(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles of a file of Org, each with its notes as the file has them now."""
    yield from _items(file.once(_org))


def is_page(file: GivenFile) -> bool:
    """Tell whether a file is a page of Logseq, which Margin exported or which has highlights."""
    return _is_own_page(file) or is_of_logseq(file)


def read_page(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles of a page of Logseq, each with its notes as the page has them now."""
    yield from _items(file.once(_logseq)) if _is_own_page(file) else read_note(file)


def _is_own_page(file: GivenFile) -> bool:
    return f"{PAGE_ARTICLES}::" in file.text and bool(file.once(_logseq).article_ids)


def _org(file: GivenFile) -> Outline:
    return read_org(file.text)


def _logseq(file: GivenFile) -> Outline:
    return read_logseq(file.text)


def _items(outline: Outline) -> Iterator[ImportItem]:
    for bad in outline.bad:
        yield BadRow(bad.row, bad.message)
    notes: defaultdict[str, list[ImportedNote]] = defaultdict(list)
    for note in outline.notes:
        if not note.tags:
            yield Remark(f"Line {note.row}: a note needs a tag, so its tags stay.")
        notes[note.article].append(_note(note))
    for article in outline.article_ids:
        yield ImportedSource(
            article=article,
            title=outline.title,
            url=outline.url if is_web_address(outline.url) else "",
            notes=tuple(notes[article]),
        )


def _note(note: OutlinedNote) -> ImportedNote:
    return ImportedNote(
        key=note.id,
        quote=note.quote,
        note=note.note,
        tags=note.tags,
        speaker=note.speaker,
        status=note.status,
        section=note.section,
        page=note.page,
        row=note.row,
        base=note.base,
    )
