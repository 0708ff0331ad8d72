"""Prepare standard input, output and errors: those that are closed, or not in UTF-8."""

from __future__ import annotations

import codecs
import io
import os
import sys

APPROXIMATE = "margin-approximate"
"""The name of the error handler that writes signs which an encoding has for those that it lacks."""

SAME_WIDTH = "margin-same-width"
"""The same, but with as many cells as the character, for a screen."""

_SIGNS = {
    **dict.fromkeys("█▇▐▌▙▛▜▟▀▄▖▗▘▝▚▞▰", "#"), "▁": "_", "▱": "-",
    **dict.fromkeys("•◦▪▣●■", "*"), **dict.fromkeys("─━═", "-"), **dict.fromkeys("│┃║▏▎▍", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"), "·": "-", "×": "x", "→": ">", "←": "<", "€": "EUR",
    "ß": "ss", "ẞ": "SS", "©": "(c)", "®": "(R)",
}  # fmt: skip
"""Signs that no folding changes, as people type them."""


def prepare_streams() -> None:
    """Make sure that every standard stream is there and can be given any text.

    A descriptor that is closed gets the null device: otherwise the next file that is opened has its
    number, and what is printed goes into that file. Writing to a standard output that is closed
    raises ``OSError``, messages to closed standard errors are dropped, and ``sys.stdin`` is None
    where it is closed.
    """
    codecs.register_error(APPROXIMATE, _approximate)
    codecs.register_error(SAME_WIDTH, _approximate_cells)
    for descriptor, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        _occupy(descriptor, flags)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream):
            stream.reconfigure(errors=APPROXIMATE)


def prepare_screen() -> None:
    """Make sure that the stream to which the screen is painted can be given any text."""
    stream = sys.__stderr__
    if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream):
        stream.reconfigure(errors=SAME_WIDTH)


def is_utf8(stream: object) -> bool:
    """Return whether a stream can hold every character."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name.startswith("utf")


def can_hold(stream: object, text: str) -> bool:
    """Return whether a stream can hold every character of a text."""
    if is_utf8(stream):
        return True
    try:
        text.encode(getattr(stream, "encoding", "ascii"))
    except UnicodeEncodeError:
        return False
    return True


def discard_output() -> None:
    """Send what standard output still holds to the null device, so that leaving reports nothing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _discard(stream)


def _discard(stream: io.TextIOBase | object) -> None:
    try:
        descriptor = stream.fileno()  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def _occupy(descriptor: int, flags: int) -> None:
    try:
        os.fstat(descriptor)
    except OSError:
        # The lowest free number is taken, and those below this one are in use by now.
        os.open(os.devnull, flags)


def _approximate(error: UnicodeError) -> tuple[str, int]:
    """Return signs that an encoding has for the characters that it lacks, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_plain(each, error.encoding) for each in characters), error.end


def _approximate_cells(error: UnicodeError) -> tuple[str, int]:
    """Return as many cells of signs that an encoding has, and where to go on."""
    from reader.core.cells import cell_width

    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = []
    for each in error.object[error.start : error.end]:
        sign, width = _plain(each, error.encoding), cell_width(each)
        signs.append(sign if len(sign) == width else "?" * width)
    return "".join(signs), error.end


def _plain(character: str, encoding: str) -> str:
    """Return what people type for a character, in an encoding; ``?`` where it has nothing."""
    from reader.core.folding import fold

    plain = _SIGNS.get(character) or fold(character, keep_case=True)
    if encoding == "charmap":  # what Python calls most encodings of one byte; all hold ASCII
        encoding = "ascii"
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return plain
