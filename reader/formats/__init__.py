"""Reading documents from bytes: decoding, cleaning, and a parser for each format."""

from reader.formats.cleaning import clean, clean_line
from reader.formats.embedded_notes import AnnotatedDocument, EmbeddedAnswer, EmbeddedNote
from reader.formats.registry import (
    KINDS,
    is_page,
    kind_with_notes,
    may_be_readable,
    read_annotated,
    read_document,
    read_parts,
    source_lines,
)
from reader.formats.source_info import SourceInfo

__all__ = [
    "KINDS",
    "AnnotatedDocument",
    "EmbeddedAnswer",
    "EmbeddedNote",
    "SourceInfo",
    "clean",
    "clean_line",
    "is_page",
    "kind_with_notes",
    "may_be_readable",
    "read_annotated",
    "read_document",
    "read_parts",
    "source_lines",
]
