"""The RIS writer: a record for each source, for EndNote, Zotero and Mendeley."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reader.core.annotation import Annotation
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.source_facts import Name, SourceFacts, SourceKind, digest_of, facts_of

_OWN: Final = re.compile(r"^ID  - margin:(\S+)\r?$", re.MULTILINE)
_END: Final = "ER  - \r\n\r\n"
_DIGEST: Final = "C8  - margin-digest:"
_DIGESTED: Final = re.compile(rf"(?P<record>.*){_DIGEST}(?P<digest>\w+)\r\n", re.DOTALL)
_DIGESTS: Final = re.compile(rf"^{_DIGEST}(\w+)\r?$", re.MULTILINE)
_KINDS: Final = {
    SourceKind.NEWS: "NEWS",
    SourceKind.PAPER: "JOUR",
    SourceKind.BOOK: "BOOK",
    SourceKind.DOCUMENT: "GEN",
}
_RECORD: Final = re.compile(r"^TY  - ", re.MULTILINE)


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:  # noqa: ARG001
    """Yield a record for each article, in UTF-8, with the line ends that the format prescribes.

    Args:
        items: The articles, in any order.
        options: What was asked for; a source is the same for all.
    """
    for facts in facts_of(items):
        lines = (f"{name}  - {value}".rstrip(" ") for name, value in _fields(facts))
        record = "".join(f"{line}\r\n" for line in lines)
        yield f"{record}{_DIGEST}{digest_of(record)}\r\n{_END}"


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if any record is not Margin's."""
    ids = _OWN.findall(text)
    return list(dict.fromkeys(ids)) if len(ids) == len(_RECORD.findall(text)) else []


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it, by the digest of each record.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the file does not hold.
    """
    *records, rest = text.split(_END)
    return not rest and all(
        (parts := _DIGESTED.fullmatch(record)) is not None
        and parts["digest"] == digest_of(parts["record"])
        for record in records
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
    return text.replace("\nID  - margin:", "\nID  - copy-of-margin:")


def _fields(facts: SourceFacts) -> Iterator[tuple[str, str]]:
    yield "TY", _KINDS[facts.kind]
    yield "ID", f"margin:{facts.id}"
    for name in facts.authors:
        yield "AU", _name(name)
    yield "TI", facts.title
    if facts.outlet:
        yield ("PB" if facts.kind is SourceKind.BOOK else "T2"), facts.outlet
    if facts.published:
        yield "PY", f"{facts.published[0]:04}"
        yield "DA", _date(facts.published)
    if facts.isbn:
        yield "SN", facts.isbn
    if facts.doi:
        yield "DO", facts.doi
    if facts.url:
        yield "UR", facts.url
    if facts.accessed:
        yield "Y2", _date(facts.accessed)
    if facts.archive:
        yield "L2", facts.archive
    if facts.language:
        yield "LA", facts.language
    for keyword in facts.keywords:
        yield "KW", keyword


def _name(name: Name) -> str:
    if name.is_organisation:
        return name.family
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _date(parts: tuple[int, ...]) -> str:
    """Return a date as RIS has it: ``2026/03/14/``, with empty parts for what is not known."""
    year, month, day = (*parts, 0, 0)[:3]
    return f"{year:04}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/"
