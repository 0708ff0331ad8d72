"""The screen of a review: real keys, what is shown, and what is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from reader import clock
from reader.config import Settings
from reader.core.annotation import Annotation
from reader.core.query.parsing import parse
from reader.core.review import Card, CardState, ReviewMode, answers_of, due_of, mode_of, with_card
from reader.session import Session
from reader.session.reviewing import ReviewRequest
from reader.ui.app import MarginApp
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.screen import NotesScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.review.screen import ReviewScreen
from tests.ui.list_app import article, keep, note, screen_lines, screen_text, shown
from tests.ui.waiting import notices, wait_for

EARLIER = "2026-10-01T10:00:00.000Z"


class Review:
    """A running app whose first screen is a review."""

    def __init__(self, app: MarginApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def text(self) -> str:
        return screen_text(self.app)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, *words: str) -> str:
        await wait_for(self.pilot, lambda: all(each in self.text for each in words), repr(words))
        return self.text

    async def on_disk(self, condition: Callable[[dict[str, Annotation]], object]) -> None:
        await wait_for(self.pilot, lambda: condition(self.stored), "what is on disk")

    @property
    def stored(self) -> dict[str, Annotation]:
        """The notes by their words, as another window reads them."""
        found = Session(self.app.session.folder).annotations()
        return {each.annotation.selector.exact: each.annotation for each in found}


@asynccontextmanager
async def reviewing(
    folder: Path, query: str = "", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Review]:
    request = ReviewRequest(query, parse(query, datetime.now()).tree) if query else ReviewRequest()
    app = MarginApp(Session(folder), Settings(), review=request)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Review(app, pilot)
    app.session.writer.close()


pytestmark = pytest.mark.usefixtures("midday")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A quote with a hidden figure, a claim, and a quote that is due."""
    due = with_card({}, Card(EARLIER, CardState.REVIEW, 0, 3.0, 5.0, EARLIER, 2))
    keep(
        tmp_path,
        (
            article("The quiet ledger", site="Courier"),
            [
                note(
                    "The loss was 26 per cent",
                    "quote",
                    note="Said {{26 per cent}} *twice*.",
                    created="2026-10-02T10:00:00.000Z",
                ),
                note(
                    "They acted in good faith",
                    "claim",
                    status="unchecked",
                    speaker="Prewitt",
                    created="2026-10-03T10:00:00.000Z",
                ),
                note("It ran dry", "quote", review=due, created=EARLIER, speaker="Prewitt"),
            ],
        ),
    )
    return tmp_path


async def test_what_is_due_is_graded_and_the_end_says_what_it_came_to(library: Path) -> None:
    async with reviewing(library) as review:
        text = await review.until("It ran dry", "1 of 1", "The quiet ledger · Courier")
        assert "reviewed twice" in text
        assert "1 again 10 min" in text
        assert "4 easy" in text
        await review.press("3")
        await review.until("1 answer in 1 min: 1 good.", "comes again from")
        graded = review.stored["It ran dry"]
        assert due_of(graded) > clock.now()
        assert [each.grade for each in answers_of(graded.review)] == ["good"]
        await review.press("u")
        await review.until("It ran dry", "1 of 1")
        assert answers_of(review.stored["It ran dry"].review) == []


async def test_words_are_hidden_until_space_shows_them_with_the_note(library: Path) -> None:
    async with reviewing(library, "loss") as review:
        text = await review.until("The loss was ▁▁▁▁▁▁▁▁▁▁▁", "space shows the hidden words")
        assert "26 per cent" not in text
        assert "twice" not in text
        await review.press("space")
        await review.until("The loss was 26 per cent", "Said 26 per cent twice.")
        await review.press("c")
        await review.until("Hide which words?")
        await review.press(*"loss", "enter")
        await review.on_disk(lambda notes: "{{loss}}" in notes["The loss was 26 per cent"].note)
        await review.press("space")
        await review.until("The ▁▁▁▁ was")
        await review.press("space")
        await review.until("The loss was", "twice")
        await review.press("1")
        await review.until("The ▁▁▁▁ was", "reviewed once")


async def test_a_claim_is_answered_by_its_status_or_asked_again(library: Path) -> None:
    async with reviewing(library, "faith") as review:
        await review.until("They acted in good faith", "S supported", "ask again in 1 day")
        await review.until("Same speaker: “It ran dry”", "o opens it")
        await review.press("2")
        await wait_for(review.pilot, lambda: notices(review.app), "the sentence")
        assert "A claim is answered by its status" in notices(review.app)[0].message
        await review.press("a")
        await review.until("Add to the history")
        await review.press(*"asked press office", "enter")
        await review.on_disk(lambda notes: "asked" in notes["They acted in good faith"].note)
        await review.press("k")
        await review.until("Ask again on")
        await review.press(*"soon", "enter")
        await review.until("is no day; write 24 Dec")
        await review.press("ctrl+u", *"14d", "enter")
        await review.until("1 to be asked again")
        assert due_of(review.stored["They acted in good faith"]) > clock.now()
        await review.press("u")
        await review.until("S supported")
        await review.press("R")
        await review.until("1 refuted")
        claim = review.stored["They acted in good faith"]
        assert (claim.status, due_of(claim)) == ("refuted", "")


async def test_stopping_says_what_is_left_and_leads_back(library: Path) -> None:
    async with reviewing(library, "quiet") as review:
        await review.until("It ran dry", "1 of 3")
        await review.press("3")
        await review.until("The loss was", "2 of 3")
        await review.press("x")
        await review.until("They acted", "3 of 3")
        modes = {each.selector.exact: mode_of(each.review) for each in review.stored.values()}
        assert modes["The loss was 26 per cent"] is ReviewMode.SUSPENDED
        await review.press("escape")
        await review.until("1 answer in 1 min", "1 note left.", "space go on")
        await review.press("space")
        await review.until("They acted", "3 of 3")
        await review.press("u")
        await review.until("The loss was", "2 of 3")
        await review.press("e")
        await wait_for(review.pilot, lambda: isinstance(review.app.focused, TextArea), "the editor")
        await review.press(*" Mine.", "ctrl+s")
        await review.on_disk(lambda notes: "Mine." in notes["The loss was 26 per cent"].note)
        await review.until("2 of 3")


async def test_nothing_due_is_one_sentence_with_what_to_do(tmp_path: Path) -> None:
    keep(tmp_path, (article("Bridges"), [note("washed away")]))
    async with reviewing(tmp_path) as review:
        await review.until("Nothing is due.", "press v in the notes", "margin review QUERY")
    async with reviewing(tmp_path, "no such words") as review:
        await review.until("Nothing to review: no note fits “no such words”.")


async def test_the_article_is_opened_at_the_passage_and_back_is_the_card(tmp_path: Path) -> None:
    path = tmp_path / "tides.md"
    path.write_text("# The tides\n\nIt closed in March.\n", encoding="utf-8")
    session = Session(tmp_path / "library")
    open_article = session.open(str(path)).open_article
    _, made = open_article.mark(open_article.state.document.blocks[1].range, ["quote"])
    session.save_all()
    session.writer.close()
    async with reviewing(tmp_path / "library", "March") as review:
        await review.until("It closed in March", "1 of 1")
        await review.press("enter")
        await wait_for(review.pilot, lambda: isinstance(review.app.screen, ReadingScreen))
        await review.press("q")
        await wait_for(review.pilot, lambda: isinstance(review.app.screen, ReviewScreen))
        await review.until("It closed in March", "1 of 1")
        assert made.id in {each.id for each in review.stored.values()}


@pytest.mark.parametrize("size", [(80, 12), (60, 20), (140, 45)])
async def test_the_passage_and_its_answers_are_seen_in_any_window(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    long = "word " * 300
    keep(
        tmp_path,
        (
            article("Bridges"),
            [note("washed away", note=long, created=EARLIER), note("gone", "claim")],
        ),
    )
    async with reviewing(tmp_path, "bridges", size) as review:
        await review.until("1 of 2", "washed away")
        assert "good 2 days" in review.text
        await review.press("n")
        await review.until("2 of 2", "S supported", "gone")


async def test_the_library_says_what_is_due_and_v_reviews_it(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await wait_for(pilot, lambda: "1 due, V reviews" in screen_lines(app)[0], "what is due")
        await pilot.press("V")
        await wait_for(pilot, lambda: "It ran dry" in screen_text(app), "the card")
        await pilot.press("3")
        await wait_for(pilot, lambda: "1 good" in screen_text(app), "the end")
        await app.pop_screen()
        await wait_for(pilot, lambda: "due" not in screen_lines(app)[0], "nothing is due")


async def test_the_reminder_can_be_turned_off(library: Path) -> None:
    screen = LibraryScreen()
    settings = Settings(review_reminder=False)
    async with shown(library, screen, settings=settings) as (app, pilot):
        await pilot.pause()
        assert "due" not in screen_lines(app)[0]


async def test_the_notes_review_what_they_list_or_what_is_selected(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("v")
        await wait_for(pilot, lambda: "1 of 3" in screen_text(app), "a review of all")
        await app.pop_screen()
        await pilot.press("space", "v")
        await wait_for(pilot, lambda: "1 of 1" in screen_text(app), "a review of the selected one")
