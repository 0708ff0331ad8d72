"""Texts that would take forever or fill the stack: reading them must end."""

from __future__ import annotations

import sys
import tracemalloc
from types import FrameType, ModuleType
from typing import Any, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from reader.formats import line_source, read_document
from reader.formats.line_source import LineSource
from reader.formats.markdown import reader as markdown
from reader.formats.markdown.definitions import find_definitions
from reader.formats.markdown.inline import FootnoteNumbers, InlineReader
from reader.formats.plain import reader as plain_text
from tests.formats.strategies import TEXT_KINDS

MANY = 50_000
TEXTS = {
    "quotes on a line": b">" * 10_000 + b" deep",
    "quotes": b"> " * 10_000 + b"deep",
    "lists on a line": b"- " * 10_000 + b"deep",
    "nested lists": b"\n".join(b" " * (2 * depth) + b"- x" for depth in range(1500)),
    "quotes and lists": b"> - 1. " * 3000 + b"deep",
    "open brackets": b"[" * MANY,
    "empty links": b"[](" * MANY,
    "images": b"![[" * MANY,
    "open links": b"[a](b" * MANY,
    "backticks": b"`" * 10**6,
    "runs of backticks": b"".join(b"`" * (run % 400) + b" " for run in range(3000)),
    "underscores": b"_" * 10**6,
    "emphasis": b"*a **b _c " * MANY,
    "tags": b"<a " * MANY,
    "comments": b"x <!--" * MANY,
    "entities": b"&#x301;" * MANY,
    "footnotes": b"^[" * MANY,
    "nested footnotes": b"[^a]: " * 3000 + b"x",
    "definitions": b"".join(b"[r%d]: /u\n" % number for number in range(10_000)) + b"\nx",
    "open titles": b"[a]: /u 'x\n" * 10_000,
    "a long line": b"word " * 2_000_000,
    "spaces": b"a" + b" " * 10**6 + b"b",
    "a wide table": b"|a" * 5000 + b"\n" + b"|-" * 5000 + b"\n" + b"|x" * 5000,
    "escapes": b"x\x1b]" * MANY,
    "backspaces": b"a\x08" * MANY,
    "marks": ("a" + "\u0301" * 100_000).encode(),
    "addresses": b"http://" * MANY,
    "aliases": b"---\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60))
    + b"---\nx",
    "deep front matter": b"---\n" + b"[" * 20_000 + b"\n---\nx",
    "rules": b"---\n" * 20_000,
    "credits by turns": b"By turns\nPhoto: Ana Lind\n" * 2700,
    "a list of marks": b"-\n" * 10_000,
    "residue by turns": b"Some words\nShare\n" * 13_000,
    "headings above prose": b"HEAD\n" * 2500 + b"Word " * 13 + b"word\n" * 700,
    "chapters": b"Chapter 1\n" * 20_000,
    "letters": b"a\n" * 100_000,
    "cells": b"|a\n" * 60_000,
    "footnotes by the thousand": b"".join(b"[^%d]: x\n" % number for number in range(20_000)),
    "deep keys": b"+++\n" + b"a." * 30_000 + b"a = 1\n+++\nx",
}


@pytest.mark.parametrize("kind", TEXT_KINDS)
@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_end(name: str, kind: str) -> None:
    document = read_document(TEXTS[name], kind=kind)
    assert document.blocks


def test_what_is_nested_too_deeply_keeps_its_words() -> None:
    assert "deep" in read_document(b"> " * 200 + b"deep", kind="markdown").text
    assert "deep" in read_document(b"- " * 200 + b"deep", kind="markdown").text


def test_a_long_line_keeps_its_words() -> None:
    words = b"word " * 100_000
    for kind in TEXT_KINDS:
        assert read_document(words, kind=kind).text.split() == words.decode().split()


def test_a_long_code_block_stays_one() -> None:
    code = "x = 1\n" * 100_000
    document = read_document(f"```python\n{code}```\n\n# After\n".encode(), kind="markdown")
    assert [block.kind for block in document.blocks] == ["code", "heading"]
    assert document.blocks[0].end == len(code) - 1


def test_a_long_list_is_whole() -> None:
    source = "".join(
        f"{number}. item\n{' ' * len(f'{number}. ')}- inner\n" for number in range(1, 12_000)
    )
    document = read_document(source.encode(), kind="markdown")
    markers = [block.marker for block in document.blocks if block.level == 1]
    assert markers == [f"{number}." for number in range(1, 12_000)]
    assert {block.kind for block in document.blocks} == {"item"}


FULL_LINE = "Word " + "word " * 13 + "end\n"
GROUPS = {
    "residue by turns": lambda n: "Some words\nShare\n" * n,
    "credits by turns": lambda n: "By turns\nPhoto: Ana Lind\n" * n,
    "residue": lambda n: "Share\n" * n + "x\n",
    # Twice the lines, since full lines of Markdown fill more than one window from 250 to 500 on.
    "headings above prose": lambda n: "HEAD\n" * (2 * n // 5) + FULL_LINE * (2 * n),
    "chapters": lambda n: "Chapter 1\n" * n,
    "rules": lambda n: "- - -\nword\n" * n,
    "lone items": lambda n: "word\n(a) word\n" * n + "x\n",
    "lists": lambda n: "word:\n- word\n***\n" * n,
    "quotations": lambda n: "word\n> word\n" * n,
    "underlined": lambda n: "word\nword\n====\n" * n,
    "words": lambda n: "word\n" * n,
    "long lines": lambda n: "HEAD\n" * n + "word " * 30,
}


def calls(text: str, kind: str) -> int:
    """Return the number of function calls that read a text, which is the same on any machine."""
    count = 0

    def look(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        read_document(text.encode(), kind=kind)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", TEXT_KINDS)
@pytest.mark.parametrize("name", GROUPS)
def test_twice_the_lines_cost_twice_the_work(name: str, kind: str) -> None:
    read_document(b"word\n", kind=kind)  # work that is done once
    once, twice = (calls(GROUPS[name](count), kind) for count in (250, 500))
    assert once > 250
    assert twice < 2.4 * once


class _Counted(list[Token]):
    """Tokens that count how many of them were read."""

    taken = 0

    def __getitem__(self, place: SupportsIndex | slice) -> Any:
        found = super().__getitem__(place)
        self.taken += len(found) if isinstance(found, list) else 1
        return found


def test_a_line_break_looks_at_what_is_next_to_it() -> None:
    text = Token("text", "", 0, content="a")
    tokens = _Counted([text, Token("softbreak", "br", 0)] * 500 + [text])
    assert InlineReader(FootnoteNumbers(), {}).read(tokens).text == "a " * 500 + "a"
    assert tokens.taken < 4 * len(tokens)


@given(st.text("ab \n", max_size=200), st.integers(1, 40), st.integers(1, 40))
def test_long_lines_are_parted_alike_in_all_slices(text: str, first: int, second: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_source, "MAX_LINE", 16)
        patch.setattr(line_source, "_STEP", 20)
        patch.setattr(line_source, "_WORD_SEARCH", 6)
        lines, again = _taken(text, first), _taken(text, second)
    assert lines == again
    assert "".join(lines.split()) == "".join(text.split())
    assert all(len(line) <= 16 for line in lines.split("\n"))


def _taken(text: str, size: int) -> str:
    source = LineSource(text)
    pieces = list[str]()
    while not source.is_exhausted:
        pieces.append(source.take(size))
    return "".join(pieces)


def test_what_is_defined_is_not_copied_for_each_paragraph() -> None:
    defined = find_definitions("[a]: /b\n[^c]: d\n")
    once, twice = defined.environment(), defined.environment()
    assert once["references"] is twice["references"]
    assert once["footnotes"]["refs"] is twice["footnotes"]["refs"]
    assert once["footnotes"]["list"] is not twice["footnotes"]["list"]


def test_keys_of_a_thousand_parts_are_shown_and_not_read() -> None:
    front = "+++\na" + '."a b"' * 1000 + " = 1\n+++\nx"
    document = read_document(front.encode(), kind="markdown")
    assert [block.kind for block in document.blocks] == ["code", "paragraph"]
    tracemalloc.start()
    try:
        read_document(b"+++\n" + b"a." * 30_000 + b"a = 1\n+++\nx", kind="markdown")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("module", [plain_text, markdown])
def test_a_long_text_is_not_copied_for_each_slice(module: ModuleType) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LARGEST_SLICE", 64)
        once, twice = (_documents("word\n\n" * count, module) for count in (2000, 4000))
    assert twice - once <= 25  # each is 1/32 longer than the one before


def _documents(text: str, module: ModuleType) -> int:
    """Return the number of different documents that reading a text yields."""
    count = 0
    before = None
    for document in module.read(text, "", 64):
        count += document is not before
        before = document
    return count
