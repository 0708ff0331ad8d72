"""The export dialog: what it returns, what it shows, and what it refuses."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from reader.config import Settings
from reader.core.document import TextRange
from reader.errors import ExportError
from reader.paths import settings_file
from reader.session import ChosenNotes, ExportRequest, ExportScope, Session
from reader.session.exporting import check_target
from reader.ui.dialogs.export import DEFAULT_FOLDER, ExportScreen
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
        await pilot.press("tab", "tab", "enter")
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


@pytest.mark.parametrize("how", ["arrow", "letters", "click"])
async def test_each_format_can_be_chosen(
    library: tuple[Path, str], tmp_path: Path, how: str
) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], folder=str(tmp_path / "all.md"))
        await opened(pilot, app, screen)
        assert "Format   Markdown  .md" in screen_text(app)
        assert "JSON Lines" not in screen_text(app)
        await pilot.press("tab", "tab")
        await wait_for(pilot, lambda: "HTML  .html" in screen_text(app))
        assert "↑↓ or type to choose" in screen_text(app)
        if how == "click":
            rows, outcome = screen.format.rows, screen.query_one("#outcome")
            await wait_for(pilot, lambda: rows.region.bottom < outcome.region.y)  # all is laid out
            await pilot.click("FormatRows", offset=(6, 1))
        else:
            await pilot.press(*(["down"] if how == "arrow" else "lines"))
        await wait_for(pilot, lambda: screen.where.value.endswith("all.jsonl"))
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        (request,) = app.results
        assert request == ExportRequest((library[1],), (), tmp_path / "all.jsonl", "jsonl")
        export(app.session, request)
        assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 2


async def test_a_vault_is_kept_in_its_folder_and_by_formats_that_can_be(
    library: tuple[Path, str], tmp_path: Path
) -> None:
    vault = tmp_path / "notes.md"  # a folder may have any name
    app = stage(library[0])
    app.settings = Settings(vault=str(vault))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], format_name="html")
        await opened(pilot, app, screen)
        await pilot.press("tab", "V")
        await wait_for(pilot, lambda: screen.where.value == str(vault))
        await wait_for(pilot, lambda: "shown first" in screen_text(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: "HTML cannot be kept up to date" in screen_text(app))
        screen.format.choose("markdown")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        wanted = ExportRequest((library[1],), (), vault, "", is_vault=True)
        assert app.results == [wanted]
        again = ExportScreen(library[1], folder=str(vault), is_vault=True)
        await opened(pilot, app, again)
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(app.results) == 2)
        assert app.results[1] == wanted
        other = ExportScreen(library[1])
        await opened(pilot, app, other)
        other.where.value = str(tmp_path / "typed")
        other.kind.chosen = ("vault",)
        await wait_for(pilot, lambda: "shown first" in screen_text(app))
        assert other.where.value == str(tmp_path / "typed")


async def test_templates_are_formats_and_what_is_typed_chooses(
    library: tuple[Path, str], home: Path
) -> None:
    folder = settings_file().parent / "templates"
    folder.mkdir(parents=True)
    (folder / "letter [red].md.j2").write_text("{% for a in articles %}{{ a.title }}{% endfor %}")
    app = stage(library[0])
    async with app.run_test(size=(80, 12), notifications=True) as pilot:
        screen = ExportScreen(library[1])
        await opened(pilot, app, screen)
        await pilot.press("tab", "tab", *"zz")
        await wait_for(pilot, lambda: "No format is called so" in screen_text(app))
        assert screen.format.chosen == "markdown"
        await pilot.press("ctrl+u", *"temp let")
        await wait_for(pilot, lambda: "Template letter [red]  .md" in screen_text(app))
        await pilot.press("shift+tab")
        await wait_for(pilot, lambda: "No format" not in screen_text(app))
        assert "Format   Template letter [red]  .md" in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        (request,) = app.results
        assert isinstance(request, ExportRequest)
        assert request.format_name == "template:letter [red]"
        export(app.session, request)
        (file,) = (home / "margin-notes").iterdir()
        assert file.suffix == ".md"
        assert file.read_text()


async def test_an_export_goes_to_a_folder_a_file_or_the_clipboard(
    library: tuple[Path, str], home: Path
) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], format_name="csv")
        await opened(pilot, app, screen)
        await pilot.press("tab", "O")
        await wait_for(pilot, lambda: "to ~/margin-notes/notes.csv, one file" in screen_text(app))
        await pilot.press("tab", *"anki")
        await wait_for(pilot, lambda: "notes.apkg" in screen_text(app))
        await pilot.press("shift+tab", "C")
        await wait_for(pilot, lambda: "of 1 article to the clipboard" in screen_text(app))
        assert "~/margin-notes" not in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Anki is no text to copy" in screen_text(app))
        await pilot.press("F")
        await wait_for(pilot, lambda: "to ~/margin-notes/, one file" in screen_text(app))
        assert "no text" not in screen_text(app)
        await pilot.press("C", "tab", *"plain", "enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [ExportRequest((library[1],), (), None, "text")]


async def test_a_folder_stays_when_the_format_changes(
    library: tuple[Path, str], tmp_path: Path
) -> None:
    app = stage(library[0])
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = ExportScreen(library[1], folder="~/notes/", format_name="jsonl")
        await opened(pilot, app, screen)
        assert "Format   JSON Lines  .jsonl" in screen_text(app)
        await pilot.press("tab", "tab", *"markd")
        await wait_for(pilot, lambda: screen.format.chosen == "markdown")
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


async def test_what_goes_to_the_clipboard_is_copied_and_said(tmp_path: Path) -> None:
    async with opened_article(tmp_path, "The pump ran twice. Nobody had checked it.") as reader:
        await reader.press("1", "E")
        await reader.until(lambda: isinstance(reader.app.screen, ExportScreen))
        await reader.until(lambda: "1 annotation of 1 article" in screen_text(reader.app))
        await reader.press("tab", "C", "tab", *"plain", "enter")
        await reader.until(lambda: "“The" in reader.app.clipboard)
        assert "margin-digest" not in reader.app.clipboard
        await reader.until(lambda: any("Asked" in each.message for each in notices(reader.app)))


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


async def test_the_field_with_the_focus_is_on_screen_in_every_window(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    (tmp_path / "one.txt").write_text("Words of the article.\n")
    opened_one = session.open(str(tmp_path / "one.txt")).open_article
    tags = [f"tag of the harbour {number}" for number in range(12)]
    opened_one.mark(TextRange(0, 5), tags)
    session.save_all()
    session.writer.close()
    app = stage(tmp_path / "library")
    async with app.run_test(size=(60, 20)) as pilot:
        screen = ExportScreen(opened_one.state.article.id)
        await opened(pilot, app, screen)
        await wait_for(pilot, lambda: len(screen.tags.options) > len(tags))
        box, foot = screen.query_one("#export-fields"), screen.query_one("#export-foot")
        fields = (screen.what, screen.format.query_one(Input))

        def is_shown(field: Widget) -> bool:
            whole = box.region.contains_region(field.region)
            return field.has_focus and whole and box.region.bottom <= foot.region.y

        for size in ((60, 20), (80, 24), (80, 12), (40, 16)):
            await pilot.resize_terminal(*size)
            for field in fields:
                field.focus()
                await wait_for(pilot, partial(is_shown, field))


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
