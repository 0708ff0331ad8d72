"""Commands of the reading screen that search, go elsewhere, and change what is shown."""

from __future__ import annotations

from reader.ui.commands.command import FIND, GO, SHOW, Command

READING_SCREEN: tuple[Command, ...] = (
    Command("search", "Search", "slash", "Search the article as you type.", FIND),
    Command("search.next", "Next hit", "n", "Go to the next hit.", FIND),
    Command("search.previous", "Previous hit", "N", "Go to the previous hit.", FIND),
    Command("contents", "Contents", "t", "Show the headings and go to one of them.", GO),
    Command("annotations", "Annotations", "a", "Show the annotations of this article.", GO),
    Command("panel", "Panel", "tab", "Go to the panel, or open the one that was open last.", GO),
    Command(
        "projects",
        "Projects",
        "C",
        "Choose the projects that the article belongs to, or name a new one.",
        GO,
    ),
    Command(
        "version.old",
        "Old version",
        "O",
        "Show the article, read-only, as it was when the annotation was made.",
        GO,
    ),
    Command(
        "versions",
        "Versions",
        "H",
        "List the versions of the article; open one, or show what changed since.",
        GO,
    ),
    Command(
        "link.follow",
        "Follow a link",
        "f",
        "Show letters over the links; type them to open a link or a footnote.",
        GO,
    ),
    Command(
        "link.browse",
        "Open a link in the browser",
        "F",
        "Show letters over the links; type them to open a web address in the browser.",
        GO,
    ),
    Command(
        "trail.back",
        "Go back",
        "backspace,ctrl+o,alt+left",
        "Go back to where you were before the last jump, or to the article before.",
        GO,
    ),
    Command(
        "trail.forward",
        "Go forward",
        "ctrl+n,alt+right",
        "Go forward to where you were before you went back.",
        GO,
    ),
    Command(
        "article.keep",
        "Add to the library",
        "A",
        "Add the article that a link opened; annotating it adds it too.",
        GO,
    ),
    Command(
        "article.notes_in_file",
        "Notes in the file",
        "at",
        "Show what importing a PDF's own annotations, or the comments of a DOCX or ODT, would do.",
        GO,
    ),
    Command(
        "article.renew",
        "Newer version",
        "U",
        "Check the page for a newer version, or show the one that was found.",
        GO,
    ),
    Command(
        "article.whole",
        "Whole page",
        "W",
        "Show all of the page, with what is not of the article dimmed, or the article again.",
        GO,
    ),
    Command("column.wider", "Wider column", "plus,equals_sign", "Make the column wider.", SHOW),
    Command("column.narrower", "Narrower column", "minus", "Make the column narrower.", SHOW),
    Command(
        "notes.margin",
        "Notes in the margin",
        "Z",
        "Show the notes beside the article, where there is room, or no longer.",
        SHOW,
    ),
)
