"""Standard streams of any encoding: what they lack is written with signs that they have."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.streams import (
    APPROXIMATE,
    SAME_WIDTH,
    can_hold,
    is_utf8,
    prepare_screen,
    prepare_streams,
)
from reader.core.cells import cell_width

ENCODINGS = ("ascii", "latin-1", "cp437", "cp1252", "koi8-r", "shift-jis")


@pytest.fixture(autouse=True, scope="module")
def _handlers() -> None:
    prepare_streams()


@pytest.mark.parametrize(
    ("text", "shown", "cells"),
    [
        ("Zoë – “ja”…", 'Zoe - "ja"...', 'Zoe - "ja"?'),
        ("10 €", "10 EUR", "10 ?"),
        ("─│┌•→←×·", "-|+*><x-", "-|+*><x-"),
        ("Größe", "Grosse", "Gro?e"),
        ("ﬁrst", "first", "?rst"),
        ("漢字 ok", "?? ok", "???? ok"),
        ("😀!", "?!", "??!"),
        ("e\u0301", "e", "e"),
        ("▰▱ a ▁▁", "#- a __", "#- a __"),
    ],
)
def test_what_ascii_lacks_is_written_as_people_type_it(text: str, shown: str, cells: str) -> None:
    assert text.encode("ascii", APPROXIMATE).decode() == shown
    assert text.encode("ascii", SAME_WIDTH).decode() == cells


@given(st.characters(exclude_categories=["Cs"]), st.sampled_from(ENCODINGS))
def test_a_screen_keeps_the_cells_of_every_character(character: str, encoding: str) -> None:
    shown = character.encode(encoding, SAME_WIDTH).decode(encoding)
    assert cell_width(shown) == cell_width(character) or shown == character


@given(st.text(), st.sampled_from(ENCODINGS))
def test_only_what_is_lacking_changes(text: str, encoding: str) -> None:
    shown = text.encode(encoding, APPROXIMATE).decode(encoding)
    if can_hold(io.TextIOWrapper(io.BytesIO(), encoding), text):
        assert shown == text
    else:
        with pytest.raises(UnicodeEncodeError):
            text.encode(encoding)


@pytest.mark.parametrize("handler", [APPROXIMATE, SAME_WIDTH])
def test_bytes_that_are_no_text_are_not_approximated(handler: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", handler)


@pytest.mark.parametrize(
    ("encoding", "errors"),
    [("utf-8", "strict"), ("utf-16", "strict"), ("ascii", APPROXIMATE), ("latin-1", APPROXIMATE)],
)
def test_streams_that_hold_every_character_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch, encoding: str, errors: str
) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\xffb"), "utf-8"))
    prepare_streams()
    assert (sys.stdout.errors, sys.stderr.errors) == (errors, errors)
    assert sys.stdin.read() == "a\ufffdb"


@pytest.mark.parametrize(("encoding", "errors"), [("utf-8", "strict"), ("ascii", SAME_WIDTH)])
def test_the_screen_is_painted_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str, errors: str
) -> None:
    painted = io.BytesIO()
    monkeypatch.setattr(sys, "__stderr__", io.TextIOWrapper(painted, encoding, write_through=True))
    prepare_screen()
    assert sys.__stderr__ is not None
    assert sys.__stderr__.errors == errors
    sys.__stderr__.write("┌─ 漢 ┐")
    assert cell_width(painted.getvalue().decode(encoding)) == cell_width("┌─ 漢 ┐")


def test_streams_that_are_no_text_files_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of a program that keeps what another one prints."""
    kept = io.StringIO()
    for name in ("stdin", "stdout", "stderr", "__stderr__"):
        monkeypatch.setattr(sys, name, kept)
    prepare_streams()
    prepare_screen()
    assert sys.stdout is kept
    assert is_utf8(kept)
    assert can_hold(kept, "漢")
    assert not can_hold(io.TextIOWrapper(io.BytesIO(), "ascii"), "漢")
    assert can_hold(io.TextIOWrapper(io.BytesIO(), "ascii"), "plain")
