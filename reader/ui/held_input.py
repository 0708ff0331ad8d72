"""Keys, clicks and pastes in their order, while what shall take them is not there yet."""

from __future__ import annotations

import asyncio
import contextlib
from bisect import insort
from collections import deque
from collections.abc import Awaitable
from functools import partial
from typing import Any

from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key, Paste
from textual.message import Message
from textual.message_pump import MessagePump

OPENING_SECONDS = 2.0
"""How long keys wait for what is being opened, in seconds; then they are dropped."""

SETTLING_SECONDS = 0.25
"""How long keys wait at most for the messages of a command, in seconds."""

ROUNDS = 2
"""How many messages of a command follow from one another: a list tells its screen, and that the
app."""

MOST_ON_THE_WAY = 64
"""How many keys are remembered that widgets have not finished with."""


class Settled(Message):
    """The messages that were posted before this one were handled, up to the app."""

    def __init__(self, node: DOMNode) -> None:
        """Begin at a node.

        Args:
            node: The screen or widget whose command was carried out.
        """
        super().__init__()
        self.node = node
        """The node."""


class HeldInput:
    """Holds input back until what it is meant for is there.

    Textual gives each key to what has the focus when the key comes. Where the key before it opens a
    dialog, moves the focus or starts a worker that opens something, a fast key would act on what
    lies behind.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held: list[Event] = []
        self._released: deque[Event] = deque()  # given to the app again, and not there yet
        self._opening: asyncio.Future[Any] | None = None
        self._running: list[asyncio.Future[Any]] = []
        self._depth = 0  # of the stack of screens
        self._settling: Settled | None = None
        self._rounds = 0
        self._on_the_way: deque[tuple[Event, MessagePump | None]] = deque(maxlen=MOST_ON_THE_WAY)
        self.is_starting = False
        """Whether nothing can take input yet."""

    def holds(self, event: Event) -> bool:
        """Keep an input event where nothing can take it yet, or an earlier one waits.

        Returns:
            Whether it was kept: then nothing else may take it.
        """
        if not isinstance(event, InputEvent | Paste):
            return False
        if event.is_forwarded:
            return isinstance(event, Key | Paste) and self._is_too_early(event)
        if self._released:
            if event is not self._released[0]:  # it came before them, but was typed after them
                self._app.post_message(event)
                return True
            self._released.popleft()
        is_key = isinstance(event, Key | Paste)
        if self.is_starting or (is_key and self._must_wait):
            self._keep(event)
            return True
        if is_key:
            self._on_the_way.append((event, self._target))
        return False

    def take(self) -> None:
        """Take the input that was held, in order."""
        if not self._is_busy:
            held, self._held = self._held, []
            self._released.extend(held)
            for event in held:
                self._app.post_message(event)

    def drop(self) -> None:
        """Drop the input that was held: what it was meant for has not opened."""
        self._held.clear()

    def hold_until(self, opening: Awaitable[Any]) -> None:
        """Hold keys until something has opened, another screen is shown, or it has failed."""
        future = asyncio.ensure_future(opening)
        self._opening = future
        self._running.append(future)
        future.add_done_callback(self._on_opened)
        asyncio.get_running_loop().call_later(OPENING_SECONDS, partial(self._give_up, future))

    def on_screen_changed(self) -> None:
        """Let a screen that has opened take the keys; wait for what a dialog's answer opens."""
        depth = self._depth
        with contextlib.suppress(ScreenStackError):
            self._depth = len(self._app.screen_stack)
        if self._depth < depth and self._running:
            future = self._opening = self._running[-1]
            loop = asyncio.get_running_loop()
            loop.call_later(SETTLING_SECONDS, partial(self._end_opening, future))
        elif self._opening is not None:
            self._end_opening(self._opening)

    def settle(self, node: DOMNode) -> None:
        """Hold keys until the messages that a node has posted were handled."""
        self._rounds = ROUNDS
        self._post(Settled(node))

    def on_settled(self, message: Settled) -> None:
        """Go on to the messages that followed from those, or take the keys."""
        if message is self._settling:
            self._rounds -= 1
            if self._rounds:
                self._post(Settled(message.node))
            else:
                self._end_settling(message)

    def _post(self, message: Settled) -> None:
        self._settling = message
        loop = asyncio.get_running_loop()
        if message.node.post_message(message):
            loop.call_later(SETTLING_SECONDS, partial(self._end_settling, message))
        else:  # it is being removed
            self._end_settling(message)

    def _end_settling(self, message: Settled) -> None:
        if message is self._settling:
            self._settling = None
            self.take()

    @property
    def _is_busy(self) -> bool:
        return self.is_starting or self._opening is not None or self._settling is not None

    @property
    def _must_wait(self) -> bool:
        return self._is_busy or bool(self._held)

    @property
    def _target(self) -> MessagePump | None:
        """What a key is given to now."""
        with contextlib.suppress(ScreenStackError):
            return self._app.focused or self._app.screen
        return None

    def _is_too_early(self, key: Key | Paste) -> bool:
        """Tell of a key that no widget took whether it must wait for, or go to, something else."""
        target = next((target for each, target in self._on_the_way if each is key), self._target)
        if not self._must_wait and target is self._target:
            return False
        self.put_back(key)
        return True

    def put_back(self, key: Key | Paste) -> None:
        """Hold back a key that came to what is closing, for what is below."""
        copied = Paste(key.text) if isinstance(key, Paste) else key.copy()
        copied.time = key.time
        self._keep(copied)
        if not self._is_busy:
            self._app.call_later(self.take)

    def _keep(self, event: Event) -> None:
        insort(self._held, event, key=lambda each: each.time)

    def _on_opened(self, future: asyncio.Future[Any]) -> None:
        self._running.remove(future)
        if not future.cancelled():
            future.exception()  # Textual reports it
        if self._opening is future:
            with contextlib.suppress(ScreenStackError):
                self.settle(self._app.screen)  # it may have asked for a screen by a message
            self._end_opening(future)

    def _end_opening(self, future: asyncio.Future[Any]) -> None:
        if self._opening is future:
            self._opening = None
            with contextlib.suppress(ScreenStackError):  # the app is ending
                self._app.call_after_refresh(self.take)

    def _give_up(self, future: asyncio.Future[Any]) -> None:
        if self._opening is future:
            self.drop()
            self._end_opening(future)


def held_input_of(node: DOMNode) -> HeldInput | None:
    """Return what holds input back for the app of a node; None where its app has none."""
    held_input = getattr(node.app, "held_input", None)
    return held_input if isinstance(held_input, HeldInput) else None


def hold_until(node: DOMNode, opening: Awaitable[Any]) -> None:
    """Hold keys until something has opened; see ``HeldInput.hold_until``."""
    if held_input := held_input_of(node):
        held_input.hold_until(opening)


def settle(node: DOMNode) -> None:
    """Hold keys until the messages that a node has posted were handled."""
    if held_input := held_input_of(node):
        held_input.settle(node)


def put_back(node: DOMNode, key: Key | Paste) -> None:
    """Hold back a key that came to a closing screen; see ``HeldInput.put_back``."""
    if held_input := held_input_of(node):
        held_input.put_back(key)
