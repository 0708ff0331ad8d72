"""The time from a key to the painted frame in an article with 10,000 notes, with and without them."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from reader.core.document import TextRange
from reader.session import Session
from tests.benchmarks.articles import TITLE, write_article
from tests.benchmarks.keys import press
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN, Terminal

NOTES: Final = 10_000
"""The notes of the article, which has 1 MB: about thirty on a screen."""

KEYS: Final = ("j", "space", ")", ">", "w")
"""A line, a page, a sentence, an annotation and a word on."""

SIZE: Final = (140, 45)
"""Columns and lines of a window in which notes have room."""

_PASSAGE = re.compile(r"[A-Z][^.]{20,60}")


def margin_notes(runs: int) -> str:
    """Measure each key with the notes in the margin and without, in turns; return a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = write_article(folder / "article.md", 1_000_000)
        _annotate(article, folder / "shown")
        shutil.copytree(folder / "shown", folder / "hidden")
        (folder / "settings.toml").write_text("margin_notes = false\n", encoding="utf-8")
        environments = {
            "shown": {"MARGIN_LIBRARY": str(folder / "shown")},
            "hidden": {
                "MARGIN_LIBRARY": str(folder / "hidden"),
                "MARGIN_CONFIG": str(folder / "settings.toml"),
            },
        }
        command = (*MARGIN, str(article))
        with (
            Terminal(command, size=SIZE, home=folder, environment=environments["shown"]) as shown,
            Terminal(command, size=SIZE, home=folder, environment=environments["hidden"]) as hidden,
        ):
            for terminal in (shown, hidden):
                terminal.wait_for(TITLE)
                terminal.wait_for(lambda text: "reading the file" not in text, seconds=120)
                terminal.settle(1.0)
            rows = [row for key in KEYS for row in _compared(key, shown, hidden, runs)]
    return table((f"key, {NOTES:,} notes", "median ms", "quartiles ms", "ratio"), rows)


def _annotate(article: Path, library: Path) -> None:
    """Make a library with an annotated article."""
    session = Session(library)
    loading = session.open(str(article))
    open_article = loading.open_article
    for document in loading.rest:
        if document.is_complete:
            open_article.reanchor(session.reanchor(open_article.state, document))
        else:
            open_article.grow(document)
    text = open_article.state.document.text
    passages = [TextRange(*match.span()) for match in _PASSAGE.finditer(text)]
    spread = passages[:: max(len(passages) // NOTES, 1)][:NOTES]
    open_article.mark_quotations([(passage, "Ada Brisk") for passage in spread])
    note = "Ask the **clerk** about it, and about the [register](https://example.org/x). " * 2
    open_article.adopt([replace(each, note=note) for each in open_article.state.annotations])
    session.writer.close()


def _compared(
    key: str, shown: Terminal, hidden: Terminal, runs: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a key: without notes, and with them."""
    with_notes, without = [], []
    for terminal in (shown, hidden):
        terminal.send("g", *["space"] * 9)
        terminal.settle(0.5)
    for _ in range(runs):
        with_notes.append(press(shown, key))
        without.append(press(hidden, key))
    base = Sample(f"{key}, hidden", without)
    return base.row(), Sample(f"{key}, shown", with_notes).row(base)
