"""Commands of the statistics."""

from __future__ import annotations

from reader.ui.commands.command import GO, LIBRARY, MOVE, READING, SHOW, STATISTICS, Command

STATISTICS_COMMANDS: tuple[Command, ...] = (
    Command(
        "statistics",
        "Statistics",
        "I",
        "Show what was marked and reviewed by week, what is due, and who is quoted most.",
        GO,
        (READING, LIBRARY),
        "app.statistics",
    ),
    Command(
        "statistics.down",
        "Page down",
        "space,pagedown",
        "Move one page down.",
        MOVE,
        (STATISTICS,),
    ),
    Command("statistics.up", "Page up", "b,pageup", "Move one page up.", MOVE, (STATISTICS,)),
    Command(
        "statistics.close", "Close", "escape,q", "Go back from the statistics.", SHOW, (STATISTICS,)
    ),
)
