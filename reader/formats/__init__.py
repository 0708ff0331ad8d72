"""Bytes become documents: decoding, cleaning, and a parser per format."""

from reader.formats.carriage import Carriage
from reader.formats.cleaning import clean, clean_line
from reader.formats.registry import (
    KINDS,
    is_page,
    read_document,
    read_parts,
)

__all__ = [
    "KINDS",
    "Carriage",
    "clean",
    "clean_line",
    "is_page",
    "read_document",
    "read_parts",
]
