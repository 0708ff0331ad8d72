"""The colours of code: which words have which, in every language, and on screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.article.code_highlighting import MAX_CODE_LENGTH, TOKEN_STYLES, colours_of
from reader.ui.strips import rich_style
from tests.ui.reading_app import opened

PYTHON = '@cache\nclass Book:\n    def read(self, n=10):\n        return "a" and len(n)  # so\n'


def coloured(code: str, language: str, offset: int = 0) -> dict[str, str]:
    """Return the colours of the words of a code."""
    return {
        code[text_range.start - offset : text_range.end - offset].strip(): style.removeprefix(
            "code-"
        )
        for text_range, style in colours_of(code, language, offset)
    }


@pytest.mark.parametrize(
    ("language", "code", "colours"),
    [
        ("python", PYTHON, {
            "@cache": "name", "class": "keyword", "Book": "name", "def": "keyword", "read": "name",
            "10": "number", "return": "keyword", '"': "string", "a": "string", "and": "keyword",
            "len": "name", "# so": "comment", "self": "name",
        }),
        ("html", '<p class="x">y</p><!-- z -->', {
            "p": "keyword", "class": "name", '"x"': "string", "<!-- z -->": "comment",
        }),
        ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n", {
            "--- a": "keyword", "+++ b": "string", "-old": "keyword", "+new": "string",
        }),
        ("rst", "Title\n=====\n\nwords\n", {"Title": "keyword", "=====": "keyword"}),
    ],
)  # fmt: skip
def test_words_have_the_colours_of_their_kind(
    language: str, code: str, colours: dict[str, str]
) -> None:
    found = coloured(code, language)
    assert {word: found.get(word) for word in colours} == colours
    assert not {"x = 1", "same", "words", "(", "=", "y"} & found.keys()


@pytest.mark.parametrize(
    "language",
    [
        "python",
        "Python",
        " python ",
        "python title='a.py'",
        "{python}",
        "{.python}",
        ".python",
        "py",
    ],
)
def test_a_language_is_named_in_many_ways(language: str) -> None:
    assert coloured("return 1", language) == {"return": "keyword", "1": "number"}


@pytest.mark.parametrize("language", ["", " ", "{}", "no such language", "text"])
def test_code_of_an_unknown_language_is_plain(language: str) -> None:
    assert colours_of("return 1", language, 0) == ()


def test_long_code_stays_plain() -> None:
    line = "return 1\n"
    longest = line * (MAX_CODE_LENGTH // len(line))
    longest += " " * (MAX_CODE_LENGTH - len(longest))
    assert colours_of(longest, "python", 0)
    assert colours_of(longest + " ", "python", 0) == ()


@given(st.text(alphabet="def return'\"# \n()ab1", max_size=80), st.integers(0, 10_000))
def test_colours_are_ranges_of_the_code_in_order(code: str, offset: int) -> None:
    end = offset
    for text_range, style in colours_of(code, "python", offset):
        assert end <= text_range.start < text_range.end <= offset + len(code)
        assert style in TOKEN_STYLES.values()
        end = text_range.end


CODE = """Before.

```js
words = 1 /* one
two
three */ + last
return
```

```text
return
```
"""


async def test_each_line_has_its_own_colours(tmp_path: Path) -> None:
    """A comment of several lines has them on each, and nothing beside it or below it."""
    async with opened(tmp_path, CODE) as reader:

        def colour_of(words: str, within: int = 0, which: int = 0) -> object:
            y = [y for y, line in enumerate(reader.lines) if words in line][which]
            return reader.style_at(reader.row(y).index(words) + within, y).color

        keyword, number, comment, plain = (
            rich_style(reader.view.painter.palette.style(name)).color
            for name in ("code-keyword", "code-number", "code-comment", "code")
        )
        assert len({keyword, number, comment, plain}) == 4
        await reader.until(lambda: colour_of("two") == comment, "the colours")
        for words in ("/* one", "two", "three */"):
            assert colour_of(words) == comment
            assert colour_of(words, len(words) - 1) == comment
        assert colour_of("words") == colour_of("last") == colour_of("+") == plain
        assert colour_of("1") == number
        assert colour_of("return") == keyword
        assert colour_of("return", which=1) == plain, "another block has another language"
