"""The blocks that pandoc writes: lines of verse, definitions, and divisions between colons."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin

from reader.formats.markdown.attributes import ATTRIBUTES, title_of
from reader.formats.markdown.fancy_lists import use_fancy_lists
from reader.formats.markdown.text_tables import use_text_tables
from reader.formats.patterns import pattern

_FENCE: Final = pattern(r":{3,}[ \t]*(.*?)[ \t]*:*[ \t]*$")
_NAMED: Final = pattern(r"\{?([\w-]+)\}?(?:[ \t]+(.*))?")
_BOXES: Final = pattern(
    r"note|tip|info|warning|danger|caution|important|attention|error|hint|seealso|success|details"
    r"|admonition|question|quote|example|abstract|summary|todo|bug|failure|callout",
    re.IGNORECASE,
)
"""The names of boxes behind which other programs write a title."""
_ROW: Final = pattern(r"\|.*\|.*\|[ \t]*$")


def use_pandoc_blocks(parser: MarkdownIt) -> None:
    """Let a parser read the blocks that pandoc writes."""
    parser.use(deflist_plugin)
    use_fancy_lists(parser)
    use_text_tables(parser)
    parser.block.ruler.before(
        "fence", "division", _division, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.block.ruler.after("table", "line_block", _line_block)


def _division(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: ARG001
    """Read the line of colons that begins or ends a division; only a title in it is text."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start):
        return False
    match = _FENCE.fullmatch(state.src[start : state.eMarks[start_line]])
    title = _division_title(match[1]) if match else None
    if title is None:
        return False
    if not silent:
        if title:
            opening = state.push("paragraph_open", "p", 1)
            opening.map = [start_line, start_line + 1]
            opening.meta = {"is_title": True}
            state.push("inline", "", 0).content = title
            state.tokens[-1].children = []
            state.push("paragraph_close", "p", -1)
        state.line = start_line + 1
    return True


def _division_title(rest: str) -> str | None:
    """Return the title behind the colons, which may be empty; None where they are other text."""
    if not rest:
        return ""
    if attributes := ATTRIBUTES.search(rest):
        name = rest[: attributes.start()].strip()
        return title_of(attributes[0]) if not name or _NAMED.fullmatch(name) else None
    match = _NAMED.fullmatch(rest)
    if match is None:
        return None
    if match[2] is None:
        return ""
    return match[2].strip("[]") if _BOXES.fullmatch(match[1]) else None


def _line_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read lines that begin with a bar as verse; a line with spaces before it continues one."""
    if silent or state.is_code_block(start_line):
        return False
    lines: list[str] = []
    line = start_line
    while line < end_line and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if text == "|" or text.startswith("| "):
            lines.append(text[2:])
        elif lines and state.sCount[line] > state.blkIndent:
            lines[-1] += f" {text.strip()}"
        else:
            break
        line += 1
    if not lines or all(_ROW.match(f"| {one}") for one in lines):
        return False
    token = state.push("line_block", "", 0)
    token.map = [start_line, line]
    token.content = "\n".join(lines)
    state.line = line
    return True
