"""A check of a draft on the screen: what is shown, where keys lead, what is copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from reader.config import Settings
from reader.core.draft_check.checked import CheckedDraft
from reader.session import AnnotationRequest, Session
from reader.ui.app import MarginApp
from reader.ui.checking.screen import CheckingScreen
from reader.ui.reading.old_version_screen import OldVersionScreen
from reader.ui.reading.screen import ReadingScreen
from tests.ui.stage import HOSTILE
from tests.ui.waiting import notices, wait_for

FIRST = "# The gate\n\n“The gate was closed at nine,” said Mira Tolland. Nobody minded the cold.\n"
SECOND = FIRST.replace("nine", "ten")
DRAFT = """\
# A draft

“The gate was closed at ten,” said Mira Tolland.

“Nobody minded the old cold,” she said. It was “minded by nobody at all in this town”.

“The gate was closed at nine,” said Mira Tolland.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Iterator[CheckedDraft]:
    """A draft that was checked against an article in two versions."""
    article, path = tmp_path / "gate.md", tmp_path / "draft.md"
    session = Session(tmp_path / "library")
    for day, text in ((1, FIRST), (2, SECOND)):
        with patch("reader.clock.now", lambda day=day: f"2026-11-0{day}T12:00:00.000Z"):
            article.write_text(text, encoding="utf-8")
            session.annotate(str(article), AnnotationRequest(quote="Nobody minded"))
    path.write_text(DRAFT, encoding="utf-8")
    yield session.draft_checking.check(str(path))
    session.writer.close()


def lines(app: MarginApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shows(pilot: Pilot[None], app: MarginApp, words: str) -> None:
    await wait_for(pilot, lambda: words in lines(app), words)


async def test_the_keys_of_help_and_back_are_shown_in_80_columns(
    draft: CheckedDraft, tmp_path: Path
) -> None:
    app = MarginApp(Session(tmp_path / "library"), Settings(native_clipboard=False), check=draft)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, app, "? help  q back")


async def test_walking_through_a_draft(draft: CheckedDraft, tmp_path: Path) -> None:
    settings = Settings(native_clipboard=False)
    app = MarginApp(Session(tmp_path / "library"), settings, check=draft)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await shows(pilot, app, "4 to look at · 4 quotations")
        await shows(pilot, app, "only in the newer version")
        await shows(pilot, app, "since 2 Nov; before: “The gate was closed at nine”")

        await pilot.press("n")
        await shows(pilot, app, "≠ with other words")
        await shows(pilot, app, "The draft, line 5")
        await pilot.press("y")
        await wait_for(pilot, lambda: app.clipboard == "Nobody minded the cold", "the copy")

        await pilot.press("n")
        await shows(pilot, app, "? found nowhere")
        await pilot.press("enter")
        await wait_for(pilot, lambda: notices(app), "the refusal")

        await pilot.press("n")
        await shows(pilot, app, "now: “The gate was closed at ten”")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, OldVersionScreen), "the old version")
        screen = app.screen
        assert isinstance(screen, OldVersionScreen)
        await wait_for(pilot, lambda: screen.view.selection is not None, "the passage")
        assert screen.view.selection is not None
        chosen = screen.view.document.quote(screen.view.selection)
        assert chosen == "The gate was closed at nine"
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, CheckingScreen), "the check")

        await pilot.press("n", "enter")  # from the last one to the first
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        reading = app.screen
        assert isinstance(reading, ReadingScreen)
        await wait_for(pilot, lambda: reading.view.selection is not None, "the passage")
        assert reading.view.selection is not None
        assert reading.view.document.quote(reading.view.selection) == "The gate was closed at ten"
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, CheckingScreen), "the check")

        (tmp_path / "draft.md").write_text("“Nobody minded the cold,” she said.", encoding="utf-8")
        await pilot.press("r")
        await shows(pilot, app, "0 to look at · 1 quotation")
        await pilot.press("a")
        await shows(pilot, app, "Every quotation is verbatim.")


async def test_hostile_text_in_windows_of_many_sizes(tmp_path: Path) -> None:
    article, path = tmp_path / "tides [red].md", tmp_path / "a [red] draft [b].md"
    session = Session(tmp_path / "library")
    article.write_text(
        f"# {HOSTILE}\n\n“The tide {HOSTILE} rises twice,” said [bold]Ada.\n", encoding="utf-8"
    )
    session.annotate(str(article), AnnotationRequest(quote="rises twice", tags=["claim"]))
    path.write_text(
        f"“The tide {HOSTILE} falls twice,” said [/]Bela.\n\n“Nobody {HOSTILE} knew of it.”\n",
        encoding="utf-8",
    )
    app = MarginApp(session, Settings(), check=session.draft_checking.check(str(path)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await shows(pilot, app, "≠ with other words")
        for size in ((140, 45), (80, 12), (60, 20), (40, 12), (20, 6), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("n", "j", "k", "a", "a", "enter" if size == (80, 24) else "N")
            await pilot.pause()
            assert "\x1b" not in lines(app)
            assert "\u202e" not in lines(app)
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
    session.writer.close()
