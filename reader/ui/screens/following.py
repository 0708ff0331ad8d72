"""Following links and footnotes, and the way back."""

from __future__ import annotations

from textual import work

from reader.core.document import Span, SpanKind
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
from reader.ui.article.position import ViewPosition
from reader.ui.messages import DocumentGrew, DocumentSettled, LinkClicked, ShowSource
from reader.ui.screens.article_screen import ArticleScreen

ADDRESS_LENGTH = 80
"""How much of an address is repeated, in characters."""


class Following(ArticleScreen):
    """The part of the reading screen that follows links."""

    arrival: str | ViewPosition = ""
    """Where to begin: ``#`` and a label, or a place of the view; empty for where it was left."""

    def go_where_led(self) -> None:
        """Go to where a link led, and say where an article is not in the library."""
        self.call_after_refresh(self._arrive)
        if self.host.session.unsaved_articles.holds(self.now.article.id):
            sentence = self.with_keys("Not in the library yet; {article.keep} adds it")
            self.call_after_refresh(self.say, sentence)

    def on_document_grew(self, message: DocumentGrew) -> None:  # noqa: ARG002
        """Go on to where a link led, when so much of a large article is there."""
        self.call_after_refresh(self._arrive)

    def on_document_settled(self, message: DocumentSettled) -> None:  # noqa: ARG002
        """Go on to where a link led, now that all of the article is there."""
        self.call_after_refresh(self._arrive)

    # Choosing a link

    @work
    async def action_follow(self) -> None:
        """Let a link on screen be chosen, and open it."""
        link = await self._chosen(links_in(self.now.document, *self.view.viewport.on_screen))
        if link is not None:
            self.follow(link)

    @work
    async def action_browse(self) -> None:
        """Let a link on screen to a web address be chosen, and open it in the browser."""
        links = links_in(self.now.document, *self.view.viewport.on_screen)
        link = await self._chosen([each for each in links if self._url_of(each)], " web")
        if link is not None:
            self._browse(link)

    async def _chosen(self, links: list[Span], kind: str = "") -> Span | None:
        from reader.ui.article.link_hints import hints_for  # noqa: PLC0415  (when needed)
        from reader.ui.screens.link_letters import LinkLettersScreen  # noqa: PLC0415  (when needed)

        hints = hints_for(self.view.viewport, links)
        if not hints:
            self.say(f"No{kind} link on this screen")
            return None
        self.say(f"Type the letters over a{kind} link to open it; esc lets go")
        link = await self.app.push_screen_wait(LinkLettersScreen(self.view, hints))
        self.say("")
        return link

    def on_link_clicked(self, message: LinkClicked) -> None:
        """Follow the link that was clicked with ctrl."""
        message.stop()
        link = link_at(self.now.document, message.offset)
        if link is not None:
            self.follow(link)

    # Following it

    def follow(self, link: Span) -> None:
        """Open what a link leads to, here or as another article."""
        match self._destination(link):
            case RefusedLink(reason):
                self.notify(reason, severity="warning", markup=False)
            case InternalLink(target):
                self._go_inside(link, target)
            case ExternalLink(address, fragment, otherwise):
                self.say(f"LoadingArticle {one_line(address, ADDRESS_LENGTH)}")
                self.post_message(ShowSource(address, otherwise, fragment, is_visit=True))

    def _go_inside(self, link: Span, target: str) -> None:
        place = place_in(self.now.document, target)
        if place is None:
            self.say(self._missing(target))
        elif link.kind is SpanKind.FOOTNOTE and note_range(self.now.document, place):
            self._show_note(place, link)
        else:
            self.jump(place)

    @work
    async def _show_note(self, place: int, link: Span) -> None:
        from reader.ui.screens.footnote import FootnoteScreen  # noqa: PLC0415  (when needed)

        cell = self.view.viewport.cell_over(link.start)
        note = FootnoteScreen(self.now.document, place)
        note.set_class(cell is not None and cell[1] > self.view.size.height // 2, "-top")
        wanted = await self.app.push_screen_wait(note)
        if isinstance(wanted, Span):
            self.follow(wanted)
        elif wanted is not None:
            self.jump(wanted)

    def jump(self, place: int) -> None:
        """Go to a place of this article; back leads to where one is now."""
        self.host.way.leave(self)
        self.view.select(None)
        self.view.move_caret(place, at_third=True)

    def _browse(self, link: Span) -> None:
        self.host.browse(self._url_of(link), self.say)

    def _destination(self, link: Span) -> Destination:
        article = self.now.article
        return destination(link.target, source=article.source, url=article.metadata.url)

    def _url_of(self, link: Span) -> str:
        """Return the web address of a link; empty where it has none."""
        leads = self._destination(link)
        return leads.url if isinstance(leads, ExternalLink) else ""

    # Arriving, and the way back

    def arrive(self, at: str | ViewPosition) -> None:
        """Go to ``#`` and a label, or to a place of the view, as soon as that is there."""
        self.arrival = at
        self._arrive()

    def _arrive(self) -> None:
        document, at = self.now.document, self.arrival
        if isinstance(at, tuple):
            if document.is_complete or max(at) < len(document.text):
                self.arrival = ""
                self.view.select(None)
                self.view.return_to(at)
        elif at:
            place = place_in(document, at)
            if place is not None:
                self.view.move_caret(place, at_third=True)
            elif document.is_complete:
                self.say(self._missing(at))
            if place is not None or document.is_complete:
                self.arrival = ""

    def _missing(self, target: str) -> str:
        if not self.now.document.is_complete:
            return "That place has not been read yet; try again in a moment."
        return f"The article has no place called {one_line(target, ADDRESS_LENGTH)}."

    def action_trail_back(self) -> None:
        """Go back to where one was before the last jump, or to the article before."""
        self.host.way.go_back(self)

    def action_trail_forward(self) -> None:
        """Go forward again."""
        self.host.way.go_forward(self)

    def action_keep_article(self) -> None:
        """Add an article that a link led to, to the library."""
        unsaved_articles = self.host.session.unsaved_articles
        if unsaved_articles.holds(self.now.article.id):
            unsaved_articles.keep(self.now.article.id)
            self.say("Added to the library")
        else:
            self.say("It is in the library already.")
