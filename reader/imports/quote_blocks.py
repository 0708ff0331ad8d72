"""Parts a text into its block quotes (``> words``), each with what stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class QuoteBlock(NamedTuple):
    """A quote, and the text below it up to the next one."""

    line: int
    """The line on which the quote begins, from 1."""
    quote: str
    """The words, without the signs before their lines; empty for text before the first quote."""
    text: str
    """What stands below, as it is written."""


def quote_blocks(text: str, *, continues: bool) -> Iterator[QuoteBlock]:
    """Yield the quotes of a text, and first what stands before them, if that is not blank.

    Args:
        text: The text, with line feeds.
        continues: Whether a line without a sign directly below a quote continues it, as Markdown
            has it; otherwise it begins the text below.
    """
    start, quote, below = 1, list[str](), list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        is_open = bool(quote) and not below
        if line.startswith(">"):
            if not is_open:
                yield from _block(start, quote, below)
                start, quote, below = number, [], []
            quote.append(line[1:].strip())
        elif is_open and continues and line.strip():
            quote.append(line.strip())
        else:
            below.append(line)
    yield from _block(start, quote, below)


def _block(line: int, quote: list[str], below: list[str]) -> Iterator[QuoteBlock]:
    words, text = "\n".join(quote).strip(), "\n".join(below)
    if words or text.strip():
        yield QuoteBlock(line, words, text)
