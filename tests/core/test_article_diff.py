"""The difference of two versions is one document that has all of both, in order."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.article_diff import ArticleDiff, Change, Difference, change_at
from reader.core.document import Block, Document, TextRange
from tests.core.strategies import assemble, block_drafts, documents
from tests.core.test_anchoring import document_of

OLD = """\
The tide tables
The crossing took nearly two hours, and the harbour kept two clocks that never agreed.
The council met twice in June. Nobody knew why the old ferry had been sold for scrap iron.
A paragraph that somebody will move to the end of the whole long article.
Gone entirely is this paragraph, with all of its words.
In the end the ledgers were sold by weight to a paper mill."""

ADDED, REMOVED, CHANGED, MOVED = Difference


def diff(old: str, new: str) -> ArticleDiff:
    return ArticleDiff(document_of(old), document_of(new))


def told(found: ArticleDiff) -> list[tuple[Difference, str, str]]:
    """Return each change with its earlier and its later words."""
    return [
        (change.kind, found.words(change, is_old=True), found.words(change, is_old=False))
        for change in found.changes
    ]


@pytest.mark.parametrize(
    ("change", "to", "expected"),
    [
        ("nearly two hours", "about 90 minutes", (CHANGED, "nearly two hours", "about 90 minutes")),
        (" twice", "", (REMOVED, "twice", "")),
        ("old ferry", "old wooden ferry", (ADDED, "", "wooden")),
        ("hours, and", "hours and", (REMOVED, ",", "")),
        ("nearly two", "7,900", (CHANGED, "nearly two", "7,900")),
        ("old ferry", "oldest ferry", (CHANGED, "old", "oldest")),
        ("never agreed", "never-agreed", (CHANGED, "never agreed", "never-agreed")),
        ("The council met twice in June. ", "", (REMOVED, "The council met twice in June.", "")),
        (" scrap iron.", " scrap iron. It rained.", (ADDED, "", "It rained.")),
        ("The tide tables\n", "", (REMOVED, "The tide tables", "")),
        ("\nGone entirely", "\nNew here.\nGone entirely", (ADDED, "", "New here.")),
        ("never agreed", "always agreed", (CHANGED, "never", "always")),
        ("In the end", "At the end", (CHANGED, "In", "At")),
        ("iron.\n", "iron, which it was not.\n", (ADDED, "", ", which it was not")),
    ],
)  # fmt: skip
def test_one_edit_is_one_change(
    change: str, to: str, expected: tuple[Difference, str, str] | None
) -> None:
    assert told(diff(OLD, OLD.replace(change, to, 1))) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [("7,900", "8,120"), ("26.5", "26"), ("well-known", "well-read"), ("John’s", "Jane’s")],
)
def test_a_written_word_changes_as_a_whole(old: str, new: str) -> None:
    found = diff(f"There were “{old} of them.", f"There were “{new} of them.")
    assert told(found) == [(CHANGED, old, new)]
    assert f"“{old} {new} of" in found.document.text


def test_words_stand_where_they_stood() -> None:
    new = OLD.replace("nearly two hours", "about 90 minutes").replace("twice ", "")
    found = diff(OLD, new)
    lines = found.document.text.splitlines()
    assert lines[1].startswith("The crossing took nearly two hours about 90 minutes, and")
    assert lines[2].startswith("The council met twice in June.")
    removed = [found.document.quote(place) for place, kind in found.parts if kind is REMOVED]
    assert removed == ["nearly two hours", "twice"]


def test_a_removed_paragraph_stands_as_a_block_between_its_neighbours() -> None:
    gone = "Gone entirely is this paragraph, with all of its words."
    found = diff(OLD, OLD.replace(f"{gone}\n", ""))
    assert found.document.text == OLD
    assert [block.range for block in found.document.blocks] == [
        block.range for block in document_of(OLD).blocks
    ]
    assert told(found) == [(REMOVED, gone, "")]


def test_a_moved_paragraph_is_told_where_it_is_now() -> None:
    moved = "A paragraph that somebody will move to the end of the whole long article."
    found = diff(OLD, OLD.replace(f"{moved}\n", "") + f"\n{moved}")
    assert [(change.kind, found.document.quote(change.range)) for change in found.changes] == [
        (MOVED, moved)
    ]
    assert found.document.text.count(moved) == 1


def test_a_moved_paragraph_keeps_what_was_removed_of_it() -> None:
    moved = "A paragraph that somebody will move to the end of the whole long article."
    shorter = moved.replace(" whole long", "")
    found = diff(OLD, OLD.replace(f"{moved}\n", "") + f"\n{shorter}")
    assert moved in found.document.text
    kinds = {kind: found.document.quote(place) for place, kind in found.parts}
    assert kinds[REMOVED].startswith("whole long")


def test_typography_case_and_line_breaks_are_no_change() -> None:
    new = OLD.replace("never", "NEVER").replace("hours, and", "hours,  and")
    assert diff(OLD, new).changes == ()


def test_nothing_in_common() -> None:
    found = diff("One two three.\nFour five six.", "Seven eight nine.")
    assert (
        told(found)
        == [
            (REMOVED, "One two three.", ""),
            (REMOVED, "Four five six.", ""),
            (ADDED, "", "Seven eight nine."),
        ]
        or told(found)[-1][0] is CHANGED
    )
    empty = ArticleDiff(document_of("One two three.\nFour."), Document("", ()))
    assert empty.document.text == "One two three.\nFour."
    assert [change.kind for change in empty.changes] == [REMOVED, REMOVED]
    assert [change.kind for change in diff("", "One.").changes] == [ADDED]


def test_the_change_at_an_offset() -> None:
    found = diff(OLD, OLD.replace("nearly two hours", "an hour").replace("twice ", ""))
    first, second = (change.range.start for change in found.changes)
    offsets = (0, first, first + 3, second - 1, second, len(found.document.text))
    assert [change_at(found.changes, each) for each in offsets] == [-1, 0, 0, 0, 1, 1]


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Draw a document and one that has some of its blocks, edited, moved or new."""
    old: list[tuple[Block, str]] = draw(st.lists(block_drafts(), max_size=6))
    new = [draft for draft in old if draw(st.sampled_from((True, True, True, False)))]
    for index, (block, text) in enumerate(new):
        if draw(st.booleans()) and block.kind not in ("table", "code", "verse"):
            words = text.split(" ")
            at = draw(st.integers(0, len(words) - 1))
            words[at : at + draw(st.integers(0, 3))] = draw(
                st.lists(st.sampled_from(("new", "words", "議", "26.5", ".")), max_size=3)
            )
            new[index] = (block, " ".join(words) or "x")
    is_reordered = draw(st.booleans())
    if new and is_reordered:
        new.insert(draw(st.integers(0, len(new) - 1)), new.pop())
    return assemble(old), assemble([*draw(st.lists(block_drafts(), max_size=1)), *new])


@given(revisions())
def test_the_document_has_all_of_the_later_version_and_what_was_removed(
    pair: tuple[Document, Document],
) -> None:
    old, new = pair
    found = ArticleDiff(old, new)
    document = found.document
    offsets = [found.range_of(TextRange(at, at + 1)) for at in range(len(new.text))]
    in_blocks = [at for block in new.blocks for at in range(*block.range)]
    assert all(document.quote(offsets[at]) == new.text[at] for at in in_blocks)
    assert [offsets[at] for at in in_blocks] == sorted({offsets[at] for at in in_blocks})
    alignment = Alignment.between(old.text, new.text)
    gone = [word for word, partner in enumerate(alignment.to_new) if partner == UNPAIRED]
    words = "".join(old.text[alignment.old.starts[at] : alignment.old.ends[at]] for at in gone)
    removed = "".join(document.quote(place) for place, kind in found.parts if kind is REMOVED)
    assert not Counter(words) - Counter(removed)
    end = -1
    for block in document.blocks:
        assert block.start == end + 1
        end = block.end
    assert end == len(document.text) or not document.blocks
    ends = [0]
    for change in found.changes:
        assert change.range.start >= ends[-1]
        assert change.parts[0].range.start == change.range.start
        assert document.block_index(change.range.start) == document.block_index(
            max(change.range.end - 1, 0)
        )
        ends.append(change.range.end)


@given(documents())
def test_a_document_has_no_difference_to_itself(document: Document) -> None:
    found = ArticleDiff(document, document)
    assert (found.changes, found.document.text) == ((), document.text)
    assert found.document.blocks == document.blocks
    assert found.document.spans == document.spans


def test_a_large_rewrite_is_compared() -> None:
    choose = random.Random(1)
    words = [f"word{number}" for number in range(3000)]
    old, new = (
        "\n".join(" ".join(choose.choices(words, k=60)) + "." for _ in range(200)) for _ in "ab"
    )
    found = diff(old, new)
    assert len(found.changes) >= 200
    assert all(isinstance(change, Change) for change in found.changes)
