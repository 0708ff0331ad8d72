"""The rows of a planned import: its sources, what cannot be read, and the notes of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content

from reader.core.text_formatting import counted, one_line
from reader.session.importing import (
    ArticleFate,
    Fate,
    ImportPlan,
    PlannedFile,
    PlannedNote,
    PlannedSource,
)
from reader.ui.commands import by_id
from reader.ui.widgets.row_list import RowList, join_parts

LEAVE_OUT: Final = "importing.leave_out"
"""The command that leaves out a source, whose key the list would use itself."""

SIGNS: Final = {
    Fate.NEW: ("+", "$supported"),
    Fate.ADDED: ("+", "$supported"),
    Fate.CHANGED: ("~", "$accent"),
    Fate.CONFLICT: ("!", "$disputed"),
    Fate.SAME: ("=", "$faint"),
    Fate.EDITED_PASSAGE: ("!", "$disputed"),
    Fate.DELETED: ("–", "$faint"),
}
"""The sign of what becomes of a note, of one cell, and its colour."""

_DOUBTFUL: Final = (Fate.CONFLICT, Fate.EDITED_PASSAGE)


class SourceRow(NamedTuple):
    """A source of a file."""

    key: str
    """What no other row has."""
    source: PlannedSource
    """The source, and what becomes of its notes."""
    is_left_out: bool = False
    """Whether the reader leaves it out."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the reader should look at it."""
        source = self.source
        return source.fate is ArticleFate.AMBIGUOUS or bool(source.count(*_DOUBTFUL))

    @property
    def is_news(self) -> bool:
        """Whether it has anything that the reader would see in the library afterwards.

        An import may also write what only it needs to know, such as where a note came from.
        """
        return self.source.is_seen or self.is_doubtful

    @property
    def detail(self) -> str:
        """What stands in place of the notes where there are none to show."""
        titles = (one_line(each) for each in self.source.candidates)
        if candidates := "\n".join(titles):
            return f"It may be one of these, so nothing of it is imported:\n{candidates}"
        if removal := self.source.removal:
            return (
                "Its article was removed from the library. To bring it back:"
                f" margin trash --restore {one_line(removal)}"
            )
        return "It has no notes."

    @property
    def article_id(self) -> str:
        """The article that it is, or becomes; empty where nothing of it is imported."""
        return self.source.article.id if self.source.article is not None else ""


class NoticeRow(NamedTuple):
    """What is not imported of a file."""

    key: str
    """What no other row has."""
    sentence: str
    """What that is."""
    origin: str
    """The file, and the line where there is one."""
    is_doubtful: bool
    """Whether the reader should look at it."""

    @property
    def is_news(self) -> bool:
        """Whether it says something that the reader should look at."""
        return self.is_doubtful

    @property
    def detail(self) -> str:
        """All of it, on several lines."""
        return f"{one_line(self.sentence)}\n{one_line(self.origin)}"


class FileRow(NamedTuple):
    """One of several files, above its sources."""

    key: str
    """What no other row has."""
    file: PlannedFile
    """The file, and what is in it."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the reader should look at it; its sources say so."""
        return False

    @property
    def is_news(self) -> bool:
        """Whether any source below it has something new."""
        return any(SourceRow("", each).is_news for each in self.file.sources)

    @property
    def summary(self) -> str:
        """Its kind, and how much is in it."""
        notes = sum(len(each.notes) + each.left_out for each in self.file.sources)
        sources = counted(len(self.file.sources), "source")
        return f"{self.file.title}: {sources}, {counted(notes, 'note')}"

    @property
    def detail(self) -> str:
        """All of it, on several lines."""
        return f"{one_line(self.file.name)}\n{self.summary}"


PlanRow = SourceRow | NoticeRow | FileRow


def rows_of(plan: ImportPlan, left_out: frozenset[str]) -> Iterator[PlanRow]:
    """Yield the rows of a plan: of each file its sources, then what is not imported of it.

    Of several files, each has a row of its own above these.

    Args:
        plan: The plan.
        left_out: The ids of the articles that the reader leaves out.
    """
    for at, file in enumerate(plan.files):
        if len(plan.files) > 1:
            yield FileRow(f"{at} file", file)
        for index, source in enumerate(file.sources):
            row = SourceRow(f"{at} {index}", source)
            yield row._replace(is_left_out=row.article_id in left_out)
        for index, bad in enumerate(file.bad_rows):
            sentence = f"Not read: {bad.message}."
            origin = f"{file.name}, {bad.where}" if bad.row else file.name
            yield NoticeRow(f"{at} row {index}", sentence, origin, is_doubtful=True)
        for index, remark in enumerate(file.remarks):
            yield NoticeRow(f"{at} remark {index}", remark, file.name, is_doubtful=False)


class PlanRows(RowList[PlanRow]):
    """The sources of an import, two lines each."""

    ROW_HEIGHT: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        # In other lists the key moves by a page.
        Binding(by_id()[LEAVE_OUT].keys, f"screen.run('{LEAVE_OUT}')", "Leave out", id=LEAVE_OUT)
    ]

    def key_of(self, row: PlanRow) -> str:
        """Return the key of the row."""
        return row.key

    def render_row(self, row: PlanRow, width: int, is_highlighted: bool) -> Sequence[Content]:  # noqa: ARG002
        """Return the title of the source, and what becomes of it and of its notes."""
        if isinstance(row, NoticeRow):
            sign, colour = ("!", "$disputed") if row.is_doubtful else ("·", "$faint")
            head = Content.assemble((f"{sign} ", f"bold {colour}"), one_line(row.sentence, width))
            return head, Content.styled(f"  {one_line(row.origin, width)}", "$faint")
        if isinstance(row, FileRow):
            name = Content.styled(one_line(row.file.name, width), "$accent")
            return name, Content.styled(f"  {one_line(row.summary, width)}", "$faint")
        source = row.source
        title = one_line(source.title or source.address, width) or "Untitled"
        if row.is_left_out:
            return (
                Content.styled(f"✗ {title}", "$faint strike"),
                Content.styled("  left out", "$faint"),
            )
        sign, colour = _sign_of(row)
        head = Content.assemble((f"{sign} ", f"bold {colour}"), (title, "bold"))
        facts = [(_article_words(source), "$faint"), (source.summary, "" if colour else "$faint")]
        return head, Content("  ") + join_parts(facts)


def _sign_of(row: SourceRow) -> tuple[str, str]:
    if row.is_doubtful:
        return SIGNS[Fate.CONFLICT]
    if row.source.fate is ArticleFate.NEW:
        return SIGNS[Fate.NEW]
    return SIGNS[Fate.CHANGED if row.is_news else Fate.SAME]


def _article_words(source: PlannedSource) -> str:
    """Return what becomes of the source itself, in a few words."""
    if source.fate is ArticleFate.AMBIGUOUS:
        return f"may be {counted(len(source.candidates), 'article')}: nothing is imported"
    if source.fate is ArticleFate.EMPTY:
        return "nothing to import"
    if source.fate is ArticleFate.REMOVED:
        return "removed from the library, and stays removed"
    return "new article" if source.fate is ArticleFate.NEW else "in the library"


class NoteFateRows(RowList[PlannedNote]):
    """The notes of a source, each with what becomes of it; three lines each."""

    ROW_HEIGHT: ClassVar[int] = 3

    def key_of(self, row: PlannedNote) -> str:
        """Return what identifies the note in its file."""
        return f"{row.note.row} {row.note.key} {row.note.start} {row.note.quote}"

    def render_row(self, row: PlannedNote, width: int, is_highlighted: bool) -> Sequence[Content]:  # noqa: ARG002
        """Return the words, the note, and what becomes of it with its tags."""
        sign, colour = SIGNS[row.fate]
        note, limit = row.note, 4 * width
        words = f"“{one_line(note.quote[:limit], width)}”" if note.quote else "on the whole source"
        head = Content.assemble((f"{sign} ", f"bold {colour}"), (words, "$heading"))
        text = one_line(note.note[:limit].strip().partition("\n")[0], width)
        tags = row.after.tags if row.after is not None else note.tags
        facts = join_parts(
            [
                (one_line(row.in_words), colour),
                (" ".join(f"#{each}" for each in tags), "$faint"),
                (row.after.speaker if row.after is not None else note.speaker, "$faint"),
                (row.remark, "$warning"),
            ]
        )
        second = [Content.styled(f"  {text}", "italic")] if text else []
        return [head, *second, Content("  ") + facts]
