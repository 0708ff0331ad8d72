"""The status of claims: two keys in the article, one in lists, and seen in the text."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.session import Session
from reader.ui.notes.screen import NotesScreen
from reader.ui.reading.status_choice import StatusChoice
from reader.ui.themes import THEMES
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.selection_bar import SelectionBar
from tests.ui.list_app import article, keep, note, screen_text, shown
from tests.ui.reading_app import Reader, at, opened
from tests.ui.test_fewer_colours import SYSTEMS, looks
from tests.ui.waiting import notices

ARTICLE = """\
# The ledger

The council met on Monday. Nobody was pleased. The meters ran backwards.

The board relied on a certified product. It rained.
"""

OWN = (*STANDARD_STATUSES, ClaimStatus("half true", "h", "½", "#ff8800"))


def statuses(reader: Reader) -> list[str | None]:
    return [each.status for each in reader.annotations]


async def choosing(reader: Reader) -> None:
    """Wait until the letter of a status is waited for."""
    await reader.until(lambda: isinstance(reader.app.screen, StatusChoice), "the statuses")


async def set_to(reader: Reader, *expected: str | None) -> None:
    """Wait until the annotations have these statuses."""
    await reader.until(lambda: statuses(reader) == list(expected), str(expected))


@pytest.mark.parametrize(("letter", "status"), [(each.key, each.name) for each in OWN])
async def test_two_keys_mark_a_claim_with_its_status_in_one_step(
    tmp_path: Path, letter: str, status: str
) -> None:
    async with opened(tmp_path, ARTICLE, settings=Settings(statuses=OWN)) as reader:
        reader.go_to("Nobody")
        await reader.press("s", letter)
        await set_to(reader, status)
        assert reader.quotes == ["Nobody was pleased."]
        assert reader.tags == [("claim",)]
        assert [each.status for each in reader.stored()] == [status]
        await reader.press("u")
        assert reader.annotations == ()
        await reader.press("ctrl+r")
        assert statuses(reader) == [status]


async def test_a_selection_becomes_a_claim_with_a_status(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.view.select(at(reader, "relied on a certified product"))
        await reader.press("s", "d")
        await set_to(reader, "disputed")
        assert reader.quotes == ["relied on a certified product"]
        assert reader.selected is None
        reader.view.select(at(reader, "relied on a certified product"))
        await reader.press("s", "s")  # the same passage again: the same claim
        await set_to(reader, "supported")


async def test_a_claim_gets_another_status_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press("2")
        assert statuses(reader) == ["unchecked"]
        await reader.press("s", "r")
        await set_to(reader, "refuted")
        assert "refuted now" in reader.message
        await reader.press("s", "r")
        await reader.until(lambda: "already" in reader.message, "the message")
        await reader.press("u")
        assert statuses(reader) == ["unchecked"]
        assert reader.tags == [("claim",)]


async def test_what_is_no_claim_becomes_one_and_that_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press("1", "s")
        await choosing(reader)
        assert "Tag it as a claim as well" in reader.message
        await reader.press("d")
        await set_to(reader, "disputed")
        assert reader.tags == [("quote", "claim")]
        assert "claim as well, disputed" in reader.message
        await reader.press("u")
        assert (reader.tags, statuses(reader)) == ([("quote",)], [None])


async def test_of_several_annotations_the_claim_is_meant(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press("2")
        reader.view.select(at(reader, "was pleased"))
        await reader.press("1")
        reader.go_to("was pleased")
        await reader.press("right", "s", "r")
        await reader.until(lambda: "refuted" in statuses(reader), "the status")
        assert {each.tags: each.status for each in reader.annotations} == {
            ("claim",): "refuted",
            ("quote",): None,
        }


@pytest.mark.parametrize("key", ["escape", "left", "j", "S", "4", "enter"])
async def test_any_other_key_changes_nothing(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press("s")
        await choosing(reader)
        await reader.press(key)
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert reader.annotations == ()
        assert reader.rest.startswith("Nobody")
        assert not reader.screen.query_one(SelectionBar).is_choosing_status
        assert ("No status has that letter" in reader.message) == (key in {"j", "S", "4"})


@pytest.mark.parametrize("columns", [140, 80, 60])
async def test_the_line_of_keys_shows_the_statuses_and_takes_a_click(
    tmp_path: Path, columns: int
) -> None:
    settings = Settings(statuses=OWN)
    async with opened(tmp_path, ARTICLE, size=(columns, 24), settings=settings) as reader:
        reader.go_to("Nobody")
        await reader.press("s")
        await choosing(reader)
        bar = reader.screen.query_one(SelectionBar).region
        shown_statuses = reader.lines[bar.y]
        for status in OWN:
            assert f"{status.key} {status.sign}" in shown_statuses.replace("  ", " ")
        assert ("half true" in shown_statuses) == (columns > 60)
        assert ("esc cancel" in shown_statuses) == (columns != 80)
        await reader.pilot.click(offset=(shown_statuses.index("✗"), bar.y))
        await set_to(reader, "refuted")
        await reader.press("s")
        await choosing(reader)
        await reader.pilot.click(offset=(5, 3))  # beside it: nothing
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert statuses(reader) == ["refuted"]


async def test_the_editor_offers_every_status_and_one_that_the_settings_do_not_know(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, ARTICLE, settings=Settings(statuses=OWN)) as reader:
        reader.go_to("Nobody")
        await reader.press("s", "h")
        await set_to(reader, "half true")
        reader.stored()
    async with opened(tmp_path, tmp_path / "article.md") as reader:
        assert statuses(reader) == ["half true"]
        x, y = reader.find("Nobody was pleased")
        assert "⚑◊▎" in reader.row(y)[:x]
        reader.go_to("Nobody")
        await reader.press("enter")
        await reader.until(lambda: "half true" in "\n".join(reader.lines), "the editor")
        await reader.press("x", "ctrl+s")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert [(each.note, each.status) for each in reader.stored()] == [("x", "half true")]


# In the panel


async def test_one_key_in_the_panel_sets_a_status_and_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, settings=Settings(statuses=OWN)) as reader:
        for words in ("The council", "Nobody", "The meters"):
            reader.go_to(words)
            await reader.press("2")
        reader.go_to("The council")
        await reader.press("a")
        panel = reader.screen.query_one(AnnotationList)
        await reader.until(lambda: len(panel.rows.rows) == 3, "the rows")
        await reader.press("R", "H", "D", "S")  # at the last row there is no next one
        await set_to(reader, "refuted", "half true", "supported")
        assert panel.rows.highlighted == 2
        assert "½ half true" in "\n".join(reader.lines)
        await reader.press("u")
        await set_to(reader, "refuted", "half true", "disputed")
        await reader.press("u", "u", "u")
        await set_to(reader, "unchecked", "unchecked", "unchecked")
        assert panel.rows.highlighted == 0
        await reader.press("M")
        assert "No status has the letter m" in notices(reader.app)[-1].message


async def test_a_filtered_panel_goes_on_to_the_next_row_that_is_left(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        for words in ("The council", "Nobody", "The meters"):
            reader.go_to(words)
            await reader.press("2")
        await reader.press("a", "/", *"unchecked", "enter", "g", "R")
        await set_to(reader, "refuted", "unchecked", "unchecked")
        panel = reader.screen.query_one(AnnotationList)
        assert len(panel.rows.rows) == 2
        assert panel.rows.highlighted == 0
        await reader.press("D")
        await set_to(reader, "refuted", "disputed", "unchecked")


# In the notes


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two claims and a quote on two articles, the newest first in the list."""
    day = "2026-11-2{}T10:00:00.000Z"
    keep(
        tmp_path,
        (article("Ledger"), [note("one", "claim", status="unchecked", created=day.format(3))]),
        (
            article("Bridges"),
            [
                note("two", "claim", status="refuted", created=day.format(2)),
                note("three", "quote", created=day.format(1)),
            ],
        ),
    )
    return tmp_path


def stored(folder: Path) -> dict[str, tuple[tuple[str, ...], str | None]]:
    session = Session(folder)
    found = {
        each.annotation.selector.exact: (each.annotation.tags, each.annotation.status)
        for each in session.annotations()
    }
    session.writer.close()
    return found


async def test_one_key_in_the_notes_sets_a_status_and_goes_on(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        before = stored(library)
        await pilot.press("D", "S", "R")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.note_rows.highlighted == 2
        assert stored(library) == {
            "one": (("claim",), "disputed"),
            "two": (("claim",), "supported"),
            "three": (("quote", "claim"), "refuted"),
        }
        text = screen_text(app)
        for words in ("⚑~ one", "⚑✓ two", "❝✗ three"):
            assert words in text
        assert "claim as well, refuted: “three”" in app.notices[-1]
        await pilot.press("u", "u", "u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert stored(library) == before
        assert screen.note_rows.highlighted == 0
        assert "⚑? one" in screen_text(app)
        await pilot.press("u")
        await app.workers.wait_for_complete()
        assert "Nothing to undo here." in app.notices[-1]


@pytest.mark.parametrize(("typed", "expected"), [("refuted", ["two"]), ("unchecked", ["one"])])
async def test_the_filter_of_the_notes_finds_statuses(
    library: Path, typed: str, expected: list[str]
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("/", *typed, "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        found = map(screen.note_rows.summary_of, screen.note_rows.rows)
        assert [each.annotation.selector.exact for each in found if each] == expected


async def test_a_status_set_in_the_notes_shows_in_the_open_article(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press("2")
        reader.stored()
        await reader.press("R")
        notes = reader.app.screen
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        notes = reader.app.screen
        assert isinstance(notes, NotesScreen)
        await reader.until(lambda: len(notes.note_rows.rows) == 1 and notes.has_loaded, "the row")
        await reader.press("R")
        await set_to(reader, "refuted")
        await reader.press("q")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.press("u")
        assert statuses(reader) == ["unchecked"]


# In the text


async def test_the_sign_stands_beside_every_line_of_a_claim(tmp_path: Path) -> None:
    words = "It was so very long a claim that nobody read it to its end, " * 3
    async with opened(tmp_path, f"Before.\n\n{words}ever.\n\nAfter.", size=(60, 24)) as reader:
        reader.go_to("It was")
        await reader.press("s", "r")
        await set_to(reader, "refuted")
        _, y = reader.find("It was so very")
        assert reader.row(y).startswith("⚑✗▎")
        assert reader.row(y + 1).startswith(" ✗▎")
        assert reader.row(y + 2).startswith(" ✗▎")
        reader.view.select(at(reader, "nobody read"))
        await reader.press("1")
        # Two begin here: each has one cell, and of the claim the status says more.
        assert reader.row(y).startswith("✗❝▎")


@pytest.mark.parametrize("theme", [each.name for each in THEMES])
@pytest.mark.parametrize("terminal", SYSTEMS)
async def test_statuses_can_be_told_apart_in_every_colour_depth(
    tmp_path: Path, theme: str, terminal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system, environment = SYSTEMS[terminal]
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    text = "Plain.\n\n" + "\n\n".join(f"Claim {each.name}." for each in STANDARD_STATUSES)
    async with opened(tmp_path, text, settings=Settings(theme=theme)) as reader:
        for status in STANDARD_STATUSES:
            reader.go_to(f"Claim {status.name}")
            await reader.press("s", status.key)
            await reader.until(lambda: status.name in statuses(reader), status.name)  # noqa: B023
        reader.go_to("Plain")
        await reader.pilot.pause()
        cells = looks(reader, system)
        bands, signs = {}, {}
        for status in STANDARD_STATUSES:
            x, y = reader.find(f"Claim {status.name}")
            bands[status.name] = cells[x, y]
            column = reader.row(y).index(status.sign)
            signs[status.name] = (status.sign, cells[column, y])
            assert reader.row(y)[column - 1] == "⚑"
        for one, other in combinations(bands, 2):
            assert signs[one] != signs[other]
            if terminal in {"true colour", "256 colours"}:
                assert bands[one] != bands[other], (one, other)
        for name, look in bands.items():
            assert look != cells[reader.find("Plain")], name
