"""Changing notes in the list of notes: one or many, with undo, without opening an article."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from reader.core.annotation import Annotation
from reader.session import Session
from reader.session.batch_changes import NoteId
from reader.session.edited import with_status
from reader.store.library import Library
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick_speaker import SpeakerScreen
from reader.ui.dialogs.projects import ProjectsScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import ListApp, article, keep, note, screen_text, shown
from tests.ui.reading_app import opened
from tests.ui.waiting import wait_for


def fill(folder: Path) -> Path:
    """Make a library of two articles, with three notes and one of the other article."""
    times = [f"2026-11-{day:02}T10:00:00.000Z" for day in (9, 8, 7, 6)]
    first, second, third, fourth = (
        note(words, tag, created=time)
        for words, tag, time in zip(
            ("one", "two", "three", "four"),
            ("claim", "quote", "quote", "claim"),
            times,
            strict=True,
        )
    )
    keep(folder, (article("The ledger"), [first, second, third]), (article("Ferry"), [fourth]))
    return folder


def stored(folder: Path) -> Mapping[str, Annotation]:
    """Return what is on disk, by the words of the passages."""
    library = Library(folder)
    records = [library.load(each.id) for each in library.articles()]
    library.close()
    return {each.selector.exact: each for record in records for each in record.annotations}


async def settled(app: ListApp, pilot: Pilot[None]) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


def tags(folder: Path) -> dict[str, tuple[str, ...]]:
    return {words: each.tags for words, each in stored(folder).items()}


async def test_one_key_tags_the_row_and_several_selected_rows_are_one_step(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen) as (app, pilot):
        before = tags(library)
        await pilot.press("3")
        await settled(app, pilot)
        assert tags(library)["one"] == ("claim", "context")
        assert screen.note_rows.highlighted == 0
        await pilot.press("3")
        await settled(app, pilot)
        assert tags(library) == before
        await pilot.press("space", "space")
        assert screen.note_rows.highlighted == 2
        assert "2 selected · 4 notes" in screen_text(app)
        await pilot.press("asterisk")
        assert "4 selected" in screen_text(app)
        await pilot.press("2")
        await settled(app, pilot)
        found = stored(library)
        assert all("claim" in each.tags for each in found.values())
        assert {each.status for each in found.values() if each.tags[0] == "quote"} == {"unchecked"}
        assert "2 notes: with the tag claim" in app.notices[-1]
        await pilot.press("D")
        await settled(app, pilot)
        assert {each.status for each in stored(library).values()} == {"disputed"}
        await pilot.press("u", "u")
        await settled(app, pilot)
        assert tags(library) == before
        assert {each.status for each in stored(library).values()} == {None}
        await pilot.press("ctrl+r", "ctrl+r")
        await settled(app, pilot)
        assert {each.status for each in stored(library).values()} == {"disputed"}
        await pilot.press("escape")
        assert "selected" not in screen_text(app)
        await pilot.press("asterisk", "asterisk")
        assert not screen.note_rows.selected


async def test_a_selection_survives_a_filter_and_concerns_what_is_listed(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("asterisk", "slash", *"ferry", "enter")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 1, "the filter")
        assert "1 selected · 1 of 4 notes" in screen_text(app)
        await pilot.press("3")
        await settled(app, pilot)
        assert [words for words, each in tags(library).items() if "context" in each] == ["four"]
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 4, "all notes")


async def test_notes_are_deleted_together_and_come_back(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("space", "j", "j", "space", "d")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 2, "the rest")
        await settled(app, pilot)
        gone = {words for words, each in stored(library).items() if each.is_deleted}
        assert gone == {"one", "four"}
        assert "Deleted 2 notes; u brings them back." in app.notices[-1]
        await pilot.press("u")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 4, "all notes")
        assert not any(each.is_deleted for each in stored(library).values())
        assert "Undone: delete, 2 notes." in app.notices


async def test_deleted_notes_are_listed_and_come_back_after_a_restart(tmp_path: Path) -> None:
    library = fill(tmp_path)
    async with shown(library, NotesScreen()) as (app, pilot):
        await pilot.press("asterisk", "d")
        await settled(app, pilot)
    later = NotesScreen()
    async with shown(library, later) as (app, pilot):
        await pilot.press("slash", *"is:deleted", "enter")
        await wait_for(pilot, lambda: len(later.note_rows.rows) == 4, "the deleted notes")
        assert "one" in screen_text(app)
        await pilot.press("U")
        await settled(app, pilot)
        assert "1 note was deleted meanwhile." in app.notices
        await pilot.press("g", "u")
        await wait_for(pilot, lambda: len(later.note_rows.rows) == 3, "the others")
        await pilot.press("asterisk", "u")
        await wait_for(pilot, lambda: not later.note_rows.rows, "nothing")
        assert not any(each.is_deleted for each in stored(library).values())


async def test_a_speaker_and_a_note_are_written_without_opening_the_article(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen, size=(120, 40)) as (app, pilot):
        await pilot.press("space", "space", "w")
        await wait_for(pilot, lambda: isinstance(app.screen, SpeakerScreen), "the speakers")
        await pilot.press(*"Prewitt", "enter")
        await wait_for(pilot, lambda: app.screen is screen, "the list")
        await settled(app, pilot)
        assert {w for w, each in stored(library).items() if each.speaker == "Prewitt"} == {
            "one",
            "two",
        }
        await pilot.press("escape", "e")
        await wait_for(pilot, lambda: isinstance(app.screen, NoteEditor), "the editor")
        assert "three" in screen_text(app)
        await pilot.press(*"Ask.", "ctrl+s")
        await wait_for(pilot, lambda: app.screen is screen, "the list")
        await settled(app, pilot)
        assert stored(library)["three"].note == "Ask."
        await pilot.press("u", "u")
        await settled(app, pilot)
        assert {(each.note, each.speaker) for each in stored(library).values()} == {("", "")}
        await pilot.press("g", "asterisk", "Y")
        await wait_for(pilot, lambda: app.clipboard, "the copy")
        assert app.clipboard == "one\n\ntwo\n\nthree\n\nfour"
        assert not app.opened


async def test_the_articles_of_selected_notes_get_a_project_as_one_step(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()

    def projects() -> list[tuple[str, ...]]:
        opened = Library(library)
        tags = [opened.load(each.id).article.tags for each in opened.articles()]
        opened.close()
        return sorted(tags)

    async with shown(library, screen) as (app, pilot):
        await pilot.press("asterisk", "P")
        await wait_for(pilot, lambda: isinstance(app.screen, ProjectsScreen), "the projects")
        await pilot.press(*"Ports", "enter")
        await wait_for(pilot, lambda: projects() == [("Ports",), ("Ports",)], "the project")
        await wait_for(pilot, lambda: app.screen is screen, "the list")
        await settled(app, pilot)
        await pilot.press("u")
        await wait_for(pilot, lambda: projects() == [(), ()], "no project")
        await settled(app, pilot)
        assert "The projects of 2 articles are what they were." in app.notices
        await pilot.press("ctrl+r")
        await wait_for(pilot, lambda: projects() == [("Ports",), ("Ports",)], "the project again")


async def test_what_is_selected_far_from_the_screen_changes_too(tmp_path: Path) -> None:
    notes = [note(f"passage {number}", "quote") for number in range(300)]
    keep(tmp_path, (article("The ledger"), notes))
    screen = NotesScreen()

    def having(tag: str) -> int:
        return sum(tag in each.tags for each in stored(tmp_path).values())

    async with shown(tmp_path, screen, size=(80, 12)) as (app, pilot):
        for count in (300, 0):
            await pilot.press("asterisk", "3")
            await wait_for(pilot, lambda: having("context") == count, f"{count} notes")  # noqa: B023
            await settled(app, pilot)
            await pilot.press("escape")
        await pilot.press("asterisk", "d")
        await wait_for(pilot, lambda: not screen.note_rows.rows, "no notes")
        await pilot.press("slash", *"is:deleted", "enter")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 300, "the deleted notes")
        await pilot.press("asterisk", "u")
        await wait_for(pilot, lambda: not screen.note_rows.rows, "nothing")
        assert not any(each.is_deleted for each in stored(tmp_path).values())


async def test_a_step_over_an_open_article_and_others_is_one_step_in_each(tmp_path: Path) -> None:
    keep(tmp_path / "library", (article("Ferry"), [note("elsewhere", "quote")]))
    async with opened(tmp_path, "# The ledger\n\nThe council met. Nobody was pleased.\n") as reader:
        for words in ("The council", "Nobody"):
            reader.go_to(words)
            await reader.press("1")
        reader.stored()
        await reader.press("R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        desk = reader.app.screen
        assert isinstance(desk, NotesScreen)
        await reader.until(lambda: len(desk.note_rows.rows) == 3 and desk.has_loaded, "the rows")

        def contexts() -> tuple[int, int]:
            on_disk = stored(tmp_path / "library").values()
            return (
                sum("context" in tags for tags in reader.tags),
                sum("context" in each.tags for each in on_disk),
            )

        await reader.press("asterisk", "3")
        await reader.until(lambda: contexts() == (2, 3), "the tags")
        await reader.press("u")
        await reader.until(lambda: contexts() == (0, 0), "no tags")
        await reader.press("ctrl+r")
        await reader.until(lambda: contexts() == (2, 3), "the tags again")
        await reader.press("escape", "q")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.press("u")  # takes back what concerns this article
        await reader.until(lambda: contexts() == (0, 1), "the article's own")
        await reader.press("R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        await reader.press("u")
        await reader.until(lambda: contexts() == (0, 0), "the rest")


async def test_undo_says_what_another_window_changed_since(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("asterisk", "R")
        await settled(app, pilot)
        other = Session(library)
        summary = next(
            each for each in other.annotations() if each.annotation.selector.exact == "one"
        )
        note_id = NoteId(summary.article_id, summary.annotation.id)
        other.batch_changes.apply("", [note_id], partial(with_status, status="supported"))
        other.writer.close()
        await pilot.press("u")
        await settled(app, pilot)
        assert app.notices[-1].endswith("3 notes; 1 note was changed since, and stays.")
        statuses = {words: each.status for words, each in stored(library).items()}
        assert statuses == {"one": "supported", "two": None, "three": None, "four": None}
