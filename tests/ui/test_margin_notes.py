"""Notes stand beside their passages where there is room, and else the caret's in the line of keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import LEFT, RIGHT, SIDES, Settings, load_settings
from reader.core.cells import cell_width
from reader.core.document import TextRange
from reader.paths import settings_file
from reader.session import AnnotationRequest, Session
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.painting.columns import GUTTER, MARGIN, NARROWEST_NOTES, divide, width_with_notes
from tests.hostile_text import BRIEF, UNSAFE
from tests.ui.reading_app import Reader, opened

TEXT = "\n\n".join(
    f"Paragraph {number} of the harbour and its council, which met in winter. It said that the tide"
    f" table number {number} was wrong, and that nobody had looked at it for a long time."
    for number in range(1, 60)
)
NOTE = "Ask the **clerk**.\n\n- Which year?\n- Who signed?\n- What was left out?\n- And the end"
WIDE = (140, 40)
NARROW = (80, 24)


@asynccontextmanager
async def reading(
    folder: Path,
    *requests: AnnotationRequest,
    size: tuple[int, int] = WIDE,
    settings: Settings | None = None,
    text: str = TEXT,
) -> AsyncIterator[Reader]:
    article = folder / "article.md"
    article.write_text(text, encoding="utf-8")
    session = Session(folder / "library")
    for request in requests:
        session.annotate(str(article), request)
    session.writer.close()
    async with opened(folder, article, size=size, settings=settings) as reader:
        yield reader


def quoted(number: int, note: str = "", speaker: str = "Ada Brisk") -> AnnotationRequest:
    return AnnotationRequest(
        f"table number {number} was wrong", tags=["quote"], note=note, speaker=speaker
    )


def lines_at(reader: Reader, x: int, y: int, count: int) -> list[str]:
    """Return so many lines of the screen from a cell on, without the scrollbar."""
    return [
        reader.row(y + line).ljust(reader.view.size.width)[x:-1].rstrip() for line in range(count)
    ]


def beside(reader: Reader, words: str) -> str:
    """Return what stands beside the line of the article with some words."""
    area = reader.view.viewport.columns.notes
    assert area is not None
    line = reader.row(reader.find(words)[1])
    return line[area.left : area.left + area.width].strip()


async def test_a_note_stands_beside_its_passage(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask the **clerk**.\n\nSoon.")) as reader:
        x, y = reader.find("❝ Ada Brisk")
        assert "table number 2 was" in reader.row(y)
        assert x > reader.view.viewport.column_left + reader.view.viewport.column_width
        assert [reader.row(y + line)[x:] for line in (1, 2, 3)] == [
            "│ Ask the clerk.",
            "│ Soon.",
            "",
        ]
        assert "✎" not in "".join(reader.lines)


async def test_the_note_at_the_caret_is_whole_and_the_others_are_cut(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, NOTE), quoted(3, NOTE)) as reader:
        cut = ["❝ Ada Brisk", "│ Ask the clerk.", "│ • Which year?", "│ • Who signed?…"]
        x, y = reader.find(cut[0])
        assert lines_at(reader, x, y, 4) == cut
        await reader.press("greater_than_sign")
        assert lines_at(reader, x, y, 6) == [
            "❝ Ada Brisk", "┃ Ask the clerk.", "┃ • Which year?", "┃ • Who signed?",
            "┃ • What was left out?", "┃ • And the end",
        ]  # fmt: skip
        # The next one makes room.
        assert lines_at(reader, x, y + 6, 1) == cut[:1]


async def test_the_column_moves_aside_only_where_there_is_something_to_show(tmp_path: Path) -> None:
    async with reading(tmp_path, AnnotationRequest("Paragraph 2 of", tags=["quote"])) as reader:
        viewport = reader.view.viewport
        centred = viewport.column_left
        assert viewport.columns.notes is None
        reader.go_to("table number 1")
        await reader.press("2", "P")
        await reader.until(lambda: reader.app.screen is not reader.screen)
        await reader.type("Ada")
        await reader.press("enter")
        await reader.until(lambda: any(each.speaker for each in reader.annotations))
        await reader.pilot.pause()
        assert viewport.column_left < centred
        assert viewport.column_width == 72
        await reader.press("Z")
        assert viewport.column_left == centred


@pytest.mark.parametrize("side", SIDES)
async def test_the_side_is_a_setting(tmp_path: Path, side: str) -> None:
    settings = Settings(margin_side=side)
    async with reading(tmp_path, quoted(2, "Ask."), settings=settings) as reader:
        x, y = reader.find("❝ Ada Brisk")
        text, _ = reader.find("table number 2")
        assert (x < text) == (side == LEFT)
        assert reader.row(y + 1)[x:].startswith("│ Ask.")


async def test_a_key_hides_them_and_shows_them_again_and_is_remembered(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask.")) as reader:
        await reader.press("greater_than_sign", "Z")
        assert not any("Ask." in line for line in reader.lines[:-2])
        assert "3 context  Ada Brisk · Ask.  enter note" in reader.bar
        assert "✎" in "".join(reader.lines)
        await reader.until(lambda: load_settings(settings_file()).margin_notes is False)
        await reader.press("Z")
        assert beside(reader, "table number 2") == "❝ Ada Brisk"
        assert "Ask." not in reader.bar
        await reader.until(lambda: load_settings(settings_file()).margin_notes is True)


async def test_every_open_article_follows_the_setting(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask.")) as reader:
        await reader.press("question_mark")
        await reader.until(lambda: reader.app.screen is not reader.screen, "the help")
        reader.app.toggle_margin_notes()  # as another article's screen does
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.pilot.pause()
        assert reader.view.viewport.columns.notes is None


async def test_where_there_is_no_room_the_line_of_keys_has_the_note(tmp_path: Path) -> None:
    request = quoted(2, f"Ask the **clerk**.\n\n{'Then ask again. ' * 20}")
    async with reading(tmp_path, request, size=NARROW) as reader:
        assert "Ada" not in "".join(reader.lines)
        await reader.press("greater_than_sign")
        tags, note, hint = reader.bar.split("  ")
        assert tags == " 1 quote 2 claim 3 context"
        assert note.startswith("Ada Brisk · Ask the clerk. Then ask")
        assert note.endswith("…")
        assert hint == "enter note"
        await reader.pilot.click("#bar", offset=(35, 0))
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")


async def test_in_a_line_of_few_cells_the_tags_have_no_names_beside_a_note(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask."), size=(60, 20)) as reader:
        await reader.press("greater_than_sign")
        assert reader.bar.startswith(" 1❝ 2⚑ 3✱  Ada Brisk · Ask.  enter note")


async def test_the_line_of_keys_is_for_keys_where_nothing_is_noted(tmp_path: Path) -> None:
    async with reading(
        tmp_path, AnnotationRequest("Paragraph 2 of", tags=["quote"]), size=NARROW
    ) as reader:
        await reader.press("greater_than_sign")
        assert reader.bar.startswith(" 1 quote 2 claim 3 context  enter note")


async def test_notes_come_and_go_with_the_width_of_the_window(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask.")) as reader:
        await reader.press("greater_than_sign")
        for width in (111, 112, 200, 80, 140):
            await reader.pilot.resize_terminal(width, 40)
            await reader.until(lambda width=width: reader.view.size.width == width, f"{width}")
            await reader.pilot.pause()
            assert ("Ask." in reader.bar) == (width < 112), width
            assert any("┃ Ask." in line for line in reader.lines) == (width >= 112), width
            assert all(cell_width(line) <= width for line in reader.lines)


async def test_a_panel_takes_the_room(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, "Ask.")) as reader:
        await reader.press("a")
        await reader.until(lambda: reader.view.size.width < 112, "the panel")
        await reader.pilot.pause()
        assert reader.view.viewport.columns.notes is None
        await reader.press("escape")
        await reader.until(lambda: reader.view.size.width == 140, "no panel")
        await reader.pilot.pause()
        assert beside(reader, "table number 2") == "❝ Ada Brisk"


async def test_a_click_goes_to_the_passage_and_a_double_click_opens_the_note(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path, quoted(2, NOTE), quoted(3, "Ask.")) as reader:
        x, y = reader.find("│ Ask.")
        await reader.pilot.click(offset=(x + 3, y))
        await reader.pilot.pause()
        assert reader.rest.startswith("table number 3")
        assert reader.view.selection is None
        x, y = reader.find("• Which year")
        await reader.pilot.click(offset=(x, y))
        assert reader.rest.startswith("table number 2")
        # The first click made the note longer; the second one still means the same.
        await reader.pilot.click(offset=reader.find("❝ Ada Brisk"), times=2)
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")


async def test_a_drag_that_begins_on_a_note_selects_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(2, NOTE)) as reader:
        x, y = reader.find("• Which year")
        await reader.pilot.mouse_down(offset=(x, y))
        await reader.pilot.hover(offset=(x - 60, y + 2))
        await reader.pilot.mouse_up(offset=(x - 60, y + 2))
        assert reader.view.selection is None


async def test_a_note_scrolls_out_line_by_line_with_its_passage(tmp_path: Path) -> None:
    async with reading(tmp_path, quoted(1, NOTE), size=(140, 20)) as reader:
        reader.view.viewport.scroll_to(0)
        reader.go_to("Paragraph 3")
        await reader.pilot.pause()
        x, y = reader.find("❝ Ada Brisk")
        for scrolled in range(1, y + 4):
            reader.view.viewport.scroll_to(scrolled)
            await reader.pilot.pause()
            shown = lines_at(reader, x, 0, max(y + 4 - scrolled, 0))
            assert shown[-1:] == ["│ • Who signed?…"]
            assert ("❝ Ada Brisk" in "".join(reader.lines)) == (scrolled <= y)


async def test_in_a_crowd_notes_stay_where_they_are_while_the_text_is_scrolled(
    tmp_path: Path,
) -> None:
    requests = [quoted(number, NOTE) for number in range(1, 60)]
    paragraphs = TEXT.replace("\n\n", " ")
    async with reading(tmp_path, *requests, text=paragraphs, size=(140, 20)) as reader:
        viewport = reader.view.viewport

        async def notes(line: int) -> list[str]:
            viewport.scroll_to(line)
            await reader.pilot.pause()
            area = viewport.columns.notes
            assert area is not None
            return lines_at(reader, area.left, 0, 18)

        reader.view.select(TextRange(0, len(reader.text)))  # the caret is in no note
        before, moved = await notes(40), 0
        for line in range(41, 81):
            after = await notes(line)
            moved += after[:-1] != before[1:]
            before = after
        assert moved <= 2


async def test_the_note_of_a_long_passage_stays_on_screen_with_the_caret(tmp_path: Path) -> None:
    passage = TEXT[: TEXT.index("Paragraph 40")].strip()
    request = AnnotationRequest(passage, tags=["context"], note="All of it.")
    async with reading(tmp_path, request) as reader:
        reader.go_to("Paragraph 30")
        await reader.pilot.pause()
        assert "✱ All of it." in reader.row(0)
        reader.go_to("Paragraph 50")
        await reader.pilot.pause()
        assert not any("All of it." in line for line in reader.lines)


async def test_many_notes_of_one_line_are_all_told(tmp_path: Path) -> None:
    words = "one two three four five six seven eight nine".split()
    requests = [
        AnnotationRequest(" ".join(words[: count + 1]), tags=["quote"], note=f"note {count}")
        for count in range(1, 9)
    ]
    async with reading(tmp_path, *requests, text=f"{' '.join(words)}\n\n{TEXT}") as reader:
        shown = "\n".join(reader.lines)
        assert [f"note {count}" in shown for count in range(1, 9)] == [True] * 8


@pytest.mark.parametrize(
    "note",
    [
        BRIEF,
        "東京は日本の首都です。" * 9,
        "x" * 300,
        "مرحبا بالعالم שלום " * 8,
        "👩‍👩‍👧‍👦" * 40,
        "a\tb",
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW, (112, 12), (20, 6)])
async def test_any_text_keeps_to_its_cells(
    tmp_path: Path, note: str, size: tuple[int, int]
) -> None:
    async with reading(tmp_path, quoted(1, note, speaker=note[:60]), size=size) as reader:
        await reader.press("greater_than_sign")
        for y, line in enumerate(reader.lines):
            assert UNSAFE.search(line) is None
            assert cell_width(line) <= size[0], y
        area = reader.view.viewport.columns.notes
        for y in range(reader.view.size.height):
            strip = reader.view.render_line(y)
            assert strip.cell_length == sum(cell_width(each.text) for each in strip) == size[0]
            if area is not None:
                assert strip.crop(area.left + area.width - 1, size[0]).text.strip() == ""


@given(st.integers(1, 300), st.integers(40, 160), st.sampled_from(["", *SIDES]))
def test_text_and_notes_never_overlap(width: int, column: int, side: str) -> None:
    text_left, text_width, notes = divide(width, column, side)
    assert (notes is not None) == (bool(side) and width >= width_with_notes(text_width))
    left, right = text_left - GUTTER, text_left + text_width + MARGIN - 1
    assert left >= 0
    if notes is None:
        return
    assert text_width == column
    assert notes.width >= NARROWEST_NOTES - 2
    assert notes.left >= 1
    assert max(right, notes.left + notes.width) < width - (side == RIGHT)
    assert right <= notes.left if side == RIGHT else notes.left + notes.width < left


@given(st.integers(1, 300), st.integers(40, 160))
def test_the_text_moves_no_further_aside_than_the_notes_need(width: int, column: int) -> None:
    centred = divide(width, column, "").text_left
    right, left = divide(width, column, RIGHT), divide(width, column, LEFT)
    assert right.text_left <= centred <= left.text_left
    if right.notes is not None and right.text_left < centred:
        assert right.notes.left + right.notes.width == width - 2
