"""Following links and footnotes."""

from __future__ import annotations

from reader.core.document import Document, Span, SpanKind
from reader.core.links import (
    Destination,
    ExternalLink,
    InternalLink,
    RefusedLink,
    destination,
    link_at,
    links_in,
    note_range,
    place_in,
)
from reader.core.text_formatting import one_line
from reader.ui.actions import Actions
from reader.ui.held_input import hold_until
from reader.ui.messages import ShowSource
from reader.ui.reading.context import ReadingContext

ADDRESS_LENGTH = 80
"""How many characters of an address are shown."""


class LinkCommands:
    """Lets the reader choose a link on screen, and opens what it leads to."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"link.follow": self.choose, "link.browse": self.choose_for_browser}

    async def choose(self) -> None:
        """Let the reader choose a link on screen, and follow it."""
        link = await self._choose(self._links_on_screen)
        if link is not None:
            self.follow(link)

    async def choose_for_browser(self) -> None:
        """Let the reader choose a web link on screen, and open it in the browser."""
        links = [link for link in self._links_on_screen if self._url_of(link)]
        link = await self._choose(links, " web")
        if link is not None:
            self._context.host.browse(self._url_of(link), self._context.show_status)

    @property
    def _links_on_screen(self) -> list[Span]:
        visible = self._context.view.viewport.on_screen
        return links_in(self._context.state.document, *visible)

    async def _choose(self, links: list[Span], kind: str = "") -> Span | None:
        from reader.ui.article.link_hints import hints_for  # noqa: PLC0415  (when needed)
        from reader.ui.reading.link_hint_screen import LinkHintScreen  # noqa: PLC0415  (when needed)

        context = self._context
        hints = hints_for(context.view.viewport, links)
        if not hints:
            context.show_status(f"No{kind} link on this screen")
            return None
        context.show_status(f"Type the letters over a{kind} link to open it; esc cancels")
        link = await context.ask(LinkHintScreen(context.view, hints))
        context.show_status("")
        return link

    def follow_at(self, offset: int) -> None:
        """Follow the link at an offset; where there is none, do nothing."""
        link = link_at(self._context.state.document, offset)
        if link is not None:
            self.follow(link)

    def follow(self, link: Span) -> None:
        """Open what a link leads to, here or as another article."""
        context = self._context
        match self._destination(link):
            case RefusedLink(reason):
                context.notify(reason, severity="warning")
            case InternalLink(target):
                self._follow_inside(link, target)
            case ExternalLink(address, fragment, otherwise):
                context.show_status(f"Opening {one_line(address, ADDRESS_LENGTH)}")
                request = ShowSource(address, otherwise, fragment, is_visit=True)
                context.screen.post_message(request)

    def _follow_inside(self, link: Span, target: str) -> None:
        document = self._context.state.document
        place = place_in(document, target)
        if place is None:
            self._context.show_status(describe_missing_place(document, target))
        elif link.kind is SpanKind.FOOTNOTE and note_range(document, place):
            screen = self._context.screen
            hold_until(screen, screen.run_worker(self._show_footnote(place, link)).wait())
        else:
            self.jump(place)

    async def _show_footnote(self, place: int, link: Span) -> None:
        from reader.ui.reading.footnote_screen import FootnoteScreen  # noqa: PLC0415  (when needed)

        view = self._context.view
        cell = view.viewport.cell_over(link.start)
        note = FootnoteScreen(self._context.state.document, place)
        note.set_class(cell is not None and cell[1] > view.size.height // 2, "-top")
        chosen = await self._context.ask(note)
        if isinstance(chosen, Span):
            self.follow(chosen)
        elif chosen is not None:
            self.jump(chosen)

    def jump(self, offset: int) -> None:
        """Go to an offset of this article; back leads to the present position."""
        self._context.record_jump()
        self._context.note_jump()
        self._context.view.select(None)
        self._context.view.move_caret(offset, at_third=True)

    def _destination(self, link: Span) -> Destination:
        article = self._context.state.article
        return destination(link.target, source=article.source, url=article.metadata.url)

    def _url_of(self, link: Span) -> str:
        """Return the web address of a link; empty where it has none."""
        leads = self._destination(link)
        return leads.url if isinstance(leads, ExternalLink) else ""


def describe_missing_place(document: Document, target: str) -> str:
    """Return why a link leads to no place of a document.

    Args:
        document: The document, or as much of it as has been read.
        target: ``#`` and a label.
    """
    if not document.is_complete:
        return "That place has not been read yet; try again in a moment."
    return f"The article has no place called {one_line(target, ADDRESS_LENGTH)}."
