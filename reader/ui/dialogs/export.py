"""The export dialog: which annotations to export, where, and in which format."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from reader.core.projects import distinct_projects
from reader.core.text_formatting import counted, one_line
from reader.errors import ExportError, ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import AnnotationKey, ExportRequest, ExportScope
from reader.session.export_formats import OfferedFormat, offered_formats, own_formats
from reader.session.exporting import check_folder_name, check_target, is_file_name
from reader.ui.host import Host, host_of
from reader.ui.painting.palette import OTHER_GLYPH
from reader.ui.widgets.choices import Choice, Choices, tag_choices
from reader.ui.widgets.fields import FieldRow, LineField
from reader.ui.widgets.format_field import FormatField
from reader.ui.widgets.scroll_box import FieldBox

DEFAULT_FOLDER = "~/margin-notes/"
"""The folder for exports until a person names another."""

HINT = "enter export · space choose · esc close"

FORMAT_HINT = "enter export · ↑↓ or type to choose · esc close"

FOLDER, VAULT, FILE, CLIPBOARD = "folder", "vault", "file", "clipboard"
"""The ids of where an export can go."""

FILE_NAME = "notes"
"""The name of a file until a person names another one, without its ending."""

MAX_OTHER_TAGS = 12
"""The most tags that are offered besides those of the settings; the most used come first."""

SEEN, THIS, ALL = "seen", "this", "all"
"""The ids of what can be exported; those of projects have a prefix before the name."""

PROJECT = "project "
"""What stands before the name of a project in the id of its choice."""

LONGEST_PROJECT = 24
"""The most characters of the name of a project."""

MAX_PROJECTS = 3
"""The most projects of the article that are offered."""


class ExportScreen(ModalScreen[ExportRequest | None]):
    """Asks what to export, where and how; returns the request, or None if it was closed."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "export.tcss"),
    ]
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "Export", priority=True),
        Binding("escape", "dismiss(None)", "Close"),
    ]

    what = query_one("#what", Choices)
    tags = query_one("#tags", Choices)
    where = query_one("#where", Input)
    kind = query_one("#kind", Choices)
    format = query_one("#format", FormatField)

    def __init__(
        self,
        article_id: str = "",
        *,
        seen: ExportScope | None = None,
        folder: str = DEFAULT_FOLDER,
        format_name: str = "",
        is_vault: bool = False,
    ) -> None:
        """Ask what to export.

        Args:
            article_id: The article on screen; empty where there is none.
            seen: What a list shows or has selected, which is chosen at first; None where there is
                no list.
            folder: Where the last export went.
            format_name: The format of the last export; empty for the first.
            is_vault: Whether the folder was kept up to date.
        """
        super().__init__()
        self._article_id = article_id
        self._scopes = {ALL: ExportScope("All articles", None)}
        if article_id:
            self._scopes = {THIS: ExportScope("This article", (article_id,)), **self._scopes}
        self._first = next(iter(self._scopes)) if seen is None else ALL
        if seen is not None and not seen.is_everything:
            self._first, self._scopes = SEEN, {SEEN: seen, **self._scopes}
        self._folder = sanitise(folder)
        self._first_kind = VAULT if is_vault else FOLDER
        self._first_format = format_name
        self._suffixes: tuple[str, ...] = own_formats()[0].suffixes
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
                        self._scope_choices(),
                        [self._first],
                        id="what",
                    )
                with FieldRow(classes="field"):
                    yield Static("Tags", classes="name", markup=False)
                    with VerticalScroll(id="tags-scroll", can_focus=False):
                        yield Choices(tag_choices(self.host.tags), is_multiple=True, id="tags")
                        yield Static("none chosen: all of them", classes="hint", markup=False)
                with FieldRow(classes="field"):
                    yield Static("Where", classes="name", markup=False)
                    with Vertical(id="place"):
                        yield LineField(
                            self._folder, id="where", compact=True, select_on_focus=False
                        )
                        yield Choices(
                            [
                                Choice(FOLDER, "Folder"),
                                Choice(VAULT, "Vault"),
                                Choice(FILE, "One file"),
                                Choice(CLIPBOARD, "Clipboard"),
                            ],
                            [self._first_kind],
                            id="kind",
                        )
                with FieldRow(classes="field"):
                    yield Static("Format", classes="name", markup=False)
                    yield FormatField(own_formats(), self._first_format, id="format")
            with Vertical(id="export-foot"):
                yield Static("Counting…", id="outcome", markup=False)
                yield Static("", id="problem", markup=False)
                with Horizontal(id="buttons"):
                    yield Static(HINT, classes="hint", markup=False)
                    yield Button("Export", id="export", variant="primary", compact=True)
                    yield Button("Close", id="close", compact=True)

    def on_mount(self) -> None:
        """Hide the choice of articles where there is but one, and count the annotations."""
        self.where.focus(scroll_visible=False)  # an animation would end where the field is no more
        self.query_one("#what-field").display = len(self._scopes) > 1
        self._suffixes = self.format.format.suffixes
        self._show_kind()
        self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let enter on a button press the button."""
        return action != "export" or not isinstance(self.focused, Button)

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        """Read all annotations, also those that are being saved."""
        try:
            self._annotations = await asyncio.to_thread(self._read_annotations)
            projects = await asyncio.to_thread(self._read_projects)
            formats = await asyncio.to_thread(offered_formats)
        except ReaderError as error:
            self._show_problem(error.message)
            return
        self._offer(projects)
        self._offer_formats(formats)
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

    def _read_projects(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of the articles of each project of the article on screen."""
        session = self.host.session
        record = session.record(self._article_id) if self._article_id else None
        names = distinct_projects(record.article.tags)[:MAX_PROJECTS] if record else ()
        return {name: [each.id for each in session.projects.articles([name])] for name in names}

    def _offer(self, projects: Mapping[str, Sequence[str]]) -> None:
        """Offer to export projects."""
        if projects:
            everything = self._scopes.pop(ALL)
            for name, ids in projects.items():
                label = f"Project {one_line(name, LONGEST_PROJECT)}"
                self._scopes[f"{PROJECT}{name}"] = ExportScope(label, tuple(ids))
            self._scopes[ALL] = everything
            self.what.options = self._scope_choices()

    def _offer_formats(self, formats: Sequence[OfferedFormat]) -> None:
        """Offer the templates, too; the last export may have been by one."""
        self.format.formats = tuple(formats)
        if self._first_format in {each.name for each in formats}:
            self.format.choose(self._first_format)

    def _scope_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(key, scope.label) for key, scope in self._scopes.items())

    @on(FormatField.Changed)
    def change_suffix(self, event: FormatField.Changed) -> None:
        """Change the suffix of a file's name to that of the chosen format."""
        before, self._suffixes = self._suffixes, event.format.suffixes
        typed = self.where.value.rstrip()
        if is_file_name(typed, before) and not is_file_name(typed, self._suffixes):
            self.where.value = str(Path(typed).with_suffix(self._suffixes[0]))

    @on(Choices.Changed, "#kind")
    def change_kind(self) -> None:
        """Change the path to that of a folder or of a file; hide it for the clipboard."""
        (kind,) = self.kind.chosen
        if kind == VAULT and self.host.settings.vault and self.where.value == self._folder:
            self.where.value = self.host.settings.vault  # a path that was typed stays
        self.where.display = kind != CLIPBOARD
        typed = self.where.value.strip()
        is_file = is_file_name(typed, self._suffixes)
        if kind == FILE and not is_file:
            self.where.value = f"{typed.rstrip('/')}/{FILE_NAME}{self._suffixes[0]}"
        elif kind in {FOLDER, VAULT} and is_file:
            self.where.value = f"{Path(typed).parent}/"

    @on(Input.Changed, "#where")
    def _show_kind(self) -> None:
        """Show whether the path that was typed is that of a folder or of a file."""
        if self.kind.chosen not in {(CLIPBOARD,), (VAULT,)}:
            is_file = is_file_name(self.where.value, self._suffixes)
            self.kind.chosen = (FILE if is_file else FOLDER,)

    def on_descendant_focus(self) -> None:
        """Show the keys of the field that has the focus."""
        is_format = self.format.has_focus_within
        self.query_one("#buttons .hint", Static).update(FORMAT_HINT if is_format else HINT)

    @on(Choices.Changed)
    @on(FormatField.Changed)
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
            path = await self._target()
        except ReaderError as error:
            self._show_problem(error.message)
            if not self._is_to_clipboard:
                self.where.focus()
            return
        is_nothing_chosen = self._annotations is not None and not self._chosen_annotations()
        # What an earlier export left there is taken out, though there is nothing to write.
        if is_nothing_chosen and (path is None or not await asyncio.to_thread(path.exists)):
            self._show_problem("There is nothing to export; choose other tags or all articles.")
            return
        scope, name, is_vault = self._scope, self.format.format.name, self._is_vault
        if is_vault and name == own_formats()[0].name:
            name = ""  # that of the vault
        self.dismiss(
            ExportRequest(
                scope.article_ids, self.tags.chosen, path, name, scope.chosen, is_vault=is_vault
            )
        )

    async def _target(self) -> Path | None:
        """Return the file or the folder that was named; None for the clipboard.

        Raises:
            ExportError: It cannot be used, or not with the format.
        """
        offered, typed = self.format.format, self.where.value
        if self._is_vault:
            if not offered.can_be_kept:
                kept = ", ".join(each.title for each in own_formats() if each.can_be_kept)
                reason = f"{offered.title} cannot be kept up to date; choose one of {kept}."
                raise ExportError("Not exported", reason)
            return await asyncio.to_thread(check_folder_name, typed)
        if not self._is_to_clipboard:
            return (await asyncio.to_thread(check_target, typed, offered.suffixes)).path
        if offered.is_binary:
            reason = f"{offered.title} is no text to copy; choose a file or a folder."
            raise ExportError("Not exported", reason)
        return None

    @property
    def _is_vault(self) -> bool:
        return self.kind.chosen == (VAULT,)

    @property
    def _is_to_clipboard(self) -> bool:
        return self.kind.chosen == (CLIPBOARD,)

    @property
    def _scope(self) -> ExportScope:
        """What is exported."""
        return self._scopes[self.what.chosen[0]]

    def _chosen_annotations(self) -> list[AnnotationKey]:
        """Return the annotations that the choices ask for."""
        tags, scope = set(self.tags.chosen), self._scope
        articles = None if scope.article_ids is None else set(scope.article_ids)
        return [
            each
            for each in self._annotations or ()
            if (articles is None or each.article_id in articles)
            and (scope.chosen is None or each.id in scope.chosen.ids)
            and (not tags or not tags.isdisjoint(each.tags))
        ]

    def _show_outcome(self) -> None:
        if self._annotations is None:
            return
        chosen = self._chosen_annotations()
        articles = len({each.article_id for each in chosen})
        if not chosen:
            tagged = f" tagged {' or '.join(self.tags.chosen)}" if self.tags.chosen else ""
            scope = self._scope
            where = "the library" if scope.article_ids is None else scope.label
            where = f"{where[:1].lower()}{where[1:]}"
            cleared = "" if self._is_to_clipboard else "; an earlier export there is cleared"
            sentence = f"No annotation{tagged} in {where}{cleared}."
        else:
            place = "the clipboard"
            if not self._is_to_clipboard:
                target = self.where.value.strip() or "…"
                is_one_file = articles == 1 or is_file_name(target, self._suffixes)
                files = "one file" if is_one_file else "a file each"
                place = f"{target}, {'shown first' if self._is_vault else files}"
            sentence = (
                f"{counted(len(chosen), 'annotation')} of {counted(articles, 'article')} to {place}"
            )
        self.query_one("#outcome", Static).update(Content(sanitise(sentence)))

    def _show_problem(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(sanitise(problem)))
