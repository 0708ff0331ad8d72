"""The help of a screen: how to work, every key with its command's id, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.annotation import PlaceState, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.core.draft_check.verdicts import FIGURE_SIGN, QuotationVerdict
from reader.paths import settings_file, styles_folder
from reader.ui.commands import (
    ANNOTATIONS,
    CHANGES,
    CHECKING,
    COMPARING,
    CONTENTS,
    DELETED,
    EDITOR,
    EVIDENCE,
    IMPORTING,
    LIBRARY,
    NAMES,
    NOTES,
    OLD_VERSION,
    READING,
    REVIEW,
    STATUS_PREFIX,
    VAULT,
    VERSIONS,
    Command,
    commands_of,
    keys_of,
    with_keys,
)
from reader.ui.host import host_of
from reader.ui.key_hints import status_of_command, tag_key_list
from reader.ui.painting.palette import OTHER_GLYPH, OTHER_SIGN, find_colour
from reader.ui.widgets.annotation_rows import PLACE_WORDS
from reader.ui.widgets.scroll_box import ScrollBox

KEYS_WIDTH = 16
"""Cells of the column of keys."""

TWO_COLUMNS = 96
"""The least cells of a help with two columns."""

NARROWEST_BESIDE = 32
"""The least cells of a help with the text beside the keys."""

COLUMN_GAP = 4
"""Cells between two columns."""

SCREEN_NAMES: Mapping[str, str] = {
    READING: "reading",
    LIBRARY: "the library",
    NOTES: "notes and review",
    OLD_VERSION: "an old version",
    CHANGES: "what changed",
    REVIEW: "a review",
    CHECKING: "the check of a draft",
    IMPORTING: "an import",
    VAULT: "a vault",
}
"""The names of the screens in the title of the help."""

PANELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    READING: (
        (ANNOTATIONS, "In the list of annotations"),
        (CONTENTS, "In the contents"),
        (EDITOR, "In the editor of an annotation"),
        (COMPARING, "Where words have changed"),
        (DELETED, "In the list of what was deleted"),
        (EVIDENCE, "In the list of evidence"),
        (VERSIONS, "In the list of versions"),
    ),
    LIBRARY: (
        (DELETED, "In the list of what was deleted"),
        (NAMES, "In the names of tags and speakers"),
    ),
    NOTES: (
        (DELETED, "In the list of what was deleted"),
        (NAMES, "In the names of tags and speakers"),
    ),
}
"""The panels of a screen, with the headings of their keys."""

STATE_HELP: Mapping[PlaceState, tuple[str, str]] = {
    PlaceState.MOVED: ("moved", "The article changed: the same words are at another place."),
    PlaceState.EDITED: (
        PLACE_WORDS[PlaceState.EDITED],
        "The passage was found with other words; {compare} shows them.",
    ),
    PlaceState.ORPHANED: (
        PLACE_WORDS[PlaceState.ORPHANED],
        "The passage is no longer in the article; {annotation.put_back} puts it back.",
    ),
    PlaceState.BY_HAND: (
        PLACE_WORDS[PlaceState.BY_HAND],
        "You put it in its place yourself.",
    ),
}
"""The signs of the states of a place, and their meanings; an exact place has no sign."""


HOW_TO_WORK = (
    (
        "Read",
        (
            "{line.down} and {line.up} go by line, {page.down} and {page.up} by page, "
            "{sentence.next} by sentence, {paragraph.next} by paragraph, {heading.next} by heading."
        ),
    ),
    (
        "Select",
        (
            "{select} begins, and any movement extends the selection; or drag with the mouse. "
            "With nothing selected, a tag takes the sentence; {sentence.choose} and a letter go to "
            "any sentence on screen."
        ),
    ),
    ("Tag", "TAGS. The same key on an annotation takes the tag away."),
    (
        "Check",
        (
            "{status} and a letter give the sentence, the selection or the claim at the caret a "
            "status: STATUSES. In lists the capital does it."
        ),
    ),
    (
        "Note",
        (
            "{quotation.select} selects a quotation; {speaker.take} saves who was found to say it. "
            "{annotation.open} on an annotation opens its note, tags, speaker, status. "
            "{undo} undoes any change."
        ),
    ),
)
"""How to read, select, tag and note; TAGS and STATUSES stand for the keys of these."""

HOW_TO_REVIEW = (
    (
        "Look",
        (
            "Recall what you know of the passage, then let {review.show} show your note; "
            "{review.open} opens the article."
        ),
    ),
    (
        "Answer",
        (
            "A note is graded: {review.again} again, {review.hard} hard, {review.good} good, "
            "{review.easy} easy. A claim gets its status, or is asked again in some days. "
            "{review.undo} takes any answer back, and {back} ends the review at any time."
        ),
    ),
)
"""How to review."""


class Section(NamedTuple):
    """A part of the help under one heading."""

    title: str
    """Its heading."""
    rows: tuple[tuple[Content, str | Content], ...]
    """The keys or the sign of each row, and their meaning."""


def help_sections(
    screen_name: str,
    keymap: Mapping[str, str],
    tags: Sequence[Tag],
    variables: Mapping[str, str],
    statuses: Sequence[ClaimStatus] = STANDARD_STATUSES,
) -> list[Section]:
    """Return the sections of a screen's help.

    Args:
        screen_name: A screen of ``reader.ui.commands``.
        keymap: The person's own keys by command id.
        tags: The tags of the settings.
        variables: The theme's variables, for the colours of the tags and the statuses.
        statuses: The statuses of the settings.
    """
    is_plan = screen_name in (IMPORTING, VAULT)
    is_list = is_plan or screen_name in (LIBRARY, NOTES, CHECKING)
    # Nothing can be marked in the versions of an article, so that only reading is explained there.
    how = {READING: HOW_TO_WORK, REVIEW: HOW_TO_REVIEW}.get(screen_name, HOW_TO_WORK[:1])
    sections = [_moving_in_lists() if is_list else _how_to_work(how, keymap, tags, statuses)]
    groups: dict[str, list[Command]] = {}
    for command in commands_of(screen_name):
        groups.setdefault(command.group, []).append(command)
    for panel, title in PANELS.get(screen_name, ()):
        groups[title] = list(commands_of(panel))
    for title, commands in groups.items():
        if rows := tuple(_command_rows(commands, keymap, tags, statuses)):
            sections.append(Section(title, rows))
    if is_plan:
        sections.append(_fates())
    elif screen_name == CHECKING:
        sections.append(_verdicts())
    else:
        sections.append(_signs(keymap, tags, statuses, variables))
    sections.append(_own_keys())
    return sections


def help_lines(sections: Sequence[Section], width: int) -> list[Content]:
    """Return the lines of the help.

    Where there is room, the sections are in two columns, below the first section.

    Args:
        sections: At least one.
        width: Cells of a line.
    """
    first, *others = sections
    lines = [*_section_lines(first, width), Content("")]
    if width < TWO_COLUMNS:
        for section in others:
            lines += [*_section_lines(section, width), Content("")]
        return lines[:-1]
    column = (width - COLUMN_GAP) // 2
    blocks = [[*_section_lines(section, column), Content("")] for section in others]
    half = sum(map(len, blocks)) / 2
    left: list[Content] = []
    right: list[Content] = []
    for block in blocks:
        # A block goes left if at least half of it lies in the first half.
        (left if not right and len(left) + len(block) / 2 <= half else right).extend(block)
    height = max(len(left), len(right))
    left += [Content("")] * (height - len(left))
    right += [Content("")] * (height - len(right))
    gap = " " * COLUMN_GAP
    return [*lines, *(_padded(a, column) + gap + b for a, b in zip(left, right, strict=True))][:-1]


class HelpScreen(ModalScreen[None]):
    """Shows the help of one screen."""

    CSS_PATH = str(styles_folder() / "help.tcss")
    AUTO_FOCUS = "ScrollBox"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q,escape", "dismiss(None)", "Close"),
    ]

    def __init__(
        self, screen_name: str, keymap: Mapping[str, str], tags: Sequence[Tag] | None = None
    ) -> None:
        """Show the help of a screen.

        Args:
            screen_name: A screen of ``reader.ui.commands``.
            keymap: The person's own keys by command id.
            tags: The tags to explain; by default those of the settings.
        """
        super().__init__()
        self._screen_name = screen_name
        self._keymap = keymap
        self._tags = tags
        self._width = 0

    def compose(self) -> ComposeResult:
        """Lay out the text and the keys that scroll it."""
        with Vertical(id="help-dialog", classes="dialog") as dialog:
            dialog.border_title = f"Help: {SCREEN_NAMES.get(self._screen_name, self._screen_name)}"
            with ScrollBox():
                yield Static(id="help-text", markup=False)
            yield Static("j k space b scroll · esc close", classes="hint", markup=False)

    def on_resize(self) -> None:
        """Lay the text out again once the dialog has its width."""
        self.call_after_refresh(self._set_text)

    def _set_text(self) -> None:
        width = self.query_one(ScrollBox).scrollable_content_region.width
        if width <= 0 or width == self._width:
            return
        self._width = width
        tags = self._tags or host_of(self).tags
        variables = self.app.theme_variables
        sections = help_sections(
            self._screen_name, self._keymap, tags, variables, host_of(self).settings.statuses
        )
        self.query_one("#help-text", Static).update(Content("\n").join(help_lines(sections, width)))


def _how_to_work(
    texts: Sequence[tuple[str, str]],
    keymap: Mapping[str, str],
    tags: Sequence[Tag],
    statuses: Sequence[ClaimStatus],
) -> Section:
    rows = []
    letters = ", ".join(f"{each.key} {each.sign} {each.name}" for each in statuses if each.key)
    for name, text in texts:
        sentence = with_keys(text, keymap).replace("TAGS", tag_key_list(tags, keymap))
        sentence = sentence.replace("STATUSES", letters)
        rows.append((_key(name), sentence))
    return Section("How to work", tuple(rows))


def _moving_in_lists() -> Section:
    rows = (
        ("j k ↓ ↑", "A row down, a row up."),
        ("pgdn b", "A page down, a page up."),
        ("g G", "The first row, the last row."),
    )
    return Section("Moving", tuple((_key(keys), text) for keys, text in rows))


def _command_rows(
    commands: Iterable[Command],
    keymap: Mapping[str, str],
    tags: Sequence[Tag],
    statuses: Sequence[ClaimStatus],
) -> Iterable[tuple[Content, Content]]:
    by_key = {tag.key: tag for tag in tags if tag.key}
    for command in commands:
        text = command.help
        if command.id.startswith("tag."):
            tag = by_key.get(command.id.removeprefix("tag."))
            if tag is None:
                continue
            text = f"Tag as {tag.name}: the selection, or the sentence at the caret."
        if command.id.startswith(STATUS_PREFIX):
            name = status_of_command(command.id, statuses)
            if not name:
                continue
            text = f"Set the claim’s status to {name}, and go to the next row."
        yield (
            _key(" ".join(keys_of(command, keymap))),
            Content.assemble(text, " ", (command.id, "$faint")),
        )


def _own_keys() -> Section:
    path = str(settings_file())
    rows = (
        ("ids", "The word at the end of a line is the id of the command."),
        ("[keys]", 'In the settings, "line.down" = "j,down" gives a command other keys.'),
        ("settings", f"They are in {path}."),
    )
    return Section("Your own keys", tuple((_key(name), text) for name, text in rows))


def _verdicts() -> Section:
    """Return what the signs of a check mean."""
    rows = [(_key(verdict.sign), f"{verdict.phrase.capitalize()}.") for verdict in QuotationVerdict]
    return Section("Signs", (*rows, (_key(FIGURE_SIGN), "A marked claim has another figure.")))


def _fates() -> Section:
    """Return what the signs of a plan mean."""
    rows = (
        ("+", "New."),
        ("~", "Changed."),
        ("!", "To look at: edited on both sides, or what cannot be read, placed or written."),
        ("=", "The same as before."),
        ("–", "Deleted or removed."),
        ("·", "A remark, or a file that stays."),
    )
    return Section("Signs", tuple((_key(sign), text) for sign, text in rows))


def _signs(
    keymap: Mapping[str, str],
    tags: Sequence[Tag],
    statuses: Sequence[ClaimStatus],
    variables: Mapping[str, str],
) -> Section:
    rows = [
        (
            Content.styled(tag.glyph, f"bold {find_colour(tag.colour, variables).hex}"),
            f"Tagged {tag.name}.",
        )
        for tag in tags
    ]
    rows += [
        (
            Content.styled(status.sign, f"bold {find_colour(status.colour, variables).hex}"),
            f"A claim that is {status.name}; its letter is {status.key or 'none'}.",
        )
        for status in statuses
    ]
    rows += [
        (_key(OTHER_SIGN), "A claim with a status that the settings do not know."),
        (_key(OTHER_GLYPH), "Another tag, typed in the editor."),
        (_key("+"), "More annotations begin on this line."),
        (_key("▎"), "At least a part of the line is annotated."),
        (_key("✎"), "The annotation has a note."),
    ]
    rows += [(_key(name), with_keys(text, keymap)) for name, text in STATE_HELP.values()]
    rows += [
        (_key("saving"), "A change is being written to disk; saved: it is on disk."),
        (_key("not saved"), "Writing failed. The change stays on screen, and Margin tries again."),
    ]
    return Section("Signs", tuple(rows))


def _key(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _section_lines(section: Section, width: int) -> list[Content]:
    """Return the lines of a heading and its rows.

    The text is wrapped beside the keys; where there is no room for that, below them.
    """
    lines = [Content.styled(section.title, "bold $heading")]
    if width < NARROWEST_BESIDE:
        for keys, text in section.rows:
            content = Content(text) if isinstance(text, str) else text
            lines += [keys, *(Content("  ") + part for part in content.wrap(max(width - 2, 1)))]
        return lines
    room = width - KEYS_WIDTH
    for keys, text in section.rows:
        wrapped = (Content(text) if isinstance(text, str) else text).wrap(room)
        head = keys
        if keys.cell_length >= KEYS_WIDTH:
            lines.append(keys)
            head = Content("")
        for part in wrapped:
            lines.append(_padded(head, KEYS_WIDTH) + part)
            head = Content("")
    return lines


def _padded(content: Content, width: int) -> Content:
    return content.pad_right(max(width - content.cell_length, 0))
