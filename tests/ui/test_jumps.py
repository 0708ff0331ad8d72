"""A jump is not reading, and ``q`` leads back to where the reader came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.annotation import ArticleState
from reader.session import AnnotationRequest, Session
from reader.ui.app import MarginApp
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowArticle
from reader.ui.notes.screen import NotesScreen
from reader.ui.reading.footnote_screen import FootnoteScreen
from reader.ui.reading.link_hint_screen import LinkHintScreen
from reader.ui.reading.old_version_screen import OldVersionScreen
from reader.ui.reading.screen import ReadingScreen
from tests.ui.reading_app import Reader, opened
from tests.ui.waiting import wait_for

LONG = "# The log\n\n" + "".join(
    f"## Part {part}\n\n" + "".join(f"Line {part}.{line} of the log.\n\n" for line in range(20))
    for part in range(20)
)
OPENING = ("t", "a", "/")
"""The keys that open something that takes the keys after them."""

SHORT = "# The tide tables\n\nThe harbour closed. It closed in March.\n"


def place(reader: Reader) -> tuple[int, int, float, ArticleState]:
    """Return the reading place and the state, as another program reads them."""
    reader.app._quitting.remember_positions()
    assert reader.app.session.writer.flush()
    (article,) = Session(reader.folder).articles()
    stored = Session(reader.folder).record(article.id)
    assert stored is not None
    kept = stored.article
    return kept.position, kept.caret, kept.progress, kept.state


async def show_note(reader: Reader) -> None:
    """Open the article at its note from the list of all notes."""
    await reader.press("R")
    await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
    screen = reader.app.screen
    await reader.until(lambda: "Line 15.3" in "\n".join(reader.lines), "the note")
    await reader.press("enter")
    await reader.until(lambda: reader.app.screen is reader.screen, "the article")
    assert reader.app.screen is not screen
    await reader.until(lambda: reader.rest.startswith("Line 15.3"), "the passage")


@pytest.mark.parametrize(
    "keys",
    [("G",), ("end",), ("]", "]"), ("[",), (">",), ("/", "1", "5", ".", "4", "enter"), ("t", "G", "enter"),
     ("t", "G", "escape"), ("a", "escape"), ("G", "g")],
)  # fmt: skip
async def test_a_jump_changes_neither_the_place_nor_the_state(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with opened(tmp_path, LONG) as reader:
        reader.go_to("Line 15.3")
        await reader.press("1", "g", "space", "space")
        before = place(reader)
        assert before[0] > 0
        for key in keys:
            await reader.press(key)
            if key in OPENING:
                await reader.until(lambda: reader.app.focused is not reader.view, "what it opens")
        await reader.until(lambda: reader.app.focused is reader.view, "the article")
        assert place(reader) == before
        await reader.press("j")
        await reader.until(lambda: place(reader) != before, "the key, held until the jump is made")
        assert place(reader)[1] == reader.view.caret


async def test_a_note_that_is_opened_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as reader:
        reader.go_to("Line 15.3")
        await reader.press("1", "g", "space")
        before, view = place(reader), reader.view.position
        await show_note(reader)
        assert place(reader) == before
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        await reader.press("q")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert reader.view.position == view
        assert place(reader) == before
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")


async def test_reading_on_from_a_note_counts(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as reader:
        reader.go_to("Line 15.3")
        await reader.press("1", "g", "space")
        before = place(reader)
        await show_note(reader)
        await reader.press("space")
        assert place(reader)[0] > before[0]


async def test_the_way_back_is_kept_for_each_jump(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as reader:
        reader.go_to("Line 15.3")
        await reader.press("1", "g")
        for _ in range(3):
            await show_note(reader)
        for _ in range(3):
            await reader.press("q")
            await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
            await reader.press("q")
            await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")


async def test_a_short_article_is_finished_by_reading_and_not_by_opening(tmp_path: Path) -> None:
    async with opened(tmp_path, SHORT) as reader:
        assert place(reader)[3] is ArticleState.READING
        await reader.press("G")
        assert place(reader)[3] is ArticleState.READING
        await reader.press("k")
        assert place(reader)[2:] == (1.0, ArticleState.FINISHED)


async def test_the_mouse_reads_too(tmp_path: Path) -> None:
    async with opened(tmp_path, SHORT) as reader:
        await reader.pilot.click("ArticleView", offset=reader.find("harbour"))
        await reader.pilot.pause()
        assert place(reader)[3] is ArticleState.FINISHED


async def test_annotating_from_the_shell_leaves_an_article_unread(tmp_path: Path) -> None:
    path = tmp_path / "log.md"
    path.write_text(LONG)
    session = Session(tmp_path / "library")
    session.annotate(str(path), AnnotationRequest(quote="Line 15.3 of the log."))
    (article,) = session.articles()
    assert (article.state, article.opened) == (ArticleState.UNREAD, "")
    app = MarginApp(session, session.settings)
    async with app.run_test() as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.post_message(ShowArticle(article.id, session.annotations()[0].annotation.id))
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.pause(0.2)
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert session.writer.flush()
        (left,) = session.articles()
        assert (left.state, left.progress) == (ArticleState.UNREAD, 0.0)
        app.post_message(ShowArticle(article.id, ""))
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        assert session.writer.flush()
        (begun,) = session.articles()
        assert begun.state is ArticleState.READING
    session.writer.close()


@pytest.mark.parametrize("times", [1, 3])
async def test_a_list_that_is_open_leads_back_to_what_was_over_it(
    tmp_path: Path, times: int
) -> None:
    path = tmp_path / "log.md"
    path.write_text(LONG)
    session = Session(tmp_path / "library")
    session.annotate(str(path), AnnotationRequest(quote="Line 15.3 of the log."))
    app = MarginApp(session, session.settings)
    async with app.run_test() as pilot:

        async def see(screen_type: type[object], key: str = "") -> None:
            before = app.screen
            if key:
                await pilot.press(key)
            await wait_for(pilot, lambda: isinstance(app.screen, screen_type), key)
            assert not key or app.screen is not before

        await see(LibraryScreen)
        screen = app.screen
        await wait_for(pilot, lambda: bool(screen.article_rows.rows), "the article")  # type: ignore[attr-defined]
        await see(ReadingScreen, "enter")
        article = app.screen
        for _ in range(times):
            await see(LibraryScreen, "L")
            assert app.screen is screen
            await see(ReadingScreen, "q")
            assert app.screen is article
        await see(NotesScreen, "R")
        await see(LibraryScreen, "L")
        await see(NotesScreen, "q")
        await see(ReadingScreen, "q")
        assert app.screen is article
        await see(LibraryScreen, "q")
        await pilot.press("q")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    session.writer.close()


async def test_q_leads_back_through_links_footnotes_and_an_old_version(tmp_path: Path) -> None:
    first, other = tmp_path / "first.md", tmp_path / "other.md"
    text = "# First\n\nTo the [other](other.md) and a note.[^1] It closed in March.\n\n[^1]: A [way](other.md).\n"
    first.write_text(text)
    other.write_text("# Other\n\nBack to the [first](first.md#first).\n")
    session = Session(tmp_path / "library")
    session.annotate(str(first), AnnotationRequest(quote="It closed in March."))
    assert session.writer.close()
    first.write_text(text.replace("in March", "in April"))
    async with opened(tmp_path, first) as reader:
        article = reader.screen

        async def see(screen_type: type[object], *keys: str) -> object:
            before = reader.app.screen
            await reader.press(*keys)
            await reader.until(
                lambda: (
                    reader.app.screen is not before and isinstance(reader.app.screen, screen_type)
                ),
                str(keys),
            )
            return reader.app.screen

        await see(LinkHintScreen, "f")
        await see(FootnoteScreen, "s")
        await see(LinkHintScreen, "f")
        way = await see(ReadingScreen, "a")
        assert way is not article
        await see(LinkHintScreen, "f")
        assert await see(ReadingScreen, "a") is article
        await reader.press("greater_than_sign")
        await see(OldVersionScreen, "O")
        assert await see(ReadingScreen, "q") is article
        assert await see(ReadingScreen, "q") is way
        assert await see(ReadingScreen, "q") is article
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")
