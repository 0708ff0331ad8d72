"""A note is kept as written, and nothing in it outlives it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.exports.notes import fit_note
from tests.exports.flatten import PARSER, flatten
from tests.exports.test_escape import lines

LEAKING = (
    *[
        "",
        "",
        "# A",
        "## B",
        "A",
        "===",
        "---",
        "```",
        "```py",
        "~~~~",
        "  ```",
        "- ```",
        "> ```",
        "- a",
        "  - b",
        "1. c",
    ],
    *[
        "<!--",
        "-->",
        "<div>",
        "<pre>",
        "<script>",
        "</script>",
        "<?",
        "<![CDATA[",
        "%%",
        "$$",
        "    code",
        "\tcode",
    ],
    *[
        "| a | b |",
        "| --- | --- |",
        "> q",
        ">> # x",
        "- # y",
        "[a]: b",
        "[^1]: n",
        "x\\",
        "***",
        "\\begin{x}",
    ],
)
note_lines = st.one_of(lines, st.sampled_from(LEAKING))
notes = st.lists(note_lines, max_size=8).map("\n".join)


@given(notes)
@example("- ```\n  code\nplain")
@example("# A\n---")
@example("a\n# b\nc\n===")
@example("```\n ```\n#\n```")
@example("--\n#tag\n--")
@example("  #\n#\n=")
@example("\xa0\n=")
@example("--- | ---\n-|-\n```")
def test_what_follows_a_note_is_untouched(note: str) -> None:
    after = "> next passage\n\n^margin-1\n\n## Next section\n"
    tokens = PARSER.parse(f"before\n\n{fit_note(note)}\n\n{after}")
    tail = [token for token in tokens if token.level == 0 and not token.type.startswith("footnote")]
    types = [token.type for token in tail if token.nesting >= 0]
    # Footnotes that a note defines are shown at the end of the page, after everything else.
    types = types[: len(types) - types[::-1].index("heading_open")]
    inline = [index for index, kind in enumerate(types) if kind != "inline"]
    assert [types[index] for index in inline][-3:] == [
        "blockquote_open",
        "paragraph_open",
        "heading_open",
    ]
    assert "next passage" in flatten(tokens)


@pytest.mark.parametrize("indent", [" ", "  ", "   "])
@pytest.mark.parametrize("note", ["```\nopen", "<pre>\nx", "<div>\n\ny\nz", "~~~\n# A\nb"])
def test_spaces_before_a_note_that_becomes_an_item_change_nothing(note: str, indent: str) -> None:
    shown = fit_note(indent + note)
    assert shown == fit_note(note)
    outside = [token.type for token in PARSER.parse(shown) if token.level == 0]
    assert outside == ["bullet_list_open", "bullet_list_close"]


@given(notes)
def test_headings_in_a_note_stay_below_the_sections(note: str) -> None:
    tokens = PARSER.parse(fit_note(note))
    levels = [token.tag for token in tokens if token.type == "heading_open" and token.level == 0]
    assert not {"h1", "h2"} & set(levels)


@pytest.mark.parametrize(
    "note",
    [
        "Plain, with *emphasis*, `code`, [a link](https://example.org) and #tag.",
        "One.\n\nTwo.\n\n- a\n- b\n  - c\n\n1. d\n\n> quoted\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        "```python\n# not a heading\nx = 1\n```\n\nAfter.",
        "Three lines\nin one\nparagraph",
        "a\n\n---\n\nb",
    ],
)
def test_a_note_is_kept_as_written(note: str) -> None:
    assert fit_note(note + "\n\n") == note


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("# A\n\n#### B\n\nC\n===\n\nD\ne\n---", "### A\n\n###### B\n\n### C\n\n#### D e"),
        ("```\n# A\n~~~\n# B\n```\n# C", "```\n# A\n~~~\n# B\n```\n### C"),
        ("~~~\n# A\n```\n ~~~~ \n\nC\n---", "~~~\n# A\n```\n ~~~~ \n\n#### C"),
        ("````\n```\n# A\n````\n## B", "````\n```\n# A\n````\n#### B"),
        ("```\n    ```\n# A\n```\n# B", "```\n    ```\n# A\n```\n### B"),
        ("```\n``` x\n# A\n```\n# B", "```\n``` x\n# A\n```\n### B"),
        ("##### A\n###### B\n#### C", "- ##### A\n  ###### B\n  #### C"),
        ("> a\n>\n> — Ana · #claim", "- > a\n  >\n  > — Ana · #claim"),
        ("> — Ana · marked 3 May 2026", "- > — Ana · marked 3 May 2026"),
        ("> — Ana said so", "> — Ana said so"),
        ("# Claim 3\n\nYes", "-\n  # Claim 3\n\n  Yes"),
        ("^margin-01JD\n\nYes", "-\n  ^margin-01JD\n\n  Yes"),
        ("A\nb\n===\n\nc\n---", "### A b\n\n#### c"),
        ("```\nopen", "- ```\n  open"),
        ("a <!-- b", "a <!-- b -->"),
        ("a %% b", "a %% b\n%%"),
        ("cost `%%`", "cost `%%`"),
        ("<pre>\nx", "- <pre>\n  x"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_what_would_leak_is_closed_or_kept_inside(note: str, shown: str) -> None:
    assert fit_note(note) == shown
