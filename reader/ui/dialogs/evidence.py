"""The evidence of a passage: what it rests on, and what it is evidence for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.annotation import Annotation
from reader.core.evidence import Relation, TargetKind, linked, summary_of, unlinked
from reader.core.text_formatting import counted, one_line
from reader.paths import styles_folder
from reader.session import OpenArticle
from reader.session.evidence import EvidenceLink
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import EVIDENCE, with_keys
from reader.ui.dialogs.choose_evidence import add_evidence, ask_relation
from reader.ui.key_hints import hints_of
from reader.ui.widgets.evidence_rows import EvidenceLinkRows
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import IndexLine, ListLoaded, ProblemLine, load_parts
from reader.ui.widgets.row_list import RowActivated, RowHighlighted

NONE = "No evidence yet; {evidence.add} links a passage, an article or a web address."
NONE_OF_ARTICLE = (
    "No passage is linked to this article. To see the evidence of an annotation, go to it first."
)


class EvidenceScreen(ModalScreen[EvidenceLink | None], CommandScreen):
    """Shows and changes the links of an annotation, and returns the one to follow."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "evidence.tcss"),
    ]
    AUTO_FOCUS = "EvidenceLinkRows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(EVIDENCE)]
    HELP_NAME = EVIDENCE

    link_rows = getters.query_one(EvidenceLinkRows)

    def __init__(self, open_article: OpenArticle, annotation_id: str) -> None:
        """Show nothing until the links are read.

        Args:
            open_article: The article.
            annotation_id: The annotation; empty for what the article as a whole is evidence for.
        """
        super().__init__()
        self.has_loaded = False
        """Whether all links were read."""
        self._open_article = open_article
        self._annotation_id = annotation_id
        self._changes = 0  # how many changes were made here and not undone

    @property
    def _annotation(self) -> Annotation | None:
        return self._open_article.state.by_id.get(self._annotation_id)

    def compose(self) -> ComposeResult:
        """Lay out the passage, the links, what happened, and the hints."""
        state = self._open_article.state
        annotation = self._annotation
        words = annotation.selector.exact if annotation else state.article.metadata.title
        with Vertical(id="evidence-dialog", classes="dialog") as dialog:
            dialog.border_title = "Evidence" if annotation else "Evidence from this article"
            yield Static(Content(one_line(words, 400)), id="evidence-passage")
            yield Static("", id="evidence-summary", markup=False)
            yield EvidenceLinkRows(self.host.tags, state.article.id)
            yield IndexLine()
            yield ProblemLine()
            yield Hints()

    def on_mount(self) -> None:
        """Read the links."""
        self._show_hints()
        self._load()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        evidence, state = self.host.session.evidence, self._open_article.state
        load_parts(self, evidence.links(state, self._annotation_id))

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show the links, and what could not be read."""
        message.stop()
        self.has_loaded = self.has_loaded or message.is_complete
        self.query_one(IndexLine).show(message.progress)
        self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        links: Sequence[EvidenceLink] = message.items
        if message.is_complete:
            text = NONE if self._annotation else NONE_OF_ARTICLE
            self.link_rows.placeholder = Content(with_keys(text, self.host.settings.keys))
        self.link_rows.rows = tuple(links)
        self._show_summary(sum(not link.is_basis for link in links))
        self._show_hints()

    def _show_summary(self, elsewhere: int) -> None:
        """Show how many links of each kind there are."""
        annotation = self._annotation
        facts = [
            summary_of(annotation.links) if annotation else "",
            f"evidence for {counted(elsewhere, 'other passage')}" if elsewhere else "",
        ]
        self._say(" · ".join(filter(None, facts)))

    def _say(self, words: str) -> None:
        line = self.query_one("#evidence-summary", Static)
        line.update(Content(words))
        line.display = bool(words)

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "evidence.open": self.follow,
            "evidence.browse": self.browse,
            "evidence.add": self.add,
            "evidence.relation": self.change_relation,
            "evidence.remove": self.remove_link,
            "evidence.undo": self.undo,
            "evidence.close": self.close,
        }

    def on_row_activated(self, message: RowActivated[EvidenceLink]) -> None:
        """Follow the chosen link."""
        message.stop()
        self.follow()

    def on_row_highlighted(self, message: RowHighlighted[EvidenceLink]) -> None:
        """Show what can be done with this row."""
        message.stop()
        self._show_hints()

    def follow(self) -> None:
        """Go where the highlighted link leads; say why where that is gone."""
        link = self.link_rows.highlighted_row
        if link is not None and link.problem:
            self._notify(f"There is nothing to go to: {link.problem}.")
        elif link is not None:
            self.dismiss(link)

    def browse(self) -> None:
        """Open the highlighted address in the browser."""
        link = self.link_rows.highlighted_row
        if link is None or link.is_incoming or link.evidence.kind is not TargetKind.ADDRESS:
            self._notify("This is no web address.")
        else:
            self.host.browse(link.evidence.target, self._notify)

    async def add(self) -> None:
        """Add evidence."""
        if self._annotation is None:
            self._notify("Go to an annotation first; this is the article as a whole.")
        elif not self._refuses_changes():
            history = self._open_article.state.history
            await add_evidence(self, self._open_article, self._annotation_id)
            self._note_change(is_changed=history is not self._open_article.state.history)

    async def change_relation(self) -> None:
        """Give the highlighted link another relation."""
        link, holder = self._editable()
        if link is None or holder is None:
            return
        relation = await ask_relation(self, link.evidence.relation)
        if relation is not None and relation is not link.evidence.relation:
            self._replace(holder, link, relation)

    def remove_link(self) -> None:
        """Remove the highlighted link."""
        link, holder = self._editable()
        if link is not None and holder is not None:
            self._replace(holder, link, None)

    def _editable(self) -> tuple[EvidenceLink | None, Annotation | None]:
        """Return the highlighted link and the annotation that has it, if that can be changed."""
        link = self.link_rows.highlighted_row
        if link is None or self._refuses_changes():
            return None, None
        holder = self._open_article.state.by_id.get(link.holder)
        if holder is None:
            keys = with_keys("{evidence.open} goes there.", self.host.settings.keys)
            self._notify(f"The passage at the other end has this link; {keys}")
        return link, holder

    def _replace(self, holder: Annotation, link: EvidenceLink, relation: Relation | None) -> None:
        """Give a link another relation, or remove it."""
        links = unlinked(holder.links, link.evidence)
        if relation is not None:
            links = linked(links, [link.evidence._replace(relation=relation)])
        self._open_article.link(holder.id, links)
        self._note_change(is_changed=True)

    def _note_change(self, *, is_changed: bool) -> None:
        if is_changed:
            self._changes += 1
            self._load()

    def undo(self) -> None:
        """Undo the last change that was made here."""
        if not self._changes:
            self._notify("Nothing was changed here.")
            return
        self._changes -= 1
        self._open_article.undo()
        self._load()

    def _refuses_changes(self) -> bool:
        """Return whether nothing of the article can be saved; if so, say why."""
        reason = self._open_article.read_only_reason
        if reason:
            self._notify(reason)
        return bool(reason)

    def _notify(self, message: str) -> None:
        self.notify(message, markup=False)

    def close(self) -> None:
        """Close the list."""
        self.dismiss(None)

    def _show_hints(self) -> None:
        link = self.link_rows.highlighted_row
        commands = [("evidence.open", "go")] if link is not None else []
        if self._annotation is not None:
            commands.append(("evidence.add", "add"))
        commands.append(("evidence.close", "close"))
        if self._changes:
            commands.append(("evidence.undo", "undo"))
        if link is not None:
            commands += [("evidence.remove", "remove"), ("evidence.relation", "relation")]
            if link.evidence.kind is TargetKind.ADDRESS and not link.is_incoming:
                commands.append(("evidence.browse", "browser"))
        self.query_one(Hints).hints = hints_of(commands, self.host.settings.keys)
