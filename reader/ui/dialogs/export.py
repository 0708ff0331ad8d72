"""The export dialog: which annotations to export, where, and in which format."""

from __future__ import annotations

import asyncio
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
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import AnnotationKey
from reader.session.exporting import FORMATS, check_target, is_file_name
from reader.ui.host import Host, host_of
from reader.ui.painting.palette import OTHER_GLYPH
from reader.ui.widgets.choices import Choice, Choices, tag_choices
from reader.ui.widgets.fields import FieldRow, LineField
from reader.ui.widgets.scroll_box import FieldBox

DEFAULT_FOLDER = "~/margin-notes/"
"""The folder for exports until a person names another."""

HINT = "enter export · space choose · esc close"

MAX_OTHER_TAGS = 12
"""The most tags that are offered besides those of the settings; the most used come first."""

THIS, ALL = "this", "all"


class ExportRequest(NamedTuple):
    """An export that a person asked for."""

    article_ids: tuple[str, ...] | None
    """Which articles; None for all."""
    tags: tuple[str, ...]
    """Only annotations with one of these; empty for all."""
    target: Path
    """A file, or a folder for a file per article."""
    format_name: str
    """One of ``FORMATS``."""


class ExportScreen(ModalScreen[ExportRequest | None]):
    """Asks what to export, where and how; returns the request, or None if it was closed."""

    CSS_PATH = str(styles_folder() / "export.tcss")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "Export", priority=True),
        Binding("escape", "dismiss(None)", "Close"),
    ]

    what = query_one("#what", Choices)
    tags = query_one("#tags", Choices)
    where = query_one("#where", Input)
    format = query_one("#format", Choices)

    def __init__(
        self, article_id: str = "", *, folder: str = DEFAULT_FOLDER, format_name: str = ""
    ) -> None:
        """Ask what to export.

        Args:
            article_id: The article on screen; empty where there is none.
            folder: Where the last export went.
            format_name: The format of the last export; empty for the first of ``FORMATS``.
        """
        super().__init__()
        self._article_id = article_id
        self._folder = sanitise(folder)
        self._format = format_name or next(iter(FORMATS))
        self._annotations: Sequence[AnnotationKey] | None = None

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        """Lay out the choices, and a sentence on what will happen."""
        with Vertical(id="export-dialog", classes="dialog") as dialog:
            dialog.border_title = "Export"
            with FieldBox(id="export-fields"):
                with FieldRow(classes="field", id="what-field"):
                    yield Static("What", classes="name", markup=False)
                    yield Choices(
                        [Choice(THIS, "This article"), Choice(ALL, "All articles")],
                        [THIS if self._article_id else ALL],
                        id="what",
                    )
                with FieldRow(classes="field"):
                    yield Static("Tags", classes="name", markup=False)
                    with VerticalScroll(id="tags-scroll", can_focus=False):
                        yield Choices(tag_choices(self.host.tags), is_multiple=True, id="tags")
                        yield Static("none chosen: all of them", classes="hint", markup=False)
                with FieldRow(classes="field"):
                    yield Static("Where", classes="name", markup=False)
                    yield LineField(self._folder, id="where", compact=True, select_on_focus=False)
                with FieldRow(classes="field"):
                    yield Static("Format", classes="name", markup=False)
                    yield Choices(
                        [Choice(each.name, each.title) for each in FORMATS.values()],
                        [self._format],
                        id="format",
                    )
            with Vertical(id="export-foot"):
                yield Static("Counting…", id="outcome", markup=False)
                yield Static("", id="problem", markup=False)
                with Horizontal(id="buttons"):
                    yield Static(HINT, classes="hint", markup=False)
                    yield Button("Export", id="export", variant="primary", compact=True)
                    yield Button("Close", id="close", compact=True)

    def on_mount(self) -> None:
        """Hide the choice of articles if no article is on screen, and count the annotations."""
        self.where.focus(scroll_visible=False)  # an animation would end where the field is no more
        self.query_one("#what-field").display = bool(self._article_id)
        self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let enter on a button press the button."""
        return action != "export" or not isinstance(self.focused, Button)

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        """Read all annotations, also those that are being saved."""
        try:
            self._annotations = await asyncio.to_thread(self._read_annotations)
        except ReaderError as error:
            self._show_problem(error.message)
            return
        own = {tag.name for tag in self.host.tags}
        used = Counter(tag for each in self._annotations for tag in each.tags)
        others = [name for name, _ in used.most_common() if name not in own][:MAX_OTHER_TAGS]
        self.tags.options = (
            *tag_choices(self.host.tags),
            *(Choice(name, name, glyph=OTHER_GLYPH, colour="accent") for name in others),
        )
        self._show_outcome()

    def _read_annotations(self) -> Sequence[AnnotationKey]:
        *_, whole = self.host.session.lists.annotation_keys(has_first=False)
        return whole.items

    @on(Choices.Changed, "#format")
    def change_suffix(self) -> None:
        """Change the suffix of a file's name to that of the chosen format."""
        before, (self._format,) = self._format, self.format.chosen
        typed = self.where.value.rstrip()
        if is_file_name(typed, before) and not is_file_name(typed, self._format):
            self.where.value = str(Path(typed).with_suffix(FORMATS[self._format].suffixes[0]))

    @on(Choices.Changed)
    @on(Input.Changed)
    def show_outcome(self) -> None:
        """Show what will happen with the present choices."""
        self._show_problem("")
        self._show_outcome()

    @on(Button.Pressed, "#export")
    def export_by_button(self) -> None:
        """Export."""
        self.action_export()

    @on(Button.Pressed, "#close")
    def close_by_button(self) -> None:
        """Close without an export."""
        self.dismiss(None)

    def action_export(self) -> None:
        """Export, once the focused field has taken the keys that were pressed before.

        The binding has priority over the fields, and so runs ahead of what they have yet to take.
        """
        (self.focused or self).call_later(self.call_later, self._export)

    @work(exclusive=True, group="export")
    async def _export(self) -> None:
        """Return the request, or show what is wrong with it."""
        try:
            target = await asyncio.to_thread(check_target, self.where.value, self._format)
        except ReaderError as error:
            self._show_problem(error.message)
            self.where.focus()
            return
        is_nothing_chosen = self._annotations is not None and not self._chosen_annotations()
        # What an earlier export left there is taken out, though there is nothing to write.
        if is_nothing_chosen and not await asyncio.to_thread(target.path.exists):
            self._show_problem("There is nothing to export; choose other tags or all articles.")
            return
        article_ids = (self._article_id,) if self._is_this_article else None
        self.dismiss(ExportRequest(article_ids, self.tags.chosen, target.path, self._format))

    @property
    def _is_this_article(self) -> bool:
        return self.what.chosen == (THIS,)

    def _chosen_annotations(self) -> list[AnnotationKey]:
        """Return the annotations that the choices ask for."""
        tags = set(self.tags.chosen)
        return [
            each
            for each in self._annotations or ()
            if (not self._is_this_article or each.article_id == self._article_id)
            and (not tags or not tags.isdisjoint(each.tags))
        ]

    def _show_outcome(self) -> None:
        if self._annotations is None:
            return
        chosen = self._chosen_annotations()
        articles = len({each.article_id for each in chosen})
        if not chosen:
            tagged = f" tagged {' or '.join(self.tags.chosen)}" if self.tags.chosen else ""
            where = "this article" if self._is_this_article else "the library"
            sentence = f"No annotation{tagged} in {where}; an earlier export there is cleared."
        else:
            target = self.where.value.strip() or "…"
            is_one_file = articles == 1 or is_file_name(target, self._format)
            files = "one file" if is_one_file else "a file each"
            sentence = (
                f"{counted(len(chosen), 'annotation')} of {counted(articles, 'article')} "
                f"to {target}, {files}"
            )
        self.query_one("#outcome", Static).update(Content(sanitise(sentence)))

    def _show_problem(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(sanitise(problem)))
