"""Commands of the library."""

from __future__ import annotations

from reader.ui.commands.command import FIND, GO, LIBRARY, MARK, SELECT, SHOW, Command

LIBRARY_COMMANDS: tuple[Command, ...] = (
    Command("article.open", "Open", "enter", "Open the article.", GO, (LIBRARY,)),
    Command(
        "list.sort",
        "Sort",
        "s",
        "Sort by another fact: last opened, title, added, most notes.",
        SHOW,
        (LIBRARY,),
    ),
    Command(
        "article.remove",
        "Remove",
        "d,delete",
        "Move the article and its notes to the trash folder, after asking.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.add",
        "Add",
        "A",
        "Add articles by path, folder or web address; pasting an address or a text opens it.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.select",
        "Select",
        "v",
        "Select the article, or select it no longer, to correct several sources at once.",
        SELECT,
        (LIBRARY,),
    ),
    Command(
        "source.edit",
        "Correct the source",
        "e",
        "Correct title, authors, outlet, dates and addresses of the selected articles or of this.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.finish",
        "Mark finished",
        "m",
        "Mark the article as finished, or a finished one as unread.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.archive",
        "Archive",
        "x",
        "Archive the article, or take it out of the archive.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "list.state",
        "Filter by state",
        "f",
        "Show unread, reading, finished and archived articles in turn, then all.",
        FIND,
        (LIBRARY,),
    ),
    Command(
        "article.restore",
        "Undo",
        "u",
        "Undo the last removal, archiving, marking or correction.",
        GO,
        (LIBRARY,),
    ),
)
