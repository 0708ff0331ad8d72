"""Lists that only pandoc knows: with letters, Roman numerals, brackets, ``#.`` and ``(@)``."""

from __future__ import annotations

from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from reader.formats.patterns import pattern

_MARKER: Final = pattern(
    r"(\(?)(?:(@)[\w-]*|(#)|(\d{1,9})|([ivxlcdm]{1,9}|[a-z])|([IVXLCDM]{1,9}|[A-Z]))([.)])"
    r"([ \t]+|$)"
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SECOND: Final = 2
_FORTY: Final = 4
_LARGEST_FIRST: Final = 49
"""The largest Roman numeral that begins a list; larger ones are words."""
_PLAIN_WIDTH: Final = 2
"""The least spaces behind a letter with a full stop, which may also be someone's initial."""


class _Marker(NamedTuple):
    """The marker of an item."""

    text: str
    """The marker as it is written, or the number of an item with ``#``."""
    style: str
    """What counts (``@``, ``#``, ``1``, ``a``, ``A``, ``i``, ``I``), and the signs around it."""
    number: int
    """Its number, from 1; 0 where it has none of its own."""
    length: int
    """The length of the marker in the source."""
    spaces: int
    """The spaces behind it; many at the end of a line."""


def use_fancy_lists(parser: MarkdownIt) -> None:
    """Let a parser read the lists of pandoc."""
    parser.block.ruler.before(
        "list", "fancy_list", _fancy_list, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _fancy_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    open_lists: list[tuple[str, int]] = state.env.setdefault("fancy_lists", [])
    marker = _marker_at(state, start_line, open_lists[-1] if open_lists else ("", 0))
    if marker is None:
        return False
    if silent:  # only an item of a list that is open, or of one in its item, ends a paragraph
        is_inner = state.listIndent >= 0 and state.sCount[start_line] >= state.blkIndent
        return (is_inner and marker.number < _SECOND and _may_begin(marker)) or any(
            _continues(marker, style, number) for style, number in open_lists
        )
    if not _may_begin(marker) and not _is_followed(state, start_line, end_line, marker):
        return False
    opening = state.push("ordered_list_open", "ol", 1)
    markers: list[str] = []
    opening.meta = {"markers": markers}
    opening.map = lines = [start_line, 0]
    first_token = len(state.tokens)
    is_tight, was_empty = True, False
    parent, state.parentType = state.parentType, "list"
    line = start_line
    while marker is not None:
        markers.append(marker.text)
        open_lists.append((marker.style, marker.number + 1))
        is_tight = _read_item(state, line, end_line, marker) and not was_empty and is_tight
        was_empty = state.line - line > 1 and state.isEmpty(state.line - 1)
        style, number = open_lists.pop()
        line = state.line
        if line >= end_line or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        marker = _marker_at(state, line, (style, number))
        if marker is not None and not _continues(marker, style, number):
            break
    state.push("ordered_list_close", "ol", -1)
    lines[1] = state.line = line
    state.parentType = parent
    if is_tight:
        _hide_paragraphs(state, first_token)
    return True


def _read_item(state: StateBlock, line: int, end_line: int, marker: _Marker) -> bool:
    """Read one item as markdown-it does; return whether it is tight."""
    opening = state.push("list_item_open", "li", 1)
    opening.map = lines = [line, 0]
    start = state.bMarks[line] + state.tShift[line]
    content = start + marker.length
    is_blank = content >= state.eMarks[line]
    saved = (state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent)
    initial = state.sCount[line] + marker.length - marker.spaces
    spaces = 1 if is_blank or marker.spaces > 4 else marker.spaces
    state.listIndent, state.blkIndent, state.tight = state.blkIndent, initial + spaces, True
    state.tShift[line] = content - state.bMarks[line]
    state.sCount[line] += marker.length
    if is_blank and line + 1 < end_line and state.isEmpty(line + 1):
        state.line = min(line + 2, end_line)
    else:
        state.md.block.tokenize(state, line, end_line)
    is_tight = state.tight
    state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent = saved
    state.push("list_item_close", "li", -1)
    lines[1] = state.line
    return is_tight


def _hide_paragraphs(state: StateBlock, first: int) -> None:
    for index in range(first, len(state.tokens) - 2):
        token = state.tokens[index]
        if token.level == state.level + 2 and token.type == "paragraph_open":
            token.hidden = state.tokens[index + 2].hidden = True


def _marker_at(state: StateBlock, line: int, expected: tuple[str, int]) -> _Marker | None:
    """Return the marker at the start of a line.

    Args:
        state: The state of the parser.
        line: The line.
        expected: The style and the number of the next item of the innermost list, which says
            whether ``i`` is a numeral or a letter.
    """
    start = state.bMarks[line] + state.tShift[line]
    match = _MARKER.match(state.src, start, state.eMarks[line])
    if match is None:
        return None
    bracket, example, auto, digits, lower, upper, end, space = match.groups()
    if bracket and end != ")":
        return None
    if digits and not bracket:
        return None  # a list of CommonMark
    letters = lower or upper or ""
    style, number = "1", int(digits or 0)
    if example or auto:
        style = example or auto
    elif letters:
        style, number = _letters(letters, f"{bracket}{end}", expected)
    written = state.src[start : match.end() - len(space)]
    shown = f"{expected[1] or 1}{end}" if auto else written
    if auto:
        number = expected[1] if expected[0] == f"#{bracket}{end}" else 1
        shown = f"{number}{end}"
    length = match.end() - start
    return _Marker(shown, f"{style}{bracket}{end}", number, length, len(space))


def _letters(letters: str, signs: str, expected: tuple[str, int]) -> tuple[str, int]:
    """Return the style and the number of letters: as a numeral or as a letter of the alphabet."""
    kinds = ("i", "a") if letters.islower() else ("I", "A")
    roman, letter = _roman(letters.lower()), ord(letters.lower()[0]) - ord("a") + 1
    if len(letters) == 1 and (
        expected == (kinds[1] + signs, letter)
        or (letters.lower() != "i" and expected != (kinds[0] + signs, roman))
    ):
        return kinds[1], letter
    return kinds[0], roman


def _roman(letters: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in letters]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _is_followed(state: StateBlock, line: int, end_line: int, marker: _Marker) -> bool:
    """Return whether the next line that is not blank has the next marker."""
    after = next((at for at in range(line + 1, end_line) if not state.isEmpty(at)), end_line)
    if after >= end_line or not marker.spaces or after > line + _SECOND:
        return False
    following = _marker_at(state, after, (marker.style, marker.number + 1))
    return following is not None and _continues(following, marker.style, marker.number + 1)


def _numeral(number: int) -> str:
    """Return a number below 50 as a Roman numeral."""
    tens, ones = divmod(number, 10)
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return ("x" * tens if tens < _FORTY else "xl") + units[ones]


def _continues(marker: _Marker, style: str, number: int) -> bool:
    """Return whether an item is the next one of a list."""
    return marker.style == style and (style[0] in "@#" or marker.number == number)


def _may_begin(marker: _Marker) -> bool:
    """Return whether a marker begins a list, and is not a word or someone's initial."""
    if marker.style[0] in "@#":
        return True
    is_word = marker.style[0] in "iI" and (
        marker.number > _LARGEST_FIRST or _numeral(marker.number) not in marker.text.lower()
    )
    if marker.spaces == 0 or is_word:
        return False
    if marker.style.endswith("."):
        return marker.spaces >= _PLAIN_WIDTH
    return marker.number == 1 or marker.spaces >= _PLAIN_WIDTH
