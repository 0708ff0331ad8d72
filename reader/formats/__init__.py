"""Bytes become documents: decoding, cleaning, and a parser per format."""

from reader.formats.carriage import Carriage
from reader.formats.cleaning import clean, clean_line
from reader.formats.registry import (
    KINDS,
    TEXT_KINDS,
    end_readers,
    read_document,
    read_parts,
)

__all__ = [
    "KINDS",
    "TEXT_KINDS",
    "Carriage",
    "clean",
    "clean_line",
    "end_readers",
    "read_document",
    "read_parts",
]
