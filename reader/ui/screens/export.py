"""The export dialog: which annotations go to Markdown, and where."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from reader.core.text_formatting import counted
from reader.errors import ExportError, ReaderError
from reader.files import explain
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import AnnotationSummary
from reader.ui.host import Host, host_of
from reader.ui.palette import OTHER_GLYPH
from reader.ui.widgets.choices import Choice, Choices, tag_choices
from reader.ui.widgets.fields import LineField

DEFAULT_FOLDER = "~/margin-notes/"
"""Where exports go that a person has not sent elsewhere."""

HINT = "enter export · space choose · esc close"

MAX_OTHER_TAGS = 12
"""How many tags that the settings do not name are offered, the most used ones."""

FLUSH_SECONDS = 2.0
"""How long counting waits for what is still being saved, in seconds."""

SUFFIXES = (".md", ".markdown")
"""What a file of Markdown ends in."""

MAX_NAME = 255
"""The most bytes of a file's name on the file systems in use."""

THIS, ALL = "this", "all"


class ExportRequest(NamedTuple):
    """What a person wants exported."""

    article_ids: tuple[str, ...] | None
    """Which articles; None for all."""
    tags: tuple[str, ...]
    """Only annotations with one of these; empty for all."""
    target: Path
    """A file that ends in ``.md``, or a folder for a file per article."""


class Target(NamedTuple):
    """A place that an export can be written to."""

    path: Path
    """Its absolute path."""
    is_folder: bool
    """Whether it is a folder for a file per article; it need not be there yet."""


def is_file_name(typed: str) -> bool:
    """Tell whether a typed path means a file and not a folder."""
    return typed.strip().lower().endswith(SUFFIXES)


def check_target(typed: str) -> Target:
    """Return what a typed path means; asks the disk.

    Args:
        typed: A path; ``~`` is the person's home, a relative path starts from the present folder.

    Raises:
        ExportError: Nothing can be written there; the message says why.
    """
    typed = typed.strip()
    if not typed:
        raise _refusal("Name a folder, or a file that ends in .md.")
    try:
        if sanitise(typed) != typed:
            raise ValueError(typed)
        path = Path(os.path.abspath(Path(typed).expanduser()))  # noqa: PTH100 (resolves no links)
        if any(len(os.fsencode(part)) > MAX_NAME for part in path.parts):
            raise _refusal("A name in this path is too long; choose a shorter one.")
        is_folder = path.is_dir() or not is_file_name(typed)
        _check_folder(path if is_folder else path.parent)
        if is_folder and path.suffix and not path.is_dir():
            raise _refusal(
                f"{typed} is neither a folder nor a file that ends in .md; choose another name."
            )
        if not is_folder and path.exists() and not os.access(path, os.W_OK):
            raise _refusal(f"{path} may not be changed; choose another file.")
    except (RuntimeError, ValueError) as error:  # an unknown ~user, a control
        raise _refusal(f"{sanitise(typed)} is not a path that this system knows.") from error
    except OSError as error:
        reason, advice = explain(error)
        raise _refusal(f"{typed} cannot be used because {reason}; {advice}.") from error
    return Target(path, is_folder)


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written; it, and those around it, may be new."""
    present = next(each for each in (folder, *folder.parents) if each.exists())
    if not present.is_dir():
        raise _refusal(f"{present} is a file, not a folder; choose another place.")
    if not os.access(present, os.W_OK | os.X_OK):
        raise _refusal(f"Nothing may be written in {present}; choose another folder.")


def _refusal(message: str) -> ExportError:
    return ExportError("Not exported", message)


class ExportScreen(ModalScreen[ExportRequest | None]):
    """Asks what to export and where; gives the request, or None."""

    CSS_PATH = str(styles_folder() / "export.tcss")
    AUTO_FOCUS = "#where"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "Export", show=False, priority=True),
        Binding("escape", "dismiss(None)", "Close", show=False),
    ]

    what = query_one("#what", Choices)
    tags = query_one("#tags", Choices)
    where = query_one("#where", Input)

    def __init__(self, article_id: str = "", *, folder: str = DEFAULT_FOLDER) -> None:
        """Ask what to export.

        Args:
            article_id: The article on screen; empty where there is none.
            folder: Where the last export went.
        """
        super().__init__()
        self._article_id = article_id
        self._folder = sanitise(folder)
        self._annotations: Sequence[AnnotationSummary] | None = None

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        """Lay out what, which tags, where, and what will happen."""
        with Vertical(id="export-dialog") as dialog:
            dialog.border_title = "Export to Markdown"
            with Horizontal(classes="field", id="what-field"):
                yield Static("What", classes="name", markup=False)
                yield Choices(
                    [Choice(THIS, "This article"), Choice(ALL, "All articles")],
                    [THIS if self._article_id else ALL],
                    id="what",
                )
            with Horizontal(classes="field"):
                yield Static("Tags", classes="name", markup=False)
                with VerticalScroll(id="tags-scroll", can_focus=False):
                    yield Choices(tag_choices(self.host.tags), is_multiple=True, id="tags")
                    yield Static("none chosen: all of them", classes="hint", markup=False)
            with Horizontal(classes="field"):
                yield Static("Where", classes="name", markup=False)
                yield LineField(self._folder, id="where", compact=True, select_on_focus=False)
            yield Static("Counting…", id="outcome", markup=False)
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Static(HINT, classes="hint", markup=False)
                yield Button("Export", id="export", variant="primary", compact=True)
                yield Button("Close", id="close", compact=True)

    def on_mount(self) -> None:
        """Hide what there is no choice of, and count."""
        self.query_one("#what-field").display = bool(self._article_id)
        self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let enter on a button press the button."""
        return action != "export" or not isinstance(self.focused, Button)

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        """Read every annotation, those that are being saved among them."""
        try:
            self._annotations = await asyncio.to_thread(self._read_annotations)
        except ReaderError as error:
            self._say(error.message)
            return
        own = {tag.name for tag in self.host.tags}
        used = Counter(tag for each in self._annotations for tag in each.annotation.tags)
        others = [name for name, _ in used.most_common() if name not in own][:MAX_OTHER_TAGS]
        self.tags.options = (
            *tag_choices(self.host.tags),
            *(Choice(name, name, glyph=OTHER_GLYPH, colour="accent") for name in others),
        )
        self._show_outcome()

    def _read_annotations(self) -> Sequence[AnnotationSummary]:
        session = self.host.session
        session.writer.flush(FLUSH_SECONDS)
        return session.annotations()

    @on(Choices.Changed)
    @on(Input.Changed)
    def show_outcome(self) -> None:
        """Say what will happen now."""
        self._say("")
        self._show_outcome()

    @on(Button.Pressed, "#export")
    def export_by_button(self) -> None:
        """Export."""
        self.action_export()

    @on(Button.Pressed, "#close")
    def close_by_button(self) -> None:
        """Leave without an export."""
        self.dismiss(None)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Leave with the request, or say what is wrong with it."""
        if self._annotations is not None and not self._wanted():
            self._say("There is nothing to export; choose other tags or all articles.")
            return
        try:
            target = await asyncio.to_thread(check_target, self.where.value)
        except ReaderError as error:
            self._say(error.message)
            self.where.focus()
            return
        article_ids = (self._article_id,) if self._is_this_article else None
        self.dismiss(ExportRequest(article_ids, self.tags.chosen, target.path))

    @property
    def _is_this_article(self) -> bool:
        return self.what.chosen == (THIS,)

    def _wanted(self) -> list[AnnotationSummary]:
        """Return the annotations that fit."""
        tags = set(self.tags.chosen)
        return [
            each
            for each in self._annotations or ()
            if (not self._is_this_article or each.article_id == self._article_id)
            and (not tags or not tags.isdisjoint(each.annotation.tags))
        ]

    def _show_outcome(self) -> None:
        if self._annotations is None:
            return
        wanted = self._wanted()
        articles = len({each.article_id for each in wanted})
        if not wanted:
            tagged = f" tagged {' or '.join(self.tags.chosen)}" if self.tags.chosen else ""
            where = "this article" if self._is_this_article else "the library"
            sentence = f"No annotation{tagged} in {where}."
        else:
            target = self.where.value.strip() or "…"
            files = "one file" if articles == 1 or is_file_name(target) else "a file each"
            sentence = (
                f"{counted(len(wanted), 'annotation')} of {counted(articles, 'article')} "
                f"to {target}, {files}"
            )
        self.query_one("#outcome", Static).update(Content(sanitise(sentence)))

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(sanitise(problem)))
