"""The settings: a TOML file that a person writes, and in which Margin changes single values."""

from __future__ import annotations

import os
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from reader.config_faults import Faults, one_of, shown
from reader.core.annotation import STANDARD_TAGS, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus, ReviewPublisher
from reader.core.saved_searches import STANDARD_SEARCHES, SavedSearch
from reader.core.text_formatting import WORDS_A_MINUTE
from reader.errors import SettingsError
from reader.files import explain, make_private_folder, sweep_temporary_files, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tomlkit import TOMLDocument
    from tomlkit.items import Item, Table

PLAIN: Final = "plain"
"""The name of the style in which quotations are copied if no other is set."""

DARK, LIGHT, CONTRAST = "margin-dark", "margin-light", "margin-contrast"
THEME_NAMES: Final = (DARK, LIGHT, CONTRAST)
"""The names of the themes, in the order in which the reader goes through them."""

NARROWEST_COLUMN: Final = 40
"""The least width of the text, in cells."""

WIDEST_COLUMN: Final = 160
"""The greatest width of the text, in cells."""

LEFT, RIGHT = "left", "right"
SIDES: Final = (LEFT, RIGHT)
"""The sides of the article on which notes may stand."""

NO_PANEL, ANNOTATIONS_PANEL, CONTENTS_PANEL = "", "annotations", "contents"
PANELS: Final = (NO_PANEL, ANNOTATIONS_PANEL, CONTENTS_PANEL)
"""The panels that may stand beside the article; none is empty."""

KEYS_PREFIX: Final = "keys."
"""What stands before the id of a command in the name of the setting that has its keys."""

PUBLISHER_PREFIX: Final = "claim_review."
"""What stands before the names of the settings on who publishes reviews of claims."""

COLOURS_PREFIX: Final = "import_colours."
"""What stands before the name of a colour in the name of the setting that has its tag."""

_SLOWEST_READER: Final = 50
_FASTEST_READER: Final = 2000
_MOST_BACKUPS: Final = 365

_MOST_BYTES: Final = 1_000_000


class Settings(msgspec.Struct, frozen=True):
    """The choices of a person, and the defaults that Margin starts with."""

    theme: str = DARK
    """The theme's name, one of ``THEME_NAMES``."""
    column: int = 72
    """The width of the text in cells, 40 to 160."""
    words_per_minute: int = WORDS_A_MINUTE
    """How fast the person reads."""
    native_clipboard: bool = True
    """Whether to copy with a program of the system, besides the terminal's clipboard."""
    check_for_newer: bool = True
    """Whether to ask the server for a newer version when a page is opened from the library."""
    margin_notes: bool = True
    """Whether notes stand beside the article where there is room."""
    margin_side: str = RIGHT
    """The side on which they stand, one of ``SIDES``."""
    panel: str = NO_PANEL
    """The panel that stood beside the article last, one of ``PANELS``."""
    review_reminder: bool = True
    """Whether the library says how many notes are due for review."""
    backups: int = 7
    """How many daily backups of the article files to keep, 0 to 365; 0 makes none."""
    vault: str = ""
    """The folder that is kept up to date with the annotations; empty for none. ``~`` is the
    person's home."""
    quotation_style: str = PLAIN
    """How a quotation is copied: a name in ``quotation_style.STYLES``, or a pattern."""
    tags: tuple[Tag, ...] = STANDARD_TAGS
    """The tags with a key, a glyph or a colour: the standard ones, then the person's."""
    statuses: tuple[ClaimStatus, ...] = STANDARD_STATUSES
    """The statuses of claims: the standard ones, then the person's."""
    searches: tuple[SavedSearch, ...] = STANDARD_SEARCHES
    """The saved searches: the standard ones that are not hidden, then the person's."""
    claim_review: ReviewPublisher = ReviewPublisher()
    """Who publishes reviews of claims, for the export to ClaimReview."""
    import_colours: dict[str, str] = {}
    """The tags of the colours and labels of imported notes, by their names, which may have the kind
    of file before them (``koreader.blue``); an empty tag stands for none."""
    keys: dict[str, str] = {}
    """The keys of commands by their ids; several keys are separated by commas."""

    @property
    def notes_side(self) -> str:
        """The side of the article on which notes are shown; empty where they are not."""
        return self.margin_side if self.margin_notes else ""


def load_settings(path: Path) -> Settings:
    """Return the settings; the defaults if there is no file.

    Raises:
        SettingsError: The file cannot be read or has a fault; the message names file, line and key.
    """
    text = read_settings_text(path)
    return _parse(path, text) if text else Settings()


def read_settings_text(path: Path) -> str:
    """Return the text of the settings file; an empty one if there is no file.

    Raises:
        SettingsError: It cannot be read, is not a file, is too large, or is not UTF-8 text.
    """
    try:
        # Opening a pipe, and reading a terminal, would wait for ever without O_NONBLOCK.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        with os.fdopen(descriptor, "rb") as file:
            if not _is_file(os.fstat(descriptor)):
                raise SettingsError(
                    "Settings not readable", f"{path} is a folder, a device or a pipe; name a file."
                )
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise SettingsError(
                "Settings not readable",
                f"{path} has over {_MOST_BYTES // 1000:,} KB, which no settings need; name another"
                " file.",
            )
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        reason, advice = explain(error)
        raise SettingsError(
            "Settings not readable", f"{path} could not be read because {reason}; {advice}."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            "Fault in the settings", f"{path} is not UTF-8 text; save it in that encoding."
        ) from error


def _is_file(status: os.stat_result) -> bool:
    """Return whether a status is that of a file, or of the null device, which is an empty one."""
    if stat.S_ISCHR(status.st_mode):
        return status.st_rdev == os.stat(os.devnull).st_rdev  # noqa: PTH116
    return stat.S_ISREG(status.st_mode)


def change_setting(path: Path, key: str, value: str | int | bool) -> None:
    """Change one setting in the file, and leave everything else as the person wrote it.

    Args:
        path: The settings file; it is made with its folder if there is none.
        key: A field of ``Settings`` that has one value, the id of a command after ``keys.``, or
            a name after ``claim_review.`` or ``import_colours.``.
        value: The new value.

    Raises:
        SettingsError: The file has a fault or cannot be written, or the value is not allowed; the
            file is as it was.
    """

    def change(document: TOMLDocument) -> None:
        import tomlkit  # noqa: PLC0415  (22 ms, not needed to read settings)

        if key.startswith((KEYS_PREFIX, PUBLISHER_PREFIX, COLOURS_PREFIX)):
            table, _, name = key.partition(".")
            if table not in document:
                document[table] = tomlkit.table()
            document[table][name] = value
        else:
            document[key] = value

    _change_file(path, change)


def save_search(path: Path, search: SavedSearch) -> None:
    """Write a saved search to the file: in place of the one with its name, else after the others.

    Args:
        path: As for ``change_setting``.
        search: The search; without a key, the one in the file keeps its key.

    Raises:
        SettingsError: As for ``change_setting``.
    """
    key = {"key": search.key} if search.key else {}
    _change_file(path, partial(_put_search, search.name, {"query": search.query, **key}))


def hide_search(path: Path, name: str) -> None:
    """Hide a saved search; it stays in the file, where the reader can show it again.

    Args:
        path: As for ``change_setting``.
        name: Its name, in any case.

    Raises:
        SettingsError: As for ``change_setting``.
    """
    _change_file(path, partial(_put_search, name, {"hidden": True}))


def _put_search(name: str, values: Mapping[str, Any], document: TOMLDocument) -> None:
    """Put values into the table of a saved search; where there is none, into a new one."""
    import tomlkit  # noqa: PLC0415  (as in ``change_setting``)

    if "searches" not in document:
        document["searches"] = tomlkit.aot()
    tables: Any = document["searches"]
    is_inline = not isinstance(tables, tomlkit.items.AoT)
    folded = name.strip().lower()
    named = (each for each in tables if str(each["name"]).strip().lower() == folded)
    table = next(named, None)
    above = tables[-1] if table is None and tables else table
    below = [] if above is None or is_inline else _take_below(above)
    if table is None:
        if above is not None and not is_inline:
            above.add(tomlkit.nl())
        tables.append(tomlkit.inline_table() if is_inline else tomlkit.table())
        table = tables[-1]
        table["name"] = name.strip()
    table.pop("hidden", None)
    table.update(values)
    for item in below:
        table.add(item)


def _take_below(table: Table) -> Sequence[Item]:
    """Take the empty lines and comments off the end of a table, from the first empty line on.

    The parser counts what stands above the next table among them.
    """
    from tomlkit.items import Comment  # noqa: PLC0415  (as in ``change_setting``)

    body = table.value.body
    start = max((at for at, (key, _) in enumerate(body, 1) if key is not None), default=0)
    while start < len(body) and isinstance(body[start][1], Comment):
        start += 1
    items = [item for _, item in body[start:]]
    del body[start:]
    return items


def _change_file(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Change the file, and leave what was not changed as the person wrote it.

    Args:
        path: As for ``change_setting``.
        change: Changes the document.

    Raises:
        SettingsError: As for ``change_setting``.
    """
    import tomlkit  # noqa: PLC0415  (as in ``change_setting``)

    before = read_settings_text(path)
    _parse(path, before)
    try:
        document = tomlkit.parse(f"{before}\n" if before and before[-1] != "\n" else before)
        change(document)
        after = tomlkit.dumps(document)
        _parse(path, after)
        if after.rstrip("\n") != before.rstrip("\n"):
            make_private_folder(path.parent)
            sweep_temporary_files(path.resolve().parent)
            write_atomically(path, [after.encode()])
    except OSError as error:
        reason, advice = explain(error)
        raise SettingsError(
            "Settings not saved", f"{path} could not be written because {reason}; {advice}."
        ) from error


def _parse(path: Path, text: str) -> Settings:
    import tomllib  # noqa: PLC0415  (11 ms, not needed without a file)

    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise SettingsError(
            "Fault in the settings", f"{path} is not TOML: its brackets are nested too deeply."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("Fault in the settings", f"{path} is not TOML: {error}.") from error
    return _Reader(path, text).settings(values)


class _Reader:
    """Converts the values of a file to settings, and faults to sentences with their line."""

    def __init__(self, path: Path, text: str) -> None:
        self._faults = Faults(path, text)

    def settings(self, values: Mapping[str, Any]) -> Settings:
        from reader.config_tables import (  # noqa: PLC0415  (as tomllib)
            read_colours,
            read_publisher,
            read_searches,
            read_statuses,
            read_tags,
        )

        self._faults.check_names(values, Settings.__struct_fields__)
        statuses = read_statuses(values.get("statuses", []), self._faults)
        names = [status.name for status in statuses]
        return Settings(
            theme=self._choice("theme", values, THEME_NAMES),
            column=self._number("column", values, NARROWEST_COLUMN, WIDEST_COLUMN),
            words_per_minute=self._number(
                "words_per_minute", values, _SLOWEST_READER, _FASTEST_READER
            ),
            native_clipboard=self._switch("native_clipboard", values),
            check_for_newer=self._switch("check_for_newer", values),
            margin_notes=self._switch("margin_notes", values),
            margin_side=self._choice("margin_side", values, SIDES),
            panel=self._choice("panel", values, PANELS),
            review_reminder=self._switch("review_reminder", values),
            backups=self._number("backups", values, 0, _MOST_BACKUPS),
            vault=self._text("vault", values),
            quotation_style=self._quotation_style(values),
            tags=read_tags(values.get("tags", []), self._faults),
            statuses=statuses,
            searches=read_searches(values.get("searches", []), names, self._faults),
            claim_review=read_publisher(values.get("claim_review", {}), self._faults),
            import_colours=read_colours(values.get("import_colours", {}), self._faults),
            keys=self._keys(values.get("keys", {})),
        )

    def _choice(self, key: str, values: Mapping[str, Any], allowed: Sequence[str]) -> str:
        value = values.get(key, getattr(Settings(), key))
        if value not in allowed:
            self._faults.fail(key, f"is {shown(value)}; it can be {one_of(allowed)}")
        return str(value)

    def _number(self, key: str, values: Mapping[str, Any], least: int, greatest: int) -> int:
        value = values.get(key, getattr(Settings(), key))
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= greatest:
            self._faults.fail(
                key, f"is {shown(value)}; it must be a whole number from {least} to {greatest}"
            )
        return value

    def _text(self, key: str, values: Mapping[str, Any]) -> str:
        value = values.get(key, getattr(Settings(), key))
        if not isinstance(value, str):
            self._faults.fail(key, f"is {shown(value)}; it must be text in quotes")
        return value

    def _quotation_style(self, values: Mapping[str, Any]) -> str:
        value = self._text("quotation_style", values)
        if value == PLAIN:
            return value
        from reader.core.quotation_style import (  # noqa: PLC0415  (only where one is set)
            STYLES,
            PatternError,
            check_pattern,
        )

        if value not in STYLES and "{" not in value:
            self._faults.fail(
                "quotation_style",
                f"is {shown(value)}; it can be {one_of(STYLES)}, or a pattern such as"
                ' "{quote} ({speaker}, {outlet})"',
            )
        try:
            check_pattern(STYLES.get(value, value))
        except PatternError as error:
            self._faults.fail("quotation_style", str(error))
        return value

    def _switch(self, key: str, values: Mapping[str, Any]) -> bool:
        value = values.get(key, getattr(Settings(), key))
        if not isinstance(value, bool):
            self._faults.fail(key, f"is {shown(value)}; it must be true or false")
        return value

    def _keys(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            self._faults.fail("keys", 'must be a table, as in: [keys] "tag.quote" = "1"')
        for command, keys in value.items():
            if not isinstance(keys, str):
                self._faults.fail(
                    command,
                    f'is {shown(keys)}; it must be keys in quotes, as in "x,ctrl+y"',
                    "keys",
                )
        return dict(value)
