"""The command for the settings: where they are, what they are, and changing them."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, Any

import msgspec

from reader.cli.output import NOTHING_FOUND, OK, print_json, print_lines, print_message
from reader.config import (
    COLOURS_PREFIX,
    KEYS_PREFIX,
    PUBLISHER_PREFIX,
    Settings,
    change_setting,
    load_settings,
)
from reader.config_tables import PUBLISHER_FIELDS
from reader.core.claims import ReviewPublisher
from reader.errors import ReaderError, SettingsError
from reader.files import explain, make_private_folder, write_atomically
from reader.paths import settings_file

if TYPE_CHECKING:
    import argparse

ACTIONS = ("path", "list", "get", "set", "edit")
"""What can be done with the settings."""

TABLES = ("tags", "statuses", "searches")
"""The settings that are lists of tables."""

PUBLISHER = {
    f"{PUBLISHER_PREFIX}{name}": field
    for name, field in zip(PUBLISHER_FIELDS, ReviewPublisher.__struct_fields__, strict=True)
}
"""The settings on who publishes reviews of claims, with the names of their values."""

_WITH_NAMES = ("keys", "claim_review", "import_colours")
"""The settings that are tables of names."""

NAMES = (
    *(name for name in Settings.__struct_fields__ if name not in {*TABLES, *_WITH_NAMES}),
    *PUBLISHER,
)
"""The settings that have one value."""

_MOST_DIGITS = 20

_TEMPLATE = """\
# The settings of Margin. Those that are not here have the values of: margin config list

# theme = "margin-light"
# column = 80

# [keys]
# "contents" = "o"

# [claim_review]
# publisher = "The Harbour Desk"
# publisher_url = "https://desk.example"
# address = "https://desk.example/checks/{id}"

# [import_colours]
# blue = "claim"

# [[tags]]
# name = "figure"
# glyph = "¤"

# [[statuses]]
# name = "misleading"
# sign = "≈"

# [[searches]]
# name = "March"
# query = "tag:claim marked:2026-03"
"""
"""What a settings file begins with that is made for the editor."""

_OPERANDS = {"get": ("KEY",), "set": ("KEY", "VALUE")}


def config(options: argparse.Namespace) -> int:
    """Print or change the settings."""
    given = [each for each in (options.key, options.value) if each is not None]
    needed = _OPERANDS.get(options.action, ())
    if len(given) != len(needed):
        usage = " ".join((options.action, *needed))
        raise ReaderError("Not understood", f"This takes the form: margin config {usage}.")
    path = settings_file()
    match options.action:
        case "path":
            print_lines([str(path)])
        case "list":
            return _list(options)
        case "get":
            return _get(options)
        case "set":
            change_setting(path, options.key, _parsed(options.key, options.value))
            print_message(f"{options.key} is set in {path}")
        case _:
            _edit()
    return OK


def _list(options: argparse.Namespace) -> int:
    values = _values()
    if options.json:
        print_json(values)
    else:
        print_lines(f"{name} = {_shown(value)}" for name, value in values.items())
    return OK


def _get(options: argparse.Namespace) -> int:
    if options.key in TABLES:
        return _get_table(options)
    values = _values()
    if options.key not in values:
        _check_name(options.key)
        return NOTHING_FOUND
    value = values[options.key]
    if options.json:
        print_json(value)
    else:
        print_lines([_shown(value)])
    return OK


def _get_table(options: argparse.Namespace) -> int:
    """Print the tags, the statuses of claims, or the saved searches, as they are in effect."""
    entries: list[dict[str, Any]] = msgspec.to_builtins(
        getattr(load_settings(settings_file()), options.key)
    )
    if options.json:
        print_json(entries)
    else:
        print_lines(_line_of(entry) for entry in entries)
    return OK


def _line_of(entry: dict[str, Any]) -> str:
    """Return a tag, a status or a search with its fields, those of a rating among them."""
    fields = {**entry, **(entry.get("rating") or {})}
    facts = (
        f"{name} {_shown(value)}"
        for name, value in fields.items()
        if name not in {"name", "rating"} and value != ""
    )
    return f"{fields['name']}: {', '.join(facts)}"


def _values() -> dict[str, Any]:
    """Return every setting that has one value, and the colours and commands that have one."""
    settings = load_settings(settings_file())
    values = {name: getattr(settings, name) for name in NAMES if name not in PUBLISHER}
    values |= {name: getattr(settings.claim_review, each) for name, each in PUBLISHER.items()}
    values |= {f"{COLOURS_PREFIX}{name}": tag for name, tag in settings.import_colours.items()}
    return values | {f"{KEYS_PREFIX}{name}": keys for name, keys in settings.keys.items()}


def _check_name(key: str) -> None:
    """Make sure that there can be a setting of a name.

    Raises:
        SettingsError: There is none; the message says which one may be meant.
    """
    if key in NAMES or (key.startswith(COLOURS_PREFIX) and key != COLOURS_PREFIX):
        return
    if key in {*TABLES, *_WITH_NAMES}:
        advice = "margin config edit opens the file."
    else:
        from difflib import get_close_matches

        names = NAMES
        if key.startswith(KEYS_PREFIX):
            from reader.ui.commands import by_id

            names = tuple(f"{KEYS_PREFIX}{name}" for name in by_id())
            if key in names:
                return
        advice = f"did you mean {get_close_matches(key, names, 1, cutoff=0)[0]}?"
    raise SettingsError("No such setting", f"{key} is not a setting with one value; {advice}")


def _parsed(key: str, word: str) -> str | int | bool:
    """Return a word as the kind of value that a setting has; what is none is refused later."""
    _check_name(key)
    default = getattr(Settings(), key, "")
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(word, word)
    if isinstance(default, int) and word.removeprefix("-").isdecimal() and len(word) < _MOST_DIGITS:
        return int(word)
    return word


def _shown(value: Any) -> str:
    """Return a value as the settings file has it, but text without its quotation marks."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _edit() -> None:
    """Open the settings in the person's editor, and say what is wrong with them afterwards."""
    path = settings_file()
    try:
        if not path.exists():
            make_private_folder(path.parent)
            write_atomically(path, [_TEMPLATE.encode()])
    except OSError as error:
        reason, advice = explain(error)
        raise SettingsError(
            "Settings not edited", f"{path} could not be made because {reason}; {advice}."
        ) from error
    import subprocess

    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(named)
        code = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603  (theirs)
    except (OSError, ValueError, IndexError) as error:
        raise ReaderError(
            "No editor", f"{named} could not be started; name your editor in VISUAL or EDITOR."
        ) from error
    if code:
        raise ReaderError("Not edited", f"{named} ended with the exit code {code}.")
    load_settings(path)
