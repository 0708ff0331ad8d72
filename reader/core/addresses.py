"""The canonical form of web addresses, so that two addresses of one page compare equal."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

TRACKING = frozenset(
    {
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "cmpid",
        "dclid",
        "ef_id",
        "epik",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "oly_anon_id",
        "oly_enc_id",
        "s_cid",
        "smid",
        "srsltid",
        "ttclid",
        "twclid",
        "vero_conv",
        "vero_id",
        "wbraid",
        "wickedid",
        "yclid",
    }
)
"""Query parameters that record how a reader came to a page; they do not select the page."""

_CAMPAIGN = (
    r"utm_.*|(?:pk|mtm|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)"
)
"""The names of query parameters that describe an advertising campaign."""

_PORTS = {"http": 80, "https": 443}

_AROUND = "<>\"'“”,;"
"""What may stand around an address in a list, and is not of it."""

_DOI = re.compile(r"(?:doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_HOST = re.compile(r"www\.[\w-]|[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?/")
"""The start of an address without its scheme: ``www.``, or a host and a slash."""

_LONGEST_ADDRESS = 4_000
"""How many characters an address has at most."""

_MOST_ADDRESSES = 100
"""How many addresses are taken from a text."""

_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}\x00-\x1f\x7f]')
"""Characters that no address holds (RFC 3986), some of which end it where it is written."""


def percent_encoded(address: str, characters: re.Pattern[str] = _NOT_IN_ADDRESSES) -> str:
    """Return an address in which some characters are percent-encoded.

    Args:
        address: The address.
        characters: Finds these characters; without it, those that no address holds.
    """
    return characters.sub(lambda found: quote(found[0], safe="", errors="replace"), address)


def is_web_address(text: str) -> bool:
    """Return whether a text begins as an ``http`` or ``https`` address does."""
    return text[:8].lower().startswith(("http://", "https://"))


def addresses_in(text: str) -> list[str]:
    """Return the web addresses that a text was typed or pasted for, each once.

    A text that names ``http`` or ``https`` addresses is taken for a list of them, whatever stands
    between. A single word may also be an address without its scheme, or a DOI.
    """
    words = [word.strip(_AROUND) for word in text.split()]
    if any(map(is_web_address, words)):
        found = [word for word in words if is_web_address(word)]
    elif len(words) == 1:
        found = [_completed(words[0])]
    else:
        found = []
    return [word for word in dict.fromkeys(found) if _is_whole(word)][:_MOST_ADDRESSES]


def _completed(word: str) -> str:
    """Return a word as an address: with a scheme where a host is written without it."""
    if doi := _DOI.fullmatch(word):
        return f"https://doi.org/{doi[1]}"
    return f"https://{word}" if _HOST.match(word) else ""


def _is_whole(address: str) -> bool:
    """Return whether an address has a host, a sane length and no character that is not shown."""
    if len(address) > _LONGEST_ADDRESS or not address.isprintable():
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


@lru_cache(maxsize=256)  # who finds or indexes an article asks for the same one several times
def canonical_address(address: str) -> str:
    """Return the form that all addresses of one page share.

    The scheme becomes ``https``; the host becomes lower case and loses ``www.`` and a default
    port; fragments, tracking parameters, empty queries and trailing slashes are removed; the
    parameters are sorted by name. Use the result to compare addresses, not to open one: a server
    may answer it differently.

    Args:
        address: Any text; a text that is no ``http`` or ``https`` address is returned unchanged.
    """
    try:
        parts = urlsplit(address.encode(errors="replace").decode().strip())
        port = parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname or any(map(str.isspace, parts.hostname)):
        return address
    host = parts.hostname.rstrip(".").removeprefix("www.")
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port not in _PORTS.values():
        host = f"{host}:{port}"
    path = quote(unquote_to_bytes(parts.path), _SAFE_IN_PATH)
    query = _query(parts)
    return f"https://{host}{path.rstrip('/')}{'?' if query else ''}{query}"


def _query(parts: SplitResult) -> str:
    """Return the parameters that select the page, sorted by name; equal names keep their order."""
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    selecting = [(name, value) for name, value in pairs if not _is_tracking(name.lower())]
    return urlencode(sorted(selecting, key=lambda pair: pair[0]), errors="surrogateescape")


def _is_tracking(name: str) -> bool:
    return name in TRACKING or re.fullmatch(_CAMPAIGN, name) is not None


def file_name(path: str) -> str:
    """Return the last part of a path of any system, without its folders."""
    return re.split(r"[/\\]", path)[-1]
