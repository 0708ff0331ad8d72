"""The article as it was when annotations were made on it; nothing can be changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from reader.core.text_formatting import one_line
from reader.safe_text import sanitise_line
from reader.ui.actions import Actions, merged
from reader.ui.bindings import bindings_of
from reader.ui.commands import OLD_VERSION
from reader.ui.messages import SearchChanged, SearchEnded
from reader.ui.reading.quotations import QuotationCommands
from reader.ui.reading.read_only_screen import ReadOnlyScreen
from reader.ui.reading.search import ArticleSearch
from reader.ui.reading.sentence_choice import SentenceChoice
from reader.ui.reading.speech_finder import SpeechFinder
from reader.ui.widgets.row_list import sanitise_content

if TYPE_CHECKING:
    from reader.core.document import TextRange
    from reader.session import LoadingArticle
    from reader.session.versions import Version


class OldVersionScreen(ReadOnlyScreen):
    """Shows an earlier text of an article, with the annotations that were made on it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(OLD_VERSION)]
    HELP_NAME = OLD_VERSION
    HINTS = "nothing can be changed here · {back} back"
    REFUSAL = "This is an old version; nothing can be changed here. {back} goes back."

    def __init__(
        self,
        loading_article: LoadingArticle,
        version: Version,
        *,
        seen: str = "",
        annotation_id: str = "",
        passage: TextRange | None = None,
    ) -> None:
        """Show a version.

        Args:
            loading_article: Its text and the annotations that were made on it.
            version: What is known about that text.
            seen: When the article was so; by default the day.
            annotation_id: The annotation to begin at; empty for the first.
            passage: The passage to select in place of that; None for none.
        """
        super().__init__(loading_article)
        self._version = version
        self._seen = seen or version.day
        self._annotation_id = annotation_id
        self._passage = passage
        self._search = ArticleSearch(self.context)
        parts = merged(
            self.caret,
            SentenceChoice(self.context),
            QuotationCommands(self.context, SpeechFinder(self.context)),
            self._search,
            self.panel,
        )
        self._actions = {**parts, **self.own_actions}

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return self._actions

    def on_mount(self) -> None:
        """Say which version this is, and show it at an annotation."""
        context, version = self.context, self._version
        article, annotations = context.state.article, context.state.annotations
        title = one_line(article.metadata.title or article.source, 80)
        facts = sanitise_content(Content(f" · {version.described} · {title}"), 400).plain
        self.show_title(
            Content.assemble(
                ("Old version ", "bold $warning"),
                (sanitise_line(f"as it was on {self._seen}"), "bold $heading"),
                (facts, "$faint"),
            )
        )
        context.status_line.save = context.host.session.writer.status
        context.show_state()
        if self._passage is not None:
            self.call_after_refresh(self._select, self._passage)
            return
        annotation = context.state.by_id.get(self._annotation_id) or next(iter(annotations), None)
        if annotation is not None:
            self.call_after_refresh(self.view.move_caret, annotation.place.start, at_third=True)

    def _select(self, passage: TextRange) -> None:
        self.view.move_caret(passage.start, at_third=True)
        self.view.select(passage)

    def on_search_changed(self, message: SearchChanged) -> None:
        """Search for what has been typed so far."""
        message.stop()
        self._search.find(message.query)

    def on_search_ended(self, message: SearchEnded) -> None:
        """Close the search line."""
        message.stop()
        self._search.close(is_accepted=message.is_accepted)
