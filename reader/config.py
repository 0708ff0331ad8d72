"""The settings: a TOML file that a person writes, and in which Margin changes single values."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from reader.core.annotation import STANDARD_TAGS, Tag
from reader.core.text_formatting import WORDS_A_MINUTE
from reader.errors import SettingsError
from reader.files import explain, make_private_folder, sweep_temporary_files, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DARK, LIGHT, CONTRAST = "margin-dark", "margin-light", "margin-contrast"
THEME_NAMES: Final = (DARK, LIGHT, CONTRAST)
"""The names of the themes, in the order in which the reader goes through them."""

NARROWEST_COLUMN: Final = 40
"""The least width of the text, in cells."""

WIDEST_COLUMN: Final = 160
"""The greatest width of the text, in cells."""

KEYS_PREFIX: Final = "keys."
"""What stands before the id of a command in the name of the setting that has its keys."""

_SLOWEST_READER: Final = 50
_FASTEST_READER: Final = 2000
_MOST_BACKUPS: Final = 365

_MOST_BYTES: Final = 1_000_000

_DEFAULT_GLYPH: Final = "●"
_DEFAULT_COLOUR: Final = "#b48ead"
_NAMED_COLOURS: Final = tuple(tag.colour for tag in STANDARD_TAGS)
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DIGITS: Final = "123456789"
_FREE_KEY: Final = "free"
"""Stands for the first digit that no other tag has, until all tags are known."""

_TABLE: Final = re.compile(r"\s*\[\[?\s*([^\]\s]+)\s*\]")
_KEY: Final = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""")


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
    backups: int = 7
    """How many daily backups of the article files to keep, 0 to 365; 0 makes none."""
    tags: tuple[Tag, ...] = STANDARD_TAGS
    """The tags with a key, a glyph or a colour: the standard ones, then the person's."""
    keys: dict[str, str] = {}
    """The keys of commands by their ids; several keys are separated by commas."""


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
        key: ``theme``, ``column``, ``words_per_minute``, ``native_clipboard``,
            ``check_for_newer`` or ``backups``, or the id of a command after ``keys.``.
        value: The new value.

    Raises:
        SettingsError: The file has a fault or cannot be written, or the value is not allowed; the
            file is as it was.
    """
    import tomlkit  # noqa: PLC0415  (22 ms, not needed to read settings)

    before = read_settings_text(path)
    _parse(path, before)
    try:
        document = tomlkit.parse(before)
        if key.startswith(KEYS_PREFIX):
            if "keys" not in document:
                document["keys"] = tomlkit.table()
            document["keys"][key.removeprefix(KEYS_PREFIX)] = value
        else:
            document[key] = value
        after = tomlkit.dumps(document)
        _parse(path, after)
        if after != before:
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
        self._path = path
        self._text = text

    def settings(self, values: Mapping[str, Any]) -> Settings:
        self._check_names(values, Settings.__struct_fields__)
        default = Settings()
        return Settings(
            theme=self._theme(values.get("theme", default.theme)),
            column=self._number("column", values, NARROWEST_COLUMN, WIDEST_COLUMN),
            words_per_minute=self._number(
                "words_per_minute", values, _SLOWEST_READER, _FASTEST_READER
            ),
            native_clipboard=self._switch("native_clipboard", values),
            check_for_newer=self._switch("check_for_newer", values),
            backups=self._number("backups", values, 0, _MOST_BACKUPS),
            tags=self._tags(values.get("tags", [])),
            keys=self._keys(values.get("keys", {})),
        )

    def _theme(self, value: Any) -> str:
        if value not in THEME_NAMES:
            self._fail("theme", f"is {_shown(value)}; it can be {_one_of(THEME_NAMES)}")
        return str(value)

    def _number(self, key: str, values: Mapping[str, Any], least: int, greatest: int) -> int:
        value = values.get(key, getattr(Settings(), key))
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= greatest:
            self._fail(
                key, f"is {_shown(value)}; it must be a whole number from {least} to {greatest}"
            )
        return value

    def _switch(self, key: str, values: Mapping[str, Any]) -> bool:
        value = values.get(key, getattr(Settings(), key))
        if not isinstance(value, bool):
            self._fail(key, f"is {_shown(value)}; it must be true or false")
        return value

    def _keys(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            self._fail("keys", 'must be a table, as in: [keys] "tag.quote" = "1"')
        for command, keys in value.items():
            if not isinstance(keys, str):
                self._fail(
                    command,
                    f'is {_shown(keys)}; it must be keys in quotes, as in "x,ctrl+y"',
                    "keys",
                )
        return dict(value)

    def _tags(self, value: Any) -> tuple[Tag, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fail("tags", 'must be tables, as in: [[tags]] name = "figure"')
        tags = {tag.name: tag for tag in STANDARD_TAGS}
        named: set[str] = set()
        for index, fields in enumerate(value):
            name = self._name(fields, index, named)
            named.add(name)
            tags[name] = self._tag(name, fields, index, tags.get(name))
        self._check_keys(tags.values(), value)
        return _with_free_keys(tags.values())

    def _name(self, fields: Mapping[str, Any], index: int, named: set[str]) -> str:
        self._check_names(fields, Tag.__struct_fields__, "tags", index)
        value = fields.get("name")
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self._fail("name", f"is {_shown(value)}; a tag must have a name", "tags", index)
        name = value.strip().lower()
        if name in named:
            self._fail("name", f"is {_shown(name)}, which is there twice", "tags", index)
        return name

    def _tag(self, name: str, fields: Mapping[str, Any], index: int, base: Tag | None) -> Tag:
        base = base or Tag(name, _FREE_KEY, _DEFAULT_GLYPH, _DEFAULT_COLOUR)
        key, glyph, colour = (
            fields.get(field, getattr(base, field)) for field in ("key", "glyph", "colour")
        )
        if "key" in fields and key not in ("", *_DIGITS):
            advice = 'it must be a digit in quotes, "1" to "9", or "" for none'
            self._fail("key", f"is {_shown(key)}; {advice}", "tags", index)
        if glyph != base.glyph and not _is_one_cell(glyph):
            self._fail(
                "glyph", f"is {_shown(glyph)}; it must be one character of one cell", "tags", index
            )
        if not isinstance(colour, str) or not (
            colour in _NAMED_COLOURS or _COLOUR.fullmatch(colour)
        ):
            advice = f'it can be {_one_of(_NAMED_COLOURS)}, or a colour such as "#ff8800"'
            self._fail("colour", f"is {_shown(colour)}; {advice}", "tags", index)
        return Tag(name, key, glyph, colour)

    def _check_keys(self, tags: Iterable[Tag], tables: list[dict[str, Any]]) -> None:
        """Make sure that no two tags have the same key."""
        taken: dict[str, str] = {}
        for tag in tags:
            if tag.key in {"", _FREE_KEY}:
                continue
            rival = taken.setdefault(tag.key, tag.name)
            if rival != tag.name:
                index = next(
                    at
                    for at, table in enumerate(tables)
                    if str(table["name"]).strip().lower() in {tag.name, rival} and "key" in table
                )
                self._fail(
                    "key", f"is {_shown(tag.key)} for both {rival} and {tag.name}", "tags", index
                )

    def _check_names(
        self, values: Mapping[str, Any], known: Iterable[str], table: str = "", index: int = 0
    ) -> None:
        known = tuple(known)
        for key in values:
            if key not in known:
                from difflib import get_close_matches  # noqa: PLC0415  (only to explain a fault)

                nearest = get_close_matches(key, known, 1, cutoff=0)[0]
                self._fail(key, f"is not a setting; did you mean {nearest}?", table, index)

    def _fail(self, key: str, fault: str, table: str = "", index: int = 0) -> NoReturn:
        line = _line_of(self._text, key, table, index)
        place = f"{self._path}, line {line}" if line else f"{self._path}"
        key = key if key.isprintable() else _shown(key)
        stop = "" if fault.endswith("?") else "."
        raise SettingsError("Fault in the settings", f"{place}: {key} {fault}{stop}")


def _with_free_keys(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    tags = tuple(tags)
    free = iter(sorted(set(_DIGITS) - {tag.key for tag in tags}))
    return tuple(
        msgspec.structs.replace(tag, key=next(free, "")) if tag.key == _FREE_KEY else tag
        for tag in tags
    )


def _is_one_cell(glyph: object) -> bool:
    from reader.core.cells import cell_width  # noqa: PLC0415  (not needed for the standard tags)

    return (
        isinstance(glyph, str)
        and len(glyph) == 1
        and glyph.isprintable()
        and cell_width(glyph) == 1
    )


def _line_of(text: str, key: str, table: str, index: int) -> int:
    """Return the number of the line that sets ``key``, from 1; 0 if it is not found.

    Args:
        text: The text of the file.
        key: The key as it is written in its table.
        table: The name of its table; empty for the top of the file.
        index: Which of several tables of that name, from 0.
    """
    present, seen, header = "", -1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.match(line):
            present = match[1]
            seen += present == table
            if (present == key and not table) or (present == table and seen == index):
                header = header or number
        elif (
            (match := _KEY.match(line))
            and key in match.groups()
            and present == table
            and (not table or seen == index)
        ):
            return number
    return header


def _one_of(names: Iterable[str]) -> str:
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} or {last}"


def _shown(value: object) -> str:
    """Return a value for a message, much as TOML writes it."""
    match value:
        case None:
            return "missing"
        case bool():
            return str(value).lower()
        case str():
            plain = value if value.isprintable() else value.encode("unicode_escape").decode()
            return f'"{plain}"'
        case _:
            return str(value)
