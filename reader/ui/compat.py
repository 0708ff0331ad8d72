"""What depends on private parts of Textual or on its version, with the reason for each.

Written for Textual 8.2; look here first when Textual changes.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from textual import events
from textual._time import get_time
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from reader.ui.held_input import HeldInput


def load_sheets(app: App[None], paths: Iterable[Path]) -> None:
    """Load style sheets of widgets that are mounted later.

    Textual loads the sheets of a screen when it is pushed, but has no way to load those of a widget
    later. This does what ``App._load_screen_css`` does.

    Args:
        app: The running app.
        paths: The sheets; those that are loaded already are skipped.
    """
    fresh = [path for path in paths if not app.stylesheet.has_source(str(path), "")]
    for path in fresh:
        app.stylesheet.read(path)
    if fresh:
        app.stylesheet.reparse()
        app.stylesheet.update(app)


def literal(text: str) -> str:
    """Return markup that shows a text as it is, for where Textual takes nothing but markup.

    ``textual.markup.escape`` leaves brackets after backslashes and inside brackets as they are.
    """
    return text.replace("[", "\\[")


SWITCH_SECONDS = 0.0005
"""How long a thread may hold the interpreter's lock while a key may be waiting, in seconds."""


@contextmanager
def quick_switching() -> Iterator[None]:
    """Let the thread of the interface run soon, while another thread computes.

    Python switches threads every 5 ms, and painting a frame waits for several switches, so that the
    answer to a key would take 20 ms and more.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


# Input from the terminal

PASTE_SECONDS = 3.0
"""After so many seconds without input, a paste whose end has not come is taken as it is."""

_SEQUENCE = re.compile(r"\x1b\[(?!<)[0-?]*[ -/]*[@-~]|\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)")
"""A complete escape sequence other than the mouse's, of which there are many in a second."""

_ONE_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[^\x1b]", re.DOTALL)
"""What one key sends."""


class InputParser(XTermParser):
    """Reads a paste as text, and drops escape sequences that are no keys.

    Textual 8.2.8 looks for escape sequences inside a bracketed paste as well, and gives those that
    it does not know to the app as single keys, before the rest of the paste: a pasted colour
    deletes an annotation. Here Textual does not see the inside of a paste. Outside of one it would
    also give the characters of an unknown sequence as keys, such as a late answer of the terminal.
    """

    def __init__(self, debug: bool = False) -> None:
        """Begin outside of a paste."""
        super().__init__(debug)
        self._pasted: list[str] | None = None
        self._parsed = ""  # the last characters, where a mark of a paste may begin with them
        self._moment = 0.0  # when the last input came
        self._is_late = False  # whether the end of the paste should have come by now

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages that some input leads to; without input, the end has come."""
        self._moment = get_time()
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                data, messages = self._feed_keys(data)
                yield from messages
            elif self._is_late and BRACKETED_PASTE_END not in data and _ONE_KEY.fullmatch(data):
                self._pasted = None  # the keyboard works again
            else:
                text, data = self._pasted_text(data)
                yield from _pasted(text)

    def tick(self) -> Iterable[Message]:
        """Yield the messages that a pause in the input leads to."""
        pause = get_time() - self._moment
        if self._pasted is not None and not self._is_late and pause >= PASTE_SECONDS:
            text, self._pasted, self._is_late = "".join(self._pasted), [], True
            yield from _pasted(text)
        if len(self._parsed) <= len("\x1b[") or pause >= PASTE_SECONDS:  # more of a mark is no key
            yield from super().tick()
            if self._timeout_time is None:
                self._parsed = ""

    def _feed_keys(self, data: str) -> tuple[str, list[Message]]:
        """Parse what comes before a paste.

        Returns:
            The input after the mark of a paste, and the messages.
        """
        parsed, mark = self._parsed, BRACKETED_PASTE_START
        before, is_paste, after = (parsed + data).partition(mark)
        keys = _without_unknown(before[len(parsed) :])
        messages = list(super().feed(keys)) if keys else []  # no input means the end to it
        self._parsed = ""
        if is_paste:
            self._pasted, self._is_late = [], False
            if is_begun := max(len(parsed) - len(before), 0):
                # The parser waits for the rest of the mark: it gets that, and an empty paste.
                rest = super().feed(mark[is_begun:] + BRACKETED_PASTE_END)
                messages += [each for each in rest if not isinstance(each, events.Paste)]
            return after, messages
        lengths = range(len(mark) - 1, 0, -1)
        begun = (mark[:length] for length in lengths if before.endswith(mark[:length]))
        self._parsed = next(begun, "")
        return "", messages

    def _pasted_text(self, data: str) -> tuple[str, str]:
        """Return the whole paste where its end has come, else nothing, and the input after it."""
        assert self._pasted is not None
        end = BRACKETED_PASTE_END
        last = "".join(self._pasted[-len(end) :])[1 - len(end) :]
        self._pasted.append(data)
        self._is_late = False
        if end not in last + data:
            return "", ""
        text, _, rest = "".join(self._pasted).partition(end)
        self._pasted = None
        return text, rest


def _pasted(text: str) -> Iterator[Message]:
    if text:
        yield events.Paste(text)


def _without_unknown(data: str) -> str:
    if "\x1b" not in data:
        return data
    return _SEQUENCE.sub(lambda found: found[0] if _is_known(found[0]) else "", data)


@lru_cache(256)
def _is_known(sequence: str) -> bool:
    """Return whether Textual understands a sequence: then it waits for nothing more after it."""
    parser = XTermParser()
    list(parser.feed(sequence))
    return parser._awaiting.timeout is None


STARTING_SECONDS = 0.1
"""How long after the first frame each further one is drawn at once, in seconds: so the keys that
were pressed meanwhile are answered at once, too."""


class CalmScreen(Screen[None]):
    """A screen that draws nothing while the app holds its frames, and draws the first ones at once.

    Textual 8.2 lays out and draws sixty times in a second at most. The first time it waits for a
    sixtieth of a second; so would the layout of the first screen, its first frame, and the answer
    to the first key, one after the other.
    """

    async def _on_idle(self, event: events.Idle) -> None:
        """Lay out and draw what has changed: at once while the app starts, else soon."""
        await super()._on_idle(event)
        if isinstance(self.app, CalmApp) and self.app.is_starting:
            self._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Draw what has changed, unless frames are held: then all is drawn later."""
        if isinstance(self.app, CalmApp) and self.app.is_holding_frames:
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()
        else:
            super()._compositor_refresh()


class CalmApp(App[None]):
    """An app in which nothing fails any more once it has begun to end.

    While Textual 8.2 ends, it gives no children to widgets that are just being mounted. They then
    look for what is missing, and that error would end the program with a traceback.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Make the app; the arguments are Textual's."""
        super().__init__(*arguments, **options)
        self.held_input = HeldInput(self)
        """The input that nothing can take yet."""
        self._starts_until = 0.0

    def begin_with_theme(self, name: str) -> None:
        """Use a theme from the first frame on; the app does not run yet.

        Where ``theme`` is set before the app runs, Textual 8.2 parses the style sheets with its own
        theme first, and then all of them again: a tenth of the time until the first frame.

        Args:
            name: The name of a registered theme.
        """
        self.set_reactive(App.theme, name)
        is_dark = self.current_theme.dark
        classes = {f"-theme-{name}": True, "-dark-mode": is_dark, "-light-mode": not is_dark}
        self.update_classes(classes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def hold_frames(self) -> None:
        """Draw nothing and take no input until ``show_frames``: a first picture is on screen.

        Textual draws a screen several times until all of it stands in its place, and does not wait
        with keys until there is something that can take them.
        """
        self.held_input.is_starting = True

    def show_frames(self) -> None:
        """Draw the screen as it is now, and take the input that came meanwhile, in order."""
        if self.is_holding_frames:
            self.held_input.is_starting = False
            self._starts_until = get_time() + STARTING_SECONDS
            self.screen.refresh()
            self.held_input.take()

    def show_frames_once_settled(self, was_settled: bool = False) -> None:
        """Call ``show_frames`` once all of the screen stands in its place.

        Args:
            was_settled: Whether that was so in the last round of the loop.
        """
        if not self.is_holding_frames:
            return
        is_settled = _is_settled(self.screen)
        if is_settled and was_settled:
            self.show_frames()
        else:
            loop = asyncio.get_running_loop()
            loop.call_soon(self.show_frames_once_settled, is_settled)

    @property
    def is_starting(self) -> bool:
        """Whether the first frames are held, or have just been drawn."""
        return self.is_holding_frames or get_time() < self._starts_until

    @property
    def is_holding_frames(self) -> bool:
        """Whether nothing is drawn yet."""
        return self.held_input.is_starting

    def _handle_exception(self, error: Exception) -> None:
        """End because of an error, unless the app is ending already."""
        if not self._exit:
            super()._handle_exception(error)


def _is_settled(screen: Screen[Any]) -> bool:
    """Return whether all parts of a screen are mounted and laid out, and have no messages left."""
    parts = list(screen.walk_children(Widget))
    bars = (each._vertical_scrollbar for each in parts)  # the property would make one
    return not (screen._layout_required or screen._scroll_required) and all(
        each.is_mounted and not each.message_queue_size
        for each in (screen, *parts, *filter(None, bars))
    )
