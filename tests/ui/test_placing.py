"""A changed article with many notes is there at once, and its notes come while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.session import Session
from reader.ui.app import MarginApp
from reader.ui.messages import ShowArticle
from reader.ui.reading.screen import ReadingScreen
from tests.ui.list_app import screen_text
from tests.ui.waiting import wait_for

COUNT = 400


def sentence(number: int) -> str:
    return f"Sentence {number:03} tells of the tide at the harbour."


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with a note on each sentence, and a new beginning."""
    monkeypatch.setattr("reader.session.reanchoring.STEP_SECONDS", 0)
    path = tmp_path / "tides.md"
    path.write_text("\n\n".join(map(sentence, range(COUNT))), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(path))
    open_article = loading.open_article
    for document in loading.rest:
        open_article.grow(document)
    if not open_article.state.article.snapshot:
        open_article.reanchor(session.reanchor(open_article.state, open_article.state.document))
    text = open_article.state.document.text
    for number in range(COUNT):
        start = text.index(sentence(number))
        open_article.mark(TextRange(start, start + len(sentence(number))), ["claim"])
    session.save_all()
    session.writer.close()
    path.write_text("A new beginning.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def notes_of(screen: ReadingScreen) -> tuple[Annotation, ...]:
    return screen.context.state.annotations


async def test_keys_are_answered_and_marks_kept_while_notes_are_placed(
    source: Path, tmp_path: Path
) -> None:
    session = Session(tmp_path / "library")
    app = MarginApp(session, Settings(), session.open(str(source)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        assert "Sentence 000" in screen_text(app)
        await pilot.press("G", "g", "v", "w", "w", "w", "1", "j", "j")
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: len(notes_of(screen)) == COUNT + 1, "all notes")
        await pilot.press("a")
        await wait_for(pilot, lambda: f"{COUNT + 1} annotations" in screen_text(app))
        document = screen.context.state.document
        for each in notes_of(screen):
            assert document.quote(each.range) == each.selector.exact
        assert "placing" not in screen_text(app)
    session.save_all()
    session.writer.close()
    state = Session(tmp_path / "library").open(str(source)).open_article.state
    assert len(state.annotations) == COUNT + 1
    assert state.annotations == notes_of(screen)


async def test_a_note_is_gone_to_as_soon_as_it_is_placed(source: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    (article,) = session.articles()
    last = max(session.annotations(), key=lambda each: each.annotation.selector.exact)
    app = MarginApp(session, Settings())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        app.post_message(ShowArticle(article.id, last.annotation.id))
        await wait_for(pilot, lambda: f"Sentence {COUNT - 1}" in screen_text(app), "the note")
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: len(notes_of(screen)) == COUNT)
        assert screen.view.caret == screen.context.state.by_id[last.annotation.id].place.start
    session.writer.close()


async def test_an_article_may_be_left_while_its_notes_are_placed(
    source: Path, tmp_path: Path
) -> None:
    session = Session(tmp_path / "library")
    (article,) = session.articles()
    app = MarginApp(session, Settings())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for _ in range(3):
            app.post_message(ShowArticle(article.id))
            await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen))
            await pilot.press("q")
            await wait_for(pilot, lambda: not isinstance(app.screen, ReadingScreen))
    session.save_all()
    session.writer.close()
    assert len(Session(tmp_path / "library").annotations()) == COUNT
