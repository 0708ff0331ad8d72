"""The notes' screen: rows, tags, filter, opening at the passage."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult

from reader import clock
from reader.core.annotation import Annotation, PlaceState
from reader.core.cells import cell_width
from reader.ui.messages import ShowArticle
from reader.ui.notes.screen import NotesScreen
from reader.ui.painting.chips import Chip
from reader.ui.widgets.tag_chips import ChipChosen, TagChips
from tests.ui.list_app import article, keep, note, screen_lines, screen_text, shown
from tests.ui.waiting import wait_for

NOW = "2026-11-22T13:00:00.000Z"


@pytest.fixture(autouse=True)
def _frozen_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def made(days_ago: int) -> str:
    return f"2026-11-{22 - days_ago:02}T10:00:00.000Z"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Five notes on two articles."""
    keep(
        tmp_path,
        (
            article("The quiet ledger"),
            [
                note(
                    "We never found the second ledger",
                    "quote",
                    "claim",
                    speaker="Mira Okafor",
                    note="Ask *her*\nabout May",
                    status="disputed",
                    created=made(3),
                ),
                note("Prices rose by 40%", "claim", status="unchecked", created=made(1)),
                note("In the café", "follow-up", created=made(5)),
            ],
        ),
        (
            article("Bridges"),
            [
                note("washed away", "context", state=PlaceState.ORPHANED, created=made(2)),
                note("a changed passage", "quote", state=PlaceState.EDITED, created=made(20)),
            ],
        ),
    )
    return tmp_path


def quotes(screen: NotesScreen) -> list[str]:
    found = map(screen.note_rows.summary_of, screen.note_rows.rows)
    return [each.annotation.selector.exact if each else "" for each in found]


NEWEST_FIRST = [
    "Prices rose by 40%",
    "washed away",
    "We never found the second ledger",
    "In the café",
    "a changed passage",
]


async def test_a_row_shows_quote_note_article_date_speaker_status_and_tags(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, _):
        assert quotes(screen) == NEWEST_FIRST
        lines = screen_lines(app)
        assert lines[0].split() == ["Notes", "and", "review", "5", "notes"]
        at = lines.index("  ❝ We never found the second ledger")
        assert lines[at + 1] == "    Ask *her* about May"
        assert lines[at + 2] == (
            "    ~ disputed · The quiet ledger · 3 days ago · Mira Okafor · ⚑ claim"
        )
        at = lines.index("  ✱ washed away")
        assert lines[at + 1] == "    ◌ lost its place · Bridges · 2 days ago"
        assert "    The quiet ledger · 5 days ago · # follow-up" in lines
        assert "    Bridges · 20 days ago · ≠ edited" in lines


async def test_a_row_says_what_its_passage_reads_now_and_since_when(tmp_path: Path) -> None:
    changed = note("nearly two hours", "quote", state=PlaceState.EDITED, created=made(9))
    place = replace(changed.place, words="about 90 minutes", since=made(1))
    keep(tmp_path, (article("Bridges"), [replace(changed, place=place)]))
    day = clock.day_in_words(made(1))
    async with shown(tmp_path, NotesScreen()) as (app, _):
        origin = f"▌   Bridges · 9 days ago · ≠ edited · “about 90 minutes” since {day}"
        assert origin in screen_lines(app)


async def test_a_long_quote_without_a_note_takes_its_line(tmp_path: Path) -> None:
    quote = "The council had paid for the pump twice, in March and again in May, out of two funds."
    keep(tmp_path, (article("Pumps"), [note(quote)]))
    async with shown(tmp_path, NotesScreen()) as (app, _):
        lines = screen_lines(app)
        at = next(i for i, line in enumerate(lines) if "The council" in line)
        shown_lines = [line.removeprefix("▌ ").strip(" ❝") for line in lines[at : at + 3]]
        assert " ".join(shown_lines[:2]) == quote
        assert shown_lines[2].startswith("Pumps")


async def test_a_row_shows_the_page(tmp_path: Path) -> None:
    keep(tmp_path, (article("Pumps"), [note("The pump ran.", page="iv", created=made(2))]))
    async with shown(tmp_path, NotesScreen()) as (app, _):
        assert "▌   Pumps · p. iv · 2 days ago" in screen_lines(app)


async def test_t_goes_through_the_tags_and_then_shows_all(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        chips = " ".join(screen_lines(app)[1].split())
        assert chips == "all 5 ❝ quote 2 ⚑ claim 2 ✱ context 1 # follow-up 1"
        for tag, expected in [
            ("quote", ["We never found the second ledger", "a changed passage"]),
            ("claim", ["Prices rose by 40%", "We never found the second ledger"]),
            ("context", ["washed away"]),
            ("follow-up", ["In the café"]),
            ("", NEWEST_FIRST),
        ]:
            await pilot.press("t")
            await wait_for(pilot, lambda e=expected: quotes(screen) == e, tag)  # type: ignore[misc]
            assert screen.tag == tag
        await pilot.press("t", "escape")
        await wait_for(pilot, lambda: quotes(screen) == NEWEST_FIRST)


async def test_a_click_on_a_tag_filters_by_it(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        line = screen_lines(app)[1]
        await pilot.click(offset=(line.index("context") + 2, 1))
        await wait_for(pilot, lambda: quotes(screen) == ["washed away"])
        await pilot.pause()
        assert "1 of 5 notes" in screen_lines(app)[0]
        await pilot.click(offset=(line.index("all") + 1, 1))
        await wait_for(pilot, lambda: quotes(screen) == NEWEST_FIRST)
        await pilot.click(offset=(line.index("all") + 6, 1))  # between two tags
        await pilot.pause()
        assert screen.tag == ""


async def test_the_filter_searches_quote_note_speaker_and_article_while_typing(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("slash")
        for typed, expected in [
            ("CAFE", ["In the café"]),
            ("okafor", ["We never found the second ledger"]),
            ("her about may", ["We never found the second ledger"]),
            ("bridges", ["washed away", "a changed passage"]),
            ("bridges lost", []),
            ("bridges [/]", []),
        ]:
            app.screen.query_one("Input").value = typed  # type: ignore[attr-defined]
            await wait_for(pilot, lambda e=expected: quotes(screen) == e, typed)  # type: ignore[misc]
        await pilot.pause()
        assert "No note fits the filter" in screen_text(app)
        app.screen.query_one("Input").value = ""  # type: ignore[attr-defined]
        await pilot.press(*"ledger", "enter", "t", "t")
        await wait_for(
            pilot,
            lambda: quotes(screen) == ["Prices rose by 40%", "We never found the second ledger"],
        )
        await pilot.pause()
        chips = " ".join(screen_lines(app)[1].split())
        assert chips == "all 3 ❝ quote 1 ⚑ claim 2 ✱ context 0 # follow-up 1"


async def test_enter_opens_the_article_at_the_passage_and_so_does_a_double_click(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        rows = screen.note_rows.rows
        await pilot.press("j", "enter")
        await pilot.click(screen.note_rows, offset=(8, 7), times=2)
        await wait_for(pilot, lambda: len(app.opened) == 2)
        opened = [
            (each.article_id, each.annotation_id)
            for each in app.opened
            if isinstance(each, ShowArticle)
        ]
        assert opened == [(each.article_id, each.id) for each in rows[1:3]]


async def test_keys_go_to_other_screens(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("L", "E", "q")
        assert app.went == ["library", f"export {screen.note_rows.rows[0].article_id}", "back"]


async def test_no_notes_yet(tmp_path: Path) -> None:
    async with shown(tmp_path, NotesScreen()) as (app, pilot):
        text = screen_text(app)
        assert "No annotations yet." in text
        assert "press 1, 2 or 3" in text
        await pilot.press("t", "enter", "E", "t")
        assert app.opened == []


async def test_returning_to_the_notes_shows_changed_notes(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (_, pilot):
        await pilot.press("j")
        row = screen.note_rows.highlighted_row
        assert row is not None
        lost = screen.note_rows.summary_of(row)
        assert lost is not None
        changed = Annotation(
            lost.annotation.id,
            lost.annotation.selector,
            lost.annotation.place,
            lost.annotation.tags,
            lost.annotation.created,
            NOW,
            note="Found in the archive",
        )
        fresh = note("a new one", created=NOW)
        screen.host.session.writer.submit(lost.article_id, annotations=[changed, fresh])
        screen.load()  # waits for what is being saved
        await wait_for(pilot, lambda: quotes(screen) == ["a new one", *NEWEST_FIRST])
        kept = screen.note_rows.highlighted_row
        assert kept is not None
        assert kept.id == row.id

        def has_new_note() -> bool:
            summary = screen.note_rows.summary_of(kept)
            return summary is not None and summary.annotation.note == "Found in the archive"

        await wait_for(pilot, has_new_note)
        await pilot.press("slash", *"archive")
        await wait_for(pilot, lambda: quotes(screen) == ["washed away"])


HOSTILE = [
    "[red]markup[/] [/] [@click=app.quit]x[/]",
    "\x1b[31mred\x1b[2J \x07",
    "\u202egnp.exe",
    "two\n\nparagraphs\tand\ta table",
    "漢字" * 2_000,
    "👩‍👩‍👧‍👦" * 900,
    "שלום עולם",
    "x" * 200_000,
]


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (30, 10)])
async def test_hostile_notes_are_only_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    notes = [
        note(text, f"tag {text[:20]}", note=text * (i % 2), speaker=text[:50])
        for i, text in enumerate(HOSTILE)
    ]
    keep(
        tmp_path,
        *((article(text[:500]), [each]) for text, each in zip(HOSTILE, notes, strict=True)),
    )
    screen = NotesScreen()
    async with shown(tmp_path, screen, size) as (app, pilot):
        assert len(screen.note_rows.rows) == len(HOSTILE)
        for _ in HOSTILE:
            lines = screen_lines(app)
            assert all(cell_len(line) <= size[0] for line in lines)
            assert not any(char in "\x1b\x07\u202e\t" for line in lines for char in line)
            await pilot.press("j", "t")
            await pilot.pause()


async def test_the_chosen_tag_is_always_visible(tmp_path: Path) -> None:
    tags = [f"topic number {number:02}" for number in range(12)]
    keep(tmp_path, (article("Many"), [note(tag, tag) for tag in tags]))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        chips = screen.query_one(TagChips)
        for _ in range(16):
            await pilot.press("t")
            await pilot.pause()
            line = screen_lines(app)[1]
            assert (screen.tag or "all") in line
            assert cell_len(line) <= 80
        assert screen.tag == ""
        assert len(chips.chips) == 16


def many(count: int) -> list[Annotation]:
    words = ("the", "council", "had", "paid", "for", "the", "pump", "twice", "in", "March")
    return [
        note(
            f"“{number}” " + " ".join(words[(number + k) % len(words)] for k in range(60)),
            ("quote", "claim", "context")[number % 3],
            note="Kläre das" * (number % 2),
            created=f"2026-11-21T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}.000Z",
        )
        for number in range(count)
    ]


async def test_ten_thousand_notes_are_filtered_without_lag(tmp_path: Path) -> None:
    notes = many(10_000)
    keep(tmp_path, (article("Many"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        assert [row.id for row in screen.note_rows.rows] == [each.id for each in reversed(notes)]
        await pilot.press("slash")
        spent = []
        for key in "klare 77":
            started = time.process_time()
            await pilot.press("space" if key == " " else key)
            spent.append(time.process_time() - started)
        await wait_for(pilot, lambda: 0 < len(screen.note_rows.rows) < 500)
        assert sorted(spent)[len(spent) // 2] < 0.15
        expected = [
            each.id for each in reversed(notes) if each.note and "77" in each.selector.exact
        ]
        assert [row.id for row in screen.note_rows.rows] == expected
        await pilot.press("enter", "G")
        await wait_for(pilot, lambda: "“77”" in screen_text(app), "the last row")
        assert len(screen.note_rows.rows) == len(expected)


async def test_enter_waits_for_what_the_filter_finds(tmp_path: Path) -> None:
    notes = many(300)
    keep(tmp_path, (article("Many"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        screen.filter_bar.query_one("Input").value = "“123”"  # type: ignore[attr-defined]
        screen.open_note()
        await wait_for(pilot, lambda: app.opened)
        (opened,) = app.opened
        assert isinstance(opened, ShowArticle)
        assert opened.annotation_id == notes[123].id


async def test_every_row_is_drawn_wherever_the_reader_goes(tmp_path: Path) -> None:
    notes = many(1_000)
    keep(tmp_path, (article("Many"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        for key in ("G", "b", "b", "g", "space", *("j",) * 40, "k", "G"):
            await pilot.press(key)
            row = screen.note_rows.highlighted_row
            assert row is not None
            number = next(at for at, each in enumerate(notes) if each.id == row.id)

            def is_drawn(mark: str = f"“{number}”") -> bool:
                shown_rows = [screen.note_rows.rows[at] for at in screen.note_rows.shown_rows]
                return mark in screen_text(app) and all(
                    map(screen.note_rows.summary_of, shown_rows)
                )

            await wait_for(pilot, is_drawn, f"the row of {number} after {key}")


NAMES = ("", "sea", "law", "harbour", "long-running", "x", "bridges", "漢字")


class Chips(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        chips = TagChips()
        chips.chips = [Chip(name, "#" if name else "", "primary", 7) for name in NAMES]
        yield chips

    @on(ChipChosen)
    def keep(self, message: ChipChosen) -> None:
        self.chosen.append(message.name)


async def test_chips_fit_the_line_and_each_cell_chooses_what_it_shows() -> None:
    app = Chips()
    async with app.run_test(size=(80, 3)) as pilot:
        for width in (80, 41, 22):
            await pilot.resize_terminal(width, 3)
            for chosen in NAMES:
                chips = app.query_one(TagChips)
                chips.chosen = chosen
                await pilot.pause()
                line = str(chips.render())
                labels = [each.strip("# ") for each in line.split("   ")]
                assert cell_width(line) <= width or labels == ["all 7", "…", f"{chosen} 7", "…"]
                assert labels[0] == "all 7", "all tags come first"
                assert f"{chosen or 'all'} 7" in labels
                shown = [name for name in NAMES if f"{name or 'all'} 7" in labels]
                start = NAMES.index(shown[1]) if len(shown) > 1 else 1
                assert shown[1:] == list(NAMES[start : start + len(shown) - 1]), "in their order"
                assert (labels[1:2] == ["…"]) == (start > 1)
                assert (labels[-1] == "…") == (shown[-1] != NAMES[-1] and len(shown) > 1)
                for name in shown if chosen == "harbour" and width == 41 else ():
                    x = cell_width(line[: line.index(f"{name or 'all'} 7")])
                    await pilot.click(TagChips, offset=(x, 0))
                    await pilot.click(
                        TagChips, offset=(x + cell_width(f"{name or 'all'} 7") - 1, 0)
                    )
                    assert app.chosen[-2:] == [name, name]
                    app.chosen.clear()
                    if x + cell_width(f"{name or 'all'} 7") < width:
                        await pilot.click(
                            TagChips, offset=(x + cell_width(f"{name or 'all'} 7"), 0)
                        )
                        assert app.chosen == [], "between two chips is nothing"
