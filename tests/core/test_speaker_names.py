"""The other names of speakers, and which names may be of one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.speaker_names import NO_NAMES, OtherName, SpeakerNames
from reader.core.speech.likely_merges import LikelyMerge, likely_merges

NOW, LATER = "2026-11-22T10:00:00.000Z", "2026-11-22T10:00:01.000Z"


def test_a_name_leads_to_the_one_that_notes_have_and_back() -> None:
    names = NO_NAMES.with_same(["Prewitt", "Mr. Prewitt"], "Lucan Prewitt", NOW)
    assert names.main_name("prewitt") == "Lucan Prewitt"
    assert names.main_name("Solvay") == "Solvay"
    assert names.other_names("LUCAN  prewitt") == ("Mr. Prewitt", "Prewitt")
    further = names.with_same(["Lucan Prewitt"], "L. Prewitt", LATER)
    assert further.main_name("Prewitt") == "L. Prewitt"
    assert further.by_main_name() == {"L. Prewitt": ("Lucan Prewitt", "Mr. Prewitt", "Prewitt")}
    apart = further.without("Prewitt", LATER)
    assert apart.main_name("Prewitt") == "Prewitt"
    assert apart.is_apart("prewitt")


def test_a_name_that_becomes_the_main_one_is_no_other_name_any_more() -> None:
    names = NO_NAMES.with_same(["Prewitt"], "Lucan Prewitt", NOW)
    turned = names.with_same(["Lucan Prewitt"], "Prewitt", LATER)
    assert turned.main_name("Lucan Prewitt") == turned.main_name("Prewitt") == "Prewitt"


NAMES = st.sampled_from("abcd")


@given(st.lists(st.tuples(NAMES, st.one_of(NAMES, st.just("")))))
def test_whatever_devices_said_every_name_has_an_end(said: list[tuple[str, str]]) -> None:
    names = SpeakerNames(OtherName(name, means, modified=NOW) for name, means in said)
    for name in "abcd":
        assert names.main_name(name) in "abcd"
        assert name not in names.other_names(name)
    back = SpeakerNames(before for before, _ in SpeakerNames().changes_to(names))
    assert not any(each.means for each in back.all.values())


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"Prewitt": 3, "Lucan Prewitt": 14}, [("Prewitt", "Lucan Prewitt", "surname alone")]),
        (
            {"Dr. Solvay": 9, "Henrike Solvay": 2},
            [("Dr. Solvay", "Henrike Solvay", "with a title")],
        ),
        (
            {"Dr. Henrike Solvay": 9, "Henrike Solvay": 2},
            [("Dr. Henrike Solvay", "Henrike Solvay", "with a title")],
        ),
        (
            {"Lucan Prewit": 1, "Lucan Prewitt": 14},
            [("Lucan Prewit", "Lucan Prewitt", "another spelling")],
        ),
        (
            {"Lucan Perwitt": 1, "Lucan Prewitt": 2},
            [("Lucan Perwitt", "Lucan Prewitt", "another spelling")],
        ),
        (
            {"lucan prewitt": 1, "Lucan Prewitt": 2},
            [("lucan prewitt", "Lucan Prewitt", "another spelling")],
        ),
        ({"José Pérez": 1, "Jose Perez": 2}, [("José Pérez", "Jose Perez", "another spelling")]),
        ({"Prewitt": 3, "Lucan Prewitt": 4, "Anna Prewitt": 2}, []),  # whose surname is it?
        ({"Lucan": 3, "Lucan Prewitt": 4}, []),  # a first name says too little
        ({"Anna Bell": 1, "Anne Bell": 2}, []),  # too short for a mistake
        ({"Prewitt": 1}, []),
        ({"the board": 1, "a keeper": 2}, []),
        ({"": 3, "!": 2}, []),
    ],
)
def test_names_that_may_be_of_one_person_are_offered(
    counts: dict[str, int], expected: list[tuple[str, str, str]]
) -> None:
    assert likely_merges(counts, NO_NAMES) == [LikelyMerge(*each) for each in expected]


def test_what_the_reader_set_apart_is_not_offered_again() -> None:
    names = NO_NAMES.without("Prewitt", NOW)
    assert likely_merges({"Prewitt": 3, "Lucan Prewitt": 14}, names) == []


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 5), max_size=6))
def test_no_merge_names_what_another_would_take_away(counts: dict[str, int]) -> None:
    merges = likely_merges(counts, NO_NAMES)
    gone = {each.name for each in merges}
    assert len(gone) == len(merges)
    assert gone.isdisjoint(each.main_name for each in merges)
    assert all(each.name in counts and each.main_name in counts for each in merges)
