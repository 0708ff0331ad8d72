"""Reads exports with a Markdown parser, to compare them with the text that was written."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

PARSER = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(deflist_plugin)
    .use(dollarmath_plugin)
    .use(footnote_plugin)
    .use(front_matter_plugin)
    .use(tasklists_plugin)
)
"""A parser with all extensions, which finds all markup that there could be."""

_CHECKBOX = '<input class="task-list-item-checkbox"'


def flatten(tokens: Sequence[Token]) -> str:
    """Return the text that the tokens show, a line for each leaf block."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            lines.append("".join(map(_shown, token.children or [])))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content)
        elif token.type == "hr":
            lines.append("* * *")
    return "\n".join(lines)


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type in {"text", "code_inline"}:
        return token.content
    if token.content.startswith(_CHECKBOX) or token.type in {"strong_open", "strong_close"}:
        return ""
    return f"<<{token.type}>>"


def collapse_spaces(text: str) -> str:
    """Return ``text`` with every run of white space as one space, as a renderer shows it."""
    return " ".join(text.split())


def top_level(text: str) -> list[str]:
    """Return the types of the blocks that are in no other block."""
    return [token.type for token in PARSER.parse(text) if token.level == 0 and token.nesting >= 0]
