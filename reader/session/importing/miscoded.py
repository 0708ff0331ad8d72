"""Whether a text is another one that a program wrote or read as Windows-1252: a spreadsheet."""

from __future__ import annotations

from typing import Final

from reader.safe_text import sanitise_for_file

_WINDOWS: Final = "cp1252"


def is_miscoded(text: str, original: str) -> bool:
    """Return whether a text is what is left of another one in Windows-1252.

    Such a program writes ``?`` for the letters that it does not know, or reads each byte of UTF-8
    as a letter of its own: ``Ã©`` for ``é``.

    Args:
        text: What a file has now; it may have other white space.
        original: What it had.
    """
    if original.isascii():
        return False
    lossy = original.encode(_WINDOWS, "replace").decode(_WINDOWS)
    data = original.encode("utf-8", "surrogatepass")
    torn = "".join(bytes((each,)).decode(_WINDOWS, "ignore") or chr(each) for each in data)
    present = _words(text)
    return present != _words(original) and present in (_words(lossy), _words(torn))


def _words(text: str) -> str:
    return "".join(sanitise_for_file(text).split())
