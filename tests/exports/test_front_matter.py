"""Every parser of YAML reads in the front matter what was written to it."""

from __future__ import annotations

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.exports.front_matter import (
    article_ids,
    as_copy,
    export_head,
    is_edited,
    updated,
)
from reader.safe_text import sanitise

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
odd = st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "2024-02-31",
        "12:30",
        "0o14",
        "1e3",
        "---",
        "- a",
        "a: b",
        "#c",
        "{x}",
        "[y]",
        "'",
        '"',
        "\\",
        "&a",
        "*b",
        "!t",
        "%d",
        "@e",
        "`",
        "|",
        ">",
        "\u0085\u2028\ufeff\x7f",
        "𝔘👍",
    ]
)
values = st.one_of(text, odd)


def parsed(markdown: str) -> dict[str, object]:
    head = markdown.removeprefix("---\n").partition("\n---\n")[0]
    loaded: dict[str, object] = yaml.safe_load(head)
    return loaded


def written(title: str = "T", body: str = "text\n", when: str = "now") -> str:
    return export_head({"title": title, "tags": ["a", "b"]}, ["01ABC"], when, [body]) + body


@given(st.dictionaries(st.sampled_from(["title", "site", "url"]), values), st.lists(values))
def test_any_text_is_read_back_as_it_was(fields: dict[str, str], authors: list[str]) -> None:
    expected: dict[str, object] = {name: sanitise(value) for name, value in fields.items() if value}
    if authors:
        expected["authors"] = [sanitise(author) for author in authors]
    given = parsed(export_head({**fields, "authors": authors}, ["01ABC"], "now", []))
    assert given.pop("margin-id") == "01ABC"
    assert given.pop("exported") == "now"
    assert re.fullmatch("[0-9a-f]{12}-[0-9a-f]{12}", str(given.pop("margin-digest")))
    assert given == expected


@given(values, values)
def test_the_article_is_known_by_its_id(title: str, body: str) -> None:
    assert article_ids(written(title, body)) == ["01ABC"]
    assert article_ids(written(title, body).replace("\n", "\r\n")) == ["01ABC"]
    several = export_head({"title": title}, ["01ABC", "01ABD"], "now", [body]) + body
    assert article_ids(several) == ["01ABC", "01ABD"]


@given(values)
def test_other_texts_have_no_id(body: str) -> None:
    assert article_ids(body) == []
    assert article_ids("---\ntitle: a\n---\n\nmargin-id: 01ABC\n") == []
    assert article_ids("---\nmargin-id: 01ABC\nnever closed\n" + body.replace("---", "")) == []


def test_an_id_is_known_however_an_editor_writes_it() -> None:
    assert article_ids("---\nmargin-id: 01ABC\n---\n") == ["01ABC"]
    assert article_ids("---\ntags: [a]\nmargin-id: '01ABC'\nmine: 1\n---\n") == ["01ABC"]


@given(values, values, values)
def test_the_time_alone_changes_nothing(title: str, body: str, other: str) -> None:
    first = written(title, body)
    assert updated(first, written(title, body, "later")) == first
    changed = written(title, body + "x" + other, "later")
    assert updated(first, changed) == changed
    assert not is_edited(first)


def test_what_a_person_did_to_an_export_is_known_and_kept() -> None:
    # As Obsidian writes properties back: quotation marks gone, a property added.
    first = written().replace('"', "").replace("\n---\n", "\nrating: 5\nseen:\n  - x\n---\n", 1)
    assert not is_edited(first)
    assert updated(first, written(when="later")) == first
    merged = updated(first, written(body="more\n", when="later"))
    assert parsed(merged)["rating"] == 5
    assert parsed(merged)["seen"] == ["x"]
    assert merged.endswith("more\n")
    assert article_ids(merged) == ["01ABC"]
    assert not is_edited(merged)
    assert not is_edited(first.replace("\n", "\r\n"))
    assert is_edited(first + "my own thought\n")
    assert updated(first + "my own thought\n", written(when="later")).endswith("thought\n")


def test_a_copy_is_no_longer_margins() -> None:
    assert article_ids(as_copy(written())) == []
    assert parsed(as_copy(written()))["margin-copy-of"] == "01ABC"
