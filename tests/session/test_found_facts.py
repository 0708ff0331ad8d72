"""Author and date in lines of residue are found, and the year only where it is sure."""

from __future__ import annotations

import pytest

from reader.core.annotation import Article
from reader.core.document import Block, BlockKind, Document, Metadata
from reader.session.found_facts import found_facts

ADDED = "2026-11-30T10:00:00.000Z"


def text(*lines: str, residue: bool = True) -> Document:
    """Return a document of a title, lines and a paragraph."""
    parts = ["The tides", *lines, "The harbour closed in the spring. " * 8]
    blocks, start = [], 0
    for index, part in enumerate(parts):
        kind = BlockKind.PARAGRAPH if index else BlockKind.HEADING
        is_residue = residue and 0 < index < len(parts) - 1
        blocks.append(Block(kind, start, start + len(part), residue=is_residue))
        start += len(part) + 1
    return Document("\n".join(parts), tuple(blocks))


def found(
    *lines: str, metadata: Metadata | None = None, source: str = "/a.txt"
) -> dict[str, tuple[str, bool]]:
    article = Article("01K", source, metadata or Metadata(), added=ADDED)
    facts = found_facts(text(*lines), article)
    return {name: (fact.text, fact.is_complete) for name, fact in facts.items()}


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (("By Oriel Castane",), {"authors": ("Oriel Castane", True)}),
        (("By Oriel Castane and Ada Brisk.",), {"authors": ("Oriel Castane, Ada Brisk", True)}),
        (("Published 14 March 2026, 6.02 a.m.",), {"published": ("2026-03-14", True)}),
        (("Published 14 March, 6.02 a.m.",), {"published": ("14 March", False)}),
        (
            ("By ADA BRISK | 14 March 2026 | 6 min read",),
            {"authors": ("Ada Brisk", True), "published": ("2026-03-14", True)},
        ),
        (("Updated 15 March 2026", "Published 14 March"), {"published": ("2026-03-14", True)}),
        (("Updated 2 December 2026", "Published 14 March"), {"published": ("14 March", False)}),
        (("Last updated: 15 March 2026",), {"published": ("2026-03-15", True)}),
        (("Saturday 14 March",), {"published": ("2026-03-14", True)}),
        (("Friday 14 March",), {"published": ("2025-03-14", True)}),
        (("Monday 14 March",), {"published": ("14 March", False)}),
        (("Share this", "Read more: 14 March 2026 was a day"), {}),
        (("March 2026",), {}),
    ],
)  # fmt: skip
def test_what_lines_of_residue_state(
    lines: tuple[str, ...], facts: dict[str, tuple[str, bool]]
) -> None:
    assert found(*lines) == facts


def test_what_is_known_is_not_looked_for_and_a_guess_is() -> None:
    lines = ("By Oriel Castane", "14 March 2026")
    known = Metadata(authors=("Someone",), published="2026-01-01")
    assert found(*lines, metadata=known) == {}
    guessed = Metadata(
        authors=("Someone",), published="2026-01-01", guessed=("authors", "published")
    )
    assert set(found(*lines, metadata=guessed)) == {"authors", "published"}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("https://post.example/2024/03/14/tides", ("2024-03-14", True)),
        ("https://post.example/news/2024-03-14-tides", ("2024-03-14", True)),
        ("https://post.example/2024/3/tides", ("2024-03-14", True)),
        ("https://post.example/2024/04/tides", ("14 March", False)),
        ("https://post.example/article/120240314", ("14 March", False)),
    ],
)
def test_the_address_is_sure_of_the_year(source: str, value: tuple[str, bool]) -> None:
    assert found("Published 14 March", source=source) == {"published": value}


def test_sentences_of_the_article_state_nothing() -> None:
    long = "By Oriel Castane it was said that on 14 March 2026 " + "the harbour closed " * 9
    article = Article("01K", "", Metadata(), added=ADDED)
    assert not found_facts(text(long, residue=False), article)
