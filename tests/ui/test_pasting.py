"""What a paste becomes: from the bytes of a terminal to the text that a field takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message
from textual.widgets import Input

from reader.core.text_formatting import joined_lines
from reader.safe_text import drop_escape_sequences
from reader.ui import compat
from reader.ui.compat import InputParser
from reader.ui.widgets.search_bar import SearchBar
from tests.ui.reading_app import opened

START, END = "\x1b[200~", "\x1b[201~"

SEQUENCES = (
    "\x1b", "\x1b[", "\x1b[2", "\x1b[20", "\x1b[200", "\x1b[201", "\x1b[31m", "\x1b[A", "\x1b[2J",
    "\x1b]52;c;aGVsbG8=\x07", "\x1b]0;title\x1b\\", "\x1bd", "\x1b\x1b", "\x9b31m", "\x1b[<0;1;1M",
    "\x1b[I", "\x1b[O", "\x1b[48;24;80;0;0t", START, "\r", "\n", "\t", "\x00", "\x03", "\x7f", "d1q",
)  # fmt: skip

pasted = st.lists(
    st.one_of(st.sampled_from(SEQUENCES), st.text(max_size=4)), max_size=8
).map("".join).filter(lambda text: END not in text)  # fmt: skip


class Clock:
    """The time of a parser, which only the test moves on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(compat, "get_time", lambda: self.now)
        monkeypatch.setattr("textual._parser.get_time", lambda: self.now)

    def wait(self, parser: InputParser, seconds: float) -> list[Message]:
        """Let seconds pass as the driver does, which asks ten times a second."""
        messages: list[Message] = []
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            messages += parser.tick()
        return messages


def parsed(parts: Iterable[str]) -> list[Message]:
    """Return what a parser makes of input that comes in parts, and of the pause after it."""
    parser = InputParser()
    return [message for part in parts for message in parser.feed(part)]


def texts(messages: Iterable[Message]) -> list[str]:
    return [each.text for each in messages if isinstance(each, events.Paste)]


def keys(messages: Iterable[Message]) -> list[str]:
    return [each.key for each in messages if isinstance(each, events.Key)]


def cut(text: str, places: Sequence[int]) -> list[str]:
    """Return a text in parts."""
    edges = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end] for start, end in pairwise(edges)]


# The terminal's bytes


@given(pasted, st.lists(st.integers(0, 10_000), max_size=6))
def test_all_of_a_paste_is_one_text_however_it_arrives(text: str, places: list[int]) -> None:
    messages = parsed(cut(f"a{START}{text}{END}b", places))
    assert texts(messages) == ([text] if text else [])
    assert keys(messages) == ["a", "b"]
    assert len(messages) == 2 + bool(text)


@given(st.lists(pasted, max_size=4), st.lists(st.integers(0, 10_000), max_size=4))
def test_pastes_and_keys_keep_their_order(pastes: list[str], places: list[int]) -> None:
    whole = "".join(f"{START}{text}{END}x" for text in pastes)
    messages = parsed(cut(whole, places))
    expected = [each for text in pastes for each in ([text] if text else []) + ["x"]]
    assert [
        each.text if isinstance(each, events.Paste) else getattr(each, "key", each)
        for each in messages
    ] == expected


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1bOB", "down"),
        ("\x1b[5~", "pageup"),
        ("\x1b[1;2C", "shift+right"),
        ("\x1b[1;3D", "alt+left"),
        ("\x1b[13;2u", "shift+enter"),
        ("\x1bd", "alt+d"),
    ],
)
def test_keys_are_understood_as_before(
    sequence: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    messages = [*parser.feed(sequence), *clock.wait(parser, 0.3)]
    assert keys(messages) == [key]


def test_escape_is_a_key_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    assert not list(parser.feed("\x1b"))
    assert keys(clock.wait(parser, 0.2)) == ["escape"]
    assert keys(parser.feed("[")) == ["left_square_bracket"]
    assert not clock.wait(parser, 0.3)
    assert keys(parser.feed("x")) == ["x"]


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[?62;22c",
        "\x1b[>1;10;0c",
        "\x1b]11;rgb:1234/5678/9abc\x07",
        "\x1b]11;rgb:1234/5678/9abc\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b[0;0;0;0m",
        "\x1b[?2026;0$y",
    ],
)
def test_sequences_that_are_no_keys_lead_to_none(
    sequence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    messages = [*parser.feed(f"j{sequence}k"), *clock.wait(parser, 0.3)]
    assert keys(messages) == ["j", "k"]


def test_the_mouse_and_the_focus_are_understood() -> None:
    messages = parsed(["\x1b[<0;5;6M\x1b[<0;5;6m\x1b[I\x1b[O"])
    assert [type(each) for each in messages] == [
        events.MouseDown,
        events.MouseUp,
        events.AppFocus,
        events.AppBlur,
    ]


@pytest.mark.parametrize("length", range(3, len(START)))
def test_the_mark_of_a_paste_may_be_interrupted(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    messages = [*parser.feed(START[:length]), *clock.wait(parser, 1)]
    messages += parser.feed(f"{START[length:]}d{END}")
    assert texts(messages) == ["d"]
    assert keys(messages) == []


def test_a_paste_without_an_end_is_taken_and_the_keyboard_works_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    assert not list(parser.feed(f"{START}half of it"))
    assert not clock.wait(parser, compat.PASTE_SECONDS - 0.2)
    assert texts(clock.wait(parser, 1)) == ["half of it"]
    assert keys(parser.feed("q")) == ["q"]
    assert keys(parser.feed("\x1b[B")) == ["down"]


def test_a_paste_that_comes_slowly_never_acts_as_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, parser = Clock(monkeypatch), InputParser()
    messages = list(parser.feed(f"{START}one "))
    for part in ("two ", "three ", f"four{END}"):
        messages += clock.wait(parser, 8)
        messages += parser.feed(part)
    assert "".join(texts(messages)) == "one two three four"
    assert keys([*messages, *parser.feed("x")]) == ["x"]


# The text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain [31m words", "plain [31m words"),
        ("Error: \x1b[31mred\x1b[0m done", "Error: red done"),
        ("\x1b[38;2;1;2;3mcolour\x1b[m", "colour"),
        ("\x9b1mbold", "bold"),
        ("a\x1b]8;;https://x.y\x1b\\link\x1b]8;;\x07b", "alinkb"),
        ("a\x1bP1$r\x1b\\b\x1b(Bc", "abc"),
        ("half\x1b[2", "half\x1b[2"),
        ("words\x1bd", "words\x1bd"),
        ("\x1b]0;never ended", "\x1b]0;never ended"),
    ],
)
def test_escape_sequences_are_dropped_and_words_are_not(text: str, words: str) -> None:
    assert drop_escape_sequences(text) == words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a word ", " a word "),
        ("one\ntwo", "one two"),
        ("one\n\n\n two \nthree\n", "one two three"),
        ("a\tb", "a b"),
        ("\n\n", ""),
        ("", ""),
    ],
)
def test_lines_are_joined(text: str, line: str) -> None:
    assert joined_lines(text) == line


@given(st.text())
def test_joining_lines_loses_no_word(text: str) -> None:
    assert joined_lines(text).split() == text.split()


# The screens


async def test_a_search_takes_all_lines_of_a_paste(tmp_path: Path) -> None:
    async with opened(tmp_path, "The harbour closed.\n\nIt closed in March.") as reader:
        await reader.press("slash")
        reader.app.post_message(events.Paste("harbour\n\x1b[1mclosed\x1b[0m"))
        field = reader.screen.query_one(SearchBar).query_one(Input)
        await reader.until(lambda: field.value, "the paste")
        assert field.value == "harbour closed"


async def test_the_palette_takes_all_lines_of_a_paste(tmp_path: Path) -> None:
    async with opened(tmp_path, "The harbour closed.") as reader:
        await reader.press("ctrl+p")
        field = reader.app.screen.query_one(Input)
        reader.app.post_message(events.Paste("next\nheading"))
        await reader.until(lambda: field.value, "the paste")
        assert field.value == "next heading"


async def test_a_paste_over_an_article_does_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, "The harbour closed. It opened.") as reader:
        await reader.press("1")
        before, caret = reader.annotations, reader.view.caret
        reader.app.post_message(events.Paste(f"d1q{os.linesep}\x1b[B"))
        await reader.press("w")
        assert reader.annotations == before
        assert reader.view.caret > caret
