"""The article and the annotations of the example in docs/exporting.md."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Loss, Place, PlaceState, Selector
from reader.core.claims import REFUTED
from reader.core.document import Block, BlockKind, Document, Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exports import ExportedArticle

WHEN = "2026-11-22T12:00:00.000Z"
LINES = (
    (BlockKind.HEADING, "The Quiet Ledger"),
    (BlockKind.HEADING, "Who keeps the count?"),
    (
        BlockKind.PARAGRAPH,
        (
            "“They have told us the answer and burned the question,” said Councillor Imre Dask, who"
            " leads the inquiry. The ledger was kept for nine years, until the fire."
        ),
    ),
)
TEXT = "\n".join(line for _, line in LINES)
DOCUMENT = Document(
    TEXT,
    tuple(Block(kind, TEXT.index(line), TEXT.index(line) + len(line)) for kind, line in LINES),
)
ARTICLE = Article(
    "01JDA0B1C2D3E4F5G6H7J8K9MN",
    "https://courier.example/ledger",
    Metadata("The Quiet Ledger", ("Oriel Castane",), "The Courier", "2026-03-12", "en"),
)
SEEN = Evidence(
    Relation.REFUTES, TargetKind.ADDRESS, "https://town.example/minutes", seen="2026-11-30"
)


def mark(number: int, words: str, tag: str) -> Annotation:
    start = max(TEXT.find(words), 0)
    return Annotation(
        f"01JDA0B1C2D3E4F5G6H7J8K9M{number}",
        Selector(words, section="Who keeps the count?"),
        Place(start, start + len(words)),
        (tag,),
        WHEN,
        WHEN,
    )


QUOTE = replace(
    mark(1, "They have told us the answer and burned the question", "quote"),
    speaker="Imre Dask",
    note="Good line; is it *fair*?",
)
CLAIM = replace(
    mark(2, "nine years", "claim"),
    status=REFUTED,
    links=linked((), [SEEN]),
    note="Seven, by the minutes.",
)
LOST = replace(
    mark(3, "The town will publish the accounts by spring.", "context"),
    selector=Selector("The town will publish the accounts by spring.", "the fire. ", ""),
    place=Place(0, 0, PlaceState.ORPHANED, loss=Loss.REMOVED, since="2026-11-29T12:00:00.000Z"),
)
EXAMPLE = ExportedArticle(ARTICLE, (QUOTE, CLAIM, LOST), DOCUMENT)
"""An article with a quotation, a claim of two words, and a passage that is gone."""
