"""Handing an address to the person's browser."""

from __future__ import annotations

from pathlib import PurePath

from reader.core.addresses import is_web_address

TEXT_BROWSERS = frozenset({"browsh", "elinks", "links", "lynx", "w3m", "www-browser"})
"""Browsers that would draw over this terminal."""


def open_in_browser(url: str) -> bool:
    """Open a web address in the browser; waits until that has been started.

    Args:
        url: An http or https address; anything else is not opened.

    Returns:
        Whether there is a browser with a window of its own, and it was started.
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
