"""What a command is, and the names of the screens and of the headings in the help."""

from __future__ import annotations

from typing import NamedTuple

READING = "reading"
LIBRARY = "library"
NOTES = "notes"
ANNOTATIONS = "annotations"
CONTENTS = "contents"
COMPARING = "comparing"
EDITOR = "note editor"
OLD_VERSION = "old version"
DELETED = "deleted"
EVIDENCE = "evidence"
VERSIONS = "versions"
CHANGES = "changes"
STATISTICS = "statistics"
REVIEW = "review"
CHECKING = "checking"
NAMES = "names"
IMPORTING = "importing"
VAULT = "vault"

FILTERED = (LIBRARY, NOTES, ANNOTATIONS, CONTENTS)
EVERYWHERE = (READING, LIBRARY, NOTES)


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    """Its name in the settings, such as ``tag.1``; never changed once released."""
    name: str
    """Its name in the palette."""
    keys: str
    """Its keys as Textual names them, with commas between."""
    help: str
    """One sentence for the help and the palette."""
    group: str
    """Its heading in the help."""
    screens: tuple[str, ...] = (READING,)
    """The screens that have it."""
    app_action: str = ""
    """The action of the app that carries it out; empty where the screen does."""

    @property
    def action(self) -> str:
        """The action that Textual runs: the app's, or ``run`` with the id."""
        return self.app_action or f"run('{self.id}')"


MOVE, SELECT, MARK, FIND, GO, SHOW = (
    "Moving",
    "Selecting",
    "Marking",
    "Finding",
    "Going elsewhere",
    "The screen",
)
