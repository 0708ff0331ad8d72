"""Pages from a real server in the app: how far a fetch is, giving up, and newer versions."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.config import Settings
from reader.core.document import Document, TextRange
from reader.session import Session, Source
from reader.ui.app import MarginApp
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.dialogs.fetching import FetchingScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowSource
from reader.ui.reading.reload import CHECK_SECONDS
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.status_line import StatusLine
from tests.ui.stage import screen_text
from tests.ui.waiting import PATIENCE, notices, wait_for
from tests.web.server import Request, Server, running, without_proxies

TIDES = "# The tide tables\n\nThe harbour closed in March. It opened again in May.\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    without_proxies(monkeypatch)
    with running() as server:
        yield server


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(tmp_path / "library")


def app_on(session: Session) -> MarginApp:
    return MarginApp(session, Settings())


async def open_page(pilot: Pilot[None], url: str) -> ReadingScreen:
    """Open a page, and wait until it is on screen."""
    app = pilot.app
    await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
    app.screen.post_message(ShowSource(url))
    await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the page")
    assert isinstance(app.screen, ReadingScreen)
    return app.screen


def message_of(screen: ReadingScreen) -> str:
    return screen.query_one(StatusLine).message


async def test_a_page_opens(session: Session, server: Server) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    async with app_on(session).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, url)
        assert "harbour" in screen.context.state.document.text
        assert screen.context.state.article.source == url


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_a_slow_page_shows_progress_and_can_be_given_up(
    session: Session, server: Server, key: str
) -> None:
    def page(request: Request) -> None:
        request.answer(b"x" * 2000, Content_Length="9000")
        server.drip(request, b"x" * 1000)

    url = server.behave("/slow.md", page) + "?[b]x[/]"
    async with app_on(session).run_test(notifications=True) as pilot:
        app = pilot.app
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.screen.post_message(ShowSource(url))
        await wait_for(pilot, lambda: isinstance(app.screen, FetchingScreen), "the figures")
        await wait_for(pilot, lambda: "2 KB of 9 KB" in screen_text(app), "the bytes")
        assert "slow.md?[b]x[/]" in screen_text(app)
        await pilot.press(key)
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "giving up")
        assert not notices(app)
    assert session.articles() == []


async def test_a_slow_page_that_comes_takes_the_figures_away(
    session: Session, server: Server
) -> None:
    def page(request: Request) -> None:
        server.stopping.wait(0.8)
        request.answer(TIDES.encode())

    async with app_on(session).run_test(notifications=True) as pilot:
        await open_page(pilot, server.behave("/tides.md", page))
        assert not any(isinstance(each, FetchingScreen) for each in pilot.app.screen_stack)


async def test_a_fault_is_shown(session: Session, server: Server) -> None:
    async with app_on(session).run_test(notifications=True) as pilot:
        app = pilot.app
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.screen.post_message(ShowSource(server.base + "/none"))
        await wait_for(pilot, lambda: notices(app), "the fault")
        assert notices(app)[0].title == "Page not found"


def keep(session: Session, url: str) -> None:
    open_article = session.open(url).open_article
    start = open_article.state.document.text.index("It opened")
    open_article.mark(TextRange(start, start + 22), ["claim"])
    session.save_all()


def keep_open(session: Session, url: str) -> None:
    session.open(url)
    session.save_all()


def here(screen: ReadingScreen) -> str:
    """The words at the caret."""
    return screen.context.state.document.text[screen.view.caret :][:20]


async def test_a_newer_version_is_offered_and_shown_when_wanted(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    keep(session, url)
    server.serve("/tides.md", TIDES.replace("again", "once again").encode())
    async with app_on(session).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, url)
        await wait_for(pilot, lambda: notices(pilot.app), "the offer")
        assert "newer version" in notices(pilot.app)[0].message
        assert "once again" not in screen.context.state.document.text
        await pilot.press("U")
        await wait_for(
            pilot, lambda: "once again" in screen.context.state.document.text, "the new text"
        )
        (annotation,) = screen.context.state.annotations
        assert (
            screen.context.state.document.quote(annotation.range) == "It opened once again in May"
        )
        await pilot.press("U")
        await wait_for(
            pilot, lambda: message_of(screen) == "There is no newer version.", "the answer"
        )


LOG = [f"Keeper {n} of light {n} counted {n + 3} boats that year.\n\n" for n in range(60)]


async def test_a_newer_version_keeps_the_words_at_the_caret(
    session: Session, server: Server
) -> None:
    url = server.serve("/log.md", "".join(LOG).encode())
    keep_open(session, url)
    server.serve("/log.md", ("A preface.\n\n" * 30 + "".join(LOG[4:])).encode())
    async with app_on(session).run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_page(pilot, url)
        text = screen.context.state.document.text
        screen.view.move_caret(text.index("Keeper 40"), at_third=True)
        screen.links.jump(text.index("light 50"))
        row = screen.view.viewport.cell_over(screen.view.caret)
        await wait_for(pilot, lambda: notices(pilot.app), "the offer")
        await pilot.press("U")
        await wait_for(
            pilot, lambda: "A preface" in screen.context.state.document.text, "the new text"
        )
        await pilot.pause()
        assert not notices(pilot.app)
        assert here(screen).startswith("light 50")
        assert screen.view.viewport.cell_over(screen.view.caret) == row
        await pilot.press("ctrl+o")
        await wait_for(pilot, lambda: here(screen).startswith("Keeper 40"), "the place before")


async def test_a_large_file_that_changed_is_shown_where_it_was_left(
    session: Session, tmp_path: Path
) -> None:
    lines = [f"Line {n} of the log names boat {n * 7 % 1013}.\n\n" for n in range(4000)]
    path = tmp_path / "log.md"
    path.write_text("".join(lines), encoding="utf-8")
    loading_article = session.open(str(path))
    open_article = loading_article.open_article
    for document in loading_article.rest:
        if document.is_complete:
            open_article.reanchor(session.reanchor(open_article.state, document))
    open_article.set_position(open_article.state.document.text.index("Line 3000 of"), 0.5)
    session.save_all()
    path.write_text("A new line.\n\n" * 200 + "".join(lines), encoding="utf-8")
    async with app_on(session).run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_page(pilot, str(path))
        await wait_for(pilot, lambda: screen.context.state.document.is_complete, "all of it")
        await wait_for(pilot, lambda: here(screen).startswith("Line 3000 of"), "the place")
        assert "Line 3000 of" in screen_text(pilot.app)


async def test_without_a_network_the_copy_is_read(session: Session, server: Server) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    keep(session, url)
    server.shutdown()
    server.server_close()
    async with app_on(session).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, url)
        await wait_for(
            pilot,
            lambda: message_of(screen) == "Library’s copy: server does not answer",
            "the word on it",
        )
        assert not notices(pilot.app)
        assert "harbour" in screen.context.state.document.text


async def test_nothing_is_asked_at_opening_where_the_settings_say_so(
    session: Session, server: Server
) -> None:
    url = server.serve("/tides.md", TIDES.encode())
    keep(session, url)
    server.serve("/tides.md", TIDES.replace("again", "once again").encode())
    settings = Settings(check_for_newer=False, keys={"article.renew": "ctrl+y"})
    async with MarginApp(session, settings).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, url)
        passed = asyncio.Event()
        screen.set_timer(CHECK_SECONDS, passed.set)  # set later than the one for asking, due later
        await wait_for(pilot, passed.is_set, "the time of asking")
        await wait_for(
            pilot, lambda: all(each.is_finished for each in pilot.app.workers), "its end"
        )
        assert len(server.seen) == 1
        await pilot.press("ctrl+y")
        await wait_for(pilot, lambda: notices(pilot.app), "the offer")
        assert "press ctrl+y to read it" in notices(pilot.app)[0].message
        await pilot.press("ctrl+y")
        await wait_for(
            pilot, lambda: "once again" in screen.context.state.document.text, "the new text"
        )


PARAGRAPHS = "".join(
    f"<p>{'The harbour office keeps a book of every vessel. ' * 4}Entry {n}.</p>" for n in range(30)
)
VESSELS = (
    "<!DOCTYPE html><body><nav><a href='/'>Home page</a></nav><article><h1>Vessels</h1>"
    f"{PARAGRAPHS}</article></body>"
).encode()
INDEX = b"<!DOCTYPE html><body>" + b"".join(
    b"<div><a href='/%d'>Story %d</a></div>" % (n, n) for n in range(60)
)


async def test_a_key_shows_all_of_a_page_and_its_article_again(
    session: Session, server: Server
) -> None:
    url = server.serve("/vessels", VESSELS, Content_Type="text/html")
    async with app_on(session).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, url)
        assert "Home page" not in screen.context.state.document.text
        screen.view.move_caret(screen.context.state.document.text.index("Entry 20"), at_third=True)
        await pilot.press("1", "W")
        await wait_for(
            pilot, lambda: "Home page" in screen.context.state.document.text, "all of it"
        )
        await wait_for(pilot, lambda: "W shows the article" in message_of(screen), "the way back")
        (annotation,) = screen.context.state.annotations
        assert "Entry 20" in screen.context.state.document.quote(annotation.range)
        assert "Entry 20" in screen_text(pilot.app)
        await pilot.press("W")
        await wait_for(
            pilot, lambda: "Home page" not in screen.context.state.document.text, "the article"
        )
        assert screen.context.state.annotations[0].id == annotation.id


async def test_a_page_without_an_article_can_be_shown_whole_by_one_key(
    session: Session, server: Server
) -> None:
    url = server.serve("/", INDEX, Content_Type="text/html")
    async with app_on(session).run_test(notifications=True) as pilot:
        app = pilot.app
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        for key, shown in (("n", LibraryScreen), ("y", ReadingScreen)):
            app.screen.post_message(ShowSource(url))
            await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
            await wait_for(pilot, lambda: "No article found" in screen_text(app), "its words")
            await pilot.press(key)
            await wait_for(
                pilot, partial(lambda kind: isinstance(app.screen, kind), shown), "the answer"
            )
        assert not notices(app)
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        assert "Story 40" in screen.context.state.document.text
        await pilot.press("W")
        await wait_for(pilot, lambda: "all of it stays" in message_of(screen), "the answer")


async def test_an_article_that_is_no_page_has_no_newer_version(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "tides.md"
    path.write_text(TIDES)
    async with app_on(session).run_test(notifications=True) as pilot:
        screen = await open_page(pilot, str(path))
        await pilot.press("U")
        await wait_for(pilot, lambda: "not from the web" in message_of(screen), "the answer")
        assert screen.context.state.document.text.startswith("The tide tables")


async def test_a_file_that_changed_while_it_was_open_is_shown_when_opened_again(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "log.md"
    path.write_text("".join(LOG))
    app = MarginApp(session, Settings(), session.open(str(path)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: screen.context.is_laid_out, "the article")
        screen.view.move_caret(screen.context.state.document.text.index("Keeper 40"), at_third=True)
        await pilot.press("1", "L")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen), "the library")
        path.write_text("A preface.\n\n" * 30 + "".join(LOG[4:]))
        pilot.app.screen.post_message(ShowSource(str(path)))
        await wait_for(pilot, lambda: pilot.app.screen is screen, "the article")
        await wait_for(
            pilot, lambda: "A preface" in screen.context.state.document.text, "the new text"
        )
        (annotation,) = screen.context.state.annotations
        assert screen.context.state.document.quote(annotation.range).startswith("Keeper 40")
        await wait_for(pilot, lambda: here(screen).startswith("Keeper 40"), "the place")
        before = screen.context.open_article
        await pilot.press("L")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LibraryScreen), "the library")
        pilot.app.screen.post_message(ShowSource(str(path)))
        await wait_for(pilot, lambda: pilot.app.screen is screen, "the article again")
        assert screen.context.open_article is before


LONG = [f"Keeper {n} of light {n} counted {n + 3} boats that year.\n\n" for n in range(40_000)]


def held(rest: Iterator[Document], gate: threading.Event) -> Iterator[Document]:
    """Give what is read of a file only once a gate is open, or a test has failed."""
    gate.wait(PATIENCE)
    yield from rest


@pytest.mark.parametrize("length", [60, len(LONG)])
async def test_a_file_that_changed_while_it_was_being_read_is_shown_and_kept_as_it_is(
    session: Session, tmp_path: Path, length: int
) -> None:
    path = tmp_path / "log.md"
    path.write_text("".join(LONG), encoding="utf-8")
    loading_article, gate = session.open(str(path)), threading.Event()
    assert not loading_article.open_article.state.document.is_complete
    old = loading_article.open_article
    app = MarginApp(
        session, Settings(), loading_article._replace(rest=held(loading_article.rest, gate))
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(
            pilot, lambda: screen.context.is_laid_out and len(app.workers), "the first part"
        )
        (slow,) = app.workers
        path.write_text("A preface.\n\n" + "".join(LONG[4:length]), encoding="utf-8")
        screen.post_message(ShowSource(str(path)))
        await wait_for(
            pilot, lambda: "A preface" in screen.context.state.document.text, "the new text"
        )
        await wait_for(pilot, lambda: screen.context.state.document.is_complete, "all of it")
        shown = screen.context.state.document
        gate.set()
        await wait_for(pilot, lambda: slow.is_finished, "the end of the old one")
        await pilot.pause()
        assert screen.context.state.document is shown
        assert screen.context.open_article is not old
        assert session.writer.flush()
    kept = session.record(screen.context.state.article.id)
    assert kept is not None
    assert kept.article.snapshot == shown.digest
    assert kept.article.source_digest == Source("", "", path.read_bytes()).digest


async def test_a_large_file_that_is_opened_again_while_it_is_read_is_read_on(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "log.md"
    path.write_text("".join(LONG), encoding="utf-8")
    loading_article, gate = session.open(str(path)), threading.Event()
    app = MarginApp(
        session, Settings(), loading_article._replace(rest=held(loading_article.rest, gate))
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await wait_for(
            pilot, lambda: screen.context.is_laid_out and len(app.workers), "the first part"
        )
        await pilot.press("L")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.screen.post_message(ShowSource(str(path)))
        await wait_for(pilot, lambda: app.screen is screen, "the article again")
        await pilot.pause()
        gate.set()
        await wait_for(pilot, lambda: screen.context.state.document.is_complete, "all of it")
        assert screen.context.open_article is loading_article.open_article
