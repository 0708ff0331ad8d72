"""Completion of command lines, in the shells that are found here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import main
from reader.cli.completion import SHELLS
from reader.exports import FORMATS

TITLES = ["The “quiet” ledger", "The price of $(touch owned) & ice", "A note; on 'margins'"]


@pytest.fixture
def folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, a library with some articles, and a ``margin`` that the shell finds."""
    for number, title in enumerate(TITLES):
        path = tmp_path / f"article-{number}.md"
        path.write_text(f"# {title}\n\nSome words of article {number}.\n")
        tags = ["--tag", ("claim", "figure", "two words")[number]]
        assert main(["annotate", str(path), "--quote", f"article {number}", *tags]) == 0
    program = tmp_path / "bin/margin"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m reader "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    for shell in SHELLS:
        script = subprocess.run(["margin", "completion", shell], capture_output=True, check=True)
        (tmp_path / f"margin.{shell}").write_bytes(script.stdout)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_bash(*words: str) -> list[str]:
    """Return what bash would put in place of the last word."""
    program = """
        source margin.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _shtab_margin 2>/dev/null
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    run = subprocess.run(
        ["bash", "--norc", "-c", program, "bash", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def in_fish(line: str) -> list[str]:
    """Return what fish would put in place of the last word of a line."""
    run = subprocess.run(
        ["fish", "--no-config", "-c", "source margin.fish; complete -C $argv[1]", line],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [each.partition("\t")[0] for each in run.stdout.splitlines()]


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} here")


@needs("bash")
def test_bash_completes_commands_options_and_values(folder: Path) -> None:
    assert {"notes", "next"} == set(in_bash("margin", "n"))
    assert "--since" in in_bash("margin", "notes", "--")
    assert in_bash("margin", "export", "--format", "") == list(FORMATS)
    assert in_bash("margin", "completion", "") == list(SHELLS)
    assert in_bash("margin", "config", "g") == ["get"]
    assert in_bash("margin", "config", "get", "co") == ["column"]
    assert set(in_bash("margin", "notes", "--tag", "")) == {"claim", "figure", r"two\ words"}
    assert in_bash("margin", "notes", "--saved", "o") == [r"open\ claims"]
    assert in_bash("margin", "text", "article-1") == ["article-1.md"]


@needs("bash")
def test_bash_completes_the_terms_of_queries(folder: Path) -> None:
    assert set(in_bash("margin", "notes", "ta")) == {
        "tag:claim",
        "tag:figure",
        "tag:",
        r"tag:\"two\ words\"",
    }
    assert in_bash("margin", "library", "is:cha") == ["is:changed"]
    # In a line that is typed, bash takes the colon for the end of a word.
    program = """
        source margin.bash
        COMP_WORDS=(margin notes status : op) COMP_CWORD=4
        COMP_LINE="margin notes status:op" COMP_POINT=${#COMP_LINE}
        _margin 2>/dev/null
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    run = subprocess.run(
        ["bash", "--norc", "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == ["open"]


@needs("bash")
def test_bash_takes_a_title_as_one_word_and_runs_nothing_of_it(folder: Path) -> None:
    program = 'eval "set -- $1"; printf "%s\\n" "$1"'
    completed = in_bash("margin", "notes", "--article", "")
    assert len(completed) == len(TITLES)
    shown = {
        subprocess.run(
            ["bash", "-c", program, "bash", each], capture_output=True, text=True, check=True
        ).stdout.rstrip("\n")
        for each in completed
    }
    assert shown == set(TITLES)
    assert len(in_bash("margin", "notes", "--article", r"The\ price")) == 1
    assert in_bash("margin", "notes", "--article", '"The pr') == [TITLES[1]]
    assert not (folder / "owned").exists()


@needs("fish")
def test_fish_completes_commands_options_and_values(folder: Path) -> None:
    assert {"notes", "next"} <= set(in_fish("margin n"))
    assert "--since" in in_fish("margin notes --s")
    assert set(in_fish("margin notes --tag ")) >= {"claim", "figure"}
    assert "status:open" in in_fish("margin notes status:o")
    assert set(in_fish("margin export --format ")) == set(FORMATS)
    assert "article-1.md" in in_fish("margin article-1")
    assert not (folder / "owned").exists()


@needs("zsh")
def test_zsh_reads_the_script(folder: Path) -> None:
    begin = "autoload -Uz compinit; compinit -u -d dump;"
    run = subprocess.run(
        ["zsh", "-f", "-c", f"{begin} source ./margin.zsh; whence -w _shtab_margin; print ok"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[-1] == "ok"
    assert "function" in run.stdout
    text = (folder / "margin.zsh").read_text()
    assert "_shtab_margin_commands; _files" in text
    assert ":_margin_articles" in text


def test_every_shell_has_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in SHELLS:
        assert main(["completion", shell]) == 0
        assert "margin" in capsys.readouterr().out
    assert main(["completion"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err


def test_without_a_library_there_are_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("articles", "tags"):
        assert main(["completion", "--values", kind]) == 0
        assert capsys.readouterr().out == ""
