"""The editor of an annotation: its fields, its result, and that it loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from reader.core.annotation import Annotation, PlaceState
from reader.core.claims import DISPUTED, REFUTED, SUPPORTED
from reader.session import Draft
from reader.ui.dialogs.note_editor import EditedNote, NoteEditor
from reader.ui.widgets.choices import Choices
from reader.ui.widgets.tag_field import TagSuggester, parse_tags
from tests.ui.stage import HOSTILE, OWN_TAGS, Stage, annotation, screen_text, stage
from tests.ui.waiting import wait_for

SIZE = (80, 24)


async def opened(
    pilot: Pilot[None], app: Stage, edited: Annotation, known: tuple[str, ...] = ()
) -> NoteEditor:
    editor = NoteEditor(edited, OWN_TAGS, known)
    app.show(editor)
    await wait_for(pilot, lambda: editor.is_mounted and editor.focused is not None)
    return editor


async def test_a_note_is_typed_and_saved_with_one_key(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation(note="See", speaker="A. Smith"))
        assert isinstance(editor.focused, TextArea)
        await pilot.press(*" page", "enter", *"12", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("See page\n12", ("claim",), "A. Smith", None)]


async def test_fields_are_reached_with_tab_and_shown_for_their_tags(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation(tags=["context"]))
        assert not editor.query_one("#speaker-field").display
        assert not editor.query_one("#status-field").display
        await pilot.press("tab", "1", "2", "3")
        assert editor.query_one("#speaker-field").display
        assert editor.query_one("#status-field").display
        await pilot.press("tab", *"#Economy, own  tag", "tab", *"Minister", "tab", "d", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [
            EditedNote("", ("quote", "claim", "economy", "own tag"), "Minister", DISPUTED)
        ]


async def test_a_field_with_a_value_is_shown_without_its_tag(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        kept = annotation(tags=["context"], speaker="A", status=REFUTED)
        editor = await opened(pilot, app, kept)
        assert editor.query_one("#speaker-field").display
        assert editor.query_one("#status-field").display
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("", ("context",), "A", REFUTED)]


async def test_remaining_tags_keep_their_order(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, annotation(tags=["own", "claim", "quote"]))
        await pilot.press("tab", "3", "2", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results[0].tags == ("own", "quote", "context")  # type: ignore[attr-defined]


async def test_saving_needs_a_tag(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation(tags=["claim"]))
        await pilot.press("tab", "2", "ctrl+s")
        await pilot.pause()
        assert app.screen is editor
        assert "at least one tag" in screen_text(app)
        assert isinstance(editor.focused, Choices)
        await pilot.press("1")
        assert "at least one tag" not in screen_text(app)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results[0].tags == ("quote",)  # type: ignore[attr-defined]


async def test_leaving_unchanged_asks_nothing(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation(note="kept \n", tags=["own", "claim"]))
        assert not editor.has_changes
        await pilot.press("x", "backspace", "escape")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [None]


@pytest.mark.parametrize(
    ("keys", "note"), [("s", "new"), ("enter", "new"), ("d", None), ("right enter", None)]
)
async def test_leaving_with_changes_asks(tmp_path: Path, keys: str, note: str | None) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation())
        await pilot.press(*"new", "escape")
        await pilot.pause()
        assert app.screen is editor
        assert editor.has_changes
        assert "Not saved yet" in screen_text(app)
        await pilot.press(*keys.split())
        await wait_for(pilot, lambda: app.results)
        (result,) = app.results
        assert result == (None if note is None else EditedNote(note, ("claim",), "", None))


async def test_writing_continues_at_the_same_place(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation())
        await pilot.press(*"new", "escape", "escape", *"er")
        assert editor.note.text == "newer"
        assert "Not saved yet" not in screen_text(app)
        editor.ask_to_leave()
        await pilot.pause()
        assert "Not saved yet" in screen_text(app)
        await pilot.click("#further")
        await pilot.pause()
        assert "Not saved yet" not in screen_text(app)
        await pilot.press("x", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("newer", ("claim", "x"), "", None)]


async def test_everything_can_be_clicked(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, annotation())
        await pilot.click("#tags", offset=(6, 0))
        await pilot.click("#speaker")
        await pilot.press(*"Ada")
        await pilot.click("#status", offset=(20, 0))
        await pilot.click("Hints", offset=(1, 0))
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("", ("claim", "quote"), "Ada", SUPPORTED)]


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_nothing_is_cut_off(tmp_path: Path, size: tuple[int, int]) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        lost = annotation(
            tags=["quote", "claim"], exact="long passage " * 90, state=PlaceState.ORPHANED
        )
        editor = await opened(pilot, app, lost)
        for each in editor.query("TextArea, Input, Choices, Button").results():
            if each.parent is not editor.leaving:
                assert app.screen.region.contains_region(each.region), each
                assert each.region.height >= (3 if isinstance(each, TextArea) else 1), each
        text = screen_text(app)
        for words in ("long passage", "ctrl+s save", "tab next field", "refuted", "context"):
            assert words in text
        assert editor.query_one("#passage").size.height <= 5
        await pilot.press("shift+tab", "shift+tab", "shift+tab", "pagedown")
        assert editor.query_one("#passage").scroll_offset.y > 0
        assert all(button.region.bottom <= size[1] for button in editor.query(Button))


async def test_hostile_text_is_shown_safely_and_saved_unchanged(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        hostile = annotation(
            exact=HOSTILE,
            note=HOSTILE + "\n\tcode ",
            speaker=HOSTILE,
            tags=["quote", "[/]"],
            state=PlaceState.ORPHANED,
        )
        editor = await opened(pilot, app, hostile, (HOSTILE,))
        text = screen_text(app)
        assert "a [/] [red]b[/red]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not editor.has_changes
        await pilot.press("tab", "2", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [
            EditedNote(hostile.note, ("quote", "[/]", "claim"), hostile.speaker, None)
        ]


async def test_a_tag_of_a_merged_library_reaches_no_terminal_and_stays_as_it_is(
    tmp_path: Path,
) -> None:
    osc = "\x1b]52;c;aGk=\x07law"
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        edited = annotation(tags=("claim", osc, "\u202efdp"))
        editor = await opened(pilot, app, edited, (f"{osc}yer", "lawful"))
        assert "\x1b" not in editor.form.tags.further.value + screen_text(app)
        assert "\u202e" not in screen_text(app)
        assert not editor.has_changes
        editor.form.tags.further.focus()
        await pilot.press("end", *", la")
        await wait_for(pilot, lambda: editor.form.tags.further._suggestion)
        assert editor.form.tags.further._suggestion.endswith("lawful")
        await pilot.press("right", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("", ("claim", osc, "\u202efdp", "lawful"), "", None)]


async def test_pasted_text_cannot_disturb_the_screen(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation())
        app.post_message(Paste("one\x1b[2J\r\n\ttwo \u202efdp.exe"))
        await wait_for(pilot, lambda: editor.note.text)
        editor.form.tags.further.focus()
        await pilot.pause()
        app.post_message(Paste("ec\x1b[31monomy\nrest"))
        await wait_for(pilot, lambda: editor.form.tags.further.value)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [
            EditedNote("one\n\ttwo fdp.exe", ("claim", "economy rest"), "", None)
        ]


async def test_the_key_that_saves_does_not_overtake_what_was_typed(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await opened(pilot, app, annotation())
        for key in "typed fast":
            app.post_message(Key("space" if key == " " else key, key))
        app.post_message(Key("ctrl+s", "\x13"))
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote("typed fast", ("claim",), "", None)]


async def test_further_tags_are_completed(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        editor = await opened(pilot, app, annotation(), ("economy", "claim"))
        field = editor.query_one("#further", Input)
        field.focus()
        await pilot.press(*"own, Ec")
        await wait_for(pilot, lambda: field._suggestion)
        await pilot.press("right", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results[0].tags == ("claim", "own", "economy")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("ec", "economy"),
        ("x, EC", "x, EConomy"),
        ("#ec", "#economy"),
        ("economy, ec", "economy, ecology"),
        ("", None),
        ("x, ", None),
        ("economy", None),
    ],
)
async def test_a_tag_is_suggested(typed: str, suggested: str | None) -> None:
    assert await TagSuggester(("economy", "ecology")).get_suggestion(typed) == suggested


@given(st.lists(st.text()))
def test_parsing_tags_twice_changes_nothing(parts: list[str]) -> None:
    tags = parse_tags(",".join(parts))
    assert parse_tags(", ".join(tags)) == tags
    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert tag == " ".join(tag.split()).lower()
        assert not tag.startswith("#")
        assert "," not in tag


DRAFT = Draft(
    "A thought\nthat was not saved", ("quote", "economy"), "The minister", None,
    "2026-11-22T13:04:05.678Z",
)  # fmt: skip


async def test_a_draft_is_shown_and_saved_in_place_of_what_is_stored(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        stored = annotation(note="Stored", tags=["claim"], status=DISPUTED)
        editor = NoteEditor(stored, OWN_TAGS, draft=DRAFT)
        app.show(editor)
        await wait_for(pilot, lambda: "Your text of" in screen_text(app), "the word on it")
        shown = screen_text(app)
        assert "Your text of 2026-11-22 13:04 UTC was not saved; ctrl+s saves it." in shown
        for words in (
            "that was not saved",
            "[x] 1 ❝ quote",
            "[ ] 2 ⚑ claim",
            "economy",
            "minister",
        ):
            assert words in shown
        assert editor.note.cursor_location == (1, len("that was not saved"))
        assert not editor.query_one("#status-field").display
        await pilot.press("escape")
        assert editor.has_class("-leaving"), "what is not saved is not left without asking"
        await pilot.press("escape", "ctrl+s")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [EditedNote(DRAFT.note, DRAFT.tags, DRAFT.speaker, None)]


async def test_a_draft_that_says_what_is_stored_is_no_change(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        stored = annotation(note="Stored", tags=["own", "claim"], speaker="A. Smith")
        draft = Draft("Stored", ("own", "claim"), "A. Smith", None, DRAFT.written)
        editor = NoteEditor(stored, OWN_TAGS, draft=draft)
        app.show(editor)
        await wait_for(pilot, lambda: editor.is_mounted and editor.focused is not None)
        assert not editor.has_changes
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [None]


@pytest.mark.parametrize(
    ("tags", "order"),
    [
        (["quote"], ["speaker", "note", "tags", "further"]),
        (["claim"], ["status", "speaker", "note", "tags", "further"]),
        (["claim", "quote"], ["status", "speaker", "note", "tags", "further"]),
        (["quote", "claim"], ["speaker", "status", "note", "tags", "further"]),
        (["context"], ["note", "tags", "further"]),
    ],
)
async def test_fields_come_in_the_order_in_which_they_are_used(
    tmp_path: Path, tags: list[str], order: list[str]
) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        editor = await opened(pilot, app, annotation(tags=tags))
        assert editor.focused is editor.note, "what is typed at once is the note"
        fields = [each for each in editor.query("TextArea, Input, Choices") if each.region.area]
        fields.sort(key=lambda each: each.region.y)
        assert [each.id for each in fields] == order
        reached = []
        for _ in order:
            assert editor.focused is not None
            reached.append(editor.focused.id)
            await pilot.press("tab")
        first = order.index("note")
        assert reached == order[first:] + order[:first], "tab goes down, and from the last up"
        assert editor.focused is editor.note


@pytest.mark.parametrize("size", [(110, 30), (140, 45), (109, 30), (80, 24), (60, 20), (40, 12)])
async def test_the_editor_stands_beside_the_article_or_below_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        editor = await opened(pilot, app, annotation(note="See"))
        await pilot.resize_terminal(*size)
        docked = editor.query_one("#note-dialog")
        is_beside = size[0] >= 110
        await wait_for(pilot, lambda: docked.region.bottom_right == size, "its place")
        await wait_for(pilot, lambda: (docked.region.y == 0) == is_beside, "its side")
        if is_beside:
            assert docked.region.height == size[1]
            assert docked.region.width <= size[0] // 2
        else:
            assert docked.region.width == size[0]
            assert size[1] // 3 <= docked.region.height <= size[1] * 2 // 3
