"""Documents and quotations from short texts."""

from __future__ import annotations

from reader.core.document import Block, BlockKind, Document, Metadata
from reader.core.speech import Quotation, find_quotations


def document_of(text: str, language: str = "en") -> Document:
    """Return a document with a paragraph for each line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line)))
        start += len(line) + 1
    return Document(text, tuple(blocks), metadata=Metadata(language=language))


def found_in(text: str, language: str = "en") -> list[Quotation]:
    """Return the quotations of a text."""
    return list(find_quotations(document_of(text, language)))


def said_in(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the words and the speaker of each quotation of a text."""
    document = document_of(text, language)
    return [(document.quote(each.range), each.speaker) for each in find_quotations(document)]
