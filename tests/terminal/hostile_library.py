"""Makes a library with hostile text in every field, and tells what of a program's output is foreign."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from reader.cli.main import main
from tests.hostile_text import BRIEF, FILE_NAME, KEPT, UNSAFE, poisoned

TEXT = """\
---
author: "owned\x1b\x9b\u202e[/] writer"
---

# The tides owned\x1b\x9b\u202e[/]

The tide tables were kept in the office, beside the lamp that burned all night and all day.

## Second owned\x1b\x9b\u202e[/]

They were copied by hand once a year. A [link](owned%1b]0;owned%07.md) and another
[link](https://owned.example/%1b]0;owned) are here, and a note.[^1]

Nobody has read them since the winter. The ferry has not come back.

[^1]: The note owned\x1b\x9b\u202e[/] goes on.
"""

LOST, REWORDED, DELETED = "Nobody has read them since the winter", "burned all night", "The ferry"
"""Passages: one whose words are no more in the article, one with other words, one deleted."""

SETTINGS = """\
[[tags]]
name = "owned [/][red]"

[keys]
"owned\\u001b]0;owned\\u0007[/][red]" = "x"
"undo" = "owned\\u001b]0;owned\\u0007[/][red]"
"""

OWN_SEQUENCE = re.compile(
    r"\x1b\[(?:[0-9;:]*m|\d+;\d+H|\?(?:25|7|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"
    r"|\?(?:2026|2048)\$p|>\d+u|<u|c)"
)
"""The sequences that Textual sends: colours, places, and modes of the terminal."""

OWN_STRING = re.compile(
    r"\x1b\]8;(?:id=\d+)?;([!-~]*)\x1b\\|\x1b\]52;c;([A-Za-z0-9+/=]*)\x07|\x1b\]22;[a-z-]*\x07"
)
"""A link (OSC 8), the request to copy (OSC 52), and the pointer's shape (OSC 22)."""

LINE_END = re.compile(r"\r\n(?=\x1b|$)")
"""What Textual sends between two lines of a frame, before it goes to the next one."""

HOSTILE_COLOUR = "\x1b[48;5;199m"


def make_library(folder: Path) -> None:
    """Make a library of four articles in the home folder, with the texts that they were made of."""
    library = folder / ".local/share/margin"
    texts = {name: folder / f"{name}.md" for name in ("tides", "other", "moved")}
    texts["tides"].write_text(TEXT)
    _annotate(texts["tides"], "tide tables", "--tag", "quote", "--tag", "mine", "--speaker", "s")
    _annotate(texts["tides"], REWORDED, "--tag", "claim", "--status", "disputed")
    for words in ("copied by hand", LOST, DELETED):
        _annotate(texts["tides"], words, "--tag", "mine")
    for name in ("other", "moved"):
        sentences = "".join(f"It burned {number} days in the {name}. " for number in range(40))
        texts[name].write_text(f"# {name}\n\n{sentences}\n")
        _annotate(texts[name], "burned 1 days", "--tag", "mine")
    for file in (library / "articles").glob("*.json"):
        file.write_text(json.dumps(_with_hostile_fields(json.loads(file.read_text()))))
    (library / "articles" / f"{FILE_NAME}.json").write_text("{ damaged")
    text = TEXT.replace(REWORDED, "burned the whole night").replace(f"{LOST}. ", "")
    texts["tides"].write_text(text)
    moved = folder / FILE_NAME / "moved.md"
    moved.parent.mkdir()
    moved.write_text(f"{texts['moved'].read_text()}\nAnd one more line.\n")
    texts["moved"].unlink()
    config = folder / ".config/margin/settings.toml"
    config.parent.mkdir(parents=True)
    config.write_text(SETTINGS)


def _annotate(path: Path, words: str, *options: str) -> None:
    assert main(["annotate", str(path), "--quote", words, "--note", "n", *options]) == 0


def _with_hostile_fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a file with hostile text in every field that may hold it."""
    record = poisoned(record, text=BRIEF, kept=KEPT | {"source"})
    for annotation in record["annotations"].values():
        selector = annotation["selector"]
        words = selector["exact"]
        if words == DELETED:
            annotation["deleted"] = annotation["modified"]
        if words in (DELETED, LOST):
            selector |= poisoned(selector, text=BRIEF, kept=frozenset({"snapshot"}))
    return record


def foreign(output: bytes) -> list[str]:
    """Return what is unsafe in the output of the program and not its own."""
    text = output.decode("utf-8", "replace")
    faults = ["the hostile colour"] if HOSTILE_COLOUR in text else []

    def check(string: re.Match[str]) -> str:
        target, copied = string[1] or "", base64.b64decode(string[2] or "").decode()
        if target and not target.startswith(("http://", "https://", "mailto:")):
            faults.append(f"a link to {target!r}")
        if UNSAFE.search(copied):
            faults.append(f"copied {copied!r}")
        return ""

    text = LINE_END.sub("", text)
    rest = OWN_SEQUENCE.sub("", OWN_STRING.sub(check, text))
    faults += [
        repr(rest[max(unsafe.start() - 40, 0) : unsafe.end() + 20])
        for unsafe in (*UNSAFE.finditer(rest), *re.finditer("\n", rest))
    ]
    return faults
