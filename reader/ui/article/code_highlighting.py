"""Colours of the code blocks on screen, found on a thread when a block is first seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.core.document import BlockKind, Document, TextRange
from reader.core.layout import LayoutLine

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Colours = tuple[tuple[TextRange, str], ...]
"""Ranges of the document with the names of their styles, in order."""

MAX_CODE_LENGTH = 200_000
"""Longer code, in code points, stays plain: lexing is about 1 MB/s."""

TOKEN_STYLES = {
    "Keyword": "code-keyword",
    "Name.Builtin": "code-name",
    "Name.Class": "code-name",
    "Name.Decorator": "code-name",
    "Name.Function": "code-name",
    "Name.Tag": "code-keyword",
    "Name.Attribute": "code-name",
    "Literal.String": "code-string",
    "Literal.Number": "code-number",
    "Comment": "code-comment",
    "Operator.Word": "code-keyword",
    "Generic.Heading": "code-keyword",
    "Generic.Inserted": "code-string",
    "Generic.Deleted": "code-keyword",
}
"""The style for a type of token and all types below it."""


class CodeHighlighting:
    """Remembers the colours of code blocks; a block is plain until they are found."""

    def __init__(self, widget: Widget) -> None:
        """Know no colours yet.

        Args:
            widget: The widget that shows the code; it is painted again when colours are found.
        """
        self._widget = widget
        self._colours: dict[tuple[int, str], Colours] = {}

    def of(self, document: Document, line: LayoutLine) -> Colours:
        """Return the colours of a line of code; none for other lines, and until they are found."""
        block = document.blocks[line.block] if document.blocks else None
        if block is None or block.kind is not BlockKind.CODE or not block.language:
            return ()
        key = (block.start, block.language)
        if key not in self._colours:
            self._colours[key] = ()
            self._widget.run_worker(
                partial(self._find, document, line.block), thread=True, group="code"
            )
        return tuple(
            (text_range, style)
            for text_range, style in self._colours[key]
            if text_range.start < line.end and text_range.end > line.start
        )

    def _find(self, document: Document, index: int) -> None:
        block = document.blocks[index]
        colours = colours_of(document.quote(block.range), block.language, block.start)
        if colours:
            self._widget.call_later(self._show, (block.start, block.language), colours)

    def _show(self, key: tuple[int, str], colours: Colours) -> None:
        self._colours[key] = colours
        self._widget.refresh()


def colours_of(code: str, language: str, offset: int) -> Colours:
    """Return which parts of a code block have which colour.

    Args:
        code: The block's text.
        language: As the source names it; unknown languages give no colours.
        offset: Where the block begins in the document, in code points.

    Returns:
        Ranges of the document with the names of styles, in order.
    """
    lexer = _lexer(language)
    if lexer is None or len(code) > MAX_CODE_LENGTH:
        return ()
    colours = []
    for start, token, text in lexer.get_tokens_unprocessed(code):
        style = _style_of(str(token).removeprefix("Token."))
        if style:
            colours.append((TextRange(offset + start, offset + start + len(text)), style))
    return tuple(colours)


def _lexer(language: str) -> Lexer | None:
    name = language.strip().split(" ")[0].strip("{.}")
    if not name:
        return None
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  (about 30 ms)
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(name)
    except ClassNotFound:
        return None


def _style_of(token: str) -> str:
    while token:
        if token in TOKEN_STYLES:
            return TOKEN_STYLES[token]
        token = token.rpartition(".")[0]
    return ""
