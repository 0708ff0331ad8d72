"""Marks residue that an extractor left around the article."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document
from reader.formats.plain.residue import MAX_RESIDUE, announces_caption, is_credit, is_residue

_KINDS = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def dim_residue(document: Document) -> Document:
    """Return the document with lines such as "Read more" and "Share" marked as residue.

    No line is left out, so that one that is mistaken for residue can still be read and annotated.
    Captions and credits are not residue here, since the pictures are there.
    """
    blocks = tuple(
        replace(block, residue=True) if _is_residue(block, document) else block
        for block in document.blocks
    )
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _is_residue(block: Block, document: Document) -> bool:
    if block.kind not in _KINDS or block.tight or block.end - block.start > MAX_RESIDUE:
        return False
    line = document.text[block.start : block.end].strip()
    return is_residue(line) and not is_credit(line) and not announces_caption(line)
