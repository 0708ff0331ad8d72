"""Reads the body of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal

from reader.formats.builder import slugify
from reader.formats.joining import reading_after
from reader.formats.odt.styles import NO_LIST, OdtStyles
from reader.formats.tree.elements import attribute, local_name
from reader.formats.tree.walk import End, Started, walk
from reader.formats.word.documents import void
from reader.formats.word.numbering import ListCounter
from reader.formats.word.paragraph import HIDDEN
from reader.formats.word.roles import Role
from reader.formats.word.writer import HtmlWriter, ParagraphShape, TableRow

MAX_REPEATED: Final = 50
"""The most columns that a repeated empty cell takes."""

_LEFT_OUT: Final = frozenset(
    (
        "tracked-changes", "hidden-text", "hidden-paragraph",
        "forms", "script", "ruby-text", "note-citation", "table-of-content", "illustration-index",
        "table-index", "object-index", "user-index", "alphabetical-index",
        "shapes", "event-listeners", "covered-table-cell", "sequence-decls", "variable-decls",
        "user-field-decls", "dde-connection-decls", "glue-point",
        "binary-data", "settings", "enhanced-geometry", "alphabetical-index-auto-mark-file",
    )
)  # fmt: skip
_SHAPES: Final = frozenset(
    ("custom-shape", "rect", "ellipse", "circle", "polygon", "polyline", "path", "line", "caption")
)
_MAX_SPACES: Final = 80
_SPACES = re.compile(r"[ \t\r\n]+")
_OUTLINE = re.compile(r"#(?:[0-9]+\.)*(.*)\|outline")

_Skip = Literal["skip"]


class _OdtList:
    """A list that is open."""

    def __init__(self, style: str, counter: ListCounter) -> None:
        self.style = style
        self.counter = counter
        self.is_new_item = False


class _OdtTable:
    """A table that is open."""

    def __init__(self) -> None:
        self.rows: list[TableRow] = []
        self.cells: list[Any] = []
        self.is_in_head = False


class OdtBody:
    """Reads the body and writes its text."""

    def __init__(
        self,
        styles: OdtStyles,
        targets: frozenset[str],
        formula: Callable[[str], str],
        comments: Mapping[Any, str] = {},
    ) -> None:
        """Start before the first paragraph.

        Args:
            styles: The styles of the document.
            targets: The bookmarks that are targets of links.
            formula: Returns the text of a formula by the path of its object, or an empty string.
            comments: The names of the anchors that show where comments begin and end, by their
                elements.
        """
        self.writer = HtmlWriter()
        """Collects the text."""
        self._styles = styles
        self._targets = targets
        self._formula = formula
        self._comments = comments
        self._texts = [False]  # for each open element, whether its text is read
        self._run_properties = [0]
        self._links = [""]
        self._lists: list[list[_OdtList]] = [[]]  # the open lists of each cell, note or box
        self._tables: list[_OdtTable] = []
        self._outline = ListCounter(styles.outline)
        self._of_style: dict[str, ListCounter] = {}
        self._of_name: dict[str, ListCounter] = {}

    def read(self, body: Any) -> Iterator[None]:
        """Read the body, yielding after each of its children."""
        for depth in walk(body, self._start, self._add_text):
            if depth == 1:
                yield

    def _start(self, element: Any) -> Started:
        name = local_name(element)
        if name in _LEFT_OUT or attribute(element, "display") == "none":
            return "skip"
        if name in ("title", "desc") and "svg" in element.tag:
            return "skip"  # metadata of a drawing; a field of the same name is text
        self._texts.append(self._texts[-1])
        handler = _HANDLERS.get(name)
        end = handler(self, element) if handler else None
        if end is None:
            return self._leave
        if end == "skip":
            self._leave()
            return "skip"

        def end_and_leave() -> None:
            end()
            self._leave()

        return end_and_leave

    def _leave(self) -> None:
        self._texts.pop()

    def _add_text(self, text: str) -> None:
        if self._texts[-1] and not self._run_properties[-1] & HIDDEN:
            self.writer.paragraph.add_text(
                _SPACES.sub(" ", text), self._run_properties[-1], self._links[-1]
            )

    def _start_ruby(self, element: Any) -> End:
        """Begin a word with its reading, which follows it."""
        parts = (one for one in element if local_name(one) == "ruby-text")
        reading = " ".join("".join("".join(one.itertext()) for one in parts).split())
        return (lambda: self._add_text(reading_after(reading))) if reading else None

    # Paragraphs

    def _start_paragraph(self, element: Any) -> Started:
        style = attribute(element, "style-name")
        role, level = self._styles.role(style)
        lists = self._lists[-1]
        depth, label = len(lists), None
        if depth and lists[-1].is_new_item:
            lists[-1].is_new_item = False
            label = lists[-1].counter.label(depth - 1)
        if local_name(element) == "h" or (role is Role.BODY and self._styles.heading_level(style)):
            role, level = self._heading(element, style, role)
            is_numbered = self._styles.list_style(style) != NO_LIST
            if not depth and is_numbered and attribute(element, "is-list-header") != "true":
                if attribute(element, "restart-numbering") == "true":
                    self._outline.restart(level - 1, _start_value(element))
                label = self._outline.label(level - 1)
        run_properties = self._styles.paragraph_run_properties(style)
        self._texts[-1] = True
        self._run_properties.append(run_properties)
        self._links.append("")

        def end() -> None:
            self._run_properties.pop()
            self._links.pop()
            if level and (name := slugify(self.writer.paragraph.plain)) in self._targets:
                self.writer.paragraph.add_anchor(name, at_start=True)
            self.writer.end_paragraph(ParagraphShape(role, level, depth, label))

        return end

    def _heading(self, element: Any, style: str, role: Role) -> tuple[Role, int]:
        outline_level = attribute(element, "outline-level")
        level = int(outline_level) if outline_level.isdecimal() and len(outline_level) < 3 else 0
        kept = role if role in (Role.TITLE, Role.HEADING) else Role.OUTLINE
        return kept, max(level or self._styles.heading_level(style), 1)

    def _start_span(self, element: Any) -> End:
        run_properties = self._styles.text_run_properties(
            attribute(element, "style-name"), self._run_properties[-1]
        )
        self._run_properties.append(run_properties)
        return lambda: void(self._run_properties.pop())

    def _start_link(self, element: Any) -> End:
        self._links.append(target_of(attribute(element, "href")))
        return lambda: void(self._links.pop())

    def _start_reference(self, element: Any) -> End:
        name = attribute(element, "ref-name")
        self._links.append(f"#{name}" if name in self._targets else self._links[-1])
        return lambda: void(self._links.pop())

    def _start_spaces(self, element: Any) -> _Skip:
        count = attribute(element, "c")
        number = int(count) if count.isdecimal() and len(count) < 6 else 1
        self._add_text_as_is(" " * min(number, _MAX_SPACES))
        return "skip"

    def _start_tab(self, _element: Any) -> _Skip:
        self._add_text_as_is("\t")
        return "skip"

    def _start_break(self, _element: Any) -> _Skip:
        if self._texts[-1] and not self._run_properties[-1] & HIDDEN:
            self.writer.paragraph.add_break(self._run_properties[-1], self._links[-1])
        return "skip"

    def _add_text_as_is(self, text: str) -> None:
        if self._texts[-1] and not self._run_properties[-1] & HIDDEN:
            self.writer.paragraph.add_text(text, self._run_properties[-1], self._links[-1])

    def _start_bookmark(self, element: Any) -> End:
        name = attribute(element, "name")
        if name in self._targets:
            self.writer.paragraph.add_anchor(name)
        return None

    def _start_comment(self, element: Any) -> _Skip:
        if name := self._comments.get(element):
            self.writer.paragraph.add_anchor(name)
        return "skip"

    # Lists

    def _start_list(self, element: Any) -> End:
        lists = self._lists[-1]
        style = attribute(element, "style-name") or (lists[-1].style if lists else "")
        if lists and style == lists[-1].style:
            counter = lists[-1].counter
        else:
            counter = self._counter(element, style)
        self._of_style[style] = counter
        if identifier := attribute(element, "id"):
            self._of_name[identifier] = counter
        self._texts[-1] = False
        lists.append(_OdtList(style, counter))
        return lambda: void(lists.pop())

    def _counter(self, element: Any, style: str) -> ListCounter:
        """Return the counter of a list, which may continue an earlier list."""
        before = self._of_name.get(attribute(element, "continue-list"))
        if before is None and attribute(element, "continue-numbering") == "true":
            before = self._of_style.get(style)
        return before or self._styles.counter(style)

    def _start_item(self, element: Any) -> End:
        if lists := self._lists[-1]:
            if attribute(element, "start-value"):
                lists[-1].counter.restart(len(lists) - 1, _start_value(element))
            lists[-1].is_new_item = True
        self._texts[-1] = False
        return None

    # Tables

    def _start_table(self, _element: Any) -> End:
        table = _OdtTable()
        self._tables.append(table)
        self._texts[-1] = False

        def end() -> None:
            self._tables.pop()
            self.writer.add_table(table.rows)

        return end

    def _start_head(self, _element: Any) -> End:
        if not self._tables:
            return None
        table = self._tables[-1]
        table.is_in_head = True
        return lambda: setattr(table, "is_in_head", False)

    def _start_row(self, _element: Any) -> End:
        if not self._tables:
            return None
        table = self._tables[-1]
        table.cells = []

        def end() -> None:
            table.rows.append(TableRow(table.cells, table.is_in_head))
            table.cells = []

        return end

    def _start_cell(self, element: Any) -> End:
        if not self._tables:
            return None
        cells = self._tables[-1].cells
        self.writer.open_cell()
        leave = self._enter_container()

        def end() -> None:
            leave()
            cell = self.writer.close_cell()
            width = _count(element, "number-columns-spanned")
            if not len(cell):  # a run of empty cells needs no more
                width *= min(_count(element, "number-columns-repeated"), MAX_REPEATED)
            cell.set("colspan", str(width))
            cell.set("rowspan", str(_count(element, "number-rows-spanned")))
            cells.append(cell)

        return end

    # Notes, frames, pictures

    def _enter_container(self) -> Callable[[], None]:
        """Begin a cell, a note or a box, where outer properties, links and lists do not apply."""
        self._texts[-1] = False
        self._lists.append([])
        self._run_properties.append(0)
        self._links.append("")

        def leave() -> None:
            self._lists.pop()
            self._run_properties.pop()
            self._links.pop()

        return leave

    def _start_note(self, element: Any) -> Started:
        if self._run_properties[-1] & HIDDEN:
            return "skip"
        kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
        citations = (one for one in element if local_name(one) == "note-citation")
        citation = next(citations, None)
        shown = "" if citation is None else "".join(citation.itertext())
        self.writer.open_note(kind, shown=shown)
        leave = self._enter_container()

        def end() -> None:
            leave()
            self.writer.close_note()

        return end

    def _start_frame(self, element: Any) -> Started:
        if self._run_properties[-1] & HIDDEN:
            return "skip"
        names = {local_name(child) for child in element}
        if "text-box" in names or local_name(element) in _SHAPES:
            return self._start_box()
        if names & {"image", "object", "object-ole"}:
            objects = [
                attribute(child, "href") for child in element if local_name(child) == "object"
            ]
            formula = next(filter(None, map(self._formula, objects)), "")
            if formula:
                self.writer.paragraph.add_text(formula)
            else:
                self.writer.paragraph.add_picture(_alternative(element), self._links[-1])
            if not self._texts[-1]:
                self.writer.end_paragraph(ParagraphShape())
        return "skip"

    def _start_box(self) -> End:
        self.writer.open_box()
        leave = self._enter_container()

        def end() -> None:
            leave()
            self.writer.end_box()

        return end


def _start_value(element: Any) -> int | None:
    """Return the number at which counting starts again; None for the usual one."""
    value = attribute(element, "start-value")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _count(element: Any, name: str) -> int:
    """Return the number of columns or rows that a cell spans; 1 if it does not state it."""
    value = attribute(element, name)
    return max(int(value), 1) if value.isdecimal() and len(value) < 6 else 1


def _alternative(frame: Any) -> str:
    """Return the text that describes a picture."""
    texts = {local_name(child): "".join(child.itertext()) for child in frame}
    title, description = texts.get("title", ""), texts.get("desc", "")
    return (description.strip() or title.strip())[:2000]


def target_of(href: str) -> str:
    """Return the target of a link; for a heading it is the slug of the text without its number."""
    match = _OUTLINE.fullmatch(href)
    return f"#{slugify(match[1])}" if match else href


_HANDLERS: Final[dict[str, Callable[[OdtBody, Any], Started]]] = {
    "ruby": OdtBody._start_ruby,
    **dict.fromkeys(("p", "h"), OdtBody._start_paragraph),
    **dict.fromkeys(
        ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start"),
        OdtBody._start_bookmark,
    ),
    **dict.fromkeys(("bookmark-ref", "reference-ref"), OdtBody._start_reference),
    **dict.fromkeys(("frame", *_SHAPES), OdtBody._start_frame),
    "span": OdtBody._start_span,
    "a": OdtBody._start_link,
    "s": OdtBody._start_spaces,
    "tab": OdtBody._start_tab,
    "line-break": OdtBody._start_break,
    "list": OdtBody._start_list,
    "list-item": OdtBody._start_item,
    "table": OdtBody._start_table,
    "table-header-rows": OdtBody._start_head,
    "table-row": OdtBody._start_row,
    "table-cell": OdtBody._start_cell,
    "note": OdtBody._start_note,
    **dict.fromkeys(("annotation", "annotation-end"), OdtBody._start_comment),
}
