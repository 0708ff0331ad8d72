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
        "Move the article, or all that are selected, with their notes to the trash, after asking.",
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
        "space,v",
        "Select the article, or select it no longer, and go on to the next; changes concern all.",
        SELECT,
        (LIBRARY,),
    ),
    Command(
        "article.select_all",
        "Select all",
        "asterisk",
        "Select every article that is listed; again, none.",
        SELECT,
        (LIBRARY,),
    ),
    Command(
        "article.projects",
        "Projects",
        "P",
        "Choose the projects of the selected articles or of this one, or name a new project.",
        MARK,
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
        "Mark the article, or all that are selected, as finished; where they are, as unread.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.archive",
        "Archive",
        "x",
        "Archive the article, or all that are selected, or take them out of the archive.",
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
        "Undo the last change: removal, archiving, marking, correction or projects.",
        GO,
        (LIBRARY,),
    ),
)
