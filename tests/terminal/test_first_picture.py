"""The first picture is on screen before Textual, and Textual goes on from it without a change."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from reader.config import PANELS, SIDES, THEME_NAMES
from reader.core.query.tree import EVERYTHING
from reader.session import Session
from reader.session.reviewing import ReviewRequest
from reader.ui.painting.columns import panel_width
from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.screens import (
    ALTERNATE_SCREEN,
    CLEAR,
    Cells,
    Pictures,
    difference,
    pictures,
    words_of,
)

ARTICLE = """---
title: On the tide tables
author: A. Keeper
---

# On the tide tables

“It will close,” said the keeper — “in March…” It cost €40, ½ of what it did. A [link](https://example.org/a?b=c)
and another one to [the end](#the-end), with `code` and *emphasis*, **strong** and ~~struck~~ words.[^1]

- [x] A task that is done ✓
- [ ] One that is not, with so many words that it has to be wrapped on every screen that there is here
  1. nested
  2. and numbered

> A quotation with *emphasis* and a [link](https://example.org).
>
> > Another one inside of it.

```python
def tide(hour: int) -> float:
    return 3.0  # metres
```

| when | how high | 東京 |
| --- | --- | --- |
| noon | 3 m | 高い |
| midnight | 1 m | 低い |

Ελληνικά, кириллица, français, 東京は日本の首都です。 👩‍👩‍👧‍👦 🇫🇷 é combining.

---

## A second section

{words}

### A third one

{words}

## The end

[^1]: A footnote of the article.
"""

WORDS = "\n\n".join(
    f"Paragraph {number} of the harbour and its council, which met in winter. It said more than that."
    for number in range(40)
)

CODE = re.compile(r"def tide|return 3\.0")

SIZES = [(80, 24), (140, 45), (60, 20), (80, 12)]
TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
COLOURS: Mapping[str, Mapping[str, str]] = {
    "true colour": TRUE,
    "256 colours": {"TERM": "xterm-256color", "COLORTERM": ""},
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "NO_COLOR": {**TRUE, "NO_COLOR": "1"},
    "NO_COLOR in 16": {"TERM": "xterm", "COLORTERM": "", "NO_COLOR": "1"},
}


def command(home: Path, *words: str | Path) -> str:
    """Run a command of the shell, and return what it prints."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [*MARGIN, *map(str, words)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an annotated article, whose last place is in the middle of it."""
    home = tmp_path_factory.mktemp("home")
    article = home / "tides.md"
    article.write_text(ARTICLE.replace("{words}", WORDS), encoding="utf-8")
    for tag, quote in (("quote", "It will close"), ("claim", "It cost €40"), ("context", "noon")):
        command(home, "annotate", article, "--quote", quote, "--tag", tag, "--note", "Ask.")
    command(home, "annotate", article, "--quote", "nested", "--tag", "of my own")
    command(home, "annotate", article, "--quote", "It cost €40", "--status", "refuted")
    return home


def settings(home: Path, theme: str) -> Mapping[str, str]:
    """Write settings with a theme, and return the environment that names them."""
    file = home / f"{theme}.toml"
    file.write_text(f'theme = "{theme}"\n', encoding="utf-8")
    return {"MARGIN_CONFIG": str(file)}


def started(
    article: Path | None, home: Path, size: tuple[int, int], environment: Mapping[str, str]
) -> Pictures:
    """Start the reader, wait until its screen is whole, quit, and return what was seen."""
    words: list[str | Path] = [*MARGIN, *([article] if article else [])]
    with Terminal(words, home=home, size=size, environment=environment) as terminal:
        terminal.wait_for("saved" if article else "by last opened")
        terminal.settle()
        output = bytes(terminal.output)
        terminal.send("q")
        assert terminal.wait() == 0
    assert output.count(ALTERNATE_SCREEN) == 1
    assert CLEAR not in output
    return pictures(output, size)


def assert_nothing_jumps(seen: Pictures) -> None:
    """Fail where the first picture is not what Textual draws.

    The colours of code come later, maybe before Textual's first frame, and the last line goes on
    to tell of saving.
    """
    assert seen.first is not None
    assert difference(without_code(seen.first[:-1]), without_code(seen.frames[0][:-1])) == ""
    for frame in seen.frames:
        assert words_of(frame)[:-1] == words_of(seen.first)[:-1]
        assert facts_of(frame) == facts_of(seen.first)


def without_code(cells: Cells) -> Cells:
    """Return the lines of a screen that hold no code of the article."""
    lines = zip(cells, words_of(cells), strict=True)
    return tuple(line for line, words in lines if not CODE.search(words))


def facts_of(cells: Cells) -> list[str]:
    """Return what the status line says, in parts, without the state of saving."""
    words = words_of(cells)[-1].replace("… saving", "✓ saved")
    return [part.strip() for part in re.split(r"  +| · ", words) if part]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEME_NAMES)
def test_the_first_picture_is_what_textual_draws(
    home: Path, theme: str, size: tuple[int, int]
) -> None:
    environment = {**TRUE, **settings(home, theme)}
    assert_nothing_jumps(started(home / "tides.md", home, size, environment))


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("colours", [name for name in COLOURS if name != "true colour"])
def test_it_has_the_colours_that_textual_draws_with(home: Path, colours: str, theme: str) -> None:
    environment = {**COLOURS[colours], **settings(home, theme)}
    assert_nothing_jumps(started(home / "tides.md", home, (100, 40), environment))


NOTED = {
    "It will close": (
        "claim",
        "disputed",
        "Ask **the clerk**. " * 9 + "\n\n- when?\n- why?",
        "A. Keeper",
    ),
    "and another one": ("quote", "", "", "東京は日本の首都です。" * 6),
    "strong": ("context", "", "x" * 200, ""),
    "nested": ("my own", "", "See [it](https://example.org/x).\n> Not *this*.", ""),
    "and numbered": ("claim", "refuted", "", ""),
}
"""Annotations: their passages with tag, status, note and speaker."""


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an article with notes, which was left with the caret on the first one."""
    home = tmp_path_factory.mktemp("noted")
    article = home / "tides.md"
    article.write_text(ARTICLE.replace("{words}", WORDS), encoding="utf-8")
    for quote, (tag, status, note, speaker) in NOTED.items():
        more = ["--status", status] if status else []
        words = ["--quote", quote, "--tag", tag, "--note", note, "--speaker", speaker, *more]
        command(home, "annotate", article, *words)
    with Terminal([*MARGIN, article], home=home, environment=TRUE) as terminal:
        terminal.wait_for("saved")
        terminal.send(")", "l")  # a jump would not count as reading
        terminal.wait_for("enter note")
        terminal.send("q")
        assert terminal.wait() == 0
    return home


@pytest.mark.parametrize("size", [(80, 24), (112, 30), (140, 45), (200, 24)], ids=str)
@pytest.mark.parametrize("side", SIDES)
def test_it_shows_the_notes_that_textual_draws(
    noted: Path, side: str, size: tuple[int, int]
) -> None:
    file = noted / "settings.toml"
    file.write_text(f'margin_side = "{side}"\n', encoding="utf-8")
    seen = started(noted / "tides.md", noted, size, {**TRUE, "MARGIN_CONFIG": str(file)})
    assert_nothing_jumps(seen)
    assert seen.first is not None
    shown = "\n".join(words_of(seen.first))
    assert "disputed · A. Keeper" in shown
    assert ("refuted" in shown) == (size[0] >= 112)


@pytest.mark.parametrize("colours", [name for name in COLOURS if name != "true colour"])
def test_the_notes_have_the_colours_that_textual_draws_with(noted: Path, colours: str) -> None:
    environment = {**COLOURS[colours], **settings(noted, THEME_NAMES[0])}
    assert_nothing_jumps(started(noted / "tides.md", noted, (140, 40), environment))


@pytest.mark.parametrize("panel", PANELS[1:])
@pytest.mark.parametrize("size", [(110, 24), (120, 30), (141, 45), (200, 24)], ids=str)
def test_it_keeps_room_for_the_panel_that_stood_there(
    noted: Path, size: tuple[int, int], panel: str
) -> None:
    file = noted / f"{panel}.toml"
    file.write_text(f'panel = "{panel}"\n', encoding="utf-8")
    seen = started(noted / "tides.md", noted, size, {**TRUE, "MARGIN_CONFIG": str(file)})
    assert seen.first is not None
    beside = size[0] - panel_width(size[0])
    is_shown = any(line[beside:].strip() for line in words_of(seen.frames[-1])[:-2])
    assert is_shown == (size[0] >= 120)
    first, *frames = (
        [line[:beside] for line in without_code(cells[:-2])] for cells in (seen.first, *seen.frames)
    )
    for frame in frames:
        assert difference(tuple(first), tuple(frame)) == ""


def test_it_shows_where_the_article_was_left(home: Path) -> None:
    article = home / "left.md"
    article.write_text(ARTICLE.replace("{words}", WORDS), encoding="utf-8")
    with Terminal([*MARGIN, article], home=home, environment=TRUE) as terminal:
        terminal.wait_for("saved")
        terminal.send("space", "space", "j", "j", "l")
        terminal.wait_for("A second section  ")
        terminal.send("q")
        assert terminal.wait() == 0
    seen = started(article, home, (80, 24), TRUE)
    assert_nothing_jumps(seen)


@pytest.mark.parametrize("is_known", [False, True])
def test_it_shows_the_first_part_of_a_long_article(tmp_path: Path, is_known: bool) -> None:
    article = tmp_path / "long.md"
    article.write_text("# Long\n\n" + "\n\n".join([WORDS] * 200), encoding="utf-8")
    seen = [started(article, tmp_path, (80, 24), TRUE) for _ in range(1 + is_known)][-1]
    assert seen.first is not None
    assert difference(seen.first[:-1], seen.frames[0][:-1]) == ""
    assert "reading the file 0%" in facts_of(seen.first)
    facts = facts_of(seen.frames[0])
    # Textual's first frame may come after the rest has been read, which is then said.
    assert facts == facts_of(seen.first) or facts[:2] == ["Long", "0%"]


def test_it_shows_what_has_changed_in_a_passage(tmp_path: Path) -> None:
    article = tmp_path / "changed.md"
    words = "It said that the harbour will be closed in winter, and that nobody knows for how long."
    article.write_text(f"# Winter\n\n{words}\n", encoding="utf-8")
    command(tmp_path, "annotate", article, "--quote", words[:60], "--note", "Ask.")
    article.write_text(f"# Winter\n\n{words.replace('will be', 'was')}\n", encoding="utf-8")
    seen = started(article, tmp_path, (60, 20), TRUE)
    assert seen.first is not None
    above = slice(0, 10)  # below stands what happened to the note
    assert difference(seen.first[above], seen.frames[0][above]) == ""
    assert any("≠" in line for line in words_of(seen.first))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a library of twenty articles, some of them read and annotated."""
    home = tmp_path_factory.mktemp("library")
    for number in range(20):
        article = home / f"article {number}.md"
        title = f"東京 and the {'very ' * number}long title of article {number}"
        article.write_text(f"# {title}\n\nThe harbour closed early.\n", encoding="utf-8")
        command(home, "add", article)
    for tag in ("quote", "claim", "mine"):
        command(home, "annotate", article, "--quote", "harbour", "--tag", tag)
    session = Session(home / ".local" / "share" / "margin")
    review = session.reviews.begin(ReviewRequest(tree=EVERYTHING))
    review.begin()
    review.ask_again("2026-01-01T09:00:00.000Z")  # so it is due
    session.writer.close()
    command(home, "edit", article, "--project", "Tides", "--outlet", "The Courier")
    command(home, "library")  # the index knows all of it from now on
    return home


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEME_NAMES)
def test_the_library_is_what_textual_draws(
    library: Path, theme: str, size: tuple[int, int]
) -> None:
    seen = started(None, library, size, {**TRUE, **settings(library, theme)})
    assert seen.first is not None
    assert "1 due, V reviews" in words_of(seen.first)[0]
    for frame in seen.frames:
        assert difference(seen.first, frame) == ""


@pytest.mark.parametrize("colours", [name for name in COLOURS if name != "true colour"])
def test_the_library_has_the_colours_that_textual_draws_with(library: Path, colours: str) -> None:
    seen = started(None, library, (80, 60), COLOURS[colours])
    assert seen.first is not None
    for frame in seen.frames:
        assert difference(seen.first, frame) == ""


def test_it_names_the_keys_of_the_reader(home: Path) -> None:
    file = home / "keys.toml"
    file.write_text('[keys]\nselect = "x"\n"annotations" = "t"\nsearch = "nonsense"\n')
    seen = started(home / "tides.md", home, (110, 24), {**TRUE, "MARGIN_CONFIG": str(file)})
    assert seen.first is not None
    assert difference(seen.first[:10], seen.frames[0][:10]) == ""
    # Over Textual's line stands what is wrong with the settings.
    keys = words_of(seen.first)[-2]
    assert " x select  ) next sentence  / search  “Contents” contents  t annotations" in keys
