"""Escaped text reads as it was, whatever it holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.exports.escape import escape_inline, escape_line
from reader.safe_text import sanitise
from tests.exports.flatten import PARSER, collapse_spaces, flatten

FRAGMENTS = (
    *[
        "#",
        "# h",
        "#tag",
        "C#",
        "(C#)",
        "1.",
        "1. a",
        "12) b",
        "-",
        "- a",
        "+",
        "* a",
        "--",
        "---",
        "***",
        "_ _ _",
    ],
    *["*a*", "**b**", "_c_", "__d__", "snake_case", "_", "`x`", "``", "```", "~~~", "~~s~~", "~5"],
    *[
        "> q",
        ">",
        "=",
        "===",
        "==hl==",
        "a == b",
        "|",
        "| a | b |",
        "--- | ---",
        ":-:",
        ": def",
        "key:: value",
    ],
    *[
        "<b>",
        "</b>",
        "<!-- c -->",
        "<?php",
        "<https://example.org>",
        "https://example.org/a_b#c_d*e?x=1&y=2",
        "a@example.org",
    ],
    *[
        "&amp;",
        "&#65;",
        "&#x41;",
        "&",
        "AT&T;",
        "[[wiki]]",
        "![[embed]]",
        "[a](b)",
        "[a]: /b",
        "![i](j)",
        "[^1]",
        "[^1]: n",
        "^[n]",
    ],
    *[
        "((ref))",
        "{{macro}}",
        "{",
        "$$x$$",
        "$5",
        "$6",
        "%%c%%",
        "5%",
        "^id",
        " ^margin-01",
        "2^10",
        "H~2~O",
    ],
    *[
        "\\",
        "\\\\",
        "\\*",
        "\\[x\\]",
        "\\alpha",
        "[ ]",
        "[x] done",
        "[!note]",
        "!",
        "TODO",
        "@@html: x@@",
        "<2024-01-01 Mon>",
    ],
    *[
        "  ",
        "\t",
        "word",
        "“so”",
        "字",
        "é",
        "👍🏽",
        "\u00a0",
        "\u200b",
        "é",
        "1",
        "a",
        ".",
        ")",
        ":",
    ],
)

lines = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map(" ".join),
    st.text(st.sampled_from("#*_-+=~`|<>[](){}!\\&;:^$%@.1 \ta字é\u0301\u00a0"), max_size=24),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=40),
)


@given(lines)
@example("[a]: /b")
@example("setext\\")
def test_a_line_reads_as_it_was(text: str) -> None:
    for prefix in ("", "> ", "- ", "> - "):
        tokens = PARSER.parse(prefix + escape_line(text))
        assert collapse_spaces(flatten(tokens)) == collapse_spaces(sanitise(text))


@given(lines)
def test_running_text_reads_as_it_was(text: str) -> None:
    tokens = PARSER.parse(f"Before “{escape_inline(text)}” after")
    shown = sanitise(text).strip(" \t")
    assert collapse_spaces(flatten(tokens)) == collapse_spaces(f"Before “{shown}” after")


@given(lines)
def test_a_line_is_one_paragraph(text: str) -> None:
    types = [token.type for token in PARSER.parse("> " + escape_line(text)) if token.nesting == 1]
    assert types in (["blockquote_open", "paragraph_open"], ["blockquote_open"])


@pytest.mark.parametrize("mark", ["[[", "((", "{{", "==", "~~", "%%", "$$", "::", "@@", "`", "^"])
@given(text=lines)
def test_nothing_that_obsidian_or_logseq_search_for_is_left(mark: str, text: str) -> None:
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]", "x", escape_line(text))
    assert mark not in unescaped


@given(lines)
def test_no_tag_of_obsidian_or_logseq_is_left_outside_addresses(text: str) -> None:
    without_urls = re.sub(r"\w[\w+.-]*://\S+", "", escape_line(text))
    assert not re.search(r"(?<!\\)#", re.sub(r"\\\\", "", without_urls))


@given(lines)
def test_closing_brackets_are_never_escaped_for_logseq_takes_the_pair_for_latex(text: str) -> None:
    escaped = re.sub(r"\\\\", "", escape_inline(text))
    assert r"\]" not in escaped
    assert r"\)" not in escaped


@pytest.mark.parametrize(
    "text",
    [
        "The price rose 3.5% to $12, he said; she (the chair) didn't.",
        "snake_case and a-b, 7 > 5 and 5 < 7: AT&T & co.",
        "See https://example.org/page_one#part?x=1&y=2 for more!",
        "今日は、「余白」の話です。",
        "1984 was a year - and a book.",
    ],
)
def test_plain_prose_stays_as_plain_as_it_is(text: str) -> None:
    assert escape_line(text) == text
