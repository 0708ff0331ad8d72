"""The table of commands; bindings, palette, help and the docs' tables of keys come from it."""

from reader.ui.commands.command import (
    ANNOTATIONS,
    CHANGES,
    COMPARING,
    CONTENTS,
    DELETED,
    EDITOR,
    EVIDENCE,
    LIBRARY,
    NOTES,
    OLD_VERSION,
    READING,
    STATISTICS,
    VERSIONS,
    Command,
)
from reader.ui.commands.documentation import command_table, first_key_table, key_table
from reader.ui.commands.keys import KEY_NAMES, key_of, keys_of, textual_keymap, with_keys
from reader.ui.commands.statuses import STATUS_PREFIX
from reader.ui.commands.table import (
    COMMANDS,
    COPYING,
    FIRST_COMMANDS,
    TAG_PREFIX,
    by_id,
    changes_annotations,
    commands_of,
)

__all__ = [
    "ANNOTATIONS",
    "CHANGES",
    "COMMANDS",
    "COMPARING",
    "CONTENTS",
    "COPYING",
    "DELETED",
    "EDITOR",
    "EVIDENCE",
    "FIRST_COMMANDS",
    "KEY_NAMES",
    "LIBRARY",
    "NOTES",
    "OLD_VERSION",
    "READING",
    "STATISTICS",
    "STATUS_PREFIX",
    "TAG_PREFIX",
    "VERSIONS",
    "Command",
    "by_id",
    "changes_annotations",
    "command_table",
    "commands_of",
    "first_key_table",
    "key_of",
    "key_table",
    "keys_of",
    "textual_keymap",
    "with_keys",
]
