"""Work on a thread: one piece at a time, given up between two of its steps."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from reader.errors import GivenUp
from reader.progress import EXPORTING, Report
from reader.ui.background_work import BackgroundWork
from tests.ui.waiting import wait_for


class Waiting:
    """Work that waits until it may go on."""

    def __init__(self) -> None:
        self.has_begun, self.goes_on = threading.Event(), threading.Event()
        self.ended: list[str] = []

    def __call__(self, report: Report) -> str:
        self.has_begun.set()
        self.goes_on.wait(20)
        try:
            report(EXPORTING, 1, 2)
        except GivenUp as error:
            self.ended.append(error.message)
            raise
        self.ended.append("whole")
        return "whole"


async def test_a_second_piece_of_work_is_refused_until_the_first_has_ended() -> None:
    async with App[None]().run_test() as pilot:
        screen: Screen[Any] = pilot.app.screen
        changes: list[bool] = []
        work, waiting = BackgroundWork(screen, lambda: changes.append(work.is_running)), Waiting()
        first = asyncio.create_task(work.run(waiting, "Left as it was."))
        await wait_for(pilot, waiting.has_begun.is_set, "the thread")
        with pytest.raises(RuntimeError):
            await work.run(waiting, "")
        waiting.goes_on.set()
        assert await first == "whole"
        assert changes == [True, False]
        assert not work.give_up()


async def test_what_is_cancelled_is_running_until_its_thread_gives_up() -> None:
    async with App[None]().run_test() as pilot:
        work, waiting = BackgroundWork(pilot.app.screen, lambda: None), Waiting()
        task = asyncio.create_task(work.run(waiting, "Left as it was."))
        await wait_for(pilot, waiting.has_begun.is_set, "the thread")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert work.is_running
        waiting.goes_on.set()
        await wait_for(pilot, lambda: not work.is_running, "the end")
        assert waiting.ended == ["Left as it was."]
