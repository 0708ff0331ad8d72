"""Makes the blocks of a document from a tree of clean HTML.

The tree is lxml's, of HTML or of XHTML in a namespace. It is walked without recursion. The reader
passes through unknown elements, so that markup hides no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any, Literal

from reader.core.document import BlockKind, Mark, MarkKind, Span, SpanKind
from reader.formats.builder import RULE_TEXT, DocumentBuilder
from reader.formats.cleaning import clean, clean_line
from reader.formats.inline import InlineText, join_cells
from reader.formats.targets import is_unsafe
from reader.formats.tree.buttons import is_text
from reader.formats.tree.elements import (
    BLOCKS,
    ROLE,
    SPANS,
    UNSHOWN,
    ListShape,
    attribute,
    caption_of,
    is_hidden,
    list_shape,
    local_name,
    picture_text,
    preformatted,
    source_language,
    table_shape,
)
from reader.formats.tree.inline import InlineWriter, shifted
from reader.formats.tree.notes import Notes
from reader.formats.tree.walk import End, Started, walk
from reader.formats.tree.writer import BlockWriter

_POEM = re.compile(r"\b(?:poem|poetry|verse|stanza)\b", re.IGNORECASE)
_LONGEST_CAPTION = 10_000  # the longest caption that is searched for the words of a picture
_SIGN = 12  # the longest text of a picture that may be a letter or a sign of its paragraph
_FOLD = re.compile(r"\W+")

_Skip = Literal["skip"]


def _no_target(_href: str) -> str:
    return ""


class TreeReader:
    """Makes blocks of trees, and keeps the state that several trees of one document share."""

    def __init__(
        self,
        builder: DocumentBuilder,
        *,
        resolve: Callable[[str], str] = clean_line,
        label_of: Callable[[str], str] = clean_line,
        has_roles: bool = False,
    ) -> None:
        """Start outside all containers.

        Args:
            builder: Collects the blocks.
            resolve: Returns the target of an ``href`` or a ``src``: an address, ``#label`` for a
                point in the document, or an empty string for no link.
            label_of: Returns the label of an ``id``; empty if no link leads there.
            has_roles: Whether elements may have the attribute ``ROLE``.
        """
        self._has_roles = has_roles
        self._builder = builder
        self.resolve = resolve
        """Returns targets; may be replaced between two trees."""
        self.resolve_note: Callable[[str], str] = _no_target
        """Returns the target of a note's number for which ``resolve`` has none."""
        self.label_of = label_of
        """Returns labels; may be replaced between two trees."""
        self.picture_names: set[str] = set()
        """The texts of pictures that have no words of their own."""
        self.title = ""
        """The first heading of level 1, on one line."""
        self._strays: dict[Any, ListShape] = {}  # by parent, for items outside a list
        self._inline = InlineWriter()
        self._notes = Notes()
        self._out = BlockWriter(builder, self._notes)
        self._captions: list[str] = []
        self._heading = 0
        self._quotes = 0
        self._in_caption = False
        self._in_cell = False
        self._wants_caption: tuple[str, ...] = ()

    def name_next(self, label: str) -> None:
        """Let ``#label`` lead to the next block."""
        self._inline.add_mark(MarkKind.ANCHOR, label)

    def read(self, root: Any) -> None:
        """Add the blocks of the tree under ``root``."""
        for _ in self.walk(root):
            pass

    def walk(self, root: Any) -> Iterator[None]:
        """Add the blocks of the tree under ``root``, yielding after each step that added some."""
        count = len(self._builder)
        start = self._start if self._has_roles else self._begin
        for _ in walk(root, start, self._inline.add):
            if len(self._builder) != count:
                count = len(self._builder)
                yield
        self._flush()
        if not self._in_cell:
            self._strays.clear()

    # Elements

    def _start(self, element: Any) -> Started:
        """Begin an element, with its role; return the function that ends it, or ``skip``."""
        if (role := element.get(ROLE)) is None or self._in_cell:
            return self._begin(element)
        self._flush()
        outer, self._out.role = self._out.role, role
        end = self._begin(element)

        def close() -> None:
            if callable(end):
                end()
            self._flush()
            self._out.role = outer

        if end == "skip":
            close()
            return "skip"
        return close

    def _begin(self, element: Any) -> Started:
        """Begin an element; return the function that ends it, or ``skip``."""
        name = local_name(element)
        has_attributes = bool(element.keys())  # most elements have none
        if (name in UNSHOWN and not (name == "button" and is_text(element))) or (
            has_attributes and is_hidden(element)
        ):
            return "skip"
        is_block = name in BLOCKS
        if is_block:
            self._flush()
        if has_attributes:
            identifier = element.get("id") or (element.get("name") if name == "a" else None)
            if identifier and (label := self.label_of(identifier)):
                self._inline.add_mark(MarkKind.ANCHOR, label)
            if self._notes.is_page_break(element):
                self._inline.add_mark(MarkKind.PAGE, self._notes.page_name(element))
                return "skip"
        if is_block and self._in_cell and name not in ("pre", "hr", "table"):
            return self._flush
        if is_block and has_attributes and self._notes.is_body(element, self._own_names(element)):
            return self._start_note()
        if handler := _HANDLERS.get(name):
            return handler(self, element)
        if kind := SPANS.get(name):
            self._inline.open(kind)
            return self._inline.close
        return self._flush if is_block else None

    def _own_names(self, element: Any) -> list[str]:
        return self._inline.first_names if element.get("id") else []

    def _start_note(self) -> End:
        """Begin the body of a footnote, whose marker replaces the marker of a list's item."""
        names = self._inline.first_names
        label = next((name for name in reversed(names) if name in self._notes.markers), "")
        label = label or (names[-1] if names else self._builder.unique_label("note"))
        self._out.marker, self._out.note = self._notes.markers.get(label, "[*]"), label
        self._out.nest.append(len(self._out.marker) + 1)
        self._out.note_depth += 1
        return self._end_note

    def _end_note(self) -> None:
        self._end_container()
        self._out.note_depth -= 1

    def _start_heading(self, element: Any) -> End:
        self._heading = int(local_name(element)[1])
        return self._end_heading

    def _end_heading(self) -> None:
        self._flush()
        self._heading = 0

    def _start_quote(self, _element: Any) -> End:
        self._out.nest.append(0)
        return self._end_container

    def _end_container(self) -> None:
        self._flush()
        self._out.flush_marker()
        self._out.nest.pop()

    def _start_list(self, element: Any) -> End:
        self._out.flush_marker()
        self._out.lists.append(list_shape(element, len(self._out.lists)))
        return self._end_list

    def _end_list(self) -> None:
        self._flush()
        self._out.lists.pop()

    def _start_item(self, element: Any) -> End:
        self._out.flush_marker()
        is_stray = not self._out.lists
        if is_stray:
            parent = element.getparent()
            if parent not in self._strays:
                self._strays[parent] = list_shape(parent, 0)
            self._out.lists.append(copy(self._strays[parent]))
        shape = self._out.lists[-1]
        self._out.nest.append(shape.indent)
        self._out.marker = shape.marker_of(element)

        def end() -> None:
            self._end_container()
            if is_stray:
                self._out.lists.pop()

        return end

    def _start_term(self, _element: Any) -> End:
        self._inline.open(SpanKind.STRONG)

        def end() -> None:
            self._flush()
            self._inline.close()

        return end

    def _start_definition(self, _element: Any) -> End:
        self._out.nest.append(4)
        self._out.is_tight = True
        return self._end_container

    def _start_code_block(self, element: Any) -> _Skip:
        text = clean(preformatted(element)).rstrip(" \n")
        text = re.sub(r"\A(?: *\n)+", "", text)
        if self._in_cell:
            self._inline.add(text)
        elif text.strip():
            is_poem = bool(_POEM.search(element.get("class") or ""))
            kind = BlockKind.VERSE if is_poem else BlockKind.CODE
            language = "" if is_poem else source_language(element)
            self._out.add(
                kind, InlineText(text, [], self._inline.take_waiting()), language=language
            )
        return "skip"

    def _start_rule(self, _element: Any) -> End:
        if not self._in_cell:
            self._out.flush_marker()
            self._out.add(BlockKind.RULE, InlineText(RULE_TEXT))
        return None

    def _start_break(self, _element: Any) -> End:
        if self._inline.is_at_break and not self._heading:
            self._flush()
        else:
            self._inline.break_line()
        return None

    def _start_link(self, element: Any) -> Started:
        href = element.get("href")
        target = self.resolve(href) if href else ""
        if href and not target and self._notes.is_reference(element):
            target = self.resolve_note(href)
        if not target or is_unsafe(target):
            return None
        if target.startswith("#"):
            is_first = self._inline.is_empty and not self._notes.markers.keys().isdisjoint(
                self._inline.first_names
            )
            is_opening = is_first or (bool(self._out.note) and not self._inline.has_words)
            in_note = is_opening or self._out.note_depth > 0
            if self._notes.is_way_back(element, is_opening=is_opening, in_note=in_note):
                return "skip"
            if marker := self._notes.reference(element, target[1:]):
                self._inline.open(SpanKind.FOOTNOTE, target)
                self._inline.add(marker)
                self._inline.close()
                return "skip"
        self._inline.open(SpanKind.LINK, target)
        return self._inline.close

    def _start_image(self, element: Any) -> End:
        text = clean_line(picture_text(element))
        target = self.resolve(element.get("src") or attribute(element, "href"))
        if is_unsafe(target):
            target = ""
        if self._captions and self._captions[-1]:
            folded = _fold(text) if element.get("alt") else ""
            if not folded or folded in self._captions[-1]:
                self._wants_caption = (target,)
                return None
        if not text:
            return None
        if not (element.get("alt") or element.get("title")):
            self.picture_names.add(text)
        is_first, is_initial = self._inline.is_empty, len(text) == 1
        if not is_initial:
            self._inline.set_apart()
        self._inline.open(SpanKind.IMAGE, target)
        self._inline.add(text)
        self._inline.close()
        if not is_initial:
            self._inline.set_apart()
        if is_first and len(text) > _SIGN and self._stands_alone:
            self._flush()
        return None

    @property
    def _stands_alone(self) -> bool:
        """Whether a picture before a paragraph is a block of its own here."""
        is_within = self._heading or self._in_cell or self._in_caption or self._out.marker
        return not is_within

    def _start_figure(self, element: Any) -> End:
        self._captions.append(_fold(caption_of(element)[:_LONGEST_CAPTION]))
        self._wants_caption = ()
        return self._end_figure

    def _end_figure(self) -> None:
        self._flush()
        self._captions.pop()
        self._wants_caption = ()

    def _start_caption(self, _element: Any) -> End:
        self._in_caption = True
        return self._end_caption

    def _end_caption(self) -> None:
        self._flush()
        self._in_caption = False

    def _start_shifted(self, element: Any) -> Started:
        if len(element) or not element.text:
            return None
        self._inline.add(shifted(element.text, is_raised=local_name(element) == "sup"))
        return "skip"

    def _start_quotation(self, _element: Any) -> End:
        marks = "‘’" if self._quotes % 2 else "“”"
        self._quotes += 1
        self._inline.add(marks[0])

        def end() -> None:
            self._inline.add(marks[1])
            self._quotes -= 1

        return end

    def _start_formula(self, element: Any) -> Started:
        if not (alternative := element.get("alttext")):
            return None
        self._inline.add(alternative)
        return "skip"

    def _start_input(self, element: Any) -> _Skip:
        if element.get("type") == "checkbox" and self._out.marker and self._inline.is_empty:
            self._out.marker = "☐" if element.get("checked") is None else "☑"
        return "skip"

    def _start_table(self, element: Any) -> Started:
        shape = None if self._in_cell else table_shape(element)
        if shape is None:
            return self._flush
        for caption in shape.captions:
            self._inline.add(caption)
            self._flush()
        rows = [self._row(row) for row in shape.rows]
        table = join_cells(rows)
        if table.text.strip():
            table.marks = self._inline.take_waiting() + table.marks
            self._out.add(
                BlockKind.TABLE, table, aligns=shape.aligns, header_rows=shape.header_rows
            )
        return "skip"

    def _row(self, row: list[Any]) -> list[InlineText]:
        """Return the cells of a table's row; an ``id`` of the row goes to its first cell."""
        cells = [self._cell(cell) for cell in row]
        element = next((cell.getparent() for cell in row if cell is not None), None)
        identifier = element.get("id") if element is not None else None
        if identifier and (label := self.label_of(identifier)):
            cells[0].marks.insert(0, Mark(MarkKind.ANCHOR, 0, label))
        return cells

    def _cell(self, cell: Any) -> InlineText:
        """Return the content of a table's cell."""
        if cell is None:
            return InlineText()
        outer, self._inline, self._in_cell = self._inline, InlineWriter(), True
        try:
            self.read(cell)
            inline = self._inline.take()
            inline.marks += self._inline.take_waiting()
            return inline
        finally:
            self._inline, self._in_cell = outer, False

    # Blocks

    def _flush(self) -> None:
        """End the current block; without text it leaves nothing."""
        if self._in_cell:
            self._inline.space()
            return
        if self._inline.is_empty:
            self._inline.begin()
            return
        inline = self._inline.take()
        if inline.is_blank:
            return
        if self._heading:
            self._add_heading(inline)
        elif self._in_caption and self._wants_caption:
            inline.text = inline.text.replace("\n", " ")
            inline.spans.append(Span(SpanKind.IMAGE, 0, len(inline.text), self._wants_caption[0]))
            self._wants_caption = ()
            self._out.add(BlockKind.IMAGE, inline)
        else:
            self._out.add_paragraph(inline, is_caption=self._in_caption)

    def _add_heading(self, inline: InlineText) -> None:
        title = inline.text.replace("\n", " ")
        if self._heading == 1 and not self.title:
            self.title = title
        self._out.add(BlockKind.HEADING, inline, level=self._heading)


def _fold(text: str) -> str:
    """Return a text in the form in which two texts are compared."""
    return _FOLD.sub(" ", text).strip().casefold()


_HANDLERS: dict[str, Callable[[TreeReader, Any], Started]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), TreeReader._start_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), TreeReader._start_list),
    **dict.fromkeys(("pre", "listing", "xmp"), TreeReader._start_code_block),
    **dict.fromkeys(("img", "image"), TreeReader._start_image),
    **dict.fromkeys(("sup", "sub"), TreeReader._start_shifted),
    "blockquote": TreeReader._start_quote,
    "li": TreeReader._start_item,
    "dt": TreeReader._start_term,
    "dd": TreeReader._start_definition,
    "hr": TreeReader._start_rule,
    "br": TreeReader._start_break,
    "a": TreeReader._start_link,
    "figure": TreeReader._start_figure,
    "figcaption": TreeReader._start_caption,
    "q": TreeReader._start_quotation,
    "math": TreeReader._start_formula,
    "input": TreeReader._start_input,
    "table": TreeReader._start_table,
}
