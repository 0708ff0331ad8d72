"""The clipboards that can be reached from here, and what is known of a copy afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from enum import Enum

MOST_BYTES = 74_994
"""The most bytes that many terminals take: 100,000 with the base64 and the signs of OSC 52 (hterm,
and what xterm allows at first)."""

TMUX_SECONDS = 2.0
"""How long tmux may take for a copy, in seconds."""


class Copied(Enum):
    """What is known of a copy; the sentence is followed by the words."""

    TO_CLIPBOARD = "Copied"
    """A clipboard program of this machine took it."""
    TO_TMUX = "Copied to tmux"
    """It is in a buffer of tmux, which passes it on to a terminal that allows that."""
    ASKED = "Asked the terminal to copy"
    """The terminal was asked; none answers."""


def copy_beside_terminal(text: str, *, uses_program: bool) -> Copied:
    """Copy a text to where more is known than that the terminal was asked; run it on a thread.

    Args:
        text: Any text.
        uses_program: Whether a clipboard program may be used on a machine that is not remote.
    """
    is_in_tmux = bool(os.environ.get("TMUX")) and _copy_to_tmux(text)
    if uses_program and not is_remote() and _copy_by_program(text):
        return Copied.TO_CLIPBOARD
    return Copied.TO_TMUX if is_in_tmux else Copied.ASKED


def advice() -> str:
    """Return how to make sure that a copy arrives, where only the terminal could be asked."""
    ways = ["allow OSC 52 in the settings of your terminal"]
    if os.environ.get("TMUX"):
        ways.append("put “set -g set-clipboard on” into the settings of tmux")
    if not is_remote():
        ways.append("install wl-clipboard, xclip or xsel")
    *most, last = ways
    listed = f"{', '.join(most)}, or {last}" if most else last
    return f"No terminal says whether it copied. If nothing arrives, {listed}."


def ask_terminal(text: str) -> bool:
    """Ask the terminal that this program runs in to copy a text; return whether there is one."""
    import base64  # noqa: PLC0415  (only outside of the screen)

    encoded = base64.b64encode(text.encode("utf-8", "replace"))
    try:
        descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as terminal:
            terminal.write(b"\x1b]52;c;" + encoded + b"\x07")
    except OSError:
        return False
    return True


def size_warning(text: str) -> str:
    """Return a sentence where a text is larger than what many terminals copy; else nothing."""
    size = len(text.encode("utf-8", "replace"))
    if size <= MOST_BYTES:
        return ""
    return (
        f"This is {size // 1000:,} KB, and many terminals copy no more than {MOST_BYTES // 1000}"
        " KB; a file is safer."
    )


def is_remote() -> bool:
    """Return whether the reader sits at another machine, with a clipboard of its own."""
    return "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ


def _copy_to_tmux(text: str) -> bool:
    """Put a text into a buffer of tmux, and let it pass it on; return whether it did."""
    program = shutil.which("tmux")
    if program is None:
        return False
    # -w passes the text on to the terminal; tmux before 3.2 does not know it.
    return any(_run([program, "load-buffer", *words, "-"], text) for words in (["-w"], []))


def _run(words: list[str], text: str) -> bool:
    data = text.encode("utf-8", "replace")
    try:
        done = subprocess.run(  # noqa: S603  (tmux, with arguments of ours)
            words, input=data, capture_output=True, timeout=TMUX_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _copy_by_program(text: str) -> bool:
    """Copy by a program of this machine; return whether there is one."""
    import pyperclip  # noqa: PLC0415  (on the first copy)

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
