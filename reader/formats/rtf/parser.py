"""Parses the groups and control words of RTF.

The parser follows the RTF specification 1.9.1, and what Word, LibreOffice, TextEdit and Google
Docs write. It does not recurse: the groups are on a stack of limited depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from reader.errors import SourceError
from reader.formats.rtf.body import RtfBody
from reader.formats.rtf.definitions import DEFAULT, SYMBOLS, codec_of_page
from reader.formats.rtf.header_tables import HeaderTables
from reader.formats.rtf.state import BODY, IGNORED, ControlWord, Group, GroupState
from reader.formats.word.symbols import is_symbol_font, symbol

MAX_DEPTH: Final = 1000
"""The most groups around a group with properties of its own; a deeper one shares its parent's."""

MAX_TOKENS: Final = 20_000_000
"""The most control words, brackets and pieces of text of a file."""

STEP: Final = 5000
"""The number of tokens after which the parser yields."""

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)"
    rb"|[\r\n]+"
)
_WORD, _NUMBER, _HEX, _SYMBOL, _BRACKET, _TEXT = range(1, 7)
_BRACKETS = re.compile(rb"\\bin([0-9]{1,10}) ?|\\[^A-Za-z]|[{}]", re.DOTALL)
_CHARACTERS: Final = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "enspace": " ", "emspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS: Final = {b"~": "\N{NO-BREAK SPACE}", b"_": "\N{NON-BREAKING HYPHEN}"}


class RtfReader:
    """Parses one file."""

    def __init__(
        self,
        data: bytes,
        body: RtfBody,
        header_tables: HeaderTables,
        fault: Callable[[str], SourceError],
    ) -> None:
        r"""Start at the beginning.

        Args:
            data: The file, from ``{\rtf``.
            body: Handles text and paragraphs.
            header_tables: Handles fonts, styles, lists and facts about the document.
            fault: Makes an error about the file, whose sentence ends with the argument.
        """
        self._data = data
        self._position = 0
        self._passed = 0  # the open brackets of a group that is being skipped
        self._passed_end = 0  # the offset from the end of that group to the next token
        self._body = body
        self._header_tables = header_tables
        self._fault = fault
        self.state = GroupState()
        """The state of the current group."""
        self._stack: list[GroupState] = []
        self._excess = 0
        self._codec = DEFAULT
        self._bytes = bytearray()
        self._to_skip = 0
        self._high = 0
        self._is_optional = False
        self.words: dict[str, ControlWord] = {
            **header_tables.words,
            **body.words,
            **_WORDS,
        }
        """The control words by their names."""

    def read(self) -> Iterator[None]:
        """Read the file to its end, even if it is cut short, yielding now and then.

        Raises:
            SourceError: The file has too many tokens.
        """
        match = _TOKEN.match
        data, size = self._data, len(self._data)
        count = 0
        while self._position < size:
            count += 1
            if count % STEP == 0:
                yield
                if count > MAX_TOKENS:
                    raise self._fault(f"holds more than {MAX_TOKENS:,} control words")
            if self._passed:
                self._pass_bracket()
                continue
            token = match(data, self._position)
            if token is None:
                self._position += 1
                continue
            self._position = token.end()
            self._read_token(token)
            if not self._stack and not self._excess:
                break
        self._flush()
        self._body.finish()
        yield

    def open_destination(
        self, name: str, end: Callable[[], None] | None = None, *, keeps: bool = False
    ) -> list[str]:
        """Send the text of the rest of the group elsewhere; see :class:`Group`."""
        self._flush()
        sink: list[str] = []
        self.state.destination = name
        self.state.sink = sink if keeps else None
        self.state.end = end
        return sink

    def skip_group(self) -> None:
        """Skip the rest of the group."""
        self._flush()
        self._passed, self._passed_end = 1, -1

    def skip_first_group(self) -> None:
        """Skip the next group inside this one."""
        self._flush()
        bracket = _BRACKETS.search(self._data, self._position)
        if bracket is not None and bracket[0] == b"{":
            self._position = bracket.end()
            self._passed, self._passed_end = 1, 0

    def next_matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Return whether the bytes that come next match a pattern."""
        return pattern.match(self._data, self._position) is not None

    def set_code_page(self, number: int) -> None:
        """Decode text by a code page of Windows, except where its font says another."""
        self._codec = codec_of_page(number)

    # Tokens

    def _pass_bracket(self) -> None:
        """Move past the next bracket of a skipped group, or to before its last one."""
        bracket = _BRACKETS.search(self._data, self._position)
        if bracket is None:
            self._position = len(self._data)
            return
        self._position = bracket.end()
        if bracket[1]:
            self._position += int(bracket[1])
        elif bracket[0] in b"{}":
            self._passed += 1 if bracket[0] == b"{" else -1
            if not self._passed:
                self._position += self._passed_end

    def _read_token(self, token: re.Match[bytes]) -> None:
        kind = token.lastindex
        if kind == _TEXT:
            self._add_bytes(token)
        elif kind in (_WORD, _NUMBER):
            self._read_word(token)
        elif kind == _BRACKET:
            self._to_skip = 0
            self._flush()
            if token[_BRACKET] == b"{":
                self._open_group()
            else:
                self._close_group()
        elif kind == _HEX:
            if self._to_skip:
                self._to_skip -= 1
            elif self.state.is_read:
                self._bytes.append(int(token[_HEX], 16))
        elif kind == _SYMBOL:
            self._read_symbol(token[_SYMBOL])

    def _add_bytes(self, token: re.Match[bytes]) -> None:
        start, end = token.span()
        if self._to_skip:
            skipped = min(self._to_skip, end - start)
            self._to_skip -= skipped
            start += skipped
        if self.state.is_read:
            self._bytes += self._data[start:end]

    def _read_word(self, token: re.Match[bytes]) -> None:
        word = token[_WORD].decode("ascii")
        number = int(token[_NUMBER]) if token[_NUMBER] else None
        if word == "bin":
            self._position += max(number or 0, 0)
            return
        if self._to_skip:
            self._to_skip -= 1
            return
        if word == "u":
            self._add_code(number or 0)
            return
        self._flush()
        is_optional, self._is_optional = self._is_optional, False
        if word in IGNORED:
            self.skip_group()
        elif character := _CHARACTERS.get(word):
            self._add_text(character)
        elif action := self.words.get(word):
            action(self, number)
        elif is_optional:
            self.skip_group()

    def _read_symbol(self, symbol: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        if symbol == b"*":
            self._is_optional = True
        elif symbol in b"\r\n":
            self._body.end_paragraph(self)
        elif symbol in b"\\{}":
            if self.state.is_read:
                self._bytes += symbol
        elif character := _SYMBOLS.get(symbol):
            self._add_text(character)

    def _open_group(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            self._excess += 1
            return
        self._stack.append(self.state)
        self.state = self.state.inside()
        self._header_tables.open_group(self)

    def _close_group(self) -> None:
        self._is_optional = False
        if self._excess:
            self._excess -= 1
            return
        if not self._stack:
            return
        end = self.state.end
        if end is not None:
            end()
        self.state = self._stack.pop()

    # Text

    def _add_code(self, number: int) -> None:
        """Add a character by its number, and skip the text that replaces it for old readers."""
        self._to_skip = self.state.fallback
        code = number + 0x10000 if number < 0 else number
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._flush()
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                self._add_text(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)))
        elif 0 < code < 0x110000:
            self._flush()
            self._add_text(self._shown(code))

    def _shown(self, code: int) -> str:
        """Return a character by its number, which may be a code of a symbol font."""
        if not 0xF000 <= code <= 0xF0FF:
            return chr(code)
        font = self._header_tables.font(self.state.font)
        return symbol(font.name if font else "Symbol", code) or chr(code)

    def _flush(self) -> None:
        """Decode the collected bytes."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            font = self._header_tables.font(self.state.font)
            if font is None or (data.isascii() and font.charset != SYMBOLS):
                codec = self._codec
            elif font.charset == SYMBOLS and is_symbol_font(font.name):
                self._add_text("".join(symbol(font.name, one) or "\uf0b7" for one in data))
                return
            else:
                codec = font.codec(self._codec)
            self._add_text(data.decode(codec, "replace"))

    def _add_text(self, text: str) -> None:
        state = self.state
        if not state.is_read:
            return
        if state.destination == BODY:
            self._body.add_text(text, state)
        elif state.sink is not None:
            state.sink.append(text)


def _set_fallback(group: Group, number: int | None) -> None:
    group.state.fallback = min(max(number if number is not None else 1, 0), 100)


def _set_page(group: Group, number: int | None) -> None:
    if number:
        group.set_code_page(number)


_WORDS: Final[dict[str, ControlWord]] = {
    "uc": _set_fallback,
    "ansicpg": _set_page,
    "mac": lambda group, _number: group.set_code_page(10000),
    "pc": lambda group, _number: group.set_code_page(437),
    "pca": lambda group, _number: group.set_code_page(850),
}
