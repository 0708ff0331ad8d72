"""Web addresses that lead to the same page, brought to one form so that they can be compared."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

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
"""Parameters that say how a reader came to a page, and not which page it is."""

_CAMPAIGN = re.compile(
    r"utm_.*|(?:pk|mtm|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)"
)
"""Names of parameters that hold a campaign's fields."""

_PORTS = {"http": 80, "https": 443}

_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


def is_web_address(text: str) -> bool:
    """Tell whether a text is meant as the address of something on the web."""
    return text[:8].lower().startswith(("http://", "https://"))


def canonical_address(address: str) -> str:
    """Return the form that all addresses of one page share.

    The scheme becomes ``https``; the host is lower case, without ``www.`` and the scheme's own
    port; fragments, parameters for tracking, empty queries and slashes at the end go; parameters
    stand in the order of their names. The result is for comparing, not for opening: a server may
    answer it in another way.

    Args:
        address: Any text; what is no ``http`` or ``https`` address, such as a path, stays as it is.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return address
    host = parts.hostname.rstrip(".").removeprefix("www.")
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port not in _PORTS.values():
        host = f"{host}:{port}"
    path = quote(unquote(parts.path, errors="surrogateescape"), _SAFE_IN_PATH, errors="replace")
    query = _query(parts)
    return f"https://{host}{path.rstrip('/')}{'?' if query else ''}{query}"


def _query(parts: SplitResult) -> str:
    """Return the parameters that say which page is meant, by name; repeated ones as given."""
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    kept = [(name, value) for name, value in pairs if not _is_tracking(name.lower())]
    return urlencode(sorted(kept, key=lambda pair: pair[0]), errors="replace")


def _is_tracking(name: str) -> bool:
    return name in TRACKING or _CAMPAIGN.fullmatch(name) is not None
