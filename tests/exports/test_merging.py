"""Merging what a person wrote in an exported file with what has changed in the library."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exports.file_parts import FileParts, WrittenLines, decoded, values
from reader.exports.merging import emptied, merged

LINES = st.lists(
    st.sampled_from(("a", "b", "c d", "> e", "- f", "", "* g", "^h", "—")), max_size=12
)


def parts(body: Sequence[str], fields: dict[str, list[str]] | None = None) -> FileParts:
    return FileParts(fields or {}, [*body, ""], "", is_edited=True)


def merged_body(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[str]:
    return list(merged(parts(base).own_lines, parts(theirs), parts(ours), lambda _: False).body)


def filled(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()]


@given(LINES, LINES)
def test_what_only_one_side_changed_is_taken(base: list[str], changed: list[str]) -> None:
    assert filled(merged_body(base, base, changed)) == filled(changed)
    assert filled(merged_body(base, changed, base)) == filled(changed)
    assert filled(merged_body(base, changed, changed)) == filled(changed)


@given(LINES, LINES, LINES, st.data())
def test_a_persons_lines_are_never_lost_and_a_second_merge_changes_nothing(
    base: list[str], theirs: list[str], ours: list[str], data: st.DataObject
) -> None:
    marked = [f"mine{number}" for number in range(data.draw(st.integers(0, 4)))]
    for line in marked:
        theirs.insert(data.draw(st.integers(0, len(theirs))), line)
    body = merged_body(base, theirs, ours)
    assert sorted(each for each in body if each.startswith("mine")) == marked
    assert merged_body(ours, body, ours) == body


@given(LINES, LINES)
def test_margins_new_lines_are_all_there(base: list[str], ours: list[str]) -> None:
    body = merged_body(base, ["mine", *base, "mine, too"], ours)
    assert [line for line in filled(body) if not line.startswith("mine")] == filled(ours)


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "body"),
    [
        # a paragraph between two that change
        (["a", "", "b"], ["a", "", "mine", "", "b"], ["A", "", "B"], ["A", "", "B", "", "mine", ""]),
        (["a", "", "b"], ["a", "", "mine", "", "b"], ["a", "", "B"], ["a", "", "B", "", "mine", ""]),
        (["a", "", "b"], ["a", "", "mine", "", "b"], ["A", "", "b"], ["A", "", "mine", "", "b", ""]),
        # Margin's paragraph goes, the person's stays
        (["a", "", "b"], ["a", "", "mine", "", "b"], ["a"], ["a", "", "mine", ""]),
        # both changed a paragraph: Margin's stands there, the person's below
        (["> a", "> b"], ["> a", "> mine"], ["> a", "> B"], ["> a", "> B", "", "> mine", ""]),
        (["> a", "", "^id", "", "b"], ["> mine", "", "^id", "", "b"], ["> A", "", "^id", "", "b"],
         ["> A", "", "^id", "", "> mine", "", "b", ""]),
        # both wrote the same, with other marks
        (["a"], ["# A big heading"], ["### A big heading", "more"], ["### A big heading", "more", ""]),
        # what a person deleted stays away until Margin changes it
        (["a", "b", "c", "d"], ["a", "c", "d"], ["a", "b", "c", "D"], ["a", "c", "D", ""]),
        (["a", "", "b"], ["a"], ["a", "", "B"], ["a", "", "B", ""]),
        # white space does not count, and a person's stays
        (["  a", "b"], ["a", "b"], ["  a", "B"], ["a", "B", ""]),
    ],
)  # fmt: skip
def test_where_lines_stand(
    base: list[str], theirs: list[str], ours: list[str], body: list[str]
) -> None:
    assert merged_body(base, theirs, ours) == body


def test_a_line_that_was_taken_back_need_not_be_kept() -> None:
    new = merged(parts(["— a"]).own_lines, parts(["— b"]), parts(["— c"]), lambda _: True)
    assert list(new.body) == ["— c", ""]


TAGS = ["tags:", '  - "a"', '  - "b"']


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "fields"),
    [
        ({"title": ['title: "A"']}, {"title": ["title: A"]}, {"title": ['title: "A"']}, ["title: A"]),
        ({"title": ['title: "A"']}, {"title": ["title: A"]}, {"title": ['title: "B"']}, ['title: "B"']),
        ({"title": ['title: "A"']}, {"title": ["title: M"]}, {"title": ['title: "B"']}, ["title: M"]),
        ({}, {"mine": ["mine: x"]}, {"title": ['title: "B"']}, ["mine: x", 'title: "B"']),
        ({}, {"mine": ["mine: |", "  x", "  y"]}, {}, ["mine: |", "  x", "  y"]),
        ({"site": ["site: s"]}, {"site": ["site: s"]}, {}, []),
        ({"site": ["site: s"]}, {}, {"site": ["site: s"]}, []),
        ({"site": ["site: s"]}, {}, {"site": ["site: t"]}, ["site: t"]),
        ({"tags": TAGS}, {"tags": [*TAGS, "  - mine"]}, {"tags": [*TAGS[:2], "  - c"]},
         [*TAGS[:2], "  - mine", "  - c"]),
        ({"tags": TAGS}, {"tags": TAGS[:2]}, {"tags": TAGS}, TAGS[:2]),
        ({"tags": TAGS}, {"tags": ["tags: [a, m]"]}, {"tags": [*TAGS, "  - c"]}, ["tags: [a, m]"]),
        ({"tags": TAGS}, {"tags": TAGS}, {}, []),
        ({"margin-id": ["margin-id: 1"]}, {"margin-id": ["margin-id: 2"]}, {"margin-id": ["margin-id: 1"]},
         ["margin-id: 1"]),
    ],
)  # fmt: skip
def test_fields_are_merged_by_their_values(
    base: dict[str, list[str]],
    theirs: dict[str, list[str]],
    ours: dict[str, list[str]],
    fields: list[str],
) -> None:
    written = parts([], base).own_lines
    new = merged(written, parts([], theirs), parts([], ours), lambda _: False)
    assert [line for lines in new.fields.values() for line in lines] == fields


@given(LINES, LINES)
def test_a_file_without_margins_lines_has_all_of_a_persons(
    base: list[str], mine: list[str]
) -> None:
    mine = [f"mine {line}" for line in mine]
    new = emptied(parts(base).own_lines, parts([*base, *mine]))
    assert filled(new.body) == filled(mine)


KEYS = st.lists(st.integers(0, 2**24 - 1), max_size=5).map(tuple)


@given(KEYS, KEYS)
def test_what_margin_wrote_can_be_read_again(
    fields: tuple[int, ...], body: tuple[int, ...]
) -> None:
    written = WrittenLines(fields, body)
    assert decoded(written.encoded()) == written


@given(st.text(max_size=12))
def test_a_damaged_text_says_nothing(text: str) -> None:
    read = decoded(text)
    assert read is None or decoded(read.encoded()) == read


def test_values_are_without_the_marks_of_yaml() -> None:
    assert values(["title: 'A: b'"]) == ["A: b"]
    assert values(["tags:", '  - "a"', "- b"]) == ["a", "b"]
    assert values(["title:: x"]) == ["x"]
    assert values([]) == []
