"""The library's screen: rows, filter, order, opening, removing, the first start."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.widgets import Button, Static

from reader import clock
from reader.config import Settings
from reader.core.document import Metadata
from reader.session import ExportScope, Session
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from reader.ui.article.view import ArticleView
from reader.ui.commands import with_keys
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.library.welcome import WELCOME
from reader.ui.messages import ShowArticle, ShowSource
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.filter_bar import FilterBar
from reader.ui.widgets.query_field import Suggestions
from tests.ui.list_app import article, keep, note, screen_lines, screen_text, shown
from tests.ui.waiting import wait_for
from tests.work import work

NOW = "2026-11-22T13:00:00.000Z"


@pytest.fixture(autouse=True)
def _frozen_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Four articles; by title, by date of adding and by notes they stand in different orders."""
    keep(
        tmp_path,
        (
            article(
                "The quiet ledger",
                site="example.org",
                opened="2026-11-19T09:00:00.000Z",
                added="2026-01-04T09:00:00.000Z",
                progress=0.454,
            ),
            [note("one"), note("two"), note("three", "claim"), note("four", "follow-up")],
        ),
        (
            article(
                "Bridges",
                authors=("Zoë Müller",),
                opened="2026-11-22T12:00:00.000Z",
                added="2026-01-01T09:00:00.000Z",
                finished=True,
            ),
            [note("a bridge", "context")],
        ),
        (
            article(
                "Almanac",
                opened="2026-08-01T09:00:00.000Z",
                added="2026-01-03T09:00:00.000Z",
            ),
            [],
        ),
        (article("川の図書館", site="kawa.example", added="2026-01-02T09:00:00.000Z"), []),
    )
    return tmp_path


def titles(screen: LibraryScreen) -> list[str]:
    return [row.title for row in screen.article_rows.rows]


async def test_an_article_shows_its_title_site_progress_counts_and_last_opening(
    library: Path,
) -> None:
    async with shown(library, LibraryScreen()) as (app, _):
        lines = screen_lines(app)
        assert lines[0].split() == [
            "Library", "1", "open", "claim", "4", "articles,", "by", "last", "opened"
        ]  # fmt: skip
        at = next(y for y, line in enumerate(lines) if "The quiet ledger" in line)
        assert lines[at].split() == ["◐", "The", "quiet", "ledger", "?", "1", "3", "days", "ago"]
        assert lines[at + 1].split() == [
            "example.org", "━━━━┄┄┄┄", "45%", "❝", "2", "⚑", "1", "#", "1"
        ]  # fmt: skip
        assert lines[at + 2] == ""  # there is room for all
        assert "━━━━━━━━ read" in screen_text(app)
        assert "1 Aug 2026" in screen_text(app)
        assert "not opened yet" in screen_text(app)
        assert "Zoë Müller" in screen_text(app)  # where there is no site
        columns = {line.index("┄┄┄┄") for line in lines if "┄┄┄┄" in line}
        assert columns == {41, 45}  # the bar that is half full, and those that begin there


async def test_wide_screens_have_columns_for_all_that_is_known(tmp_path: Path) -> None:
    claim = replace(note("one", "claim"), status="unchecked")
    metadata = Metadata(title="Meters", site="Courier", published="2026-03-14")
    dated = replace(
        article("Meters", opened=NOW, tags=("Water", "Ports")), source_metadata=metadata
    )
    keep(tmp_path, (dated, [claim]), (article("Other", tags=("Ports",)), []))
    async with shown(tmp_path, LibraryScreen(), (140, 45)) as (app, _):
        lines = screen_lines(app)
        at = next(y for y, line in enumerate(lines) if "Meters" in line)
        assert lines[at].split()[-4:] == ["1", "opened", "just", "now"]
        assert "Courier" in lines[at + 1]
        assert "14 Mar 2026" in lines[at + 1]
        assert lines[at + 1].endswith("Water, Ports")
        assert lines[at + 1].index("Water") == lines[at + 4].index("Ports")
        assert all(cell_len(line) <= 140 for line in lines)


async def test_the_first_line_says_as_much_as_it_has_room_for(tmp_path: Path) -> None:
    due = {"card": {"due": "2026-11-20T09:00:00.000Z"}}
    keep(tmp_path, (article("Meters"), [replace(note("one"), review=due), note("two", "claim")]))
    async with shown(tmp_path, LibraryScreen()) as (app, pilot):
        assert screen_lines(app)[0].startswith("  Library   1 due, V reviews · 1 open claim  ")
        await pilot.resize_terminal(60, 12)
        await wait_for(pilot, lambda: "open claim" not in screen_lines(app)[0])
        assert "1 due, V reviews" in screen_lines(app)[0]


async def test_the_time_that_reading_takes_is_shown(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    source = tmp_path / "long.md"
    source.write_text("# Long\n\n" + "word " * 2_500, encoding="utf-8")
    session.queue.add(AddRequest(str(source)), UNWATCHED)
    async with shown(session.folder, LibraryScreen()) as (app, _):
        assert " 11 min " in screen_text(app)


async def test_s_goes_through_the_orders(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        for name, expected in [
            ("last opened", ["Bridges", "The quiet ledger", "Almanac", "川の図書館"]),
            ("title", ["Almanac", "Bridges", "The quiet ledger", "川の図書館"]),
            ("added", ["The quiet ledger", "Almanac", "川の図書館", "Bridges"]),
            ("most notes", ["The quiet ledger", "Bridges", "Almanac", "川の図書館"]),
            ("last opened", ["Bridges", "The quiet ledger", "Almanac", "川の図書館"]),
        ]:
            await pilot.pause()
            assert titles(screen) == expected
            assert f"by {name}" in screen_lines(app)[0]
            assert screen.article_rows.highlighted == 0
            await pilot.press("s")


async def test_the_filter_searches_title_site_and_authors_while_typing(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("slash")
        assert "esc show all" in screen_lines(app)[-1]
        for typed, expected in [
            ("LEDG", ["The quiet ledger"]),
            ("zoe muller", ["Bridges"]),
            ("kawa", ["川の図書館"]),
            ("図書館", ["川の図書館"]),
            ("example", ["The quiet ledger", "川の図書館"]),
            ("zoe ledger", []),
        ]:
            app.screen.query_one("Input").value = typed  # type: ignore[attr-defined]
            await wait_for(pilot, lambda e=expected: titles(screen) == e, typed)  # type: ignore[misc]
        assert "No article fits the filter" in screen_text(app)
        assert "0 of 4 articles" in screen_lines(app)[0]
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(titles(screen)) == 4)
        assert app.focused is screen.article_rows
        assert not screen.query_one(FilterBar).display


async def test_a_query_asks_for_articles_by_their_notes_and_shows_its_mistakes(
    library: Path,
) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        field = app.screen.query_one("Input")
        await pilot.press("slash")
        for typed, expected in [
            ("ledger OR 図書館", {"The quiet ledger", "川の図書館"}),
            ("-ledger -図書館", {"Bridges", "Almanac"}),
            ("tag:claim", {"The quiet ledger"}),
            ("site:example -ledger", {"川の図書館"}),
            ("has:note", set()),
            ("spekaer:x bridges", {"Bridges"}),
        ]:
            field.value = typed  # type: ignore[attr-defined]
            await wait_for(pilot, lambda e=expected: set(titles(screen)) == e, typed)  # type: ignore[misc]
        await wait_for(pilot, lambda: "did you mean speaker:?" in screen_text(app), "the mistake")
        field.value = "spe"  # type: ignore[attr-defined]
        await wait_for(pilot, lambda: "did you mean" not in screen_text(app), "no mistake")
        # A key that comes before the index has answered waits for it.
        field.value = "site:example -ledger"  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: len(app.opened) == 1, "the article")
        by_id = {each.summary.id: each.summary.title for each in screen.articles}
        (opened,) = app.opened
        assert isinstance(opened, ShowArticle)
        assert by_id[opened.article_id] == "川の図書館"


async def test_the_tags_of_an_article_are_shown_and_filtered(tmp_path: Path) -> None:
    keep(tmp_path, (article("Tides", tags=("sea law", "to read")), []), (article("Ledger"), []))
    screen = LibraryScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        assert any("Tides  sea law, to read" in line for line in screen_lines(app))
        await pilot.press("slash", *"law")
        await wait_for(pilot, lambda: titles(screen) == ["Tides"], "the tagged article")


async def test_enter_in_the_filter_keeps_it_and_goes_to_the_list(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("slash", *"bridg", "enter")
        await wait_for(pilot, lambda: app.focused is screen.article_rows)
        assert titles(screen) == ["Bridges"]
        assert "bridg" in screen_text(app)
        await pilot.press("slash", "Z", "down")
        await wait_for(pilot, lambda: app.focused is screen.article_rows)
        assert screen.filter_bar.text == "bridg Z"
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(titles(screen)) == 4)


async def test_the_filter_is_the_query_language_completed_and_corrected(tmp_path: Path) -> None:
    text = "# Meters\n\nThe board relied in good faith on it. " + "More words. " * 30
    session = Session(tmp_path)
    for name, words in (("meters", text), ("ferries", text.replace("faith", "hope"))):
        source = tmp_path / f"{name}.md"
        source.write_text(words.replace("Meters", name.title()), encoding="utf-8")
        session.queue.add(AddRequest(str(source)), UNWATCHED)
    keep(tmp_path, (article("Open", tags=("Water",)), [note("one", "claim")]), (article("Not"), []))
    screen = LibraryScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        await pilot.press("slash", *"project:wa")
        await wait_for(pilot, lambda: app.screen.query_one(Suggestions).display)
        await wait_for(pilot, lambda: "Water" in screen_lines(app)[-3])
        assert screen_lines(app)[-2] == " / project:wa"
        await pilot.press("tab")
        await wait_for(pilot, lambda: titles(screen) == ["Open"])
        await pilot.press(*"status:refuted")
        await wait_for(pilot, lambda: titles(screen) == [])
        screen.filter_bar.write("text:faith is:unread")
        await wait_for(pilot, lambda: titles(screen) == ["Meters"])
        await wait_for(pilot, lambda: "relied in good faith on it" in screen_text(app))
        screen.filter_bar.write("status:open colour:red")
        await wait_for(pilot, lambda: titles(screen) == ["Open"])
        await wait_for(pilot, lambda: "There is no field colour:" in screen_text(app))
        await pilot.press("enter", "escape")
        await wait_for(pilot, lambda: len(titles(screen)) == 4)
        assert not screen.query_one("#query-fault").display
        screen.filter_bar.write("text:faith")
        await wait_for(pilot, lambda: bool(screen.article_rows.places))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen))
        view = app.screen.query_one(ArticleView)
        await wait_for(pilot, lambda: view.selection is not None)
        assert view.selection is not None
        assert view.document.quote(view.selection) == "faith"


async def test_enter_opens_the_highlighted_article_and_so_does_a_double_click(
    library: Path,
) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        rows = screen.article_rows.rows
        await pilot.press("j", "enter")
        await pilot.click(screen.article_rows, offset=(5, 7), times=2)
        await wait_for(pilot, lambda: len(app.opened) == 2)
        assert [each.article_id for each in app.opened if isinstance(each, ShowArticle)] == [
            rows[1].id,
            rows[2].id,
        ]


async def test_keys_go_to_other_screens(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("R", "E", "q")
        first = screen.article_rows.rows[0].id
        assert app.went == ["notes", f"export {first}", "back"]
        (seen,) = app.exported
        assert seen is not None
        assert seen.is_everything


async def test_archived_articles_are_not_seen_and_not_exported(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        before = [row.id for row in screen.article_rows.rows]
        await pilot.press("x")
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == len(before) - 1)
        await pilot.press("E")
        await wait_for(pilot, lambda: app.exported)
        (seen,) = app.exported
        assert seen is not None
        assert set(seen.article_ids or ()) == set(before[1:])


async def test_the_articles_that_are_seen_or_selected_are_exported(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        ids = [row.id for row in screen.article_rows.rows]
        await pilot.press("v", "E")
        await pilot.press("escape", "slash", *"zzz")
        await wait_for(pilot, lambda: not screen.article_rows.rows)
        await pilot.press("enter", "E")
        await wait_for(pilot, lambda: len(app.exported) == 2)
        assert app.exported == [
            ExportScope("These 1 article", (ids[0],)),
            ExportScope("These 0 articles", ()),
        ]


async def test_the_keys_at_the_bottom_can_be_clicked(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        bottom = screen_lines(app)[-1]
        assert bottom.strip().endswith("q back")
        await pilot.click(offset=(bottom.index("sort"), 23))
        await wait_for(pilot, lambda: titles(screen)[0] == "Almanac")
        await pilot.click(offset=(bottom.index("filter"), 23))
        await wait_for(pilot, lambda: screen.filter_bar.has_focus_within)
        await pilot.press(*"bridges")
        await wait_for(pilot, lambda: titles(screen) == ["Bridges"])
        await pilot.click(offset=(screen_lines(app)[-1].index("show all"), 23))
        await wait_for(pilot, lambda: len(titles(screen)) == 4)
        await wait_for(pilot, lambda: app.focused is screen.article_rows)
        await pilot.click(offset=(bottom.index("back"), 23))
        await wait_for(pilot, lambda: app.went == ["back"])


async def test_a_remapped_key_is_named_at_the_bottom_and_works(library: Path) -> None:
    screen = LibraryScreen()
    settings = Settings(keys={"list.sort": "z"})
    async with shown(library, screen, settings=settings) as (app, pilot):
        assert "z sort" in screen_lines(app)[-1]
        await pilot.press("z")
        await wait_for(pilot, lambda: screen.order == 1)


async def test_removing_asks_and_undo_brings_the_article_back(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("j")
        ledger = screen.article_rows.highlighted_row
        assert ledger is not None
        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        assert "Remove “The quiet ledger” from the library?" in screen_text(app)
        assert "its 4 annotations" in screen_text(app)
        await pilot.press("enter")  # the default keeps it
        await wait_for(pilot, lambda: app.screen is screen)
        assert len(Session(library).articles()) == 4

        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.press("y")
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 3)
        assert any("is in the trash folder; u brings it back" in each for each in app.notices)
        assert [each.title for each in Session(library).articles()] == [
            "Bridges", "Almanac", "川の図書館",
        ]  # fmt: skip
        assert list((library / "trash").rglob("*.json"))

        await pilot.press("u")
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 4)
        back = next(each for each in Session(library).articles() if each.id == ledger.id)
        assert back.annotations == 4
        assert any("is back, with its notes" in each for each in app.notices)
        await pilot.press("u")
        await wait_for(pilot, lambda: any("Nothing to undo" in each for each in app.notices))


async def test_an_error_is_shown_when_an_article_cannot_be_removed(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        for file in (library / "articles").glob("*.json"):
            file.unlink()
        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.press("y")
        await wait_for(pilot, lambda: app.notices)
        assert "trash folder; u" not in app.notices[0]


async def test_an_empty_library_explains_how_to_begin(tmp_path: Path) -> None:
    screen = LibraryScreen()
    async with shown(tmp_path / "none", screen) as (app, pilot):
        text = screen_text(app)
        assert all(with_keys(line) in text for line in WELCOME)  # none is wrapped or cut
        assert len(WELCOME) == 4
        assert not (tmp_path / "none").exists()
        await pilot.press("slash", "s", "d", "j")
        assert not screen.filter_bar.has_focus_within
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.opened)
        message = app.opened[0]
        assert isinstance(message, ShowSource)
        assert await asyncio.to_thread(Path(message.source).is_file)
        button = screen.query_one(Button)
        await wait_for(pilot, lambda: not button.has_class("-active"), "the button to come up")
        await pilot.click(button)
        await wait_for(pilot, lambda: len(app.opened) == 2)


async def test_returning_to_the_library_reads_it_again(tmp_path: Path) -> None:
    screen = LibraryScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        assert screen.is_empty
        await app.push_screen(ConfirmScreen("?", yes="a", no="b"))
        keep(tmp_path, (article("New here"), []))
        await app.pop_screen()
        await wait_for(pilot, lambda: titles(screen) == ["New here"])
        await wait_for(pilot, lambda: app.focused is screen.article_rows)


async def test_an_unreadable_file_is_shown_on_one_line(library: Path) -> None:
    (library / "articles" / "broken-abcdef.json").write_text("{", encoding="utf-8")
    screen = LibraryScreen()
    async with shown(library, screen) as (app, _):
        problems = screen.query_one("#problems", Static)
        assert problems.display
        assert problems.size.height == 1
        assert "broken-abcdef.json" in screen_text(app)
        assert len(screen.article_rows.rows) == 4


async def test_an_error_is_shown_when_the_library_cannot_be_read(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        articles = library / "articles"
        articles.rename(library / "kept")
        articles.write_text("no folder", encoding="utf-8")
        screen.load()
        await wait_for(pilot, lambda: app.notices)
        assert "articles" in app.notices[0]
        articles.unlink()
        (library / "kept").rename(articles)


HOSTILE = [
    "[red]markup[/] [/] [@click=app.quit]x[/]",
    "\x1b[31mred\x1b[2J",
    "\u202egnp.exe",
    "two\nlines\tand",
    "漢字" * 200,
    "👩‍👩‍👧‍👦" * 90,
    "שלום עולם",
    "x" * 50_000,
]


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (40, 12)])
async def test_hostile_titles_are_only_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    articles = [article(each, site=each, source="/a.md", opened=NOW) for each in HOSTILE]
    keep(tmp_path, *((each, [note("x", each.metadata.title[:60])]) for each in articles))
    async with shown(tmp_path, LibraryScreen(), size) as (app, pilot):
        for _ in HOSTILE:
            lines = screen_lines(app)
            assert all(cell_len(line) <= size[0] for line in lines)
            assert not any(char in "\x1b\u202e\t" for line in lines for char in line)
            await pilot.press("j")


@pytest.mark.parametrize("title", HOSTILE)
async def test_an_article_with_a_hostile_title_is_removed(tmp_path: Path, title: str) -> None:
    keep(tmp_path, (article(title, source="/a.md"), []))
    screen = LibraryScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.press("y")
        await wait_for(pilot, lambda: screen.is_empty)
        await wait_for(pilot, lambda: any("trash folder" in line for line in screen_lines(app)))
        assert not any(char in screen_text(app) for char in "\x1b\u202e")


async def test_ten_thousand_articles_are_filtered_without_lag(tmp_path: Path) -> None:
    screen = LibraryScreen()
    async with shown(tmp_path, screen) as (_, pilot):
        known = article("The quiet ledger", site="example.org", opened=NOW)
        keep(tmp_path, (known, []))
        screen.load()
        await wait_for(pilot, lambda: len(screen.articles) == 1)
        screen.articles = [*screen.articles] * 10_000
        await pilot.press("slash", "l")
        await pilot.pause()
        assert work(screen.show_rows) < 400 * 10_000  # some 35 milliseconds
