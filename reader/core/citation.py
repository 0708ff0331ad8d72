"""Cite an article in one line, with what is known of it; and a piece of evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.core.addresses import file_name
from reader.core.annotation import Article
from reader.core.dates import in_words
from reader.core.evidence import Evidence, phrase
from reader.core.text_formatting import one_line

_INNER: Final = str.maketrans("“”", "‘’")
"""Makes quotation marks those of a quotation inside another one."""


def citation(article: Article, show: Callable[[str], str] = one_line) -> str:
    """Return a one-line citation with the known facts: authors, title, site, day, addresses.

    For example ``A. Author, “Title”, The Courier, 31 January 2026, https://courier.example/a``, and
    the day on which it was accessed and the address of an archived copy where these are known. A
    file without an outlet is cited by its name, without its folders, which are the reader's own.

    Args:
        article: The article.
        show: Formats a text for display, such as on one line, or escaped.
    """
    metadata = article.metadata
    title = one_line(metadata.title)
    name = "" if metadata.site else file_name(article.source)
    facts = (
        ", ".join(show(each) for each in map(one_line, metadata.authors) if each),
        _quoted(title, show),
        show(one_line(metadata.site)),
        show(day(metadata.published)),
        show(one_line(article.address or name)),
        f"accessed {show(day(article.accessed))}" if article.accessed else "",
        f"archived at {show(one_line(article.archive))}" if article.archive else "",
    )
    return ", ".join(fact for fact in facts if fact)


def cite_evidence(evidence: Evidence, show: Callable[[str], str] = one_line) -> str:
    """Return evidence in one line: ``Refuted by https://town.example/a (seen 31 January 2026)``.

    A passage is cited as ``Supported by “It did.” (The title)``, an article by its title.

    Args:
        evidence: The link, as its annotation has it.
        show: Formats a text for display, such as on one line, or escaped.
    """
    words, title = _quoted(one_line(evidence.words), show), show(one_line(evidence.title))
    target = words or title or show(evidence.target)
    facts = [title if words else "", f"seen {show(day(evidence.seen))}" if evidence.seen else ""]
    about = ", ".join(filter(None, facts))
    relation = phrase(evidence.relation, is_basis=evidence.is_basis)
    return f"{relation.capitalize()} {target}{f' ({about})' if about else ''}"


def _quoted(text: str, show: Callable[[str], str]) -> str:
    """Return a text in quotation marks, with the inner ones inside it; empty for an empty text."""
    return f"“{show(text.translate(_INNER))}”" if text else ""


def day(moment: str) -> str:
    """Return the day, the month or the year of a moment as people write it: ``31 January 2026``.

    Args:
        moment: An ISO 8601 date or time, or the start of one; any other text is returned on one
            line, unchanged.
    """
    return one_line(in_words(moment))
