"""Colours of code blocks, from Pygments; imported when the first code block is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.document import TextRange

if TYPE_CHECKING:
    from pygments.lexer import Lexer

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


def colours_of(code: str, language: str, offset: int) -> tuple[tuple[TextRange, str], ...]:
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
