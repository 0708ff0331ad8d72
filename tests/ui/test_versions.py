"""The versions of an article on screen: the list, an old one, and what changed between two."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.session import Session
from reader.store.library import Library as StoredLibrary
from reader.ui.dialogs.versions import VersionsScreen
from reader.ui.reading.changes_screen import ChangesScreen
from reader.ui.reading.old_version_screen import OldVersionScreen
from reader.ui.reading.read_only_screen import ReadOnlyScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.annotation_list import AnnotationList
from tests.ui.reading_app import Reader, opened
from tests.ui.test_review import CHANGED, CLOSED, FERRY, KEPT, SIZES, TEXT, library_with, shown
from tests.ui.waiting import notices

MORE = "\n\n".join(
    f"Paragraph {number} is as it always was, word for word." for number in range(12)
)
FIRST, SECOND, THIRD = (
    text.replace("In the end", f"{MORE}\n\nIn the end")
    for text in (TEXT, TEXT.replace("two clocks", "three clocks"), CHANGED)
)


@asynccontextmanager
async def with_three(
    folder: Path, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Reader]:
    """Open an article that had two other texts before."""
    path = library_with(folder, CLOSED, FERRY, KEPT, text=FIRST)
    path.write_text(SECOND, encoding="utf-8")
    session = Session(folder / "library")
    session.open(str(path))
    session.save_all()
    session.writer.close()
    path.write_text(THIRD, encoding="utf-8")
    async with opened(folder, path, size=size, settings=settings) as reader:
        (notice,) = notices(reader.app)
        assert "H the versions of the article" in notice.message
        reader.app.clear_notifications()
        await reader.until(lambda: "has changed" not in shown(reader))
        yield reader


async def listed(reader: Reader) -> VersionsScreen:
    await reader.press("H")
    await reader.until(lambda: isinstance(reader.app.screen, VersionsScreen))
    screen = reader.app.screen
    assert isinstance(screen, VersionsScreen)
    await reader.until(lambda: len(screen.rows.changes) == 2)
    return screen


async def compared(reader: Reader) -> ChangesScreen:
    await reader.until(lambda: isinstance(reader.app.screen, ChangesScreen))
    screen = reader.app.screen
    assert isinstance(screen, ChangesScreen)
    await reader.until(lambda: "1 of " in screen.context.status_line.section)
    return screen


def at_caret(screen: ChangesScreen, length: int) -> str:
    return screen.context.state.document.text[screen.view.caret :][:length]


@pytest.mark.parametrize("size", [*SIZES, (60, 20), (80, 12)])
async def test_the_list_says_when_how_much_and_what_was_marked(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with with_three(tmp_path, size) as reader:
        await listed(reader)
        await reader.until(lambda: "1 change: 1 word added, 1 removed" in shown(reader))
        text = shown(reader)
        assert "the present version" in text
        assert "the first one · 3 annotations made on it" in text
        assert "3 changes: " in text
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


async def test_enter_shows_a_version_and_on_the_present_one_the_article(tmp_path: Path) -> None:
    async with with_three(tmp_path) as reader:
        await listed(reader)
        await reader.press("j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
        await reader.until(lambda: "three clocks" in shown(reader))
        assert re.search(r"as it was on \d{4}-\d\d-\d\d, \d\d:\d\d ", reader.row(0))
        await reader.press("q")
        await listed(reader)
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


async def test_the_minutes_that_are_left_are_those_of_the_text_on_screen(tmp_path: Path) -> None:
    slow = Settings(words_per_minute=10)
    async with with_three(tmp_path, settings=slow) as reader:
        for keys in (("j", "enter"), ("j", "c")):
            await listed(reader)
            await reader.press(*keys)
            await reader.until(lambda: isinstance(reader.app.screen, ReadOnlyScreen))
            await reader.until(lambda: " min left" in shown(reader))
            assert "under 1 min left" not in shown(reader)
            await reader.press("G")
            await reader.until(lambda: "the end" in shown(reader))
            await reader.press("q")
            await reader.until(
                lambda: isinstance(reader.app.screen, ReadingScreen | VersionsScreen)
            )
            if isinstance(reader.app.screen, VersionsScreen):
                await reader.press("q")
                await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


async def test_what_changed_since_a_version_is_shown_in_the_whole_article(tmp_path: Path) -> None:
    async with with_three(tmp_path) as reader:
        await listed(reader)
        await reader.press("j", "c")
        screen = await compared(reader)
        assert "What changed from" in reader.row(0)
        assert screen.context.status_line.section == "1 of 3 · ± changed"
        assert at_caret(screen, 11) == "three two c"
        lines = [line for line in shown_lines(reader) if "three two clocks" in line]
        assert lines[0][:4].strip().endswith("±"), "the sign needs no colour"
        await reader.press("n")
        await reader.until(lambda: screen.context.status_line.section.startswith("2 of 3"))
        assert at_caret(screen, 11) == "early in Ma"
        await reader.press("n")
        await reader.until(lambda: screen.context.status_line.section == "3 of 3 · − removed")
        assert at_caret(screen, len(FERRY)) == FERRY
        await reader.press("n")
        await reader.until(lambda: screen.context.status_line.section.startswith("1 of 3"))
        await reader.press("N")
        await reader.until(lambda: screen.context.status_line.section.startswith("3 of 3"))
        await reader.press("j", "j", "j")
        await reader.until(lambda: screen.context.status_line.section == "after 3 of 3")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


def shown_lines(reader: Reader) -> list[str]:
    return [reader.row(y) for y in range(reader.app.size.height)]


async def test_the_annotations_stay_and_nothing_can_be_changed(tmp_path: Path) -> None:
    async with with_three(tmp_path) as reader:
        await listed(reader)
        await reader.press("j", "j", "c")
        screen = await compared(reader)
        state = screen.context.state
        quotes = {state.document.quote(each.range) for each in state.annotations}
        assert KEPT in quotes
        assert any("closed early in March April, after" in quote for quote in quotes)
        before = reader.stored()
        for key, words in (("1", "nothing can be changed"), ("y", "nothing is copied")):
            await reader.press(key)
            await reader.until(lambda words=words: words in shown(reader), key)
        await reader.press("d", "slash", "enter", "a")
        await reader.until(lambda: screen.query(AnnotationList))
        await reader.until(lambda: "s order" in shown(reader))
        for words in ("e edit", "status", "d delete"):
            assert words not in shown(reader)
        await reader.press("d", "e", "q", "greater_than_sign", "y", "t", "q")
        assert reader.app.screen is screen
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        assert reader.stored() == before


async def test_what_one_version_changed_is_its_difference_to_the_one_before(tmp_path: Path) -> None:
    async with with_three(tmp_path) as reader:
        await listed(reader)
        await reader.press("j", "p")
        screen = await compared(reader)
        assert screen.context.status_line.section == "1 of 1 · ± changed"
        assert at_caret(screen, 11) == "two three c"


async def test_unchanged_paragraphs_are_folded_and_unfolded(tmp_path: Path) -> None:
    async with with_three(tmp_path, (140, 45)) as reader:
        await listed(reader)
        await reader.press("j", "c")
        screen = await compared(reader)
        assert "Paragraph 5 is" in shown(reader)
        await reader.press("n", "n", "f")
        await reader.until(lambda: "⋯ 12 paragraphs unchanged" in shown(reader))
        assert "Paragraph 5 is" not in shown(reader)
        assert at_caret(screen, len(FERRY)) == FERRY
        assert screen.context.status_line.section == "3 of 3 · − removed"
        await reader.press("N")
        await reader.until(lambda: screen.context.status_line.section.startswith("2 of 3"))
        await reader.press("f")
        await reader.until(lambda: "Paragraph 5 is" in shown(reader))
        await reader.until(lambda: at_caret(screen, 11) == "early in Ma")


async def test_an_article_with_one_version_lists_it_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, "A text.") as reader:
        await reader.press("H")
        await reader.until(lambda: isinstance(reader.app.screen, VersionsScreen))
        await reader.until(lambda: "the first one" in shown(reader))
        assert "made on it" not in shown(reader)
        await reader.press("c", "p", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


async def test_a_title_from_outside_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED, text=FIRST)
    stored = StoredLibrary(tmp_path / "library")
    (summary,) = stored.articles()
    article = stored.load(summary.id).article
    metadata = replace(article.source_metadata, title="Tides \x1b]0;owned\x07 [/] b")
    stored.save(article.id, article=replace(article, source_metadata=metadata))
    stored.close()
    async with opened(tmp_path, path) as reader:
        await reader.press("H")
        await reader.until(lambda: isinstance(reader.app.screen, VersionsScreen))
        await reader.until(lambda: "Versions of " in shown(reader))
        assert "\x1b" not in shown(reader)


async def test_a_key_that_marks_is_refused_in_an_old_version(tmp_path: Path) -> None:
    async with with_three(tmp_path) as reader:
        await listed(reader)
        await reader.press("j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
        for key in ("1", "x", "d"):
            await reader.press(key)
            await reader.until(lambda: "This is an old version; nothing" in shown(reader), key)
