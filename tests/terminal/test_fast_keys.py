"""Keys that come at once: each acts on what the keys before it have opened, or on nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.terminal.driver import KEYS, MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes

LINKS = (
    "# Links\n\nA [link](other.md) and a note.[^1] Some words here.\n\n[^1]: The note goes on.\n"
)


def at_once(terminal: Terminal, *keys: str) -> None:
    """Send keys as one piece of input."""
    os.write(terminal.descriptor, "".join(KEYS.get(key, key) for key in keys).encode())


@pytest.fixture
def marked(home: Path) -> Terminal:
    """An article with one annotation, and the caret on it."""
    terminal = Terminal([*MARGIN, ESSAY], home=home)
    terminal.wait_for("The Long Way to Tell Time")
    terminal.send(")", "2")
    terminal.wait_for("Marked as claim")
    terminal.wait_for("✓ saved")
    return terminal


def quit_(terminal: Terminal) -> None:
    terminal.send("q")
    assert terminal.wait() == 0


def test_a_note_is_typed_right_after_its_key(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        at_once(terminal, "enter", *"dqd words ", "ctrl+s")
        terminal.wait_for("✎")
        terminal.wait_for("✓ saved")
        quit_(terminal)
    assert [note["note"] for note in notes(home)] == ["dqd words"]


def test_keys_after_the_key_of_a_list_act_on_the_list(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        terminal.send("G", "1")  # another annotation, at the end
        terminal.wait_for("✓ saved")
        terminal.send("g")  # the caret is on neither
        at_once(terminal, "a", "j", "d")
        terminal.wait_for("1 annotation")
        terminal.send("escape")
        terminal.wait_for("✓ saved")
        quit_(terminal)
    assert len(notes(home)) == 1


def test_what_is_searched_for_does_nothing_else(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        at_once(terminal, "/", *"dud")
        terminal.wait_for("/ dud")
        terminal.send("escape")
        at_once(terminal, "/", *"harbour")
        terminal.wait_for("1 of")
        terminal.send("escape")
        quit_(terminal)
    assert len(notes(home)) == 1


def test_keys_after_a_question_answer_it(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        at_once(terminal, "L", "d", "n", "d", "n", "/", *"xmd")
        terminal.wait_for("/ xmd")
        terminal.send("escape")
        terminal.wait_for("The Long Way")
        at_once(terminal, "d", "y")
        terminal.wait_for("is in the trash folder")
        at_once(terminal, "u")
        terminal.wait_for("is back")
        at_once(terminal, "q", "q")
        assert terminal.wait() == 0
    assert len(notes(home)) == 1


def test_keys_after_an_article_is_chosen_act_on_it(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        at_once(terminal, "q")
        assert terminal.wait() == 0
    with Terminal(MARGIN, home=home) as terminal:
        terminal.wait_for("The Long Way")
        at_once(terminal, "enter", "g", ")", ")", ")", "3")
        terminal.wait_for("Marked as context")
        terminal.wait_for("✓ saved")
        at_once(terminal, "L", "R")
        terminal.wait_for("2 notes")
        at_once(terminal, "enter", "d")
        terminal.wait_for("Deleted")
        terminal.wait_for("✓ saved")
        terminal.kill()
    assert len(notes(home)) == 1


def test_keys_for_an_article_that_does_not_open_are_dropped(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        terminal.send("q")
        assert terminal.wait() == 0
    (file,) = (home / ".local/share/margin/articles").iterdir()
    with Terminal(MARGIN, home=home) as terminal:
        terminal.wait_for("The Long Way")
        terminal.settle()  # the first picture is there before the list has been read
        file.rename(home / file.name)
        at_once(terminal, "enter", "d", "y", "x")
        terminal.wait_for("Article not found")
        terminal.settle()
        assert "Remove" not in terminal.text
        assert "archived" not in terminal.text.replace("archived 0", "")
        file.parent.joinpath(file.name).write_bytes((home / file.name).read_bytes())
        quit_(terminal)
    assert len(notes(home)) == 1


def test_letters_over_links_are_typed_right_after_their_key(home: Path) -> None:
    path = home / "links.md"
    path.write_text(LINKS)
    (home / "other.md").write_text("# Other\n\nAnother text.\n")
    with Terminal([*MARGIN, path], home=home) as terminal:
        terminal.wait_for("Some words here")
        at_once(terminal, "f", "s")
        terminal.wait_for("Footnote")
        terminal.send("escape")
        at_once(terminal, "f", "a", "1")  # the last one may be dropped
        terminal.wait_for("Another text")
        terminal.send("q")
        terminal.wait_for("Some words here")
        quit_(terminal)
    assert "Some words" not in str(notes(home))


def test_a_tag_after_the_letter_of_a_sentence_marks_it(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        for letter, tag in (("d", "1"), ("g", "2"), ("h", "3")):
            at_once(terminal, "z", letter, tag)
            terminal.wait_for(f"Marked as {('quote', 'claim', 'context')[int(tag) - 1]}")
        terminal.wait_for("✓ saved")
        quit_(terminal)
    tags = {str(note["tags"]) for note in notes(home)}
    assert tags == {"['claim']", "['context']", "['quote']"}


def test_a_status_takes_its_letter_however_fast_that_comes(home: Path, marked: Terminal) -> None:
    with marked as terminal:
        at_once(terminal, "s", "r", "s", "d", ")", "s", "s", "u", "s", "u")
        terminal.wait_for("Marked as claim, unchecked")
        terminal.wait_for("✓ saved")
        quit_(terminal)
    assert sorted(str(note["status"]) for note in notes(home)) == ["disputed", "unchecked"]


@pytest.mark.parametrize("key", ["E", "D", "?", "i", "ctrl+p"])
def test_no_key_after_a_dialog_s_key_changes_the_article(
    home: Path, marked: Terminal, key: str
) -> None:
    with marked as terminal:
        at_once(terminal, key, "d", "d", "1", "3")
        terminal.settle(0.3)
        terminal.kill()
    assert [note["tags"] for note in notes(home)] == [["claim"]]
