"""What a formatter of Markdown does to a note is no change of it; what a person does is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.session.importing.same_reading import reads_alike


@pytest.mark.parametrize(
    ("note", "formatted"),
    [
        ("* one\n* two\n    * three", "- one\n- two\n  - three"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("An *emphasis*, __strong__.", "An _emphasis_, **strong**."),
        ("***", "---"),
        ("Setext\n======\n\nText", "# Setext\n\nText"),
        ("~~~python\nx = 1\n~~~", "```python\nx = 1\n```"),
        ("```\nopen", "```\nopen\n```"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "| a   | b   |\n| --- | --- |\n| 1   | 2   |"),
        ("Lines\nof one paragraph", "Lines of one\nparagraph"),
        ("`` a`b ``", "``a`b``"),
        ("a\\_b", "a_b"),
        ("- [ ] todo", "* [ ] todo"),
    ],
)
def test_what_formatters_write_otherwise_reads_alike(note: str, formatted: str) -> None:
    assert reads_alike(note, formatted)
    assert reads_alike(formatted, note)


@pytest.mark.parametrize(
    ("note", "changed"),
    [
        ("one, two", "one; two"),
        ("- [ ] todo", "- [x] todo"),
        ("an *emphasis*", "an **emphasis**"),
        ("an *emphasis*", "an emphasis"),
        ("# Title", "## Title"),
        ("one\n\ntwo", "one two"),
        ("- one\n- two", "one\n\ntwo"),
        ("- one", "1. one"),
        ("text <!-- aside -->", "text"),
        ("<b>x</b>", "<i>x</i>"),
        ("[x](https://a.example)", "[x](https://a.example/b)"),
        ("```python\nx\n```", "```\nx\n```"),
        ("Is it?", "Is it!"),
        ("a", "b"),
        ("{{26}} per cent", "26 per cent"),
    ],
)
def test_what_a_person_changed_does_not(note: str, changed: str) -> None:
    assert not reads_alike(note, changed)
    assert not reads_alike(changed, note)


@given(st.text(max_size=30))
def test_any_note_reads_as_itself(note: str) -> None:
    assert reads_alike(note, note)
