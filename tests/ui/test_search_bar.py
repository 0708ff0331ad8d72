"""The search line alone, at moments that a search on a thread may choose to end."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

from reader.ui.widgets.search_bar import SearchBar


class Stage(App[None]):
    def compose(self) -> ComposeResult:
        yield SearchBar("ledger")


def count_on(bar: SearchBar) -> str:
    return str(bar.query_one(".count", Static).render())


async def test_the_count_is_shown_as_hits_come() -> None:
    async with Stage().run_test() as pilot:
        bar = pilot.app.query_one(SearchBar)
        assert count_on(bar) == ""
        bar.hits, bar.current = 1745, 3
        await pilot.pause()
        assert count_on(bar) == "3 of 1,745"
        bar.hits = 0
        await pilot.pause()
        assert count_on(bar) == "not found"


async def test_a_search_that_ends_after_the_line_was_left_does_no_harm() -> None:
    async with Stage().run_test() as pilot:
        bar = pilot.app.query_one(SearchBar)
        removing = bar.remove()
        bar.hits, bar.current = 1745, 3
        await removing
        bar.hits, bar.current = 0, 0
        await pilot.pause()
        assert not pilot.app.query(SearchBar)
