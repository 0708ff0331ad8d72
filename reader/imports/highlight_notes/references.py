"""Finds in a line what refers a highlight to its place in another program: links, pages, ids."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from reader.core.note_text import plain_note
from reader.imports.authors import names_between_commas

MOST: Final = 200_000
"""The most code points of a passage or a note."""

_LINK = re.compile(
    r"\[((?:[^\[\]\n\\]|\\.){0,5000})\]\(\s*([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)\s*\)"
)
_PLACE = re.compile(r"(?:Location|Loc\.|Page|pp?\.|S\.) ?\d[\d,–-]{0,20}", re.IGNORECASE)
_PLAIN_PLACE = re.compile(rf"\(({_PLACE.pattern})\)[ \t]*$", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:[ \t]*(?:[(—–|]|(?<=[ \t])-|\b(?:location|page|pp?\.|s\.):?))*[ \t]*$", re.IGNORECASE
)
_AFTER = re.compile(r"[ \t]*[)\]]*(?:[ \t]*[—–-][ \t]*Group:[ \t]*#?\S+)?(?:[ \t]*\^[\w-]+)?")
_TAG = re.compile(r"(?:^|[ \t])#(?:\[\[([^\]\n]{1,100})\]\]|([^\s#\[\](),;!]{1,100}))")
_WIKI = re.compile(r"!?\[\[([^\]|\n]{1,300})(?:\|([^\]\n]{1,300}))?\]\]")
_EMBED = re.compile(r"!\[\[[^\]\n]{1,300}\]\]|!\[(?:[^\[\]\n\\]|\\.){0,300}\]\([^()\n]{0,2000}\)")
_OPEN_MARK = re.compile(r"[ \t]*(?:<mark\b[^<>\n]{0,200}>)?[ \t]*\Z")
_EMPHASIS = re.compile(r"[ \t]*([*_]{1,3})(?=[^\s*_])")
_MARK = re.compile(
    r"==(?!\s)((?:(?!==)[^\n]){1,5000})==|<mark[^<>\n]{0,200}>((?:(?!</?mark).){1,5000})</mark>",
    re.DOTALL,
)
_SPAN = re.compile(r"background(?:-color)?:[ \t]*(#[0-9a-fA-F]{6})")
_CLASS = re.compile(r"hltr-(\w{1,20})")
_PAGE = re.compile(
    r"\b(?:pp?\.|S\.|Page|Seite)[ \t]*([\w–-]{1,15})|"
    r"^\(?([\divxlc]{1,8}(?:[–-]\d{1,6})?)\)?$",
    re.IGNORECASE,
)
_READWISE = re.compile(r"/(?:read|open)/([\w-]{4,60})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
_SOFT_BREAK = re.compile(r"(?<![\n\\])(?<!  )\n(?![\n>]|[ \t]*[-*•]\s)")
_DAY_LINK = re.compile(r"^\[\[\d{4}-\d\d-\d\d[^\]\n]*\]\]$", re.MULTILINE)
_BETWEEN_TAGS = re.compile(r"[ ,]+(?=#|\[\[)|,")
_AND = re.compile(r"[ \t]+(?:and|und|et|y|&)[ \t]+")
_AROUND_NAMES: Final = " \t,;\"'"
_NO_TAG: Final = frozenset({"highlight", "flashcard", "card", "car"})
_QUOTATION_MARKS: Final = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("‘", "’"))


class Reference(NamedTuple):
    """What a text says about where its highlight stands."""

    words: str = ""
    """The text before the first link: the passage, in Markdown."""
    rest: str = ""
    """The text after the last link, in Markdown."""
    key: str = ""
    """What identifies the highlight in the other program; may be empty."""
    page: str = ""
    """The number of its page; may be empty."""
    position: str = ""
    """Its position in the words of the other program; may be empty."""
    modified: str = ""
    """When it was changed last, as it is written there; may be empty."""
    item: str = ""
    """What identifies the cited work in Zotero; may be empty."""
    citation: str = ""
    """The cited work in words, without the page (``Moor, 2020``); may be empty."""
    url: str = ""
    """An address of the cited work; may be empty."""
    tags: tuple[str, ...] = ()
    """The tags behind the links."""

    @property
    def refers(self) -> bool:
        """Whether the text refers to a highlight or a page, and not only to a work."""
        return bool(self.key or self.page or self.position)

    @property
    def is_known(self) -> bool:
        """Whether the text refers to another program or a page at all."""
        return bool(self.key or self.page or self.position or self.item or self.modified)


def reference_in(text: str) -> Reference:
    """Return what a text refers to; without a reference its words are all of it."""
    facts: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    linked = ""
    for link in _LINK.finditer(text):
        if found := _facts_of(link[1].strip(), link[2]):
            facts = {**found, **facts}
            spans.append(link.span())
            linked = linked or _linked_words(link[1].strip(), link[2])
    if not spans:
        place = _PLAIN_PLACE.search(text)
        if place is None:
            return Reference(text)
        facts = _place(place[1])
        spans.append(place.span())
    words = text[: spans[0][0]]
    words = words[: _start_of_sign(words)]
    rest = text[spans[-1][1] :]
    if linked and _OPEN_MARK.fullmatch(words):
        words = f"{words}{linked}</mark>" if words.strip() else linked
    elif (sign := _EMPHASIS.match(words)) and rest.startswith(sign[1]):
        words, rest = words[sign.end() :], rest[len(sign[1]) :]
    after = _AFTER.match(rest)
    rest = rest[after.end() :] if after else rest
    rest, tags = without_tags(rest)
    return Reference(words.rstrip(), rest.strip(), tags=tags, **facts)


def _linked_words(label: str, target: str) -> str:
    """Return a passage that is itself the link to its annotation in Zotero; else empty."""
    is_quoted = label.startswith(tuple(left for left, _ in _QUOTATION_MARKS))
    return label if is_quoted and target.startswith("zotero://open") else ""


def place_in(title: str) -> Reference:
    """Return what the title of a callout refers to, such as ``Page 12``."""
    reference = reference_in(title)
    if not reference.is_known and _PLACE.fullmatch(title.strip()):
        return Reference(tags=(), **_place(title.strip()))
    return reference


def without_days(text: str) -> str:
    """Return a text without the lines that only link to the note of a day."""
    return _DAY_LINK.sub("", text)


def _start_of_sign(words: str) -> int:
    """Return where the sign before a link begins: a bracket, a dash, the word ``location``."""
    tail = words[-40:]
    found = _BEFORE.search(tail)
    return len(words) - len(tail) + found.start() if found else len(words)


def _facts_of(label: str, target: str) -> dict[str, str]:
    """Return what a link says about a highlight; nothing for a link of the text itself."""
    try:
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return {}
    host, path = parts.netloc.lower(), parts.path
    if parts.scheme == "zotero":
        return _zotero_facts(label, host, path, query)
    if parts.scheme == "kindle" or path.endswith("/to_kindle"):
        position = query.get("location", "")
        if position:
            return {"position": f"Location {position}"}
    if host.endswith("readwise.io") and (found := _READWISE.search(path)):
        return {"key": found[1], "position": ""}
    if host == "hyp.is" and (name := path.strip("/").partition("/")[0]) not in ("", "go"):
        changed = _DAY.search(label)
        return {"key": name, "modified": changed[0] if changed else ""}
    if host.endswith("omnivore.app") and parts.fragment:
        return {"key": parts.fragment}
    if label.lower() in ("view highlight", "view tweet"):
        return {"key": target}
    return _place(label) if _PLACE.fullmatch(label) else {}


def _zotero_facts(label: str, host: str, path: str, query: dict[str, str]) -> dict[str, str]:
    item = path.rstrip("/").rpartition("/")[2]
    page = _PAGE.search(label)
    number = next(filter(None, page.groups()), "") if page else ""
    facts = {"page": number} if number else {}
    if host == "select":
        cited = (label[: page.start()] if page else label).strip(" ,()")
        return {**facts, "item": item, "citation": cited}
    if annotation := query.get("annotation", ""):
        facts["key"] = annotation
    if not number and query.get("page"):
        facts["position"] = f"PDF page {query['page']}"
    return facts or {"position": "PDF"}


def _place(words: str) -> dict[str, str]:
    page = _PAGE.search(words)
    if page is not None and not words.lower().startswith("loc"):
        return {"page": page[1] or page[2]}
    return {"position": words}


def without_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without its hash tags, and the tags; days and ``#Highlight`` are none."""
    tags = [linked or plain for linked, plain in _TAG.findall(text)]
    kept = tuple(tag for tag in tags if tag.lower() not in _NO_TAG and not _DAY.fullmatch(tag))
    return (_TAG.sub("", text) if tags else text), kept


def marks_in(text: str) -> list[tuple[int, int, str, str]]:
    """Return the start, the end, the words and the colour of each highlighted part of a text."""
    found = []
    for match in _MARK.finditer(text):
        colour = _SPAN.search(match[0]) or _CLASS.search(match[0])
        found.append((*match.span(), match[1] or match[2], colour[1] if colour else ""))
    return found


def plain(markdown: str) -> str:
    """Return a passage in Markdown as its words, without markup and quotation marks around it."""
    text = without_markup(_SOFT_BREAK.sub(" ", markdown))
    for left, right in _QUOTATION_MARKS:
        inner = text[1:-1]
        if text.startswith(left) and text.endswith(right) and len(text) > 2:
            if left not in inner and right not in inner:
                return inner.strip()
            break
    return text


def without_markup(markdown: str) -> str:
    """Return the words of Markdown, without links to notes and signs of highlights."""
    text = _EMBED.sub("", markdown[:MOST])
    text = _WIKI.sub(lambda link: link[2] or link[1], text)
    text = _MARK.sub(lambda mark: mark[1] or mark[2], text)
    return plain_note(text, MOST).strip()


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text such as ``[[Ida Moor]] and [[Bo Lind]]``."""
    if linked := _WIKI.findall(text):
        return tuple((alias or name).strip() for name, alias in linked)
    parts = (part.strip(_AROUND_NAMES) for part in _AND.split(without_markup(text)))
    names = (name.strip(_AROUND_NAMES) for part in parts for name in names_between_commas(part))
    return tuple(dict.fromkeys(filter(None, names)))


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags in a list such as ``#a #[[b c]]``, ``[[a]] [[b c]]`` or ``a, b c``."""
    parts = (part for line in text.split("\n") for part in _BETWEEN_TAGS.split(line))
    tags = (part.strip().lstrip("#").removeprefix("[[").removesuffix("]]") for part in parts)
    return tuple(filter(None, map(str.strip, tags)))
