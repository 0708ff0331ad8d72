"""Input that was held is taken before what was typed after it."""

from __future__ import annotations

from textual.app import App
from textual.events import Event, Key

from reader.ui.held_input import HeldInput
from tests.ui.waiting import wait_for


class Typed(App[None]):
    """Notes the keys that it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.held_input = HeldInput(self)
        self.keys: list[str] = []

    async def on_event(self, event: Event) -> None:
        if not self.held_input.holds(event):
            await super().on_event(event)

    def on_key(self, event: Key) -> None:
        self.keys.append(event.key)


async def test_keys_stay_in_order_when_others_wait_already_as_they_are_taken() -> None:
    app = Typed()
    async with app.run_test() as pilot:
        app.held_input.is_starting = True
        for key in "abc":
            app.post_message(Key(key, key))
        await pilot.pause()
        assert app.keys == []
        for key in "def":
            app.post_message(Key(key, key))
        app.held_input.is_starting = False
        app.held_input.take()
        await wait_for(pilot, lambda: len(app.keys) == 6)
        assert app.keys == list("abcdef")
