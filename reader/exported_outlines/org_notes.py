"""Turns Org's markup of a note back into Markdown: what Margin writes, and what people write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

GAP: Final = "\u200b"
"""The zero width space, which Margin writes where text must not be markup."""

_BLOCK: Final = re.compile(r"[ \t]*#\+(begin|end)_(\w+)[ \t]*(\S*).*", re.IGNORECASE)
_COMMA: Final = re.compile(r"^([ \t]*),(?=,*(?:\*|#\+))")
_ITEM: Final = re.compile(
    r"([ \t]*)([-+]|\d{1,9}[.)])[ \t]+(?:\[@\d+\][ \t]+)?(?:\[([ Xx-])\][ \t]+)?"
)
_TABLE: Final = re.compile(r"[ \t]*\|")
_TABLE_RULE: Final = re.compile(r"[ \t]*\|-[-+|: \t]*")
_RULE: Final = re.compile(r"[ \t]*-{5,}[ \t]*")
_LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,4000})\](?:\[((?:[^\]\n]|\][^\]\n]){1,2000})\])?\]")
_CODE: Final = re.compile(r"(?<![\w=~])([=~])(?=[^\s])([^\n]{0,500}?[^\s])\1(?!\w)")
_MARKS: Final = {"*": "**", "/": "*", "+": "~~"}
_WRITTEN: Final = {
    sign: re.compile(rf"{GAP}{re.escape(sign)}([^\n{re.escape(sign)}]+){re.escape(sign)}{GAP}")
    for sign in _MARKS
}
"""Emphasis as Margin writes it, also in the middle of a word."""
_MARKED: Final = {
    sign: re.compile(
        rf"(?<!\w){re.escape(sign)}(?=[^\s{re.escape(sign)}])([^\n]{{0,500}}?[^\s]){re.escape(sign)}(?!\w)"
    )
    for sign in _MARKS
}
"""Emphasis as people write it."""
_LITERAL: Final = re.compile(rf"([*_~`#]){GAP}(?=\S)")
_HELD: Final = "\ue000{}\ue001"
_HOLDER: Final = re.compile("\ue000(\\d+)\ue001")


def markdown_of(lines: Sequence[str]) -> str:
    """Return the Markdown of a note whose lines are Org."""
    return "\n".join(_blocks(_undented(lines))).strip("\n")


def plain(line: str) -> str:
    """Return what is seen of a line of text, without escapes."""
    return line.replace(r"\dollar{}", "$").replace(r"\vert{}", "|").replace(GAP, "")


def _undented(lines: Sequence[str]) -> list[str]:
    """Return lines without the indentation that all of them have, as Org may put below headings."""
    filled = [line.expandtabs(8) for line in lines if line.strip()]
    common = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    return [line.expandtabs(8)[common:] if common else line for line in lines]


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    block = ""
    for at, line in enumerate(lines):
        sign = _BLOCK.fullmatch(line)
        kind = sign[2].lower() if sign else ""
        if sign and not block and sign[1].lower() == "begin":
            block = kind
            indent = line[: len(line) - len(line.lstrip())]
            if block in ("src", "example"):
                yield f"{indent}```{sign[3] if block == 'src' else ''}"
        elif sign and block == kind and sign[1].lower() == "end":
            if block in ("src", "example"):
                yield f"{line[: len(line) - len(line.lstrip())]}```"
            block = ""
        elif block in ("src", "example"):
            yield _COMMA.sub(r"\1", line)
        elif block == "quote":
            yield f"> {_inline(line)}".rstrip()
        elif block == "verse":
            yield f"{_inline(line)}\\" if line.strip() and _goes_on(lines, at) else _inline(line)
        else:
            yield from _line(lines, at)


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Return whether a line of verse has another one below it."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(following.strip()) and not _BLOCK.fullmatch(following)


def _line(lines: Sequence[str], at: int) -> Iterator[str]:
    line = lines[at]
    if _TABLE_RULE.fullmatch(line):
        yield (
            re.sub(r"-+", "---", line.replace("+", "|"))
            .replace("|---", "| ---")
            .replace("---|", "--- |")
        )
    elif _TABLE.match(line):
        yield _row(line)
        is_first = not at or not _TABLE.match(lines[at - 1])
        if is_first and not (at + 1 < len(lines) and _TABLE_RULE.fullmatch(lines[at + 1])):
            yield f"|{' --- |' * (line.strip().strip('|').count('|') + 1)}"
    elif _RULE.fullmatch(line):
        yield "---"
    else:
        yield _item(line)


def _row(line: str) -> str:
    cells = line.strip().strip("|").split("|")
    shown = (_inline(cell.strip().replace(r"\vert{}", "\\|")) for cell in cells)
    return f"| {' | '.join(shown)} |"


def _item(line: str) -> str:
    item = _ITEM.match(line)
    if item is None:
        return _inline(line)
    box = {None: "", " ": "[ ] ", "-": "[ ] "}.get(item[3], "[x] ")
    marker = "-" if item[2] == "+" else item[2]
    return f"{item[1]}{marker} {box}{_inline(line[item.end() :])}"


def _inline(line: str) -> str:
    """Return a line of text: its code, links and emphasis in Markdown, its escapes as such."""
    held: list[str] = []

    def hold(markdown: str) -> str:
        held.append(markdown)
        return _HELD.format(len(held) - 1)

    line = line.replace("\ue000", "").replace("\ue001", "")
    start = "\\" if line.startswith(GAP) and line[1:2] in ("-", "+", "#", ">") else ""
    line = _LINK.sub(lambda link: hold(_link(link)), line)
    line = _CODE.sub(lambda code: hold(_code(code[2])), line)
    for sign, mark in _MARKS.items():
        line = _WRITTEN[sign].sub(rf"{hold(mark)}\1{hold(mark)}", line)
    line = _LITERAL.sub(lambda found: hold(f"\\{found[1]}"), line)
    for sign, mark in _MARKS.items():
        line = _MARKED[sign].sub(rf"{hold(mark)}\1{hold(mark)}", line)
    shown = start + plain(line)
    while _HOLDER.search(shown):
        shown = _HOLDER.sub(lambda holder: held[int(holder[1])], shown)
    return shown


def _link(link: re.Match[str]) -> str:
    address, words = link[1], link[2]
    if address.startswith("id:"):
        return plain(words or "")
    return f"[{_inline(words)}]({address})" if words else f"<{address}>"


def _code(words: str) -> str:
    words = words.replace(GAP, "")
    if "`" not in words:
        return f"`{words}`"
    space = " " if words.startswith("`") or words.endswith("`") else ""
    return f"``{space}{words}{space}``"
