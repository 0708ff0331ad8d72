"""Reads who said a claim, and its status, from the table of the claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.exported_markdown.attribution import shown_words
from reader.exported_markdown.blocks import CLAIM_HEADING

_ROW: Final = re.compile(r"\|.*\]\(#(?:claim-(\d+)(?:-\d+)?|\^(margin-[A-Za-z0-9-]+))\)\s*\|(.*)")
_CELLS: Final = 3
"""How many cells follow that of the claim."""
_BAR: Final = re.compile(r"(?<!\\)\|")


class ClaimCells(NamedTuple):
    """What a row of the table says of a claim."""

    speaker: str
    status: str


def claim_cells(lines: Sequence[str]) -> dict[str, ClaimCells]:
    """Return what the table says, by the heading or the block id that a row leads to.

    A row that an editor broke, such as by taking away the escapes of bars, says nothing.

    Args:
        lines: The lines of the file above the first quotation.
    """
    found: dict[str, ClaimCells] = {}
    for line in lines:
        row = _ROW.fullmatch(line) if line.startswith("| [") else None
        if row is None:
            continue
        cells = [shown_words(each) for each in _BAR.split(row[3].rstrip().removesuffix("|"))]
        if len(cells) == _CELLS:
            found[row[2] or CLAIM_HEADING + row[1]] = ClaimCells(cells[0], cells[1])
    return found
