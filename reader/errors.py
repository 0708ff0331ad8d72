"""The errors that a person is shown, each with a title and one plain sentence."""

from __future__ import annotations

from reader.safe_text import sanitise_line


class ReaderError(Exception):
    """An error that a person can act on; shown as it is, never as a traceback."""

    def __init__(self, title: str, message: str) -> None:
        """Keep the title and the message, made safe to show.

        Args:
            title: A few words, without a full stop: "File not found".
            message: One sentence that says what is wrong, where, and what to do. It may quote
                any text, such as the name of a file.
        """
        title, message = sanitise_line(title), sanitise_line(message)
        super().__init__(f"{title}: {message}")
        self.title = title
        """A few words that name the error."""
        self.message = message
        """One sentence: what is wrong, where, and what to do."""


class SourceError(ReaderError):
    """The source of an article is missing, unreadable or not a text that can be shown."""


class NoArticleError(SourceError):
    """No article was found in a page; all of its text can be read."""


class GivenUp(ReaderError):  # noqa: N818  (not an error: a person's wish)
    """A person cancelled what was under way."""


class StoreError(ReaderError):
    """A file of the library could not be read or written."""


class SettingsError(ReaderError):
    """The settings file has a fault; the message names the file, the line and the key."""


class QuoteError(ReaderError):
    """A quote from the command line is not in the article, or is there more than once."""


class ExportError(ReaderError):
    """There is nothing to export, or an export could not be written."""


class NothingToExportError(ExportError):
    """No annotation fits the export; files of earlier exports may have been cleared."""

    def __init__(self, message: str, leftovers: tuple[str, ...] = ()) -> None:
        """Keep the message, and a sentence for each file of which the annotations are gone."""
        super().__init__("Nothing to export", message)
        self.leftovers = leftovers
        """A sentence for each file of an earlier export of which the annotations are gone."""
