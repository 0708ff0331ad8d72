"""The comment at the end of a file that says what Margin wrote: ids and digests, out of sight.

Each line is JSON: the file as a whole, then each article, and below it a list for each annotation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from reader.exported_markdown.parts import PARTS, digest_of_token, token_of_digest
from reader.safe_text import safe_json

_START: Final = "<!-- Margin reads your changes back by these lines; leave them at the end."
_BEGINNING: Final = "<!-- Margin reads "
_END: Final = "-->"


class NoteRecord(NamedTuple):
    """What Margin knew of an annotation when it wrote it."""

    id: str
    """Its id, a ULID."""
    digests: Mapping[str, str]
    """Digests of its parts, by the names in ``PARTS``; of the quote, as the file shows it."""
    shown: Mapping[str, str] = {}
    """Digests of what is read back of a part, where that is not the part itself."""
    names: Mapping[str, Sequence[str]] = {}
    """The tags by the name that the file shows, where that is another one."""
    is_item: bool = False
    """Whether the note was written as one list item."""
    is_within: bool = False
    """Whether the passage was written as the strong words of its sentence."""

    def is_edited(self, part: str, digest: str) -> bool:
        """Return whether a part with a digest is other than Margin wrote it."""
        return digest not in (self.digests.get(part), self.shown.get(part))


class ArticleRecord(NamedTuple):
    """An article of a file."""

    id: str
    """Its id, a ULID."""
    notes: tuple[NoteRecord, ...]
    """Its annotations, in the order of the file."""


class FileRecord(NamedTuple):
    """What Margin wrote to a file."""

    exported: str
    """When: ISO 8601."""
    written: str
    """A digest of everything that Margin wrote, without that time."""
    body: str
    """A digest of what stands above the record and below the front matter."""
    query: str
    """What chose the annotations; empty for all of the articles."""
    articles: tuple[ArticleRecord, ...]
    """The articles, in the order of the file."""


class FoundRecord(NamedTuple):
    """A record and its place in a file."""

    record: FileRecord
    start: int
    """The first line of its comment."""
    end: int
    """The line after its comment."""


def write_record(record: FileRecord) -> str:
    """Return the comment of a record, without a line end."""
    return "".join(record_pieces(record, map(article_lines, record.articles)))


def record_pieces(record: FileRecord, articles: Iterable[str]) -> Iterator[str]:
    """Yield the comment of a record in pieces, without a line end.

    Args:
        record: The record; its articles do not count.
        articles: What ``article_lines`` returns of each article.
    """
    head = {"exported": record.exported, "digest": f"{record.written}-{record.body}"}
    if record.query:
        head["query"] = record.query
    yield f"{_START}\n{_line(head)}\n"
    for lines in articles:
        yield f"{lines}\n"
    yield _END


def article_lines(article: ArticleRecord) -> str:
    """Return the lines of an article in a record, without a line end."""
    notes = (_line([*_note_row(note)]) for note in article.notes)
    return "\n".join([_line({"article": article.id}), *notes])


def find_record(lines: Sequence[str]) -> FoundRecord | None:
    """Return the last record in the lines of a file; None where there is none that can be read."""
    end: int | None = None
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].strip() == _END:
            end = at
        elif end is not None and lines[at].startswith(_BEGINNING):
            if record := _read(lines[at + 1 : end]):
                return FoundRecord(record, at, end + 1)
            end = None
    return None


def as_copied(text: str) -> str:
    """Return a text in which no record is found any more."""
    return text.replace(_BEGINNING, "<!-- Margin wrote ")


def _line(value: Any) -> str:
    """Return JSON that cannot end a comment."""
    return safe_json(value).replace(">", "\\u003e")


def _note_row(note: NoteRecord) -> Iterator[Any]:
    yield note.id
    for part in PARTS:
        yield token_of_digest(note.digests.get(part, ""))
    more = {
        "shown": dict(note.shown),
        "names": {name: list(tags) for name, tags in note.names.items()},
        "item": note.is_item,
        "within": note.is_within,
    }
    if more := {name: value for name, value in more.items() if value}:
        yield more


def _read(lines: Iterable[str]) -> FileRecord | None:
    head: dict[str, str] = {}
    articles: list[tuple[str, list[NoteRecord]]] = []
    for value in _values(lines):
        if isinstance(value, list):
            if articles and (note := _read_note(value)):
                articles[-1][1].append(note)
        elif isinstance(value, dict) and isinstance(value.get("article"), str):
            articles.append((value["article"], []))
        elif isinstance(value, dict):
            head |= _texts(value)
    if not articles:
        return None
    written, _, body = head.get("digest", "").partition("-")
    return FileRecord(
        head.get("exported", ""),
        written,
        body,
        head.get("query", ""),
        tuple(ArticleRecord(key, tuple(notes)) for key, notes in articles),
    )


def _values(lines: Iterable[str]) -> Iterator[Any]:
    for line in lines:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _read_note(row: list[Any]) -> NoteRecord | None:
    """Return the record in a row; None where it is damaged."""
    texts = row[: len(PARTS) + 1]
    if len(texts) <= len(PARTS) or not all(isinstance(each, str) for each in texts):
        return None
    digests = map(digest_of_token, texts[1:])
    more = row[-1] if isinstance(row[-1], dict) else {}
    names = more.get("names")
    return NoteRecord(
        texts[0],
        dict(zip(PARTS, digests, strict=True)),
        _texts(more.get("shown")),
        {
            name: tuple(each for each in tags if isinstance(each, str))
            for name, tags in (names.items() if isinstance(names, dict) else ())
            if isinstance(tags, list)
        },
        more.get("item") is True,
        more.get("within") is True,
    )


def _texts(value: Any) -> dict[str, str]:
    """Return what of a JSON object are texts."""
    if not isinstance(value, dict):
        return {}
    return {name: each for name, each in value.items() if isinstance(each, str)}
