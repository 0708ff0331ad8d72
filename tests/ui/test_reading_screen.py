"""Reading and marking with real keys: what is on screen, what is selected, what is stored."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.config import Settings
from reader.core.annotation import CLAIM, STANDARD_TAGS, Tag
from reader.paths import settings_file
from reader.ui.dialogs.help import HelpScreen
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick import PickScreen
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.contents import Contents
from reader.ui.widgets.search_bar import SearchBar
from reader.ui.widgets.status_line import StatusLine
from tests.ui.reading_app import Reader, at, opened
from tests.ui.waiting import notices

SAMPLES = Path(__file__).parents[2] / "sample_articles"
ESSAY = SAMPLES / "the-long-way-to-tell-time.md"

TIDES = """# The tide tables

The harbour closed. It closed in March. It opened again in May.

A second paragraph follows. It has two sentences.

## What followed

The council met twice. The last word is théâtre.
"""

OWN_TAG = Tag("money", "4", "€", "#b48ead")


# Selecting


async def test_v_and_a_motion_select_exactly_that(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("The harbour")
        await reader.press("v", ")")
        assert reader.selected == "The harbour closed."
        await reader.press(")")
        assert reader.selected == "The harbour closed. It closed in March."
        await reader.press("escape")
        assert reader.view.origin is None
        reader.go_to("council")
        await reader.press("v", "e")
        assert reader.selected == "council"
        await reader.press("escape")
        reader.go_to("A second")
        await reader.press("v", "}")
        assert reader.selected == "A second paragraph follows. It has two sentences."


async def test_the_last_sentence_word_and_character_can_be_selected(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        for keys, words in (
            ("v )", "The last word is théâtre."),
            ("v w", "théâtre."),
            ("v l", "."),
        ):
            reader.go_to(words)
            await reader.press(*keys.split())
            assert reader.selected == words
            await reader.press("escape")


async def test_shift_and_arrows_select(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("harbour")
        await reader.press(*["shift+right"] * 7)
        assert reader.selected == "harbour"
        await reader.press("shift+left")
        assert reader.selected == "harbou"
        await reader.press("escape", "g", "shift+down")
        assert reader.selected is not None
        assert reader.selected.startswith("The tide tables")


async def test_o_goes_to_the_other_end(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("v", ")", "o", "(")
        assert reader.selected == "The harbour closed. It closed in March."
        assert reader.rest.startswith("The harbour")


async def test_the_bar_shows_the_tags_while_selecting(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES, settings=Settings(tags=(*STANDARD_TAGS, OWN_TAG))) as reader:
        assert "select" in reader.bar
        await reader.press("v", ")")
        for words in ("❝ quote", "⚑ claim", "✱ context", "€ money", "other end"):
            assert words in reader.bar
        x, y = reader.find("€ money")
        await reader.pilot.click(offset=(x, y))
        await reader.until(lambda: reader.tags == [("money",)], "the clicked tag")
        assert reader.find("€")[1] == 1, "the gutter shows the glyph"


@pytest.mark.parametrize("words", ["The harbour closed", "It closed in March"])
async def test_the_tags_are_shown_at_all_times_and_can_be_clicked(
    tmp_path: Path, words: str
) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed in March")
        await reader.press("1")
        reader.go_to(words)
        await reader.press()
        x, y = reader.find("1 quote 2 claim 3 context")
        await reader.pilot.click(offset=(x + len("1 quote 2 "), y))
        await reader.until(lambda: CLAIM in {*chain(*reader.tags)}, "the clicked tag")


async def test_the_help_is_a_click_on_its_key(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        x, y = reader.find("? help")
        await reader.pilot.click(offset=(x - 2, y))
        await reader.pilot.pause()
        assert reader.app.screen is reader.screen, "only the hint can be clicked"
        await reader.pilot.click(offset=(x, y))
        await reader.until(lambda: isinstance(reader.app.screen, HelpScreen), "the help")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (64, " 1 quote 2 claim 3 context  enter note  s status  r range"),
        (44, " 1 quote 2 claim 3 context  enter note"),
        (28, " 1 quote 2 claim  enter note"),
        (20, " 1 quote  enter note"),
    ],
)
async def test_in_a_narrow_window_the_tags_leave_room_for_the_first_key(
    tmp_path: Path, width: int, shown: str
) -> None:
    async with opened(tmp_path, TIDES, size=(width, 24)) as reader:
        reader.go_to("It closed in March")
        await reader.press("1")
        assert reader.bar == shown


async def test_more_tags_are_shown_where_they_leave_half_of_the_line(tmp_path: Path) -> None:
    own = tuple(Tag(f"own-{key}", str(key), "€", "#123456") for key in range(4, 10))
    settings = Settings(tags=(*STANDARD_TAGS, *own))
    for width, most in ((80, 4), (100, 6), (140, 8)):
        async with opened(tmp_path, TIDES, size=(width, 24), settings=settings) as reader:
            await reader.until(lambda: "v select" in reader.bar)
            assert f"{most} " in reader.bar
            assert f"{most + 1} " not in reader.bar


# Tagging


async def test_a_tag_takes_the_sentence_at_the_caret_and_is_stored(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("closed in March")
        await reader.press("2")
        assert reader.quotes == ["It closed in March."]
        assert reader.rest.startswith("It closed"), "the caret is where the passage begins"
        assert "⚑" in reader.row(reader.caret_cell()[1])
        (kept,) = reader.stored()
        assert (kept.tags, kept.selector.exact) == (("claim",), "It closed in March.")
        assert kept.selector.section == "The tide tables"


async def test_a_tag_toggles_on_an_annotation(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "2")
        assert reader.tags == [("quote", "claim")]
        assert reader.message == "Tagged as claim as well"
        await reader.press("1")
        assert reader.tags == [("claim",)]
        assert [each.tags for each in reader.stored()] == [("claim",)]
        await reader.press("2")
        assert reader.annotations == ()
        assert reader.stored() == ()
        assert "brings it back" in reader.message


async def test_the_only_tag_of_a_note_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1")
        reader.screen.context.open_article.edit(reader.annotations[0].id, note="Check this.")
        reader.screen.context.show_state()
        await reader.press("1")
        assert reader.tags == [("quote",)]
        assert "note" in reader.message


async def test_a_digit_without_a_tag_is_notified(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("9")
        assert reader.annotations == ()
        (notice,) = notices(reader.app)
        assert "No tag has the key 9 yet" in notice.message
        assert notice.severity == "warning"


async def test_selecting_over_paragraphs_marks_them_all(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It opened")
        await reader.press("v", ")", ")", "3")
        assert reader.quotes == ["It opened again in May.\nA second paragraph follows."]
        assert [each.selector.exact for each in reader.stored()] == reader.quotes


async def test_enter_asks_which_of_overlapping_annotations_to_open(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1")
        reader.go_to("closed in")
        await reader.press("v", "e", "2")
        assert reader.quotes == ["It closed in March.", "closed"]
        await reader.press("l", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the choice")
        await reader.press("escape")
        reader.go_to("in March")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")


async def test_the_annotation_at_the_caret_stands_out(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1")
        reader.go_to("It opened")
        await reader.press("1")
        first, second = reader.find("closed in March"), reader.find("opened again")
        assert not reader.style_at(*first).underline
        assert reader.style_at(*second).underline
        await reader.press("<")
        assert reader.style_at(*first).underline
        assert not reader.style_at(*second).underline


async def test_a_note_is_written_and_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
        await reader.pilot.pause()
        await reader.type("Which March?")
        await reader.press("ctrl+s")
        await reader.until(lambda: reader.annotations[0].note, "the note")
        assert reader.stored()[0].note == "Which March?"
        await reader.pilot.pause()
        assert "✎" in reader.row(reader.find("It closed")[1])


# Ranges, deletion, undo


async def test_r_selects_the_passage_again(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "r")
        assert reader.selected == "It closed in March."
        assert "keep this range" in reader.bar
        await reader.press(")", "enter")
        assert reader.quotes == ["It closed in March. It opened again in May."]
        assert not reader.selected
        assert reader.rest.startswith("It closed"), "the caret stays on the annotation"
        assert [each.selector.exact for each in reader.stored()] == reader.quotes
        await reader.press("u")
        assert reader.quotes == ["It closed in March."]


async def test_r_with_a_selection_gives_it_to_the_annotation(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1")
        reader.go_to("The harbour")
        await reader.press("v", ")", ")", "r")
        assert reader.quotes == ["The harbour closed. It closed in March."]


@pytest.mark.parametrize("key", ["escape", "2"])
async def test_a_change_of_range_is_left_by_other_keys(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "r", ")", key)
        assert at(reader, "It closed in March.") in [each.range for each in reader.annotations]
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is not reader.screen, "the editor or a choice")


async def test_everything_is_undone_and_done_again(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        states = [reader.tags]
        reader.go_to("It closed")
        for key in ("1", "2", "1", "d"):
            await reader.press(key)
            states.append(reader.tags)
        assert states == [[], [("quote",)], [("quote", "claim")], [("claim",)], []]
        for wanted in states[-2::-1]:
            await reader.press("u")
            assert reader.tags == wanted
        await reader.press("u")
        assert reader.message == "Nothing to undo."
        for wanted in states[1:]:
            await reader.press("ctrl+r")
            assert reader.tags == wanted
        await reader.press("u")
        assert [each.tags for each in reader.stored()] == [("claim",)]


async def test_undo_shows_what_it_changed(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("}", "1", "G")
        marked = reader.annotations[0].place.start
        assert not reader.view.viewport.on_screen.contains(marked)
        await reader.press("u")
        assert reader.view.caret == marked
        assert reader.view.viewport.on_screen.contains(marked)


async def test_the_bare_words_are_copied(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES, settings=Settings(native_clipboard=False)) as reader:
        reader.go_to("closed in")
        await reader.press("Y")
        assert reader.app.clipboard == "It closed in March."
        await reader.press("v", "e", "Y")
        assert reader.app.clipboard == "closed"


# Searching


async def test_search_goes_to_the_hits_as_the_reader_types(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("/")
        await reader.until(lambda: reader.screen.query(Input), "the search line")
        await reader.type("clos")
        await reader.until(lambda: len(reader.view.hits) == 2, "the hits")
        await reader.pilot.pause()
        assert "1 of 2" in "\n".join(reader.lines)
        assert reader.rest.startswith("closed. It")
        await reader.press("enter", "n")
        assert reader.rest.startswith("closed in")
        assert reader.message == "2 of 2"
        await reader.press("n")
        assert reader.message == "1 of 2, the search went round"
        await reader.press("N")
        assert reader.message == "2 of 2, the search went round"
        await reader.press("N")
        assert reader.message == "1 of 2"
        places = [reader.find(words) for words in ("closed. It", "closed in")]
        looks = [reader.style_at(x + 1, y) for x, y in places]
        await reader.press("n")
        assert [reader.style_at(x + 1, y) for x, y in reversed(places)] == looks
        assert looks[0] != looks[1], "the hit that the reader is at stands out"


async def test_n_searches_again_after_the_hits_were_cleared(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("/")
        await reader.type("clos")
        await reader.press("enter", "escape")
        assert reader.view.hits == ()
        await reader.press("n")
        assert reader.rest.startswith("closed in")
        await reader.press("escape", "N")
        assert reader.rest.startswith("closed. It")


async def test_escape_returns_to_where_the_search_began(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space", "space", "j")
        place, lines = reader.view.position, reader.lines[:20]
        await reader.press("/")
        await reader.type("notebook")
        await reader.press("escape")
        await reader.until(lambda: not reader.screen.query(SearchBar), "the line to go")
        await reader.pilot.pause()
        assert reader.view.position == place
        assert reader.lines[:20] == lines


async def test_accents_are_ignored_unless_typed(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("/")
        await reader.type("theatre")
        await reader.until(lambda: len(reader.view.hits) == 1, "the hit")
        assert reader.rest.startswith("théâtre")


# Panels


async def test_contents_move_the_article_and_escape_returns(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("}")
        place = reader.view.position
        await reader.press("t")
        await reader.until(lambda: reader.screen.query(Contents), "the contents")
        await reader.press("j", "j")
        await reader.until(lambda: reader.view.position != place, "the article to move")
        await reader.press("escape")
        await reader.until(lambda: not reader.screen.query(Contents), "the contents to go")
        await reader.pilot.pause()
        assert reader.view.position == place
        await reader.press("t", "j", "enter")
        await reader.until(lambda: reader.view.has_focus, "the article")
        starts = [each.start for each in reader.view.document.blocks if each.kind == "heading"]
        assert reader.view.caret in starts[1:]


async def test_the_list_of_annotations_moves_the_article_and_deletes(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("The harbour")
        await reader.press("1")
        reader.go_to("The council")
        await reader.press("2", "a")
        await reader.until(lambda: reader.screen.query(AnnotationList), "the list")
        await reader.pilot.pause()
        assert "2 annotations" in "\n".join(reader.lines)
        await reader.press("k")
        await reader.until(lambda: reader.rest.startswith("The harbour"), "the article")
        await reader.press("d")
        await reader.until(lambda: len(reader.annotations) == 1, "the deletion")
        assert [each.tags for each in reader.stored()] == [("claim",)]


# The screen


async def test_plus_and_minus_keep_the_top_and_are_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space", "space")
        top = reader.view.position[1]
        await reader.press("-", "-", "-")
        assert reader.view.column == 60
        assert abs(reader.view.position[1] - top) < 72
        await reader.press("+", "+", "+")
        assert reader.view.position[1] == top
        await reader.press("-")
        await reader.until(
            lambda: settings_file().exists() and "column = 68" in settings_file().read_text(),
            "the settings",
        )


async def test_themes_are_kept(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        for name in ("margin-light", "margin-contrast", "margin-dark", "margin-light"):
            await reader.press("T")
            assert reader.app.theme == name
        await reader.until(
            lambda: settings_file().exists() and "margin-light" in settings_file().read_text(),
            "the settings",
        )


async def test_the_article_opens_where_it_was_left(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.press("space", "space", "space")
        top, lines = reader.view.position[1], reader.lines[:21]
        reader.screen.context.remember_position()
        assert reader.app.session.writer.flush()
    async with opened(tmp_path, ESSAY) as reader:
        await reader.pilot.pause()
        assert reader.view.position[1] == top
        assert reader.lines[:21] == lines


async def test_the_status_line_shows_the_position(tmp_path: Path) -> None:
    async with opened(tmp_path, ESSAY) as reader:
        await reader.pilot.pause()
        status = reader.screen.query_one(StatusLine)
        assert 0 < status.percent < 50
        assert "min left" in reader.status
        minutes = status.minutes
        await reader.press("G")
        assert "100% · the end" in reader.status
        assert status.minutes < minutes
        await reader.press("g", "1")
        await reader.until(lambda: "✓ saved" in reader.status, "the save")


async def test_the_palette_lists_the_commands_of_the_screen_and_runs_them(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("ctrl+p")
        await reader.type("next heading")
        await reader.until(
            lambda: "Go to the next heading." in "\n".join(reader.lines), "the command"
        )
        await reader.press("enter")
        await reader.until(lambda: reader.rest.startswith("What followed"), "the heading")


async def test_own_keys_work_in_bindings_help_and_hints(tmp_path: Path) -> None:
    moved = {"result.next": "f3", "result.previous": "f4"}
    settings = Settings(keys={"search": "J", "tag.1": "K", "select": "Q", **moved})
    async with opened(tmp_path, TIDES, settings=settings) as reader:
        assert "Q select" in reader.bar
        assert "J search" in reader.bar
        await reader.press("v")
        assert reader.view.origin is None
        await reader.press("Q")
        assert "K  ❝ quote" in reader.bar
        await reader.press(")", "K")
        assert reader.quotes == ["The tide tables"]
        assert "K quote 2 claim 3 context  enter note" in reader.bar
        await reader.press("J")
        await reader.until(lambda: reader.screen.query(SearchBar), "the search line")
        await reader.press("escape", "?")
        await reader.until(lambda: isinstance(reader.app.screen, HelpScreen), "the help")
        await reader.pilot.pause()
        assert "Q begins" in "\n".join(reader.lines)


@pytest.mark.parametrize(
    ("name", "size"),
    [(each.name, (30, 10)) for each in sorted(SAMPLES.iterdir())]
    + [(ESSAY.name, (80, 24)), (ESSAY.name, (140, 45))],
)
async def test_every_motion_keeps_the_caret_on_screen(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, SAMPLES / name, size=size) as reader:
        for key in (*"jj)}]w>", "space", "ctrl+d", "G", *"kk({[b<", "ctrl+u", "pageup", "g", "e"):
            await reader.press(key)
            caret_is_drawn(reader, key)


def caret_is_drawn(reader: Reader, key: str) -> None:
    x, y = reader.caret_cell()
    assert 0 <= x < reader.view.size.width, key
    assert 0 <= y < reader.view.size.height, key
