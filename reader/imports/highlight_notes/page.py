"""Reads what a note in Markdown says about its source: front matter, properties, lists of facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from reader.core.source_keys import isbn_in
from reader.imports.highlight_notes.references import names_in, tags_of, without_markup
from reader.imports.model import ImportedSource
from reader.imports.values import is_absolute, path_of

_LONGEST: Final = 65_536
"""The longest front matter, in code points."""

_FIELD = re.compile(r"([ \t]*)(?:-[ \t]+)?([A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(.*))?$")
_ELEMENT = re.compile(r"[ \t]*-[ \t]+(.*)$")
_PROPERTY = re.compile(r"[ \t]*(?:-[ \t]+)?([A-Za-z][\w-]{0,40})::(?:[ \t]+(.*))?$")
_FACT = re.compile(
    r"[*_]{0,2}([A-Za-z][A-Za-z ]{0,30}?)[*_]{0,2}::?[*_]{0,2}[ \t]*(.*)$", re.DOTALL
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)?")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>)\]]+")
_FILE = re.compile(r"\]\(([^()\n]+\.(?:pdf|epub|html?|docx?))\)", re.IGNORECASE)
_NAME = re.compile(r"\[([^\]\n]+)\]\(")
_LISTED = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=,|\Z)|[^,]+""")
"""Matches a value of a list in YAML, which may hold commas between quotation marks."""

_STAMP = re.compile(r"(?:_\d{13}_\d+)?\.\w{2,5}$")
"""What Logseq puts behind the name of a file, and its suffix."""

_FOLDED: Final = frozenset(("|", ">", "|-", ">-", "|+", ">+"))
"""What stands in place of a value that follows on lines of its own, in YAML."""

_LINKED_NOTE = re.compile(r"\[\[(?:[^\[\]|\n]{0,300}/)?([^\[\]|/\n]{1,300})\]\]")
"""Matches a link to a note, which may name its folders."""

_BY = re.compile(r"^(?:by|von|par|de|por|di|door):[ \t]+", re.IGNORECASE)
"""Matches what a shop writes before the names of authors."""

_SUFFIX = re.compile(r"[ \t]+\(highlights\)$")

_TITLES: Final = ("full title", "full-title", "fulltitle", "kindle-title", "title")
_AUTHORS: Final = ("authors", "author", "kindle-author", "by", "creator", "creators")
_ADDRESSES: Final = (
    "url", "source_url", "source-url", "source url", "link", "source", "reference", "canonical",
    "original",
)  # fmt: skip
_SITES: Final = ("site", "publication", "publisher", "outlet", "journal", "publicationtitle")
_DAYS: Final = ("published", "date_published", "date-published", "publication date", "year")
_FILES: Final = ("file-path", "file path", "file", "pdf")
_TAGS: Final = ("tags", "document tags", "topics")
NAMES: Final = frozenset(
    (*_TITLES, *_AUTHORS, *_ADDRESSES, *_SITES, *_DAYS, *_FILES, *_TAGS, "isbn", "asin", "category",
     "summary", "document note", "date", "doi", "citekey", "image", "kindle link")
)  # fmt: skip
"""The names of facts about a source, in lower case."""


class NotePage(NamedTuple):
    """A note without its front matter."""

    facts: dict[str, str]
    """What it says about its source, by names in lower case; values of a list have lines."""
    body: str
    """The text below."""
    first_row: int
    """The number of the body's first line in the file, from 1."""
    is_logseq: bool = False
    """Whether its facts are properties of Logseq."""


def divided(text: str) -> NotePage:
    """Return a note divided into the facts above it and its body.

    Args:
        text: The text of the file, with newlines alone at the ends of lines.
    """
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        head = text[:_LONGEST].split("\n")
        for end in range(1, len(head)):
            if head[end].rstrip() in ("---", "..."):
                facts = dict(_front_matter(lines[1:end]))
                return NotePage(facts, "\n".join(lines[end + 1 :]), end + 2)
    facts = {}
    first = 0
    while first < len(lines) and len(facts) < 100:
        found = _PROPERTY.match(lines[first])
        if found is not None:
            facts.setdefault(found[1].lower(), (found[2] or "").strip())
        elif lines[first].strip():
            break
        first += 1
    if not facts:
        return NotePage({}, text, 1)
    return NotePage(facts, "\n".join(lines[first:]), first + 1, is_logseq=True)


def _front_matter(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of front matter; what templates of people write is often no valid YAML."""
    name, values = "", list[str]()
    folded = -1  # the indent of a field whose value stands on the lines below it
    for line in lines:
        if 0 <= folded < len(line) - len(line.lstrip()) or (folded >= 0 and not line.strip()):
            values.append(line.strip())
            continue
        field, element = _FIELD.match(line), _ELEMENT.match(line)
        if element is not None and name and (field is None or ":" not in element[1][:40]):
            values.append(_scalar(element[1]))
        elif field is not None:
            if name:
                yield name, "\n".join(filter(None, values))
            name, values = field[2].strip().lower(), _values(field[3] or "")
            folded = len(field[1]) if (field[3] or "").strip() in _FOLDED else -1
        elif name and line.strip():
            values.append(_scalar(line))
    if name:
        yield name, "\n".join(filter(None, values))


def _values(text: str) -> list[str]:
    text = text.strip()
    if text in _FOLDED:
        return []
    if text.startswith("[") and not text.startswith("[[") and text.endswith("]"):
        return [_scalar(part[0]) for part in _LISTED.finditer(text[1:-1])]
    return [_scalar(text)]


def _scalar(text: str) -> str:
    """Return a value without the quotation marks of YAML."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        if text[0] == "'":
            return inner.replace("''", "'")
        return inner.replace('\\"', '"').replace("\\\\", "\\")
    return text


def fact_in(text: str) -> tuple[str, str] | None:
    """Return the name and the value of a fact about the source, such as ``Author: Ida Moor``."""
    found = _FACT.match(text.strip())
    if found is None or found[1].strip().lower() not in NAMES:
        return None
    return found[1].strip().lower(), found[2].strip()


def source_of(facts: Mapping[str, str], heading: str) -> ImportedSource:
    """Return the source of a note.

    Args:
        facts: What the note says about it.
        heading: Its first heading; may be empty.
    """
    site = _first(facts, _SITES)
    return ImportedSource(
        title=_title(facts, heading),
        authors=_authors(facts),
        url=_url(facts),
        path=next(filter(None, (_path(facts.get(name, "")) for name in _FILES)), ""),
        site=without_markup(site),
        published=_first(facts, _DAYS)[:40],
        isbn=isbn_in(_first(facts, ("isbn",))),
        tags=tags_of("\n".join(facts.get(name, "") for name in _TAGS)),
    )


def _url(facts: Mapping[str, str]) -> str:
    """Return the address of a source, or that of its DOI; empty without either."""
    for name in _ADDRESSES:
        if found := _ADDRESS.search(facts.get(name, "")):
            return found[0]
    doi = _DOI.search(facts.get("doi", ""))
    return f"https://doi.org/{doi[0]}" if doi else ""


def _first(facts: Mapping[str, str], names: Iterable[str]) -> str:
    return next((value for name in names if (value := facts.get(name, "").strip())), "")


def _title(facts: Mapping[str, str], heading: str) -> str:
    title = _scalar(_first(facts, _TITLES)) or heading
    if linked := _LINKED_NOTE.fullmatch(title):
        title = linked[1]
    if not title and (named := _NAME.search(facts.get("file", ""))):
        title = _STAMP.sub("", named[1]).replace("_", " ")
    title = _SUFFIX.sub("", without_markup(title.replace("\n", " ")))
    return " ".join(title.removeprefix("hls__").split())


def _authors(facts: Mapping[str, str]) -> tuple[str, ...]:
    for name in _AUTHORS:
        value = facts.get(name, "")
        lines = (_BY.sub("", line) for line in value.split("\n"))
        authors = tuple(dict.fromkeys(author for line in lines for author in names_in(line)))
        # The plugin of Hypothesis has a link without a target to the host where it knows no author.
        if authors and not value.endswith("]()"):
            return authors
    return ()


def _path(value: str) -> str:
    """Return the path of a file that a property names, if it is absolute; otherwise nothing."""
    found = _FILE.search(value)
    target = (found[1] if found else value).strip()
    path = path_of(target) or target
    return path if is_absolute(path) else ""
