"""The BibTeX writer: an entry for each source, for LaTeX, Zotero and JabRef."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reader.core.annotation import Annotation
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.source_facts import Name, SourceFacts, SourceKind, digest_of, facts_of

_ID: Final = "margin-id"
_OWN: Final = re.compile(rf"^  {_ID} = {{([^{{}}]+)}},$", re.MULTILINE)
_DIGEST: Final = "margin-digest"
_DIGESTED: Final = re.compile(rf"(?P<entry>.*)\n  {_DIGEST} = {{(?P<digest>\w+)}},\n}}", re.DOTALL)
_DIGESTS: Final = re.compile(rf"^  {_DIGEST} = {{(\w+)}},$", re.MULTILINE)
_ENTRY: Final = re.compile(r"^@", re.MULTILINE)

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)  # fmt: skip
"""What LaTeX does not take as it stands; other letters are UTF-8, which BibLaTeX reads. BibTeX
counts braces even behind a backslash, so they have names."""

_ADDRESS_ESCAPES: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:  # noqa: ARG001
    """Yield an entry for each article, in UTF-8.

    Articles of a publication are ``@article`` with ``journal``, what has an ISBN is a ``@book``,
    others are ``@misc``.

    Args:
        items: The articles, in any order.
        options: What was asked for; a source is the same for all.
    """
    yield "\n\n".join(map(_entry, facts_of(items))) + "\n"


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if any entry is not Margin's."""
    ids = _OWN.findall(text)
    return list(dict.fromkeys(ids)) if len(ids) == len(_ENTRY.findall(text)) else []


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it, by the digest of each entry.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the file does not hold.
    """
    entries = text.removesuffix("\n").split("\n\n")
    return all(
        (parts := _DIGESTED.fullmatch(entry)) is not None
        and parts["digest"] == digest_of(parts["entry"])
        for entry in entries
    )


def written_digest(text: str) -> str:
    """Return the digests that a file has of what Margin wrote; empty where it has none."""
    return " ".join(_DIGESTS.findall(text))


def as_copy(text: str, new: str) -> str:  # noqa: ARG001
    """Return a file of Margin's that is not known as such.

    Args:
        text: The file.
        new: What replaces it.
    """
    return text.replace(f"\n  {_ID} = ", "\n  margin-copy-of = ")


def _entry(facts: SourceFacts) -> str:
    kind, outlet = "misc", "howpublished"
    if facts.kind is SourceKind.BOOK:
        kind, outlet = "book", "publisher"
    elif facts.kind is not SourceKind.DOCUMENT and facts.outlet:
        kind, outlet = "article", "journal"
    year, month, *_ = (*facts.published, 0, 0)
    fields = {
        "author": " and ".join(map(_name, facts.authors)),
        "title": f"{{{_escaped(facts.title)}}}",
        outlet: _escaped(facts.outlet),
        "date": _iso(facts.published),
        "year": f"{year:04}" if year else "",
        "isbn": facts.isbn,
        "doi": _escaped(facts.doi),
        "url": facts.url.translate(_ADDRESS_ESCAPES),
        "urldate": _iso(facts.accessed),
        "note": f"Archived at {_escaped(facts.archive)}" if facts.archive else "",
        "langid": _escaped(facts.language),
        "keywords": ", ".join(map(_escaped, facts.keywords)),
        _ID: re.sub(r"[{}\s]", "", facts.id),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        lines.insert(-1, f"  month = {_MONTHS[(month - 1) % 12]},")
    entry = "\n".join([f"@{kind}{{{facts.key},", *lines])
    return f"{entry}\n  {_DIGEST} = {{{digest_of(entry)}}},\n}}"


def _name(name: Name) -> str:
    if name.is_organisation:
        return f"{{{_escaped(name.family)}}}"
    first, *words = name.family.split()
    # BibTeX takes all up to a word in lower case for particles.
    is_whole = not first[0].islower() and any(word[0].islower() for word in words)
    family = _escaped(name.family)
    parts = (f"{{{family}}}" if is_whole else family, _escaped(name.suffix), _escaped(name.given))
    return ", ".join(f"{{{part}}}" if "," in part else part for part in parts if part)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _iso(parts: tuple[int, ...]) -> str:
    return "-".join(f"{part:0{2 if at else 4}}" for at, part in enumerate(parts))
