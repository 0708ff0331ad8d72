"""The keys of commands as people write them, and sentences that name keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.ui.commands.command import Command
from reader.ui.commands.table import by_id

_COMMAND_ID = re.compile(r"\{([a-z_.0-9]+)\}")

KEY_NAMES: Mapping[str, str] = {
    "space": "space",
    "slash": "/",
    "question_mark": "?",
    "asterisk": "*",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "full_stop": ".",
    "comma": ",",
    "quotation_mark": '"',
    "semicolon": ";",
    "colon": ":",
    "at": "@",
}
"""How people read a key that they would not know by Textual's name."""


def keys_of(command: Command, keymap: Mapping[str, str] | None = None) -> list[str]:
    """Return a command's keys as people write them.

    Args:
        command: The command.
        keymap: The reader's own keys by command id.
    """
    keys = (keymap or {}).get(command.id, command.keys)
    return [KEY_NAMES.get(key.strip(), key.strip()) for key in keys.split(",")]


def textual_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return the reader's own keys as Textual names them.

    Args:
        keymap: Keys by command id, with commas between; as the help shows them (``(``, ``pgdn``)
            or as Textual names them (``left_parenthesis``, ``pagedown``).
    """
    names = {shown: name for name, shown in KEY_NAMES.items()}
    return {
        command_id: ",".join(
            names.get(key.strip(), key.strip()) for key in keys.split(",") if key.strip()
        )
        for command_id, keys in keymap.items()
    }


def key_of(command_id: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return the first of a command's keys as people write it.

    Args:
        command_id: The command's id.
        keymap: The reader's own keys by command id.

    Returns:
        The key; for a command without a key its name in quotation marks, as the palette has it.
    """
    command = by_id()[command_id]
    return keys_of(command, keymap)[0] or f"“{command.name}”"


def with_keys(sentence: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return a sentence in which each id of a command in braces is replaced by its key.

    Args:
        sentence: Text of the program, such as ``Deleted; {undo} brings it back.``.
        keymap: The reader's own keys by command id.
    """
    known = by_id()
    return _COMMAND_ID.sub(
        lambda match: key_of(match[1], keymap) if match[1] in known else match[0], sentence
    )
