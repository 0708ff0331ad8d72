"""The states of articles in the library, adding by typing, and adding by pasting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from reader.core.annotation import ArticleState
from reader.session import LoadingArticle, Session, Watch
from reader.session.queue import AddResult
from reader.ui.library.add import AddScreen, added_sentence
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowSource, ShowText
from reader.ui.reading.screen import ReadingScreen
from reader.ui.typed_sources import request_for, sources_in, unquoted
from tests.ui.list_app import ListApp, article, keep, screen_lines, screen_text, shown
from tests.ui.reading_app import opened
from tests.ui.waiting import PATIENCE, wait_for
from tests.web.server import Request, Server, running, without_proxies


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    without_proxies(monkeypatch)
    with running() as server:
        yield server


DAY = "2026-11-01T09:00:00.000Z"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """One article of each state."""
    keep(
        tmp_path,
        (article("New one", source=""), []),
        (article("Begun", source="", opened=DAY, progress=0.4), []),
        (article("Read through", source="", opened=DAY, finished=True, progress=1.0), []),
        (article("Away", source="", opened=DAY, manual_state=ArticleState.ARCHIVED), []),
    )
    return tmp_path


def titles(screen: LibraryScreen) -> set[str]:
    return {row.title for row in screen.article_rows.rows}


def states(folder: Path) -> dict[str, str]:
    """What is on disk."""
    return {each.title: str(each.state) for each in Session(folder).articles()}


def is_listed(screen: LibraryScreen, article_and_state: tuple[str, str]) -> bool:
    return article_and_state in [(row.title, row.state) for row in screen.article_rows.rows]


def go_to(screen: LibraryScreen, title: str) -> None:
    rows = screen.article_rows
    rows.highlighted = [row.title for row in rows.rows].index(title)


async def test_archived_articles_are_hidden_and_f_goes_through_the_states(
    library: Path,
) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        everything = {"New one", "Begun", "Read through"}
        assert titles(screen) == everything
        assert "3 articles" in screen_lines(app)[0]
        for expected in ({"New one"}, {"Begun"}, {"Read through"}, {"Away"}, everything):
            await pilot.press("f")
            await pilot.pause()
            assert titles(screen) == expected
        await pilot.press("f", "escape")
        await pilot.pause()
        assert titles(screen) == everything


async def test_each_state_has_words(library: Path) -> None:
    async with shown(library, LibraryScreen()) as (app, _):
        chips = screen_lines(app)[1]
        assert chips.split() == [
            "all", "3", "○", "unread", "1", "◐", "reading", "1", "●", "finished", "1", "▫",
            "archived", "1",
        ]  # fmt: skip
        assert "┄┄┄┄┄┄┄┄  new" in screen_text(app)


async def test_a_click_on_a_state_filters_by_it(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        x = screen_lines(app)[1].index("archived")
        await pilot.click(offset=(x + 1, 1))
        await pilot.pause()
        assert titles(screen) == {"Away"}


async def test_the_text_filter_updates_the_count_of_each_state(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("slash", *"away", "enter")
        await pilot.pause()
        assert titles(screen) == set()
        assert screen_lines(app)[1].split()[-2:] == ["archived", "1"]


async def test_x_archives_and_u_undoes_it(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (_, pilot):
        go_to(screen, "Begun")
        await pilot.press("x")
        await wait_for(pilot, lambda: "Begun" not in titles(screen), "the article to go")
        assert states(library)["Begun"] == "archived"
        await pilot.press("u")
        await wait_for(pilot, lambda: "Begun" in titles(screen), "the article to come back")
        assert states(library)["Begun"] == "reading"


async def test_x_takes_an_article_out_of_the_archive(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (_, pilot):
        screen.shown_state = ArticleState.ARCHIVED
        await pilot.pause()
        await pilot.press("x")
        await wait_for(pilot, lambda: states(library)["Away"] != "archived", "its old state")
        assert states(library)["Away"] == "reading"


async def test_m_marks_finished_then_unread_and_u_undoes_each(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (_, pilot):
        for key, expected in [
            ("m", "finished"), ("m", "unread"), ("u", "finished"), ("u", "reading"),
        ]:  # fmt: skip
            go_to(screen, "Begun")
            await pilot.press(key)
            awaited = ("Begun", expected)
            await wait_for(pilot, partial(is_listed, screen, awaited), expected)
            assert states(library)["Begun"] == expected


async def test_an_open_article_keeps_the_state_that_the_library_set(tmp_path: Path) -> None:
    async with opened(tmp_path, "# One\n\n" + "words\n\n" * 60) as reader:
        session = reader.app.session
        article_id = reader.screen.context.state.article.id
        session.queue.set_state(article_id, ArticleState.ARCHIVED)
        await reader.press("space")
        reader.screen.context.remember_position()
        session.save_all()
        assert states(reader.folder)["One"] == "archived"


async def type_source(app: ListApp, pilot: Pilot[None], source: str, key: str) -> None:
    await pilot.press("A")
    await wait_for(pilot, lambda: isinstance(app.focused, TextArea), "the dialog")
    app.screen.query_one(TextArea).text = source
    await pilot.press(key)


async def test_a_saves_typed_sources_for_later(library: Path) -> None:
    file = library / "my file.md"
    file.write_text("# Typed\n\nwords\n", encoding="utf-8")
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await type_source(app, pilot, f" '{file}' ", "enter")
        await wait_for(pilot, lambda: "Typed" in titles(screen), "the article")
        assert states(library)["Typed"] == "unread"
        assert not app.opened
        await type_source(app, pilot, str(file), "enter")
        await wait_for(pilot, lambda: any("already" in each for each in app.notices), "the word")


async def test_a_source_that_fails_shows_why_and_can_be_corrected(library: Path) -> None:
    (library / "right.md").write_text("# Right\n\nwords\n", encoding="utf-8")
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await type_source(app, pilot, str(library / "righ.md"), "enter")
        await wait_for(pilot, lambda: "There is no file" in screen_text(app), "the error")
        field = app.screen.query_one(TextArea)
        assert field.text == str(library / "righ.md")
        await pilot.press("left", "left", "left", "t")
        await wait_for(pilot, lambda: "There is no file" not in screen_text(app), "a clean sheet")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Right" in titles(screen), "the article")


async def test_of_several_sources_those_that_fail_remain(library: Path, server: Server) -> None:
    urls = [server.serve(f"/{n}.md", f"# Page {n}\n\nwords".encode()) for n in range(6)]
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await paste(app, "\n".join([*urls, f"{server.base}/none"]))
        await wait_for(pilot, lambda: isinstance(app.screen, AddScreen), "the dialog")
        await wait_for(pilot, lambda: urls[3] in screen_text(app), "the addresses")
        await pilot.press("enter")
        problem = f"{server.base}/none: Page not found"
        await wait_for(pilot, lambda: problem in screen_text(app), "the error")
        assert app.screen.query_one(TextArea).text == f"{server.base}/none"
        await pilot.press("escape")
        await wait_for(pilot, lambda: "Page 5" in titles(screen), "the articles")
        assert app.notices == ["6 articles saved for later."]


async def test_a_folder_is_added_and_what_could_not_be_read_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    for path in (folder / "one.md", folder / "deep" / "two.md"):
        path.write_text(f"# Page {path.stem}\n\nwords about {path.stem}\n", encoding="utf-8")
    screen = LibraryScreen()
    async with shown(tmp_path / "library", screen) as (app, pilot):
        await type_source(app, pilot, str(folder), "enter")
        await wait_for(pilot, lambda: titles(screen) == {"Page one", "Page two"}, "the articles")
        assert app.notices == ["2 articles saved for later."]
        (folder / "broken.pdf").write_text("no paper", encoding="utf-8")
        (folder / "photo.jpg").write_text("no text", encoding="utf-8")
        await type_source(app, pilot, str(folder), "enter")
        await wait_for(pilot, lambda: "Not a readable PDF" in screen_text(app), "the reason")
        assert "2 in the library already." in screen_text(app)
        assert "left out (.jpg 1)" in screen_text(app)
        assert app.screen.query_one(TextArea).text == ""
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.screen is screen, "the library")


async def test_ctrl_j_begins_another_line(library: Path) -> None:
    paths = [library / f"{name}.md" for name in ("one", "two")]
    for path in paths:
        path.write_text(f"# Page {path.stem}\n\nwords\n", encoding="utf-8")
    async with shown(library, LibraryScreen()) as (app, pilot):
        await type_source(app, pilot, "", "ctrl+j")
        field = app.screen.query_one(TextArea)
        field.text = ""
        field.insert(str(paths[0]))
        await pilot.press("ctrl+j")
        field.insert(str(paths[1]))
        assert app.screen.query_one(TextArea).text.splitlines() == [str(each) for each in paths]
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert app.notices == ["2 articles saved for later."]


async def test_a_slow_page_shows_progress_and_can_be_given_up(
    library: Path, server: Server
) -> None:
    def page(request: Request) -> None:
        request.answer(b"x" * 2000, Content_Length="9000")
        server.drip(request, b"x" * 1000)

    url = server.behave("/slow.md", page)
    async with shown(library, LibraryScreen()) as (app, pilot):
        for key in ("enter", "ctrl+o"):
            await type_source(app, pilot, url, key)
            await wait_for(pilot, lambda: "2 KB of 9 KB, " in screen_text(app), "the bytes")
            assert "esc gives up" in screen_text(app)
            await pilot.press("escape")
            await wait_for(pilot, lambda: "enter save" in screen_text(app), "the end of it")
            assert app.screen.query_one(TextArea).text == url
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert not app.notices


async def test_a_file_that_is_given_up_is_not_opened(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = library / "slow.md"
    file.write_text("# Slow\n\nwords\n", encoding="utf-8")
    gate = threading.Event()
    async with shown(library, LibraryScreen()) as (app, pilot):
        opens = app.session.open

        def slowly(source: str, watch: Watch, **how: bool | None) -> LoadingArticle:
            loading_article = opens(source, watch, **how)  # type: ignore[arg-type]
            gate.wait(PATIENCE)
            return loading_article

        monkeypatch.setattr(app.session, "open", slowly)
        await type_source(app, pilot, str(file), "ctrl+o")
        await wait_for(pilot, lambda: "esc gives up" in screen_text(app), "the opening")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "Giving up" in screen_text(app), "the word on it")
        gate.set()
        await wait_for(pilot, lambda: "enter save" in screen_text(app), "the end of it")
        assert app.screen.query_one(TextArea).text == str(file)


@pytest.mark.parametrize("key", ["enter", "ctrl+o"])
async def test_an_impossible_file_name_shows_an_error(library: Path, key: str) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await type_source(app, pilot, "file:///tmp/a%00b", key)
        await wait_for(pilot, lambda: "No file has a name" in screen_text(app), "the error")
        assert isinstance(app.screen, AddScreen)


async def test_a_page_without_an_article_can_be_added_whole(library: Path, server: Server) -> None:
    links = "".join(f"<div><a href='/{n}'>Story {n}</a></div>" for n in range(60))
    page = f"<!DOCTYPE html><title>Stories</title><body>{links}"
    url = server.serve("/", page.encode(), Content_Type="text/html")
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await type_source(app, pilot, url, "enter")
        await wait_for(pilot, lambda: "has no article" in screen_text(app), "the error")
        assert "ctrl+t all of the page" in screen_text(app)
        await pilot.press("ctrl+t")
        await wait_for(pilot, lambda: "Stories" in titles(screen), "the page")


async def test_ctrl_o_opens_the_typed_source(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nwords\n", encoding="utf-8")
    async with opened(tmp_path, "# One\n\nwords\n") as reader:
        app = reader.app
        for source in ("/nowhere.md", str(other)):
            await reader.press("L")
            await reader.until(lambda: isinstance(app.screen, LibraryScreen), "the library")
            await reader.press("A")
            await reader.until(lambda: isinstance(app.focused, TextArea), "the dialog")
            app.screen.query_one(TextArea).text = source
            await reader.press("ctrl+o")
            if source == str(other):
                break
            await reader.until(lambda: "no file" in "\n".join(reader.lines), "the error")
            assert app.screen.query_one(TextArea).text == source
            await reader.press("escape")
        await reader.until(lambda: isinstance(app.screen, ReadingScreen), "the article")
        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.context.state.document.metadata.title == "Other"


@pytest.mark.parametrize(("source", "key"), [("a.md", "escape"), ("", "enter"), ("-", "ctrl+o")])
async def test_nothing_is_added_without_a_source(library: Path, source: str, key: str) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await type_source(app, pilot, source, key)
        await wait_for(pilot, lambda: not isinstance(app.screen, AddScreen), "the list")
        assert not app.opened
        assert not app.notices


async def paste(app: ListApp, text: str) -> None:
    app.post_message(events.Paste(text))


def meant_by(request: object) -> object:
    """Return what a message asks for; two messages are never equal."""
    return (
        (type(request), astuple(request)) if isinstance(request, ShowSource | ShowText) else request
    )


async def test_a_pasted_address_is_opened(library: Path) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await paste(app, "https://example.org/a\n")
        await wait_for(pilot, lambda: app.opened, "the request")
        assert [meant_by(each) for each in app.opened] == [
            meant_by(ShowSource("https://example.org/a"))
        ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# A pasted title\n\n" + "Some words of it.\n\n" * 20, "A pasted title"),
        (
            "The bridge at the mill was sold for scrap iron, and nobody knew why. " * 9,
            "The bridge at the mill was sold for scrap iron, and nobody…",
        ),
    ],
)
async def test_a_pasted_text_becomes_an_article_once(tmp_path: Path, text: str, name: str) -> None:
    async with opened(tmp_path, "# One\n\nwords\n") as reader:
        reader.app.go_to_library()
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen), "the library")
        for _ in range(2):
            reader.app.post_message(events.Paste(text))
            await reader.until(
                lambda: not isinstance(reader.app.screen, LibraryScreen), "the article"
            )
            reader.app.session.save_all()
            assert len(Session(reader.folder).articles()) == 2
            assert {each.title for each in Session(reader.folder).articles()} == {"One", name}
            await reader.press("q")
            await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen), "the library")


async def test_a_pasted_word_opens_nothing(library: Path) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await paste(app, "word")
        await wait_for(pilot, lambda: app.notices, "the sentence")
        assert not app.opened


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("https://example.org/a", ShowSource("https://example.org/a")),
        ("<https://example.org/a>", ShowSource("https://example.org/a")),
        ('"/a b.md"', ShowSource("/a b.md")),
        ("~/a.md\n", ShowSource("~/a.md")),
        ("/a\\ b\\(1\\).md ", ShowSource("/a b(1).md")),
        ("file:///a%20b.md", ShowSource("/a b.md")),
        ("C:\\a.md", ShowSource("C:\\a.md")),
        ("One line.\nAnother.", ShowText("One line.\nAnother.")),
        ("https://example.org/a\n\n<https://example.org/b>\n", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/a https://example.org/b", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/a\nAnd more.", ShowText("https://example.org/a\nAnd more.")),
        ("word " * 60, ShowText("word " * 60)),
        ("a word", None),
        ("\x00\ufffd" * 400, None),
        ("?!\n" * 400, None),
        ("漢字と仮名。\n" * 40, ShowText("漢字と仮名。\n" * 40)),
        ("", None),
        ("'", None),
    ],
)  # fmt: skip
def test_what_a_paste_opens(pasted: str, meant: object) -> None:
    assert meant_by(request_for(pasted)) == meant_by(meant)


def test_sources_are_read_line_by_line_without_duplicates() -> None:
    assert sources_in(" /a b.md \n\n-\nhttps://a.example\n/a b.md\n") == [
        "/a b.md",
        "https://a.example",
    ]


def test_only_paired_quotes_are_removed() -> None:
    assert unquoted("'a b'") == "a b"
    assert unquoted("'a b") == "'a b"


async def test_the_archive_has_its_own_count(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 3, "the rows")
        await pilot.press("f")
        await wait_for(pilot, lambda: "1 of 3 articles" in screen_text(app), "the unread one")
        await pilot.press("f", "f", "f")
        await wait_for(pilot, lambda: "1 of 1 article," in screen_text(app), "the archived one")
        assert titles(screen) == {"Away"}


async def test_several_that_are_given_up_stay_to_be_tried_again(
    library: Path, server: Server
) -> None:
    def page(request: Request) -> None:
        request.answer(b"x" * 2000, Content_Length="9000")
        server.drip(request, b"x" * 1000)

    quick = server.serve("/quick.md", b"# Quick\n\nwords")
    slow = server.behave("/slow.md", page)
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await type_source(app, pilot, f"{quick}\n{slow}", "enter")
        await wait_for(pilot, lambda: "1 of 2 done" in screen_text(app), "the first of them")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "enter save" in screen_text(app), "the end of it")
        assert app.screen.query_one(TextArea).text == slow
        await pilot.press("ctrl+o")
        await wait_for(pilot, lambda: "esc gives up" in screen_text(app), "the opening")
        assert "of 2 done" not in screen_text(app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: "enter save" in screen_text(app), "the end of it")
        app.screen.query_one(TextArea).text = f"{quick}\n{slow}"
        await pilot.press("ctrl+o")
        await wait_for(pilot, lambda: "Only one article can be opened" in screen_text(app), "why")
        await pilot.click(offset=(0, 0))
        assert isinstance(app.screen, AddScreen), "what was typed is not lost by a click"
        app.screen.query_one(TextArea).text = ""
        await wait_for(pilot, lambda: "Only one" not in screen_text(app), "a clean sheet")
        await pilot.click(offset=(0, 0))
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert app.notices == ["“Quick” is saved for later."]


async def test_two_names_of_one_file_are_one_article(library: Path) -> None:
    (library / "one.md").write_text("# Once\n\nwords\n", encoding="utf-8")
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        names = f"{library}/one.md\n{library}/../{library.name}/one.md"
        await type_source(app, pilot, names, "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        await wait_for(pilot, lambda: "Once" in titles(screen), "the article")
        assert [row.title for row in screen.article_rows.rows].count("Once") == 1


def added(title: str, *, is_new: bool) -> AddResult:
    return AddResult(f"/{title}.md", title=title, is_new=is_new)


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([added("Tides", is_new=True)], "“Tides” is saved for later."),
        ([added("Tides", is_new=False)], "“Tides” is in the library already."),
        ([added("", is_new=True)], "“/.md” is saved for later."),
        ([added("a", is_new=True), added("b", is_new=True)], "2 articles saved for later."),
        ([added("a", is_new=False), added("b", is_new=False)], "2 in the library already."),
        (
            [added("a", is_new=True), added("b", is_new=False), added("c", is_new=False)],
            "1 article saved for later, 2 in the library already.",
        ),
    ],
)
def test_a_sentence_says_what_was_added(results: list[AddResult], sentence: str) -> None:
    assert added_sentence(results) == sentence
