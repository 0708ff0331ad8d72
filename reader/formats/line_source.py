"""The text of a source as cleaned lines, in slices."""

from __future__ import annotations

from reader.formats.cleaning import clean_lines, drop_lone_shaping

MAX_LINE = 65536
"""The longest line, in code points; a longer one is split, so that its layout is fast."""

_STEP = 131072
_WORD_SEARCH = 1024


class LineSource:
    """The lines of a text, cleaned when they are taken."""

    def __init__(self, text: str) -> None:
        """Start at the beginning of a decoded text, whose lines end in newlines."""
        self._text = text
        self._position = 0
        self._buffer = ""

    @property
    def is_exhausted(self) -> bool:
        """Whether every line was taken."""
        return not self._buffer and self._position >= len(self._text)

    def has_more_than(self, size: int) -> bool:
        """Return whether more than ``size`` code points are left."""
        self._fill(size + 1)
        return len(self._buffer) > size

    def peek(self, size: int) -> str:
        """Return the next lines: ``size`` code points and the rest of their last line."""
        end = self._fill(size)
        return self._buffer[:end]

    def take(self, size: int) -> str:
        """Return the same as :meth:`peek` and move past it; empty at the end."""
        end = self._fill(size)
        taken, self._buffer = self._buffer[:end], self._buffer[end:]
        return taken

    def skip(self, size: int) -> None:
        """Move past the next ``size`` code points, which ``peek`` has returned."""
        self._buffer = self._buffer[size:]

    def _fill(self, size: int) -> int:
        """Clean lines until the buffer holds enough; return the end of the next slice in it."""
        while True:
            if len(self._buffer) >= size:
                newline = self._buffer.find("\n", max(size - 1, 0))
                if newline >= 0:
                    return newline + 1
            if self._position >= len(self._text):
                return len(self._buffer)
            self._buffer += self._clean_more(max(size - len(self._buffer), _STEP))

    def _clean_more(self, size: int) -> str:
        start, text = self._position, self._text
        enough = start + size
        newline = text.find("\n", enough, enough + MAX_LINE)
        if newline < 0 and len(text) - enough > MAX_LINE:
            return _clean(self._through_long_line(enough))
        end = self._position = newline + 1 if newline >= 0 else len(text)
        return _clean(_part_long_lines(text[start:end]))

    def _through_long_line(self, enough: int) -> str:
        """Return lines up to a break in the line at ``enough``, whose end may be far away."""
        start, text = self._position, self._text
        position = text.rfind("\n", start, enough) + 1 or start
        lines = [_part_long_lines(text[start:position])]
        while position < enough:
            end = text.find("\n", position, position + MAX_LINE + 1)
            end = _break(text, position) if end < 0 else end
            lines.append(f"{text[position:end]}\n" if end < len(text) else text[position:])
            position = end + (text[end : end + 1] in (" ", "\n"))
        self._position = position
        return "".join(lines)


def _clean(lines: str) -> str:
    return drop_lone_shaping(clean_lines(lines))


def _part_long_lines(text: str) -> str:
    """Split lines that are longer than ``MAX_LINE``, at a space if there is one."""
    if len(text) <= MAX_LINE or _longest_gap(text) <= MAX_LINE:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        start = 0
        while len(line) - start > MAX_LINE:
            end = _break(line, start)
            lines.append(line[start:end])
            start = end + (line[end] == " ")
        lines.append(line[start:])
    return "\n".join(lines)


def _break(text: str, start: int) -> int:
    """Return the offset at which to split the long line at ``start``: a space, if there is one."""
    end = start + MAX_LINE
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(end - _WORD_SEARCH, start), end)
    return space if space > start else end


def _longest_gap(text: str) -> int:
    """Return the length of the longest line, by steps from the last newline in each window."""
    position = longest = 0
    while position < len(text):
        if len(text) - position <= MAX_LINE:
            return max(longest, 0)
        newline = text.rfind("\n", position, position + MAX_LINE + 1)
        if newline < 0:
            return MAX_LINE + 1
        position = newline + 1
    return longest
