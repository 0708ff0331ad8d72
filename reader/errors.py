"""What can go wrong for a person, each said as a title and one plain sentence."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""What words of Persian and Hindi need, and what has no effect elsewhere."""


def printable(text: str) -> str:
    """Return a text from outside, such as a file's name, so that it can stand in a sentence.

    What would break the line, steer the terminal or turn the order of what is around it is
    replaced by a visible mark.
    """
    if text.isprintable():
        return text
    return "".join(each if _is_shown(each) else "\N{REPLACEMENT CHARACTER}" for each in text)


def _is_shown(character: str) -> bool:
    return (
        character.isprintable() or character in _JOINERS or unicodedata.category(character) == "Zs"
    )


class ReaderError(Exception):
    """Something a person can act on; shown as it is, never as a traceback."""

    def __init__(self, title: str, message: str) -> None:
        """Keep what is shown.

        Args:
            title: A few words, without a full stop: "File not found".
            message: One sentence that says what is wrong, where, and what to do. It may quote
                names from outside: they are made printable.
        """
        title, message = printable(title), printable(message)
        super().__init__(f"{title}: {message}")
        self.title = title
        """A few words that name the fault."""
        self.message = message
        """One sentence: what is wrong, where, and what to do."""


class SourceError(ReaderError):
    """An article's source is missing, unreadable or not a text that can be shown."""


class NoArticleError(SourceError):
    """A page holds no article that could be told from the rest; all of its text can be read."""


class GivenUp(ReaderError):  # noqa: N818  (no error: a person's wish)
    """What was under way was given up because a person said so."""


class StoreError(ReaderError):
    """A file of the library could not be read or written."""


class SettingsError(ReaderError):
    """The settings file has a fault; the message names the file, the line and the key."""


class QuoteError(ReaderError):
    """A quote given on the command line is not in the article, or stands there more than once."""


class ExportError(ReaderError):
    """An export could not be made or written."""
