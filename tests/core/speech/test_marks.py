"""Quotation marks of all styles: pairs, nesting, apostrophes, what is left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.speech.marks import find_marked, uses_single_marks

PAIRS = (
    "“”", "„“", "„”", "«»", "»«", "‹›", "””", '""', "‘’", "''", "「」", "『』",
    "‚‘", '„"', "＂＂", "〝〞", "❝❞", "״״",
)  # fmt: skip


def inside(text: str) -> list[str]:
    marked = find_marked(text, 0, len(text), singles=uses_single_marks(text))
    return [text[each.start : each.end] for each in marked]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_style_is_a_pair(pair: str) -> None:
    opening, closing = pair[0], pair[1]
    text = f"Then {opening}it never worked,{closing} said Ann, {opening}not once.{closing}"
    assert inside(text) == ["it never worked,", "not once."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("« Tout est perdu », dit-elle.", ["Tout est perdu"]),
        ("``It broke,'' she said.", ["It broke,"]),
        ("‘She said “no” to me,’ he said.", ["She said “no” to me,"]),
        ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,"]),
        ("‘The dogs’ bowls aren’t mine,’ she said.", ["The dogs’ bowls aren’t mine,"]),
        ("‘Rock ’n’ roll isn’t dead,’ she said.", ["Rock ’n’ roll isn’t dead,"]),
        ("“It broke and nobody came", ["It broke and nobody came"]),
        ('A 6" plank, and "no more," he said.', ["no more,"]),
        ('“It broke," she said, “and fell.”', ["It broke,", "and fell."]),
        ('“A 12" pipe is too wide,” he said.', ['A 12" pipe is too wide,']),
        ('“It holds 12" he said. “No more.”', ["It holds 12", "No more."]),
        ("It’s the council’s wall.", []),
        ("“” and “ ” are empty.", []),
        ('„Er sagte "nein" und ging“, sagte sie.', ['Er sagte "nein" und ging']),
        ('„Er sagte "nein" und ging", sagte sie.', ['Er sagte "nein" und ging']),
        ('Er sagte „nein" und „ja".', ["nein", "ja"]),
        ("הח״כ אמר ״לא אשלם״ אתמול", ["לא אשלם"]),
    ],
)
def test_cases(text: str, words: list[str]) -> None:
    assert inside(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She said ‘it never worked at all’ on Monday.", ["it never worked at all"]),
        ("She said 'it never worked at all' on Monday.", ["it never worked at all"]),
        ("‘Het heeft nooit echt gewerkt’, zegt hij.", ["Het heeft nooit echt gewerkt"]),
        ("Sie sagte ‚es hat nie richtig funktioniert‘ dazu.", ["es hat nie richtig funktioniert"]),
        ("He said “no” and ‘it never worked at all’.", ["no", "it never worked at all"]),
        ("He said “it ‘never worked here at all’ once”.", ["it ‘never worked here at all’ once"]),
        ("She said ‘the dogs’ bowls are not here’.", ["the dogs’ bowls are not here"]),
        ("She said 'the dogs don't know it' once.", ["the dogs don't know it"]),
        ("The ‘dark ships’ and ‘the old order books’ are gone.", []),
        ("The '90s were fine, the girls' team won and the boys' lost.", []),
        ("Rock 'n' roll and fish 'n' chips, and more 'n' more of it.", []),
        ("He said 'twas the week 'fore the vote, and 'bout time of the year'.", []),
        ("The dogs' and the cats' fight is about the mayors' hats' brims.", []),
        ("It’s the dogs’ and the cats’ fight about hats’ brims.", []),
        ("He is 5' 10\" tall, and the boat is 32' 6\" long.", []),
        ("‘It never worked here at all, he said", []),
    ],
)
def test_lone_single_marks_in_a_text_of_other_marks(text: str, words: list[str]) -> None:
    marked = find_marked(text, 0, len(text), singles=False, lone_singles=True)
    assert [text[each.start : each.end] for each in marked if each.is_closed] == words


@given(st.text(alphabet="ab ,.’‘'‚“”\"„«»「」`＂❝❞\n", max_size=60), st.booleans(), st.booleans())
def test_passages_are_in_order_inside_their_marks_and_do_not_overlap(
    text: str, singles: bool, lone: bool
) -> None:
    end = 0
    for passage in find_marked(text, 0, len(text), singles=singles, lone_singles=lone):
        assert end <= passage.outer.start < passage.start < passage.end <= passage.outer.end
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        end = passage.outer.end
