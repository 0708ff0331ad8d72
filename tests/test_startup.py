"""What the first screen does without: start-up time held by names, not by a clock.

Each module here costs milliseconds to import (Pygments 12, markdown-it 20, wcwidth 21) and is
needed later or rarely. ``make bench`` measures the time itself.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from reader.session.sources import SETTLED_NS
from tests.terminal.driver import Terminal

PROGRAM = """
import sys
from pathlib import Path

REPORT, PICTURE, TITLE = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

from reader.cli import main

def imported():
    '''Return the names of the modules that were imported; a stand-in for one has no spec.'''
    return "\\n".join(name for name, each in sys.modules.items() if getattr(each, "__spec__", None))

def watch():
    '''Note what is imported when Textual paints a title.'''
    from textual.drivers._writer_thread import WriterThread

    from reader.ui import indexing

    indexing.START_SECONDS = 60.0
    write = WriterThread.write

    def watched(self, text):
        if TITLE in text and not REPORT.exists():
            REPORT.write_text(imported())
        write(self, text)

    WriterThread.write = watched

class Watcher:
    '''Notes what is imported when the app is about to be, which is after the first picture.'''

    def find_spec(self, name, path, target=None):
        # Where the machine is busy, the record of opening would be written before the title is
        # painted.
        if writer := sys.modules.get("reader.session.writer"):
            writer.CALM_SECONDS = 60.0
        if name == "reader.ui.app":
            PICTURE.write_text(imported())
            sys.meta_path.remove(self)
            watch()

sys.meta_path.insert(0, Watcher())
sys.exit(main(sys.argv[4:]))
"""
"""Runs Margin, and writes to files which modules there are after the first picture, and when
Textual paints a title."""

TITLE = "the tide tables"
"""Most of the title; its first letter is painted by itself, as the caret."""

ARTICLE = """# On the tide tables

“It will close,” said the keeper — “in March…” It cost €40, ½ of what it did; 20° → 30°.

- [x] A task that is done ✓
- [ ] One that is not

> A quotation with *emphasis* and a [link](https://example.org).

| when | how high |
| --- | --- |
| noon | 3 m |

Ελληνικά, кириллица, français, 東京。
"""

NEVER_YET = (
    "charset_normalizer", "reader.cli.command_options", "reader.cli.query_options",
    "reader.cli.completion", "reader.core.statistics", "filelock", "platformdirs", "pygments", "pyperclip",
    "reader.core.alignment", "reader.core.anchoring", "reader.core.search", "reader.exports",
    "reader.session.deletions", "reader.session.versions", "reader.store.files.trash",
    "reader.store.repair.repair",
    "reader.ui.dialogs.export", "reader.ui.dialogs.help", "reader.ui.dialogs.note_editor",
    "reader.ui.library.screen", "reader.ui.widgets.search_bar", "sentencex", "ssl",
    "textual.command", "textual.widgets._text_area", "tomlkit", "wcwidth", "yaml",
)  # fmt: skip
"""What no first screen of an article in one of the widespread scripts needs."""

NOT_FOR_THE_PICTURE = (
    *NEVER_YET, "asyncio", "reader.ui.app", "rich", "shutil",
    "subprocess", "textual", "tomllib", "typing_extensions",
)  # fmt: skip
"""What the first picture does without; Textual needs some of it a moment later."""

PARSING = (
    "dataclasses", "inspect", "logging",
    "hashlib", "markdown_it", "mdit_py_plugins", "reader.formats", "reader.session.identity",
)  # fmt: skip
"""What an article does without that was opened before; Textual needs the first three."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "tides.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def modules_at_first_screen(article: Path) -> tuple[set[str], set[str]]:
    """Open an article, and quit; return what was imported at the first picture, and after it."""
    report, picture = article.parent / "modules.txt", article.parent / "picture.txt"
    report.unlink(missing_ok=True)
    command: list[str | Path] = [sys.executable, "-c", PROGRAM, report, picture, TITLE, article]
    with Terminal(command, home=article.parent) as terminal:
        terminal.wait_for(TITLE)
        terminal.wait_for(lambda _: report.exists())
        terminal.send("q")
        assert terminal.wait() == 0
    return set(picture.read_text().splitlines()), set(report.read_text().splitlines())


def of(names: tuple[str, ...], modules: set[str]) -> set[str]:
    return {each for each in modules if any(f"{each}.".startswith(f"{name}.") for name in names)}


def test_a_new_article_is_painted_with_what_it_needs(article: Path) -> None:
    picture, screen = modules_at_first_screen(article)
    assert "reader.formats.markdown.reader" in picture
    assert of(NOT_FOR_THE_PICTURE, picture) == set()
    assert of(NEVER_YET, screen) == set()


def test_an_article_that_was_opened_before_is_painted_without_parsing(article: Path) -> None:
    while time.time_ns() - article.stat().st_ctime_ns < SETTLED_NS:
        time.sleep(0.05)
    modules_at_first_screen(article)
    picture, screen = modules_at_first_screen(article)
    assert "reader.store.files.snapshots" in picture
    assert of((*NOT_FOR_THE_PICTURE, *PARSING), picture) == set()
    assert of((*NEVER_YET, *PARSING[3:]), screen) == set()
