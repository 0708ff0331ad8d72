"""The panel beside the article: whole, open while one reads, and there again the next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings, load_settings
from reader.paths import settings_file
from reader.ui.article.view import ArticleView
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.contents import Contents
from tests.ui.reading_app import Reader, opened, texts_of
from tests.ui.test_docked_editor import editing, left

FILLER = "The water stood high in the spring, and nobody wrote it down. " * 4
PASSAGES = ("The first of the passages.", "The second of them.", "The third, and the last.")
ARTICLE = "".join(
    f"# Part {number}\n\n{FILLER}\n\n{words} Nobody asked.\n\n{FILLER}\n\n{FILLER}\n\n"
    for number, words in enumerate(PASSAGES, 1)
)
WIDE, NARROW = (120, 40), (119, 40)


async def marked(reader: Reader) -> None:
    for words in PASSAGES:
        reader.go_to(words)
        await reader.press("1")
    await reader.press("g")


def highlighted(reader: Reader) -> str:
    row = reader.screen.query_one(AnnotationList).rows.highlighted_row
    return row.selector.exact if row is not None else ""


def is_in_article(reader: Reader) -> bool:
    return isinstance(reader.app.focused, ArticleView)


async def test_the_panel_stays_open_while_the_reader_reads(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await marked(reader)
        await reader.press("a")
        await reader.until(lambda: "3 annotations" in texts_of(reader.lines), "the panel")
        assert "tab article" in texts_of(reader.lines)
        await reader.press("j", "tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        assert reader.rest.startswith(PASSAGES[1][:20])
        assert "3 annotations" in texts_of(reader.lines)
        await reader.until(lambda: "tab to this list" in texts_of(reader.lines), "its key")
        assert "esc close" not in texts_of(reader.lines), "esc belongs to the article"
        before = reader.view.caret
        await reader.press("j", "j")
        assert reader.view.caret > before, "keys belong to the article"
        await reader.press("tab")
        await reader.until(lambda: not is_in_article(reader), "the panel")
        await reader.press("escape")
        await reader.until(lambda: not reader.screen.query(AnnotationList), "no panel")


async def test_notes_have_no_room_beside_a_panel_and_the_message_says_why(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        reader.go_to(PASSAGES[0])
        await reader.press("2", "a")
        await reader.until(lambda: "1 annotation" in texts_of(reader.lines), "the panel")
        await reader.press("tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        await reader.press("Z", "Z")
        await reader.until(lambda: "in the margin once the panel is closed" in reader.message)


async def test_a_narrower_window_has_no_room_for_a_panel_that_is_left(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=NARROW) as reader:
        await marked(reader)
        await reader.press("a", "j", "tab")
        await reader.until(lambda: not reader.screen.query(AnnotationList), "no panel")
        assert reader.rest.startswith(PASSAGES[1][:20]), "and the reader stays where it led"
        await reader.press("tab")
        await reader.until(lambda: reader.screen.query(AnnotationList), "the last panel again")
        await reader.press("escape")
        await reader.pilot.resize_terminal(*WIDE)
        await reader.press("t", "tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        assert reader.screen.query(Contents)
        await reader.pilot.resize_terminal(*NARROW)
        await reader.until(lambda: not reader.screen.query(Contents), "no panel")


async def test_tab_leads_from_the_search_to_the_article_and_opens_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await reader.press("slash", *"Part")
        await reader.press("tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        assert not reader.screen.query(".panel")


async def test_the_rows_follow_the_caret(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await marked(reader)
        await reader.press("a", "tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        for words in (PASSAGES[2], PASSAGES[0], PASSAGES[1]):
            reader.go_to(words)
            await reader.until(lambda words=words: highlighted(reader) in words, words)
        reader.go_to("Part 3")
        await reader.until(lambda: highlighted(reader) in PASSAGES[1], "the last one before")
        await reader.press("t", "tab")
        reader.go_to("Part 2")
        await reader.until(lambda: "▸ Part 2" in texts_of(reader.lines), "the present part")
        row = reader.screen.query_one(Contents).rows.highlighted_row
        assert row is not None
        assert row.entry.title == "Part 2"


async def test_one_key_leads_from_the_contents_to_the_annotations(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await marked(reader)
        await reader.press("t")
        await reader.until(lambda: "a annotations" in texts_of(reader.lines), "the other tab")
        await reader.press("a")
        await reader.until(lambda: "t contents" in texts_of(reader.lines), "the annotations")
        assert not reader.screen.query(Contents)
        x, y = reader.find("t contents")
        await reader.pilot.click(offset=(x, y))
        await reader.until(lambda: reader.screen.query(Contents), "the contents")
        assert not reader.screen.query(AnnotationList)


async def test_enter_in_the_contents_leads_to_the_part_and_the_contents_stay(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await reader.press("t", "j", "enter")
        await reader.until(lambda: is_in_article(reader), "the article")
        assert reader.rest.startswith("Part 2")
        assert reader.screen.query(Contents)


@pytest.mark.parametrize(("key", "name"), [("a", "annotations"), ("t", "contents")])
async def test_the_panel_is_there_the_next_time(tmp_path: Path, key: str, name: str) -> None:
    async with opened(tmp_path, ARTICLE, size=WIDE) as reader:
        await reader.press(key, "tab")
        await reader.until(lambda: reader.app.settings.panel == name, "the setting")
        await reader.until(lambda: load_settings(settings_file()).panel == name, "the file")
    settings = load_settings(settings_file())
    async with opened(tmp_path, ARTICLE, size=WIDE, settings=settings) as reader:
        await reader.until(lambda: reader.screen.query(".panel"), "the panel")
        await reader.pilot.pause()
        assert is_in_article(reader), "the keys belong to the article"
        await reader.press("tab", "escape")
        await reader.until(lambda: not reader.screen.query(".panel"), "no panel")
        await reader.until(lambda: load_settings(settings_file()).panel == "", "the file")
    async with opened(tmp_path, ARTICLE, size=NARROW, settings=settings) as reader:
        await reader.pilot.pause()
        assert not reader.screen.query(".panel"), "there is no room for it"


async def test_a_panel_of_a_narrow_window_is_not_remembered(tmp_path: Path) -> None:
    settings = Settings(panel="contents")
    async with opened(tmp_path, ARTICLE, size=NARROW, settings=settings) as reader:
        await reader.press("a", "escape")
        assert reader.app.settings.panel == "contents"


@pytest.mark.parametrize("key", ["a", "t"])
async def test_the_editor_takes_the_place_of_the_panel(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, ARTICLE, size=(140, 45)) as reader:
        await marked(reader)
        reader.go_to(PASSAGES[1])
        await reader.press(key, "tab")
        await reader.until(lambda: is_in_article(reader), "the article")
        lines = reader.lines[:-2]  # messages of the last line go after some seconds
        width = reader.view.size.width
        editor = await editing(reader)
        docked = editor.query_one("#note-dialog").region
        assert docked == reader.screen.query_one(".panel").region
        assert reader.view.size.width == width, "the article is not laid out again"
        await left(reader, "escape")
        await reader.until(lambda: reader.lines[:-2] == lines, "the same screen")
        assert is_in_article(reader)
