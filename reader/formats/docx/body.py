"""Reads the body of a DOCX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, NamedTuple

from reader.formats.docx.fields import FieldStack
from reader.formats.docx.math import formula_text
from reader.formats.docx.styles import (
    DocxNumbering,
    DocxStyles,
    is_on,
    number_of,
    outline_level,
    run_properties_of,
    value_of,
)
from reader.formats.docx.tables import DocxTables, row_is_deleted
from reader.formats.joining import reading_after
from reader.formats.tree.elements import attribute, local_name
from reader.formats.tree.walk import End, Started, walk
from reader.formats.word.comments import END, POINT, START
from reader.formats.word.documents import void
from reader.formats.word.numbering import MAX_LEVELS
from reader.formats.word.paragraph import HIDDEN, ParagraphText
from reader.formats.word.roles import Role
from reader.formats.word.symbols import is_symbol_font, symbol
from reader.formats.word.writer import HtmlWriter, ParagraphShape

MAX_CONTAINERS: Final = 20
"""The most notes and boxes around a text; a deeper note is left out, a deeper box joins its parent.
"""

_LEFT_OUT: Final = frozenset(
    (
        "del", "movefrom", "deltext", "ppr", "rpr", "sectpr", "tblpr", "tblgrid", "trpr", "tcpr",
        "sdtpr", "sdtendpr", "smarttagpr", "customxmlpr", "fallback", "rt", "pgnum",
        "annotationref", "delinstrtext", "binarydata",
    )
)  # fmt: skip
_CHARACTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "nobreakhyphen": "\N{NON-BREAKING HYPHEN}",
}
_STOP = re.compile(r"\s*[.:;\u2014]\s*")
_CONTENTS: Final = ("table of contents", "table of figures", "index")

_COMMENTS: Final = {
    "commentrangestart": START,
    "commentrangeend": END,
    "commentreference": POINT,
}
_Skip = Literal["skip"]


class DocxParts(NamedTuple):
    """The parts of a document that its body refers to."""

    styles: DocxStyles
    """The styles."""
    numbers: DocxNumbering
    """The lists."""
    notes: dict[tuple[str, str], Any]
    """The elements of notes by kind, ``footnote`` or ``endnote``, and identifier."""
    forms: dict[str, str]
    """The form of each kind's numbers; see ``numeral``."""
    links: dict[str, str]
    """The addresses of links by the identifiers of relations."""
    targets: frozenset[str]
    """The bookmarks that are targets of links."""
    marks_comments: bool = False
    """Whether anchors show where comments are."""


class DocxBody:
    """Reads the body and writes its text."""

    def __init__(
        self,
        parts: DocxParts,
        read_chunk: Callable[[str], list[Any]],
        *,
        has_whole_fields: bool,
    ) -> None:
        """Start before the first paragraph.

        Args:
            parts: The parts that the body refers to.
            read_chunk: Returns the elements of an embedded text by its identifier.
            has_whole_fields: Whether every field has an end; otherwise none is left out.
        """
        self.writer = HtmlWriter()
        """Collects the text."""
        self._parts = parts
        self._read_chunk = read_chunk
        self._run_properties = [0]
        self._base = [0]
        self._links = [""]
        self._tables = DocxTables(self.writer)
        self._fields = FieldStack(has_whole_fields)
        self._seen: dict[tuple[str, str], tuple[str, str]] = {}
        self._containers = 0
        self._run_in: tuple[ParagraphText, ParagraphShape] | None = None

    def read(self, body: Any) -> Iterator[None]:
        """Read the body, yielding after each of its children."""
        for depth in walk(body, self._start):
            if depth == 1:
                yield
        self._place_run_in()

    def _start(self, element: Any) -> Started:
        name = local_name(element)
        if name in _LEFT_OUT:
            return "skip"
        if character := _CHARACTERS.get(name):
            self._add_text(character)
            return "skip"
        handler = _HANDLERS.get(name)
        return handler(self, element) if handler else None

    # Text

    def _add_text(self, text: str) -> None:
        if self._run_properties[-1] & HIDDEN or not text:
            return
        if self._fields.takes(text):
            return
        self.writer.paragraph.add_text(
            text, self._run_properties[-1], self._fields.target or self._links[-1]
        )

    def _start_text(self, element: Any) -> _Skip:
        self._add_text(element.text or "")
        return "skip"

    def _start_run(self, element: Any) -> End:
        run_properties = self._run_properties[-1]
        properties = next((one for one in element if local_name(one) == "rpr"), None)
        if properties is not None:
            if style := value_of(properties, "rstyle"):
                run_properties = self._parts.styles.run_properties(style, run_properties)
            stated, given = run_properties_of(properties)
            run_properties = (run_properties & ~stated) | given
        self._run_properties.append(run_properties)
        return lambda: void(self._run_properties.pop())

    def _start_break(self, element: Any) -> _Skip:
        is_line = attribute(element, "type") not in ("page", "column")
        if is_line and not self._run_properties[-1] & HIDDEN and not self._fields.is_muted:
            self.writer.paragraph.add_break(
                self._run_properties[-1], self._fields.target or self._links[-1]
            )
        elif not is_line:
            self._add_text(" ")
        return "skip"

    def _start_symbol(self, element: Any) -> _Skip:
        code = attribute(element, "char")
        try:
            number = int(code[:6], 16)
        except ValueError:
            return "skip"
        if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000:
            self._add_text(symbol(attribute(element, "font"), number) or chr(number))
        return "skip"

    def _start_ruby(self, element: Any) -> End:
        """Begin a word with its reading, which follows it."""
        texts = (
            one.text or ""
            for part in element
            for one in part.iter("{*}t")
            if local_name(part) == "rt"
        )
        reading = " ".join("".join(texts).split())
        return (lambda: self._add_text(reading_after(reading))) if reading else None

    def _start_formula(self, element: Any) -> _Skip:
        self._add_text(formula_text(element))
        return "skip"

    # Links and fields

    def _start_link(self, element: Any) -> End:
        address = element.get("address") or self._parts.links.get(attribute(element, "id"), "")
        anchor = attribute(element, "anchor")
        self._links.append(address + (f"#{anchor}" if anchor else ""))
        return lambda: void(self._links.pop())

    def _start_field_mark(self, element: Any) -> _Skip:
        shown = self._fields.advance(attribute(element, "fldCharType"))
        if shown:
            code, font = shown
            self._add_text(symbol(font, code) if is_symbol_font(font) else chr(code))
        return "skip"

    def _start_instruction(self, element: Any) -> _Skip:
        self._fields.instruct(element.text or "")
        return "skip"

    def _start_simple_field(self, element: Any) -> Started:
        self._fields.advance("begin")
        self._fields.instruct(attribute(element, "instr"))
        self._fields.advance("separate")
        return lambda: void(self._fields.advance("end"))

    def _start_bookmark(self, element: Any) -> _Skip:
        name = attribute(element, "name")
        if name in self._parts.targets:
            self.writer.paragraph.add_anchor(name)
        return "skip"

    def _start_comment(self, element: Any) -> _Skip:
        """Add an anchor where the range of a comment begins or ends, or at its sign."""
        if self._parts.marks_comments:
            kind = _COMMENTS[local_name(element)]
            self.writer.paragraph.add_anchor(f"{kind}{attribute(element, 'id')}")
        return "skip"

    # Paragraphs

    def _start_paragraph(self, element: Any) -> End:
        properties = next((one for one in element if local_name(one) == "ppr"), None)
        style = self._parts.styles.default
        goes_on = False
        if properties is not None:
            style = value_of(properties, "pstyle") or style
            goes_on = _goes_on(properties)
        is_hidden = self._parts.styles.is_hidden(style)
        self._run_properties.append(self._base[-1] | (HIDDEN if is_hidden else 0))

        def end() -> None:
            self._run_properties.pop()
            if goes_on:
                return
            self._place_run_in()
            shape = self._shape(properties, style)
            if properties is not None and _is_run_in(properties):
                self._run_in = self.writer.paragraph, shape
                self.writer.paragraph = ParagraphText()
            else:
                self.writer.end_paragraph(shape)

        return end

    def _place_run_in(self) -> None:
        """Write the run-in heading, with the stop that begins the paragraph after it."""
        if self._run_in is None:
            return
        (heading, shape), self._run_in = self._run_in, None
        paragraph = self.writer.paragraph
        if stop := paragraph.take_start(_STOP):
            heading.add_text(stop.rstrip())
        self.writer.paragraph = heading
        self.writer.end_paragraph(shape)
        self.writer.paragraph = paragraph

    def _shape(self, properties: Any | None, style: str) -> ParagraphShape:
        role, level = self._parts.styles.role(style)
        number, depth = self._parts.styles.number(style)
        bound = self._parts.numbers.depth_of_style(number, style) if number else None
        depth = depth if bound is None else bound
        if properties is not None:
            list_number, at = number_of(properties)
            depth = at if at >= 0 else 0 if list_number else depth
            number = list_number or number
            outline = outline_level(properties)
            if 0 <= outline < 9 and role is Role.BODY:
                role, level = Role.OUTLINE, outline + 1
        number = "" if number == "0" else number
        depth = min(depth, MAX_LEVELS - 1)
        label = self._parts.numbers.label(number, depth) if number else None
        return ParagraphShape(role, level, depth + 1 if number else 0, label)

    def _start_control(self, element: Any) -> Started:
        """Begin a content control; a table of contents is skipped."""
        for one in element.iter("{*}docPartGallery"):
            if attribute(one, "val").lower().startswith(_CONTENTS):
                return "skip"
            break
        return None

    # Tables

    def _start_table(self, _element: Any) -> End:
        self._tables.begin()
        return self._tables.end

    def _start_row(self, element: Any) -> Started:
        if row_is_deleted(element):
            return "skip"
        return self._tables.begin_row(element)

    def _start_cell(self, element: Any) -> End:
        self._place_run_in()
        end = self._tables.begin_cell(element)
        if end is None:
            return None
        leave = self._enter_container()

        def leave_and_end() -> None:
            leave()
            end()

        return leave_and_end

    def _start_chunk(self, element: Any) -> _Skip:
        """Add a text that is embedded whole."""
        self._place_run_in()
        self.writer.add_elements(self._read_chunk(attribute(element, "id")))
        return "skip"

    # Notes, boxes, pictures

    def _enter_container(self) -> Callable[[], None]:
        """Begin a cell, a note or a box, where outer run properties and links do not apply."""
        self._run_properties.append(0)
        self._base.append(0)
        self._links.append("")

        def leave() -> None:
            self._place_run_in()
            self._run_properties.pop()
            self._base.pop()
            self._links.pop()

        return leave

    def _start_note(self, element: Any) -> _Skip:
        kind = "endnote" if local_name(element) == "endnotereference" else "footnote"
        key = kind, attribute(element, "id")
        note = self._parts.notes.get(key)
        is_unseen = self._run_properties[-1] & HIDDEN or self._fields.is_muted
        if note is None or is_unseen or self._containers >= MAX_CONTAINERS:
            return "skip"
        if key in self._seen:
            self.writer.paragraph.add_reference(*self._seen[key])
            return "skip"
        self._place_run_in()
        self._seen[key] = self.writer.open_note(kind, form=self._parts.forms.get(kind, ""))
        leave = self._enter_container()
        self._containers += 1
        for _ in walk(note, self._start):
            pass
        self._containers -= 1
        leave()
        self.writer.close_note()
        return "skip"

    def _start_box(self, _element: Any) -> Started:
        if self._run_properties[-1] & HIDDEN:
            return "skip"
        if self._containers >= MAX_CONTAINERS:
            return None
        self._place_run_in()
        self._containers += 1
        self.writer.open_box()
        leave = self._enter_container()

        def end() -> None:
            leave()
            self.writer.end_box()
            self._containers -= 1

        return end

    def _start_drawing(self, element: Any) -> End:
        if self._run_properties[-1] & HIDDEN or self._fields.is_muted:
            return None
        properties = next(element.iter("{*}docPr"), None)
        alternative = ""
        if properties is not None:
            alternative = properties.get("descr") or properties.get("title") or ""
        has_text = next(element.iter("{*}txbxContent"), None) is not None
        if alternative or not has_text:
            self.writer.paragraph.add_picture(
                alternative[:2000], self._fields.target or self._links[-1]
            )
        return None

    def _start_old_drawing(self, element: Any) -> End:
        """Begin a drawing in the older format, VML."""
        if self._run_properties[-1] & HIDDEN or self._fields.is_muted:
            return None
        if next(element.iter("{*}imagedata"), None) is not None:
            alternatives = (one.get("alt") for one in element.iter("{*}shape"))
            alternative = next(filter(None, alternatives), "")
            self.writer.paragraph.add_picture(
                alternative[:2000], self._fields.target or self._links[-1]
            )
        return None


def _goes_on(properties: Any) -> bool:
    """Return whether the next paragraph continues the line of this one.

    The end of a paragraph may be deleted, or the paragraph may be the drop cap of the next one.
    """
    for child in properties:
        name = local_name(child)
        if name == "framepr" and attribute(child, "dropCap") in ("drop", "margin"):
            return True
        if name == "rpr" and any(local_name(mark) in ("del", "movefrom") for mark in child):
            return True
    return False


def _is_run_in(properties: Any) -> bool:
    """Return whether a paragraph is a run-in heading, whose line the next paragraph continues."""
    marks = (mark for one in properties if local_name(one) == "rpr" for mark in one)
    return any(local_name(mark) == "specvanish" and is_on(mark) for mark in marks)


_HANDLERS: Final[dict[str, Callable[[DocxBody, Any], Started]]] = {
    "p": DocxBody._start_paragraph,
    "r": DocxBody._start_run,
    "t": DocxBody._start_text,
    **dict.fromkeys(("br", "cr"), DocxBody._start_break),
    "sym": DocxBody._start_symbol,
    "omath": DocxBody._start_formula,
    "ruby": DocxBody._start_ruby,
    "hyperlink": DocxBody._start_link,
    "fldchar": DocxBody._start_field_mark,
    "instrtext": DocxBody._start_instruction,
    "fldsimple": DocxBody._start_simple_field,
    "bookmarkstart": DocxBody._start_bookmark,
    **dict.fromkeys(_COMMENTS, DocxBody._start_comment),
    "sdt": DocxBody._start_control,
    "altchunk": DocxBody._start_chunk,
    "tbl": DocxBody._start_table,
    "tr": DocxBody._start_row,
    "tc": DocxBody._start_cell,
    **dict.fromkeys(("footnotereference", "endnotereference"), DocxBody._start_note),
    "txbxcontent": DocxBody._start_box,
    "drawing": DocxBody._start_drawing,
    **dict.fromkeys(("pict", "object"), DocxBody._start_old_drawing),
}
