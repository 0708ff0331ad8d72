"""The clipboard and the browser of the reader's machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from textual.app import App

from reader.core.text_formatting import one_line
from reader.ui.host import Host

ADDRESS_LENGTH = 80
"""How many characters of an address are shown."""


class Desktop:
    """Copies texts and opens web addresses; what may take a moment runs on a thread."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host

    def copy(self, text: str) -> None:
        """Copy text to the clipboard: through the terminal, and natively when that is local."""
        self._app.copy_to_clipboard(text)
        is_remote = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
        if self._host.settings.native_clipboard and not is_remote:
            self._app.run_worker(partial(_copy_natively, text), thread=True, group="copy")

    def browse(self, url: str, show_status: Callable[[str], None]) -> None:
        """Open a web address in the browser; copy it where there is none.

        Args:
            url: An http or https address.
            show_status: Called with one sentence that says which of the two was done.
        """
        address = one_line(url, ADDRESS_LENGTH)
        show_status(f"Opening in the browser: {address}")

        def run() -> None:
            from reader.ui.browser import open_in_browser  # noqa: PLC0415  (when needed)

            if not open_in_browser(url):
                self._app.call_later(self.copy, url)
                self._app.call_later(show_status, f"No browser to open; copied {address}")

        self._app.run_worker(run, thread=True, group="browser")


def _copy_natively(text: str) -> None:
    import pyperclip  # noqa: PLC0415  (on the first copy)

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return  # there is no clipboard program here; the terminal has been asked
