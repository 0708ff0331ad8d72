"""``margin config``: the settings from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.config import load_settings

WRITTEN = """\
# my settings
theme = "margin-dark"   # by night

[keys]                  # mine
"undo" = "z"

[[tags]]
name = "figure"
"""


@pytest.fixture
def path(home: Path) -> Path:
    path = home / ".config/margin/settings.toml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN)
    return path


def printed(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["config", *words]) == code
    shown = capsys.readouterr()
    return shown.out if code == 0 else shown.err


def test_the_settings_are_printed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "path") == f"{path}\n"
    assert printed(capsys, "get", "theme") == "margin-dark\n"
    assert printed(capsys, "get", "native_clipboard") == "true\n"
    assert printed(capsys, "get", "keys.undo") == "z\n"
    assert printed(capsys, "get", "keys.redo", code=1) == ""
    listed = printed(capsys, "list").splitlines()
    assert {"theme = margin-dark", "column = 72", "keys.undo = z"} <= set(listed)
    values = json.loads(printed(capsys, "list", "--json"))
    assert (values["backups"], values["check_for_newer"], values["keys.undo"]) == (7, True, "z")
    assert json.loads(printed(capsys, "get", "column", "--json")) == 72


def test_the_tags_and_the_statuses_are_printed(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(f'{WRITTEN}\n[[statuses]]\nname = "half true"\nrating_value = 2.5\n')
    assert (
        printed(capsys, "get", "tags").splitlines()[-1] == "figure: key 4, glyph ●, colour #b48ead"
    )
    lines = printed(capsys, "get", "statuses").splitlines()
    assert lines[0] == "unchecked: key u, sign ?, colour unchecked"
    assert lines[-1] == (
        "half true: key h, sign ◊, colour #b48ead, ratingValue 2.5, alternateName Half true,"
        " worstRating 1, bestRating 5"
    )
    statuses = json.loads(printed(capsys, "get", "statuses", "--json"))
    assert [each["name"] for each in statuses[:4]] == [
        "unchecked", "supported", "disputed", "refuted"
    ]  # fmt: skip
    assert statuses[0]["rating"] is None
    assert statuses[3]["rating"] == {
        "ratingValue": 1, "alternateName": "Refuted", "worstRating": 1, "bestRating": 5
    }  # fmt: skip
    assert "margin config edit" in printed(capsys, "set", "statuses", "x", code=2)
    lines = printed(capsys, "get", "searches").splitlines()
    assert lines[0] == "open claims: query tag:claim status:open"
    searches = json.loads(printed(capsys, "get", "searches", "--json"))
    assert searches[4] == {"name": "this week", "query": "marked:this-week", "key": ""}


def test_a_setting_is_changed_and_the_rest_stays(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, value in (
        ("theme", "margin-light"), ("column", "90"), ("native_clipboard", "false"),
        ("keys.undo", "ctrl+z"), ("keys.line.down", "j,n"),
    ):  # fmt: skip
        assert printed(capsys, "set", key, value) == ""
    settings = load_settings(path)
    assert (settings.theme, settings.column, settings.native_clipboard) == (
        "margin-light",
        90,
        False,
    )
    assert settings.keys == {"undo": "ctrl+z", "line.down": "j,n"}
    assert [tag.name for tag in settings.tags][-1] == "figure"
    text = path.read_text()
    for comment in ("# my settings", "# by night", "# mine"):
        assert comment in text


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("theme", "pink", "line 2: theme is"),
        ("column", "9", "a whole number from 40 to 160"),
        ("column", "wide", "a whole number from 40 to 160"),
        ("column", "9" * 400, "a whole number from 40 to 160"),
        ("backups", "-1", "a whole number from 0 to 365"),
        ("native_clipboard", "yes", "must be true or false"),
        ("thme", "x", "did you mean theme?"),
        ("keys", "x", "margin config edit"),
        ("tags", "x", "margin config edit"),
        ("keys.", "x", "did you mean"),
        ("keys.contentz", "x", "did you mean keys.contents?"),
    ],
)
def test_what_the_settings_would_refuse_is_refused(
    path: Path, key: str, value: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = printed(capsys, "set", key, value, code=2)
    assert told.startswith("margin: ")
    assert told.count("\n") == 1
    assert said in told
    assert path.read_text() == WRITTEN


def test_zeros_in_front_of_a_number_count_as_digits(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "set", "column", "90".zfill(19))
    assert load_settings(path).column == 90
    assert "from 40 to 160" in printed(capsys, "set", "column", "80".zfill(20), code=2)
    assert load_settings(path).column == 90


@pytest.mark.parametrize(
    "words", [("get",), ("set",), ("set", "theme"), ("list", "theme"), ("path", "a", "b")]
)
def test_words_that_are_missing_or_too_many_are_told(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"margin config {words[0]}" in printed(capsys, *words, code=2)


def test_a_file_with_a_fault_is_told_and_stays(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text('theme = "pink"\n')
    for words in (("list",), ("get", "theme"), ("set", "column", "80")):
        assert "line 1: theme is" in printed(capsys, *words, code=2)
    assert path.read_text() == 'theme = "pink"\n'


def test_the_editor_gets_a_file_and_faults_are_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / ".config/margin/settings.toml"
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "$1" >> "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", f"'{editor}' 'column = 99'")
    printed(capsys, "edit")
    assert load_settings(path).column == 99
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_text().startswith("# The settings of Margin")
    monkeypatch.setenv("VISUAL", f"'{editor}' 'nonsense = 1'")
    assert "nonsense is not a setting" in printed(capsys, "edit", code=2)
    monkeypatch.delenv("VISUAL")
    assert "exit code 1" in printed(capsys, "edit", code=2)
    for word in ("/no/such/editor", "'", " "):
        monkeypatch.setenv("EDITOR", word)
        assert "name your editor" in printed(capsys, "edit", code=2)
