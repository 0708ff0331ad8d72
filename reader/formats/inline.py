"""The content of one block: text with spans and marks."""

from __future__ import annotations

from collections.abc import Sequence

from reader.core.document import Mark, Span, SpanKind


class InlineText:
    """The content of one block, whose offsets count from the start of ``text``."""

    __slots__ = ("marks", "spans", "text")

    def __init__(
        self, text: str = "", spans: list[Span] | None = None, marks: list[Mark] | None = None
    ) -> None:
        """Start with a content, which is empty unless it is given."""
        self.text = text
        """The cleaned text, with newlines only at line breaks."""
        self.spans = [] if spans is None else spans
        """The spans; of two with the same range the inner one comes first."""
        self.marks = [] if marks is None else marks
        """The marks in the order of the text."""

    @property
    def is_blank(self) -> bool:
        """Whether the text is empty or white space."""
        return not self.text.strip()

    def cut(self, count: int) -> None:
        """Drop the first ``count`` code points, and the spans that end within them."""
        self.text = self.text[count:]
        self.spans = [
            Span(one.kind, max(one.start - count, 0), one.end - count, one.target)
            for one in self.spans
            if one.end > count
        ]
        self.marks = [Mark(one.kind, max(one.offset - count, 0), one.name) for one in self.marks]

    @property
    def lone_image(self) -> bool:
        """Whether the content is one picture and nothing else."""
        return any(
            span.kind is SpanKind.IMAGE and (span.start, span.end) == (0, len(self.text))
            for span in self.spans
        )


def join_cells(rows: Sequence[Sequence[InlineText]]) -> InlineText:
    """Return a table as one text, with newlines between rows and tabs between cells."""
    table = InlineText()
    pieces: list[str] = []
    length = 0
    for row_number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if row_number or column:
                pieces.append("\t" if column else "\n")
                length += 1
            table.spans += [
                Span(one.kind, one.start + length, one.end + length, one.target)
                for one in cell.spans
            ]
            table.marks += [Mark(one.kind, one.offset + length, one.name) for one in cell.marks]
            pieces.append(cell.text.replace("\n", " "))
            length += len(cell.text)
    table.text = "".join(pieces)
    return table
