"""Opening a web address in the reader's browser."""

from __future__ import annotations

from pathlib import PurePath

from reader.core.addresses import is_web_address

TEXT_BROWSERS = frozenset({"browsh", "elinks", "links", "lynx", "w3m", "www-browser"})
"""Browsers that draw on the terminal itself."""


def open_in_browser(url: str) -> bool:
    """Open a web address in the browser, and wait until the browser was started.

    Args:
        url: An http or https address; nothing else is opened.

    Returns:
        Whether a browser with its own window was started.
    """
    import webbrowser  # noqa: PLC0415  (on the first link)

    if not is_web_address(url):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    name = PurePath(str(getattr(browser, "name", ""))).name
    return name not in TEXT_BROWSERS and browser.open(url)
