"""A change that is applied again, or undone, leaves alone what was changed meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Place, Selector
from reader.core.changes import reapplied

EXAMPLE = Annotation(
    id="a",
    selector=Selector("words"),
    place=Place(0, 5),
    tags=("quote",),
    created="2026-01-01T00:00:00.000Z",
    modified="2026-01-01T00:00:00.000Z",
)

TAGS = st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(tuple)


@st.composite
def versions(draw: st.DrawFn) -> Annotation:
    """Draw a version of one annotation."""
    return replace(
        EXAMPLE,
        tags=draw(TAGS),
        note=draw(st.sampled_from(["", "one", "two"])),
        speaker=draw(st.sampled_from(["", "Prewitt"])),
        status=draw(st.sampled_from([None, "unchecked", "refuted"])),
        deleted=draw(st.sampled_from(["", "2026-01-02T00:00:00.000Z"])),
    )


@given(versions(), versions(), st.booleans())
def test_a_change_and_its_inverse_lead_there_and_back(
    before: Annotation, after: Annotation, keeps_newer: bool
) -> None:
    assert reapplied(before, before, after, keeps_newer=keeps_newer) == after
    assert reapplied(after, after, before, keeps_newer=keeps_newer) == before


@given(versions(), versions(), versions())
def test_what_another_changed_since_stays_when_a_change_is_undone(
    before: Annotation, after: Annotation, present: Annotation
) -> None:
    undone = reapplied(present, after, before, keeps_newer=True)
    for part in ("note", "speaker", "status"):
        old, new, now = (getattr(each, part) for each in (before, after, present))
        assert getattr(undone, part) == (old if now == new else now)
    assert undone.tags
    assert set(undone.tags) >= set(present.tags) - (set(after.tags) - set(before.tags))


@pytest.mark.parametrize(
    ("present", "before", "after", "expected"),
    [
        ("bc", "a", "b", "bc"),  # it is there already
        ("xay", "a", "b", "xby"),  # in place of what it replaces
        ("x", "ab", "b", "x"),  # nothing was added, and what was removed is gone
        ("a", "a", "b", "b"),
        ("a", "ab", "b", "a"),  # an annotation has at least one tag
    ],
)
def test_tags_are_added_and_removed_one_by_one(
    present: str, before: str, after: str, expected: str
) -> None:
    changed = [replace(EXAMPLE, tags=tuple(each)) for each in (present, before, after)]
    assert reapplied(*changed).tags == tuple(expected)


@pytest.mark.parametrize("part", ["note", "speaker", "status"])
def test_a_part_that_the_change_does_not_concern_is_never_touched(part: str) -> None:
    after = replace(EXAMPLE, tags=("claim",))
    theirs: dict[str, Any] = {part: "theirs"}
    present = replace(after, **theirs)
    assert getattr(reapplied(present, after, EXAMPLE), part) == "theirs"
