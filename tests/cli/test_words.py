"""What is wrong with the words of a command is one sentence that is safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import main
from reader.cli.parser import parse
from reader.safe_text import unsafe_pattern

HOSTILE = (
    "\x1b]52;c;eA==\x07", "\x9b31m", "\u202ex", "\u200b", "two\nlines", "\r", "\udcff.md", "\x00", "\U000e0041",
)  # fmt: skip
WRONG = (
    ["trash"], ["library", "--state"], ["export", "--format"], ["notes", "--since"], ["--as"],
    ["annotate", "x", "--quote", "y", "--status"], ["text", "--width"], ["x"], ["--"],
)  # fmt: skip


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("--help\n")
    assert printed.err.count("\n") == 1
    assert unsafe_pattern().search(printed.err) is None
    return printed.err


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_word_is_shown_without_what_a_terminal_would_obey(
    words: list[str], hostile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    refused([*words, f"-{hostile}", hostile, hostile], capsys)


def test_a_wrong_word_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "naïve 字" in refused(["trash", "naïve 字"], capsys)


@pytest.mark.parametrize("kind", ["text", "TEXT", "auto"])
@pytest.mark.parametrize("library", [[], ["--library", "notes"]])
@pytest.mark.parametrize("part", [[], ["--whole"], ["--article"]])
def test_options_of_reading_stand_before_or_after_the_source(
    kind: str, library: list[str], part: list[str]
) -> None:
    options = [*library, *part, "--as", kind]
    for words in ([*options, "tides.md"], ["tides.md", *options], [*library, "tides.md", *options]):
        parsed = parse(words)
        assert parsed.source == "tides.md"
        assert parsed.read_as == ("" if kind == "auto" else "text")
        assert parsed.whole is {"": None, "--whole": True, "--article": False}["".join(part)]
        assert str(parsed.library) == ("notes" if library else "None")


@given(st.lists(st.text(max_size=6), min_size=3, max_size=5))
def test_any_words_too_many_are_refused(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("sys.stderr.write", printed.append)
        with pytest.raises(SystemExit) as ended:
            main(["trash", "--empty", *[f"x{word}" for word in words]])
    assert ended.value.code == 2
    assert unsafe_pattern().search("".join(printed)) is None
