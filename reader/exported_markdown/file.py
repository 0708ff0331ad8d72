"""A file of Margin's Markdown in its parts: front matter, body, record."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.digests import text_digest
from reader.exported_markdown.record import FoundRecord, find_record

ID: Final = "margin-id"
"""The field of the front matter with the ids of the articles."""
QUERY: Final = "margin-query"
"""The field with what chose the annotations."""
DIGEST: Final = "margin-digest"
"""The field with two digests, in files of Margin 1 that have no record."""
EXPORTED: Final = "exported"
"""The field with the time of the export, in these files."""
FENCE: Final = "---"
"""The line above and below the front matter."""

_KEY: Final = re.compile(r"([^\s:#'\"-][^:]*?)\s*:(?:\s|$)")
_CONTINUES: Final = re.compile(r"\s|-(?:\s|$)|[\]}]")
"""How a further line of a field begins: items, an indented text, the end of a list."""
_STRAY: Final = " "
"""What the name of a line that is of no field begins with, as no name of a field does."""


class MarkdownFile(NamedTuple):
    """The parts of a file."""

    fields: dict[str, list[str]]
    """The lines of each field of the front matter, by name; none without front matter."""
    body: list[str]
    """The lines below the front matter and above the record."""
    first: int
    """The number of the first line of the body in the file, from 1."""
    found: FoundRecord | None
    """The record; None where the file has none that can be read."""
    tail: list[str]
    """The lines below the record, which are a person's."""
    record_lines: list[str]
    """The lines of the record; none without one."""

    @property
    def article_ids(self) -> list[str]:
        """The ids of the articles; none if Margin did not write the file."""
        if self.found is not None:
            return [each.id for each in self.found.record.articles]
        return self.values(ID)

    @property
    def query(self) -> str:
        """What chose the annotations; empty where the file does not say."""
        if self.found is not None:
            return self.found.record.query
        return self.text(QUERY)

    @property
    def digests(self) -> tuple[str, str]:
        """The digests of what Margin wrote, and of the body as it wrote it; empty if unknown."""
        if self.found is not None:
            return self.found.record.written, self.found.record.body
        written, _, body = "".join(self.values(DIGEST)).partition("-")
        return written, body

    @property
    def exported(self) -> str:
        """When it was exported: ISO 8601; empty if unknown."""
        return self.found.record.exported if self.found else "".join(self.values(EXPORTED))

    @property
    def is_edited(self) -> bool:
        """Whether the text below the front matter is other than Margin wrote it."""
        return self.digests[1] != text_digest([*self.body, *self.tail])

    def values(self, name: str) -> list[str]:
        """Return the values of a field that Margin writes, without quotation marks."""
        first, *others = self.fields.get(name, [""])
        items = [first.partition(":")[2], *(line.strip().removeprefix("-") for line in others)]
        return [item.strip().strip("\"'") for item in items if item.strip()]

    def text(self, name: str) -> str:
        """Return a field that Margin writes as one text; empty where it has none."""
        try:
            value = json.loads("".join(self.fields.get(name, [])).partition(":")[2])
        except (ValueError, RecursionError):
            return ""
        return value if isinstance(value, str) else ""


def parse_file(text: str) -> MarkdownFile:
    """Return the parts of a file of Markdown, whoever wrote it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields, start = _front_matter(lines)
    lines = lines[start:]
    found = find_record(lines)
    if found is None:
        return MarkdownFile(fields, lines, start + 1, None, [], [])
    return MarkdownFile(
        fields,
        lines[: found.start],
        start + 1,
        found,
        lines[found.end :],
        lines[found.start : found.end],
    )


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """Return the fields of the front matter, and the first line below it.

    A line that is of no field, such as a comment, stands as one: it is a person's.
    """
    fields: dict[str, list[str]] = {}
    if lines[0].rstrip() != FENCE:
        return fields, 0
    end = next((at for at in range(1, len(lines)) if lines[at].rstrip() == FENCE), 0)
    current: list[str] | None = None
    for line in lines[1:end]:
        if key := _KEY.match(line):
            current = fields.setdefault(key[1], [])
        elif line.strip() and (current is None or not _CONTINUES.match(line)):
            current = fields.setdefault(f"{_STRAY}{line}", [])
        if current is not None:
            current.append(line)
    return fields, end + 1 if end else 0
