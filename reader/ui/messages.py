"""Messages between the parts of the interface: facts in the past tense, requests as commands."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from reader.core.document import Document, TextRange
from reader.session import (
    AnchoringResult,
    ArticleRecord,
    Draft,
    LoadingArticle,
    OpenArticle,
    SaveStatus,
    Source,
)


@dataclass
class ShowArticle(Message):
    """Open an article of the library."""

    article_id: str
    """Which one."""
    annotation_id: str = ""
    """The annotation to go to; empty for the place where it was left."""


@dataclass
class ShowSource(Message):
    """Open an article from a path or a URL."""

    source: str
    """The path or the URL."""
    otherwise: str = ""
    """The URL to open where there is no file at ``source``; empty for none."""
    fragment: str = ""
    """``#`` and the label of the place to begin at; empty for where it was left."""
    is_visit: bool = False
    """Whether it is added to the library only when asked, or when something in it is marked."""


@dataclass
class ArticleOpened(Message):
    """An article was opened, and is to be shown."""

    loading_article: LoadingArticle
    """The article."""


@dataclass
class ShowText(Message):
    """Open a text that comes from no file."""

    text: str
    """What was pasted."""


@dataclass
class DocumentGrew(Message):
    """More of a large article has been read."""

    open_article: OpenArticle
    """The reading that it is of; another text may have been opened meanwhile."""
    document: Document
    """The longer prefix."""


@dataclass
class DocumentSettled(Message):
    """The whole article is there, and its annotations have their places."""

    open_article: OpenArticle
    """The reading that it is of; another text may have been opened meanwhile."""
    anchoring: AnchoringResult
    """What was found."""


@dataclass
class SaveProgressed(Message):
    """A save began, ended or failed."""

    status: SaveStatus
    """How far the changes have come."""
    article_id: str
    """The article as this window calls it; another one that added it first may have named it
    otherwise."""
    record: ArticleRecord | None
    """What is on disk now, after a save."""


@dataclass
class CaretMoved(Message):
    """The caret is elsewhere, or the article scrolled."""

    caret: int
    """Offset of the character under it."""
    top: int
    """Offset of the first character on screen."""
    bottom: int
    """Offset after the last character on screen."""


@dataclass
class SelectionChanged(Message):
    """Something else is selected, or nothing."""

    selection: TextRange | None
    """The selected range; None while nothing is being selected."""


@dataclass
class AnnotationClicked(Message):
    """An annotation's passage was clicked with nothing selected."""

    offset: int
    """Where."""


@dataclass
class LinkClicked(Message):
    """A place was clicked with ctrl: the link there is to be followed."""

    offset: int
    """Where."""


@dataclass
class TagChosen(Message):
    """A tag of the selection bar was clicked."""

    key: str
    """The tag's digit."""


@dataclass
class AnnotationHighlighted(Message):
    """The list of annotations points at another annotation."""

    annotation_id: str
    """Which one."""


@dataclass
class AnnotationCommand(Message):
    """Carry out a command on an annotation."""

    command_id: str
    """The command, such as ``annotation.delete``."""
    annotation_id: str
    """The annotation."""


@dataclass
class HeadingHighlighted(Message):
    """The contents point at another heading."""

    offset: int
    """Where the heading is."""


@dataclass
class PanelClosed(Message):
    """The list of annotations or the contents were closed."""

    is_accepted: bool
    """True to stay where the panel led, false to go back to where the article was."""


@dataclass
class HintChosen(Message):
    """A key of the bar was clicked."""

    action: str
    """The screen's action for it."""


@dataclass
class SearchChanged(Message):
    """Something else is being searched for."""

    query: str
    """What was typed."""


@dataclass
class SearchEnded(Message):
    """The search line was closed."""

    is_accepted: bool
    """True to stay at the hit, false to go back to where the search began."""


@dataclass
class NoteTyped(Message):
    """An open editor says something else than what is saved."""

    annotation_id: str
    """The annotation that is being edited."""
    draft: Draft
    """What the editor says."""


@dataclass
class VersionLookedFor(Message):
    """A server was asked for a newer version of the page on screen."""

    found: Source | None
    """The newer version; None where there is none, or none could be had."""
    fault: str
    """Why the server could not be asked, in a few words; empty where it was."""
    is_asked: bool
    """Whether the person wanted to know."""
