"""The panel of annotations: order, filter, requests, rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.message import Message
from textual.widgets import Input

from reader.core.annotation import Annotation, PlaceState
from reader.core.claims import DISPUTED
from reader.session import ChosenNotes
from reader.ui.messages import (
    AnnotationCommand,
    AnnotationHighlighted,
    PanelClosed,
)
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.query_field import Suggestions
from tests.ui.stage import (
    HOSTILE,
    OWN_TAGS,
    Stage,
    annotation,
    reading,
    screen_text,
    settled,
    stage,
)
from tests.ui.waiting import wait_for

QUOTED = annotation(
    1,
    exact="had “never once” been audited",
    tags=["quote"],
    speaker="José Núñez",
    note="Ask the *ministry*.\nTwice.",
)
CLAIMED = annotation(2, tags=["claim", "money"], status=DISPUTED)
OWN = annotation(3, exact="a bridge too far", tags=["style"], state=PlaceState.EDITED)
LOST = annotation(
    0, exact="gone with the ferry", tags=["quote"], state=PlaceState.ORPHANED, note="where?"
)
ALL = (QUOTED, CLAIMED, OWN, LOST)


def opened(folder: Path, *annotations: Annotation, current: str = "") -> Stage:
    app = stage(folder, AnnotationList(OWN_TAGS, current=current))
    app.set_reactive(Stage.state, reading(*annotations))
    return app


def panel(app: Stage) -> AnnotationList:
    return app.query_one(AnnotationList)


def listed(app: Stage) -> list[str]:
    return [row.id for row in panel(app).rows.rows]


def ids(*annotations: Annotation) -> list[str]:
    return [each.id for each in annotations]


def requested(message: Message) -> tuple[str, str]:
    """Return the command that a message asks for, or that a row was highlighted, and its row."""
    if isinstance(message, AnnotationCommand):
        return message.command_id, message.annotation_id
    assert isinstance(message, AnnotationHighlighted)
    return "highlighted", message.annotation_id


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_rows_show_the_quote_and_the_note(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot, panel(app))
        text = screen_text(app)
        for words in ("4 annotations", "❝ had “never once”", "José Núñez", "✎ Ask the *ministry*."):
            assert words in text
        assert "  Twice." in text
        await pilot.press("G", "k")
        text = screen_text(app)
        for words in ("disputed · money", "# a bridge too far", "edited"):
            assert words in text
        await pilot.press("G")
        assert "lost its place" in screen_text(app)
        assert "esc close" in text
        assert "e edit" in text
        area = panel(app).region
        if size[0] < 110:
            assert area.width == size[0]
            assert area.bottom == size[1]
            assert area.height == pytest.approx(size[1] * 0.45, abs=1)
        else:
            assert (area.right, area.height) == size
            assert 44 <= area.width <= 66


async def test_the_order_is_by_text_or_by_tag_with_lost_annotations_last(
    tmp_path: Path,
) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        assert listed(app) == ids(QUOTED, CLAIMED, OWN, LOST)
        app.state = reading(annotation(4, tags=["quote"]), annotation(5, tags=["abc"]), *ALL)
        await pilot.press("s")
        await pilot.pause()
        names = [row.tags[0] for row in panel(app).rows.rows]
        assert names == ["quote", "quote", "claim", "abc", "style", "quote"]
        assert listed(app)[-1] == LOST.id
        assert "by tag" in screen_text(app)
        await pilot.press("s")
        await pilot.pause()
        assert "by tag" not in screen_text(app)


async def test_it_opens_focused_at_the_annotation_at_the_caret(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL, current=OWN.id)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        row = panel(app).rows.highlighted_row
        assert row is not None
        assert row == OWN
        assert panel(app).rows.has_focus
        assert app.messages == []


async def test_it_follows_the_caret_while_it_does_not_have_the_focus(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        panel(app).current = CLAIMED.id
        assert panel(app).rows.highlighted == 0
        app.set_focus(None)
        await pilot.pause()
        panel(app).current = OWN.id
        assert panel(app).rows.highlighted == 2


async def test_keys_post_their_requests(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("j", "e", "enter", "d", "delete", "k")
        await wait_for(pilot, lambda: len(app.messages) == 6)
        assert [requested(each) for each in app.messages] == [
            ("highlighted", CLAIMED.id),
            ("annotations.edit", CLAIMED.id),
            ("annotations.edit", CLAIMED.id),
            ("annotation.delete", CLAIMED.id),
            ("annotation.delete", CLAIMED.id),
            ("highlighted", QUOTED.id),
        ]


@pytest.mark.parametrize("key", ["escape", "q", "a"])
async def test_closing_stays_where_the_panel_led(tmp_path: Path, key: str) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press(key)
        await wait_for(pilot, lambda: app.messages)
        (closed,) = app.messages
        assert isinstance(closed, PanelClosed)
        assert closed.is_accepted


async def test_a_click_highlights_and_a_second_one_edits(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        rows = panel(app).rows
        await pilot.click(rows, offset=(5, rows.top_of(1)))
        await wait_for(pilot, lambda: app.messages)
        assert isinstance(app.messages[0], AnnotationHighlighted)
        assert app.messages[0].annotation_id == CLAIMED.id
        await pilot.click(rows, offset=(5, rows.top_of(1)))
        await wait_for(pilot, lambda: len(app.messages) == 2)
        assert isinstance(app.messages[1], AnnotationCommand)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("NEVER ONCE", [QUOTED]),
        ("nunez", [QUOTED]),
        ("ministry", [QUOTED]),
        ("money", [CLAIMED]),
        ("disputed", [CLAIMED]),
        ("ferry", [LOST]),
        ("far", [OWN]),
        ("zzz", []),
    ],
)
async def test_the_filter_works_while_typing(
    tmp_path: Path, typed: str, found: list[Annotation]
) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("slash", *(key if key != " " else "space" for key in typed))
        await wait_for(pilot, lambda: listed(app) == ids(*found))
        text = screen_text(app)
        assert f"{len(found)} of 4 annotations" in text
        if not found:
            assert f"Nothing fits “{typed}”" in text
        await pilot.press("enter")
        assert panel(app).rows.has_focus
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(listed(app)) == 4)
        assert not [each for each in app.messages if isinstance(each, PanelClosed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("status:disputed", [CLAIMED]),
        ("-has:note tag:claim", [CLAIMED]),
        ("is:orphaned OR nunez", [QUOTED, LOST]),
        ("-is:orphaned", [QUOTED, CLAIMED, OWN]),
        ("is:due", []),
        ("text:bridge", [QUOTED, CLAIMED, OWN, LOST]),
        ("text:nowhere-at-all", []),
    ],
)
async def test_the_filter_is_the_query(tmp_path: Path, typed: str, found: list[Annotation]) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        assert panel(app).shown_part is None
        await pilot.press("slash")
        panel(app).filter_bar.query_one(Input).value = typed
        await wait_for(pilot, lambda: f"{len(found)} of 4 annotations" in screen_text(app))
        assert set(listed(app)) == set(ids(*found))
        part = panel(app).shown_part
        assert part is not None
        assert part.chosen == ChosenNotes(frozenset(ids(*found)), typed)


async def test_fields_and_values_of_the_article_complete(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        suggestions = app.query_one(Suggestions)
        await pilot.press("slash", *"spe")
        await wait_for(
            pilot, lambda: [each.label for each in suggestions.suggestions] == ["speaker:"]
        )
        await pilot.press("tab")
        await wait_for(
            pilot, lambda: [each.label for each in suggestions.suggestions] == ["José Núñez"]
        )
        await pilot.press("tab")
        await wait_for(pilot, lambda: listed(app) == ids(QUOTED))
        assert panel(app).filter_bar.value.strip() == 'speaker:"José Núñez"'
        assert "tab complete" in screen_text(app)
        await pilot.press("enter")
        assert panel(app).rows.has_focus


async def test_what_is_wrong_with_the_query_is_told_and_the_rest_answered(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("slash")
        panel(app).filter_bar.query_one(Input).value = "stattus:open nunez"
        await wait_for(pilot, lambda: "did you mean status:?" in screen_text(app))
        assert listed(app) == ids(QUOTED)
        await pilot.press("escape")
        await wait_for(pilot, lambda: "did you mean" not in screen_text(app))
        await pilot.press("f")
        await wait_for(pilot, lambda: listed(app) == ids(OWN))
        part = panel(app).shown_part
        assert part is not None
        assert part.chosen == ChosenNotes(frozenset(ids(OWN)), "is:changed")


async def test_an_empty_list_explains_how_to_begin(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        text = screen_text(app)
        assert "0 annotations" in text
        assert "No annotations yet" in text
        assert "1 ❝ quote" in text
        assert "4 € money" in text
        await pilot.press("e", "d", "enter", "j")
        await pilot.pause()
        assert app.messages == []


async def test_the_highlight_stays_when_the_article_changes(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("j", "j")
        app.state = reading(QUOTED, OWN, LOST)
        await pilot.pause()
        row = panel(app).rows.highlighted_row
        assert row is not None
        assert row == OWN
        assert "3 annotations" in screen_text(app)


@pytest.mark.parametrize("width", [34, 80, 140])
async def test_hostile_text_is_harmless(tmp_path: Path, width: int) -> None:
    hostile = annotation(exact=HOSTILE, note=HOSTILE, speaker=HOSTILE, tags=["[/]", HOSTILE])
    app = opened(tmp_path, hostile)
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("s")
        text = screen_text(app)
        assert "# a [/] [red]b" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_thousands_are_filtered_without_being_folded_again(tmp_path: Path) -> None:
    many = [annotation(number, note=f"remark {number}") for number in range(3000)]
    app = opened(tmp_path, *many)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("slash", *"remark", "space", *"2999")
        await wait_for(pilot, lambda: len(listed(app)) == 1)
        assert listed(app) == [many[2999].id]


async def test_the_keys_at_the_bottom_can_be_clicked(tmp_path: Path) -> None:
    app = opened(tmp_path, *ALL)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("delete"), 23))
        await pilot.click(offset=(line.index("close"), 23))
        await wait_for(pilot, lambda: len(app.messages) == 2)
        assert [type(each) for each in app.messages] == [AnnotationCommand, PanelClosed]


async def test_a_row_without_other_facts_shows_its_section(tmp_path: Path) -> None:
    app = opened(tmp_path, annotation(1), annotation(2, note="a remark"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        assert screen_text(app).count("The bridge") == 1
        assert "a remark" in screen_text(app)


async def test_a_row_shows_the_page_after_its_other_facts(tmp_path: Path) -> None:
    app = opened(tmp_path, annotation(1, page="12"), annotation(2, page="xiv", speaker="Ana"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        text = screen_text(app)
        assert "The bridge · p. 12" in text
        assert "Ana · p. xiv" in text
