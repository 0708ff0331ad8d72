"""Writing a note in the program that ``$VISUAL`` or ``$EDITOR`` names."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple

from reader.files import explain
from reader.safe_text import sanitise_line
from reader.session import Draft
from reader.ui.host import Host
from reader.ui.pasting import safe_paste

VARIABLES = ("VISUAL", "EDITOR")
"""The variables of the environment that name the program; the first that is set counts."""


class ProgramError(Exception):
    """There is no such program; the message is one sentence."""


class Written(NamedTuple):
    """What came of writing a note in another program."""

    note: str | None
    """The note as it is now; None where it stays as it was."""
    sentence: str = ""
    """Why it stays as it was, or what happened; may be empty."""


def program_command(environment: Mapping[str, str]) -> list[str]:
    """Return the command of the reader's program.

    Args:
        environment: The variables of the environment.

    Raises:
        ProgramError: None is named, or it cannot be run.
    """
    name = next((name for name in VARIABLES if environment.get(name, "").strip()), None)
    if name is None:
        raise ProgramError("Set $VISUAL or $EDITOR to the editor that you want, such as vim.")
    try:
        command = shlex.split(environment[name])
    except ValueError:
        command = []
    if not command:
        raise ProgramError(f"${name} is no command: {sanitise_line(environment[name])}")
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        raise ProgramError(f"${name} names {_name(command)}, which is not installed here.")
    return command


async def write_in_program(host: Host, annotation_id: str, draft: Draft) -> Written:
    """Let the reader write a note in another program; nothing else happens meanwhile.

    The draft is on disk before, and so is the note while the program has it: whatever ends, the
    words are offered again.

    Args:
        host: The app.
        annotation_id: The annotation.
        draft: What the editor holds now.
    """
    drafts = host.session.drafts
    try:
        command = program_command(os.environ)
        await asyncio.to_thread(drafts.write, annotation_id, draft)
        path = await asyncio.to_thread(drafts.write_text, annotation_id, draft.note)
        try:
            code = host.run_program([*command, str(path)])
            note = await asyncio.to_thread(drafts.read_text, annotation_id)
        finally:
            await asyncio.to_thread(drafts.drop_text, annotation_id)
    except ProgramError as error:
        return Written(None, str(error))
    except OSError as error:
        return Written(None, f"The note cannot be written elsewhere: {explain(error)[0]}.")
    return _result(_name(command), code, draft.note, note)


def _result(name: str, code: int | None, before: str, after: str | None) -> Written:
    """Return what came of a program.

    Args:
        name: The program.
        code: Its exit code; None where it was not run.
        before: The note that it got.
        after: What it left; None for nothing.
    """
    if code is None:
        return Written(None, "Here is no terminal that another program could use.")
    if code > 0:
        return Written(None, f"{name} failed with exit code {code}: the note is as it was.")
    after = safe_paste(after or "")
    is_changed = after != safe_paste(before).rstrip()
    if is_changed and not after:
        return Written(None, f"{name} left nothing: the note is as it was. Delete its text here.")
    if code < 0:
        return Written(after if is_changed else None, f"{name} was ended by a signal.")
    return Written(after if is_changed else None, "" if is_changed else f"Nothing new from {name}.")


def _name(command: list[str]) -> str:
    return sanitise_line(PurePath(command[0]).name)
