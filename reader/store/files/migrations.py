"""The versions of the article files' schema, and the steps from each version to the next.

The table ``schema`` of a file holds its version. A step is a pure function on the file's tables; it
is applied when a file is read, and reaches the disk with the next save.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from reader.store.files.tables import Tables

CURRENT_SCHEMA: Final = 2
"""The version that this program writes."""

SCHEMA_TABLE: Final = "schema"
"""The table that holds the version."""

SCHEMA_DOCUMENT: Final = "article"
"""The id of the version's document in that table."""

ANNOTATION_PARTS: Final = (
    "selector",
    "place",
    "tags",
    "note",
    "speaker",
    "status",
    "links",
    "deleted",
)
"""The parts of an annotation that have their own time since version 2."""


def _with_times_of_parts(tables: Tables) -> Tables:
    """1 to 2: each part of an annotation has its own time of change."""
    annotations = {
        key: record
        if record.get("modified") == record.get("created") or "changed" in record
        else {**record, "changed": dict.fromkeys(ANNOTATION_PARTS, record.get("modified"))}
        for key, record in tables.get("annotations", {}).items()
    }
    return {**tables, "annotations": annotations} if "annotations" in tables else tables


STEPS: Mapping[int, Callable[[Tables], Tables]] = {1: _with_times_of_parts}
"""The step from each past version to the next."""


def schema_of(tables: Tables) -> int:
    """Return the version of ``tables``; tables that name none have the first version."""
    document = tables.get(SCHEMA_TABLE, {}).get(SCHEMA_DOCUMENT, {})
    version = document.get("version") if isinstance(document, dict) else None
    return version if isinstance(version, int) else 1


def is_newer(tables: Tables) -> bool:
    """Return whether a later Margin wrote ``tables``; such a file may be read, not written."""
    return schema_of(tables) > CURRENT_SCHEMA


def migrate(tables: Tables, steps: Mapping[int, Callable[[Tables], Tables]] = STEPS) -> Tables:
    """Return ``tables`` in the current version; newer tables are returned unchanged."""
    version = schema_of(tables)
    while version in steps:
        tables = with_schema(steps[version](tables), version + 1)
        version += 1
    return tables


def with_schema(tables: Tables, version: int = CURRENT_SCHEMA) -> Tables:
    """Return ``tables`` with a version; other fields of the version's record are kept."""
    table = tables.get(SCHEMA_TABLE, {})
    note = table.get(SCHEMA_DOCUMENT, {})
    return {**tables, SCHEMA_TABLE: {**table, SCHEMA_DOCUMENT: {**note, "version": version}}}
