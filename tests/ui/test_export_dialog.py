"""The export dialog: what it returns, what it shows, and what it refuses."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.errors import ExportError
from reader.session import ChosenNotes, ExportScope, Session
from reader.session.exporting import check_target
from reader.ui.dialogs.export import DEFAULT_FOLDER, ExportRequest, ExportScreen
from tests.ui.reading_app import opened as opened_article
from tests.ui.stage import HOSTILE, Stage, screen_text, stage
from tests.ui.waiting import notices, wait_for

SIZE = (80, 24)
MARKDOWN = (".md", ".markdown", ".txt")


@pytest.fixture
def library(tmp_path: Path) -> tuple[Path, str]:
    """A library with two articles, and the id of the first: a quote and a claim, and a claim."""
    folder = tmp_path / "library"
    session = Session(folder)
    first = ""
    for name, tags in (("one", ("quote", "claim")), ("two", ("claim", "own [/]"))):
        source = tmp_path / f"{name}.txt"
        source.write_text(f"Words of article {name}.\n\nAnd more of them, {name} by {name}.\n")
        open_article = session.open(str(source)).open_article
        for start, tag in zip((0, 6), tags, strict=True):
            end = start + 5
            open_article.mark(type(open_article.state.document.blocks[0].range)(start, end), [tag])
        first = first or open_article.state.article.id
    session.save_all()
    session.writer.close()
    return folder, first


async def opened(pilot: Pilot[None], app: Stage, screen: ExportScreen) -> None:
    app.show(screen)
    await wait_for(pilot, lambda: screen.is_mounted and "Counting" not in screen_text(app))
    await wait_for(pilot, lambda: screen.focused)


async def test_it_says_what_will_happen_and_exports_on_enter(
    library: tuple[Path, str], home: Path
) -> None:
    folder, article_id = library
    app = stage(folder)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen(article_id))
        assert f"2 annotations of 1 article to {DEFAULT_FOLDER}, one file" in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [ExportRequest((article_id,), (), home / "margin-notes", "markdown")]


async def test_all_articles_and_some_tags_by_keys(library: tuple[Path, str], home: Path) -> None:
    folder, article_id = library
    app = stage(folder)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen(article_id))
        await pilot.press("shift+tab", "shift+tab", "right", "space")
        await wait_for(pilot, lambda: "4 annotations of 2 articles" in screen_text(app))
        assert "a file each" in screen_text(app)
        assert "# own [/]" in screen_text(app)
        await pilot.press("tab", "2")
        await wait_for(pilot, lambda: "2 annotations of 2 articles" in screen_text(app))
        await pilot.press("tab", "ctrl+u", *"~/all.md")
        await wait_for(pilot, lambda: "to ~/all.md, one file" in screen_text(app))
        await pilot.press("tab", "enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [ExportRequest(None, ("claim",), home / "all.md", "markdown")]


async def test_what_is_returned_can_be_exported(library: tuple[Path, str], tmp_path: Path) -> None:
    folder, article_id = library
    app = stage(folder)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen(article_id, folder=str(tmp_path / "out") + "/"))
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        (request,) = app.results
        assert isinstance(request, ExportRequest)
        assert request.article_ids is not None
        export(app.session, request)
        assert [each.suffix for each in (tmp_path / "out").iterdir()] == [".md"]


def export(session: Session, request: ExportRequest) -> None:
    assert request.article_ids is not None
    session.export(
        request.article_ids,
        target=request.target,
        tags=request.tags,
        format_name=request.format_name,
    )


@pytest.mark.parametrize("how", ["key", "letter", "click"])
async def test_each_format_can_be_chosen(
    library: tuple[Path, str], tmp_path: Path, how: str
) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], folder=str(tmp_path / "all.md"))
        await opened(pilot, app, screen)
        assert "(•) Markdown  ( ) JSON Lines" in screen_text(app)
        if how == "click":
            await pilot.click("#format", offset=(16, 0))
        else:
            await pilot.press("tab", *(("right", "space") if how == "key" else "J"))
        await wait_for(pilot, lambda: "all.jsonl, one file" in screen_text(app))
        assert "( ) Markdown  (•) JSON Lines" in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        (request,) = app.results
        assert request == ExportRequest((library[1],), (), tmp_path / "all.jsonl", "jsonl")
        export(app.session, request)
        assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 2


async def test_a_folder_stays_when_the_format_changes(
    library: tuple[Path, str], tmp_path: Path
) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], folder="~/notes/", format_name="jsonl")
        await opened(pilot, app, screen)
        assert "( ) Markdown  (•) JSON Lines" in screen_text(app)
        await pilot.press("tab", "M")
        assert screen.where.value == "~/notes/"
        screen.where.value = str(tmp_path / "all.jsonl")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "a name for JSON Lines" in screen_text(app))
        assert app.screen is screen


async def test_without_an_article_there_is_only_all(library: tuple[Path, str]) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen())
        assert "This article" not in screen_text(app)
        assert "4 annotations of 2 articles" in screen_text(app)
        await pilot.click("#export")
        await wait_for(pilot, lambda: app.results)
        assert app.results[0].article_ids is None  # type: ignore[attr-defined]


async def test_what_a_list_shows_is_chosen_first_and_a_project_can_be(
    library: tuple[Path, str], home: Path
) -> None:
    folder, article_id = library
    session = Session(folder)
    ids = [each.id for each in session.articles()]
    session.projects.change(ids, given=["Tide [/]"])
    notes = [each.annotation.id for each in session.annotations()][1:]
    session.writer.close()
    chosen = ChosenNotes(frozenset(notes), "tag:claim")
    app = stage(folder)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        seen = ExportScope("These 3 notes", tuple(ids), chosen)
        await opened(pilot, app, ExportScreen(article_id, seen=seen))
        await wait_for(pilot, lambda: "3 annotations of 2 articles" in screen_text(app))
        text = screen_text(app)
        assert "(•) These 3 notes  ( ) This article  ( ) Project Tide [/]" in text
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        target = home / "margin-notes"
        assert app.results == [ExportRequest(tuple(ids), (), target, "markdown", chosen)]
        app.results.clear()
        await opened(pilot, app, ExportScreen(article_id))
        await wait_for(pilot, lambda: "Project" in screen_text(app))
        await pilot.press("shift+tab", "shift+tab", "P")
        await wait_for(pilot, lambda: "4 annotations of 2 articles" in screen_text(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        (request,) = app.results
        assert isinstance(request, ExportRequest)
        assert set(request.article_ids or ()) == set(ids)


async def test_all_that_a_list_shows_is_all_of_the_library(library: tuple[Path, str]) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen(library[1], seen=ExportScope("All", None)))
        assert "( ) This article  (•) All articles" in screen_text(app)
        assert "4 annotations of 2 articles" in screen_text(app)


@pytest.mark.parametrize("how", ["escape", "click"])
async def test_it_closes_without_an_export(library: tuple[Path, str], how: str) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen())
        await (pilot.press(how) if how == "escape" else pilot.click("#close"))
        await wait_for(pilot, lambda: app.results)
        assert app.results == [None]


async def test_nothing_to_export_is_shown_and_refused(tmp_path: Path) -> None:
    app = stage(tmp_path / "empty")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen()
        await opened(pilot, app, screen)
        assert "No annotation in the library" in screen_text(app)
        await pilot.press("shift+tab", "1", "2", "enter")
        await wait_for(pilot, lambda: "nothing to export" in screen_text(app))
        assert "No annotation tagged quote or claim" in screen_text(app)
        assert app.screen is screen


async def test_what_was_deleted_is_taken_out_of_an_earlier_export(tmp_path: Path) -> None:
    async with opened_article(tmp_path, "The pump ran twice. Nobody had checked it.") as reader:
        out = tmp_path / "out"
        out.mkdir()
        await reader.press("1", "E")
        await reader.until(lambda: isinstance(reader.app.screen, ExportScreen))
        screen = reader.app.screen
        assert isinstance(screen, ExportScreen)
        screen.where.value = str(out)
        await reader.until(lambda: "1 annotation of 1 article" in screen_text(reader.app))
        await reader.press("enter")
        await reader.until(lambda: len(list(out.iterdir())) == 1)
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        await reader.press("d", "E")
        await reader.until(lambda: isinstance(reader.app.screen, ExportScreen))
        await reader.until(lambda: "No annotation in this article" in screen_text(reader.app))
        assert str(out) in reader.app.screen.query_one("#where", Input).value
        await reader.press("enter")
        await reader.until(lambda: list(out.iterdir()) == [])
        await reader.until(
            lambda: any("was removed" in each.message for each in notices(reader.app))
        )


async def test_a_bad_path_is_shown_and_can_be_corrected(
    library: tuple[Path, str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen()
        await opened(pilot, app, screen)
        field = screen.query_one("#where", Input)
        field.value = str(tmp_path / "file" / "below")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "is a file, not a" in screen_text(app))
        assert app.screen is screen
        field.value = str(tmp_path / "notes")
        await wait_for(pilot, lambda: "is a file" not in screen_text(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results[0].target == tmp_path / "notes"  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_hostile_paths_are_harmless_and_nothing_is_cut_off(
    library: tuple[Path, str], size: tuple[int, int]
) -> None:
    app = stage(library[0])
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app, ExportScreen(library[1], folder="/no/[/] [red]" + HOSTILE * 3))
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\u202e" not in text
        await pilot.press("enter")
        await wait_for(pilot, lambda: "too long" in screen_text(app))
        assert "enter export" in screen_text(app)
        assert "esc close" in screen_text(app)


def test_a_path_means_a_file_or_a_folder(tmp_path: Path, home: Path) -> None:
    assert check_target("~/notes", MARKDOWN) == (home / "notes", True)
    assert check_target(" ~ ", MARKDOWN) == (home, True)
    assert check_target(f"{tmp_path}/a/b/c.md", MARKDOWN) == (
        tmp_path / "a" / "b" / "c.md",
        False,
    )
    assert check_target(f"{tmp_path}/a/../C.MD", MARKDOWN) == (tmp_path / "C.MD", False)
    (tmp_path / "folder.md").mkdir()
    assert check_target(f"{tmp_path}/folder.md", MARKDOWN) == (tmp_path / "folder.md", True)
    assert check_target(f"{tmp_path}/v1.0", MARKDOWN) == (tmp_path / "v1.0", True)
    assert check_target(f"{tmp_path}/a.txt", MARKDOWN) == (tmp_path / "a.txt", False)
    assert check_target(f"{tmp_path}/a.ndjson", [".jsonl", ".ndjson"]) == (
        tmp_path / "a.ndjson",
        False,
    )
    assert check_target(f"{tmp_path}/mine", [".jsonl", ".ndjson"]) == (tmp_path / "mine", True)
    assert check_target("here", MARKDOWN) == (Path.cwd() / "here", True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Name a folder"),
        ("   ", "Name a folder"),
        ("{file}/x.md", "not a folder"),
        ("{folder}/notes.jsonl", "is a name for JSON Lines; choose that format, or a name that"),
        ("~nobody-of-that-name/x", "not a path"),
        ("{folder}/a\x00b", "not a path"),
        ("{folder}/" + "x" * 300, "too long"),
    ],
)
def test_an_unwritable_path_is_refused_in_a_sentence(tmp_path: Path, typed: str, said: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError) as told:
        check_target(typed.format(file=tmp_path / "file", folder=tmp_path), MARKDOWN)
    assert said in told.value.message
    assert told.value.message.endswith(".")


def test_a_folder_that_may_not_be_written_is_refused() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        closed = Path(folder, "closed")
        closed.mkdir(mode=0o555)
        closed.chmod(0o555)
        (closed / "old.md").touch(0o444)
        assert error_without_rights(f"{closed}/new").startswith(
            f"Nothing may be written in {closed};"
        )
        assert error_without_rights(f"{closed}/x.md").startswith(
            f"Nothing may be written in {closed};"
        )
        closed.chmod(0o777)
        assert error_without_rights(f"{closed}/new") == ""
        assert "may not be changed" in error_without_rights(f"{closed}/old.md")


def error_without_rights(typed: str) -> str:
    """Return the error of a path for a person without rights; root may write anywhere."""
    was_root = os.geteuid() == 0
    if was_root:
        os.setresuid(65534, 65534, 0)
    try:
        check_target(typed, MARKDOWN)
    except ExportError as error:
        return error.message
    finally:
        if was_root:
            os.setresuid(0, 0, 0)
    return ""
