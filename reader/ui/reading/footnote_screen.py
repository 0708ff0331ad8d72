"""A footnote over the article, in the half of the screen that does not show its reference."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen

from reader.core.annotation import Article
from reader.core.document import Document, Span, SpanKind
from reader.core.links import links_in, note_blocks, note_document, note_range, place_in
from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.article.note_view import NoteView
from reader.ui.messages import CaretMoved, LinkClicked, SelectionChanged


class FootnoteScreen(ModalScreen[Span | int | None]):
    """Shows a footnote; returns a link to follow, an offset to go to, or None."""

    CSS_PATH = str(styles_folder() / "links.tcss")
    AUTO_FOCUS = "NoteView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "Close"),
        Binding("g", "go_there", "Go there"),
        Binding("f", "follow", "Follow a link"),
        Binding("j,down", "scroll(1)", "Down"),
        Binding("k,up", "scroll(-1)", "Up"),
        Binding("space,pagedown", "page(1)", "A page down"),
        Binding("b,pageup", "page(-1)", "A page up"),
    ]

    view = query_one(NoteView)

    def __init__(self, document: Document, place: int) -> None:
        """Show a footnote.

        Args:
            document: The article.
            place: Offset at which the footnote begins.
        """
        super().__init__()
        self._document = document
        self._place = place
        self._note = note_document(document, place)

    def compose(self) -> ComposeResult:
        """Lay out the note, with the keys in its border."""
        marker = note_blocks(self._document, self._place)[0].marker
        view = NoteView()
        view.state = ReadingState(Article("", "", self._note.metadata), self._note)
        with Vertical(id="footnote") as box:
            box.border_title = Content(f"Footnote {marker.strip('[]')}".strip())
            box.border_subtitle = Content(self._hint)
            yield view

    @property
    def _hint(self) -> str:
        links = links_in(self._note, 0, len(self._note.text))
        return " · ".join((*(["f follow a link"] if links else []), "g go there", "enter close"))

    def action_go_there(self) -> None:
        """Go to the footnote in the article."""
        self.dismiss(self._place)

    def action_scroll(self, lines: int) -> None:
        """Scroll a long note by lines."""
        self.view.scroll_relative(y=lines, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Scroll a long note by pages."""
        self.action_scroll(pages * max(self.view.size.height - 1, 1))

    @work
    async def action_follow(self) -> None:
        """Let the reader choose a link of the note; close where there is none."""
        from reader.ui.article.link_hints import hints_for  # noqa: PLC0415  (when needed)
        from reader.ui.reading.link_hint_screen import LinkHintScreen  # noqa: PLC0415  (when needed)

        hints = hints_for(self.view.viewport)
        if not hints:
            self.dismiss(None)
            return
        letters = LinkHintScreen(self.view, hints)
        if link := await self.app.push_screen_wait(letters):
            self._follow(link)

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked; a click beside the note closes it."""
        if not self.query_one("#footnote").region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)
            return
        region = self.view.region
        link = self.view.link_under(event.screen_x - region.x, event.screen_y - region.y)
        if link is not None and self.view.selection is None:
            self._follow(link)

    def _follow(self, link: Span) -> None:
        """Show another footnote over this one; return any other link to the article."""
        link = replace(link, start=link.start + self._place, end=link.end + self._place)
        place = place_in(self._document, link.target) if link.target.startswith("#") else None
        if link.kind is SpanKind.FOOTNOTE and place and note_range(self._document, place):
            inner = FootnoteScreen(self._document, place)
            inner.set_class(self.has_class("-top"), "-top")
            self.app.push_screen(inner, self._on_inner_closed)
        else:
            self.dismiss(link)

    def _on_inner_closed(self, result: Span | int | None) -> None:
        """Close as well where the footnote over this one leads elsewhere."""
        if result is not None:
            self.dismiss(result)

    # The messages of the view are about the note; the screen of the article must not get them.

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Stop the message."""
        message.stop()

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Stop the message."""
        message.stop()

    def on_link_clicked(self, message: LinkClicked) -> None:
        """Stop the message: ``on_click`` follows the link."""
        message.stop()
