"""Where in a template a fault is: the line and the column, which Jinja itself does not know.

Jinja gives each token, each node and each line of its compiled code the number of a line of the
template. Here every token gets its offset instead, so that all of these lead to a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream, ignored_tokens

_NOT_PARSED = ignored_tokens | {"raw_begin", "raw_end"}


class Position(NamedTuple):
    """A place in a template."""

    line: int
    """The number of its line, from 1."""
    column: int
    """The number of its character in the line, from 1."""


def position_at(source: str, offset: int) -> Position:
    """Return the position of an offset in a template."""
    start = source.rfind("\n", 0, offset) + 1
    return Position(source.count("\n", 0, start) + 1, offset - start + 1)


class Offsets(Extension):
    """Gives each token its offset in the source, plus one, as the number of its line."""

    def __init__(self, environment: Environment) -> None:
        """Extend an environment."""
        super().__init__(environment)
        self._offsets: list[int] = []

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Find where the tokens of a source begin; the source stays as it is.

        Raises:
            TemplateSyntaxError: It cannot be read as tokens.
        """
        self._offsets = []
        start = end = 0
        try:
            for _, kind, value in self.environment.lexer.tokeniter(source, name, filename):
                start = source.index(value, end)
                end = start + len(value)
                if kind not in _NOT_PARSED:
                    self._offsets.append(start)
        except TemplateSyntaxError as error:
            message = (error.message or "").partition(" at ")[0]
            if not message.startswith("Missing end"):  # of what the last token began
                start = end + len(source[end:]) - len(source[end:].lstrip())
            raise TemplateSyntaxError(message, start + 1, name, filename) from None
        return source

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Yield the tokens with their offsets."""
        return self._placed(iter(stream))

    def _placed(self, tokens: Iterator[Token]) -> Iterator[Token]:
        for offset in self._offsets:
            try:
                token = next(tokens)
            except StopIteration:
                return
            except TemplateSyntaxError as error:  # a name or a text that is none
                raise TemplateSyntaxError(error.message or "", offset + 1, error.name) from None
            yield Token(offset + 1, token.type, token.value)


def offset_of(error: BaseException) -> tuple[str, int]:
    """Return the template that raised an error as it ran, and the offset of what it did there."""
    name, offset = "", 0
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            name = template.name or ""
            offset = template.get_corresponding_lineno(traceback.tb_lineno) - 1
        traceback = traceback.tb_next
    return name, offset


def offset_of_name(source: str, offset: int, name: str) -> int:
    """Return where a name stands in the tag around an offset; the offset where it does not."""
    start = max(source.rfind("{{", 0, offset + 1), source.rfind("{%", 0, offset + 1), 0)
    ends = [end for sign in ("}}", "%}") if (end := source.find(sign, offset)) >= 0]
    after = _word(source, name, offset, min(ends, default=len(source)))
    before = _word(source, name, start, offset)
    return next((at for at in (after, before) if at >= 0), offset)


def _word(source: str, word: str, start: int, end: int) -> int:
    at = source.find(word, start, end) if word else -1
    while at >= 0:
        around = source[max(at - 1, start) : at] + source[at + len(word) : at + len(word) + 1]
        if not any(each.isalnum() or each == "_" for each in around):
            return at
        at = source.find(word, at + 1, end)
    return -1
