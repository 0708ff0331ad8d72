"""The front matter says what it was given, to any reader of YAML."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.exports.front_matter import article_ids, front_matter, without_field

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
    head = markdown.removeprefix("---\n").rpartition("---\n")[0]
    return yaml.safe_load(head) or {}


@given(st.dictionaries(st.sampled_from(["title", "site", "url"]), values), st.lists(values))
def test_any_text_is_read_back_as_it_was(fields: dict[str, str], authors: list[str]) -> None:
    expected: dict[str, object] = {name: value for name, value in fields.items() if value}
    if authors:
        expected["authors"] = authors
    assert parsed(front_matter({**fields, "authors": authors})) == expected


@given(values, values)
def test_the_article_is_known_by_its_id(title: str, body: str) -> None:
    written = front_matter({"title": title, "margin-id": "01ABC", "tags": ["a", "b"]}) + body
    assert article_ids(written) == ("01ABC",)
    assert article_ids(written.replace("\n", "\r\n")) == ("01ABC",)
    several = front_matter({"margin-id": ["01ABC", "01ABD"], "tags": ["a"]}) + body
    assert article_ids(several) == ("01ABC", "01ABD")


@given(values)
def test_other_texts_have_no_id(body: str) -> None:
    assert article_ids(body) == ()
    assert article_ids("---\ntitle: a\n---\n\nmargin-id: 01ABC\n") == ()
    assert article_ids("---\nmargin-id: 01ABC\nnever closed\n" + body.replace("---", "")) == ()


def test_an_id_is_known_however_an_editor_writes_the_list() -> None:
    assert article_ids("---\nmargin-id: 01ABC\n---\n") == ("01ABC",)
    assert article_ids("---\ntags: [a]\nmargin-id: '01ABC'\nmine: 1\n---\n") == ("01ABC",)


def test_one_field_is_taken_out_and_nothing_else() -> None:
    written = front_matter({"title": "exported: a", "exported": "b"}) + "exported: c\n"
    assert without_field(written, "exported") == '---\ntitle: "exported: a"\n---\nexported: c\n'
