"""Where an export of the shell goes: standard output, the clipboard, or files, which are named."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.output import (
    OK,
    print_bytes,
    print_json,
    print_lines,
    print_message,
    print_text,
    print_warning,
)
from reader.core.text_formatting import counted
from reader.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.session import Session
    from reader.session.requests import Exported

JSON_LINES: Final = "jsonl"
"""The format of export whose lines ``--json`` prints as one list."""

STANDARD_OUTPUT: Final = Path("-")
"""What ``-o`` names for standard output."""


def named_format(options: argparse.Namespace) -> str:
    """Return the name of the format that the options ask for; the first for an empty name.

    Raises:
        ReaderError: The options contradict each other.
    """
    from reader.session.export_formats import TEMPLATE

    if options.template and options.format:
        raise ReaderError("Not exported", "--format and --template each name a form; name one.")
    is_vault = options.to is not None
    if options.copy and (options.json or options.output or is_vault):
        raise ReaderError("Not exported", "--copy copies the text; leave -o, --to, --json out.")
    if options.template and is_vault:
        raise ReaderError("Not exported", "A template cannot be kept up to date; use -o.")
    named = f"{TEMPLATE}{options.template}" if options.template else str(options.format)
    if options.json and not is_vault and options.output in {None, STANDARD_OUTPUT}:
        if named not in {"", JSON_LINES}:
            form = options.format or "the text of a template"
            raise ReaderError("Not exported", f"--json prints JSON, not {form}; name one.")
        return JSON_LINES
    return named


def print_template(name: str) -> int:
    """Print a template; without a name, the names of all."""
    from reader.session.export_formats import template_names, template_source

    if name:
        print_text(template_source(name))
    else:
        print_lines(template_names())
    return OK


def is_output_a_file() -> bool:
    """Return whether standard output was redirected to a file."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # closed, or none of the system's
        return False


def hand_out(
    exported: str | bytes | Sequence[Exported], session: Session, options: argparse.Namespace
) -> None:
    """Print or copy what was exported, or print which files were written.

    Raises:
        ReaderError: It is no text, and a terminal or the clipboard cannot hold it.
    """
    if not isinstance(exported, str | bytes):
        _print_files(exported, options)
    elif options.copy:
        _copy(exported, session)
    elif isinstance(exported, bytes):
        print_bytes(exported)
    elif options.json:
        print_json([json.loads(line) for line in exported.split("\n") if line])
    else:
        print_text(exported)


def _print_files(files: Sequence[Exported], options: argparse.Namespace) -> None:
    if options.json:
        from reader.cli.records import export_record

        print_json([export_record(each) for each in files])
        return
    for leftover in files:
        if leftover.leftover:
            print_warning(leftover.leftover)
    for written in files:
        if written.leftover:
            continue
        print_message(f"{written.path}{'' if written.is_changed else ' (unchanged)'}")
        if written.kept is not None:
            print_warning(f"the version changed by hand is kept as {written.kept}")


def _copy(exported: str | bytes, session: Session) -> None:
    """Copy a text to the clipboards that can be reached, and print what is known of the copy."""
    from reader.safe_text import drop_escape_sequences, drop_unsafe
    from reader.ui.clipboard import (
        Copied,
        advice,
        ask_terminal,
        copy_beside_terminal,
        size_warning,
    )

    if isinstance(exported, bytes):
        raise ReaderError(
            "Not copied", "This format is no text, which a clipboard needs; name a file with -o."
        )
    text = drop_unsafe(drop_escape_sequences(exported))
    copied = copy_beside_terminal(text, uses_program=session.settings.native_clipboard)
    is_asked = copied is not Copied.TO_CLIPBOARD and ask_terminal(text)
    if copied is Copied.ASKED and not is_asked:
        raise ReaderError(
            "Not copied",
            "There is neither a clipboard program nor a terminal to ask; name a file with -o.",
        )
    print_message(f"{copied.value}: {counted(len(text), 'character')}.")
    if copied is Copied.ASKED:
        print_warning(" ".join(filter(None, (size_warning(text), advice()))))
