"""Reading documents from bytes: decoding, cleaning, and a parser for each format."""

from reader.formats.cleaning import clean, clean_line
from reader.formats.registry import (
    KINDS,
    is_page,
    may_be_readable,
    read_document,
    read_parts,
    source_lines,
)
from reader.formats.source_info import SourceInfo

__all__ = [
    "KINDS",
    "SourceInfo",
    "clean",
    "clean_line",
    "is_page",
    "may_be_readable",
    "read_document",
    "read_parts",
    "source_lines",
]
