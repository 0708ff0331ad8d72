"""Example articles, annotations and documents."""

from __future__ import annotations

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Block, BlockKind, Document, Metadata

NOW = "2026-11-22T10:00:00.000Z"
LATER = "2026-11-22T10:00:01.000Z"

ARTICLE = Article(
    id="01K0000000000000000AAAAAAA",
    source="/texts/ledger.md",
    source_metadata=Metadata(
        title="The Quiet Ledger", url="https://example.org/ledger", site="Example"
    ),
    added=NOW,
    opened=NOW,
)

OTHER = Article(
    id="01K0000000000000000BBBBBBB",
    source="/texts/harbour.md",
    source_metadata=Metadata(title="港 Harbour"),
    added=NOW,
    opened=LATER,
)


def annotation(
    number: int,
    *,
    modified: str = NOW,
    note: str = "",
    deleted: str = "",
    tag: str = "claim",
    snapshot: str = "",
) -> Annotation:
    """Return an annotation whose id and place depend on ``number``."""
    return Annotation(
        id=f"01K{number:023}",
        selector=Selector("passage", start=number, end=number + 7, snapshot=snapshot),
        place=Place(number, number + 7),
        tags=(tag,),
        created=NOW,
        modified=modified,
        note=note,
        deleted=deleted,
    )


def document(*paragraphs: str, title: str = "") -> Document:
    """Return a document of plain paragraphs."""
    blocks: list[Block] = []
    start = 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Document("\n".join(paragraphs), tuple(blocks), metadata=Metadata(title=title))
