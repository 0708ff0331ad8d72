"""A dialog that lets the reader choose the projects that articles belong to, or name a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input, Static

from reader.core.folding import fold
from reader.core.projects import ProjectCount, project_key
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.session.projects import read_project
from reader.ui.dialogs.typed_choice import TypedChoiceScreen
from reader.ui.host import host_of
from reader.ui.widgets.fields import LineField
from reader.ui.widgets.row_list import RowActivated, RowList

HINT = "enter takes it · tab takes several · ↑↓ others · esc close"
DONE_HINT = "enter saves · tab takes or leaves · ↑↓ others · esc close"
NO_PROJECTS = "There is no project yet: type the name of one."

NAME_LENGTH = 40
"""How much of a name a sentence has, in characters."""


class ProjectRow(NamedTuple):
    """A project that articles can belong to."""

    name: str
    """Its name."""
    uses: int
    """How many articles of the library belong to it; 0 for a new one."""
    chosen: int
    """How many of the dialog's articles belong to it, as the reader has chosen by now."""
    of: int
    """How many articles the dialog is about."""

    @property
    def has_all(self) -> bool:
        """Whether all of the dialog's articles belong to it."""
        return self.chosen == self.of


class ProjectChoice(NamedTuple):
    """What the reader chose."""

    given: tuple[str, ...]
    """The projects that all of the articles get."""
    taken: tuple[str, ...]
    """The projects that none of the articles keeps."""

    @property
    def inverse(self) -> ProjectChoice:
        """What undoes it for an article of which it changed all."""
        return ProjectChoice(self.taken, self.given)

    def describe(self, articles: int) -> str:
        """Return what happened to some articles, as the start of a sentence."""
        parts = []
        are, belong = ("is", "belongs") if articles == 1 else ("are", "belong")
        if self.given:
            parts.append(f"now {belong} to {_listed(self.given)}")
        if self.taken:
            parts.append(f"{are} taken out of {_listed(self.taken)}")
        return f"{counted(articles, 'article')} {' and '.join(parts)}"


async def ask_projects(
    screen: Screen[Any], tags_of_articles: Sequence[Sequence[str]]
) -> ProjectChoice | None:
    """Let the reader choose the projects of articles; None where nothing changes.

    Args:
        screen: The screen that asks; from a worker.
        tags_of_articles: The tags of each article; at least one.
    """
    counts = await asyncio.to_thread(host_of(screen).session.projects.known)
    return await screen.app.push_screen_wait(ProjectsScreen(counts, tags_of_articles))


class ProjectRows(RowList[ProjectRow]):
    """Projects, each with whether the articles belong to it, and its number of articles."""

    def key_of(self, row: ProjectRow) -> str:
        """Return what identifies the project."""
        return project_key(row.name)

    def render_row(
        self,
        row: ProjectRow,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the sign, the name and the number."""
        sign = "✓" if row.has_all else "–" if row.chosen else " "
        uses = counted(row.uses, "article") if row.uses else "new"
        some = f", {row.chosen} of these" if 0 < row.chosen < row.of else ""
        name = (one_line(row.name), "bold" if row.chosen else "")
        return [Content.assemble((f"{sign} ", "$accent"), name, (f"  {uses}{some}", "$faint"))]


class ProjectsScreen(TypedChoiceScreen[ProjectChoice | None]):
    """Lets the reader choose the projects of articles; returns None where nothing changes."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "pick_name.tcss"),
    ]
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", "Take or leave", show=False),
    ]

    rows = query_one(ProjectRows)

    def __init__(
        self, counts: Sequence[ProjectCount], tags_of_articles: Sequence[Sequence[str]]
    ) -> None:
        """Prepare the dialog.

        Args:
            counts: The projects of the library, in the order in which they are offered; any text.
            tags_of_articles: The tags of each article that the dialog is about; at least one.
        """
        super().__init__()
        self._tags = [set(map(project_key, tags)) for tags in tags_of_articles]
        self._known = {project_key(each.name): each for each in counts}
        self._wanted: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """Lay out the field, the projects and the keys."""
        with Vertical(id="name-dialog", classes="dialog") as dialog:
            count = len(self._tags)
            dialog.border_title = "Projects" if count == 1 else f"Projects of {count:,} articles"
            yield LineField(id="name", compact=True, placeholder="a project, or a new name")
            yield ProjectRows()
            yield Static("", id="problem", markup=False)
            yield Static(HINT, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show every project."""
        self.rows.placeholder = Content(NO_PROJECTS)
        self._show_matching()

    @on(Input.Changed)
    def _show_matching(self) -> None:
        typed = " ".join(self.entry.value.split())
        terms = fold(typed).split()
        rows = [
            self._row(each.name)
            for key, each in self._known.items()
            if all(term in key for term in terms)
        ]
        if typed and project_key(typed) not in self._known:
            rows.append(self._row(typed))
        self.query_one("#problem", Static).update("")
        self.rows.rows = rows
        names = [row.name for row in rows if row.uses]
        exact = (i for i, name in enumerate(names) if project_key(name) == project_key(typed))
        self.rows.highlighted = next(exact, 0)

    def _row(self, name: str) -> ProjectRow:
        key = project_key(name)
        chosen = sum(key in tags for tags in self._tags)
        if (wanted := self._wanted.get(key)) is not None:
            chosen = len(self._tags) if wanted else 0
        uses = self._known[key].articles if key in self._known else 0
        return ProjectRow(name, uses, chosen, len(self._tags))

    def action_take(self) -> None:
        """Give the articles to the highlighted project, or take them out; choose others after."""
        if self._toggle():
            self.query_one(".hint", Static).update(DONE_HINT)
            self.entry.value = ""
            highlighted = self.rows.highlighted
            self._show_matching()
            self.rows.highlighted = highlighted

    def _toggle(self) -> bool:
        """Take or leave the highlighted project; return whether its name is one."""
        row = self.rows.highlighted_row
        if row is None:
            return False
        name = row.name
        if not row.uses:
            try:
                name = read_project(row.name)
            except ReaderError as error:
                self.query_one("#problem", Static).update(error.message)
                return False
        key = project_key(name)
        if not row.uses:
            self._known.setdefault(key, ProjectCount(name, 0))
        self._wanted[key] = not row.has_all
        return True

    @on(Input.Submitted)
    def _save(self) -> None:
        """Save what was chosen; the highlighted project, too, unless others were chosen before."""
        if (self.entry.value.strip() or not self._wanted) and not self._toggle():
            return
        self.dismiss(self._choice())

    def on_row_activated(self, event: RowActivated[ProjectRow]) -> None:
        """Take or leave the project that was clicked."""
        event.stop()
        self.action_take()

    def _choice(self) -> ProjectChoice | None:
        """Return what differs from before; None where nothing does."""
        given = tuple(
            self._known[key].name
            for key, is_wanted in self._wanted.items()
            if is_wanted and not all(key in tags for tags in self._tags)
        )
        taken = tuple(
            self._known[key].name
            for key, is_wanted in self._wanted.items()
            if not is_wanted and any(key in tags for tags in self._tags)
        )
        return ProjectChoice(given, taken) if given or taken else None


def _listed(names: Sequence[str]) -> str:
    """Return names in quotation marks, with commas between them."""
    return ", ".join(f"“{one_line(name, NAME_LENGTH)}”" for name in names)
