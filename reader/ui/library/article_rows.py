"""The list of the library's articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.strip import Strip

from reader.session import ArticleSummary
from reader.ui.commands import by_id
from reader.ui.painting.library_rows import TEXT_LINES, RowLook, article_lines, has_air
from reader.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from reader.core.query.hits import Excerpt

SELECT = "article.select"
"""The command that selects a row, of whose keys the list would use one itself."""


class ArticleRows(RowList[ArticleSummary]):
    """Articles, two lines each, with an empty line between them where there is room for all."""

    ROW_HEIGHT = TEXT_LINES
    BINDINGS: ClassVar[list[BindingType]] = [
        # In other lists one of the keys moves by a page.
        Binding(by_id()[SELECT].keys, f"screen.run('{SELECT}')", "Select", id=SELECT)
    ]

    places: var[Mapping[str, Excerpt]] = var[Mapping[str, "Excerpt"]]({}, init=False)
    """Where the texts of articles have the words of the query, by their ids."""
    articles: var[int] = var(0, init=False)
    """How many articles the library has; few of them have an empty line between them."""

    def __init__(self, look: Callable[[], RowLook]) -> None:
        """Make an empty list.

        Args:
            look: Returns what the rows share, in the present theme.
        """
        super().__init__()
        self._look = look
        self._has_air = False

    def key_of(self, row: ArticleSummary) -> str:
        """Return the article's id."""
        return row.id

    def render_row(
        self,
        row: ArticleSummary,
        width: int,
        is_highlighted: bool,  # noqa: ARG002
    ) -> Sequence[Content]:
        """Return the lines of columns."""
        place = self.places.get(row.id)
        lines = article_lines(row, self._look(), width, place.parts if place else ())
        return [Content.assemble(*line) for line in lines]

    def watch_places(self) -> None:
        """Draw the rows with the places."""
        self.redraw()

    @property
    def row_height(self) -> int:
        """The lines of a row, with the empty one after it."""
        return self.ROW_HEIGHT + self._has_air

    def on_resize(self, event: events.Resize) -> None:
        """Have an empty line between the rows where there is room."""
        self._fit_rows(event.size.height)

    def _fit(self) -> None:
        self._fit_rows(self.size.height)

    def _fit_rows(self, height: int) -> None:
        self._has_air = has_air(self.articles, height)
        self._drawn.clear()
        super()._fit()

    def _draw_row(self, index: int, width: int, is_highlighted: bool) -> list[Strip]:
        """Return the strips of a row, and of the gap after it."""
        strips = super()._draw_row(index, width, is_highlighted)
        gap = Strip.blank(width, self.get_visual_style("row-list--row").rich_style)
        return [*strips, gap] if self._has_air else strips
