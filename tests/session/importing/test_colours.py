"""Colours and labels of other programs as tags: by the person's table, else by their names."""

from __future__ import annotations

import pytest

from reader.session.importing.colours import ColourTags, colour_name

TABLE = {
    "Pink": "claim",
    "koreader.pink": "context",
    "green": "",
    "default": "read",
    "kindle-notebook.default": "kindle",
}


@pytest.mark.parametrize(
    ("kind", "colour", "tags"),
    [
        ("kindle-notebook", "pink", ("claim",)),
        ("koreader", "PINK ", ("context",)),
        ("koreader", "green", ()),
        ("koreader", "yellow", ()),
        ("koreader", "", ()),
        ("koreader", "Orange", ("orange",)),
        ("koreader", "#FFD400", ()),
        ("zotero", "#2ea8e5", ("blue",)),
        ("zotero", "To, check", ("to check",)),
    ],
)
def test_a_colour_is_the_tag_of_the_table_else_its_name(
    kind: str, colour: str, tags: tuple[str, ...]
) -> None:
    assert ColourTags(TABLE).tags_of(kind, colour) == tags


def test_a_note_without_a_tag_gets_one() -> None:
    assert ColourTags({}).default("koreader") == "quote"
    assert ColourTags(TABLE).default("koreader") == "read"
    assert ColourTags(TABLE).default("kindle-notebook") == "kindle"


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#ffd400", "yellow"), ("#5fb236ff", "green"), ("facade", "facade"), ("#fff", "#fff")],
)
def test_numbers_of_colours_have_names(colour: str, name: str) -> None:
    assert colour_name(colour) == name
