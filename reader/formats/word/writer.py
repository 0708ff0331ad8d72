"""Writes the content of a word processor's file as the tree of HTML that ``tree.blocks`` reads.

The readers of DOCX, ODT and RTF write text, paragraphs with their roles, cells, notes and boxes.
The writer puts items into lists, notes at the end, and boxes after the paragraph that they are
anchored in, so that they do not interrupt a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from reader.formats.cleaning import clean_line
from reader.formats.tree.elements import MARKER, numeral
from reader.formats.word.paragraph import EMPHASIS, STRONG, ParagraphText, last_child
from reader.formats.word.roles import LONGEST_HEADING, LONGEST_OUTLINE, Role

MAX_CELL: Final = 400
"""The most characters of a cell whose lists and headings become lines of the table. If a cell has
more, the table only lays out a page, and its cells are read one after another."""

MAX_MARKER: Final = 16
"""The longest marker of an item, in characters."""

MAX_MARK: Final = 8
"""The longest mark of a note's reference, in characters; the note's number replaces a longer one.
"""

_FORMS: Final = {"footnote": "1", "endnote": "i"}
_INNER: Final = frozenset(
    ("li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "blockquote", "figure", "pre")
)


class ParagraphShape(NamedTuple):
    """What a paragraph is."""

    role: Role = Role.BODY
    """The role that its style gives."""
    level: int = 0
    """The level of a heading, from 1."""
    depth: int = 0
    """The number of lists around it."""
    label: str | None = None
    """The label of an item, empty for a bullet; None if the paragraph continues an item."""


class TableRow(NamedTuple):
    """A row of a table."""

    cells: list[Any]
    """The ``td`` elements, with their spans."""
    is_header: bool = False
    """Whether the file marks it as a header."""


class _ParagraphContainer:
    """Holds paragraphs: the document, a cell, a note or a box."""

    __slots__ = ("after", "code", "element", "is_note", "items", "paragraph")

    def __init__(self, element: Any, *, is_note: bool = False) -> None:
        self.element = element
        self.is_note = is_note
        self.paragraph = ParagraphText()
        self.items: list[tuple[int, Any, Any]] = []  # the open items: depth, list, item
        self.after: list[Any] = []  # boxes, until the paragraph around them ends
        self.code: list[str] = []  # the lines of a block of code

    def flush_code(self) -> None:
        """Write the collected lines of code."""
        text, self.code = "\n".join(self.code).rstrip(), []
        if text:
            etree.SubElement(self.element, "pre").text = text


class HtmlWriter:
    """Writes the text of a document as elements."""

    def __init__(self) -> None:
        """Start before the first paragraph."""
        self._containers = [_ParagraphContainer(etree.Element("body"))]
        self._notes: dict[str, list[Any]] = {"footnote": [], "endnote": []}
        self._counts = {"footnote": 0, "endnote": 0}

    @property
    def paragraph(self) -> ParagraphText:
        """The paragraph that is being read."""
        return self._containers[-1].paragraph

    @paragraph.setter
    def paragraph(self, paragraph: ParagraphText) -> None:
        self._containers[-1].paragraph = paragraph

    @property
    def depth(self) -> int:
        """The number of open cells, notes and boxes."""
        return len(self._containers) - 1

    def take(self) -> list[Any]:
        """Remove and return the finished elements; the last one stays, since it may still grow."""
        root = self._containers[0].element
        finished = list(root)[:-1]
        for element in finished:
            root.remove(element)
        return finished

    def finish(self) -> Iterator[Any]:
        """Yield the rest: the last element of the text, and the notes."""
        while self.depth:
            self.end_container()
        self.end_paragraph(ParagraphShape())
        self._containers[0].flush_code()
        yield from list(self._containers[0].element)
        for notes in self._notes.values():
            yield from notes

    # Paragraphs

    def end_paragraph(self, shape: ParagraphShape) -> None:
        """End the paragraph; if it has no text, its anchors go to the next one."""
        container = self._containers[-1]
        paragraph = container.paragraph
        if shape.role is Role.CODE and shape.label is None and not paragraph.has_pictures:
            container.paragraph = ParagraphText()
            container.items.clear()
            if container.code or not paragraph.is_empty:
                container.code.append(paragraph.plain)
        elif not paragraph.is_empty:
            container.flush_code()
            container.paragraph = ParagraphText()
            if shape.role is not Role.CONTENTS:
                self._write_paragraph(container, paragraph, _with_final_role(paragraph, shape))
        if container.after:
            container.flush_code()
            container.items.clear()
            container.element.extend(container.after)
            container.after.clear()

    def _write_paragraph(
        self, container: _ParagraphContainer, paragraph: ParagraphText, shape: ParagraphShape
    ) -> None:
        if shape.role in (Role.HEADING, Role.TITLE):
            container.items.clear()
            level = min(max(shape.level, 1), 6)
            if shape.label:
                paragraph.prepend(f"{shape.label} ")
            paragraph.write_into(etree.SubElement(container.element, f"h{level}"), without=STRONG)
        elif shape.role is Role.CAPTION and not shape.depth:
            container.items.clear()
            self._write_caption(container.element, paragraph)
        else:
            parent = self._parent_of(container, shape)
            if shape.role is Role.QUOTE:
                parent = etree.SubElement(parent, "blockquote")
            element = etree.SubElement(parent, "p")
            if shape.role is Role.TABLE_HEAD:
                element.set("class", "head")
            paragraph.write_into(element, always=EMPHASIS if shape.role is Role.SUBTITLE else 0)

    def _parent_of(self, container: _ParagraphContainer, shape: ParagraphShape) -> Any:
        """Return the parent of a paragraph: the container, or an item of a list in it."""
        items = container.items
        while items and (not shape.depth or items[-1][0] > shape.depth):
            items.pop()
        if not shape.depth:
            return container.element
        if shape.label is None:
            return items[-1][2] if items else container.element
        before = items.pop() if items and items[-1][0] == shape.depth else None
        if before is None or (before[2].get(MARKER) is None) != (not shape.label):
            of_items = etree.SubElement(items[-1][2] if items else container.element, "ul")
        else:
            of_items = before[1]
        item = etree.SubElement(of_items, "li")
        if shape.label and (marker := clean_line(shape.label)[:MAX_MARKER]):
            item.set(MARKER, marker)
        items.append((shape.depth, of_items, item))
        return item

    @staticmethod
    def _write_caption(parent: Any, paragraph: ParagraphText) -> None:
        """Write a caption: below the picture in it or before it, otherwise as a paragraph."""
        pictures = paragraph.take_pictures()
        before = last_child(parent)
        if not pictures and before is not None and _is_picture(before):
            pictures = list(before.iter("img"))
            parent.remove(before)
        if not pictures or paragraph.is_empty:
            element = etree.SubElement(parent, "p")
            element.extend(pictures)
            paragraph.write_into(element)
            return
        figure = etree.SubElement(parent, "figure")
        figure.extend(pictures)
        paragraph.write_into(etree.SubElement(figure, "figcaption"))

    # What holds paragraphs

    def open_cell(self) -> None:
        """Begin a cell of a table."""
        self._containers.append(_ParagraphContainer(etree.Element("td")))

    def close_cell(self) -> Any:
        """End the cell and return its element, which ``add_table`` gets in a row."""
        self.end_paragraph(ParagraphShape())
        container = self._containers.pop()
        container.flush_code()
        return container.element

    def add_table(self, rows: list[TableRow]) -> None:
        """Write a table of closed cells."""
        rows = [row for row in rows if row.cells]
        if not rows:
            return
        container = self._containers[-1]
        container.flush_code()
        container.items.clear()
        table = etree.SubElement(container.element, "table")
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

    def add_elements(self, elements: list[Any]) -> None:
        """Add elements of HTML between two paragraphs."""
        self.end_paragraph(ParagraphShape())
        container = self._containers[-1]
        container.flush_code()
        container.items.clear()
        container.element.extend(elements)

    def open_box(self) -> None:
        """Begin a box, such as a text box or a frame."""
        self._containers.append(_ParagraphContainer(etree.Element("div")))

    def end_container(self) -> None:
        """End the note, box or cell that was opened last and that the file does not end."""
        if self._containers[-1].is_note:
            self.close_note()
        else:
            self.end_box()

    def end_box(self) -> None:
        """End the box, which follows the paragraph around it."""
        element = self.close_cell()
        if len(element):
            self._containers[-1].after.append(element)

    def open_note(self, kind: str, *, form: str = "", shown: str = "") -> tuple[str, str]:
        """Add a reference to a footnote or an endnote, and begin the note.

        Args:
            kind: ``footnote`` or ``endnote``.
            form: The form of its number, see ``numeral``; empty for the usual one.
            shown: The mark of the reference, if the file has one.

        Returns:
            The note's label and its mark.
        """
        self._counts[kind] += 1
        count = self._counts[kind]
        label = f"{kind}-{count}"
        mark = shown.strip() if 0 < len(shown.strip()) <= MAX_MARK else ""
        mark = mark or numeral(count, form or _FORMS[kind])
        self.paragraph.add_reference(label, mark)
        note = etree.Element("aside", {"role": "doc-footnote", "id": label})
        self._notes[kind].append(note)
        self._containers.append(_ParagraphContainer(note, is_note=True))
        return label, mark

    def close_note(self) -> None:
        """End the note."""
        note = self.close_cell()
        if not len(note):
            etree.SubElement(note, "p").text = "\N{HORIZONTAL ELLIPSIS}"


def _with_final_role(paragraph: ParagraphText, shape: ParagraphShape) -> ParagraphShape:
    """Return the shape with a role that fits the text: a long paragraph is no heading."""
    if shape.role is Role.OUTLINE:
        text = paragraph.plain
        is_heading = len(text) <= LONGEST_OUTLINE and not text.rstrip().endswith((";", ":", ","))
    elif shape.role is Role.HEADING:
        is_heading = len(paragraph.plain) <= LONGEST_HEADING
    else:
        return shape
    if is_heading:
        return shape._replace(role=Role.HEADING)
    return shape._replace(role=Role.BODY, depth=shape.depth or (shape.level if shape.label else 0))


def _is_picture(element: Any) -> bool:
    """Return whether an element is a paragraph of pictures only."""
    if element.tag != "p" or "".join(element.itertext()).strip():
        return False
    return next(element.iter("img"), None) is not None


def _is_heading_cell(cell: Any) -> bool:
    """Return whether all paragraphs of a cell have the style of a table's header."""
    return len(cell) > 0 and all(child.get("class") == "head" for child in cell)


def _is_short(cell: Any) -> bool:
    length = 0
    for piece in cell.itertext():
        length += len(piece)
        if length > MAX_CELL:
            return False
    return next(cell.iter("table"), None) is None


def _flatten(cell: Any) -> None:
    """Make paragraphs of a cell's items, headings and quotes, so that it stays one cell."""
    for inner in list(cell.iter(*_INNER)):
        if inner.tag == "li":
            marker = inner.get(MARKER, "•")
            first = inner[0] if len(inner) else inner
            first.text = f"{marker} {first.text or ''}"
        inner.tag = "div"
