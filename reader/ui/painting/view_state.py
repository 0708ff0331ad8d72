"""The state that the article is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.core.document import Document, TextRange
from reader.core.layout import Layout
from reader.session import ReadingState
from reader.ui.painting.columns import NotesArea

if TYPE_CHECKING:
    from reader.core.article_diff import Part


class ViewState(NamedTuple):
    """The article, its lines, the caret, the selection and the search hits at one moment."""

    state: ReadingState
    """The document and its annotations."""
    layout: Layout
    """The lines of the document."""
    width: int
    """The widget's width in cells."""
    column_left: int
    """The cell of the widget at which the column begins."""
    column_width: int
    """The column's width in cells."""
    caret: int
    """Offset of the character under the caret."""
    shows_caret: bool
    """Whether the caret is drawn."""
    selection: TextRange | None = None
    """What a tag marks: the selection or the chosen sentence; None where there is neither."""
    hits: tuple[TextRange, ...] = ()
    """What the search found, in order."""
    current_hit: TextRange | None = None
    """The hit that the search is at."""
    suggestions: tuple[TextRange, ...] = ()
    """The quotations that are suggested, in order."""
    changes: tuple[Part, ...] = ()
    """What differs from another version of the article, in order."""
    just_made: str = ""
    """The id of the annotation that was made at the caret; empty for none."""
    notes: NotesArea | None = None
    """Where the notes stand; None where none are shown."""
    first_line: int = 0
    """The line of the layout at the top of the window; negative above the article."""
    height: int = 0
    """The window's lines."""

    @property
    def document(self) -> Document:
        """The document."""
        return self.state.document
