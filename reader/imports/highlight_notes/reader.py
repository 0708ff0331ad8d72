"""Reads the quotations of a note in Markdown, and what is written below each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from reader.imports.highlight_notes.blocks import BlockKind, NoteBlock, blocks_of
from reader.imports.highlight_notes.highlight import Highlight, joined_remarks, note_of
from reader.imports.highlight_notes.page import NotePage, divided, fact_in, source_of
from reader.imports.highlight_notes.quotes import quote_of
from reader.imports.highlight_notes.references import (
    MOST,
    Reference,
    marks_in,
    plain,
    reference_in,
    tags_of,
    without_markup,
    without_tags,
)
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.values import with_unix_ends

_HIGHLIGHTS = re.compile(
    r"\W*(?:new )?(?:highlights?|annotations?|quotes?|notes (?:&|and) excerpts|excerpts?|"
    r"citations?|zitate|markierungen|pdf 高亮与注释|surlignages)\b",
    re.IGNORECASE,
)
_SYNCED = re.compile(
    r"(?:New )?highlights? (?:first synced|added|refreshed|synced)\b", re.IGNORECASE
)
_METADATA = re.compile(r"\W*(?:metadata|info|details|about\W*$)", re.IGNORECASE)
_NOTE = re.compile(r"\W*notes?\W*", re.IGNORECASE)
_PAGE_NOTES = re.compile(r"\W*(?:page|document|article) notes?\b", re.IGNORECASE)
_LABEL = re.compile(
    r"[*_]{0,2}(note|notes|annotation|comment|comments|kommentar|tags?)[*_]{0,2}:[*_]{0,2}[ \t]*",
    re.IGNORECASE,
)
_COLOURED = re.compile(r"[*_]{0,2}Highlight[*_]{0,2}[ \t]*\(=*([^()=]{0,30})=*\)", re.IGNORECASE)
_LINKED_TITLE = re.compile(r"\[(.+)\]\((https?://[^\s()]+)\)")
_ORIGINAL = re.compile(r"\[Read Original\]\([^()\s]+\)")
_KINDLE_ID = re.compile(r"[ \t]\^(ref-\d{1,10})[\s>]*$")
"""Matches the id that Kindle Highlights puts behind the words of a quote."""
_PICTURE: Final = "[image]"
"""What Zotero writes in place of a picture, on which there may be a comment."""
_LABEL_DISTANCE: Final = 2
"""How many lines below its kind a highlight begins."""

_CONTEXT: Final = 64


class HighlightReader:
    """Reads one note."""

    def __init__(self, page: NotePage) -> None:
        """Read nothing yet."""
        self._page = page
        self._facts = dict(page.facts)
        self._heading = ""
        self._section = ""
        self._in_highlights = 0
        """The level of the heading above highlights; 0 elsewhere."""
        self._in_facts = False
        self._in_page_notes = False
        self._base = -1
        """The indent of the item above highlights, in Logseq; -1 without one."""
        self._open: Highlight | None = None
        self._is_of_zotero = "zotero://" in page.body
        self._found: list[Highlight] = []
        self._waiting: list[str] = []
        """Paragraphs below a heading of highlights that belong to the next one with an id."""
        self._page_notes: list[str] = []
        self._page_tags: list[str] = []
        self._pictures = 0
        """How many pictures are marked on which nobody wrote."""
        self._wordless: list[Highlight] = []
        """Pictures that are marked, on which a person may write below."""
        self._label: Highlight | None = None
        """A highlighted part that is all of its paragraph: it may name the kind of the next one."""

    def read(self) -> Iterator[ImportItem]:
        """Yield the source that the note quotes; of a note of Zotero all that it cites."""
        for block in blocks_of(self._page.body, self._page.first_row):
            self._read(block)
        commented = [each for each in self._wordless if each.remarks]
        self._pictures += len(self._wordless) - len(commented)
        self._found = sorted((*self._found, *commented), key=lambda each: each.row)
        source = source_of(self._facts, self._heading)
        page_note = joined_remarks(self._page_notes)
        has_page_note = page_note or self._page_tags
        notes = [ImportedNote(note=page_note, tags=tuple(self._page_tags))] if has_page_note else []
        by_work: dict[str, list[Highlight]] = {}
        for each in self._found:
            by_work.setdefault(each.reference.item, []).append(each)
        if len(by_work.keys() - {""}) < 2:
            if not source.title and self._found:
                source = _cited(source, self._found[0].reference)
            notes += [note_of(each, source) for each in self._found]
            by_work = {}
        if notes:
            yield replace(source, notes=tuple(notes))
        for item, highlights in by_work.items():
            own = _cited(ImportedSource(), highlights[0].reference) if item else source
            yield replace(own, notes=tuple(note_of(each, own) for each in highlights))
        yield from left_out({"picture": self._pictures})

    # Blocks

    def _read(self, block: NoteBlock) -> None:
        if block.kind is BlockKind.HEADING:
            self._read_heading(block)
        elif block.kind is BlockKind.RULE:
            self._open, self._waiting = None, []
        elif block.kind is BlockKind.QUOTE:
            self._read_quote(block)
        elif block.kind is BlockKind.ITEM:
            self._read_item(block)
        else:
            self._read_paragraph(block)

    def _read_heading(self, block: NoteBlock) -> None:
        text = without_markup(block.text)
        is_below = self._open is not None and 0 < self._in_highlights < block.indent
        if is_below and _NOTE.fullmatch(text):
            return  # what follows is the note on the highlight above it
        self._open, self._base, self._waiting = None, -1, []
        self._in_facts = _METADATA.match(text) is not None
        self._in_page_notes = _PAGE_NOTES.match(text) is not None
        if _HIGHLIGHTS.match(text):
            self._in_highlights, self._section = block.indent, ""
        elif self._in_highlights and block.indent > self._in_highlights:
            self._section = text
        else:
            self._in_highlights = 0
            self._section = "" if self._in_facts or not self._heading else text
            if not self._heading and not self._in_facts and not self._in_page_notes:
                self._take_title(block.text)

    def _take_title(self, text: str) -> None:
        """Take the first heading, which may be a link to the source."""
        linked = _LINKED_TITLE.fullmatch(text)
        self._heading = without_markup(linked[1] if linked else text)
        if linked is not None:
            self._facts.setdefault("link", linked[2])

    def _read_quote(self, block: NoteBlock) -> None:
        quote = quote_of(block)
        if quote is None:
            self._add_remark(block.text)
            return
        if block.callout == "cite" and self._is_of_zotero and not reference_in(quote.words).refers:
            self._open = None  # templates for Zotero have the bibliography there
            return
        label, self._label = self._label, None
        if label is not None and label is self._open and block.row - label.row <= _LABEL_DISTANCE:
            self._found.pop()  # it names the kind of the highlight, which is below it
        else:
            label = None
        highlight = self._begin(block.row, quote.words, block)
        highlight.colour = highlight.colour or quote.colour or (label.colour if label else "")
        highlight.reference = _joined(highlight.reference, quote.place)
        if quote.remark:
            highlight.remarks.append(quote.remark)

    def _read_item(self, block: NoteBlock) -> None:
        text, properties = block.text, block.properties
        if self._in_facts and (fact := fact_in(text)):
            self._facts.setdefault(*fact)
            return
        if self._in_page_notes:
            self._add_page_note(text, "- ")
            return
        if not text.strip("- "):
            self._read_empty_item(block)
            return
        if properties.get("ls-type") == "annotation":
            self._begin_annotation(block)
            return
        if _SYNCED.match(without_markup(text)):
            self._open, self._base, self._in_highlights = None, block.indent, 7
            return
        if self._open is not None and self._open.indent < block.indent and self._open.indent >= 0:
            self._add_child(text)
            return
        reference = reference_in(text)
        is_quote = text.startswith("> ") or bool(marks_in(text) and self._open is None)
        if not (reference.is_known or is_quote or self._is_highlight(block)):
            self._add_remark(f"- {text}" if text else "")
            return
        is_place = reference.is_known and not reference.words.strip()
        if is_place and self._open is not None and not self._is_other(reference):
            self._take_place(reference)
            return
        words = "\n".join(line.removeprefix(">").strip() for line in text.split("\n"))
        self._begin(block.row, words if is_quote else text, block, block.indent)

    def _read_empty_item(self, block: NoteBlock) -> None:
        """Take the tags of an item without a text; any other parts two highlights."""
        if "tags" in block.properties and self._open is not None:
            self._open.tags += tags_of(block.properties["tags"])
        elif not block.properties:
            self._open = None

    def _is_highlight(self, block: NoteBlock) -> bool:
        """Return whether an item without a sign of its own is a highlight by where it stands."""
        if not self._in_highlights or not block.text or block.text.startswith(("![", "[ ]", "[x]")):
            return False
        if self._base >= 0:
            return block.indent > self._base
        return block.indent == 0 and (self._open is None or self._open.indent >= 0)

    def _read_paragraph(self, block: NoteBlock) -> None:
        text = block.text
        if self._in_page_notes:
            self._add_page_note(text)
            return
        if block.block_id and not text and self._open is not None:
            self._open.block_id = block.block_id
            return
        lines = text.split("\n") if self._in_facts else [text]
        if facts := [fact for line in lines if (fact := self._fact_of(line))]:
            self._facts = dict(facts) | self._facts
            return
        reference = reference_in(text)
        if reference.is_known:
            coloured = _COLOURED.match(reference.words.strip())
            is_place = coloured or not reference.words.strip()
            if is_place and self._open is not None and not self._is_other(reference):
                self._take_place(reference, coloured[1] if coloured else "", block.block_id)
            else:
                self._begin(block.row, text, block)
        elif self._open is None and self._in_highlights and block.block_id:
            self._begin(block.row, "\n\n".join((*self._waiting, text)), block)
            self._waiting = []
        elif marks := marks_in(text):
            self._begin_marks(block, marks)
        elif self._open is None and self._in_highlights:
            self._waiting.append(text)
        else:
            self._add_remark(text)

    def _fact_of(self, text: str) -> tuple[str, str] | None:
        """Return a fact that a line above the highlights states."""
        if self._found:
            return None
        if original := _ORIGINAL.search(text):
            return "url", original[0]
        return fact_in(text) if "\n" not in text else None

    def _add_page_note(self, text: str, sign: str = "") -> None:
        """Add a note on the whole source, below the sign of an item, or its tags."""
        label, reference = _LABEL.match(text), reference_in(text)
        if label and label[1].lower().startswith("tag"):
            self._page_tags += tags_of(text[label.end() :])
        elif words := (reference.words if reference.modified else text).strip():
            self._page_notes.append(f"{sign}{words}")

    # Highlights

    def _begin(self, row: int, text: str, block: NoteBlock, indent: int = -1) -> Highlight:
        """Begin a highlight of a text with what refers to its place."""
        reference = reference_in(text[:MOST])
        words = reference.words if reference.is_known else text
        words, tags = without_tags(words) if not reference.is_known else (words, ())
        kindle_id = _KINDLE_ID.search(words)
        words = words[: kindle_id.start()] if kindle_id else words
        if reference.key and words.strip() == _PICTURE:
            words = ""
        highlight = Highlight(row, words.strip(), indent, reference, section=self._section)
        marks = marks_in(highlight.words)
        if marks and marks[0][3]:
            highlight.colour = marks[0][3]
        highlight.block_id = block.block_id or (kindle_id[1] if kindle_id else "")
        highlight.take(block.properties)
        highlight.tags += (*tags, *reference.tags)
        if rest := reference.rest.strip(" >"):
            highlight.remarks.append(rest)
        if plain(highlight.words):
            self._found.append(highlight)
        elif reference.key:
            self._wordless.append(highlight)
        self._open = highlight
        return highlight

    def _begin_annotation(self, block: NoteBlock) -> None:
        """Begin a highlight of a PDF in Logseq."""
        properties, text = block.properties, block.text
        self._open = None
        if properties.get("hl-type") == "area" or text.startswith("[:span]") or not text:
            self._pictures += 1
            return
        self._begin(block.row, text.lstrip("#> "), block, block.indent)

    def _begin_marks(self, block: NoteBlock, marks: list[tuple[int, int, str, str]]) -> None:
        """Begin a highlight for each highlighted part of a paragraph."""
        text = block.text
        for start, end, words, colour in marks:
            self._open = Highlight(block.row, words, section=self._section, colour=colour)
            self._open.prefix = _around(text[max(start - _CONTEXT, 0) : start])
            self._open.suffix = _around(text[end : end + _CONTEXT])
            self._found.append(self._open)
        is_all = len(marks) == 1 and marks[0][:2] == (0, len(text))
        self._label = self._open if is_all else None

    def _is_other(self, reference: Reference) -> bool:
        """Return whether a text refers to another passage than the one above it."""
        own = self._open.reference.key if self._open else ""
        return bool(own and reference.key and own != reference.key)

    def _take_place(self, reference: Reference, colour: str = "", block_id: str = "") -> None:
        """Take a line that only says where the highlight above it stands."""
        highlight = self._open
        if highlight is None:
            return
        highlight.reference = _joined(highlight.reference, reference)
        highlight.colour = highlight.colour or re.sub(r"[^\w-]+", "", colour)
        highlight.block_id = highlight.block_id or block_id
        highlight.tags += reference.tags
        if reference.rest:
            highlight.remarks.append(reference.rest)

    def _add_child(self, text: str) -> None:
        """Add what stands below an item: a note, tags, or where it stands."""
        highlight = self._open
        if highlight is None:
            return
        label = _LABEL.match(text)
        if label and label[1].lower().startswith("tag"):
            _, tags = without_tags(f" {text[label.end() :]}")
            highlight.tags += tags or tags_of(text[label.end() :])
            return
        reference = reference_in(text)
        if not label and reference.is_known and not reference.words.strip():
            self._take_place(reference)
            return
        self._add_remark(text[label.end() :] if label else text)

    def _add_remark(self, text: str) -> None:
        if self._open is not None and text.strip(" -"):
            label = _LABEL.match(text)
            if label and label[1].lower().startswith("tag"):
                _, tags = without_tags(f" {text[label.end() :]}")
                self._open.tags += tags
                return
            self._open.remarks.append(_labelled(text, label))


def _labelled(text: str, label: re.Match[str] | None) -> str:
    """Return what stands behind a label, which may be strong together with it."""
    if label is None:
        return text
    words, marks = text[label.end() :], label[0][:2]
    return words.removesuffix(marks) if marks == "**" and ":**" not in label[0] else words


def _joined(first: Reference, second: Reference) -> Reference:
    """Return a reference with what the first lacks from the second."""
    return first._replace(
        **{name: value for name, value in second._asdict().items() if not getattr(first, name)}
    )


def _cited(source: ImportedSource, reference: Reference) -> ImportedSource:
    """Return a source with the work that a citation names."""
    return replace(source, title=reference.citation) if reference.citation else source


def _around(text: str) -> str:
    """Return the text beside a highlighted part, with the space between them."""
    words = without_markup(text)
    before, after = (" " if side.isspace() else "" for side in (text[:1], text[-1:]))
    return f"{before}{words}{after}" if words else ""


def read_note(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the sources that a note in Markdown quotes, with their notes."""
    text = with_unix_ends(file.text)
    yield from HighlightReader(divided(text)).read()
