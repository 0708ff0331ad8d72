"""What pandoc writes inside a line: spans, attributes, raised and lowered text, raw text."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from reader.formats.markdown.attributes import ATTRIBUTES, RAW
from reader.formats.patterns import pattern
from reader.formats.tree.inline import shifted

_RAISED: Final = pattern(r"\^((?:[\w+\-\u2212=(),.'*]|\\[\W_]){1,40})\^(?!\^)")
_LOWERED: Final = pattern(r"~((?:[A-Za-z0-9+\-\u2212=(),.*]|\\[\W_]){1,40})~(?!~)")
_ESCAPED: Final = pattern(r"\\(\W|_)")
_TAKES_ATTRIBUTES: Final = ("image", "link_close", "code_inline")


def use_pandoc_inline(parser: MarkdownIt) -> None:
    """Let a parser read what pandoc writes inside a line."""
    rules = parser.inline.ruler
    rules.before("escape", "hard_space", _hard_space)
    rules.before("strikethrough", "raised", _raised)
    rules.before("strikethrough", "lowered", _lowered)
    rules.before("link", "bracketed_span", _bracketed_span)
    rules.before("link", "attributes", _attributes)


def _hard_space(state: StateInline, silent: bool) -> bool:
    """Read a backslash before a space as a no-break space, in a text that pandoc wrote."""
    if not state.src.startswith("\\ ", state.pos) or not state.env["is_pandoc"]():
        return False
    if not silent:
        state.push("text", "", 0).content = "\u00a0"
    state.pos += 2
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    is_apart = not before or before.isspace() or before.isalnum() or before in ")]}>.,'\"’”*_`$"
    return is_apart and _shifted(state, silent, _RAISED, is_raised=True)


def _lowered(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    is_behind_word = before.isalpha() or (before != "" and before in ")]*_^")
    return is_behind_word and _shifted(state, silent, _LOWERED, is_raised=False)


def _shifted(
    state: StateInline, silent: bool, pattern: re.Pattern[str], *, is_raised: bool
) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None or not any(map(str.isalnum, match[1])):
        return False
    if not silent:
        text = _ESCAPED.sub(lambda escaped: escaped[1].replace(" ", "\u00a0"), match[1])
        if len(text) > 2 and text[0] == text[-1] == "*":
            text = text.strip("*")
        state.push("text", "", 0).content = shifted(text, is_raised=is_raised)
    state.pos = match.end()
    return True


def _bracketed_span(state: StateInline, silent: bool) -> bool:
    """Read ``[text]{.class}`` as its text."""
    if state.src[state.pos] != "[" or "]{" not in state.src:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    if end < 0:
        return False
    match = ATTRIBUTES.match(state.src, end + 1, state.posMax)
    if match is None:
        return False
    if not silent:
        start, limit = state.pos + 1, state.posMax
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = limit
    state.pos = match.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """Drop the attributes of a picture, a link or code; read raw HTML in code as HTML."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type not in _TAKES_ATTRIBUTES or state.src[state.pos - 1 : state.pos].isspace():
        return False
    raw = RAW.match(state.src, state.pos) if last.type == "code_inline" else None
    match = raw or ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if raw is not None and raw[1].startswith("html") and not silent:
        last.type = "raw_html"
    state.pos = match.end()
    return True
