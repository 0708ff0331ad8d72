"""Break text into lines: greedy wrapping of running text and of code.

The rules are the parts of Unicode Standard Annex 14 and of the Japanese kinsoku rules (JIS X 4051)
that matter to prose on a screen. A line may break at spaces, after hyphens and dashes inside words
but not in numbers, after slashes, and between ideographs and kana but not before closing or after
opening punctuation; it never breaks at a no-break space. A word that is longer than a line is
broken between graphemes.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from reader.core.cells import Graphemes, cell_width, graphemes, is_narrow

_SPACES = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_DIVIDERS = "-\u2010\u2012\u2013\u2014/\t"
_GLUE = "\u00a0\u2007\u200d\u202f\u2060\ufeff"
_NO_START = (
    ")]},.!?:;%’”»›…‥‰℃°、。，．・：；？！）］｝〕〉》」』】〙〗〟｠｡｣､･ー～゠–—\t"
    "々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ｧｨｩｪｫｬｭｮｯｰﾞﾟ％"
)
_NO_END = "([{‘“«‹（［｛〔〈《「『【〘〖〝｟｢$£€¥￥＄￡#＃№"
_FOLLOWS_SPACE = ("!", "?", ":", ";", "»")
_OPENS_WORD = "‘“«‹([{$£€¥_"
# Lines break between words in Hangul, and between any characters in half-width kana.
_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))
_HALF_WIDTH_KANA = ("\uff61", "\uff9f")


# What a character means to line breaking: flags that are added up.
_SPACE, _DIVIDER, _GLUED, _STARTS_NONE, _ENDS_NONE, _IDEOGRAPHIC, _NO_CELL = 1, 2, 4, 8, 16, 32, 64


class _Traits(dict[str, int]):
    """The flags of each character, computed on first use."""

    def __missing__(self, character: str) -> int:
        width = cell_width(character)
        is_hangul = any(first <= character <= last for first, last in _HANGUL)
        is_kana = _HALF_WIDTH_KANA[0] <= character <= _HALF_WIDTH_KANA[1]
        traits = (
            (_SPACE, character in _SPACES or character == "\u200b"),
            (_DIVIDER, character in _DIVIDERS),
            (_GLUED, character in _GLUE),
            (_STARTS_NONE, character in _NO_START),
            (_ENDS_NONE, character in _NO_END),
            (_IDEOGRAPHIC, is_kana or (width == 2 and not is_hangul)),
            (_NO_CELL, width == 0),
        )
        self[character] = sum(trait for trait, has in traits if has)
        return self[character]


_traits = _Traits()

_STRIDE = 4096
"""Code points of text that is not narrow that are divided into graphemes at a time."""


@cache
def _code_break_pattern() -> re.Pattern[str]:
    """Return what matches up to the last good end of a line of code.

    That is between words, after a comma or a bracket, but not before closing or separating
    punctuation, and not beside a quotation mark.
    """
    return re.compile(
        r""".*(?:[ ,;()\[\]{}](?=[^\s,;:.)\]}"'`])|\w(?=[^\w\s,;:.)\]}"'`])|[^\w\s"'`.](?=\w))""",
        re.DOTALL,
    )


def _code_break(text: str, start: int, limit: int) -> int:
    """Return the end of a line of code that begins at ``start`` and is full at ``limit``.

    It is the last good end in the second half of the line, so that lines do not become too short;
    ``limit`` where there is none.
    """
    match = _code_break_pattern().match(text, (start + limit + 1) // 2, limit + 1)
    if match is None or text[start : match.end()].isspace():
        return limit
    return match.end()


def _may_break_after(text: str, index: int) -> bool:
    """Return whether a line may end with the hyphen, dash or slash at ``text[index]``."""
    if index < 1 or index + 1 >= len(text):
        return False
    divider, before, after = text[index], text[index - 1], text[index + 1]
    if divider == "\t":
        return True
    if before in " \n\t" or not (after.isalnum() or after in _OPENS_WORD):
        return False
    if divider in "-\u2010\u2012":
        return before.isalnum() and after.isalpha()
    if divider == "/":
        return before != "/" and after.isalnum() and not (before.isdigit() and after.isdigit())
    return divider == "—" or not (before.isdigit() and after.isdigit())


def _binds(text: str, index: int) -> bool:
    """Return whether the space at ``text[index]`` joins French punctuation to its word."""
    if text[index + 1 : index + 2] in _FOLLOWS_SPACE:
        return not text[index + 2 : index + 3].isalnum()
    return text[index - 1 : index] == "«" and not text[index - 2 : index - 1].isalnum()


class WrappedText:
    """The lines of a text, found on demand from its start on.

    A newline ends a line. Prose is wrapped between words, code also between signs.
    """

    def __init__(
        self,
        text: str,
        width: int,
        *,
        hang: int = 0,
        at_words: bool = True,
        spaces_hang: bool = True,
    ) -> None:
        """Keep the text and the width; nothing is measured yet.

        Args:
            text: The text.
            width: Cells of a line, at least 1.
            hang: The cells by which a line that continues another is narrower.
            at_words: Whether lines break as in prose; otherwise as in code.
            spaces_hang: Whether any number of spaces at the end of a line may be past the width;
                otherwise one space may, and the others need room.
        """
        self.text = text
        """The text."""
        self.width = max(width, 1)
        """Cells of a line."""
        self.hang = hang if width - hang >= 4 else 0
        """The cells by which a line that continues another is narrower."""
        self.at_words = at_words
        """Whether lines break as in prose."""
        self.spaces_hang = spaces_hang
        """Whether any number of spaces at the end of a line may be past the width."""
        self.is_narrow = is_narrow(text)
        """Whether every character is a grapheme of one cell."""
        self.starts = array("I", (0,))
        """Index of the first code point of each line found so far."""
        self.is_done = False
        """Whether all lines are found."""
        self._dividers = (
            tuple(divider for divider in _DIVIDERS if divider in text) if at_words else ()
        )
        self._hard_end = self._end_of_hard_line(0)
        self._trimmed_end = self._trim(0, self._hard_end)

    def extend(self, characters: int) -> None:
        """Find the lines of at least ``characters`` more code points, up to the end of the text."""
        target = min(self.starts[-1] + characters, len(self.text))
        wrap = self._wrap_narrow if self.is_narrow else self._wrap_mixed
        while not self.is_done:
            if wrap(target):
                if self._hard_end >= len(self.text):
                    self.is_done = True
                    return
                start = self._hard_end + 1
                self.starts.append(start)
                self._hard_end = self._end_of_hard_line(start)
                self._trimmed_end = self._trim(start, self._hard_end)
            if self.starts[-1] >= target and target < len(self.text):
                return

    def finish(self) -> None:
        """Find all lines."""
        self.extend(len(self.text) + 1)

    def line_of(self, index: int) -> int:
        """Return the number, from 0, of the line that owns ``index``; finds the lines up to it."""
        while not self.is_done and self.starts[-1] <= index:
            self.extend(max(index - self.starts[-1] + 1, 1))
        return bisect_right(self.starts, index) - 1

    def has_line(self, line: int) -> bool:
        """Return whether there is a line ``line``, from 0; finds the lines up to the next one."""
        while not self.is_done and len(self.starts) <= line + 1:
            self.extend(self.width * (line + 2 - len(self.starts)))
        return line < len(self.starts)

    def bounds(self, line: int) -> tuple[int, int]:
        """Return the start of a line that has been found, and the start of the next one."""
        last = line + 1 == len(self.starts)
        return self.starts[line], len(self.text) if last else self.starts[line + 1]

    def drawn_end(self, start: int, end: int) -> int:
        """Return the end of the drawn text in ``text[start:end]``, before spaces and newline."""
        text = self.text
        if end > start and text[end - 1] == "\n":
            end -= 1
        if not self.at_words:
            return end
        if self.is_narrow and self.spaces_hang:
            return start + len(text[start:end].rstrip(" "))
        while end > start and text[end - 1] in _SPACES:
            # A space may form a grapheme with the character before it.
            if not self.is_narrow and graphemes("x" + text[end - 2 : end]).starts[-2] != 2:
                break
            if self.spaces_hang:
                end -= 1
                continue
            return end - (cell_width(text[end - 1]) == 1)
        return end

    def is_continued(self, line: int) -> bool:
        """Return whether a line continues the line before it, without a newline between them."""
        start = self.starts[line]
        return start > 0 and self.text[start - 1] != "\n"

    def _end_of_hard_line(self, start: int) -> int:
        end = self.text.find("\n", start)
        return end if end >= 0 else len(self.text)

    def _trim(self, start: int, end: int) -> int:
        """Return the start of the spaces at the end of a hard line; they need no room."""
        return self.drawn_end(start, end) if self.at_words else end

    def _room(self, start: int) -> int:
        """Return the cells of the line that starts at ``start``."""
        is_first = start == 0 or self.text[start - 1] == "\n"
        return self.width if is_first else self.width - self.hang

    def _wrap_narrow(self, target: int) -> bool:
        """Break the current hard line until it ends or ``target`` is passed.

        Returns:
            Whether the hard line ended; the rest of it is then its last line.
        """
        text, append, dividers = self.text, self.starts.append, self._dividers
        position, trimmed, hard_end = self.starts[-1], self._trimmed_end, self._hard_end
        room = self._room(position)
        if trimmed - position <= room:
            return True
        word = position
        if self.at_words:
            while text[word] == " ":
                word += 1
        while trimmed - position > room and position < target:
            limit = position + room
            after = limit
            if self.at_words:
                space = text.rfind(" ", word, limit + 1)
                while space > word and _binds(text, space):
                    space = text.rfind(" ", word, space)
                after = space + 1 if space >= 0 else 0
                if dividers and after < limit:
                    after = self._after_divider(max(after, word), limit) or after
                after = after or limit
                furthest = hard_end if self.spaces_hang else min(limit + 1, hard_end)
                while after < furthest and text[after] == " ":
                    after += 1
            else:
                after = _code_break(text, position, limit)
            append(after)
            position = word = after
            room = self.width - self.hang
        return trimmed - position <= room

    def _after_divider(self, start: int, limit: int) -> int:
        """Return the last index in ``start:limit`` right after a divider to break at, or 0."""
        best = 0
        for divider in self._dividers:
            index = self.text.rfind(divider, max(start, best), limit)
            while index >= 0 and not _may_break_after(self.text, index):
                index = self.text.rfind(divider, max(start, best), index)
            best = max(best, index + 1)
        return best

    def _wrap_mixed(self, target: int) -> bool:
        """Do what ``_wrap_narrow`` does for text with wide or joined characters."""
        stride = _STRIDE
        while self.starts[-1] < min(target, self._trimmed_end):
            position = self.starts[-1]
            end = min(position + stride, self._trimmed_end)
            passed = self._wrap_part(position, graphemes(self.text[position:end]), target)
            if not passed and end == self._trimmed_end:
                return True
            stride = stride * 4 if self.starts[-1] == position else _STRIDE
        return self.starts[-1] >= self._trimmed_end

    def _wrap_part(self, base: int, part: Graphemes, target: int) -> bool:
        """Break the part of the text that begins at ``base`` and has the graphemes ``part``.

        Returns:
            Whether ``target`` was passed; otherwise the part's last line is still open.
        """
        starts, cells = part
        last = len(starts) - 1
        is_partial = base + starts[last] < self._trimmed_end
        first = 0
        room = self._room(base)
        while cells[last] - cells[first] > room:
            full = max(bisect_right(cells, cells[first] + room) - 1, first + 1)
            if full >= last - (2 if is_partial else 0):
                return False
            if self.at_words:
                which = self._break_before(base, starts, first, full)
                first = self._after_spaces(base, part, which, cells[first] + room)
            else:
                index = _code_break(self.text, base + starts[first], base + starts[full]) - base
                which = bisect_left(starts, index, first + 1, full)
                first = which if starts[which] == index else full
            if first >= last - (2 if is_partial else 0):
                return False
            self.starts.append(base + starts[first])
            if base + starts[first] >= target:
                return True
            room = self.width - self.hang
        return False

    def _break_before(self, base: int, starts: Sequence[int], first: int, full: int) -> int:
        """Return the grapheme that the next line begins with, ``full`` at the latest."""
        lead = first
        while lead < full and self._is_space(base, starts, lead):
            lead += 1
        for which in range(full, lead, -1):
            index = base + starts[which]
            if self._is_space(base, starts, which):
                if not _binds(self.text, index):
                    break
            elif self._may_break(index, base + starts[lead]):
                break
        else:
            which = full
        return which

    def _after_spaces(self, base: int, part: Graphemes, which: int, limit: int) -> int:
        """Return the first grapheme from ``which`` on that is not a space at the line's end."""
        starts, cells = part
        while which + 1 < len(starts) and self._is_space(base, starts, which):
            width = cells[which + 1] - cells[which]
            if not self.spaces_hang and cells[which + 1] > limit + (width == 1):
                break
            which += 1
        return which

    def _is_space(self, base: int, starts: Sequence[int], which: int) -> bool:
        index = base + starts[which]
        return self.text[index] in _SPACES and starts[which + 1] - starts[which] == 1

    def _may_break(self, index: int, start: int) -> bool:
        """Return whether a line from ``start`` may end before the grapheme at ``index``."""
        text = self.text
        before, after = _traits[text[index - 1]], _traits[text[index]]
        if not (before or after):
            return False
        if before & _SPACE:
            return not _binds(text, index - 1)
        if (before | after) & _GLUED:
            return False
        if before & _DIVIDER:
            return _may_break_after(text, index - 1)
        if after & _STARTS_NONE or before & _ENDS_NONE:
            return False
        if after & _IDEOGRAPHIC:
            return True
        position = index - 1
        while before & _NO_CELL and position > start:
            position -= 1
            before = _traits[text[position]]
        return bool(before & _IDEOGRAPHIC)
