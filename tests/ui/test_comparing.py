"""Going through what changed: every decision, what it says, and what it leaves to decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.annotation import PlaceState
from reader.ui.dialogs.pick import PickScreen
from reader.ui.messages import ShowArticle
from reader.ui.reading.compare_screen import CompareScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.hints import Hints
from tests.ui.reading_app import Reader, opened
from tests.ui.test_review import (
    CHANGED,
    CLOSED,
    FERRY,
    KEPT,
    TEXT,
    changed,
    compare,
    library_with,
    shown,
    state_of,
)

SHUT = "They say that it was shut in March after a great many storms."


async def says(reader: Reader, words: str) -> None:
    await reader.until(lambda: words in shown(reader), words)


async def test_every_decision_says_what_it_did_and_where_it_leads(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await compare(reader)
        await says(reader, "1 of 2 ⚑ claim · The tide tables ≠ words changed")
        await says(reader, "enter accept")
        await reader.press("u")
        await says(reader, "Nothing to undo.")
        await reader.press("enter")
        await says(reader, "Accepted; u undoes that.")
        assert "Nothing else has changed." not in shown(reader)
        await says(reader, "2 of 2 ⚑ claim · The tide tables ◌ lost its place")
        await says(reader, "Nothing in the article resembles it.")
        assert "put it back here" not in shown(reader)
        await reader.press("enter")
        await says(reader, "Margin found no likely place; r selects one.")
        await reader.press("x")
        await says(reader, "It has lost its place already; n leaves it there.")
        await reader.press("n")
        await says(reader, "1 of 2")
        assert "It has lost its place already" not in shown(reader)
        assert "enter accept" not in shown(reader)
        assert "r select again" in shown(reader)
        await reader.press("enter")
        await says(reader, "Its words are accepted.")
        await reader.press("n", "u")
        await says(reader, "Undone: new wording")
        await says(reader, "1 of 2 ⚑ claim · The tide tables ≠ words changed")
        assert state_of(reader, CLOSED) is PlaceState.EDITED
        await reader.press("x")
        await says(reader, "It has lost its place now; u undoes that.")
        assert state_of(reader, CLOSED) is PlaceState.ORPHANED
        await reader.press("N", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))


async def test_what_was_lost_is_put_back_where_it_seems_to_belong(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED)
    path.write_text(TEXT.replace(CLOSED, SHUT), encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        await compare(reader)
        await says(reader, "Where it seems to belong")
        await says(reader, "enter put it back here")
        x, y = reader.find("put it back here")
        await reader.pilot.click(Hints, offset=(x, y - reader.app.screen.query_one(Hints).region.y))
        await says(reader, "Put back; u undoes that. Nothing else has changed.")
        assert state_of(reader, CLOSED) is PlaceState.BY_HAND
        await says(reader, "As it reads now")
        await reader.press("u")
        await reader.until(lambda: state_of(reader, CLOSED) is PlaceState.ORPHANED)
        await says(reader, "Where it seems to belong")


async def test_of_several_that_are_lost_one_is_picked(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED, FERRY, KEPT)
    text = TEXT.replace(CLOSED, SHUT).replace(f" {FERRY}", "")
    path.write_text(text, encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        reader.app.clear_notifications()
        await reader.press("p")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the question")
        await says(reader, "Put back which? 2 lost their place")
        assert KEPT[:20] not in shown(reader)
        digit = next(line for line in reader.lines if CLOSED[:20] in line).strip(" │▌")[0]
        await reader.press(digit)
        await reader.until(lambda: state_of(reader, CLOSED) is PlaceState.BY_HAND)
        assert state_of(reader, FERRY) is PlaceState.ORPHANED
        assert "Put back; u undoes that" in reader.message


async def test_the_list_compares_and_keeps_what_has_its_place(tmp_path: Path) -> None:
    async with changed(tmp_path) as reader:
        await reader.press("a")
        await reader.until(lambda: reader.app.screen.query(AnnotationList), "the list")
        await reader.press("g", "p")
        await reader.until(lambda: "This annotation has its place." in reader.message)
        await reader.press("c")
        await reader.until(lambda: isinstance(reader.app.screen, CompareScreen), "the comparison")
        await says(reader, "1 of")
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        (lost,) = (each for each in reader.annotations if each.is_orphaned)
        reader.app.post_message(ShowArticle(reader.screen.context.state.article.id, lost.id))
        await reader.until(lambda: "has lost its place; c shows what it was" in reader.message)


@pytest.mark.parametrize(
    ("selected", "message"),
    [
        ("Nobody", "Select over one annotation to change its range."),
        ("It closed early in April", "Its range is changed; u takes that back"),
        (CHANGED[20:].strip(), "Several annotations are here; put the caret on one and press r."),
    ],
)
async def test_a_selection_gives_its_range_to_the_one_annotation_below_it(
    tmp_path: Path, selected: str, message: str
) -> None:
    text = CHANGED.replace("In the end", "Nobody cared. In the end")
    path = library_with(tmp_path, "It closed early in April, after", KEPT, text=text)
    async with opened(tmp_path, path) as reader:
        start = reader.text.index(selected.split("\n", maxsplit=1)[0][:24])
        reader.view.origin = start
        end = len(reader.text) if "\n" in selected else start + len(selected)
        reader.view.move_caret(min(end, len(reader.text) - 1), extend=True)
        before = reader.quotes
        await reader.press("r")
        await reader.until(lambda: message in reader.message, message)
        if "is changed" in message:
            assert reader.quotes == [selected, KEPT]
            await reader.press("u")
        assert reader.quotes == before


async def test_without_an_annotation_there_is_no_range_to_change(tmp_path: Path) -> None:
    path = library_with(tmp_path, CLOSED)
    async with opened(tmp_path, path) as reader:
        reader.go_to("The council")
        await reader.press("r")
        assert reader.message == "Nothing is marked here; put the caret on an annotation first."
