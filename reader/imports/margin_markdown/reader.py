"""Reads the notes of an exported file as they are now, and what they were when it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from reader.core.selectors import CONTEXT_LENGTH
from reader.core.text_formatting import counted, one_line
from reader.digests import part_digest
from reader.exported_markdown.file import MarkdownFile, parse_file
from reader.exported_markdown.matching import MatchedBlock, matched
from reader.exported_markdown.notes import without_last_rule
from reader.exported_markdown.parts import PARTS, digests_before
from reader.exported_markdown.plain import quoted_words, strong_words
from reader.exported_markdown.record import NoteRecord
from reader.imports.margin_markdown import copied, first_form
from reader.imports.margin_markdown.bylines import SourceLines, source_lines
from reader.imports.margin_markdown.copied import is_copied
from reader.imports.model import (
    BadRow,
    GivenFile,
    ImportedNote,
    ImportedSource,
    ImportItem,
    Remark,
)


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is Markdown that Margin exported."""
    if "margin" in file.text.lower() and file.once(_parts).article_ids:
        return True
    return is_copied(file.text)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles of a file, each with its notes as the file has them now.

    What stands below an attribution is the note, up to the next quotation, a heading of the first
    or second level, or the record at the end of the file. All other text is a person's own.
    """
    parts = file.once(_parts)
    if parts.found is None:
        if parts.article_ids:
            yield from first_form.read(parts)
        else:
            yield from copied.read(parts, source_lines(parts.body))
        return
    articles = parts.found.record.articles
    quotations = matched(parts)
    yield from _faults(quotations, parts)
    notes = {
        each.record.id: _note(each, each.record, parts)
        for each in quotations
        if each.record is not None
    }
    facts = source_lines(parts.body)
    for article, known in zip(articles, _one_each(facts, len(articles)), strict=True):
        present = tuple(notes[note.id] for note in article.notes if note.id in notes)
        if missing := len(article.notes) - len(present):
            yield _missing(missing, known.title)
        yield ImportedSource(
            article=article.id,
            title=known.title,
            authors=known.authors,
            url=known.url,
            site=known.site,
            notes=present,
        )


def _parts(file: GivenFile) -> MarkdownFile:
    return parse_file(file.text)


def _faults(quotations: Iterable[MatchedBlock], file: MarkdownFile) -> Iterator[ImportItem]:
    """Yield what is not read of some quotations."""
    for each in quotations:
        row = file.first + each.block.quote
        if each.record is None:
            yield BadRow(row, "Margin did not write a quotation with these words; it is left out")
        elif unclear := each.block.attribution.unclear:
            words = one_line(unclear)
            yield Remark(f"Line {row}: “{words}” is not all tags, so its tags stay; write #a #b-c.")
        elif not each.values.tags:
            yield Remark(f"Line {row}: a note needs a tag, so its tags stay.")
        if each.record is not None and _is_parted(each, each.record, file.body):
            yield Remark(
                f"Line {row}: below a heading of the first or second level nothing is read as a"
                " note; its note stays."
            )


def _missing(count: int, title: str) -> Remark:
    """Return a remark on quotations that Margin wrote and the file no longer has."""
    named = f" of “{title}”" if title else ""
    verb = "is" if count == 1 else "are"
    quotations = counted(count, "quotation")
    return Remark(f"{quotations}{named} {verb} no longer in the file; nothing is deleted for that.")


def _is_parted(quotation: MatchedBlock, record: NoteRecord, body: Sequence[str]) -> bool:
    """Return whether a heading with a text of a person's stands where a note was."""
    if quotation.values.note or not record.is_edited("note", part_digest("")):
        return False
    below = (
        body[at]
        for at in range(quotation.block.end, len(body))
        if without_last_rule(body[at].strip())
    )
    if not next(below, "").startswith(("# ", "## ")):
        return False
    return not next((line for line in below if not line.startswith("#")), ">").startswith(">")


def _note(quotation: MatchedBlock, record: NoteRecord, file: MarkdownFile) -> ImportedNote:
    """Return a note as it is now, with the digests of what it was."""
    lines = [*chain.from_iterable((*part, "") for part in quotation.block.passage)]
    before, quote, after = strong_words(lines) if record.is_within else ("", "", "")
    quote = quote or quoted_words(lines)
    values = quotation.values
    digests = {**values.digests, "quote": part_digest(quote)}
    edited = {part for part in PARTS if record.is_edited(part, digests[part])} - {"quote"}
    edited |= {"quote"} if quotation.is_passage_edited else set()
    edited -= {"note"} if _is_parted(quotation, record, file.body) else set()
    return ImportedNote(
        key=record.id,
        quote=quote,
        note=values.note,
        tags=values.tags,
        speaker=values.speaker,
        status=values.status,
        prefix=before[-CONTEXT_LENGTH:],
        suffix=after.rstrip()[:CONTEXT_LENGTH],
        row=file.first + quotation.block.quote,
        base=digests_before(record.digests, digests, edited),
    )


def _one_each(facts: Sequence[SourceLines], count: int) -> Sequence[SourceLines]:
    """Return what is known of each article; nothing where headings were added or removed."""
    return facts if len(facts) == count else [SourceLines()] * count
