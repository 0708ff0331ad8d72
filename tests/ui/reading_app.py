"""Margin with an article on screen, over a library of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from rich.style import Style
from textual.pilot import Pilot

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.session import Session
from reader.ui.app import MarginApp
from reader.ui.article.view import ArticleView
from reader.ui.reading.screen import ReadingScreen
from reader.ui.strips import rich_style
from reader.ui.widgets.selection_bar import SelectionBar
from reader.ui.widgets.status_line import StatusLine
from tests.ui.waiting import wait_for


class Reader:
    """Presses keys, and looks at the screen and at what is stored."""

    def __init__(self, app: MarginApp, pilot: Pilot[None], source: Path, folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.source = source
        self.folder = folder

    @property
    def screen(self) -> ReadingScreen:
        """The reading screen, which may be below another one."""
        return next(each for each in self.app.screen_stack if isinstance(each, ReadingScreen))

    @property
    def view(self) -> ArticleView:
        return self.screen.view

    @property
    def text(self) -> str:
        """The whole text of the document."""
        return self.view.document.text

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        return self.screen.context.state.annotations

    @property
    def selected(self) -> str | None:
        """The words that are selected."""
        selection = self.view.selection
        return None if selection is None else self.view.document.quote(selection)

    @property
    def quotes(self) -> list[str]:
        """The words of every annotation, where they stand now."""
        return [self.view.document.quote(each.range) for each in self.annotations]

    @property
    def tags(self) -> list[tuple[str, ...]]:
        return [each.tags for each in self.annotations]

    @property
    def rest(self) -> str:
        """The first words from the caret on."""
        return self.text[self.view.caret : self.view.caret + 30]

    @property
    def message(self) -> str:
        """The message that the status line shows now."""
        return self.screen.query_one(StatusLine).message

    @property
    def status(self) -> str:
        """The last line of the screen."""
        return self.lines[-1]

    @property
    def bar(self) -> str:
        """The line of hints above it."""
        return self.row(self.screen.query_one(SelectionBar).region.y)

    @property
    def lines(self) -> list[str]:
        """What each line of the screen shows, without the spaces at its end."""
        return [
            "".join(segment.text for segment in strip).rstrip()
            for strip in self.app.screen._compositor.render_strips()
        ]

    def row(self, y: int) -> str:
        return self.lines[y]

    def find(self, words: str) -> tuple[int, int]:
        """Return the column and the line at which words stand on the screen."""
        for y, line in enumerate(self.lines):
            if words in line:
                return line.index(words), y
        raise AssertionError(f"{words!r} is not on this screen:\n" + "\n".join(self.lines))

    def style_at(self, x: int, y: int) -> Style:
        """Return the style of a cell of the article."""
        cells = 0
        for segment in self.view.render_line(y - self.view.region.y):
            cells += segment.cell_length
            if x < cells:
                return segment.style or Style()
        raise AssertionError(f"the line ends before cell {x}")

    def caret_cell(self) -> tuple[int, int]:
        """Return the column and the line of the screen at which the caret is drawn."""
        caret = rich_style(self.view.painter.palette.style("caret")).bgcolor
        for y in range(self.view.size.height):
            x = 0
            for segment in self.view.render_line(y):
                if segment.style is not None and segment.style.bgcolor == caret:
                    return x, y
                x += segment.cell_length
        raise AssertionError("no caret on this screen:\n" + "\n".join(self.lines))

    def go_to(self, words: str) -> None:
        """Put the caret on words of the text."""
        self.view.move_caret(self.text.index(words))

    async def press(self, *keys: str) -> None:
        """Press keys, and let the screen be painted."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*("space" if each == " " else each for each in words))

    async def until(self, condition: object, what: str = "") -> None:
        assert callable(condition)
        await wait_for(self.pilot, condition, what)

    def stored(self) -> tuple[Annotation, ...]:
        """Open the library again, as another process would, and return what it holds."""
        assert self.app.session.writer.flush(), "the last change was not saved"
        return Session(self.folder).open(str(self.source)).open_article.state.annotations


@asynccontextmanager
async def opened(
    folder: Path,
    article: str | Path,
    *,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    suffix: str = "md",
    app_type: type[MarginApp] = MarginApp,
) -> AsyncIterator[Reader]:
    """Run the app with an article.

    Args:
        folder: Where the library is, and the article where it is given as text.
        article: Its file, or its text.
        size: Columns and lines.
        settings: The person's settings.
        suffix: How the file's name ends where the article is given as text.
        app_type: The app.
    """
    if isinstance(article, Path):
        source = article
    else:
        source = folder / f"article.{suffix}"
        source.write_text(article, encoding="utf-8")
    session = Session(folder / "library")
    app = app_type(session, settings or Settings(), session.open(str(source)))
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Reader(app, pilot, source, folder / "library")
        await wait_for(pilot, lambda: reader.view.document.is_complete, "the whole article")
        await pilot.pause()
        yield reader
    session.writer.close()
    await asyncio.sleep(0)


def at(reader: Reader, words: str) -> TextRange:
    """Return where words stand in the text."""
    start = reader.text.index(words)
    return TextRange(start, start + len(words))


def texts_of(lines: Sequence[str]) -> str:
    """Return lines as one text with single spaces, so that wrapped words can be looked for."""
    return " ".join(" ".join(line.split()) for line in lines)
