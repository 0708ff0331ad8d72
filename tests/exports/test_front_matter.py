"""Every parser of YAML reads in the front matter what was written to it."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.exports.front_matter import yaml_lines
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


@given(st.dictionaries(st.sampled_from(["title", "site", "url"]), values), st.lists(values))
def test_any_text_is_read_back_as_it_was(fields: dict[str, str], authors: list[str]) -> None:
    expected: dict[str, object] = {name: sanitise(value) for name, value in fields.items() if value}
    if authors:
        expected["authors"] = [sanitise(author) for author in authors]
    lines = yaml_lines({**fields, "authors": authors})
    assert (yaml.safe_load("\n".join(lines)) or {}) == expected
