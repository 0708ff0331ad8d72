"""From the notes to an article and back, and from note to note across articles."""

from __future__ import annotations

from pathlib import Path

from reader.session import AnnotationRequest, Session
from reader.ui.notes.screen import NotesScreen
from reader.ui.reading.screen import ReadingScreen
from tests.ui.reading_app import Reader, opened

LEDGER = "# The ledger\n\nThe council met on Monday.\n\nNobody was pleased.\n"
FERRY = "# The ferry\n\nThe boat left at noon.\n\nThe council watched it.\n"


def library_of_two(folder: Path) -> Path:
    """Mark two passages in each of two articles; return the file of the first."""
    session = Session(folder / "library")
    for name, text, passages in (
        ("ledger.md", LEDGER, ("The council met on Monday.", "Nobody was pleased.")),
        ("ferry.md", FERRY, ("The boat left at noon.", "The council watched it.")),
    ):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        for passage in passages:
            session.annotate(str(path), AnnotationRequest(passage, tags=["claim"]))
    session.save_all()
    return folder / "ledger.md"


def desk_of(reader: Reader) -> NotesScreen:
    return next(each for each in reader.app.screen_stack if isinstance(each, NotesScreen))


async def notes_shown(reader: Reader, *keys: str) -> NotesScreen:
    """Press keys, and wait for the notes."""
    await reader.press(*keys)
    await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
    desk = desk_of(reader)
    await reader.until(lambda: desk.has_loaded and not desk.listing.is_busy, "their rows")
    await reader.pilot.pause()
    return desk


def shown_article(reader: Reader) -> str:
    screen = reader.app.screen
    return screen.context.state.article.metadata.title if isinstance(screen, ReadingScreen) else ""


async def article_shown(reader: Reader, title: str, place: str) -> ReadingScreen:
    def is_there() -> bool:
        return shown_article(reader) == title and place in reader.lines[-1]

    await reader.until(
        is_there, f"{place} in {title}, not {shown_article(reader)} {reader.lines[-1]}"
    )
    assert isinstance(reader.app.screen, ReadingScreen)
    return reader.app.screen


async def test_q_leads_back_to_the_row_and_the_query_whatever_was_opened_first(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, library_of_two(tmp_path)) as reader:
        desk = await notes_shown(reader, "R")
        await reader.press("slash", *"council", "enter")
        await reader.until(lambda: len(desk.note_rows.rows) == 2, "the query")
        for title, key in (("The ferry", "g"), ("The ledger", "G")):
            await reader.press(key, "enter")
            row = desk.note_rows.highlighted
            screen = await article_shown(reader, title, f"{row + 1} of 2")
            assert screen.view.document.text[screen.view.caret :].startswith("The council")
            await notes_shown(reader, "q")
            assert desk_of(reader) is desk
            assert desk.note_rows.highlighted == row
            assert desk.query_field.text == "council"
        assert not any(
            each.opened for each in reader.app.session.articles() if each.title == "The ferry"
        )


async def test_j_and_k_walk_the_notes_across_articles(tmp_path: Path) -> None:
    async with opened(tmp_path, library_of_two(tmp_path)) as reader:
        await reader.press("J")
        assert reader.message == "No list of notes led here; R shows them."
        desk = await notes_shown(reader, "R")
        titles = [row.source.title for row in desk.note_rows.rows]
        assert titles == ["The ferry", "The ferry", "The ledger", "The ledger"]
        await reader.press("enter")
        await article_shown(reader, "The ferry", "1 of 4")
        for key, title, place in (
            ("J", "The ferry", "2 of 4"),
            ("J", "The ledger", "3 of 4"),
            ("J", "The ledger", "4 of 4"),
            ("K", "The ledger", "3 of 4"),
            ("K", "The ferry", "2 of 4"),
            ("J", "The ledger", "3 of 4"),
        ):
            await reader.press(key)
            await article_shown(reader, title, place)
        await notes_shown(reader, "q")
        assert desk.note_rows.highlighted == 2, "the note that was walked to"
        await reader.press("G", "enter")
        screen = await article_shown(reader, "The ledger", "4 of 4")
        await reader.press("J")
        await reader.until(lambda: "last of the notes" in reader.lines[-1], "the end")
        assert screen is reader.app.screen
