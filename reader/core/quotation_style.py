"""Quotations with their source, in the style that the settings choose.

A style is a pattern: text with fields in braces, such as ``{quote} ({speaker})``. What stands
between square brackets is left out where one of its fields is empty; doubled brackets and braces
stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from reader.core.annotation import Article
from reader.core.citation import citation, day
from reader.core.quotation_marks import quoted
from reader.core.text_formatting import one_line, page_label
from reader.digests import digest_of

STYLES: Final = {
    "plain": "{quote}[ ({source})]",
    "markdown": "{quote}[ ({linked})]",
    "footnote": "{quote}[[^{id}]]\n\n[[^{id}]]: [{speaker}, in: ]{citation}[, {page}].",
}
"""The patterns of the styles that have a name."""

MARKDOWN_STYLES: Final = frozenset({"markdown", "footnote"})
"""The styles whose values are text in Markdown."""

FIELDS: Final = (
    "quote",
    "words",
    "speaker",
    "source",
    "title",
    "authors",
    "outlet",
    "date",
    "page",
    "url",
    "linked",
    "accessed",
    "archive",
    "citation",
    "id",
)
"""The fields that a pattern may name."""

_TOKEN: Final = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}\[\]]*)\}|[{}\[\]]")
_LOOSE_COMMA: Final = re.compile(r",(?=[”“\"’'»]{0,2}$)")
"""A comma at the end of a quotation, which belongs to the sentence around it."""

_MOST_CHARACTERS: Final = 500
_ID_DIGITS: Final = 6


class PatternError(ValueError):
    """A pattern has a fault; the message says which, without a full stop."""


class Quotation(NamedTuple):
    """Words of an article."""

    words: str
    """The words."""
    speaker: str = ""
    """Who said them; may be empty."""
    page: str = ""
    """The number of the printed page; may be empty."""


class _Piece(NamedTuple):
    """A part of a pattern."""

    text: str
    """Text that stands for itself, or the name of a field."""
    is_field: bool
    """Whether it is the name of a field."""
    section: int
    """The number of the section in square brackets; 0 outside of all."""


def check_pattern(pattern: str) -> None:
    """Make sure that a pattern can be used.

    Raises:
        PatternError: It cannot.
    """
    pieces = _pieces(pattern)
    if not any(piece.is_field and piece.text in {"quote", "words"} for piece in pieces):
        raise PatternError("names neither {quote} nor {words}, so that nothing would be quoted")


def quotation_text(
    quotation: Quotation,
    article: Article,
    style: str,
    *,
    language: str = "",
    escape: Callable[[str], str] = str,
) -> str:
    """Return a quotation with its source.

    Args:
        quotation: The words, and what is known of them.
        article: The article that they are from.
        style: The name of a style, or a pattern that ``check_pattern`` accepts.
        language: The BCP 47 tag of the words' language; empty for the one that the article states.
        escape: Makes Markdown of a value: of each one in a style that is Markdown, and of what a
            link shows in every style.
    """
    language = language or article.metadata.language
    fields = _fields(quotation, article, language)
    linked = _linked(escape(fields["source"]), fields["url"])
    is_markdown = style in MARKDOWN_STYLES
    values = {name: escape(value) if is_markdown else value for name, value in fields.items()}
    values["linked"] = linked
    return _filled(_pieces(STYLES.get(style, style)), values).strip()


def _fields(quotation: Quotation, article: Article, language: str) -> dict[str, str]:
    metadata = article.metadata
    outlet, title = one_line(metadata.site), one_line(metadata.title)
    speaker, page = one_line(quotation.speaker), page_label(quotation.page)
    named = outlet or (quoted(title, language) if title else "")
    date = day(metadata.published)
    reference = citation(article)
    known = f"{article.id} {quotation.words}".encode("utf-8", "surrogatepass")
    return {
        "quote": quoted(_LOOSE_COMMA.sub("", quotation.words.strip()), language),
        "words": quotation.words.strip(),
        "speaker": speaker,
        "source": ", ".join(filter(None, (speaker, named, date, page))),
        "title": title,
        "authors": ", ".join(map(one_line, metadata.authors)),
        "outlet": outlet,
        "date": date,
        "page": page,
        "url": one_line(article.address),
        "accessed": day(article.accessed),
        "archive": one_line(article.archive),
        "citation": reference,
        "id": f"q{digest_of(known)[:_ID_DIGITS]}",
    }


def _linked(source: str, url: str) -> str:
    """Return a source as a link in Markdown; as it is where it has no address."""
    if not source or not url:
        return source or url
    for character in " ()<>\\":  # they would end the link, or be read as markup
        url = url.replace(character, f"%{ord(character):02X}")
    return f"[{source.replace(']', chr(92) + ']')}]({url})"


def _filled(pieces: list[_Piece], values: Mapping[str, str]) -> str:
    empty = {piece.section for piece in pieces if piece.is_field and not values[piece.text]} - {0}
    return "".join(
        values[piece.text] if piece.is_field else piece.text
        for piece in pieces
        if piece.section not in empty
    )


def _pieces(pattern: str) -> list[_Piece]:
    """Return the parts of a pattern.

    Raises:
        PatternError: A bracket is open, a field is unknown, or the pattern is too long.
    """
    if len(pattern) > _MOST_CHARACTERS:
        raise PatternError(f"has over {_MOST_CHARACTERS} characters")
    pieces: list[_Piece] = []
    sections = section = at = 0
    for match in _TOKEN.finditer(pattern):
        pieces.append(_Piece(pattern[at : match.start()], is_field=False, section=section))
        at = match.end()
        sign, name = match[0], match[1]
        if name is not None:
            pieces.append(_Piece(_field_named(name.strip()), is_field=True, section=section))
        elif len(sign) == 2:
            pieces.append(_Piece(sign[0], is_field=False, section=section))
        elif sign == "[" and not section:
            sections += 1
            section = sections
        elif sign == "]" and section:
            section = 0
        else:
            raise PatternError(
                f"has a {sign} without its partner; write {sign * 2} for the character itself"
            )
    if section:
        raise PatternError("has a [ without its partner; write [[ for the character itself")
    pieces.append(_Piece(pattern[at:], is_field=False, section=0))
    return pieces


def _field_named(name: str) -> str:
    if name in FIELDS:
        return name
    from difflib import get_close_matches  # noqa: PLC0415  (only to explain a fault)

    nearest = get_close_matches(name, FIELDS, 1, cutoff=0)[0]
    raise PatternError(f"names {{{name}}}, which is no field; did you mean {{{nearest}}}?")
