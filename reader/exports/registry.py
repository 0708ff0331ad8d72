"""The formats that Margin exports to, by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from reader.errors import ExportError
from reader.exports.front_matter import article_ids
from reader.exports.markdown import write_markdown
from reader.exports.model import ExportedArticle

Writer = Callable[[Sequence[ExportedArticle], Collection[str], str], str]
"""Takes the articles, the tags to keep (none: all) and the time; returns the text."""


class Format(NamedTuple):
    """A format of export."""

    name: str
    """What a person types."""
    suffix: str
    """How its files end, with the full stop."""
    write: Writer
    """Makes the text."""


FORMATS: dict[str, Format] = {one.name: one for one in (Format("markdown", ".md", write_markdown),)}
"""Every format by its name."""


def find_format(name: str) -> Format:
    """Return the format called ``name``.

    Raises:
        ExportError: There is no such format; the message lists those that there are.
    """
    if name not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise ExportError("Unknown format", f"“{name}” is not a format of export: choose {known}.")
    return FORMATS[name]


def render(
    item: ExportedArticle,
    *,
    tags: Collection[str] = (),
    exported: str,
    format: str = "markdown",  # noqa: A002 - the word that people and the command line use
) -> str:
    """Return one article's annotations as text, in the order of the text.

    Args:
        item: The article with its annotations.
        tags: Only annotations with one of these; with none, all.
        exported: When: ISO 8601.
        format: The name of a format.

    Raises:
        ExportError: There is no such format.
    """
    return find_format(format).write([item], tags, exported)


def render_all(
    items: Sequence[ExportedArticle],
    *,
    tags: Collection[str] = (),
    exported: str,
    format: str = "markdown",  # noqa: A002 - the word that people and the command line use
) -> str:
    """Return several articles' annotations as one text; see ``render``."""
    return find_format(format).write(items, tags, exported)


def is_export(text: str) -> bool:
    """Tell whether Margin wrote the text."""
    return bool(article_ids(text))
