"""What stands in a word processor's file, as the tree of HTML that ``tree.blocks`` reads.

The readers of DOCX, ODT and RTF say what comes: text, paragraphs with what they are, cells, notes,
boxes. A flow puts paragraphs into lists, notes at the end, and what floats behind the paragraph
that it is fixed to, so that no sentence is parted by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from reader.formats.cleaning import clean_line
from reader.formats.tree.shape import MARKER, numeral
from reader.formats.word.line import EMPHASIS, STRONG, Line, last_child
from reader.formats.word.styles import LONGEST_HEADING, LONGEST_OUTLINE, Role

MAX_CELL: Final = 400
"""Characters of a cell whose lists and headings are shown as lines of the table; where a cell has
more, the table only lays out a page, and its cells are read one after another."""

MAX_MARKER: Final = 16
"""Characters of what stands before an item."""

MAX_MARK: Final = 8
"""Characters of a mark that refers to a note; a longer one is replaced by the note's number."""

_FORMS: Final = {"footnote": "1", "endnote": "i"}
_INNER: Final = frozenset(
    ("li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "blockquote", "figure", "pre")
)


class Shape(NamedTuple):
    """What a paragraph is."""

    role: Role = Role.BODY
    """What its style says."""
    level: int = 0
    """Of a heading, from 1."""
    depth: int = 0
    """How many lists are around it."""
    label: str | None = None
    """What stands before an item: nothing for a bullet; None for what goes on with an item."""


class Row(NamedTuple):
    """A row of a table."""

    cells: list[Any]
    """``td`` elements, with their spans."""
    is_header: bool = False
    """Whether it says so of itself."""


class _Place:
    """Where paragraphs go: the document, a cell, a note, a box."""

    __slots__ = ("after", "code", "element", "is_note", "items", "line")

    def __init__(self, element: Any, *, is_note: bool = False) -> None:
        self.element = element
        self.is_note = is_note
        self.line = Line()
        self.items: list[tuple[int, Any, Any]] = []  # depth, list, item: the open ones
        self.after: list[Any] = []  # what floats, until its paragraph ends
        self.code: list[str] = []  # lines of code, until something else comes

    def flush_code(self) -> None:
        """Add the lines of code that came one after another."""
        text, self.code = "\n".join(self.code).rstrip(), []
        if text:
            etree.SubElement(self.element, "pre").text = text


class Flow:
    """The text of a document as it comes, made into elements."""

    def __init__(self) -> None:
        """Start before the first paragraph."""
        self._places = [_Place(etree.Element("body"))]
        self._notes: dict[str, list[Any]] = {"footnote": [], "endnote": []}
        self._counts = {"footnote": 0, "endnote": 0}

    @property
    def line(self) -> Line:
        """The paragraph that is being read."""
        return self._places[-1].line

    @line.setter
    def line(self, line: Line) -> None:
        self._places[-1].line = line

    @property
    def depth(self) -> int:
        """How many cells, notes and boxes are open."""
        return len(self._places) - 1

    def take(self) -> list[Any]:
        """Return the finished elements; the last one may still grow, and stays."""
        root = self._places[0].element
        finished = list(root)[:-1]
        for element in finished:
            root.remove(element)
        return finished

    def finish(self) -> Iterator[Any]:
        """Yield the rest: the last element of the text, and the notes."""
        while self.depth:
            self.end_place()
        self.end_paragraph(Shape())
        self._places[0].flush_code()
        yield from list(self._places[0].element)
        for notes in self._notes.values():
            yield from notes

    # Paragraphs

    def end_paragraph(self, shape: Shape) -> None:
        """End the paragraph; one without text leaves nothing but its anchors, for the next."""
        place = self._places[-1]
        line = place.line
        if shape.role is Role.CODE and shape.label is None and not line.has_pictures:
            place.line = Line()
            place.items.clear()
            if place.code or not line.is_empty:
                place.code.append(line.plain)
        elif not line.is_empty:
            place.flush_code()
            place.line = Line()
            if shape.role is not Role.CONTENTS:
                self._place_paragraph(place, line, _settled(line, shape))
        if place.after:
            place.flush_code()
            place.items.clear()
            place.element.extend(place.after)
            place.after.clear()

    def _place_paragraph(self, place: _Place, line: Line, shape: Shape) -> None:
        if shape.role in (Role.HEADING, Role.TITLE):
            place.items.clear()
            level = min(max(shape.level, 1), 6)
            if shape.label:
                line.lead(f"{shape.label} ")
            line.fill(etree.SubElement(place.element, f"h{level}"), without=STRONG)
        elif shape.role is Role.CAPTION and not shape.depth:
            place.items.clear()
            self._place_caption(place.element, line)
        else:
            container = self._container(place, shape)
            if shape.role is Role.QUOTE:
                container = etree.SubElement(container, "blockquote")
            paragraph = etree.SubElement(container, "p")
            if shape.role is Role.TABLE_HEAD:
                paragraph.set("class", "head")
            line.fill(paragraph, always=EMPHASIS if shape.role is Role.SUBTITLE else 0)

    def _container(self, place: _Place, shape: Shape) -> Any:
        """Return what a paragraph goes into: the place itself, or an item of a list in it."""
        items = place.items
        while items and (not shape.depth or items[-1][0] > shape.depth):
            items.pop()
        if not shape.depth:
            return place.element
        if shape.label is None:
            return items[-1][2] if items else place.element
        before = items.pop() if items and items[-1][0] == shape.depth else None
        if before is None or (before[2].get(MARKER) is None) != (not shape.label):
            of_items = etree.SubElement(items[-1][2] if items else place.element, "ul")
        else:
            of_items = before[1]
        item = etree.SubElement(of_items, "li")
        if shape.label and (marker := clean_line(shape.label)[:MAX_MARKER]):
            item.set(MARKER, marker)
        items.append((shape.depth, of_items, item))
        return item

    @staticmethod
    def _place_caption(container: Any, line: Line) -> None:
        """Add a caption: to the picture in it or above it, else as a paragraph."""
        pictures = line.take_pictures()
        before = last_child(container)
        if not pictures and before is not None and _is_picture(before):
            pictures = list(before.iter("img"))
            container.remove(before)
        if not pictures or line.is_empty:
            paragraph = etree.SubElement(container, "p")
            paragraph.extend(pictures)
            line.fill(paragraph)
            return
        figure = etree.SubElement(container, "figure")
        figure.extend(pictures)
        line.fill(etree.SubElement(figure, "figcaption"))

    # What holds paragraphs

    def open_cell(self) -> None:
        """Begin a cell of a table."""
        self._places.append(_Place(etree.Element("td")))

    def close_cell(self) -> Any:
        """End the cell and return its element, for a row."""
        self.end_paragraph(Shape())
        place = self._places.pop()
        place.flush_code()
        return place.element

    def add_table(self, rows: list[Row]) -> None:
        """Add a table of cells that were closed."""
        rows = [row for row in rows if row.cells]
        if not rows:
            return
        place = self._places[-1]
        place.flush_code()
        place.items.clear()
        table = etree.SubElement(place.element, "table")
        is_head = True
        for row in rows:
            is_head = is_head and (row.is_header or all(map(_is_heading_cell, row.cells)))
            element = etree.SubElement(table, "tr")
            for cell in row.cells:
                cell.tag = "th" if is_head else "td"
                element.append(cell)
        if len(rows) > 1 and all(_is_short(cell) for row in rows for cell in row.cells):
            for row in rows:
                for cell in row.cells:
                    _flatten(cell)

    def open_box(self) -> None:
        """Begin what floats beside the text: a text box, a frame."""
        self._places.append(_Place(etree.Element("div")))

    def end_place(self) -> None:
        """End the note, box or cell that was begun last, where the file does not end it."""
        if self._places[-1].is_note:
            self.close_note()
        else:
            self.end_box()

    def end_box(self) -> None:
        """End the box; what is in it comes behind the paragraph around it."""
        element = self.close_cell()
        if len(element):
            self._places[-1].after.append(element)

    def open_note(self, kind: str, *, form: str = "", shown: str = "") -> tuple[str, str]:
        """Refer to a footnote or an endnote here, and begin its text.

        Args:
            kind: ``footnote`` or ``endnote``.
            form: How it is numbered, see ``numeral``; empty for what is usual.
            shown: The mark that refers to it, where the file says it.

        Returns:
            The note's label and its mark.
        """
        self._counts[kind] += 1
        count = self._counts[kind]
        label = f"{kind}-{count}"
        mark = shown.strip() if 0 < len(shown.strip()) <= MAX_MARK else ""
        mark = mark or numeral(count, form or _FORMS[kind])
        self.line.note(label, mark)
        note = etree.Element("aside", {"role": "doc-footnote", "id": label})
        self._notes[kind].append(note)
        self._places.append(_Place(note, is_note=True))
        return label, mark

    def close_note(self) -> None:
        """End the note's text."""
        note = self.close_cell()
        if not len(note):
            etree.SubElement(note, "p").text = "\N{HORIZONTAL ELLIPSIS}"


def _settled(line: Line, shape: Shape) -> Shape:
    """Return what a paragraph is, where that depends on its text: no heading is a long one."""
    if shape.role is Role.OUTLINE:
        text = line.plain
        is_heading = len(text) <= LONGEST_OUTLINE and not text.rstrip().endswith((";", ":", ","))
    elif shape.role is Role.HEADING:
        is_heading = len(line.plain) <= LONGEST_HEADING
    else:
        return shape
    if is_heading:
        return shape._replace(role=Role.HEADING)
    return shape._replace(role=Role.BODY, depth=shape.depth or (shape.level if shape.label else 0))


def _is_picture(element: Any) -> bool:
    """Tell whether a paragraph is made of pictures."""
    if element.tag != "p" or "".join(element.itertext()).strip():
        return False
    return next(element.iter("img"), None) is not None


def _is_heading_cell(cell: Any) -> bool:
    """Tell whether all paragraphs of a cell are of the style of a table's head."""
    return len(cell) > 0 and all(child.get("class") == "head" for child in cell)


def _is_short(cell: Any) -> bool:
    length = 0
    for piece in cell.itertext():
        length += len(piece)
        if length > MAX_CELL:
            return False
    return next(cell.iter("table"), None) is None


def _flatten(cell: Any) -> None:
    """Make paragraphs of the items, headings and quotes of a cell, so that it stays one."""
    for inner in list(cell.iter(*_INNER)):
        if inner.tag == "li":
            marker = inner.get(MARKER, "•")
            first = inner[0] if len(inner) else inner
            first.text = f"{marker} {first.text or ''}"
        inner.tag = "div"
