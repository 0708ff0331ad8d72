"""Reading an article before the library, which is not indexed, has been searched for it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.document import TextRange
from reader.session import LoadingArticle, Session
from reader.ui.app import MarginApp
from reader.ui.reading.screen import ReadingScreen
from tests.ui.list_app import screen_text
from tests.ui.waiting import wait_for

PARAGRAPHS = [f"On day {day} the water rose to the mark of {day * 3} hands." for day in range(80)]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An annotated article with another title by now, in a library without its index."""
    monkeypatch.setattr("reader.store.index.index._FEW", 0)
    path = tmp_path / "tides.md"
    path.write_text("\n\n".join(["# Tides", *PARAGRAPHS]), encoding="utf-8")
    session = Session(tmp_path / "library")
    open_article = session.open(str(path)).identified().open_article
    start = open_article.state.document.text.index("On day 40")
    open_article.mark(TextRange(start, start + 9), ["claim"])
    open_article.set_position(start, 0.5)
    session.save_all()
    session.writer.close()
    shutil.rmtree(tmp_path / "library" / "cache")
    path.write_text("\n\n".join(["# Ebb and flow", *PARAGRAPHS]), encoding="utf-8")
    return path


def opened(session: Session, source: Path) -> tuple[LoadingArticle, threading.Event]:
    """Open an article whose library is not searched before the event is set."""
    loading, goes_on = session.open(str(source)), threading.Event()
    assert loading.unidentified is not None
    search = loading.unidentified.search
    loading.unidentified.search = lambda: search() if goes_on.wait(30) else None
    return loading, goes_on


async def test_the_article_becomes_the_one_that_the_library_has(
    source: Path, tmp_path: Path
) -> None:
    session = Session(tmp_path / "library")
    loading, goes_on = opened(session, source)
    app = MarginApp(session, Settings(), loading)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert "On day 1 " in screen_text(app)
        goes_on.set()
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: len(screen.context.state.annotations) == 1)
        await wait_for(pilot, lambda: "On day 40 " in screen_text(app), "where it was left")
    session.save_all()
    session.writer.close()
    (article,) = Session(tmp_path / "library").articles()
    assert (article.title, article.annotations) == ("Ebb and flow", 1)


async def test_a_mark_that_was_made_before_stays_and_so_does_the_reader(
    source: Path, tmp_path: Path
) -> None:
    session = Session(tmp_path / "library")
    loading, goes_on = opened(session, source)
    app = MarginApp(session, Settings(), loading)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("j", "j", "j", "v", "w", "w", "2")
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: len(screen.context.state.annotations) == 1)
        await wait_for(pilot, lambda: "… saving" in screen_text(app))
        caret = screen.view.caret
        goes_on.set()
        await wait_for(pilot, lambda: len(screen.context.state.annotations) == 2)
        await pilot.pause()
        assert screen.view.caret == caret
        await pilot.press("v", "w", "3")
        await wait_for(pilot, lambda: len(screen.context.state.annotations) == 3)
    session.save_all()
    session.writer.close()
    again = Session(tmp_path / "library")
    assert len(again.articles()) == 1
    state = again.open(str(source)).identified().open_article.state
    assert len(state.annotations) == 3
    for each in state.annotations:
        assert state.document.quote(each.range) == each.selector.exact
    again.writer.close()


@pytest.mark.parametrize("key", ["q", "L"])
async def test_a_mark_is_kept_where_the_article_is_left_before(
    source: Path, tmp_path: Path, key: str
) -> None:
    session = Session(tmp_path / "library")
    loading, goes_on = opened(session, source)
    app = MarginApp(session, Settings(), loading)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("j", "j", "v", "w", "w", "2")
        await pilot.press(key)
        await pilot.pause()
    goes_on.set()
    session.save_all()
    session.writer.close()
    assert [each.annotations for each in Session(tmp_path / "library").articles()] == [2]


async def test_a_new_article_stays_as_it_is(source: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.md"
    fresh.write_text("# Fresh\n\nA text of its own.\n", encoding="utf-8")
    session = Session(tmp_path / "library")
    loading, goes_on = opened(session, fresh)
    app = MarginApp(session, Settings(), loading)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("j", "1")
        goes_on.set()
        await wait_for(pilot, lambda: "✓ saved" in screen_text(app))
        await wait_for(pilot, lambda: len(session.articles()) == 2)
    session.save_all()
    session.writer.close()
    found = {each.title: each.annotations for each in Session(tmp_path / "library").articles()}
    assert found == {"Fresh": 1, "Tides": 1}
