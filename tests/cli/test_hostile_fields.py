"""Hostile text in every field of a library: what each command prints is safe for a terminal.

The text comes from a library that another person's program wrote, from names of files, and from the
words of the command line. The bytes are looked at: of a terminal, of standard output and of errors.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_text import FILE_NAME, HOSTILE, SEQUENCES, UNSAFE, poisoned

ROOT = Path(__file__).resolve().parents[2]

OWN_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\r\x1b\[2K")
"""What Margin itself sends to a terminal: colours, and a line of progress in place of another."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a hostile library, another one that was merged, and hostile names of files."""
    folder = tmp_path_factory.mktemp("hostile")
    text = folder / "tides.md"
    text.write_text("# Tides\n\nThe tide tables were kept in the office.\n")
    for quote in ("tide tables", "kept in the office"):
        run = margin(
            folder, "annotate", "tides.md", "--quote", quote, "--note", "n", "--speaker", "s",
            "--tag", "t", "--tag", "claim", "--status", "disputed",
        )  # fmt: skip
        assert run.returncode == 0
    (file,) = (folder / "library/articles").iterdir()
    record = json.loads(file.read_text())
    file.write_text(json.dumps(poisoned(record)))
    other = folder / "other/articles"
    other.mkdir(parents=True)
    (other / "a.json").write_text(json.dumps(poisoned(record)).replace(record_id(record), "0" * 26))
    (other / f"{FILE_NAME}.json").write_text("{ damaged")
    articles = folder / "library/articles"
    (articles / f"{FILE_NAME}.json").write_text("{ damaged")
    (articles / f"{FILE_NAME} 2.json").write_text(json.dumps({HOSTILE: {"1": {"id": HOSTILE}}}))
    (folder / FILE_NAME).mkdir()
    (folder / f"{FILE_NAME}.md").write_text(f"# {HOSTILE}\n\n{HOSTILE} words to read.\n")
    (folder / f"{FILE_NAME}.zip").write_bytes(b"no archive")
    return folder


def record_id(record: dict[str, Any]) -> str:
    """Return the id of the one article of a file."""
    match = re.search(r"[0-9A-HJKMNP-TV-Z]{26}", json.dumps(record.get("article", record)))
    assert match
    return match[0]


def margin(folder: Path, *words: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        cwd=folder,
        env=os.environ
        | {"HOME": str(folder), "MARGIN_LIBRARY": str(folder / "library"), "TERM": "xterm-256color"}
        | {"PYTHONPATH": str(ROOT), "PAGER": "cat"},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        **(streams or {"capture_output": True}),
    )


def on_a_terminal(folder: Path, *words: str) -> bytes:
    """Return what a terminal gets of a command."""
    ours, theirs = pty.openpty()
    collected = bytearray()
    try:
        margin(folder, *words, stdout=theirs, stderr=theirs)
    finally:
        os.close(theirs)
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        collected += part
    os.close(ours)
    return bytes(collected).replace(b"\r\n", b"\n")


COMMANDS: list[tuple[str, ...]] = [
    ("library",),
    ("library", "--json"),
    ("library", "--state", HOSTILE.replace("\0", "")),
    ("notes",),
    ("notes", "--json"),
    ("notes", "--query", "words"),
    ("notes", "--article", "words"),
    ("notes", "--article", HOSTILE.replace("\0", "")),
    ("notes", "--since", HOSTILE.replace("\0", "")),
    (f"notes{HOSTILE}".replace("\0", ""),),
    ("notes", f"--{HOSTILE}".replace("\0", "")),
    ("export",),
    ("export", "--format", "jsonl"),
    ("export", "--format", HOSTILE.replace("\0", "")),
    ("export", "-o", FILE_NAME),
    ("export", "-o", f"{FILE_NAME}.md"),
    ("annotate", f"{FILE_NAME}.md", "--quote", "words to read"),
    ("annotate", f"{FILE_NAME}.md", "--quote", "to"),
    ("annotate", "tides.md", "--quote", "nowhere"),
    ("annotate", "tides.md", "--quote", "tide tables", "--tag", FILE_NAME),
    ("annotate", "tides.md", "--quote", "tide tables", "--json"),
    ("text", f"{FILE_NAME}.md"),
    ("text", f"{FILE_NAME}.md", "--json"),
    ("text", FILE_NAME),
    ("text", f"{FILE_NAME}.txt"),
    ("text", "tides.md", "--as", FILE_NAME),
    ("add", f"{FILE_NAME}.md", f"{FILE_NAME}.txt"),
    ("add", f"{FILE_NAME}.md", "--json"),
    ("add", "--from", f"{FILE_NAME}.md"),
    ("merge", "other"),
    ("merge", FILE_NAME),
    ("backup", "-o", FILE_NAME),
    ("restore", f"{FILE_NAME}.zip"),
    ("restore", FILE_NAME),
    ("git-merge", FILE_NAME, FILE_NAME, f"{FILE_NAME}.md"),
    ("doctor", "--library", FILE_NAME),
    ("doctor",),
    ("doctor", "--json"),
    ("doctor", "--fix"),
    ("doctor",),
    ("trash",),
    ("trash", "--json"),
    ("trash", "--restore", FILE_NAME),
    ("library",),
    ("notes",),
    (f"{FILE_NAME}.md",),
]


def name_of(words: tuple[str, ...]) -> str:
    return re.sub(r"[^ -~]", "", " ".join(words))[:40]


@pytest.mark.parametrize("words", COMMANDS, ids=name_of)
def test_what_a_command_prints_is_safe(folder: Path, words: tuple[str, ...]) -> None:
    run = margin(folder, *words)
    assert run.returncode in {0, 1, 2}
    assert b"Traceback" not in run.stderr
    for shown in (run.stdout, run.stderr):
        assert UNSAFE.findall(shown.decode()) == []


@pytest.mark.parametrize(
    "words",
    [*COMMANDS[:4], *COMMANDS[5:8], ("doctor",), ("merge", "other"), ("trash",)],
    ids=name_of,
)
def test_what_a_terminal_gets_is_safe(folder: Path, words: tuple[str, ...]) -> None:
    shown = on_a_terminal(folder, *words).decode()
    assert SEQUENCES["colour"] not in shown
    assert "\x1b[2J" not in shown
    assert UNSAFE.findall(OWN_SEQUENCE.sub("", shown)) == []


def test_the_library_is_as_hostile_as_it_should_be(folder: Path) -> None:
    hostile = [
        note
        for note in json.loads(margin(folder, "notes", "--json").stdout)
        if all(HOSTILE in text for text in (note["note"], note["speaker"], *note["tags"][:1]))
    ]
    assert hostile
    assert margin(folder, "notes").stdout.count(b"owned") > 20
    assert b"owned" in margin(folder, "library").stdout


@pytest.mark.parametrize("name", ["markdown", "jsonl"])
def test_exported_files_are_safe_to_print(folder: Path, name: str) -> None:
    run = margin(folder, "export", "--format", name, "-o", f"exports-{name}")
    assert run.returncode == 0
    files = list((folder / f"exports-{name}").iterdir())
    assert files
    for file in files:
        assert UNSAFE.findall(file.read_text("utf-8")) == []
        assert UNSAFE.findall(file.name) == []
