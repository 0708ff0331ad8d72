"""Searching in an article that is too long to be searched at once, and lines of all lengths."""

from __future__ import annotations

import re
from pathlib import Path

from reader.core.document import TextRange
from tests.ui.reading_app import Reader, opened

PARAGRAPH = (
    "The keeper of the harbour writes every ship into the book, the naïve ones as well. " * 6
)
LONG = "\n\n".join(
    f"{PARAGRAPH}{'A lantern burns.' if number % 500 == 499 else 'Nothing burns.'}"
    for number in range(1050)
)
"""More than 500,000 characters, from which on a search runs beside the screen."""


def places(text: str, pattern: str) -> tuple[TextRange, ...]:
    return tuple(TextRange(*match.span()) for match in re.finditer(pattern, text))


async def search(reader: Reader, words: str) -> None:
    await reader.press("slash")
    await reader.type(words)


async def test_every_hit_of_a_long_article_is_found_and_gone_to(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, suffix="txt") as reader:
        hits = places(reader.text, "lantern")
        assert len(hits) == 2
        await search(reader, "lantern")
        await reader.until(lambda: reader.view.hits == hits, "the hits")
        assert reader.view.caret == hits[0].start
        await reader.until(lambda: "1 of 2" in "\n".join(reader.lines), "their number")
        await reader.press("enter", "n")
        assert reader.view.caret == hits[1].start
        await reader.press("n")
        assert reader.view.caret == hits[0].start
        assert "the search went round" in reader.message
        await reader.press("N")
        assert reader.view.caret == hits[1].start


async def test_a_query_that_grows_and_shrinks_ends_with_its_own_hits(tmp_path: Path) -> None:
    """Each letter begins a search while the one before may still run; the last one counts."""
    async with opened(tmp_path, LONG, suffix="txt") as reader:
        await search(reader, "naive one")
        hits = places(reader.text, "naïve one")
        await reader.until(lambda: reader.view.hits == hits[:10_000], "the hits")
        await reader.press("x")
        await reader.until(lambda: reader.view.hits == (), "no hits")
        assert reader.view.caret == 0
        await reader.press("backspace", "s")
        await reader.until(lambda: len(reader.view.hits) == len(hits), "the hits again")
        assert reader.view.hits[0] == TextRange(hits[0].start, hits[0].end + 1)
        await reader.press("escape")
        assert reader.view.hits == ()
        assert reader.view.caret == 0


LINES = """A first line that is long, so that the caret can stand to the right.

short

A third line that is long, so that the caret can go back to its right.

"""


async def test_the_caret_goes_back_to_its_column_behind_a_short_line(tmp_path: Path) -> None:
    async with opened(tmp_path, LINES * 3) as reader:
        reader.go_to("right.")
        column = reader.caret_cell()[0]
        short_end = reader.find("short")[0] + len("short")
        await reader.press("j")
        assert reader.caret_cell() == (short_end, reader.find("short")[1])
        await reader.press("j")
        assert reader.caret_cell()[0] == column
        await reader.press("k")
        assert reader.caret_cell()[0] == short_end
        await reader.press("k")
        assert reader.caret_cell()[0] == column
        assert reader.rest.startswith("right.")
        await reader.press("j", "h", "j")
        assert reader.caret_cell()[0] == short_end - 1, "another motion sets the column"
