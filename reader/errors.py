"""What can go wrong for a person, each said as a title and one plain sentence."""

from __future__ import annotations

from reader.safe_text import sanitise_line


class ReaderError(Exception):
    """Something a person can act on; shown as it is, never as a traceback."""

    def __init__(self, title: str, message: str) -> None:
        """Keep what is shown.

        Args:
            title: A few words, without a full stop: "File not found".
            message: One sentence that says what is wrong, where, and what to do. It may quote
                names from outside: they are made safe to show.
        """
        title, message = sanitise_line(title), sanitise_line(message)
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
