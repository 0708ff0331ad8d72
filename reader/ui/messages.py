"""Messages between the parts of the interface: facts in the past tense, requests as commands.

None is compared or printed: making those methods took longer than all the rest of the classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from reader.core.annotation import Annotation
from reader.core.document import Document, TextRange
from reader.session import (
    AnchoringResult,
    ArticleRecord,
    Draft,
    IndexProgress,
    LoadingArticle,
    OpenArticle,
    SaveStatus,
    Source,
)

if TYPE_CHECKING:
    from reader.session.reviewing import ReviewRequest


@dataclass(eq=False, repr=False)
class ShowArticle(Message):
    """Open an article of the library."""

    article_id: str
    """The article."""
    annotation_id: str = ""
    """The annotation to go to; empty for where the article was left."""
    result: str = ""
    """Which of how many notes of a list it is, such as ``3 of 14``; empty for none."""


@dataclass(eq=False, repr=False)
class ShowReview(Message):
    """Review notes."""

    request: ReviewRequest | None = None
    """What to review; None for what is due."""


@dataclass(eq=False, repr=False)
class ShowPassage(Message):
    """Open an article of the library, and select a passage."""

    article_id: str
    """The article."""
    passage: TextRange
    """The passage."""
    digest: str
    """The digest of the text that has the passage, which may be an earlier one of the article."""


@dataclass(eq=False, repr=False)
class ShowSource(Message):
    """Open an article from a path or a URL."""

    source: str
    """The path or the URL."""
    otherwise: str = ""
    """The URL to open where there is no file at ``source``; empty for none."""
    fragment: str = ""
    """``#`` and the label of the place to begin at; empty for where the article was left."""
    is_visit: bool = False
    """Whether the article is added to the library only once the reader asks or marks something."""


@dataclass(eq=False, repr=False)
class ArticleOpened(Message):
    """A dialog has opened an article, which is to be shown."""

    loading_article: LoadingArticle
    """The article."""


@dataclass(eq=False, repr=False)
class ShowText(Message):
    """Open a text that comes from no file."""

    text: str
    """The text that was pasted."""


@dataclass(eq=False, repr=False)
class DocumentGrew(Message):
    """More of a large article has been read."""

    open_article: OpenArticle
    """The article; another one may have been opened on the screen meanwhile."""
    document: Document
    """The longer prefix."""


@dataclass(eq=False, repr=False)
class DocumentCompleted(Message):
    """All of an article has been read, and its annotations have been anchored."""

    open_article: OpenArticle
    """The article; another one may have been opened on the screen meanwhile."""
    anchoring: AnchoringResult
    """The document, and the annotations with their places in it."""


@dataclass(eq=False, repr=False)
class AnnotationsPlaced(Message):
    """Some of many annotations have been placed in a text that has changed."""

    open_article: OpenArticle
    """The article; another one may have been opened on the screen meanwhile."""
    annotations: Sequence[Annotation]
    """The annotations with their places."""
    percent: int
    """How many have been placed by now, 0 to 100."""


@dataclass(eq=False, repr=False)
class UpdateChecked(Message):
    """A server was asked for a newer version of the page on screen."""

    update: Source | None
    """The newer version; None where there is none, or where it could not be fetched."""
    fault: str
    """Why the server could not be asked, in a few words; empty where it was."""
    is_asked: bool
    """Whether the reader asked for the check."""


@dataclass(eq=False, repr=False)
class SaveProgressed(Message):
    """A save began, ended or failed."""

    status: SaveStatus
    """How many of the changes are saved."""
    article_id: str
    """The id that this window knows the article by; a window that added it first may have given it
    another one."""
    record: ArticleRecord | None
    """What is on disk after a save; None where nothing was saved."""


@dataclass(eq=False, repr=False)
class LibraryIndexed(Message):
    """The library is being indexed, or that is over."""

    progress: IndexProgress | None
    """How far it is; None where it is over."""


@dataclass(eq=False, repr=False)
class CaretMoved(Message):
    """The caret moved, or the article scrolled."""

    caret: int
    """Offset of the character under it."""
    top: int
    """Offset of the first character on screen."""
    bottom: int
    """Offset after the last character on screen."""


class ReaderMoved(Message):
    """The reader moved through the article with the mouse."""


@dataclass(eq=False, repr=False)
class SelectionChanged(Message):
    """Another passage is selected, or none."""

    selection: TextRange | None
    """The selected range; None while nothing is being selected."""


@dataclass(eq=False, repr=False)
class AnnotationClicked(Message):
    """A sign beside the article was clicked."""

    annotations: tuple[Annotation, ...]
    """The annotations whose sign it is; at least one."""
    line_start: int
    """Offset of the first character of the line beside it."""


@dataclass(eq=False, repr=False)
class LinkClicked(Message):
    """A character was clicked with ctrl: the link there is to be followed."""

    offset: int
    """Offset of the character."""


@dataclass(eq=False, repr=False)
class TagChosen(Message):
    """A tag of the selection bar was clicked."""

    key: str
    """The tag's digit."""


@dataclass(eq=False, repr=False)
class AnnotationHighlighted(Message):
    """The list of annotations highlights another annotation."""

    annotation_id: str
    """The annotation."""


@dataclass(eq=False, repr=False)
class AnnotationCommand(Message):
    """Carry out a command on an annotation of the list."""

    command_id: str
    """The command, such as ``annotation.delete``."""
    annotation_id: str
    """The annotation."""


@dataclass(eq=False, repr=False)
class HeadingHighlighted(Message):
    """The contents highlight another heading."""

    offset: int
    """Offset of the heading."""


@dataclass(eq=False, repr=False)
class PanelClosed(Message):
    """The reader goes from the list of annotations or the contents back to the article."""

    is_accepted: bool
    """True to stay where the panel led, false to go back to where the article was."""
    may_stay: bool = False
    """Whether the panel stays open where there is room, because only the focus leaves it."""


@dataclass(eq=False, repr=False)
class HintChosen(Message):
    """A key of a line of hints was clicked."""

    action: str
    """The action that the key runs."""


@dataclass(eq=False, repr=False)
class SearchChanged(Message):
    """The search line has another text."""

    query: str
    """The text."""


@dataclass(eq=False, repr=False)
class SearchEnded(Message):
    """The search line was closed."""

    is_accepted: bool
    """True to stay at the hit, false to go back to where the search began."""


@dataclass(eq=False, repr=False)
class NoteTyped(Message):
    """The text of an open editor differs from what is saved."""

    annotation_id: str
    """The annotation that is being edited."""
    draft: Draft
    """What the editor contains."""
