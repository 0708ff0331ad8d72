"""An article file's tables, as TinyDB lays them out, and the bytes that hold them."""

from __future__ import annotations

from typing import Any, Final

import msgspec

Tables = dict[str, dict[str, Any]]
"""A TinyDB file: tables by name, records by id."""

ARTICLE_TABLE: Final = "article"
"""The table that holds the article, a single record."""

ANNOTATION_TABLE: Final = "annotations"
"""The table that holds the annotations, tombstones included."""


def encode_tables(tables: Tables) -> bytes:
    """Return the bytes of a file: indented JSON with sorted keys, ending in a newline."""
    # msgspec's own sort takes 90 ms for 10,000 keys of which one is out of order; in order, 3.
    ordered = {name: dict(sorted(table.items())) for name, table in tables.items()}
    return msgspec.json.format(msgspec.json.encode(ordered, order="sorted"), indent=2) + b"\n"
