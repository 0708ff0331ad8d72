"""Waiting for what workers and timers do, on conditions and never for a time; notifications."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.notifications import Notification
from textual.pilot import Pilot

PATIENCE = 10.0
"""Seconds after which a condition is held never to come true."""


async def wait_for(pilot: Pilot[Any], condition: Callable[[], object], what: str = "") -> None:
    """Let the app run until ``condition`` holds.

    Args:
        pilot: The pilot of the running app.
        condition: What must become true; asked often, so it must be cheap.
        what: What the test waits for, for the message of its failure.

    Raises:
        AssertionError: It did not become true in ``PATIENCE`` seconds.
    """
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what or condition}"
        await pilot.pause()
        await asyncio.sleep(0.005)


def notices(app: App[Any]) -> list[Notification]:
    """Return the notifications that are shown just now, the first that came first.

    Textual has no public way to ask; this is the one place that knows the private one.
    """
    return list(app._notifications)
