"""Describes single elements of a tree of HTML: blocks, lists, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple

from reader.core.document import SpanKind
from reader.formats.builder import bullet
from reader.formats.targets import file_name
from reader.formats.tree.walk import walk

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol optgroup p pre search section summary table tbody td tfoot th thead tr ul xmp"
)
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
"""Elements that end the paragraph before them."""

_UNSHOWN_NAMES = (
    "applet area audio base button canvas col colgroup datalist embed frame frameset head iframe "
    "link map meta noembed noframes noscript option param rp rt rtc script select source style "
    "svg template textarea title track video"
)
UNSHOWN: Final = frozenset(_UNSHOWN_NAMES.split())
"""Elements whose content is not shown as text."""

SPANS: Final = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), SpanKind.EMPHASIS),
    **dict.fromkeys(("strong", "b"), SpanKind.STRONG),
    **dict.fromkeys(("s", "strike", "del"), SpanKind.STRIKETHROUGH),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), SpanKind.CODE),
}
"""Elements that format text."""

MARKER: Final = "{urn:margin:tree}marker"
"""The attribute with the marker of an item, in trees that Margin makes itself."""

ROLE: Final = "{urn:margin:tree}role"
"""The attribute with the role of an element in the article, in trees that Margin read."""

CORRECTION: Final = "correction"
"""The role of a correction, a clarification, an editor's note or an update."""

LEFT_OUT: Final = "left-out"
"""The role of text of a page that is not of its article."""

_COMPLEX: Final = frozenset(
    ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure")
)
_PAGE_PARTS: Final = frozenset(
    ("table", "ul", "ol", "h1", "h2", "h3", "form", "iframe", "nav", "article", "main", "section")
)
_PAGE_TEXT: Final = 400
_MAX_LAYOUT_ROWS: Final = 50
_MAX_COLUMNS: Final = 1000
_MAX_SPAN: Final = 100
_MAX_CELLS: Final = 200_000
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FORMULA = re.compile(r"\s*\{\\(?:display|text|script)style\s*(.*)\}\s*", re.DOTALL)
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush:)-?\s*([\w+#.-]+)")
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|start|end)", re.IGNORECASE)
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace, in lower case; empty for comments."""
    tag = element.tag
    return _plain_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _plain_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def attribute(element: Any, name: str) -> str:
    """Return the value of an attribute in any namespace: ``epub:type``, ``xlink:href``."""
    for key, value in element.attrib.items():
        if key == name or key.endswith((f"}}{name}", f":{name}")):
            return str(value)
    return ""


def is_hidden(element: Any) -> bool:
    """Return whether an element is hidden by its own attributes."""
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return bool(style) and _HIDDEN.search(style) is not None


class ListShape:
    """An open list, with the markers of its items."""

    def __init__(self, markers: dict[Any, str], bullet: str, *, is_tight: bool) -> None:
        """Start with the markers of items by their elements, and ``bullet`` for all others."""
        self._markers = markers
        self._bullet = bullet
        self.indent = max((len(marker) for marker in markers.values()), default=1) + 1
        """The indentation of the items' text, in cells."""
        self.is_tight = is_tight
        """Whether the blocks of the list follow each other without blank lines."""
        self.is_begun = False
        """Whether a block of the list was added."""

    def marker_of(self, item: Any) -> str:
        """Return the marker of an item."""
        return self._markers.get(item, self._bullet)


def list_shape(element: Any, depth: int) -> ListShape:
    """Return the markers and the layout of a list.

    Args:
        element: ``ul``, ``ol`` or another parent of items.
        depth: The number of lists around it.
    """
    sign = bullet(depth)
    items = [child for child in element if local_name(child) == "li"]
    if not is_hidden(element) and _has_no_marker(element):
        markers = dict.fromkeys(items, sign)
    elif local_name(element) == "ol":
        markers = _numbers(element, items)
    else:
        markers = {item: item.get(MARKER, sign) for item in items}
    is_tight = not any(
        sum(local_name(child) in ("p", "blockquote", "pre") for child in item) > 1 for item in items
    )
    return ListShape(markers, sign, is_tight=is_tight)


def _has_no_marker(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "list-style:none" in style or "list-style-type:none" in style


def _numbers(element: Any, items: list[Any]) -> dict[Any, str]:
    is_reversed = element.get("reversed") is not None
    number = integer(element.get("start"), len(items) if is_reversed else 1)
    style = (element.get("type") or "1")[:1]
    markers: dict[Any, str] = {}
    for item in items:
        number = integer(item.get("value"), number)
        markers[item] = f"{numeral(number, style)}."
        number += -1 if is_reversed else 1
    return markers


def integer(value: str | None, otherwise: int) -> int:
    """Return the number that an attribute states; ``otherwise`` where it is none, or a long one."""
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value) else otherwise


def numeral(number: int, style: str) -> str:
    """Return a number in a style of lists: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    if style in "aA" and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return letters
    if style in "iI" and 0 < number < 4000:
        numeral = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            numeral += letters * count
        return numeral.upper() if style == "I" else numeral
    return str(number)


class TableShape(NamedTuple):
    """A table of data."""

    rows: list[list[Any]]
    """The cells; None where a cell of another row or column extends to."""
    header_rows: int
    """The number of header rows."""
    aligns: str
    """A letter for each column: ``l``, ``c``, ``r``."""
    captions: list[str]
    """The captions."""


def table_shape(table: Any) -> TableShape | None:
    """Return the rows of a table; None if it lays out a page, so that its cells are blocks."""
    if lays_out(table):
        return None
    rows = list(_rows(table))
    if max((len(row) for row in rows), default=0) < 2 or sum(map(len, rows)) > _MAX_CELLS:
        return None
    for row in rows:
        for cell in row:
            if any(local_name(inner) in _COMPLEX for inner in cell.iterdescendants()):
                return None
    grid = _grid(rows)
    if not grid or len(grid[0]) > _MAX_COLUMNS:
        return None
    captions = ["".join(child.itertext()) for child in table if local_name(child) == "caption"]
    return TableShape(grid, _header_rows(rows), _aligns(grid), captions)


def lays_out(table: Any) -> bool:
    """Return whether an element is a table that lays out parts of a page and holds no data.

    Such a table says so, holds parts of a page, or has a cell with a long text or with paragraphs
    and no header cell.
    """
    if local_name(table) != "table":
        return False
    if attribute(table, "role") in ("presentation", "none"):
        return True
    names = {local_name(inner) for inner in islice(table.iterdescendants(), _MAX_CELLS)}
    if not names.isdisjoint(_PAGE_PARTS):
        return True
    if not names.isdisjoint(("th", "thead", "caption")):
        return False
    rows = list(_rows(table))
    return any(_is_page_text(cell, len(rows)) for row in rows for cell in row)


def _is_page_text(cell: Any, row_count: int) -> bool:
    """Return whether a cell holds the text of a page."""
    if row_count > _MAX_LAYOUT_ROWS or sum(map(len, cell.itertext())) < _PAGE_TEXT:
        return False
    names = [local_name(inner) for inner in cell.iterdescendants()]
    return row_count == 1 or sum(name in ("p", "div", "br") for name in names) > 1


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield the rows of a table that have cells, without those of tables inside it."""
    for child in table:
        name = local_name(child)
        if name == "tr":
            if cells := [cell for cell in child if local_name(cell) in ("td", "th")]:
                yield cells
        elif name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _grid(rows: list[list[Any]]) -> list[list[Any]]:
    """Place the cells in columns; a cell with a span stands in its first one."""
    grid: list[list[Any]] = []
    reaching: dict[int, int] = {}
    size = 0
    for cells in rows:
        row: list[Any] = []
        left = {column: count - 1 for column, count in reaching.items() if count > 1}
        for cell in cells:
            while reaching.get(len(row), 0) > 0:
                row.append(None)
            height = min(integer(cell.get("rowspan"), 1), _MAX_SPAN)
            width = max(1, min(integer(cell.get("colspan"), 1), _MAX_SPAN))
            if height > 1:
                left |= dict.fromkeys(range(len(row), len(row) + width), height - 1)
            row += [cell] + [None] * (width - 1)
            if len(row) > _MAX_COLUMNS:
                return []
        size += len(row)
        if size > _MAX_CELLS:
            return []
        reaching = left
        grid.append(row)
    columns = max(map(len, grid))
    if columns * len(grid) > _MAX_CELLS:
        return []
    return [row + [None] * (columns - len(row)) for row in grid]


def _header_rows(rows: list[list[Any]]) -> int:
    """Return the number of first rows that are in the head or have only header cells."""
    count = 0
    for row in rows:
        section = row[0].getparent().getparent()
        in_head = section is not None and local_name(section) == "thead"
        if not in_head and any(local_name(cell) != "th" for cell in row):
            break
        count += 1
    return count if count < len(rows) else 0


def _aligns(grid: list[list[Any]]) -> str:
    """Return the alignment of each column, by the last of the first rows that states it."""
    letters = ["l"] * len(grid[0])
    for row in grid[:2]:
        for column, cell in enumerate(row):
            if cell is None:
                continue
            match = _ALIGN.search(cell.get("style") or "")
            align = (match[1] if match else cell.get("align") or "").lower()
            if align in ("right", "end", "center", "left", "start"):
                letters[column] = {"right": "r", "end": "r", "center": "c"}.get(align, "l")
    return "".join(letters)


def caption_of(figure: Any) -> str:
    """Return the text of a figure's caption."""
    caption = next(figure.iter("{*}figcaption"), None)
    return "" if caption is None else "".join(caption.itertext())


def picture_text(image: Any) -> str:
    """Return the text for a picture: its alternative text, its title, or its file's name.

    An empty alternative text marks an ornament, which has no text.
    """
    alternative = image.get("alt")
    if alternative is not None:
        formula = _FORMULA.fullmatch(alternative)
        return formula[1] if formula else str(alternative)
    source = image.get("src") or attribute(image, "href")
    if source[:5].lower() == "data:":
        source = ""
    return image.get("title") or file_name(source)


def preformatted(element: Any) -> str:
    """Return the text of a ``pre`` element, with newlines for its line breaks."""
    pieces: list[str] = []

    def start(inner: Any) -> None:
        if local_name(inner) == "br":
            pieces.append("\n")

    for _ in walk(element, start, pieces.append):
        pass
    return "".join(pieces)


def source_language(element: Any) -> str:
    """Return the language of a ``pre`` element's code, by its classes."""
    for one in (element, *element):
        match = _LANGUAGE.search(one.get("class") or "")
        if match is None and one.get("data-lang"):
            return str(one.get("data-lang"))[:40]
        if match is not None:
            return match[1][:40]
    return ""
