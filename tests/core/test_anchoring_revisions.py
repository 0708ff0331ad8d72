"""Articles before and after an edit: every passage is found where a reader would look for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.core.anchoring import Anchored, Anchoring
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.selectors import describe

REVISIONS = Path(__file__).parent / "revisions"


class Case(NamedTuple):
    """A passage of an article that was edited."""

    article: str
    quote: str
    now: str | None


CASES = [
    Case(path.stem, entry["quote"], entry.get("now"))
    for path in sorted(REVISIONS.glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
]


def revision(article: str, when: str) -> Document:
    text = (REVISIONS / f"{article}.{when}.txt").read_text(encoding="utf-8").rstrip("\n")
    blocks, position = [], 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, position, position + len(line)))
        position += len(line) + 1
    return Document(text, tuple(blocks))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.article}: {case.quote[:30]}")
def test_a_passage_is_found_with_its_present_words(case: Case) -> None:
    before, after = revision(case.article, "before"), revision(case.article, "after")
    start = before.text.index(case.quote)
    selector = describe(before, TextRange(start, start + len(case.quote)))
    result = Anchoring(after, before.text).find(selector)
    assert (after.quote(result.range) if isinstance(result, Anchored) else None) == case.now


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.article}: {case.quote[:30]}")
def test_without_the_old_text_a_passage_is_found_there_or_not_at_all(case: Case) -> None:
    before, after = revision(case.article, "before"), revision(case.article, "after")
    start = before.text.index(case.quote)
    selector = describe(before, TextRange(start, start + len(case.quote)))
    result = Anchoring(after).find(selector)
    if isinstance(result, Anchored):
        assert case.now is not None
        expected = after.text.index(case.now)
        assert result.range.overlaps(TextRange(expected, expected + len(case.now)))


def test_there_are_revisions() -> None:
    assert len({case.article for case in CASES}) >= 3
    assert any(case.now is None for case in CASES)
