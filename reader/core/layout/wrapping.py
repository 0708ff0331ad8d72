"""Where lines break: greedy wrapping of running text and of code.

The rules for breaking are the parts of Unicode Standard Annex 14 and of the Japanese rules of
kinsoku (JIS X 4051) that matter to prose on a screen: at spaces, after hyphens and dashes inside
words but not in numbers, after slashes, between ideographs and kana but not before closing or
after opening punctuation; never at a no-break space. A word that is longer than a line is broken
between graphemes.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.core.cells import Graphemes, cell_width, graphemes, is_narrow

_SPACES = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_BREAKS_AFTER = "-\u2010\u2012\u2013\u2014/\t"
_GLUE = "\u00a0\u2007\u202f\u2060\ufeff"
_NO_START = (
    ")]},.!?:;%’”»›…‥‰℃°、。，．・：；？！）］｝〕〉》」』】〙〗〟｠｡｣､･ー～゠–—\t"
    "々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ｧｨｩｪｫｬｭｮｯｰﾞﾟ％"
)
_NO_END = "([{‘“«‹（［｛〔〈《「『【〘〖〝｟｢$£€¥￥＄￡#＃№"
_FOLLOWS_SPACE = ("!", "?", ":", ";", "»")
_OPENS_WORD = "‘“«‹([{$£€¥_"
# Hangul, in which lines break between words, and half-width kana, in which they break anywhere.
_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))
_HALF_WIDTH_KANA = ("\uff61", "\uff9f")


# What a character means to the breaking of lines: flags that are added up.
_SPACE, _MARK, _GLUED, _STARTS_NONE, _ENDS_NONE, _IDEOGRAPHIC, _NO_CELL = 1, 2, 4, 8, 16, 32, 64


class _Traits(dict[str, int]):
    """The traits of a character; found when first asked for."""

    def __missing__(self, character: str) -> int:
        width = cell_width(character)
        is_hangul = any(first <= character <= last for first, last in _HANGUL)
        is_kana = _HALF_WIDTH_KANA[0] <= character <= _HALF_WIDTH_KANA[1]
        traits = (
            (_SPACE, character in _SPACES or character == "\u200b"),
            (_MARK, character in _BREAKS_AFTER),
            (_GLUED, character in _GLUE),
            (_STARTS_NONE, character in _NO_START),
            (_ENDS_NONE, character in _NO_END),
            (_IDEOGRAPHIC, is_kana or (width == 2 and not is_hangul)),
            (_NO_CELL, width == 0),
        )
        self[character] = sum(trait for trait, has in traits if has)
        return self[character]


_traits = _Traits()

_CODE_BREAK = re.compile(
    r""".*(?:[ ,;()\[\]{}](?=[^\s,;:.)\]}"'`])|\w(?=[^\w\s,;:.)\]}"'`])|[^\w\s"'`.](?=\w))""",
    re.DOTALL,
)
"""Up to the last place where a line of code may end without harm to what is read: between words,
after a comma or a bracket, but not before what closes or separates, and not beside a quote."""

_STRIDE = 4096
"""How many characters of text that is not narrow are divided into graphemes at a time."""


def _code_break(text: str, start: int, limit: int) -> int:
    """Return where a line of code that begins at ``start`` and is full at ``limit`` ends.

    That is the last good place in its second half, so that lines do not become short; ``limit``
    where there is none.
    """
    found = _CODE_BREAK.match(text, (start + limit + 1) // 2, limit + 1)
    if found is None or text[start : found.end()].isspace():
        return limit
    return found.end()


def _may_break_after(text: str, index: int) -> bool:
    """Tell whether a line may end with the hyphen, dash or slash at ``text[index]``."""
    if index < 1 or index + 1 >= len(text):
        return False
    mark, before, after = text[index], text[index - 1], text[index + 1]
    if mark == "\t":
        return True
    if before in " \n\t" or not (after.isalnum() or after in _OPENS_WORD):
        return False
    if mark in "-\u2010\u2012":
        return before.isalnum() and after.isalpha()
    if mark == "/":
        return before != "/" and after.isalnum() and not (before.isdigit() and after.isdigit())
    return mark == "—" or not (before.isdigit() and after.isdigit())


def _binds(text: str, index: int) -> bool:
    """Tell whether the space at ``text[index]`` holds French punctuation to its word."""
    if text[index + 1 : index + 2] in _FOLLOWS_SPACE:
        return not text[index + 2 : index + 3].isalnum()
    return text[index - 1 : index] == "«" and not text[index - 2 : index - 1].isalnum()


class WrappedText:
    """The lines of a text, found from its start on and only as far as they are asked for.

    Newlines end lines. The text is wrapped at words, code between words or signs too.
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
        """Keep what is to be wrapped; nothing is measured yet.

        Args:
            text: The text.
            width: Cells of a line, at least 1.
            hang: How many cells fewer a line has that continues one.
            at_words: Whether lines break between words as prose does; otherwise as code does.
            spaces_hang: Whether any number of spaces at a line's end may lie past the width;
                otherwise one, and the others are text as any other.
        """
        self.text = text
        """The text."""
        self.width = max(width, 1)
        """Cells of a line."""
        self.hang = hang if width - hang >= 4 else 0
        """How many cells fewer a line has that continues one."""
        self.at_words = at_words
        """Whether lines break between words as prose does."""
        self.spaces_hang = spaces_hang
        """Whether more than one space may lie past the width at a line's end."""
        self.is_narrow = is_narrow(text)
        """Whether every character is a grapheme of one cell."""
        self.starts = array("I", (0,))
        """Index of each line's first code point, as far as found."""
        self.is_done = False
        """Whether all lines are found."""
        self._marks = tuple(mark for mark in _BREAKS_AFTER if mark in text) if at_words else ()
        self._hard_end = self._end_of_hard_line(0)
        self._trimmed_end = self._trim(0, self._hard_end)

    def extend(self, characters: int) -> None:
        """Find the lines of at least so many more characters, or of all that is left."""
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
        """Return which line, from 0, owns the code point at ``index``; finds lines up to it."""
        while not self.is_done and self.starts[-1] <= index:
            self.extend(max(index - self.starts[-1] + 1, 1))
        return bisect_right(self.starts, index) - 1

    def has_line(self, line: int) -> bool:
        """Tell whether the text has so many lines; finds them up to and with the one after."""
        while not self.is_done and len(self.starts) <= line + 1:
            self.extend(self.width * (line + 2 - len(self.starts)))
        return line < len(self.starts)

    def bounds(self, line: int) -> tuple[int, int]:
        """Return where a line that was found starts and where the next one does."""
        last = line + 1 == len(self.starts)
        return self.starts[line], len(self.text) if last else self.starts[line + 1]

    def drawn_end(self, start: int, end: int) -> int:
        """Return where the newline and the spaces at the end of ``text[start:end]`` begin."""
        text = self.text
        if end > start and text[end - 1] == "\n":
            end -= 1
        if not self.at_words:
            return end
        if self.is_narrow and self.spaces_hang:
            return start + len(text[start:end].rstrip(" "))
        while end > start and text[end - 1] in _SPACES:
            # A space may be part of a grapheme with what stands before it.
            if not self.is_narrow and graphemes("x" + text[end - 2 : end]).starts[-2] != 2:
                break
            if self.spaces_hang:
                end -= 1
                continue
            return end - (cell_width(text[end - 1]) == 1)
        return end

    def is_continued(self, line: int) -> bool:
        """Tell whether a line goes on with the line of text that the one before it began."""
        start = self.starts[line]
        return start > 0 and self.text[start - 1] != "\n"

    def _end_of_hard_line(self, start: int) -> int:
        end = self.text.find("\n", start)
        return end if end >= 0 else len(self.text)

    def _trim(self, start: int, end: int) -> int:
        """Return where the spaces at the end of a hard line begin; they need no room."""
        return self.drawn_end(start, end) if self.at_words else end

    def _room(self, start: int) -> int:
        """Return the cells of the line that starts at ``start``."""
        is_first = start == 0 or self.text[start - 1] == "\n"
        return self.width if is_first else self.width - self.hang

    def _wrap_narrow(self, target: int) -> bool:
        """Break the hard line that the last start is on, until it ends or ``target`` is passed.

        Returns:
            Whether it ended: what is left of it is its last line.
        """
        text, append, marks = self.text, self.starts.append, self._marks
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
                if marks and after < limit:
                    after = self._after_mark(max(after, word), limit) or after
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

    def _after_mark(self, start: int, limit: int) -> int:
        """Return the last place in ``start:limit`` after a mark that a line may end with, or 0."""
        best = 0
        for mark in self._marks:
            index = self.text.rfind(mark, max(start, best), limit)
            while index >= 0 and not _may_break_after(self.text, index):
                index = self.text.rfind(mark, max(start, best), index)
            best = max(best, index + 1)
        return best

    def _wrap_mixed(self, target: int) -> bool:
        """Do the same for text in which characters differ in width or join with others."""
        stride = _STRIDE
        while self.starts[-1] < min(target, self._trimmed_end):
            position = self.starts[-1]
            end = min(position + stride, self._trimmed_end)
            passed = self._wrap_part(position, graphemes(self.text[position:end]), target)
            if not passed and end == self._trimmed_end:
                return True
            stride = stride * 4 if self.starts[-1] == position else _STRIDE
        return self.starts[-1] >= self._trimmed_end

    def _wrap_part(self, base: int, found: Graphemes, target: int) -> bool:
        """Break the part of the text that ``found`` divides and that begins at ``base``.

        Returns:
            Whether ``target`` was passed; otherwise the part's last line is still open.
        """
        starts, cells = found
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
                first = self._after_spaces(base, found, which, cells[first] + room)
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
        """Return the grapheme before which the line from ``first`` ends, ``full`` at the latest."""
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

    def _after_spaces(self, base: int, found: Graphemes, which: int, limit: int) -> int:
        """Return the first grapheme from ``which`` on that is no space at the end of a line."""
        starts, cells = found
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
        """Tell whether a line that began at ``start`` may end before the grapheme at ``index``."""
        text = self.text
        before, after = _traits[text[index - 1]], _traits[text[index]]
        if not (before or after):
            return False
        if before & _SPACE:
            return not _binds(text, index - 1)
        if (before | after) & _GLUED:
            return False
        if before & _MARK:
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
