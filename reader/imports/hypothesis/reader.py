"""Tells the forms of Hypothesis's files apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reader.imports.hypothesis import facet
from reader.imports.hypothesis.api import read_json, recognises_json
from reader.imports.hypothesis.exports import (
    read_html,
    read_table,
    read_text,
    recognises_html,
    recognises_table,
    recognises_text,
)
from reader.imports.model import GivenFile, ImportItem
from reader.imports.records import first_lines, is_any, json_lines


def recognises(file: GivenFile) -> bool:
    """Tell whether a file holds annotations of Hypothesis."""
    return (
        recognises_json(_json(file))
        or recognises_table(file)
        or recognises_text(file.text)
        or recognises_html(file.text)
        or facet.recognises_table(file)
        or facet.recognises_json(file.json)
    )


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the sources of a file of Hypothesis with their notes."""
    if facet.recognises_json(file.json):
        return facet.read_json(file.json)
    if facet.recognises_table(file):
        return facet.read_table(file)
    content = _json(file)
    if content is not None:
        return read_json(content)
    if recognises_table(file):
        return read_table(file)
    return read_text(file.text) if recognises_text(file.text) else read_html(file.text)


def _json(file: GivenFile) -> Any:
    """Return what a file holds as JSON, or the values of its lines; None where it is none."""
    if file.json is not None or not is_any(first_lines(file.text), recognises_json):
        return file.json
    return [value for _, value in json_lines(file.text)]
