"""Applies a book's contents to the tree of a part: every entry becomes a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from reader.formats.epub.package import NavigationPoint
from reader.formats.tree.elements import BLOCKS, attribute, local_name

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADING_TAGS: Final = tuple(f"{{*}}{name}" for name in sorted(_HEADINGS))
_NAMED = etree.XPath("descendant-or-self::*[@id or @name]")
_LOOKED_AT: Final = 60
"""The number of elements after an entry's target that may hold its heading."""
_TEXT_BEFORE: Final = 300
"""The most characters of text between an entry's target and its heading."""
_LONGEST_TITLE: Final = 200
_CONTENTS_TYPES: Final = frozenset(
    {"toc", "doc-toc", "landmarks", "page-list", "doc-pagelist", "loi", "lot"}
)
_WORD = re.compile(r"\W+")
_CONTAINERS: Final = frozenset({"html", "body", "section", "article", "main", "div"})


class Outliner:
    """Applies entries to one part after another, and keeps the depth of the last one."""

    def __init__(self) -> None:
        """Start before the first part."""
        self._depth = 0

    def apply(
        self, body: Any, entries: Sequence[NavigationPoint], pages: Sequence[NavigationPoint]
    ) -> None:
        """Change a part's tree: headings get the levels of the contents, pages get marks.

        Args:
            body: The tree of one part.
            entries: The entries of the contents that lead to the part, in their order.
            pages: The printed pages that begin in the part.
        """
        starts = _by_identifier(body, {one.fragment for one in (*entries, *pages)})
        starts[""] = body
        levels: dict[Any, int] = {}
        inserted: dict[Any, Any] = {}
        targets = [starts.get(entry.fragment) for entry in entries]
        for entry, start in zip(entries, targets, strict=True):
            if start is None:
                # The entry leads nowhere; the part may still hold its title.
                heading = _with_title(body, entry.title, levels)
            else:
                is_shared = sum(place is start for place in targets) > 1
                heading = _find_heading(start, entry.title, levels, is_shared=is_shared)
                if heading is None and "".join(body.itertext()).strip():
                    heading = _insert(body, start, entry.title, inserted.get(start))
                    inserted[start] = heading
            if heading is not None:
                levels[heading] = entry.level
        self._set_levels(body, levels)
        for page in pages:
            if (start := starts.get(page.fragment)) is not None:
                _mark_page(start, page.title)

    def _set_levels(self, body: Any, levels: dict[Any, int]) -> None:
        """Set the level of every heading; one outside the contents goes below the last entry.

        If the contents hold two headings of an element and not a third one, it gets their level.
        """
        kinds: dict[str, list[int]] = {}
        for element, level in levels.items():
            kinds.setdefault(local_name(element), []).append(level)
        equals = {
            name: found[0] for name, found in kinds.items() if len(found) > 1 == len(set(found))
        }
        # A long part has some 10,000 elements: only headings and what became one are visited.
        for element in list(body.iter(*(f"{{*}}{name}" for name in _HEADINGS | kinds.keys()))):
            name = local_name(element)
            if element in levels:
                self._depth = levels[element]
                _rename(element, f"h{self._depth}")
            elif name in _HEADINGS and name in equals:
                _rename(element, f"h{equals[name]}")
            elif name in _HEADINGS and self._depth:
                _rename(element, f"h{min(max(int(name[1]), self._depth + 1), 6)}")


def drop_contents(body: Any) -> bool:
    """Remove the lists of contents from a part; return whether little else is left.

    Args:
        body: The tree of a part that shows the contents, and may hold text as well.
    """
    has_list = False
    for nav in list(body.iter("{*}nav")):
        types = set((attribute(nav, "type") or nav.get("role") or "").split())
        if nav is not body and types & _CONTENTS_TYPES:
            nav.clear(keep_tail=True)
            has_list = True
    headings = _length(body.iter(*_HEADING_TAGS))
    length = _length([body]) - headings
    linked = _length(body.iter("{*}a"))
    return linked * 2 > length or (has_list and length < _LONGEST_TITLE)


def _length(elements: Iterable[Any]) -> int:
    return sum(len("".join("".join(one.itertext()).split())) for one in elements)


def _by_identifier(body: Any, fragments: set[str]) -> dict[str, Any]:
    """Return the elements that fragments name, percent-encoded or not."""
    fragments_by_name = {
        name: fragment for fragment in fragments for name in (unquote(fragment), fragment)
    }
    elements: dict[str, Any] = {}
    for element in _NAMED(body) if fragments_by_name.keys() != {""} else ():
        for identifier in (element.get("id"), element.get("name")):
            if identifier in fragments_by_name:
                elements.setdefault(fragments_by_name[identifier], element)
    return elements


def _with_title(body: Any, title: str, taken: dict[Any, int]) -> Any | None:
    """Return the first heading with a title."""
    folded_title = _fold(title)
    for element in body.iter(*_HEADING_TAGS):
        if element not in taken:
            text = _fold("".join(element.itertext()))
            if text and (
                text == folded_title or _is_within(text, folded_title, local_name(element))
            ):
                return element
    return None


def _rename(element: Any, name: str) -> None:
    element.tag = element.tag.rpartition("}")[0] + "}" + name if "}" in element.tag else name


def _find_heading(start: Any, title: str, taken: dict[Any, int], *, is_shared: bool) -> Any | None:
    """Return the element near an entry's target that shows its title."""
    folded_title = _fold(title)
    passed = 0
    first: Any | None = None
    for element in _from(start):
        name = local_name(element)
        if name in _HEADINGS or _is_leaf(element):
            if element in taken:
                continue
            text = _fold("".join(element.itertext()))
            if text and text == folded_title:
                return element
            if text and first is None and name in _HEADINGS:
                if _is_within(text, folded_title, name):
                    return element
                if not is_shared:
                    first = element
            passed += len(text)
            if passed > _TEXT_BEFORE:
                break
    return first


def _is_within(text: str, title: str, name: str) -> bool:
    """Return whether a title contains the other, as ``Chapter 1: Loss`` contains ``Loss``."""
    if name not in _HEADINGS or len(text) > _LONGEST_TITLE:
        return False
    return bool(title) and (f" {title} " in f" {text} " or f" {text} " in f" {title} ")


def _is_leaf(element: Any) -> bool:
    """Return whether an element is a paragraph and not a container of paragraphs."""
    return local_name(element) in ("p", "div", "td") and not any(
        local_name(inner) in BLOCKS for inner in element
    )


def _from(start: Any) -> Iterator[Any]:
    """Yield the elements around and after an element, in the order of the text."""
    element = start
    while local_name(element) not in BLOCKS and element.getparent() is not None:
        element = element.getparent()
    count = 0
    while element is not None:
        for inner in element.iter("{*}*"):
            count += 1
            yield inner
            if count > _LOOKED_AT:
                return
        following = element.getnext()
        while following is None and element.getparent() is not None:
            element = element.getparent()
            following = element.getnext()
        element = following


def _insert(body: Any, start: Any, title: str, before: Any | None) -> Any:
    """Insert a heading before an entry's target, after one that was inserted there before."""
    namespace = body.tag.rpartition("}")[0] + "}" if "}" in body.tag else ""
    heading = etree.Element(f"{namespace}h1")
    heading.text = title
    if before is not None:
        heading.tail, before.tail = before.tail, None
        before.addnext(heading)
        return heading
    block = start
    while local_name(block) not in BLOCKS and block.getparent() is not None:
        block = block.getparent()
    if block is body or block.getparent() is None or local_name(block) in _CONTAINERS:
        heading.tail, block.text = block.text, None
        block.insert(0, heading)
        return heading
    while local_name(block) in ("li", "td", "th", "tr", "tbody", "dt", "dd", "ol", "ul", "table"):
        above = block.getparent()
        if above is None or above is body:
            break
        block = above
    block.addprevious(heading)
    return heading


def _mark_page(element: Any, name: str) -> None:
    """Insert the mark of a printed page at the start of an element."""
    mark = etree.Element("span", role="doc-pagebreak", title=name)
    mark.tail, element.text = element.text, None
    element.insert(0, mark)


def _fold(text: str) -> str:
    return _WORD.sub(" ", text).strip().casefold()
