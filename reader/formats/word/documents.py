"""From the text of a word processor's file to the documents that are shown while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import structs

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.slices import SliceSchedule
from reader.formats.tree.blocks import TreeReader
from reader.formats.word.writer import HtmlWriter

FIRST_SLICE: Final = 16_384
"""Code points of text behind the first part."""

LARGEST_SLICE: Final = 262_144
"""Code points of text between two parts."""


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
        steps: Gives the text to the writer; control comes back now and then.
        writer: Where the text goes.
        metadata: Gives what the file has said of itself by now; without a title where it gives
            none: then the first heading is the title, else the file's name.
        fault: Makes an error about the file from what it is or does.
        name: The file's name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It holds no text, or what ``steps`` raises.
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
    """Let an expression stand for an action."""
