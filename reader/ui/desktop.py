"""The clipboard and the browser of the reader's machine."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from reader.core.text_formatting import one_line
from reader.safe_text import drop_escape_sequences, drop_unsafe
from reader.ui.clipboard import Copied, advice, copy_beside_terminal
from reader.ui.host import Host

COPY_LENGTH = 40
"""How many characters of a copied text are shown."""

ADVICE_SECONDS = 12.0
"""How long the advice on copying stays, in seconds."""

ADDRESS_LENGTH = 80
"""How many characters of an address are shown."""


class Desktop:
    """Copies texts and opens web addresses; what may take a moment runs on a thread."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host
        self._has_advised = False

    def copy(self, text: str, show_status: Callable[[str], None]) -> None:
        """Copy a text through the terminal, and to the clipboards that can be reached from here.

        Args:
            text: Any text; without what is unsafe, as it may be pasted into a shell.
            show_status: Called with one sentence that says what is known of the copy.
        """
        text = drop_unsafe(drop_escape_sequences(text))
        self._app.copy_to_clipboard(text)
        words = one_line(text, COPY_LENGTH)
        uses_program = self._host.settings.native_clipboard

        def run() -> None:
            copied = copy_beside_terminal(text, uses_program=uses_program)
            self._app.call_later(show_status, f"{copied.value}: {words}")
            if copied is Copied.ASKED:
                self._app.call_later(self._advise)

        self._app.run_worker(run, thread=True, group="copy")

    def _advise(self) -> None:
        """Tell once how a copy is sure to arrive."""
        if not self._has_advised:
            self._has_advised = True
            self._app.notify(advice(), title="Copying", markup=False, timeout=ADVICE_SECONDS)

    def browse(self, url: str, show_status: Callable[[str], None]) -> None:
        """Open a web address in the browser; copy it where there is none.

        Args:
            url: An http or https address.
            show_status: Called with one sentence that says which of the two was done.
        """
        address = one_line(url, ADDRESS_LENGTH)
        show_status(f"Opening in the browser: {address}")

        def show_copy(sentence: str) -> None:
            show_status(f"No browser to open. {sentence}")

        def run() -> None:
            from reader.ui.browser import open_in_browser  # noqa: PLC0415  (when needed)

            if not open_in_browser(url):
                self._app.call_later(self.copy, url, show_copy)

        self._app.run_worker(run, thread=True, group="browser")
