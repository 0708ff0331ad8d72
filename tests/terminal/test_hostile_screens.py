"""A hostile library on every screen: only what Margin itself sends reaches the terminal.

The library comes from another person's program: the fields of its article files, the names of its
files and the settings hold what a terminal obeys. All bytes that the terminal gets are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.hostile_text import BRIEF, FILE_NAME
from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.hostile_library import foreign, make_library

PASTED = f"\x1b[200~{BRIEF}\x1b[201~"
"""What a terminal sends for a paste of hostile text."""

Step = tuple[str, ...]
"""What is on the screen after some keys, and the keys."""

ARTICLE: Sequence[Step] = (
    ("“owned�]0;owned�[/][red]” is no command",),
    ("lost its place",),
    ("▸ The tides owned", "escape", "t"),
    ("words of a heading", "/"),
    ("Nothing fits “owned", PASTED),
    ("4 annotations", "escape", "escape", "a"),
    ("by tag", "s"),
    ("1 of 4", "f"),
    ("words, tag: status: speaker:", "/"),
    ("/ owned [/][red]", PASTED),
    ("1 of 2  ⚑ claim · words owned", "escape", "escape", "c"),
    ("2 of 2  # words owned", "n"),
    ("enter note", "escape", ">"),
    ("Speaker     words owned", "enter"),
    ("More tags", "tab"),
    ("More tags", "tab"),
    ("Speaker", PASTED),
    ("Speaker", "tab"),
    ("sowned [/]", PASTED),
    ("Not saved yet.", "escape"),
    ("enter note", "d"),
    ("search the article", "/"),
    ("not found", PASTED),
    ("owned[/] writer", "escape", "i"),
    ("Asked the terminal to copy: owned[/] writer", "y"),
    ("Type the letters", "escape", "f"),
    ("Footnote 1", "d"),
    ("Type the letters", "escape", "f"),
    ("does not follow this link", "a"),
    ("Type the letters", "escape", "f"),
    ("owned.example", "s"),
    ("Old version", "escape", ">", "O"),
    ("4 annotations", "q", "a"),
    ("Deleted, u brings it back: words owned", "end", "d"),
    ("Asked the terminal to copy: “The ti", "escape", "g", "v", "w", "e", "y"),
)

LIBRARY: Sequence[Step] = (
    ("articles/evil�]0;owned",),
    ("About this article", "escape", "i"),
    ("Asked the terminal to copy: ", "y"),
    ("Remove “words owned", "escape", "d"),
    ("the trash", "y"),
    ("is back", "u"),
    ("is finished", "m"),
    ("is archived", "x"),
    ("2 of 2 articles", "f"),
    ("words, project: site:", "escape", "/"),
    ("/ owned [/][red]", PASTED),
    ("a project, or a new name", "escape", "P"),
    ("  new", PASTED),
    ("now belongs to", "enter"),
    ("by title", "escape", "s"),
    ("ctrl+j begins another line", "A"),
    ("[/][red]  ", PASTED),
    ("There is no file", "enter"),
    ("# words owned", "escape", "E"),
    ("words owned", "escape", "D"),
    ("✓ is back", "enter"),
    ("Add", "escape", "ctrl+p"),
    ("No matches found", PASTED),
    ("Help", "escape", "?"),
    ("7 notes", "escape", "R"),
    ("1 of 7 notes", "t"),
    ("6 of 7 notes", "t", "t", "t", "t"),
    ("words, “phrases”", "escape", "/"),
    ("/ owned [/][red]", PASTED),
    ("It burned 0 days", "escape", "enter"),
)

MOVED: Sequence[Step] = (
    ("Is this “words owned",),
    ("It burned 0 days", "y"),
    ("evil", "i"),
)


@pytest.fixture
def library(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home folder with a hostile library."""
    make_library(home)
    capsys.readouterr()
    return home


@pytest.mark.parametrize(
    ("words", "steps"),
    [(["tides.md"], ARTICLE), ([], LIBRARY), ([f"{FILE_NAME}/moved.md"], MOVED)],
    ids=["article", "library", "moved"],
)
def test_nothing_hostile_reaches_the_terminal(
    library: Path, words: list[str], steps: Sequence[Step]
) -> None:
    with Terminal(
        [*MARGIN, *(library / word for word in words)], home=library, size=(130, 40)
    ) as terminal:
        seen = 0
        for wanted, *keys in steps:
            terminal.send(*keys)
            terminal.wait_for(wanted)
            terminal.settle()
            assert foreign(bytes(terminal.output[seen:])) == [], f"{wanted}:\n{terminal.text}"
            seen = len(terminal.output)


REVIEW: Sequence[Step] = (
    ("1 of 6",),
    ("owned", "space"),
    ("Add to the history", "a"),
    ("enter accept", PASTED),
    ("2 of 6", "escape", "n"),
    ("Hide which words?", "c"),
    ("does not have these words", PASTED, "enter"),
    ("Help: a review", "escape", "?"),
    ("3 of 6", "escape", "n"),
)


def test_nothing_hostile_reaches_the_terminal_in_a_review(library: Path) -> None:
    words = ["review", "has:note", "OR", "has:speaker", "OR", "in:o", "OR", "owned"]
    with Terminal([*MARGIN, *words], home=library, size=(130, 40)) as terminal:
        seen = 0
        for wanted, *keys in REVIEW:
            terminal.send(*keys)
            terminal.wait_for(wanted)
            terminal.settle()
            assert foreign(bytes(terminal.output[seen:])) == [], f"{wanted}:\n{terminal.text}"
            seen = len(terminal.output)
