"""The list of an article's versions: when each was seen, and how much it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from reader.core.text_formatting import counted, one_line
from reader.paths import styles_folder
from reader.safe_text import sanitise_line
from reader.session import ReadingState
from reader.session.versions import Version
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import VERSIONS
from reader.ui.compat import quick_switching
from reader.ui.dialogs.pick import fit_rows
from reader.ui.host import host_of
from reader.ui.key_hints import hints_of
from reader.ui.version_names import seen_in_words
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList, join_parts

if TYPE_CHECKING:
    from reader.core.article_diff import ArticleDiff


class VersionChoice(NamedTuple):
    """What the reader wants to see."""

    version: Version
    """The version to show, or the later one of two to compare."""
    earlier: Version | None = None
    """The version to compare it with; None to show the version itself."""


@dataclass
class VersionCompared(Message):
    """A version was compared with the one before it."""

    digest: str
    """The version."""
    words: str
    """How much changed, in words."""


class VersionRows(RowList[Version]):
    """A list of versions, two lines each."""

    ROW_HEIGHT = 2

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__()
        self.changes: Mapping[str, str] = {}
        """How much each version changed, by its digest, as far as they have been compared."""

    def key_of(self, row: Version) -> str:
        """Return the version's digest."""
        return row.digest

    def render_row(
        self,
        row: Version,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return when a version was seen, and how much changed and was marked."""
        head = join_parts(
            [
                (seen_in_words(row), "bold $heading"),
                ("the present version", "$accent") if row.is_present else "",
                "all of the page" if row.is_whole else "",
            ]
        )
        is_first = bool(self.rows) and row is self.rows[-1]
        changes = "the first one" if is_first else self.changes.get(row.digest, "…")
        facts = join_parts([changes, (row.described if row.annotation_ids else "", "$faint")])
        return [head, Content("  ") + facts]


class VersionsScreen(ModalScreen[VersionChoice | None], CommandScreen):
    """Shows the versions of the open article, the present one first."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "versions.tcss"),
    ]
    AUTO_FOCUS = "VersionRows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(VERSIONS)]

    rows = getters.query_one(VersionRows)

    def __init__(self, state: ReadingState, versions: Sequence[Version]) -> None:
        """Show versions.

        Args:
            state: The open article, whose text is complete.
            versions: Its versions, at least one, the present one first.
        """
        super().__init__()
        self._state = state
        self._versions = tuple(versions)

    def compose(self) -> ComposeResult:
        """Lay out the list and the keys."""
        article = self._state.article
        title = sanitise_line(one_line(article.metadata.title or article.source, 60))
        with Vertical(id="versions-dialog", classes="dialog") as dialog:
            dialog.border_title = Content(f"Versions of {title}")
            yield VersionRows()
            yield Hints()

    def on_mount(self) -> None:
        """Show the versions, and begin to compare them."""
        self.rows.rows = self._versions
        self.rows.highlighted = 0
        self._show_hints()
        self._compare()

    def on_resize(self) -> None:
        """Show all versions where there is room for them."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        fit_rows(self.query_one("#versions-dialog"), self.rows)

    @work(thread=True, exclusive=True, group="compare")
    def _compare(self) -> None:
        """Compare each version with the one before it, the latest first."""
        worker, session = get_current_worker(), host_of(self).session
        for later, earlier in zip(self._versions, self._versions[1:], strict=False):
            with quick_switching():
                comparison = session.versions.compare(self._state, earlier.digest, later.digest)
            if worker.is_cancelled:
                return
            words = change_in_words(comparison.diff) if comparison else "no copy of its text"
            self.post_message(VersionCompared(later.digest, words))

    def on_version_compared(self, message: VersionCompared) -> None:
        """Show how much a version changed."""
        message.stop()
        self.rows.changes = {**self.rows.changes, message.digest: message.words}
        self.rows.redraw()

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "versions.open": self.open,
            "versions.since": self.compare_with_present,
            "versions.before": self.compare_with_before,
            "versions.close": self.close,
        }

    def open(self) -> None:
        """Show the version."""
        if version := self.rows.highlighted_row:
            self.dismiss(VersionChoice(version))

    def compare_with_present(self) -> None:
        """Show what has changed since the version; of the present one, what it changed."""
        version = self.rows.highlighted_row
        if version is not None and not version.is_present:
            self.dismiss(VersionChoice(self._versions[0], version))
        else:
            self.compare_with_before()

    def compare_with_before(self) -> None:
        """Show what the version changed; nothing where it is the first."""
        index = self.rows.highlighted
        if 0 <= index < len(self._versions) - 1:
            self.dismiss(VersionChoice(self._versions[index], self._versions[index + 1]))

    def close(self) -> None:
        """Close the list."""
        self.dismiss(None)

    def on_row_activated(self, message: RowActivated[Version]) -> None:
        """Show the chosen version."""
        message.stop()
        self.open()

    def on_row_highlighted(self, message: RowHighlighted[Version]) -> None:
        """Show what the keys do with this row."""
        message.stop()
        self._show_hints()

    def _show_hints(self) -> None:
        index = self.rows.highlighted
        commands = [("versions.open", "open")] if index else []
        if index:
            commands.append(("versions.since", "changed since"))
        if index < len(self._versions) - 1:
            commands.append(("versions.before", "changed in it"))
        commands.append(("versions.close", "close"))
        self.query_one(Hints).hints = hints_of(commands, host_of(self).settings.keys)


def change_in_words(diff: ArticleDiff) -> str:
    """Return how much two versions differ: ``3 changes: 12 words added, 40 removed``."""
    if not diff.changes:
        return "the same words"
    parts = [
        f"{counted(count, 'word')} {kind}" if is_first else f"{count:,} {kind}"
        for is_first, (kind, count) in zip((True, False, False), diff.word_counts, strict=False)
    ]
    return f"{counted(len(diff.changes), 'change')}: {', '.join(parts)}"
