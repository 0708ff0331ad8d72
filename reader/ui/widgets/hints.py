"""The line at the bottom of a screen that says which keys do what next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.core.cells import cell_width
from reader.ui.commands import COMMANDS, keys_of

_BY_ID = {command.id: command for command in COMMANDS}
GAP = "  "
"""What parts two hints."""


class Hints(Widget):
    """Keys with a word each, as many as fit. Its looks are in ``styles/row_list.tcss``."""

    ALLOW_SELECT = False

    hints: reactive[tuple[tuple[str, str], ...]] = reactive[tuple[tuple[str, str], ...]](())
    """Pairs of keys as people write them and a word for what they do, the foremost first."""

    def render(self) -> Content:
        """Return the hints that fit, whole."""
        shown: list[Content] = []
        room = self.content_size.width
        for keys, word in self.hints:
            room -= cell_width(f"{keys} {word}") + (len(GAP) if shown else 0)
            if room < 0:
                break
            shown.append(Content.assemble((f"{keys} ", "$foreground"), (word, "$faint")))
        return Content(GAP).join(shown)


def hints_of(
    commands: Sequence[tuple[str, str]], keymap: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return hints for commands, each with the first of its keys.

    Args:
        commands: Pairs of a command's id and a word for it.
        keymap: The person's own keys by command id.
    """
    return tuple((keys_of(_BY_ID[id_], keymap)[0], word) for id_, word in commands)
