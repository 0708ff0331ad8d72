"""Reads Markdown that went through the clipboard or a pipe, which has neither a record nor ids.

It is known by the attributions alone, and read as what somebody else wrote: the session adds what
the library lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from reader.core.selectors import CONTEXT_LENGTH
from reader.exported_markdown.attribution import LEAD, MARKED, SEPARATOR
from reader.exported_markdown.blocks import QuotedBlock, find_blocks
from reader.exported_markdown.file import MarkdownFile
from reader.exported_markdown.notes import note_of
from reader.exported_markdown.plain import quoted_words, strong_words
from reader.imports.margin_markdown.bylines import SourceLines
from reader.imports.model import ImportedNote, ImportedSource

_ATTRIBUTION: Final = re.compile(
    rf"^> ?{LEAD}(?:.*{SEPARATOR})?#\S.*{SEPARATOR}{MARKED}\d{{1,2}} ", re.MULTILINE
)


def is_copied(text: str) -> bool:
    """Tell whether a text has an attribution of Margin's below a quotation."""
    return _ATTRIBUTION.search(text) is not None


def read(file: MarkdownFile, sources: Sequence[SourceLines]) -> Iterator[ImportedSource]:
    """Yield the articles of a file with their notes.

    Args:
        file: The file.
        sources: What its headings say of its articles.
    """
    blocks = find_blocks(file.body)
    sources = sources or [SourceLines()]
    starts = [0, *(each.line for each in sources[1:])]
    for source, start, end in zip(sources, starts, [*starts[1:], len(file.body)], strict=True):
        yield ImportedSource(
            title=source.title,
            authors=source.authors,
            url=source.url,
            site=source.site,
            notes=tuple(_notes(file, (each for each in blocks if start <= each.quote < end))),
        )


def _notes(file: MarkdownFile, blocks: Iterable[QuotedBlock]) -> Iterator[ImportedNote]:
    for block in blocks:
        lines = [*chain.from_iterable((*part, "") for part in block.passage)]
        before, words, after = strong_words(lines)
        is_within = bool(words and (before.strip() or after.strip()))
        yield ImportedNote(
            quote=words if is_within else quoted_words(lines),
            note=note_of([file.body[at] for at in block.note], is_item=False),
            tags=block.attribution.tags,
            speaker=block.attribution.speaker,
            status=block.attribution.status,
            prefix=before[-CONTEXT_LENGTH:] if is_within else "",
            suffix=after.rstrip()[:CONTEXT_LENGTH] if is_within else "",
            row=file.first + block.quote,
        )
