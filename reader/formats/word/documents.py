"""Makes growing documents of what the reader of a word processor's file writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import structs

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, SliceSchedule, title_from_name
from reader.formats.tree.blocks import TreeReader
from reader.formats.word.writer import HtmlWriter

FIRST_SLICE: Final = 16_384
"""Code points of text in the first part."""

LARGEST_SLICE: Final = 262_144
"""The most code points of text between two parts."""


def read_documents(
    steps: Iterator[None],
    writer: HtmlWriter,
    metadata: Callable[[], Metadata],
    *,
    fault: Callable[[str], SourceError],
    name: str,
    first_slice: int,
) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        steps: Writes the text to ``writer``, one step for each item.
        writer: Collects the text.
        metadata: Returns what the file has stated so far. Without a title, the first heading
            becomes the title, or else the name of the file.
        fault: Makes an error about the file, whose sentence ends with the argument.
        name: The file's name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: The file holds no text, or ``steps`` raised it.
    """
    builder = DocumentBuilder()
    reader = TreeReader(builder)

    def document(*, is_complete: bool) -> Document:
        facts = metadata()
        title = facts.title or reader.title or title_from_name(name)
        return builder.document(structs.replace(facts, title=title), is_complete=is_complete)

    slices = SliceSchedule(builder, first_slice or FIRST_SLICE, LARGEST_SLICE)
    for _ in steps:
        for element in writer.take():
            reader.read(element)
        if slices.advance():
            yield document(is_complete=False)
    for element in writer.finish():
        reader.read(element)
    if not len(builder):
        raise fault("holds no text")
    yield document(is_complete=True)


def void(_value: object) -> None:
    """Discard a value, so that an expression can be a callback without a result."""
