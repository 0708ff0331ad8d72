"""Texts made to take forever, or to fill the stack: they must end."""

from __future__ import annotations

import time

import pytest

from reader.formats import TEXT_KINDS, read_document

MANY = 50_000
LIMIT = 60.0
"""Seconds of processor time; each takes a few at most."""

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
}


@pytest.mark.parametrize("kind", TEXT_KINDS)
@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_end(name: str, kind: str) -> None:
    start = time.process_time()
    document = read_document(TEXTS[name], kind=kind)
    assert document.blocks
    assert time.process_time() - start < LIMIT


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
