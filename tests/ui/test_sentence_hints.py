"""Letters before the sentences on screen: going to one, and marking it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.core.annotation import CLAIM, QUOTE
from reader.ui.article.hints import HOME_ROW, LETTERS
from reader.ui.article.sentence_hints import MOST, sentence_labels
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.reading.sentence_hint_screen import SentenceHintScreen
from tests.ui.reading_app import Reader, at, opened

ARTICLE = """\
# The ledger

The council met. “We bought a window,” said the chair. Nobody was pleased about it, least of all
those who had paid for it.

- One item. Another one.

> She left. He stayed.

The town went home. It rained.
"""

LONG = "\n\n".join(
    " ".join(
        f"Sentence {number} of paragraph {paragraph} is about as long as those of an article are, or so."
        for number in range(4)
    )
    for paragraph in range(60)
)

SHORT = " ".join(f"Number {number}." for number in range(600))


async def letters_of(reader: Reader, words: str) -> str:
    """Press the key, and return the letters of the sentence that begins with some words."""
    await reader.press("z")
    await reader.until(lambda: isinstance(reader.app.screen, SentenceHintScreen), "the letters")
    quote = reader.view.document.quote
    hints = reader.view.sentence_hints
    return next(hint.label for hint in hints if quote(hint.span).startswith(words))


async def go(reader: Reader, words: str) -> None:
    """Go to the sentence that begins with some words by its letters."""
    await reader.press(*await letters_of(reader, words))
    await reader.until(lambda: reader.app.screen is reader.screen, "the article")
    await reader.press()


async def test_three_keys_mark_a_sentence_anywhere_on_the_screen(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await reader.press("z", "f", "2")
        await reader.until(lambda: reader.tags == [(CLAIM,)], "the claim")
        assert reader.quotes == [
            "Nobody was pleased about it, least of all those who had paid for it."
        ]
        assert reader.rest.startswith("Nobody")
        assert [each.tags for each in reader.stored()] == [(CLAIM,)]


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (80, 12), (60, 20)])
async def test_a_sentence_in_the_middle_of_the_screen_has_one_letter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, LONG, size=size) as reader:
        await reader.press("z")
        labels = [hint.label for hint in reader.view.sentence_hints]
        assert "".join(labels).startswith(HOME_ROW[: len(labels)])
        assert len(labels[len(labels) // 2]) == 1


def drawn(reader: Reader) -> list[str]:
    """Return the lines of the article, which is below the invisible screen of the letters."""
    view = reader.view
    return [view.render_line(y).text for y in range(view.size.height)]


def words_in(line: str) -> list[str]:
    return re.findall(r"\w+", line)


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (60, 20), (24, 20)])
@pytest.mark.parametrize("article", [ARTICLE, LONG, SHORT])
async def test_letters_cover_no_word(tmp_path: Path, article: str, size: tuple[int, int]) -> None:
    async with opened(tmp_path, article, size=size) as reader:
        before = drawn(reader)
        await reader.press("z")
        hints, after = reader.view.sentence_hints, drawn(reader)
        assert hints
        for hint in hints:
            line, end = after[hint.y], hint.x + len(hint.label)
            assert line[hint.x : end] == hint.label
            after[hint.y] = line[: hint.x] + " " * len(hint.label) + line[end:]
        assert [words_in(line) for line in after] == [words_in(line) for line in before]


async def test_the_chosen_sentence_is_shown_as_what_a_tag_marks(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        assert "❝" not in reader.bar
        await go(reader, "The town")
        x, y = reader.find("went home")
        ground = reader.style_at(*reader.find("It rained")).bgcolor
        assert reader.style_at(x, y).bgcolor != ground
        assert "❝ quote" in reader.bar
        assert reader.view.selection is None
        await reader.press("escape")
        assert reader.style_at(x, y).bgcolor == ground
        assert "❝" not in reader.bar


@pytest.mark.parametrize("key", [")", "j", "l", "v", "escape", "}"])
async def test_any_motion_lets_the_sentence_go(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await go(reader, "The council")
        await reader.press(key)
        assert reader.view.chosen is None


async def test_a_motion_after_the_letters_moves_and_selects_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await go(reader, "The council")
        await reader.press(")", "1")
        assert reader.quotes == ["“We bought a window,” said the chair."]


@pytest.mark.parametrize(
    ("origin", "words", "selected"),
    [
        ("The council", "“We", "The council met. “We bought a window,” said the chair."),
        ("bought", "“We", "bought a window,” said the chair."),
        ("Nobody", "The council", "The council met. “We bought a window,” said the chair. "),
    ],
)
async def test_while_selecting_the_letters_extend_the_selection(
    tmp_path: Path, origin: str, words: str, selected: str
) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to(origin)
        await reader.press("v")
        await go(reader, words)
        assert reader.selected == selected
        await reader.press("1")
        assert reader.quotes == [selected.strip()]


async def test_a_tag_marks_the_chosen_sentence_also_around_an_annotation(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.view.select(at(reader, "“We bought a window,”"))
        await reader.press("1")
        await go(reader, "“We")
        await reader.press("2")
        assert sorted(reader.tags) == [(CLAIM,), (QUOTE,)]
        assert "“We bought a window,” said the chair." in reader.quotes
        await go(reader, "“We")
        await reader.press("1")
        assert sorted(reader.tags) == [(CLAIM, QUOTE), (QUOTE,)], "no second one of the sentence"


async def test_other_keys_act_on_the_place_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await go(reader, "“We")
        await reader.press('"')
        assert reader.selected == "We bought a window,"
        await reader.press("escape")
        await go(reader, "It rained")
        await reader.press("1", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")


async def test_esc_or_a_click_ends_the_letters(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        caret = reader.view.caret
        await reader.press("z", "escape")
        assert not reader.view.sentence_hints
        assert reader.view.caret == caret
        assert reader.view.chosen is None
        place = reader.find("went home")
        await reader.press("z")
        await reader.pilot.click(offset=place)
        await reader.until(lambda: reader.view.chosen == at(reader, "The town went home."))


async def test_residue_has_no_letters(tmp_path: Path) -> None:
    page = (
        "<html><body><article><h1>Tides</h1>"
        + "<p>The harbour closed in March, and nobody knew why. It opened again.</p>" * 6
        + "</article></body></html>"
    )
    async with opened(tmp_path, page, suffix="html") as reader:
        await reader.press("z")
        residue = [block for block in reader.view.document.blocks if block.residue]
        hints = reader.view.sentence_hints
        assert hints
        assert not any(block.range.overlaps(hint.span) for block in residue for hint in hints)


async def test_an_article_without_sentences_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, "---\n") as reader:
        await reader.press("z")
        assert reader.message == "No sentence on this screen"


@pytest.mark.parametrize("count", [0, 1, 9, 26, 27, 51, 52, 300, MOST])
def test_as_many_as_can_have_one_letter_and_none_begins_with_others(count: int) -> None:
    labels = sentence_labels(count)
    assert len(set(labels)) == len(labels) == count
    assert not any(b.startswith(a) for a in labels for b in labels if a != b)
    assert {len(label) for label in labels} <= {1, 2}
    if count <= len(LETTERS):
        assert labels == list(LETTERS[:count])
