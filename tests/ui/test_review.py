"""A changed article on screen: what changed, what lost its place, the old version, and asking."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.annotation import PlaceState
from reader.core.selectors import selector_history
from reader.session import Session
from reader.store.files.locks import locked
from reader.ui.app import MarginApp
from reader.ui.dialogs.help import HelpScreen
from reader.ui.dialogs.pick import PickScreen
from reader.ui.reading.compare_screen import CompareScreen
from reader.ui.reading.old_version_screen import OldVersionScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.wordings import Pane
from tests.ui.reading_app import Reader, at, opened, texts_of
from tests.ui.waiting import notices, wait_for

SIZES = [(80, 24), (140, 45)]

TEXT = """# The tide tables

The harbour kept two clocks that never agreed. It closed in March after the second great storm.

The council met twice in June. Nobody knew why the old ferry had been sold for scrap iron.

In the end the ledgers were sold by weight to a paper mill inland.
"""
KEPT = "In the end the ledgers were sold by weight to a paper mill inland."
CLOSED = "It closed in March after the second great storm."
CLOSED_NOW = "It closed early in April, after the second great storm."
FERRY = "Nobody knew why the old ferry had been sold for scrap iron."
CHANGED = TEXT.replace(CLOSED, CLOSED_NOW).replace(f" {FERRY}", "")


def library_with(folder: Path, *passages: str, text: str = TEXT, name: str = "tides.md") -> Path:
    """Make a library with an article and annotations; returns the article's file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    session = Session(folder / "library")
    open_article = session.open(str(path)).open_article
    for words in passages:
        start = open_article.state.document.text.index(words)
        open_article.mark(open_article.state.document.blocks[0].range._replace(
            start=start, end=start + len(words)
        ), ["claim"])  # fmt: skip
    session.save_all()
    session.writer.close()
    return path


@asynccontextmanager
async def changed(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Reader]:
    """Open an article whose text changed under three annotations."""
    path = library_with(folder, CLOSED, FERRY, KEPT)
    path.write_text(CHANGED, encoding="utf-8")
    async with opened(folder, path, size=size) as reader:
        (notice,) = notices(reader.app)
        assert notice.message.startswith(
            "The article has changed: 1 passage has other words now, 1 lost its place, 1 unchanged."
        )
        assert "c shows what changed" in notice.message
        reader.app.clear_notifications()
        await reader.until(lambda: "has changed" not in shown(reader))
        yield reader


def state_of(reader: Reader, words: str) -> PlaceState:
    """Return the state of the annotation that was made on some words."""
    return next(
        each.place.state
        for each in reader.annotations
        if selector_history(each.selector)[0].exact == words
    )


def shown(reader: Reader) -> str:
    return texts_of([line.replace("▌", "").replace("│", "") for line in reader.lines])


async def compare(reader: Reader) -> CompareScreen:
    """Press the key, and wait until the two wordings are on screen."""
    await reader.press("c")
    await reader.until(lambda: isinstance(reader.app.screen, CompareScreen), "the comparison")
    await reader.until(lambda: "marked" in shown(reader), "the two wordings")
    screen = reader.app.screen
    assert isinstance(screen, CompareScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_notice_sums_up_the_change_and_signs_show_what_to_review(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with changed(tmp_path, size) as reader:
        assert "≠" in reader.row(reader.find("It closed early")[1])
        assert "≠" not in reader.row(reader.find("In the end")[1])
        reader.go_to("It closed early")
        await reader.press("l")
        assert "c what changed" in reader.bar
        reader.go_to("In the end")
        await reader.press("l")
        assert "c what changed" not in reader.bar


async def test_an_unchanged_article_shows_no_notice(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED)
    async with opened(tmp_path, path) as reader:
        assert not notices(reader.app)
        assert "≠" not in shown(reader)
        await reader.press("c")
        assert "No annotation's words have changed" in reader.message
        await reader.press("full_stop")
        assert "No annotation's words have changed" in reader.message
        await reader.press("O")
        await reader.until(lambda: "is what it was" in reader.message)
        await reader.press("p")
        await reader.until(lambda: "No annotation has lost its place" in reader.message)


async def test_motions_go_round_what_is_to_be_looked_at(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED, KEPT)
    path.write_text(CHANGED.replace("by weight", "by the ton"), encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        await reader.press("full_stop")
        assert reader.rest.startswith("It closed early")
        await reader.press("full_stop")
        assert reader.rest.startswith("In the end")
        await reader.press("full_stop")
        assert reader.rest.startswith("It closed early")
        await reader.press("comma")
        assert reader.rest.startswith("In the end")


@pytest.mark.parametrize("size", SIZES)
async def test_the_two_wordings_stand_beside_or_below_each_other(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with changed(tmp_path, size) as reader:
        screen = await compare(reader)
        then, now = screen.query(Pane)
        if size[0] > 100:
            assert then.region.y == now.region.y
            assert then.region.right <= now.region.x
        else:
            assert then.region.bottom <= now.region.y
            assert then.region.x == now.region.x
        text = shown(reader)
        if size[0] < 100:
            assert CLOSED in text
        assert "1 of 2" in text
        assert "≠ words changed" in text
        for words, attribute in (("in March", "strike"), ("early in April", "underline")):
            segments = [
                segment
                for strip in reader.app.screen._compositor.render_strips()
                for segment in strip
                if segment.style is not None and getattr(segment.style, attribute)
            ]
            assert words.split()[-1] in "".join(segment.text for segment in segments)
            assert "storm" not in "".join(segment.text for segment in segments)


async def test_accepting_takes_the_new_words_keeps_the_old_and_goes_on(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await compare(reader)
        await reader.press("enter")
        assert state_of(reader, CLOSED) is PlaceState.EXACT
        assert "2 of 2" in shown(reader)
        assert "◌ lost its place: removed" in shown(reader)
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        stored = next(each for each in reader.stored() if each.selector.exact == CLOSED_NOW)
        assert [each.exact for each in selector_history(stored.selector)] == [CLOSED, CLOSED_NOW]
        await reader.press("u")
        assert state_of(reader, CLOSED) is PlaceState.EDITED


async def test_undo_in_the_comparison_shows_what_it_was_about(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await compare(reader)
        await reader.press("enter", "u")
        assert "1 of 2" in shown(reader)
        assert "Undone: new wording" in shown(reader)
        assert state_of(reader, CLOSED) is PlaceState.EDITED


async def test_a_refused_place_is_lost_and_brought_back_by_undo(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await compare(reader)
        await reader.press("x")
        assert state_of(reader, CLOSED) is PlaceState.ORPHANED
        await reader.press("u")
        assert state_of(reader, CLOSED) is PlaceState.EDITED


async def test_selecting_again_ends_in_the_article(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await compare(reader)
        await reader.press("r")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.until(lambda: reader.selected == CLOSED_NOW)
        assert "keep this range" in reader.bar
        await reader.press("b", "b", "b", "b", "enter")
        stored = next(each for each in reader.stored() if each.selector.earlier)
        assert stored.selector.exact.startswith("It closed early in April")
        assert "storm" not in stored.selector.exact
        assert selector_history(stored.selector)[0].exact == CLOSED


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_shows_what_was_lost_with_what_stood_around_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with changed(tmp_path, size) as reader:
        await reader.press("a")
        await reader.until(lambda: reader.app.screen.query(AnnotationList))
        await reader.press("f")
        await reader.until(lambda: "1 of 3 annotations · words changed" in shown(reader))
        await reader.press("f")
        await reader.until(lambda: "1 of 3 annotations · lost their place" in shown(reader))
        assert "◌ lost its place: removed · " in shown(reader)
        if size[0] == 80:
            assert "… met twice in" in shown(reader)
        await reader.press("f")
        await reader.until(lambda: "3 annotations" in shown(reader))


async def test_one_key_puts_the_lost_back_on_the_selection(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        reader.view.select(at(reader, "The council met twice in June."))
        await reader.press("p")
        await reader.until(lambda: state_of(reader, FERRY) is PlaceState.BY_HAND)
        assert "The council met twice in June." in reader.quotes
        assert "Put back" in reader.message
        stored = next(each for each in reader.stored() if each.selector.exact == FERRY)
        assert stored.place.state is PlaceState.BY_HAND
        await reader.press("u")
        assert state_of(reader, FERRY) is PlaceState.ORPHANED


async def test_the_list_puts_back_on_a_selection_that_stays(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        reader.view.select(at(reader, "The council met twice in June."))
        await reader.press("a")
        await reader.until(lambda: reader.app.screen.query(AnnotationList))
        await reader.press("G", "g", "G")
        assert reader.selected == "The council met twice in June."
        await reader.press("p")
        await reader.until(lambda: state_of(reader, FERRY) is PlaceState.BY_HAND)
        assert "The council met twice in June." in reader.quotes


async def test_one_key_puts_the_lost_back_where_it_seems_to_belong(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED)
    path.write_text(
        TEXT.replace(CLOSED, "They say that it was shut in March after a great many storms."),
        encoding="utf-8",
    )
    async with opened(tmp_path, path) as reader:
        assert state_of(reader, CLOSED) is PlaceState.ORPHANED
        (lost,) = reader.annotations
        hint = reader.view.document.quote(lost.range)
        assert hint
        await reader.press("p")
        await reader.until(lambda: state_of(reader, CLOSED) is PlaceState.BY_HAND)
        assert reader.quotes == [hint.strip()]


async def test_the_lost_is_selected_again_from_the_list(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await reader.press("a")
        await reader.until(lambda: reader.app.screen.query(AnnotationList))
        await reader.press("G", "r")
        await reader.until(lambda: "keep this range" in reader.bar)
        reader.view.origin = reader.text.index("The council")
        reader.view.move_caret(reader.text.index(" met twice"))
        await reader.press("enter")
        assert state_of(reader, FERRY) is PlaceState.BY_HAND
        assert "The council" in reader.quotes


async def test_without_a_likely_place_a_selection_is_asked_for(tmp_path: Path) -> None:
    path = library_with(tmp_path, FERRY)
    path.write_text(TEXT.replace(FERRY, ""), encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        if reader.view.document.quote(reader.annotations[0].range).strip():
            pytest.skip("there is a likely place")
        await reader.press("p")
        await reader.until(lambda: "select its passage first" in reader.message)
        assert state_of(reader, FERRY) is PlaceState.ORPHANED


@pytest.mark.parametrize("size", SIZES)
async def test_the_old_version_is_shown_and_cannot_be_changed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with changed(tmp_path, size) as reader:
        reader.go_to("It closed early")
        await reader.press("O")
        await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
        await reader.until(lambda: "Old version as it was on 20" in reader.row(0))
        await reader.until(lambda: "It closed in March" in shown(reader))
        assert "3 annotations made on it" in reader.row(0)
        screen = reader.app.screen
        assert isinstance(screen, OldVersionScreen)
        quotes = {
            screen.context.state.document.quote(each.range)
            for each in screen.context.state.annotations
        }
        assert quotes == {CLOSED, FERRY, KEPT}
        caret = screen.view.caret
        assert screen.context.state.document.text[caret:].startswith(CLOSED)
        before = reader.stored()
        await reader.press("1", "d", "j", "v", "w", "escape", "slash", *"ferry", "enter")
        await reader.press("a")
        await reader.until(lambda: screen.query(AnnotationList))
        await reader.press("d", "e", "p", "c", "r", "q")
        assert screen.context.state.annotations
        assert reader.app.screen is screen
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        assert reader.stored() == before


async def test_an_old_version_has_letters_before_sentences_and_help_to_click(
    tmp_path: Path,
) -> None:
    async with changed(tmp_path, (80, 24)) as reader:
        reader.go_to("It closed early")
        await reader.press("O")
        await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
        await reader.until(lambda: "It closed in March" in shown(reader))
        screen = reader.app.screen
        assert isinstance(screen, OldVersionScreen)
        await reader.press("z", "a")
        await reader.until(lambda: reader.app.screen is screen, "the old version")
        assert screen.view.caret == 0
        assert screen.view.chosen is not None
        await reader.pilot.click(offset=reader.find("? help"))
        await reader.until(lambda: isinstance(reader.app.screen, HelpScreen), "the help")


async def test_one_of_several_old_versions_is_chosen(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED)
    path.write_text(TEXT.replace("two clocks", "three clocks"), encoding="utf-8")
    session = Session(tmp_path / "library")
    open_article = session.open(str(path)).open_article
    start = open_article.state.document.text.index("three")
    open_article.mark(
        open_article.state.annotations[0].range._replace(start=start, end=start + 5), ["quote"]
    )
    session.save_all()
    session.writer.close()
    path.write_text(TEXT.replace("two clocks", "four clocks"), encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        await reader.press("O")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        await reader.press("2")
        await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
        await reader.until(lambda: "two clocks" in shown(reader))


# Asking

RENAMED = CHANGED + "\nAnd one more paragraph was written after that.\n"


@asynccontextmanager
async def asking(folder: Path, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Reader]:
    """Open a file that was renamed and edited."""
    library_with(folder, CLOSED, FERRY, KEPT).unlink()
    path = folder / "renamed.md"
    path.write_text(RENAMED, encoding="utf-8")
    session = Session(folder / "library")
    app = MarginApp(session, Settings(), session.open(str(path)))
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Reader(app, pilot, path, folder / "library")
        await wait_for(pilot, lambda: "esc leave it" in shown(reader), "the question")
        yield reader
    session.writer.close()


@pytest.mark.parametrize("size", SIZES)
async def test_the_reader_says_that_it_is_the_article(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with asking(tmp_path, size=size) as reader:
        assert "Is this “The tide tables”?" in shown(reader)
        assert "y It is, with its 3 notes" in shown(reader)
        assert "n It is another article" in shown(reader)
        await reader.press("y")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.until(lambda: len(reader.annotations) == 3)
        await reader.press("G")
        assert "And one more paragraph" in shown(reader)
    assert len(Session(tmp_path / "library").articles()) == 1


async def test_the_reader_says_that_it_is_another_article(tmp_path: Path) -> None:
    async with asking(tmp_path) as reader:
        await reader.press("n")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.press("2")
        await reader.until(lambda: len(reader.annotations) == 1)
    assert sorted(each.annotations for each in Session(tmp_path / "library").articles()) == [1, 3]


async def test_without_an_answer_nothing_is_kept(tmp_path: Path) -> None:
    async with asking(tmp_path) as reader:
        await reader.press("escape")
        await reader.until(lambda: not reader.app.is_running or reader.app._exit)
    assert [each.annotations for each in Session(tmp_path / "library").articles()] == [3]


async def test_two_that_it_may_be_are_both_listed(tmp_path: Path) -> None:
    first = library_with(tmp_path, CLOSED)
    draft = TEXT + "\nThis is a draft that nobody else has read so far.\n"
    second = library_with(tmp_path, KEPT, FERRY, text=draft, name="draft.md")
    first.unlink()
    second.unlink()
    path = tmp_path / "final.md"
    path.write_text(RENAMED, encoding="utf-8")
    session = Session(tmp_path / "library")
    app = MarginApp(session, Settings(), session.open(str(path)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        reader = Reader(app, pilot, path, tmp_path / "library")
        await reader.until(lambda: "Which one?" in shown(reader))
        text = shown(reader)
        assert "1 note · not read yet" in text
        assert "2 notes · not read yet" in text
        row = next(y for y, line in enumerate(reader.lines) if "2 notes" in line)
        digit = reader.lines[row - 1].strip(" │▌")[0]
        await reader.press(digit)
        await reader.until(lambda: isinstance(app.screen, ReadingScreen))
        await reader.until(lambda: len(reader.annotations) == 2)
    session.writer.close()


async def test_the_old_version_shows_when_a_change_is_saved(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        assert reader.app.session.writer.flush()
        lock = next((reader.folder / "cache" / "locks").glob("the-tide-tables-*"))
        with locked(lock):
            reader.go_to("The council")
            await reader.press("1")
            reader.go_to("It closed")
            await reader.press("O")
            await reader.until(lambda: isinstance(reader.app.screen, OldVersionScreen))
            await reader.until(lambda: "… saving" in reader.status, "the save that waits")
        await reader.until(lambda: "✓ saved" in reader.status, "the end of it")
