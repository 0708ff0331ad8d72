"""Checks addresses: only http and https, without passwords or invisible characters."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from reader.errors import SourceError

SCHEMES = ("http", "https")
"""The schemes of addresses that are fetched."""

MAX_LENGTH = 8000
"""The longest address, in code points; servers refuse longer ones."""

_AS_GIVEN = "/%:@!$&'()*+,;=?~-._[]|"
"""Characters that stay in a path or a query, with escapes among them; others become escapes."""


def checked_address(url: str, *, led_from: str = "") -> str:
    """Return an address in the form in which it is requested, without its fragment.

    Args:
        url: The address.
        led_from: The address that redirected to it; empty for an address that a person gave.

    Raises:
        SourceError: It is not an http or https address, has no host, is too long, or holds a
            password.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _bad(url, "it cannot be understood") from None
    if parts.scheme.lower() not in SCHEMES:
        if led_from:
            raise SourceError(
                "Led away from the web",
                f"{host_of(led_from)} redirects to a {parts.scheme or 'nameless'}: address; only"
                " http and https are followed.",
            )
        raise _bad(url, "only http and https addresses are opened")
    if len(url) > MAX_LENGTH:
        raise _bad(url, f"it has over {MAX_LENGTH:,} characters")
    if not parts.hostname:
        raise _bad(url, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise _bad(f"{parts.scheme}://…@{parts.hostname}", "it holds a password, which is not sent")
    if any(character.isspace() or not character.isprintable() for character in url.strip()):
        raise _bad(url, "it holds white space or invisible characters; write them as %20 and so on")
    host = _ascii_host(parts, url)
    netloc = f"[{host}]" if ":" in host else host
    netloc += "" if port is None else f":{port}"
    path, query = quote(parts.path, _AS_GIVEN) or "/", quote(parts.query, _AS_GIVEN)
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def address_behind(url: str, reference: str) -> str:
    """Return the checked address that a reference on the page at ``url`` leads to.

    Raises:
        SourceError: It leads away from the web, or nowhere.
    """
    try:
        address = urljoin(url, reference)
    except ValueError:
        raise _bad(reference, "it cannot be understood") from None
    return checked_address(address, led_from=url)


def host_of(url: str) -> str:
    """Return the host of an address; the address itself if it has none."""
    return urlsplit(url).hostname or url


def location_of(header: str) -> str:
    """Return where a Location header leads; most servers send it as UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return header.strip()


def _ascii_host(parts: SplitResult, url: str) -> str:
    host = parts.hostname or ""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _bad(url, f"{host} is not a valid name of a host") from None


def _bad(url: str, reason: str) -> SourceError:
    """Return the error for an address that is not fetched."""
    return SourceError("Address cannot be opened", f"{url[:200]}: {reason}.")
