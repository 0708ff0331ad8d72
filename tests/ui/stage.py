"""A small app around one screen or panel, with all that screens ask of the real one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.events import Event
from textual.message import Message
from textual.pilot import Pilot
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from reader.config import Settings
from reader.core.annotation import (
    STANDARD_TAGS,
    Annotation,
    Article,
    Place,
    PlaceState,
    Selector,
    Tag,
)
from reader.core.document import Block, BlockKind, Document, Metadata
from reader.paths import styles_folder
from reader.session import ReadingState, Session
from reader.ui.messages import (
    AnnotationCommand,
    AnnotationHighlighted,
    HeadingHighlighted,
    PanelClosed,
)
from reader.ui.pasting import sanitise_paste
from reader.ui.themes import THEMES, VARIABLE_DEFAULTS
from reader.ui.window_sizes import HEIGHTS, WIDTHS
from tests.ui.waiting import wait_for

HOSTILE = "a [/] [red]b[/red] \x1b[31m日本語 שלום \u202eevil\u202c é\u0301👩‍👩‍👧 " + "long " * 60
"""Markup, an escape sequence, wide, right-to-left, turned, combining and very long text."""

OWN_TAGS = (*STANDARD_TAGS, Tag("money", "4", "€", "#b48ead"))
"""The standard tags, and a tag of the reader's own."""


def annotation(
    number: int = 1,
    *,
    exact: str = "The harbour fund paid for the bridge.",
    tags: Iterable[str] = ("claim",),
    state: PlaceState = PlaceState.EXACT,
    page: str = "",
    **fields: Any,
) -> Annotation:
    """Return an annotation whose id and place follow from ``number``."""
    moment = f"2026-11-{number % 28 + 1:02d}T10:00:00.000Z"
    start = number * 100
    return Annotation(
        id=f"01ARZ3NDEKTSV4RRFFQ69G{number:04d}",
        selector=Selector(
            exact, start=start, end=start + len(exact), section="The bridge", page=page
        ),
        place=Place(start, start + len(exact), state),
        tags=tuple(tags),
        created=moment,
        modified=moment,
        **fields,
    )


def document(*blocks: tuple[int, str], title: str = "An article") -> Document:
    """Return a document of headings and paragraphs: level (0 for a paragraph) and text."""
    made: list[Block] = []
    at = 0
    for level, text in blocks:
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        made.append(Block(kind, at, at + len(text), level))
        at += len(text) + 1
    text = "\n".join(text for _, text in blocks)
    return Document(text, tuple(made), metadata=Metadata(title=title))


def reading(*annotations: Annotation, of: Document | None = None) -> ReadingState:
    """Return the state of an open article."""
    return ReadingState(
        Article("01ARZ3NDEKTSV4RRFFQ69ARTCL", "/articles/bridge.md", Metadata(title="The bridge")),
        of or document((1, "The bridge"), (0, "word " * 400)),
        {each.id: each for each in annotations},
    )


class Stage(App[None]):
    """Shows one screen over an empty one, or one widget, and keeps every message that bubbles."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / name)
        for name in ("base.tcss", "row_list.tcss", "docked.tcss", "panels.tcss")
    ]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    state: var[ReadingState | None] = var[ReadingState | None](None)

    def __init__(self, session: Session, *, theme: str = "margin-dark") -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.session = session
        self.settings = Settings(tags=OWN_TAGS)
        self.tags: tuple[Tag, ...] = OWN_TAGS
        self.widget: Widget | None = None
        self.messages: list[Message] = []
        self.results: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        if self.widget is not None:
            yield self.widget.data_bind(state=Stage.state)

    async def on_event(self, event: Event) -> None:
        sanitise_paste(self, event)
        await super().on_event(event)

    def on_mount(self) -> None:
        if self.widget is not None:
            self.widget.focus()

    def show(self, screen: Screen[Any]) -> None:
        """Open a dialog, and keep what it returns."""
        self.push_screen(screen, self.results.append)

    @on(AnnotationHighlighted)
    @on(AnnotationCommand)
    @on(HeadingHighlighted)
    @on(PanelClosed)
    def keep(self, message: Message) -> None:
        self.messages.append(message)


class PanelStage(Stage):
    """Shows a panel, where it is on the screen of an article."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (as above)


def stage(folder: Path, widget: Widget | None = None, *, theme: str = "margin-dark") -> Stage:
    """Return a stage over a library in ``folder``."""
    app = (Stage if widget is None else PanelStage)(Session(folder), theme=theme)
    app.widget = widget
    return app


async def settled(pilot: Pilot[None], panel: Widget) -> None:
    """Wait until the panel has the place that the screen's width gives it."""
    side = "width" if pilot.app.size.width < 110 else "height"
    await wait_for(
        pilot, lambda: getattr(panel.region, side) == getattr(pilot.app.size, side), "the panel"
    )


def screen_text(app: App[Any]) -> str:
    """Return what stands on the screen, a line each."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
