"""The article on screen: mouse, scrolling, resizing, hostile texts, narrow screens."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from textual import events
from textual.strip import Strip
from textual.widgets import Static

from reader.core.document import TextRange
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick import PickScreen
from reader.ui.strips import rich_style
from tests.ui.reading_app import Reader, at, opened, texts_of
from tests.ui.waiting import notices

ESSAY = Path(__file__).parents[2] / "sample_articles" / "the-long-way-to-tell-time.md"

TIDES = """# The tide tables

The harbour closed. It closed in March. It opened again in May.

A second paragraph follows. It ends here
"""

HOSTILE = {
    "escapes": "before \x1b[31mred\x1b]0;title\x07 \x9b2J after\x00\x08\x7f end",
    "turned": "left \u202egnp.exe\u202c and \u2066isolate\u2069 \u200fmark\u200e end",
    "unseen": "zero\u200bwidth\u200c\u200d\u2060\ufeff soft\u00adhyphen \ue000private\U000f0000 end",
    "piled": "z" + "\u0301\u0316\u0332" * 200 + " zalgo end",
    "one long line": "word and another " * 12_000,
    "no spaces": "x" * 5_000,
    "one character": "x",
    "empty headings": "# \n\n## \n\nword\n\n###\n",
    "only residue": "Advertisement\n",
    "wide table": "| " + " | ".join("a long head of a column" for _ in range(14)) + " |\n"
    + "|---" * 14 + "|\n" + "| " + " | ".join("cell" for _ in range(14)) + " |\n",
    "markup": "a [/] [bold]b[/bold] [link=file:///etc/passwd]c[/link] end",
    "wide": "日本語の文章です。" * 40 + " 👩‍👩‍👧 🇩🇪🇫🇷 end",
    "right to left": "שלום עולם ומה שלומך היום " * 20,
}  # fmt: skip

KEYS = ("j", ")", "}", "w", "l", "space", "G", "v", "(", "h", "k", "escape", "g", "1")


async def drag(reader: Reader, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Hold the left button from one cell of the screen to another."""
    await reader.pilot.mouse_down(offset=start)
    await reader.pilot.hover(offset=end)
    await reader.pilot.mouse_up(offset=end)
    await reader.pilot.pause()


# The mouse


async def test_a_click_puts_the_caret_there(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.pilot.click(offset=reader.find("March"))
        await reader.pilot.pause()
        assert reader.rest.startswith("March")
        assert reader.caret_cell() == reader.find("March")
        assert reader.selected is None
        for button in (2, 3):
            await reader.pilot.click(offset=reader.find("follows"), button=button)
            await reader.pilot.pause()
            assert reader.rest.startswith("March"), "only the left button moves the caret"
        x, y = reader.find("It opened")
        await reader.pilot.click(offset=(x + 1, y), shift=True)
        await reader.pilot.pause()
        assert reader.selected == "March. I"


async def test_a_drag_selects_whole_characters_both_ways(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        x, y = reader.find("It closed")
        end = (x + len("It closed") - 1, y)
        await drag(reader, (x, y), end)
        assert reader.selected == "It closed"
        await drag(reader, end, (x, y))
        assert reader.selected == "It closed"


async def test_a_drag_reaches_the_last_character_of_a_block_and_of_the_text(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        x, y = reader.find("again in May.")
        await drag(reader, (x, y), (x + len("again in May.") - 1, y))
        assert reader.selected == "again in May."
        x, y = reader.find("ends here")
        await drag(reader, (x, y), (x + len("ends here") - 1, y))
        assert reader.selected == "ends here"


async def test_double_and_triple_clicks_select_word_and_sentence(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        place = reader.find("closed in")
        await reader.pilot.click(offset=(place[0] + 2, place[1]), times=2)
        await reader.until(lambda: reader.selected == "closed", "the word")
        await reader.pilot.click(offset=(place[0] + 2, place[1]), times=3)
        await reader.until(lambda: reader.selected == "It closed in March.", "the sentence")
        await reader.press("1")
        assert reader.quotes == ["It closed in March."]


async def test_dragging_over_the_edge_scrolls(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.pilot.mouse_down(offset=(10, 5))
        await reader.pilot.hover(offset=(10, 23))
        await reader.until(lambda: reader.view.scroll_offset.y > 8, "the article to scroll")
        await reader.pilot.mouse_up(offset=(10, 23))
        assert reader.selected is not None
        assert len(reader.selected) > 1000


async def test_the_wheel_takes_the_caret_along(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        for _ in range(20):
            reader.view.post_message(
                events.MouseScrollDown(reader.view, 10, 5, 0, 1, 0, False, False, False, 10, 5)
            )
            await reader.pilot.pause()
        assert reader.view.scroll_offset.y > 15
        assert reader.view.viewport.on_screen.contains(reader.view.caret)
        top = reader.view.scroll_offset.y
        await reader.press("j")
        assert reader.view.scroll_offset.y - top in {1, 2}, "the next key does not jump back"


async def test_the_wheel_leaves_a_selection_alone(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("}", "v", ")")
        selected = reader.selected
        reader.view.scroll_relative(y=40, animate=False, immediate=True)
        await reader.pilot.pause()
        assert reader.selected == selected


async def opened_by_click(reader: Reader, cell: tuple[int, int]) -> str:
    """Click on a cell; return the passage that the editor shows, and close it again."""
    await reader.pilot.click(offset=cell)
    await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
    editor = reader.app.screen
    assert isinstance(editor, NoteEditor)
    passage = str(editor.query_one("#passage Static", Static).content)
    await reader.press("escape")
    await reader.until(lambda: reader.app.screen is reader.screen, "the article")
    return passage


@pytest.mark.parametrize("words", ["The harbour closed.", "It closed in March.", "A second"])
async def test_a_click_on_a_sign_opens_its_annotation_wherever_in_the_line_it_begins(
    tmp_path: Path, words: str
) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.view.select(at(reader, words))
        await reader.press("2")
        x, y = reader.find("⚑")
        assert await opened_by_click(reader, (x, y)) == words
        assert reader.rest.startswith(words)
        assert await opened_by_click(reader, (x + 1, y)) == words, "the status"
        assert await opened_by_click(reader, (x + 2, y)) == words, "the bar"
        assert await opened_by_click(reader, (x + 3, y)) == words, "beside the signs"
        reader.screen.context.open_article.edit(reader.annotations[0].id, note="a note")
        reader.screen.context.show_state()
        await reader.pilot.pause()
        assert await opened_by_click(reader, reader.find("✎")) == words


async def test_each_of_two_signs_in_a_line_opens_its_own(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        for words, key in (("It closed in March.", "1"), ("It opened again", "2")):
            reader.view.select(at(reader, words))
            await reader.press(key)
        assert await opened_by_click(reader, reader.find("❝")) == "It closed in March."
        assert await opened_by_click(reader, reader.find("?")) == "It opened again"


async def test_the_sign_for_more_offers_the_others_that_begin_in_the_line(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        for words in ("The harbour closed.", "It closed in March.", "It opened again in May."):
            reader.view.select(at(reader, words))
            await reader.press("1")
        await reader.pilot.click(offset=reader.find("+"))
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the choice")
        shown = "\n".join(reader.lines)
        assert "❝ It closed in March." in shown
        assert "❝ It opened again in May." in shown
        assert "❝ The harbour closed." not in shown
        await reader.press("2")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
        assert reader.rest.startswith("It opened again")


async def test_a_click_beside_a_line_without_signs_opens_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        _, y = reader.find("A second paragraph")
        await reader.pilot.click(offset=(reader.view.viewport.column_left - 2, y))
        await reader.pilot.pause()
        assert reader.app.screen is reader.screen
        assert reader.rest.startswith("A second")


# Coming back


@pytest.mark.parametrize("source", [ESSAY, "a text of many lines"], ids=["file", "pasted"])
async def test_an_article_is_opened_again_with_the_caret_where_it_was(
    tmp_path: Path, source: Path | str
) -> None:
    article = source if isinstance(source, Path) else "\n\n".join(["Many words of it. " * 9] * 40)
    async with opened(tmp_path, article) as reader:
        await reader.press("space", "space", "down", "down", ")", "w")
        left = reader.view.position
        assert left.caret > left.top > 0
        cell = reader.caret_cell()
        reader.screen.context.remember_position()
        assert reader.app.session.writer.flush()
    async with opened(tmp_path, article) as reader:
        assert reader.view.position == left
        assert reader.caret_cell() == cell
    async with opened(tmp_path, article, size=(60, 8)) as reader:
        assert reader.view.viewport.top == left.top
        reader.caret_cell()  # it is on this smaller screen, too


async def test_escape_takes_away_every_message(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("y")
        assert reader.message
        reader.app.notify("Something happened.")
        await reader.press("escape")
        assert not reader.message
        assert not notices(reader.app)


# Scrolling


async def test_the_caret_stays_on_its_line_of_the_screen(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space")
        row = reader.caret_cell()[1]
        for _ in range(40):
            await reader.press("j")
            assert reader.caret_cell()[1] == row
        for _ in range(8):
            await reader.press("space")
            assert abs(reader.caret_cell()[1] - row) <= 2, "but for a gap between paragraphs"


async def test_a_page_keeps_two_lines_of_the_one_before(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        height = reader.view.size.height
        for key, lines in (("space", 2), ("space", 2), ("ctrl+d", height - (height - 2) // 2)):
            before = reader.lines[height - lines : height]
            await reader.press(key)
            assert without_scrollbar(reader.lines[:lines]) == without_scrollbar(before)


def without_scrollbar(lines: list[str]) -> list[str]:
    return [line[:76].rstrip() for line in lines]


@pytest.mark.parametrize("width", [60, 100])
async def test_resizing_keeps_the_text_at_the_top(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space", "space", "space")
        top = reader.view.position[1]
        await reader.pilot.resize_terminal(width, 30)
        await reader.until(lambda: reader.view.size.width == width, "the new size")
        await reader.pilot.pause()
        assert reader.view.position[1] == top
        words = reader.view.document.text[top : top + 20].split()[:2]
        assert " ".join(words) in texts_of(reader.lines[:2])


@pytest.mark.parametrize("size", [(80, 9), (34, 24)])
async def test_a_smaller_screen_keeps_the_caret_on_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space", *[")"] * 8)
        top = reader.view.position[1]
        await reader.pilot.resize_terminal(*size)
        await reader.until(lambda: reader.view.size.width == size[0], "the new size")
        await reader.pilot.pause()
        assert reader.view.position[1] == top
        assert 0 <= reader.caret_cell()[1] < reader.view.size.height
        y = reader.view.scroll_offset.y
        await reader.press("l")
        assert abs(reader.view.scroll_offset.y - y) <= 2, "the next key does not jump"


async def test_selection_and_hits_are_painted_where_they_are(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("v", ")")
        selected = reader.style_at(*reader.find("closed in")).bgcolor
        plain = reader.style_at(*reader.find("harbour")).bgcolor
        assert (
            selected == rich_style(reader.view.painter.palette.style("selection")).bgcolor != plain
        )
        await reader.press("escape")
        assert reader.style_at(*reader.find("closed in")).bgcolor == plain
        reader.view.hits = (at(reader, "harbour"),)
        assert reader.style_at(*reader.find("harbour")).bgcolor != plain


async def test_a_wide_character_is_under_the_mouse_with_both_cells(tmp_path: Path) -> None:
    async with opened(tmp_path, "日本語の文章です。") as reader:
        left = reader.view.viewport.column_left
        for cells, offset in ((0, 0), (1, 0), (2, 1), (3, 1), (16, 8)):
            assert reader.view.viewport.offset_under(left + cells, 1) == offset


# Hostile texts


def painted(reader: Reader) -> str:
    """Everything that the lines on screen give to the terminal."""
    return "".join(
        segment.text
        for y in range(reader.view.size.height)
        for segment in reader.view.render_line(y)
    )


def is_harmless(character: str) -> bool:
    """Return whether a terminal draws a character and does nothing else."""
    if unicodedata.bidirectional(character) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }:  # fmt: skip
        return False
    return unicodedata.category(character) not in {"Cc", "Co", "Cs"}


@pytest.mark.parametrize("size", [(80, 24), (30, 10)])
@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts_are_only_ever_drawn(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, HOSTILE[name], size=size) as reader:
        for key in ("", *KEYS):
            await reader.press(*[key] if key else [])
            assert all(map(is_harmless, painted(reader))), key
            assert all(strip.cell_length == reader.view.size.width for strip in strips(reader))
        assert "✓ saved" in reader.status or "saving" in reader.status


def strips(reader: Reader) -> list[Strip]:
    return [reader.view.render_line(y) for y in range(reader.view.size.height)]


async def test_a_selection_of_a_hostile_text_is_what_was_dragged(tmp_path: Path) -> None:
    async with opened(tmp_path, HOSTILE["escapes"]) as reader:
        x, y = reader.find("before")
        await drag(reader, (x, y), (x + 5, y))
        assert reader.selected == "before"
        await reader.press("1")
        assert [each.selector.exact for each in reader.stored()] == ["before"]


async def test_offsets_and_cells_are_inverse_on_screen(tmp_path: Path) -> None:
    async with opened(tmp_path, HOSTILE["wide"] + "\n\n" + HOSTILE["right to left"]) as reader:
        for _ in range(12):
            x, y = reader.caret_cell()
            assert reader.view.viewport.offset_under(x, y) == reader.view.caret
            await reader.press("w")


async def test_a_gap_is_marked_only_where_an_annotation_reaches_over_it(tmp_path: Path) -> None:
    text = "# Title\n\nFirst words here.\n\nSecond words here.\n\nThird words here.\n"
    async with opened(tmp_path, text) as reader:
        first, third = reader.text.index("First"), reader.text.index("Third")
        open_article = reader.screen.context.open_article
        open_article.mark(TextRange(first, third + 5), ["claim"])
        reader.screen.context.show_state()
        reader.view.move_caret(0)
        await reader.pilot.pause()
        rows = {words: reader.find(words)[1] for words in ("Title", "First", "Second", "Third")}
        signs = [line[: reader.find("Title")[0]].strip() for line in reader.lines]
        assert "⚑" in signs[rows["First"]]
        for y in range(rows["First"] + 1, rows["Third"] + 1):
            assert signs[y] == "?▎", "the bar and the sign of the status go on over the gaps"
        for y in (*range(rows["First"]), *range(rows["Third"] + 1, rows["Third"] + 4)):
            assert signs[y] == ""
