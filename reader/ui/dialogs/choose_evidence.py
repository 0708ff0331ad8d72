"""Choosing evidence: a passage or an article of the library, or web addresses; and its relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reader.core.annotation import Tag
from reader.core.evidence import Evidence, Relation, basis, linked, phrase
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.session import ListPart, OpenArticle, Session
from reader.session.evidence import EvidenceChoice
from reader.ui.compat import quick_switching
from reader.ui.dialogs.pick import PickRow, PickScreen
from reader.ui.dialogs.typed_choice import TypedChoiceScreen
from reader.ui.host import host_of
from reader.ui.widgets.evidence_rows import EvidenceChoiceRows
from reader.ui.widgets.fields import LineField
from reader.ui.widgets.row_list import RowActivated

HINT = "enter takes it · ↑↓ others · esc close"
NOTHING = "Nothing has these words. A web address that you type or paste here is added, too."
NOTHING_YET = "No other passage and no article: type or paste a web address."

QUOTE_LENGTH = 24
"""How much of a passage is shown in a message, in characters; the keys after it fit 80 cells."""

RELATION_ROWS: Final = (
    (Relation.SUPPORTS, "s", "it says the same, or gives reason to believe it"),
    (Relation.DISPUTES, "d", "it says otherwise, or doubts it"),
    (Relation.REFUTES, "r", "it shows that it is wrong"),
    (Relation.QUALIFIES, "q", "it is true only in part, or under a condition"),
    (Relation.CORRECTS, "c", "it puts something right"),
)
"""The relations, each with its key and what it says of the passage."""


@dataclass
class ChoicesFound(Message):
    """What fits what was typed was found, or a part of it."""

    typed: str
    """What was typed."""
    choices: Sequence[EvidenceChoice]
    """The choices, the nearest first."""


class ChooseEvidenceScreen(TypedChoiceScreen[EvidenceChoice | None]):
    """Lets the reader choose evidence for an annotation; returns None where nothing is chosen."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "choose_evidence.tcss"),
    ]
    AUTO_FOCUS = "#evidence-words"

    rows = query_one(EvidenceChoiceRows)

    def __init__(self, open_article: OpenArticle, annotation_id: str, tags: Sequence[Tag]) -> None:
        """Prepare the dialog.

        Args:
            open_article: The article.
            annotation_id: The annotation that gets the evidence.
            tags: The tags that have a glyph and a colour.
        """
        super().__init__()
        self._open_article = open_article
        self._annotation_id = annotation_id
        self._tags = tags
        self._shown: str | None = None  # what was typed for the rows on screen
        self._is_submitted = False

    def compose(self) -> ComposeResult:
        """Lay out the passage, the field, what can be chosen, and the keys."""
        annotation = self._open_article.state.by_id[self._annotation_id]
        with Vertical(id="choose-evidence", classes="dialog") as dialog:
            dialog.border_title = "What is there for or against it?"
            words = one_line(annotation.selector.exact, 400)
            yield Static(Content(words), id="evidence-passage")
            yield LineField(
                id="evidence-words",
                compact=True,
                placeholder="words, a title, or web addresses",
            )
            yield EvidenceChoiceRows(self._tags, self._open_article.state.article.id)
            yield Static(HINT, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the nearest passages."""
        annotation = self._open_article.state.by_id[self._annotation_id]
        self.rows.linked = {each.target: each.relation for each in basis(annotation.links)}
        self._find("", is_first=True)

    @on(Input.Changed)
    def _follow_typing(self) -> None:
        self._is_submitted = False
        self._find(self.entry.value)

    @work(thread=True, exclusive=True, group="choices")
    def _find(self, typed: str, *, is_first: bool = False) -> None:
        session: Session = host_of(self).session
        parts = session.evidence.choices(
            self._open_article.state, self._annotation_id, typed, is_first=is_first
        )
        self._post(typed, parts)

    def _post(self, typed: str, parts: Iterator[ListPart]) -> None:
        """Post what is found, on the thread that looks for it."""
        worker = get_current_worker()
        try:
            with quick_switching():
                for part in parts:
                    if worker.is_cancelled:
                        return
                    self.post_message(ChoicesFound(typed, part.items))
        except ReaderError as error:
            self.app.call_later(host_of(self).notify_error, error)

    def on_choices_found(self, message: ChoicesFound) -> None:
        """Show what was found for what is typed now."""
        message.stop()
        if message.typed != self.entry.value:
            return
        is_other_list = self._shown != message.typed
        self._shown = message.typed
        self.rows.placeholder = Content(NOTHING if message.typed.strip() else NOTHING_YET)
        self.rows.rows = tuple(message.choices)
        if is_other_list:
            self.rows.highlighted = 0
        if self._is_submitted:
            self._take()

    @on(Input.Submitted)
    def _take(self) -> None:
        """Take the highlighted row, once what was typed is found."""
        if self._shown != self.entry.value:
            self._is_submitted = True
        elif (row := self.rows.highlighted_row) is not None:
            self.dismiss(row)

    def on_row_activated(self, event: RowActivated[EvidenceChoice]) -> None:
        """Take the row that was clicked."""
        event.stop()
        self.dismiss(event.row)


async def ask_relation(screen: Screen[Any], present: Relation | None = None) -> Relation | None:
    """Let the reader say what evidence does to a passage; call it from a worker.

    Args:
        screen: The screen that asks.
        present: The relation that is changed; None for a new link.

    Returns:
        The relation; None where the reader gave none.
    """
    rows = [
        PickRow(f"{relation} it{' (now)' if relation is present else ''}", detail, key)
        for relation, key, detail in RELATION_ROWS
    ]
    picked = await screen.app.push_screen_wait(PickScreen(rows, title="The evidence …"))
    return None if picked is None else RELATION_ROWS[picked][0]


async def add_evidence(screen: Screen[Any], open_article: OpenArticle, annotation_id: str) -> str:
    """Let the reader choose evidence and its relation, and link it; call it from a worker.

    Args:
        screen: The screen that asks.
        open_article: The article.
        annotation_id: The annotation that gets the evidence.

    Returns:
        A few words on what was linked; empty where nothing was.
    """
    tags = host_of(screen).tags
    choice = await screen.app.push_screen_wait(
        ChooseEvidenceScreen(open_article, annotation_id, tags)
    )
    relation = await ask_relation(screen) if choice is not None else None
    annotation = open_article.state.by_id.get(annotation_id)
    if choice is None or relation is None or annotation is None:
        return ""
    added = choice.related(relation)
    open_article.link(annotation_id, linked(annotation.links, added))
    return f"{phrase(relation, is_basis=True).capitalize()} {_named(added)}"


def _named(evidence: Sequence[Evidence]) -> str:
    """Return a few words for evidence."""
    first, *others = evidence
    if others:
        return f"{len(evidence)} addresses"
    words = one_line(first.words or first.title or first.target, QUOTE_LENGTH)
    return f"“{words}”" if first.words or first.title else words
