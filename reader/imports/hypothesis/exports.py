"""Reads what the client of Hypothesis exports besides JSON: a table, plain text, and HTML.

These forms name no ids, and do not tell which note a reply answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reader.imports.conversations import Contribution, joined
from reader.imports.hypothesis.api import addresses_of, group_tags
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.rich_text import markdown_of, parsed_html, words_of
from reader.imports.rows import date_fault, rows_of
from reader.imports.values import date_in, moment_in, with_unix_ends

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLUMNS: Final = frozenset(("created at", "author", "url", "type", "comment", "tags"))
_REPLY: Final = "reply"
_HEADING: Final = "Total annotations:"
_FIRST: Final = re.compile(r"^Annotation 1:\nCreated at: ", re.MULTILINE)
_START: Final = re.compile(r"^Annotation \d{1,9}:\n(?=Created at: )", re.MULTILINE)
_LABEL: Final = re.compile(
    r"^(Created at|Author|Page|Type|Quote|Description|Comment): ?", re.MULTILINE
)
_TAGS: Final = "\nTags: "
_MAX_HEADING: Final = 100_000


def recognises_table(file: GivenFile) -> bool:
    """Tell whether a file is the table that the client exports."""
    return _COLUMNS.issubset(file.columns)


def read_table(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the sources of a table."""
    contributions: list[Contribution] = []
    for row in rows_of(file):
        if isinstance(row, BadRow):
            yield row
            continue
        yield from date_fault(row, "created at")
        created = moment_in(row.get("created at"), None)
        quote = row.get("quote/description", "quote")
        fields = {**row.cells, "created at": created, "quote": quote}
        source = _source(row.get("url"), "")
        contributions.append(_contribution(fields, source, row.get("group"), row.line))
    yield from joined(contributions)


def recognises_text(text: str) -> bool:
    """Tell whether a file is the plain text that the client exports."""
    head = with_unix_ends(text[:_MAX_HEADING])
    first = _FIRST.search(head)
    return first is not None and _HEADING in head[: first.start()]


def read_text(text: str) -> Iterator[ImportItem]:
    """Yield the source of a plain text."""
    text = with_unix_ends(text)
    starts = [*_START.finditer(text)]
    title, url, group = _text_heading(text[: starts[0].start()])
    source = _source(url, title)
    contributions = []
    line = 1 + text.count("\n", 0, starts[0].start())
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        fields = _text_fields(text[start.end() : end].strip("\n"))
        contributions.append(_contribution(fields, source, group, line))
        line += text.count("\n", start.start(), end)
    yield from joined(contributions)


def _text_heading(head: str) -> tuple[str, str, str]:
    """Return title, address and group; the first line is the time of the export."""
    lines = head.strip().split("\n")
    at = next((index for index, line in enumerate(lines) if line.startswith("Group:")), len(lines))
    url = lines[at - 1].strip() if at > 1 else ""
    group = lines[at].removeprefix("Group:").strip() if at < len(lines) else ""
    return " ".join(lines[1 : at - 1]).strip(), url, group


def _text_fields(block: str) -> dict[str, str]:
    """Return the fields of an annotation, each behind its label; the comment may have any lines."""
    fields: dict[str, str] = {}
    name, start = "", 0
    for label in _LABEL.finditer(block):
        found = label.group(1).lower()
        if found in fields or found == name:
            continue  # a line of a quote that looks like a label
        if name:
            fields[name] = block[start : label.start()].strip()
        name, start = found, label.end()
        if name == "comment":
            break
    comment, separator, tags = block[start:].rpartition(_TAGS)
    if separator and "\n" not in tags:
        fields |= {name: comment.strip(), "tags": tags}
    elif name:
        fields[name] = block[start:].strip()
    quote = fields.get("quote", "")
    if len(quote) > 1 and quote[0] == quote[-1] == '"':
        fields["quote"] = quote[1:-1]
    return fields


def recognises_html(text: str) -> bool:
    """Tell whether a file is the HTML that the client exports."""
    head = text[:_MAX_HEADING]
    return (
        head.lstrip().startswith("<")
        and "Annotations on &quot;" in head
        and "<article" in head
        and _HEADING in head
    )


def read_html(text: str) -> Iterator[ImportItem]:
    """Yield the source of an HTML file."""
    root = parsed_html(text)
    if root is None:
        return
    title = "".join(words_of(each) for each in root.iterfind(".//section/p/strong"))
    link = root.find(".//section/p/a")
    url = "" if link is None else link.get("href") or ""
    source = _source(url, title)
    tables = [*root.iter("table")]
    articles = [*root.iter("article")]
    group = _html_fields(tables[0]).get("group", "") if tables else ""
    yield from joined(
        [
            _contribution(_html_fields(each), source, group, number)
            for number, each in enumerate(articles, 1)
        ]
    )


def _html_fields(element: _Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for row in element.iter("tr"):
        cells = row.findall("td")
        if len(cells) == 2:
            name = words_of(cells[0]).rstrip(":").lower()
            time = cells[1].find("time")
            value = markdown_of(cells[1]) if name == "comment" else words_of(cells[1])
            fields.setdefault(name, value if time is None else time.get("datetime") or value)
    return fields


def _source(url: str, title: str) -> ImportedSource:
    address, path = addresses_of(url)
    return ImportedSource(url=address, path=path, title=title)


def _contribution(
    fields: Mapping[str, str], source: ImportedSource, group: str, row: int
) -> Contribution:
    tags = [name for each in fields.get("tags", "").split(",") if (name := each.strip())]
    tags += group_tags(group)
    note = ImportedNote(
        quote=fields.get("quote", "").strip(),
        note=fields.get("comment", "").strip(),
        tags=tuple(dict.fromkeys(tags)),
        created=date_in(fields.get("created at", ""), None),
        page=fields.get("page", "").strip(),
        position=fields.get("description", "").strip(),
        row=row,
    )
    is_reply = fields.get("type", "").strip().lower() == _REPLY
    return Contribution(source, note, fields.get("author", "").strip(), is_reply=is_reply)
