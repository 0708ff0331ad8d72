"""The facts of a source as reference managers have them: kind, names in parts, dates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import unquote

from reader.core.annotation import Article
from reader.core.author_names import is_suffix
from reader.core.source_keys import isbn_in
from reader.core.text_formatting import one_line
from reader.exports.model import ExportedArticle, in_order
from reader.safe_text import sanitise_for_file

_PARTICLES: Final = frozenset(
    (
        "al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
        "el", "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
    )
)  # fmt: skip
"""Words in lower case that begin a family name."""

_BETWEEN_SURNAMES: Final = frozenset(("y", "i", "e"))
"""Words that join the two parts of a Spanish, Catalan or Portuguese family name."""

_BEFORE_SUFFIX: Final = 2
"""How many words of a name stand before a suffix without a comma, at least."""
_MOST_NAMES: Final = 4
"""A text of more words is the name of an organisation."""
_ORGANISATION: Final = re.compile(
    r"^(?:the|die|das|der|le|la|les|el|los|las) |\b(?:agence|agencia|agency|agentur|agenzia|"
    r"association|board|bureau|collective|committee|commission|company|council|courier|"
    r"department|desk|editors?|foundation|gmbh|group|inc|institute|llc|ltd|ministry|news|newspaper|office|"
    r"post|press|redaktion|reuters|rédaction|redacción|service|society|staff|team|times|union|"
    r"university)\b",
    re.IGNORECASE,
)
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DOI: Final = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T|$)")


class SourceKind(StrEnum):
    """What a source is."""

    NEWS = "news"
    """An article of a publication or a site, with an address."""
    PAPER = "paper"
    """A text with a DOI."""
    BOOK = "book"
    """A text with an ISBN."""
    DOCUMENT = "document"
    """Any other text."""


class Name(NamedTuple):
    """The name of an author."""

    family: str
    """The family name, with its particles; all of the name of an organisation."""
    given: str = ""
    """The other names; empty for an organisation, and for a person of one name."""
    suffix: str = ""
    """What follows the name, such as ``Jr.``."""

    @property
    def is_organisation(self) -> bool:
        """Whether it is written as it stands."""
        return not self.given


class SourceFacts(NamedTuple):
    """What is known of a source, each text on one line."""

    id: str
    """The ULID of its article."""
    key: str
    """A key to cite it by, such as ``marsh2026harbour``; unique among those made together."""
    kind: SourceKind
    title: str
    authors: tuple[Name, ...]
    outlet: str
    published: tuple[int, ...]
    """The year, the month and the day, as far as they are known."""
    url: str
    accessed: tuple[int, ...]
    archive: str
    language: str
    keywords: tuple[str, ...]
    """The projects of the article."""
    isbn: str
    """In its ten or thirteen digits."""
    doi: str
    """Without the address of its resolver."""


def facts_of(items: Iterable[ExportedArticle]) -> list[SourceFacts]:
    """Return the facts of some sources, by title, with a key for each."""
    taken: set[str] = set()
    sources = in_order(items, lambda item: (item.article, item.title))
    return [_facts(article, title, taken) for article, title in sources]


def digest_of(entry: str) -> str:
    """Return eight hexadecimal digits that depend on the text of an entry of a list of sources."""
    return hashlib.sha256(entry.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def name_of(text: str) -> Name:
    """Return the name of an author in parts.

    "Ana Lind" has a family name; "Lower Tamsin Courier", "Berg & Sons" and a name in Chinese
    characters are left whole, because nothing tells where to part them. "Lind, Ana" is parted at
    its comma.
    """
    line = _line(text)
    if "&" in line:
        return Name(line)
    parts = [part for each in line.split(",") if (part := each.strip())]
    suffix = ", ".join(each for each in parts[1:] if is_suffix(each))
    parts = [each for at, each in enumerate(parts) if not (at and is_suffix(each))]
    if len(parts) > 1:
        return Name(parts[0], ", ".join(parts[1:]), suffix)
    words = line.split(",")[0].split()
    if not suffix and len(words) > _BEFORE_SUFFIX and is_suffix(words[-1]):
        suffix = words.pop()
    if not 1 < len(words) <= _MOST_NAMES or is_organisation(line) or _CJK.search(line):
        return Name(line)
    start = _start_of_family(words)
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _start_of_family(words: Sequence[str]) -> int:
    """Return the number of the first word of a name that is of the family name."""
    for at, word in enumerate(words[1:], 1):
        if word in _PARTICLES:
            return at
        if word in _BETWEEN_SURNAMES and 1 < at < len(words) - 1:
            return at - 1
    return len(words) - 1


def is_organisation(name: str) -> bool:
    """Return whether a name has a word that only names of organisations have, or "&"."""
    return "&" in name or _ORGANISATION.search(name) is not None


def _facts(article: Article, title: str, taken: set[str]) -> SourceFacts:
    metadata = article.metadata
    authors = tuple(name for each in metadata.authors if (name := name_of(each)).family)
    published = date_parts(metadata.published)
    isbn, doi = isbn_in(metadata.identifier), _doi_in(article.address)
    return SourceFacts(
        article.id,
        _key(authors, published, title, article.id, taken),
        _kind(article, isbn, doi),
        _line(title),
        authors,
        _line(metadata.site),
        published,
        _line(article.address),
        date_parts(article.accessed),
        _line(article.archive),
        _line(metadata.language),
        tuple(filter(None, map(_line, article.tags))),
        isbn,
        doi,
    )


def _kind(article: Article, isbn: str, doi: str) -> SourceKind:
    if isbn or doi:
        return SourceKind.BOOK if isbn else SourceKind.PAPER
    return SourceKind.NEWS if article.address or article.metadata.site else SourceKind.DOCUMENT


def _doi_in(address: str) -> str:
    """Return the DOI that an address leads to; empty where it leads to none."""
    match = _DOI.fullmatch(address.strip())
    return _line(unquote(match[1])) if match else ""


def _line(text: str) -> str:
    return sanitise_for_file(one_line(text))


def date_parts(moment: str) -> tuple[int, ...]:
    """Return the year, the month and the day of an ISO 8601 text, as far as it has them."""
    match = _DATE.match(moment)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def _key(
    authors: tuple[Name, ...],
    published: tuple[int, ...],
    title: str,
    identifier: str,
    taken: set[str],
) -> str:
    """Return a key that no other source has: name, year and the first long word of the title.

    Where neither has a letter of A to Z, it is made of the end of the id.
    """
    from reader.core.folding import fold  # noqa: PLC0415  (only exports of sources need it)

    words = re.findall("[a-z0-9]+", fold(title))
    first = next((word for word in words if len(word) > 3), words[0] if words else "")
    family = "".join(re.findall("[a-z0-9]+", fold(authors[0].family))) if authors else ""
    year = f"{published[0]:04}" if published else ""
    is_named = family or first
    stem = f"{family[:24]}{year}{first[:24]}" if is_named else f"source{identifier[-6:].lower()}"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key
