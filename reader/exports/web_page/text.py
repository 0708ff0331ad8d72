"""The text of a document as HTML: its blocks, what is inside them, and the marks over both."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from reader.core.addresses import is_web_address, percent_encoded
from reader.core.document import Block, BlockKind, Document, Span, SpanKind
from reader.safe_text import sanitise_for_file

_SCHEMES: Final = frozenset(("http", "https", "mailto"))
_ELEMENTS: Final = {
    SpanKind.EMPHASIS: "em",
    SpanKind.STRONG: "strong",
    SpanKind.STRIKETHROUGH: "s",
    SpanKind.CODE: "code",
}
_IN_IDS: Final = re.compile(r"[^\w.-]+")
_ALIGNS: Final = {"c": "center", "r": "right"}


class Marked(NamedTuple):
    """A range of the text that is marked."""

    start: int
    end: int
    key: str
    """What its element is called; unique in the page."""
    classes: str
    """The classes of its element, safe in an attribute."""


class TextWriter:
    """Writes the blocks of one document, with marks over them."""

    def __init__(
        self,
        document: Document,
        marked: Sequence[Marked] = (),
        *,
        prefix: str,
        lowest_heading: int = 2,
        beside: Callable[[Block], str] = lambda _: "",
        without: Block | None = None,
    ) -> None:
        """Write a document.

        Args:
            document: The document.
            marked: The marks, in the order of the text.
            prefix: What the ids of the document begin with, so that they are unique in the page.
            lowest_heading: The level in HTML of a heading of level 1.
            beside: Returns what stands beside a block, such as its notes; empty for nothing.
            without: A block that is not written, such as a title that stands elsewhere.
        """
        self._document = document
        self._marked = marked
        self._prefix = prefix
        self._lowest = lowest_heading
        self._beside = beside
        self._without = without
        self._opened: set[str] = set()

    def blocks(self) -> Iterator[str]:
        """Yield the HTML of each block; residue of a web page only where something is marked."""
        quotes = 0
        for block in self._document.blocks:
            if block is self._without or (block.residue and not self._is_marked(block)):
                continue
            depth = sum(1 for each in block.nest if each == 0)
            if depth > quotes:
                yield "<blockquote>" * (depth - quotes)
            elif depth < quotes:
                yield "</blockquote>" * (quotes - depth)
            quotes = depth
            beside, written = self._beside(block), self._block(block)
            yield f'<div class="passage">\n{beside}{written}</div>\n' if beside else written
        yield "</blockquote>" * quotes

    def _is_marked(self, block: Block) -> bool:
        return any(each.start < block.end and each.end > block.start for each in self._marked)

    def _block(self, block: Block) -> str:
        text = self._document.text[block.start : block.end]
        attributes = self._attributes(block)
        match block.kind:
            case BlockKind.HEADING:
                level = min(max(block.level, 1) - 1 + self._lowest, 6)
                return f"<h{level}{attributes}>{self.inline(block)}</h{level}>\n"
            case BlockKind.CODE:
                return f"<pre{attributes}><code>{self.inline(block)}</code></pre>\n"
            case BlockKind.TABLE if "\t" in text or "\n" in text:
                return self._table(block, attributes)
            case BlockKind.RULE if text.strip() == "* * *" and not self._is_marked(block):
                return "<hr>\n"
            case BlockKind.IMAGE:
                return f"<p{attributes}>[{self.inline(block)}]</p>\n"
        sign = self._marker(block) if block.marker else ""
        return f"<p{attributes}>{sign}{self.inline(block)}</p>\n"

    def _attributes(self, block: Block) -> str:
        classes = [
            str(block.kind) if block.kind in (BlockKind.VERSE, BlockKind.FOOTNOTE) else "",
            "item" if block.marker or any(block.nest) else "",
            "tight" if block.tight else "",
            "residue" if block.residue else "",
            "correction" if block.correction else "",
        ]
        named = " ".join(filter(None, classes))
        depth = sum(1 for each in block.nest if each > 0)
        parts = (
            f' id="{self.id_of(block.label)}"' if block.label else "",
            f' class="{named}"' if named else "",
            f' style="--depth:{depth}"' if depth > 1 else "",
            ' dir="auto"',
        )
        return "".join(parts)

    def _marker(self, block: Block) -> str:
        return f'<span class="marker">{escaped(block.marker)}</span> '

    def _table(self, block: Block, attributes: str) -> str:
        lines = [f'<div class="table"><table{attributes}>']
        start = block.start
        for number, row in enumerate(self._document.text[block.start : block.end].split("\n")):
            cells = []
            element = "th" if number < block.header_rows else "td"
            for column, cell in enumerate(row.split("\t")):
                align = _ALIGNS.get(block.aligns[column : column + 1], "")
                style = f' style="text-align:{align}"' if align else ""
                content = self.inline_range(start, start + len(cell))
                cells.append(f"<{element}{style}>{content}</{element}>")
                start += len(cell) + 1
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return "\n".join([*lines, "</table></div>\n"])

    def inline(self, block: Block) -> str:
        """Return what is inside a block."""
        return self.inline_range(block.start, block.end)

    def inline_range(self, start: int, end: int) -> str:
        """Return a range inside a block: pieces between which no span or mark begins or ends."""
        spans = self._document.spans_in(start, end)
        marked = [each for each in self._marked if each.start < end and each.end > start]
        ends = [cut for span in spans for cut in span.range]
        ends += [cut for each in marked for cut in each[:2]]
        cuts = sorted({start, end, *(cut for cut in ends if start < cut < end)})
        return "".join(self._piece(first, last, spans, marked) for first, last in pairwise(cuts))

    def _piece(self, start: int, end: int, spans: Iterable[Span], marked: Iterable[Marked]) -> str:
        content = escaped(self._document.text[start:end])
        for span in reversed([each for each in spans if each.start <= start and end <= each.end]):
            content = self._spanned(content, span)
        for each in reversed([one for one in marked if one.start <= start and end <= one.end]):
            name = "" if each.key in self._opened else f' id="{each.key}"'
            self._opened.add(each.key)
            content = f'<mark{name} class="{each.classes}">{content}</mark>'
        return content

    def _spanned(self, content: str, span: Span) -> str:
        match span.kind:
            case SpanKind.LINK | SpanKind.FOOTNOTE:
                address = self._address(span.target)
                if not address or "<a " in content:
                    return content
                linked = f'<a href="{html.escape(address)}">{content}</a>'
                return f"<sup>{linked}</sup>" if span.kind is SpanKind.FOOTNOTE else linked
            case SpanKind.IMAGE:
                return f"[{content}]"
        element = _ELEMENTS[span.kind]
        return f"<{element}>{content}</{element}>"

    def _address(self, target: str) -> str:
        """Return where a link may lead; empty where it may not be followed from a file."""
        if target.startswith("#"):
            is_known = self._document.place_of(target) is not None
            return f"#{self.id_of(target[1:])}" if is_known else ""
        safe = sanitise_for_file(target)
        if safe != target:
            return ""
        try:
            return target if urlsplit(target).scheme.lower() in _SCHEMES else ""
        except ValueError:
            return ""

    def id_of(self, label: str) -> str:
        """Return the id of what has a label in the document."""
        return f"{self._prefix}-{_IN_IDS.sub('-', label)}"


def escaped(text: str) -> str:
    """Return text of an element or of a quoted attribute."""
    return html.escape(sanitise_for_file(text))


def linked(text: str) -> str:
    """Return text of an element; all of it is a link where it is a web address."""
    shown = escaped(text)
    address = percent_encoded(sanitise_for_file(text))
    return f'<a href="{escaped(address)}">{shown}</a>' if is_web_address(text) else shown
