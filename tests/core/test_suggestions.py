"""Which quotations are suggested, and what becomes of those that were turned down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Verdict
from reader.core.changes import later_of_each
from reader.core.document import TextRange
from reader.core.overlay import IntervalIndex
from reader.core.speech import find_quotations
from reader.core.suggestions import is_declined, key_of, suggested
from tests.core.speech.texts import document_of

TEXT = "“It broke in March,” said Ann Lee.\n“It broke in May,” said Bob Ray."
FIRST, SECOND = find_quotations(document_of(TEXT))
NOTHING: IntervalIndex[object] = IntervalIndex()

verdicts = st.dictionaries(
    st.sampled_from("abc"), st.builds(Verdict, st.sampled_from("123"), st.booleans())
)


def test_what_is_neither_marked_nor_turned_down_is_suggested() -> None:
    both = (FIRST, SECOND)
    assert suggested(both, TEXT, NOTHING, {}) == both
    marked: IntervalIndex[object] = IntervalIndex([(TextRange(5, 6), "a mark")])
    assert suggested(both, TEXT, marked, {}) == (SECOND,)
    turned_down = {key_of("It broke\n in May,"): Verdict("2026")}  # other white space
    assert suggested(both, TEXT, NOTHING, turned_down) == (FIRST,)
    taken_back = {key: Verdict("2027", is_declined=False) for key in turned_down}
    assert suggested(both, TEXT, NOTHING, taken_back) == both
    assert not is_declined({}, "It broke in May,")


@given(verdicts, verdicts, verdicts)
def test_verdicts_merge_the_same_in_any_order(
    one: dict[str, Verdict], other: dict[str, Verdict], third: dict[str, Verdict]
) -> None:
    merged = later_of_each(one, other)
    assert merged == later_of_each(other, one) == later_of_each(merged, other)
    assert later_of_each(merged, third) == later_of_each(one, later_of_each(other, third))
    assert merged.keys() == {*one, *other}
