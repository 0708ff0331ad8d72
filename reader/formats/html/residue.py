"""What an extractor leaves of a page beside the article is told apart, and stays."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document
from reader.formats.plain.residue import MAX_RESIDUE, announces_caption, is_credit, is_residue

_KINDS = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def dim_residue(document: Document) -> Document:
    """Return the document with its lines that say "Read more", "Share" and the like as residue.

    Nothing is left out: a line that is taken for residue by mistake can still be read and marked.
    Captions and the credits of pictures are no residue here, since the pictures are there.
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
