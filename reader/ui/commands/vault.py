"""Commands of the screen that brings a vault up to date, and the one that opens it."""

from __future__ import annotations

from reader.ui.commands.command import EVERYWHERE, GO, MARK, MOVE, SHOW, VAULT, Command

VAULT_COMMANDS: tuple[Command, ...] = (
    Command(
        "vault",
        "Bring the vault up to date",
        "ctrl+e",
        "Show what bringing the folder of the setting vault up to date would do, and do it.",
        GO,
        EVERYWHERE,
        "app.vault",
    ),
    Command(
        "vault.make",
        "Write the files",
        "enter,w",
        "Take your edits back into the library, and bring the files up to date.",
        MARK,
        (VAULT,),
    ),
    Command(
        "vault.next",
        "Next to look at",
        "n,full_stop",
        "Go to the next file that needs a look: a conflict, or one that cannot be written.",
        MOVE,
        (VAULT,),
    ),
    Command(
        "vault.previous",
        "Previous to look at",
        "N,comma",
        "Go to the previous file that needs a look.",
        MOVE,
        (VAULT,),
    ),
    Command(
        "vault.edits",
        "Its edits",
        "tab",
        "Go to the edits that were made in the file, or back to the files.",
        MOVE,
        (VAULT,),
    ),
    Command(
        "vault.open",
        "Open the article",
        "o",
        "Open the article of the file, at the highlighted edit.",
        GO,
        (VAULT,),
    ),
    Command(
        "vault.all",
        "All files",
        "a",
        "List all files, or only those of which anything changes.",
        SHOW,
        (VAULT,),
    ),
    Command(
        "vault.folder",
        "Another folder",
        "f",
        "Choose another folder to bring up to date.",
        GO,
        (VAULT,),
    ),
    Command(
        "vault.undo",
        "Undo",
        "u",
        "Take the edits out of the library again; the files stay as they are.",
        MARK,
        (VAULT,),
    ),
)
