"""Simplifies the HTML of a message: removes layout tables and invisible pictures."""

from __future__ import annotations

import re
from typing import Any, Final

from reader.formats.tree.elements import local_name

_LONGEST_CELL: Final = 300
_TABLE_NAMES: Final = frozenset(
    {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "center"}
)
_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:max-height\s*:\s*0|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|mso-hide\s*:\s*all)"
    r"(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\s*[0-3](?:px)?\s*")


def make_readable(root: Any) -> None:
    """Change the tree of a message's HTML so that its text can be read in order.

    Newsletters are tables inside tables, which become blocks unless they hold data. Pictures
    without words are dropped, as are those of a few points that report to the sender.
    """
    for element in list(root.iter("*")):
        if element is not root and _UNSEEN.search(element.get("style") or ""):
            element.clear(keep_tail=True)
    for image in root.iter("{*}img"):
        sizes = (image.get("width") or "", image.get("height") or "")
        if any(_SIZE.fullmatch(size) for size in sizes) or not (image.get("alt") or "").strip():
            image.set("alt", "")
    data = {table for table in root.iter("{*}table") if _is_data(table)}
    for element in list(root.iter(*(f"{{*}}{name}" for name in _TABLE_NAMES))):
        holders = (element, *element.iterancestors("{*}table"))
        if not any(one in data for one in holders):
            element.tag = element.tag.rpartition("}")[0] + "}div" if "}" in element.tag else "div"


def target_of(href: str) -> str:
    """Return the target of a link; empty if it is a part of the message itself."""
    href = href.strip()
    return "" if href.lower().startswith(("cid:", "mid:", "#")) else href


def _is_data(table: Any) -> bool:
    """Return whether a table holds data: it has a header or lines, and no tables or long texts."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    rows = list(table.iter("{*}tr"))
    has_head = any("".join(cell.itertext()).strip() for cell in table.iter("{*}th"))
    has_lines = (table.get("border") or "0").strip() not in ("", "0", "none")
    if len(rows) < 2 or not (has_head or has_lines) or table.find(".//{*}table") is not None:
        return False
    cells = [cell for row in rows for cell in row if local_name(cell) in ("td", "th")]
    return all(len("".join(cell.itertext()).strip()) <= _LONGEST_CELL for cell in cells)
