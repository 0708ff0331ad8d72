"""The notes' screen: rows, tags, filter, opening at the passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader import clock
from reader.core.annotation import Annotation, PlaceState
from reader.core.cells import cell_width
from reader.core.query.editing import values_of
from reader.ui.dialogs.pick import PickScreen
from reader.ui.messages import ShowArticle
from reader.ui.notes.detail import NoteDetail
from reader.ui.notes.screen import NotesScreen
from reader.ui.painting.chips import Chip
from reader.ui.widgets.query_field import Suggestions
from reader.ui.widgets.tag_chips import ChipChosen, TagChips
from tests.ui.list_app import ListApp, article, keep, note, screen_lines, screen_text, shown
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


BY_ARTICLE = [
    "Prices rose by 40%",
    "We never found the second ledger",
    "In the café",
    "washed away",
    "a changed passage",
]
"""The passages grouped by article, the newest first."""

NEWEST_FIRST = [
    "Prices rose by 40%",
    "washed away",
    "We never found the second ledger",
    "In the café",
    "a changed passage",
]


async def ask(pilot: Pilot[None], screen: NotesScreen, text: str) -> None:
    """Write a query, and wait for its first answer."""
    screen.query_field.write(text)
    await wait_for(
        pilot,
        lambda: screen.listing.question.text == text and not screen.listing.is_busy,
        f"the answer to {text}",
    )


async def facts_read(pilot: Pilot[None], app: ListApp, words: str) -> None:
    await wait_for(pilot, lambda: words in screen_text(app), words)


async def test_a_row_shows_passage_note_and_facts_below_the_title_of_its_article(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen, (80, 30)) as (app, pilot):
        assert quotes(screen) == BY_ARTICLE
        lines = screen_lines(app)
        assert lines[0].startswith("  Notes")
        assert lines[0].endswith("5 notes")
        assert " The quiet ledger" + " " * 61 + "3" in lines
        at = lines.index("  ❝~ We never found the second ledger")
        facts = "     disputed · Mira Okafor · ✎ Ask her about May · 3 days ago · ⚑ claim"
        assert lines[at + 1] == facts, "without markup"
        assert "  #  In the café" in lines
        assert "     5 days ago · # follow-up" in lines
        await pilot.press("G")
        await facts_read(pilot, app, "▌ ❝  a changed passage")
        lines = screen_lines(app)
        assert " Bridges" + " " * 70 + "2" in lines
        at = lines.index("  ✱  washed away")
        assert lines[at + 1] == "     ◌ lost its place · 2 days ago"
        assert "▌    ≠ edited · 20 days ago" in lines


async def test_a_row_says_what_its_passage_reads_now_and_since_when(tmp_path: Path) -> None:
    changed = note("nearly two hours", "quote", state=PlaceState.EDITED, created=made(9), page="iv")
    place = replace(changed.place, words="about 90 minutes", since=made(1))
    keep(tmp_path, (article("Bridges"), [replace(changed, place=place)]))
    day = clock.day_in_words(made(1))
    async with shown(tmp_path, NotesScreen()) as (app, _):
        origin = f"▌    ≠ edited · “about 90 minutes” since {day} · p. iv · 9 days ago"
        assert origin in screen_lines(app)


async def test_a_row_has_as_many_lines_as_it_needs(tmp_path: Path) -> None:
    long = "The council had paid for the pump twice, in March and again in May, out of two funds."
    texts = (long * 3, long, "The pump ran.")
    notes = [note(text, created=made(days)) for days, text in enumerate(texts, start=1)]
    keep(tmp_path, (article("Pumps"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen, (80, 12)) as (app, _):
        assert [screen.note_rows.height_of(at) for at in range(3)] == [4, 3, 2]
        assert [screen.note_rows.lines_above(at) for at in range(3)] == [1, 0, 0]
        assert sum("…" in line for line in screen_lines(app)) >= 1, "the longest is cut"


async def test_o_chooses_groups_and_order(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen, (80, 30)) as (app, pilot):
        for key, first, expected in (
            ("2", "without a speaker", [*BY_ARTICLE[:1], "washed away", "In the café"]),
            ("3", "unchecked", ["Prices rose by 40%", "washed away", "In the café"]),
            ("4", "Yesterday", NEWEST_FIRST[:3]),
            ("5", "", NEWEST_FIRST[:3]),
            ("7", "", NEWEST_FIRST[::-1][:3]),
        ):
            await pilot.press("o")
            await wait_for(pilot, lambda: isinstance(app.screen, PickScreen), "the dialog")
            await pilot.press(key)
            await wait_for(pilot, lambda e=expected: quotes(screen)[:3] == e, key)  # type: ignore[misc]
            headings = screen.note_rows.headings
            assert (headings[0][0].name if headings else "") == first
        await pilot.press("o")
        await wait_for(pilot, lambda: isinstance(app.screen, PickScreen), "the dialog")
        assert "● Oldest first" in screen_text(app)


async def test_t_goes_through_the_tags_and_then_asks_for_any(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await facts_read(pilot, app, "context 1")
        for tag, expected in [
            ("quote", ["We never found the second ledger", "a changed passage"]),
            ("claim", ["Prices rose by 40%", "We never found the second ledger"]),
            ("context", ["washed away"]),
            ("follow-up", ["In the café"]),
            ("", BY_ARTICLE),
        ]:
            await pilot.press("t")
            await wait_for(pilot, lambda e=expected: quotes(screen) == e, tag)  # type: ignore[misc]
            assert screen.query_field.text == (f"tag:{tag}" if tag else "")
        await pilot.press("t", "escape")
        await wait_for(pilot, lambda: quotes(screen) == BY_ARTICLE)


async def test_facets_have_live_counts_and_write_the_query(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen, (140, 40)) as (app, pilot):
        await facts_read(pilot, app, "Mira Okafor")
        line = next(line for line in screen_lines(app) if "~ disputed" in line)
        assert line[:29].split() == ["~", "disputed", "1"]
        await pilot.click(
            offset=(
                6,
                next(y for y, line in enumerate(screen_lines(app)) if "~ disputed" in line[:30]),
            )
        )
        await wait_for(pilot, lambda: quotes(screen) == ["We never found the second ledger"])
        assert screen.query_field.text == "status:disputed"
        await wait_for(pilot, lambda: "▸~ disputed" in screen_text(app), "the sign")
        await pilot.press("enter")
        await wait_for(pilot, lambda: quotes(screen) == BY_ARTICLE, "all again")


async def test_f_goes_to_the_facets_and_back_and_tab_from_pane_to_pane(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen, (140, 40)) as (app, pilot):
        await pilot.press("f")
        assert screen.facets.list.has_focus
        seen = []
        for _ in range(4):
            await pilot.press("tab")
            seen.append(type(screen.focused).__name__)
        assert seen == ["NoteRows", "ScrollBox", "LineField", "NoteRows"], "tab leaves the query"
        await pilot.press("f", "f")
        assert not screen.facets.list.display
        assert screen.note_rows.has_focus
    other = NotesScreen()
    async with shown(library, other, (80, 24)) as (app, pilot):
        assert not other.facets.list.display
        await pilot.press("f")
        assert other.facets.list.has_focus
        assert "Searches" in screen_text(app)
        await pilot.press("tab")
        assert other.note_rows.has_focus
        assert not other.facets.list.display, "there is no room for it beside the notes"
        await pilot.resize_terminal(40, 12)
        await pilot.press("f")
        assert other.facets.list.has_focus
        await pilot.pause()
        await pilot.press("tab")
        assert other.note_rows.has_focus, "it is hidden until the facets are left"


async def test_s_asks_the_saved_searches_beginning_with_the_open_claims(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("s")
        await wait_for(pilot, lambda: quotes(screen) == ["Prices rose by 40%"], "open claims")
        await wait_for(pilot, lambda: "open claims: by article" in screen_text(app), "its name")
        await pilot.press("s")
        await wait_for(pilot, lambda: quotes(screen) == ["a changed passage"], "changed")


async def test_the_query_is_understood_as_it_is_typed(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        for typed, expected in [
            ("CAFE", ["In the café"]),
            ("okafor", ["We never found the second ledger"]),
            (
                '"her* about may" OR in:bridges -tag:quote',
                ["washed away", "We never found the second ledger"],
            ),
            ("bridges", ["washed away", "a changed passage"]),
            ("bridges lost", []),
            ("bridges [/]", []),
        ]:
            await ask(pilot, screen, typed)
            await wait_for(pilot, lambda e=expected: quotes(screen) == e, typed)  # type: ignore[misc]
        await pilot.pause()
        assert "No note is what the query asks for" in screen_text(app)
        await ask(pilot, screen, "stauts:open ledger")
        assert "stauts" in screen_lines(app)[1], "the mistake is named"
        assert quotes(screen) == BY_ARTICLE[:3], "what is understood is answered"


async def test_tab_completes_fields_and_values(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        suggestions = screen.query_one(Suggestions)
        await pilot.press("slash", *"spea")
        await wait_for(pilot, lambda: suggestions.display, "the field")
        await pilot.press("tab")
        assert screen.query_field.value == "speaker:"
        await wait_for(pilot, lambda: "Mira Okafor" in screen_text(app), "the speakers")
        await pilot.press(*"oka")
        await wait_for(pilot, lambda: len(suggestions.suggestions) == 1, "one")
        await pilot.press("down", "enter")
        assert screen.query_field.text == 'speaker:"Mira Okafor"'
        await wait_for(pilot, lambda: quotes(screen) == ["We never found the second ledger"])
        await pilot.press("enter")
        assert screen.focused is screen.note_rows
        await pilot.press("slash", *"stat")
        await wait_for(pilot, lambda: suggestions.display, "the field")
        assert await pilot.click(suggestions, offset=(2, 0))
        assert screen.query_field.text == 'speaker:"Mira Okafor" status:'


async def test_the_detail_shows_the_note_in_its_surroundings(tmp_path: Path) -> None:
    lost = note(
        "nearly two hours", "claim", speaker="Mira Okafor", status="refuted",
        note="Ask *her*.\n\n- one\n- two", created=made(3),
        links=({"type": "isRefutedBy", "target": "https://a.example/x", "kind": "address"},),
    )  # fmt: skip
    selector = replace(
        lost.selector, prefix="The ferry took ", suffix=" that day.", section="Winter"
    )
    keep(tmp_path, (article("Bridges", site="The Courier"), [replace(lost, selector=selector)]))
    screen = NotesScreen()
    async with shown(tmp_path, screen, (170, 40)) as (app, pilot):
        await facts_read(pilot, app, "refuted by")
        text = screen_text(app)
        assert "1 of 1 · ⚑ claim · ✗ refuted · Mira Okafor · 3 days ago" in text
        assert "▌ …ferry took nearly two hours that…" in text
        assert "Ask her." in text
        assert "refuted by https://a.example/x" in text
        assert "§ Winter" in text
        assert " ✎ Ask her. • one • two" in text, "the note on a line of its own"
        for size, is_there in (((80, 24), True), ((80, 12), False), ((40, 12), False)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.query_one(NoteDetail).display is is_there, size


async def test_what_was_open_is_open_again(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen, (140, 40)) as (app, pilot):
        await pilot.press("o")
        await wait_for(pilot, lambda: isinstance(app.screen, PickScreen), "the dialog")
        await pilot.press("5")
        await ask(pilot, screen, "in:ledger")
        await pilot.press("j", "f", "f")
        row = screen.note_rows.highlighted_row
        assert row is not None
    again = NotesScreen()
    async with shown(library, again, (140, 40)) as (app, pilot):
        await wait_for(pilot, lambda: again.note_rows.highlighted == 1, "the row")
        assert again.note_rows.highlighted_row == row
        assert again.query_field.text == "in:ledger"
        assert not again.note_rows.headings
        assert not again.facets.list.display


async def test_enter_opens_the_article_at_the_passage_and_so_does_a_double_click(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        rows = screen.note_rows.rows
        await pilot.press("j", "enter")
        await wait_for(pilot, lambda: len(app.opened) == 1)
        third = screen.note_rows.top_of(2) - screen.note_rows.scroll_offset.y
        await pilot.click(screen.note_rows, offset=(8, third), times=2)
        await wait_for(pilot, lambda: len(app.opened) == 2)
        opened = [
            (each.article_id, each.annotation_id, each.result)
            for each in app.opened
            if isinstance(each, ShowArticle)
        ]
        assert opened == [
            (each.article_id, each.id, f"{at} of 5") for at, each in enumerate(rows[1:3], start=2)
        ]


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
        await pilot.press("enter", "E", "J", "j")
        assert app.opened == []


async def test_returning_to_the_notes_shows_changed_notes(
    library: Path,
) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (_, pilot):
        await pilot.press("j")
        row = screen.note_rows.highlighted_row
        assert row is not None
        found = screen.note_rows.summary_of(row)
        assert found is not None
        changed = replace(found.annotation, modified=NOW, note="Found in the archive")
        fresh = note("a new one", created=NOW)
        screen.host.session.writer.submit(found.article_id, annotations=[changed, fresh])
        screen.load()  # waits for what is being saved
        await wait_for(pilot, lambda: quotes(screen) == ["a new one", *BY_ARTICLE])
        kept = screen.note_rows.highlighted_row
        assert kept is not None
        assert kept.id == row.id

        def has_new_note() -> bool:
            summary = screen.note_rows.summary_of(kept)
            return summary is not None and "Found in the archive" in summary.annotation.note

        await wait_for(pilot, has_new_note)
        await ask(pilot, screen, "archive")
        await wait_for(pilot, lambda: len(quotes(screen)) == 1)


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


async def test_the_facets_that_are_asked_for_are_always_visible(tmp_path: Path) -> None:
    tags = [f"topic number {number:02}" for number in range(12)]
    keep(tmp_path, (article("Many"), [note(tag, tag) for tag in tags]))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        await facts_read(pilot, app, "topic number")
        for _ in range(16):
            await pilot.press("t")
            await wait_for(pilot, lambda: not screen.listing.is_busy)
            await pilot.pause()
            (tag,) = values_of(screen.query_field.text, "tag") or [""]
            line = screen_lines(app)[screen.query_one("#facet-line").region.y]
            assert tag in line
            assert cell_len(line) <= 80
        assert screen.query_field.text == ""


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


async def test_ten_thousand_notes_are_asked_for_as_the_query_is_typed(tmp_path: Path) -> None:
    notes = many(10_000)
    keep(tmp_path, (article("Many"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        assert [row.id for row in screen.note_rows.rows] == [each.id for each in reversed(notes)]
        await pilot.press("slash", *"klare", "space", *"77")
        await wait_for(pilot, lambda: 0 < len(screen.note_rows.rows) < 500)
        expected = [
            each.id for each in reversed(notes) if each.note and "77" in each.selector.exact
        ]
        assert [row.id for row in screen.note_rows.rows] == expected
        await pilot.press("enter", "G")
        await wait_for(pilot, lambda: "“77”" in screen_text(app), "the last row")
        assert len(screen.note_rows.rows) == len(expected)


async def test_enter_waits_for_what_the_query_finds(tmp_path: Path) -> None:
    notes = many(300)
    keep(tmp_path, (article("Many"), notes))
    screen = NotesScreen()
    async with shown(tmp_path, screen) as (app, pilot):
        await pilot.press("slash", *"“123”", "enter", "enter")
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
