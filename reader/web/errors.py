"""Why a page could not be fetched: each reason as a title and a sentence to act on."""

from __future__ import annotations

import errno
import socket
import ssl
from http import HTTPStatus
from http.client import IncompleteRead

from urllib3 import exceptions as urllib3_errors

from reader.errors import SourceError
from reader.web.addresses import host_of
from reader.web.response_body import cut_short

SAVE_IT = "save the page in your browser and open that file"
"""The advice if a server wants a browser, or a log-in."""

_UNREACHABLE = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
)

_REFUSALS = {
    401: ("Log-in needed", f"shows this page only after a log-in; log in there, {SAVE_IT}."),
    402: ("Log-in needed", f"asks for payment for this page; if you have paid, {SAVE_IT}."),
    403: ("Log-in needed", f"does not show Margin this page; it may need a log-in: {SAVE_IT}."),
    404: ("Page not found", "has no page at this address; check the address."),
    407: ("Proxy wants a password", "is behind a proxy that wants a name and a password."),
    410: ("Page removed", "says that this page was removed; an archive on the web may have it."),
    429: ("Too many requests", "asks for fewer requests; try again later."),
    451: ("Page withheld", "withholds this page for legal reasons."),
    503: ("Server busy", "is busy or under repair; try again later."),
}  # fmt: skip


def refuse_status(status: int, url: str, retry_after: str = "") -> None:
    """Raise an error if a status means that there is no page.

    Args:
        status: An HTTP status.
        url: The address, for the error.
        retry_after: The Retry-After header; seconds are shown, dates are not.

    Raises:
        SourceError: The status means an error, or a response without a page.
    """
    if status in {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}:
        return
    host = host_of(url)
    if status in _REFUSALS:
        title, sentence = _REFUSALS[status]
        if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 7:
            sentence = sentence.replace("later", f"in {retry_after} seconds")
        raise SourceError(title, f"{host} {sentence}")
    named = _named(status)
    if 400 <= status < 500:
        raise SourceError("Page refused", f"{host} refused to send the page ({named}): {url[:200]}")
    if status >= 500:
        raise SourceError("Server at fault", f"{host} has a fault ({named}); try again later.")
    raise SourceError("Nothing to read", f"{host} answered without a page ({named}).")


def too_slow(url: str, received: int, seconds: float) -> SourceError:
    """Return the error for a page that took longer than ``seconds``."""
    progress = f"{received:,} bytes had come" if received else "nothing had come"
    return SourceError(
        "Server too slow",
        f"After {seconds:g} seconds {progress} from {host_of(url)}; try again later.",
    )


def explain_error(error: Exception, url: str) -> SourceError:
    """Return the error to show for one that a request raised.

    Args:
        error: An error of urllib3 or of the system.
        url: The address that was requested.
    """
    host = host_of(url)
    match error:
        case urllib3_errors.ProxyError():
            return SourceError(
                "Proxy does not answer",
                "The proxy that the environment names could not be used; check https_proxy.",
            )
        case urllib3_errors.SSLError():
            return _not_safe(error, host)
        case urllib3_errors.NameResolutionError():
            return _unknown_host(error, host)
        case urllib3_errors.ConnectTimeoutError():
            return SourceError("Server does not answer", f"{host} did not answer the connection.")
        case urllib3_errors.NewConnectionError():
            return _not_connected(error, host)
        case urllib3_errors.ReadTimeoutError():
            return SourceError("Server too slow", f"{host} fell silent; try again later.")
        case urllib3_errors.LocationValueError():
            return SourceError("Address cannot be opened", f"{url[:200]} names no host.")
        case _ if isinstance(_cause(error), IncompleteRead):
            return cut_short(url)
    return SourceError(
        "Connection broke", f"{host} ended the connection without an answer, or with a broken one."
    )


def _not_safe(error: Exception, host: str) -> SourceError:
    cause = _cause(error)
    if not isinstance(cause, ssl.SSLCertVerificationError):
        return SourceError(
            "Connection not safe",
            f"{host} does not answer over https; its pages may be there with http://.",
        )
    reason = f" ({cause.verify_message.rstrip('.')})"
    return SourceError(
        "Connection not safe",
        f"{host} could not prove that it is {host}{reason}; nothing was fetched.",
    )


def _unknown_host(error: Exception, host: str) -> SourceError:
    cause = _cause(error)
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN:
        return SourceError(
            "No network", f"The name {host} could not be looked up; check the network connection."
        )
    return SourceError("No such host", f"There is no host {host}; check the address.")


def _not_connected(error: Exception, host: str) -> SourceError:
    cause = _cause(error)
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return SourceError(
            "No network", f"{host} cannot be reached from here; check the network connection."
        )
    return SourceError("Server does not answer", f"{host} refuses connections; try again later.")


def _cause(error: BaseException) -> BaseException | None:
    """Return the error that caused another one, or that it holds."""
    if error.__cause__ is not None:
        return error.__cause__
    arguments = [each for each in error.args if isinstance(each, BaseException)]
    return arguments[-1] if arguments else error.__context__


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
